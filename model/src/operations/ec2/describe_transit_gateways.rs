//! DescribeTransitGateways.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{described, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the transit gateways that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGateways.html>
    pub struct DescribeTransitGateways {
        /// Only these transit gateways.
        transit_gateway_ids: Vec<Reference> = "TransitGatewayIds",
    }
}

impl Operation for DescribeTransitGateways {
    const TOPIC: Topic = Topic::TransitGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::TransitGateway { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let resources = world.resources.iter().filter(|(name, it)| {
            let fits = matches!(it.kind, Kind::TransitGateway { .. })
                && !it.deleted
                && !name.as_str().contains('.');
            fits && (any || world.sight(actor, name).is_seen())
        });
        let asked = dice.mostly_one_of(resources.map(|(name, _)| Reference::Named(name.clone())));
        (!asked.is_empty()).then_some(Self { transit_gateway_ids: asked })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let of_kind = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        for asked in &self.transit_gateway_ids {
            require_seen(
                world,
                actor,
                asked,
                of_kind,
                &transit_gateway::KNOWN_TO_THE_CALLER,
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::TransitGateway { .. }));
        keep_asked(&mut rows, &self.transit_gateway_ids);
        Reply { because: granted_by(&rows, &self.transit_gateway_ids), fields: Vec::new(), rows }
    }
}
