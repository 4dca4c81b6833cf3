//! The JSON of managed permissions and of work items.

use bellwether_model::parameters::Reference;
use bellwether_model::world::Managed;
use bellwether_model::{Name, Reply};
use serde_json::{Value, json};

use super::ids::{default_name, default_type, permission_arn};
use super::output::{Fields, tags_json, time};
use crate::reference::State;

/// A version of a customer managed permission.
pub(super) fn permission_json(
    state: &State,
    name: &Name,
    number: u32,
    fields: Fields<'_>,
) -> Value {
    let Some(held) = state.world.permissions.get(name) else { return Value::Null };
    let is_default = number == held.default;
    let is_deleted = held.versions.get(&number).is_none_or(|it| it.deleted) || held.deleted;
    let status = match (is_deleted, is_default) {
        (true, _) => "DELETED",
        (false, true) => "ATTACHABLE",
        (false, false) => "UNATTACHABLE",
    };
    let created = time(state, name, "creationTime");
    json!({
        "arn": permission_arn(state, &Managed::Customer(name.clone())),
        "name": fields.or("name", held.name.as_str()),
        "resourceType": fields.or("resourceType", held.resource_type.as_str()),
        "version": fields.or("version", number.to_string()),
        "defaultVersion": fields.or("defaultVersion", is_default),
        "status": fields.or("status", status),
        "isResourceTypeDefault": fields.or("isResourceTypeDefault", false),
        "permissionType": "CUSTOMER_MANAGED",
        "featureSet": "STANDARD",
        "creationTime": created,
        "lastUpdatedTime": created,
    })
}

/// The time at which the permissions of AWS were made, in seconds since 1970: that of the one for meshes in
/// <https://docs.aws.amazon.com/cli/latest/reference/ram/list-permissions.html>.
const AWS_MADE: f64 = 1_589_307_188.584;

/// The default permission of a type.
pub(super) fn default_json(state: &State, of_type: &str) -> Value {
    json!({
        "arn": permission_arn(state, &Managed::Default(of_type.into())),
        "name": default_name(of_type),
        "resourceType": of_type,
        "version": "1",
        "defaultVersion": true,
        "status": "ATTACHABLE",
        "isResourceTypeDefault": true,
        "permissionType": "AWS_MANAGED",
        "featureSet": "STANDARD",
        "creationTime": AWS_MADE,
        "lastUpdatedTime": AWS_MADE,
    })
}

/// A permission shown whole: the version asked for, or the default one.
pub(super) fn detail_json(
    state: &State,
    named: &Reference,
    asked: Option<i32>,
    reply: &Reply,
) -> Value {
    let fields = Fields(&reply.fields);
    if let Some(of_type) = default_type(named) {
        let actions = fields.or("Action", json!([]));
        let template = json!({ "Effect": "Allow", "Action": actions });
        let mut detail = default_json(state, &of_type);
        detail["permission"] = json!(template.to_string());
        return detail;
    }
    let held = named.name().and_then(|name| Some((name, state.world.permissions.get(name)?)));
    let Some((name, held)) = held else { return Value::Null };
    let asked = asked.filter(|number| *number != 0);
    let number = asked.and_then(|number| u32::try_from(number).ok()).unwrap_or(held.default);
    let template = held.versions.get(&number).map_or("", |version| version.template.as_str());
    let mut detail = permission_json(state, name, number, fields);
    detail["permission"] = fields.or("permission", template);
    if !held.tags.is_empty() {
        detail["tags"] = tags_json(&held.tags);
    }
    detail
}

/// The permission that a share holds for a type.
pub(super) fn attached_json(
    state: &State,
    share: &Name,
    of_type: &str,
    fields: Fields<'_>,
) -> Option<Value> {
    let attachment = state.world.shares.get(share)?.permissions.get(of_type)?;
    Some(match &attachment.permission {
        Managed::Customer(name) => permission_json(state, name, attachment.version, fields),
        Managed::Default(of_type) => default_json(state, of_type),
    })
}

/// That a permission, or a version of one, is deleted.
pub(super) fn deleted_json(fields: Fields<'_>) -> Value {
    json!({
        "returnValue": fields.or("returnValue", true),
        "permissionStatus": fields.or("permissionStatus", "DELETED"),
    })
}

/// A work item.
pub(super) fn work_json(state: &State, name: &Name, fields: Fields<'_>) -> Option<Value> {
    let held = state.world.replacements.get(name)?;
    let created = time(state, name, "creationTime");
    Some(json!({
        "id": name.as_str(),
        "fromPermissionArn": permission_arn(state, &held.from),
        "toPermissionArn": permission_arn(state, &held.to),
        "toPermissionVersion": fields.or("toPermissionVersion", "1"),
        "status": fields.or("status", "COMPLETED"),
        "creationTime": created,
        "lastUpdatedTime": created,
    }))
}
