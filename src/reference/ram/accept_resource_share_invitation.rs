//! AcceptResourceShareInvitation.

use bellwether_model::operations::ram::AcceptResourceShareInvitation;
use bellwether_model::parameters::InvitationRef;
use serde_json::{Value, json};

use super::ids::invitation_id;
use super::input::Input;
use super::output::{Entity, Fields, invitation_json, keep_settled, keep_time};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for AcceptResourceShareInvitation {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let invitation = input.invitation(state, "resourceShareInvitationArn")?;
        Ok(Self { invitation, client_token: input.token()? })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        Ok(answered(state, granted, &self.invitation))
    }
}

/// The answer to an invitation's acceptance or rejection, which replaces its time.
pub(super) fn answered(state: &mut State, granted: &Granted<'_>, named: &InvitationRef) -> Value {
    let InvitationRef::To { share, receiver, number: Some(number) } = named else {
        return json!({});
    };
    let id = invitation_id(share, *receiver, *number);
    keep_time(state, &id.as_str().into(), "invitationTimestamp");
    let held = state.world.shares.get(share);
    let mut own = held.into_iter().flat_map(|it| &it.invitations);
    let sent = own.find(|it| it.receiver == *receiver);
    if let Some(principal) = sent.map(|it| it.principal.clone()) {
        keep_settled(state, share, &Entity::Principal(&principal));
    }
    let fields = Fields(&granted.reply.fields);
    let invitation = invitation_json(state, share, *receiver, *number, fields);
    json!({ "resourceShareInvitation": invitation })
}
