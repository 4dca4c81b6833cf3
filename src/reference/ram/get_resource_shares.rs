//! GetResourceShares.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::GetResourceShares;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, page, share_json, tags};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resourceShares";

impl Served for GetResourceShares {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_owner: input.required("resourceOwner")?.into(),
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            resource_share_status: input.text("resourceShareStatus")?.into(),
            name: input.text("name")?.into(),
            tag_filters: input.tag_filters("tagFilters")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
            permission_arn: input.optional_permission(state, "permissionArn")?,
            permission_version: input.version("permissionVersion")?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Share(name) = &row.key else {
                return None;
            };
            let mut share = share_json(state, name, Fields(&row.fields));
            share.insert("featureSet".to_owned(), json!("STANDARD"));
            // Only the owner is shown the tags, and an untagged share has no list of them.
            let is_own = state.world.shares.get(name)?.owner == granted.actor;
            if is_own && !state.world.shares.get(name)?.tags.is_empty() {
                share.insert("tags".to_owned(), tags(state, name));
            }
            Some(Value::Object(share))
        });
        page(granted.input, LIST, rows.collect())
    }
}
