//! DescribeInternetGateways.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{Weights, described, draw_resource, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::internet_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the internet gateways that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html>
    pub struct DescribeInternetGateways {
        /// Only these internet gateways.
        internet_gateway_ids: Vec<Reference> = "InternetGatewayIds",
    }
}

impl Operation for DescribeInternetGateways {
    const TOPIC: Topic = Topic::InternetGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::InternetGateway { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 6, near: 3, far: 1 };
        let is_one = |kind: &Kind| matches!(kind, Kind::InternetGateway { .. });
        let asked = draw_resource(world, actor, dice, is_one, weights)?;
        Some(Self { internet_gateway_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &internet_gateway::KNOWN_TO_THE_CALLER;
        let is_one = |kind: &Kind| matches!(kind, Kind::InternetGateway { .. });
        for asked in &self.internet_gateway_ids {
            require_seen(world, actor, asked, is_one, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::InternetGateway { .. }));
        keep_asked(&mut rows, &self.internet_gateway_ids);
        Reply { because: granted_by(&rows, &self.internet_gateway_ids), fields: Vec::new(), rows }
    }
}
