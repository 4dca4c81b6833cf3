//! The resource types that a finding is about.

use std::collections::BTreeSet;

use bellwether_model::answer::Key;
use bellwether_model::{Name, World, resources, shareable};

use crate::run::Finding;
use crate::scenario::Case;

/// The types of the resources that the diverging row or call of a finding names, by RAM's names; none if it
/// names no resource that RAM can share.
#[must_use]
pub fn types_of(case: &Case, finding: &Finding) -> BTreeSet<&'static str> {
    let Some(named) = names_of(case, finding) else { return BTreeSet::new() };
    let mut types = BTreeSet::new();
    if let Some(Key::Type(name)) = &finding.divergence.key {
        types.extend(shareable::find(name).map(|it| it.name));
    }
    let mut world = World::new(case.shape()).assuming(case.assumptions());
    let mut note = |world: &World| {
        // A resource may be gone by the end, so that each step is asked.
        let kinds = named.iter().filter_map(|name| world.kind_of(name));
        let found = kinds.filter_map(|kind| resources::of(case.assumptions(), kind));
        types.extend(found.map(|it| it.facts.name));
    };
    for (place, step) in case.steps().iter().enumerate().take(finding.step + 1) {
        note(&world);
        step.call.assume(&mut world, step.actor, &step.made_name(place));
    }
    note(&world);
    types
}

/// The names that a finding is about: of its row, or of its call if it is about no row.
fn names_of(case: &Case, finding: &Finding) -> Option<BTreeSet<Name>> {
    let owned = |names: Vec<&Name>| names.into_iter().cloned().collect();
    if let Some(key) = &finding.divergence.key {
        return Some(owned(key.names()));
    }
    match &finding.view_read {
        Some(read) => Some(owned(read.call.names())),
        None => case.steps().get(finding.step).map(|step| owned(step.call.names())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capabilities::Capabilities;
    use crate::reference::mutants;
    use crate::run::{PlayOptions, ReadPolicy, play};
    use crate::scenario::Scenario;
    use crate::target::Target;

    /// The types of the first divergence that a mutant shows in a scenario.
    async fn types(mutant: &str, text: &str) -> Vec<&'static str> {
        let target = Target::reference(mutants::find(mutant));
        let case = Scenario::parse("a.scenario", text).unwrap().case().unwrap();
        let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
        let played = play(&target, &case, &options).await.unwrap();
        let finding = played.findings.first().expect("it shows");
        types_of(&case, finding).into_iter().collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_call_is_about_the_types_of_what_it_names() {
        let text = "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateManagedPrefixList -> offices
owner    CreateResourceShare resourceArns=net,offices principals=member -> share
member   RunInstances SubnetId=net";
        let found = types("launch-refused-to-participants", text).await;
        assert_eq!(found, ["ec2:Subnet"], "the prefix list is not named");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_call_that_names_no_resource_is_about_no_type() {
        let mutant = mutants::find("accepted-twice").unwrap();
        assert!(types(mutant.name, mutant.shown).await.is_empty());
    }
}
