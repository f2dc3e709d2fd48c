//! In which order, and where, provisions stand when some units are taken, or when all may be.
//!
//! It lists places; which of several readings prevails is not decided here.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::units::{Deed, Unit};
use crate::provision::{Place, ProvisionId};
use crate::rolling::{Coming, RollingText};

/// One provision at one place.
pub(super) struct Spot<'s, 'a> {
    pub(super) id: &'a ProvisionId,
    pub(super) parent: Option<&'a ProvisionId>,
    /// The units that put it here, or what it stands in; none for a place in the base.
    pub(super) present: &'s BTreeSet<usize>,
    /// The units that take it, or what it stands in, away from here.
    pub(super) absent: &'s BTreeSet<usize>,
}

/// What is walked beside the base.
pub(super) struct Outline<'a, 'u> {
    rolling: &'a RollingText,
    units: &'u [Unit<'a>],
    by_id: BTreeMap<&'a ProvisionId, Vec<usize>>,
    /// What the proposals asked for insert, taken or not.
    added: BTreeSet<&'a ProvisionId>,
    rivals: Vec<BTreeSet<usize>>,
    scope: Scope,
    /// The places already given: what two proposals ask alike is met once.
    met: RefCell<BTreeSet<(&'a ProvisionId, Option<&'a Place>)>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scope {
    /// Everything that may stand somewhere; what is away is walked too.
    All,
    /// One text; what is away is passed over with all below it.
    One,
}

/// What holds for all that stands in a provision.
#[derive(Clone, Default)]
struct Context<'a> {
    parent: Option<&'a ProvisionId>,
    present: BTreeSet<usize>,
    absent: BTreeSet<usize>,
}

type Visit<'v, 'a> = dyn FnMut(&Spot<'_, 'a>) + 'v;

impl<'a, 'u> Outline<'a, 'u> {
    /// Outlines every place where something may stand.
    pub(super) fn of_all(
        rolling: &'a RollingText,
        units: &'u [Unit<'a>],
        rivals: Vec<BTreeSet<usize>>,
    ) -> Self {
        let all = 0..units.len();
        Self::new(rolling, units, all, (rivals, Scope::All))
    }

    /// Outlines the one text that `taken`, which compose, make.
    pub(super) fn of_taken(
        rolling: &'a RollingText,
        units: &'u [Unit<'a>],
        taken: &BTreeSet<usize>,
    ) -> Self {
        let none = vec![BTreeSet::new(); units.len()];
        Self::new(rolling, units, taken.iter().copied(), (none, Scope::One))
    }

    fn new(
        rolling: &'a RollingText,
        units: &'u [Unit<'a>],
        taken: impl Iterator<Item = usize>,
        (rivals, scope): (Vec<BTreeSet<usize>>, Scope),
    ) -> Self {
        let mut by_id: BTreeMap<&ProvisionId, Vec<usize>> = BTreeMap::new();
        for at in taken {
            by_id.entry(units[at].id).or_default().push(at);
        }
        let added = units.iter().filter(|unit| matches!(unit.deed, Deed::Add(_)));
        let added = added.map(|unit| unit.id).collect();
        Self { rolling, units, by_id, added, rivals, scope, met: RefCell::default() }
    }

    /// Calls `visit` for each place in document order.
    pub(super) fn walk(&self, visit: &mut Visit<'_, 'a>) {
        let context = Context::default();
        for root in self.rolling.base().roots() {
            self.provision(&root.id, None, &context, visit);
            self.gap(&Place::After(root.id.clone()), &context, visit);
        }
    }

    fn provision(
        &self,
        id: &'a ProvisionId,
        place: Option<&'a Place>,
        context: &Context<'a>,
        visit: &mut Visit<'_, 'a>,
    ) {
        if !self.met.borrow_mut().insert((id, place)) {
            return;
        }
        let (mut present, mut absent) = (context.present.clone(), context.absent.clone());
        for &at in self.by_id.get(id).into_iter().flatten() {
            match self.units[at].deed {
                Deed::Transfer(wanted) if Some(wanted) == place => {
                    present.insert(at);
                }
                Deed::Suppress | Deed::Transfer(_) => {
                    absent.insert(at);
                }
                Deed::Add(_) => {
                    present.insert(at);
                    let rivals = self.rivals[at].iter().copied();
                    absent.extend(rivals.filter(|&rival| !self.units[rival].is_words()));
                }
                Deed::Words => {}
            }
        }
        if self.scope == Scope::One && !absent.is_empty() {
            return;
        }
        visit(&Spot { id, parent: context.parent, present: &present, absent: &absent });
        let within = Context { parent: Some(id), present, absent };
        self.gap(&Place::FirstUnder(id.clone()), &within, visit);
        for child in self.rolling.base().children(id) {
            self.provision(&child.id, None, &within, visit);
            self.gap(&Place::After(child.id.clone()), &within, visit);
        }
    }

    fn gap(&self, place: &Place, context: &Context<'a>, visit: &mut Visit<'_, 'a>) {
        for arrival in self.rolling.gap(place) {
            let id = arrival.what.id();
            let unit = self.by_id.get(id).into_iter().flatten().copied().find(|&at| {
                let unit = &self.units[at];
                *unit.by == arrival.by
                    && match (&unit.deed, &arrival.what) {
                        (Deed::Add(_), Coming::Added(_)) => true,
                        (Deed::Transfer(wanted), Coming::Transferred(_)) => *wanted == place,
                        _ => false,
                    }
            });
            let Some(unit) = unit else {
                // An alternative that does not prevail leaves its gap: what others insert behind
                // it stays.
                if matches!(arrival.what, Coming::Added(_)) && self.added.contains(id) {
                    self.gap(&Place::After(id.clone()), context, visit);
                }
                continue;
            };
            match self.units[unit].deed {
                Deed::Transfer(wanted) => {
                    self.provision(self.units[unit].id, Some(wanted), context, visit);
                }
                Deed::Add(_) => {
                    self.provision(self.units[unit].id, None, context, visit);
                    self.gap(&Place::After(id.clone()), context, visit);
                }
                Deed::Words | Deed::Suppress => {}
            }
        }
    }
}
