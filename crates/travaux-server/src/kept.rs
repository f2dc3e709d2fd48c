//! Values kept for whoever asks next: a few, the longest unused let go, each made by one at a time.
//!
//! It does not know what it keeps, nor when that is out of date.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// Where one value is kept, or is being made.
type Slot<V> = Arc<Mutex<Option<Arc<V>>>>;

/// Values by key.
pub(crate) struct Kept<K, V> {
    slots: Mutex<LruCache<K, Slot<V>>>,
}

impl<K: Eq + Hash, V> Kept<K, V> {
    /// Keeps so many values.
    pub(crate) fn new(most: NonZeroUsize) -> Self {
        Self { slots: Mutex::new(LruCache::new(most)) }
    }

    /// Returns the value of a key if `is_current`, else what `make` makes, of the older value where
    /// there is one. Whoever asks for a value that is being made waits for it.
    ///
    /// # Errors
    /// When `make` fails; what was kept stays.
    pub(crate) fn current<E>(
        &self,
        key: K,
        is_current: impl FnOnce(&V) -> bool,
        make: impl FnOnce(Option<&V>) -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        let slot = Arc::clone(lock(&self.slots).get_or_insert(key, Slot::default));
        let mut kept = lock(&slot);
        if let Some(kept) = &*kept
            && is_current(kept)
        {
            return Ok(Arc::clone(kept));
        }
        let value = Arc::new(make(kept.as_deref())?);
        *kept = Some(Arc::clone(&value));
        Ok(value)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is kept is whole at every moment, so a panic elsewhere spoils nothing.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn kept(most: usize) -> Kept<&'static str, usize> {
        Kept::new(NonZeroUsize::new(most).unwrap())
    }

    fn made(kept: &Kept<&'static str, usize>, key: &'static str, value: usize) -> usize {
        *kept.current(key, |_| true, |_| Ok::<_, Infallible>(value)).unwrap()
    }

    #[test]
    fn the_longest_unused_is_let_go() {
        let kept = kept(2);
        assert_eq!([made(&kept, "a", 1), made(&kept, "b", 2)], [1, 2]);
        assert_eq!(made(&kept, "a", 3), 1, "it is kept");
        assert_eq!(made(&kept, "c", 4), 4);
        assert_eq!(made(&kept, "a", 5), 1, "it was asked for since");
        assert_eq!(made(&kept, "b", 6), 6, "it was let go");
    }

    #[test]
    fn whoever_asks_for_what_is_being_made_waits_for_it() {
        let (kept, builds) = (kept(2), AtomicUsize::new(0));
        let make = |_: Option<&usize>| {
            std::thread::sleep(Duration::from_millis(50));
            Ok::<_, Infallible>(builds.fetch_add(1, Ordering::SeqCst))
        };
        let all: Vec<usize> = std::thread::scope(|scope| {
            let asking: Vec<_> =
                (0..8).map(|_| scope.spawn(|| kept.current("a", |_| true, make))).collect();
            asking.into_iter().map(|asked| *asked.join().unwrap().unwrap()).collect()
        });
        assert_eq!(all, [0; 8]);
        assert_eq!(builds.into_inner(), 1);
    }

    #[test]
    fn what_is_out_of_date_is_made_of_what_was_kept() {
        let kept = kept(1);
        made(&kept, "a", 1);
        let more = |old: Option<&usize>| Ok::<_, Infallible>(old.copied().unwrap_or(0) + 10);
        assert_eq!(*kept.current("a", |value| *value > 1, more).unwrap(), 11);
        let failed = kept.current("a", |_| false, |_| Err("no"));
        assert_eq!(failed.map(|value| *value), Err("no"));
        assert_eq!(made(&kept, "a", 5), 11, "what was kept stays");
    }
}
