//! GetResourceShareAssociations.

use bellwether_model::Principal;
use bellwether_model::operations::ram::GetResourceShareAssociations;
use serde_json::Value;

use super::input::{self, Input};
use super::output::{Entity, Fields, listed_association_json, page};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for GetResourceShareAssociations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let resource = input.text("resourceArn")?;
        let principal = input.text("principal")?;
        Ok(Self {
            association_type: input.required("associationType")?.into(),
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            resource_arn: (!resource.is_empty()).then(|| input::resource(state, resource)),
            principal: if principal.is_empty() {
                Vec::new()
            } else {
                vec![Principal::read(principal)]
            },
            association_status: input.text("associationStatus")?.into(),
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let (share, entity) = Entity::of(&row.key)?;
            listed_association_json(state, share, &entity, Fields(&row.fields))
        });
        page(granted.input, "resourceShareAssociations", rows.collect())
    }
}
