//! Makes a failing case as short as it can be, keeping its origin.
//!
//! First by the model: only the steps that what diverges depends on. Then by delta debugging on
//! the steps, then on their parameters. A candidate is sent only if the model owes what the origin
//! is about, so most candidates cost no request.

use std::collections::BTreeSet;

use bellwether_model::judge::Difference;
use bellwether_model::parameters::Arguments;
use bellwether_model::{Answer, Call, Name, World};

use crate::explore::Case;
use crate::run::{Finding, Looking, Look, Manner, Origin, Played, play};
use crate::scenario::Step;
use crate::target::{Target, TargetError};

/// A shrunk case.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The case.
    pub case: Case,
    /// The finding, as the shrunk case shows it.
    pub finding: Finding,
    /// The requests that shrinking took.
    pub requests: u64,
    /// Whether the case showed the finding again when nothing but that was looked at.
    pub reproduced: bool,
}

/// Shrinks a case that showed a finding, within a budget of requests.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shrink(
    target: &Target,
    manner: &Manner,
    case: &Case,
    finding: &Finding,
    budget: u64,
) -> Result<Shrunk, TargetError> {
    let upto = (finding.step + 1).min(case.steps.len());
    let whole = Case { shape: case.shape, steps: case.steps[..upto].to_vec() };
    let mut shrinking = Shrinking {
        target,
        manner,
        best: whole.clone(),
        finding: finding.clone(),
        requests: 0,
        budget,
        tried: BTreeSet::new(),
    };
    let sliced = slice(&whole, finding);
    let reproduced = shrinking.attempt(sliced).await? || shrinking.attempt(whole).await?;
    if reproduced {
        shrinking.drop_steps().await?;
        shrinking.simplify().await?;
        shrinking.drop_steps().await?;
    }
    let Shrinking { best, finding, requests, .. } = shrinking;
    Ok(Shrunk { case: best, finding, requests, reproduced })
}

struct Shrinking<'a> {
    target: &'a Target,
    manner: &'a Manner,
    best: Case,
    finding: Finding,
    requests: u64,
    budget: u64,
    tried: BTreeSet<String>,
}

impl Shrinking<'_> {
    /// Plays a candidate; keeps it as the best if it shows the same origin.
    async fn attempt(&mut self, candidate: Case) -> Result<bool, TargetError> {
        let candidate = Case { shape: candidate.shape, steps: connected(candidate.steps) };
        if self.requests >= self.budget
            || !self.tried.insert(format!("{candidate:?}"))
            || !is_owed(&candidate, &self.finding)
        {
            return Ok(false);
        }
        let looking = match &self.finding.look {
            Some(look) => Looking::Once(look.clone()),
            None => Looking::Nowhere,
        };
        let manner = Manner { looking, capabilities: self.manner.capabilities.clone() };
        let played = play(self.target, candidate.shape, &candidate.steps, &manner).await?;
        self.requests += played.requests;
        let Some(finding) = same_origin(played, &self.finding.origin) else { return Ok(false) };
        let upto = (finding.step + 1).min(candidate.steps.len());
        self.best = Case { shape: candidate.shape, steps: candidate.steps[..upto].to_vec() };
        self.finding = finding;
        Ok(true)
    }

    /// Delta debugging on the steps: halves, quarters and so on, down to single steps.
    async fn drop_steps(&mut self) -> Result<(), TargetError> {
        let mut size = self.best.steps.len().div_ceil(2).max(1);
        loop {
            let mut dropped = false;
            let mut end = self.best.steps.len();
            while end > 0 {
                let start = end.saturating_sub(size);
                let mut steps = self.best.steps.clone();
                let from = start.min(steps.len());
                let to = end.min(steps.len());
                steps.drain(from..to);
                let shape = self.best.shape;
                dropped |= !steps.is_empty() && self.attempt(Case { shape, steps }).await?;
                end = start;
            }
            if size == 1 && !dropped {
                return Ok(());
            }
            if !dropped {
                size = size.div_ceil(2);
            }
            if self.requests >= self.budget {
                return Ok(());
            }
        }
    }

    /// Leaves out parameters, and items of lists, one at a time.
    async fn simplify(&mut self) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps.len() {
            let mut simplified = false;
            for call in simpler(&self.best.steps[place].call) {
                let mut steps = self.best.steps.clone();
                steps[place].call = call;
                let shape = self.best.shape;
                if self.attempt(Case { shape, steps }).await? {
                    simplified = true;
                    break;
                }
            }
            if !simplified {
                place += 1;
            }
        }
        Ok(())
    }
}

fn same_origin(played: Played, origin: &Origin) -> Option<Finding> {
    played.findings.into_iter().find(|finding| finding.origin == *origin)
}

/// Keeps the steps whose names are all made by steps before them.
fn connected(steps: Vec<Step>) -> Vec<Step> {
    let mut made: BTreeSet<Name> = BTreeSet::new();
    let mut kept = Vec::with_capacity(steps.len());
    for step in steps {
        if step.call.names().iter().all(|name| made.contains(*name)) {
            made.extend(step.made.clone());
            kept.push(step);
        }
    }
    kept
}

/// Keeps the steps that what diverges depends on, by the names that they share.
fn slice(case: &Case, finding: &Finding) -> Case {
    let mut relevant: BTreeSet<Name> = BTreeSet::new();
    if let Some(key) = &finding.divergence.key {
        relevant.extend(key.names().into_iter().cloned());
    }
    if finding.look.is_none()
        && let Some(step) = case.steps.last()
    {
        relevant.extend(step.call.names().into_iter().cloned());
        relevant.extend(step.made.clone());
    }
    loop {
        let before = relevant.len();
        for step in &case.steps {
            let names = step.call.names();
            let makes_relevant = step.made.as_ref().is_some_and(|name| relevant.contains(name));
            let is_share = step.call.service() == bellwether_model::operations::Service::Ram;
            let touches = is_share && names.iter().any(|name| relevant.contains(*name));
            if makes_relevant || touches {
                relevant.extend(names.into_iter().cloned());
                relevant.extend(step.made.clone());
            }
        }
        if relevant.len() == before {
            break;
        }
    }
    let last = case.steps.len().saturating_sub(1);
    let steps = case.steps.iter().enumerate().filter(|(place, step)| {
        let names = step.call.names();
        let is_last = finding.look.is_none() && *place == last;
        let organization = names.is_empty() && step.made.is_none() && step.call.writes();
        let made = step.made.as_ref().is_some_and(|name| relevant.contains(name));
        let touches = names.iter().any(|name| relevant.contains(*name)) && step.call.writes();
        is_last || organization || made || touches
    });
    Case { shape: case.shape, steps: steps.map(|(_, step)| step.clone()).collect() }
}

/// Whether the model owes, at the end of a candidate, what the finding's origin is about.
fn is_owed(candidate: &Case, finding: &Finding) -> bool {
    let origin = &finding.origin;
    let mut world = World::new(candidate.shape);
    let mut owed_by_a_step = false;
    for (place, step) in candidate.steps.iter().enumerate() {
        let name = step.made_name(place);
        let answer = step.call.transition(&mut world, step.actor, &name);
        if let Answer::Open(open) = &answer
            && open.granted
        {
            step.call.adopt(&mut world, step.actor, &name, open.rules[0]);
        }
        owed_by_a_step |= step.call.operation() == origin.operation && cites(&answer, origin);
    }
    let Some(Look { account, call }) = &finding.look else { return owed_by_a_step };
    let reply = call.apply(&mut world, *account, &Name::new(""));
    cites(&Answer::Granted(reply), origin)
}

/// Whether an answer cites the rule of an origin in a way that can show its difference.
fn cites(answer: &Answer, origin: &Origin) -> bool {
    match answer {
        Answer::Granted(reply) => {
            let of_row = |row: &bellwether_model::answer::Row| {
                let presence = match origin.difference {
                    Difference::Leak => !row.present,
                    Difference::Lost => row.present,
                    Difference::WronglyGranted
                    | Difference::WronglyRefused
                    | Difference::WrongCode
                    | Difference::WrongField
                    | Difference::Late => false,
                };
                let by_field = row.fields.iter().any(|field| field.rule.name == origin.rule);
                (presence && row.judged && row.rule.name == origin.rule) || by_field
            };
            reply.because.name == origin.rule
                || reply.fields.iter().any(|field| field.rule.name == origin.rule)
                || reply.rows.iter().any(of_row)
        }
        Answer::Refused(refusal) => refusal.rule().name == origin.rule,
        Answer::Open(_) => false,
    }
}

/// Calls like this one with one parameter, or one item of a list, less.
fn simpler(call: &Call) -> Vec<Call> {
    let Arguments { thing, named } = call.write();
    let mut candidates = Vec::new();
    for place in 0..named.len() {
        let mut without = named.clone();
        let (key, values) = without.remove(place);
        candidates.push(without.clone());
        if values.len() > 1 {
            for item in 0..values.len() {
                let mut fewer = values.clone();
                fewer.remove(item);
                let mut named = without.clone();
                named.insert(place, (key.clone(), fewer));
                candidates.push(named);
            }
        }
    }
    let read = |named| Call::read(call.operation(), &Arguments { thing: thing.clone(), named });
    candidates.into_iter().filter_map(|named| read(named)?.ok()).collect()
}
