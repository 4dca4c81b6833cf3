//! ListSourceAssociations.

use bellwether_model::operations::ram::ListSourceAssociations;
use bellwether_model::principal::Source;
use serde_json::{Map, Value, json};

use super::input::Input;
use super::output::{Entity, Fields, page, put_association_times, share_arn, source_text};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "sourceAssociations";

impl Served for ListSourceAssociations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        let source = input.text("sourceId")?;
        Ok(Self {
            resource_share_arns: input.shares(state, "resourceShareArns")?,
            source_id: (!source.is_empty()).then(|| Source::read(source)),
            source_type: input.text("sourceType")?.into(),
            association_status: input.text("associationStatus")?.into(),
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let (share, entity) = Entity::of(&row.key)?;
            let Entity::Source(from) = &entity else {
                return None;
            };
            let mut members = Map::new();
            let arn = share_arn(state, share);
            members.insert("resourceShareArn".to_owned(), json!(arn));
            members.insert("sourceId".to_owned(), json!(source_text(from)));
            let status = Fields(&row.fields).or("status", "ASSOCIATED");
            members.insert("status".to_owned(), status);
            put_association_times(state, share, &entity, &mut members);
            Some(Value::Object(members))
        });
        page(granted.input, LIST, rows.collect())
    }
}
