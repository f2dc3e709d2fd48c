//! Runs the scenarios under `scenarios/draft` and `scenarios/blame`: Markdown with a record and what is asked of it.
//!
//! Each case is a heading with a citation ("Rule: …"), a table of what happened and a table of
//! questions with their answers. A case without citation, record or questions is refused.

use std::fmt::Write as _;
use std::path::PathBuf;

use travaux_negotiation::draft::{Lapse, Proposal, ProvisionState, Tabling};
use travaux_negotiation::letters::{Disposal, word};
use travaux_negotiation::{Became, HistoryLine, Negotiation};
use travaux_record::testing::id;
use travaux_record::*;
use travaux_text::{Origin, ProposalStatus, ProvisionId};

use crate::{life, row};

/// The key of the secretariat; the word itself names an audience.
const SECRETARIAT: &str = "SECR";

/// One case of a scenario file.
struct Case {
    name: String,
    text: String,
    happened: Vec<Vec<String>>,
    asked: Vec<Vec<String>>,
}

fn files() -> Vec<PathBuf> {
    let folders = ["draft", "blame"]
        .map(|folder| format!("{}/../../scenarios/{folder}", env!("CARGO_MANIFEST_DIR")));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    files.sort();
    files
}

fn cases(path: &PathBuf) -> Vec<Case> {
    let written = std::fs::read_to_string(path).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    for line in written.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            let name = format!("{}: {name}", path.file_stem().unwrap().to_string_lossy());
            let (happened, asked) = (Vec::new(), Vec::new());
            cases.push(Case { name, text: String::new(), happened, asked });
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.strip_prefix('|') {
            None => writeln!(case.text, "{line}").unwrap(),
            Some(cells) => case.row(cells),
        }
    }
    cases
}

impl Case {
    /// Takes a row of a table; the heading of its last column tells which table it is.
    fn row(&mut self, cells: &str) {
        let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
        let cells = &cells[..cells.len() - 1];
        if cells[0].starts_with("--") || cells[0] == "Row" || cells[0] == "Day" {
            return;
        }
        // Rows of the record are numbered, questions are dated.
        if cells[0].parse::<usize>().is_ok() {
            self.happened.push(cells.to_vec());
        } else {
            self.asked.push(cells.to_vec());
        }
    }

    fn run(&self) {
        assert!(self.text.contains("Rule: "), "{} cites no rule", self.name);
        assert!(!self.happened.is_empty(), "{} has no record", self.name);
        assert!(!self.asked.is_empty(), "{} asks nothing", self.name);
        let record = self.record();
        for question in &self.asked {
            let [day, viewer, asked, expected] = question.as_slice() else {
                panic!("{}: a question has four cells: {question:?}", self.name)
            };
            let viewer = match viewer.as_str() {
                "anybody" => Viewer::Public,
                "secretariat" => Viewer::Participant(ParticipantId::new(SECRETARIAT)),
                name => Viewer::Participant(ParticipantId::new(name)),
            };
            let (day, known_by) = match day.split_once(", known by ") {
                Some((day, known_by)) => (day, Some(known_by)),
                None => (day.as_str(), None),
            };
            let view = View::of(viewer).as_of(day.parse().unwrap());
            let view = match known_by {
                Some(known_by) => view.known_by_day(known_by.parse().unwrap()),
                None => view,
            };
            let negotiation: Negotiation = project(&record, &view).unwrap();
            let found = life::answer(&record, &view, &negotiation, asked)
                .unwrap_or_else(|| answer(&negotiation, asked));
            assert_eq!(&found, expected, "{}: {asked:?} on {day}", self.name);
        }
    }

    /// Builds the record: whoever acts is admitted first, then each row is an entry.
    fn record(&self) -> Record {
        let mut record = Record::new();
        let admit = |key: &str, class| {
            let participant = ParticipantId::new(key);
            Fact::ParticipantAdmitted(ParticipantAdmitted {
                participant,
                name: key.to_owned(),
                class,
            })
        };
        let mut append = |row: u64, at: &str, fact, audience| {
            // "2030-02-01, entered 2030-02-09": else all is entered at the beginning.
            let (at, entered) = at.split_once(", entered ").unwrap_or((at, "2030-01-01"));
            let entered: jiff::Timestamp = format!("{entered}T00:00:00Z").parse().unwrap();
            let recorded_at =
                entered + jiff::SignedDuration::from_secs(60 * i64::try_from(row % 1000).unwrap());
            let is_local = matches!(fact, Fact::TextAttached(_));
            let by = ParticipantId::new(if is_local { Entry::LOCAL } else { SECRETARIAT });
            let at: Moment = at.parse().unwrap();
            let entry = Entry::new(id(row), at, recorded_at, by, fact).to(audience);
            record
                .append(entry)
                .unwrap_or_else(|error| panic!("{}: row {row}: {error}", self.name));
        };
        let secretariat = admit(SECRETARIAT, ParticipantClass::Secretariat);
        append(1000, "2000-01-01", secretariat, Audience::Public);
        let mut known = vec!["secretariat", "the body", "the Chair", "local"];
        for (row, cells) in (1001..).zip(&self.happened) {
            let who = cells[2].as_str();
            if !known.contains(&who) {
                known.push(who);
                let class = if cells[3].starts_with("is a group") {
                    ParticipantClass::NegotiatingGroup
                } else {
                    ParticipantClass::State
                };
                append(row, "2000-01-01", admit(who, class), Audience::Public);
            }
        }
        for cells in &self.happened {
            let row: u64 = cells[0].parse().unwrap();
            let audience = audience(cells.get(4).map_or("", String::as_str), &self.happened);
            append(row, &cells[1], fact(&cells[2], &cells[3]), audience);
        }
        record
    }
}

fn members(cell: &str) -> Option<Vec<ParticipantId>> {
    let members = cell.strip_prefix("is a group of ")?;
    let mut members: Vec<_> = members.split(", ").map(ParticipantId::new).collect();
    members.sort();
    Some(members)
}

fn audience(cell: &str, happened: &[Vec<String>]) -> Audience {
    match cell {
        "" | "everybody" => Audience::Public,
        "participants" => Audience::Participants,
        "secretariat" => Audience::Secretariat,
        name => match cell.strip_prefix("group ") {
            None => Audience::Delegation(ParticipantId::new(name)),
            Some(group) => {
                let row = happened.iter().find(|cells| cells[2] == group).expect("a known group");
                let members = members(&row[3]).expect("a group with members");
                Audience::Group { group: ParticipantId::new(group), members }
            }
        },
    }
}

fn fact(who: &str, what: &str) -> Fact {
    if let Some(members) = members(what) {
        let (group, note) = (ParticipantId::new(who), String::new());
        return Fact::MembershipRecorded(MembershipRecorded { group, members, until: None, note });
    }
    if let Some(rest) = what.strip_prefix("corrects row ") {
        let (row, rest) = rest.split_once(": ").expect("corrects row N: what it should say");
        let (whose, said) = rest.split_once(' ').expect("who did what");
        return correction(row, Some(fact(whose, said)));
    }
    match what.strip_prefix("strikes out row ") {
        Some(row) => correction(row, None),
        None => match what.strip_prefix("lifts the brackets of row ") {
            Some(row) => {
                let own = !matches!(who, "the body" | "the Chair" | "secretariat");
                Fact::BracketLifted(BracketLifted {
                    request: id(row.parse().unwrap()),
                    participants: own.then(|| ParticipantId::new(who)).into_iter().collect(),
                })
            }
            None => row::fact(who, what),
        },
    }
}

fn correction(row: &str, fact: Option<Fact>) -> Fact {
    let of = id(row.parse().unwrap());
    let reason = "The minutes say otherwise.".to_owned();
    Fact::Correction(Correction { of, fact: fact.map(Box::new), at: None, reason })
}

/// Answers a question as a face would put it.
fn answer(negotiation: &Negotiation, asked: &str) -> String {
    match asked.split_once(' ').unwrap_or((asked, "")) {
        ("article", id) => article(negotiation, &ProvisionId::new(id)),
        ("proposal", id) => proposal(negotiation, &ProposalId::new(id)),
        ("irregular", _) => {
            let acts = negotiation.irregularities();
            let acts: Vec<String> = acts.iter().map(|act| negotiation.words(&act.what)).collect();
            if acts.is_empty() { "nothing".to_owned() } else { acts.join("; ") }
        }
        ("history", id) => {
            let lines = negotiation.history(&ProvisionId::new(id));
            let told = |line: &HistoryLine<'_>| {
                let words = negotiation.words(&line.happening.description.sentence);
                match line.became {
                    Some(became @ (Became::Gone | Became::Dropped)) => {
                        format!("{words} ({})", became.words())
                    }
                    Some(Became::New | Became::Unchanged | Became::Changed) | None => words,
                }
            };
            lines.iter().map(told).collect::<Vec<_>>().join("; ")
        }
        ("account", document) => {
            let document = DocumentId::new(document.trim_start_matches("of "));
            negotiation.account(&document).join("; ")
        }
        ("positions", issue) => positions(negotiation, issue.trim_start_matches("on ")),
        ("letter", whose) => letter(negotiation, whose.trim_start_matches("to ")),
        ("decided", document) => decided(negotiation, document.trim_start_matches("by rule on ")),
        ("brackets", id) => {
            let id = ProvisionId::new(id.trim_start_matches("not placed in "));
            let unplaced = negotiation.draft.unplaced_requests(&id);
            let words: Vec<&str> =
                unplaced.filter_map(|request| request.words.as_deref()).collect();
            if words.is_empty() { "nothing".to_owned() } else { words.join("; ") }
        }
        ("versions", id) => versions(negotiation, &ProvisionId::new(id.trim_start_matches("of "))),
        ("languages", _) => {
            let counts = negotiation.draft.languages();
            let counts = counts.iter().map(|count| {
                let (name, current) = (count.language.name(), count.current);
                let (all, behind, settled) = (count.provisions, count.behind, count.settled);
                format!("{name}: {current} of {all}, {behind} behind, {settled} concordant")
            });
            counts.collect::<Vec<_>>().join("; ")
        }
        ("official", id) => {
            let id = ProvisionId::new(id.trim_start_matches("words of "));
            let official = negotiation.draft.official(&id);
            official.map_or_else(|| "none".to_owned(), |(_, words)| words.text.clone())
        }
        ("articles", _) => {
            let states = negotiation.draft.states();
            states.iter().map(|state| state.provision.as_str()).collect::<Vec<_>>().join(", ")
        }
        _ => panic!("no such question: {asked:?}"),
    }
}

fn versions(negotiation: &Negotiation, id: &ProvisionId) -> String {
    let versions = negotiation.draft.versions(id);
    let told = versions.iter().map(|rendering| {
        let version = rendering.version;
        let stands = match rendering.since {
            None => "renders it as it reads".to_owned(),
            Some(since) => format!("is {} behind since {}", rendering.behind, since.at),
        };
        let found = version.review.as_ref().map(|review| match review.found {
            Concordance::Concordant => ", concordant",
            Concordance::Discordant => ", discordant",
            Concordance::Referred => ", referred to the body",
        });
        let name = version.language.name();
        format!("{name} “{}” {stands}{}", version.text, found.unwrap_or_default())
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "none".to_owned() } else { told.join("; ") }
}

/// What a sponsor is told of its proposals: `letter to Averne on D2`; `nobody` for those without.
fn letter(negotiation: &Negotiation, whose: &str) -> String {
    let (name, document) = whose.split_once(" on ").expect("letter to Averne on D2");
    let document = DocumentId::new(document);
    let Some(letters) = negotiation.draft.letters(&document) else {
        return "no text was before the body".to_owned();
    };
    let participant = (name != "nobody").then(|| ParticipantId::new(name));
    let by_sponsor = letters.by_sponsor();
    let Some(accounts) = by_sponsor.get(&participant.as_ref()) else {
        return "no letter".to_owned();
    };
    let told = accounts.iter().map(|account| {
        let found = account.findings.join(" ");
        let left = if account.suggestion.is_empty() {
            "nothing".to_owned()
        } else {
            account.suggestion.join(" ")
        };
        let asked = account.request.join(" ");
        let outcome = word(account.rebase.outcome);
        format!("{} {outcome}. Asked: {asked} Found: {found} Left: {left}", account.proposal.id)
    });
    told.collect::<Vec<_>>().join("; ")
}

/// What a rule decides of the proposals open when a document was issued.
fn decided(negotiation: &Negotiation, document: &str) -> String {
    let document = DocumentId::new(document);
    let letters = negotiation.draft.letters(&document).expect("a new text");
    let said = letters.accounts.iter().map(|account| {
        let what = match account.by_rule() {
            Some(Disposal::Carry(None)) => "carried as it is".to_owned(),
            Some(Disposal::Carry(Some(_))) => "carried with what is left".to_owned(),
            Some(Disposal::Lapse(outcome)) => format!("lapses, {outcome:?}"),
            None => "left to a person".to_owned(),
        };
        format!("{} {what}", account.proposal.id)
    });
    said.collect::<Vec<_>>().join("; ")
}

fn positions(negotiation: &Negotiation, issue: &str) -> String {
    let issue = IssueId::new(issue);
    let taken: Vec<String> = negotiation
        .positions
        .on_issue(&issue)
        .map(|position| {
            let taken = &position.taken;
            let attitude = match taken.strength {
                Strength::ReservesPosition => "reserves its position on",
                other => panic!("no scenario has yet asked for {other:?}"),
            };
            format!("{} {attitude} {}", taken.participant, taken.option.option)
        })
        .collect();
    if taken.is_empty() { "nobody".to_owned() } else { taken.join("; ") }
}

fn article(negotiation: &Negotiation, id: &ProvisionId) -> String {
    let draft = &negotiation.draft;
    let Some(state) = draft.state(id) else {
        let note = negotiation.notes(id).map(|note| format!(" ({note})"));
        return format!("not in the text{}", note.unwrap_or_default());
    };
    let met = draft.text().provision(id).expect("a provision with a state is in the text");
    let mut words = met.un_text(&negotiation.labels());
    let deleted: Vec<String> = met
        .suppressed_by()
        .map(|key| negotiation.short_attribution(&ProposalId::new(key.as_str())))
        .collect();
    if !deleted.is_empty() {
        words = format!("[{words}] (delete: {})", deleted.join(", "));
    }
    if let Origin::Added { by, .. } = met.origin() {
        let by = negotiation.short_attribution(&ProposalId::new(by.as_str()));
        words = format!("[{words}] (add: {by})");
    }
    if let Some(askers) = negotiation.askers(id) {
        words = format!("{words} (brackets: {askers})");
    }
    format!("{}: {words}", shown(negotiation, state))
}

fn shown(negotiation: &Negotiation, state: &ProvisionState) -> String {
    let note = negotiation.notes(&state.provision);
    note.map_or_else(|| state.words().to_owned(), |note| format!("{} ({note})", state.words()))
}

fn proposal(negotiation: &Negotiation, id: &ProposalId) -> String {
    let Some(proposal) = negotiation.draft.proposal(id) else { return "unknown".to_owned() };
    let status = match negotiation.draft.status(proposal) {
        ProposalStatus::Open if proposal.tabling == Tabling::Drafted => {
            "drafted, not tabled".to_owned()
        }
        ProposalStatus::Open if negotiation.draft.is_on_the_table(proposal) => "open".to_owned(),
        ProposalStatus::Open => format!("open on {}, undecided", proposal.document),
        ProposalStatus::Withdrawn => "withdrawn".to_owned(),
        ProposalStatus::Lapsed => format!("lapsed, {}", outcome(proposal)),
        ProposalStatus::Carried => format!("carried to {}", proposal.document),
        ProposalStatus::TakenUp => "taken up".to_owned(),
        ProposalStatus::Rejected => "settled otherwise by agreement".to_owned(),
    };
    let sponsors: Vec<String> = negotiation
        .sponsors(proposal)
        .iter()
        .map(|spell| format!("{} since {}", spell.participant, spell.joined.at))
        .collect();
    let remark = negotiation.draft.remark(proposal);
    let remark = remark.map(|remark| format!(". {}", negotiation.words(&remark)));
    let status = format!("{status}{}", remark.unwrap_or_default());
    let status =
        if proposal.is_without_sponsors() { format!("{status}; without sponsors") } else { status };
    if sponsors.is_empty() { status } else { format!("{status}; {}", sponsors.join(", ")) }
}

fn outcome(proposal: &Proposal) -> String {
    let Some((Lapse { document, outcome, .. }, _)) = proposal.lapse() else { return String::new() };
    let outcome = match outcome {
        ProposalOutcome::Reflected => "reflected",
        ProposalOutcome::ReflectedInPart => "reflected in part",
        ProposalOutcome::NotReflected => "not reflected",
        ProposalOutcome::LeftOpen => "left open",
    };
    format!("{outcome} in {document}")
}

#[test]
fn every_scenario_holds() {
    let cases: Vec<Case> = files().iter().flat_map(cases).collect();
    assert!(cases.len() >= 12, "only {} cases found", cases.len());
    for case in &cases {
        case.run();
    }
}
