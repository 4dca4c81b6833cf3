//! CreateRoute.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateRoute;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateRoute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let table = session.names.sent(&call.route_table_id)?;
    let gateway = session.names.sent(&call.transit_gateway_id)?;
    // Each route is for a block of its own: a table has one route for each.
    let [high, low] = session.fixtures.next_number().to_be_bytes();
    let block = format!("172.{}.{low}.0/24", 16 + high % 16);
    let request = session.clients(actor)?.ec2.create_route().set_dry_run(session.dry_run);
    let request =
        request.route_table_id(table).destination_cidr_block(block).transit_gateway_id(gateway);
    session.count(request.send()).await?;
    Ok(granted())
}
