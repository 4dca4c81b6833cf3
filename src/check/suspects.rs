//! Writes that took effect and whose answers were lost: a divergence if that happens each time.

use super::Checking;
use crate::replay::LOST_AGAIN;
use crate::run::{Finding, ReadPolicy, play_again};
use crate::scenario::Case;
use crate::shrink::truncated_to_finding;

impl Checking<'_> {
    /// Returns the suspects of a play that other plays, in fresh accounts, show each time.
    pub(super) async fn proven(&mut self, case: &Case, suspects: Vec<Finding>) -> Vec<Finding> {
        let mut proven = Vec::new();
        for suspect in suspects {
            let origin = suspect.origin();
            let is_new = self.is_wanted(&origin) && !self.known.contains(&origin);
            if is_new && self.is_lost_again(case, &suspect).await {
                proven.push(suspect);
            }
        }
        proven
    }

    /// Whether a write loses its answer in other plays too.
    async fn is_lost_again(&mut self, case: &Case, suspect: &Finding) -> bool {
        let (case, suspect) = truncated_to_finding(case, suspect);
        let options = self.play_options(ReadPolicy::Never);
        for attempt in 1..=LOST_AGAIN {
            let Ok(played) = play_again(self.target, &case, &options, attempt).await else {
                return false;
            };
            self.outcome.requests += played.requests;
            let mut shown = played.findings.iter().chain(&played.suspects);
            if !shown.any(|it| it.origin() == suspect.origin()) {
                return false;
            }
        }
        true
    }
}
