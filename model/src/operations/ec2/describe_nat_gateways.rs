//! DescribeNatGateways.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{
    Weights, described, draw_resource, granted_by, keep_asked, require_seen, unknown_or_beside,
};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::nat_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the NAT gateways that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html>
    pub struct DescribeNatGateways {
        /// Only these NAT gateways.
        nat_gateway_ids: Vec<Reference> = "NatGatewayIds",
    }
}

impl Operation for DescribeNatGateways {
    const TOPIC: Topic = Topic::VpcParts;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::NatGateway { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 1, near: 1, far: 3 };
        let is_one = |kind: &Kind| matches!(kind, Kind::NatGateway { .. });
        let asked = draw_resource(world, actor, dice, is_one, weights)?;
        Some(Self { nat_gateway_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let hidden = &nat_gateway::HIDDEN_FROM_PARTICIPANTS;
        let refusals =
            [&nat_gateway::NAMED_BY_THE_VPC_OWNER_ALONE, &nat_gateway::KNOWN_TO_THE_CALLER];
        let is_one = |kind: &Kind| matches!(kind, Kind::NatGateway { .. });
        for asked in &self.nat_gateway_ids {
            let unknown = unknown_or_beside(world, actor, asked, hidden, refusals);
            require_seen(world, actor, asked, is_one, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::NatGateway { .. }));
        keep_asked(&mut rows, &self.nat_gateway_ids);
        // A NAT gateway is listed without its owner.
        for row in &mut rows {
            row.fields.clear();
        }
        Reply { because: granted_by(&rows, &self.nat_gateway_ids), fields: Vec::new(), rows }
    }
}
