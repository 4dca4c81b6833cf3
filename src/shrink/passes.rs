//! The passes of shrinking: what each proposes, in which order, and what each has done.
//!
//! A pass is a line in [`PASSES`]. Those of `Stage::First` run once, those of `Stage::Again`
//! in turn until none of them shortens the case, those of `Stage::Last` once more after that.

use bellwether_model::{Account, Region, Shape};
use futures::future::BoxFuture;
use serde::Serialize;

use super::moves::{
    INSIDERS, all_at_home, at_home, aws_permission, dangling_reference, inside_organization,
    insider, merged, other_initial_world, paged_and_whole, read_of_principals, repeated_and_alone,
    reuse_earlier, same_actor, simpler, simplified_at, single_actor, without_principal,
    without_resource, without_resource_inside,
};
use super::slice::{
    effective, is_expected, minimize, required_steps, truncated_to_finding, was_seen,
};
use super::{Match, Shrinking, readable};
use crate::run::{Finding, ReadPolicy, ViewRead};
use crate::scenario::{Case, Step};
use crate::target::TargetError;

/// A rewrite of cases.
pub struct Pass {
    /// Its name in tables and after `power --without`.
    pub name: &'static str,
    /// Its description, in a sentence.
    pub says: &'static str,
    stage: Stage,
    action: Action,
}

/// The counts of a pass in one shrinking, or in many.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PassCounts {
    /// The candidates that were sent.
    pub tried: usize,
    /// The candidates that became the best case.
    pub accepted: usize,
    /// The steps by which those were shorter.
    pub steps_saved: usize,
    /// The requests that were sent.
    pub requests: u64,
}

impl PassCounts {
    /// Adds the counts of other shrinkings.
    pub fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.accepted += other.accepted;
        self.steps_saved += other.steps_saved;
        self.requests += other.requests;
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Stage {
    First,
    Again,
    Last,
}

#[derive(Copy, Clone)]
enum Action {
    /// Candidates for each place of the case, again at a place where one was accepted.
    EachStep(fn(&Case, usize) -> Vec<Case>),
    /// Anything else.
    Search(for<'s> fn(&'s mut Shrinking<'_>) -> BoxFuture<'s, Result<(), TargetError>>),
}

/// The reproduction of a finding by the steps that it depends on. It can't be left out.
pub(super) const SLICE: &str = "slice";
/// The plays that search a shrunk case for other findings. They can't be left out.
pub(super) const OTHERS: &str = "other-findings";

const fn each(
    name: &'static str,
    says: &'static str,
    candidates: fn(&Case, usize) -> Vec<Case>,
) -> Pass {
    Pass { name, says, stage: Stage::Again, action: Action::EachStep(candidates) }
}

const fn search(
    name: &'static str,
    says: &'static str,
    stage: Stage,
    run: for<'s> fn(&'s mut Shrinking<'_>) -> BoxFuture<'s, Result<(), TargetError>>,
) -> Pass {
    Pass { name, says, stage, action: Action::Search(run) }
}

/// All passes, in the order in which they run.
pub static PASSES: &[Pass] = &[
    search(
        "model-minimal",
        "Keeps the fewest steps with which the model expects the same.",
        Stage::First,
        |it| Box::pin(it.take_least()),
    ),
    search(
        "known-cases",
        "Tries the shortest known cases that reach the rule.",
        Stage::Again,
        |it| Box::pin(it.take_known()),
    ),
    search("drop-steps", "Leaves out halves, quarters and single steps.", Stage::Again, |it| {
        Box::pin(it.drop_steps())
    }),
    each("same-actor", "Lets one account make and use a resource.", same_actor),
    each("single-actor", "Lets one account take all steps, without shares.", single_actor),
    each(
        "reuse-earlier",
        "Uses a resource that was made before in place of another.",
        reuse_earlier,
    ),
    each("step-at-home", "Takes a step at home that was taken away.", at_home),
    search("read-at-home", "Makes the read that shows the finding at home.", Stage::Again, |it| {
        Box::pin(it.read_at_home())
    }),
    search(
        "inside-organization",
        "Moves the case into an organization, where it needs no invitations.",
        Stage::Again,
        |it| Box::pin(it.move_inside()),
    ),
    search(
        "other-initial-world",
        "Begins in a world in which sharing is on or off already.",
        Stage::Again,
        |it| Box::pin(it.begin_otherwise()),
    ),
    each("merge-into-share", "Gives to a share at its creation what it was given later.", merged),
    each(
        "aws-permission",
        "Uses a managed permission of AWS in place of a new one.",
        aws_permission,
    ),
    each("dangling-reference", "Names a share that nobody made.", dangling_reference),
    each("drop-principal", "Leaves a principal out of a share.", without_principal),
    each("drop-parameter", "Leaves out a parameter, or an item of a list.", simplified_at),
    each(
        "drop-resource",
        "Leaves a resource out of shares, or gives a principal for it.",
        without_resource,
    ),
    search(
        "principals-for-resources",
        "Reads the principals of a share in place of its resources.",
        Stage::Again,
        |it| Box::pin(it.share_principals()),
    ),
    search(
        "drop-read-parameter",
        "Leaves out parameters of the read that shows the finding.",
        Stage::Again,
        |it| Box::pin(it.simplify_read()),
    ),
    search(
        "read-as-another",
        "Lets another account read, where that takes fewer steps.",
        Stage::Last,
        |it| Box::pin(it.read_as_another()),
    ),
    search("read-alone", "Keeps nothing but the read.", Stage::Last, |it| Box::pin(it.only_read())),
    search(
        "pages-or-token-alone",
        "Shows a fault of paging, or of tokens, by a call that needs no other step.",
        Stage::Last,
        |it| Box::pin(it.only_how()),
    ),
    search(
        "readable",
        "Of cases of the same length takes the one that a reader understands first.",
        Stage::Last,
        |it| Box::pin(it.make_readable()),
    ),
];

/// Runs all passes that are not left out.
pub(super) async fn run_all(shrinking: &mut Shrinking<'_>) -> Result<(), TargetError> {
    run_stage(shrinking, Stage::First).await?;
    loop {
        let before = shrinking.best.clone();
        run_stage(shrinking, Stage::Again).await?;
        if shrinking.best == before || shrinking.best.steps().len() < 2 {
            break;
        }
    }
    run_stage(shrinking, Stage::Last).await
}

async fn run_stage(shrinking: &mut Shrinking<'_>, stage: Stage) -> Result<(), TargetError> {
    for pass in PASSES.iter().filter(|pass| pass.stage == stage) {
        if shrinking.limits.without.contains(pass.name) {
            continue;
        }
        shrinking.pass = pass.name;
        match pass.action {
            Action::EachStep(candidates) => shrinking.at_each_step(candidates).await?,
            Action::Search(run) => run(shrinking).await?,
        }
    }
    Ok(())
}

/// The number of known cases that are considered.
const KNOWN: usize = 24;
/// The requests that the tries of known cases may take.
const KNOWN_REQUESTS: u64 = 40;

impl Shrinking<'_> {
    /// Delta debugging on the steps: halves, quarters and so on, down to single steps.
    async fn drop_steps(&mut self) -> Result<(), TargetError> {
        let mut size = self.best.steps().len().div_ceil(2).max(1);
        loop {
            let mut dropped = false;
            let mut end = self.best.steps().len();
            while end > 0 {
                let start = end.saturating_sub(size);
                let mut steps = self.best.steps().to_vec();
                steps.drain(start.min(steps.len())..end.min(steps.len()));
                let wanted = if size == 1 { Match::Similar } else { Match::SameOrigin };
                if let Ok(candidate) = self.best.with_connected(steps) {
                    dropped |= self.attempt(candidate, wanted).await?;
                }
                end = start;
            }
            if (size == 1 && !dropped) || self.is_spent() {
                return Ok(());
            }
            if !dropped {
                size = size.div_ceil(2);
            }
        }
    }

    /// Tries the candidates for each step, again where one is accepted.
    async fn at_each_step(
        &mut self,
        candidates: fn(&Case, usize) -> Vec<Case>,
    ) -> Result<(), TargetError> {
        let mut place = 0;
        while place < self.best.steps().len() {
            let mut kept = false;
            for candidate in candidates(&self.best, place) {
                kept = self.attempt(candidate, Match::Similar).await?;
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

    /// Reads principals in place of resources, and gives principals in their place.
    async fn share_principals(&mut self) -> Result<(), TargetError> {
        let view_read = self.finding.view_read.clone();
        if let Some(of_principals) = view_read.as_ref().and_then(read_of_principals) {
            let before = self.best.clone();
            self.finding.view_read = Some(of_principals);
            self.at_each_step(without_resource).await?;
            self.at_each_step(without_resource_inside).await?;
            if self.best == before {
                self.finding.view_read = view_read;
            }
        }
        Ok(())
    }

    /// Tries the smallest case with the same expectation; if that shows too little, the smallest in
    /// which the reader has seen the row before that it must not see any more.
    async fn take_least(&mut self) -> Result<(), TargetError> {
        let finding = self.finding.clone();
        let expected = |case: &Case| is_expected(case, &finding);
        let was_seen = |case: &Case| expected(case) && was_seen(case, &finding);
        let ways: [&(dyn Fn(&Case) -> bool + Sync); 2] = [&expected, &was_seen];
        for holds in ways {
            if !holds(&self.best) {
                continue;
            }
            let required = required_steps(&self.best, holds);
            let least = minimize(required.clone(), holds);
            for fewer in [least, required] {
                if fewer != self.best && self.attempt(fewer, Match::SameOrigin).await? {
                    return Ok(());
                }
            }
        }
        self.attempt(effective(&self.best), Match::SameOrigin).await?;
        Ok(())
    }

    /// Tries the shortest cases that are known to reach the rule, as far as they expect the same in a
    /// view read, or in the answer to a step; once for each rule.
    async fn take_known(&mut self) -> Result<(), TargetError> {
        let rule = self.finding.origin().rule;
        if self.known_of.replace(rule) == Some(rule) {
            return Ok(());
        }
        let possible = self.options.capabilities.shapes();
        let known = (self.known)(rule);
        let known = known.iter().filter(|case| possible.contains(&case.shape())).take(KNOWN);
        let view_read = self.finding.view_read.clone();
        let most = self.requests + KNOWN_REQUESTS;
        for case in known {
            let mut view_reads = reads_by_others(case.shape(), view_read.as_ref());
            view_reads.extend(view_read.is_some().then_some(None));
            for view_read in view_reads {
                self.finding.view_read = view_read;
                let expected = |case: &Case| is_expected(case, &self.finding);
                for case in [required_steps(case, expected), case.clone()] {
                    if self.requests < most
                        && (1..self.best.steps().len()).contains(&case.steps().len())
                        && self.attempt(case, Match::Similar).await?
                    {
                        return Ok(());
                    }
                }
            }
        }
        self.finding.view_read = view_read;
        Ok(())
    }

    /// Lets another account read, where that expects the same after fewer steps.
    async fn read_as_another(&mut self) -> Result<(), TargetError> {
        let view_read = self.finding.view_read.clone();
        for other in reads_by_others(self.best.shape(), view_read.as_ref()).into_iter().skip(1) {
            self.finding.view_read = other;
            let required = required_steps(&self.best, |case| is_expected(case, &self.finding));
            if (1..self.best.steps().len()).contains(&required.steps().len())
                && self.attempt(required, Match::Similar).await?
            {
                return Ok(());
            }
        }
        self.finding.view_read = view_read;
        Ok(())
    }

    /// Tries the case inside an organization that RAM shares with, where it needs no acceptances.
    async fn move_inside(&mut self) -> Result<(), TargetError> {
        let possible = self.options.capabilities.shapes();
        let best = self.best.clone();
        let ways = INSIDERS.iter().flat_map(|insiders| {
            inside_organization(&best, insiders).into_iter().map(move |case| (*insiders, case))
        });
        for (insiders, case) in ways.filter(|(_, case)| possible.contains(&case.shape())) {
            let view_read = self.finding.view_read.clone();
            if let Some(view_read) = &mut self.finding.view_read {
                view_read.account = insider(view_read.account, insiders);
            }
            if self.attempt(case, Match::Similar).await? {
                break;
            }
            self.finding.view_read = view_read;
        }
        Ok(())
    }

    /// Tries the case in organizations that begin as it needs them.
    async fn begin_otherwise(&mut self) -> Result<(), TargetError> {
        let possible = self.options.capabilities.shapes();
        for case in other_initial_world(&self.best) {
            if possible.contains(&case.shape()) && self.attempt(case, Match::Similar).await? {
                break;
            }
        }
        Ok(())
    }

    /// Makes the read that shows the finding at home, where it is made away.
    async fn read_at_home(&mut self) -> Result<(), TargetError> {
        let away = self.finding.view_read.clone();
        let Some(view_read) = away.clone().filter(|it| it.call.region() != Region::HOME) else {
            return Ok(());
        };
        let call = view_read.call.made_in(Region::HOME);
        self.finding.view_read = Some(ViewRead { call, ..view_read });
        for case in [all_at_home(&self.best), self.best.clone()] {
            if self.attempt(case, Match::Similar).await? {
                return Ok(());
            }
        }
        self.finding.view_read = away;
        Ok(())
    }

    /// Keeps nothing but the read that shows the finding, where that needs no steps.
    async fn only_read(&mut self) -> Result<(), TargetError> {
        let Some(ViewRead { account, call }) = self.finding.view_read.clone() else {
            return Ok(());
        };
        if self.best.steps().len() != 1 {
            return Ok(());
        }
        let view_read = self.finding.view_read.take();
        let read = Step::new(account, call, None);
        let kept = match self.best.with_connected(vec![read]) {
            Ok(case) => self.attempt(case, Match::SameOrigin).await?,
            Err(_) => false,
        };
        if !kept {
            self.finding.view_read = view_read;
        }
        Ok(())
    }

    /// Keeps nothing but pages of a list that needs no steps, or a call that needs none repeated by its
    /// token, where it is in that alone that these show the like.
    async fn only_how(&mut self) -> Result<(), TargetError> {
        if self.is_spent() {
            return Ok(());
        }
        let view_read = self.finding.view_read.as_ref();
        let pages = view_read.and_then(|it| paged_and_whole(&self.best, it));
        let difference = self.finding.origin().difference;
        let ways = [(pages, Some(difference)), (repeated_and_alone(&self.best), None)];
        for (way, difference) in ways {
            let Some((with, without)) = way else { continue };
            let shown = self.shown_by(&with).await?;
            let like =
                |it: &&Finding| difference.is_none_or(|it_is| it.origin().difference == it_is);
            let Some(like) = shown.iter().find(like) else { continue };
            if self.shown_by(&without).await?.is_empty() {
                self.accept(truncated_to_finding(&with, like));
                break;
            }
        }
        Ok(())
    }

    /// Returns what the answers of a case show.
    async fn shown_by(&mut self, case: &Case) -> Result<Vec<Finding>, TargetError> {
        let options = self.play_options(ReadPolicy::Never);
        let played = self.play(case, &options).await?;
        self.counts.entry(self.pass).or_default().tried += 1;
        Ok(played.map(|played| played.findings).unwrap_or_default())
    }

    /// Leaves out parameters of the read that shows the finding, so that it becomes one that every play
    /// makes.
    async fn simplify_read(&mut self) -> Result<(), TargetError> {
        while let Some(view_read) = self.finding.view_read.clone() {
            let mut simplified = false;
            for call in simpler(&view_read.call) {
                self.finding.view_read = Some(ViewRead { account: view_read.account, call });
                simplified = self.attempt(self.best.clone(), Match::SameOrigin).await?;
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

    /// Tries cases of the same length, or shorter ones, that are easier to understand.
    async fn make_readable(&mut self) -> Result<(), TargetError> {
        let possible = self.options.capabilities.shapes();
        for (case, view_read) in readable::clearer(&self.best, self.finding.view_read.as_ref()) {
            if !possible.contains(&case.shape()) {
                continue;
            }
            let before = std::mem::replace(&mut self.finding.view_read, view_read);
            if self.attempt(case, Match::Similar).await? {
                return Ok(());
            }
            self.finding.view_read = before;
        }
        Ok(())
    }
}

/// A view read as each account of a world may make it, its own first; one `None` if there is none.
fn reads_by_others(shape: Shape, view_read: Option<&ViewRead>) -> Vec<Option<ViewRead>> {
    let Some(view_read) = view_read else { return vec![None] };
    let others = shape.actors().iter().filter(|account| **account != view_read.account);
    let by = |account: &Account| Some(ViewRead { account: *account, call: view_read.call.clone() });
    [Some(view_read.clone())].into_iter().chain(others.map(by)).collect()
}
