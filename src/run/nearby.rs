//! What has to do with what in a case, and which call came to each resource last.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bellwether_model::parameters::Value;
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name};
use smol_str::SmolStr;

use crate::scenario::Step;

/// What has to do with what: what a call named or made together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nearby {
    beside: BTreeMap<Name, BTreeSet<Name>>,
    last: BTreeMap<Name, Came>,
    /// The accounts that came to each resource, or that were named together with it.
    accounts: BTreeMap<Name, BTreeSet<Account>>,
}

/// A call that named or made a resource.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    /// Its operation.
    pub(crate) operation: &'static str,
    /// Who called.
    pub(crate) actor: Account,
    /// See [`aspects_of`].
    pub(crate) aspects: Arc<[String]>,
}

/// How far from what a call names others are near to it: what has to do with that, and what has to do
/// with those.
const REACH: usize = 2;

impl Nearby {
    /// Takes note of a step that was granted.
    pub(crate) fn note(&mut self, step: &Step) {
        let named: BTreeSet<&Name> = step.call.names().into_iter().chain(&step.made).collect();
        let operation = step.call.operation();
        let aspects: Arc<[String]> = aspects_of(&step.call).into();
        let actors = bare_words(&step.call).filter_map(|word| Account::actor(&word));
        let accounts: BTreeSet<Account> = actors.chain([step.actor]).collect();
        for one in &named {
            let others = named.iter().filter(|it| *it != one).map(|it| (*it).clone());
            self.beside.entry((*one).clone()).or_default().extend(others);
            let came = Came { operation, actor: step.actor, aspects: Arc::clone(&aspects) };
            self.last.insert((*one).clone(), came);
            self.accounts.entry((*one).clone()).or_default().extend(accounts.iter().copied());
        }
    }

    /// Whether an account has to do with a resource, or with something that was named together with it.
    pub(crate) fn concerns(&self, name: &Name, account: Account) -> bool {
        let of = |name| self.accounts.get(name).is_some_and(|them| them.contains(&account));
        of(name) || self.beside.get(name).into_iter().flatten().any(of)
    }

    /// The call that came to a resource last.
    pub(crate) fn came(&self, name: &Name) -> Option<&Came> {
        self.last.get(name)
    }

    /// What is near to what a call names, that itself too, each with its distance.
    pub(crate) fn around<'a>(&'a self, call: &'a Call) -> BTreeMap<&'a Name, usize> {
        let mut around: BTreeMap<&Name, usize> =
            call.names().into_iter().map(|name| (name, 0)).collect();
        for distance in 1..=REACH {
            let edge = around.iter().filter(|(_, at)| **at == distance - 1);
            let next: Vec<&Name> =
                edge.filter_map(|(name, _)| self.beside.get(*name)).flatten().collect();
            for name in next {
                around.entry(name).or_insert(distance);
            }
        }
        around
    }
}

/// What of a call could matter: each parameter that is given, with the sorts of its values, two at the
/// most. A second subnet is of the same sort as the first.
pub(crate) fn aspects_of(call: &Call) -> Vec<String> {
    let given = call.write().named;
    let aspects = given.iter().map(|(key, values)| {
        let mut sorts: Vec<&str> = values.iter().map(sort_of).collect();
        sorts.sort_unstable();
        sorts.truncate(2);
        format!("{key}={}", sorts.join(","))
    });
    aspects.collect()
}

/// The sorts of principals that a call names.
pub(crate) fn principals_of(call: &Call) -> BTreeSet<&'static str> {
    let sort = |word: SmolStr| match word.as_str() {
        ORGANIZATION => Some("organization"),
        word if word.starts_with("ou:") => Some("unit"),
        word => Account::actor(word).map(|_| "account"),
    };
    bare_words(call).filter_map(sort).collect()
}

/// The values of a call's parameters that stand in no quotes.
fn bare_words(call: &Call) -> impl Iterator<Item = SmolStr> {
    let values = call.write().named.into_iter().flat_map(|(_, values)| values);
    values.filter(|value| !value.quoted).map(|value| value.text)
}

fn sort_of(value: &Value) -> &str {
    match value.quoted {
        true if value.text.contains('=') => "=",
        true => "\"",
        false => noun_of(&value.text),
    }
}

/// What a word names, without the number that tells it from others of its kind.
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
    fn what_calls_name_together_is_near_and_so_is_what_that_is_named_with() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner RunInstances SubnetId=net -> web
             owner RunInstances SubnetId=net -> web2
             owner TerminateInstances InstanceIds=web",
        );
        let mut nearby = Nearby::default();
        for step in &steps[..3] {
            nearby.note(step);
        }
        let around = nearby.around(&steps[3].call);
        let around: Vec<_> = around.into_iter().map(|(name, at)| (name.as_str(), at)).collect();
        assert_eq!(around, [("net", 1), ("web", 0), ("web2", 2)]);
        let came = |name| nearby.came(&Name::new(name)).map(|it| it.operation);
        assert_eq!(came("net"), Some("RunInstances"));
        assert_eq!(came("stranger"), None);
    }

    #[test]
    fn who_came_to_a_resource_or_was_named_with_it_is_concerned_by_it_and_by_what_is_beside_it() {
        let steps = steps(
            "owner CreateSubnet -> net
             owner CreateSubnet -> net2
             owner CreateResourceShare resourceArns=net principals=consumer -> share
             consumer RunInstances SubnetId=net -> web",
        );
        let mut nearby = Nearby::default();
        for step in &steps {
            nearby.note(step);
        }
        let concerns = |name, account| nearby.concerns(&Name::new(name), account);
        assert!(concerns("web", Account::OWNER), "the subnet is the owner's");
        assert!(concerns("net", Account::CONSUMER), "it is shared with the consumer");
        assert!(!concerns("net2", Account::CONSUMER));
        assert!(!concerns("web", Account::STRANGER));
    }

    #[test]
    fn the_sorts_of_the_principals_that_a_call_names_are_told_apart() {
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
