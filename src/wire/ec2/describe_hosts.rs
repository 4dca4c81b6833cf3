//! DescribeHosts.

use aws_sdk_ec2::types::{AllocationState, Host, HostInstance};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeHosts;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, sent_all};
use crate::wire::{Session, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeHosts,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.host_ids)?;
    let request = session.clients(actor)?.ec2.describe_hosts();
    let request = request.set_max_results(page_size(ids.as_ref())).set_host_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.hosts, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    rows_of(session, &items, Host::host_id, |it| {
        [owner(session, it.owner_id()), ("Instances", instances(session, it))]
    })
}

/// The names of the instances on a host, those that are not the scenario's left out.
fn instances(session: &Session, host: &Host) -> Value {
    let ids = host.instances().iter().filter_map(HostInstance::instance_id);
    let names = ids.filter_map(|id| session.names.name(id));
    Value::Set(names.map(|name| name.as_str().into()).collect())
}

/// Whether a host is listed though it was released.
fn is_gone(host: &Host) -> bool {
    matches!(
        host.state(),
        Some(AllocationState::Released | AllocationState::ReleasedPermanentFailure)
    )
}
