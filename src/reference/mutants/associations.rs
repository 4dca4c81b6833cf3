//! Mutants of the resources and principals of a share, and of the accounts that may change them.

use bellwether_model::answer::{Expected, Field, Key};
use bellwether_model::parameters::Reference;
use bellwether_model::rules::{Rule, association, prefix_list, principal, read, resource, share};
use bellwether_model::world::{AssociationStatus, World};
use bellwether_model::{Account, Call, Principal, Reply};
use serde_json::{Value, json};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "associated-in-the-answer",
        description: "AssociateResourceShare answers ASSOCIATED at once, without a state of transition.",
        rule: &association::ANSWERED_IN_TRANSITION,
        seen: "gopherstack issue 1822: no state of transition is ever shown",
        shown: "world standalone

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=consumer",
        equivalent: None,
        mutation: Mutation::Garbles(answer_associated),
    },
    Mutant {
        name: "disassociated-in-the-answer",
        description: "DisassociateResourceShare answers DISASSOCIATED at once.",
        rule: &association::ANSWERED_IN_TRANSITION,
        seen: "gopherstack issue 1822: no state of transition is ever shown",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    DisassociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Garbles(answer_disassociated),
    },
    Mutant {
        name: "resources-never-settle",
        description: "A resource in a share is listed as ASSOCIATING for good.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateManagedPrefixList -> list
consumer CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(leave_resources_in_transition),
    },
    Mutant {
        name: "disassociated-rows-vanish",
        description: "An association that was taken out of a share is no longer listed.",
        rule: &association::LISTED_AFTER_DISASSOCIATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:platform -> share
owner    DisassociateResourceShare share principals=ou:platform",
        equivalent: None,
        mutation: Mutation::Rewrites(drop_ended_rows),
    },
    Mutant {
        name: "second-resource-replaces-first",
        description: "Adding a resource to a share takes the others out.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateSubnet -> net2
owner    CreateResourceShare resourceArns=net -> share
owner    AssociateResourceShare share resourceArns=net2",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_resources),
    },
    Mutant {
        name: "principals-beside-resources-dropped",
        description: "A call that adds resources and principals adds the resources alone.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(drop_principals_beside_resources),
    },
    Mutant {
        name: "later-principal-replaces-earlier",
        description: "Adding a principal to a share takes the others out.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:platform -> share
owner    AssociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_principals),
    },
    Mutant {
        name: "one-leaves-all-leave",
        description: "Taking one principal out of a share takes all principals out.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:platform,member -> share
owner    DisassociateResourceShare share principals=ou:platform",
        equivalent: None,
        mutation: Mutation::Corrupts(take_all_principals_out),
    },
    Mutant {
        name: "removed-from-all-shares",
        description: "Taking a resource out of one share takes it out of all.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule -> share
owner    CreateResourceShare resourceArns=rule -> share2
owner    DisassociateResourceShare share resourceArns=rule",
        equivalent: None,
        mutation: Mutation::Corrupts(take_out_of_all_shares),
    },
    Mutant {
        name: "removal-without-effect",
        description: "Taking a resource out of a share is answered, and changes nothing.",
        rule: &association::LISTED_AFTER_DISASSOCIATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule -> share
owner    DisassociateResourceShare share resourceArns=rule",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_removal),
    },
    Mutant {
        name: "external-turned-round",
        description: "Principals outside the organization are listed as inside, and the other way round.",
        rule: &principal::EXTERNAL_AS_RAM_SEES_IT,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateResourceShare principals=owner -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(turn_external_round),
    },
    Mutant {
        name: "resources-external",
        description: "A resource's row says that it is external.",
        rule: &principal::EXTERNAL_AS_RAM_SEES_IT,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateManagedPrefixList -> list
consumer CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(mark_resources_external),
    },
    Mutant {
        name: "share-written-by-consumer",
        description: "A consumer adds resources and principals to the owner's share, renames and deletes it.",
        rule: &share::WRITTEN_BY_ITS_OWNER_ALONE,
        seen: "LocalStack's documentation of its RAM: nothing is enforced",
        shown: "world organization sharing=on

owner    CreateResourceShare -> share
member   DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Grants(&share::WRITTEN_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "left-by-member",
        description: "A member of the organization leaves a share that it never was invited to.",
        rule: &association::LEFT_BY_INVITED_ACCOUNTS_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=sibling -> share
sibling  DisassociateResourceShare share principals=sibling",
        equivalent: None,
        mutation: Mutation::Grants(&association::LEFT_BY_INVITED_ACCOUNTS_ALONE),
    },
    Mutant {
        name: "leaving-refused",
        description: "An account that accepted an invitation can't leave the share.",
        rule: &association::LEFT_BY_ITS_CONSUMER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger
stranger DisassociateResourceShare share principals=stranger",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_leaving),
    },
    Mutant {
        name: "leaving-without-effect",
        description: "Leaving a share is answered, and ends no access.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger
stranger DisassociateResourceShare share principals=stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_leaving),
    },
    Mutant {
        name: "outsider-let-in",
        description: "An outsider is accepted although external principals are off.",
        rule: &principal::OUTSIDERS_WHERE_ALLOWED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare allowExternalPrincipals=false principals=outsider -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::OUTSIDERS_WHERE_ALLOWED),
    },
    Mutant {
        name: "outsider-barred",
        description: "An outsider is refused by a share that is open to outsiders.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_outsiders),
    },
    Mutant {
        name: "any-text-is-a-principal",
        description: "A principal in no known form is taken.",
        rule: &principal::IN_AN_ACCEPTED_FORM,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=\"nobody\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::IN_AN_ACCEPTED_FORM),
    },
    Mutant {
        name: "root-user-as-principal",
        description: "The ARN of an account's root user is taken for a principal.",
        rule: &principal::ACCOUNT_BY_ID,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=\"arn:aws:iam::111122223333:root\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::ACCOUNT_BY_ID),
    },
    Mutant {
        name: "service-beside-accounts",
        description: "A service principal stands in a share beside accounts.",
        rule: &principal::SERVICE_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer,service:pca-connector -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::SERVICE_ALONE),
    },
    Mutant {
        name: "foreign-resource-shared",
        description: "An account shares on resources that are shared with it.",
        rule: &resource::SHARED_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

member   CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share",
        equivalent: None,
        mutation: Mutation::Grants(&resource::SHARED_BY_ITS_OWNER),
    },
    Mutant {
        name: "subnet-shared-outside",
        description: "A subnet is shared by an account without organization sharing.",
        rule: &resource::KEPT_INSIDE_THE_ORGANIZATION,
        seen: "LocalStack and moto share subnets between any two accounts",
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share",
        equivalent: None,
        mutation: Mutation::Grants(&resource::KEPT_INSIDE_THE_ORGANIZATION),
    },
    Mutant {
        name: "unshareable-shared",
        description: "A VPC, an image or an instance is put into a share.",
        rule: &resource::OF_A_SHAREABLE_TYPE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

member   CreateResourceShare resourceArns=\"arn:aws:ec2:us-east-1:111122223333:image/ami-0123456789abcdef0\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&resource::OF_A_SHAREABLE_TYPE),
    },
    Mutant {
        name: "prefix-list-of-aws-shared",
        description: "A prefix list that AWS manages is put into a share.",
        rule: &prefix_list::SHARED_UNLESS_MANAGED_BY_AWS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare resourceArns=\"arn:aws:ec2:us-east-1:aws:prefix-list/pl-63a5400a\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&prefix_list::SHARED_UNLESS_MANAGED_BY_AWS),
    },
    Mutant {
        name: "any-text-is-a-resource",
        description: "A resource in a share is any text.",
        rule: &resource::NAMED_BY_AN_ARN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare resourceArns=\"net\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&resource::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "repeated-association-refused",
        description: "Adding a resource to a share that holds it already is refused.",
        rule: &association::REPEATED_HARMLESSLY,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule -> share
owner    AssociateResourceShare share resourceArns=rule",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_repeated_associations),
    },
];

fn answer_associated(path: &str, answer: &mut Value) {
    if path == "/associateresourceshare" {
        say_of_associations(answer, "ASSOCIATED");
    }
}

fn answer_disassociated(path: &str, answer: &mut Value) {
    if path == "/disassociateresourceshare" {
        say_of_associations(answer, "DISASSOCIATED");
    }
}

fn say_of_associations(answer: &mut Value, status: &str) {
    let rows = answer["resourceShareAssociations"].as_array_mut();
    for row in rows.into_iter().flatten() {
        row["status"] = json!(status);
    }
}

/// The fields of this name in the rows of associations.
fn fields_of_rows<'r>(
    reply: &'r mut Reply,
    call: &Call,
    name: &'static str,
) -> impl Iterator<Item = (&'r Key, &'r mut Field)> {
    let listed = matches!(call, Call::GetResourceShareAssociations(_));
    let rows = reply.rows.iter_mut().filter(move |_| listed);
    rows.flat_map(move |row| {
        let fields = row.fields.iter_mut().filter(move |field| field.name == name);
        let key = &row.key;
        fields.map(move |field| (key, field))
    })
}

fn leave_resources_in_transition(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    for (key, field) in fields_of_rows(reply, call, "status") {
        if matches!(key, Key::ResourceAssociation(..)) {
            field.expected = Expected::OneOf(&["ASSOCIATING"]);
        }
    }
}

fn drop_ended_rows(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShareAssociations(_)) {
        reply.rows.retain(|row| *row.rule != association::LISTED_AFTER_DISASSOCIATION);
    }
}

fn turn_external_round(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    for (key, field) in fields_of_rows(reply, call, "external") {
        if let (Key::Principal(..), Expected::Flag(external)) = (key, &mut field.expected) {
            *external = !*external;
        }
    }
}

fn mark_resources_external(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    for (key, field) in fields_of_rows(reply, call, "external") {
        if let (Key::ResourceAssociation(..), Expected::Flag(external)) = (key, &mut field.expected)
        {
            *external = true;
        }
    }
}

fn replace_resources(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) else { return };
    let named: Vec<_> = call.resource_arns.iter().filter_map(Reference::name).collect();
    if !named.is_empty() {
        for (_, held) in share.resources.iter_mut().filter(|(name, _)| !named.contains(name)) {
            held.status = AssociationStatus::Disassociated;
        }
    }
}

fn replace_principals(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) else { return };
    if !call.principals.is_empty() {
        let others = share.principals.iter_mut().filter(|(it, _)| !call.principals.contains(it));
        others.for_each(|(_, held)| held.status = AssociationStatus::Disassociated);
    }
}

fn drop_principals_beside_resources(world: &mut World, done: &Done<'_>) {
    let (name, resources, principals) = if let Call::CreateResourceShare(call) = done.call {
        (Some(done.made), &call.resource_arns, &call.principals)
    } else if let Call::AssociateResourceShare(call) = done.call {
        (call.share.name(), &call.resource_arns, &call.principals)
    } else {
        return;
    };
    let Some(share) = name.and_then(|name| world.shares.get_mut(name)) else { return };
    if !resources.is_empty() {
        share.principals.retain(|principal, _| !principals.contains(principal));
        share.invitations.retain(|sent| !principals.contains(&sent.principal));
    }
}

fn take_all_principals_out(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateResourceShare(call) = done.call else { return };
    let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) else { return };
    if !call.principals.is_empty() {
        let held = share.principals.values_mut();
        held.for_each(|held| held.status = AssociationStatus::Disassociated);
    }
}

fn take_out_of_all_shares(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateResourceShare(call) = done.call else { return };
    for name in call.resource_arns.iter().filter_map(Reference::name) {
        for held in world.shares.values_mut().filter_map(|share| share.resources.get_mut(name)) {
            held.status = AssociationStatus::Disassociated;
        }
    }
}

fn undo_removal(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateResourceShare(call) = done.call else { return };
    if !call.resource_arns.is_empty() {
        world.clone_from(done.before);
    }
}

/// Whether a call takes its own account out of another's share.
fn leaves(call: &Call, actor: Account) -> bool {
    let Call::DisassociateResourceShare(call) = call else { return false };
    call.principals == [Principal::Account(actor)]
}

fn undo_leaving(world: &mut World, done: &Done<'_>) {
    if leaves(done.call, done.actor) {
        world.clone_from(done.before);
    }
}

fn refuse_leaving(_world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    leaves(call, actor).then_some(&share::WRITTEN_BY_ITS_OWNER_ALONE)
}

fn refuse_outsiders(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateResourceShare(call) = call else { return None };
    let mut accounts = call.principals.iter().filter_map(Principal::account);
    let outside = accounts.any(|account| !world.are_fellows(actor, account));
    outside.then_some(&principal::OUTSIDERS_WHERE_ALLOWED)
}

fn refuse_repeated_associations(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AssociateResourceShare(call) = call else { return None };
    let share = world.shares.get(call.share.name()?)?;
    let mut named = call.resource_arns.iter().filter_map(Reference::name);
    let held = |name| share.resources.get(name).map(|held| held.status);
    let again = named.any(|name| held(name) == Some(AssociationStatus::Associated));
    again.then_some(&association::OF_SOMETHING)
}
