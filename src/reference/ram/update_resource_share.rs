//! UpdateResourceShare.

use bellwether_model::operations::ram::UpdateResourceShare;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_time, share_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for UpdateResourceShare {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            share: input.share(state, "resourceShareArn")?,
            name: input.text("name")?.into(),
            allow_external_principals: input.flag("allowExternalPrincipals")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let Some(name) = self.share.name() else {
            return Ok(json!({}));
        };
        keep_time(state, name, "lastUpdatedTime");
        let share = share_json(state, name, Fields(&granted.reply.fields));
        Ok(json!({ "resourceShare": share }))
    }
}
