//! Makes a failing case as short as it can be, keeping its origin.
//!
//! First by the model: only the steps that what diverges depends on. Then by delta debugging on
//! the steps, then on their parameters. A candidate is sent only if the model owes what the origin
//! is about, so most candidates cost no request.

mod moves;
mod plainly;

use std::collections::BTreeSet;

use bellwether_model::answer::Key;
use bellwether_model::judge::Difference;
use bellwether_model::operations::Service;
use bellwether_model::{Account, Answer, Assumptions, Name, Shape, World, rules};

use moves::{
    INSIDERS, begun_otherwise, inside_organization, insider, left_to_all, left_to_one,
    look_of_principals, maker_repeated, managed, merged, naming_nothing, simpler, simplified_at,
    with_one_alike, without_resource, without_resource_inside,
};
pub use plainly::shrink_plainly;

use crate::explore::{Case, connected, fewest};
use crate::run::{Finding, Look, Looking, Manner, Origin, looks_of, play, play_again};
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
    let manner = Manner { looking: looking_for(finding), ..manner.clone() };
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

/// Shrinks a case that showed a finding, within a budget of requests. Of the cases that are known to
/// come to its rule, the shortest are tried as well.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shrink(
    target: &Target,
    manner: &Manner,
    case: &Case,
    finding: &Finding,
    known: &[Case],
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
    let reproduced = shrinking.attempt(sliced, Showing::TheSame).await?
        || shrinking.attempt(whole.clone(), Showing::TheSame).await?;
    let mut beside = Vec::new();
    if reproduced {
        shrinking.take_known(known).await?;
        loop {
            let before = shrinking.best.clone();
            shrinking.drop_steps().await?;
            for others in [left_to_one, left_to_all, with_one_alike] {
                shrinking.at_each_step(others, Showing::Alike).await?;
            }
            shrinking.move_elsewhere().await?;
            for others in [merged, maker_repeated, managed, naming_nothing] {
                shrinking.at_each_step(others, Showing::Alike).await?;
            }
            shrinking.share_nothing().await?;
            shrinking.at_each_step(simplified_at, Showing::TheSame).await?;
            shrinking.simplify_look().await?;
            if shrinking.best == before || shrinking.best.steps.len() < 2 {
                break;
            }
        }
        shrinking.look_from_elsewhere().await?;
        shrinking.only_read().await?;
        beside = shrinking.look_around().await?;
    }
    let Shrinking { best, finding, requests, .. } = shrinking;
    Ok(Shrunk { case: best, finding, requests, reproduced, beside })
}

/// What a candidate has to show.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Showing {
    /// The same origin, or a refusal of the same operation with the same code, by whichever rule
    /// calls for another answer.
    TheSame,
    /// The same difference by the same rule, whatever part the caller plays, and whichever call does
    /// what was done before; or a refusal with the same code; or the same row in the same read, by
    /// whichever rule it has to be there or not.
    Alike,
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

impl Shrunk {
    /// The case with the read that shows the finding as its last step, where that is none of the
    /// looks that every play makes.
    #[must_use]
    pub fn with_read(&self) -> Case {
        let mut case = self.case.clone();
        let Some(Look { account, call }) = self.finding.look.clone() else { return case };
        let world = after(&case, Assumptions::default());
        if !looks_of(&world, account).iter().any(|look| look.call == call) {
            case.steps.push(Step { actor: account, call, made: None, refused_with: Vec::new() });
        }
        case
    }
}

impl Shrinking<'_> {
    /// Plays a candidate; keeps it as the best if it shows what it has to.
    async fn attempt(&mut self, candidate: Case, showing: Showing) -> Result<bool, TargetError> {
        let candidate = Case { shape: candidate.shape, steps: connected(candidate.steps) };
        if self.requests >= self.budget
            || !self.tried.insert(format!("{candidate:?} {:?}", self.finding.look))
            || !self.may_show(&candidate, showing)
        {
            return Ok(false);
        }
        let manner = Manner { looking: looking_for(&self.finding), ..self.manner.clone() };
        let played = play(self.target, candidate.shape, &candidate.steps, &manner).await?;
        self.requests += played.requests;
        let mut findings = played.findings.into_iter().chain(played.unreadable);
        let Some(finding) = findings.find(|finding| self.will_do(finding, showing)) else {
            return Ok(false);
        };
        (self.best, self.finding) = up_to(&candidate, &finding);
        Ok(true)
    }

    /// Whether a candidate could show what it has to, by the model. Which call is refused in place of
    /// another, the model does not say.
    fn may_show(&self, candidate: &Case, showing: Showing) -> bool {
        let refused = self.finding.origin.difference == Difference::WronglyRefused;
        let row = self.finding.divergence.key.as_ref();
        (refused && showing == Showing::Alike)
            || is_owed(candidate, &self.finding, self.manner.assumptions)
            || (showing == Showing::Alike && row.is_some_and(|row| self.owes(candidate, row)))
    }

    /// Whether the read that shows the finding owes a row, or its absence, after a candidate.
    fn owes(&self, candidate: &Case, row: &Key) -> bool {
        let Some(Look { account, call }) = &self.finding.look else { return false };
        let mut world = after(candidate, self.manner.assumptions);
        let answer = call.transition(&mut world, *account, &Name::new(""));
        let Answer::Granted(reply) = answer else { return false };
        let present = match self.finding.origin.difference {
            Difference::Leak => false,
            Difference::Lost => true,
            Difference::WronglyGranted
            | Difference::WronglyRefused
            | Difference::WrongCode
            | Difference::WrongField
            | Difference::Late
            | Difference::Flap => return false,
        };
        reply.rows.iter().any(|it| it.key == *row && it.judged && it.present == present)
    }

    /// Whether what a candidate shows is what it has to.
    fn will_do(&self, shown: &Finding, showing: Showing) -> bool {
        let Finding { origin, divergence, .. } = &self.finding;
        // What is shown by turns may be shown too late, or not at all when it is looked at.
        let difference =
            shown.origin.difference == origin.difference || is_about_time(origin.difference);
        let refused = origin.difference == Difference::WronglyRefused
            && code(&shown.divergence.observed) == code(&divergence.observed)
            && is_as_firm(&shown.origin, origin);
        let same_row = divergence.key.is_some()
            && shown.divergence.key == divergence.key
            && shown.look == self.finding.look
            && is_as_firm(&shown.origin, origin);
        let by_rule =
            shown.origin.rule == origin.rule || refused || (same_row && showing == Showing::Alike);
        let by_call =
            shown.origin.operation == origin.operation && shown.origin.role == origin.role;
        difference && by_rule && (by_call || showing == Showing::Alike)
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
                let candidate = Case { shape, steps };
                let showing = if size == 1 { Showing::Alike } else { Showing::TheSame };
                dropped |= !candidate.steps.is_empty() && self.attempt(candidate, showing).await?;
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

    /// Tries what the case may become at each of its steps, again and again where something does.
    async fn at_each_step(
        &mut self,
        others: fn(&Case, usize) -> Vec<Case>,
        showing: Showing,
    ) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps.len() {
            let mut kept = false;
            for candidate in others(&self.best, place) {
                kept = self.attempt(candidate, showing).await?;
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

    /// Gives to shares a principal in place of what has to be made first.
    async fn share_nothing(&mut self) -> Result<(), TargetError> {
        self.at_each_step(without_resource, Showing::Alike).await?;
        let look = self.finding.look.clone();
        if let Some(of_principals) = look.as_ref().and_then(look_of_principals) {
            let before = self.best.clone();
            self.finding.look = Some(of_principals);
            self.at_each_step(without_resource, Showing::Alike).await?;
            self.at_each_step(without_resource_inside, Showing::Alike).await?;
            if self.best == before {
                self.finding.look = look;
            }
        }
        Ok(())
    }

    /// Tries the shortest cases that are known to come to the rule, as far as they owe the same to a
    /// look, or in the answer to a step.
    async fn take_known(&mut self, known: &[Case]) -> Result<(), TargetError> {
        let possible = self.manner.capabilities.shapes();
        let known = known.iter().filter(|case| possible.contains(&case.shape)).take(KNOWN);
        let look = self.finding.look.clone();
        let most = self.requests + KNOWN_REQUESTS;
        for case in known {
            let mut looks = looks_by_others(case.shape, look.as_ref());
            looks.extend(look.is_some().then_some(None));
            for look in looks {
                self.finding.look = look;
                let needed = needed(case, &self.finding, self.manner.assumptions);
                if self.requests < most
                    && (1..self.best.steps.len()).contains(&needed.steps.len())
                    && is_owed(&needed, &self.finding, self.manner.assumptions)
                    && self.attempt(needed, Showing::Alike).await?
                {
                    return Ok(());
                }
            }
        }
        self.finding.look = look;
        Ok(())
    }

    /// Leaves the read that shows it to another account, where that owes the same after fewer steps.
    async fn look_from_elsewhere(&mut self) -> Result<(), TargetError> {
        let look = self.finding.look.clone();
        for other in looks_by_others(self.best.shape, look.as_ref()).into_iter().skip(1) {
            self.finding.look = other;
            let needed = needed(&self.best, &self.finding, self.manner.assumptions);
            if (1..self.best.steps.len()).contains(&needed.steps.len())
                && self.attempt(needed, Showing::Alike).await?
            {
                return Ok(());
            }
        }
        self.finding.look = look;
        Ok(())
    }

    /// Tries the case in other worlds: inside an organization that RAM shares with, where it needs no
    /// acceptances, and in organizations that begin as the case needs them.
    async fn move_elsewhere(&mut self) -> Result<(), TargetError> {
        let possible = self.manner.capabilities.shapes();
        for insiders in INSIDERS {
            let Some(case) = inside_organization(&self.best, insiders) else { continue };
            if !possible.contains(&case.shape) {
                continue;
            }
            let look = self.finding.look.clone();
            if let Some(look) = &mut self.finding.look {
                look.account = insider(look.account, insiders);
            }
            if self.attempt(case, Showing::Alike).await? {
                break;
            }
            self.finding.look = look;
        }
        for case in begun_otherwise(&self.best) {
            if possible.contains(&case.shape) && self.attempt(case, Showing::Alike).await? {
                break;
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
        if !self.attempt(case, Showing::TheSame).await? {
            self.finding.look = look;
        }
        Ok(())
    }

    /// Leaves out parameters of the read that shows it, so that it becomes one that every play makes.
    async fn simplify_look(&mut self) -> Result<(), TargetError> {
        while let Some(look) = self.finding.look.clone() {
            let mut simplified = false;
            for call in simpler(&look.call) {
                self.finding.look = Some(Look { account: look.account, call });
                simplified = self.attempt(self.best.clone(), Showing::TheSame).await?;
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

/// Whether something was seen, and at the wrong time.
fn is_about_time(difference: Difference) -> bool {
    matches!(difference, Difference::Late | Difference::Flap)
}

/// How many known cases are considered.
const KNOWN: usize = 24;
/// How many requests the tries of known cases may take.
const KNOWN_REQUESTS: u64 = 40;

/// A look as each account of a world may make it, who made it first; once nothing where there is none.
fn looks_by_others(shape: Shape, look: Option<&Look>) -> Vec<Option<Look>> {
    let Some(look) = look else { return vec![None] };
    let others = shape.actors().iter().filter(|account| **account != look.account);
    let by = |account: &Account| Some(Look { account: *account, call: look.call.clone() });
    [Some(look.clone())].into_iter().chain(others.map(by)).collect()
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
    let difference = finding.origin.difference;
    if finding.look.is_none()
        && (listed.contains(&difference) || is_about_time(difference))
        && case.steps.len() > 1
        && let Some(read) = case.steps.pop_if(|step| !step.call.writes())
    {
        finding.look = Some(Look { account: read.actor, call: read.call });
        finding.step = case.steps.len() - 1;
    }
    finding
}

/// The code of a refusal that was observed, without its message.
fn code(observed: &str) -> Option<&str> {
    observed.split(':').next()
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
    let mut least = needed(&slice(case, finding), finding, assumptions);
    let mut place = 0;
    while place < least.steps.len() {
        let shape = least.shape;
        let simpler = simplified_at(&least, place).into_iter();
        let mut simpler = simpler.map(|it| Case { shape, steps: connected(it.steps) });
        match simpler.find(|it| is_owed(it, finding, assumptions)) {
            Some(simpler) => least = needed(&simpler, finding, assumptions),
            None => place += 1,
        }
    }
    least.steps.len()
}

/// The case with no step that it owes what a finding is about without, by the model.
fn needed(case: &Case, finding: &Finding, assumptions: Assumptions) -> Case {
    let Case { shape, steps } = case.clone();
    let owed =
        |steps: &[Step]| is_owed(&Case { shape, steps: steps.to_vec() }, finding, assumptions);
    Case { shape, steps: fewest(steps, owed) }
}

/// How to look for a finding, and for nothing else.
fn looking_for(finding: &Finding) -> Looking {
    match &finding.look {
        Some(look) if is_about_time(finding.origin.difference) => {
            Looking::Watching(Box::new(look.clone()))
        }
        Some(look) => Looking::Once(Box::new(look.clone())),
        None => Looking::Nowhere,
    }
}

/// The world after a case, as it is owed.
fn after(case: &Case, assumptions: Assumptions) -> World {
    let mut world = World::new(case.shape).assuming(assumptions);
    for (place, step) in case.steps.iter().enumerate() {
        take(&mut world, place, step);
    }
    world
}

/// Moves a world on by a step of a case; the answer that is owed.
fn take(world: &mut World, place: usize, step: &Step) -> Answer {
    let name = step.made_name(place);
    let answer = step.call.transition(world, step.actor, &name);
    if let Answer::Open(open) = &answer
        && open.granted
    {
        step.call.adopt(world, step.actor, &name, open.rules[0]);
    }
    answer
}

/// Whether the model owes, at the end of a candidate, what the finding's origin is about.
fn is_owed(candidate: &Case, finding: &Finding, assumptions: Assumptions) -> bool {
    let origin = &finding.origin;
    let mut world = World::new(candidate.shape).assuming(assumptions);
    let mut owed_by_a_step = false;
    for (place, step) in candidate.steps.iter().enumerate() {
        let answer = take(&mut world, place, step);
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
