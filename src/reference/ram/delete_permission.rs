//! DeletePermission.

use bellwether_model::operations::ram::DeletePermission;
use serde_json::{Value, json};

use super::input::Input;
use super::output::Fields;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for DeletePermission {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self { permission: input.permission(state, "permissionArn")? })
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let fields = Fields(&granted.reply.fields);
        let done = json!({
            "returnValue": fields.or("returnValue", true),
            "permissionStatus": fields.or("permissionStatus", "DELETED"),
        });
        Ok(super::with_token(done, granted.input))
    }
}
