//! The laws of an answer beside its call, and beside earlier answers: a list that was narrowed holds what was
//! asked for, what is read again is alike if nothing was granted in between, and what two lists say of one
//! share agrees.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::{Expected, Key, Value};
use bellwether_model::judge::{
    Comparison, Difference, Divergence, ExpectedPart, Observed, ObservedPart, ObservedRow,
};
use bellwether_model::rules::law;
use bellwether_model::{Call, Name, World};
use smol_str::SmolStr;

use super::settle::differs;
use super::view_reads::ViewRead;

/// The memory of earlier answers of a play, which later ones are held against.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The settled answers to reads since the last call that may have changed anything.
    reads: Vec<(ViewRead, Observed)>,
    /// The names that each share has had.
    names: BTreeMap<Name, BTreeSet<SmolStr>>,
}

impl Memory {
    /// Forgets what was read, since a call may have changed it, and keeps the names that shares have now.
    pub(super) fn note_change(&mut self, world: &World) {
        self.reads.clear();
        for (share, held) in &world.shares {
            self.names.entry(share.clone()).or_default().insert(held.name.clone());
        }
    }

    /// Holds rows that name a share against the names that it has had.
    pub(super) fn hold_names(&self, observed: &Observed, comparison: &mut Comparison) {
        const NAME: &str = "resourceShareName";
        let mut applies = false;
        for row in &observed.rows {
            let names = row.key.names().first().and_then(|share| self.names.get(*share));
            let (Some(names), Value::Text(said)) = (names, row.field(NAME)) else { continue };
            applies = true;
            if let (false, Some(name)) = (names.contains(said), names.last()) {
                comparison.diverges.push(Divergence {
                    rule: &law::NAMED_AS_ITS_SHARE,
                    difference: Difference::WrongField,
                    key: Some(row.key.clone()),
                    expected: ExpectedPart::Field {
                        name: NAME,
                        value: Expected::Text(name.clone()),
                    },
                    observed: ObservedPart::Field { name: NAME, value: Value::Text(said.clone()) },
                });
            }
        }
        let breaks = comparison.diverges.iter().any(|it| *it.rule == law::NAMED_AS_ITS_SHARE);
        if applies && !breaks {
            comparison.conforms.push((&law::NAMED_AS_ITS_SHARE, None));
        }
    }

    /// Holds a settled answer to a read against the first one since the last change that was as expected.
    pub(super) fn hold_again(
        &mut self,
        view_read: &ViewRead,
        observed: &Observed,
        comparison: &mut Comparison,
    ) {
        let Some((_, before)) = self.reads.iter().find(|(by, _)| by == view_read) else {
            if comparison.diverges.is_empty() {
                self.reads.push((view_read.clone(), observed.clone()));
            }
            return;
        };
        let rows = before.rows.iter().filter(|row| !differs(&row.key, comparison));
        let pairs: Vec<_> = rows.filter_map(|row| Some((row, alone(row, observed)?))).collect();
        if let Some(divergence) = pairs.iter().find_map(|(before, now)| change(before, now)) {
            comparison.diverges.push(divergence);
        } else if !pairs.is_empty() {
            comparison.conforms.push((&law::READ_AGAIN_ALIKE, None));
        }
    }
}

/// Holds a list that a call narrows by ids, shares, resources or principals against what it asks for. A literal
/// may stand for anything, so a parameter that has one narrows to nothing in particular.
pub(super) fn hold_narrowed(call: &Call, observed: &Observed, comparison: &mut Comparison) {
    let mut named = call.itself().write().named;
    named.retain(|(_, values)| values.iter().all(|value| !value.quoted));
    let mut applies = false;
    let mut breaking = Vec::new();
    for row in observed.rows.iter().filter(|row| !differs(&row.key, comparison)) {
        let outside = named.iter().any(|(parameter, values)| {
            narrowed_part(parameter, &row.key).is_some_and(|part| {
                applies = true;
                values.iter().all(|value| value.text != part)
            })
        });
        if outside {
            breaking.push(Divergence {
                rule: &law::NARROWED_TO_WHAT_IS_ASKED,
                difference: Difference::Leak,
                key: Some(row.key.clone()),
                expected: ExpectedPart::NotListed,
                observed: ObservedPart::Listed,
            });
        }
    }
    if applies && breaking.is_empty() {
        comparison.conforms.push((&law::NARROWED_TO_WHAT_IS_ASKED, None));
    }
    comparison.diverges.extend(breaking);
}

/// Returns the part of a row's key that a parameter narrows a list by, as the parameter names it; `None` if it
/// narrows by something else, or what it means to a consumer is open, as that of `principals` is.
fn narrowed_part(parameter: &str, key: &Key) -> Option<String> {
    match (parameter, key) {
        ("resourceShareArns", key) => key.names().first().map(ToString::to_string),
        (
            "resourceArn" | "resourceArns",
            Key::ResourceAssociation(_, name) | Key::Resource(name),
        ) => Some(name.to_string()),
        ("principal", Key::Principal(_, principal)) => Some(principal.to_string()),
        (ids, Key::Resource(name)) if ids.ends_with("Ids") => Some(name.to_string()),
        _ => None,
    }
}

/// Returns the row of the same key and status; `None` if there is none, or more than one.
fn alone<'o>(row: &ObservedRow, observed: &'o Observed) -> Option<&'o ObservedRow> {
    let mut same = observed.rows.iter().filter(|it| it.key == row.key);
    let found = same.next().filter(|it| it.field("status") == row.field("status"))?;
    same.next().is_none().then_some(found)
}

/// The divergence of a row that is read again, at the first field that has another value.
fn change(before: &ObservedRow, now: &ObservedRow) -> Option<Divergence> {
    let (name, value) = before.fields.iter().find(|(name, value)| {
        // A list that the field says may come in any order.
        let is_same = expected(value).map(|expected| expected.is_met_by(now.field(name)));
        is_same == Some(false)
    })?;
    Some(Divergence {
        rule: &law::READ_AGAIN_ALIKE,
        difference: Difference::Flap,
        key: Some(before.key.clone()),
        expected: ExpectedPart::Field { name, value: expected(value)? },
        observed: ObservedPart::Field { name, value: now.field(name).clone() },
    })
}

/// The expectation that a value stays as it is; `None` for a count.
fn expected(value: &Value) -> Option<Expected> {
    match value {
        Value::Text(text) => Some(Expected::Text(text.clone())),
        Value::Flag(flag) => Some(Expected::Flag(*flag)),
        Value::Account(account) => Some(Expected::Account(*account)),
        Value::Set(texts) => Some(Expected::Set(texts.clone())),
        Value::Missing => Some(Expected::Absent),
        Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::{ec2, ram};
    use bellwether_model::parameters::Reference;
    use bellwether_model::{Account, Principal};

    use super::*;

    fn read(account: Account) -> ViewRead {
        ViewRead { account, call: ram::GetResourceShares::default().into() }
    }

    fn share(status: &str, updated: &str) -> Observed {
        let row = ObservedRow::of(Key::Share(Name::new("share")))
            .with("status", Value::Text(status.into()))
            .with("lastUpdatedTime", Value::Text(updated.into()));
        Observed { rows: vec![row], ..Observed::default() }
    }

    /// The fields that change from one read to the next.
    fn changed(memory: &mut Memory, account: Account, observed: &Observed) -> Vec<&'static str> {
        let mut comparison = Comparison::default();
        memory.hold_again(&read(account), observed, &mut comparison);
        let names = comparison.diverges.iter().filter_map(|it| match &it.expected {
            ExpectedPart::Field { name, .. } => Some(*name),
            ExpectedPart::Granted
            | ExpectedPart::Answered { .. }
            | ExpectedPart::Refused(_)
            | ExpectedPart::Listed
            | ExpectedPart::NotListed => None,
        });
        names.collect()
    }

    #[test]
    fn a_field_that_changes_by_being_read_breaks_the_law() {
        let mut memory = Memory::default();
        assert_eq!(changed(&mut memory, Account::OWNER, &share("ACTIVE", "1")), [""; 0]);
        assert_eq!(changed(&mut memory, Account::OWNER, &share("ACTIVE", "1")), [""; 0]);
        let found = changed(&mut memory, Account::OWNER, &share("ACTIVE", "2"));
        assert_eq!(found, ["lastUpdatedTime"]);
    }

    #[test]
    fn what_may_have_changed_in_between_is_not_held() {
        let mut memory = Memory::default();
        changed(&mut memory, Account::OWNER, &share("ACTIVE", "1"));
        memory.note_change(&World::default());
        assert_eq!(changed(&mut memory, Account::OWNER, &share("ACTIVE", "2")), [""; 0]);
    }

    #[test]
    fn a_row_that_names_its_share_as_it_was_never_named_breaks_the_law() {
        let mut world = World::default();
        let mut memory = Memory::default();
        for name in ["platform", "renamed"] {
            let call = ram::CreateResourceShare { name: name.into(), ..Default::default() };
            Call::from(call).apply(&mut world, Account::OWNER, &Name::new("share"));
            memory.note_change(&world);
        }
        let broken = |said: &str| {
            let key = Key::Principal(Name::new("share"), Principal::Account(Account::CONSUMER));
            let row = ObservedRow::of(key).with("resourceShareName", Value::Text(said.into()));
            let mut comparison = Comparison::default();
            let observed = Observed { rows: vec![row], ..Observed::default() };
            memory.hold_names(&observed, &mut comparison);
            !comparison.diverges.is_empty()
        };
        assert!(!broken("platform") && !broken("renamed"));
        assert!(broken("other"));
    }

    #[test]
    fn a_row_that_was_not_asked_for_breaks_the_law() {
        let broken = |call: Call| {
            let rows = ["net", "net2"].map(|name| ObservedRow::of(Key::Resource(Name::new(name))));
            let observed = Observed { rows: rows.into(), ..Observed::default() };
            let mut comparison = Comparison::default();
            hold_narrowed(&call, &observed, &mut comparison);
            comparison.diverges.len()
        };
        let named = |name: &str| Reference::Named(Name::new(name));
        let subnets = |subnet_ids| ec2::DescribeSubnets { subnet_ids }.into();
        assert_eq!(broken(subnets(vec![named("net")])), 1);
        assert_eq!(broken(subnets(vec![named("net"), named("net2")])), 0);
        assert_eq!(broken(subnets(Vec::new())), 0);
        assert_eq!(broken(subnets(vec![Reference::Literal("subnet-1".into())])), 0);
    }

    #[test]
    fn a_row_that_settles_by_itself_is_not_held() {
        let mut memory = Memory::default();
        changed(&mut memory, Account::OWNER, &share("DELETING", "1"));
        assert_eq!(changed(&mut memory, Account::OWNER, &share("DELETED", "2")), [""; 0]);
    }

    #[test]
    fn another_accounts_read_is_another_read() {
        let mut memory = Memory::default();
        changed(&mut memory, Account::OWNER, &share("ACTIVE", "1"));
        assert_eq!(changed(&mut memory, Account::CONSUMER, &share("ACTIVE", "2")), [""; 0]);
    }

    #[test]
    fn a_set_in_another_order_is_the_same() {
        let tags = |texts: [&str; 2]| {
            let set = Value::Set(texts.iter().map(|text| (*text).into()).collect());
            let row = ObservedRow::of(Key::Share(Name::new("share"))).with("tags", set);
            Observed { rows: vec![row], ..Observed::default() }
        };
        let mut memory = Memory::default();
        changed(&mut memory, Account::OWNER, &tags(["a", "b"]));
        assert_eq!(changed(&mut memory, Account::OWNER, &tags(["b", "a"])), [""; 0]);
        assert_eq!(changed(&mut memory, Account::OWNER, &tags(["b", "c"])), ["tags"]);
    }
}
