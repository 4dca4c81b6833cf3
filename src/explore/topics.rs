//! Topics: what operations are about, and the plans of walks.

use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo, Topic};

use super::Cases;
use super::search::Search;
use super::tuning::AIMED_WALKS;

/// The topic that every walk is about.
const CORE: Topic = Topic::Sharing;

/// The plan of one walk.
pub(super) struct WalkPlan {
    /// The operations that take part in it.
    pub(super) operations: Vec<&'static OperationInfo>,
    /// The one that it is for, if it is for one; it is drawn more often.
    pub(super) aim: Option<&'static str>,
}

/// Draws the plan of a walk: one topic and some operations that share resources, or one operation and those
/// that make what it names.
pub(super) fn draw(cases: &Cases, dice: &mut Dice<'_>, search: &Search) -> WalkPlan {
    let tuning = &cases.tuning;
    if tuning.has(&AIMED_WALKS) && dice.percent(tuning.chances.aimed) {
        return draw_aimed(cases, dice, search);
    }
    WalkPlan { operations: draw_topic(cases, dice, search), aim: None }
}

/// One operation, seldom one with failed aims, those that make what it names, and some that
/// name the same.
fn draw_aimed(cases: &Cases, dice: &mut Dice<'_>, search: &Search) -> WalkPlan {
    let has = || OPERATIONS.iter().filter(|info| cases.capabilities.has(info.name));
    let weighted = has().map(|info| (info, 1000 / (1 + search.failed_aims(info.name))));
    let Some(aim) = dice.pick_weighted(weighted) else {
        return WalkPlan { operations: has().collect(), aim: None };
    };
    let direct = search.named_by(aim.name);
    let plans = &cases.tuning.plans;
    let mut alike = |info: &&OperationInfo| {
        let kept = if std::ptr::eq(*info, aim) {
            100
        } else if info.makes_share() {
            plans.makers_of_shares
        } else if !info.writes {
            plans.stray
        } else if search.named_by(info.name).iter().any(|it| direct.contains(it)) {
            plans.alike
        } else if aim.topic != CORE && info.topic == aim.topic {
            plans.same_topic
        } else {
            plans.stray
        };
        dice.percent(kept)
    };
    let mut operations: Vec<&OperationInfo> = has().filter(&mut alike).collect();
    // What is named has to be made first.
    let mut place = 0;
    while let Some(info) = operations.get(place) {
        let nouns = search.named_by(info.name);
        let makers = has().filter(|info| !info.makes.is_empty() && nouns.contains(info.makes));
        let new: Vec<_> =
            makers.filter(|it| operations.iter().all(|other| !std::ptr::eq(*other, *it))).collect();
        operations.extend(new);
        place += 1;
    }
    WalkPlan { operations, aim: Some(aim.name) }
}

/// The operations of one topic, and some that share resources. What nothing works without always takes
/// part.
fn draw_topic(cases: &Cases, dice: &mut Dice<'_>, search: &Search) -> Vec<&'static OperationInfo> {
    let has = || OPERATIONS.iter().filter(|info| cases.capabilities.has(info.name));
    let plans = &cases.tuning.plans;
    if dice.percent(plans.scattered) {
        let takes_part =
            |info: &&OperationInfo| info.makes_share() || dice.percent(plans.of_scattered);
        return has().filter(takes_part).collect();
    }
    let mut topics: Vec<Topic> = has().map(|info| info.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let weighted = topics.into_iter().map(|topic| (topic, weight_of(search.of_topic(topic))));
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
    has().filter(takes_part).collect()
}

/// Returns the weight of a topic that this number of steps was about.
fn weight_of(taken: u32) -> usize {
    600 / (10 + usize::try_from(taken).unwrap_or(590)).min(600)
}
