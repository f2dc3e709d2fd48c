//! Whose turn it is: pages are made a few at a time, some wait, and the rest are told to come back.
//!
//! It bounds the work and the memory that readers together can ask of the server. It does not know
//! what is done in a turn.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many requests may wait for their turn.
const WAITING_MAX: usize = 128;

/// Turns to take.
pub(crate) struct Turns {
    /// For those in their turn and those who wait.
    places: Arc<Semaphore>,
    /// For those in their turn.
    hands: Arc<Semaphore>,
}

/// A turn; it ends when this is dropped.
pub(crate) struct Turn {
    _hand: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// As many at once as the machine has processors, and one more, so that who waits for what
    /// another makes does not idle a processor.
    pub(crate) fn of_this_machine() -> Self {
        Self::new(available_parallelism().map_or(2, usize::from) + 1, WAITING_MAX)
    }

    fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once + waiting)),
            hands: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// Waits for a turn, in order of asking; nothing where too many wait already.
    pub(crate) async fn take(&self) -> Option<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let hand = Arc::clone(&self.hands).acquire_owned().await.ok()?;
        Some(Turn { _hand: hand, _place: place })
    }
}

#[cfg(test)]
impl Turns {
    /// Takes every turn and every place to wait, for as long as the value lives.
    pub(crate) fn take_all(&self) -> impl Sized + use<> {
        let all = |of: &Arc<Semaphore>| {
            let many = u32::try_from(of.available_permits()).unwrap();
            Arc::clone(of).try_acquire_many_owned(many).unwrap()
        };
        (all(&self.hands), all(&self.places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn some_work_some_wait_and_the_rest_are_turned_away() {
        let turns = Arc::new(Turns::new(1, 1));
        let first = turns.take().await.expect("the first has its turn at once");
        let waiting = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { turns.take().await.is_some() }
        });
        while turns.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(turns.take().await.is_none(), "one works and one waits");
        assert!(!waiting.is_finished());
        drop(first);
        assert!(waiting.await.unwrap());
        assert!(turns.take().await.is_some(), "a turn that ended is free");
    }
}
