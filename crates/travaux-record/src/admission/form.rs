//! What a name may look like when it is introduced, so that it can be shown, typed and addressed.
//!
//! It judges what is being recorded, never what is on record: a log written under other rules is
//! read as it is. It does not know whether a name is taken.

use crate::names::{Mention, Name, mentions};
use crate::shortened::shortened;
use crate::{Entry, Fact, Record, Refusal};

/// The longest key of a participant, in characters; it stands in every address.
const PARTICIPANT_MAX: usize = 64;
/// The longest key of anything else, in characters.
const KEY_MAX: usize = 120;
/// The longest key of a provision, in characters: those of added ones hold that of the proposal.
const PROVISION_MAX: usize = 200;
/// The longest name of a participant, in characters.
const NAME_MAX: usize = 200;

/// Words that say who looks or may see something, or whose text is read, and so name nobody.
const RESERVED: [&str; 10] = [
    "all",
    "anybody",
    "base",
    "everybody",
    "latest",
    "local",
    "observers",
    "participants",
    "public",
    "secretariat",
];

impl Record {
    /// Judges the names that an entry introduces.
    ///
    /// # Errors
    /// With the first that can't be used. The names an entry has in common with an earlier one, as a
    /// correction has and the second act on a decision, are as they are.
    pub(super) fn admit_form(&self, entry: &Entry) -> Result<(), Refusal> {
        let stated = match &entry.fact {
            Fact::Correction(correction) => correction.fact.as_deref(),
            fact => Some(fact),
        };
        if let Some(Fact::ParticipantAdmitted(admitted)) = stated {
            judge("participant", "name", &admitted.name, NAME_MAX)?;
        }
        for mention in mentions(&entry.fact) {
            match mention {
                Mention::Makes(name) | Mention::Opens(name)
                    if self.introductions(&name).is_empty() =>
                {
                    judge_key(&name)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn judge_key(name: &Name) -> Result<(), Refusal> {
    let most = match name {
        Name::Participant(_) => PARTICIPANT_MAX,
        Name::Provision(_) => PROVISION_MAX,
        _ => KEY_MAX,
    };
    judge(name.what(), "key", name.as_str(), most)?;
    let is_reserved = match name {
        Name::Participant(id) => RESERVED.contains(&id.as_str().to_lowercase().as_str()),
        // A side of that name is the text before the body.
        Name::Proposal(id) => id.as_str() == "base",
        _ => false,
    };
    if is_reserved {
        let why = "that word is reserved, since commands and addresses use it".to_owned();
        return Err(refused(name.what(), "key", name.as_str(), why));
    }
    Ok(())
}

/// Reports whether a character prints, and leaves the direction of writing alone.
fn is_plain(letter: char) -> bool {
    let turns = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !(letter.is_control() || turns || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// Judges a key or a name of `most` characters.
fn judge(what: &'static str, of: &'static str, written: &str, most: usize) -> Result<(), Refusal> {
    let long = written.chars().count();
    let why = if written.is_empty() {
        "it is empty".to_owned()
    } else if most < long {
        format!("it has {long} characters, and {most} is the most")
    } else if written.trim() != written {
        "it begins or ends with a space".to_owned()
    } else if !written.chars().all(is_plain) {
        "it has a control character, or one that changes the direction of writing".to_owned()
    } else {
        return Ok(());
    };
    Err(refused(what, of, written, why))
}

fn refused(what: &'static str, of: &'static str, written: &str, why: String) -> Refusal {
    Refusal::NameUnusable { what, of, written: shortened(written), why }
}
