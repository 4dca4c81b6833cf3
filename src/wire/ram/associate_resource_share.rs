//! AssociateResourceShare.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::AssociateResourceShare;
use bellwether_model::{Account, Name};

use super::{associations, sent_arns, sent_principals, sent_sources};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateResourceShare,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .associate_resource_share()
        .resource_share_arn(session.names.sent_arn(&call.share)?)
        .set_resource_arns(sent_arns(session, &call.resource_arns)?)
        .set_principals(sent_principals(session, &call.principals))
        .set_sources(sent_sources(session, &call.sources));
    if let Some(share) = call.share.name() {
        session.names.expect_invitations(share);
    }
    let answer = session.count(request.send()).await?;
    associations(session, answer.resource_share_associations(), Observed::default())
}
