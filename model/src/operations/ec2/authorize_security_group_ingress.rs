//! AuthorizeSecurityGroupIngress.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_group, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::prefix_list;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Adds a rule to a security group that names a prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html>
    pub struct AuthorizeSecurityGroupIngress {
        /// The security group.
        group_id: Reference = "GroupId",
        /// The prefix list.
        prefix_list_id: Reference = "PrefixListIds",
    }
}

impl Operation for AuthorizeSecurityGroupIngress {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 12, seen: 1, near: 0, far: 0 };
        let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let group_id = draw_resource(world, actor, dice, is_group, weights)?;
        let weights = Weights { own: 2, seen: 8, near: 4, far: 1 };
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let prefix_list_id = draw_resource(world, actor, dice, is_list, weights)?;
        let again = prefix_list_id.name().is_some_and(|list| is_named(world, &group_id, list));
        (!again || dice.percent(20)).then_some(Self { group_id, prefix_list_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own_group(world, actor, &self.group_id, &mut conditions);
        let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let named = &self.prefix_list_id;
        if let Some((list, _)) =
            require_seen(world, actor, named, is_list, unknown, &mut conditions)
        {
            let again = is_named(world, &self.group_id, list);
            conditions.require(!again, &prefix_list::REFERENCED_ONCE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.group_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::SecurityGroup { lists, .. }, .. }) = resource {
            lists.extend(self.prefix_list_id.name().cloned());
        }
        Reply::granted(&prefix_list::REFERENCED_WHILE_SHARED)
    }
}

/// Whether a security group has a rule that names this prefix list.
fn is_named(world: &World, group: &Reference, list: &Name) -> bool {
    let resource = group.name().and_then(|group| world.resources.get(group));
    let kind = resource.map(|resource| &resource.kind);
    matches!(kind, Some(Kind::SecurityGroup { lists, .. }) if lists.contains(list))
}
