//! Resolver rules and their associations with VPCs.

use bellwether_model::Name;
use bellwether_model::operations::route53resolver::{
    AssociateResolverRule, CreateResolverRule, DeleteResolverRule, DisassociateResolverRule,
    GetResolverRule, ListResolverRuleAssociations, ListResolverRules, UpdateResolverRule,
};
use bellwether_model::resources::resolver_rule::DNS;
use bellwether_model::world::Resource;
use serde_json::{Value, json};

use super::tags;
use crate::reference::dns::Request;
use crate::reference::json::Failure;

/// The attributes that are kept of a rule.
const KEPT: &[&str] = &["CreatorRequestId", "DomainName", "RuleType", "Name"];

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    let domain_name = request.text("DomainName")?.into();
    request.text("RuleType")?;
    let call = CreateResolverRule { domain_name, tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "DomainName", "RuleType", "Name"]);
    Ok(json!({ "ResolverRule": request.shown(&made, KEPT, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    let (_, reply) = request.answer(GetResolverRule { resolver_rule_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &reply.fields));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverRules {}, "")?;
    Ok(json!({ "ResolverRules": request.listed(&reply, KEPT) }))
}

pub(super) fn update(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    request.answer(UpdateResolverRule { resolver_rule_id: named.clone() }, "")?;
    if let (Some(name), Some(text)) = (named.name(), request.input["Config"]["Name"].as_str()) {
        request.state.keep(name, "Name", text);
    }
    let shown = named.name().map(|name| request.shown(name, KEPT, &[]));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ResolverRuleId")?;
    request.answer(DeleteResolverRule { resolver_rule_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &[]));
    Ok(json!({ "ResolverRule": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_rule_id, vpc_id) =
        (request.resource("ResolverRuleId")?, request.resource("VPCId")?);
    let call = AssociateResolverRule { resolver_rule_id, vpc_id };
    let (made, _) = request.answer(call, "rslvr-rrassoc-")?;
    Ok(json!({ "ResolverRuleAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (resolver_rule_id, vpc_id) =
        (request.resource("ResolverRuleId")?, request.resource("VPCId")?);
    let used = request.used(&DNS, &resolver_rule_id, &vpc_id);
    request.answer(DisassociateResolverRule { resolver_rule_id, vpc_id }, "")?;
    let ended = used.and_then(|name| request.association(&name, shown));
    Ok(json!({ "ResolverRuleAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListResolverRuleAssociations {}, "")?;
    Ok(json!({ "ResolverRuleAssociations": request.associations(&reply, shown) }))
}

fn shown(name: &Name, of: &Name, vpc: &Name, resource: &Resource) -> Value {
    let status = if resource.deleted { "DELETING" } else { "COMPLETE" };
    json!({
        "Id": name.as_str(),
        "ResolverRuleId": of.as_str(),
        "VPCId": vpc.as_str(),
        "Status": status,
    })
}
