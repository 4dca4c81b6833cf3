//! The operations of Route 53 Resolver, one file each.
//!
//! To add one, write its file and give it a line below.

use aws_sdk_route53resolver::types::Tag;
use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name, parameters};

use super::Session;

operations_of! { "Route 53 Resolver":
    associate_firewall_rule_group::AssociateFirewallRuleGroup,
    associate_resolver_query_log_config::AssociateResolverQueryLogConfig,
    associate_resolver_rule::AssociateResolverRule,
    create_firewall_rule_group::CreateFirewallRuleGroup,
    create_resolver_query_log_config::CreateResolverQueryLogConfig,
    create_resolver_rule::CreateResolverRule,
    delete_firewall_rule_group::DeleteFirewallRuleGroup,
    delete_resolver_query_log_config::DeleteResolverQueryLogConfig,
    delete_resolver_rule::DeleteResolverRule,
    disassociate_firewall_rule_group::DisassociateFirewallRuleGroup,
    disassociate_resolver_query_log_config::DisassociateResolverQueryLogConfig,
    disassociate_resolver_rule::DisassociateResolverRule,
    get_firewall_rule_group::GetFirewallRuleGroup,
    get_resolver_query_log_config::GetResolverQueryLogConfig,
    get_resolver_rule::GetResolverRule,
    list_firewall_rule_group_associations::ListFirewallRuleGroupAssociations,
    list_firewall_rule_groups::ListFirewallRuleGroups,
    list_resolver_query_log_config_associations::ListResolverQueryLogConfigAssociations,
    list_resolver_query_log_configs::ListResolverQueryLogConfigs,
    list_resolver_rule_associations::ListResolverRuleAssociations,
    list_resolver_rules::ListResolverRules,
    list_tags_for_resource::ListTagsForResource,
    update_resolver_rule::UpdateResolverRule,
}

/// The tags to make something with; `None` if it is to have none.
fn sent_tags(tags: &[parameters::Tag]) -> Option<Vec<Tag>> {
    let built = tags.iter().filter_map(|it| {
        let value = it.value.as_deref().unwrap_or_default();
        Tag::builder().key(it.key.as_str()).value(value).build().ok()
    });
    (!tags.is_empty()).then(|| built.collect())
}
