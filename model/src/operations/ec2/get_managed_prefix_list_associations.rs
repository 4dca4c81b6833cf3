//! GetManagedPrefixListAssociations.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{Weights, draw_resource, require_ownership};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{prefix_list, visibility};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists what refers to a prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListAssociations.html>
    pub struct GetManagedPrefixListAssociations {
        /// The prefix list.
        prefix_list_id: Reference = "PrefixListId",
    }
}

impl Operation for GetManagedPrefixListAssociations {
    const TOPIC: Topic = Topic::PrefixLists;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 6, seen: 1, near: 1, far: 1 };
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let prefix_list_id = draw_resource(world, actor, dice, is_list, weights)?;
        Some(Self { prefix_list_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let named = &self.prefix_list_id;
        require_ownership(
            world,
            actor,
            named,
            is_list,
            [unknown, &prefix_list::REFERENCES_READ_BY_A_CONSUMER],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let rule = &prefix_list::REFERENCES_LISTED_TO_ITS_OWNER;
        let mut reply = Reply::granted(rule);
        let Some(list) = self.prefix_list_id.name() else { return reply };
        for (name, resource) in &world.resources {
            let Kind::SecurityGroup { lists, .. } = &resource.kind else { continue };
            if !lists.contains(list) {
                continue;
            }
            let key = Key::Resource(name.clone());
            reply.rows.push(if resource.deleted {
                Row::forbidden(key, &visibility::GONE_ONCE_DELETED)
            } else {
                Row::expected(key, rule).with(
                    "ResourceOwner",
                    Expected::Account(resource.owner),
                    rule,
                )
            });
        }
        reply
    }
}
