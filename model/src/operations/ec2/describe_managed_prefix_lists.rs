//! DescribeManagedPrefixLists.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::prefix_list;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the prefix lists that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html>
    pub struct DescribeManagedPrefixLists {
        /// Only these prefix lists.
        prefix_list_ids: Vec<Reference> = "PrefixListIds",
    }
}

impl Operation for DescribeManagedPrefixLists {
    const TOPIC: Topic = Topic::PrefixLists;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::PrefixList { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::PrefixList { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { prefix_list_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let of_kind = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        for asked in &self.prefix_list_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &prefix_list::KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::PrefixList { .. }));
        keep_asked(&mut rows, &self.prefix_list_ids);
        Reply { because: granted_by(&rows, &self.prefix_list_ids), fields: Vec::new(), rows }
    }
}
