//! The rules of procedure as counsel reads them: every case under `scenarios/procedure` is run.
//!
//! A case is a heading of the second level with a line `Rule:` that cites the rules it shows, and a
//! block of acts, one a line, as a secretary types them. An act must be in order unless lines that
//! begin with `!` follow and say which rules speak against it, and why. `?` asks whether a kind of
//! move is in order, `=` what follows. Every rule of every rules file has its case.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use travaux_negotiation::procedure::{Breach, Floor, MatterState, Move, Proceedings, Rules, speak};
use travaux_record::testing::{Builder, person};
use travaux_record::{
    BaseIssued, ConsentForm, ConsentRecorded, ConsentStage, DecisionId, DocumentId, DocumentIssued,
    Fact, OfficerElected, ParticipantClass, Record, StakeholderClass, Standing, Tally,
    TextDecision, View, project,
};
use travaux_text::{Provision, ProvisionId, ProvisionKind};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads the rules of a key, with the layers under them.
pub(crate) fn rules(key: &str) -> Rules {
    let mut texts = Vec::new();
    let mut next = Some(key.to_owned());
    while let Some(key) = next {
        let path = root().join("rules").join(format!("{key}.toml"));
        let text = fs::read_to_string(path).expect("a rules file");
        let layer = travaux_negotiation::procedure::rules::Layer::read(&text).expect("well formed");
        next = layer.body.over;
        texts.push(text);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Rules::read(&texts).expect("rules that can be applied")
}

struct Case {
    name: String,
    rules: String,
    cites: Vec<String>,
    lines: Vec<String>,
}

fn cases(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a scenario is readable");
    let mut cases: Vec<Case> = Vec::new();
    let mut key = String::new();
    let mut in_block = false;
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("Rules: ") {
            named.trim_matches(['`', '.']).clone_into(&mut key);
        } else if let Some(name) = line.strip_prefix("## ") {
            let rules = key.clone();
            cases.push(Case { name: name.to_owned(), rules, cites: Vec::new(), lines: Vec::new() });
        } else if let Some(cited) = line.strip_prefix("Rule: ") {
            let cited = cited.trim_end_matches('.').split("; ").map(str::to_owned);
            cases.last_mut().expect("a heading comes first").cites.extend(cited);
        } else if line.starts_with("```") {
            in_block = line == "```floor";
        } else if in_block && !line.trim().is_empty() {
            let lines = &mut cases.last_mut().expect("a heading comes first").lines;
            lines.push(line.to_owned());
        }
    }
    cases
}

/// A case being run.
struct Run {
    rules: Rules,
    builder: Builder,
    day: Date,
    /// The rules met on the way: in breaches, in moves, in what questions need.
    met: BTreeSet<String>,
    breaches: Vec<Breach>,
}

impl Run {
    fn new(case: &Case) -> Self {
        let mut run = Self {
            rules: rules(&case.rules),
            builder: Builder::default(),
            day: "2031-05-02".parse().unwrap(),
            met: BTreeSet::new(),
            breaches: Vec::new(),
        };
        run.builder.on("2031-05-02");
        for state in ["A", "B", "C", "D", "E", "F", "G", "H"] {
            run.builder.admit(state, ParticipantClass::State);
        }
        run.builder.add(text());
        if case.lines.first().is_some_and(|line| line == "before the meeting") {
            return run;
        }
        run.act("present 120").unwrap();
        run.act("open \"1st meeting\"").unwrap();
        run
    }

    fn proceedings(&self) -> Proceedings {
        let record = Record::of(self.builder.entries.iter().cloned()).expect("admitted");
        project(&record, &View::public()).expect("known kinds")
    }

    fn floor<T>(&self, ask: impl FnOnce(&Floor<'_>) -> T) -> T {
        ask(&self.proceedings().floor(&self.rules, self.day))
    }

    /// Does what a line says; what speaks against it is kept for the lines that follow.
    fn act(&mut self, line: &str) -> Result<(), String> {
        self.look_around();
        let spoken = self.floor(|floor| speak(floor, line)).map_err(|error| error.to_string())?;
        self.breaches.clear();
        for fact in spoken.facts {
            let found = self.floor(|floor| floor.check(&fact));
            self.met.extend(found.iter().map(|breach| breach.rule.number.clone()));
            self.breaches.extend(found);
            self.builder.add(fact);
        }
        Ok(())
    }

    fn moves(&self) -> Vec<Move> {
        self.proceedings().floor(&self.rules, self.day).next()
    }

    /// Notes the rules that the moves now open rest on.
    fn look_around(&mut self) {
        let met = self.floor(|floor| {
            let moves = floor.next();
            let of_moves = moves.iter().map(|next| next.rule.number.clone());
            let barred = moves.iter().flat_map(|next| &next.barred);
            of_moves.chain(barred.map(|breach| breach.rule.number.clone())).collect::<Vec<_>>()
        });
        self.met.extend(met);
    }

    /// Sets the scene: who and what there is, which no act in a meeting brings about.
    fn scene(&mut self, line: &str) -> Option<()> {
        let mut words = line.split_whitespace();
        let class = match words.next()? {
            "on" if line.split_whitespace().count() == 2 => {
                let day = words.next()?;
                self.day = day.parse().ok()?;
                self.builder.on(day);
                return Some(());
            }
            "before" => return Some(()),
            "chair" if line.split_whitespace().count() == 2 => {
                self.builder.add(Fact::OfficerElected(OfficerElected {
                    office: "Chair".to_owned(),
                    person: None,
                    participant: Some(person(words.next()?)),
                }));
                return Some(());
            }
            "party" => {
                for state in words {
                    self.builder.add(consent(state));
                }
                return Some(());
            }
            "observer" => ParticipantClass::Observer,
            "organization" => ParticipantClass::Organization,
            "consultative" => ParticipantClass::Stakeholder(StakeholderClass::ConsultativeStatus),
            "accredited" => ParticipantClass::Stakeholder(StakeholderClass::Accredited),
            _ => return None,
        };
        for key in words {
            self.builder.admit(key, class);
        }
        Some(())
    }

    fn asked(&mut self, line: &str) -> Result<(), String> {
        let (kind, barred) = line.split_once(" ! ").map_or((line, None), |(k, why)| (k, Some(why)));
        self.look_around();
        let moves = self.moves();
        let found = moves.iter().find(|next| next.kind == kind);
        let found = found.ok_or_else(|| format!("no move {kind}: {:?}", kinds(&moves)))?;
        match barred {
            None if found.is_in_order() => Ok(()),
            None => Err(format!("{kind} is barred: {}", found.barred[0])),
            Some(why) => {
                found.barred.iter().find(|breach| is_told(breach, why)).map(|_| ()).ok_or_else(
                    || format!("{kind} should be barred by {why}, is {:?}", found.barred),
                )
            }
        }
    }

    fn follows(&mut self, line: &str) -> Result<(), String> {
        let (what, expected) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
        let mut words = what.split_whitespace();
        let (what, rest): (&str, Vec<&str>) = (words.next().unwrap_or(""), words.collect());
        let id = DecisionId::new(rest.first().copied().unwrap_or_default());
        let rule = self.floor(|floor| floor.question(&id).map(|q| q.rule.number));
        self.met.extend(rule);
        if what == "may" {
            self.met.insert(self.floor(|floor| floor.may(&person(rest[0])).0.number));
        }
        let found = self.floor(|floor| {
            let question = floor.question(&id);
            let number = |at: usize| rest.get(at).and_then(|word| word.parse().ok()).unwrap_or(0);
            match what {
                "needs" => question.map(|q| q.condition(None)),
                "missing" => {
                    let (in_favour, against, abstaining) = (number(1), number(2), number(3));
                    let tally = Tally { in_favour, against, abstaining };
                    question.map(|q| q.missing(tally).in_words())
                }
                "outcomes" => question.map(|q| {
                    let (carried, failed) = q.outcomes();
                    format!("carried, {carried}; not carried, {failed}")
                }),
                "opposite" => question.and_then(|q| q.opposite()),
                "before" => question.map(|q| q.before.join("; ")),
                "decided" => floor.room.matter(&id).map(|matter| match matter.state {
                    MatterState::Decided(outcome) => format!("{outcome:?}"),
                    state => format!("{state:?}"),
                }),
                "may" => {
                    let (_, speaks, proposes, votes) = floor.may(&person(rest[0]));
                    Some(format!("speaks {speaks:?}, proposes {proposes}, votes {votes}"))
                }
                "quorum" => floor
                    .quorum()
                    .map(|(_, open, decide)| format!("{open} to open, {decide} to decide")),
                "debate" => Some(format!("{:?}", floor.room.debate())),
                "meeting" => Some(format!("{:?}", floor.room.meeting())),
                "open" => Some(
                    floor
                        .room
                        .open_proposals()
                        .iter()
                        .map(|t| t.id.to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
                "irregular" => Some(String::new()),
                _ => None,
            }
        });
        let found = match what {
            "irregular" => Some(self.proceedings().irregular(&self.rules).len().to_string()),
            _ => found,
        };
        if matches!(what, "opposite" | "outcomes")
            && let Some(cited) = self.rules.citing("framing")
        {
            self.met.insert(cited.number);
        }
        match found {
            Some(found) if found == expected => Ok(()),
            Some(found) => Err(format!("{what} should be {expected:?}\n   is {found:?}")),
            None => Err(format!("nothing is known of {line}")),
        }
    }

    fn line(&mut self, line: &str, expected: &[&str]) -> Result<(), String> {
        if let Some(kind) = line.strip_prefix("? ") {
            return self.asked(kind);
        }
        if let Some(what) = line.strip_prefix("= ") {
            return self.follows(what);
        }
        if self.scene(line).is_some() {
            return Ok(());
        }
        self.act(line)?;
        let found = &self.breaches;
        let told = found.len() == expected.len()
            && found.iter().zip(expected).all(|(breach, expected)| is_told(breach, expected));
        if told {
            return Ok(());
        }
        let found: Vec<String> = found
            .iter()
            .map(|b| format!("! {}: {} -> {}", b.rule.number, b.why, b.way_out))
            .collect();
        Err(format!("against {line:?} speaks:\n  {}", found.join("\n  ")))
    }
}

fn kinds(moves: &[Move]) -> Vec<&str> {
    moves.iter().map(|next| next.kind).collect()
}

/// A line `number: why -> way out` tells of a breach; either may be the beginning only.
fn is_told(breach: &Breach, line: &str) -> bool {
    let Some((number, words)) = line.split_once(": ") else { return false };
    let (why, way_out) = words.split_once(" -> ").unwrap_or((words, ""));
    breach.rule.number == number
        && breach.why.starts_with(why)
        && breach.way_out.starts_with(way_out)
}

pub(crate) fn text() -> Fact {
    let provisions = ["art.1", "art.2", "art.3", "art.4"].map(|id| Provision {
        id: ProvisionId::new(id),
        parent: None,
        kind: ProvisionKind::Article,
        number: id[4..].to_owned(),
        heading: String::new(),
        text: "Each Party shall act.".to_owned(),
    });
    Fact::DocumentIssued(DocumentIssued {
        document: DocumentId::new("draft"),
        symbol: "L.1".to_owned(),
        title: "Draft convention".to_owned(),
        session: None,
        base: Some(BaseIssued {
            provisions: provisions.into(),
            standing: Standing::Authentic,
            decision: TextDecision::None,
            as_issued: None,
        }),
        note: String::new(),
    })
}

fn consent(state: &str) -> Fact {
    Fact::ConsentRecorded(ConsentRecorded {
        participant: person(state),
        form: ConsentForm::Ratification,
        stage: ConsentStage::Deposited,
        note: String::new(),
    })
}

fn run(case: &Case) -> Result<BTreeSet<String>, String> {
    if case.cites.is_empty() {
        return Err(format!("{}: cites no rule", case.name));
    }
    let mut run = Run::new(case);
    for cited in &case.cites {
        if run.rules.numbered(cited).is_none() {
            return Err(format!("{}: cites rule {cited}, which is not in force", case.name));
        }
    }
    let mut at = 0;
    while at < case.lines.len() {
        let line = case.lines[at].as_str();
        let expected: Vec<&str> =
            case.lines[at + 1..].iter().map_while(|next| next.strip_prefix("! ")).collect();
        run.line(line, &expected).map_err(|why| format!("{}: {why}", case.name))?;
        at += 1 + expected.len();
    }
    run.look_around();
    match case.cites.iter().find(|cited| !run.met.contains(*cited)) {
        Some(unmet) => Err(format!("{}: cites {unmet}, and never comes upon it", case.name)),
        None => Ok(case.cites.iter().cloned().collect()),
    }
}

fn all_cases() -> Vec<Case> {
    let folder = root().join("scenarios/procedure");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of scenarios is there")
        .map(|entry| entry.expect("an entry is readable").path())
        .collect();
    files.sort();
    files.iter().flat_map(|file| cases(file)).collect()
}

#[test]
fn every_case_holds_and_every_rule_has_one() {
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in all_cases() {
        match run(&case) {
            Ok(cited) => {
                let rules = rules(&case.rules);
                for layer in rules.layers() {
                    let own = layer.rules.iter().filter(|rule| cited.contains(&rule.number));
                    shown.extend(own.map(|rule| (layer.body.key.clone(), rule.number.clone())));
                }
            }
            Err(why) => wrong.push(why),
        }
    }
    for key in ["ahc", "cop", "practice"] {
        for layer in rules(key).layers() {
            for rule in &layer.rules {
                if !shown.contains(&(layer.body.key.clone(), rule.number.clone())) {
                    wrong.push(format!("{}: no case shows rule {}", layer.body.key, rule.number));
                    shown.insert((layer.body.key.clone(), rule.number.clone()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_case_without_a_citation_or_of_a_rule_it_never_meets_is_refused() {
    let case = |cites: &[&str]| Case {
        name: "a case".to_owned(),
        rules: "ahc".to_owned(),
        cites: cites.iter().map(|cited| (*cited).to_owned()).collect(),
        lines: vec!["close list".to_owned()],
    };
    assert_eq!(run(&case(&[])), Err("a case: cites no rule".to_owned()));
    assert!(run(&case(&["999"])).unwrap_err().contains("not in force"));
    assert!(run(&case(&["132"])).unwrap_err().contains("never comes upon it"));
    assert!(run(&case(&["115"])).is_ok());
}
