//! ListProfileAssociations.

use aws_sdk_route53profiles::types::{ProfileAssociation, ProfileStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::ListProfileAssociations;
use bellwether_model::{Account, Name};

use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListProfileAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request =
        session.clients(actor)?.route53profiles.list_profile_associations().max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.profile_associations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    let gone = [Some(&ProfileStatus::Deleting), Some(&ProfileStatus::Deleted)];
    items.retain(|it| !gone.contains(&it.status()));
    rows_of(session, &items, ProfileAssociation::id, |_| Vec::new())
}
