//! EnableSharingWithAwsOrganization.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::EnableSharingWithAwsOrganization;
use bellwether_model::{Account, Name};

use super::returned;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &EnableSharingWithAwsOrganization,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.ram.enable_sharing_with_aws_organization();
    let answer = session.count(request.send()).await?;
    Ok(returned(answer.return_value()))
}
