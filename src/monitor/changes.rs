//! What has been added to a set and taken out of it since somebody last asked.

use core::hash::Hash;
use hashbrown::HashMap;

/// The changes of a set, for a mirror. As long as there is none, nothing is recorded.
///
/// It never holds more than what is in the set or was when it was last asked.
#[derive(Debug)]
pub(crate) struct Changes<T> {
    /// By how many the copy has too few, or too many.
    noted: Option<HashMap<T, i32>>,
}

impl<T> Default for Changes<T> {
    fn default() -> Self {
        Self { noted: None }
    }
}

impl<T: Copy + Eq + Hash> Changes<T> {
    /// Notes changes from now on.
    pub(crate) fn follow(&mut self) {
        self.noted = Some(HashMap::new());
    }

    /// Something was added.
    #[inline]
    pub(crate) fn add(&mut self, item: T) {
        self.note(item, 1);
    }

    /// Something was taken out.
    pub(crate) fn remove(&mut self, item: T) {
        self.note(item, -1);
    }

    /// Tells what has changed, and starts anew.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (T, i32)> {
        self.noted.iter_mut().flat_map(HashMap::drain)
    }

    fn note(&mut self, item: T, by: i32) {
        let Some(noted) = &mut self.noted else { return };
        let count = noted.entry(item).or_default();
        *count += by;
        if *count == 0 {
            noted.remove(&item);
        }
    }
}
