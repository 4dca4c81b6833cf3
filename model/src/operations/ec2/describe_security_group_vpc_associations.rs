//! DescribeSecurityGroupVpcAssociations.

use crate::answer::{Conditions, Decision, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::{read, security_group, visibility};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

operation! {
    /// Lists the security groups that are associated with other VPCs than their own: a row for each group,
    /// with these VPCs.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupVpcAssociations.html>
    pub struct DescribeSecurityGroupVpcAssociations {}
}

impl Operation for DescribeSecurityGroupVpcAssociations {
    const TOPIC: Topic = Topic::Instances;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, _actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        associated(world).next().is_some().then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let rows = associated(world).map(|(name, group)| row(world, actor, name, group));
        Reply { because: &read::GRANTED, fields: Vec::new(), rows: rows.collect() }
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if associated(world).next().is_some() { vec![Self {}] } else { Vec::new() }
    }
}

/// The security groups that are or were associated with other VPCs.
fn associated(world: &World) -> impl Iterator<Item = (&Name, &Resource)> {
    world.resources.iter().filter(|(_, it)| {
        matches!(&it.kind, Kind::SecurityGroup { associated, .. } if !associated.is_empty())
    })
}

/// The row of a group: its owner is shown all VPCs, and the owner of a VPC this one.
fn row(world: &World, actor: Account, name: &Name, group: &Resource) -> Row {
    let key = Key::Resource(name.clone());
    let Kind::SecurityGroup { associated, .. } = &group.kind else {
        return Row::forbidden(key, &visibility::HIDDEN_WITHOUT_A_GRANT);
    };
    if group.deleted {
        return Row::forbidden(key, &visibility::GONE_ONCE_DELETED);
    }
    let own = group.owner == actor;
    let owns = |vpc: &Name| world.resources.get(vpc).is_some_and(|vpc| vpc.owner == actor);
    let shown: Vec<(&Name, &Use)> = associated.iter().filter(|(vpc, _)| own || owns(vpc)).collect();
    if shown.is_empty() {
        let sight = world.sight(actor, name);
        return if sight.is_seen() || !sight.judged {
            Row::open(key, &security_group::USED_BY_OTHERS_WHERE_ASSOCIATED, false)
        } else {
            Row::forbidden(key, &security_group::ASSOCIATIONS_HIDDEN_FROM_OTHERS)
        };
    }
    // What becomes of an association with a VPC that the group's owner does not see any more is not known.
    let doubt = shown.iter().find_map(|(vpc, state)| match state {
        Use::Open(open) => Some(*open),
        Use::Plain => {
            let sight = world.sight(group.owner, vpc);
            (!sight.judged).then_some(sight.rule)
        }
        Use::Ended(_) => None,
    });
    let lasting = shown.iter().filter(|(_, state)| state.may_last());
    let vpcs: Vec<_> = lasting.map(|(vpc, _)| vpc.as_str().into()).collect();
    if let Some(open) = doubt {
        return Row::open(key, open, true);
    }
    if vpcs.is_empty() {
        return Row::forbidden(key, &security_group::GONE_ONCE_DISASSOCIATED);
    }
    let rule = &security_group::ASSOCIATIONS_SEEN_BY_BOTH_OWNERS;
    Row::expected(key, rule).with("VpcId", Expected::Set(vpcs), rule)
}
