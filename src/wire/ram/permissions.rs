//! What the answers about managed permissions have in common.

use aws_sdk_ram::types::{
    PermissionStatus, ReplacePermissionAssociationsWork, ReplacePermissionAssociationsWorkStatus,
    ResourceSharePermissionDetail, ResourceSharePermissionSummary,
};
use bellwether_model::answer::Value;

use crate::wire::Session;
use crate::wire::names::{flag, text};

/// A permission's ARN as an observed value: its name where it is the scenario's.
pub(super) fn arn_value(session: &Session, arn: Option<&str>) -> Value {
    let name = arn.and_then(|arn| session.names.name(arn));
    text(name.map(bellwether_model::Name::as_str).or(arn))
}

/// A permission's members as fields.
pub(super) fn summary_fields(
    session: &Session,
    item: &ResourceSharePermissionSummary,
) -> Vec<(&'static str, Value)> {
    vec![
        ("arn", arn_value(session, item.arn())),
        ("name", text(item.name())),
        ("resourceType", text(item.resource_type())),
        ("version", text(item.version())),
        ("defaultVersion", flag(item.default_version())),
        ("status", text(item.status())),
        ("isResourceTypeDefault", flag(item.is_resource_type_default())),
    ]
}

/// The members of a permission that is shown whole as fields; the actions of its template too.
pub(super) fn detail_fields(
    session: &Session,
    item: &ResourceSharePermissionDetail,
) -> Vec<(&'static str, Value)> {
    let mut fields = vec![
        ("arn", arn_value(session, item.arn())),
        ("name", text(item.name())),
        ("resourceType", text(item.resource_type())),
        ("version", text(item.version())),
        ("defaultVersion", flag(item.default_version())),
        ("status", text(item.status().map(PermissionStatus::as_str))),
        ("isResourceTypeDefault", flag(item.is_resource_type_default())),
        ("permission", text(item.permission())),
    ];
    if let Some(actions) = item.permission().and_then(actions) {
        fields.push(("Action", actions));
    }
    fields
}

/// The actions of a policy template, where they stand in a list.
fn actions(template: &str) -> Option<Value> {
    let template: serde_json::Value = serde_json::from_str(template).ok()?;
    let actions = template.get("Action")?.as_array()?;
    let actions = actions.iter().map(|action| action.as_str().map(Into::into));
    actions.collect::<Option<_>>().map(Value::Set)
}

/// A work item's members as fields.
pub(super) fn work_fields(
    session: &Session,
    work: &ReplacePermissionAssociationsWork,
) -> Vec<(&'static str, Value)> {
    let status = work.status().map(ReplacePermissionAssociationsWorkStatus::as_str);
    vec![
        ("status", text(status)),
        ("fromPermissionArn", arn_value(session, work.from_permission_arn())),
        ("toPermissionArn", arn_value(session, work.to_permission_arn())),
        ("toPermissionVersion", text(work.to_permission_version())),
    ]
}
