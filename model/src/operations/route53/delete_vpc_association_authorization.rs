//! DeleteVPCAssociationAuthorization.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::{Account, Name, World, zones};

operation! {
    /// Takes back that the account of a VPC may associate it with a hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteVPCAssociationAuthorization.html>
    pub struct DeleteVPCAssociationAuthorization {
        /// The hosted zone.
        hosted_zone_id: Reference = "HostedZoneId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for DeleteVPCAssociationAuthorization {
    const TOPIC: Topic = Topic::HostedZones;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let pair = zones::draw_pair(world, dice, |zone, vpc, _| {
            match (zone.owner == actor, zone.authorized.contains(vpc)) {
                (true, true) => 16,
                (false, true) => 2,
                (true, false) => 1,
                (false, false) => 0,
            }
        });
        pair.map(|(hosted_zone_id, vpc_id)| Self { hosted_zone_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, refused) = (&self.hosted_zone_id, &hosted_zone::AUTHORIZED_BY_ITS_OWNER_ALONE);
        let zone = zones::require_own_zone(world, actor, named, refused, &mut conditions);
        let unknown = &hosted_zone::AUTHORIZATION_TAKEN_BACK_ONCE;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let (Some(zone), Some((name, vpc))) = (zone, vpc) {
            if vpc.owner == actor {
                conditions.require(false, &hosted_zone::AUTHORIZED_FOR_AN_OWN_VPC);
            } else {
                conditions.require(zone.authorized.contains(name), unknown);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let (Some(vpc), Some((_, authorized))) =
            (self.vpc_id.name(), zones::change(world, &self.hosted_zone_id))
        {
            authorized.remove(vpc);
        }
        Reply::granted(&hosted_zone::AUTHORIZED_FOR_VPCS_OF_OTHERS)
    }
}
