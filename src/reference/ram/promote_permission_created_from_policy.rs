//! PromotePermissionCreatedFromPolicy.

use bellwether_model::operations::ram::PromotePermissionCreatedFromPolicy;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_time};
use super::permissions::permission_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for PromotePermissionCreatedFromPolicy {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            name: input.required("name")?.into(),
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let region = state.region.clone();
        state.keep(granted.made, "region", region);
        keep_time(state, granted.made, "creationTime");
        let held = state.world.permissions.get(granted.made);
        let default = held.map_or(1, |held| held.default);
        let fields = Fields(&granted.reply.fields);
        let permission = permission_json(state, granted.made, default, fields);
        Ok(super::with_token(json!({ "permission": permission }), granted.input))
    }
}
