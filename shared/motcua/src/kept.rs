//! Values that a process keeps for a minute, so that a page that many people open costs one look.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Seconds for which a value is taken to be as it was read.
const FOR_S: u64 = 60;

/// Values by their names, at most so many. Whoever asks for a thousand names finds no more memory used than for a few.
pub(crate) struct Kept<K, V> {
    most: usize,
    values: Mutex<BTreeMap<K, (V, Timestamp)>>,
}

impl<K: Ord + Clone, V: Clone> Kept<K, V> {
    /// Keeps at most so many values.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, values: Mutex::default() }
    }

    /// Returns a value that was kept less than a minute ago.
    pub(crate) fn get(&self, name: &K, now: Timestamp) -> Option<V> {
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        values.get(name).filter(|(_, at)| is_fresh(*at, now)).map(|(value, _)| value.clone())
    }

    /// Keeps a value. If there is no room, all that are older than a minute go, and the oldest if there is none.
    pub(crate) fn keep(&self, name: K, value: V, now: Timestamp) {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= self.most && !values.contains_key(&name) {
            values.retain(|_, (_, at)| is_fresh(*at, now));
        }
        if values.len() >= self.most && !values.contains_key(&name) {
            let oldest = values.iter().min_by_key(|(_, (_, at))| *at).map(|(name, _)| name.clone());
            oldest.and_then(|name| values.remove(&name));
        }
        values.insert(name, (value, now));
    }

    /// Keeps only the values of such names.
    pub(crate) fn retain(&self, stays: impl Fn(&K) -> bool) {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).retain(|name, _| stays(name));
    }
}

/// A clock may have been set back meanwhile.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    now.as_second().abs_diff(at.as_second()) < FOR_S
}

impl<K, V> fmt::Debug for Kept<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("most", &self.most).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_value_is_kept_for_a_minute() {
        let kept = Kept::new(2);
        kept.keep(1, "one", at(0));
        assert_eq!((kept.get(&1, at(59)), kept.get(&1, at(60)), kept.get(&2, at(0))), (Some("one"), None, None));
        kept.keep(1, "other", at(10));
        assert_eq!(kept.get(&1, at(60)), Some("other"));
        kept.retain(|name| *name != 1);
        assert_eq!(kept.get(&1, at(60)), None);
    }

    #[test]
    fn a_value_too_many_takes_the_place_of_the_oldest() {
        let kept = Kept::new(2);
        for (name, second) in [(1, 0), (2, 1), (3, 2)] {
            kept.keep(name, (), at(second));
        }
        assert_eq!([1, 2, 3].map(|name| kept.get(&name, at(3)).is_some()), [false, true, true]);
        kept.keep(4, (), at(100));
        assert_eq!([2, 3, 4].map(|name| kept.get(&name, at(100)).is_some()), [false, false, true]);
        assert_eq!(kept.values.lock().unwrap().len(), 1);
    }
}
