//! DescribeVpcs.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::subnet;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the VPCs that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html>
    pub struct DescribeVpcs {
        /// Only these VPCs.
        vpc_ids: Vec<Reference> = "VpcIds",
    }
}

impl Operation for DescribeVpcs {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::Vpc));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::Vpc) && !it.deleted && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { vpc_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        let of_kind = |kind: &Kind| matches!(kind, Kind::Vpc);
        for asked in &self.vpc_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &subnet::VPC_KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::Vpc));
        keep_asked(&mut rows, &self.vpc_ids);
        Reply { because: granted_by(&rows, &self.vpc_ids), fields: Vec::new(), rows }
    }
}
