//! Whether the known divergences of a target still show.

use std::collections::BTreeSet;

use futures::StreamExt as _;

use super::Checking;
use crate::capabilities::Capabilities;
use crate::event::Event;
use crate::known::Entry;
use crate::outcome::{Followed, Outcome, State, is_kept};
use crate::replay::{Line, replay};
use crate::run::{Finding, Origin, PlayOptions, ReadPolicy};
use crate::scenario::Case;
use crate::target::Target;

/// The plays of a scenario in which a known divergence must not show before it is said to be gone.
const SILENT_PLAYS: u32 = 3;

/// The plays that may take.
const PLAYS_MAX: u32 = 6;

impl Checking<'_> {
    /// Whether a finding is of a known divergence, which is noted if so.
    pub(super) fn is_known(&mut self, case: &Case, finding: &Finding) -> bool {
        let Some(place) = self.options.known.position(case, finding) else { return false };
        self.outcome.known[place].show();
        true
    }

    /// The origins of what was found, and of the known divergences that may still show: drawn cases avoid them.
    /// In a shard they are those of the known divergences, all of them, for each shard finds others.
    pub(super) fn avoided(&self) -> BTreeSet<Origin> {
        if self.options.shard.is_some() {
            return self.options.known.entries().iter().flat_map(Entry::origins).collect();
        }
        let still = self.outcome.known.iter().filter(|it| it.state != State::Gone);
        self.known.iter().copied().chain(still.flat_map(|it| it.entry.origins())).collect()
    }

    /// Plays the scenarios of the known divergences, and notes which of them show.
    pub(super) async fn play_known(&mut self) {
        let is_wanted = |it: &Followed| {
            self.options.rule.as_ref().is_none_or(|glob| glob.is_match(it.entry.rule.name))
        };
        let shapes = self.outcome.capabilities.shapes();
        let mut played = Vec::new();
        let ours: Vec<bool> =
            (0..self.outcome.known.len() as u64).map(|number| self.is_ours(number)).collect();
        for (place, followed) in self.outcome.known.iter_mut().enumerate() {
            let Some(parsed) = &followed.entry.scenario else { continue };
            if !shapes.contains(&parsed.scenario.shape) {
                let why = "the target does not have the world of its scenario";
                followed.state = State::Untested(why.to_owned());
            } else if is_wanted(followed) && ours[place] {
                played.push((place, followed.entry.clone()));
            }
        }
        if played.is_empty() {
            return;
        }
        let total = played.len() as u64;
        self.listener.tell(&Event::Playing { what: "known divergences", total });
        let (target, capabilities) = (&**self.target, self.outcome.capabilities.clone());
        let capabilities = &capabilities;
        let mut plays = futures::stream::iter(played)
            .map(
                |(place, entry)| async move { (place, follow(target, capabilities, &entry).await) },
            )
            .buffered(self.options.jobs);
        while let Some((place, (state, requests))) = plays.next().await {
            self.outcome.requests += requests;
            let followed = &mut self.outcome.known[place];
            match state {
                State::Shows => followed.show(),
                other @ (State::Gone | State::Untested(_)) => followed.state = other,
            }
            self.listener.tell(&Event::Played { requests: self.outcome.requests });
            if self.is_over() {
                break;
            }
        }
    }
}

/// Whether a scenario still shows its divergence, and the requests that it took to find out.
async fn follow(target: &Target, capabilities: &Capabilities, entry: &Entry) -> (State, u64) {
    let case = entry.scenario.as_ref().and_then(|parsed| parsed.scenario.case().ok());
    let Some((parsed, case)) = entry.scenario.as_ref().zip(case) else {
        return (State::Untested("its scenario can't be played".to_owned()), 0);
    };
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, capabilities.clone());
    let (mut requests, mut silent, mut last) = (0, 0, None);
    for _ in 0..PLAYS_MAX {
        let replayed = match Box::pin(replay(target, parsed, &options)).await {
            Ok(replayed) => replayed,
            Err(error) => {
                last = Some(error.to_string());
                continue;
            }
        };
        requests += replayed.requests;
        let claim = replayed.lines.last().is_some_and(Line::is_claim_not_held);
        if claim || replayed.findings.iter().any(|(_, finding)| entry.is_about(&case, finding)) {
            return (State::Shows, requests);
        }
        let other = replayed.findings.first().map(|(_, finding)| finding.origin().rule);
        match (replayed.inconclusive, other) {
            (Some(why), _) => last = Some(why),
            (None, Some(rule)) => last = Some(format!("its scenario diverges from {rule}")),
            (None, None) if !replayed.is_whole => {
                last = Some("its scenario can't be played to its end".to_owned());
            }
            (None, None) => silent += 1,
        }
        if silent == SILENT_PLAYS {
            return (State::Gone, requests);
        }
    }
    let why = last.unwrap_or_else(|| "its scenario was inconclusive".to_owned());
    (State::Untested(why), requests)
}

/// Decides of the entries without a scenario that did not show: such a one is gone if the target kept the rule
/// in answers of the operation, and never broke it there.
pub(super) fn conclude(outcome: &mut Outcome) {
    let ended = outcome.broken_off.is_some() || outcome.interrupted;
    let Outcome { known, tally, .. } = outcome;
    for followed in known.iter_mut().filter(|it| it.entry.scenario.is_none()) {
        let Entry { rule, kind, operation, .. } = followed.entry;
        let is_shown = followed.shown > 0;
        if !is_shown && !ended && is_kept(tally, rule.name, operation, kind) {
            followed.state = State::Gone;
        }
    }
}

#[cfg(test)]
mod tests;
