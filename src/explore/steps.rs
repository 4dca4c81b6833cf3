//! Sequences of steps, and how they are made shorter.

use std::collections::BTreeSet;

use bellwether_model::Name;

use crate::scenario::Step;

/// Drops steps one at a time, from the last on, as long as `holds` accepts the rest. A step that
/// makes what others name stays.
///
/// `holds` is given the place of the step that was dropped too: all before it are as they were at first.
pub(crate) fn drop_one_by_one(
    mut steps: Vec<Step>,
    mut holds: impl FnMut(&[Step], usize) -> bool,
) -> Vec<Step> {
    for index in (0..steps.len()).rev() {
        let mut fewer = steps.clone();
        let Step { made, .. } = fewer.remove(index);
        let is_named = made.is_some_and(|made| {
            fewer.iter().any(|step| step.call.names().into_iter().any(|name| *name == made))
        });
        if !is_named && holds(&fewer, index) {
            steps = fewer;
        }
    }
    steps
}

/// Returns the steps that the last one may depend on: those that wrote to what it names, or named or
/// made what those name.
pub(super) fn dependencies_of_last(steps: &[Step]) -> Vec<Step> {
    let Some(last) = steps.last() else { return Vec::new() };
    let mut wanted: Vec<&Name> = last.call.names();
    let mut kept = vec![last];
    for step in steps.iter().rev().skip(1) {
        let named = step.call.names();
        let touches = step.call.writes()
            && named.iter().copied().chain(&step.made).any(|name| wanted.contains(&name));
        if touches {
            wanted.extend(named);
            kept.push(step);
        }
    }
    kept.into_iter().rev().cloned().collect()
}

/// Returns the name of the next resource of a kind: `net`, then `net2` and so on.
pub(super) fn next_name(taken: &BTreeSet<Name>, noun: &'static str) -> Name {
    let numbered = (2..).map(|number| Name::new(format!("{noun}{number}")));
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
        let kept = dependencies_of_last(&steps());
        let expected = ["CreateVpc", "CreateSubnet", "CreateResourceShare", "RunInstances"];
        assert_eq!(operations(&kept), expected);
    }
}
