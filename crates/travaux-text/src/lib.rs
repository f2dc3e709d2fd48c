//! What treaty text is: provisions, the merge of many sides over one base, and brackets.
//!
//! Nothing in this crate knows who sponsors, supports or opposes a text, nor when; it does no
//! input or output.

mod align;
mod assent;
mod attach;
mod bracketed;
mod compose;
mod correspond;
pub mod coverage;
mod html;
pub mod instruct;
mod issued;
mod json;
mod lexed;
mod lineage;
mod merge;
mod node;
mod normal;
mod notation;
mod phrase;
mod precedent;
mod printed;
mod provision;
mod rebase;
mod redline;
pub mod references;
mod rolling;
mod setting;
mod sheet;
#[cfg(test)]
mod shipped_texts;
pub mod streamline;
pub mod terms;
mod token;

pub use assent::{
    AgreedText, Assent, AssentStep, Brackets, ProposalStatus, ProposalStep, ProvisionStatus,
    StatusNote, TextState,
};
pub use attach::{Attached, AttachedBy, Attachment, attach};
pub use bracketed::{
    Block, BlockKind, Bracket, BracketCounts, BracketRole, BracketedDraft, Chapter,
    DraftDiagnostic, DraftFault, DraftMark, DraftMarkKind, DraftOption, DraftProvision, Piece,
    SOURCE_BYTES_MAX, TooLarge,
};
pub use compose::{
    Clash, ClashReason, Completeness, Composition, LeftOut, READINGS_MAX, Reading, Side,
    SideProvision, TextClash, TextReading, Wording, compose, text_clash,
};
pub use correspond::{
    Correspondence, CorrespondenceKind, Passage, correspond, correspond_passages, draft_passages,
    issued_passages,
};
pub use html::{Label, html};
pub use issued::{IssuedError, IssuedText, Passages};
pub use json::{Merged, MergedError};
pub use lineage::{Lineage, Rewritten, WORDS_FOUND};
pub use merge::{Merge, MergeError, SideChange, stands_once};
pub use node::{
    Alternative, NameError, Node, Reader, Readers, SideName, cost, has_choice, side_of,
};
pub use notation::{
    DEPTH_MAX, NotationError, NotationFault, notation, parse, un_text, unattributed,
};
pub use phrase::{Likeness, Phrase};
pub use precedent::{
    AlignedPiece, Formula, NearFormula, PassagePlace, PrecedentCounts, PrecedentSource, Precedents,
    PrecedentsBuilder, PrecedentsError, PrecedentsFull, aligned, text_of_html,
};
pub use printed::{Block as LayoutBlock, Form, Layout, LayoutError, Pinned, Printed};
pub use provision::{Act, Change, Place, Provision, ProvisionId, ProvisionKind};
pub use rebase::{
    ChangeRebase, ChangeTrouble, Doubt, Edit, EditKind, Fate, Outcome, ProposalRebase, TextRebase,
    rebase_proposal, rebase_text,
};
pub use redline::{
    FRAGMENT_COST, Redline, RedlineCounts, RedlineNotationError, RedlinePiece, redline,
    redline_provisions, redline_texts,
};
pub use rolling::{
    BracketCount, ChapterCount, Diagnosis, Labels, Origin, Position, Proposal, ProposalKey,
    Provisions, RollingProvision, RollingText, Trouble,
};
pub use sheet::{Cover, Sheet, SheetAlternative, SheetBlock, SheetPiece, plain_pieces};
pub use token::{TextError, TokenKind, Tokens, compounds, text_from_bytes, tokens, words};
