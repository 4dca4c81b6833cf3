//! The operations of Route 53 Resolver, one file each.
//!
//! To add one, write its file and give it a line below.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name};

use super::Session;

operations_of! { "Route 53 Resolver":
    associate_resolver_rule::AssociateResolverRule,
    create_resolver_rule::CreateResolverRule,
    delete_resolver_rule::DeleteResolverRule,
    disassociate_resolver_rule::DisassociateResolverRule,
    get_resolver_rule::GetResolverRule,
    list_resolver_rule_associations::ListResolverRuleAssociations,
    list_resolver_rules::ListResolverRules,
    update_resolver_rule::UpdateResolverRule,
}
