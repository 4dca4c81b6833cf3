//! Looks: the reads by which the view of an account is observed.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use bellwether_model::answer::{Expected, Key, Reply, Row};
use bellwether_model::operations::OPERATIONS;
use bellwether_model::rules::Rule;
use bellwether_model::{Account, Call, Name, Shape, World};

use super::nearby::Nearby;

/// One read by one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRead {
    /// Who reads.
    pub account: Account,
    /// What it reads.
    pub call: Call,
}

/// Returns the reads that show an account's whole view of a world, in the order of the operations.
#[must_use]
pub fn view_reads_of(world: &World, account: Account) -> Vec<ViewRead> {
    let calls = OPERATIONS.iter().flat_map(|info| (info.view_reads)(world, account));
    calls.map(|call| ViewRead { account, call }).collect()
}

/// The looks of all accounts.
pub(super) fn complete(world: &World, shape: Shape) -> Vec<ViewRead> {
    shape.actors().iter().flat_map(|account| view_reads_of(world, *account)).collect()
}

/// A look that shows something else than before.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The look.
    pub(super) view_read: ViewRead,
    /// What that is about.
    pub(super) keys: BTreeSet<Key>,
    was: Vec<Row>,
    is: Vec<Row>,
}

/// The looks of all accounts that show something else than before. Reading changes no world.
///
/// What was not listed and still is not, such as a new share to a stranger, is left to the view read
/// at everything in the end: it would cost a request for every account at every step.
pub(super) fn changed(before: &mut World, after: &mut World, shape: Shape) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let view_reads = complete(after, shape).into_iter().filter_map(|view_read| {
        let (was, is) = (listed(before, &view_read), listed(after, &view_read));
        let gone = was.iter().filter(|row| !is.contains(row));
        let new = is.iter().filter(|row| !was.contains(row));
        let keys: BTreeSet<_> = gone.chain(new).map(|row| row.key.clone()).collect();
        (!keys.is_empty()).then_some(Change { view_read, keys, was, is })
    });
    view_reads.collect()
}

/// One fact that a view read shows, apart from whose names it tells of, as it is counted: two are the
/// same where their numbers are.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
    /// What it tells, whatever was done before it.
    outline: u64,
    /// The same, with what was done.
    detail: u64,
}

impl Signature {
    fn of(outline: impl Hash, detail: impl Hash) -> Self {
        let outline = number(outline);
        Self { outline, detail: number((outline, detail)) }
    }
}

fn number(told: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    told.hash(&mut hasher);
    hasher.finish()
}

/// How often looks have told the same.
#[derive(Clone, Debug, Default)]
pub struct SeenSignatures(BTreeMap<u64, u32>);

impl SeenSignatures {
    /// Adds what other plays have told.
    pub fn merge(&mut self, other: Self) {
        for (telling, times) in other.0 {
            *self.0.entry(telling).or_default() += times;
        }
    }

    /// Takes note of what a view read would tell, and whether it is worth its request: what was told
    /// before, here or by the plays `before`, is told again more and more seldom. The details are left
    /// to plays that come after one that told the outline: what most targets get wrong shows there,
    /// and costs a few requests.
    pub(super) fn is_novel(&mut self, before: &Self, signatures: Vec<Signature>) -> bool {
        let mut times = |it: u64| {
            let times = self.0.entry(it).or_default();
            *times += 1;
            before.times(it).saturating_add(*times)
        };
        let least = signatures.into_iter().map(|Signature { outline, detail }| {
            let outlined = times(outline);
            if before.times(outline) > 0 { outlined.min(times(detail)) } else { outlined }
        });
        let least = least.min().unwrap_or_default();
        least.is_power_of_two() && least.trailing_zeros().is_multiple_of(RESAMPLE_LOG2)
    }

    fn times(&self, told: u64) -> u32 {
        self.0.get(&told).copied().unwrap_or_default()
    }
}

/// What is told again is looked at again when it could have been for the 4th, 16th, 64th time.
const RESAMPLE_LOG2: u32 = 2;

/// What a view read is made after.
#[derive(Clone, Debug)]
pub(super) struct After {
    /// The operation of the step.
    pub(super) operation: &'static str,
    /// The part that its caller plays.
    pub(super) role: &'static str,
    /// See [`principals_of`](super::nearby::principals_of).
    pub(super) principals: BTreeSet<&'static str>,
}

/// What a view read tells after a step which changed what it shows: by which rules rows came, went, stay
/// for another reason and have other fields, and whether others stay as they are.
pub(super) fn signatures(after: &After, change: &Change) -> Vec<Signature> {
    let Change { view_read, was, is, .. } = change;
    let read = read_of(view_read);
    let step = (after.operation, after.role);
    let signature = |how: &str, rule: &Rule, from: usize, to: usize| {
        Signature::of((&read, how, rule.name), (step, from, to))
    };
    let moved = |how: &'static str, rule: &'static Rule| {
        let by = after.principals.iter();
        let for_whom = by.map(|sort| Signature::of((&read, how, rule.name, *sort), step));
        for_whom.chain([signature(how, rule, 0, 0)]).collect::<Vec<_>>()
    };
    let mut signatures = Vec::new();
    if is.iter().any(|row| was.contains(row)) {
        signatures.push(Signature::of((&read, "beside"), step));
    }
    for row in is {
        let earlier = was.iter().find(|it| it.key == row.key);
        if earlier.is_none_or(|earlier| earlier.rule != row.rule) {
            let how = if earlier.is_none() { "comes" } else { "stays" };
            signatures.extend(moved(how, row.rule));
        }
        for field in &row.fields {
            let same_field = |earlier: &'_ Row| {
                earlier.fields.iter().find(|it| it.name == field.name).map(|it| it.expected.clone())
            };
            let old = earlier.and_then(same_field);
            if old.as_ref() != Some(&field.expected) {
                let from = old.as_ref().map_or(0, extent);
                signatures.push(signature("field", field.rule, from, extent(&field.expected)));
            }
        }
    }
    let gone = was.iter().filter(|row| is.iter().all(|it| it.key != row.key));
    signatures.extend(gone.flat_map(|row| moved("goes", row.rule)));
    signatures
}

/// How much a field says, where nothing is 0: how many texts, up to two, or that it says something.
fn extent(expected: &Expected) -> usize {
    match expected {
        Expected::Absent => 0,
        Expected::Set(texts) => 1 + texts.len().min(2),
        Expected::OneOf(_)
        | Expected::Text(_)
        | Expected::Flag(_)
        | Expected::Account(_)
        | Expected::AtMost(_)
        | Expected::Present => 4,
    }
}

/// What a view read tells after the last step: what stands there and what does not, and which operation
/// came last to what stands there, or to what does not though the account has to do with it.
pub(super) fn standing(view_read: &ViewRead, world: &mut World, nearby: &Nearby) -> Vec<Signature> {
    let rows = view_read.call.apply(world, view_read.account, &Name::new("")).rows;
    let read = read_of(view_read);
    let of_row = |row: &Row| {
        let outline = (&read, row.rule.name, row.present);
        let mut names = row.key.names();
        names.retain(|name| row.present || nearby.concerns(name, view_read.account));
        let came = names.into_iter().filter_map(|name| nearby.came(name));
        let came = came.map(|came| Signature::of(outline, came.operation));
        came.chain([Signature::of(outline, ())]).collect::<Vec<_>>()
    };
    let told: BTreeSet<Signature> = rows.iter().flat_map(of_row).collect();
    told.into_iter().collect()
}

/// A read, without the resources that it names.
fn read_of(view_read: &ViewRead) -> String {
    let owner = view_read.call.write().named.into_iter().filter(|(key, _)| !key.ends_with("Arns"));
    let values = owner.flat_map(|(_, values)| values).map(|value| value.text.to_string());
    values.fold(view_read.call.operation().to_owned(), |read, value| read + " " + &value)
}

/// The rows that a view read shows; what it shows of the one resource that it names is a row as well.
fn listed(world: &mut World, view_read: &ViewRead) -> Vec<Row> {
    let Reply { because, mut rows, fields } =
        view_read.call.apply(world, view_read.account, &Name::new(""));
    rows.retain(|row| row.present);
    if let (false, [name, ..]) = (fields.is_empty(), &view_read.call.names()[..]) {
        let of = Row::expected(Key::Resource((*name).clone()), because);
        rows.push(Row { fields, ..of });
    }
    rows
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::{ec2, ram};

    use super::*;
    use crate::scenario::{Scenario, Step};

    /// The steps of a scenario of standalone accounts.
    fn steps(text: &str) -> Vec<Step> {
        let scenario = Scenario::parse("a.scenario", &format!("world standalone\n\n{text}"));
        scenario.unwrap().steps().cloned().collect()
    }

    /// What the owner's read of its shares tells after each step.
    fn told_of_shares(text: &str) -> Vec<Vec<Signature>> {
        let view_read =
            ViewRead { account: Account::OWNER, call: ram::GetResourceShares::default().into() };
        let mut world = World::new(Shape::Standalone);
        let told = steps(text).into_iter().enumerate().map(|(place, step)| {
            let mut before = world.clone();
            step.call.apply(&mut world, step.actor, &step.made_name(place));
            let changes = changed(&mut before, &mut world, Shape::Standalone);
            let change = changes.iter().find(|it| it.view_read == view_read).unwrap();
            let operation = step.call.operation();
            signatures(&After { operation, role: "owner", principals: BTreeSet::new() }, change)
        });
        told.collect()
    }

    #[test]
    fn details_are_worth_a_look_once_an_earlier_play_has_told_the_outline() {
        let told = told_of_shares(
            "owner CreateResourceShare name=one -> share
             owner TagResource resourceShareArn=share tags=team:red
             owner TagResource resourceShareArn=share tags=stage:beta
             owner TagResource resourceShareArn=share tags=cost:none",
        );
        assert_ne!(told[1], told[2]);
        assert!(told[3].iter().all(|it| !told[1].contains(it)));
        let worth = |before: &SeenSignatures| {
            let mut all = SeenSignatures::default();
            let worth = told.iter().map(|it| all.is_novel(before, it.clone()));
            (worth.collect::<Vec<bool>>(), all)
        };
        let (outlines, first) = worth(&SeenSignatures::default());
        assert_eq!(outlines, [true, true, false, false]);
        let (details, _) = worth(&first);
        assert_eq!(details, [true, true, true, true]);
    }

    #[test]
    fn what_is_told_again_is_worth_a_look_the_fourth_time() {
        let one = Signature::of("one", ());
        let (mut all, none) = (SeenSignatures::default(), SeenSignatures::default());
        let worth: Vec<bool> = (0..5).map(|_| all.is_novel(&none, vec![one])).collect();
        assert_eq!(worth, [true, false, false, true, false]);
        assert!(all.is_novel(&none, vec![one, Signature::of("two", ())]), "one of them is news");
        assert!(!all.is_novel(&none, Vec::new()), "nothing is told");
    }

    #[test]
    fn what_stands_there_tells_which_operation_came_to_it() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner CreateSubnet -> net2
             owner RunInstances SubnetId=net2 -> web",
        );
        let mut world = World::new(Shape::Standalone);
        let mut nearby = Nearby::default();
        let view_read =
            ViewRead { account: Account::OWNER, call: ec2::DescribeSubnets::default().into() };
        let mut told: Vec<Vec<Signature>> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            step.call.apply(&mut world, step.actor, &step.made_name(place));
            nearby.note(step);
            told.push(standing(&view_read, &mut world, &nearby));
        }
        assert!(told[1].iter().all(|it| told[0].contains(it)), "another subnet tells the same");
        assert!(told[2].iter().any(|it| !told[1].contains(it)), "one that is used does not");
    }
}
