//! DescribeSubnets.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Field, Reply};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::subnet;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the subnets that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html>
    pub struct DescribeSubnets {
        /// Only these subnets.
        subnet_ids: Vec<Reference> = "SubnetIds",
    }
}

/// AvailabilityZoneId, where it is that of the answer by which the subnet was made.
pub const ZONE_OF_ITS_CREATION: &str = "that of its creation";

impl Operation for DescribeSubnets {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::Subnet { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::Subnet { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { subnet_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        let of_kind = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
        for asked in &self.subnet_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &subnet::KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::Subnet { .. }));
        keep_asked(&mut rows, &self.subnet_ids);
        for row in rows.iter_mut().filter(|row| row.present && row.judged) {
            row.fields.push(Field {
                name: "AvailabilityZoneId",
                expected: Expected::OneOf(&[ZONE_OF_ITS_CREATION]),
                rule: &subnet::IN_ONE_ZONE_FOR_ALL,
            });
        }
        Reply { because: granted_by(&rows, &self.subnet_ids), fields: Vec::new(), rows }
    }
}
