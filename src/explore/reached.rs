//! What the cases of a run have reached so far, and how much of a step would be new.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use bellwether_model::answer::{Answer, Reply};
use bellwether_model::operations::Topic;
use bellwether_model::view::Seen;
use bellwether_model::{Call, Name, Shape, World, resources};
use rustc_hash::{FxHashMap, FxHasher};

use super::routes::Routes;
use super::{Case, Cases, connected};
use crate::run::nearby::{Nearby, aspects_of, noun_of};
use crate::run::role;
use crate::scenario::Step;

/// What the steps drawn so far have reached, with how often.
///
/// It is known from the model alone, before anything is sent: the same draws reach the same.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    pub(super) counts: Counts,
    /// How many steps were about each topic.
    topics: BTreeMap<Topic, u32>,
    /// The routes that are known.
    pub(super) routes: Routes,
    /// The nouns of what calls of each operation were seen to name.
    named: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// How many walks were for each operation in vain.
    in_vain: BTreeMap<&'static str, usize>,
}

/// How often each feature was reached, and in how many cases.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    of: FxHashMap<Mark, u32>,
    cases: u32,
}

/// What a step costs: a request.
const STEP: u32 = 10;
/// What one that writes costs beside it, in the first cases: looks at what it changed.
const LOOKS: u32 = 12;
/// What one that launches costs beside it, in the first cases: what it needs made first.
const FIXTURES: u32 = 24;
/// How many the first cases are, which are to find what costs little. What they leave over takes
/// long ways, and costs what it costs.
const FIRST: u32 = 3;

impl Counts {
    /// Takes note of what a step reaches.
    fn add(&mut self, features: &[Mark]) {
        for feature in features {
            *self.of.entry(*feature).or_default() += 1;
        }
    }

    /// What so much that is new is worth, for what the steps to it cost.
    pub(super) fn worth(&self, novelty: u32, steps: &[Step]) -> u32 {
        let is_first = self.cases <= FIRST;
        let launches = |call: &Call| call.info().launch_ended_by.is_some();
        let one = |Step { call, .. }: &Step| {
            let view_reads = if is_first && call.writes() { LOOKS } else { 0 };
            let fixtures = if is_first && launches(call) { FIXTURES } else { 0 };
            STEP + view_reads + fixtures
        };
        let cost: u32 = steps.iter().map(one).sum();
        novelty.saturating_mul(STEP) / cost.max(STEP)
    }

    /// How much it is worth to be the first to reach a feature: after the first cases a rule is worth
    /// twice as much.
    fn weight(&self, feature: &Mark) -> u32 {
        if self.cases > FIRST && feature.weight == RULE { 2 * RULE } else { feature.weight }
    }

    fn of(&self, feature: &Mark) -> u32 {
        self.of.get(feature).copied().unwrap_or_default()
    }
}

/// What no operation names.
static NONE: BTreeSet<&'static str> = BTreeSet::new();

/// Something that a step can reach.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Feature<'a> {
    /// A rule, by which something is answered, listed or told, or is not.
    Rule(&'static str, bool),
    /// An operation's answer by a rule to a caller who plays a part, and whether no other rule is
    /// broken.
    Answer(&'static str, &'static str, &'static str, bool),
    /// A list that expects rows, or their absence, by a rule.
    Row(&'static str, &'static str, bool),
    /// A field that is expected by a rule.
    Field(&'static str, &'static str),
    /// An aspect of a call of an operation, and whether the call is granted.
    Given(&'static str, &'a str, bool),
    /// An operation, an aspect of its call or the operation that came before to what it names, and a
    /// rule that it reaches.
    Both(&'static str, &'a str, &'static str, bool),
    /// An operation of a caller who plays a part, after which some account sees resources of a type by
    /// another rule than before.
    Turn(&'static str, &'static str, Option<&'static str>, &'static str),
    /// An operation that changed something, and what some account sees so far from what it named,
    /// by a rule.
    Near(&'static str, usize, &'a str, &'static str),
    /// An operation that changed something, and what is hidden, by a rule, so far from what it named
    /// from an account that has to do with it.
    Hidden(&'static str, usize, &'a str, &'static str),
    /// An operation that changed something, with more than one resource of a sort so far from what it
    /// named.
    Crowd(&'static str, usize, &'a str),
    /// An operation on a resource after another on the same resource, and whether by the same account.
    Pair(&'static str, &'static str, bool),
    /// The same, by an aspect of the earlier call, and whether the later one is granted.
    Said(&'static str, &'a str, &'static str, bool),
    /// A granted operation on a resource that so many of its kind were granted on before.
    Again(&'static str, u32),
}

/// A feature, as it is counted: two are the same where their numbers are. Comparing features
/// themselves would take most of the time of drawing.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Mark {
    number: u64,
    weight: u32,
}

impl Mark {
    /// Whether the way to it is worth remembering.
    pub(super) fn is_worth_a_route(self) -> bool {
        self.weight >= WORTHY
    }
}

/// What it is worth to be the first to reach a rule.
const RULE: u32 = 20;
/// The same of an answer by a rule to somebody.
const ANSWER: u32 = 5;
/// What is worth so much is worth remembering the way to it.
const WORTHY: u32 = 2;

impl From<Feature<'_>> for Mark {
    fn from(feature: Feature<'_>) -> Self {
        let mut hasher = FxHasher::default();
        feature.hash(&mut hasher);
        Self { number: hasher.finish(), weight: feature.weight() }
    }
}

impl Feature<'_> {
    /// The rule by which it is reached, where it is judged, and whether that is for something to be
    /// there.
    fn rule(&self) -> Option<(&'static str, bool)> {
        match self {
            Self::Answer(_, rule, _, alone) => alone.then_some((rule, true)),
            Self::Row(_, rule, present) => Some((rule, *present)),
            Self::Turn(.., rule) | Self::Field(_, rule) => Some((rule, true)),
            Self::Rule(..)
            | Self::Given(..)
            | Self::Both(..)
            | Self::Near(..)
            | Self::Hidden(..)
            | Self::Crowd(..)
            | Self::Pair(..)
            | Self::Said(..)
            | Self::Again(..) => None,
        }
    }

    /// How much it is worth to be the first to reach it.
    fn weight(&self) -> u32 {
        match self {
            Self::Rule(..) => RULE,
            Self::Answer(..) => ANSWER,
            Self::Turn(..) => 6,
            Self::Row(..) => 3,
            Self::Given(..)
            | Self::Near(..)
            | Self::Hidden(..)
            | Self::Crowd(..)
            | Self::Pair(..)
            | Self::Again(..)
            | Self::Field(..) => 2,
            Self::Both(..) | Self::Said(..) => 1,
        }
    }
}

impl Reached {
    /// Nothing yet, but how it goes in scenarios is known.
    #[must_use]
    pub fn knowing(cases: &Cases, scenarios: impl IntoIterator<Item = Case>) -> Self {
        let mut routes = Routes::default();
        for Case { shape, steps } in scenarios {
            let named = steps.into_iter().enumerate().map(|(place, step)| {
                let made = (!step.call.makes().is_empty()).then(|| step.made_name(place));
                Step { made, refused_with: Vec::new(), ..step }
            });
            routes.learn_all(cases, shape, &connected(named.collect()));
        }
        Self { routes, ..Self::default() }
    }

    /// The cases that are known to come to a rule, the shortest first.
    #[must_use]
    pub fn ways_to(&self, rule: &'static str) -> Vec<Case> {
        self.routes.reaching(&[true, false].map(|there| Feature::Rule(rule, there).into()))
    }

    /// Takes note of a case that begins.
    pub(super) fn begin_case(&mut self) {
        self.counts.cases = self.counts.cases.saturating_add(1);
        if self.counts.cases == FIRST + 1 {
            self.routes.promise_anew();
        }
    }

    /// Takes note of what a step reaches.
    pub(super) fn add(&mut self, features: &[Mark]) {
        self.counts.add(features);
    }

    /// The nouns of what calls of an operation were seen to name.
    pub(super) fn named_by(&self, operation: &str) -> &BTreeSet<&'static str> {
        self.named.get(operation).unwrap_or(&NONE)
    }

    /// Takes note of what calls of an operation name.
    pub(super) fn add_named(&mut self, operation: &'static str, nouns: BTreeSet<&'static str>) {
        self.named.entry(operation).or_default().extend(nouns);
    }

    /// How many walks were for an operation in vain.
    pub(super) fn in_vain(&self, operation: &str) -> usize {
        self.in_vain.get(operation).copied().unwrap_or_default()
    }

    /// Takes note of a walk that was for an operation, and whether it was in vain.
    pub(super) fn add_aim(&mut self, operation: &'static str, in_vain: bool) {
        let count = self.in_vain.entry(operation).or_default();
        *count = if in_vain { *count + 1 } else { *count / 2 };
    }

    /// How many steps were about a topic.
    pub(super) fn of_topic(&self, topic: Topic) -> u32 {
        self.topics.get(&topic).copied().unwrap_or_default()
    }

    /// Takes note of what a step is about.
    pub(super) fn add_topic(&mut self, topic: Topic) {
        *self.topics.entry(topic).or_default() += 1;
    }
}

/// What steps would reach that may yet be taken, beside what was reached.
pub(super) struct Aside<'a> {
    reached: &'a Counts,
    beside: Counts,
}

impl<'a> Aside<'a> {
    /// Nothing, beside what was reached.
    pub(super) fn of(reached: &'a Counts) -> Self {
        Self { reached, beside: Counts::default() }
    }

    /// How much of what a step would reach is new: less, the more often it was reached before.
    pub(super) fn novelty(&self, features: &[Mark]) -> u32 {
        let one = |feature: &Mark| {
            let count = self.reached.of(feature).saturating_add(self.beside.of(feature));
            self.reached.weight(feature) * 60 / count.saturating_mul(count).saturating_add(1)
        };
        features.iter().map(one).sum()
    }

    /// Takes note of what a step would reach.
    pub(super) fn add(&mut self, features: &[Mark]) {
        self.beside.add(features);
    }
}

/// What was written to in one case.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    nearby: Nearby,
    /// How often an operation wrote to a resource.
    times: BTreeMap<(Name, &'static str), u32>,
}

impl Written {
    /// Takes note of a step that wrote.
    fn note(&mut self, step: &Step) {
        self.nearby.note(step);
        let operation = step.call.operation();
        for name in step.call.names().into_iter().chain(&step.made) {
            *self.times.entry((name.clone(), operation)).or_default() += 1;
        }
    }
}

/// What a step reaches in a world. The world and what was written are moved on by it.
pub(super) fn features(
    step: &Step,
    name: &Name,
    shape: Shape,
    world: &mut World,
    written: &mut Written,
) -> Vec<Mark> {
    let call = &step.call;
    let operation = call.operation();
    let part = role::of_call(world, step.actor, call);
    let before = call.writes().then(|| world.clone());
    let answer = call.assume(world, step.actor, name);
    let granted = match &answer {
        Answer::Granted(_) => true,
        Answer::Open(open) => open.granted,
        Answer::Refused(_) => false,
    };
    let mut features = Features::default();
    features.add_answer(operation, part, &answer);
    let given = aspects_of(call);
    features.extend(given.iter().map(|it| Feature::Given(operation, it, granted)));
    let mut aspects: Vec<&str> = given.iter().map(String::as_str).collect();
    for named in call.names() {
        if let Some(came) = written.nearby.came(named) {
            features.add(Feature::Pair(came.operation, operation, came.actor == step.actor));
            aspects.push(came.operation);
            let said = came.aspects.iter();
            features.extend(said.map(|it| Feature::Said(came.operation, it, operation, granted)));
        }
        let times = written.times.get(&(named.clone(), operation));
        if granted && let Some(times) = times {
            features.add(Feature::Again(operation, *times));
        }
    }
    if let Some(before) = before.filter(|before| before != world) {
        features.add_change((operation, part), call, shape, (&before, world), written);
        written.note(step);
    }
    for (rule, there) in std::mem::take(&mut features.rules) {
        features.add(Feature::Rule(rule, there));
        features.extend(aspects.iter().map(|it| Feature::Both(operation, it, rule, there)));
    }
    features.marks.sort_unstable();
    features.marks.dedup();
    features.marks
}

/// What one step reaches.
#[derive(Default)]
struct Features {
    marks: Vec<Mark>,
    /// The rules by which it is reached.
    rules: Vec<(&'static str, bool)>,
}

impl<'a> Extend<Feature<'a>> for Features {
    fn extend<T: IntoIterator<Item = Feature<'a>>>(&mut self, features: T) {
        features.into_iter().for_each(|feature| self.add(feature));
    }
}

impl Features {
    fn add(&mut self, feature: Feature<'_>) {
        self.rules.extend(feature.rule());
        self.marks.push(feature.into());
    }

    fn add_answer(&mut self, operation: &'static str, part: &'static str, answer: &Answer) {
        match answer {
            Answer::Granted(reply) => self.add_reply(operation, part, reply),
            Answer::Refused(refusal) => {
                let alone = refusal.broken.len() == 1;
                self.add(Feature::Answer(operation, refusal.rule().name, part, alone));
            }
            Answer::Open(open) => {
                self.add(Feature::Answer(operation, open.rules[0].name, part, false));
            }
        }
    }

    fn add_reply(&mut self, operation: &'static str, part: &'static str, reply: &Reply) {
        self.add(Feature::Answer(operation, reply.because.name, part, true));
        self.extend(reply.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
        for row in reply.rows.iter().filter(|row| row.judged) {
            self.add(Feature::Row(operation, row.rule.name, row.present));
            self.extend(row.fields.iter().map(|it| Feature::Field(operation, it.rule.name)));
        }
    }

    /// What a call that changes the world reaches of what the accounts see.
    fn add_change(
        &mut self,
        (operation, part): (&'static str, &'static str),
        call: &Call,
        shape: Shape,
        (before, world): (&World, &World),
        written: &Written,
    ) {
        let around = written.nearby.around(call);
        let crowds = crowds(&around).into_iter();
        self.extend(crowds.map(|(distance, noun)| Feature::Crowd(operation, distance, noun)));
        for account in shape.actors() {
            let was = before.seen_by(*account).resources;
            for (name, resource, sight) in world.seen_by(*account).resources {
                let rule = sight.rule.name;
                let earlier = was.binary_search_by_key(&name, |(it, ..)| *it);
                if earlier.ok().is_none_or(|place| was[place].2.rule != sight.rule) {
                    let of =
                        resources::of(world.assumptions, &resource.kind).map(|it| it.facts.name);
                    self.add(Feature::Turn(operation, part, of, rule));
                }
                let Some(distance) = around.get(name) else { continue };
                let noun = noun_of(name.as_str());
                if sight.seen != Seen::Hidden {
                    self.add(Feature::Near(operation, *distance, noun, rule));
                } else if written.nearby.concerns(name, *account) {
                    self.add(Feature::Hidden(operation, *distance, noun, rule));
                }
            }
        }
    }
}

/// The sorts of which there is more than one resource at a distance.
fn crowds<'a>(around: &BTreeMap<&'a Name, usize>) -> BTreeSet<(usize, &'a str)> {
    let mut once = BTreeSet::new();
    let sorts = around.iter().map(|(name, at)| (*at, noun_of(name.as_str())));
    sorts.filter(|sort| !once.insert(*sort)).collect()
}

#[cfg(test)]
mod tests {
    use bellwether_model::rules::permission;

    use super::*;
    use crate::explore::tests::cases;
    use crate::scenario::Scenario;

    #[test]
    fn how_it_goes_in_a_scenario_is_known_from_the_start() {
        let text = include_str!("../../suites/permissions/five-versions.scenario");
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let case = Case { shape: scenario.shape, steps: scenario.steps().cloned().collect() };
        let reached = Reached::knowing(&cases(), [case]);
        let refused = Mark::from(Feature::Rule(permission::FIVE_VERSIONS.name, true));
        let shortest =
            reached.routes.of(scenario.shape).iter().find(|it| it.features.contains(&refused));
        let operations = shortest.unwrap().steps.iter().map(|it| it.call.operation());
        let mut expected = vec!["CreatePermissionVersion"; 6];
        expected[0] = "CreatePermission";
        assert_eq!(operations.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_writes_or_launches_costs_more_in_the_first_cases() {
        let text = "world standalone

owner ListResourceTypes
owner CreateSubnet -> net
owner RunInstances SubnetId=net -> web";
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let steps: Vec<Step> = scenario.steps().cloned().collect();
        let mut counts = Counts::default();
        let worth = |counts: &Counts| {
            let each = steps.iter().map(|step| counts.worth(46, std::slice::from_ref(step)));
            each.collect::<Vec<u32>>()
        };
        counts.cases = FIRST;
        assert_eq!(worth(&counts), [46, 20, 10]);
        counts.cases += 1;
        assert_eq!(worth(&counts), [46, 46, 46]);
    }

    #[test]
    fn what_a_long_run_has_reached_again_and_again_is_no_news() {
        let feature = Mark::from(Feature::Pair("CreateSubnet", "DeleteSubnet", true));
        let mut reached = Counts::default();
        assert!(Aside::of(&reached).novelty(&[feature]) > 0);
        reached.of.insert(feature, u32::MAX);
        assert_eq!(Aside::of(&reached).novelty(&[feature]), 0);
    }
}
