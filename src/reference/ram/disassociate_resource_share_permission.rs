//! DisassociateResourceSharePermission.

use bellwether_model::operations::ram::DisassociateResourceSharePermission;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_attached};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for DisassociateResourceSharePermission {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            share: input.share(state, "resourceShareArn")?,
            permission_arn: input.permission(state, "permissionArn")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        if let Some(share) = self.share.name() {
            keep_attached(state, share);
        }
        let done = Fields(&granted.reply.fields).or("returnValue", true);
        Ok(json!({ "returnValue": done }))
    }
}
