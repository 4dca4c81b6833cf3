//! CreatePermissionVersion.

use bellwether_model::operations::ram::CreatePermissionVersion;
use serde_json::{Value, json};

use super::input::Input;
use super::permissions::detail_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for CreatePermissionVersion {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            policy_template: input.required("policyTemplate")?.into(),
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let detail = detail_json(state, &self.permission, None, granted.reply);
        Ok(json!({ "permission": detail }))
    }
}
