//! DNS Firewall rule groups and their associations with VPCs.

use bellwether_model::Name;
use bellwether_model::answer::Field;
use bellwether_model::operations::route53resolver::{
    AssociateFirewallRuleGroup, CreateFirewallRuleGroup, DeleteFirewallRuleGroup,
    DisassociateFirewallRuleGroup, GetFirewallRuleGroup, ListFirewallRuleGroupAssociations,
    ListFirewallRuleGroups,
};
use bellwether_model::resources::firewall_rule_group::DNS;
use serde_json::{Map, Value, json};

use super::{PAGES, tags};
use crate::reference::dns::{Association, Request, put};
use crate::reference::json::Failure;

/// The attributes of one that are shown in lists as they are kept.
const KEPT: &[&str] = &["CreatorRequestId", "Name"];

/// The attributes of one that are shown elsewhere too.
const KEPT_OF_ONE: &[&str] = &["CreationTime", "ModificationTime", "StatusMessage"];

/// The attributes of an association that are shown as they are kept.
const KEPT_OF_ASSOCIATIONS: &[&str] = &[
    "CreationTime",
    "CreatorRequestId",
    "ModificationTime",
    "MutationProtection",
    "Name",
    "StatusMessage",
];

/// A group as lists show it.
fn listed(request: &Request<'_>, name: &Name, fields: &[Field]) -> Map<String, Value> {
    request.shown(name, KEPT, fields)
}

/// A group as answers about it alone show it. Its rules are not modelled.
fn group(request: &Request<'_>, name: &Name, fields: &[Field]) -> Map<String, Value> {
    let mut shown = listed(request, name, fields);
    shown.extend(request.kept(name, KEPT_OF_ONE));
    put(&mut shown, "RuleCount", 0);
    put(&mut shown, "Status", request.status(name, "COMPLETE"));
    shown
}

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("Name")?;
    // The API has no error that says that there is one already.
    if let Some(made) = request.made_before(&DNS) {
        return Ok(json!({ "FirewallRuleGroup": group(request, &made, &[]) }));
    }
    let call = CreateFirewallRuleGroup { tags: tags::given(request) };
    let (made, reply) = request.answer(call, DNS.id_prefix)?;
    request.keep(&made, &["CreatorRequestId", "Name"]);
    request.keep_made(&made, "Created Firewall Rule Group");
    Ok(json!({ "FirewallRuleGroup": group(request, &made, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("FirewallRuleGroupId")?;
    let (_, reply) =
        request.answer(GetFirewallRuleGroup { firewall_rule_group_id: named.clone() }, "")?;
    let shown = named.name().map(|name| group(request, name, &reply.fields));
    Ok(json!({ "FirewallRuleGroup": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListFirewallRuleGroups {}, "")?;
    let rows = request.listed(&reply, listed);
    PAGES.answer("ListFirewallRuleGroups", &request.input, "FirewallRuleGroups", rows)
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("FirewallRuleGroupId")?;
    request.answer(DeleteFirewallRuleGroup { firewall_rule_group_id: named.clone() }, "")?;
    if let Some(name) = named.name() {
        request.keep_changed(name, "Deleting Firewall Rule Group");
    }
    let shown = named.name().map(|name| group(request, name, &[]));
    Ok(json!({ "FirewallRuleGroup": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (firewall_rule_group_id, vpc_id) =
        (request.resource("FirewallRuleGroupId")?, request.resource("VpcId")?);
    let call = AssociateFirewallRuleGroup { firewall_rule_group_id, vpc_id };
    let (made, _) = request.answer(call, "rslvr-frgassoc-")?;
    request.state.keep(&made, "MutationProtection", "DISABLED");
    request.keep(&made, &["CreatorRequestId", "MutationProtection", "Name"]);
    if let Some(priority) = request.input["Priority"].as_i64() {
        request.state.keep(&made, "Priority", priority.to_string());
    }
    request.keep_made(&made, "Created Firewall Rule Group Association");
    Ok(json!({ "FirewallRuleGroupAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let association_id = request.resource("FirewallRuleGroupAssociationId")?;
    request.answer(DisassociateFirewallRuleGroup { association_id: association_id.clone() }, "")?;
    if let Some(name) = association_id.name() {
        request.keep_changed(name, "Deleting Firewall Rule Group Association");
    }
    let ended = association_id.name().and_then(|name| request.association(name, shown));
    Ok(json!({ "FirewallRuleGroupAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListFirewallRuleGroupAssociations {}, "")?;
    let mut rows = request.associations(&reply, shown);
    for member in ["FirewallRuleGroupId", "VpcId", "Priority", "Status"] {
        let asked = &request.input[member];
        rows.retain(|row| asked.is_null() || row[member] == *asked);
    }
    let (operation, list) = ("ListFirewallRuleGroupAssociations", "FirewallRuleGroupAssociations");
    PAGES.answer(operation, &request.input, list, rows)
}

fn shown(request: &Request<'_>, association: &Association<'_>) -> Map<String, Value> {
    let mut shown = request.kept(association.name, KEPT_OF_ASSOCIATIONS);
    let id = association.name.as_str();
    let (region, owner) = (&request.state.region, association.resource.owner);
    let arn =
        format!("arn:aws:route53resolver:{region}:{owner}:firewall-rule-group-association/{id}");
    put(&mut shown, "Id", id);
    put(&mut shown, "Arn", arn);
    put(&mut shown, "FirewallRuleGroupId", association.of.as_str());
    put(&mut shown, "VpcId", association.vpc.as_str());
    put(&mut shown, "Status", association.status("COMPLETE"));
    let priority = request.state.attribute(association.name, "Priority");
    if let Ok(priority) = priority.parse::<i64>() {
        put(&mut shown, "Priority", priority);
    }
    shown
}
