//! PromoteResourceShareCreatedFromPolicy.

use bellwether_model::operations::ram::PromoteResourceShareCreatedFromPolicy;
use serde_json::{Value, json};

use super::input::Input;
use super::output::Fields;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for PromoteResourceShareCreatedFromPolicy {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self { share: input.share(state, "resourceShareArn")? })
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let done = Fields(&granted.reply.fields).or("returnValue", true);
        Ok(json!({ "returnValue": done }))
    }
}
