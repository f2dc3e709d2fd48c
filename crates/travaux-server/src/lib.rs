//! Who looks: the workbench pages.
mod assets;
mod page;
pub mod view;

/// Gallery only.
pub mod gallery {
    use crate::{page, view::*};
    pub fn assets() -> Vec<(&'static str, &'static [u8])> {
        [&crate::assets::STYLE, &crate::assets::SCRIPT, &crate::assets::ICON].into_iter().map(|a| (a.path(), a.bytes)).collect()
    }
    pub fn overview(c: &Chrome, p: &Overview) -> String { page::document(c, &page::overview(p)).into_string() }
    pub fn text(c: &Chrome, p: &TextPage) -> String { page::document(c, &page::text(p, &[])).into_string() }
    pub fn provision(c: &Chrome, p: &ProvisionPage) -> String { page::document(c, &page::provision(p)).into_string() }
    pub fn participant(c: &Chrome, p: &ParticipantPage) -> String { page::document(c, &page::participant(p)).into_string() }
    pub fn record(c: &Chrome, p: &RecordPage) -> String { page::document(c, &page::record(p, &[])).into_string() }
}
