//! ListPrincipals.

use bellwether_model::operations::ram::ListPrincipals;
use serde_json::{Map, Value, json};

use super::input::Input;
use super::output::{Entity, Fields, page, principal_text, put_association_times, share_arn};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "principals";

impl Served for ListPrincipals {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_owner: input.required("resourceOwner")?.into(),
            resource_arn: input.one_resource(state, "resourceArn")?,
            principals: input.principals(state, "principals")?,
            resource_type: input.text("resourceType")?.into(),
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let (share, entity) = Entity::of(&row.key)?;
            let Entity::Principal(principal) = &entity else {
                return None;
            };
            let held = state.world.shares.get(share)?;
            let external = match held.principals.get(*principal) {
                Some(association) => association.external,
                None => !state.world.are_fellows(held.owner, granted.actor),
            };
            let mut members = Map::new();
            members.insert("id".to_owned(), json!(principal_text(state, principal)));
            let arn = share_arn(state, share);
            members.insert("resourceShareArn".to_owned(), json!(arn));
            put_association_times(state, share, &entity, &mut members);
            let external = Fields(&row.fields).or("external", external);
            members.insert("external".to_owned(), external);
            Some(Value::Object(members))
        });
        page(granted.input, LIST, rows.collect())
    }
}
