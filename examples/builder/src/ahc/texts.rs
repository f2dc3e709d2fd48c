//! The texts: documents issued, alternatives and reported proposals, and what became of them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use serde::Deserialize;
use travaux_record::{
    BaseIssued, Confidence, DocumentId, DocumentIssued, Evidence, Fact, IssueId, Moment, OptionId,
    OptionNamed, OutcomeBasis, ParticipantId, ProposalId, ProposalLapsed, ProposalNamed,
    ProposalOutcome, ProposalTabled, SessionId, Sponsorship, Standing,
};
use travaux_text::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};

use super::evidence::Sources;
use super::rows::{self, Dated, Provenance};
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
    adopted: bool,
    #[serde(default)]
    like: Option<String>,
    provisions: Vec<Provision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    symbol: String,
    title: String,
    date: Dated,
    session: Option<String>,
    prov: Provenance,
    base: Option<String>,
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
    #[serde(rename = "session")]
    _session: String,
    text: String,
    new_kind: Option<ProvisionKind>,
    option: Option<OptionRow>,
    basis: Basis,
    #[serde(default)]
    source_ids: Vec<String>,
    outcome: Outcome,
    outcome_basis: OutcomeBasisRow,
    #[serde(default)]
    note: String,
    label: Option<String>,
    #[serde(default, rename = "on_record")]
    _on_record: Vec<String>,
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
    Adopted,
    Absorbed,
    Rejected,
    Open,
    Withdrawn,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OutcomeBasisRow {
    Comparison,
    Fact,
}

#[derive(Deserialize)]
struct OptionRow {
    issue: IssueId,
    option: OptionId,
}

/// The bases in the order in which they were issued.
const BASES: [&str; 5] = ["cnd", "zero", "rev3", "l15", "final"];

/// Issues documents and bases, tables what was filed on each, and lapses it at the next.
pub(super) fn issue(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let mut bases: BTreeMap<String, Base> = BTreeMap::new();
    for id in ["cnd", "zero", "rev3", "final", "l15"] {
        let mut base: Base = rows::file(folder, &format!("texts/{id}.json"))?;
        if let Some(like) = &base.like {
            let model = bases.get(like).with_context(|| format!("text {id} is like {like}?"))?;
            base.provisions = except(&model.provisions, &base.provisions);
        }
        bases.insert(id.to_owned(), base);
    }
    documents(folder, sources, mint)?;
    let proposals = rows::read::<Proposal>(folder, "proposals.json")?;
    let on = |id: &'static str| proposals.iter().filter(move |proposal| proposal.document == id);
    for (index, id) in BASES.into_iter().enumerate() {
        let base = &bases[id];
        issue_base(base, sources, mint)?;
        for proposal in index.checked_sub(1).into_iter().flat_map(|before| on(BASES[before])) {
            dispose(proposal, base, sources, mint)
                .with_context(|| format!("proposal {} of proposals.json", proposal.id))?;
        }
        for proposal in on(id) {
            table(proposal, sources, mint)
                .with_context(|| format!("proposal {} of proposals.json", proposal.id))?;
        }
    }
    Ok(())
}

/// Returns the provisions of `model`, with the words of those in `differing`.
fn except(model: &[Provision], differing: &[Provision]) -> Vec<Provision> {
    let replaced = |provision: &Provision| differing.iter().find(|other| other.id == provision.id);
    model.iter().map(|provision| replaced(provision).unwrap_or(provision).clone()).collect()
}

fn documents(folder: &Path, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    for row in rows::read::<Document>(folder, "documents.json")? {
        let issued = DocumentIssued {
            document: DocumentId::new(
                row.symbol.to_lowercase().replace([' ', ','], "").replace('/', "-"),
            ),
            symbol: row.symbol.clone(),
            title: row.title,
            session: row.session.map(SessionId::new),
            base: None,
            note: row.base.map(|base| format!("its text: {base}")).unwrap_or_default(),
        };
        let source = match row.prov.confidence() {
            Confidence::Low => "recall",
            Confidence::Medium | Confidence::High => "documents",
        };
        let evidence = sources.known(source, &row.prov)?;
        let key = format!("document/{}", row.symbol);
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
            adopted: base.adopted,
        }),
        note: base.note.clone(),
    };
    let evidence = sources.known("paraphrase", &base.prov)?;
    let key = format!("base/{}", base.id);
    mint.enter(&key, base.date.into(), evidence, Fact::DocumentIssued(issued));
    Ok(())
}

fn table(proposal: &Proposal, sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let (standing, confidence) = match proposal.basis {
        Basis::Option => (Standing::Alternative, Confidence::Medium),
        Basis::Reported => (Standing::Reported, Confidence::Medium),
        Basis::Illustrative => (Standing::Illustrative, Confidence::Low),
    };
    let mut evidence: Vec<Evidence> = proposal
        .source_ids
        .iter()
        .map(|source| sources.cite(source, confidence))
        .collect::<anyhow::Result<_>>()?;
    if evidence.is_empty() {
        evidence.push(sources.cite("illustration", confidence)?);
    }
    let reported = || {
        let names: Vec<_> = proposal.sponsors.iter().map(ParticipantId::as_str).collect();
        format!("Reported proposal ({})", names.join(", "))
    };
    let option = proposal.option.as_ref();
    let tabled = ProposalTabled {
        proposal: ProposalId::new(&proposal.id),
        document: DocumentId::new(&proposal.document),
        label: proposal.label.clone().unwrap_or_else(reported),
        changes: vec![Change { target: proposal.target.clone(), act: act(proposal)? }],
        standing,
        amends: None,
        option: option
            .map(|row| OptionNamed { issue: row.issue.clone(), option: row.option.clone() }),
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

fn dispose(
    proposal: &Proposal,
    next: &Base,
    sources: &Sources,
    mint: &mut Mint,
) -> anyhow::Result<()> {
    if next.date < proposal.date {
        bail!("it is dated {} but its text was superseded on {}", proposal.date, next.date);
    }
    let basis = match proposal.outcome_basis {
        OutcomeBasisRow::Comparison => OutcomeBasis::Comparison,
        OutcomeBasisRow::Fact => OutcomeBasis::Stated,
    };
    let mut evidence: Vec<Evidence> = match proposal.outcome_basis {
        OutcomeBasisRow::Comparison => vec![sources.cite("comparison", Confidence::Medium)?],
        OutcomeBasisRow::Fact => proposal
            .source_ids
            .iter()
            .map(|source| sources.cite(source, Confidence::Medium))
            .collect::<anyhow::Result<_>>()?,
    };
    let name = ProposalId::new(&proposal.id);
    let outcome = match proposal.outcome {
        Outcome::Adopted => ProposalOutcome::Adopted,
        Outcome::Absorbed => ProposalOutcome::Absorbed,
        Outcome::Rejected => ProposalOutcome::Rejected,
        Outcome::Open => ProposalOutcome::Unsettled,
        Outcome::Withdrawn => {
            for citation in &mut evidence {
                citation.place = Some("the day is not known; at the latest this day".to_owned());
            }
            let fact = Fact::ProposalWithdrawn(ProposalNamed { proposal: name });
            let key = format!("proposal/{}/withdrawn", proposal.id);
            mint.enter(&key, next.date.into(), evidence, fact);
            return Ok(());
        }
    };
    let note = match proposal.outcome_basis {
        OutcomeBasisRow::Comparison => String::new(),
        OutcomeBasisRow::Fact => proposal.note.clone(),
    };
    let document = DocumentId::new(&next.id);
    let lapsed = ProposalLapsed { proposal: name, document, outcome, basis, note };
    let key = format!("proposal/{}/lapsed", proposal.id);
    mint.enter(&key, next.date.into(), evidence, Fact::ProposalLapsed(lapsed));
    Ok(())
}
