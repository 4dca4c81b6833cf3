//! ListPermissionVersions.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListPermissionVersions;
use serde_json::Value;

use super::ids::default_type;
use super::input::Input;
use super::output::{Fields, page};
use super::permissions::{default_json, permission_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "permissions";

impl Served for ListPermissionVersions {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission: input.permission(state, "permissionArn")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Version(name, number) = &row.key else { return None };
            Some(permission_json(state, name, *number, Fields(&row.fields)))
        });
        let mut rows: Vec<Value> = rows.collect();
        if let Some(of_type) = default_type(&self.permission) {
            rows.push(default_json(state, &of_type));
        }
        page(granted.input, LIST, rows)
    }
}
