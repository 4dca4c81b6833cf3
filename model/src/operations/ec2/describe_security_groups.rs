//! DescribeSecurityGroups.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{prefix_list, security_group};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lists the security groups that the caller sees.
    ///
    /// Those that launches bring with them are no resources of the scenario, and are left out.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html>
    pub struct DescribeSecurityGroups {
        /// Only these groups.
        group_ids: Vec<Reference> = "GroupIds",
    }
}

impl Operation for DescribeSecurityGroups {
    const TOPIC: Topic = Topic::Instances;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::SecurityGroup { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::SecurityGroup { .. }) && !it.deleted;
            let named = !name.as_str().contains('.');
            fits && named && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { group_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        let of_kind = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let unknown = &security_group::KNOWN_TO_THE_CALLER;
        for asked in &self.group_ids {
            require_seen(world, actor, asked, of_kind, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::SecurityGroup { .. }));
        rows.retain(|row| !matches!(&row.key, Key::Resource(name) if name.as_str().contains('.')));
        let with_rules = |row| with_sources(world, actor, with_lists(world, actor, row));
        let mut rows = rows.into_iter().map(with_rules).collect();
        keep_asked(&mut rows, &self.group_ids);
        Reply { because: granted_by(&rows, &self.group_ids), fields: Vec::new(), rows }
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        // Those that launches bring with them are not the scenario's.
        let named = world.resources.iter().any(|(name, it)| {
            matches!(it.kind, Kind::SecurityGroup { .. }) && !name.as_str().contains('.')
        });
        if named { vec![Self::default()] } else { Vec::new() }
    }
}

/// The row of a group with the prefix lists that its rules name, as its owner sees it. What a rule shows of
/// a list that is gone, or not shared any more, is not known.
fn with_lists(world: &World, actor: Account, row: Row) -> Row {
    let Key::Resource(name) = &row.key else { return row };
    let Some(Resource { owner, kind: Kind::SecurityGroup { lists, .. }, .. }) =
        world.resources.get(name)
    else {
        return row;
    };
    if *owner != actor || !row.present || !lists.iter().all(|it| world.sight(actor, it).is_seen()) {
        return row;
    }
    let named = lists.iter().map(|name| name.as_str().into()).collect();
    row.with("PrefixListIds", Expected::Set(named), &prefix_list::LISTED_WITH_THE_RULES_OF_A_GROUP)
}

/// The row of a group with the groups that its rules name, as its owner sees it. What a rule shows of a group
/// that is gone, or whose account does not take part in the VPC any more, is not known.
fn with_sources(world: &World, actor: Account, row: Row) -> Row {
    let Key::Resource(name) = &row.key else { return row };
    let Some(Resource { owner, kind: Kind::SecurityGroup { vpc, sources, .. }, .. }) =
        world.resources.get(name)
    else {
        return row;
    };
    let stand = sources.iter().all(|source| stands(world, actor, vpc, source));
    if *owner != actor || !row.present || !stand {
        return row;
    }
    let named = sources.iter().map(|name| name.as_str().into()).collect();
    let rule = &security_group::LISTED_WITH_THE_GROUPS_OF_ITS_RULES;
    row.with("UserIdGroupPairs", Expected::Set(named), rule)
}

/// Whether a rule of an account's group in a VPC names a security group that is there still, and whose account
/// takes part in the VPC still.
pub(super) fn stands(world: &World, actor: Account, vpc: &Name, source: &Name) -> bool {
    let source = world.resources.get(source).filter(|source| !source.deleted);
    source.is_some_and(|source| {
        let here = source.kind.parent() == Some(vpc);
        let takes_part = |account: Account| world.sight(account, vpc).judged;
        if source.owner == actor {
            here || source.kind.is_associated_with(vpc)
        } else {
            here && takes_part(actor) && takes_part(source.owner)
        }
    })
}
