//! GetSecurityGroupsForVpc.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{security_group, subnet};
use crate::view::{Seeing, Sight};
use crate::world::{Kind, Resource, Use, World};
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
        let named = groups.into_iter().filter(|(name, ..)| !name.as_str().contains('.'));
        let rows = named.filter_map(|seeing| self.row(actor, seeing));
        Reply { because: rule, fields: Vec::new(), rows: rows.collect() }
    }
}

impl GetSecurityGroupsForVpc {
    /// The row of a security group; `None` if it has nothing to do with the VPC.
    fn row(&self, actor: Account, (name, group, sight): Seeing<'_>) -> Option<Row> {
        let vpc = self.vpc_id.name()?;
        let Kind::SecurityGroup { vpc: home, associated, .. } = &group.kind else { return None };
        let key = Key::Resource(name.clone());
        let own = group.owner == actor;
        if home == vpc {
            return Some(row_at_home(key, group, sight));
        }
        let associated = *associated.get(vpc)?;
        Some(match associated {
            _ if !own && (sight.is_seen() || !sight.judged) => {
                Row::open(key, &security_group::USED_BY_OTHERS_WHERE_ASSOCIATED, false)
            }
            _ if !own || group.deleted => Row::forbidden(key, sight.rule),
            Use::Ended(ended) => Row::forbidden(key, ended),
            Use::Open(open) => Row::open(key, open, true),
            Use::Plain => {
                let rule = &security_group::LISTED_WHERE_ASSOCIATED;
                Row::expected(key, rule).with("OwnerId", Expected::Account(group.owner), rule)
            }
        })
    }
}

/// The row of a security group that was made in the VPC.
fn row_at_home(key: Key, group: &Resource, sight: Sight) -> Row {
    let rule = &security_group::LISTED_FOR_USE;
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
    let row =
        if sight.judged { Row::expected(key, rule) } else { Row::open(key, sight.rule, true) };
    row.with("OwnerId", Expected::Account(group.owner), rule)
}
