//! From the parts of a Word file to a [`WordDocument`].
//!
//! The document is found by the relationships of the package, then its styles, lists, notes, comments,
//! headers and footers. A part beside the document that cannot be read is reported and left out. What
//! paragraphs hold is read in `body`.

mod body;
mod run;
mod styles;

use std::collections::BTreeMap;

use self::body::Reader;
use self::styles::Styles;
use super::numbering::Numbering;
use super::{Ignored, WordComment, WordDocument, WordError};
use crate::archive::{Archive, ArchiveError};
use crate::xml::{Element, Xml};

/// Reads a Word file.
pub(super) fn document(bytes: &[u8]) -> Result<WordDocument, WordError> {
    let mut archive = Archive::open(bytes)?;
    let name = main_part(&mut archive)?;
    let main = required(&mut archive, &name)?;
    let mut ignored = Vec::new();
    let beside = relationships(&mut archive, &name, &mut ignored)?;
    let mut part = |kind: &str, ignored: &mut Vec<Ignored>| -> Result<Option<Xml>, WordError> {
        match beside.get(kind).and_then(|names| names.first()) {
            Some(name) => optional(&mut archive, name, ignored),
            None => Ok(None),
        }
    };
    let styles = part("styles", &mut ignored)?;
    let numbering = part("numbering", &mut ignored)?;
    let comments = part("comments", &mut ignored)?;
    let notes = [
        ("footnote", part("footnotes", &mut ignored)?),
        ("endnote", part("endnotes", &mut ignored)?),
    ];
    let root = |xml: &Option<Xml>| -> bool { xml.as_ref().and_then(Xml::root).is_some() };
    let numbering = match numbering.as_ref().and_then(Xml::root) {
        Some(root) => Numbering::read(root),
        None => Numbering::default(),
    };
    let styles = match styles.as_ref().and_then(Xml::root) {
        Some(root) => Styles::read(root),
        None => Styles::default(),
    };
    let known = comments.as_ref().filter(|_| root(&comments)).and_then(Xml::root);
    let known = known.map(read_comments).unwrap_or_default();
    let mut reader = Reader::new(&styles, &numbering, known);
    if let Some(root) = main.root() {
        reader.body(root);
    }
    for (kind, xml) in &notes {
        if let Some(root) = xml.as_ref().and_then(Xml::root) {
            reader.notes(kind, root);
        }
    }
    let mut document = reader.finish();
    document.numbering = numbering;
    document.ignored.extend(ignored);
    unexpanded(&main, &mut document.ignored);
    margins(&mut archive, &beside, &mut document.ignored)?;
    document.ignored.sort();
    Ok(document)
}

/// Finds the document in the package.
fn main_part(archive: &mut Archive<'_>) -> Result<String, WordError> {
    let mut ignored = Vec::new();
    if let Some(xml) = optional(archive, "_rels/.rels", &mut ignored)? {
        let main = xml.root().into_iter().flat_map(Element::children).find_map(|relation| {
            let kind = relation.attribute("Type")?;
            let target = relation.attribute("Target")?;
            kind.ends_with("/officeDocument").then(|| resolved("", target))
        });
        if let Some(main) = main {
            return Ok(main);
        }
    }
    let usual = "word/document.xml";
    if archive.names().any(|name| name.eq_ignore_ascii_case(usual)) {
        return Ok(usual.to_owned());
    }
    let holds = |name: &str| archive.names().any(|found| found == name);
    let what = match () {
        () if holds("content.xml") => "an OpenDocument file (.odt)",
        () if holds("xl/workbook.xml") => "an Excel workbook (.xlsx)",
        () if holds("ppt/presentation.xml") => "a PowerPoint presentation (.pptx)",
        () => return Err(ArchiveError::NoDocument.into()),
    };
    Err(ArchiveError::Other { what }.into())
}

fn required(archive: &mut Archive<'_>, name: &str) -> Result<Xml, WordError> {
    let Some(bytes) = archive.part(name)? else { return Err(ArchiveError::NoDocument.into()) };
    let xml = Xml::read(&bytes).map_err(|error| WordError::Xml { part: name.to_owned(), error })?;
    let what = match xml.root().map(Element::name) {
        Some("w:document") => return Ok(xml),
        Some(name) if name.ends_with(":workbook") || name == "workbook" => {
            "an Excel workbook (.xlsx)"
        }
        Some(name) if name.ends_with(":presentation") => "a PowerPoint presentation (.pptx)",
        Some(_) | None => return Err(ArchiveError::NoDocument.into()),
    };
    Err(ArchiveError::Other { what }.into())
}

/// Reads a part beside the document; one that cannot be read is reported. A bomb is no file to read
/// on in, wherever it lies.
fn optional(
    archive: &mut Archive<'_>,
    name: &str,
    ignored: &mut Vec<Ignored>,
) -> Result<Option<Xml>, WordError> {
    let fault = match archive.part(name) {
        Ok(None) => return Ok(None),
        Ok(Some(bytes)) => match Xml::read(&bytes) {
            Ok(xml) => {
                unexpanded(&xml, ignored);
                return Ok(Some(xml));
            }
            Err(error) => error.to_string(),
        },
        Err(error @ (ArchiveError::Bomb { .. } | ArchiveError::PartTooLarge { .. })) => {
            return Err(error.into());
        }
        Err(error) => error.to_string(),
    };
    let feature = format!("the part {name}, which cannot be read ({fault})");
    ignored.push(Ignored { paragraph: 0, feature, words: String::new() });
    Ok(None)
}

fn unexpanded(xml: &Xml, ignored: &mut Vec<Ignored>) {
    for written in xml.unexpanded.iter().take(20) {
        let feature = format!("the entity {written}, which is not expanded");
        ignored.push(Ignored { paragraph: 0, feature, words: String::new() });
    }
}

/// Returns the parts that the document refers to, by the last word of the kind of relation.
fn relationships(
    archive: &mut Archive<'_>,
    main: &str,
    ignored: &mut Vec<Ignored>,
) -> Result<BTreeMap<String, Vec<String>>, WordError> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let Some(xml) = optional(archive, &name, ignored)? else { return Ok(found) };
    for relation in xml.root().into_iter().flat_map(Element::children) {
        let (Some(kind), Some(target)) = (relation.attribute("Type"), relation.attribute("Target"))
        else {
            continue;
        };
        if relation.attribute("TargetMode") == Some("External") {
            continue;
        }
        let kind = kind.rsplit('/').next().unwrap_or(kind);
        found.entry(kind.to_owned()).or_default().push(resolved(folder, target));
    }
    Ok(found)
}

/// Returns the name of a part that `target` means in a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

fn read_comments(root: Element<'_>) -> Vec<WordComment> {
    let comments = root.children().filter(|child| child.name() == "w:comment");
    comments
        .map(|comment| {
            let attribute = |name| comment.attribute(name).unwrap_or_default().to_owned();
            let paragraphs = comment.children().filter(|child| child.name() == "w:p");
            WordComment {
                id: attribute("w:id"),
                author: attribute("w:author"),
                date: attribute("w:date"),
                text: paragraphs.map(words).collect::<Vec<_>>().join("\n"),
                about: String::new(),
                paragraph: 0,
            }
        })
        .collect()
}

/// Returns the words in an element, those deleted left out.
fn words(element: Element<'_>) -> String {
    let mut all = String::new();
    collect(element, &mut all);
    all
}

fn collect(element: Element<'_>, all: &mut String) {
    for child in element.children() {
        match child.name() {
            "w:t" => all.push_str(&child.text()),
            "w:tab" => all.push('\t'),
            "w:br" | "w:cr" => all.push('\n'),
            "w:p" => {
                collect(child, all);
                all.push(' ');
            }
            "w:instrText" | "mc:Fallback" => {}
            _ => collect(child, all),
        }
    }
}

/// Reports the words of page headers and footers, which are no part of the text.
fn margins(
    archive: &mut Archive<'_>,
    beside: &BTreeMap<String, Vec<String>>,
    ignored: &mut Vec<Ignored>,
) -> Result<(), WordError> {
    for (kind, feature) in [("header", "a page header"), ("footer", "a page footer")] {
        for name in beside.get(kind).into_iter().flatten().take(100) {
            let Some(xml) = optional(archive, name, ignored)? else { continue };
            let words = xml.root().map(words).unwrap_or_default();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = Ignored { paragraph: 0, feature: feature.to_owned(), words };
            if !found.words.is_empty() && !ignored.contains(&found) {
                ignored.push(found);
            }
        }
    }
    Ok(())
}
