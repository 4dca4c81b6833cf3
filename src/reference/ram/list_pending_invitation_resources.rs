//! ListPendingInvitationResources.

use bellwether_model::operations::ram::ListPendingInvitationResources;
use serde_json::{Map, Value, json};

use super::input::Input;
use super::output::{Entity, Fields, page, put_association_times, resource_arn, share_arn};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resources";

impl Served for ListPendingInvitationResources {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            invitation: input.invitation(state, "resourceShareInvitationArn")?,
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
            let fields = Fields(&row.fields);
            let mut members = Map::new();
            let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
            put("arn", json!(resource_arn(state, share, resource)));
            put("type", fields.get("type")?);
            put("resourceShareArn", json!(share_arn(state, share)));
            put("status", fields.or("status", "AVAILABLE"));
            put("resourceRegionScope", json!("REGIONAL"));
            put_association_times(state, share, &entity, &mut members);
            Some(Value::Object(members))
        });
        page(granted.input, LIST, rows.collect())
    }
}
