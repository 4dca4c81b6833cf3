//! The calls that lead to a contradiction, for people and as a scenario.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::Decision;
use bellwether_model::judge::{Difference, Divergence};
use bellwether_model::{Account, Call, Name, Shape, World};

use super::known::Known;
use crate::scenario::{Scenario, Step};

/// The most calls that are kept of a history, the newest.
pub(super) const KEPT: usize = 20_000;

/// The most calls that are told of a contradiction, the last.
const TOLD_MAX: usize = 300;

/// The most tries to leave calls out of a scenario.
const TRIES_MAX: usize = 600;

/// A granted call that wrote.
#[derive(Clone, Debug)]
pub(super) struct Line {
    actor: Account,
    call: Call,
    made: Option<Name>,
}

impl Line {
    /// The line of a call that made this, if it made anything.
    pub(super) fn new(actor: Account, call: &Call, made: Option<&Name>) -> Self {
        Self { actor, call: call.clone(), made: made.cloned() }
    }

    fn names(&self) -> impl Iterator<Item = &Name> {
        self.call.names().into_iter().chain(&self.made)
    }

    fn text(&self) -> String {
        Step::new(self.actor, self.call.clone(), self.made.clone()).to_string()
    }
}

/// The calls about what belongs together with these names, the contradicted one last; and as a scenario, where
/// the model decides the last call of it by the same rule.
pub(super) fn explained(
    lines: &[Line],
    known: &Known,
    about: &BTreeSet<Name>,
    actor: Account,
    call: &Call,
    divergence: &Divergence,
) -> (Vec<String>, Option<String>) {
    let firsts: BTreeSet<Name> = about.iter().map(|name| known.first_of(name)).collect();
    let belongs = |line: &&Line| line.names().any(|name| firsts.contains(&known.first_of(name)));
    let last = Line::new(actor, call, None);
    let is_last = |line: &&Line| line.actor == actor && line.call == *call;
    let mut told: Vec<&Line> = lines.iter().filter(belongs).collect();
    // A call that wrote and is contradicted stands in the list already.
    if !told.last().is_some_and(is_last) {
        told.push(&last);
    }
    let begin = told.len().saturating_sub(TOLD_MAX);
    let told = &told[begin..];
    let scenario = scenario(told).filter(|text| shows(text, divergence));
    let cut = scenario.and_then(|_| self::scenario(&cut(told, divergence)));
    (told.iter().map(|line| line.text()).collect(), cut)
}

/// The lines without those that the last one does not need to be contradicted.
fn cut<'l>(told: &[&'l Line], divergence: &Divergence) -> Vec<&'l Line> {
    let mut kept = told.to_vec();
    let mut tries = 0;
    let mut size = kept.len() / 2;
    while size > 0 {
        let mut end = kept.len().saturating_sub(1);
        while end > 0 && tries < TRIES_MAX {
            let begin = end.saturating_sub(size);
            let mut without = kept.clone();
            without.drain(begin..end);
            tries += 1;
            if scenario(&without).is_some_and(|text| shows(&text, divergence)) {
                kept = without;
            }
            end = begin;
        }
        size /= 2;
    }
    kept
}

/// The calls as a scenario of accounts in no organization; `None` if they need more accounts than it has.
fn scenario(told: &[&Line]) -> Option<String> {
    let mut actors: BTreeMap<Account, Account> = BTreeMap::new();
    for line in told {
        let named = digits(&line.text());
        for account in std::iter::once(line.actor).chain(named) {
            let place = actors.len();
            if let std::collections::btree_map::Entry::Vacant(e) = actors.entry(account) {
                e.insert(*Shape::Standalone.actors().get(place)?);
            }
        }
    }
    let mut text = "world standalone\n\n".to_owned();
    for line in told {
        let mut line = line.text();
        for (account, actor) in &actors {
            let (id, actor) = (account.to_string(), actor.to_string());
            line = line.replace(&format!("\"{id}\""), &actor).replace(&id, &actor);
        }
        text.push_str(&line);
        text.push('\n');
    }
    Some(text)
}

/// The accounts whose ids stand in a line.
fn digits(text: &str) -> Vec<Account> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(Account::from_id).collect()
}

/// Whether the model has the rule in its answer to the last step of a scenario.
fn shows(text: &str, divergence: &Divergence) -> bool {
    let Ok(scenario) = Scenario::parse("contradiction.scenario", text) else { return false };
    let steps: Vec<&Step> = scenario.steps().collect();
    let Some((last, before)) = steps.split_last() else { return false };
    let mut world = World::new(scenario.shape);
    for (place, step) in before.iter().enumerate() {
        step.call.transition(&mut world, step.actor, &step.made_name(place));
    }
    match last.call.check(&world, last.actor) {
        Decision::Refused(refusal) => {
            refusal.broken.iter().any(|it| it.name == divergence.rule.name)
        }
        Decision::Granted => {
            let mut world = world.clone();
            let reply = last.call.apply(&mut world, last.actor, &last.made_name(before.len()));
            let rows = reply
                .rows
                .iter()
                .flat_map(|row| row.fields.iter().map(|field| field.rule).chain([row.rule]));
            let fields = reply.fields.iter().map(|field| field.rule);
            let mut rules = rows.chain(fields).chain([reply.because]);
            divergence.difference != Difference::WronglyGranted
                && rules.any(|rule| rule.name == divergence.rule.name)
        }
        Decision::Open(_) => false,
    }
}
