//! RunInstances.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{
    Weights, draw_resource, groups_of, launched_by, require_groups, require_image,
    require_open_subnet, require_seen,
};
use crate::dice::Dice;
use crate::operations::ec2::TerminateInstances;
use crate::operations::{LostAnswer, Operation, Topic, Usage};
use crate::parameters::{Few, Groups, Reference, operation};
use crate::resources::{
    capacity_reservation, dedicated_host, license_configuration, placement_group,
};
use crate::rules::dedicated_host as host_rules;
use crate::rules::license_configuration as license_rules;
use crate::rules::{dry_run, instance, placement_group as group_rules, security_group};
use crate::world::{Held, Kind, LaunchPermission, Resource, World};
use crate::{Account, Call, Name};

operation! {
    /// Launches an instance, or several at once. The first one has the name, and the others share its lot:
    /// they are in its subnet, and are terminated with it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>
    pub struct RunInstances {
        /// The subnet; one of the caller's own where it is left out.
        subnet_id: Option<Reference> = "SubnetId",
        /// The image; one of the caller's own where it is left out.
        image_id: Option<Reference> = "ImageId",
        /// The security groups.
        security_group_ids: Groups = "SecurityGroupIds",
        /// The capacity reservation to launch into.
        capacity_reservation_id: Option<Reference> = "CapacityReservationId",
        /// The placement group to launch into, by its id.
        group_id: Option<Reference> = "GroupId",
        /// The placement group to launch into, by its name.
        group_name: Option<Reference> = "GroupName",
        /// The dedicated host to launch onto.
        host_id: Option<Reference> = "HostId",
        /// The license configuration to launch with.
        license_configuration_arn: Option<Reference> = "LicenseConfigurationArn",
        /// The least number of instances to launch; one where it is left out.
        min_count: Option<Few> = "MinCount",
        /// The number of instances to launch where there is room; one where it is left out.
        max_count: Option<Few> = "MaxCount",
    }
}

impl Operation for RunInstances {
    const TOPIC: Topic = Topic::Instances;
    const MAKES: &'static str = "web";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 9;
    const DRY_RUNS: usize = 8;
    const LAUNCH_ENDED_BY: Option<fn(Reference) -> Call> =
        Some(|instance_id| TerminateInstances { instance_id }.into());

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let subnet_id = if dice.percent(75) { draw_subnet(world, actor, dice) } else { None };
        let image_id = if dice.percent(40) { draw_image(world, actor, dice) } else { None };
        let place = draw_place(world, actor, dice);
        let license_configuration_arn = match dice.below(12) {
            0 => license_configuration::PLAIN.draw_use(world, actor, dice),
            _ => None,
        };
        if subnet_id.is_none() && image_id.is_none() && place == Self::default() {
            return None;
        }
        let security_group_ids = match &subnet_id {
            Some(subnet) => draw_groups(world, actor, subnet, dice),
            None => Groups::OwnPlain,
        };
        let (min_count, max_count) = draw_counts(dice);
        Some(Self {
            subnet_id,
            image_id,
            security_group_ids,
            license_configuration_arn,
            min_count,
            max_count,
            ..place
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let Required { mut launch, groups, uses, counts } = self.require_all(world, actor);
        launch.also(groups);
        launch.also(uses);
        launch.also(counts);
        launch.decide()
    }

    fn check_tried(&self, world: &World, actor: Account) -> Decision {
        tried(self.require_all(world, actor))
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let subnet = self.subnet_id.as_ref().and_then(Reference::name).cloned();
        let vpc = subnet.as_ref().and_then(|subnet| world.vpc_of(subnet)).cloned();
        let groups = match &vpc {
            Some(vpc) => groups_of(world, actor, vpc, &self.security_group_ids),
            None => Vec::new(),
        };
        let image = self.image_id.as_ref().and_then(Reference::name).cloned();
        let places = [&self.capacity_reservation_id, &self.group_id, &self.group_name];
        let named = places.into_iter().chain([&self.host_id, &self.license_configuration_arn]);
        let named = named.flatten();
        let uses = named.filter_map(|named| Held::of(world, actor, named)).collect();
        let kind = Kind::Instance { subnet, image, groups, uses };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(launched_by(world, actor, &self.security_group_ids, vpc.as_ref()))
    }

    fn variant(&self) -> Option<&'static str> {
        self.image_id.is_some().then_some("ImageId")
    }

    fn usage(kind: &Kind, named: Reference) -> Option<(Usage, Self)> {
        let is_image = matches!(kind, Kind::Image { .. });
        is_image.then(|| (Usage::Launch, Self { image_id: Some(named), ..Self::default() }))
    }
}

/// The conditions of a launch.
#[derive(Default)]
struct Required {
    /// Those of the subnet and the image.
    launch: Conditions,
    /// Those of the security groups.
    groups: Conditions,
    /// Those of what the call names beside.
    uses: Conditions,
    /// Those of the number of instances.
    counts: Conditions,
}

impl RunInstances {
    /// Requires all that a launch has to have.
    fn require_all(&self, world: &World, actor: Account) -> Required {
        let (mut launch, mut groups) = (Conditions::default(), Conditions::default());
        if let Some(subnet) = &self.subnet_id {
            if let Some(vpc) = require_open_subnet(world, actor, subnet, &mut launch) {
                let unnamed = &security_group::NAMED_BY_PARTICIPANTS;
                require_groups(world, actor, vpc, &self.security_group_ids, unnamed, &mut groups);
            }
        } else {
            // It goes into a subnet of a VPC that no group of the scenario belongs to.
            let of_another_vpc = matches!(self.security_group_ids, Groups::Named(_));
            groups.require(!of_another_vpc, &security_group::OWN_OR_SHARED);
        }
        require_image(world, actor, self.image_id.as_ref(), &mut launch);
        let (uses, counts) = (self.require_uses(world, actor), self.require_counts());
        Required { launch, groups, uses, counts }
    }

    /// Requires that the numbers of instances are such as can be launched.
    fn require_counts(&self) -> Conditions {
        let mut conditions = Conditions::default();
        let [least, most] = [self.min_count, self.max_count].map(|it| it.unwrap_or(Few(1)));
        conditions.require(Few(1) <= least && least <= most, &instance::COUNTED_FROM_LEAST_TO_MOST);
        conditions
    }

    /// Requires that the caller may launch with what the call names beside subnet and image.
    fn require_uses(&self, world: &World, actor: Account) -> Conditions {
        let mut conditions = Conditions::default();
        if let Some(reservation) = &self.capacity_reservation_id {
            capacity_reservation::PLAIN.require(world, actor, reservation, &mut conditions);
        }
        if let Some(group) = &self.group_id {
            placement_group::PLAIN.require(world, actor, group, &mut conditions);
        }
        if let Some(group) = &self.group_name {
            placement_group::PLAIN.require_own(world, actor, group, &mut conditions);
        }
        if let Some(host) = &self.host_id {
            dedicated_host::PLAIN.require(world, actor, host, &mut conditions);
            let others = [&self.capacity_reservation_id, &self.group_id, &self.group_name];
            let alone = others.iter().all(|other| other.is_none());
            conditions.require(alone, &host_rules::NAMED_WITHOUT_ANOTHER_PLACE);
        }
        if let Some(license) = &self.license_configuration_arn {
            let unknown = &license_rules::LAUNCHED_WHERE_VISIBLE;
            let is_one = license_configuration::TYPE.includes;
            require_seen(world, actor, license, is_one, unknown, &mut conditions);
        }
        let once = self.group_id.is_none() || self.group_name.is_none();
        conditions.require(once, &group_rules::NAMED_ONE_WAY);
        conditions
    }
}

/// Decides a launch that is only to be tried, by the rules that a real one would break.
fn tried(required: Required) -> Decision {
    let Required { launch, groups, uses, counts } = required;
    let mut tried = Conditions::default();
    if launch.only_open() {
        tried.also(launch);
    } else {
        tried.require(false, &instance::CHECKED_BY_A_DRY_RUN);
    }
    tried.also(groups);
    tried.require(uses.hold(), &instance::PLACES_CHECKED_BY_A_DRY_RUN);
    // Whether the numbers are looked at is not known.
    if tried.hold() || !counts.hold() {
        tried.require(false, &dry_run::ANSWERED_WITHOUT_EFFECT);
    }
    tried.also(counts);
    tried.decide()
}

/// A subnet to launch into: the caller's own, a shared one, or any.
pub(crate) fn draw_subnet(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    let weights = Weights { own: 2, seen: 6, near: 5, far: 1 };
    draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Subnet { .. }), weights)
}

/// An image to launch from: now and then one that an organization or a unit may launch from.
fn draw_image(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    let is_of_units = |permission: &LaunchPermission| {
        matches!(
            permission,
            LaunchPermission::Organization(_) | LaunchPermission::OrganizationalUnit(_)
        )
    };
    let of_units = world.resources.iter().filter(|(_, it)| {
        let permitted = matches!(&it.kind, Kind::Image { permissions, .. }
            if permissions.iter().any(is_of_units));
        permitted && it.owner != actor && !it.deleted
    });
    let of_units = dice.pick_from(of_units.map(|(name, _)| Reference::Named(name.clone())));
    of_units.filter(|_| dice.percent(40)).or_else(|| {
        let weights = Weights { own: 2, seen: 6, near: 4, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Image { .. }), weights)
    })
}

/// A launch that names no more than the place it goes into, which most name none of.
fn draw_place(world: &World, actor: Account, dice: &mut Dice<'_>) -> RunInstances {
    let mut launch = RunInstances::default();
    match dice.below(14) {
        0 | 1 => {
            launch.capacity_reservation_id =
                capacity_reservation::PLAIN.draw_use(world, actor, dice);
        }
        2 | 3 => launch.group_id = placement_group::PLAIN.draw_use(world, actor, dice),
        4 => launch.group_name = placement_group::PLAIN.draw_use(world, actor, dice),
        5 | 6 => {
            launch.host_id = dedicated_host::PLAIN.draw_use(world, actor, dice);
            if launch.host_id.is_some() && dice.percent(10) {
                launch.group_id = placement_group::PLAIN.draw_use(world, actor, dice);
            }
        }
        _ => {}
    }
    launch
}

/// Numbers of instances: mostly one, now and then two, or none that can be launched.
fn draw_counts(dice: &mut Dice<'_>) -> (Option<Few>, Option<Few>) {
    match dice.below(40) {
        0 => (None, Some(Few(2))),
        1 => (Some(Few(2)), Some(Few(2))),
        2 => (Some(Few(2)), None),
        3 => (Some(Few(0)), None),
        4 => (None, Some(Few(0))),
        _ => (None, None),
    }
}

/// Security groups to launch with: mostly the caller's plain one.
pub(crate) fn draw_groups(
    world: &World,
    actor: Account,
    subnet: &Reference,
    dice: &mut Dice<'_>,
) -> Groups {
    let vpc = subnet.name().and_then(|name| world.vpc_of(name));
    match dice.below(8) {
        0 => Groups::Unnamed,
        1..4 => {
            let odd = dice.percent(50);
            let groups = world.resources.iter().filter(|(name, it)| {
                let fits = vpc.is_some_and(|vpc| it.kind.is_group_for(vpc));
                fits && !it.deleted && (odd || it.owner == actor) && !name.as_str().contains('.')
            });
            let named = groups.map(|(name, _)| Reference::Named(name.clone()));
            dice.pick_from(named).map_or(Groups::OwnPlain, |group| Groups::Named(vec![group]))
        }
        _ => Groups::OwnPlain,
    }
}
