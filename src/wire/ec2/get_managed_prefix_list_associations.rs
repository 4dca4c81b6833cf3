//! GetManagedPrefixListAssociations.

use std::collections::BTreeSet;

use aws_sdk_ec2::types::PrefixListAssociation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::GetManagedPrefixListAssociations;
use bellwether_model::{Account, Name};

use super::{PAGE, all, listed};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetManagedPrefixListAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.prefix_list_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .get_managed_prefix_list_associations()
        .set_dry_run(session.dry_run);
    let request = request.prefix_list_id(id).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.prefix_list_associations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    // A resource may refer to a list in several places.
    let mut resources = BTreeSet::new();
    items.retain(|it| resources.insert(it.resource_id.clone()));
    listed(session, &items, PrefixListAssociation::resource_id, |it| {
        ("ResourceOwner", session.names.account_value(it.resource_owner()))
    })
}
