//! CreateManagedPrefixList.

use aws_sdk_ec2::types::{AddPrefixListEntry, ManagedPrefixList};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateManagedPrefixList;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

/// Room for what scenarios add.
const ENTRIES_MAX: i32 = 10;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateManagedPrefixList,
    made: &Name,
) -> Result<Observation, Observation> {
    let plain = [CreateManagedPrefixList::PLAIN_ENTRY];
    let named = call.entries.iter().map(smol_str::SmolStr::as_str);
    let blocks = named.chain(plain.into_iter().filter(|_| call.entries.is_empty()));
    let entry = |block| AddPrefixListEntry::builder().cidr(block).build();
    let request =
        session.clients(actor)?.ec2.create_managed_prefix_list().set_dry_run(session.dry_run);
    let request = request
        .prefix_list_name(format!("bellwether-{made}"))
        .address_family("IPv4")
        .max_entries(ENTRIES_MAX)
        .set_entries(Some(blocks.map(entry).collect()));
    let reply = session.count(request.send()).await?;
    let list = reply.prefix_list.as_ref();
    let id = list.and_then(ManagedPrefixList::prefix_list_id);
    keep(session, actor, made, "prefix-list", id)?;
    Ok(granted_to(session, list.and_then(ManagedPrefixList::owner_id)))
}
