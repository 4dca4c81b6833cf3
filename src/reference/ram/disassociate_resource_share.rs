//! DisassociateResourceShare.

use bellwether_model::operations::ram::DisassociateResourceShare;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Entity, keep_ended, transition_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for DisassociateResourceShare {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            share: input.share(state, "resourceShareArn")?,
            resource_arns: input.resources(state, "resourceArns")?,
            principals: input.principals(state, "principals")?,
            sources: input.sources("sources")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter();
        for (share, entity) in rows.filter_map(|row| Entity::of(&row.key)) {
            keep_ended(state, share, &[entity]);
        }
        let rows = transition_json(state, granted, "DISASSOCIATING");
        Ok(json!({ "resourceShareAssociations": rows }))
    }
}
