//! What the cases of a run have reached so far, and how much of a step would be new.

use std::collections::BTreeMap;

use bellwether_model::answer::{Answer, Reply};
use bellwether_model::{Account, Name, Shape, World, resources};

use crate::run::role;
use crate::scenario::Step;

/// What the steps drawn so far have reached, with how often.
///
/// It is known from the model alone, before anything is sent: the same draws reach the same.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    counts: BTreeMap<Feature, u32>,
    /// How many steps were about each topic.
    topics: BTreeMap<&'static str, u32>,
}

/// Something that a step can reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Feature {
    /// A rule, by which something is answered, listed or told, or is not.
    Rule(&'static str, bool),
    /// An operation's answer by a rule to a caller who plays a part, and whether no other rule is
    /// broken.
    Answer(&'static str, &'static str, &'static str, bool),
    /// A list that owes rows, or their absence, by a rule.
    Row(&'static str, &'static str, bool),
    /// A field that is owed by a rule.
    Field(&'static str, &'static str),
    /// A parameter, by how many values it has, and whether the call is granted.
    Given(&'static str, String, usize, bool),
    /// An operation of a caller who plays a part, after which some account sees things of a type by
    /// another rule than before.
    Turn(&'static str, &'static str, Option<&'static str>, &'static str),
    /// An operation on a thing after another on the same thing.
    Pair(&'static str, &'static str),
    /// A granted operation on a thing that so many of its kind were granted on before.
    Again(&'static str, u32),
}

impl Feature {
    /// The rule by which it is reached, where it is judged.
    fn rule(&self) -> Option<Self> {
        match self {
            Self::Answer(_, rule, _, alone) => alone.then_some(Self::Rule(rule, true)),
            Self::Row(_, rule, present) => Some(Self::Rule(rule, *present)),
            Self::Turn(.., rule) | Self::Field(_, rule) => Some(Self::Rule(rule, true)),
            Self::Rule(..) | Self::Given(..) | Self::Pair(..) | Self::Again(..) => None,
        }
    }

    fn weight(&self) -> u32 {
        match self {
            Self::Rule(..) => 40,
            Self::Answer(..) => 8,
            Self::Turn(..) => 6,
            Self::Row(..) => 3,
            Self::Given(..) | Self::Pair(..) | Self::Again(..) | Self::Field(..) => 2,
        }
    }
}

impl Reached {
    /// Takes note of what a step reaches.
    pub(super) fn add(&mut self, features: Vec<Feature>) {
        for feature in features {
            *self.counts.entry(feature).or_default() += 1;
        }
    }

    /// How many steps were about a topic.
    pub(super) fn of_topic(&self, topic: &str) -> u32 {
        self.topics.get(topic).copied().unwrap_or_default()
    }

    /// Takes note of what a step is about.
    pub(super) fn add_topic(&mut self, topic: &'static str) {
        *self.topics.entry(topic).or_default() += 1;
    }
}

/// What steps would reach that may yet be taken, beside what was reached.
pub(super) struct Aside<'a> {
    reached: &'a Reached,
    features: Vec<Feature>,
}

impl<'a> Aside<'a> {
    /// Nothing, beside what was reached.
    pub(super) fn of(reached: &'a Reached) -> Self {
        Self { reached, features: Vec::new() }
    }

    /// How much of what a step would reach is new: less, the more often it was reached before.
    pub(super) fn novelty(&self, features: &[Feature]) -> u32 {
        let one = |feature: &Feature| {
            let before = self.reached.counts.get(feature).copied().unwrap_or_default();
            let aside = self.features.iter().filter(|it| *it == feature).count();
            let count = before.saturating_add(u32::try_from(aside).unwrap_or(u32::MAX));
            feature.weight() * 60 / count.saturating_mul(count).saturating_add(1)
        };
        features.iter().map(one).sum()
    }

    /// Takes note of what a step would reach.
    pub(super) fn add(&mut self, features: &[Feature]) {
        self.features.extend_from_slice(features);
    }
}

/// What was written to in one case.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// The operation that wrote to each thing last.
    last: BTreeMap<Name, &'static str>,
    /// How often an operation wrote to a thing.
    times: BTreeMap<(Name, &'static str), u32>,
}

impl Written {
    /// Takes note of an operation on things.
    pub(super) fn note(&mut self, operation: &'static str, things: impl Iterator<Item = Name>) {
        for name in things {
            *self.times.entry((name.clone(), operation)).or_default() += 1;
            self.last.insert(name, operation);
        }
    }
}

/// What a step reaches in a world, which is moved on by it.
pub(super) fn features(
    step: &Step,
    name: &Name,
    shape: Shape,
    world: &mut World,
    written: &Written,
) -> Vec<Feature> {
    let operation = step.call.operation();
    let part = role::of_call(world, step.actor, &step.call);
    let before = step.call.writes().then(|| world.clone());
    let answer = step.call.transition(world, step.actor, name);
    let granted = match &answer {
        Answer::Granted(_) => true,
        Answer::Open(open) => {
            if open.granted {
                step.call.adopt(world, step.actor, name, open.rules[0]);
            }
            open.granted
        }
        Answer::Refused(_) => false,
    };
    let mut features = match &answer {
        Answer::Granted(reply) => of_reply(operation, part, reply),
        Answer::Refused(refusal) => {
            let alone = refusal.broken.len() == 1;
            vec![Feature::Answer(operation, refusal.rule().name, part, alone)]
        }
        Answer::Open(open) => {
            vec![Feature::Answer(operation, open.rules[0].name, part, false)]
        }
    };
    for (key, values) in step.call.write().named {
        features.push(Feature::Given(operation, key.to_string(), values.len().min(2), granted));
    }
    for named in step.call.names() {
        if let Some(before) = written.last.get(named) {
            features.push(Feature::Pair(before, operation));
        }
        let times = written.times.get(&(named.clone(), operation));
        if granted && let Some(times) = times {
            features.push(Feature::Again(operation, *times));
        }
    }
    if let Some(before) = before.filter(|before| before != world) {
        for account in shape.actors() {
            let turned = turned(&before, world, *account);
            features.extend(turned.map(|(of, rule)| Feature::Turn(operation, part, of, rule)));
        }
    }
    let rules: Vec<_> = features.iter().filter_map(Feature::rule).collect();
    features.extend(rules);
    features.sort_unstable();
    features.dedup();
    features
}

/// The types of the things that an account sees by another rule than before, each with that rule.
fn turned(
    before: &World,
    after: &World,
    account: Account,
) -> impl Iterator<Item = (Option<&'static str>, &'static str)> {
    let was = before.seen_by(account).things;
    let is = after.seen_by(account).things;
    is.into_iter().filter_map(move |(name, thing, sight)| {
        let earlier = was.iter().find(|(it, ..)| *it == name);
        let same = earlier.is_some_and(|(_, _, earlier)| earlier.rule == sight.rule);
        let of = resources::of(after.assumptions, &thing.kind).map(|it| it.facts.name);
        (!same).then_some((of, sight.rule.name))
    })
}

fn of_reply(operation: &'static str, part: &'static str, reply: &Reply) -> Vec<Feature> {
    let mut features = vec![Feature::Answer(operation, reply.because.name, part, true)];
    features.extend(reply.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
    for row in reply.rows.iter().filter(|row| row.judged) {
        features.push(Feature::Row(operation, row.rule.name, row.present));
        features.extend(row.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
    }
    features
}

#[cfg(test)]
mod tests {
    use super::{Aside, Feature, Reached};

    #[test]
    fn what_a_long_run_has_reached_again_and_again_is_no_news() {
        let feature = Feature::Pair("CreateSubnet", "DeleteSubnet");
        let mut reached = Reached::default();
        assert!(Aside::of(&reached).novelty(std::slice::from_ref(&feature)) > 0);
        reached.counts.insert(feature.clone(), u32::MAX);
        assert_eq!(Aside::of(&reached).novelty(&[feature]), 0);
    }
}
