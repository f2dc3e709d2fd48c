//! How text travels: Word files, Akoma Ntoso, HTML, Markdown, tables, feeds, calendars.
//!
//! Bytes go in and values of `travaux-text` come out, and the other way round. It opens no file itself,
//! and does not know who looks at what: it is given what may be seen.

mod akn;
mod archive;
mod feed;
mod lines;
mod page;
mod submission;
mod table;
mod word;
mod xml;

pub use akn::{AknDraft, AknError, AknMeta, AknProposal, akn, read_akn};
pub use archive::{ALL_BYTES_MAX, ArchiveError, FILE_BYTES_MAX, PART_BYTES_MAX};
pub use feed::{CalendarItem, Feed, FeedItem, calendar};
pub use page::{html_page, markdown, plain_page};
pub use submission::{Aside, Attention, BracketAsked, Manner, Placed, Submission, submission};
pub use table::{Cell, Table};
pub use word::{
    Column, ColumnTable, Ignored, Keep, Look, Revision, RevisionKind, WordCell, WordComment,
    WordDocument, WordError, WordLine, WordParagraph, WordRun, WordSpan, WordWriter,
};
pub use xml::{DEPTH_MAX, NODES_MAX, XmlError};
