//! GetPermission.

use bellwether_model::operations::ram::GetPermission;
use serde_json::{Value, json};

use super::input::Input;
use super::permissions::detail_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for GetPermission {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            permission_version: input.version("permissionVersion")?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let asked = self.permission_version;
        Ok(json!({ "permission": detail_json(state, &self.permission, asked, granted.reply) }))
    }
}
