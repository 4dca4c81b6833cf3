//! ListVPCAssociationAuthorizations.

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::world::Kind;
use crate::{Account, Name, World, zones};

operation! {
    /// Lists the VPCs of others that may be associated with a hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListVPCAssociationAuthorizations.html>
    pub struct ListVPCAssociationAuthorizations {
        /// The hosted zone.
        hosted_zone_id: Reference = "HostedZoneId",
    }
}

impl Operation for ListVPCAssociationAuthorizations {
    const TOPIC: Topic = Topic::HostedZones;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        zones::draw(world, actor, dice).map(|hosted_zone_id| Self { hosted_zone_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, refused) = (&self.hosted_zone_id, &hosted_zone::AUTHORIZED_BY_ITS_OWNER_ALONE);
        zones::require_own_zone(world, actor, named, refused, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let rule = &hosted_zone::AUTHORIZATIONS_LISTED;
        let zone = self.hosted_zone_id.name().and_then(|name| world.resources.get(name));
        let Some((owner, Kind::HostedZone { authorized, .. })) =
            zone.map(|zone| (zone.owner, &zone.kind))
        else {
            return Reply::granted(rule);
        };
        let vpcs =
            world.resources.iter().filter(|(_, resource)| matches!(resource.kind, Kind::Vpc));
        let rows = vpcs.map(|(name, vpc)| {
            let listed = authorized.contains(name);
            if vpc.owner == owner && listed {
                let key = Key::Resource(name.clone());
                Row::open(key, &hosted_zone::AUTHORIZED_FOR_AN_OWN_VPC, listed)
            } else {
                zones::vpc_row(world, name, listed, rule)
            }
        });
        Reply { because: rule, fields: Vec::new(), rows: rows.collect() }
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let own = world.resources.iter().filter(|(name, it)| {
            it.owner == account && !it.deleted && !name.as_str().contains('.')
        });
        let fitting = own.filter(|(_, it)| matches!(it.kind, Kind::HostedZone { .. }));
        fitting.map(|(name, _)| Self { hosted_zone_id: Reference::Named(name.clone()) }).collect()
    }
}
