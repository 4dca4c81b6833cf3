//! False alarms: divergences reported of the unmutated target, with each set of injected faults.

use std::sync::Arc;

use futures::StreamExt as _;
use serde::Serialize;

use super::{Generator, Options, cases, options, per_thousand};
use crate::event::{Event, Listener};
use crate::explore::Search;
use crate::reference::{Faults, Planted, Settling};
use crate::report::phrase;
use crate::run::{Finding, play};
use crate::scenario::Case;
use crate::shrink::{FLAKY_TRIES, times_shown};
use crate::target::Target;

/// A set of delays and faults that the unmutated target injects.
#[derive(Debug)]
struct Condition {
    name: &'static str,
    settling: &'static str,
    faults: &'static str,
}

/// The sequences that may show false alarms.
static CONDITIONS: &[Condition] = &[
    Condition { name: "fair", settling: "", faults: "" },
    Condition { name: "breeze", settling: "", faults: "breeze" },
    Condition { name: "rain", settling: "", faults: "rain" },
    Condition { name: "storm", settling: "", faults: "storm" },
    Condition {
        name: "settling",
        settling: "association=0.4..3s,invitation=0.2..2s,share=0..1s,resource=0..1s,visibility=0..2s",
        faults: "",
    },
];

/// The divergences reported of the unmutated target with one set of injected faults.
#[derive(Clone, Debug, Serialize)]
pub struct Alarms {
    /// The name of the preset of faults, `fair` without any, or `settling`.
    pub faults: &'static str,
    /// The number of sequences played.
    pub sequences: u64,
    /// The number of others, which could not be played: injected faults kept their world from being set up.
    pub unplayed: u64,
    /// The sequences that show a divergence each time, as `check` reports.
    pub alarms: u64,
    /// The same, of a thousand.
    pub per_1000: f64,
    /// The others that show one, but not each time: `check` lists them as flaky.
    pub unconfirmed: u64,
}

/// The number of sequences drawn one after the other, each knowing what those before it reached.
const BATCH: usize = 40;
/// The number of these that are drawn like the cases mutants are searched with. The others cost a
/// hundredth of that, and reach points that the search does not aim at.
const FAVOURED: usize = 2;

/// Looks for false alarms in each condition, the sequences split over them.
pub(super) async fn false_alarms(
    options: &Options,
    known: &Arc<Search>,
    listener: &dyn Listener,
) -> Vec<Alarms> {
    let mut all = Vec::new();
    let parts = CONDITIONS.len() as u64;
    for (part, condition) in (0..).zip(CONDITIONS) {
        let numbers = (0..options.sequences).filter(|number| number % parts == part).collect();
        all.push(in_condition(condition, numbers, known, options, listener).await);
    }
    all
}

async fn in_condition(
    condition: &'static Condition,
    numbers: Vec<u64>,
    known: &Arc<Search>,
    options: &Options,
    listener: &dyn Listener,
) -> Alarms {
    let target = Arc::new(target(condition));
    let seed = options.seed;
    let mut batches = futures::stream::iter(numbers.chunks(BATCH).map(|numbers| {
        let (target, known, numbers) = (Arc::clone(&target), Arc::clone(known), numbers.to_vec());
        tokio::spawn(async move { batch(&target, seed, &numbers, &known).await })
    }))
    .buffered(options.jobs);
    let (mut alarms, mut unconfirmed, mut unplayed) = (0, 0, 0);
    while let Some(batch) = batches.next().await {
        let batch = match batch {
            Ok(batch) => batch,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        };
        unplayed += batch.unplayed;
        for (case, finding, seen) in batch.shown {
            let what = if seen == FLAKY_TRIES {
                alarms += 1;
                "a false alarm"
            } else {
                unconfirmed += 1;
                "not seen each time"
            };
            let Finding { divergence, step, .. } = &finding;
            let origin = finding.origin();
            let said = format!(
                "{}: {what}: {} by {} after step {}: expected {}, observed {}\n{}",
                condition.name,
                origin.rule,
                origin.operation,
                step + 1,
                phrase::expected(divergence),
                phrase::observed(divergence),
                case.scenario()
            );
            listener.tell(&Event::Note(&said));
        }
    }
    let sequences = numbers.len() as u64 - unplayed;
    let per_1000 = per_thousand(alarms, sequences);
    Alarms { faults: condition.name, sequences, unplayed, alarms, per_1000, unconfirmed }
}

/// The outcome of some sequences.
#[derive(Default)]
struct Batch {
    /// Those that diverge, each with its first finding and the number of [`FLAKY_TRIES`] plays that show
    /// it again.
    shown: Vec<(Case, Finding, u32)>,
    unplayed: u64,
}

/// Draws and plays some sequences.
async fn batch(target: &Target, seed: u64, numbers: &[u64], known: &Search) -> Batch {
    let options = options(Generator::Guided);
    let mut reached = known.clone();
    let mut batch = Batch::default();
    for (place, number) in numbers.iter().enumerate() {
        let generator = if place < FAVOURED { Generator::Guided } else { Generator::Weighted };
        let case = cases(generator).case(seed, *number, &mut reached);
        let Ok(played) = play(target, &case, &options).await else {
            batch.unplayed += 1;
            continue;
        };
        if let Some(finding) = played.findings.into_iter().next() {
            // Plays that can't be set up again show nothing again.
            let shown = times_shown(target, &options, &case, &finding.origin()).await;
            let times = shown.map_or(0, |(times, _)| times);
            batch.shown.push((case, finding, times));
        }
    }
    batch
}

/// The unmutated target in a condition.
fn target(condition: &Condition) -> Target {
    let settling: Settling = condition.settling.parse().unwrap_or_default();
    let faults: Faults = condition.faults.parse().unwrap_or_default();
    Target::with_faults(Planted::default(), settling, faults)
}

#[cfg(test)]
mod tests {
    use super::{CONDITIONS, Faults, Settling};

    #[test]
    fn the_faults_of_each_condition_are_valid() {
        for condition in CONDITIONS {
            assert!(condition.settling.parse::<Settling>().is_ok(), "{}", condition.name);
            assert!(condition.faults.parse::<Faults>().is_ok(), "{}", condition.name);
        }
    }
}
