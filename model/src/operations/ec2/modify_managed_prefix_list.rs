//! ModifyManagedPrefixList.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::require_seen;
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::prefix_list;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Adds and removes entries of a prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html>
    pub struct ModifyManagedPrefixList {
        /// The prefix list.
        prefix_list_id: Reference = "PrefixListId",
        /// CIDR blocks to add.
        add_entries: Vec<SmolStr> = "AddEntries",
        /// CIDR blocks to remove.
        remove_entries: Vec<SmolStr> = "RemoveEntries",
    }
}

impl Operation for ModifyManagedPrefixList {
    const TOPIC: Topic = Topic::PrefixLists;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let odd = dice.percent(30);
        let lists = world.resources.iter().filter(|(_, it)| {
            matches!(it.kind, Kind::PrefixList { .. }) && !it.deleted && (it.owner == actor) != odd
        });
        let (name, resource) = dice.pick_from(lists)?;
        let Kind::PrefixList { entries, .. } = &resource.kind else { return None };
        let prefix_list_id = Reference::Named(name.clone());
        let block = SmolStr::new_static("198.51.100.0/24");
        Some(if entries.contains(&block) {
            Self { prefix_list_id, add_entries: Vec::new(), remove_entries: vec![block] }
        } else {
            Self { prefix_list_id, add_entries: vec![block], remove_entries: Vec::new() }
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        let named = &self.prefix_list_id;
        if let Some((_, resource)) =
            require_seen(world, actor, named, is_list, unknown, &mut conditions)
        {
            conditions.require(resource.owner == actor, &prefix_list::CHANGED_BY_ITS_OWNER_ALONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.prefix_list_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::PrefixList { entries, version, .. }, .. }) = resource {
            for block in &self.remove_entries {
                entries.remove(block);
            }
            entries.extend(self.add_entries.iter().cloned());
            // A change of the name or the size, which no call here makes, leaves the version as it is.
            *version += i64::from(!self.add_entries.is_empty() || !self.remove_entries.is_empty());
        }
        Reply::granted(&prefix_list::MADE_BY_ITS_OWNER)
    }
}
