//! The rate of a divergence that shows in some plays of a case only.

use serde::{Deserialize, Serialize};

use crate::run::{Finding, Origin, PlayOptions, ReadPolicy, play_again};
use crate::scenario::Case;
use crate::shrink::{FLAKY_TRIES, is_about_time};
use crate::target::{Target, TargetError};

/// The plays that have to show a divergence before it is one.
const SEEN_MIN: u32 = 3;

/// The plays after which a rate is known, if enough of them showed the divergence.
const TRIES: u32 = 30;

/// The plays after which a divergence that none of them showed is given up: one that shows in one play of
/// twenty gets that far twice in a thousand times.
const TRIES_IN_VAIN: u32 = 120;

/// The most plays that count: fewer than [`SEEN_MIN`] of them show such a one less than once in ten thousand times.
const TRIES_MAX: u32 = 300;

/// The most plays, those that transient faults met among them.
const PLAYS_MAX: u64 = 600;

/// The quantile of the normal distribution that 19 of 20 intervals are made by.
const QUANTILE: f64 = 1.96;

/// The rate of a divergence, by plays in fresh accounts that no transient fault met.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rate {
    /// The number of plays that showed it.
    pub seen: u32,
    /// The number of plays.
    pub tries: u32,
    /// The lower end of the interval that holds the true rate in 19 of 20 runs.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Rate {
    /// The rate by these counts, with the interval of Wilson.
    #[must_use]
    pub fn of(seen: u32, tries: u32) -> Self {
        let (count, square) = (f64::from(tries.max(1)), QUANTILE * QUANTILE);
        let share = f64::from(seen) / count;
        let middle = share + square / (2.0 * count);
        let half = (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        let end = |end: f64| (end / (1.0 + square / count)).clamp(0.0, 1.0);
        let (low, high) = (end(middle - QUANTILE * half), end(middle + QUANTILE * half));
        Self { seen, tries, low, high }
    }
}

/// The rate as a report prints it.
impl std::fmt::Display for Rate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seen, tries, low, high } = self;
        let (low, high) = (low * 100.0, high * 100.0);
        write!(formatter, "{seen} of {tries} plays ({low:.0}% to {high:.0}%)")
    }
}

/// Plays a case again and again, with the one read that shows a finding; returns the rate at which it shows
/// it, and the requests that took. `None` if too few plays without transient faults showed it, or if it took
/// more than this number of requests.
///
/// # Errors
///
/// The target went out of reach.
pub async fn measure(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    finding: &Finding,
    requests_max: u64,
) -> Result<(Option<Rate>, u64), TargetError> {
    let reads = match &finding.view_read {
        Some(view_read) => ReadPolicy::FinalRead(Box::new(view_read.clone())),
        None => ReadPolicy::Never,
    };
    let options = PlayOptions { reads, ..options.clone() };
    let (mut seen, mut tries, mut requests) = (0, 0, 0);
    for attempt in 1..=PLAYS_MAX {
        let is_known = tries >= TRIES && seen >= SEEN_MIN;
        let is_in_vain = tries >= TRIES_IN_VAIN && seen == 0;
        if is_known || is_in_vain || tries == TRIES_MAX || requests > requests_max {
            break;
        }
        let played = play_again(target, case, &options, u64::from(FLAKY_TRIES) + attempt).await?;
        requests += played.requests;
        if played.inconclusive.is_some() || !played.tally.faults_met().is_empty() {
            continue;
        }
        tries += 1;
        let origin = finding.origin();
        seen += u32::from(played.findings.iter().any(|it| is_alike(&it.origin(), &origin)));
    }
    Ok(((seen >= SEEN_MIN).then(|| Rate::of(seen, tries)), requests))
}

/// Whether one origin is another one's in a play in which it came at another time: what is missing in one read
/// may be missing in the next one, or not.
fn is_alike(one: &Origin, other: &Origin) -> bool {
    let by_turns = is_about_time(one.difference) || is_about_time(other.difference);
    let same = (one.rule, one.operation, one.role) == (other.rule, other.operation, other.role);
    same && (one.difference == other.difference || by_turns)
}

#[cfg(test)]
mod tests;
