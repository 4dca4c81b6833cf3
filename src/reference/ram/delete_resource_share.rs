//! DeleteResourceShare.

use bellwether_model::operations::ram::DeleteResourceShare;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, keep_time};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for DeleteResourceShare {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let share = input.share(state, "resourceShareArn")?;
        Ok(Self { share, client_token: input.token()? })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        if let Some(name) = self.share.name() {
            keep_time(state, name, "lastUpdatedTime");
        }
        let done = Fields(&granted.reply.fields).or("returnValue", true);
        Ok(json!({ "returnValue": done }))
    }
}
