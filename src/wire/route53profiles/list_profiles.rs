//! ListProfiles.

use aws_sdk_route53profiles::types::{ProfileSummary, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::ListProfiles;
use bellwether_model::{Account, Name};

use crate::wire::names::text;
use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListProfiles,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.route53profiles.list_profiles().max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.profile_summaries, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, ProfileSummary::id, |it| {
        [("ShareStatus", text(it.share_status().map(ShareStatus::as_str)))]
    })
}
