//! ListResourceSharePermissions.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListResourceSharePermissions;
use serde_json::Value;

use super::input::Input;
use super::output::{Fields, page};
use super::permissions::attached_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "permissions";

impl Served for ListResourceSharePermissions {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            share: input.share(state, "resourceShareArn")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Attached(share, of_type) = &row.key else { return None };
            attached_json(state, share, of_type, Fields(&row.fields))
        });
        page(granted.input, LIST, rows.collect())
    }
}
