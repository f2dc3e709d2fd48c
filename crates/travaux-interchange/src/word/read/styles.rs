//! Styles, as far as they decide how a paragraph is read: its name, whether it is a heading, and the
//! list it stands in. How a style looks is not known.

use std::collections::BTreeMap;

use crate::xml::Element;

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<Listed>,
}

/// Where a paragraph or style says it stands in a list; each half may be left to the style.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Listed {
    pub(super) list: Option<String>,
    pub(super) level: Option<u8>,
}

impl Listed {
    pub(super) fn read(element: Element<'_>) -> Self {
        let value = |name: &str| element.child(name).and_then(Element::value);
        Self {
            list: value("w:numId").map(str::to_owned),
            level: value("w:ilvl").and_then(|level| level.parse().ok()),
        }
    }
}

/// A style may rest on another, and that on a third; a circle ends somewhere.
const BASED_MAX: usize = 32;

impl Styles {
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut by_id = BTreeMap::new();
        for style in root.children().filter(|child| child.name() == "w:style") {
            let Some(id) = style.attribute("w:styleId") else { continue };
            let value = |name: &str| style.child(name).and_then(Element::value);
            let paragraph = style.child("w:pPr");
            by_id.insert(
                id.to_owned(),
                Style {
                    name: value("w:name").unwrap_or(id).to_owned(),
                    based_on: value("w:basedOn").map(str::to_owned),
                    outline: paragraph.and_then(outline),
                    list: paragraph.and_then(|p| p.child("w:numPr")).map(Listed::read),
                },
            );
        }
        Self { by_id }
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let based_on = |style: &&Style| self.by_id.get(style.based_on.as_deref()?);
        std::iter::successors(self.by_id.get(id), based_on).take(BASED_MAX)
    }

    /// Returns the name of a style; its id where it is not defined.
    pub(super) fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.by_id.get(id).map_or(id, |style| &style.name)
    }

    /// Returns the rank of a heading style, from 1.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        let outline = self.chain(id).find_map(|style| style.outline);
        outline.map(|level| level + 1).or_else(|| {
            self.chain(id).find_map(|style| {
                let rank = style.name.to_lowercase();
                rank.strip_prefix("heading ")?.parse().ok().filter(|rank| (1..=9).contains(rank))
            })
        })
    }

    /// Returns where a paragraph of a style stands in a list.
    pub(super) fn list(&self, id: &str) -> Listed {
        let mut found = Listed::default();
        for list in self.chain(id).filter_map(|style| style.list.as_ref()) {
            found.list = found.list.or_else(|| list.list.clone());
            found.level = found.level.or(list.level);
        }
        found
    }
}

/// Reads the outline level of paragraph properties; level 9 is body text.
pub(super) fn outline(properties: Element<'_>) -> Option<u8> {
    let level: u8 = properties.child("w:outlineLvl")?.value()?.parse().ok()?;
    (level < 9).then_some(level)
}
