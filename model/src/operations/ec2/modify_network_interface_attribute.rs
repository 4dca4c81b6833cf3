//! ModifyNetworkInterfaceAttribute.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{
    Weights, draw_resource, has_foreign, has_one_from_elsewhere, require_own, require_reach,
    usable_in,
};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{instance, security_group};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Replaces the security groups of a network interface.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html>
    pub struct ModifyNetworkInterfaceAttribute {
        /// The network interface.
        network_interface_id: Reference = "NetworkInterfaceId",
        /// Its new security groups; the default group of its VPC if none is named.
        groups: Vec<Reference> = "Groups",
    }
}

impl Operation for ModifyNetworkInterfaceAttribute {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 6, seen: 3, near: 1, far: 1 };
        let network_interface_id = draw_resource(world, actor, dice, is_interface, weights)?;
        let vpc = vpc_of(world, &network_interface_id);
        let odd = dice.percent(30);
        let groups = world.resources.iter().filter(|(name, it)| {
            let is_group = matches!(it.kind, Kind::SecurityGroup { .. });
            let here = vpc.is_some_and(|vpc| it.kind.is_group_for(vpc));
            let fits = is_group && (odd || (it.owner == actor && here));
            fits && !it.deleted && !name.as_str().contains('.')
        });
        let named = dice.pick_from(groups.map(|(name, _)| Reference::Named(name.clone())));
        Some(Self { network_interface_id, groups: named.into_iter().collect() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own(world, actor, &self.network_interface_id, is_interface, &mut conditions);
        let vpc = vpc_of(world, &self.network_interface_id);
        if self.groups.is_empty() {
            let own =
                vpc.and_then(|vpc| world.resources.get(vpc)).is_some_and(|vpc| vpc.owner == actor);
            conditions.require(own, &security_group::NAMED_FOR_AN_INTERFACE);
        }
        for group in &self.groups {
            match usable_in(world, actor, group) {
                Some(_) => {
                    let elsewhere = &security_group::OF_THE_SAME_VPC;
                    if let Some(vpc) = vpc {
                        require_reach(world, actor, group, vpc, elsewhere, &mut conditions);
                    }
                }
                None if self.has_already(world, actor, group) => {
                    conditions.require(false, &security_group::NAMED_AGAIN_AFTER_REVOCATION);
                }
                None => conditions.require(false, &security_group::OWN_OR_SHARED),
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let vpc = vpc_of(world, &self.network_interface_id).cloned();
        let named = self.groups.iter().filter_map(Reference::name).cloned().collect();
        let interface = self.network_interface_id.name();
        if let Some(resource) = interface.and_then(|name| world.resources.get_mut(name))
            && let Kind::NetworkInterface { groups, .. } = &mut resource.kind
        {
            *groups = named;
        }
        Reply::granted(if has_foreign(world, actor, &self.groups) {
            &security_group::USED_WHILE_SHARED
        } else if has_one_from_elsewhere(world, &self.groups, vpc.as_ref()) {
            &security_group::USED_WHERE_ASSOCIATED
        } else {
            &instance::INTERFACE_CHANGED_BY_ITS_OWNER
        })
    }
}

impl ModifyNetworkInterfaceAttribute {
    /// Whether the interface is the caller's own and has the group.
    fn has_already(&self, world: &World, actor: Account, group: &Reference) -> bool {
        let interface = self.network_interface_id.name();
        let own = interface.and_then(|name| world.resources.get(name));
        own.filter(|it| it.owner == actor).is_some_and(|it| {
            let Kind::NetworkInterface { groups, .. } = &it.kind else { return false };
            group.name().is_some_and(|name| groups.contains(name))
        })
    }
}

fn is_interface(kind: &Kind) -> bool {
    matches!(kind, Kind::NetworkInterface { .. })
}

/// The VPC of a network interface that is there.
fn vpc_of<'w>(world: &'w World, named: &Reference) -> Option<&'w Name> {
    let resource = world.resources.get(named.name()?)?;
    let Kind::NetworkInterface { subnet, .. } = &resource.kind else { return None };
    if resource.deleted { None } else { world.vpc_of(subnet) }
}
