//! Makes a failing case as short as it can be, keeping its origin.
//!
//! First by the model: only the steps that what diverges depends on. Then by delta debugging on
//! the steps, then on their parameters. A candidate is sent only if the model expects what the origin
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
    maker_repeated, managed, merged, naming_nothing, paged_and_whole, read_of_principals,
    repeated_and_alone, simpler, simplified_at, with_one_alike, without_principal,
    without_resource, without_resource_inside,
};
pub use plainly::shrink_plainly;

use crate::explore::{Case, connected, fewest};
use crate::run::{
    Finding, Origin, PlayOptions, ReadPolicy, ViewRead, play, play_again, view_reads_of,
};
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
    options: &PlayOptions,
    case: &Case,
    finding: &Finding,
    turn: u64,
) -> Result<(Option<bool>, u64), TargetError> {
    let options = PlayOptions { reads: policy_for(finding, false), ..options.clone() };
    let played = play_again(target, case.shape, &case.steps, &options, turn).await?;
    let mut findings = played.findings.iter().chain(&played.unreadable);
    let shows = findings.any(|shown| shown.origin == finding.origin);
    let proves = shows || played.inconclusive.is_none();
    Ok((proves.then_some(shows), played.requests))
}

/// How many requests the shrinking of one divergence may take: many take a hundred, some that depend
/// on what the model knows nothing of take thousands.
pub const SHRINK_REQUESTS: u64 = 3_000;

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
    options: &PlayOptions,
    case: &Case,
    origin: &Origin,
) -> Result<(u32, u64), TargetError> {
    let (mut seen, mut requests) = (0, 0);
    for turn in 1..=u64::from(FLAKY_TRIES) {
        let played = play_again(target, case.shape, &case.steps, options, turn).await?;
        requests += played.requests;
        let mut findings = played.findings.iter().chain(&played.unreadable);
        seen += u32::from(findings.any(|finding| finding.origin == *origin));
    }
    Ok((seen, requests))
}

/// Shrinks a case that showed a finding, within a budget of requests. Of the cases that are known to
/// come to a rule, the shortest are tried as well.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shrink(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    finding: &Finding,
    known: impl Fn(&'static str) -> Vec<Case>,
    budget: u64,
) -> Result<Shrunk, TargetError> {
    let as_found = (case, finding);
    let (whole, finding) = &up_to(case, finding);
    let mut shrinking = Shrinking {
        target,
        options,
        best: whole.clone(),
        finding: finding.clone(),
        requests: 0,
        budget,
        tried: BTreeSet::new(),
        watching: true,
    };
    let sliced = slice(whole, finding);
    let reproduced = shrinking.attempt(sliced, Showing::TheSame).await?
        || shrinking.attempt(whole.clone(), Showing::TheSame).await?;
    shrinking.watching = false;
    if !reproduced {
        let (case, finding) = (as_found.0.clone(), as_found.1.clone());
        let requests = shrinking.requests;
        return Ok(Shrunk { case, finding, requests, reproduced, beside: Vec::new() });
    }
    shrinking.take_least().await?;
    let mut known_of = None;
    loop {
        let before = shrinking.best.clone();
        let rule = shrinking.finding.origin.rule;
        if known_of.replace(rule) != Some(rule) {
            shrinking.take_known(&known(rule)).await?;
        }
        shrinking.drop_steps().await?;
        for others in [left_to_one, left_to_all, with_one_alike] {
            shrinking.at_each_step(others, Showing::Alike).await?;
        }
        shrinking.move_elsewhere().await?;
        let moves =
            [merged, maker_repeated, managed, naming_nothing, without_principal, simplified_at];
        for others in moves {
            shrinking.at_each_step(others, Showing::Alike).await?;
        }
        shrinking.share_nothing().await?;
        shrinking.simplify_read().await?;
        if shrinking.best == before || shrinking.best.steps.len() < 2 {
            break;
        }
    }
    shrinking.read_as_another().await?;
    shrinking.only_read().await?;
    shrinking.only_how().await?;
    let beside = shrinking.find_others().await?;
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
    options: &'a PlayOptions,
    best: Case,
    finding: Finding,
    requests: u64,
    budget: u64,
    tried: BTreeSet<String>,
    /// Whether to watch what a view read shows, however the finding says that it differs: it may be shown
    /// by turns.
    watching: bool,
}

impl Shrunk {
    /// The case with the read that shows the finding as its last step, where that is none of the
    /// looks that every play makes.
    #[must_use]
    pub fn with_read(&self, assumptions: Assumptions) -> Case {
        let mut case = self.case.clone();
        let Some(ViewRead { account, call }) = self.finding.view_read.clone() else { return case };
        let world = after(&case, assumptions);
        if !view_reads_of(&world, account).iter().any(|view_read| view_read.call == call) {
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
            || !self.tried.insert(format!("{candidate:?} {:?}", self.finding.view_read))
            || !self.may_show(&candidate, showing)
        {
            return Ok(false);
        }
        let reads = policy_for(&self.finding, self.watching);
        let options = PlayOptions { reads, ..self.options.clone() };
        let played = play(self.target, candidate.shape, &candidate.steps, &options).await?;
        self.requests += played.requests;
        let findings = played.findings.into_iter().chain(played.unreadable);
        let mut shown = findings.filter(|finding| self.will_do(finding, showing));
        let Some(first) = shown.next() else { return Ok(false) };
        let by_turns = shown.find(|finding| is_about_time(finding.origin.difference));
        let finding = by_turns.unwrap_or(first);
        (self.best, self.finding) = up_to(&candidate, &finding);
        Ok(true)
    }

    /// Whether a candidate could show what it has to, by the model. Which call is refused in place of
    /// another, the model does not say.
    fn may_show(&self, candidate: &Case, showing: Showing) -> bool {
        let refused = self.finding.origin.difference == Difference::WronglyRefused;
        let row = self.finding.divergence.key.as_ref();
        (refused && showing == Showing::Alike)
            || is_expected(candidate, &self.finding, self.options.assumptions)
            || (showing == Showing::Alike && row.is_some_and(|row| self.expects(candidate, row)))
    }

    /// Whether the read that shows the finding expects a row, or its absence, after a candidate.
    fn expects(&self, candidate: &Case, row: &Key) -> bool {
        let Some(ViewRead { account, call }) = &self.finding.view_read else { return false };
        let mut world = after(candidate, self.options.assumptions);
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
        let difference = shown.origin.difference == origin.difference
            || is_about_time(origin.difference)
            || (self.watching && is_about_time(shown.origin.difference));
        let refused = origin.difference == Difference::WronglyRefused
            && code(&shown.divergence.observed) == code(&divergence.observed)
            && is_as_firm(&shown.origin, origin);
        let same_row = divergence.key.is_some()
            && shown.divergence.key == divergence.key
            && shown.view_read == self.finding.view_read
            && is_as_firm(&shown.origin, origin);
        let by_rule =
            shown.origin.rule == origin.rule || refused || (same_row && showing == Showing::Alike);
        let by_call =
            shown.origin.operation == origin.operation && shown.origin.role == origin.role;
        difference && by_rule && (by_call || showing == Showing::Alike)
    }

    /// Plays the best as a case is played: what else it shows. A last step whose answer shows the
    /// finding is left out, since it may cover what was wrong before; of a long case each beginning is
    /// played, until one shows something.
    async fn find_others(&mut self) -> Result<Vec<Finding>, TargetError> {
        let Case { shape, steps } = self.best.clone();
        let by_answer = usize::from(self.finding.view_read.is_none());
        let whole = steps.len().saturating_sub(by_answer);
        let first = if steps.len() >= LONG { 1 } else { whole };
        for end in (first..=whole).filter(|end| *end > 0) {
            if self.requests >= self.budget {
                break;
            }
            let played = play(self.target, shape, &steps[..end], self.options).await?;
            self.requests += played.requests;
            let mut findings = played.findings;
            findings.retain(|it| it.origin != self.finding.origin);
            if !findings.is_empty() {
                return Ok(findings);
            }
        }
        Ok(Vec::new())
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
        let view_read = self.finding.view_read.clone();
        if let Some(of_principals) = view_read.as_ref().and_then(read_of_principals) {
            let before = self.best.clone();
            self.finding.view_read = Some(of_principals);
            self.at_each_step(without_resource, Showing::Alike).await?;
            self.at_each_step(without_resource_inside, Showing::Alike).await?;
            if self.best == before {
                self.finding.view_read = view_read;
            }
        }
        Ok(())
    }

    /// Tries as little as the model needs to expect the same; where that is too little, as it needs to let
    /// who looks see before what it must not see any more.
    async fn take_least(&mut self) -> Result<(), TargetError> {
        let assumptions = self.options.assumptions;
        let finding = self.finding.clone();
        let expected = |case: &Case| is_expected(case, &finding, assumptions);
        let was_seen = |case: &Case| expected(case) && was_seen(case, &finding, assumptions);
        let ways: [&(dyn Fn(&Case) -> bool + Sync); 2] = [&expected, &was_seen];
        for holds in ways {
            if !holds(&self.best) {
                continue;
            }
            let needed = needed(&self.best, holds);
            let least = least(needed.clone(), holds);
            for fewer in [least, needed] {
                if fewer != self.best && self.attempt(fewer, Showing::TheSame).await? {
                    return Ok(());
                }
            }
        }
        let effective = effective(&self.best, assumptions);
        self.attempt(effective, Showing::TheSame).await?;
        Ok(())
    }

    /// Tries the shortest cases that are known to come to the rule, as far as they expect the same to a
    /// look, or in the answer to a step.
    async fn take_known(&mut self, known: &[Case]) -> Result<(), TargetError> {
        let possible = self.options.capabilities.shapes();
        let known = known.iter().filter(|case| possible.contains(&case.shape)).take(KNOWN);
        let view_read = self.finding.view_read.clone();
        let most = self.requests + KNOWN_REQUESTS;
        for case in known {
            let mut view_reads = reads_by_others(case.shape, view_read.as_ref());
            view_reads.extend(view_read.is_some().then_some(None));
            for view_read in view_reads {
                self.finding.view_read = view_read;
                let expected =
                    |case: &Case| is_expected(case, &self.finding, self.options.assumptions);
                for case in [needed(case, expected), case.clone()] {
                    if self.requests < most
                        && (1..self.best.steps.len()).contains(&case.steps.len())
                        && self.attempt(case, Showing::Alike).await?
                    {
                        return Ok(());
                    }
                }
            }
        }
        self.finding.view_read = view_read;
        Ok(())
    }

    /// Leaves the read that shows it to another account, where that expects the same after fewer steps.
    async fn read_as_another(&mut self) -> Result<(), TargetError> {
        let view_read = self.finding.view_read.clone();
        for other in reads_by_others(self.best.shape, view_read.as_ref()).into_iter().skip(1) {
            self.finding.view_read = other;
            let expected = |case: &Case| is_expected(case, &self.finding, self.options.assumptions);
            let needed = needed(&self.best, expected);
            if (1..self.best.steps.len()).contains(&needed.steps.len())
                && self.attempt(needed, Showing::Alike).await?
            {
                return Ok(());
            }
        }
        self.finding.view_read = view_read;
        Ok(())
    }

    /// Tries the case in other worlds: inside an organization that RAM shares with, where it needs no
    /// acceptances, and in organizations that begin as the case needs them.
    async fn move_elsewhere(&mut self) -> Result<(), TargetError> {
        let possible = self.options.capabilities.shapes();
        let best = self.best.clone();
        let ways = INSIDERS.iter().flat_map(|insiders| {
            inside_organization(&best, insiders).into_iter().map(move |case| (*insiders, case))
        });
        for (insiders, case) in ways.filter(|(_, case)| possible.contains(&case.shape)) {
            let view_read = self.finding.view_read.clone();
            if let Some(view_read) = &mut self.finding.view_read {
                view_read.account = insider(view_read.account, insiders);
            }
            if self.attempt(case, Showing::Alike).await? {
                break;
            }
            self.finding.view_read = view_read;
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
        let Some(ViewRead { account, call }) = self.finding.view_read.clone() else {
            return Ok(());
        };
        if self.best.steps.len() != 1 {
            return Ok(());
        }
        let view_read = self.finding.view_read.take();
        let read = Step { actor: account, call, made: None, refused_with: Vec::new() };
        let case = Case { shape: self.best.shape, steps: vec![read] };
        if !self.attempt(case, Showing::TheSame).await? {
            self.finding.view_read = view_read;
        }
        Ok(())
    }

    /// Leaves nothing but pages of a list that needs no steps, or a call that needs none repeated by its
    /// token, where it is in that alone that these show the like.
    async fn only_how(&mut self) -> Result<(), TargetError> {
        if self.requests >= self.budget {
            return Ok(());
        }
        let view_read = self.finding.view_read.as_ref();
        let pages = view_read.and_then(|view_read| paged_and_whole(&self.best, view_read));
        let difference = self.finding.origin.difference;
        let ways = [(pages, Some(difference)), (repeated_and_alone(&self.best), None)];
        for (way, difference) in ways {
            let Some((with, without)) = way else { continue };
            let shown = self.shown_by(&with).await?;
            let like = |it: &&Finding| difference.is_none_or(|it_is| it.origin.difference == it_is);
            let Some(like) = shown.iter().find(like) else { continue };
            if self.shown_by(&without).await?.is_empty() {
                (self.best, self.finding) = up_to(&with, like);
                break;
            }
        }
        Ok(())
    }

    /// What a case shows without a view read.
    async fn shown_by(&mut self, case: &Case) -> Result<Vec<Finding>, TargetError> {
        let options = PlayOptions { reads: ReadPolicy::Never, ..self.options.clone() };
        let played = play(self.target, case.shape, &case.steps, &options).await?;
        self.requests += played.requests;
        Ok(played.findings)
    }

    /// Leaves out parameters of the read that shows it, so that it becomes one that every play makes.
    async fn simplify_read(&mut self) -> Result<(), TargetError> {
        while let Some(view_read) = self.finding.view_read.clone() {
            let mut simplified = false;
            for call in simpler(&view_read.call) {
                self.finding.view_read = Some(ViewRead { account: view_read.account, call });
                simplified = self.attempt(self.best.clone(), Showing::TheSame).await?;
                if simplified {
                    break;
                }
                self.finding.view_read = Some(view_read.clone());
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

/// A case of so many steps is long: few are, once they are shrunk.
const LONG: usize = 4;

/// How many known cases are considered.
const KNOWN: usize = 24;
/// How many requests the tries of known cases may take.
const KNOWN_REQUESTS: u64 = 40;

/// A look as each account of a world may make it, who made it first; once nothing where there is none.
fn reads_by_others(shape: Shape, view_read: Option<&ViewRead>) -> Vec<Option<ViewRead>> {
    let Some(view_read) = view_read else { return vec![None] };
    let others = shape.actors().iter().filter(|account| **account != view_read.account);
    let by = |account: &Account| Some(ViewRead { account: *account, call: view_read.call.clone() });
    [Some(view_read.clone())].into_iter().chain(others.map(by)).collect()
}

/// The case up to where it showed a finding, as far as the target took it, and the finding as that
/// shows it.
fn up_to(case: &Case, finding: &Finding) -> (Case, Finding) {
    let upto = (finding.step + 1).min(case.steps.len());
    let was_taken =
        |place: &usize| *place == finding.step || !finding.wrongly_refused_steps.contains(place);
    let steps = (0..upto).filter(was_taken).map(|place| case.steps[place].clone()).collect();
    let mut case = Case { shape: case.shape, steps };
    let mut finding = Finding { wrongly_refused_steps: Vec::new(), ..finding.clone() };
    as_view_read(&mut case, &mut finding);
    finding.step = case.steps.len().saturating_sub(1);
    (case, finding)
}

/// Makes a finding that a read among the steps showed one that a view read shows: the read is no step any
/// more.
fn as_view_read(case: &mut Case, finding: &mut Finding) {
    let listed = [Difference::Leak, Difference::Lost, Difference::WrongField];
    let difference = finding.origin.difference;
    if finding.view_read.is_none()
        && (listed.contains(&difference) || is_about_time(difference))
        && case.steps.len() > 1
        && let Some(read) = case.steps.pop_if(|step| !step.call.writes())
    {
        finding.view_read = Some(ViewRead { account: read.actor, call: read.call });
    }
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
    if finding.view_read.is_none()
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
        let is_last = finding.view_read.is_none() && *place == last;
        let organization = step.call.service() == Service::Organizations
            || (names.is_empty() && step.made.is_none() && step.call.writes());
        let made = step.made.as_ref().is_some_and(|name| relevant.contains(name));
        let touches = names.iter().any(|name| relevant.contains(*name)) && step.call.writes();
        is_last || organization || made || touches
    });
    Case { shape: case.shape, steps: steps.map(|(_, step)| step.clone()).collect() }
}

/// How many steps it takes at the least, by the model, to expect what a finding is about.
#[must_use]
pub fn least_steps(case: &Case, finding: &Finding, assumptions: Assumptions) -> usize {
    let (case, finding) = &up_to(case, finding);
    let expected = |case: &Case| is_expected(case, finding, assumptions);
    least(needed(&slice(case, finding), expected), expected).steps.len()
}

/// A case that has no step that this holds without, with as little in its calls as it takes for that.
fn least(mut least: Case, holds: impl Fn(&Case) -> bool) -> Case {
    let mut place = 0;
    while place < least.steps.len() {
        let shape = least.shape;
        let simpler = simplified_at(&least, place).into_iter();
        let mut simpler = simpler.map(|it| Case { shape, steps: connected(it.steps) });
        match simpler.find(&holds) {
            Some(simpler) => least = needed(&simpler, &holds),
            None => place += 1,
        }
    }
    least
}

/// The case with no step that this holds without.
fn needed(case: &Case, holds: impl Fn(&Case) -> bool) -> Case {
    let Case { shape, steps } = case.clone();
    let steps = fewest(steps, |steps| holds(&Case { shape, steps: steps.to_vec() }));
    Case { shape, steps }
}

/// The case without the steps that change nothing, by the model; the last one stays.
fn effective(case: &Case, assumptions: Assumptions) -> Case {
    let mut world = World::new(case.shape).assuming(assumptions);
    let last = case.steps.len().saturating_sub(1);
    let changes = |(place, step): (usize, &Step)| {
        let before = world.clone();
        take(&mut world, place, step);
        (place == last || before != world).then(|| step.clone())
    };
    let steps = case.steps.iter().enumerate().filter_map(changes).collect();
    Case { shape: case.shape, steps }
}

/// Whether what must not be seen at the end of a candidate had to be seen before, in the same read.
fn was_seen(candidate: &Case, finding: &Finding, assumptions: Assumptions) -> bool {
    let (Difference::Leak, Some(ViewRead { account, call }), Some(key)) =
        (finding.origin.difference, &finding.view_read, &finding.divergence.key)
    else {
        return false;
    };
    let mut world = World::new(candidate.shape).assuming(assumptions);
    candidate.steps.iter().enumerate().any(|(place, step)| {
        take(&mut world, place, step);
        let answer = call.transition(&mut world, *account, &Name::new(""));
        let Answer::Granted(reply) = answer else { return false };
        reply.rows.iter().any(|row| row.present && row.key == *key)
    })
}

/// How to look for a finding, and for nothing else. What is watched may be shown by turns.
fn policy_for(finding: &Finding, watching: bool) -> ReadPolicy {
    match &finding.view_read {
        Some(view_read) if watching || is_about_time(finding.origin.difference) => {
            ReadPolicy::PollFinalRead(Box::new(view_read.clone()))
        }
        Some(view_read) => ReadPolicy::FinalRead(Box::new(view_read.clone())),
        None => ReadPolicy::Never,
    }
}

/// The expected world after a case.
fn after(case: &Case, assumptions: Assumptions) -> World {
    let mut world = World::new(case.shape).assuming(assumptions);
    for (place, step) in case.steps.iter().enumerate() {
        take(&mut world, place, step);
    }
    world
}

/// Moves a world on by a step of a case; the answer that is expected.
fn take(world: &mut World, place: usize, step: &Step) -> Answer {
    step.call.assume(world, step.actor, &step.made_name(place))
}

/// Whether the model expects, at the end of a candidate, what the finding's origin is about.
fn is_expected(candidate: &Case, finding: &Finding, assumptions: Assumptions) -> bool {
    let origin = &finding.origin;
    let mut world = World::new(candidate.shape).assuming(assumptions);
    let mut expected_by_a_step = false;
    for (place, step) in candidate.steps.iter().enumerate() {
        let answer = take(&mut world, place, step);
        let refused = origin.difference == Difference::WronglyRefused
            && matches!(answer, Answer::Granted(_))
            && step.call.operation() == origin.operation;
        expected_by_a_step |= refused || cites(&answer, origin);
    }
    let Some(ViewRead { account, call }) = &finding.view_read else {
        return expected_by_a_step;
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

#[cfg(test)]
mod tests {
    use bellwether_model::Assumptions;

    use super::*;
    use crate::capabilities::Capabilities;
    use crate::reference::mutants;
    use crate::scenario::{Item, Scenario};

    /// The first divergence that a mutant shows in a scenario, shrunk.
    async fn shrunk(mutant: &str, text: &str) -> Shrunk {
        shrunk_as(mutant, text, |_| {}).await
    }

    /// The same, as if that had been another one.
    async fn shrunk_as(mutant: &str, text: &str, other: impl FnOnce(&mut Finding)) -> Shrunk {
        let mutant = mutants::all().map(|(_, it)| it).find(|it| it.name == mutant).unwrap();
        let target = Target::reference(Some(mutant));
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let case = Case { shape: scenario.shape, steps: scenario.steps().cloned().collect() };
        let options = PlayOptions {
            assumptions: Assumptions::default(),
            reads: ReadPolicy::AfterEachStep,
            capabilities: Capabilities::all(),
        };
        let played = play(&target, case.shape, &case.steps, &options).await.unwrap();
        let mut first = played.findings.into_iter().next().expect("it shows");
        other(&mut first);
        shrink(&target, &options, &case, &first, |_| Vec::new(), 2_000).await.unwrap()
    }

    fn text(case: Case) -> String {
        let items = case.steps.into_iter().map(Item::Step).collect();
        Scenario { shape: case.shape, assumptions: Assumptions::default(), items }.to_string()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_shown_by_turns_is_watched_until_that_shows() {
        let scenario = "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed
owner    ListResourceTypes
";
        let seen_once = |it: &mut Finding| it.origin.difference = Difference::WrongField;
        let shrunk = shrunk_as("renaming-flaps", scenario, seen_once).await;
        assert!(is_about_time(shrunk.finding.origin.difference), "{:?}", shrunk.finding);
        let expected = "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed
";
        assert_eq!(text(shrunk.case), expected);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_target_did_not_take_is_left_out() {
        let scenario = "world organization sharing=off

member   CreateResourceShare principals=sibling -> share
sibling  RejectResourceShareInvitation invitation:share/sibling
member   GetResourceShareAssociations associationType=PRINCIPAL
";
        let shrunk = shrunk("members-uninvited-while-sharing-is-off", scenario).await;
        assert!(shrunk.reproduced);
        let expected = "world organization sharing=off

member   CreateResourceShare principals=sibling -> share
";
        assert_eq!(text(shrunk.case), expected);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_sees_what_is_gone_had_to_see_it_before() {
        let scenario = "world organization sharing=on

management InviteAccountToOrganization Target=outsider -> handshake
owner      CreateManagedPrefixList -> list
owner      CreateTransitGateway -> gateway
owner      CreateResourceShare resourceArns=gateway,list principals=outsider -> share
outsider   AcceptResourceShareInvitation invitation:share/outsider
owner      GetResourceShares resourceShareStatus=ACTIVE
owner      DeleteManagedPrefixList PrefixListId=list
owner      DescribeTransitGateways
";
        let shrunk = shrunk("deleted-but-listed", scenario).await;
        let expected = "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    DeleteManagedPrefixList PrefixListId=list
";
        assert_eq!(text(shrunk.case), expected);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_wrong_in_all_pages_shows_in_those_of_a_list_that_needs_no_steps() {
        let scenario = "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    CreateResourceShare -> share3
owner    GetResourceShares maxResults=2
";
        for mutant in ["pages-lose-a-row", "pages-too-large"] {
            let shrunk = shrunk(mutant, scenario).await;
            let expected = "world standalone\n\nowner    ListResourceTypes maxResults=2\n";
            assert_eq!(text(shrunk.case), expected, "{mutant}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_an_answer_shows_covers_nothing_that_was_wrong_before() {
        let scenario = "world standalone

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=consumer -> share
consumer RejectResourceShareInvitation invitation:share/consumer
consumer DescribeCapacityReservations CapacityReservationIds=reservation
";
        let shrunk = shrunk("rejection-accepts", scenario).await;
        let leaks = shrunk.beside.iter().filter(|it| it.origin.difference == Difference::Leak);
        assert_eq!(shrunk.finding.origin.difference, Difference::WronglyGranted);
        assert!(leaks.count() > 0, "{:?}", shrunk.beside);
    }
}
