//! The desk at which the log becomes entries: acts on the text, who may see what, names and times.
//!
//! It keeps the draft and the open proposals, so that an edit, a lapse or an agreement that makes
//! no sense where it stands is refused with its line. What follows from the entries is not its
//! business: that is the projections'.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use travaux_record::{
    Audience, BaseIssued, BracketLifted, BracketRequested, Correction, DocumentId, DocumentIssued,
    Entry, EntryId, Evidence, Fact, Moment, ObjectionLifted, OutcomeBasis, ParticipantId,
    PlaceholderSet, PositionDisputed, ProposalCarried, ProposalId, ProposalLapsed, ProposalNamed,
    ProposalOutcome, ProposalRevised, ProposalTabled, ProvisionAgreed, ProvisionNamed, SessionId,
    SourceId, Sponsorship, Standing, TextDecision,
};
use travaux_text::{Act, Change, Provision, ProvisionId};

use super::edit;
use super::fact::{self, moment, participants, word};
use super::log::{Item, SourceError};
use crate::Mint;

type Stated<T> = Result<T, SourceError>;

/// A proposal as the desk knows it.
struct Tabled {
    changes: Vec<Change>,
    document: String,
    audience: Audience,
    open: bool,
}

impl Tabled {
    /// Returns the text it wants a provision to have, one that it adds included.
    fn wanted(&self, id: &str, target: &ProvisionId) -> Option<String> {
        let mut added = 0;
        for change in &self.changes {
            match &change.act {
                Act::Add { text, .. } => {
                    added += 1;
                    if ProvisionId::added(id, added) == *target {
                        return Some(text.clone());
                    }
                }
                Act::Replace { text } | Act::Editorial { text } if change.target == *target => {
                    return Some(text.clone());
                }
                _ => {}
            }
        }
        None
    }
}

/// Reads the text that a document is issued with.
type TextNamed<'t> = &'t dyn Fn(&str) -> Stated<Vec<Provision>>;

/// The desk, and the entries written at it so far.
pub(super) struct Desk<'t> {
    text_named: TextNamed<'t>,
    documents: BTreeMap<String, Vec<Provision>>,
    base: String,
    proposals: BTreeMap<String, Tabled>,
    members: BTreeMap<ParticipantId, BTreeSet<ParticipantId>>,
    /// The entries that others refer to, by the key the log gives them.
    keyed: BTreeMap<String, EntryId>,
    names_taken: BTreeMap<String, usize>,
    last: (Date, i64),
    /// Proposals whose base was replaced today and of which nothing has been said yet.
    unsettled: BTreeSet<String>,
    mint: Mint,
}

impl<'t> Desk<'t> {
    /// Makes an empty desk.
    pub(super) fn new(mint: Mint, text_named: TextNamed<'t>) -> Self {
        Self {
            text_named,
            documents: BTreeMap::new(),
            base: String::new(),
            proposals: BTreeMap::new(),
            members: BTreeMap::new(),
            keyed: BTreeMap::new(),
            names_taken: BTreeMap::new(),
            last: (date(1, 1, 1), 0),
            unsettled: BTreeSet::new(),
            mint,
        }
    }

    /// Enters one act.
    ///
    /// # Errors
    /// When it can't be read, refers to what is not there, or contradicts the draft.
    pub(super) fn enter(&mut self, item: &Item) -> Stated<()> {
        self.check_settled(item)?;
        if item.verb == "members" {
            let mut names = item.names().into_iter().map(ParticipantId::new);
            if let Some(group) = names.next() {
                self.members.entry(group).or_default().extend(names);
            }
        }
        if let Some(facts) = fact::facts(item)? {
            return facts.into_iter().try_for_each(|fact| self.write(item, fact));
        }
        match item.verb.as_str() {
            "issue" => self.issue(item),
            "table" => self.table(item),
            "revise" => self.revise(item),
            "withdraw" | "reintroduce" => self.switch(item),
            "join" | "leave" => self.sponsors(item),
            "carry" => self.carry(item),
            "lapse" => self.lapse(item),
            "bracket" => self.bracket(item),
            "placeholder" => self.placeholder(item),
            "agree" => self.agree(item),
            "reopen" | "close" => self.reopen_or_close(item),
            "unbracket" | "lift" | "dispute" => self.refer(item),
            "correct" => self.correct(item),
            other => Err(item.error(format!("no act is called {other:?}"))),
        }
    }

    /// Returns the entries, in the order in which they were recorded.
    pub(super) fn finish(self) -> Mint {
        self.mint
    }

    /// When a base is replaced, the log says the same day what becomes of each open proposal.
    fn check_settled(&self, item: &Item) -> Stated<()> {
        if item.date == self.last.0 || self.unsettled.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.unsettled.iter().map(String::as_str).collect();
        Err(item.error(format!(
            "a new base was issued on {} and these open proposals were neither carried nor lapsed: {}",
            self.last.0,
            names.join(", ")
        )))
    }

    // Text.

    fn issue(&mut self, item: &Item) -> Stated<()> {
        let key = item.name(0)?;
        let mut base = None;
        if let Some(file) = item.particular("text") {
            let provisions = (self.text_named)(file)?;
            self.documents.insert(key.clone(), provisions.clone());
            self.base.clone_from(&key);
            let open = self.proposals.iter().filter(|(_, proposal)| proposal.open);
            self.unsettled = open.map(|(id, _)| id.clone()).collect();
            let decision = match item.particular("adopted") {
                Some(_) => TextDecision::Adopted,
                None => TextDecision::None,
            };
            base = Some(BaseIssued {
                provisions,
                standing: Standing::Authentic,
                decision,
                as_issued: None,
            });
        }
        let fact = Fact::DocumentIssued(DocumentIssued {
            document: DocumentId::new(key),
            symbol: item.needs_quoted(0)?,
            title: item.needs_quoted(1)?,
            session: item.clause_word("for").map(SessionId::new),
            base,
            note: item.text("note"),
        });
        self.write(item, fact)
    }

    fn table(&mut self, item: &Item) -> Stated<()> {
        let id = item.name(0)?;
        let amends = item.clause_word("amends");
        let document = item.particular("document").unwrap_or(&self.base).to_owned();
        let changes = self.changes(item, &document, amends.as_deref())?;
        let option = item.particular("option").map(|o| fact::option(item, o)).transpose()?;
        let audience = self.audience(item)?;
        let sponsors = participants(item, "by");
        // What is circulated without standing is nobody's proposal, and its label says so.
        if sponsors.is_empty() && item.particular("label").is_none() {
            return Err(
                item.error("a proposal has sponsors (by A, B), or a label that says whose it is")
            );
        }
        let fact = Fact::ProposalTabled(ProposalTabled {
            proposal: ProposalId::new(id.as_str()),
            document: DocumentId::new(document.as_str()),
            label: item.particular("label").map_or_else(|| label(&id), str::to_owned),
            changes: changes.clone(),
            standing: Standing::Authentic,
            amends: amends.map(ProposalId::new),
            option,
            note: item.text("note"),
        });
        let tabled = Tabled { changes, document, audience: audience.clone(), open: true };
        if self.proposals.insert(id.clone(), tabled).is_some() {
            return Err(item.error(format!("a proposal {id} stands already")));
        }
        self.write(item, fact)?;
        let restricted = match item.particular("sponsors") {
            Some("participants") => Audience::Participants,
            Some(other) => return Err(item.error(format!("sponsors can't be shown to {other:?}"))),
            None => audience,
        };
        for participant in sponsors {
            let proposal = ProposalId::new(id.as_str());
            let fact = Fact::SponsorJoined(Sponsorship { proposal, participant });
            self.write_to(item, fact, restricted.clone())?;
        }
        Ok(())
    }

    fn revise(&mut self, item: &Item) -> Stated<()> {
        let id = self.open_proposal(item, &item.name(0)?)?;
        let document = self.proposals[&id].document.clone();
        let changes = self.changes(item, &document, None)?;
        self.proposal_mut(item, &id)?.changes.clone_from(&changes);
        let proposal = ProposalId::new(id.as_str());
        let fact =
            Fact::ProposalRevised(ProposalRevised { proposal, changes, participants: Vec::new() });
        self.write_as(item, &id, fact)
    }

    fn switch(&mut self, item: &Item) -> Stated<()> {
        let id = item.name(0)?;
        let fact =
            ProposalNamed { proposal: ProposalId::new(id.as_str()), participants: Vec::new() };
        if item.verb == "withdraw" {
            self.open_proposal(item, &id)?;
            self.proposal_mut(item, &id)?.open = false;
            return self.write_as(item, &id, Fact::ProposalWithdrawn(fact));
        }
        let proposal = self.proposal_mut(item, &id)?;
        if std::mem::replace(&mut proposal.open, true) {
            return Err(item.error(format!("{id} is open already")));
        }
        self.write_as(item, &id, Fact::ProposalReintroduced(fact))
    }

    fn sponsors(&mut self, item: &Item) -> Stated<()> {
        let mut names = item.names().into_iter();
        let id = names.next().ok_or_else(|| item.error("which proposal?"))?;
        self.proposal_mut(item, &id)?;
        for participant in names.map(ParticipantId::new) {
            let fact = Sponsorship { proposal: ProposalId::new(id.as_str()), participant };
            let fact = match item.verb.as_str() {
                "join" => Fact::SponsorJoined(fact),
                _ => Fact::SponsorLeft(fact),
            };
            self.write_as(item, &id, fact)?;
        }
        Ok(())
    }

    fn carry(&mut self, item: &Item) -> Stated<()> {
        let id = self.settle(item, &item.name(0)?)?;
        let document = self.base.clone();
        let changes = if item.details.is_empty() {
            self.check_unmoved(item, &id)?;
            None
        } else {
            Some(self.changes(item, &document, None)?)
        };
        let proposal = self.proposal_mut(item, &id)?;
        proposal.document.clone_from(&document);
        if let Some(changes) = &changes {
            proposal.changes.clone_from(changes);
        }
        let fact = Fact::ProposalCarried(ProposalCarried {
            proposal: ProposalId::new(id.as_str()),
            document: DocumentId::new(document),
            changes,
        });
        self.write_as(item, &id, fact)
    }

    /// A proposal is carried as it stands only where the paragraphs it rewrites are the same.
    fn check_unmoved(&self, item: &Item, id: &str) -> Stated<()> {
        let proposal = &self.proposals[id];
        for change in &proposal.changes {
            let before = self.text_in(&proposal.document, &change.target);
            if before != self.text_in(&self.base, &change.target) {
                let reason =
                    format!("{} reads otherwise now; state the edits of {id}", change.target);
                return Err(item.error(reason));
            }
        }
        Ok(())
    }

    fn lapse(&mut self, item: &Item) -> Stated<()> {
        let outcome: ProposalOutcome = word(item, &item.name(0)?)?;
        let basis: OutcomeBasis = word(item, &item.name(1)?)?;
        for id in item.names().into_iter().skip(2) {
            self.settle(item, &id)?;
            self.proposal_mut(item, &id)?.open = false;
            let fact = Fact::ProposalLapsed(ProposalLapsed {
                proposal: ProposalId::new(id.as_str()),
                document: DocumentId::new(self.base.as_str()),
                outcome,
                basis,
                note: item.text("note"),
            });
            self.write_as(item, &id, fact)?;
        }
        Ok(())
    }

    fn settle(&mut self, item: &Item, id: &str) -> Stated<String> {
        if self.unsettled.remove(id) {
            return Ok(id.to_owned());
        }
        Err(item.error(format!("{id} was not open when {} was issued, or was settled", self.base)))
    }

    fn bracket(&mut self, item: &Item) -> Stated<()> {
        let provision = self.provision(item, &item.name(0)?)?;
        let words = item.quoted(0);
        let text = self.text_of(&provision).unwrap_or_default();
        if let Some(words) = words.as_deref().filter(|words| !text.contains(words)) {
            return Err(item.error(format!("{words:?} does not stand in {provision}")));
        }
        let participants = participants(item, "by");
        self.write(
            item,
            Fact::BracketRequested(BracketRequested { provision, words, participants }),
        )
    }

    fn placeholder(&mut self, item: &Item) -> Stated<()> {
        let fact = PlaceholderSet {
            provision: self.provision(item, &item.name(0)?)?,
            awaiting: item.quoted(0).unwrap_or_default(),
            participant: item.clause_word("for").map(ParticipantId::new),
        };
        if fact.awaiting.is_empty() && item.name(1).ok().as_deref() != Some("clear") {
            return Err(item.error("a placeholder says what is awaited, or clear"));
        }
        self.write(item, Fact::PlaceholderSet(fact))
    }

    fn agree(&mut self, item: &Item) -> Stated<()> {
        let proposals = item.clause("from");
        for id in &proposals {
            self.open_proposal(item, id)?;
        }
        for name in item.names() {
            let provision = self.provision(item, &name)?;
            let asked = |id: &String| self.proposals[id].wanted(id, &provision);
            let texts: BTreeSet<Option<String>> = proposals.iter().map(asked).collect();
            let from_proposals = match texts.into_iter().collect::<Vec<_>>().as_slice() {
                [] => None,
                [Some(text)] => Some(text.clone()),
                _ => {
                    return Err(
                        item.error(format!("these proposals ask for no one text of {name}"))
                    );
                }
            };
            let text =
                from_proposals.or_else(|| item.quoted(0)).or_else(|| self.text_of(&provision));
            let text = text.ok_or_else(|| item.error(format!("{name} has no text to agree on")))?;
            if item.quoted(0).is_some_and(|quoted| quoted != text) {
                return Err(
                    item.error(format!("the words agreed are not those asked for: {text:?}"))
                );
            }
            let proposals = proposals.iter().map(ProposalId::new).collect();
            self.write(
                item,
                Fact::ProvisionAgreed(ProvisionAgreed { provision, text, proposals }),
            )?;
        }
        for id in &proposals {
            self.proposal_mut(item, id)?.open = false;
        }
        Ok(())
    }

    fn reopen_or_close(&mut self, item: &Item) -> Stated<()> {
        let provision = self.provision(item, &item.name(0)?)?;
        let fact = ProvisionNamed { provision, reason: item.quoted(0).unwrap_or_default() };
        let fact = match item.verb.as_str() {
            "reopen" => Fact::ProvisionReopened(fact),
            _ => Fact::ProvisionClosed(fact),
        };
        self.write(item, fact)
    }

    fn changes(&self, item: &Item, document: &str, amends: Option<&str>) -> Stated<Vec<Change>> {
        if item.details.is_empty() {
            return Err(item.error(format!("{} asks for nothing", item.name(0)?)));
        }
        let text_of = |target: &ProvisionId| {
            amends
                .and_then(|id| self.proposals.get(id)?.wanted(id, target))
                .or_else(|| self.text_in(document, target))
        };
        edit::changes(&item.details, &text_of).map_err(|(line, reason)| item.error_at(line, reason))
    }

    fn text_of(&self, provision: &ProvisionId) -> Option<String> {
        self.text_in(&self.base, provision)
    }

    /// The text of a provision in a document, or as an open proposal adds it.
    fn text_in(&self, document: &str, provision: &ProvisionId) -> Option<String> {
        let issued = self.documents.get(document)?.iter().find(|other| other.id == *provision);
        issued.map(|provision| provision.text.clone()).or_else(|| {
            let mut open = self.proposals.iter().filter(|(_, proposal)| proposal.open);
            open.find_map(|(id, proposal)| {
                provision
                    .as_str()
                    .starts_with(&format!("{id}~"))
                    .then(|| proposal.wanted(id, provision))?
            })
        })
    }

    fn provision(&self, item: &Item, name: &str) -> Stated<ProvisionId> {
        let provision = ProvisionId::new(name);
        match self.text_of(&provision) {
            Some(_) => Ok(provision),
            None => Err(item.error(format!("there is no provision {name} in {}", self.base))),
        }
    }

    fn open_proposal(&self, item: &Item, id: &str) -> Stated<String> {
        match self.proposals.get(id) {
            Some(proposal) if proposal.open => Ok(id.to_owned()),
            Some(_) => Err(item.error(format!("{id} is not open"))),
            None => Err(item.error(format!("there is no proposal {id}"))),
        }
    }

    fn proposal_mut(&mut self, item: &Item, id: &str) -> Stated<&mut Tabled> {
        self.proposals.get_mut(id).ok_or_else(|| item.error(format!("there is no proposal {id}")))
    }

    // Entries that refer to entries.

    fn refer(&mut self, item: &Item) -> Stated<()> {
        let entry = self.keyed_entry(item)?;
        let fact = match item.verb.as_str() {
            "unbracket" => {
                let by = item.clause_word("by").map(ParticipantId::new);
                let participants = by.into_iter().collect();
                Fact::BracketLifted(BracketLifted { request: entry, participants })
            }
            "lift" => Fact::ObjectionLifted(ObjectionLifted { objection: entry }),
            _ => {
                let by = item.clause_word("by").ok_or_else(|| item.error("disputed by whom?"))?;
                Fact::PositionDisputed(PositionDisputed {
                    entry,
                    participant: ParticipantId::new(by),
                    reason: item.clause_quoted("by").unwrap_or_default(),
                })
            }
        };
        self.write(item, fact)
    }

    fn correct(&mut self, item: &Item) -> Stated<()> {
        let of = self.keyed_entry(item)?;
        let mut stated = None;
        if let Some(becomes) = item.particular("becomes") {
            let facts = fact::facts(&item.restated(becomes)?)?.unwrap_or_default();
            match <[Fact; 1]>::try_from(facts) {
                Ok([fact]) => stated = Some(fact),
                Err(_) => return Err(item.error("a correction puts one fact for another")),
            }
        }
        let says_what = ["becomes", "date", "strike"];
        if says_what.iter().all(|key| item.particular(key).is_none()) {
            return Err(item.error("a correction gives a date, what it becomes, or strikes"));
        }
        let at = item.particular("date").map(|date| moment(item, date)).transpose()?;
        let reason = item.needs("reason")?.to_owned();
        let fact = stated.map(Box::new);
        self.write(item, Fact::Correction(Correction { of, fact, at, reason }))
    }

    fn keyed_entry(&self, item: &Item) -> Stated<EntryId> {
        let key = item.name(0)?;
        let found = self.keyed.get(&key).copied();
        found.ok_or_else(|| item.error(format!("no earlier act has the line \"key: {key}\"")))
    }

    // Envelopes.

    fn write(&mut self, item: &Item, fact: Fact) -> Stated<()> {
        let audience = self.audience(item)?;
        self.write_to(item, fact, audience)
    }

    /// Writes what concerns a proposal for the proposal's own audience, unless the log says more.
    fn write_as(&mut self, item: &Item, proposal: &str, fact: Fact) -> Stated<()> {
        if item.particular("audience").is_some() {
            return self.write(item, fact);
        }
        let audience = self.proposals[proposal].audience.clone();
        self.write_to(item, fact, audience)
    }

    fn write_to(&mut self, item: &Item, fact: Fact, audience: Audience) -> Stated<()> {
        let at = match item.particular("at") {
            Some(written) => moment(item, written)?,
            None => Moment::Day(item.date),
        };
        let id = self.name(item);
        if let Some(key) = item.particular("key")
            && !self.keyed.contains_key(key)
        {
            self.keyed.insert(key.to_owned(), id);
        }
        let entry = Entry {
            version: Entry::VERSION,
            id,
            at,
            recorded_at: self.clock(item)?,
            by: author(item, &audience),
            evidence: evidence(item, &audience)?,
            audience,
            fact,
        };
        self.mint.push(entry);
        Ok(())
    }

    /// Names an entry after what it is about, so that a corrected line keeps its entry's name.
    fn name(&mut self, item: &Item) -> EntryId {
        let first = item.words.first().map(|token| token.text().to_owned()).unwrap_or_default();
        let stable = format!("{} {} {first}", item.date, item.verb);
        let ordinal = self.names_taken.entry(stable.clone()).or_insert(0);
        *ordinal += 1;
        match *ordinal {
            1 => self.mint.id(&stable),
            again => self.mint.id(&format!("{stable} {again}")),
        }
    }

    /// The secretariat enters a day's acts that evening, one a second.
    fn clock(&mut self, item: &Item) -> Stated<Timestamp> {
        self.last =
            if self.last.0 == item.date { (item.date, self.last.1 + 1) } else { (item.date, 0) };
        let evening = Offset::UTC.to_timestamp(item.date.at(18, 0, 0, 0));
        let evening = evening.map_err(|error| item.error(error.to_string()))?;
        Ok(evening + SignedDuration::from_secs(self.last.1))
    }

    fn audience(&self, item: &Item) -> Stated<Audience> {
        let Some(written) = item.particular("audience") else {
            return Ok(match item.verb.as_str() {
                "mandate" => Audience::Delegation(ParticipantId::new(item.name(0)?)),
                "memo" => Audience::Secretariat,
                _ => Audience::Public,
            });
        };
        let (kind, rest) = written.split_once(' ').unwrap_or((written, ""));
        Ok(match kind {
            "public" => Audience::Public,
            "participants" => Audience::Participants,
            "secretariat" => Audience::Secretariat,
            "delegation" => Audience::Delegation(ParticipantId::new(rest)),
            "group" => {
                let group = ParticipantId::new(rest);
                let members = self.members.get(&group).into_iter().flatten().cloned().collect();
                Audience::Group { group, members }
            }
            "observers" => {
                let classes = rest.split(',').map(|class| word(item, class.trim()));
                Audience::Observers(classes.collect::<Stated<_>>()?)
            }
            _ => return Err(item.error(format!("no audience is called {written:?}"))),
        })
    }
}

/// Who enters an act: the secretariat what it may see, else the delegation whose act it is.
fn author(item: &Item, audience: &Audience) -> ParticipantId {
    match audience {
        Audience::Delegation(id) => id.clone(),
        Audience::Group { group, .. } => {
            participants(item, "by").into_iter().next().unwrap_or_else(|| group.clone())
        }
        _ if item.verb == "dispute" => participants(item, "by")
            .into_iter()
            .next()
            .unwrap_or(ParticipantId::new(super::SECRETARIAT)),
        _ => ParticipantId::new(super::SECRETARIAT),
    }
}

/// What an act rests on: the source the log cites; else, for what is not private, the journal.
fn evidence(item: &Item, audience: &Audience) -> Stated<Vec<Evidence>> {
    if let Some(written) = item.particular("evidence") {
        let tokens = super::log::tokens(written).map_err(|reason| item.error(reason))?;
        let words: Vec<&str> = tokens.iter().map(super::log::Token::text).collect();
        let [source, place, confidence] = words.as_slice() else {
            return Err(item.error("evidence reads: source \"place\" confidence"));
        };
        return Ok(vec![citation(source, Some((*place).to_owned()), word(item, confidence)?)]);
    }
    let is_private = matches!(
        audience,
        Audience::Delegation(_) | Audience::Group { .. } | Audience::Secretariat
    );
    if is_private || matches!(item.verb.as_str(), "process" | "source" | "admit") {
        return Ok(Vec::new());
    }
    let place = item.date.strftime("%-d %B %Y").to_string();
    Ok(vec![citation("journal", Some(place), travaux_record::Confidence::High)])
}

fn citation(
    source: &str,
    place: Option<String>,
    confidence: travaux_record::Confidence,
) -> Evidence {
    Evidence {
        source: SourceId::new(source),
        place,
        quotation: None,
        published: None,
        coder: None,
        confidence,
    }
}

/// Returns what a proposal is called in the room: its document symbol.
fn label(id: &str) -> String {
    let (series, number) = id.split_once('-').unwrap_or((id, ""));
    let number = number.trim_start_matches('0');
    match series {
        "I" => format!("CMR/INF/NP.{number}"),
        "G" | "D" => format!("Draft {number}"),
        _ => format!("CMR/{}/CRP.{number}", series.trim_start_matches('S')),
    }
}
