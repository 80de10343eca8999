//! Answers that are kept for a while. They hardly ever change, and every process would ask for them again and again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{Answered, Web, WebError};
use rules::gateway::Call;

/// The most answers kept; with one more, the oldest goes.
const MOST: usize = 16;

/// Answers by address, each with the time it came.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<BTreeMap<String, (Timestamp, Answered)>>>);

impl Web {
    /// Returns this address's answer if less than `at_most` old, or else asks now. Keeps only what was found (200).
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn read_kept(&self, call: &Call, at_most: SignedDuration, now: Timestamp) -> Result<Answered, WebError> {
        let is_fresh = |read_at: Timestamp| (SignedDuration::ZERO..at_most).contains(&now.duration_since(read_at));
        let known = self.kept.lock().get(&call.url).cloned();
        if let Some((_, answer)) = known.filter(|(read_at, _)| is_fresh(*read_at)) {
            return Ok(answer);
        }
        let answer = self.exchange(call).await?;
        if answer.status == 200 {
            let mut kept = self.kept.lock();
            kept.insert(call.url.clone(), (now, answer.clone()));
            if kept.len() > MOST {
                let oldest = kept.iter().min_by_key(|(_, (read_at, _))| *read_at).map(|(url, _)| url.clone());
                oldest.and_then(|url| kept.remove(&url));
            }
        }
        Ok(answer)
    }

    /// Forgets what this address answered.
    pub fn forget(&self, url: &str) {
        self.kept.lock().remove(url);
    }
}

impl Kept {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, (Timestamp, Answered)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
