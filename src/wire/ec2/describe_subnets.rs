//! DescribeSubnets.

use aws_sdk_ec2::types::Subnet;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeSubnets;
use bellwether_model::operations::ec2::describe_subnets::ZONE_OF_ITS_CREATION;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, rows_of, sent_all};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeSubnets,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.subnet_ids)?;
    let request = session.clients(actor)?.ec2.describe_subnets().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_subnet_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.subnets, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, Subnet::subnet_id, |it| {
        let named = it.subnet_id().and_then(|id| session.names.name(id));
        let zone = it.availability_zone_id();
        let as_made = named.is_some_and(|name| session.names.is_in_its_zone(name, zone));
        let zone = if as_made { Some(ZONE_OF_ITS_CREATION) } else { zone };
        [owner(session, it.owner_id()), ("AvailabilityZoneId", text(zone))]
    })
}
