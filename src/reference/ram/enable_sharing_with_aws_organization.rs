//! EnableSharingWithAwsOrganization.

use bellwether_model::operations::ram::EnableSharingWithAwsOrganization;
use serde_json::{Value, json};

use super::input::Input;
use super::output::Fields;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for EnableSharingWithAwsOrganization {
    fn read(_state: &State, _input: &Input) -> Result<Self, Failure> {
        Ok(Self {})
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let done = Fields(&granted.reply.fields).or("returnValue", true);
        Ok(json!({ "returnValue": done }))
    }
}
