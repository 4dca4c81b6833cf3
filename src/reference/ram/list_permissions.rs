//! ListPermissions.
//!
//! Permissions are not shared with other accounts and not deprecated here: the lists of such are empty.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListPermissions;
use bellwether_model::world::Managed;
use serde_json::Value;

use super::ids::default_types;
use super::input::Input;
use super::output::{Fields, page};
use super::permissions::{default_json, permission_json};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "permissions";

/// The statuses that can be asked for.
const STATUSES: [&str; 5] = ["ATTACHABLE", "UNATTACHABLE", "DELETING", "DELETED", "DEPRECATED"];

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
        let status = granted.input.word("permissionStatus", &STATUSES)?;
        let owner = granted.input.word("resourceOwner", &["SELF", "OTHER-ACCOUNTS"])?;
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
        let mut rows: Vec<Value> = rows.collect();
        // The model lists the permissions of AWS for the types that it has.
        let is_decided =
            |of_type: &str| {
                granted.reply.rows.iter().any(
                    |row| matches!(&row.key, Key::Managed(Managed::Default(it)) if it == of_type),
                )
            };
        let wants_own = matches!(self.permission_type.as_str(), "LOCAL" | "CUSTOMER_MANAGED");
        let others = default_types().filter(|of_type| {
            let asked = self.resource_type.is_empty();
            let asked = asked || self.resource_type.eq_ignore_ascii_case(of_type);
            asked && !wants_own && !is_decided(of_type)
        });
        rows.extend(others.map(|of_type| default_json(state, of_type)));
        rows.retain(|row| {
            let is_own = row["permissionType"] == "CUSTOMER_MANAGED";
            let fits = owner.is_empty() || (owner == "SELF" && is_own);
            fits && (status.is_empty() || row["status"] == status)
        });
        page(granted.input, LIST, rows)
    }
}
