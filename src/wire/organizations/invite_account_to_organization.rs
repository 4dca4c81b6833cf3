//! InviteAccountToOrganization.

use aws_sdk_organizations::types::{HandshakeParty, HandshakePartyType};
use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::InviteAccountToOrganization;
use bellwether_model::{Account, Name};

use super::sent_id;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &InviteAccountToOrganization,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = sent_id(session, call.target.as_ref())?;
    let target = HandshakeParty::builder().id(id).r#type(HandshakePartyType::Account).build();
    let target = target.map_err(|error| Observation::Unsendable(error.to_string()))?;
    let request = session.clients(actor)?.organizations.invite_account_to_organization();
    let answer = session.count(request.target(target).send()).await?;
    let id = answer.handshake.and_then(|handshake| handshake.id);
    let nameless = || Observation::Malformed("the answer has no Handshake.Id".to_owned());
    session.names.keep_id(made, &id.ok_or_else(nameless)?);
    Ok(granted())
}
