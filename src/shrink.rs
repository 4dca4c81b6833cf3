//! Makes a failing case as short as it can be, keeping its origin.
//!
//! First by the model: only the steps that what diverges depends on. Then by delta debugging on
//! the steps, then on their parameters. A candidate is sent only if the model owes what the origin
//! is about, so most candidates cost no request.

mod moves;
mod plainly;

use std::collections::BTreeSet;

use bellwether_model::judge::Difference;
use bellwether_model::operations::Service;
use bellwether_model::{Account, Answer, Assumptions, Name, World, rules};

use moves::{inside_organization, insider, left_to_one, merged, simpler, without_resource};
pub use plainly::shrink_plainly;

use crate::explore::{Case, connected, fewest};
use crate::run::{Finding, Look, Looking, Manner, Origin, play, play_again};
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
    /// What else the shrunk case shows when everything is looked at.
    pub beside: Vec<Finding>,
}

/// Plays a case again for a finding, looking at nothing else; says whether it showed, or nothing where
/// the play came to nothing, and how many requests it took.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shows_again(
    target: &Target,
    manner: &Manner,
    case: &Case,
    finding: &Finding,
    turn: u64,
) -> Result<(Option<bool>, u64), TargetError> {
    let looking = match &finding.look {
        Some(look) => Looking::Once(Box::new(look.clone())),
        None => Looking::Nowhere,
    };
    let manner = Manner { looking, ..manner.clone() };
    let played = play_again(target, case.shape, &case.steps, &manner, turn).await?;
    let mut findings = played.findings.iter().chain(&played.unreadable);
    let shows = findings.any(|shown| shown.origin == finding.origin);
    let proves = shows || played.inconclusive.is_none();
    Ok((proves.then_some(shows), played.requests))
}

/// How often a finding is tried again that did not show when it was shrunk.
pub const FLAKY_TRIES: u32 = 5;

/// In how many of [`FLAKY_TRIES`] plays a whole case shows an origin again, and how many requests
/// they took.
///
/// # Errors
///
/// The target went out of reach.
pub async fn times_shown(
    target: &Target,
    manner: &Manner,
    case: &Case,
    origin: &Origin,
) -> Result<(u32, u64), TargetError> {
    let (mut seen, mut requests) = (0, 0);
    for turn in 1..=u64::from(FLAKY_TRIES) {
        let played = play_again(target, case.shape, &case.steps, manner, turn).await?;
        requests += played.requests;
        let mut findings = played.findings.iter().chain(&played.unreadable);
        seen += u32::from(findings.any(|finding| finding.origin == *origin));
    }
    Ok((seen, requests))
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
    let (whole, finding) = &up_to(case, finding);
    let mut shrinking = Shrinking {
        target,
        manner,
        best: whole.clone(),
        finding: finding.clone(),
        requests: 0,
        budget,
        tried: BTreeSet::new(),
    };
    let sliced = slice(whole, finding);
    let reproduced = shrinking.attempt(sliced).await? || shrinking.attempt(whole.clone()).await?;
    let mut beside = Vec::new();
    if reproduced {
        loop {
            let before = shrinking.best.clone();
            shrinking.drop_steps().await?;
            shrinking.leave_to_one().await?;
            shrinking.move_inside().await?;
            shrinking.merge().await?;
            shrinking.share_nothing().await?;
            shrinking.simplify().await?;
            if shrinking.best == before || shrinking.best.steps.len() < 2 {
                break;
            }
        }
        shrinking.only_read().await?;
        beside = shrinking.look_around().await?;
    }
    let Shrinking { best, finding, requests, .. } = shrinking;
    Ok(Shrunk { case: best, finding, requests, reproduced, beside })
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
    /// Plays a candidate; keeps it as the best if it shows the same origin, or a refusal of the same
    /// operation with the same code, by whichever rule that calls for another answer.
    async fn attempt(&mut self, candidate: Case) -> Result<bool, TargetError> {
        let Finding { origin, divergence, .. } = self.finding.clone();
        let will_do = |shown: &Finding| {
            let refused = origin.difference == Difference::WronglyRefused
                && shown.divergence.observed == divergence.observed
                && is_as_firm(&shown.origin, &origin);
            let as_before = Origin { rule: origin.rule, ..shown.origin.clone() };
            shown.origin == origin || (refused && as_before == origin)
        };
        self.attempt_as(candidate, &will_do).await
    }

    /// Plays a candidate; keeps it as the best if it shows an origin that will do.
    async fn attempt_as(
        &mut self,
        candidate: Case,
        will_do: &(dyn Fn(&Finding) -> bool + Sync),
    ) -> Result<bool, TargetError> {
        let candidate = Case { shape: candidate.shape, steps: connected(candidate.steps) };
        if self.requests >= self.budget
            || !self.tried.insert(format!("{candidate:?} {:?}", self.finding.look))
            || !is_owed(&candidate, &self.finding, self.manner.assumptions)
        {
            return Ok(false);
        }
        let looking = match &self.finding.look {
            Some(look) => Looking::Once(Box::new(look.clone())),
            None => Looking::Nowhere,
        };
        let manner = Manner { looking, ..self.manner.clone() };
        let played = play(self.target, candidate.shape, &candidate.steps, &manner).await?;
        self.requests += played.requests;
        let mut findings = played.findings.into_iter().chain(played.unreadable);
        let Some(finding) = findings.find(|finding| will_do(finding)) else {
            return Ok(false);
        };
        let upto = (finding.step + 1).min(candidate.steps.len());
        self.best = Case { shape: candidate.shape, steps: candidate.steps[..upto].to_vec() };
        self.finding = finding;
        Ok(true)
    }

    /// Plays a candidate; keeps it where it shows the same difference by the same rule, whatever part
    /// the caller plays, and whichever call does what was done before.
    async fn attempt_alike(&mut self, candidate: Case) -> Result<bool, TargetError> {
        let Origin { rule, difference, .. } = self.finding.origin;
        let will_do =
            |shown: &Finding| shown.origin.rule == rule && shown.origin.difference == difference;
        self.attempt_as(candidate, &will_do).await
    }

    /// Plays the best as a case is played: what else it shows.
    async fn look_around(&mut self) -> Result<Vec<Finding>, TargetError> {
        let Case { shape, steps } = &self.best;
        let played = play(self.target, *shape, steps, self.manner).await?;
        self.requests += played.requests;
        let mut findings = played.findings;
        findings.retain(|it| it.origin != self.finding.origin);
        Ok(findings)
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

    /// Moves what a share is given later into the call that makes it.
    async fn merge(&mut self) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps.len() {
            let shape = self.best.shape;
            let kept = match merged(&self.best.steps, place) {
                Some(steps) => self.attempt_alike(Case { shape, steps }).await?,
                None => false,
            };
            if !kept {
                place += 1;
            }
        }
        Ok(())
    }

    /// Tries the case inside an organization that RAM shares with, where it needs no acceptances.
    async fn move_inside(&mut self) -> Result<(), TargetError> {
        let possible = self.manner.capabilities.shapes();
        for outside in [Account::CONSUMER, Account::OUTSIDER] {
            let Some(case) = inside_organization(&self.best, outside) else { continue };
            if !possible.contains(&case.shape) {
                continue;
            }
            let look = self.finding.look.clone();
            if let Some(look) = &mut self.finding.look {
                look.account = insider(look.account, outside);
            }
            if self.attempt_alike(case).await? {
                return Ok(());
            }
            self.finding.look = look;
        }
        Ok(())
    }

    /// Gives to shares a principal in place of what has to be made first.
    async fn share_nothing(&mut self) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps.len() {
            let kept = match without_resource(&self.best, place) {
                Some(case) => self.attempt_alike(case).await?,
                None => false,
            };
            if !kept {
                place += 1;
            }
        }
        Ok(())
    }

    /// Lets one account do what two did with a thing that is shared for it, where the part that it then
    /// plays shows the same.
    async fn leave_to_one(&mut self) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps.len() {
            let shape = self.best.shape;
            let mut kept = false;
            for steps in left_to_one(&self.best.steps, place) {
                kept = self.attempt_alike(Case { shape, steps }).await?;
                if kept {
                    break;
                }
            }
            if !kept {
                place += 1;
            }
        }
        Ok(())
    }

    /// Leaves nothing but the read that shows it, where that needs no steps.
    async fn only_read(&mut self) -> Result<(), TargetError> {
        let Some(Look { account, call }) = self.finding.look.clone() else { return Ok(()) };
        if self.best.steps.len() != 1 {
            return Ok(());
        }
        let look = self.finding.look.take();
        let read = Step { actor: account, call, made: None, refused_with: Vec::new() };
        let case = Case { shape: self.best.shape, steps: vec![read] };
        if !self.attempt(case).await? {
            self.finding.look = look;
        }
        Ok(())
    }

    /// Leaves out parameters, and items of lists, one at a time; at last those of the read that shows it.
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
        self.simplify_look().await
    }

    /// Leaves out parameters of the read that shows it, so that it becomes one that every play makes.
    async fn simplify_look(&mut self) -> Result<(), TargetError> {
        while let Some(look) = self.finding.look.clone() {
            let mut simplified = false;
            for call in simpler(&look.call) {
                self.finding.look = Some(Look { account: look.account, call });
                simplified = self.attempt(self.best.clone()).await?;
                if simplified {
                    break;
                }
                self.finding.look = Some(look.clone());
            }
            if !simplified {
                break;
            }
        }
        Ok(())
    }
}

/// The case up to where it showed a finding, and the finding as that shows it.
fn up_to(case: &Case, finding: &Finding) -> (Case, Finding) {
    let upto = (finding.step + 1).min(case.steps.len());
    let mut case = Case { shape: case.shape, steps: case.steps[..upto].to_vec() };
    let finding = as_look(&mut case, finding);
    (case, finding)
}

/// A finding that a read among the steps showed, as one that a look shows: the read is no step any
/// more.
fn as_look(case: &mut Case, finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    let listed = [Difference::Leak, Difference::Lost, Difference::WrongField];
    if finding.look.is_none()
        && listed.contains(&finding.origin.difference)
        && case.steps.len() > 1
        && let Some(read) = case.steps.pop_if(|step| !step.call.writes())
    {
        finding.look = Some(Look { account: read.actor, call: read.call });
        finding.step = case.steps.len() - 1;
    }
    finding
}

/// Whether a rule is one that AWS is known to keep to as surely as another.
fn is_as_firm(one: &Origin, other: &Origin) -> bool {
    let evidence = |origin: &Origin| rules::find(origin.rule).map(|rule| rule.evidence);
    evidence(one) >= evidence(other)
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
            let is_share = step.call.service() == Service::Ram;
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

/// How many steps it takes at the least, by the model, to owe what a finding is about.
#[must_use]
pub fn least_steps(case: &Case, finding: &Finding, assumptions: Assumptions) -> usize {
    let (case, finding) = &up_to(case, finding);
    let Case { shape, steps } = slice(case, finding);
    let owed =
        |steps: &[Step]| is_owed(&Case { shape, steps: steps.to_vec() }, finding, assumptions);
    fewest(steps, owed).len()
}

/// Whether the model owes, at the end of a candidate, what the finding's origin is about.
fn is_owed(candidate: &Case, finding: &Finding, assumptions: Assumptions) -> bool {
    let origin = &finding.origin;
    let mut world = World::new(candidate.shape).assuming(assumptions);
    let mut owed_by_a_step = false;
    for (place, step) in candidate.steps.iter().enumerate() {
        let name = step.made_name(place);
        let answer = step.call.transition(&mut world, step.actor, &name);
        if let Answer::Open(open) = &answer
            && open.granted
        {
            step.call.adopt(&mut world, step.actor, &name, open.rules[0]);
        }
        let refused = origin.difference == Difference::WronglyRefused
            && matches!(answer, Answer::Granted(_))
            && step.call.operation() == origin.operation;
        owed_by_a_step |= refused || cites(&answer, origin);
    }
    let Some(Look { account, call }) = &finding.look else {
        return owed_by_a_step;
    };
    cites(&call.transition(&mut world, *account, &Name::new("")), origin)
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
                    | Difference::WrongField => false,
                    Difference::Late | Difference::Flap => true,
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
