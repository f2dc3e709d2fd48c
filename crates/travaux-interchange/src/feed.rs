//! What happened as an Atom feed (RFC 4287), what is to come as a calendar (RFC 5545).
//!
//! It is given sentences and days; who may see them was decided before.

use std::fmt::Write as _;

use crate::xml::escaped;

/// A feed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// A name of it in the world that never changes.
    pub id: String,
    /// Who speaks.
    pub author: String,
    /// What happened, the latest first.
    pub items: Vec<FeedItem>,
}

/// One thing that happened.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FeedItem {
    /// A name of it in the world that never changes.
    pub id: String,
    /// What happened, in a sentence.
    pub title: String,
    /// When it happened: YYYY-MM-DD.
    pub day: String,
    /// When it was entered, in the form of RFC 3339.
    pub entered: String,
}

impl Feed {
    /// Writes it as Atom.
    pub fn atom(&self) -> String {
        let updated = self.items.iter().map(|item| item.entered.as_str()).max();
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
            escaped(&self.title),
            escaped(&self.id),
            escaped(updated.unwrap_or("1970-01-01T00:00:00Z")),
            escaped(&self.author)
        );
        for item in &self.items {
            writeln!(
                xml,
                "<entry><title>{}</title><id>{}</id><updated>{}</updated><published>{}T00:00:00Z</published>\
                 <content type=\"text\">{}: {}</content></entry>",
                escaped(&item.title),
                escaped(&item.id),
                escaped(&item.entered),
                escaped(&item.day),
                escaped(&item.day),
                escaped(&item.title)
            )
            .expect("a string takes it");
        }
        xml.push_str("</feed>\n");
        xml
    }
}

/// Whole days in a calendar.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CalendarItem {
    /// A name of it in the world that never changes.
    pub id: String,
    /// What it is.
    pub title: String,
    /// More of it; may be empty.
    pub about: String,
    /// Where; may be empty.
    pub place: String,
    /// The first day: YYYYMMDD.
    pub from: String,
    /// The day after the last: YYYYMMDD.
    pub until: String,
}

/// Writes a calendar. `stamp` is when it was made, as YYYYMMDDTHHMMSSZ.
pub fn calendar(title: &str, stamp: &str, items: &[CalendarItem]) -> String {
    let mut text = String::new();
    let mut put = |name: &str, value: &str| text.push_str(&folded(&format!("{name}:{value}")));
    put("BEGIN", "VCALENDAR");
    put("VERSION", "2.0");
    put("PRODID", "-//Travaux//Travaux//EN");
    put("CALSCALE", "GREGORIAN");
    put("X-WR-CALNAME", &value(title));
    for item in items {
        put("BEGIN", "VEVENT");
        put("UID", &value(&item.id));
        put("DTSTAMP", stamp);
        put("DTSTART;VALUE=DATE", &item.from);
        put("DTEND;VALUE=DATE", &item.until);
        put("SUMMARY", &value(&item.title));
        for (name, words) in [("DESCRIPTION", &item.about), ("LOCATION", &item.place)] {
            if !words.is_empty() {
                put(name, &value(words));
            }
        }
        put("TRANSP", "TRANSPARENT");
        put("END", "VEVENT");
    }
    put("END", "VCALENDAR");
    text
}

/// Escapes a value as RFC 5545, 3.3.11, has it.
fn value(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace('\n', "\\n")
}

/// Folds a line at 75 bytes, as RFC 5545, 3.1, has it, and cuts no character.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if 74 < length + letter.len_utf8() {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_escapes_and_folds() {
        let item = CalendarItem {
            id: "s1".to_owned(),
            title: "First session; of three, é".repeat(4),
            place: "Vado".to_owned(),
            from: "20240603".to_owned(),
            until: "20240608".to_owned(),
            ..CalendarItem::default()
        };
        let text = calendar("Rivers", "20240603T000000Z", &[item]);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(text.contains("SUMMARY:First session\\; of three\\, é"));
        assert!(text.contains("DTSTART;VALUE=DATE:20240603\r\nDTEND;VALUE=DATE:20240608\r\n"));
    }

    #[test]
    fn a_feed_is_well_formed_whatever_its_words() {
        let item = FeedItem {
            id: "urn:x".to_owned(),
            title: "A <b> & c".to_owned(),
            day: "2024-06-03".to_owned(),
            entered: "2024-06-04T10:00:00Z".to_owned(),
        };
        let feed = Feed {
            title: "T".to_owned(),
            id: "urn:t".to_owned(),
            author: "S".to_owned(),
            items: vec![item],
        };
        let atom = feed.atom();
        let xml = crate::xml::Xml::read(atom.as_bytes()).unwrap();
        let entry = xml.root().unwrap().children().find(|child| child.local() == "entry").unwrap();
        assert_eq!(entry.children().next().unwrap().text(), "A <b> & c");
        assert!(atom.contains("<updated>2024-06-04T10:00:00Z</updated>\n<author>"));
    }
}
