//! GetResourceShareInvitations.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::GetResourceShareInvitations;
use bellwether_model::{Account, Name};

use super::invitations::listed_as;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResourceShareInvitations,
    _made: &Name,
) -> Result<Observation, Observation> {
    listed_as(session, actor, call).await.map(Observation::Granted)
}
