//! DeleteRouteTable.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_ownership};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::route_table;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a route table.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html>
    pub struct DeleteRouteTable {
        /// The route table.
        route_table_id: Reference = "RouteTableId",
    }
}

impl Operation for DeleteRouteTable {
    const TOPIC: Topic = Topic::RouteTables;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 2, seen: 8, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::RouteTable { .. }), weights)
            .map(|route_table_id| Self { route_table_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &route_table::KNOWN_TO_THE_CALLER;
        let is_table = |kind: &Kind| matches!(kind, Kind::RouteTable { .. });
        let named = &self.route_table_id;
        require_ownership(
            world,
            actor,
            named,
            is_table,
            [unknown, &route_table::DELETED_BY_THE_VPC_OWNER_ALONE],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.route_table_id);
        Reply::granted(&route_table::MADE_BY_THE_VPC_OWNER)
    }
}
