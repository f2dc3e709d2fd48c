//! Which pages there are: the one table of sections, titles and addresses, with what makes each page.
//!
//! The navigation, the reading of an address and the list in a refusal all come from it. It does not
//! know what stands on a page.

use crate::address::{Address, Vantage, unescape};
use crate::answer::{Desk, Made};
use crate::refusal::Refusal;
use crate::view::{Current, Link, Navigation, Tab};

/// Every page, section by section, in the order of the navigation.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of a type with a lifetime is no pointer to a function of any such lifetime"
)]
const PAGES: &[Page] = &[
    page("Overview", "Overview", "/", |desk| desk.overview()),
    page("Text", "Text", "/text", |desk| desk.text())
        .and_one_each("/provision", |desk, of| desk.provision(of)),
    page("Text", "Redline", "/redline", |desk| desk.redline()),
    page("Text", "Counts", "/counts", |desk| desk.counts()),
    page("Text", "References", "/references", |desk| desk.references()),
    page("Text", "Coverage", "/coverage", |desk| desk.coverage()),
    page("Text", "Terms", "/terms", |desk| Ok(desk.terms())),
    page("Positions", "Participants", "/participants", |desk| Ok(desk.participants()))
        .and_one_each("/participant", |desk, of| desk.participant(of)),
    page("Forecast", "Passage", "/forecast", |desk| {
        Ok(desk.forecast(&desk.scene().votes_forecast()))
    }),
    page("Forecast", "Outcome", "/outcome", |desk| Ok(desk.forecast(&desk.scene().outcomes()))),
    page("Forecast", "Packages", "/packages", |desk| {
        Ok(desk.forecast(&desk.scene().packages_forecast()))
    }),
    page("Forecast", "Calendar", "/calendar", |desk| {
        Ok(desk.forecast(&desk.scene().calendar_forecast()))
    }),
    page("Forecast", "Entry into force", "/entry-into-force", |desk| {
        Ok(desk.forecast(&desk.scene().deposits_forecast()))
    }),
    page("Procedure", "Procedure", "/procedure", |desk| desk.procedure()),
    page("Record", "Record", "/record", |desk| desk.record())
        .and_one_each("/record", |desk, of| desk.entry(of)),
    page("Record", "Sources", "/sources", |desk| Ok(desk.sources())),
];

/// A page of the navigation.
pub(crate) struct Page {
    section: &'static str,
    title: &'static str,
    path: &'static str,
    make: fn(&Desk<'_>) -> Result<Made, Refusal>,
    /// The pages of one thing each that belong to it.
    each: Option<Each>,
}

/// Pages of one thing each: where they are, the name of the thing behind it.
struct Each {
    path: &'static str,
    make: fn(&Desk<'_>, &str) -> Result<Made, Refusal>,
}

const fn page(
    section: &'static str,
    title: &'static str,
    path: &'static str,
    make: fn(&Desk<'_>) -> Result<Made, Refusal>,
) -> Page {
    Page { section, title, path, make, each: None }
}

impl Page {
    const fn and_one_each(
        mut self,
        path: &'static str,
        make: fn(&Desk<'_>, &str) -> Result<Made, Refusal>,
    ) -> Self {
        self.each = Some(Each { path, make });
        self
    }
}

/// What an address leads to: a page, or the one thing that a page beneath it is of.
#[derive(Clone)]
pub(crate) struct Place {
    page: &'static Page,
    of: Option<String>,
}

impl Place {
    /// Finds what a path leads to.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let segments: Vec<String> =
            path.split('/').filter(|segment| !segment.is_empty()).filter_map(unescape).collect();
        let is_at = |at: &str, first: &str| at.strip_prefix('/') == Some(first);
        let is_one_at = |page: &&Page, first: &str| {
            page.each.as_ref().is_some_and(|each| is_at(each.path, first))
        };
        let (page, of) = match segments.as_slice() {
            [] => (PAGES.iter().find(|page| page.path == path), None),
            [first] => (PAGES.iter().find(|page| is_at(page.path, first)), None),
            [first, of] => (PAGES.iter().find(|page| is_one_at(page, first)), Some(of.clone())),
            _ => (None, None),
        };
        page.map(|page| Self { page, of })
    }

    /// Makes the page.
    ///
    /// # Errors
    /// When what the address asks is not there or can't be read.
    pub(crate) fn made(&self, desk: &Desk<'_>) -> Result<Made, Refusal> {
        match (&self.of, &self.page.each) {
            (Some(of), Some(each)) => (each.make)(desk, of),
            _ => (self.page.make)(desk),
        }
    }
}

/// Lists where the pages are, for whoever asked for one that is not there.
pub(crate) fn addresses() -> Vec<String> {
    let of_page = |page: &Page| {
        let each = page.each.as_ref().map(|each| format!("{}/\u{2026}", each.path));
        [page.path.to_owned()].into_iter().chain(each)
    };
    PAGES.iter().flat_map(of_page).collect()
}

/// Makes the navigation as it stands at a place; none is nowhere in it.
pub(crate) fn navigation(here: Option<&Place>, vantage: &Vantage) -> Navigation {
    let tab = |label: &str, page: &Page, current| Tab {
        link: Link { to: Address::of_path(page.path).seen_from(vantage), label: label.to_owned() },
        current,
    };
    let section = here.map(|here| here.page.section);
    let mut pages: Vec<Tab> = PAGES
        .iter()
        .filter(|page| section == Some(page.section))
        .map(|page| {
            let current = match here {
                Some(here) if here.page.path != page.path => Current::Elsewhere,
                Some(Place { of: Some(_), .. }) => Current::Within,
                Some(_) => Current::Here,
                None => Current::Elsewhere,
            };
            tab(page.title, page, current)
        })
        .collect();
    // A section of one page of its own name needs no second row.
    if matches!(pages.as_slice(), [only] if Some(only.link.label.as_str()) == section) {
        pages.clear();
    }
    let sections = PAGES.chunk_by(|a, b| a.section == b.section).map(|pages_of| {
        let first = &pages_of[0];
        let current = match section {
            Some(section) if section == first.section && pages.is_empty() => Current::Here,
            Some(section) if section == first.section => Current::Within,
            _ => Current::Elsewhere,
        };
        tab(first.section, first, current)
    });
    Navigation { sections: sections.collect(), pages }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_is_found_at_its_address_and_no_two_share_one() {
        let mut seen = BTreeSet::new();
        for page in PAGES {
            let found = Place::at(page.path).expect("it is there");
            assert_eq!((found.page.title, found.of), (page.title, None));
            assert!(seen.insert(page.path.to_owned()), "{} stands twice", page.path);
            let Some(each) = &page.each else { continue };
            let found = Place::at(&format!("{}/a%2Fb", each.path)).expect("it is there");
            assert_eq!((found.page.title, found.of.as_deref()), (page.title, Some("a/b")));
            assert!(seen.insert(format!("{}/", each.path)), "{}/ stands twice", each.path);
        }
        for nowhere in ["/nowhere", "/text/a/b", "//"] {
            assert!(Place::at(nowhere).is_none(), "{nowhere}");
        }
    }

    #[test]
    fn a_section_stands_in_one_piece() {
        let sections: Vec<&str> =
            PAGES.chunk_by(|a, b| a.section == b.section).map(|of| of[0].section).collect();
        assert_eq!(sections.iter().collect::<BTreeSet<_>>().len(), sections.len(), "{sections:?}");
    }
}
