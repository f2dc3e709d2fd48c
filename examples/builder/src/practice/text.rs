//! The notation of the practice negotiation's texts: treaty text in Markdown, an id in braces
//! before each provision.
//!
//! Headings are the title, chapters and articles; a line is a paragraph, an indented line a
//! subparagraph of the paragraph above. Nothing here knows of proposals.

use std::path::Path;

use travaux_text::{Provision, ProvisionId, ProvisionKind};

use super::log::SourceError;

/// The provisions under which the next line stands.
#[derive(Default)]
struct Above {
    division: Option<ProvisionId>,
    article: Option<ProvisionId>,
    paragraph: Option<ProvisionId>,
}

/// Reads a text; its provisions come in document order.
///
/// # Errors
/// At the first line that carries no id, or an id that stands already.
pub(super) fn read(file: &Path, content: &str) -> Result<Vec<Provision>, SourceError> {
    let mut provisions: Vec<Provision> = Vec::new();
    let mut above = Above::default();
    for (index, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let error = |reason: String| SourceError { file: file.to_owned(), line: index + 1, reason };
        let provision = provision(line, &mut above).map_err(error)?;
        if provisions.iter().any(|other| other.id == provision.id) {
            return Err(error(format!("the id {} stands already in this text", provision.id)));
        }
        provisions.push(provision);
    }
    Ok(provisions)
}

fn provision(line: &str, above: &mut Above) -> Result<Provision, String> {
    let (before, id, behind) = split_at_id(line)?;
    let make =
        |parent: Option<ProvisionId>, kind, number: &str, heading: &str, text: &str| Provision {
            id: id.clone(),
            parent,
            kind,
            number: number.to_owned(),
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
    match before {
        "#" => Ok(make(None, ProvisionKind::Title, "", "", behind)),
        "##" => {
            *above = Above { division: Some(id.clone()), ..Above::default() };
            match behind.strip_prefix("Chapter ").and_then(|rest| rest.split_once(". ")) {
                Some((number, heading)) => {
                    Ok(make(None, ProvisionKind::Chapter, number, heading, ""))
                }
                None => Ok(make(None, ProvisionKind::Preamble, "", "", "")),
            }
        }
        "###" => {
            let (number, heading) = behind
                .strip_prefix("Article ")
                .and_then(|rest| rest.split_once(". "))
                .ok_or("an article's heading reads \"Article N. Heading\"")?;
            above.article = Some(id.clone());
            above.paragraph = None;
            let division = above.division.clone();
            Ok(make(division, ProvisionKind::Article, number, heading, ""))
        }
        number if number.starts_with('(') => {
            let paragraph = above.paragraph.clone().ok_or("a subparagraph under no paragraph")?;
            Ok(make(Some(paragraph), ProvisionKind::Subparagraph, number, "", behind))
        }
        number => {
            above.paragraph = Some(id.clone());
            let parent = above.article.clone().or_else(|| above.division.clone());
            let number = number.trim_end_matches('.');
            Ok(make(parent, ProvisionKind::Paragraph, number, "", behind))
        }
    }
}

fn split_at_id(line: &str) -> Result<(&str, ProvisionId, &str), String> {
    let missing = "expected an id in braces before the text, as in \"1. {notice.1} Each Party …\"";
    let (before, rest) = line.split_once('{').ok_or(missing)?;
    let (id, behind) = rest.split_once('}').ok_or(missing)?;
    Ok((before.trim(), ProvisionId::new(id), behind.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subparagraph_stands_under_its_paragraph_and_that_under_its_article() {
        let text = "# {t} Convention\n## {c} Chapter I. General\n### {a} Article 1. Terms\n\
                    1. {a.1} For these purposes:\n   (a) {a.1.a} “River” means a river;";
        let provisions = read(Path::new("t.md"), text).unwrap();
        let shape: Vec<_> = provisions
            .iter()
            .map(|p| (p.id.as_str(), p.parent.as_ref().map(ProvisionId::as_str), p.number.as_str()))
            .collect();
        assert_eq!(
            shape,
            [
                ("t", None, ""),
                ("c", None, "I"),
                ("a", Some("c"), "1"),
                ("a.1", Some("a"), "1"),
                ("a.1.a", Some("a.1"), "(a)"),
            ]
        );
        assert_eq!(provisions[4].text, "“River” means a river;");
    }

    #[test]
    fn a_line_without_an_id_is_named() {
        let error = read(Path::new("t.md"), "# {t} Convention\n1. Each Party").unwrap_err();
        assert!(error.to_string().starts_with("t.md:2: expected an id in braces"), "{error}");
    }
}
