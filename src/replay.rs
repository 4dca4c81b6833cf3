//! Plays a scenario as it is written: each step is judged, each claim is held against the target.

use std::collections::BTreeMap;

use bellwether_model::judge::Observation;
use serde::Serialize;

use crate::run::{Finding, PlayOptions, Player, are_observed};
use crate::scenario::{Item, Parsed, ReplyClaim, Scenario};
use crate::target::{Target, TargetError};
use crate::wire::trace::described;

/// The outcome of a scenario.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Its steps and claims, in order.
    pub lines: Vec<Line>,
    /// The divergences, each with the line after which it showed.
    pub findings: Vec<(usize, Finding)>,
    /// Writes that took effect and whose answers were lost: divergences if they always are.
    pub suspects: Vec<(usize, Finding)>,
    /// The reason that it is inconclusive from some step on, if so.
    pub inconclusive: Option<String>,
    /// Whether every step was sent and answered, and every claim could be observed.
    pub is_whole: bool,
    /// The requests that it took.
    pub requests: u64,
}

/// A step or claim, and its result.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// As the file says it.
    pub text: String,
    /// The observation: `granted`, `refused, CODE`, `holds`, `does not hold` and so on.
    pub outcome: String,
    /// Whether that is as it has to be; `None` if it can't be judged.
    pub conforms: Option<bool>,
}

impl Replayed {
    /// Whether a firm divergence showed, or a claim does not hold.
    #[must_use]
    pub fn fails(&self, strict: bool) -> bool {
        let firm = |finding: &Finding| strict || finding.divergence.rule.evidence.is_firm();
        self.findings.iter().any(|(_, finding)| firm(finding))
            || self.lines.iter().any(Line::is_claim_not_held)
    }
}

impl Line {
    /// Whether it is a claim that does not hold on the target.
    #[must_use]
    pub fn is_claim_not_held(&self) -> bool {
        self.text.starts_with('?') && self.conforms == Some(false)
    }
}

/// Plays a scenario against fresh accounts of a target. What the scenario takes for granted is,
/// besides what is taken for granted of the target.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn replay(
    target: &Target,
    parsed: &Parsed,
    options: &PlayOptions,
) -> Result<Replayed, TargetError> {
    let Scenario { shape, assumptions, .. } = parsed.scenario;
    let assumptions = target.assumptions.and(assumptions);
    let mut player = Player::begin(target, shape, assumptions, options, 0).await?;
    let mut lines = Vec::new();
    let mut places = Vec::new();
    let (mut missing, mut is_whole) = (None, true);
    let mut replies = BTreeMap::new();
    for (line, item) in parsed.lined() {
        let text = item.to_string();
        let (outcome, conforms) = match item {
            Item::Comment(_) => continue,
            Item::Step(step) => {
                let before = player.findings();
                let observation = player.step(places.len(), step).await;
                places.push(line);
                let lacks = matches!(observation, Some(Observation::Unimplemented(_)));
                is_whole &= observation.as_ref().is_some_and(is_answer);
                if lacks {
                    missing.get_or_insert(step.call.operation());
                }
                let conforms = (!lacks).then_some(player.findings() == before);
                let outcome = outcome(observation.as_ref());
                replies.extend(step.label.as_ref().zip(observation));
                (outcome, conforms)
            }
            Item::Claim(claim) => held(player.claim(claim).await),
            Item::Reply(claim) => held(is_replied(claim, replies.get(&claim.step))),
        };
        is_whole &= conforms.is_some();
        lines.push(Line { line, text, outcome, conforms });
    }
    let ended = player.end(places.len()).await;
    let with_line = |finding: Finding| {
        let line = places.get(finding.step).copied().unwrap_or_default();
        (line, finding)
    };
    let findings = ended.findings.into_iter().map(with_line);
    Ok(Replayed {
        lines,
        findings: findings.collect(),
        suspects: ended.suspects.into_iter().map(with_line).collect(),
        inconclusive: ended.inconclusive.or_else(|| missing.map(not_implemented)),
        is_whole,
        requests: ended.requests,
    })
}

/// Whether an observation is an answer to the call itself.
fn is_answer(observation: &Observation) -> bool {
    match observation {
        Observation::Granted(_) | Observation::Refused { .. } | Observation::Malformed(_) => true,
        Observation::Indeterminate(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_) => false,
    }
}

/// The plays, after the first, in which a write has to lose its answer before that is taken for a divergence.
pub const LOST_AGAIN: u64 = 3;

/// Plays a scenario as [`replay`] does. A write that loses its answer is played again, and is a divergence if it
/// does so each time.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn replay_proving(
    target: &Target,
    parsed: &Parsed,
    options: &PlayOptions,
) -> Result<Replayed, TargetError> {
    let mut replayed = replay(target, parsed, options).await?;
    for _ in 0..LOST_AGAIN {
        if replayed.suspects.is_empty() {
            break;
        }
        let again = replay(target, parsed, options).await?;
        replayed.requests += again.requests;
        let is_shown = |suspect: &Finding| {
            again.suspects.iter().any(|(_, it)| it.origin() == suspect.origin())
        };
        replayed.suspects.retain(|(_, suspect)| is_shown(suspect));
    }
    replayed.findings.append(&mut replayed.suspects);
    Ok(replayed)
}

/// The outcome of a claim.
fn held(holds: Option<bool>) -> (String, Option<bool>) {
    let outcome = match holds {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "can't be observed",
    };
    (outcome.to_owned(), holds)
}

/// Whether the reply to a step has the claimed fields; `None` if there was no answer.
fn is_replied(claim: &ReplyClaim, observation: Option<&Observation>) -> Option<bool> {
    match observation? {
        Observation::Granted(observed) => Some(are_observed(&claim.fields, &observed.fields)),
        Observation::Refused { .. } => Some(false),
        Observation::Malformed(_)
        | Observation::Indeterminate(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_) => None,
    }
}

fn not_implemented(operation: &str) -> String {
    format!("the target does not implement {operation}, so that what rests on it is not judged")
}

/// An observation in a few words.
fn outcome(observation: Option<&Observation>) -> String {
    observation.map_or_else(|| "not sent: it names what was never made".to_owned(), described)
}
