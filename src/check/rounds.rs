//! Rounds of drawn cases: the next one is drawn while one is played, and the first beside the suites.
//!
//! The cases of a round depend on what is known when it begins, and on what the cases before it reach. So
//! the next round is drawn from what is known so far, which is seldom less than what is known in the
//! end. If it is less, the round is drawn once more: the cases are those of a run that draws nothing ahead.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinHandle;

use crate::capabilities::Capabilities;
use crate::explore::{Cases, Search};
use crate::run::Origin;
use crate::scenario::Case;

/// The number of cases drawn at a time. Cases depend on what was found before, so this has to be
/// the same on every machine.
const ROUND: u64 = 16;

/// The rounds of a run that are still to be drawn.
pub(super) struct Rounds {
    cases: Cases,
    seed: u64,
    /// The numbers of the cases that are left.
    left: Range<u64>,
    /// The shard whose cases are played, see [`Options::shard`](super::Options::shard); 1 of 1 if there is none.
    shard: (u64, u64),
    reached: Arc<Search>,
    ahead: Option<Ahead>,
}

/// A round that is being drawn.
struct Ahead {
    /// The origins that it takes as known.
    known: BTreeSet<Origin>,
    drawn: JoinHandle<Option<Drawn>>,
    is_unwanted: Arc<AtomicBool>,
}

/// The cases of a round with their numbers, and the state of the search after them.
struct Drawn {
    cases: Vec<(u64, Case)>,
    reached: Search,
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.is_unwanted.store(true, Ordering::Relaxed);
    }
}

impl Rounds {
    /// The rounds of this number of cases, drawn from what the search has reached.
    pub(super) fn of(
        cases: Cases,
        seed: u64,
        count: u64,
        shard: (u64, u64),
        reached: Arc<Search>,
    ) -> Self {
        Self { cases, seed, left: 0..count, shard, reached, ahead: None }
    }

    /// Returns how many cases are left to be played.
    pub(super) fn total(&self) -> u64 {
        self.left.clone().filter(|number| is_of(self.shard, *number)).count() as u64
    }

    /// The state of the search after the round that was returned last.
    pub(super) fn reached(&self) -> &Arc<Search> {
        &self.reached
    }

    /// Draws for what the target still has: a world that it lost is drawn no more.
    pub(super) fn keep_to(&mut self, capabilities: &Capabilities) {
        let had = &mut self.cases.capabilities.no_organizations;
        if *had != capabilities.no_organizations {
            had.clone_from(&capabilities.no_organizations);
            self.ahead = None;
        }
    }

    /// Returns the cases of the next round, with their numbers, by the origins that are known now, and
    /// begins to draw the round after it; `None` if no case is left.
    pub(super) async fn next(&mut self, known: &BTreeSet<Origin>) -> Option<Vec<(u64, Case)>> {
        let numbers = self.take_numbers()?;
        let ahead = self.ahead.take().filter(|ahead| ahead.known == *known);
        let ahead = ahead.unwrap_or_else(|| self.draw(numbers, known));
        let drawn = finished(ahead).await?;
        self.reached = Arc::new(drawn.reached);
        self.draw_ahead(known);
        Some(drawn.cases)
    }

    /// Begins to draw the next round by the origins that are known so far.
    pub(super) fn draw_ahead(&mut self, known: &BTreeSet<Origin>) {
        self.ahead = self.upcoming().map(|numbers| self.draw(numbers, known));
    }

    /// Returns the numbers of the next round, those of other shards included.
    fn upcoming(&self) -> Option<Range<u64>> {
        let Range { start, end } = self.left;
        (start < end).then(|| start..end.min(start + ROUND * self.shard.1))
    }

    fn take_numbers(&mut self) -> Option<Range<u64>> {
        let numbers = self.upcoming()?;
        self.left.start = numbers.end;
        Some(numbers)
    }

    /// Begins to draw the cases of these numbers, beside all else that the run does.
    fn draw(&self, numbers: Range<u64>, known: &BTreeSet<Origin>) -> Ahead {
        let cases = Cases { known: known.clone(), ..self.cases.clone() };
        let (seed, shard, before) = (self.seed, self.shard, Arc::clone(&self.reached));
        let is_unwanted = Arc::new(AtomicBool::new(false));
        let abandoned = Arc::clone(&is_unwanted);
        let drawn = tokio::task::spawn_blocking(move || {
            let mut reached = Search::clone(&before);
            let mut ours = Vec::new();
            for number in numbers {
                if abandoned.load(Ordering::Relaxed) {
                    return None;
                }
                let case = cases.case(seed, number, &mut reached);
                ours.extend(is_of(shard, number).then_some((number, case)));
            }
            Some(Drawn { cases: ours, reached })
        });
        Ahead { known: known.clone(), drawn, is_unwanted }
    }
}

/// Whether what has this number is of a shard.
pub(super) fn is_of((part, parts): (u64, u64), number: u64) -> bool {
    number % parts == part - 1
}

/// Returns the round once it is drawn.
async fn finished(mut ahead: Ahead) -> Option<Drawn> {
    match (&mut ahead.drawn).await {
        Ok(drawn) => drawn,
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::Assumptions;
    use bellwether_model::judge::Difference;
    use bellwether_model::rules::visibility;

    use super::*;
    use crate::explore::{Generator, Tuning};
    use crate::run::Role;

    fn cases() -> Cases {
        Cases {
            steps: 8,
            assumptions: Assumptions::default(),
            capabilities: Capabilities::all(),
            known: BTreeSet::new(),
            generator: Generator::Guided,
            tuning: Tuning::default(),
        }
    }

    fn known() -> BTreeSet<Origin> {
        BTreeSet::from([Origin {
            rule: visibility::GONE_ONCE_DELETED.name,
            difference: Difference::Leak,
            operation: "DescribeSubnets",
            role: Role::Owner,
            field: None,
        }])
    }

    /// The cases of all rounds, of which those from `found` on begin with an origin known, as they are
    /// drawn ahead or one round after the other.
    async fn drawn(found: usize, is_ahead: bool) -> Vec<Vec<Case>> {
        let reached = Arc::new(Search::default());
        let mut rounds = Rounds::of(cases(), 5, 3 * ROUND - 1, (1, 1), reached);
        let mut all = Vec::new();
        loop {
            let known = if all.len() < found { BTreeSet::new() } else { known() };
            let Some(round) = rounds.next(&known).await else { return all };
            all.push(round.into_iter().map(|(_, case)| case).collect());
            if !is_ahead {
                rounds.ahead = None;
            }
        }
    }

    #[tokio::test]
    async fn a_round_drawn_ahead_is_the_round_drawn_in_its_turn() {
        let ahead = drawn(usize::MAX, true).await;
        let lengths: Vec<usize> = ahead.iter().map(Vec::len).collect();
        assert_eq!(lengths, [16, 16, 15]);
        assert_eq!(ahead, drawn(usize::MAX, false).await);
    }

    #[tokio::test]
    async fn a_round_is_drawn_once_more_when_an_origin_became_known() {
        let ahead = drawn(1, true).await;
        assert_eq!(ahead, drawn(1, false).await);
        assert_eq!(ahead[0], drawn(usize::MAX, false).await[0]);
    }

    #[tokio::test]
    async fn a_shard_has_every_nth_case() {
        let all: Vec<Case> = drawn(usize::MAX, false).await.concat();
        let mut parts = Vec::new();
        for part in [1, 2] {
            let reached = Arc::new(Search::default());
            let mut rounds = Rounds::of(cases(), 5, 8, (part, 2), reached);
            parts.push(rounds.next(&BTreeSet::new()).await.unwrap());
        }
        let part =
            |part: usize| (0..8_u64).zip(all[..8].iter().cloned()).skip(part).step_by(2).collect();
        let expected: [Vec<(u64, Case)>; 2] = [part(0), part(1)];
        assert_eq!(parts, expected);
    }
}
