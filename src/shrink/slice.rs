//! Cases cut down by the model alone: nothing here sends a request.

use std::collections::BTreeSet;

use bellwether_model::answer::{Key, Row};
use bellwether_model::judge::{Difference, laws};
use bellwether_model::operations::Service;
use bellwether_model::{Answer, Name, World};

use super::is_about_time;
use super::moves::simplified_at;
use crate::explore::drop_one_by_one;
use crate::run::{Finding, Origin, ViewRead};
use crate::scenario::{Case, Step};

/// Returns the case up to the step that showed a finding, and the finding as that case shows it.
///
/// Steps that the target wrongly refused are left out: for the target they never happened. The
/// finding's own step stays only where its answer is the finding.
#[must_use]
pub fn truncated_to_finding(case: &Case, finding: &Finding) -> (Case, Finding) {
    let end = (finding.step + 1).min(case.steps().len());
    let is_shown_by = |place: usize| place == finding.step && finding.view_read.is_none();
    let kept =
        |place: &usize| is_shown_by(*place) || !finding.wrongly_refused_steps.contains(place);
    let mut steps: Vec<Step> =
        (0..end).filter(kept).map(|place| case.steps()[place].clone()).collect();
    let mut finding = Finding { wrongly_refused_steps: Vec::new(), ..finding.clone() };
    as_view_read(&mut steps, &mut finding);
    if steps.is_empty()
        && let Some(ViewRead { account, call }) = finding.view_read.take()
    {
        steps.push(Step::new(account, call, None));
    }
    finding.step = steps.len().saturating_sub(1);
    // Some steps of a case, in their order: only names can be missing.
    let cut = case.with_connected(steps).unwrap_or_else(|_| case.clone());
    (cut, finding)
}

/// Turns a finding that a read among the steps showed into one that a view read shows: the read is
/// not a step any more.
fn as_view_read(steps: &mut Vec<Step>, finding: &mut Finding) {
    let listed = [Difference::Leak, Difference::Lost, Difference::WrongField];
    let difference = finding.origin().difference;
    if finding.view_read.is_none()
        && (listed.contains(&difference) || is_about_time(difference))
        && steps.len() > 1
        && let Some(read) = steps.pop_if(|step| !step.call.writes())
    {
        finding.view_read = Some(ViewRead { account: read.actor, call: read.call });
    }
}

/// Returns the steps that the diverging row or answer depends on, by the names that they share.
pub(super) fn slice(case: &Case, finding: &Finding) -> Case {
    let mut relevant: BTreeSet<Name> = BTreeSet::new();
    if let Some(key) = &finding.divergence.key {
        relevant.extend(key.names().into_iter().cloned());
    }
    if finding.view_read.is_none()
        && let Some(step) = case.steps().last()
    {
        relevant.extend(step.call.names().into_iter().cloned());
        relevant.extend(step.made.clone());
    }
    extend_by_shared_names(case, &mut relevant);
    let last = case.steps().len().saturating_sub(1);
    let steps = case.steps().iter().enumerate().filter(|(place, step)| {
        let names = step.call.names();
        let is_last = finding.view_read.is_none() && *place == last;
        let organization = step.call.service() == Service::Organizations
            || (names.is_empty() && step.made.is_none() && step.call.writes());
        let made = step.made.as_ref().is_some_and(|name| relevant.contains(name));
        let touches = names.iter().any(|name| relevant.contains(*name)) && step.call.writes();
        is_last || organization || made || touches
    });
    let steps = steps.map(|(_, step)| step.clone()).collect();
    case.with_connected(steps).unwrap_or_else(|_| case.clone())
}

/// Adds what the steps that make something relevant, or share it, name or make themselves.
fn extend_by_shared_names(case: &Case, relevant: &mut BTreeSet<Name>) {
    loop {
        let before = relevant.len();
        for step in case.steps() {
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
}

/// Returns the fewest steps, by the model alone, after which it expects what a finding is about.
#[must_use]
pub fn least_steps(case: &Case, finding: &Finding) -> usize {
    least_case(case, finding).0.steps().len()
}

/// Returns the smallest case, by the model alone, after which it expects what a finding is about, and the
/// finding as that case would show it.
#[must_use]
pub fn least_case(case: &Case, finding: &Finding) -> (Case, Finding) {
    let (case, mut finding) = truncated_to_finding(case, finding);
    let expected = |case: &Case| is_expected(case, &finding);
    let least = minimize(required_steps(&slice(&case, &finding), expected), expected);
    finding.step = least.steps().len().saturating_sub(1);
    (least, finding)
}

/// Returns a case that has no step that the condition holds without, with as little in its calls as
/// it takes for that.
pub(super) fn minimize(mut least: Case, holds: impl Fn(&Case) -> bool) -> Case {
    let mut place = 0;
    while place < least.steps().len() {
        match simplified_at(&least, place).iter().find(|case| holds(case)) {
            Some(simpler) => least = required_steps(simpler, &holds),
            None => place += 1,
        }
    }
    least
}

/// Returns the case with no step that the condition holds without.
pub(super) fn required_steps(case: &Case, holds: impl Fn(&Case) -> bool) -> Case {
    let with = |steps: &[Step]| case.with_connected(steps.to_vec());
    let steps =
        drop_one_by_one(case.steps().to_vec(), |steps, _| with(steps).is_ok_and(|it| holds(&it)));
    with(&steps).unwrap_or_else(|_| case.clone())
}

/// Returns the case without the steps that change nothing, by the model; the last one stays.
pub(super) fn effective(case: &Case) -> Case {
    let mut world = World::new(case.shape()).assuming(case.assumptions());
    let last = case.steps().len().saturating_sub(1);
    let changes = |(place, step): (usize, &Step)| {
        let before = world.clone();
        take(&mut world, place, step);
        (place == last || before != world).then(|| step.clone())
    };
    let steps = case.steps().iter().enumerate().filter_map(changes).collect();
    case.with_connected(steps).unwrap_or_else(|_| case.clone())
}

/// Whether what must not be seen at the end of a candidate was to be seen before, in the same read.
pub(super) fn was_seen(candidate: &Case, finding: &Finding) -> bool {
    let (Difference::Leak, Some(ViewRead { account, call }), Some(key)) =
        (finding.origin().difference, &finding.view_read, &finding.divergence.key)
    else {
        return false;
    };
    let mut world = World::new(candidate.shape()).assuming(candidate.assumptions());
    candidate.steps().iter().enumerate().any(|(place, step)| {
        take(&mut world, place, step);
        let answer = call.transition(&mut world, *account, &Name::none());
        let Answer::Granted(reply) = answer else { return false };
        reply.rows.iter().any(|row| row.present && row.key == *key)
    })
}

/// Returns the expected world after a case.
pub(crate) fn after(case: &Case) -> World {
    let mut world = World::new(case.shape()).assuming(case.assumptions());
    for (place, step) in case.steps().iter().enumerate() {
        take(&mut world, place, step);
    }
    world
}

/// Moves a world on by a step of a case, and returns the expected answer.
fn take(world: &mut World, place: usize, step: &Step) -> Answer {
    step.call.assume(world, step.actor, &step.made_name(place))
}

/// Whether the read that shows a finding expects a row, or its absence, after a candidate.
pub(super) fn expects_row(candidate: &Case, finding: &Finding, row: &Key) -> bool {
    let Some(ViewRead { account, call }) = &finding.view_read else { return false };
    let mut world = after(candidate);
    let answer = call.transition(&mut world, *account, &Name::none());
    let Answer::Granted(reply) = answer else { return false };
    let present = match finding.origin().difference {
        Difference::Leak => false,
        Difference::Lost => true,
        Difference::WronglyGranted
        | Difference::WronglyRefused
        | Difference::WrongCode
        | Difference::EmptyNotRefused
        | Difference::Crash
        | Difference::Unreadable
        | Difference::WrongField
        | Difference::Late
        | Difference::Flap => return false,
    };
    reply.rows.iter().any(|it| it.key == *row && it.judged && it.present == present)
}

/// Whether the model expects, at the end of a candidate, what the finding's origin is about.
pub(super) fn is_expected(candidate: &Case, finding: &Finding) -> bool {
    let origin = &finding.origin();
    let mut world = World::new(candidate.shape()).assuming(candidate.assumptions());
    let mut expected_by_a_step = false;
    for (place, step) in candidate.steps().iter().enumerate() {
        let answer = take(&mut world, place, step);
        let refused = origin.difference == Difference::WronglyRefused
            && matches!(answer, Answer::Granted(_))
            && step.call.operation() == origin.operation;
        let unanswered = origin.difference.is_without_an_answer()
            && !matches!(answer, Answer::Open(_))
            && step.call.operation() == origin.operation;
        expected_by_a_step |= refused || unanswered || cites(&answer, origin);
    }
    let Some(ViewRead { account, call }) = &finding.view_read else {
        return expected_by_a_step;
    };
    let answer = call.transition(&mut world, *account, &Name::none());
    let is_answered = matches!(answer, Answer::Granted(_));
    (is_answered && origin.difference.is_without_an_answer()) || cites(&answer, origin)
}

/// Whether an answer cites the rule of an origin in a way that can show its difference.
fn cites(answer: &Answer, origin: &Origin) -> bool {
    match answer {
        Answer::Granted(reply) => {
            let of_row = |row: &Row| {
                let presence = match origin.difference {
                    Difference::Leak => !row.present,
                    Difference::Lost => row.present,
                    Difference::WronglyGranted
                    | Difference::WronglyRefused
                    | Difference::WrongCode
                    | Difference::EmptyNotRefused
                    | Difference::Crash
                    | Difference::Unreadable
                    | Difference::WrongField => false,
                    Difference::Late | Difference::Flap => true,
                };
                let by_field = row.fields.iter().any(|field| field.rule.name == origin.rule);
                (presence && row.judged && row.rule.name == origin.rule) || by_field
            };
            reply.because.name == origin.rule
                || reply.fields.iter().any(|field| field.rule.name == origin.rule)
                || reply.rows.iter().any(of_row)
                || laws::of(reply).iter().any(|law| law.name == origin.rule)
        }
        Answer::Refused(refusal) => refusal.rule().name == origin.rule,
        Answer::Open(_) => false,
    }
}
