//! The texts: documents issued, alternatives and reported proposals, and what became of them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use jiff::civil::Date;
use serde::Deserialize;
use travaux_record::{
    BaseIssued, Confidence, DocumentId, DocumentIssued, Evidence, Fact, Moment, OptionNamed,
    OutcomeBasis, ParticipantId, ProposalId, ProposalLapsed, ProposalNamed, ProposalOutcome,
    ProposalTabled, SessionId, Sponsorship, Standing, TextDecision,
};
use travaux_text::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

use super::evidence::Sources;
use super::positions::{self, OnRecord};
use super::rows::{self, Dated, Provenance, Seen};
use crate::Mint;

/// A text that was the base of the negotiation from its date on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    id: String,
    symbol: String,
    title: String,
    date: Date,
    session: String,
    prov: Provenance,
    note: String,
    #[serde(default)]
    decision: TextDecision,
    #[serde(default)]
    like: Option<String>,
    provisions: Vec<Provision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    id: String,
    symbol: String,
    title: String,
    date: Dated,
    date_basis: Option<String>,
    session: Option<String>,
    prov: Provenance,
    /// The file that holds its text, where it is a base: it is issued with that.
    text: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposal {
    id: String,
    document: String,
    target: ProvisionId,
    op: Operation,
    #[serde(default)]
    sponsors: Vec<ParticipantId>,
    date: Date,
    session: String,
    text: String,
    new_kind: Option<ProvisionKind>,
    option: Option<OptionNamed>,
    basis: Basis,
    #[serde(default)]
    source_ids: Vec<String>,
    outcome: Outcome,
    outcome_basis: OutcomeBasis,
    withdrawn: Option<Withdrawn>,
    /// What was to be known when it was tabled.
    #[serde(default)]
    note: String,
    /// What only hindsight knows.
    #[serde(default)]
    afterwards: String,
    label: Option<String>,
    #[serde(default)]
    on_record: Vec<String>,
}

/// The day of a withdrawal, and the position that reports it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawn {
    on: Date,
    position: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Operation {
    Replace,
    InsertAfter,
    Delete,
    Retain,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    Option,
    Reported,
    Illustrative,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Reflected,
    ReflectedInPart,
    NotReflected,
    LeftOpen,
    Withdrawn,
}

/// The bases in the order in which they were issued.
const BASES: [&str; 5] = ["cnd", "zero", "rev3", "l15", "final"];

/// The texts and what was filed on them, as read.
pub(super) struct Texts<'s> {
    sources: &'s Sources,
    bases: BTreeMap<String, Base>,
    proposals: Vec<Proposal>,
    names: BTreeMap<String, String>,
    positions: BTreeMap<String, OnRecord>,
    session_ends: BTreeMap<String, Date>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

impl<'s> Texts<'s> {
    /// Reads the texts, the proposals and what these rest on.
    pub(super) fn read(folder: &Path, sources: &'s Sources) -> anyhow::Result<Self> {
        let mut bases: BTreeMap<String, Base> = BTreeMap::new();
        for id in ["cnd", "zero", "rev3", "final", "l15"] {
            let mut base: Base = rows::file(folder, &format!("texts/{id}.json"))?;
            if let Some(like) = &base.like {
                let model =
                    bases.get(like).with_context(|| format!("text {id} is like {like}?"))?;
                base.provisions = except(&model.provisions, &base.provisions);
            }
            bases.insert(id.to_owned(), base);
        }
        let proposals = rows::read::<Proposal>(folder, "proposals.json")?;
        for proposal in &proposals {
            let is_on_a_base = BASES.contains(&proposal.document.as_str());
            ensure!(is_on_a_base, "proposal {} is on no base", proposal.id);
        }
        let names = rows::read::<Named>(folder, "delegations.json")?;
        Ok(Self {
            sources,
            bases,
            proposals,
            names: names.into_iter().map(|row| (row.id, row.name)).collect(),
            positions: positions::on_record(folder)?,
            session_ends: positions::session_ends(folder)?,
        })
    }

    /// Issues the base and lapses what was filed on the one before; then tables what was filed on
    /// this one. Called in the order of [`BASES`].
    pub(super) fn issue(&self, id: &str, mint: &mut Mint) -> anyhow::Result<()> {
        let base = self.bases.get(id).with_context(|| format!("there is no text {id}"))?;
        issue_base(base, self.sources, mint)?;
        let before = BASES.iter().position(|base| *base == id).and_then(|at| at.checked_sub(1));
        for proposal in before.into_iter().flat_map(|before| self.on(BASES[before])) {
            self.dispose(proposal, base, mint)
                .with_context(|| format!("proposal {} of proposals.json", proposal.id))?;
        }
        for proposal in self.on(id) {
            self.table(proposal, mint)
                .with_context(|| format!("proposal {} of proposals.json", proposal.id))?;
        }
        Ok(())
    }

    fn on(&self, id: &str) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().filter(move |proposal| proposal.document == id)
    }
}

/// Returns the provisions of `model`, with the words of those in `differing`.
fn except(model: &[Provision], differing: &[Provision]) -> Vec<Provision> {
    let replaced = |provision: &Provision| differing.iter().find(|other| other.id == provision.id);
    model.iter().map(|provision| replaced(provision).unwrap_or(provision).clone()).collect()
}

/// Issues the documents that are no base of the negotiation.
pub(super) fn documents(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<Document>(folder, "documents.json")? {
        if let Some(text) = row.text {
            let is_a_base = BASES.iter().any(|base| text == format!("texts/{base}.json"));
            ensure!(is_a_base, "document {} has its text in {text}, which is no base", row.id);
            continue;
        }
        let note = [row.note, row.date_basis.map(|basis| format!("Date: {basis}."))];
        let issued = DocumentIssued {
            document: DocumentId::new(&row.id),
            symbol: row.symbol.clone(),
            title: row.title,
            session: row.session.map(SessionId::new),
            base: None,
            note: note.into_iter().flatten().collect::<Vec<_>>().join(" "),
        };
        let source = match row.prov.confidence(Seen::InOfficialSource) {
            Confidence::Low => "recall",
            Confidence::Medium | Confidence::High => "documents",
        };
        let mut evidence = sources.known(source, &row.prov)?;
        for citation in &mut evidence {
            citation.place = Some(row.symbol.clone());
        }
        let key = format!("document/{}", row.id);
        mint.enter(&key, row.date.0, evidence, Fact::DocumentIssued(issued));
    }
    Ok(())
}

fn issue_base(base: &Base, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let issued = DocumentIssued {
        document: DocumentId::new(&base.id),
        symbol: base.symbol.clone(),
        title: base.title.clone(),
        session: Some(SessionId::new(&base.session)),
        base: Some(BaseIssued {
            provisions: base.provisions.clone(),
            standing: Standing::Paraphrase,
            decision: base.decision,
            as_issued: None,
        }),
        note: base.note.clone(),
    };
    let evidence = sources.known("paraphrase", &base.prov)?;
    let key = format!("base/{}", base.id);
    mint.enter(&key, base.date.into(), evidence, Fact::DocumentIssued(issued));
    Ok(())
}

impl Texts<'_> {
    fn table(&self, proposal: &Proposal, mint: &mut Mint) -> anyhow::Result<()> {
        let evidence = self.evidence(proposal)?;
        let standing = match proposal.basis {
            Basis::Option => Standing::Alternative,
            Basis::Reported => Standing::Reported,
            Basis::Illustrative => Standing::Illustrative,
        };
        let tabled = ProposalTabled {
            proposal: ProposalId::new(&proposal.id),
            document: DocumentId::new(&proposal.document),
            label: proposal.label.clone().unwrap_or_else(|| self.label(proposal)),
            changes: vec![Change { target: proposal.target.clone(), act: act(proposal)? }],
            standing,
            amends: None,
            option: proposal.option.clone(),
            note: proposal.note.clone(),
        };
        let at = Moment::Day(proposal.date);
        let key = format!("proposal/{}", proposal.id);
        mint.enter(&key, at, evidence.clone(), Fact::ProposalTabled(tabled));
        for participant in &proposal.sponsors {
            let joined = Sponsorship {
                proposal: ProposalId::new(&proposal.id),
                participant: participant.clone(),
            };
            let key = format!("sponsor/{}/{participant}", proposal.id);
            mint.enter(&key, at, evidence.clone(), Fact::SponsorJoined(joined));
        }
        Ok(())
    }

    /// Names a reported proposal after those reported to have made it.
    fn label(&self, proposal: &Proposal) -> String {
        let name = |id: &ParticipantId| {
            self.names.get(id.as_str()).cloned().unwrap_or_else(|| id.to_string())
        };
        match proposal.sponsors.as_slice() {
            [] => "Proposal of an unnamed delegation (reported)".to_owned(),
            [one] => format!("Proposal of {} (reported)", name(one)),
            [one, other] => format!("Proposal of {} and {} (reported)", name(one), name(other)),
            [one, others @ ..] => {
                format!("Proposal of {} and {} others (reported)", name(one), others.len())
            }
        }
    }

    /// Returns what stands behind a proposal on its day: the report of a reported one; of one that
    /// embodies an option, the sources of the positions on it that were on record by the end of
    /// its session. Later sources stand with the positions themselves.
    fn evidence(&self, proposal: &Proposal) -> anyhow::Result<Vec<Evidence>> {
        let mut cited: BTreeMap<&str, Confidence> = BTreeMap::new();
        for source in &proposal.source_ids {
            let evidence = self.sources.cite(source, Confidence::Medium)?;
            if !matches!(proposal.basis, Basis::Option) {
                cited.insert(source, evidence.confidence);
            }
        }
        let end = self.session_ends.get(&proposal.session);
        let end = *end.with_context(|| format!("there is no session {}", proposal.session))?;
        for id in &proposal.on_record {
            let position = self.position(id)?;
            let same_issue = proposal.option.as_ref().map(|option| &option.issue);
            ensure!(same_issue == Some(&position.option.issue), "{id} is on another issue");
            if position.at.counts_from() <= end {
                let confidence = cited.entry(&position.source).or_insert(position.confidence);
                *confidence = position.confidence.max(*confidence);
            }
        }
        let mut evidence = Vec::new();
        if !matches!(proposal.basis, Basis::Reported) {
            evidence.push(self.sources.cite("illustration", Confidence::High)?);
        }
        for (source, confidence) in cited {
            evidence.push(self.sources.cite(source, confidence)?);
        }
        Ok(evidence)
    }

    fn position(&self, id: &str) -> anyhow::Result<&OnRecord> {
        self.positions.get(id).with_context(|| format!("there is no position {id}"))
    }

    fn dispose(&self, proposal: &Proposal, next: &Base, mint: &mut Mint) -> anyhow::Result<()> {
        if next.date < proposal.date {
            bail!("it is dated {} but its text was superseded on {}", proposal.date, next.date);
        }
        let name = ProposalId::new(&proposal.id);
        let outcome = match (proposal.outcome, &proposal.withdrawn) {
            (Outcome::Reflected, None) => ProposalOutcome::Reflected,
            (Outcome::ReflectedInPart, None) => ProposalOutcome::ReflectedInPart,
            (Outcome::NotReflected, None) => ProposalOutcome::NotReflected,
            (Outcome::LeftOpen, None) => ProposalOutcome::LeftOpen,
            (Outcome::Withdrawn, Some(withdrawn)) => {
                ensure!(withdrawn.on <= next.date, "it is withdrawn after its text was superseded");
                let report = self.position(&withdrawn.position)?;
                let mut citation = self.sources.cite(&report.source, report.confidence)?;
                citation.place = Some(proposal.afterwards.clone());
                let fact = Fact::ProposalWithdrawn(ProposalNamed {
                    proposal: name,
                    participants: Vec::new(),
                });
                let key = format!("proposal/{}/withdrawn", proposal.id);
                mint.enter(&key, withdrawn.on.into(), vec![citation], fact);
                return Ok(());
            }
            (Outcome::Withdrawn, None) | (_, Some(_)) => {
                bail!("`withdrawn` stands with the outcome withdrawn, and only there")
            }
        };
        let evidence: Vec<Evidence> = match proposal.outcome_basis {
            OutcomeBasis::Comparison => vec![self.sources.cite("comparison", Confidence::Medium)?],
            OutcomeBasis::Stated => proposal
                .source_ids
                .iter()
                .map(|source| self.sources.cite(source, Confidence::Medium))
                .collect::<anyhow::Result<_>>()?,
        };
        let lapsed = ProposalLapsed {
            proposal: name,
            document: DocumentId::new(&next.id),
            outcome,
            basis: proposal.outcome_basis,
            note: proposal.afterwards.clone(),
        };
        let key = format!("proposal/{}/lapsed", proposal.id);
        mint.enter(&key, next.date.into(), evidence, Fact::ProposalLapsed(lapsed));
        Ok(())
    }
}

fn act(proposal: &Proposal) -> anyhow::Result<Act> {
    let text = proposal.text.clone();
    Ok(match (proposal.op, proposal.new_kind) {
        (Operation::Replace, None) => Act::Replace { text },
        (Operation::Delete, None) => Act::Suppress,
        (Operation::Retain, None) => Act::NoChange,
        (Operation::InsertAfter, Some(kind)) => Act::Add {
            place: Place::After(proposal.target.clone()),
            kind,
            number: String::new(),
            heading: String::new(),
            text,
        },
        (Operation::InsertAfter, None) => bail!("insert_after needs new_kind"),
        (_, Some(_)) => bail!("new_kind stands with insert_after only"),
    })
}
