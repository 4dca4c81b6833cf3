//! The adjacency of a case's resources, and the last call that touched each of them.
//!
//! Two resources are neighbours if a granted call named or made both.

use std::collections::BTreeSet;
use std::sync::Arc;

use bellwether_model::parameters::{Arguments, Value};
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Region};
use smol_str::SmolStr;

use crate::scenario::Step;

/// The neighbouring resources, with the last call and the accounts of each.
///
/// A copy shares the nodes with its original until one of them is touched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adjacency {
    /// The resources, in the order in which they were touched first.
    nodes: Vec<Arc<Node>>,
    /// The places of the nodes, in the order of their names.
    by_name: Vec<usize>,
}

/// A resource that was touched.
#[derive(Clone, Debug)]
struct Node {
    name: Name,
    /// The places of its neighbours, in order.
    neighbours: Vec<usize>,
    last: LastTouch,
    /// The accounts that touched it, or that a call named together with it, in order.
    accounts: Vec<Account>,
    /// The number of times that calls of each operation named or made it.
    times: Vec<(&'static str, u32)>,
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

/// A call as it touches resources.
#[derive(Clone, Debug)]
pub(crate) struct Touch {
    /// What is remembered of the call.
    pub(crate) last: LastTouch,
    /// The names that the call mentions and makes, repeats included.
    pub(crate) names: Vec<Name>,
    /// The caller, and the accounts that the call names, in order.
    accounts: Vec<Account>,
}

impl Touch {
    /// The touch of a step.
    pub(crate) fn of(step: &Step) -> Self {
        let Arguments { region, named: given, .. } = step.call.write();
        let aspects = aspects_of(region, &given).into();
        let values = given.iter().flat_map(|(_, values)| values).filter(|value| !value.quoted);
        let actors = values.filter_map(|value| Account::actor(&value.text));
        let mut accounts: Vec<Account> = actors.chain([step.actor]).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let last = LastTouch { operation: step.call.operation(), actor: step.actor, aspects };
        let names = step.call.names().into_iter().chain(&step.made).cloned().collect();
        Self { last, names, accounts }
    }
}

/// The largest distance that counts: 2 are the neighbours of a named resource's neighbours.
const MAX_DISTANCE: usize = 2;

impl Adjacency {
    /// Records a step that was granted.
    pub(crate) fn note(&mut self, step: &Step) {
        self.note_touch(&Touch::of(step));
    }

    /// Records the touch of a step that was granted.
    pub(crate) fn note_touch(&mut self, touch: &Touch) {
        let mut places: Vec<usize> =
            touch.names.iter().map(|name| self.place_for(name, &touch.last)).collect();
        for place in &places {
            let times = &mut Arc::make_mut(&mut self.nodes[*place]).times;
            match times.iter_mut().find(|(operation, _)| *operation == touch.last.operation) {
                Some((_, count)) => *count += 1,
                None => times.push((touch.last.operation, 1)),
            }
        }
        places.sort_unstable();
        places.dedup();
        for place in &places {
            let node = Arc::make_mut(&mut self.nodes[*place]);
            node.last = touch.last.clone();
            for other in places.iter().filter(|other| *other != place) {
                insert(&mut node.neighbours, *other);
            }
            for account in &touch.accounts {
                insert(&mut node.accounts, *account);
            }
        }
    }

    /// Returns the place of a resource, which is added if it was not touched before.
    fn place_for(&mut self, name: &Name, last: &LastTouch) -> usize {
        let at = match self.search(name) {
            Ok(at) => return self.by_name[at],
            Err(at) => at,
        };
        let place = self.nodes.len();
        self.by_name.insert(at, place);
        self.nodes.push(Arc::new(Node {
            name: name.clone(),
            neighbours: Vec::new(),
            last: last.clone(),
            accounts: Vec::new(),
            times: Vec::new(),
        }));
        place
    }

    fn search(&self, name: &Name) -> Result<usize, usize> {
        self.by_name.binary_search_by(|place| self.nodes[*place].name.cmp(name))
    }

    fn node(&self, name: &Name) -> Option<&Node> {
        let at = self.search(name).ok()?;
        Some(&self.nodes[self.by_name[at]])
    }

    /// Whether an account touched a resource or one of its neighbours, or was named with one of them.
    pub(crate) fn involves(&self, name: &Name, account: Account) -> bool {
        let Some(node) = self.node(name) else { return false };
        let of = |node: &Node| node.accounts.contains(&account);
        of(node) || node.neighbours.iter().any(|place| of(&self.nodes[*place]))
    }

    /// Returns the last call that named or made a resource; `None` if there is none.
    pub(crate) fn last_touch(&self, name: &Name) -> Option<&LastTouch> {
        self.node(name).map(|node| &node.last)
    }

    /// Returns how often calls of an operation named or made a resource; `None` if none did.
    pub(crate) fn times(&self, name: &Name, operation: &str) -> Option<u32> {
        let mut times = self.node(name)?.times.iter();
        times.find(|(it, _)| *it == operation).map(|(_, count)| *count)
    }

    /// Returns the last call of each thing that was named or made.
    pub(crate) fn last_touches(&self) -> impl Iterator<Item = &LastTouch> {
        self.nodes.iter().map(|node| &node.last)
    }

    /// Returns the resources that a call names, at distance 0, and those up to [`MAX_DISTANCE`] from
    /// them, each with its distance, in the order of their names.
    pub(crate) fn around<'a>(
        &'a self,
        named: impl IntoIterator<Item = &'a Name>,
    ) -> Vec<(&'a Name, usize)> {
        let mut around: Vec<(&Name, usize)> = Vec::new();
        let mut distances: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut edge: Vec<usize> = Vec::new();
        for name in named {
            match self.search(name) {
                Ok(at) if distances[self.by_name[at]].is_none() => {
                    distances[self.by_name[at]] = Some(0);
                    edge.push(self.by_name[at]);
                }
                Ok(_) => {}
                Err(_) => around.push((name, 0)),
            }
        }
        for distance in 1..=MAX_DISTANCE {
            let neighbours = edge.iter().flat_map(|place| &self.nodes[*place].neighbours);
            let mut next = Vec::new();
            for place in neighbours {
                if distances[*place].is_none() {
                    distances[*place] = Some(distance);
                    next.push(*place);
                }
            }
            edge = next;
        }
        let touched = self.by_name.iter().filter_map(|place| {
            distances[*place].map(|distance| (&self.nodes[*place].name, distance))
        });
        let has_untouched = !around.is_empty();
        around.extend(touched);
        if has_untouched {
            around.sort_unstable();
            around.dedup();
        }
        around
    }
}

/// Puts an item into a list that is in order, where it is not there yet.
fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

/// Returns the aspects of a call: each given parameter with the sorts of its values, at most two of
/// them, and the Region if it is not home. A second subnet is of the same sort as the first.
fn aspects_of(region: Region, given: &[(SmolStr, Vec<Value>)]) -> Vec<String> {
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
        let around = adjacency.around(steps[3].call.names());
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
        let aspects = Touch::of(&steps[1]).last.aspects;
        let expected = ["name=\"", "resourceArns=net", "principals=consumer,stranger", "tags=="];
        assert_eq!(*aspects, expected);
    }
}
