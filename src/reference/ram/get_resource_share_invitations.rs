//! GetResourceShareInvitations.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::GetResourceShareInvitations;
use serde_json::Value;

use super::input::Input;
use super::output::{Fields, invitation_json, page};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resourceShareInvitations";

impl Served for GetResourceShareInvitations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_share_invitation_arns: input
                .invitations(state, "resourceShareInvitationArns")?,
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Invitation(share, receiver, number) = &row.key else {
                return None;
            };
            invitation_json(state, share, *receiver, *number, Fields(&row.fields))
        });
        page(granted.input, LIST, rows.collect())
    }
}
