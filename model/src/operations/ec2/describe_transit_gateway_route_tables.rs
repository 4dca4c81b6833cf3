//! DescribeTransitGatewayRouteTables.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Field, Key, Reply};
use crate::compute::{
    described, draw_gateway_table, granted_by, keep_asked, require_gateway_table,
};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the route tables of transit gateways that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayRouteTables.html>
    pub struct DescribeTransitGatewayRouteTables {
        /// Only these route tables.
        route_table_ids: Vec<Reference> = "TransitGatewayRouteTableIds",
    }
}

impl Operation for DescribeTransitGatewayRouteTables {
    const TOPIC: Topic = Topic::TransitGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> =
        Some(|kind| matches!(kind, Kind::TransitGatewayRouteTable { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_gateway_table(world, actor, dice).map(|asked| Self { route_table_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        for asked in &self.route_table_ids {
            require_gateway_table(world, actor, asked, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayRouteTable { .. });
        let mut rows = described(world, actor, is_one);
        keep_asked(&mut rows, &self.route_table_ids);
        for row in &mut rows {
            // A route table has no OwnerId of its own; its gateway stands in its place.
            row.fields.clear();
            let Key::Resource(name) = &row.key else { continue };
            let kind = world.resources.get(name).map(|table| &table.kind);
            if let Some(Kind::TransitGatewayRouteTable { gateway, .. }) = kind
                && row.present
                && row.judged
            {
                let expected = Expected::Text(gateway.as_str().into());
                row.fields.push(Field { name: "TransitGatewayId", expected, rule: row.rule });
            }
        }
        Reply { because: granted_by(&rows, &self.route_table_ids), fields: Vec::new(), rows }
    }
}
