//! A value worked out when it is first asked for, and forgotten when what it rests on changes.
//!
//! It holds nothing that could not be worked out again, so it takes no part in equality and is
//! not printed: two projections are equal whether or not somebody has asked them.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A value worked out on demand and shared by the clones that hold it.
pub(crate) struct Lazy<T>(OnceLock<Arc<T>>);

impl<T> Lazy<T> {
    /// Returns the value, working it out at the first call.
    pub(crate) fn or_work_out(&self, work_out: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(|| Arc::new(work_out()))
    }

    /// Returns the value, if it was worked out.
    pub(crate) fn known(&self) -> Option<&T> {
        self.0.get().map(|value| &**value)
    }

    /// Forgets the value.
    pub(crate) fn forget(&mut self) {
        self.0 = OnceLock::new();
    }
}

impl<T: Clone> Lazy<T> {
    /// Returns the value for changing it along with what it rests on, if it was worked out.
    pub(crate) fn worked_out(&mut self) -> Option<&mut T> {
        self.0.get_mut().map(Arc::make_mut)
    }
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> PartialEq for Lazy<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Lazy<T> {}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lazy")
    }
}
