//! Query log configs and their associations with VPCs.

use bellwether_model::Name;
use bellwether_model::answer::Field;
use bellwether_model::operations::route53resolver::{
    AssociateResolverQueryLogConfig, CreateResolverQueryLogConfig, DeleteResolverQueryLogConfig,
    DisassociateResolverQueryLogConfig, GetResolverQueryLogConfig,
    ListResolverQueryLogConfigAssociations, ListResolverQueryLogConfigs,
};
use bellwether_model::resources::query_log_config::DNS;
use serde_json::{Map, Value, json};

use super::{listed, tags};
use crate::reference::dns::{Association, Request, put};
use crate::reference::json::Failure;
use crate::reference::pages::Filter;

/// The attributes of one that are shown as they are kept.
const KEPT: &[&str] = &["CreationTime", "CreatorRequestId", "DestinationArn", "Name"];

/// A config as answers show it.
fn config(request: &Request<'_>, name: &Name, fields: &[Field]) -> Map<String, Value> {
    let mut shown = request.shown(name, KEPT, fields);
    let associations = request.state.world.associations_of(name);
    put(&mut shown, "AssociationCount", associations.count());
    put(&mut shown, "Status", request.status(name, "CREATED"));
    shown
}

/// The filters of configs.
const FILTERS: &[Filter] = &[
    ("Arn", |row| row["Arn"].clone()),
    ("AssociationCount", |row| row["AssociationCount"].clone()),
    ("CreationTime", |row| row["CreationTime"].clone()),
    ("CreatorRequestId", |row| row["CreatorRequestId"].clone()),
    ("Destination", |row| destination(row["DestinationArn"].as_str().unwrap_or_default())),
    ("DestinationArn", |row| row["DestinationArn"].clone()),
    ("Id", |row| row["Id"].clone()),
    ("Name", |row| row["Name"].clone()),
    ("OwnerId", |row| row["OwnerId"].clone()),
    ("ShareStatus", |row| row["ShareStatus"].clone()),
    ("Status", |row| row["Status"].clone()),
];

/// The filters of associations.
const ASSOCIATION_FILTERS: &[Filter] = &[
    ("CreationTime", |row| row["CreationTime"].clone()),
    ("Error", |row| row["Error"].clone()),
    ("Id", |row| row["Id"].clone()),
    ("ResolverQueryLogConfigId", |row| row["ResolverQueryLogConfigId"].clone()),
    ("ResourceId", |row| row["ResourceId"].clone()),
    ("Status", |row| row["Status"].clone()),
];

/// The word for the service that queries are logged to.
fn destination(arn: &str) -> Value {
    match arn.split(':').nth(2) {
        Some("s3") => json!("S3"),
        Some("logs") => json!("CloudWatchLogs"),
        Some("firehose") => json!("KinesisFirehose"),
        Some(_) | None => Value::Null,
    }
}

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("DestinationArn")?;
    request.text("Name")?;
    request.require_new(&DNS)?;
    let call = CreateResolverQueryLogConfig { tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "DestinationArn", "Name"]);
    request.keep_made(&made, "");
    Ok(json!({ "ResolverQueryLogConfig": config(request, &made, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverQueryLogConfigId")?;
    let (_, reply) = request
        .answer(GetResolverQueryLogConfig { resolver_query_log_config_id: named.clone() }, "")?;
    let shown = named.name().map(|name| config(request, name, &reply.fields));
    Ok(json!({ "ResolverQueryLogConfig": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverQueryLogConfigs {}, "")?;
    let rows = request.listed(&reply, config);
    listed(request, "ListResolverQueryLogConfigs", "ResolverQueryLogConfigs", FILTERS, rows)
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverQueryLogConfigId")?;
    request
        .answer(DeleteResolverQueryLogConfig { resolver_query_log_config_id: named.clone() }, "")?;
    let shown = named.name().map(|name| config(request, name, &[]));
    Ok(json!({ "ResolverQueryLogConfig": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_query_log_config_id, resource_id) =
        (request.resource("ResolverQueryLogConfigId")?, request.resource("ResourceId")?);
    let call = AssociateResolverQueryLogConfig { resolver_query_log_config_id, resource_id };
    let (made, _) = request.answer(call, "rqlca-")?;
    request.keep_made(&made, "");
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
    let rows = request.associations(&reply, shown);
    let (operation, list) =
        ("ListResolverQueryLogConfigAssociations", "ResolverQueryLogConfigAssociations");
    listed(request, operation, list, ASSOCIATION_FILTERS, rows)
}

fn shown(request: &Request<'_>, association: &Association<'_>) -> Map<String, Value> {
    let mut shown = request.kept(association.name, &["CreationTime"]);
    put(&mut shown, "Id", association.name.as_str());
    put(&mut shown, "ResolverQueryLogConfigId", association.of.as_str());
    put(&mut shown, "ResourceId", association.vpc.as_str());
    put(&mut shown, "Status", association.status("ACTIVE"));
    put(&mut shown, "Error", "NONE");
    put(&mut shown, "ErrorMessage", "");
    shown
}
