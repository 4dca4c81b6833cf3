//! The cost of the harness against an endpoint: `cargo bench --bench endpoint`.
//!
//! Cases are played as `check` plays them, several at a time; then what the plays sent is sent
//! again by a bare loop, as many cases at a time, that neither judges the answers nor keeps a
//! model. The harness is to reach at least 95% of the loop's requests a second where the endpoint
//! is a server that does some work.
//!
//! `BELLWETHER_ENDPOINT` says where it is, `BELLWETHER_ACCOUNTS` how it tells accounts apart (as
//! `--accounts` does), `BELLWETHER_CASES` how many cases are played, `BELLWETHER_JOBS` how many at
//! a time, and `BELLWETHER_ROUNDS` how often both are timed, by turns.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use bellwether::config::Config;
use bellwether::probe::probe;
use bellwether::target::{AccountScheme, Target, TargetError};
use bellwether::targets::{Chosen, choose};
use futures::{StreamExt as _, TryStreamExt as _};

mod bare;
use bare::Recorded;

/// The number of steps that a case has at most: the default of `check`.
const STEPS: usize = 50;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(endpoint) = variable("BELLWETHER_ENDPOINT") else {
        anstream::println!("endpoint: nothing to measure; BELLWETHER_ENDPOINT is not set");
        return Ok(());
    };
    let accounts = variable("BELLWETHER_ACCOUNTS");
    let accounts = accounts.map(|accounts| accounts.parse::<AccountScheme>()).transpose()?;
    let bound = Some(bellwether::target::Bound::ZERO);
    let chosen = Chosen { endpoint: Some(endpoint), accounts, bound, ..Chosen::default() };
    let target = Arc::new(choose(&chosen, &Config::default()).await?);
    let [cases, jobs, rounds] = [
        number("BELLWETHER_CASES", 30)?,
        number("BELLWETHER_JOBS", 4)?,
        number("BELLWETHER_ROUNDS", 5)?,
    ];

    let (capabilities, _) = probe(&target).await?;
    let options = Arc::new(bare::options(&capabilities));
    let mut recorded = Vec::new();
    for case in bare::cases(&capabilities, 1, cases as u64, STEPS) {
        recorded.push(Arc::new(Recorded::of(&target, case, &options).await?.0));
    }
    let mut ratios = Vec::new();
    for round in 1..=rounds {
        let played = rate(&target, &recorded, jobs, |target, case| {
            let options = Arc::clone(&options);
            async move { case.play(&target, &options).await }
        });
        let played = played.await?;
        let sent =
            |target: Arc<Target>, case: Arc<Recorded>| async move { case.send(&target).await };
        let sent = rate(&target, &recorded, jobs, sent).await?;
        anstream::println!("round {round}: played {played:.0}, bare loop {sent:.0} requests/s");
        ratios.push(played / sent);
    }
    ratios.sort_by(f64::total_cmp);
    anstream::println!(
        "endpoint: {cases} cases, {jobs} at a time: the plays have {:.1}% of the bare loop's \
         requests a second (median of {rounds})",
        100.0 * ratios[rounds / 2],
    );
    Ok(())
}

/// The requests a second of doing the same with all cases, several at a time.
async fn rate<F>(
    target: &Arc<Target>,
    cases: &[Arc<Recorded>],
    jobs: usize,
    each: impl Fn(Arc<Target>, Arc<Recorded>) -> F,
) -> Result<f64, Box<dyn Error>>
where
    F: Future<Output = Result<u64, TargetError>> + Send + 'static,
{
    let begun = Instant::now();
    let each = cases.iter().map(|case| tokio::spawn(each(Arc::clone(target), Arc::clone(case))));
    let requests: Vec<Result<u64, TargetError>> =
        futures::stream::iter(each).buffered(jobs).try_collect().await?;
    let requests: u64 = requests.into_iter().sum::<Result<u64, TargetError>>()?;
    #[expect(clippy::cast_precision_loss, reason = "a run sends far fewer than 2^53 requests")]
    Ok(requests as f64 / begun.elapsed().as_secs_f64())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn number(name: &str, otherwise: usize) -> Result<usize, String> {
    let Some(text) = variable(name) else { return Ok(otherwise) };
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{name} is {text:?}; expected a positive number"))
}
