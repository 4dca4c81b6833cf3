//! Mutants of snapshots, and of images that are copied with them.

use bellwether_model::rules::{Rule, image, snapshot, visibility};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "image-copied-without-its-storage",
        description: "Whoever may launch an image copies it, though its snapshot is not shared.",
        rule: &image::COPIED_WITH_ITS_STORAGE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    RegisterImage BlockDeviceMappings.Ebs.SnapshotId=snapshot -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
consumer CopyImage SourceImageId=image -> copy",
        equivalent: None,
        mutation: Mutation::Grants(&image::COPIED_WITH_ITS_STORAGE_SHARED),
    },
    Mutant {
        name: "private-image-copied",
        description: "An image that the caller may not launch is copied.",
        rule: &image::COPIED_WHERE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
consumer CopyImage SourceImageId=image -> copy",
        equivalent: None,
        mutation: Mutation::Grants(&image::COPIED_WHERE_SHARED),
    },
    Mutant {
        name: "image-copied-by-its-owner-alone",
        description: "Only its owner can copy an image, though its snapshot is shared.",
        rule: &image::COPIED_WITH_ITS_STORAGE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    ModifySnapshotAttribute SnapshotId=snapshot Add=consumer
owner    RegisterImage BlockDeviceMappings.Ebs.SnapshotId=snapshot -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
consumer CopyImage SourceImageId=image -> copy",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_copies_to_others),
    },
    Mutant {
        name: "copy-keeps-launch-permissions",
        description: "The copy of an image has the launch permissions of the image.",
        rule: &image::PRIVATE_ONCE_COPIED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    CopyImage SourceImageId=image -> copy",
        equivalent: None,
        mutation: Mutation::Corrupts(copy_launch_permissions),
    },
    Mutant {
        name: "copy-belongs-to-the-source-owner",
        description: "The copy of an image of another account belongs to that account.",
        rule: &visibility::OWNER_SEES_ITS_OWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    ModifySnapshotAttribute SnapshotId=snapshot Add=consumer
owner    RegisterImage BlockDeviceMappings.Ebs.SnapshotId=snapshot -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
consumer CopyImage SourceImageId=image -> copy",
        equivalent: None,
        mutation: Mutation::Corrupts(give_copies_to_the_source_owner),
    },
    Mutant {
        name: "shared-snapshots-unlisted",
        description: "A snapshot is not listed to the accounts that it is shared with.",
        rule: &snapshot::SEEN_WITH_A_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    ModifySnapshotAttribute SnapshotId=snapshot Add=consumer",
        equivalent: None,
        mutation: Mutation::Rewrites(list_own_snapshots_alone),
    },
    Mutant {
        name: "snapshots-listed-to-everybody",
        description: "Snapshots are listed to accounts that they are not shared with.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot",
        equivalent: None,
        mutation: Mutation::Distorts(share_snapshots_with_everybody),
    },
    Mutant {
        name: "snapshot-permission-kept",
        description: "A permission for a snapshot that is taken back is kept.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    ModifySnapshotAttribute SnapshotId=snapshot Add=consumer
owner    ModifySnapshotAttribute SnapshotId=snapshot Remove=consumer",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_snapshot_permissions),
    },
    Mutant {
        name: "snapshot-changed-by-consumers",
        description: "An account that a snapshot is shared with changes or deletes it.",
        rule: &snapshot::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    ModifySnapshotAttribute SnapshotId=snapshot Add=consumer
consumer DeleteSnapshot SnapshotId=snapshot",
        equivalent: None,
        mutation: Mutation::Grants(&snapshot::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "snapshot-deleted-under-an-image",
        description: "A snapshot is deleted though an image is registered with it.",
        rule: &snapshot::KEPT_WHILE_REGISTERED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSnapshot -> snapshot
owner    RegisterImage BlockDeviceMappings.Ebs.SnapshotId=snapshot -> image
owner    DeleteSnapshot SnapshotId=snapshot",
        equivalent: None,
        mutation: Mutation::Grants(&snapshot::KEPT_WHILE_REGISTERED),
    },
    Mutant {
        name: "image-registered-with-an-unseen-snapshot",
        description: "An image is registered with a snapshot that the caller does not see.",
        rule: &snapshot::KNOWN_TO_THE_CALLER,
        seen: "moto reads no snapshot when it registers an image",
        shown: "world standalone

owner    CreateSnapshot -> snapshot
consumer RegisterImage BlockDeviceMappings.Ebs.SnapshotId=snapshot -> image",
        equivalent: None,
        mutation: Mutation::Grants(&snapshot::KNOWN_TO_THE_CALLER),
    },
];

fn refuse_copies_to_others(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CopyImage(call) = call else { return None };
    let foreign = super::is_foreign(world, actor, &call.source_image_id);
    foreign.then_some(&image::COPIED_WITH_ITS_STORAGE_SHARED)
}

fn copy_launch_permissions(world: &mut World, done: &Done<'_>) {
    let Call::CopyImage(call) = done.call else { return };
    let source = call.source_image_id.name().and_then(|name| done.before.resources.get(name));
    let Some(Kind::Image { permissions: before, .. }) = source.map(|it| &it.kind) else { return };
    if let Some(copy) = world.resources.get_mut(done.made)
        && let Kind::Image { permissions, .. } = &mut copy.kind
    {
        permissions.clone_from(before);
    }
}

fn give_copies_to_the_source_owner(world: &mut World, done: &Done<'_>) {
    let Call::CopyImage(call) = done.call else { return };
    let source = call.source_image_id.name().and_then(|name| done.before.resources.get(name));
    if let (Some(source), Some(copy)) = (source, world.resources.get_mut(done.made)) {
        copy.owner = source.owner;
    }
}

fn list_own_snapshots_alone(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeSnapshots(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn share_snapshots_with_everybody(world: &mut World, actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeSnapshots(_)) {
        return;
    }
    for resource in world.resources.values_mut() {
        if let Kind::Snapshot { permissions, .. } = &mut resource.kind {
            permissions.insert(actor);
        }
    }
}

fn keep_snapshot_permissions(world: &mut World, done: &Done<'_>) {
    let Call::ModifySnapshotAttribute(call) = done.call else { return };
    let resource = call.snapshot_id.name().and_then(|name| world.resources.get_mut(name));
    if let Some(Kind::Snapshot { permissions, former }) = resource.map(|it| &mut it.kind) {
        permissions.append(former);
    }
}
