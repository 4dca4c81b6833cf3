//! Topics: what operations are about, and the plans of walks.

use std::sync::LazyLock;

use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};

use super::Cases;
use super::search::Search;
use super::tuning::AIMED_WALKS;

/// Of a hundred operations of a walk's topic, how many take part in it, one as likely as the other:
/// few are called again and again.
const KEPT: [usize; 4] = [12, 25, 55, 90];
/// The same of the topic that sharing is, which every walk is about.
const CORE_KEPT: [usize; 3] = [10, 30, 60];
/// Of a hundred operations of no such topic, how many take part.
const OTHERS_KEPT: usize = 3;
/// Of a hundred such walks, in how many something can be shared.
const SHARING_KEPT: usize = 60;
/// Of a hundred operations that write to what is named by the one that a walk is for, how many take
/// part in it.
const ALIKE_KEPT: usize = 30;
/// The same of others of its topic.
const TOPIC_KEPT: usize = 20;
/// The same of all others.
const STRAY_KEPT: usize = 1;
/// Of a hundred walks, how many are about a random part of everything.
const SCATTERED: usize = 15;
/// Of a hundred operations, how many take part in such a walk.
const SCATTERED_KEPT: usize = 40;

/// The topic that every walk is about.
const CORE: &str = "Resource";

/// Words that stand for one topic, the first of each line.
const TOGETHER: [&[&str]; 4] = [
    &[CORE, "Principal", "Sharing", "Subnet", "Vpc"],
    &["Hosted", "VPC"],
    &["Instance", "Network", "Security"],
    &["Permission", "Default", "Replace"],
];

/// All operations, each with what it is about: every walk asks for it.
static TOPICS: LazyLock<Vec<(&'static OperationInfo, &'static str)>> =
    LazyLock::new(|| OPERATIONS.iter().map(|info| (info, topic(info.name))).collect());

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

/// One operation, seldom one that walks aimed at in vain, those that make what it names, and some that
/// name the same.
fn draw_aimed(cases: &Cases, dice: &mut Dice<'_>, search: &Search) -> WalkPlan {
    let has = || OPERATIONS.iter().filter(|info| cases.capabilities.has(info.name));
    let weighted = has().map(|info| (info, 1000 / (1 + search.failed_aims(info.name))));
    let Some(aim) = dice.pick_weighted(weighted) else {
        return WalkPlan { operations: has().collect(), aim: None };
    };
    let direct = search.named_by(aim.name);
    let of = topic(aim.name);
    let mut alike = |info: &&OperationInfo| {
        let kept = if info.name == aim.name {
            100
        } else if info.name == "CreateResourceShare" {
            SHARING_KEPT
        } else if !info.writes {
            STRAY_KEPT
        } else if search.named_by(info.name).iter().any(|it| direct.contains(it)) {
            ALIKE_KEPT
        } else if of != CORE && topic(info.name) == of {
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
    let has = || TOPICS.iter().filter(|(info, _)| cases.capabilities.has(info.name));
    let always = |info: &OperationInfo| info.name == "CreateResourceShare";
    if dice.percent(SCATTERED) {
        let all = has().map(|(info, _)| *info);
        return all.filter(|info| always(info) || dice.percent(SCATTERED_KEPT)).collect();
    }
    let mut topics: Vec<&str> = has().map(|(_, topic)| *topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let weighted = topics.into_iter().map(|topic| (topic, weight_of(search.of_topic(topic))));
    let chosen = dice.pick_weighted(weighted).unwrap_or(CORE);
    let (kept, core) = (KEPT[dice.below(KEPT.len())], CORE_KEPT[dice.below(CORE_KEPT.len())]);
    let mut takes_part = |info: &OperationInfo, topic: &str| {
        let kept = match topic {
            topic if topic == chosen => kept,
            CORE => core,
            _ => OTHERS_KEPT,
        };
        always(info) || dice.percent(kept)
    };
    has().filter(|(info, topic)| takes_part(info, topic)).map(|(info, _)| *info).collect()
}

/// How likely a topic is, after so many steps about it were taken.
fn weight_of(taken: u32) -> usize {
    600 / (10 + usize::try_from(taken).unwrap_or(590)).min(600)
}

/// What an operation is about, by the second word of its name: `Transit` of
/// `CreateTransitGateway`, `VPC` of `AssociateVPCWithHostedZone`. Of `Resolver` there is more than
/// one kind, so that the third word counts too.
pub(super) fn topic(operation: &'static str) -> &'static str {
    let letters = operation.as_bytes();
    let starts_word = |place: &usize| {
        let small = |place: usize| letters.get(place).is_some_and(u8::is_ascii_lowercase);
        letters[*place].is_ascii_uppercase() && (small(place - 1) || small(place + 1))
    };
    let starts: Vec<_> = (1..letters.len()).filter(starts_word).collect();
    let end = |word: usize| starts.get(word).copied().unwrap_or(operation.len());
    let start = starts.first().copied().unwrap_or_default();
    let word = match &operation[start..end(1)] {
        "Resolver" => &operation[start..end(2)],
        word => word,
    };
    let word = word.strip_suffix('s').unwrap_or(word);
    TOGETHER.iter().find(|words| words.contains(&word)).map_or(word, |words| words[0])
}

#[cfg(test)]
mod tests {
    use super::{CORE, topic};

    #[test]
    fn an_operation_is_about_the_second_word_of_its_name() {
        assert_eq!(topic("CreateTransitGateway"), "Transit");
        assert_eq!(topic("RunInstances"), topic("CreateNetworkInterface"));
        assert_eq!(topic("ListResources"), CORE);
    }
}
