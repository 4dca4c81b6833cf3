//! GetResourceShareInvitations.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::GetResourceShareInvitations;
use serde_json::Value;

use super::input::Input;
use super::output::{Fields, invitation_json, keep_asked, page};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for GetResourceShareInvitations {
    fn read(_state: &State, _input: &Input) -> Result<Self, Failure> {
        Ok(Self {})
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Invitation(share, receiver, number) = &row.key else {
                return None;
            };
            invitation_json(state, share, *receiver, *number, Fields(&row.fields))
        });
        let mut rows: Vec<Value> = rows.collect();
        let (input, arn) = (granted.input, "resourceShareInvitationArn");
        for asked in input.texts("resourceShareInvitationArns")? {
            if !rows.iter().any(|row| row[arn] == asked) {
                let message = format!("ResourceShareInvitation {asked} could not be found.");
                let code = "ResourceShareInvitationArnNotFoundException";
                return Err(Failure::new(code, message));
            }
        }
        keep_asked(&mut rows, input, "resourceShareInvitationArns", arn)?;
        keep_asked(&mut rows, input, "resourceShareArns", "resourceShareArn")?;
        page(input, "resourceShareInvitations", rows)
    }
}
