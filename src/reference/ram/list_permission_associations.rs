//! ListPermissionAssociations.
//!
//! The associations of an account are those of its own shares.

use bellwether_model::answer::Key;
use bellwether_model::operations::ram::ListPermissionAssociations;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Fields, attachment, page, share_arn, time};
use super::permissions::attached_json;
use super::{Granted, Served, State};
use crate::reference::json::Failure;

/// The name of the list in the answer.
const LIST: &str = "permissions";

/// The members that filter by what the model does not ask for, each with the field of a row that it compares
/// and its values.
///
/// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPermissionAssociations.html>
static FILTERS: [(&str, &str, &[&str]); 2] = [
    (
        "associationStatus",
        "status",
        &[
            "ASSOCIATED",
            "ASSOCIATING",
            "DISASSOCIATED",
            "DISASSOCIATING",
            "FAILED",
            "RESTORING",
            "SUSPENDED",
            "SUSPENDING",
        ],
    ),
    ("featureSet", "featureSet", &["CREATED_FROM_POLICY", "PROMOTING_TO_STANDARD", "STANDARD"]),
];

impl Served for ListPermissionAssociations {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            permission_arn: input.optional_permission(state, "permissionArn")?,
            permission_version: input.version("permissionVersion")?,
            resource_type: input.text("resourceType")?.into(),
            default_version: input.flag("defaultVersion")?,
            max_results: input.max_results()?,
            next_token: input.next_token(LIST)?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let owner = granted.input.word("resourceOwner", &["SELF", "OTHER-ACCOUNTS"])?;
        let of_share = granted.input.text("resourceShareArn")?;
        let rows = granted.reply.rows.iter().filter(|row| row.present);
        let rows = rows.filter_map(|row| {
            let Key::Attached(share, of_type) = &row.key else { return None };
            let arn = share_arn(state, share);
            if owner == "OTHER-ACCOUNTS" || (!of_share.is_empty() && of_share != arn) {
                return None;
            }
            let mut held = attached_json(state, share, of_type, Fields(&row.fields))?;
            let version = held["version"].take();
            held["permissionVersion"] = Fields(&row.fields).or("permissionVersion", version);
            held["lastUpdatedTime"] = time(state, &attachment(share, of_type), "lastUpdatedTime");
            held["status"] = Fields(&row.fields).or("status", "ASSOCIATED");
            held["resourceShareArn"] = json!(arn);
            Some(held)
        });
        let mut rows: Vec<Value> = rows.collect();
        for (member, compared, known) in FILTERS {
            let wanted = granted.input.word(member, known)?;
            rows.retain(|row| wanted.is_empty() || row[compared] == wanted);
        }
        page(granted.input, LIST, rows)
    }
}
