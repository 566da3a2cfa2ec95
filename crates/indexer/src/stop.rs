//! A wish to end early, which a run looks for while it goes.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Shared by a run and by whoever may wish its end, such as the one who hears Ctrl-C.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Asks the run to end: it commits what is done.
    pub fn ask(&self) {
        *self.asked() = true;
        self.0.1.notify_all();
    }

    /// Whether the end was asked for.
    pub fn is_asked(&self) -> bool {
        *self.asked()
    }

    /// Waits for as long as is said, or until the end is asked for; says whether it is.
    pub fn wait(&self, time: Duration) -> bool {
        let asked = self.0.1.wait_timeout_while(self.asked(), time, |asked| !*asked);
        *asked.unwrap_or_else(PoisonError::into_inner).0
    }

    fn asked(&self) -> MutexGuard<'_, bool> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
