//! CreateVPCAssociationAuthorization.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::{Account, Name, World, zones};

operation! {
    /// Lets the account of a VPC associate it with a hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateVPCAssociationAuthorization.html>
    pub struct CreateVPCAssociationAuthorization {
        /// The hosted zone.
        hosted_zone_id: Reference = "HostedZoneId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for CreateVPCAssociationAuthorization {
    const TOPIC: Topic = Topic::HostedZones;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let pair = zones::draw_pair(world, dice, |zone, vpc, of| match zone.owner == actor {
            true if of == actor => 1,
            true if zone.authorized.contains(vpc) => 2,
            true => 16,
            false => 1,
        });
        pair.map(|(hosted_zone_id, vpc_id)| Self { hosted_zone_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, refused) = (&self.hosted_zone_id, &hosted_zone::AUTHORIZED_BY_ITS_OWNER_ALONE);
        let zone = zones::require_own_zone(world, actor, named, refused, &mut conditions);
        let unknown = &hosted_zone::AUTHORIZED_FOR_A_VPC_OF_NOBODY;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let (Some(zone), Some((name, vpc))) = (zone, vpc) {
            conditions.require(vpc.owner != actor, &hosted_zone::AUTHORIZED_FOR_AN_OWN_VPC);
            let again = zone.authorized.contains(name);
            conditions.require(!again, &hosted_zone::AUTHORIZED_AGAIN);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let vpc = self.vpc_id.name().filter(|name| world.resources.contains_key(*name)).cloned();
        if let (Some(vpc), Some((_, authorized))) =
            (vpc, zones::change(world, &self.hosted_zone_id))
        {
            authorized.insert(vpc);
        }
        Reply::granted(&hosted_zone::AUTHORIZED_FOR_VPCS_OF_OTHERS)
    }
}
