//! AssociateVPCWithHostedZone.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::{Account, Name, World, zones};

operation! {
    /// Associates a VPC with a private hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html>
    pub struct AssociateVPCWithHostedZone {
        /// The hosted zone.
        hosted_zone_id: Reference = "HostedZoneId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for AssociateVPCWithHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let pair = zones::draw_pair(world, dice, |zone, vpc, of| {
            let open = zone.owner == actor
                || zone.authorized.contains(vpc)
                || world.sight(actor, zone.name).is_seen();
            match of == actor {
                _ if zone.vpcs.contains(vpc) => 1,
                true if open && has_namesake(world, zone.name, vpc) => 48,
                true if open => 16,
                true => 4,
                false => 1,
            }
        });
        pair.map(|(hosted_zone_id, vpc_id)| Self { hosted_zone_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let zone = zones::require_zone(world, &self.hosted_zone_id, &mut conditions);
        let unknown = &hosted_zone::OF_A_VPC_THAT_EXISTS;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let (Some(zone), Some((name, vpc))) = (zone, vpc) {
            let own = vpc.owner == actor;
            // The zone's account is answered with a code that is known; where the VPC is shared with
            // it, the code for participants may come first.
            let sight = world.sight(actor, name);
            let outside = zone.owner == actor && !sight.is_seen() && sight.judged;
            let refused = if outside {
                &hosted_zone::ASSOCIATED_BY_ITS_OWNER_WITH_OWN_VPCS
            } else {
                &hosted_zone::ASSOCIATED_BY_THE_OWNER_OF_THE_VPC
            };
            conditions.require(own, refused);
            if own {
                zones::require_authorization(world, actor, zone, name, &mut conditions);
            }
            let again = zone.vpcs.contains(name);
            conditions.require(!again, &hosted_zone::ASSOCIATED_AGAIN);
            if own && !again {
                let taken = has_namesake(world, zone.name, name);
                conditions.require(!taken, &hosted_zone::ONE_PER_NAME_AND_VPC);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let because = zones::associated_by(world, actor, &self.hosted_zone_id, &self.vpc_id);
        if let (Some(vpc), Some((vpcs, _))) =
            (self.vpc_id.name(), zones::change(world, &self.hosted_zone_id))
        {
            vpcs.insert(vpc.clone());
        }
        Reply::granted(because)
    }
}

/// Whether a VPC is in a hosted zone of the name that this one was given.
fn has_namesake(world: &World, zone: &Name, vpc: &Name) -> bool {
    let given = world.given_names.get(zone);
    let is_namesake = |other: &Name| given.is_some_and(|given| world.is_named(other, given));
    zones::of_a_vpc(world, vpc).any(is_namesake)
}
