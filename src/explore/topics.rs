//! Topics: what operations are about, and the plans of walks.

use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo, Topic};

use super::nouns::Nouns;
use super::search::Search;
use super::tuning::{AIMED_WALKS, Tuning};
use crate::capabilities::Capabilities;

/// The topic that every walk is about.
const CORE: Topic = Topic::Sharing;

/// The plan of one walk.
pub(super) struct WalkPlan {
    /// The operations that take part in it.
    pub(super) operations: Vec<&'static OperationInfo>,
    /// The one that it is for, if it is for one; it is drawn more often.
    pub(super) aim: Option<&'static OperationInfo>,
}

/// The operations that walks can be about.
pub(super) struct Topics {
    /// Those that the target has.
    pub(super) operations: Vec<&'static OperationInfo>,
    /// Those of them that make something, each with its noun.
    makers: Vec<(&'static OperationInfo, Nouns)>,
    /// Their topics, each once.
    distinct: Vec<Topic>,
}

impl Topics {
    /// The operations that a target has.
    pub(super) fn of(capabilities: &Capabilities) -> Self {
        let operations: Vec<_> =
            OPERATIONS.iter().filter(|info| capabilities.has(info.name)).collect();
        let makers = operations.iter().filter(|info| !info.makes.is_empty());
        let makers = makers.map(|info| (*info, Nouns::of(info.makes))).collect();
        let mut topics: Vec<Topic> = operations.iter().map(|info| info.topic).collect();
        topics.sort_unstable();
        topics.dedup();
        Self { operations, makers, distinct: topics }
    }

    /// Draws the plan of a walk: one topic and some operations that share resources, or one operation
    /// and those that make what it names.
    pub(super) fn draw(&self, tuning: &Tuning, dice: &mut Dice<'_>, search: &Search) -> WalkPlan {
        if tuning.has(&AIMED_WALKS) && dice.percent(tuning.chances.aimed) {
            return self.draw_aimed(tuning, dice, search);
        }
        WalkPlan { operations: self.draw_topic(tuning, dice, search), aim: None }
    }

    /// One operation, seldom one with failed aims, those that make what it names, and some that
    /// name the same.
    fn draw_aimed(&self, tuning: &Tuning, dice: &mut Dice<'_>, search: &Search) -> WalkPlan {
        let has = self.operations.iter().copied();
        let weighted = has.clone().map(|info| (info, 1000 / (1 + search.failed_aims(info))));
        let Some(aim) = dice.pick_weighted(weighted) else {
            return WalkPlan { operations: has.collect(), aim: None };
        };
        let direct = search.named_by(aim);
        let plans = &tuning.plans;
        let alike = |info: &&OperationInfo| {
            let kept = if info.place == aim.place {
                100
            } else if info.makes_share() {
                plans.makers_of_shares
            } else if !info.writes {
                plans.stray
            } else if search.named_by(info).meets(direct) {
                plans.alike
            } else if aim.topic != CORE && info.topic == aim.topic {
                plans.same_topic
            } else {
                plans.stray
            };
            dice.percent(kept)
        };
        let mut operations = self.those(alike);
        let mut takes_part = vec![false; OPERATIONS.len()];
        for info in &operations {
            takes_part[info.place] = true;
        }
        // What is named has to be made first.
        let mut made = Nouns::default();
        let mut place = 0;
        while let Some(info) = operations.get(place) {
            let nouns = search.named_by(info).without(made);
            if nouns != Nouns::default() {
                made = made.with(nouns);
                for (maker, _) in self.makers.iter().filter(|(_, noun)| noun.meets(nouns)) {
                    if !std::mem::replace(&mut takes_part[maker.place], true) {
                        operations.push(maker);
                    }
                }
            }
            place += 1;
        }
        WalkPlan { operations, aim: Some(aim) }
    }

    /// The operations of one topic, and some that share resources. What nothing works without always
    /// takes part.
    fn draw_topic(
        &self,
        tuning: &Tuning,
        dice: &mut Dice<'_>,
        search: &Search,
    ) -> Vec<&'static OperationInfo> {
        let plans = &tuning.plans;
        if dice.percent(plans.scattered) {
            let takes_part =
                |info: &&OperationInfo| info.makes_share() || dice.percent(plans.of_scattered);
            return self.those(takes_part);
        }
        let topics = self.distinct.iter().copied();
        let weighted = topics.map(|topic| (topic, weight_of(search.of_topic(topic))));
        let chosen = dice.pick_weighted(weighted).unwrap_or(CORE);
        let kept = plans.of_topic[dice.below(plans.of_topic.len())];
        let core = plans.of_sharing[dice.below(plans.of_sharing.len())];
        let takes_part = |info: &&OperationInfo| {
            let kept = if info.topic == chosen {
                kept
            } else if info.topic == CORE {
                core
            } else {
                plans.of_other_topics
            };
            info.makes_share() || dice.percent(kept)
        };
        self.those(takes_part)
    }

    /// Returns the operations that take part.
    fn those(
        &self,
        takes_part: impl FnMut(&&'static OperationInfo) -> bool,
    ) -> Vec<&'static OperationInfo> {
        let mut those = Vec::with_capacity(self.operations.len());
        those.extend(self.operations.iter().copied().filter(takes_part));
        those
    }
}

/// Returns the weight of a topic that this number of steps was about.
fn weight_of(taken: u32) -> usize {
    600 / (10 + usize::try_from(taken).unwrap_or(590)).min(600)
}
