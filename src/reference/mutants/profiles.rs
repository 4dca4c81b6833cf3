//! Mutants of Route 53 Profiles and their associations with VPCs.

use bellwether_model::rules::{Rule, profile};
use bellwether_model::world::World;
use bellwether_model::{Account, Call, Reply};

use super::resolver::{is_use_of, mark};
use super::{FROM_THE_RULES, Mutant, Mutation, is_foreign, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "profiles-never-shared",
        description: "A share shows its consumers no Route 53 Profile.",
        rule: &profile::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateProfile -> profile
owner    CreateResourceShare resourceArns=profile principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_profiles),
    },
    Mutant {
        name: "profile-unseen-but-associated",
        description: "An account associates its VPC with a Route 53 Profile that it does not see.",
        rule: &profile::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateProfile -> profile
consumer CreateVpc -> vpc
consumer AssociateProfile ProfileId=profile ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Grants(&profile::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "profile-of-nobody-forbidden",
        description: "A Route 53 Profile that never existed is refused as forbidden.",
        rule: &profile::EXISTING,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetProfile ProfileId=\"rp-0123456789abcdef\"",
        equivalent: None,
        mutation: Mutation::Recodes(&profile::EXISTING, &profile::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "profile-unusable-by-consumers",
        description: "A consumer sees a Route 53 Profile and can't associate it with its VPCs.",
        rule: &profile::ASSOCIATED_BY_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateProfile -> profile
owner    CreateResourceShare resourceArns=profile principals=member -> share
member   CreateVpc -> vpc
member   AssociateProfile ProfileId=profile ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_profiles_to_consumers),
    },
    Mutant {
        name: "profile-associated-with-foreign-vpc",
        description: "A Route 53 Profile is associated with a VPC of another account.",
        rule: &profile::ASSOCIATED_WITH_OWN_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
consumer CreateProfile -> profile
consumer AssociateProfile ProfileId=profile ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Grants(&profile::ASSOCIATED_WITH_OWN_VPCS),
    },
    Mutant {
        name: "profile-added-without-a-priority",
        description: "A VPC that has a Route 53 Profile is given one without a priority.",
        rule: &profile::ADDED_WITH_A_PRIORITY,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateProfile -> profile
owner    AssociateProfile ProfileId=profile ResourceId=vpc -> use
owner    AssociateProfile ProfileId=profile ResourceId=vpc -> again",
        equivalent: None,
        mutation: Mutation::Grants(&profile::ADDED_WITH_A_PRIORITY),
    },
    Mutant {
        name: "profile-uses-told-to-its-owner",
        description: "The owner of a Route 53 Profile lists the associations of its consumers.",
        rule: &profile::ASSOCIATION_SEEN_BY_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateProfile -> profile
owner    CreateResourceShare resourceArns=profile principals=member -> share
member   CreateVpc -> vpc
member   AssociateProfile ProfileId=profile ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Rewrites(tell_uses_of_profiles),
    },
    Mutant {
        name: "profile-deleted-by-consumer",
        description: "A consumer deletes a Route 53 Profile that is shared with it.",
        rule: &profile::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateProfile -> profile
owner    CreateResourceShare resourceArns=profile principals=member -> share
member   DeleteProfile ProfileId=profile",
        equivalent: None,
        mutation: Mutation::Grants(&profile::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "profile-deleted-while-associated",
        description: "A Route 53 Profile is deleted though a VPC of its owner is associated with it.",
        rule: &profile::KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateProfile -> profile
owner    AssociateProfile ProfileId=profile ResourceId=vpc -> use
owner    DeleteProfile ProfileId=profile",
        equivalent: None,
        mutation: Mutation::Grants(&profile::KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "profile-shared-with-its-owner",
        description: "The ShareStatus of a shared Route 53 Profile is SHARED_WITH_ME for its owner too.",
        rule: &profile::MARKED_AS_SHARED_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateProfile -> profile
owner    CreateResourceShare resourceArns=profile principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(mark_profiles_as_shared_with_the_caller),
    },
];

fn hide_profiles(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListProfiles(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn refuse_profiles_to_consumers(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AssociateProfile(call) = call else { return None };
    is_foreign(world, actor, &call.profile_id).then_some(&profile::KNOWN_TO_THE_CALLER)
}

fn tell_uses_of_profiles(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListProfileAssociations(_)) {
        for row in &mut reply.rows {
            row.present |= is_use_of(world, actor, &row.key);
        }
    }
}

fn mark_profiles_as_shared_with_the_caller(
    reply: &mut Reply,
    _world: &World,
    _actor: Account,
    call: &Call,
) {
    if matches!(call, Call::ListProfiles(_)) {
        mark(reply, "SHARED_BY_ME", &["SHARED_WITH_ME"]);
    }
}
