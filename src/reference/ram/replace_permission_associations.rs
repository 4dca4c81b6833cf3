//! ReplacePermissionAssociations.

use bellwether_model::operations::ram::ReplacePermissionAssociations;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_attached, keep_time};
use super::permissions::work_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for ReplacePermissionAssociations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            from_permission_arn: input.permission(state, "fromPermissionArn")?,
            from_permission_version: input.version("fromPermissionVersion")?,
            to_permission_arn: input.permission(state, "toPermissionArn")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        keep_time(state, granted.made, "creationTime");
        let own = state.world.shares.iter().filter(|(_, share)| share.owner == granted.actor);
        for share in own.map(|(name, _)| name.clone()).collect::<Vec<_>>() {
            keep_attached(state, &share);
        }
        let work = work_json(state, granted.made, Fields(&granted.reply.fields));
        let answer = json!({ "replacePermissionAssociationsWork": work });
        Ok(answer)
    }
}
