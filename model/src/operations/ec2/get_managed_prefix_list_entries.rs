//! GetManagedPrefixListEntries.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic, Usage};
use crate::parameters::{Reference, operation};
use crate::rules::prefix_list;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the entries of a prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html>
    pub struct GetManagedPrefixListEntries {
        /// The prefix list.
        prefix_list_id: Reference = "PrefixListId",
    }
}

impl Operation for GetManagedPrefixListEntries {
    const TOPIC: Topic = Topic::PrefixLists;
    const WRITES: bool = false;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 1, seen: 5, near: 3, far: 1 };
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let named = draw_resource(world, actor, dice, is_list, weights)?;
        Some(Self { prefix_list_id: named })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        require_seen(world, actor, &self.prefix_list_id, is_list, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let rule = &prefix_list::ENTRIES_READ_WHILE_SHARED;
        let reply = Reply::granted(rule);
        let resource = self.prefix_list_id.name().and_then(|name| world.resources.get(name));
        match resource.map(|resource| &resource.kind) {
            Some(Kind::PrefixList { entries, .. }) => {
                reply.with("Entries", Expected::Set(entries.iter().cloned().collect()), rule)
            }
            _other => reply,
        }
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let lists = world.sights_of(account, |kind| matches!(kind, Kind::PrefixList { .. }));
        let seen = lists.into_iter().filter(|(_, _, sight)| sight.is_seen() && sight.judged);
        seen.map(|(name, _, _)| Self { prefix_list_id: Reference::Named(name.clone()) }).collect()
    }

    fn usage(kind: &Kind, named: Reference) -> Option<(Usage, Self)> {
        let is_list = matches!(kind, Kind::PrefixList { .. });
        is_list.then_some((Usage::Read, Self { prefix_list_id: named }))
    }
}
