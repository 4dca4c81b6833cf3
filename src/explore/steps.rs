//! Sequences of steps, and how they are made shorter.

use std::collections::BTreeSet;

use bellwether_model::Name;
use smol_str::format_smolstr;

use super::prepared::Prepared;
use crate::scenario::Step;

/// A step, alone or with more that is known of it.
pub(crate) trait Making: Clone {
    /// The name of the resource that it makes.
    fn made(&self) -> Option<&Name>;

    /// Whether its call mentions this name.
    fn mentions(&self, name: &Name) -> bool;
}

impl Making for Step {
    fn made(&self) -> Option<&Name> {
        self.made.as_ref()
    }

    fn mentions(&self, name: &Name) -> bool {
        self.call.names().contains(&name)
    }
}

impl Making for Prepared {
    fn made(&self) -> Option<&Name> {
        self.made.as_ref()
    }

    fn mentions(&self, name: &Name) -> bool {
        self.names().contains(name)
    }
}

/// Drops steps one at a time, from the last on, as long as `holds` accepts the rest. A step that
/// makes what others name stays.
///
/// `holds` is given the place of the step that was dropped too: all before it are as they were at first.
pub(crate) fn drop_one_by_one<S: Making>(
    mut steps: Vec<S>,
    mut holds: impl FnMut(&[S], usize) -> bool,
) -> Vec<S> {
    for index in (0..steps.len()).rev() {
        let made = steps[index].made();
        if made.is_some_and(|made| steps[index + 1..].iter().any(|step| step.mentions(made))) {
            continue;
        }
        let dropped = steps.remove(index);
        if !holds(&steps, index) {
            steps.insert(index, dropped);
        }
    }
    steps
}

/// Returns the steps that the last one may depend on: those that wrote to what it names, or named or
/// made what those name.
pub(super) fn dependencies_of_last<'s>(
    steps: impl DoubleEndedIterator<Item = &'s Prepared>,
) -> Vec<Prepared> {
    let mut steps = steps.rev();
    let Some(last) = steps.next() else { return Vec::new() };
    let mut wanted: Vec<&Name> = last.names().iter().collect();
    let mut kept = vec![last.clone()];
    for step in steps.filter(|step| step.writes()) {
        if step.touch().names.iter().any(|name| wanted.contains(&name)) {
            wanted.extend(step.names());
            kept.push(step.clone());
        }
    }
    kept.reverse();
    kept
}

/// Returns the name of the next resource of a kind: `net`, then `net2` and so on.
pub(super) fn next_name(taken: &BTreeSet<Name>, noun: &'static str) -> Name {
    let numbered = (2..).map(|number| Name::new(format_smolstr!("{noun}{number}")));
    let mut names = std::iter::once(Name::new(noun)).chain(numbered);
    names.find(|name| !taken.contains(name)).expect("the names do not end")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn steps() -> Vec<Step> {
        let text = "world standalone
owner CreateVpc -> vpc
owner CreateSubnet VpcId=vpc -> net
owner CreateSubnet -> net2
owner CreateResourceShare resourceArns=net -> share
owner RunInstances SubnetId=net -> web
";
        Scenario::parse("a.scenario", text).unwrap().steps().cloned().collect()
    }

    fn operations(steps: &[Step]) -> Vec<&'static str> {
        steps.iter().map(|step| step.call.operation()).collect()
    }

    #[test]
    fn only_steps_that_the_condition_needs_are_kept() {
        let runs = |steps: &[Step], _| steps.iter().any(|it| it.call.operation() == "RunInstances");
        let least = drop_one_by_one(steps(), runs);
        assert_eq!(operations(&least), ["CreateVpc", "CreateSubnet", "RunInstances"]);
    }

    #[test]
    fn the_last_step_depends_on_writes_to_what_it_names() {
        let steps: Vec<Prepared> = steps().into_iter().map(Prepared::new).collect();
        let kept: Vec<Step> =
            dependencies_of_last(steps.iter()).into_iter().map(Prepared::into_step).collect();
        let expected = ["CreateVpc", "CreateSubnet", "CreateResourceShare", "RunInstances"];
        assert_eq!(operations(&kept), expected);
    }
}
