//! SetDefaultPermissionVersion.

use bellwether_model::operations::ram::SetDefaultPermissionVersion;
use serde_json::{Value, json};

use super::input::Input;
use super::output::Fields;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for SetDefaultPermissionVersion {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            permission_version: input.version("permissionVersion")?,
        })
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let done = Fields(&granted.reply.fields).or("returnValue", true);
        Ok(super::with_token(json!({ "returnValue": done }), granted.input))
    }
}
