//! ListResourceTypes.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListResourceTypes;
use bellwether_model::shareable;
use serde_json::{Value, json};

use super::input::Input;
use super::output::page;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "resourceTypes";

impl Served for ListResourceTypes {
    fn read(_state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_region_scope: input.text("resourceRegionScope")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, _state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Type(name) = &row.key else {
                return None;
            };
            let facts = shareable::find(name)?;
            // A type of unknown scope is in neither of the lists by scope.
            let by_scope = matches!(self.resource_region_scope.as_str(), "REGIONAL" | "GLOBAL");
            if by_scope && facts.region_scope.is_none() {
                return None;
            }
            Some(json!({
                "resourceType": name.as_str(),
                "serviceName": facts.service(),
                "resourceRegionScope": facts.region_scope.unwrap_or("REGIONAL"),
            }))
        });
        page(granted.input, LIST, rows.collect())
    }
}
