//! Topics: what operations are about, and the plans of walks.

use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo, Topic};

use super::Cases;
use super::search::Search;
use super::tuning::AIMED_WALKS;

/// The percentages of a topic's operations that take part in a walk, one as likely as the other:
/// few are called again and again.
const KEPT: [usize; 4] = [12, 25, 55, 90];
/// The same of the operations of sharing, which every walk is about.
const CORE_KEPT: [usize; 3] = [10, 30, 60];
/// The percentage of operations of other topics that take part.
const OTHERS_KEPT: usize = 3;
/// The percentage of such walks in which something can be shared.
const SHARING_KEPT: usize = 60;
/// The percentage of operations that write to the same resources as the aim of a walk and take part
/// in it.
const ALIKE_KEPT: usize = 30;
/// The same of others of its topic.
const TOPIC_KEPT: usize = 20;
/// The same of all others.
const STRAY_KEPT: usize = 1;
/// The percentage of walks about a random part of all operations.
const SCATTERED: usize = 15;
/// The percentage of operations that take part in such a walk.
const SCATTERED_KEPT: usize = 40;

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
    let mut alike = |info: &&OperationInfo| {
        let kept = if info.name == aim.name {
            100
        } else if info.makes_share() {
            SHARING_KEPT
        } else if !info.writes {
            STRAY_KEPT
        } else if search.named_by(info.name).iter().any(|it| direct.contains(it)) {
            ALIKE_KEPT
        } else if aim.topic != CORE && info.topic == aim.topic {
            TOPIC_KEPT
        } else {
            STRAY_KEPT
        };
        dice.percent(kept)
    };
    let mut operations: Vec<&OperationInfo> = has().filter(&mut alike).collect();
    // What is named has to be made first.
    let mut place = 0;
    while let Some(info) = operations.get(place) {
        let nouns = search.named_by(info.name);
        let makers = has().filter(|info| nouns.contains(info.makes));
        let new: Vec<_> =
            makers.filter(|it| operations.iter().all(|other| other.name != it.name)).collect();
        operations.extend(new);
        place += 1;
    }
    WalkPlan { operations, aim: Some(aim.name) }
}

/// The operations of one topic, and some that share resources. What nothing works without always takes
/// part.
fn draw_topic(cases: &Cases, dice: &mut Dice<'_>, search: &Search) -> Vec<&'static OperationInfo> {
    let has = || OPERATIONS.iter().filter(|info| cases.capabilities.has(info.name));
    if dice.percent(SCATTERED) {
        let takes_part = |info: &&OperationInfo| info.makes_share() || dice.percent(SCATTERED_KEPT);
        return has().filter(takes_part).collect();
    }
    let mut topics: Vec<Topic> = has().map(|info| info.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let weighted = topics.into_iter().map(|topic| (topic, weight_of(search.of_topic(topic))));
    let chosen = dice.pick_weighted(weighted).unwrap_or(CORE);
    let (kept, core) = (KEPT[dice.below(KEPT.len())], CORE_KEPT[dice.below(CORE_KEPT.len())]);
    let takes_part = |info: &&OperationInfo| {
        let kept = if info.topic == chosen {
            kept
        } else if info.topic == CORE {
            core
        } else {
            OTHERS_KEPT
        };
        info.makes_share() || dice.percent(kept)
    };
    has().filter(takes_part).collect()
}

/// Returns the weight of a topic that this number of steps was about.
fn weight_of(taken: u32) -> usize {
    600 / (10 + usize::try_from(taken).unwrap_or(590)).min(600)
}
