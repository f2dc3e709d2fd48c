//! Delegations' Word files as proposals of a record: what `import` and `compile` share.
//!
//! What a file asks for is read by `travaux-interchange`; this makes facts and a receipt of it.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use travaux_interchange::{Keep, Submission, WordDocument, submission};
use travaux_negotiation::Negotiation;
use travaux_record::{
    BracketRequested, Confidence, DocumentId, Entry, Evidence, Fact, Moment, ParticipantClass,
    ParticipantId, ProposalId, ProposalTabled, Record, SourceDescribed, SourceId, Sponsorship,
    Standing, View, Viewer, project,
};
use travaux_store::random;
use travaux_text::{Act, Change, IssuedText, ProvisionId, redline};

use crate::command_error::CommandError;
use crate::input::Input;

/// The text that files are made on.
pub(super) struct Ground {
    pub(super) negotiation: Negotiation,
    pub(super) document: DocumentId,
    pub(super) symbol: String,
    /// Who records what is read: the one secretariat, if there is one.
    recorder: Option<ParticipantId>,
}

/// A file read as what a participant asks for.
pub(super) struct Received {
    pub(super) file: String,
    pub(super) bytes: usize,
    pub(super) participant: ParticipantId,
    /// The key of the proposal; none where nothing is asked.
    pub(super) proposal: ProposalId,
    pub(super) label: String,
    pub(super) at: Moment,
    pub(super) submission: Submission,
    /// Whose tracked changes were read, where the file has those of several.
    pub(super) author: Option<String>,
}

impl Ground {
    /// Finds the text before the body, as a viewer sees it at the end of the record.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn of(record: &Record, viewer: Viewer, name: &str) -> Result<Self, CommandError> {
        let negotiation = project::<Negotiation>(record, &View::of(viewer))
            .map_err(|error| CommandError::input(&error).hint(error.hint()))?;
        let Some(base) = negotiation.draft.base() else {
            return Err(CommandError::input(format!(
                "cannot read a submission: {name} has no text before the body on which it could be made"
            ))
            .hint("take the text in first: travaux import DRAFT --record FILE"));
        };
        let (document, symbol) = (base.document.clone(), base.symbol.clone());
        let mut secretariats = record.entries().filter_map(|entry| match &entry.fact {
            Fact::ParticipantAdmitted(one) if one.class == ParticipantClass::Secretariat => {
                Some(&one.participant)
            }
            _ => None,
        });
        let recorder = match (secretariats.next(), secretariats.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => None,
        };
        Ok(Self { negotiation, document, symbol, recorder })
    }

    pub(super) fn base(&self) -> &IssuedText {
        self.negotiation.draft.text().base()
    }

    /// Returns a key for a proposal that no other has: the participant's key, and a number.
    pub(super) fn free_key(&self, participant: &ParticipantId, taken: &[ProposalId]) -> ProposalId {
        let free = |key: &ProposalId| {
            self.negotiation.draft.proposal(key).is_none() && !taken.contains(key)
        };
        let keys =
            (1_usize..).map(|number| ProposalId::new(format!("{participant}-file-{number}")));
        keys.into_iter().find(free).expect("there are more numbers than proposals")
    }

    /// Names a participant.
    pub(super) fn name<'a>(&'a self, participant: &'a ParticipantId) -> &'a str {
        self.negotiation.process.name(participant)
    }
}

/// Reads a Word file from disk, of a size that can be read in bounded memory.
///
/// # Errors
/// When it cannot be read, or is no Word file; then with what it is.
pub(super) fn word(path: &Path) -> Result<(WordDocument, usize), CommandError> {
    let input = Input::from(path);
    let bytes = input.bytes_up_to(travaux_interchange::FILE_BYTES_MAX + 1)?;
    let document = WordDocument::read(&bytes)
        .map_err(|error| CommandError::input(format!("{input}: {error}")).hint(error.hint()))?;
    Ok((document, bytes.len()))
}

/// Reports whether a file is meant as a Word file: by its name, or by how it begins.
pub(super) fn is_word(path: &Path) -> bool {
    let named = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"));
    named || Input::from(path).bytes_up_to(4).is_ok_and(|bytes| bytes == b"PK\x03\x04")
}

/// Reads what a participant asks for in a document.
pub(super) fn read(
    ground: &Ground,
    document: &WordDocument,
    participant: &ParticipantId,
    proposal: &ProposalId,
    keep: Keep<'_>,
) -> Submission {
    let names = [participant.as_str(), ground.name(participant)];
    submission(document, ground.base(), proposal.as_str(), keep, &names)
}

impl Received {
    /// Makes the facts: the file as a source, the proposal, its sponsor, brackets asked for.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(super) fn entries(
        &self,
        ground: &Ground,
        record: &Record,
    ) -> Result<Vec<Entry>, CommandError> {
        let by = ground.recorder.as_ref().unwrap_or(&self.participant);
        let entry = |fact| -> Result<Entry, CommandError> {
            Ok(Entry::new(random::entry_id()?, self.at, Timestamp::now(), by.clone(), fact))
        };
        let source = SourceId::new(format!("file {} of {}", self.file, self.participant));
        let evidence = || Evidence {
            source: source.clone(),
            place: None,
            quotation: None,
            published: None,
            coder: Some("read from the file by program".to_owned()),
            confidence: if self.submission.attention.is_empty() {
                Confidence::High
            } else {
                Confidence::Medium
            },
        };
        let mut entries = Vec::new();
        let is_known = record.entries().any(
            |entry| matches!(&entry.fact, Fact::SourceDescribed(known) if known.source == source),
        );
        if !is_known {
            entries.push(entry(Fact::SourceDescribed(SourceDescribed {
                source: source.clone(),
                title: self.label.clone(),
                publisher: ground.name(&self.participant).to_owned(),
                published: Some(self.at),
                locator: None,
                machine_made: false,
                note: format!("The file {}, {} bytes.", self.file, self.bytes),
            }))?);
        }
        if !self.submission.changes.is_empty() {
            let tabled = Fact::ProposalTabled(ProposalTabled {
                proposal: self.proposal.clone(),
                document: ground.document.clone(),
                label: self.label.clone(),
                changes: self.submission.changes.clone(),
                standing: Standing::Authentic,
                amends: None,
                option: None,
                note: self.note(),
            });
            entries.push(entry(tabled)?.citing(evidence()));
            let joined = Fact::SponsorJoined(Sponsorship {
                proposal: self.proposal.clone(),
                participant: self.participant.clone(),
            });
            entries.push(entry(joined)?.citing(evidence()));
        }
        for asked in &self.submission.brackets {
            let fact = Fact::BracketRequested(BracketRequested {
                provision: asked.provision.clone(),
                words: asked.words.clone(),
                participants: vec![self.participant.clone()],
            });
            entries.push(entry(fact)?.citing(evidence()));
        }
        Ok(entries)
    }

    /// What is kept with the proposal: how it was read, and what was not.
    fn note(&self) -> String {
        let mut note = format!("Read from {} ({}).", self.file, self.submission.manner.name());
        for one in &self.submission.attention {
            note.extend([" To be looked at: ", &one.why]);
            if !one.words.is_empty() {
                note.extend([" (“", &shortened(&one.words), "”)"]);
            }
            note.push('.');
        }
        note
    }

    /// Returns the receipt as data.
    pub(super) fn json(&self, ground: &Ground) -> Value {
        let read = &self.submission;
        let understood: Vec<Value> = read
            .changes
            .iter()
            .zip(&read.placed)
            .map(|(change, placed)| {
                json!({
                    "provision": placed.provision.as_str(),
                    "citation": cited(ground, change, &placed.provision),
                    "paragraph": placed.paragraph,
                    "by_hidden_name": placed.by_name,
                    "change": change,
                })
            })
            .collect();
        let brackets: Vec<Value> = read
            .brackets
            .iter()
            .map(|it| json!({ "provision": it.provision.as_str(), "words": it.words, "paragraph": it.paragraph }))
            .collect();
        json!({
            "file": self.file,
            "participant": self.participant.as_str(),
            "author": self.author,
            "proposal": (!read.changes.is_empty()).then_some(self.proposal.as_str()),
            "manner": read.manner.name(),
            "made_on": ground.symbol,
            "understood": understood,
            "brackets": brackets,
            "ignored": read.ignored.iter().map(|it| json!({
                "paragraph": it.paragraph, "feature": it.feature, "words": it.words,
            })).collect::<Vec<_>>(),
            "beside_the_text": read.aside.iter().map(|it| json!({
                "paragraph": it.paragraph, "what": it.what, "words": it.words,
            })).collect::<Vec<_>>(),
            "needs_your_eye": read.attention.iter().map(|it| json!({
                "paragraph": it.paragraph, "why": it.why, "words": it.words,
            })).collect::<Vec<_>>(),
        })
    }

    /// Returns the receipt as its sponsor reads it.
    pub(super) fn receipt(&self, ground: &Ground) -> String {
        let read = &self.submission;
        let mut lines = vec![format!(
            "{}, submitted by {}, read as {} on {}",
            self.file,
            ground.name(&self.participant),
            read.manner.name(),
            ground.symbol
        )];
        if let Some(author) = &self.author {
            lines.push(format!("  only the changes of {author} are read here"));
        }
        match read.changes.len() {
            0 => lines.push("\nUnderstood: the file asks for no change.".to_owned()),
            1 => lines.push(format!("\nUnderstood: 1 change, as proposal {}", self.proposal)),
            count => {
                lines.push(format!("\nUnderstood: {count} changes, as proposal {}", self.proposal));
            }
        }
        for (change, placed) in read.changes.iter().zip(&read.placed) {
            let place = match placed.paragraph {
                0 => String::new(),
                paragraph => format!(" (paragraph {paragraph} of the file)"),
            };
            let citation = cited(ground, change, &placed.provision);
            lines.push(format!("  {citation}{place}: {}", said(ground.base(), change)));
        }
        for asked in &read.brackets {
            let citation = ground.negotiation.draft.citation(&asked.provision).words;
            let words = asked.words.as_deref().unwrap_or("all of it");
            lines.push(format!("  {citation}: brackets around “{words}”"));
        }
        list(
            &mut lines,
            "Needs your eye",
            read.attention.iter().map(|it| (it.paragraph, &it.why, &it.words)),
        );
        list(
            &mut lines,
            "Beside the text",
            read.aside.iter().map(|it| (it.paragraph, &it.what, &it.words)),
        );
        list(
            &mut lines,
            "Ignored",
            read.ignored.iter().map(|it| (it.paragraph, &it.feature, &it.words)),
        );
        lines.push(String::new());
        lines.join("\n")
    }
}

fn list<'a>(
    lines: &mut Vec<String>,
    title: &str,
    all: impl Iterator<Item = (usize, &'a String, &'a String)>,
) {
    let mut is_first = true;
    for (paragraph, what, words) in all {
        if is_first {
            lines.push(format!("\n{title}:"));
            is_first = false;
        }
        let place = match paragraph {
            0 => String::new(),
            paragraph => format!("paragraph {paragraph}: "),
        };
        let words = if words.is_empty() { String::new() } else { format!(": “{words}”") };
        lines.push(format!("  {place}{what}{words}"));
    }
}

/// Cites the provision a change is about; of an addition, its number and the place it takes.
pub(super) fn cited(ground: &Ground, change: &Change, provision: &ProvisionId) -> String {
    let draft = &ground.negotiation.draft;
    match &change.act {
        Act::Add { place, kind, number, .. } => {
            let number = if number.is_empty() { String::new() } else { format!(" {number}") };
            let anchor = draft.citation(place.anchor()).words;
            let beside = match place {
                travaux_text::Place::After(_) => "after",
                travaux_text::Place::FirstUnder(_) => "first under",
            };
            if ground.base().provision(place.anchor()).is_some() {
                format!("new {kind}{number} {beside} {anchor}")
            } else {
                format!("new {kind}{number} ({provision}), {beside} {}", place.anchor())
            }
        }
        _ => draft.citation(&change.target).words,
    }
}

/// Says what a change asks for: words that change as `travaux redline` prints them.
pub(super) fn said(base: &IssuedText, change: &Change) -> String {
    let old = base.provision(&change.target);
    match &change.act {
        Act::Replace { text } | Act::Editorial { text } => {
            redline(old.map_or("", |old| &old.text), text).notation()
        }
        Act::Retitle { heading } => {
            format!("heading: {}", redline(old.map_or("", |old| &old.heading), heading).notation())
        }
        Act::Add { heading, text, .. } => {
            let words = [heading.as_str(), text.as_str()];
            let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
            format!("“{}”", words.join(" / "))
        }
        Act::Suppress => "deleted, with all that stands under it".to_owned(),
        Act::NoChange => "no change".to_owned(),
        Act::Transfer { place } => match place {
            travaux_text::Place::After(anchor) => format!("moved behind {anchor}"),
            travaux_text::Place::FirstUnder(anchor) => format!("moved to the head of {anchor}"),
        },
    }
}

fn shortened(words: &str) -> String {
    const LETTERS_MAX: usize = 120;
    match words.char_indices().nth(LETTERS_MAX) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// The day a file counts from: as given, else as its name says, else today.
///
/// # Errors
/// When what was given is no date.
pub(super) fn moment(given: Option<&str>, stem: &str) -> Result<Moment, CommandError> {
    if let Some(written) = given {
        return written.parse::<Moment>().map_err(|error| {
            CommandError::usage(format!("--date: {error}")).hint("for instance 2031-05-02")
        });
    }
    if let Some(moment) = super::import::dated(stem) {
        return Ok(moment);
    }
    let today: Date = jiff::tz::Offset::UTC.to_datetime(Timestamp::now()).date();
    Ok(Moment::Day(today))
}
