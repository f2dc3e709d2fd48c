//! Addresses: where a page is, and from where it is looked at.
//!
//! Every link of every page is written here, with the whole view in it, so that a link reproduces
//! what its sender saw. Nothing here knows whether what is addressed exists.

use std::fmt::Write as _;

use jiff::civil::Date;
use travaux_record::{EntryId, ParticipantId, SourceId, View};
use travaux_text::ProvisionId;

use crate::workbench::Knowledge;

/// From where a reader looks: the day of the negotiation, who looks, the day of knowledge.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Vantage {
    /// The day shown.
    pub(crate) as_of: Date,
    /// Who looks; none is the public.
    pub(crate) viewer: Option<ParticipantId>,
    /// The last day of knowledge; none knows all.
    pub(crate) known_by: Option<Date>,
}

impl Vantage {
    /// Returns the view as fields of a form, without the day shown.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("as_of".to_owned(), self.as_of.to_string())];
        fields.extend(self.viewer.iter().map(|viewer| ("as".to_owned(), viewer.to_string())));
        fields.extend(self.known_by.iter().map(|day| ("known_by".to_owned(), day.to_string())));
        fields
    }

    /// Returns who looks, knowing what.
    pub(crate) fn knowledge(&self) -> Knowledge {
        Knowledge { viewer: self.viewer.clone(), known_by: self.known_by }
    }

    /// Returns the view of a record.
    pub(crate) fn view(&self) -> View {
        self.knowledge().view().as_of(self.as_of)
    }

    /// Returns the same on another day.
    pub(crate) fn on(&self, as_of: Date) -> Self {
        Self { as_of, ..self.clone() }
    }
}

/// An address in the making: a path, a query, the view, a fragment.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    path: String,
    query: Vec<(String, String)>,
    fragment: String,
}

impl Address {
    /// Starts with the path; its segments are escaped, the slashes between them not.
    pub(crate) fn new(segments: &[&str]) -> Self {
        let mut path = String::new();
        for segment in segments {
            path.push('/');
            escape(segment, &mut path);
        }
        if path.is_empty() {
            path.push('/');
        }
        Self { path, query: Vec::new(), fragment: String::new() }
    }

    /// Takes a path as it is in an address.
    ///
    /// A path that begins with two slashes would name another host in a link; it is given one.
    pub(crate) fn of_path(path: &str) -> Self {
        Self {
            path: format!("/{}", path.trim_start_matches('/')),
            query: Vec::new(),
            fragment: String::new(),
        }
    }

    /// Adds to the query; an empty value adds nothing.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        if !value.is_empty() {
            self.query.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Points at a place in the page.
    #[must_use]
    pub(crate) fn at(mut self, fragment: &str) -> Self {
        fragment.clone_into(&mut self.fragment);
        self
    }

    /// Writes the address as seen from `vantage`.
    pub(crate) fn seen_from(&self, vantage: &Vantage) -> String {
        self.written(self.query.iter().cloned().chain(vantage.fields()))
    }

    /// Writes the address without a view.
    pub(crate) fn bare(&self) -> String {
        self.written(self.query.iter().cloned())
    }

    fn written(&self, query: impl Iterator<Item = (String, String)>) -> String {
        let mut address = self.path.clone();
        for (index, (name, value)) in query.enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            escape(&name, &mut address);
            address.push('=');
            escape(&value, &mut address);
        }
        if !self.fragment.is_empty() {
            address.push('#');
            escape(&self.fragment, &mut address);
        }
        address
    }
}

/// Escapes what is not unreserved (RFC 3986, section 2.3), so that any id can stand anywhere.
fn escape(words: &str, out: &mut String) {
    for byte in words.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => write!(out, "%{byte:02X}").expect("a string takes what is written"),
        }
    }
}

/// Reads an escaped segment; what is no escape stays as it is, what is no UTF-8 gives nothing.
pub(crate) fn unescape(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| byte == b'%');
        let escaped = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(escaped) = escaped {
            bytes.push(escaped);
            rest = &behind[2..];
        } else {
            bytes.push(byte);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Writes the addresses of pages, all seen from one vantage.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// From where.
    pub(crate) vantage: Vantage,
}

impl Links {
    pub(crate) fn text(&self) -> String {
        Address::new(&["text"]).seen_from(&self.vantage)
    }

    /// The text, on another day.
    pub(crate) fn text_on(&self, day: Date) -> String {
        Address::new(&["text"]).seen_from(&self.vantage.on(day))
    }

    /// The text at a provision, or a part of it.
    pub(crate) fn text_part(&self, part: &str, at: &str) -> String {
        Address::new(&["text"]).with("part", part).at(at).seen_from(&self.vantage)
    }

    pub(crate) fn provision(&self, id: &ProvisionId) -> String {
        Address::new(&["provision", id.as_str()]).seen_from(&self.vantage)
    }

    /// A provision's page at one of its alternatives.
    pub(crate) fn alternative(&self, id: &ProvisionId, proposal: &str) -> String {
        Address::new(&["provision", id.as_str()]).at(proposal).seen_from(&self.vantage)
    }

    pub(crate) fn participant(&self, id: &ParticipantId) -> String {
        Address::new(&["participant", id.as_str()]).seen_from(&self.vantage)
    }

    pub(crate) fn record(&self) -> String {
        Address::new(&["record"]).seen_from(&self.vantage)
    }

    /// The record narrowed by one thing.
    pub(crate) fn record_with(&self, name: &str, value: &str) -> String {
        Address::new(&["record"]).with(name, value).seen_from(&self.vantage)
    }

    /// The meeting, as a whole page or as it is shown to the room.
    pub(crate) fn floor(&self, show: &str) -> String {
        Address::new(&["procedure"]).with("show", show).seen_from(&self.vantage)
    }

    /// The meeting, on another day.
    pub(crate) fn floor_on(&self, day: Date) -> String {
        Address::new(&["procedure"]).seen_from(&self.vantage.on(day))
    }

    pub(crate) fn entry(&self, id: EntryId) -> String {
        Address::new(&["record", &id.to_string()]).seen_from(&self.vantage)
    }

    pub(crate) fn source(&self, id: &SourceId) -> String {
        Address::new(&["sources"]).at(id.as_str()).seen_from(&self.vantage)
    }

    /// This page, on another day.
    pub(crate) fn overview_on(&self, day: Date) -> String {
        Address::new(&[]).seen_from(&self.vantage.on(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vantage() -> Vantage {
        Vantage {
            as_of: "2023-04-21".parse().unwrap(),
            viewer: Some(ParticipantId::new("KEN")),
            known_by: None,
        }
    }

    #[test]
    fn a_link_carries_the_whole_view() {
        let links = Links { vantage: vantage() };
        let provision = ProvisionId::new("safeguards.chapeau");
        assert_eq!(
            links.provision(&provision),
            "/provision/safeguards.chapeau?as_of=2023-04-21&as=KEN"
        );
        assert_eq!(links.overview_on(links.vantage.as_of), "/?as_of=2023-04-21&as=KEN");
    }

    #[test]
    fn whatever_an_id_holds_comes_back() {
        for id in ["a/b?c#d&e=f", "статья 5", "100 %", "a~1", "%41", "\"<>'"] {
            let address = Address::new(&["provision", id]).bare();
            let segment = address.strip_prefix("/provision/").unwrap();
            assert!(
                segment.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#\"<>'".contains(&byte))
            );
            assert_eq!(unescape(segment).as_deref(), Some(id));
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(unescape("100%").as_deref(), Some("100%"));
        assert_eq!(unescape("%zz%4").as_deref(), Some("%zz%4"));
        assert_eq!(unescape("%+4"), Some("%+4".to_owned()));
        assert_eq!(unescape("%ff"), None);
    }
}
