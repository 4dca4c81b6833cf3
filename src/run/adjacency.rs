//! The adjacency of a case's resources, and the last call that touched each of them.
//!
//! Two resources are neighbours if a granted call named or made both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bellwether_model::parameters::{Arguments, Value};
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Region};
use smol_str::SmolStr;

use crate::scenario::Step;

/// The neighbouring resources, with the last call and the accounts of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjacency {
    neighbours: BTreeMap<Name, BTreeSet<Name>>,
    last: BTreeMap<Name, LastTouch>,
    /// The accounts that touched each resource, or that a call named together with it.
    accounts: BTreeMap<Name, BTreeSet<Account>>,
}

/// The last call that named or made a resource.
#[derive(Clone, Debug)]
pub(crate) struct LastTouch {
    /// Its operation.
    pub(crate) operation: &'static str,
    /// The caller.
    pub(crate) actor: Account,
    /// See [`aspects_of`].
    pub(crate) aspects: Arc<[String]>,
}

/// The largest distance that counts: 2 are the neighbours of a named resource's neighbours.
const MAX_DISTANCE: usize = 2;

impl Adjacency {
    /// Records a step that was granted.
    pub(crate) fn note(&mut self, step: &Step) {
        let named: BTreeSet<&Name> = step.call.names().into_iter().chain(&step.made).collect();
        let operation = step.call.operation();
        let aspects: Arc<[String]> = aspects_of(&step.call).into();
        let actors = bare_words(&step.call).filter_map(|word| Account::actor(&word));
        let accounts: BTreeSet<Account> = actors.chain([step.actor]).collect();
        for one in &named {
            let others = named.iter().filter(|it| *it != one).map(|it| (*it).clone());
            self.neighbours.entry((*one).clone()).or_default().extend(others);
            let touch = LastTouch { operation, actor: step.actor, aspects: Arc::clone(&aspects) };
            self.last.insert((*one).clone(), touch);
            self.accounts.entry((*one).clone()).or_default().extend(accounts.iter().copied());
        }
    }

    /// Whether an account touched a resource or one of its neighbours, or was named with one of them.
    pub(crate) fn involves(&self, name: &Name, account: Account) -> bool {
        let of = |name| self.accounts.get(name).is_some_and(|them| them.contains(&account));
        of(name) || self.neighbours.get(name).into_iter().flatten().any(of)
    }

    /// Returns the last call that named or made a resource; `None` if there is none.
    pub(crate) fn last_touch(&self, name: &Name) -> Option<&LastTouch> {
        self.last.get(name)
    }

    /// Returns the last call of each thing that was named or made.
    pub(crate) fn last_touches(&self) -> impl Iterator<Item = &LastTouch> {
        self.last.values()
    }

    /// Returns the resources that a call names, at distance 0, and those up to [`MAX_DISTANCE`] from
    /// them, each with its distance.
    pub(crate) fn around<'a>(&'a self, call: &'a Call) -> BTreeMap<&'a Name, usize> {
        let mut around: BTreeMap<&Name, usize> =
            call.names().into_iter().map(|name| (name, 0)).collect();
        for distance in 1..=MAX_DISTANCE {
            let edge = around.iter().filter(|(_, at)| **at == distance - 1);
            let next: Vec<&Name> =
                edge.filter_map(|(name, _)| self.neighbours.get(*name)).flatten().collect();
            for name in next {
                around.entry(name).or_insert(distance);
            }
        }
        around
    }
}

/// Returns the aspects of a call: each given parameter with the sorts of its values, at most two of
/// them, and the Region if it is not home. A second subnet is of the same sort as the first.
pub(crate) fn aspects_of(call: &Call) -> Vec<String> {
    let Arguments { region, named: given, .. } = call.write();
    let away = (region != Region::HOME).then(|| format!("in {region}"));
    let aspects = given.iter().map(|(key, values)| {
        let mut sorts: Vec<&str> = values.iter().map(sort_of).collect();
        sorts.sort_unstable();
        sorts.truncate(2);
        format!("{key}={}", sorts.join(","))
    });
    aspects.chain(away).collect()
}

/// Returns the sorts of principals that a call names: accounts, units, the organization.
pub(crate) fn principals_of(call: &Call) -> BTreeSet<&'static str> {
    let sort = |word: SmolStr| match word.as_str() {
        ORGANIZATION => Some("organization"),
        word if word.starts_with("ou:") => Some("unit"),
        word => Account::actor(word).map(|_| "account"),
    };
    bare_words(call).filter_map(sort).collect()
}

/// Returns the values of a call's parameters that are not quoted.
fn bare_words(call: &Call) -> impl Iterator<Item = SmolStr> {
    let values = call.write().named.into_iter().flat_map(|(_, values)| values);
    values.filter(|value| !value.quoted).map(|value| value.text)
}

/// Returns the sort of a value: the noun of a name, the number of digits of a number, or whether a text
/// is a pair.
fn sort_of(value: &Value) -> &str {
    let is_number = value.text.bytes().all(|byte| byte.is_ascii_digit());
    match value.quoted {
        true if value.text.contains('=') => "=",
        true => "\"",
        false if is_number => &"00000"[..value.text.len().min(5)],
        false => noun_of(&value.text),
    }
}

/// Returns a name without its number: `net` of `net2`.
pub(crate) fn noun_of(word: &str) -> &str {
    word.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn steps(text: &str) -> Vec<Step> {
        let scenario = Scenario::parse("a.scenario", &format!("world standalone\n\n{text}"));
        scenario.unwrap().steps().cloned().collect()
    }

    #[test]
    fn resources_of_one_call_are_neighbours_at_distance_one() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner RunInstances SubnetId=net -> web
             owner RunInstances SubnetId=net -> web2
             owner TerminateInstances InstanceIds=web",
        );
        let mut adjacency = Adjacency::default();
        for step in &steps[..3] {
            adjacency.note(step);
        }
        let around = adjacency.around(&steps[3].call);
        let around: Vec<_> = around.into_iter().map(|(name, at)| (name.as_str(), at)).collect();
        assert_eq!(around, [("net", 1), ("web", 0), ("web2", 2)]);
        let last_operation = |name| adjacency.last_touch(&Name::new(name)).map(|it| it.operation);
        assert_eq!(last_operation("net"), Some("RunInstances"));
        assert_eq!(last_operation("stranger"), None);
    }

    #[test]
    fn an_account_is_involved_in_neighbouring_resources() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner CreateSubnet -> net2
             owner CreateResourceShare resourceArns=net principals=consumer -> share
             consumer RunInstances SubnetId=net -> web",
        );
        let mut adjacency = Adjacency::default();
        for step in &steps {
            adjacency.note(step);
        }
        let involves = |name, account| adjacency.involves(&Name::new(name), account);
        assert!(involves("web", Account::OWNER), "the subnet is the owner's");
        assert!(involves("net", Account::CONSUMER), "it is shared with the consumer");
        assert!(!involves("net2", Account::CONSUMER));
        assert!(!involves("web", Account::STRANGER));
    }

    #[test]
    fn accounts_units_and_the_organization_are_different_sorts_of_principals() {
        let text = "world organization sharing=on

owner CreateResourceShare principals=member,sibling,ou:platform -> share
owner CreateResourceShare principals=organization -> share2
owner CreateResourceShare -> share3";
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let sorts: Vec<_> = scenario.steps().map(|step| principals_of(&step.call)).collect();
        let expected = [vec!["account", "unit"], vec!["organization"], vec![]];
        assert_eq!(sorts, expected.map(BTreeSet::from_iter));
    }

    #[test]
    fn an_aspect_is_a_parameter_with_the_sorts_of_its_values() {
        let steps = steps(
            "owner CreateSubnet -> net2
             owner CreateResourceShare name=\"a b\" resourceArns=net2 principals=consumer,stranger tags=\"team=red\" -> share",
        );
        let aspects = aspects_of(&steps[1].call);
        let expected = ["name=\"", "resourceArns=net", "principals=consumer,stranger", "tags=="];
        assert_eq!(aspects, expected);
    }
}
