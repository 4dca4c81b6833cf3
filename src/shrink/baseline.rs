//! Shrinking as a library does that knows nothing of the model: what ours is measured against.

use std::collections::BTreeMap;

use super::Shrunk;
use super::moves::simplified_at;
use crate::run::{Finding, PlayOptions, play};
use crate::scenario::{Case, Step};
use crate::target::{Target, TargetError};

/// Shrinks a case by leaving out one step after the other, from the last to the first, and then
/// one parameter after the other. Every candidate is played with all its view reads.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shrink_baseline(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    finding: &Finding,
    budget: u64,
) -> Result<Shrunk, TargetError> {
    let upto = (finding.step + 1).min(case.steps().len());
    let prefix = case.with_connected(case.steps()[..upto].to_vec());
    let best = prefix.unwrap_or_else(|_| case.clone());
    let finding = finding.clone();
    let mut shrinking = Shrinking { target, options, best, finding, requests: 0, budget };
    for place in (0..upto).rev() {
        let mut steps = shrinking.best.steps().to_vec();
        if place < steps.len() {
            steps.remove(place);
            shrinking.attempt(steps).await?;
        }
    }
    let mut place = 0;
    while place < shrinking.best.steps().len() {
        let mut simplified = false;
        for candidate in simplified_at(&shrinking.best, place) {
            simplified = shrinking.attempt(candidate.into_steps()).await?;
            if simplified {
                break;
            }
        }
        if !simplified {
            place += 1;
        }
    }
    let Shrinking { best, finding, requests, .. } = shrinking;
    Ok(Shrunk {
        case: best,
        finding,
        requests,
        reproduced: true,
        was_patient: true,
        other_findings: Vec::new(),
        passes: BTreeMap::new(),
    })
}

struct Shrinking<'a> {
    target: &'a Target,
    options: &'a PlayOptions,
    best: Case,
    finding: Finding,
    requests: u64,
    budget: u64,
}

impl Shrinking<'_> {
    /// Plays a candidate; keeps it as the best if it shows the same origin.
    async fn attempt(&mut self, steps: Vec<Step>) -> Result<bool, TargetError> {
        let Ok(candidate) = self.best.with_connected(steps) else { return Ok(false) };
        if candidate.steps().is_empty() || self.requests >= self.budget {
            return Ok(false);
        }
        let played = play(self.target, &candidate, self.options).await?;
        self.requests += played.requests;
        let mut findings = played.findings.into_iter();
        let Some(again) = findings.find(|it| it.origin() == self.finding.origin()) else {
            return Ok(false);
        };
        self.best = candidate;
        self.finding = again;
        Ok(true)
    }
}
