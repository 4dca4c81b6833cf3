//! GetResourceShareAssociations.

use bellwether_model::operations::ram::GetResourceShareAssociations;
use serde_json::Value;

use super::input::Input;
use super::output::{Entity, Fields, listed_association_json, page};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resourceShareAssociations";

impl Served for GetResourceShareAssociations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            association_type: input.required("associationType")?.into(),
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            resource_arn: input.one_resource(state, "resourceArn")?,
            principal: input.principal("principal")?,
            association_status: input.text("associationStatus")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let (share, entity) = Entity::of(&row.key)?;
            let listed = listed_association_json(state, share, &entity, Fields(&row.fields))?;
            // What is in transition is in no other status.
            let asked = self.association_status.as_str();
            (asked.is_empty() || listed["status"] == asked).then_some(listed)
        });
        page(granted.input, LIST, rows.collect())
    }
}
