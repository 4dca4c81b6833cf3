//! Route 53 Resolver, served from the model.
//!
//! Domains, names and times are answered and decide nothing.

mod firewall_rule_groups;
mod query_log_configs;
mod resolver_rules;
mod tags;

use bellwether_model::kinds::Dns;
use bellwether_model::resources::{firewall_rule_group, query_log_config, resolver_rule};
use bellwether_model::{Account, Name};
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use super::State;
use super::dns::{Request, Serve};
use super::json::{self, Failure, Protocol};
use super::members::ROUTE_53_RESOLVER;
use super::pages::{self, Filter, Pages};

/// The pages of the lists.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverRules.html>
static PAGES: Pages = Pages {
    reads: &ROUTE_53_RESOLVER,
    size: "MaxResults",
    token: "NextToken",
    usual: 100,
    wrong_size: "InvalidParameterException",
    wrong_token: "InvalidNextTokenException",
};

/// The list of an operation: those of its rows that fit the filters of the request, one page of them, and
/// the size of a page.
fn listed(
    request: &Request<'_>,
    operation: &str,
    list: &str,
    filters: &[Filter],
    mut rows: Vec<Value>,
) -> Result<Value, Failure> {
    let all = rows.len();
    pages::sift(&ROUTE_53_RESOLVER, operation, &request.input, filters, &mut rows)?;
    let filtered = rows.len();
    let page = PAGES.page(operation, &request.input, rows)?;
    let mut answer = json!({ list: page.rows });
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    if operation.contains("QueryLogConfig") {
        answer["TotalCount"] = json!(all);
        answer["TotalFilteredCount"] = json!(filtered);
    } else {
        answer["MaxResults"] = json!(page.size);
    }
    Ok(answer)
}

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
    let (serve, input) = json::requested(OPERATIONS, &ROUTE_53_RESOLVER, target(request), request)?;
    let mut request = Request { state, caller, input };
    serve(&mut request).map_err(|failure| as_recorded(&request, failure))
}

/// A kind of resources: the member that names one, and how a request that names none is refused.
struct Missing {
    dns: &'static Dns,
    member: &'static str,
    says: fn(id: &str, trace: &str) -> String,
}

/// As recorded in github.com/localstack/localstack
/// `tests/aws/services/route53resolver/test_route53resolver.snapshot.json`, and for rule groups in its tests.
static MISSING: [Missing; 3] = [
    Missing {
        dns: &resolver_rule::DNS,
        member: "ResolverRuleId",
        says: |id, _| format!("[RSLVR-00703] Resolver rule with ID \"{id}\" does not exist."),
    },
    Missing {
        dns: &query_log_config::DNS,
        member: "ResolverQueryLogConfigId",
        says: |_, trace| {
            format!(
                "[RSLVR-01601] The specified query logging configuration doesn't exist. Trace Id: \"{trace}\""
            )
        },
    },
    Missing {
        dns: &firewall_rule_group::DNS,
        member: "FirewallRuleGroupId",
        says: |id, trace| {
            format!("[RSLVR-02025] Can’t find the resource with ID \"{id}\". Trace Id: \"{trace}\"")
        },
    },
];

/// A failure in AWS's words, where a request names what its caller does not see.
fn as_recorded(request: &Request<'_>, failure: Failure) -> Failure {
    let missing = MISSING.iter().find_map(|it| {
        let id = request.input[it.member].as_str()?;
        let unknown = [it.dns.existing, it.dns.known_to_the_caller];
        let exists = request.state.world.resources.contains_key(&Name::new(id));
        let fits = unknown.iter().any(|rule| rule.says == failure.message)
            || (!exists && it.dns.disassociated_once.says == failure.message);
        fits.then(|| (it.says)(id, &request.trace_id()))
    });
    match missing {
        Some(message) if failure.code == "ResourceNotFoundException" => {
            Failure::new(failure.code, message)
        }
        Some(_) | None => failure,
    }
}
