//! ListPermissions.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListPermissions;
use bellwether_model::world::Managed;
use serde_json::Value;

use super::input::Input;
use super::output::{Fields, page};
use super::permissions::{default_json, permission_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "permissions";

impl Served for ListPermissions {
    fn read(_state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            resource_type: input.text("resourceType")?.into(),
            permission_type: input.text("permissionType")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Managed(managed) = &row.key else { return None };
            Some(match managed {
                Managed::Customer(name) => {
                    let default = state.world.permissions.get(name)?.default;
                    permission_json(state, name, default, Fields(&row.fields))
                }
                Managed::Default(of_type) => default_json(state, of_type),
            })
        });
        page(granted.input, LIST, rows.collect())
    }
}
