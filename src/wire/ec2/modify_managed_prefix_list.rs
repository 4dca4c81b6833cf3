//! ModifyManagedPrefixList.

use aws_sdk_ec2::types::{AddPrefixListEntry, ManagedPrefixList, RemovePrefixListEntry};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifyManagedPrefixList;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::{Session, all};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ModifyManagedPrefixList,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.prefix_list_id)?;
    // A change is made to a version, and some targets take a name left out for no name.
    let list = current(session, actor, &id).await?;
    let version = list.as_ref().and_then(ManagedPrefixList::version);
    let name = list.and_then(|list| list.prefix_list_name);
    let mut request =
        session.clients(actor)?.ec2.modify_managed_prefix_list().set_dry_run(session.dry_run);
    for block in &call.add_entries {
        request = request.add_entries(AddPrefixListEntry::builder().cidr(block.as_str()).build());
    }
    for block in &call.remove_entries {
        let entry = RemovePrefixListEntry::builder().cidr(block.as_str());
        request = request.remove_entries(entry.build());
    }
    let request =
        request.prefix_list_id(id).set_current_version(version).set_prefix_list_name(name);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The prefix list as it is now, where the caller sees it.
async fn current(
    session: &mut Session,
    actor: Account,
    id: &str,
) -> Result<Option<ManagedPrefixList>, Observation> {
    let client = session.clients(actor)?.ec2;
    let lists = all(session, |token| {
        let request = client.describe_managed_prefix_lists().prefix_list_ids(id);
        let request = request.set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.prefix_lists, page.next_token))
        }
    })
    .await;
    let lists = session.ok_unless_transient("DescribeManagedPrefixLists", lists)?;
    Ok(lists.into_iter().flatten().next())
}
