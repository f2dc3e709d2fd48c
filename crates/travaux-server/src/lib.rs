//! Who looks: the workbench pages, live updates, and a JSON twin of every page.
//!
//! The server shows what projections give and computes nothing of its own. It knows neither where
//! the record lies nor who may be trusted: the program hands it a record and says whom a reader may
//! look as.

mod address;
mod answer;
mod assets;
mod connections;
mod derived;
mod kept;
mod live;
mod page;
mod pages;
mod query;
mod recorder;
mod refusal;
mod router;
mod scene;
mod turns;
pub mod view;
mod workbench;

pub use recorder::Recorder;
pub use router::{router, serve};
pub use workbench::{Settings, Viewers, Workbench};
