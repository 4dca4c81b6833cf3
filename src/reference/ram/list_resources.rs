//! ListResources.

use bellwether_model::operations::ram::ListResources;
use serde_json::{Map, Value, json};

use super::input::Input;
use super::output::{Entity, Fields, page, put_association_times, resource_arn, share_arn};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resources";

impl Served for ListResources {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_owner: input.required("resourceOwner")?.into(),
            principal: input.principal("principal")?,
            resource_type: input.text("resourceType")?.into(),
            resource_arns: input.resources(state, "resourceArns")?,
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            resource_region_scope: input.text("resourceRegionScope")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let (share, entity) = Entity::of(&row.key)?;
            let Entity::Resource(resource) = &entity else {
                return None;
            };
            let held = state.world.shares.get(share)?;
            let of_type = Fields(&row.fields).get("type")?;
            let mut members = Map::new();
            let arn = resource_arn(state, share, resource);
            members.insert("arn".to_owned(), json!(arn));
            members.insert("type".to_owned(), of_type);
            let arn = share_arn(state, share);
            members.insert("resourceShareArn".to_owned(), json!(arn));
            if held.owner != granted.actor {
                let status = Fields(&row.fields).or("status", "AVAILABLE");
                members.insert("status".to_owned(), status);
            }
            put_association_times(state, share, &entity, &mut members);
            let scope = "resourceRegionScope".to_owned();
            members.insert(scope, json!("REGIONAL"));
            Some(Value::Object(members))
        });
        page(granted.input, LIST, rows.collect())
    }
}
