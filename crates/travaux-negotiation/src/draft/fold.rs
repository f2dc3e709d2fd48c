//! How each fact about text changes the draft, and what is irregular about it.
//!
//! Every act is kept in the life of what it is about. One that is out of order has no further
//! effect, and is named with the rule it breaks; nothing is refused here.

use std::sync::Arc;

use travaux_record::{
    BracketLifted, DocumentIssued, Fact, Occurrence, ParticipantId, PlaceholderSet, Projection,
    ProposalCarried, ProposalId, ProposalLapsed, ProposalNamed, ProposalRevised, ProposalTabled,
    ProvisionAgreed, Sponsorship, TextDecision,
};
use travaux_text::{Act, AssentStep, Change, ProposalStep, ProvisionId};

use super::assent::{Agreed, AssentEvent};
use super::brackets::{BracketRequest, Placeholder};
use super::proposal::{Lapse, LifeEvent, LifeStep, Proposal, SponsorSpell, Tabling};
use super::{Draft, base, present};
use crate::{Basis, Irregularity, Sentence};

impl Projection for Draft {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        let basis = Basis::of(&occurrence);
        if !Self::concerns(occurrence.fact) {
            return;
        }
        self.clock += 1;
        match occurrence.fact {
            Fact::DocumentIssued(fact) => self.issue(fact, basis),
            Fact::ProposalTabled(fact) => {
                self.table(fact, Tabling::of(&occurrence.entry.audience), basis);
            }
            Fact::ProposalRevised(fact) => self.revise(fact, basis),
            Fact::ProposalWithdrawn(fact) => self.withdraw(fact, basis),
            Fact::ProposalReintroduced(fact) => self.reintroduce(&fact.proposal, basis),
            Fact::ProposalCarried(fact) => self.carry(fact, basis),
            Fact::ProposalLapsed(fact) => self.lapse(fact, basis),
            Fact::SponsorJoined(fact) => self.join(fact, basis),
            Fact::SponsorLeft(fact) => self.leave(fact, basis),
            Fact::BracketRequested(fact) => {
                self.note_absent(&fact.provision, "brackets are asked for on", basis);
                self.note_words_absent(&fact.provision, fact.words.as_deref(), basis);
                self.requests.push(Arc::new(BracketRequest {
                    provision: fact.provision.clone(),
                    words: fact.words.clone(),
                    participants: fact.participants.clone(),
                    document: self.current(),
                    basis,
                    lifted: None,
                    order: self.clock,
                }));
            }
            Fact::BracketLifted(fact) => self.lift(fact, basis),
            Fact::PlaceholderSet(fact) => self.hold(fact, basis),
            Fact::ProvisionAgreed(fact) => self.agree(fact, basis),
            Fact::ProvisionReopened(fact) => {
                self.decide(&fact.provision, AssentStep::Reopen, &fact.reason, basis);
            }
            Fact::ProvisionClosed(fact) => {
                self.decide(&fact.provision, AssentStep::Close, &fact.reason, basis);
            }
            Fact::VersionMade(fact) => self.make_version(fact, basis),
            Fact::VersionReviewed(fact) => self.review_version(fact, basis),
            Fact::TextAttached(fact) => self.attach(fact, basis),
            fact => debug_assert!(!Self::concerns(fact), "a fact about text was passed over"),
        }
        self.follow(occurrence.fact);
    }
}

/// Bases.
impl Draft {
    fn issue(&mut self, fact: &DocumentIssued, basis: Basis) {
        let Some(issued) = &fact.base else { return };
        let (base, error) = base::base(fact, issued, basis, self.clock);
        if let Some(error) = error {
            self.irregular(
                basis,
                Sentence::new("the text of ")
                    .then(&fact.document)
                    .then(format!(" is read without its structure: {error}")),
                "a text is a list of provisions, each after the one it stands under (DESIGN, \
                 section 5)",
                "correct the list of provisions",
            );
        }
        let base = super::Base { dropped: base::dropped(self, &base), ..base };
        self.bases.push(Arc::new(base));
        match issued.decision {
            TextDecision::None => {}
            TextDecision::Approved => self.decide_all(AssentStep::Approve),
            TextDecision::Adopted => self.decide_all(AssentStep::Adopt),
        }
    }

    /// Lets every provision of a text that was approved or adopted whole be so, with exactly its
    /// words.
    fn decide_all(&mut self, step: AssentStep) {
        let Some(base) = self.bases.last().map(Arc::clone) else { return };
        for provision in base.text.provisions() {
            if !self.decide(&provision.id, step, "", base.basis) {
                continue;
            }
            let agreement = Arc::make_mut(self.agreements.entry(provision.id.clone()).or_default());
            agreement.agreed.push(Agreed {
                text: provision.text.clone(),
                proposals: Vec::new(),
                document: Some(base.document.clone()),
                given: None,
                structure: Vec::new(),
                basis: base.basis,
                order: self.clock,
            });
        }
    }

    pub(super) fn current(&self) -> Option<travaux_record::DocumentId> {
        self.base().map(|base| base.document.clone())
    }
}

/// Proposals.
impl Draft {
    fn table(&mut self, fact: &ProposalTabled, tabling: Tabling, basis: Basis) {
        let changes: Arc<[Change]> = fact.changes.clone().into();
        if self.proposals.contains_key(&fact.proposal) {
            self.irregular(
                basis,
                Sentence::new(&fact.proposal).then(" is tabled a second time under the same key"),
                "a proposal is tabled once, and then revised (DESIGN, section 4)",
                "record a revision; it is read as one meanwhile",
            );
            let step = LifeStep::Revised(Arc::clone(&changes));
            if self.step(&fact.proposal, ProposalStep::Revise, step, basis) {
                self.reword(&fact.proposal, &changes, basis);
            }
            return;
        }
        let ordinal = u32::try_from(self.tabled.len()).expect("a count of proposals fits");
        let tabled = LifeEvent { step: LifeStep::Tabled(Arc::clone(&changes)), basis };
        let proposal = Proposal {
            id: fact.proposal.clone(),
            label: fact.label.clone(),
            document: fact.document.clone(),
            changes,
            standing: fact.standing,
            amends: fact.amends.clone(),
            option: fact.option.clone(),
            note: fact.note.clone(),
            tabling,
            status: travaux_text::ProposalStatus::Open,
            sponsorships: Vec::new(),
            life: vec![tabled],
            ordinal,
            worded: self.clock,
        };
        self.tabled.push(fact.proposal.clone());
        self.proposals.insert(fact.proposal.clone(), Arc::new(proposal));
        self.note_tabling(fact, basis);
        for (sponsorship, joined) in self.early_sponsors.remove(&fact.proposal).unwrap_or_default()
        {
            self.seat(&sponsorship, joined);
        }
    }

    fn note_tabling(&mut self, fact: &ProposalTabled, basis: Basis) {
        if self.current().as_ref() == Some(&fact.document) {
            self.note_absent_targets(&fact.proposal, &fact.changes, basis);
        } else {
            self.irregular(
                basis,
                Sentence::new(&fact.proposal)
                    .then(" is made on ")
                    .then(&fact.document)
                    .then(", which is not the text before the body"),
                "a proposal is made on the text before the body (DESIGN, section 5)",
                "table it on that text; it is not shown in brackets meanwhile",
            );
        }
        if super::text::key(&fact.proposal).is_none() {
            self.irregular(
                basis,
                Sentence::new(&fact.proposal).then(" can't be shown as a side under its key"),
                "a side is named, and not `base`, which names the text itself (DESIGN, section 7)",
                "give the proposal another key; its words are kept meanwhile",
            );
        }
        if let Some(amended) = &fact.amends
            && !self.proposals.contains_key(amended)
        {
            self.irregular(
                basis,
                Sentence::new(&fact.proposal)
                    .then(" amends ")
                    .then(amended)
                    .then(", which has not been tabled"),
                "an amendment is made to a proposal before the body",
                "name the proposal it amends by its key",
            );
        }
    }

    fn revise(&mut self, fact: &ProposalRevised, basis: Basis) {
        let changes: Arc<[Change]> = fact.changes.clone().into();
        let event = LifeStep::Revised(Arc::clone(&changes));
        if self.is_by_others(&fact.proposal, &fact.participants, ProposalStep::Revise, basis) {
            self.note_step(&fact.proposal, event, basis);
        } else if self.step(&fact.proposal, ProposalStep::Revise, event, basis) {
            self.reword(&fact.proposal, &changes, basis);
        }
    }

    fn withdraw(&mut self, fact: &ProposalNamed, basis: Basis) {
        let event = LifeStep::Withdrawn;
        if self.is_by_others(&fact.proposal, &fact.participants, ProposalStep::Withdraw, basis) {
            self.note_step(&fact.proposal, event, basis);
        } else {
            self.step(&fact.proposal, ProposalStep::Withdraw, event, basis);
        }
    }

    /// Reports whether none of those who act is a sponsor, and names it; nothing is said where
    /// the record names no actor or no sponsor.
    fn is_by_others(
        &mut self,
        id: &ProposalId,
        actors: &[ParticipantId],
        step: ProposalStep,
        basis: Basis,
    ) -> bool {
        let Some(proposal) = self.proposals.get(id) else { return false };
        let is_sponsored = proposal.sponsors().next().is_some();
        let by_sponsor = actors.iter().any(|actor| proposal.is_sponsored_by(actor));
        if actors.is_empty() || !is_sponsored || by_sponsor {
            return false;
        }
        let what = Sentence::new(id)
            .then(format!(" is {} by ", done(step)))
            .list(actors)
            .then(", not among its sponsors; it stands as it was");
        self.irregular(
            basis,
            what,
            "a proposal is revised and withdrawn by those who made it (rule 122 of the rules of \
             procedure of the General Assembly: by its proposer, before voting on it has \
             commenced and if it has not been amended)",
            "record who acted for the sponsors, or first that the actor joined them",
        );
        true
    }

    /// Keeps an act that has no effect in the life of its proposal.
    fn note_step(&mut self, id: &ProposalId, step: LifeStep, basis: Basis) {
        if let Some(proposal) = self.proposals.get_mut(id).map(Arc::make_mut) {
            proposal.life.push(LifeEvent { step, basis });
        }
    }

    /// Takes a step in a proposal's life, and reports whether it had an effect.
    fn step(&mut self, id: &ProposalId, step: ProposalStep, event: LifeStep, basis: Basis) -> bool {
        let Some(proposal) = self.proposals.get_mut(id).map(Arc::make_mut) else {
            self.unknown_proposal(id, step, basis);
            return false;
        };
        proposal.life.push(LifeEvent { step: event, basis });
        let Some(status) = proposal.status.after(step) else {
            let what = Sentence::new(id).then(format!(
                " cannot be {}: it {}",
                done(step),
                stands_as(proposal.status)
            ));
            let rule = "only an open proposal is revised, withdrawn, carried or decided on, and only \
                        a withdrawn or lapsed one re-introduced (compare rule 122 of the rules of \
                        procedure of the General Assembly)";
            self.irregular(basis, what, rule, "check the date and the proposal's key");
            return false;
        };
        proposal.status = status;
        true
    }

    fn reword(&mut self, id: &ProposalId, changes: &Arc<[Change]>, basis: Basis) {
        let clock = self.clock;
        let Some(proposal) = self.proposals.get_mut(id).map(Arc::make_mut) else { return };
        proposal.changes = Arc::clone(changes);
        proposal.worded = clock;
        if self.proposals.get(id).is_some_and(|proposal| self.is_on_the_table(proposal)) {
            self.note_absent_targets(id, changes, basis);
        }
    }

    fn reintroduce(&mut self, id: &ProposalId, basis: Basis) {
        if !self.step(id, ProposalStep::Reintroduce, LifeStep::Reintroduced, basis) {
            return;
        }
        let (clock, current) = (self.clock, self.current());
        let Some(proposal) = self.proposals.get_mut(id).map(Arc::make_mut) else { return };
        proposal.worded = clock;
        // What is tabled again is tabled on the text now before the body.
        if let Some(current) = current {
            proposal.document = current;
        }
        let changes = Arc::clone(&proposal.changes);
        self.note_absent_targets(id, &changes, basis);
    }

    fn carry(&mut self, fact: &ProposalCarried, basis: Basis) {
        let changes: Option<Arc<[Change]>> = fact.changes.clone().map(Into::into);
        let document = fact.document.clone();
        let step = LifeStep::Carried { document: document.clone(), changes: changes.clone() };
        if !self.step(&fact.proposal, ProposalStep::Carry, step, basis) {
            return;
        }
        let clock = self.clock;
        let Some(proposal) = self.proposals.get_mut(&fact.proposal).map(Arc::make_mut) else {
            return;
        };
        proposal.document = document;
        proposal.worded = clock;
        if let Some(changes) = changes {
            proposal.changes = changes;
        }
        let changes = Arc::clone(&proposal.changes);
        if self.current().as_ref() == Some(&fact.document) {
            self.note_absent_targets(&fact.proposal, &changes, basis);
        } else {
            self.irregular(
                basis,
                Sentence::new(&fact.proposal)
                    .then(" is carried to ")
                    .then(&fact.document)
                    .then(", which is not the text before the body"),
                "an open proposal is carried to the base just issued (DESIGN, section 5)",
                "record the issue of that base first",
            );
        }
    }

    fn lapse(&mut self, fact: &ProposalLapsed, basis: Basis) {
        let lapse = Lapse {
            document: fact.document.clone(),
            outcome: fact.outcome,
            known_by: fact.basis,
            note: fact.note.clone(),
        };
        // That a text reads as a proposal asked is found by comparing texts: no decision adopted it.
        self.step(&fact.proposal, ProposalStep::Lapse, LifeStep::Lapsed(lapse), basis);
    }

    fn unknown_proposal(&mut self, id: &ProposalId, step: ProposalStep, basis: Basis) {
        self.irregular(
            basis,
            Sentence::new("a proposal that had not been tabled, ")
                .then(id)
                .then(format!(", is {}", done(step))),
            "an entry refers only to what has happened by its date (DESIGN, section 2)",
            "check the key, or record the tabling with its date",
        );
    }
}

/// Sponsors.
impl Draft {
    fn join(&mut self, fact: &Sponsorship, basis: Basis) {
        if !self.proposals.contains_key(&fact.proposal) {
            self.irregular(
                basis,
                Sentence::new(&fact.participant)
                    .then(" joins the sponsors of ")
                    .then(&fact.proposal)
                    .then(", which had not been tabled"),
                "an entry refers only to what has happened by its date (DESIGN, section 2)",
                "check the key and the dates; it counts from the tabling",
            );
            let early = self.early_sponsors.entry(fact.proposal.clone()).or_default();
            early.push((fact.clone(), basis));
            return;
        }
        self.seat(fact, basis);
    }

    fn seat(&mut self, fact: &Sponsorship, basis: Basis) {
        let Some(proposal) = self.proposals.get_mut(&fact.proposal).map(Arc::make_mut) else {
            return;
        };
        let step = LifeStep::SponsorJoined(fact.participant.clone());
        proposal.life.push(LifeEvent { step, basis });
        let (already, open) =
            (proposal.is_sponsored_by(&fact.participant), proposal.status.is_open());
        if !already {
            let participant = fact.participant.clone();
            proposal.sponsorships.push(SponsorSpell { participant, joined: basis, left: None });
        }
        let joins =
            Sentence::new(&fact.participant).then(" joins the sponsors of ").then(&fact.proposal);
        if already {
            self.irregular(
                basis,
                joins.then(", which it sponsors already"),
                "a participant joins a proposal's sponsors once until it leaves them",
                "strike the entry out by a correction",
            );
        } else if !open {
            self.irregular(
                basis,
                joins.then(", which is not open"),
                "only an open proposal gains sponsors",
                "re-introduce the proposal, or check the date",
            );
        }
    }

    fn leave(&mut self, fact: &Sponsorship, basis: Basis) {
        let what = Sentence::new(&fact.participant)
            .then(" leaves the sponsors of ")
            .then(&fact.proposal)
            .then(", among whom it is not");
        let rule = "only a sponsor leaves the sponsors";
        let Some(proposal) = self.proposals.get_mut(&fact.proposal).map(Arc::make_mut) else {
            self.irregular(basis, what, rule, "check the proposal's key and the dates");
            return;
        };
        let step = LifeStep::SponsorLeft(fact.participant.clone());
        proposal.life.push(LifeEvent { step, basis });
        let spell = proposal
            .sponsorships
            .iter_mut()
            .find(|spell| spell.participant == fact.participant && spell.left.is_none());
        match spell {
            Some(spell) => spell.left = Some(basis),
            None => self.irregular(basis, what, rule, "record first that it joined"),
        }
    }
}

/// Brackets and placeholders.
impl Draft {
    fn lift(&mut self, fact: &BracketLifted, basis: Basis) {
        let known = self.requests.iter_mut().find(|known| known.basis.entry == fact.request);
        let Some(known) = known else {
            self.irregular(
                basis,
                Sentence::new("no brackets were asked for by entry ").then(&fact.request),
                "only brackets that were asked for are lifted",
                "name the entry that asked for them",
            );
            return;
        };
        if known.lifted.is_some() {
            self.irregular(
                basis,
                Sentence::new("brackets are lifted that had been lifted (entry ")
                    .then(&fact.request)
                    .then(")"),
                "a request for brackets is lifted once",
                "strike the entry out by a correction",
            );
            return;
        }
        let request = Arc::make_mut(known);
        let (own, others): (Vec<_>, Vec<_>) =
            fact.participants.iter().partition(|who| request.participants.contains(who));
        let is_all = request.participants.iter().all(|who| fact.participants.contains(who));
        if fact.participants.is_empty() || is_all && !own.is_empty() {
            request.lifted = Some(basis);
        } else {
            request.participants.retain(|who| !fact.participants.contains(who));
        }
        let provision = request.provision.clone();
        if !others.is_empty() {
            self.irregular(
                basis,
                Sentence::default()
                    .list(others)
                    .then(" would lift brackets in ")
                    .then(&provision)
                    .then(" that others asked for"),
                "brackets are lifted by those who asked for them, or by the body (DESIGN, section 4)",
                "record who lifts them, or that the body decided so; they stand meanwhile",
            );
        }
    }

    fn hold(&mut self, fact: &PlaceholderSet, basis: Basis) {
        self.note_absent(&fact.provision, "a placeholder is set on", basis);
        let standing = self.placeholders.iter_mut().rev().find(|known| {
            known.cleared.is_none()
                && known.provision == fact.provision
                && known.participant == fact.participant
        });
        let cleared = standing.map(|known| Arc::make_mut(known).cleared = Some(basis)).is_some();
        if !fact.awaiting.is_empty() {
            self.placeholders.push(Arc::new(Placeholder {
                provision: fact.provision.clone(),
                awaiting: fact.awaiting.clone(),
                participant: fact.participant.clone(),
                document: self.current(),
                basis,
                cleared: None,
                order: self.clock,
            }));
        } else if !cleared {
            self.irregular(
                basis,
                Sentence::new("no placeholder stands on ")
                    .then(&fact.provision)
                    .then(" to be cleared"),
                "only a placeholder that stands is cleared",
                "check the provision, and the delegation it was set for",
            );
        }
    }
}

/// Assent.
impl Draft {
    fn agree(&mut self, fact: &ProvisionAgreed, basis: Basis) {
        self.note_absent(&fact.provision, "agreement is recorded on", basis);
        let given = present::given(self, &fact.provision, &fact.proposals);
        let agreed = Agreed {
            text: fact.text.clone(),
            proposals: fact.proposals.clone(),
            document: self.current(),
            given: given.filter(|given| *given != fact.text),
            structure: present::structure(self, &fact.provision, &fact.proposals),
            basis,
            order: self.clock,
        };
        if self.decide(&fact.provision, AssentStep::Agree, "", basis) {
            let agreement = self.agreements.entry(fact.provision.clone()).or_default();
            Arc::make_mut(agreement).agreed.push(agreed);
        }
        for id in &fact.proposals {
            self.take_up(id, &fact.provision, basis);
        }
    }

    /// Lets a proposal be taken up on a provision; with the last provision it is taken up whole.
    fn take_up(&mut self, id: &ProposalId, provision: &ProvisionId, basis: Basis) {
        let Some(proposal) = self.proposals.get(id) else {
            self.unknown_proposal(id, ProposalStep::TakeUp, basis);
            return;
        };
        let mut missing = proposal.targets();
        let taken_up = proposal.life.iter().filter_map(|event| match &event.step {
            LifeStep::TakenUp(provision) => Some(provision),
            _ => None,
        });
        let taken_up: Vec<_> = taken_up.chain([provision]).cloned().collect();
        missing.retain(|target| !taken_up.contains(target));
        let event = LifeStep::TakenUp(provision.clone());
        if missing.is_empty() {
            self.step(id, ProposalStep::TakeUp, event, basis);
        } else {
            self.note_step(id, event, basis);
        }
    }

    fn decide(
        &mut self,
        provision: &ProvisionId,
        step: AssentStep,
        reason: &str,
        basis: Basis,
    ) -> bool {
        let agreement = Arc::make_mut(self.agreements.entry(provision.clone()).or_default());
        agreement.events.push(AssentEvent { step, reason: reason.to_owned(), basis });
        if let Some(assent) = agreement.assent.after(step) {
            agreement.assent = assent;
            return true;
        }
        let what = Sentence::new(provision).then(match step {
            AssentStep::Agree => " is agreed although it is closed, approved or adopted",
            AssentStep::Close => " is closed although no agreement on it stands",
            AssentStep::Reopen => " is reopened although no agreement on it stands",
            AssentStep::Approve | AssentStep::Adopt => " is approved although it was adopted",
        });
        self.irregular(
            basis,
            what,
            "only an agreed text is closed, only an agreed or closed one reopened, and what is \
             closed, approved or adopted is reopened before it is agreed anew (DESIGN, section 4; \
             reconsideration: rules 81 and 123 of the rules of procedure of the General Assembly)",
            "check the date and the provision",
        );
        false
    }
}

/// What is irregular.
impl Draft {
    fn note_absent_targets(&mut self, proposal: &ProposalId, changes: &[Change], basis: Basis) {
        for change in changes {
            let named = match &change.act {
                Act::Add { place, .. } => anchor(place),
                _ => &change.target,
            };
            let missing = !self.has(named);
            if missing {
                let what = Sentence::new(proposal).then(" is about ").then(named);
                self.irregular(
                    basis,
                    what.then(self.absence(named)),
                    "a proposal is about a provision of the text before the body, or one that an \
                     open proposal adds (DESIGN, section 5)",
                    "name a provision of that text; the words are kept meanwhile",
                );
            }
        }
    }

    fn note_absent(&mut self, provision: &ProvisionId, what: &'static str, basis: Basis) {
        if self.has(provision) {
            return;
        }
        let what = Sentence::new(what).then(" ").then(provision).then(self.absence(provision));
        self.irregular(
            basis,
            what,
            "an act is about a provision of the text before the body (DESIGN, section 5)",
            "name a provision of that text",
        );
    }

    fn note_words_absent(&mut self, provision: &ProvisionId, words: Option<&str>, basis: Basis) {
        let Some(words) = words else { return };
        let text = self.present().provision(provision).map(|provision| provision.text.as_str());
        if text.is_some_and(|text| travaux_text::stands_once(text, words).is_none()) {
            let what =
                Sentence::new("brackets are asked for around words that do not stand once in ");
            self.irregular(
                basis,
                what.then(provision).then(format!(": \"{words}\"")),
                "brackets are asked for around words of the text before the body, of which nobody \
                 can doubt which are meant",
                "quote the words as they stand, and as many as it takes to find them once; the \
                 whole provision is bracketed meanwhile",
            );
        }
    }

    /// Reports whether a provision is in the text before the body, or an open proposal adds it.
    fn has(&self, provision: &ProvisionId) -> bool {
        let base = || self.base().is_some_and(|base| base.text.provision(provision).is_some());
        let added = || {
            // The id of an addition names its proposal; see `ProvisionId::added`.
            let proposal = provision.as_str().rsplit_once('~').map(|(proposal, _)| proposal);
            let proposal = proposal.and_then(|id| self.proposals.get(&ProposalId::new(id)));
            proposal.is_some_and(|proposal| proposal.targets().contains(provision))
        };
        base() || added()
    }

    fn absence(&self, provision: &ProvisionId) -> String {
        let earlier = self.bases().rev().find(|base| base.text.provision(provision).is_some());
        match (earlier, self.base()) {
            (Some(earlier), Some(now)) => {
                format!(", which stood in {} and is no longer in {}", earlier.symbol, now.symbol)
            }
            (_, Some(now)) => format!(", which is not in {}", now.symbol),
            (_, None) => ", but no text is before the body".to_owned(),
        }
    }

    pub(super) fn irregular(
        &mut self,
        basis: Basis,
        what: Sentence,
        rule: &'static str,
        hint: &'static str,
    ) {
        self.irregularities.push(Arc::new(Irregularity { basis, what, rule, hint }));
    }
}

fn anchor(place: &travaux_text::Place) -> &ProvisionId {
    match place {
        travaux_text::Place::FirstUnder(anchor) | travaux_text::Place::After(anchor) => anchor,
    }
}

fn done(step: ProposalStep) -> &'static str {
    match step {
        ProposalStep::Revise => "revised",
        ProposalStep::Withdraw => "withdrawn",
        ProposalStep::Reintroduce => "re-introduced",
        ProposalStep::Lapse => "recorded as lapsed",
        ProposalStep::Carry => "carried",
        ProposalStep::TakeUp => "taken up",
        ProposalStep::Reject => "rejected",
    }
}

fn stands_as(status: travaux_text::ProposalStatus) -> &'static str {
    match status {
        travaux_text::ProposalStatus::Open | travaux_text::ProposalStatus::Carried => "is open",
        travaux_text::ProposalStatus::Withdrawn => "was withdrawn",
        travaux_text::ProposalStatus::Lapsed => "has lapsed",
        travaux_text::ProposalStatus::TakenUp => "was taken up",
        travaux_text::ProposalStatus::Rejected => "was rejected",
    }
}
