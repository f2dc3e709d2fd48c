//! A proposal's edits, as the log states them, and the whole texts they ask for.
//!
//! `notice.1: replace "may" by "shall"` says what to change; the record states the paragraph as it
//! should read. An edit whose words do not stand exactly once in the text it is made on is a
//! mistake, so that the log cannot drift from the draft. Who proposes is not known here.

use travaux_text::{Act, Change, Place, ProvisionId, ProvisionKind};

use super::log::{Detail, Token, tokens};

/// Finds the text on which an edit of a provision is made.
pub(super) type TextOf<'t> = &'t dyn Fn(&ProvisionId) -> Option<String>;

/// One wanted text while its edits are being applied.
enum Wanted {
    /// Another text; whether the sponsor says it is of form only.
    Text { text: String, form_only: bool },
    /// Another act, complete as stated.
    Act(Act),
}

/// Reads the edits of one proposal, in the order in which they name their provisions.
///
/// # Errors
/// The line of the first edit that can't be read or does not apply, and why.
pub(super) fn changes(
    details: &[Detail],
    text_of: TextOf<'_>,
) -> Result<Vec<Change>, (usize, String)> {
    let mut wanted: Vec<(ProvisionId, Wanted)> = Vec::new();
    for detail in details {
        apply(&detail.text, text_of, &mut wanted).map_err(|reason| (detail.line, reason))?;
    }
    Ok(wanted.into_iter().map(|(target, wanted)| Change { target, act: wanted.into() }).collect())
}

impl From<Wanted> for Act {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Text { text, form_only: false } => Self::Replace { text },
            Wanted::Text { text, form_only: true } => Self::Editorial { text },
            Wanted::Act(act) => act,
        }
    }
}

fn apply(
    line: &str,
    text_of: TextOf<'_>,
    wanted: &mut Vec<(ProvisionId, Wanted)>,
) -> Result<(), String> {
    let all = tokens(line)?;
    let words: Vec<&str> = all.iter().map(Token::text).collect();
    if let ["add", rest @ ..] = words.as_slice() {
        let (target, act) = addition(rest)?;
        wanted.push((target, Wanted::Act(act)));
        return Ok(());
    }
    let Some((target, edit)) = words.split_first() else {
        return Err("an edit opens with the provision it is about".to_owned());
    };
    let target = ProvisionId::new(*target);
    let base = text_of(&target).ok_or_else(|| format!("there is no provision {target}"))?;
    if let Some(act) = whole_act(edit)? {
        wanted.push((target, Wanted::Act(act)));
        return Ok(());
    }
    let (form_only, edit) = match edit {
        ["editorial", rest @ ..] => (true, rest),
        _ => (false, edit),
    };
    let place = wanted
        .iter_mut()
        .find(|(id, wanted)| *id == target && matches!(wanted, Wanted::Text { .. }));
    if let Some((_, Wanted::Text { text, form_only: before })) = place {
        if *before != form_only {
            return Err("edits of form and of substance to one provision".to_owned());
        }
        *text = edited(text, edit)?;
    } else {
        let text = edited(&base, edit)?;
        wanted.push((target, Wanted::Text { text, form_only }));
    }
    Ok(())
}

fn whole_act(edit: &[&str]) -> Result<Option<Act>, String> {
    Ok(Some(match edit {
        ["suppress"] => Act::Suppress,
        ["no", "change"] => Act::NoChange,
        ["retitle", heading] => Act::Retitle { heading: (*heading).to_owned() },
        ["move", rest @ ..] => Act::Transfer { place: place(rest)?.0 },
        _ => return Ok(None),
    }))
}

fn place<'w>(words: &'w [&'w str]) -> Result<(Place, &'w [&'w str]), String> {
    match words {
        ["after", anchor, rest @ ..] => Ok((Place::After(ProvisionId::new(*anchor)), rest)),
        ["first", "under", anchor, rest @ ..] => {
            Ok((Place::FirstUnder(ProvisionId::new(*anchor)), rest))
        }
        _ => Err("a place reads \"after ID\" or \"first under ID\"".to_owned()),
    }
}

fn addition(words: &[&str]) -> Result<(ProvisionId, Act), String> {
    let [kind, number, rest @ ..] = words else {
        return Err("an addition reads: add paragraph \"2 bis\" after ID: \"text\"".to_owned());
    };
    let kind = match *kind {
        "article" => ProvisionKind::Article,
        "paragraph" => ProvisionKind::Paragraph,
        "subparagraph" => ProvisionKind::Subparagraph,
        other => return Err(format!("can't add a {other:?}")),
    };
    let (place, rest) = place(rest)?;
    let (heading, text) = match rest {
        [text] => ("", *text),
        ["titled", heading, text] => (*heading, *text),
        _ => return Err("an addition ends in its text, in quotation marks".to_owned()),
    };
    let target = match &place {
        Place::After(anchor) | Place::FirstUnder(anchor) => anchor.clone(),
    };
    let act = Act::Add {
        place,
        kind,
        number: (*number).to_owned(),
        heading: heading.to_owned(),
        text: text.to_owned(),
    };
    Ok((target, act))
}

fn edited(text: &str, edit: &[&str]) -> Result<String, String> {
    let (found, by) = match edit {
        ["reads", whole] => return Ok((*whole).to_owned()),
        ["replace", found, "by", by] => (*found, (*by).to_owned()),
        ["after", found, "insert", more] => (*found, format!("{found}{more}")),
        ["before", found, "insert", more] => (*found, format!("{more}{found}")),
        ["delete", found] => (*found, String::new()),
        _ => return Err(format!("can't read the edit {:?}", edit.join(" "))),
    };
    match text.matches(found).count() {
        1 => Ok(text.replacen(found, &by, 1)),
        0 => Err(format!("{found:?} does not stand in the text it amends: {text:?}")),
        many => Err(format!("{found:?} stands {many} times in the text it amends: {text:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(lines: &[&str]) -> Result<Vec<Change>, (usize, String)> {
        let details: Vec<Detail> = lines
            .iter()
            .enumerate()
            .map(|(index, text)| Detail { line: index + 1, text: (*text).to_owned() })
            .collect();
        changes(&details, &|id| (id.as_str() == "p").then(|| "A Party may act; may it?".to_owned()))
    }

    #[test]
    fn edits_to_one_provision_make_one_text() {
        let changes = wanted(&[
            "p: replace \"may act\" by \"shall act\"",
            "p: after \"Party\" insert \" concerned\"",
        ]);
        let text = "A Party concerned shall act; may it?".to_owned();
        let target = ProvisionId::new("p");
        assert_eq!(changes.unwrap(), [Change { target, act: Act::Replace { text } }]);
    }

    #[test]
    fn an_edit_that_does_not_apply_is_refused_with_its_line() {
        for (line, said) in [
            ("p: delete \"must\"", "\"must\" does not stand in the text"),
            ("p: delete \"may\"", "\"may\" stands 2 times"),
            ("q: suppress", "there is no provision q"),
            ("p: improve", "can't read the edit"),
        ] {
            let (place, reason) = wanted(&["p: no change", line]).unwrap_err();
            assert!(place == 2 && reason.starts_with(said), "{line}: {reason}");
        }
    }
}
