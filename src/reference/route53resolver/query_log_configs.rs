//! Query log configs and their associations with VPCs.

use bellwether_model::Name;
use bellwether_model::operations::route53resolver::{
    AssociateResolverQueryLogConfig, CreateResolverQueryLogConfig, DeleteResolverQueryLogConfig,
    DisassociateResolverQueryLogConfig, GetResolverQueryLogConfig,
    ListResolverQueryLogConfigAssociations, ListResolverQueryLogConfigs,
};
use bellwether_model::resources::query_log_config::DNS;
use bellwether_model::world::Resource;
use serde_json::{Value, json};

use super::tags;
use crate::reference::dns::Request;
use crate::reference::json::Failure;

/// The attributes that are kept of one.
const KEPT: &[&str] = &["CreatorRequestId", "DestinationArn", "Name"];

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("DestinationArn")?;
    request.text("Name")?;
    let call = CreateResolverQueryLogConfig { tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "DestinationArn", "Name"]);
    Ok(json!({ "ResolverQueryLogConfig": request.shown(&made, KEPT, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverQueryLogConfigId")?;
    let (_, reply) = request
        .answer(GetResolverQueryLogConfig { resolver_query_log_config_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &reply.fields));
    Ok(json!({ "ResolverQueryLogConfig": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverQueryLogConfigs {}, "")?;
    Ok(json!({ "ResolverQueryLogConfigs": request.listed(&reply, KEPT) }))
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverQueryLogConfigId")?;
    request
        .answer(DeleteResolverQueryLogConfig { resolver_query_log_config_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &[]));
    Ok(json!({ "ResolverQueryLogConfig": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_query_log_config_id, resource_id) =
        (request.resource("ResolverQueryLogConfigId")?, request.resource("ResourceId")?);
    let call = AssociateResolverQueryLogConfig { resolver_query_log_config_id, resource_id };
    let (made, _) = request.answer(call, "rqlca-")?;
    Ok(json!({ "ResolverQueryLogConfigAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_query_log_config_id, resource_id) =
        (request.resource("ResolverQueryLogConfigId")?, request.resource("ResourceId")?);
    let used = request.used(&DNS, &resolver_query_log_config_id, &resource_id);
    request.answer(
        DisassociateResolverQueryLogConfig { resolver_query_log_config_id, resource_id },
        "",
    )?;
    let ended = used.and_then(|name| request.association(&name, shown));
    Ok(json!({ "ResolverQueryLogConfigAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverQueryLogConfigAssociations {}, "")?;
    Ok(json!({ "ResolverQueryLogConfigAssociations": request.associations(&reply, shown) }))
}

fn shown(name: &Name, of: &Name, vpc: &Name, resource: &Resource) -> Value {
    let status = if resource.deleted { "DELETING" } else { "ACTIVE" };
    json!({
        "Id": name.as_str(),
        "ResolverQueryLogConfigId": of.as_str(),
        "ResourceId": vpc.as_str(),
        "Status": status,
    })
}
