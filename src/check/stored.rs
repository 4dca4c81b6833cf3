//! The scenarios that earlier runs have left: they are played first.

use super::{Checking, Event, ReadPolicy};
use crate::outcome::{Place, StoredPlay};
use crate::scenario::Case;
use crate::store::Stored;

impl Checking<'_> {
    /// Plays the scenarios of earlier runs, as suites are played, and notes which still show what they are about.
    pub(super) async fn play_stored(&mut self) {
        let options = self.options;
        // The folder of a shard is its own: what lies in it is no part of the run that shards are merged to.
        if options.stored.is_empty() || options.shard.is_some() {
            return;
        }
        let mut cases = Vec::new();
        let mut played = Vec::new();
        for stored in &options.stored {
            let place = self.outcome.stored.len();
            self.outcome.stored.push(StoredPlay { name: stored.name.clone(), shown: None });
            if let Some(case) = self.playable(stored) {
                cases.push((Place::Stored(place as u64), case));
                played.push((place, stored));
            }
        }
        self.listener.tell(&Event::Playing { what: "stored scenarios", total: cases.len() as u64 });
        let reads = ReadPolicy::AfterEachStep;
        self.play_round(cases.into_iter(), reads, |outcome, at, play| {
            let Some(((place, stored), play)) = played.get(at).zip(play) else { return };
            let is_shown = stored.is_shown_by(&play.findings) || stored.is_shown_by(&play.suspects);
            // A play that ended early has not shown that there is nothing.
            let shown = (is_shown || play.inconclusive.is_none()).then_some(is_shown);
            outcome.stored[*place].shown = shown;
        })
        .await;
    }

    /// The case of a stored scenario; `None` if the target can't play it.
    fn playable(&self, stored: &Stored) -> Option<Case> {
        let scenario = &stored.parsed.scenario;
        let capabilities = &self.outcome.capabilities;
        let case = scenario.case().ok()?;
        let is_playable = capabilities.shapes().contains(&scenario.shape)
            && scenario.assumptions.are_all_in(self.target.assumptions)
            && case.steps().iter().all(|step| capabilities.can(&step.call));
        is_playable.then_some(case)
    }
}
