//! DescribeInstances.

use crate::answer::{Conditions, Decision, EmptyList, Key, Reply, Row};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::instance;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the instances that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>
    pub struct DescribeInstances {
        /// Only these instances.
        instance_ids: Vec<Reference> = "InstanceIds",
    }
}

impl Operation for DescribeInstances {
    const TOPIC: Topic = Topic::Instances;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::Instance { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::Instance { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { instance_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let of_kind = |kind: &Kind| matches!(kind, Kind::Instance { .. });
        for asked in &self.instance_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &instance::KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::Instance { .. }));
        keep_asked(&mut rows, &self.instance_ids);
        let with_uses = |row: Row| {
            let Key::Resource(name) = &row.key else { return row };
            let resource = world.resources.get(name).filter(|_| row.present);
            resource.map_or_else(
                || row.clone(),
                |resource| world.with_uses(row.clone(), &resource.kind),
            )
        };
        let rows: Vec<_> = rows.into_iter().map(with_uses).collect();
        Reply { because: granted_by(&rows, &self.instance_ids), fields: Vec::new(), rows }
    }
}
