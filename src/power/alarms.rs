//! False alarms: what is said of the unmutated target, in each weather.

use std::sync::Arc;

use futures::StreamExt as _;
use serde::Serialize;

use super::{Options, Way, cases, manner, per_thousand, text_of};
use crate::explore::Case;
use crate::reference::{Settling, Weather};
use crate::run::{Finding, Manner, play};
use crate::shrink::{FLAKY_TRIES, times_shown};
use crate::suites;
use crate::target::{Target, TargetError};

/// How the unmutated target is unwell.
#[derive(Debug)]
struct Condition {
    name: &'static str,
    settling: &'static str,
    weather: &'static str,
}

/// Everything that false alarms are looked for in.
static CONDITIONS: &[Condition] = &[
    Condition { name: "fair", settling: "", weather: "" },
    Condition { name: "breeze", settling: "", weather: "breeze" },
    Condition { name: "rain", settling: "", weather: "rain" },
    Condition { name: "storm", settling: "", weather: "storm" },
    Condition {
        name: "settling",
        settling: "association=0.4..3s,invitation=0.2..2s,share=0..1s,thing=0..1s,visibility=0..2s",
        weather: "",
    },
];

/// What was said of the unmutated target in one weather.
#[derive(Clone, Debug, Serialize)]
pub struct Alarms {
    /// The weather, or `settling`.
    pub weather: &'static str,
    /// How many sequences were played.
    pub sequences: u64,
    /// How many of them show a divergence each time, as what `check` reports.
    pub alarms: u64,
    /// How many of a thousand that is.
    pub per_1000: f64,
    /// How many others show one, and not each time: what `check` lists as flaky.
    pub unconfirmed: u64,
}

/// Looks for false alarms in each weather, the sequences split over them.
pub(super) async fn false_alarms(
    options: &Options,
    told: &dyn Fn(&str),
) -> Result<Vec<Alarms>, TargetError> {
    let cases = cases(Way::Favouring);
    let mut reached = suites::knowing(&cases);
    let mut all = Vec::new();
    let parts = CONDITIONS.len() as u64;
    for (part, condition) in (0..).zip(CONDITIONS) {
        let numbers = (0..options.sequences).filter(|number| number % parts == part);
        let drawn: Vec<Case> =
            numbers.map(|number| cases.case(options.seed, number, &mut reached)).collect();
        all.push(in_weather(condition, drawn, options.jobs, told).await?);
    }
    Ok(all)
}

async fn in_weather(
    condition: &'static Condition,
    drawn: Vec<Case>,
    jobs: usize,
    told: &dyn Fn(&str),
) -> Result<Alarms, TargetError> {
    let target = Arc::new(target(condition));
    let manner = Arc::new(manner(Way::Favouring));
    let sequences = drawn.len() as u64;
    let mut plays = futures::stream::iter(drawn.into_iter().map(|case| {
        let (target, manner) = (Arc::clone(&target), Arc::clone(&manner));
        tokio::spawn(async move {
            let shown = shown(&target, &manner, &case).await?;
            Ok::<_, TargetError>((case, shown))
        })
    }))
    .buffered(jobs);
    let (mut alarms, mut unconfirmed) = (0, 0);
    while let Some(played) = plays.next().await {
        let (case, shown) = match played {
            Ok(played) => played?,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        };
        let Some((finding, seen)) = shown else { continue };
        let what = if seen == FLAKY_TRIES {
            alarms += 1;
            "a false alarm"
        } else {
            unconfirmed += 1;
            "not seen each time"
        };
        told(&format!(
            "{}: {what}: {} by {}\n{}",
            condition.name,
            finding.origin.rule,
            finding.origin.operation,
            text_of(&case)
        ));
    }
    let per_1000 = per_thousand(alarms, sequences);
    Ok(Alarms { weather: condition.name, sequences, alarms, per_1000, unconfirmed })
}

/// The unmutated target in a weather.
fn target(condition: &Condition) -> Target {
    let settling: Settling = condition.settling.parse().unwrap_or_default();
    let weather: Weather = condition.weather.parse().unwrap_or_default();
    Target::unwell(None, settling, weather)
}

/// What a sequence shows first, if anything, and in how many of [`FLAKY_TRIES`] plays it shows that again.
async fn shown(
    target: &Target,
    manner: &Manner,
    case: &Case,
) -> Result<Option<(Finding, u32)>, TargetError> {
    let played = play(target, case.shape, &case.steps, manner).await?;
    let Some(finding) = played.findings.into_iter().next() else { return Ok(None) };
    let (seen, _) = times_shown(target, manner, case, &finding.origin).await?;
    Ok(Some((finding, seen)))
}

#[cfg(test)]
mod tests {
    use super::{CONDITIONS, Settling, Weather};

    #[test]
    fn each_weather_is_one() {
        for condition in CONDITIONS {
            assert!(condition.settling.parse::<Settling>().is_ok(), "{}", condition.name);
            assert!(condition.weather.parse::<Weather>().is_ok(), "{}", condition.name);
        }
    }
}
