//! ListReplacePermissionAssociationsWork.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListReplacePermissionAssociationsWork;
use serde_json::Value;

use super::ids::work;
use super::input::Input;
use super::output::{Fields, page};
use super::permissions::work_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "replacePermissionAssociationsWorks";

impl Served for ListReplacePermissionAssociationsWork {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let ids = input.texts("workIds")?.into_iter();
        Ok(Self {
            work_ids: ids.map(|id| work(state, id)).collect(),
            status: input.text("status")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Replacement(name) = &row.key else { return None };
            work_json(state, name, Fields(&row.fields))
        });
        page(granted.input, LIST, rows.collect())
    }
}
