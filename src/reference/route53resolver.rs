//! Route 53 Resolver, served from the model.
//!
//! Domains, names and times are answered and decide nothing.

mod firewall_rule_groups;
mod query_log_configs;
mod resolver_rules;
mod tags;

use bellwether_model::Account;
use bytes::Bytes;
use http::Response;
use serde_json::Value;

use super::State;
use super::dns::{Request, Serve};
use super::json::{self, Failure, Protocol};

/// The operations that are served, in the order of their names.
static OPERATIONS: &[(&str, Serve)] = &[
    ("AssociateFirewallRuleGroup", firewall_rule_groups::associate),
    ("AssociateResolverQueryLogConfig", query_log_configs::associate),
    ("AssociateResolverRule", resolver_rules::associate),
    ("CreateFirewallRuleGroup", firewall_rule_groups::create),
    ("CreateResolverQueryLogConfig", query_log_configs::create),
    ("CreateResolverRule", resolver_rules::create),
    ("DeleteFirewallRuleGroup", firewall_rule_groups::delete),
    ("DeleteResolverQueryLogConfig", query_log_configs::delete),
    ("DeleteResolverRule", resolver_rules::delete),
    ("DisassociateFirewallRuleGroup", firewall_rule_groups::disassociate),
    ("DisassociateResolverQueryLogConfig", query_log_configs::disassociate),
    ("DisassociateResolverRule", resolver_rules::disassociate),
    ("GetFirewallRuleGroup", firewall_rule_groups::get),
    ("GetResolverQueryLogConfig", query_log_configs::get),
    ("GetResolverRule", resolver_rules::get),
    ("ListFirewallRuleGroupAssociations", firewall_rule_groups::list_associations),
    ("ListFirewallRuleGroups", firewall_rule_groups::list),
    ("ListResolverQueryLogConfigAssociations", query_log_configs::list_associations),
    ("ListResolverQueryLogConfigs", query_log_configs::list),
    ("ListResolverRuleAssociations", resolver_rules::list_associations),
    ("ListResolverRules", resolver_rules::list),
    ("ListTagsForResource", tags::list),
    ("UpdateResolverRule", resolver_rules::update),
];

/// The operation that a request to Route 53 Resolver names.
#[must_use]
pub fn target(request: &http::Request<Bytes>) -> Option<&str> {
    json::target(request, "Route53Resolver.")
}

/// Answers a request to Route 53 Resolver.
pub fn serve(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Response<Bytes> {
    json::answer(Protocol::Rpc, outcome(state, caller, request))
}

fn outcome(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Result<Value, Failure> {
    let (serve, input) = json::requested(OPERATIONS, target(request), request)?;
    serve(&mut Request { state, caller, input })
}
