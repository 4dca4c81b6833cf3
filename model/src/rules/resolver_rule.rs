//! Resolver rules and their associations with VPCs.
//!
//! The effect of sharing a rule is documented, and recorded of rules that forward. The model's
//! rules are of type SYSTEM, which need no endpoint; that they are shared alike is inferred, and so
//! is everything that follows from such a share.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SYSTEM_RULES_SHARED,
    &SEEN_WHILE_SHARED,
    &MARKED_AS_NOT_SHARED,
    &MARKED_AS_SHARED_BY_ITS_OWNER,
    &MARKED_AS_SHARED_WITH_A_CONSUMER,
    &EXISTING,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &ASSOCIATED_BY_CONSUMERS,
    &ASSOCIATED_WITH_OWN_VPCS,
    &ASSOCIATED_AGAIN,
    &ONE_PER_DOMAIN_AND_VPC,
    &DISASSOCIATED_ONCE,
    &ASSOCIATION_SEEN_BY_ITS_MAKER,
    &ASSOCIATION_LISTED_AFTER_REVOCATION,
    &ASSOCIATION_ENDED_BY_A_MOVE,
    &DISASSOCIATED_AFTER_A_MOVE,
    &KEPT_WHILE_ASSOCIATED,
    &DELETED_WHILE_CONSUMERS_USE_IT,
    &TAGS_LISTED_TO_THEIR_MAKER,
    &TAGS_KEPT_FROM_CONSUMERS,
];

const SHARING: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-rules-managing.html";
const RULE: &str =
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverRule.html";
const ACCEPTANCE: &str = "github.com/hashicorp/terraform-provider-aws internal/service/route53resolver/rule_data_source_test.go";
const RECORDED: &str = "github.com/localstack/localstack tests/aws/services/route53resolver/test_route53resolver.snapshot.json";

/// Owners make rules.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "resolver-rule/made-by-its-owner",
    "An account can make Resolver rules of type SYSTEM without an endpoint, rename them and delete them.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html",
        "an endpoint is for rules that forward; a rule of type SYSTEM has none",
    ),
    source(RECORDED, "a SYSTEM rule is made, read and deleted"),
])
.rows(&["RR-08"]);

/// The type of rule that needs no endpoint is shared too.
pub static SYSTEM_RULES_SHARED: Rule = grants(
    "resolver-rule/system-rules-shared",
    "A Resolver rule of type SYSTEM can be shared like one that forwards.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
    "names Resolver rules as shareable, and takes no type of rule out",
)])
.rows(&["RR-01", "RR-08"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "resolver-rule/seen-while-shared",
    "A consumer's ListResolverRules lists a shared Resolver rule, with the owner's account id.",
)
.inferred(&[
    source(SHARING, "accounts that a rule is shared with can view it; the rules here are SYSTEM rules, of which the page does not speak in particular"),
    source(
        ACCEPTANCE,
        "the consumer's read shows the owner's id and ARN once the share has settled",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 11902",
        "right after the principal is associated the rule is not there yet for a while",
    ),
])
.rows(&["RR-02", "RR-04", "RR-09", "RAM-08", "C18", "C20"]);

/// ShareStatus where it is not shared.
pub static MARKED_AS_NOT_SHARED: Rule = replies(
    "resolver-rule/marked-as-not-shared",
    "The ShareStatus of a Resolver rule that no share holds is NOT_SHARED.",
)
.documented_and_recorded(&[
    source(RULE, "ShareStatus says whether the rule is shared, and by whom"),
    source(RECORDED, "a new rule is NOT_SHARED"),
])
.rows(&["RR-02", "RR-08"]);

/// ShareStatus to the owner.
pub static MARKED_AS_SHARED_BY_ITS_OWNER: Rule = replies(
    "resolver-rule/marked-as-shared-by-its-owner",
    "To its owner, the ShareStatus of a Resolver rule is SHARED_BY_ME once a principal is associated with its share.",
)
.inferred(&[
    source(RULE, "SHARED_BY_ME: the caller shares the rule with another account"),
    source(ACCEPTANCE, "the owner reads SHARED_BY_ME after sharing"),
])
.rows(&["RR-02", "C17"]);

/// ShareStatus to a consumer.
pub static MARKED_AS_SHARED_WITH_A_CONSUMER: Rule = replies(
    "resolver-rule/marked-as-shared-with-a-consumer",
    "To a consumer, the ShareStatus of a Resolver rule is SHARED_WITH_ME.",
)
.inferred(&[
    source(RULE, "SHARED_WITH_ME: another account shares the rule with the caller"),
    source(ACCEPTANCE, "the consumer reads SHARED_WITH_ME"),
])
.rows(&["RR-02", "C18"]);

/// An id of nothing.
pub static EXISTING: Rule = refuses(
    "resolver-rule/existing",
    "A call that names a Resolver rule which never existed is refused as not found.",
    &["ResourceNotFoundException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetResolverRule.html",
        "ResourceNotFoundException: the specified resource doesn't exist",
    ),
    source(RECORDED, "reading, deleting or associating an id of no rule: ResourceNotFoundException"),
])
.rows(&["RR-05"]);

/// A rule of others.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "resolver-rule/known-to-the-caller",
    "A call that names a Resolver rule which is not shared with the caller is refused.",
    &["ResourceNotFoundException", "AccessDeniedException"],
)
.documented(&[source(
    SHARING,
    "other accounts use a rule only where its owner shares it with them",
)])
.rows(&["RR-05", "RR-06"]);

/// Consumers don't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "resolver-rule/changed-by-its-owner-alone",
    "A consumer can't change or delete a Resolver rule that is shared with it.",
    &["AccessDeniedException", "ResourceNotFoundException"],
)
.documented(&[source(SHARING, "an account that a rule is shared with can't change or delete it")])
.rows(&["RR-04"]);

/// Consumers associate.
pub static ASSOCIATED_BY_CONSUMERS: Rule = grants(
    "resolver-rule/associated-by-consumers",
    "An account can associate its VPCs with a Resolver rule that it owns or that is shared with it, and disassociate them.",
)
.inferred(&[source(
    SHARING,
    "accounts that a rule is shared with associate it with their VPCs; the rules here are SYSTEM rules, of which the page does not speak in particular",
)])
.rows(&["RR-04"]);

/// VPCs of others.
pub static ASSOCIATED_WITH_OWN_VPCS: Rule = refuses_somehow(
    "resolver-rule/associated-with-own-vpcs",
    "An account can't associate a Resolver rule with a VPC of another account.",
    &["InvalidRequestException", "ResourceNotFoundException", "AccessDeniedException"],
)
.inferred(&[source(SHARING, "speaks of the account's own VPCs alone")])
.rows(&["RR-04"]);

/// The same VPC again.
pub static ASSOCIATED_AGAIN: Rule = refuses(
    "resolver-rule/associated-again",
    "A Resolver rule can't be associated with the same VPC a second time.",
    &["InvalidRequestException", "ResourceExistsException"],
)
.documented_and_recorded(&[
    source(
        "github.com/crossplane-contrib/provider-upjet-aws issue 1010",
        "a log: AssociateResolverRule again after it has worked, InvalidRequestException, no two rules of one domain for one VPC",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverRule.html",
        "ResourceExistsException: what is to be made exists already",
    ),
])
.rows(&["RR-04"]);

/// Another rule for the same domain.
pub static ONE_PER_DOMAIN_AND_VPC: Rule = refuses(
    "resolver-rule/one-per-domain-and-vpc",
    "Two Resolver rules for one domain can't be associated with one VPC, whoever owns the rules.",
    &["InvalidRequestException"],
)
.recorded(&[
    source(
        "github.com/crossplane-contrib/provider-upjet-aws issue 1010",
        "AWS's answer in a log, InvalidRequestException RSLVR-00802: rules with the same domain name can't be associated with the same VPC; there it is met by one rule that is associated again",
    ),
    source(
        "github.com/giantswarm/aws-resolver-rules-operator pkg/aws/resolverclient.go",
        "a client is answered the same where another rule with the domain is associated with the VPC, which it takes for done",
    ),
])
.rows(&["RR-04"]);

/// Disassociating a VPC that is not associated.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "resolver-rule/disassociated-once",
    "A VPC that the caller has not associated with a Resolver rule can't be disassociated from it.",
    &["ResourceNotFoundException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverRule.html",
    "removes the association of a VPC with a rule; ResourceNotFoundException is declared",
)])
.rows(&["RR-04"]);

/// The caller that lists an association.
pub static ASSOCIATION_SEEN_BY_ITS_MAKER: Rule = shows(
    "resolver-rule/association-seen-by-its-maker",
    "ListResolverRuleAssociations lists the associations that the caller made.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverRuleAssociations.html",
    "lists the associations that the current account created",
)])
.rows(&["RR-04"]);

/// The association after the share.
pub static ASSOCIATION_LISTED_AFTER_REVOCATION: Rule = shows(
    "resolver-rule/association-listed-after-revocation",
    "A consumer's association with a Resolver rule is no longer listed when the rule is no longer shared with it.",
)
.open(
    "Is the association of a consumer still listed, or still there when the rule is shared again, after the rule was unshared or deleted?",
    &[source(
        SHARING,
        "names are resolved as if the rule were disassociated; of the association itself it speaks only where an account leaves a unit",
    )],
)
.rows(&["RR-06"]);

/// Accounts that move out of a unit.
pub static ASSOCIATION_ENDED_BY_A_MOVE: Rule = shows(
    "resolver-rule/association-ended-by-a-move",
    "The association of an account with a Resolver rule that is shared with its unit is deleted when the account moves to a unit that the rule is not shared with.",
)
.documented(&[source(
    SHARING,
    "where a rule is shared with a unit and an account moves to another unit, the associations of the account's VPCs with the rule are deleted, unless it is shared with the new unit too",
)])
.rows(&["RR-06"]);

/// What is being deleted.
pub static DISASSOCIATED_AFTER_A_MOVE: Rule = refuses_somehow(
    "resolver-rule/disassociated-after-a-move",
    "An account that moved out of the unit which a Resolver rule is shared with can't disassociate it from a VPC.",
    &["ResourceNotFoundException"],
)
.open(
    "What does DisassociateResolverRule answer right after the account moved out of the unit that the rule is shared with?",
    &[source(
        SHARING,
        "says that the associations are deleted, and not how soon",
    )],
)
.rows(&["RR-06"]);

/// The owner's own associations keep it.
pub static KEPT_WHILE_ASSOCIATED: Rule = refuses(
    "resolver-rule/kept-while-associated",
    "The owner can't delete a Resolver rule while VPCs of its own are associated with it.",
    &["ResourceInUseException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverRule.html",
    "VPCs have to be disassociated first; ResourceInUseException: disassociate the rule before deleting it",
)])
.rows(&["RR-07"]);

/// Consumers' associations.
pub static DELETED_WHILE_CONSUMERS_USE_IT: Rule = grants(
    "resolver-rule/deleted-while-consumers-use-it",
    "The owner can delete a Resolver rule while only consumers have it associated.",
)
.open(
    "Can a shared rule be deleted while VPCs of consumers alone are associated with it?",
    &[source(
        SHARING,
        "says what consumers lose when the owner deletes a shared rule; the API asks for VPCs to be disassociated first",
    )],
)
.rows(&["RR-07"]);

/// The maker's tags to itself.
pub static TAGS_LISTED_TO_THEIR_MAKER: Rule = replies(
    "resolver-rule/tags-listed-to-their-maker",
    "ListTagsForResource lists the tags that a Resolver rule was made with to the account that made it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListTagsForResource.html",
    "lists the tags of a resource of Resolver by its ARN",
)])
.rows(&["RR-04"]);

/// The maker's tags to others.
pub static TAGS_KEPT_FROM_CONSUMERS: Rule = refuses_somehow(
    "resolver-rule/tags-kept-from-consumers",
    "The tags that a Resolver rule was made with are not shown to those it is shared with: ListTagsForResource is refused, or lists none.",
    &["AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException"],
)
.documented_and_recorded(&[
    source(SHARING, "the account that made a rule is the only one to add, delete or see tags on it"),
    source(ACCEPTANCE, "the consumer's read of a shared rule comes without the tags that it was made with"),
])
.rows(&["RR-04"]);
