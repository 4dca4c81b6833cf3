//! Resolver rules and their associations with VPCs.
//!
//! Endpoints are not modelled: what a rule says of one and of its targets is kept and shown.
//!
//! Statuses are worded as in <https://docs.aws.amazon.com/cli/latest/reference/route53resolver/>.

use bellwether_model::Name;
use bellwether_model::answer::Field;
use bellwether_model::operations::route53resolver::{
    AssociateResolverRule, CreateResolverRule, DeleteResolverRule, DisassociateResolverRule,
    GetResolverRule, ListResolverRuleAssociations, ListResolverRules, UpdateResolverRule,
};
use bellwether_model::resources::resolver_rule::DNS;
use serde_json::{Map, Value, json};

use super::{listed, tags};
use crate::reference::dns::{Association, Request, put};
use crate::reference::json::Failure;
use crate::reference::pages::Filter;

/// The attributes of a rule that are shown as they are kept.
const KEPT: &[&str] = &[
    "CreationTime",
    "CreatorRequestId",
    "ModificationTime",
    "Name",
    "ResolverEndpointId",
    "RuleType",
    "StatusMessage",
];

/// A rule as answers show it.
fn rule(request: &Request<'_>, name: &Name, fields: &[Field]) -> Map<String, Value> {
    let mut shown = request.shown(name, KEPT, fields);
    let domain = request.state.attribute(name, "DomainName").trim_end_matches('.');
    put(&mut shown, "DomainName", format!("{domain}."));
    put(&mut shown, "Status", request.status(name, "COMPLETE"));
    let targets = request.state.attribute(name, "TargetIps");
    if let Ok(targets) = serde_json::from_str::<Value>(targets) {
        put(&mut shown, "TargetIps", targets);
    }
    shown
}

/// Keeps the targets of a rule, from the members that name them.
fn keep_targets(request: &mut Request<'_>, name: &Name, members: &Value) {
    if members["TargetIps"].is_array() {
        request.state.keep(name, "TargetIps", members["TargetIps"].to_string());
    }
    if let Some(endpoint) = members["ResolverEndpointId"].as_str() {
        request.state.keep(name, "ResolverEndpointId", endpoint);
    }
}

/// The filters of rules.
const FILTERS: &[Filter] = &[
    ("CreatorRequestId", |row| row["CreatorRequestId"].clone()),
    ("DomainName", |row| row["DomainName"].clone()),
    ("Name", |row| row["Name"].clone()),
    ("ResolverEndpointId", |row| row["ResolverEndpointId"].clone()),
    ("Status", |row| row["Status"].clone()),
    ("Type", |row| row["RuleType"].clone()),
];

/// The filters of associations.
const ASSOCIATION_FILTERS: &[Filter] = &[
    ("Name", |row| row["Name"].clone()),
    ("ResolverRuleId", |row| row["ResolverRuleId"].clone()),
    ("Status", |row| row["Status"].clone()),
    ("VPCId", |row| row["VPCId"].clone()),
];

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    let domain_name = request.text("DomainName")?.into();
    request.text("RuleType")?;
    request.require_new(&DNS)?;
    let call = CreateResolverRule { domain_name, tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "DomainName", "RuleType", "Name"]);
    let members = request.input.clone();
    keep_targets(request, &made, &members);
    request.keep_made(&made, "Successfully created Resolver Rule.");
    Ok(json!({ "ResolverRule": rule(request, &made, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    let (_, reply) = request.answer(GetResolverRule { resolver_rule_id: named.clone() }, "")?;
    let shown = named.name().map(|name| rule(request, name, &reply.fields));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverRules {}, "")?;
    let rows = request.listed(&reply, rule);
    listed(request, "ListResolverRules", "ResolverRules", FILTERS, rows)
}

pub(super) fn update(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    request.answer(UpdateResolverRule { resolver_rule_id: named.clone() }, "")?;
    let config = request.input["Config"].clone();
    if let Some(name) = named.name() {
        if let Some(text) = config["Name"].as_str() {
            request.state.keep(name, "Name", text);
        }
        keep_targets(request, name, &config);
        request.keep_changed(name, "Successfully updated Resolver Rule.");
    }
    let shown = named.name().map(|name| rule(request, name, &[]));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    request.answer(DeleteResolverRule { resolver_rule_id: named.clone() }, "")?;
    if let Some(name) = named.name() {
        request.keep_changed(name, "Deleting Resolver Rule.");
    }
    let shown = named.name().map(|name| rule(request, name, &[]));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_rule_id, vpc_id) =
        (request.resource("ResolverRuleId")?, request.resource("VPCId")?);
    let call = AssociateResolverRule { resolver_rule_id, vpc_id };
    let (made, _) = request.answer(call, "rslvr-rrassoc-")?;
    request.keep(&made, &["Name"]);
    request.keep_made(&made, "Created Resolver Rule Association.");
    Ok(json!({ "ResolverRuleAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_rule_id, vpc_id) =
        (request.resource("ResolverRuleId")?, request.resource("VPCId")?);
    let used = request.used(&DNS, &resolver_rule_id, &vpc_id);
    request.answer(DisassociateResolverRule { resolver_rule_id, vpc_id }, "")?;
    if let Some(name) = &used {
        request.keep_changed(name, "Deleting Resolver Rule Association.");
    }
    let ended = used.and_then(|name| request.association(&name, shown));
    Ok(json!({ "ResolverRuleAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverRuleAssociations {}, "")?;
    let rows = request.associations(&reply, shown);
    let operation = "ListResolverRuleAssociations";
    listed(request, operation, "ResolverRuleAssociations", ASSOCIATION_FILTERS, rows)
}

fn shown(request: &Request<'_>, association: &Association<'_>) -> Map<String, Value> {
    let mut shown = request.kept(association.name, &["Name", "StatusMessage"]);
    put(&mut shown, "Id", association.name.as_str());
    put(&mut shown, "ResolverRuleId", association.of.as_str());
    put(&mut shown, "VPCId", association.vpc.as_str());
    put(&mut shown, "Status", association.status("COMPLETE"));
    shown
}
