//! DescribeManagedPrefixLists.

use aws_sdk_ec2::types::{ManagedPrefixList, PrefixListState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeManagedPrefixLists;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeManagedPrefixLists,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.prefix_list_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_managed_prefix_lists().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_prefix_list_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.prefix_lists, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    listed(session, &items, ManagedPrefixList::prefix_list_id, |it| owner(session, it.owner_id()))
}

/// Whether a list is listed though it has been deleted.
fn is_gone(list: &ManagedPrefixList) -> bool {
    matches!(
        list.state(),
        Some(PrefixListState::DeleteInProgress | PrefixListState::DeleteComplete)
    )
}
