//! What the answers about managed permissions have in common: their ARNs and their JSON.

use bellwether_model::parameters::Reference;
use bellwether_model::permissions::{self, AWS_ARN};
use bellwether_model::world::{Managed, ManagedPermission};
use bellwether_model::{Name, Reply, resources};
use serde_json::{Value, json};

use super::output::{Fields, tags_json, time};
use crate::reference::State;

/// What the default permission of a type is called here, where no source states its name.
fn default_name(of_type: &str) -> String {
    if let Some(name) = permissions::default_name(of_type) {
        return name.to_owned();
    }
    let part = of_type.split(':').next_back().unwrap_or_default();
    format!("AWSRAMDefaultPermission{part}")
}

/// The type whose default permission a reference names.
pub(super) fn default_type(named: &Reference) -> Option<String> {
    let Reference::Literal(arn) = named else { return None };
    let name = arn.strip_prefix(AWS_ARN)?;
    let of_type = resources::TYPES.iter().find(|it| default_name(it.facts.name) == name)?;
    Some(of_type.facts.name.to_owned())
}

/// A permission's ARN.
pub(super) fn permission_arn(state: &State, managed: &Managed) -> String {
    match managed {
        Managed::Default(of_type) => format!("{AWS_ARN}{}", default_name(of_type)),
        Managed::Customer(name) => {
            let held = state.world.permissions.get(name);
            let (owner, called) = held
                .map_or_else(Default::default, |held| (held.owner.to_string(), held.name.as_str()));
            let kept = state.attribute(name, "region");
            let region = if kept.is_empty() { &state.region } else { kept };
            format!("arn:aws:ram:{region}:{owner}:permission/{called}")
        }
    }
}

/// The permission of this ARN; the text itself where there is none.
pub(super) fn permission(state: &State, arn: &str) -> Reference {
    let all = state.world.permissions.keys();
    let is_it = |name: &&Name| permission_arn(state, &Managed::Customer((*name).clone())) == arn;
    // Of several that bore the name, the one that lives is meant.
    let lives = |name: &&Name| {
        state.world.permissions.get(*name).is_some_and(|held: &ManagedPermission| !held.deleted)
    };
    let found: Vec<&Name> = all.filter(is_it).collect();
    let meant = found.iter().copied().find(|name| lives(name)).or(found.last().copied());
    meant.map_or_else(|| Reference::Literal(arn.into()), |name| Reference::Named(name.clone()))
}

/// The work item of this id; the text itself where there is none.
pub(super) fn work(state: &State, id: &str) -> Reference {
    let name = Name::new(id);
    if state.world.replacements.contains_key(&name) {
        Reference::Named(name)
    } else {
        Reference::Literal(id.into())
    }
}

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

/// The default permission of a type.
pub(super) fn default_json(state: &State, of_type: &str) -> Value {
    let created = time(state, &Name::new("aws"), "creationTime");
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
        "creationTime": created,
        "lastUpdatedTime": created,
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
