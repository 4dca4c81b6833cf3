//! Mutants of dry runs.

use bellwether_model::answer::Decision;
use bellwether_model::rules::{dry_run, instance, visibility};
use bellwether_model::world::World;
use bellwether_model::{Account, Call, Name};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "dry-run-takes-effect",
        description: "A dry run that changes or deletes something is answered as one, and does it.",
        rule: &visibility::OWNER_SEES_ITS_OWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    DeleteVpc VpcId=vpc DryRun=true",
        equivalent: None,
        mutation: Mutation::Leaves(do_what_is_tried),
    },
    Mutant {
        name: "dry-run-granted",
        description: "A dry run is answered as the call itself, and does nothing.",
        rule: &dry_run::ANSWERED_WITHOUT_EFFECT,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc DryRun=true",
        equivalent: None,
        mutation: Mutation::Grants(&dry_run::ANSWERED_WITHOUT_EFFECT),
    },
    Mutant {
        name: "dry-run-looks-at-nothing",
        description: "A dry run of a launch that is not open to the caller is answered as if it were.",
        rule: &instance::CHECKED_BY_A_DRY_RUN,
        seen: "moto's RunInstances answers a dry run before it looks at the subnet and the image",
        shown: "world standalone

owner    CreateSubnet -> net
consumer RunInstances SubnetId=net DryRun=true",
        equivalent: None,
        mutation: Mutation::Recodes(
            &instance::CHECKED_BY_A_DRY_RUN,
            &dry_run::ANSWERED_WITHOUT_EFFECT,
        ),
    },
];

/// Does what a dry run tries, if it is open to the caller and makes nothing.
fn do_what_is_tried(world: &mut World, actor: Account, call: &Call) {
    let tried = call.itself();
    let would_be_granted = call.is_dry_run()
        && tried.makes().is_empty()
        && matches!(tried.check(world, actor), Decision::Granted);
    if would_be_granted {
        tried.apply(world, actor, &Name::none());
    }
}
