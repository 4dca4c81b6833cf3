//! Mutants that keep a wrong state.

use bellwether_model::answer::Expected;
use bellwether_model::operations::ec2::modify_image_attribute::Permitted;
use bellwether_model::rules::{
    Rule, association, image, instance, prefix_list, read, share, tag, visibility,
};
use bellwether_model::sharing::PLAIN_NAME;
use bellwether_model::world::{Kind, Share, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "update-forgotten",
        description: "An update of a share is answered, and not kept.",
        rule: &share::NAMED_AS_ASKED,
        seen: "the gopherstack audits: calls that are answered and do nothing",
        shown: "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_update),
    },
    Mutant {
        name: "update-closes-the-share",
        description: "Renaming a share closes it to outsiders.",
        rule: &share::CHANGED_BY_UPDATE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Corrupts(close_by_update),
    },
    Mutant {
        name: "rename-by-name",
        description: "Renaming a share renames all shares of the same owner.",
        rule: &share::NAMED_AS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Corrupts(rename_all),
    },
    Mutant {
        name: "closed-by-default",
        description: "A share is closed to outsiders unless it says otherwise.",
        rule: &share::CHANGED_BY_UPDATE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(close_by_default),
    },
    Mutant {
        name: "deletion-without-effect",
        description: "Deleting a share is answered, and changes nothing.",
        rule: &share::READABLE_AFTER_DELETION,
        seen: "fakecloud pull request 2136: calls that are answered and do nothing",
        shown: "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_deletion),
    },
    Mutant {
        name: "deletion-of-all-shares",
        description: "Deleting a share deletes all shares of its owner.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Corrupts(delete_all),
    },
    Mutant {
        name: "in-one-share-at-a-time",
        description: "A share that is given a resource takes it from the shares that held it.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    CreateResourceShare resourceArns=list -> share2",
        equivalent: None,
        mutation: Mutation::Corrupts(take_from_other_shares),
    },
    Mutant {
        name: "deleted-share-vanishes",
        description: "A deleted share is no longer listed to its owner.",
        rule: &share::READABLE_AFTER_DELETION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Rewrites(drop_deleted_shares),
    },
    Mutant {
        name: "deleted-share-active",
        description: "A deleted share is listed as ACTIVE.",
        rule: &share::READABLE_AFTER_DELETION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_deleted_as_active),
    },
    Mutant {
        name: "names-are-unique",
        description: "A share may not have the name of another one.",
        rule: &share::CREATED_ACTIVE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_second_names),
    },
    Mutant {
        name: "tags-of-creation-lost",
        description: "The tags that a share is made with are answered, and not kept.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: "fakecloud pull request 2136: the tags of permissions were lost",
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_tags_of_creation),
    },
    Mutant {
        name: "tags-lost-by-update",
        description: "Updating a share takes its tags off.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_tags_by_update),
    },
    Mutant {
        name: "tags-never-kept",
        description: "Tagging a share is answered, and not kept.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    TagResource resourceShareArn=share tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_tagging),
    },
    Mutant {
        name: "tagging-replaces-all",
        description: "Tagging a share takes its other tags off.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    TagResource resourceShareArn=share tags=\"stage=test\"",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_tags),
    },
    Mutant {
        name: "tag-values-kept",
        description: "A tag that a share has already keeps its old value.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    TagResource resourceShareArn=share tags=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_old_values),
    },
    Mutant {
        name: "untagging-takes-all",
        description: "Taking one tag off a share takes all of them off.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    UntagResource resourceShareArn=share tagKeys=stage",
        equivalent: None,
        mutation: Mutation::Corrupts(take_all_tags),
    },
    Mutant {
        name: "untagging-without-effect",
        description: "Taking tags off a share is answered, and changes nothing.",
        rule: &tag::UNLISTED_WHERE_THERE_IS_NONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    UntagResource resourceShareArn=share tagKeys=team",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_untagging),
    },
    Mutant {
        name: "tag-on-nothing",
        description: "Tagging a share that does not exist succeeds.",
        rule: &tag::ON_WHAT_EXISTS,
        seen: "fakecloud pull request 2136",
        shown: "world standalone

owner    TagResource resourceShareArn=\"arn:aws:ram:us-east-1:111122223333:resource-share/00000000-0000-4000-8000-000000000000\" tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Grants(&tag::ON_WHAT_EXISTS),
    },
    Mutant {
        name: "tags-by-anybody",
        description: "An account tags the shares of another.",
        rule: &tag::WRITTEN_BY_THE_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
member   TagResource resourceShareArn=share tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Grants(&tag::WRITTEN_BY_THE_OWNER_ALONE),
    },
    Mutant {
        name: "reserved-tags",
        description: "A tag's key begins with aws:.",
        rule: &tag::UNRESERVED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"aws:team=blue\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&tag::UNRESERVED),
    },
    Mutant {
        name: "terminated-with-their-neighbours",
        description: "Terminating an instance terminates all of the account.",
        rule: &instance::RUNNING_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RunInstances -> web
owner    RunInstances -> web2
owner    TerminateInstances InstanceIds=web",
        equivalent: None,
        mutation: Mutation::Corrupts(terminate_all),
    },
    Mutant {
        name: "termination-without-effect",
        description: "Terminating an instance is answered, and changes nothing.",
        rule: &visibility::GONE_ONCE_DELETED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RunInstances -> web
owner    TerminateInstances InstanceIds=web",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_termination),
    },
    Mutant {
        name: "entries-never-kept",
        description: "The entries that are added to a prefix list are not kept.",
        rule: &prefix_list::ENTRIES_READ_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    ModifyManagedPrefixList PrefixListId=list AddEntries=\"10.0.0.0/24\"",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_entries),
    },
    Mutant {
        name: "acceptance-takes-the-share",
        description: "Accepting an invitation makes the share the consumer's own.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer",
        equivalent: None,
        mutation: Mutation::Corrupts(take_the_share),
    },
    Mutant {
        name: "subnet-deletion-without-effect",
        description: "Deleting a subnet is answered, and changes nothing.",
        rule: &visibility::GONE_ONCE_DELETED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_subnet_deletion),
    },
    Mutant {
        name: "launch-permissions-replaced",
        description: "Giving a launch permission takes the others away.",
        rule: &image::SEEN_WITH_A_LAUNCH_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    ModifyImageAttribute ImageId=image Add=stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_launch_permissions),
    },
];

fn undo_update(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::UpdateResourceShare(_)) {
        world.clone_from(done.before);
    }
}

/// The share that a call names first.
fn named<'w>(world: &'w mut World, call: &Call) -> Option<(&'w mut Share, Name)> {
    let name = call.names().into_iter().find(|name| world.shares.contains_key(*name))?.clone();
    Some((world.shares.get_mut(&name)?, name))
}

fn close_by_update(world: &mut World, done: &Done<'_>) {
    let Call::UpdateResourceShare(call) = done.call else { return };
    if call.allow_external_principals.is_none()
        && let Some((share, _)) = named(world, done.call)
    {
        share.outsiders = false;
    }
}

fn rename_all(world: &mut World, done: &Done<'_>) {
    let Call::UpdateResourceShare(call) = done.call else { return };
    if !call.name.is_empty() {
        for share in world.shares.values_mut().filter(|share| share.owner == done.actor) {
            share.name.clone_from(&call.name);
        }
    }
}

fn close_by_default(world: &mut World, done: &Done<'_>) {
    let Call::CreateResourceShare(call) = done.call else { return };
    if let (None, Some(share)) = (call.allow_external_principals, world.shares.get_mut(done.made)) {
        share.outsiders = false;
    }
}

fn undo_deletion(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::DeleteResourceShare(_)) {
        world.clone_from(done.before);
    }
}

fn delete_all(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::DeleteResourceShare(_)) {
        for share in world.shares.values_mut().filter(|share| share.owner == done.actor) {
            share.deleted = true;
        }
    }
}

fn drop_deleted_shares(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShares(_)) {
        reply.rows.retain(|row| *row.rule != share::READABLE_AFTER_DELETION);
    }
}

fn take_from_other_shares(world: &mut World, done: &Done<'_>) {
    let (taker, given) = if let Call::CreateResourceShare(call) = done.call {
        (Some(done.made), &call.resource_arns)
    } else if let Call::AssociateResourceShare(call) = done.call {
        (call.share.name(), &call.resource_arns)
    } else {
        return;
    };
    for (name, share) in &mut world.shares {
        if Some(name) != taker {
            share.resources.retain(|held, _| !given.iter().any(|it| it.name() == Some(held)));
        }
    }
}

fn list_deleted_as_active(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::GetResourceShares(_)) {
        return;
    }
    for row in reply.rows.iter_mut().filter(|row| *row.rule == share::READABLE_AFTER_DELETION) {
        for field in row.fields.iter_mut().filter(|field| field.name == "status") {
            field.expected = Expected::OneOf(&["ACTIVE"]);
        }
    }
}

fn refuse_second_names(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateResourceShare(call) = call else { return None };
    let mut own = world.shares.values().filter(|share| share.owner == actor && !share.deleted);
    let name = if call.name.is_empty() { PLAIN_NAME } else { &call.name };
    let taken = own.any(|share| share.name == name);
    taken.then_some(&share::NAMED_BY_AN_ARN)
}

fn lose_tags_of_creation(world: &mut World, done: &Done<'_>) {
    if let (Call::CreateResourceShare(_), Some(share)) =
        (done.call, world.shares.get_mut(done.made))
    {
        share.tags.clear();
    }
}

fn lose_tags_by_update(world: &mut World, done: &Done<'_>) {
    if let (Call::UpdateResourceShare(_), Some((share, _))) = (done.call, named(world, done.call)) {
        share.tags.clear();
    }
}

fn undo_tagging(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::TagResource(_)) {
        world.clone_from(done.before);
    }
}

fn replace_tags(world: &mut World, done: &Done<'_>) {
    let Call::TagResource(call) = done.call else { return };
    if let Some((share, _)) = named(world, done.call) {
        share.tags.retain(|key, _| call.tags.iter().any(|tag| tag.key == *key));
    }
}

fn keep_old_values(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::TagResource(_)) {
        return;
    }
    if let Some((share, name)) = named(world, done.call)
        && let Some(before) = done.before.shares.get(&name)
    {
        share.tags.extend((*before.tags).clone());
    }
}

fn take_all_tags(world: &mut World, done: &Done<'_>) {
    if let (Call::UntagResource(_), Some((share, _))) = (done.call, named(world, done.call)) {
        share.tags.clear();
    }
}

fn undo_untagging(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::UntagResource(_)) {
        world.clone_from(done.before);
    }
}

fn terminate_all(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::TerminateInstances(_)) {
        return;
    }
    for resource in world.resources.values_mut().filter(|resource| resource.owner == done.actor) {
        resource.deleted |= matches!(resource.kind, Kind::Instance { .. });
    }
}

fn undo_termination(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::TerminateInstances(_)) {
        world.clone_from(done.before);
    }
}

fn undo_subnet_deletion(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::DeleteSubnet(_)) {
        world.clone_from(done.before);
    }
}

fn undo_entries(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::ModifyManagedPrefixList(_)) {
        world.clone_from(done.before);
    }
}

fn take_the_share(world: &mut World, done: &Done<'_>) {
    if let (Call::AcceptResourceShareInvitation(_), Some((share, _))) =
        (done.call, named(world, done.call))
    {
        share.owner = done.actor;
    }
}

fn replace_launch_permissions(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::ModifyImageAttribute(call) if call.add != Permitted::default()) {
        return;
    }
    for name in done.call.names() {
        let before = done.before.resources.get(name).map(|resource| &resource.kind);
        if let (Some(resource), Some(Kind::Image { permissions: before, .. })) =
            (world.resources.get_mut(name), before)
            && let Kind::Image { permissions, .. } = &mut resource.kind
        {
            permissions.retain(|permission| !before.contains(permission));
        }
    }
}
