//! DNS Firewall rule groups and their associations with VPCs.

use bellwether_model::Name;
use bellwether_model::operations::route53resolver::{
    AssociateFirewallRuleGroup, CreateFirewallRuleGroup, DeleteFirewallRuleGroup,
    DisassociateFirewallRuleGroup, GetFirewallRuleGroup, ListFirewallRuleGroupAssociations,
    ListFirewallRuleGroups,
};
use bellwether_model::resources::firewall_rule_group::DNS;
use bellwether_model::world::Resource;
use serde_json::{Value, json};

use super::tags;
use crate::reference::dns::Request;
use crate::reference::json::Failure;

/// The attributes that are kept of one.
const KEPT: &[&str] = &["CreatorRequestId", "Name"];

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("Name")?;
    let call = CreateFirewallRuleGroup { tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "Name"]);
    Ok(json!({ "FirewallRuleGroup": request.shown(&made, KEPT, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("FirewallRuleGroupId")?;
    let (_, reply) =
        request.answer(GetFirewallRuleGroup { firewall_rule_group_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &reply.fields));
    Ok(json!({ "FirewallRuleGroup": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListFirewallRuleGroups {}, "")?;
    Ok(json!({ "FirewallRuleGroups": request.listed(&reply, KEPT) }))
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("FirewallRuleGroupId")?;
    request.answer(DeleteFirewallRuleGroup { firewall_rule_group_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &[]));
    Ok(json!({ "FirewallRuleGroup": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (firewall_rule_group_id, vpc_id) =
        (request.resource("FirewallRuleGroupId")?, request.resource("VpcId")?);
    let call = AssociateFirewallRuleGroup { firewall_rule_group_id, vpc_id };
    let (made, _) = request.answer(call, "rslvr-frgassoc-")?;
    Ok(json!({ "FirewallRuleGroupAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let association_id = request.resource("FirewallRuleGroupAssociationId")?;
    request.answer(DisassociateFirewallRuleGroup { association_id: association_id.clone() }, "")?;
    let ended = association_id.name().and_then(|name| request.association(name, shown));
    Ok(json!({ "FirewallRuleGroupAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListFirewallRuleGroupAssociations {}, "")?;
    Ok(json!({ "FirewallRuleGroupAssociations": request.associations(&reply, shown) }))
}

fn shown(name: &Name, of: &Name, vpc: &Name, resource: &Resource) -> Value {
    let status = if resource.deleted { "DELETING" } else { "COMPLETE" };
    json!({
        "Id": name.as_str(),
        "FirewallRuleGroupId": of.as_str(),
        "VpcId": vpc.as_str(),
        "Status": status,
    })
}
