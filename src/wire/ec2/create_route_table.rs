//! CreateRouteTable.

use aws_sdk_ec2::types::RouteTable;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateRouteTable;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateRouteTable,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let request = session.clients(actor)?.ec2.create_route_table().set_dry_run(session.dry_run);
    let reply = session.count(request.vpc_id(vpc).send()).await?;
    let table = reply.route_table.as_ref();
    keep(session, actor, made, "route-table", table.and_then(RouteTable::route_table_id))?;
    Ok(granted_to(session, table.and_then(RouteTable::owner_id)))
}
