//! Reads the types of the record from their source: names, members, comments.
//!
//! It knows the few forms that our types are written in, and stops at any other.

/// A type as declared.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) attributes: String,
    pub(crate) body: Body,
}

/// What it is made of.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Members by name.
    Struct(Vec<Member>),
    /// One of several; a member named by its value, its type the one it holds.
    Enum(Vec<Variant>),
}

/// A member of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) holds: String,
    pub(crate) doc: String,
    pub(crate) attributes: String,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// The type it holds, if one.
    pub(crate) holds: Option<String>,
    /// Its members, if it has some.
    pub(crate) members: Vec<Member>,
}

/// Reads the public types of a file that are written with a derived serializer.
pub(crate) fn types(source: &str) -> Vec<Type> {
    let mut types = Vec::new();
    let mut lines =
        Lines { rest: source.lines().collect::<Vec<_>>().into_iter(), ..Lines::default() };
    while let Some(line) = lines.next() {
        let declared =
            |keyword: &str| line.strip_prefix(keyword)?.strip_suffix(" {").map(str::to_owned);
        let is_written = lines.attributes.contains("Serialize");
        let (doc, attributes) = lines.take();
        if let Some(name) = declared("pub struct ").filter(|_| is_written) {
            let body = Body::Struct(members(&mut lines, "}"));
            types.push(Type { name, doc, attributes, body });
        } else if let Some(name) = declared("pub enum ").filter(|_| is_written) {
            let body = Body::Enum(variants(&mut lines));
            types.push(Type { name, doc, attributes, body });
        }
    }
    types
}

/// Lines of code, with the comments and attributes before the one at hand.
#[derive(Default)]
struct Lines<'s> {
    rest: std::vec::IntoIter<&'s str>,
    doc: Vec<&'s str>,
    attributes: String,
}

impl<'s> Lines<'s> {
    /// The next line that is neither comment nor attribute.
    fn next(&mut self) -> Option<&'s str> {
        loop {
            let line = self.rest.next()?.trim();
            if let Some(doc) = line.strip_prefix("///") {
                self.doc.push(doc.trim());
            } else if line.starts_with("#[") {
                self.attributes.push_str(line);
            } else if !line.is_empty() && !line.starts_with("//") {
                return Some(line);
            }
        }
    }

    fn take(&mut self) -> (String, String) {
        (std::mem::take(&mut self.doc).join(" "), std::mem::take(&mut self.attributes))
    }
}

fn members(lines: &mut Lines<'_>, end: &str) -> Vec<Member> {
    let mut members = Vec::new();
    loop {
        let line = lines.next().expect("a type has an end");
        let (doc, attributes) = lines.take();
        if line == end {
            return members;
        }
        let member = line.trim_start_matches("pub ").trim_end_matches(',');
        let (name, holds) = member.split_once(": ").expect("a member is `name: Type`");
        members.push(Member { name: name.to_owned(), holds: holds.to_owned(), doc, attributes });
    }
}

fn variants(lines: &mut Lines<'_>) -> Vec<Variant> {
    let mut variants = Vec::new();
    loop {
        let line = lines.next().expect("a type has an end");
        let (doc, _) = lines.take();
        if line == "}" {
            return variants;
        }
        let line = line.trim_end_matches(',');
        let variant = if let Some(name) = line.strip_suffix(" {") {
            let members = members(lines, "},");
            Variant { name: name.to_owned(), doc, holds: None, members }
        } else if let Some((name, holds)) = line.strip_suffix(')').and_then(|l| l.split_once('(')) {
            let holds = Some(holds.to_owned());
            Variant { name: name.to_owned(), doc, holds, members: Vec::new() }
        } else {
            Variant { name: line.to_owned(), doc, holds: None, members: Vec::new() }
        };
        variants.push(variant);
    }
}
