//! TagResource.

use bellwether_model::operations::ram::TagResource;
use serde_json::{Value, json};

use super::input::Input;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for TagResource {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_share_arn: input.one_share(state, "resourceShareArn")?,
            resource_arn: input.one_taggable(state, "resourceArn")?,
            tags: input.tags("tags")?,
        })
    }

    fn answer(&self, _state: &mut State, _granted: &Granted<'_>) -> Result<Value, Failure> {
        Ok(json!({}))
    }
}
