//! Looks: the reads by which the view of an account is observed.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use bellwether_model::answer::{Expected, Key, Reply, Row};
use bellwether_model::operations::OPERATIONS;
use bellwether_model::rules::Rule;
use bellwether_model::{Account, Call, Name, Region, Shape, World};

use super::adjacency::{Adjacency, noun_of};
use super::role::Role;

/// One read by one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRead {
    /// The reader.
    pub account: Account,
    /// The read.
    pub call: Call,
}

/// Returns the reads that show an account's whole view of a world, in the order of the operations.
///
/// Where anything was made in another Region too, each list is read in all: what one has, the others must not
/// have.
#[must_use]
pub fn view_reads_of(world: &World, account: Account) -> Vec<ViewRead> {
    let regions = [world.region].into_iter().chain(world.elsewhere.keys().copied());
    let reads = |region: Region| (region, view_reads_here(&world.in_region(region), account));
    let of_regions: Vec<(Region, Vec<Call>)> = regions.map(reads).collect();
    let mut calls: Vec<Call> = Vec::new();
    for (region, own) in &of_regions {
        calls.extend(own.iter().map(|call| call.clone().made_in(*region)));
        let others = of_regions.iter().filter(|(other, _)| other != region);
        let lists = others.flat_map(|(_, calls)| calls).filter(|call| call.names().is_empty());
        for call in lists.map(|call| call.clone().made_in(*region)) {
            if !calls.contains(&call) {
                calls.push(call);
            }
        }
    }
    calls.into_iter().map(|call| ViewRead { account, call }).collect()
}

/// The reads that show an account's view of the Region that a world is in.
fn view_reads_here(world: &World, account: Account) -> Vec<Call> {
    OPERATIONS.iter().flat_map(|info| (info.view_reads)(world, account)).collect()
}

/// The view reads of all accounts.
pub(super) fn complete(world: &World, shape: Shape) -> Vec<ViewRead> {
    shape.actors().iter().flat_map(|account| view_reads_of(world, *account)).collect()
}

/// A view read that shows something else than before.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// The view read.
    pub(super) view_read: ViewRead,
    /// The keys that it is about.
    pub(super) keys: BTreeSet<Key>,
    was: Vec<Row>,
    is: Vec<Row>,
}

/// Returns the view reads of all accounts that show something else than before. Reading changes no
/// world.
///
/// A row that was not listed and still is not, such as a new share to a stranger, is left to the
/// final read of all views: it would cost a request for every account at every step.
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

/// The signature of one fact that a view read would show, without the names that it is about.
///
/// It is a 64-bit hash: two facts of one hash count as one, so that a read which shows only the second
/// may be left out, and a fault that only that read shows is found in another run. Of some 10,000
/// signatures of a run, that happens once in a hundred billion runs.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
    /// The fact, whatever the step before it was.
    outline: u64,
    /// The same with the step before it.
    detail: u64,
}

impl Signature {
    fn of(outline: impl Hash, detail: impl Hash) -> Self {
        let outline = hash_of(outline);
        Self { outline, detail: hash_of((outline, detail)) }
    }
}

fn hash_of(fact: impl Hash) -> u64 {
    let mut hasher = Fnv1a::default();
    fact.hash(&mut hasher);
    hasher.finish()
}

/// The hash FNV-1a of 64 bits. It depends on no toolchain, so that a seed makes the same reads
/// everywhere.
struct Fnv1a(u64);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv1a {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.unsigned_abs() as u64);
    }
}

/// The number of occurrences of each signature.
#[derive(Clone, Debug, Default)]
pub struct SeenSignatures(BTreeMap<u64, u32>);

impl SeenSignatures {
    /// Adds the signatures that other plays have seen.
    pub fn merge(&mut self, other: Self) {
        for (signature, times) in other.0 {
            *self.0.entry(signature).or_default() += times;
        }
    }

    /// Records the signatures of a view read; returns whether it is worth its request.
    ///
    /// One whose signatures were all seen before, here or by the plays `before`, is repeated at its 4th,
    /// 16th, 64th occurrence and so on. Details count only once an earlier play has seen the outline:
    /// the first plays are to find, with few requests, what most targets get wrong.
    pub(super) fn is_novel(&mut self, before: &Self, signatures: Vec<Signature>) -> bool {
        let mut times = |it: u64| {
            let times = self.0.entry(it).or_default();
            *times += 1;
            before.times(it).saturating_add(*times)
        };
        let least = signatures.into_iter().map(|Signature { outline, detail }| {
            let seen = times(outline);
            if before.times(outline) > 0 { seen.min(times(detail)) } else { seen }
        });
        let least = least.min().unwrap_or_default();
        least.is_power_of_two() && least.trailing_zeros().is_multiple_of(RESAMPLE_LOG2)
    }

    fn times(&self, signature: u64) -> u32 {
        self.0.get(&signature).copied().unwrap_or_default()
    }
}

/// The binary logarithm of the factor between repetitions: a signature is repeated at occurrence 4,
/// 16, 64 and so on. A target that is wrong only now and then is wrong in one of them.
const RESAMPLE_LOG2: u32 = 2;

/// The step that a view read is made after.
#[derive(Clone, Debug)]
pub(super) struct After {
    /// Its operation.
    pub(super) operation: &'static str,
    /// Its caller's role.
    pub(super) role: Role,
    /// The sorts of principals that it names, see [`principals_of`](super::adjacency::principals_of).
    pub(super) principals: BTreeSet<&'static str>,
}

/// Returns the signatures of a view read after a step that changes what it shows: by which rules rows
/// come, go, stay by another rule and have other fields, and whether other rows stay as they are.
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

/// Returns the extent of a field: 0 if it is absent, 1 to 3 for a set of no, one and more texts, 4
/// for any other value.
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

/// Returns the signatures of a view read after the last step: by which rules rows are present and
/// absent, each with the last operation on what it is about. Of absent rows only those count
/// in which the account is involved.
pub(super) fn standing(
    view_read: &ViewRead,
    world: &mut World,
    adjacency: &Adjacency,
) -> Vec<Signature> {
    let reply = view_read.call.apply(world, view_read.account, &Name::none());
    let read = read_of(view_read);
    let asked = view_read.call.names().into_iter().next();
    let touch = asked.and_then(|name| adjacency.last_touch(name)).map(|touch| touch.operation);
    let fields = reply.fields.iter().flat_map(|field| {
        let outline = (&read, field.rule.name, extent(&field.expected));
        [Signature::of(outline, touch), Signature::of(outline, ())]
    });
    let of_row = |row: &Row| {
        let outline = (&read, row.rule.name, row.present);
        let mut names = row.key.names();
        names.retain(|name| row.present || adjacency.involves(name, view_read.account));
        let touches = names.into_iter().filter_map(|name| adjacency.last_touch(name));
        let touches = touches.map(|touch| Signature::of(outline, touch.operation));
        touches.chain([Signature::of(outline, ())]).collect::<Vec<_>>()
    };
    let signatures: BTreeSet<Signature> =
        reply.rows.iter().flat_map(of_row).chain(fields).collect();
    signatures.into_iter().collect()
}

/// Returns a read with the sorts of what it names: another subnet makes no other read.
fn read_of(view_read: &ViewRead) -> String {
    let named = view_read.call.write().named.into_iter();
    let values = named.flat_map(|(_, values)| values);
    let read = match view_read.call.region() {
        Region::HOME => view_read.call.operation().to_owned(),
        region => format!("{} in {region}", view_read.call.operation()),
    };
    values.fold(read, |read, value| {
        read + " " + if value.quoted { &value.text } else { noun_of(&value.text) }
    })
}

/// The rows that a view read shows; what it shows of the one resource that it names is a row as well.
fn listed(world: &mut World, view_read: &ViewRead) -> Vec<Row> {
    let Reply { because, mut rows, fields } =
        view_read.call.apply(world, view_read.account, &Name::none());
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

    /// The signatures of the owner's read of its shares after each step.
    fn signatures_of_shares(text: &str) -> Vec<Vec<Signature>> {
        let view_read =
            ViewRead { account: Account::OWNER, call: ram::GetResourceShares::default().into() };
        let mut world = World::new(Shape::Standalone);
        let all = steps(text).into_iter().enumerate().map(|(place, step)| {
            let mut before = world.clone();
            step.call.apply(&mut world, step.actor, &step.made_name(place));
            let changes = changed(&mut before, &mut world, Shape::Standalone);
            let change = changes.iter().find(|it| it.view_read == view_read).unwrap();
            let operation = step.call.operation();
            signatures(&After { operation, role: Role::Owner, principals: BTreeSet::new() }, change)
        });
        all.collect()
    }

    #[test]
    fn details_count_once_an_earlier_play_has_seen_the_outline() {
        let seen = signatures_of_shares(
            "owner CreateResourceShare name=one -> share
             owner TagResource resourceShareArn=share tags=team:red
             owner TagResource resourceShareArn=share tags=stage:beta
             owner TagResource resourceShareArn=share tags=cost:none",
        );
        assert_ne!(seen[1], seen[2]);
        assert!(seen[3].iter().all(|it| !seen[1].contains(it)));
        let novel = |before: &SeenSignatures| {
            let mut all = SeenSignatures::default();
            let novel = seen.iter().map(|it| all.is_novel(before, it.clone()));
            (novel.collect::<Vec<bool>>(), all)
        };
        let (outlines, first) = novel(&SeenSignatures::default());
        assert_eq!(outlines, [true, true, false, false]);
        let (details, _) = novel(&first);
        assert_eq!(details, [true, true, true, true]);
    }

    #[test]
    fn the_hash_of_a_signature_is_that_of_fnv() {
        let hash = |bytes: &[u8]| {
            let mut hasher = Fnv1a::default();
            hasher.write(bytes);
            hasher.finish()
        };
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_seen_signature_is_repeated_the_fourth_time() {
        let one = Signature::of("one", ());
        let (mut all, none) = (SeenSignatures::default(), SeenSignatures::default());
        let novel: Vec<bool> = (0..5).map(|_| all.is_novel(&none, vec![one])).collect();
        assert_eq!(novel, [true, false, false, true, false]);
        assert!(all.is_novel(&none, vec![one, Signature::of("two", ())]), "one of them is new");
        assert!(!all.is_novel(&none, Vec::new()), "it shows nothing");
    }

    #[test]
    fn the_last_operation_on_a_resource_is_part_of_its_signature() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner CreateSubnet -> net2
             owner RunInstances SubnetId=net2 -> web",
        );
        let mut world = World::new(Shape::Standalone);
        let mut adjacency = Adjacency::default();
        let view_read =
            ViewRead { account: Account::OWNER, call: ec2::DescribeSubnets::default().into() };
        let mut seen: Vec<Vec<Signature>> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            step.call.apply(&mut world, step.actor, &step.made_name(place));
            adjacency.note(step);
            seen.push(standing(&view_read, &mut world, &adjacency));
        }
        assert!(seen[1].iter().all(|it| seen[0].contains(it)), "another subnet has the same");
        assert!(seen[2].iter().any(|it| !seen[1].contains(it)), "one that is used does not");
    }
}
