//! How the views look: HTML from view values, in maud.
//!
//! A page is a function from a view to markup. It decides nothing: what is not in the view is not
//! on the page. No style or script stands in the markup, so that the strict content policy holds.

mod chart;
mod chrome;
mod counts;
mod coverage;
mod floor;
mod forecast;
mod overview;
mod part;
mod participant;
mod provision;
mod record;
mod redline;
mod references;
mod refusal;
mod terms;
mod text;

pub(crate) use chrome::{bare, document};
pub(crate) use counts::counts;
pub(crate) use coverage::coverage;
pub(crate) use floor::floor;
pub(crate) use forecast::forecast;
pub(crate) use overview::overview;
pub(crate) use participant::{participant, participants};
pub(crate) use provision::provision;
pub(crate) use record::{entry, record, sources};
pub(crate) use redline::redline;
pub(crate) use references::references;
pub(crate) use refusal::refusal;
pub(crate) use terms::terms;
pub(crate) use text::text;
