//! GetSecurityGroupsForVpc.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{security_group, subnet};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the security groups that the caller can put on its interfaces in a VPC.
    ///
    /// Those that launches bring with them are no resources of the scenario, and are left out.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSecurityGroupsForVpc.html>
    pub struct GetSecurityGroupsForVpc {
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for GetSecurityGroupsForVpc {
    const TOPIC: Topic = Topic::Instances;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 8, near: 2, far: 1 };
        let vpc_id = draw_resource(world, actor, dice, |kind| *kind == Kind::Vpc, weights)?;
        Some(Self { vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let rule = &security_group::LISTED_FOR_USE;
        let groups = world.sights_of(actor, |kind| matches!(kind, Kind::SecurityGroup { .. }));
        let inside = groups.into_iter().filter(|(name, resource, _)| {
            let here = matches!(&resource.kind, Kind::SecurityGroup { vpc, .. } if Some(vpc) == self.vpc_id.name());
            here && !name.as_str().contains('.')
        });
        let rows = inside.map(|(name, resource, sight)| {
            let key = Key::Resource(name.clone());
            let usable = sight.is_seen() && *sight.rule != security_group::SEEN_BY_THE_VPC_OWNER;
            let seen_elsewhere = sight.is_seen() && !usable;
            if !usable {
                let rule = if seen_elsewhere { rule } else { sight.rule };
                return if sight.judged || seen_elsewhere {
                    Row::forbidden(key, rule)
                } else {
                    Row::open(key, rule, false)
                };
            }
            let row = if sight.judged {
                Row::expected(key, rule)
            } else {
                Row::open(key, sight.rule, true)
            };
            row.with("OwnerId", Expected::Account(resource.owner), rule)
        });
        Reply { because: rule, fields: Vec::new(), rows: rows.collect() }
    }
}
