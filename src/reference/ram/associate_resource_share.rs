//! AssociateResourceShare.

use bellwether_model::operations::ram::AssociateResourceShare;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Entity, keep_joined, transition_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for AssociateResourceShare {
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
            keep_joined(state, share, &[entity]);
        }
        let rows = transition_json(state, granted, "ASSOCIATING");
        Ok(json!({ "resourceShareAssociations": rows }))
    }
}
