//! RejectResourceShareInvitation.

use bellwether_model::operations::ram::RejectResourceShareInvitation;
use serde_json::Value;

use super::accept_resource_share_invitation::answered;
use super::input::Input;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for RejectResourceShareInvitation {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let invitation = input.invitation(state, "resourceShareInvitationArn")?;
        Ok(Self { invitation, client_token: input.token()? })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        Ok(answered(state, granted, &self.invitation))
    }
}
