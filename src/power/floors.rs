//! What the figures are held to.

use std::str::FromStr;

use thiserror::Error;

use super::Power;

/// The figures that the harness is held to, over all mutants.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Floors {
    /// Of a hundred mutants, at least so many are found.
    pub found_percent: f64,
    /// The median of the requests to find a mutant, over all mutants, is at most this.
    pub requests_median: f64,
    /// The baseline needs at least so many times as many requests.
    pub times_the_baseline: f64,
    /// Of a hundred counterexamples, at least so many have the known minimum of steps.
    pub at_minimum_percent: f64,
    /// Of a hundred counterexamples, at most so many are longer by more than a step.
    pub longer_percent: f64,
    /// The median of the requests to shrink a counterexample is at most this.
    pub shrink_requests_median: f64,
}

/// What is aimed at with all mutants.
pub const FLOORS: Floors = Floors {
    found_percent: 98.0,
    requests_median: 400.0,
    times_the_baseline: 5.0,
    at_minimum_percent: 95.0,
    longer_percent: 0.0,
    shrink_requests_median: 200.0,
};

/// What is wrong with floors that were given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{given:?} is not a valid floor; write floors as `found=98,requests=400,baseline=5,minimal=95,longer=0,shrink=200`, those that differ from these"
)]
pub struct FloorsError {
    given: String,
}

/// As `found=90,requests=700`: the others are those of [`FLOORS`].
impl FromStr for Floors {
    type Err = FloorsError;

    fn from_str(text: &str) -> Result<Self, FloorsError> {
        let mut floors = FLOORS;
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let bad = || FloorsError { given: part.to_owned() };
            let (name, value) = part.split_once('=').ok_or_else(bad)?;
            let floor = match name {
                "found" => &mut floors.found_percent,
                "requests" => &mut floors.requests_median,
                "baseline" => &mut floors.times_the_baseline,
                "minimal" => &mut floors.at_minimum_percent,
                "longer" => &mut floors.longer_percent,
                "shrink" => &mut floors.shrink_requests_median,
                _ => return Err(bad()),
            };
            let value: f64 = value.parse().map_err(|_| bad())?;
            *floor = if value.is_finite() && value >= 0.0 { value } else { return Err(bad()) };
        }
        Ok(floors)
    }
}

impl Floors {
    /// The figures that are below them, each in a sentence.
    #[must_use]
    pub fn below(&self, power: &Power) -> Vec<String> {
        let it = &power.figures;
        let mut below = Vec::new();
        let mut hold = |holds: bool, sentence: String| {
            if !holds {
                below.push(sentence);
            }
        };
        hold(
            it.found_percent >= self.found_percent,
            format!("{} of {} mutants were found", it.found, it.mutants),
        );
        hold(
            it.requests_median <= self.requests_median,
            format!("a mutant takes {} requests to find", it.requests_median),
        );
        hold(
            it.at_minimum_percent >= self.at_minimum_percent,
            format!("{:.1}% of the counterexamples are minimal", it.at_minimum_percent),
        );
        hold(
            it.longer_percent <= self.longer_percent,
            format!(
                "{:.1}% of the counterexamples are longer by more than a step",
                it.longer_percent
            ),
        );
        hold(
            it.shrink_requests_median <= self.shrink_requests_median,
            format!("a counterexample takes {} requests to shrink", it.shrink_requests_median),
        );
        hold(
            power.false_alarms_per_1000 == 0.0,
            format!("{:.1} of 1,000 sequences are false alarms", power.false_alarms_per_1000),
        );
        for control in &power.controls {
            hold(
                control.verdict != "conforms" && control.says.is_some(),
                format!("{} is {}", control.name, control.verdict),
            );
        }
        if let Some(baseline) = &power.baseline {
            hold(
                baseline.times_the_requests >= self.times_the_baseline,
                format!("the baseline takes {:.1} times the requests", baseline.times_the_requests),
            );
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use super::{FLOORS, Floors};

    #[test]
    fn floors_that_are_not_given_are_those_that_are_aimed_at() {
        let floors: Floors = "found=90, requests=700".parse().expect("these are floors");
        assert_eq!(floors, Floors { found_percent: 90.0, requests_median: 700.0, ..FLOORS });
    }

    #[test]
    fn what_is_no_floor_is_refused_with_what_was_given() {
        for given in ["found", "found=", "found=-1", "found=NaN", "fund=1"] {
            let error = given.parse::<Floors>().expect_err(given);
            assert!(error.to_string().contains(given), "{error}");
        }
    }
}
