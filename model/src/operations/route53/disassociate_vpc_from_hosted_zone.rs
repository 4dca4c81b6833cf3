//! DisassociateVPCFromHostedZone.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::{Account, Name, World, zones};

operation! {
    /// Takes a VPC away from a private hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisassociateVPCFromHostedZone.html>
    pub struct DisassociateVPCFromHostedZone {
        /// The hosted zone.
        hosted_zone_id: Reference = "HostedZoneId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for DisassociateVPCFromHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let pair = zones::draw_pair(world, dice, |zone, vpc, of| {
            match (zone.vpcs.contains(vpc), zone.owner == actor || of == actor) {
                // The VPC of another account: either side can take it out.
                (true, true) if zone.owner != of => 24,
                (true, true) => 8,
                (true, false) | (false, true) => 1,
                (false, false) => 0,
            }
        });
        pair.map(|(hosted_zone_id, vpc_id)| Self { hosted_zone_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let deleted = Some(&hosted_zone::DISASSOCIATED_BEFORE_ITS_DELETION);
        let zone =
            zones::require_living_zone(world, &self.hosted_zone_id, deleted, &mut conditions);
        let unknown = &hosted_zone::DISASSOCIATED_ONCE;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let (Some(zone), Some((name, vpc))) = (zone, vpc) {
            let party = zone.owner == actor || vpc.owner == actor;
            conditions.require(party, &hosted_zone::KEPT_FROM_THIRD_PARTIES);
            conditions.require(zone.vpcs.contains(name), unknown);
            let mut others = zone.vpcs.iter().filter(|other| *other != name).peekable();
            let last = others.peek().is_none() && zone.vpcs.contains(name);
            conditions.require(!last, &hosted_zone::LAST_VPC_KEPT);
            // Whether a deleted VPC still counts is not known.
            let counted = last || others.any(|other| !zones::is_gone(world, other));
            let known = counted || !zone.vpcs.contains(name);
            conditions.require(known, &hosted_zone::LEFT_WITH_DELETED_VPCS_ALONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let (Some(vpc), Some((vpcs, _))) =
            (self.vpc_id.name(), zones::change(world, &self.hosted_zone_id))
        {
            vpcs.remove(vpc);
        }
        Reply::granted(&hosted_zone::DISASSOCIATED_BY_EITHER_OWNER)
    }
}
