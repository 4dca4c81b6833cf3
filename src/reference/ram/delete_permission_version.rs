//! DeletePermissionVersion.

use bellwether_model::operations::ram::DeletePermissionVersion;
use serde_json::Value;

use super::input::Input;
use super::output::Fields;
use super::permissions::deleted_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for DeletePermissionVersion {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            permission_version: input.version("permissionVersion")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        Ok(deleted_json(Fields(&granted.reply.fields)))
    }
}
