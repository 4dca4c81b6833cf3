//! DescribeRouteTables.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{
    Weights, described, draw_resource, granted_by, is_attached, keep_asked, require_seen,
};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::route_table;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lists the route tables that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html>
    pub struct DescribeRouteTables {
        /// Only these route tables.
        route_table_ids: Vec<Reference> = "RouteTableIds",
    }
}

impl Operation for DescribeRouteTables {
    const TOPIC: Topic = Topic::RouteTables;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::RouteTable { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 6, near: 3, far: 1 };
        let is_table = |kind: &Kind| matches!(kind, Kind::RouteTable { .. });
        let asked = draw_resource(world, actor, dice, is_table, weights)?;
        Some(Self { route_table_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &route_table::KNOWN_TO_THE_CALLER;
        let is_table = |kind: &Kind| matches!(kind, Kind::RouteTable { .. });
        for asked in &self.route_table_ids {
            require_seen(world, actor, asked, is_table, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let rows = described(world, actor, |kind| matches!(kind, Kind::RouteTable { .. }));
        let mut rows = rows.into_iter().map(|row| with_routes(world, row)).collect();
        keep_asked(&mut rows, &self.route_table_ids);
        Reply { because: granted_by(&rows, &self.route_table_ids), fields: Vec::new(), rows }
    }
}

/// The row of a table with the transit gateways that its routes go to. What it shows of a gateway that the
/// VPC is no longer attached to is not known.
fn with_routes(world: &World, row: Row) -> Row {
    let Key::Resource(name) = &row.key else { return row };
    let Some(Resource { kind: Kind::RouteTable { vpc, gateways }, .. }) = world.resources.get(name)
    else {
        return row;
    };
    let known = row.present && row.judged;
    if !known || !gateways.iter().all(|gateway| is_attached(world, vpc, gateway)) {
        return row;
    }
    let targets = gateways.iter().map(|gateway| gateway.as_str().into()).collect();
    row.with("Routes", Expected::Set(targets), &route_table::LISTED_WITH_ITS_ROUTES)
}
