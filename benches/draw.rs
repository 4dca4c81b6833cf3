//! The speed of drawing cases, and of a run in this process: `cargo bench --profile dev --bench draw`.
//!
//! The cases of seed 1 are drawn on one core, in several rounds; then `check` draws and plays them
//! against the reference in this process, as often. Each figure is the median of the rounds. The digest
//! is that of the cases as they print: a change that is to make drawing faster keeps it.

use std::collections::BTreeSet;
use std::error::Error;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bellwether::capabilities::Capabilities;
use bellwether::check::{Options, check};
use bellwether::event::Silence;
use bellwether::explore::{Cases, Generator, STEPS, Tuning};
use bellwether::suites;
use bellwether::target::Target;
use bellwether_model::Assumptions;
use rustc_hash::FxHasher;

const SEED: u64 = 1;
/// The number of cases of a round.
const CASES: u64 = 48;
/// The number of rounds of each measurement.
const ROUNDS: usize = 5;

/// The cases of a round, drawn.
struct Drawn {
    steps: usize,
    digest: u64,
    took: Duration,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cases = Cases {
        steps: STEPS,
        assumptions: Assumptions::default(),
        capabilities: Capabilities::all(),
        known: BTreeSet::new(),
        generator: Generator::Guided,
        tuning: Tuning::default(),
    };
    let rounds: Vec<Drawn> = (0..ROUNDS).map(|_| draw(&cases)).collect();
    let Drawn { steps, digest, .. } = rounds[0];
    assert!(rounds.iter().all(|it| it.digest == digest), "the same seed draws the same cases");
    let seconds = median(rounds.iter().map(|it| it.took.as_secs_f64()));
    #[expect(clippy::cast_precision_loss, reason = "the figures are small")]
    let (drawn, taken) = (CASES as f64 / seconds, steps as f64 / seconds);
    anstream::println!("draw: {drawn:.1} cases/s, {taken:.0} steps/s, digest {digest:016x}");

    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        rates.push(requests_a_second().await?);
    }
    anstream::println!("check: {:.0} requests/s in process", median(rates.into_iter()));
    Ok(())
}

fn draw(cases: &Cases) -> Drawn {
    let mut search = suites::seeded_search(cases);
    let begun = Instant::now();
    let drawn: Vec<_> = (0..CASES).map(|number| cases.case(SEED, number, &mut search)).collect();
    let took = begun.elapsed();
    let mut hasher = FxHasher::default();
    for case in &drawn {
        case.scenario().to_string().hash(&mut hasher);
    }
    let steps = drawn.iter().map(|case| case.steps().len()).sum();
    Drawn { steps, digest: hasher.finish(), took }
}

/// Runs `check` without suites against the reference, and returns its rate.
async fn requests_a_second() -> Result<f64, Box<dyn Error>> {
    let options = Options {
        seed: SEED,
        cases: CASES,
        jobs: std::thread::available_parallelism()?.get(),
        ..Options::default()
    };
    let outcome = check(&Arc::new(Target::reference(None)), &options, &Silence).await?;
    #[expect(clippy::cast_precision_loss, reason = "the figures are small")]
    let requests = outcome.requests as f64;
    Ok(requests / outcome.elapsed.as_secs_f64())
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
