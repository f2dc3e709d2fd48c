//! What a page shows, as plain values: the wire types that the HTML and the JSON twin share.
//!
//! Everything here is already decided: words are chosen, links are written, counts are counted by
//! the projections. Nothing here knows the record, and nothing is computed from it again.

mod chrome;
mod counts;
mod coverage;
mod floor;
mod forecast;
mod overview;
mod participant;
mod piece;
mod provision;
mod record;
mod redline;
mod references;
mod terms;
mod text;

pub use chrome::{
    Chrome, Current, Jump, MarkKind, Masthead, Navigation, Stop, Tab, TimeBar, TimeMark,
    ViewerGroup, ViewerOption, ViewerSwitch,
};
pub use counts::{ChapterCell, ChapterLine, CountsPage, DraftRow, PrintedCount, WordCount};
pub use coverage::{CellView, CoveragePage, CoverageRow, PowerView, SafeguardView, UncoveredRow};
pub use floor::{
    AgainstView, BoardView, FloorPage, IrregularView, JudgedView, MoveView, QuestionView,
    SpeakerView, WriterView,
};
pub use forecast::{ChanceRow, ForecastPage, ForecastView, SilentRow};
pub use overview::{
    Agreement, CalendarMark, CalendarView, ChangeLine, ChapterRow, ContestedRow, DecisionRow,
    Overview, SessionSpan, Since, TallyView,
};
pub use participant::{
    AloneRow, ListedParticipant, ParticipantPage, ParticipantsPage, PositionRow, ProposalRow,
    VoteRow,
};
pub use piece::{Certainty, Cited, Link, Mark, Phrase, Piece, StateChip, TextState, Tone};
pub use provision::{
    AlternativeView, BlameView, Column, HistoryLine, Holder, Holders, OfficialView, OptionView,
    ProvisionPage, VersionView,
};
pub use record::{EntryPage, EntryRow, RecordFilterView, RecordPage, SourceRow, SourcesPage};
pub use redline::{RedlineCountsView, RedlinePage, RedlineRun};
pub use references::{
    ArcView, LeanRow, LeaningView, PictureLine, PictureView, ReferenceRow, ReferencesPage,
};
pub use terms::{DefinedRow, FamilyView, TermRow, TermsPage};
pub use text::{AlternativeNote, Block, ContentsLine, Run, RunAlternative, SideOption, TextPage};
