//! Documents on their way into the engine, and how much of them there is.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::{Document, Value};

/// Bytes of a value that is not text, and of the field's number beside any value.
const VALUE_BYTES: usize = 16;
/// How long is waited for room at most. The engine writes a whole segment meanwhile; one that has failed takes nothing any more, and says so when it is
/// given the next document.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bounds the bytes of the documents that wait for the engine: its own queue is bounded by their number alone, ten thousand.
#[derive(Debug)]
pub(crate) struct Room {
    taken: Mutex<usize>,
    left: Condvar,
    most: usize,
}

impl Room {
    /// Room for so many bytes, or for one document.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { taken: Mutex::new(0), left: Condvar::new(), most })
    }

    /// Waits for room and takes it, until the document has been written.
    pub(crate) fn enter(self: &Arc<Self>, prepared: Prepared) -> Queued {
        let bytes = prepared.bytes;
        let full = |taken: &mut usize| *taken > 0 && *taken + bytes > self.most;
        let waited = self.left.wait_timeout_while(self.taken(), PATIENCE, full);
        let (mut taken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *taken += bytes;
        Queued { prepared, room: Arc::clone(self) }
    }

    fn taken(&self) -> MutexGuard<'_, usize> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A document made ready, with the bytes that it takes.
#[derive(Debug)]
pub struct Prepared {
    document: TantivyDocument,
    bytes: usize,
}

impl Prepared {
    pub(crate) fn new(document: TantivyDocument) -> Self {
        let bytes = document
            .iter_fields_and_values()
            .map(|(_, value)| {
                let text = value.as_str().map(str::len);
                VALUE_BYTES + text.or(value.as_bytes().map(<[u8]>::len)).unwrap_or_default()
            })
            .sum();
        Self { document, bytes }
    }

    /// Bytes in memory, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}

/// A document in the engine's queue.
#[derive(Debug)]
pub(crate) struct Queued {
    prepared: Prepared,
    room: Arc<Room>,
}

impl Drop for Queued {
    fn drop(&mut self) {
        let Room { left, most, .. } = &*self.room;
        let (before, now) = {
            let mut taken = self.room.taken();
            let before = *taken;
            *taken -= self.prepared.bytes;
            (before, *taken)
        };
        // Whoever waits is woken when there is room for many: not for each document, which would let in one at a time.
        if now == 0 || before > most / 2 && now <= most / 2 {
            left.notify_all();
        }
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.prepared.document.iter_fields_and_values()
    }

    fn into_tantivy_document(mut self) -> TantivyDocument {
        std::mem::take(&mut self.prepared.document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    fn prepared(bytes: usize) -> Prepared {
        Prepared { document: TantivyDocument::new(), bytes }
    }

    #[test]
    fn a_document_waits_until_there_is_room() {
        let room = Room::new(100);
        let first = room.enter(prepared(60));
        let second = room.enter(prepared(40));
        let is_in = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let third = room.enter(prepared(50));
                is_in.store(true, Ordering::SeqCst);
                drop(third);
            });
            drop(second);
            std::thread::sleep(Duration::from_millis(20));
            assert!(!is_in.load(Ordering::SeqCst));
            let _ = first.into_tantivy_document();
        });
        assert!(is_in.load(Ordering::SeqCst));
        assert_eq!(*room.taken(), 0);
    }

    #[test]
    fn a_document_larger_than_half_of_the_room_is_let_in_when_there_is_none_else() {
        let room = Room::new(100);
        let others: Vec<Queued> = (0..4).map(|_| room.enter(prepared(20))).collect();
        let began = Instant::now();
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| drop(room.enter(prepared(90))));
            for other in others {
                assert!(!waits.is_finished());
                std::thread::sleep(Duration::from_millis(5));
                drop(other);
            }
        });
        assert!(began.elapsed() < PATIENCE / 2, "let in only when it had waited long enough");
        assert_eq!(*room.taken(), 0);
    }

    #[test]
    fn one_document_has_room_whatever_its_size() {
        let room = Room::new(100);
        drop(room.enter(prepared(1_000)));
    }
}
