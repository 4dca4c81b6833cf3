//! What the cases of a run have reached so far, and how much of a step would be new.

use std::collections::BTreeMap;

use bellwether_model::answer::{Answer, Reply};
use bellwether_model::{Name, World};

use crate::scenario::Step;

/// What the steps drawn so far have reached, with how often.
///
/// It is known from the model alone, before anything is sent: the same draws reach the same.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    counts: BTreeMap<Feature, u32>,
    /// How often cases were about each topic.
    topics: BTreeMap<&'static str, u32>,
}

/// Something that a step can reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Feature {
    /// An operation's answer by a rule, and whether no other rule is broken.
    Answer(&'static str, &'static str, bool),
    /// A list that owes rows, or their absence, by a rule.
    Row(&'static str, &'static str, bool),
    /// A field that is owed by a rule.
    Field(&'static str, &'static str),
    /// A parameter, by how many values it has, and whether the call is granted.
    Given(&'static str, String, usize, bool),
    /// An operation on a thing after another on the same thing.
    Pair(&'static str, &'static str),
}

impl Feature {
    fn weight(&self) -> u32 {
        match self {
            Self::Answer(..) => 12,
            Self::Row(..) | Self::Given(..) => 4,
            Self::Pair(..) => 6,
            Self::Field(..) => 3,
        }
    }
}

impl Reached {
    /// How much of what a step would reach is new: less, the more often it was reached before.
    pub(super) fn novelty(&self, features: &[Feature]) -> u32 {
        let one = |feature: &Feature| {
            let count = self.counts.get(feature).copied().unwrap_or_default();
            feature.weight() * 60 / count.saturating_mul(count).saturating_add(1)
        };
        features.iter().map(one).sum()
    }

    /// Takes note of what a step reaches.
    pub(super) fn add(&mut self, features: Vec<Feature>) {
        for feature in features {
            *self.counts.entry(feature).or_default() += 1;
        }
    }

    /// How often cases were about a topic.
    pub(super) fn of_topic(&self, topic: &str) -> u32 {
        self.topics.get(topic).copied().unwrap_or_default()
    }

    /// Takes note of what a case is about.
    pub(super) fn add_topic(&mut self, topic: &'static str) {
        *self.topics.entry(topic).or_default() += 1;
    }
}

/// The operations that wrote to each thing last, in one case.
pub(super) type Written = BTreeMap<Name, &'static str>;

/// What a step reaches in a world. `aside` is a copy of the world, and is moved on by the step.
pub(super) fn features(
    step: &Step,
    name: &Name,
    aside: &mut World,
    written: &Written,
) -> Vec<Feature> {
    let operation = step.call.operation();
    let answer = step.call.transition(aside, step.actor, name);
    let granted = match &answer {
        Answer::Granted(_) => true,
        Answer::Open(open) => {
            if open.granted {
                step.call.adopt(aside, step.actor, name, open.rules[0]);
            }
            open.granted
        }
        Answer::Refused(_) => false,
    };
    let mut features = match &answer {
        Answer::Granted(reply) => of_reply(operation, reply),
        Answer::Refused(refusal) => {
            let alone = refusal.broken.len() == 1;
            vec![Feature::Answer(operation, refusal.rule().name, alone)]
        }
        Answer::Open(open) => vec![Feature::Answer(operation, open.rules[0].name, false)],
    };
    for (key, values) in step.call.write().named {
        features.push(Feature::Given(operation, key.to_string(), values.len().min(2), granted));
    }
    for named in step.call.names() {
        if let Some(before) = written.get(named) {
            features.push(Feature::Pair(before, operation));
        }
    }
    features.sort_unstable();
    features.dedup();
    features
}

fn of_reply(operation: &'static str, reply: &Reply) -> Vec<Feature> {
    let mut features = vec![Feature::Answer(operation, reply.because.name, true)];
    features.extend(reply.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
    for row in reply.rows.iter().filter(|row| row.judged) {
        features.push(Feature::Row(operation, row.rule.name, row.present));
        features.extend(row.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
    }
    features
}

#[cfg(test)]
mod tests {
    use super::{Feature, Reached};

    #[test]
    fn what_a_long_run_has_reached_again_and_again_is_no_news() {
        let feature = Feature::Pair("CreateSubnet", "DeleteSubnet");
        let mut reached = Reached::default();
        assert!(reached.novelty(std::slice::from_ref(&feature)) > 0);
        reached.counts.insert(feature.clone(), u32::MAX);
        assert_eq!(reached.novelty(&[feature]), 0);
    }
}
