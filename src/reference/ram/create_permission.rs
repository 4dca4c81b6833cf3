//! CreatePermission.

use bellwether_model::operations::ram::CreatePermission;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_time};
use super::permissions::permission_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for CreatePermission {
    fn read(_state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            name: input.required("name")?.into(),
            resource_type: input.required("resourceType")?.into(),
            policy_template: input.required("policyTemplate")?.into(),
            tags: input.tags("tags")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let region = state.region.clone();
        state.keep(granted.made, "region", region);
        keep_time(state, granted.made, "creationTime");
        let version = Fields(&granted.reply.fields);
        let permission = permission_json(state, granted.made, 1, version);
        Ok(json!({ "permission": permission }))
    }
}
