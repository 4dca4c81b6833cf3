//! Levels: how far a target has come, each level requiring those below.
//!
//! Which level a rule or an operation belongs to is data: a topic has a level, and a few of its rules have
//! another. What a level lacks is said by the states of its rules, the operations that are missing, and the
//! divergences that show in its operations.

mod unexercised;

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::rules::{self, Decides, Rule};
use serde::Serialize;

pub use unexercised::UNEXERCISED;

use crate::capabilities::Capabilities;
use crate::predict::{Prediction, predict};
use crate::suites;

/// A level, lowest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Level {
    /// The API answers.
    L0,
    /// The life cycle of shares.
    L1,
    /// Associations and principals.
    L2,
    /// Invitations.
    L3,
    /// RAM's reads across accounts.
    L4,
    /// Consumers see what is shared in its own service.
    L5,
    /// Use, and refusal of use.
    L6,
    /// Revocation, deletion and changes of the organization take effect.
    L7,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 8] =
        [Self::L0, Self::L1, Self::L2, Self::L3, Self::L4, Self::L5, Self::L6, Self::L7];

    /// The highest level.
    pub const HIGHEST: Self = Self::L7;

    /// Its name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::L0 => "L0",
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
            Self::L4 => "L4",
            Self::L5 => "L5",
            Self::L6 => "L6",
            Self::L7 => "L7",
        }
    }

    /// What a target does that has reached it.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::L0 => "the API answers",
            Self::L1 => "the life cycle of shares",
            Self::L2 => "associations and principals",
            Self::L3 => "invitations",
            Self::L4 => "RAM's reads across accounts",
            Self::L5 => "consumers see what is shared in its own service",
            Self::L6 => "use, and refusal of use",
            Self::L7 => "revocation, deletion and changes of the organization take effect",
        }
    }

    /// The level of a rule.
    ///
    /// # Panics
    ///
    /// The topic of the rule has no level, which a test excludes.
    #[must_use]
    pub fn of_rule(rule: &Rule) -> Self {
        if let Some((_, level)) = EXCEPTIONS.iter().find(|(name, _)| *name == rule.name) {
            return *level;
        }
        let of_topic = TOPICS.iter().find(|(topic, _)| *topic == topic_of(rule));
        let (_, of_topic) = of_topic.expect("a test holds every topic to have a level");
        match (of_topic, rule.decides) {
            (OfTopic::Ram(level), _) => *level,
            (OfTopic::Resource, Decides::Visibility | Decides::Reply) => Self::L5,
            (OfTopic::Resource, Decides::Grant | Decides::Refusal(_)) => Self::L6,
        }
    }

    /// The level of an operation; `None` if it is none of AWS's.
    #[must_use]
    pub fn of_operation(info: &OperationInfo) -> Option<Self> {
        match info.service {
            RAM => {
                let own = OPERATIONS_OF_RAM.iter().find(|(name, _)| *name == info.name);
                Some(own.map_or(Self::L2, |(_, level)| *level))
            }
            "organizations" => Some(Self::L7),
            "bellwether" => None,
            _of_resources => Some(if info.writes { Self::L6 } else { Self::L5 }),
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The level of the rules of a topic.
enum OfTopic {
    /// Rules about RAM itself.
    Ram(Level),
    /// Rules about a kind of resource: what is seen is a level below what is done.
    Resource,
}

fn topic_of(rule: &Rule) -> &'static str {
    rule.name.split_once('/').map_or(rule.name, |(topic, _)| topic)
}

/// The levels of topics.
static TOPICS: &[(&str, OfTopic)] = &[
    ("share", OfTopic::Ram(Level::L1)),
    ("tag", OfTopic::Ram(Level::L1)),
    ("token", OfTopic::Ram(Level::L1)),
    // Of any call, and of any list: the operation says which level it is.
    ("target", OfTopic::Ram(Level::L1)),
    ("law", OfTopic::Ram(Level::L1)),
    ("association", OfTopic::Ram(Level::L2)),
    ("limit", OfTopic::Ram(Level::L2)),
    ("permission", OfTopic::Ram(Level::L2)),
    ("principal", OfTopic::Ram(Level::L2)),
    ("resource", OfTopic::Ram(Level::L2)),
    ("source", OfTopic::Ram(Level::L2)),
    ("invitation", OfTopic::Ram(Level::L3)),
    ("time", OfTopic::Ram(Level::L3)),
    ("read", OfTopic::Ram(Level::L4)),
    ("region", OfTopic::Ram(Level::L4)),
    ("visibility", OfTopic::Resource),
    ("membership", OfTopic::Ram(Level::L7)),
    ("organization", OfTopic::Ram(Level::L7)),
    ("capacity-reservation", OfTopic::Resource),
    ("dedicated-host", OfTopic::Resource),
    ("dry-run", OfTopic::Ram(Level::L6)),
    ("firewall-rule-group", OfTopic::Resource),
    ("hosted-zone", OfTopic::Resource),
    ("image", OfTopic::Resource),
    ("instance", OfTopic::Resource),
    ("internet-gateway", OfTopic::Resource),
    ("ipam-pool", OfTopic::Resource),
    ("label", OfTopic::Resource),
    ("license-configuration", OfTopic::Resource),
    ("nat-gateway", OfTopic::Resource),
    ("network-acl", OfTopic::Resource),
    ("placement-group", OfTopic::Resource),
    ("prefix-list", OfTopic::Resource),
    ("profile", OfTopic::Resource),
    ("query-log-config", OfTopic::Resource),
    ("resolver-rule", OfTopic::Resource),
    ("route-table", OfTopic::Resource),
    ("security-group", OfTopic::Resource),
    ("snapshot", OfTopic::Resource),
    ("subnet", OfTopic::Resource),
    ("transit-gateway", OfTopic::Resource),
    ("vpc-endpoint", OfTopic::Resource),
];

/// The rules whose level is another than their topic's.
static EXCEPTIONS: &[(&str, Level)] = &[
    // Of any read, in whichever operation: the operation says which level it is.
    ("read/granted", Level::L1),
    ("read/own-shares-listed", Level::L1),
    ("read/unknown-share-refused", Level::L1),
    ("read/shares-filtered-by-arn", Level::L1),
    ("read/shares-filtered-by-name", Level::L1),
    ("read/shares-filtered-by-status", Level::L1),
    ("read/listed-to-the-end", Level::L1),
    ("read/pages-no-larger-than-asked", Level::L1),
    ("read/page-size-in-range", Level::L1),
    ("read/token-of-an-earlier-page", Level::L1),
    // What ends when access ends.
    ("visibility/hidden-once-revoked", Level::L7),
    ("visibility/gone-once-deleted", Level::L7),
    ("capacity-reservation/left-once-revoked", Level::L7),
    ("firewall-rule-group/association-ended-with-the-share", Level::L7),
    ("image/absent-once-deregistered", Level::L7),
    ("image/permissions-reset", Level::L7),
    ("image/given-up-by-the-consumer", Level::L7),
    ("instance/running-after-revocation", Level::L7),
    ("ipam-pool/allocations-kept-after-revocation", Level::L7),
    ("placement-group/left-once-revoked", Level::L7),
    ("query-log-config/association-ended-with-the-share", Level::L7),
    ("resolver-rule/association-ended-by-a-move", Level::L7),
    ("security-group/kept-after-revocation", Level::L7),
    ("security-group/gone-once-disassociated", Level::L7),
    ("subnet/closed-after-revocation", Level::L7),
    ("transit-gateway/attachment-kept-after-revocation", Level::L7),
];

/// The service that all levels are about.
const RAM: &str = "ram";

/// The levels of RAM's operations; the others, which are about associations and permissions, are of L2.
static OPERATIONS_OF_RAM: &[(&str, Level)] = &[
    ("CreateResourceShare", Level::L1),
    ("DeleteResourceShare", Level::L1),
    ("GetResourceShares", Level::L1),
    ("TagResource", Level::L1),
    ("UntagResource", Level::L1),
    ("UpdateResourceShare", Level::L1),
    ("AcceptResourceShareInvitation", Level::L3),
    ("GetResourceShareInvitations", Level::L3),
    ("ListPendingInvitationResources", Level::L3),
    ("RejectResourceShareInvitation", Level::L3),
    ("GetResourcePolicies", Level::L4),
    ("ListPrincipals", Level::L4),
    ("ListResources", Level::L4),
];

/// What a level lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lacks {
    /// The operations that the target does not have.
    pub operations: BTreeSet<&'static str>,
    /// The rules that it breaks.
    pub diverging: BTreeSet<&'static str>,
    /// The rules that can't be shown for want of operations or of a world.
    pub unimplemented: BTreeSet<&'static str>,
    /// The rules that the run did not reach.
    pub unexercised: BTreeSet<&'static str>,
}

/// A level, and what it lacks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rung {
    /// The level.
    pub level: Level,
    /// What a target does that has reached it.
    pub says: &'static str,
    /// Whether the target has reached it, and all below.
    pub reached: bool,
    /// What it lacks.
    pub lacks: Lacks,
}

/// All levels, lowest first, with what each lacks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Ladder {
    rungs: Vec<Rung>,
}

/// What a run says of a target, as far as levels are concerned.
#[derive(Copy, Clone, Debug)]
pub struct Evidenced<'a> {
    /// The operations that it has.
    pub capabilities: &'a Capabilities,
    /// The states of the rules, by the words of reports.
    pub states: &'a BTreeMap<&'static str, &'static str>,
    /// The firm divergences, known ones too: rule and operation.
    pub divergences: &'a [(&'static str, &'static str)],
}

impl Ladder {
    /// The levels by the operations alone: no level above the one that this says is reached.
    #[must_use]
    pub fn at_most(capabilities: &Capabilities) -> Self {
        let mut lacks = Self::lacking_operations(capabilities);
        Self::of(&mut lacks)
    }

    /// The levels by what a run has shown.
    #[must_use]
    pub fn shown(run: Evidenced<'_>) -> Self {
        let mut lacks = Self::lacking_operations(run.capabilities);
        for (rule, operation) in run.divergences {
            let of_operation = OPERATIONS.iter().find(|info| info.name == *operation);
            let of_operation = of_operation.and_then(Level::of_operation);
            let level = rules::find(rule).map(Level::of_rule).max(of_operation);
            let lacks = lacks.entry(level.unwrap_or(Level::L1)).or_default();
            lacks.diverging.insert(*rule);
        }
        let without_a_clock =
            if run.capabilities.has(PASS_TIME) { BTreeSet::new() } else { shown_after_time() };
        for rule in rules::all().filter(|rule| rule.evidence.is_firm()) {
            let excused = UNEXERCISED.iter().any(|(name, _)| *name == rule.name)
                || without_a_clock.contains(rule.name);
            let lacks = lacks.entry(Level::of_rule(rule)).or_default();
            match run.states.get(rule.name).copied() {
                Some("unimplemented") if !excused => lacks.unimplemented.insert(rule.name),
                Some("unexercised") if !excused => lacks.unexercised.insert(rule.name),
                Some(_) | None => false,
            };
        }
        Self::of(&mut lacks)
    }

    fn lacking_operations(capabilities: &Capabilities) -> BTreeMap<Level, Lacks> {
        let mut lacks: BTreeMap<Level, Lacks> = BTreeMap::new();
        for info in OPERATIONS.iter().filter(|info| !capabilities.has(info.name)) {
            if let Some(level) = Level::of_operation(info) {
                lacks.entry(level).or_default().operations.insert(info.name);
            }
        }
        let of_ram = || OPERATIONS.iter().filter(|info| info.service == RAM);
        if of_ram().all(|info| !capabilities.has(info.name)) {
            let operations = of_ram().map(|info| info.name).collect();
            lacks.entry(Level::L0).or_default().operations = operations;
        }
        lacks
    }

    fn of(lacks: &mut BTreeMap<Level, Lacks>) -> Self {
        let mut reached = true;
        let rungs = Level::ALL.into_iter().map(|level| {
            let lacks = lacks.remove(&level).unwrap_or_default();
            reached &= lacks == Lacks::default();
            Rung { level, says: level.says(), reached, lacks }
        });
        Self { rungs: rungs.collect() }
    }

    /// The highest level that is reached; `None` if RAM does not answer at all.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.rungs.iter().rev().find(|rung| rung.reached).map(|rung| rung.level)
    }

    /// The lowest level that is not reached; `None` if all are.
    #[must_use]
    pub fn next(&self) -> Option<&Rung> {
        self.rungs.iter().find(|rung| !rung.reached)
    }

    /// The level in a sentence: the one reached, and what the next one lacks.
    #[must_use]
    pub fn sentence(&self) -> String {
        let level = self.level().map_or("none", Level::as_str);
        let Some(next) = self.next() else {
            return format!("{level} of {}", Level::HIGHEST);
        };
        format!(
            "{level} of {}: {} ({}) lacks {}",
            Level::HIGHEST,
            next.level,
            next.says,
            next.lacks
        )
    }
}

/// The most names that a sentence has of each sort.
const NAMED: usize = 4;

/// As a list in a sentence.
impl std::fmt::Display for Lacks {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sorts = [
            (&self.operations, "operation", "operations"),
            (&self.diverging, "rule that diverges", "rules that diverge"),
            (&self.unimplemented, "rule beyond its operations", "rules beyond its operations"),
            (
                &self.unexercised,
                "rule that the run did not reach",
                "rules that the run did not reach",
            ),
        ];
        let mut first = true;
        for (names, one, several) in sorts.into_iter().filter(|(names, ..)| !names.is_empty()) {
            let (count, noun) = (names.len(), if names.len() == 1 { one } else { several });
            let named: Vec<_> = names.iter().copied().take(NAMED).collect();
            let more = if count > NAMED { ", ..." } else { "" };
            let named = named.join(", ");
            let comma = if first { "" } else { "; " };
            write!(formatter, "{comma}{count} {noun} ({named}{more})")?;
            first = false;
        }
        Ok(())
    }
}

/// The operation that lets time pass. A target without a clock to move is not judged by what time does.
const PASS_TIME: &str = "PassTime";

/// The rules that suites show only once time has passed.
fn shown_after_time() -> BTreeSet<&'static str> {
    let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
    for suite in suites::all() {
        let Prediction { steps, claims, .. } = predict(suite.parsed());
        let passes = steps.iter().find(|step| step.operation == PASS_TIME);
        let passes = passes.map_or(usize::MAX, |step| step.line);
        let of_steps =
            steps.iter().flat_map(|step| step.cited().map(move |rule| (step.line, rule)));
        let of_claims = claims.iter().filter_map(|claim| Some((claim.line, claim.rule?)));
        for (line, rule) in of_steps.chain(of_claims) {
            let shown = if line < passes { &mut before } else { &mut after };
            shown.insert(rule);
        }
    }
    after.retain(|rule| !before.contains(rule));
    after
}

#[cfg(test)]
mod tests;
