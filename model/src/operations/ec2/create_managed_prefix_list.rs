//! CreateManagedPrefixList.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::prefix_list;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a managed prefix list.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html>
    pub struct CreateManagedPrefixList {
        /// Its CIDR blocks; one plain block where they are left out.
        entries: Vec<SmolStr> = "Entries",
    }
}

impl Operation for CreateManagedPrefixList {
    const TOPIC: Topic = Topic::PrefixLists;
    const MAKES: &'static str = "list";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 5;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.resources.values().filter(|it| {
            it.owner == actor && !it.deleted && matches!(it.kind, Kind::PrefixList { .. })
        });
        let entries = if dice.percent(20) { vec!["192.0.2.0/24".into()] } else { Vec::new() };
        (own.count() < 2).then_some(Self { entries })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let entries = if self.entries.is_empty() {
            [SmolStr::new_static(Self::PLAIN_ENTRY)].into()
        } else {
            self.entries.iter().cloned().collect()
        };
        let kind = Kind::PrefixList { entries, version: 1, delete_failed: false };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&prefix_list::MADE_BY_ITS_OWNER).with(
            "OwnerId",
            Expected::Account(actor),
            &prefix_list::MADE_BY_ITS_OWNER,
        )
    }
}

impl CreateManagedPrefixList {
    /// The block of a list for which none is named.
    pub const PLAIN_ENTRY: &'static str = "10.20.0.0/16";
}
