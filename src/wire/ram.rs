//! The operations of RAM, one file each.
//!
//! To add one, write its file and give it a line below.

operations_of! { "RAM":
    accept_resource_share_invitation::AcceptResourceShareInvitation,
    associate_resource_share::AssociateResourceShare,
    associate_resource_share_permission::AssociateResourceSharePermission,
    create_permission::CreatePermission,
    create_permission_version::CreatePermissionVersion,
    create_resource_share::CreateResourceShare,
    delete_permission::DeletePermission,
    delete_permission_version::DeletePermissionVersion,
    delete_resource_share::DeleteResourceShare,
    disassociate_resource_share::DisassociateResourceShare,
    disassociate_resource_share_permission::DisassociateResourceSharePermission,
    enable_sharing_with_aws_organization::EnableSharingWithAwsOrganization,
    get_permission::GetPermission,
    get_resource_policies::GetResourcePolicies,
    get_resource_share_associations::GetResourceShareAssociations,
    get_resource_share_invitations::GetResourceShareInvitations,
    get_resource_shares::GetResourceShares,
    list_pending_invitation_resources::ListPendingInvitationResources,
    list_permission_associations::ListPermissionAssociations,
    list_permission_versions::ListPermissionVersions,
    list_permissions::ListPermissions,
    list_principals::ListPrincipals,
    list_replace_permission_associations_work::ListReplacePermissionAssociationsWork,
    list_resource_share_permissions::ListResourceSharePermissions,
    list_resource_types::ListResourceTypes,
    list_resources::ListResources,
    list_source_associations::ListSourceAssociations,
    promote_permission_created_from_policy::PromotePermissionCreatedFromPolicy,
    promote_resource_share_created_from_policy::PromoteResourceShareCreatedFromPolicy,
    reject_resource_share_invitation::RejectResourceShareInvitation,
    replace_permission_associations::ReplacePermissionAssociations,
    set_default_permission_version::SetDefaultPermissionVersion,
    tag_resource::TagResource,
    untag_resource::UntagResource,
    update_resource_share::UpdateResourceShare,
}

mod invitations;

use aws_sdk_ram::types::{
    PermissionStatus, ReplacePermissionAssociationsWork, ReplacePermissionAssociationsWorkStatus,
    Resource, ResourceRegionScope, ResourceShare, ResourceShareAssociation,
    ResourceShareAssociationStatus, ResourceShareAssociationType, ResourceShareConfiguration,
    ResourceShareFeatureSet, ResourceSharePermissionDetail, ResourceSharePermissionSummary,
    ResourceShareStatus, Tag,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::get_resource_share_associations::OF_ITS_SHARE;
use bellwether_model::operations::ram::get_resource_shares::AT_ITS_CREATION;
use bellwether_model::parameters::Reference;
use bellwether_model::principal::Source;
use bellwether_model::{Account, Call, Name, Principal};

use smol_str::format_smolstr;

use super::names::{are_one, flag, moment, moment_after, text};
use super::{Listed, Session};

/// A list as it was read, page by page.
///
/// # Errors
///
/// The observation for a page that got no reply, or that the list does not end.
async fn all<T, E, F>(
    session: &mut Session,
    next_token: &str,
    page: impl Fn(Option<String>) -> F,
) -> Result<Listed<T>, Observation>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), SdkError<E, Response>>>,
{
    let token = (!next_token.is_empty()).then(|| next_token.to_owned());
    super::pages(session, token, page).await
}

/// The observation of a list, to which its rows are added.
fn observed<T>(listed: &Listed<T>) -> Observed {
    Observed::default().with("maxResults", Value::Number(listed.largest))
}

/// A text as it is sent; `None` if it is empty.
fn sent_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Tags as they are sent; `None` if there are none.
fn sent_tags(tags: &[bellwether_model::parameters::Tag]) -> Option<Vec<Tag>> {
    let sent = tags.iter().map(|tag| {
        Tag::builder()
            .key(tag.key.as_str())
            .set_value(tag.value.as_ref().map(ToString::to_string))
            .build()
    });
    (!tags.is_empty()).then(|| sent.collect())
}

/// The tags of an answer, each as one text; missing if they are left out.
fn tags_value(tags: Option<&[Tag]>) -> Value {
    tags.map_or(Value::Missing, |tags| {
        let written = tags.iter().map(|tag| {
            format_smolstr!("{}={}", tag.key().unwrap_or_default(), tag.value().unwrap_or_default())
        });
        Value::Set(written.collect())
    })
}

/// The ARNs of the resources or shares that a call names; `None` if it names none.
///
/// # Errors
///
/// The target never made one of them.
fn sent_arns(session: &Session, named: &[Reference]) -> Result<Option<Vec<String>>, Observation> {
    let arns: Result<Vec<_>, _> = named.iter().map(|it| session.names.sent_arn(it)).collect();
    arns.map(|arns| (!arns.is_empty()).then_some(arns))
}

/// Returns the ARN of the resource that a call names; `None` if it names nothing.
///
/// # Errors
///
/// The target never made it.
fn sent_arn(session: &Session, named: Option<&Reference>) -> Result<Option<String>, Observation> {
    named.map(|it| session.names.sent_arn(it)).transpose()
}

/// The principals that a call names, as they are sent; `None` if it names none.
fn sent_principals(session: &Session, named: &[Principal]) -> Option<Vec<String>> {
    let principals = named.iter().map(|it| session.names.sent_principal(it));
    (!named.is_empty()).then(|| principals.collect())
}

/// The sources that a call names, as they are sent; `None` if it names none.
fn sent_sources(session: &Session, named: &[Source]) -> Option<Vec<String>> {
    let sources = named.iter().map(|it| session.names.sent_source(it));
    (!named.is_empty()).then(|| sources.collect())
}

/// The one principal that a list is narrowed to; `None` if it is not.
///
/// # Errors
///
/// There are several.
fn sent_principal(session: &Session, named: &[Principal]) -> Result<Option<String>, Observation> {
    if named.len() > 1 {
        let one = "a list is narrowed to one principal at most".to_owned();
        return Err(Observation::Unsendable(one));
    }
    Ok(named.first().map(|it| session.names.sent_principal(it)))
}

/// The owner whose resources a list is asked for: the caller, if the scenario does not say.
fn resource_owner(stated: &str) -> &str {
    if stated.is_empty() { "SELF" } else { stated }
}

/// Something of an answer without which the rest means nothing.
///
/// # Errors
///
/// It is missing.
fn required<T>(value: Option<T>, what: &str) -> Result<T, Observation> {
    value.ok_or_else(|| Observation::Malformed(format!("the answer has no {what}")))
}

/// The name of the share of this ARN; `None` if it is not the scenario's.
///
/// # Errors
///
/// There is no ARN.
fn named_share(session: &Session, arn: Option<&str>) -> Result<Option<Name>, Observation> {
    let arn = required(arn, "resourceShareArn")?;
    Ok(session.names.name(arn).cloned())
}

/// A share's members as fields.
fn share_fields(session: &Session, share: &ResourceShare) -> Vec<(&'static str, Value)> {
    let owner = session.names.account_value(share.owning_account_id());
    let retains = share.resource_share_configuration();
    let retains =
        retains.and_then(ResourceShareConfiguration::retain_sharing_on_account_leave_organization);
    let updated = match (share.creation_time(), share.last_updated_time()) {
        (Some(created), Some(updated)) if are_one(created, updated) => text(Some(AT_ITS_CREATION)),
        (created, updated) => moment_after(created, updated),
    };
    vec![
        ("status", text(share.status().map(ResourceShareStatus::as_str))),
        ("name", text(share.name())),
        ("owningAccountId", owner),
        ("allowExternalPrincipals", flag(share.allow_external_principals())),
        ("retainSharingOnAccountLeaveOrganization", flag(retains)),
        ("featureSet", text(share.feature_set().map(ResourceShareFeatureSet::as_str))),
        ("tags", tags_value(share.tags.as_deref())),
        ("creationTime", moment(share.creation_time())),
        ("lastUpdatedTime", updated),
    ]
}

/// The answer of a call that returns true or false.
fn returned(value: Option<bool>) -> Observation {
    Observation::Granted(Observed::default().with("returnValue", flag(value)))
}

/// The answer with the token that came with it.
fn with_token(observation: Observation, token: Value) -> Observation {
    match observation {
        Observation::Granted(observed) => Observation::Granted(observed.with("clientToken", token)),
        other @ (Observation::Refused { .. }
        | Observation::Malformed(_)
        | Observation::Indeterminate(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_)) => other,
    }
}

/// The answer of a call that deletes a permission or a version of one.
fn deleted(value: Option<bool>, status: Option<&PermissionStatus>) -> Observation {
    let observed = Observed::default()
        .with("returnValue", flag(value))
        .with("permissionStatus", text(status.map(PermissionStatus::as_str)));
    Observation::Granted(observed)
}

/// The row of a resource in a share, with its scope and its times.
fn with_scope_and_times(row: ObservedRow, item: &Resource) -> ObservedRow {
    let (created, updated) = (item.creation_time(), item.last_updated_time());
    let scope = item.resource_region_scope().map(ResourceRegionScope::as_str);
    row.with("resourceRegionScope", text(scope))
        .with("creationTime", moment(created))
        .with("lastUpdatedTime", moment_after(created, updated))
}

/// Rows of associations, those about resources that are not the scenario's left out.
///
/// # Errors
///
/// A row does not say what it is about.
fn associations(
    session: &Session,
    items: &[ResourceShareAssociation],
    mut observed: Observed,
) -> Result<Observation, Observation> {
    for item in items {
        let entity = required(item.associated_entity(), "associatedEntity")?;
        let Some(share) = named_share(session, item.resource_share_arn())? else {
            continue;
        };
        let of_type = required(item.association_type(), "associationType")?;
        let key = if of_type.as_str() == "SOURCE" {
            Key::Source(share, session.names.source(entity))
        } else if *of_type == ResourceShareAssociationType::Resource {
            let Some(resource) = session.names.name(entity) else {
                continue;
            };
            Key::ResourceAssociation(share, resource.clone())
        } else {
            Key::Principal(share, session.names.principal(entity))
        };
        let created = match (item.creation_time(), key.names().first()) {
            (None, _) => Value::Missing,
            (Some(time), Some(share)) if session.names.is_of_its_share(share, time) => {
                text(Some(OF_ITS_SHARE))
            }
            (Some(time), _) => moment(Some(time)),
        };
        let row = ObservedRow::of(key)
            .with("status", text(item.status().map(ResourceShareAssociationStatus::as_str)))
            .with("external", flag(item.external()))
            .with("resourceShareName", text(item.resource_share_name()))
            .with("creationTime", created)
            .with("lastUpdatedTime", moment_after(item.creation_time(), item.last_updated_time()));
        observed.rows.push(row);
    }
    Ok(Observation::Granted(observed))
}

/// A permission's ARN as an observed value: its name where it is the scenario's.
fn arn_value(session: &Session, arn: Option<&str>) -> Value {
    let name = arn.and_then(|arn| session.names.name(arn));
    text(name.map(Name::as_str).or(arn))
}

/// A permission's members as fields.
fn summary_fields(
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
        ("creationTime", moment(item.creation_time())),
        ("lastUpdatedTime", moment_after(item.creation_time(), item.last_updated_time())),
    ]
}

/// The members of a permission that is shown whole as fields; the actions of its template too.
fn detail_fields(
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
        ("tags", tags_value(item.tags.as_deref())),
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
fn work_fields(
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

#[cfg(test)]
mod tests;
