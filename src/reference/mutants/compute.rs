//! Mutants of what instances are launched with: placement groups, capacity reservations, license
//! configurations and images.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::kinds::Plain;
use bellwether_model::parameters::Reference;
use bellwether_model::resources;
use bellwether_model::rules::{
    Rule, capacity_reservation, image, instance, license_configuration, placement_group,
};
use bellwether_model::time::Deadline;
use bellwether_model::world::{Held, Kind, Use, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "launch-of-fewer-than-asked",
        description: "A launch of more instances at least than at most makes as many as it may.",
        rule: &instance::COUNTED_FROM_LEAST_TO_MOST,
        seen: "fakecloud pull request 1639: RunInstances clamps MinCount and does not look at MaxCount",
        shown: "world standalone

owner    RunInstances MinCount=2",
        equivalent: None,
        mutation: Mutation::Grants(&instance::COUNTED_FROM_LEAST_TO_MOST),
    },
    Mutant {
        name: "placement-groups-never-shared",
        description: "A share shows its consumers no placement group.",
        rule: &placement_group::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_placement_groups),
    },
    Mutant {
        name: "placement-group-unseen-but-used",
        description: "An instance is launched into a placement group that its account does not see.",
        rule: &placement_group::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
consumer RunInstances GroupId=spread -> web",
        equivalent: None,
        mutation: Mutation::Grants(&placement_group::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "placement-group-named-by-consumers",
        description: "A consumer launches into a shared placement group by its name.",
        rule: &placement_group::NAMED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=member -> share
member   RunInstances GroupName=spread -> web",
        equivalent: None,
        mutation: Mutation::Grants(&placement_group::NAMED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "placement-groups-by-name-of-all",
        description: "Placement groups are looked up by their names over all accounts.",
        rule: &placement_group::NAMED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=member -> share
member   DeletePlacementGroup GroupName=spread",
        equivalent: None,
        mutation: Mutation::Distorts(look_names_up_over_all_accounts),
    },
    Mutant {
        name: "placement-group-named-twice",
        description: "A launch names a placement group by its id and its name.",
        rule: &placement_group::NAMED_ONE_WAY,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    RunInstances GroupId=spread GroupName=spread -> web",
        equivalent: None,
        mutation: Mutation::Grants(&placement_group::NAMED_ONE_WAY),
    },
    Mutant {
        name: "placement-group-deleted-in-use",
        description: "A placement group is deleted though an instance is in it.",
        rule: &placement_group::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    RunInstances GroupId=spread -> web
owner    DeletePlacementGroup GroupName=spread",
        equivalent: None,
        mutation: Mutation::Grants(&placement_group::KEPT_WHILE_IN_USE),
    },
    Mutant {
        name: "placement-group-in-use-unknown",
        description: "A placement group in use that is deleted is refused as not existing.",
        rule: &placement_group::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    RunInstances GroupId=spread -> web
owner    DeletePlacementGroup GroupName=spread",
        equivalent: None,
        mutation: Mutation::Recodes(
            &placement_group::KEPT_WHILE_IN_USE,
            &placement_group::NAMED_BY_ITS_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "placement-unsaid",
        description: "An instance does not say which placement group it is in.",
        rule: &placement_group::NAMED_BY_ITS_INSTANCES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    RunInstances GroupId=spread -> web",
        equivalent: None,
        mutation: Mutation::Distorts(forget_placements),
    },
    Mutant {
        name: "placement-kept-after-revocation",
        description: "An instance stays in a placement group that is no longer shared with its account.",
        rule: &placement_group::LEFT_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=member -> share
member   RunInstances GroupId=spread -> web
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Distorts(keep_placements),
    },
    Mutant {
        name: "reservations-never-shared",
        description: "A share shows its consumers no capacity reservation.",
        rule: &capacity_reservation::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_reservations),
    },
    Mutant {
        name: "reservation-uncounted-for-consumers",
        description: "A consumer is not shown for how many instances a capacity reservation is.",
        rule: &capacity_reservation::COUNTED_FOR_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_counts),
    },
    Mutant {
        name: "reservation-unseen-but-used",
        description: "An instance is launched into a capacity reservation that its account does not see.",
        rule: &capacity_reservation::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateCapacityReservation -> reservation
consumer RunInstances CapacityReservationId=reservation -> web",
        equivalent: None,
        mutation: Mutation::Grants(&capacity_reservation::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "reservation-cancelled-by-consumer",
        description: "A consumer cancels a capacity reservation that is shared with it.",
        rule: &capacity_reservation::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=member -> share
member   CancelCapacityReservation CapacityReservationId=reservation",
        equivalent: None,
        mutation: Mutation::Grants(&capacity_reservation::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "reservation-kept-while-in-use",
        description: "A capacity reservation can't be cancelled while an instance runs in it.",
        rule: &capacity_reservation::MADE_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateCapacityReservation -> reservation
owner    RunInstances CapacityReservationId=reservation -> web
owner    CancelCapacityReservation CapacityReservationId=reservation",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_cancelling_of_used_reservations),
    },
    Mutant {
        name: "reservation-unsaid",
        description: "An instance does not say which capacity reservation it runs in.",
        rule: &capacity_reservation::NAMED_BY_ITS_INSTANCES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateCapacityReservation -> reservation
owner    RunInstances CapacityReservationId=reservation -> web",
        equivalent: None,
        mutation: Mutation::Distorts(forget_reservations),
    },
    Mutant {
        name: "reservation-kept-after-revocation",
        description: "An instance stays in a capacity reservation that is no longer shared with its account.",
        rule: &capacity_reservation::LEFT_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=member -> share
member   RunInstances CapacityReservationId=reservation -> web
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Distorts(keep_reservations),
    },
    Mutant {
        name: "reservation-ended-with-its-instances",
        description: "Cancelling a capacity reservation terminates the instances that run in it.",
        rule: &instance::RUNNING_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateCapacityReservation -> reservation
owner    RunInstances CapacityReservationId=reservation -> web
owner    CancelCapacityReservation CapacityReservationId=reservation",
        equivalent: None,
        mutation: Mutation::Corrupts(end_instances_with_reservations),
    },
    Mutant {
        name: "licenses-never-shared",
        description: "A share shows its consumers no license configuration.",
        rule: &license_configuration::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateLicenseConfiguration -> license
owner    CreateResourceShare resourceArns=license principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_licenses),
    },
    Mutant {
        name: "licenses-listed-as-own",
        description: "A shared license configuration is listed with the consumer as its owner.",
        rule: &license_configuration::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateLicenseConfiguration -> license
owner    CreateResourceShare resourceArns=license principals=member -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_licenses_as_own),
    },
    Mutant {
        name: "license-read-by-anybody",
        description: "A license configuration is read by accounts that it is not shared with.",
        rule: &license_configuration::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateLicenseConfiguration -> license
consumer GetLicenseConfiguration LicenseConfigurationArn=license",
        equivalent: None,
        mutation: Mutation::Grants(&license_configuration::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "license-launched-unseen",
        description: "An instance is launched with a license configuration that its account does not see.",
        rule: &license_configuration::LAUNCHED_WHERE_VISIBLE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateLicenseConfiguration -> license
consumer RunInstances LicenseConfigurationArn=license -> web",
        equivalent: None,
        mutation: Mutation::Grants(&license_configuration::LAUNCHED_WHERE_VISIBLE),
    },
    Mutant {
        name: "license-renamed-by-consumer",
        description: "A consumer renames or deletes a license configuration that is shared with it.",
        rule: &license_configuration::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateLicenseConfiguration -> license
owner    CreateResourceShare resourceArns=license principals=member -> share
member   UpdateLicenseConfiguration LicenseConfigurationArn=license",
        equivalent: None,
        mutation: Mutation::Grants(&license_configuration::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "license-deleted-in-use",
        description: "A license configuration is deleted though an instance was launched with it.",
        rule: &license_configuration::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateLicenseConfiguration -> license
owner    RunInstances LicenseConfigurationArn=license -> web
owner    DeleteLicenseConfiguration LicenseConfigurationArn=license",
        equivalent: None,
        mutation: Mutation::Grants(&license_configuration::KEPT_WHILE_IN_USE),
    },
    Mutant {
        name: "license-uses-of-consumers-uncounted",
        description: "A license configuration is deleted though an instance of a consumer was launched with it.",
        rule: &license_configuration::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateLicenseConfiguration -> license
owner    CreateResourceShare resourceArns=license principals=member -> share
member   RunInstances LicenseConfigurationArn=license -> web
owner    DeleteLicenseConfiguration LicenseConfigurationArn=license",
        equivalent: None,
        mutation: Mutation::Distorts(delete_licenses_in_foreign_use),
    },
    Mutant {
        name: "deprecated-image-vanishes",
        description: "A deprecated image is hidden from its consumers, also where they ask for it.",
        rule: &image::SEEN_WITH_A_LAUNCH_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    EnableImageDeprecation ImageId=image DeprecateAt=24
owner    PassTime hours=30
consumer DescribeImages IncludeDeprecated=true",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_deprecated_images),
    },
    Mutant {
        name: "deprecated-image-vanishes-at-once",
        description: "An image that is to be deprecated leaves the lists of its consumers at once.",
        rule: &image::SEEN_WITH_A_LAUNCH_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    EnableImageDeprecation ImageId=image",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_images_to_be_deprecated),
    },
    Mutant {
        name: "deprecated-image-stays",
        description: "A deprecated image stays in the lists of its consumers.",
        rule: &image::UNLISTED_ONCE_DEPRECATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    EnableImageDeprecation ImageId=image DeprecateAt=24
owner    PassTime hours=30",
        equivalent: None,
        mutation: Mutation::Rewrites(list_deprecated_images),
    },
    Mutant {
        name: "private-image-unknown",
        description: "An image that the caller does not see is refused as not existing where it is asked for.",
        rule: &image::UNSEEN_IMAGE_ASKED_FOR,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
consumer DescribeImages ImageIds=image",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_private_images),
    },
];

fn hide_placement_groups(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribePlacementGroups(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_reservations(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeCapacityReservations(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_licenses(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListLicenseConfigurations(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_counts(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeCapacityReservations(_)) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Resource(name) = &row.key else { continue };
        let foreign = is_foreign(world, actor, &Reference::Named(name.clone()));
        for field in row.fields.iter_mut().filter(|_| foreign) {
            if field.name == "TotalInstanceCount" {
                field.expected = Expected::Absent;
            }
        }
    }
}

/// Makes the resources of a kind the caller's own.
fn give(world: &mut World, actor: Account, plain: &Plain) {
    for resource in world.resources.values_mut().filter(|it| plain.includes(&it.kind)) {
        resource.owner = actor;
    }
}

fn look_names_up_over_all_accounts(world: &mut World, actor: Account, call: &Call) {
    let launched = matches!(call, Call::RunInstances(call) if call.group_name.is_some());
    if launched || matches!(call, Call::DeletePlacementGroup(_)) {
        give(world, actor, &resources::placement_group::PLAIN);
    }
}

fn list_licenses_as_own(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::ListLicenseConfigurations(_)) {
        let sights =
            world.sights_of(actor, |kind| resources::license_configuration::PLAIN.includes(kind));
        let seen = sights.into_iter().filter(|(.., sight)| sight.is_seen());
        let seen: Vec<Name> = seen.map(|(name, ..)| name.clone()).collect();
        for name in seen {
            if let Some(resource) = world.resources.get_mut(&name) {
                resource.owner = actor;
            }
        }
    }
}

/// Alters what instances use of a type, as they are described.
pub(super) fn alter_uses(
    world: &mut World,
    call: &Call,
    plain: &Plain,
    alter: impl Fn(&mut Vec<Held>),
) {
    if !matches!(call, Call::DescribeInstances(_)) {
        return;
    }
    let names = world.resources.iter().filter(|(_, it)| plain.includes(&it.kind));
    let names: Vec<Name> = names.map(|(name, _)| name.clone()).collect();
    for resource in world.resources.values_mut() {
        if let Kind::Instance { uses, .. } = &mut resource.kind
            && uses.iter().any(|held| names.contains(&held.of))
        {
            alter(uses);
        }
    }
}

fn resume(uses: &mut [Held]) {
    for held in uses {
        held.state = Use::Plain;
    }
}

fn forget_placements(world: &mut World, _actor: Account, call: &Call) {
    alter_uses(world, call, &resources::placement_group::PLAIN, Vec::clear);
}

fn keep_placements(world: &mut World, _actor: Account, call: &Call) {
    alter_uses(world, call, &resources::placement_group::PLAIN, |uses| resume(uses));
}

fn forget_reservations(world: &mut World, _actor: Account, call: &Call) {
    alter_uses(world, call, &resources::capacity_reservation::PLAIN, Vec::clear);
}

fn keep_reservations(world: &mut World, _actor: Account, call: &Call) {
    alter_uses(world, call, &resources::capacity_reservation::PLAIN, |uses| resume(uses));
}

fn refuse_cancelling_of_used_reservations(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CancelCapacityReservation(call) = call else { return None };
    let used = world.instances_with(call.capacity_reservation_id.name()?).next().is_some();
    used.then_some(&capacity_reservation::CHANGED_BY_ITS_OWNER_ALONE)
}

fn end_instances_with_reservations(world: &mut World, done: &Done<'_>) {
    let Call::CancelCapacityReservation(call) = done.call else { return };
    let Some(ended) = call.capacity_reservation_id.name() else { return };
    for resource in world.resources.values_mut() {
        if let Kind::Instance { uses, .. } = &resource.kind {
            resource.deleted |= uses.iter().any(|held| held.of == *ended);
        }
    }
}

fn delete_licenses_in_foreign_use(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::DeleteLicenseConfiguration(_)) {
        count_own_instances_alone(world, actor);
    }
}

/// Takes the instances of others out of the world that a call is decided in.
pub(super) fn count_own_instances_alone(world: &mut World, actor: Account) {
    world.resources.retain(|_, resource| {
        resource.owner == actor || !matches!(resource.kind, Kind::Instance { .. })
    });
}

/// Whether a row is about an image of others with a deprecation date; with one that has come.
fn deprecated(world: &World, actor: Account, key: &Key) -> (bool, bool) {
    let Key::Resource(name) = key else { return (false, false) };
    let resource = world.resources.get(name).filter(|resource| resource.owner != actor);
    let Some(Kind::Image { deprecation: Some(date), .. }) = resource.map(|it| &it.kind) else {
        return (false, false);
    };
    (true, matches!(date.has_come(), Deadline::After))
}

fn hide_deprecated_images(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeImages(_)) {
        reply.rows.retain(|row| !deprecated(world, actor, &row.key).1);
    }
}

fn hide_images_to_be_deprecated(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeImages(_)) {
        reply.rows.retain(|row| !deprecated(world, actor, &row.key).0);
    }
}

fn list_deprecated_images(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeImages(_)) {
        let left_out = &image::UNLISTED_ONCE_DEPRECATED;
        reply.rows.iter_mut().filter(|row| row.rule == left_out).for_each(|row| row.present = true);
    }
}

fn refuse_private_images(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::DescribeImages(call) = call else { return None };
    let hidden = |name: &Name| !world.sight(actor, name).is_seen();
    let mut asked = call.image_ids.iter().filter_map(Reference::name);
    asked.any(hidden).then_some(&image::ASKED_FOR_BY_A_KNOWN_ID)
}
