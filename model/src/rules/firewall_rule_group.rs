//! DNS Firewall rule groups and their associations with VPCs.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
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
    &DISASSOCIATED_ONCE,
    &ASSOCIATION_SEEN_BY_ITS_MAKER,
    &ASSOCIATION_SEEN_BY_THE_OWNER,
    &ASSOCIATION_REMOVED_BY_THE_OWNER,
    &ASSOCIATION_ENDED_WITH_THE_SHARE,
    &KEPT_WHILE_ASSOCIATED,
    &TAGS_LISTED_TO_THEIR_MAKER,
    &TAGS_KEPT_FROM_CONSUMERS,
];

const SHARING: &str = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-group-sharing.html";
const RECORDED: &str = "github.com/localstack/localstack tests/aws/services/route53resolver/test_route53resolver.snapshot.json";

/// Owners make them.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "firewall-rule-group/made-by-its-owner",
    "An account can make DNS Firewall rule groups and delete them.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateFirewallRuleGroup.html",
        "makes an empty group that rules can be added to",
    ),
    source(RECORDED, "a group is made, read and deleted"),
])
.rows(&["FW-01", "FW-02"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "firewall-rule-group/seen-while-shared",
    "A consumer's ListFirewallRuleGroups lists a shared DNS Firewall rule group, with the owner's account id.",
)
.documented(&[
    source(
        SHARING,
        "accounts that a group is shared with can use it with their VPCs",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroupMetadata.html",
        "a listed group names its owner, and whether it is shared with the caller",
    ),
])
.rows(&["FW-01", "RAM-08"]);

/// ShareStatus where it is not shared.
pub static MARKED_AS_NOT_SHARED: Rule = replies(
    "firewall-rule-group/marked-as-not-shared",
    "The ShareStatus of a DNS Firewall rule group that no share holds is NOT_SHARED.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroup.html",
        "ShareStatus says whether it is shared, and by whom",
    ),
    source(RECORDED, "a new group is NOT_SHARED"),
])
.rows(&["FW-01", "FW-03"]);

/// ShareStatus to the owner.
pub static MARKED_AS_SHARED_BY_ITS_OWNER: Rule = replies(
    "firewall-rule-group/marked-as-shared-by-its-owner",
    "To its owner, the ShareStatus of a DNS Firewall rule group is SHARED_BY_ME once a principal is associated with its share.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroup.html",
    "SHARED_BY_ME: the caller shares it with another account",
)])
.rows(&["FW-01"]);

/// ShareStatus to a consumer.
pub static MARKED_AS_SHARED_WITH_A_CONSUMER: Rule = replies(
    "firewall-rule-group/marked-as-shared-with-a-consumer",
    "To a consumer, the ShareStatus of a DNS Firewall rule group is SHARED_WITH_ME.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroup.html",
    "SHARED_WITH_ME: another account shares it with the caller",
)])
.rows(&["FW-01"]);

/// An id of nothing.
pub static EXISTING: Rule = refuses(
    "firewall-rule-group/existing",
    "A call that names a DNS Firewall rule group which never existed is refused as not found.",
    &["ResourceNotFoundException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetFirewallRuleGroup.html",
        "ResourceNotFoundException: the specified resource doesn't exist",
    ),
    source(RECORDED, "reading an id of nothing: ResourceNotFoundException"),
])
.rows(&["FW-02"]);

/// A rule group of another account.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "firewall-rule-group/known-to-the-caller",
    "A call that names a DNS Firewall rule group which is not shared with the caller is refused.",
    &["ResourceNotFoundException", "AccessDeniedException"],
)
.inferred(&[source(SHARING, "other accounts use it where its owner shares it with them")])
.rows(&["FW-01"]);

/// Consumers don't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "firewall-rule-group/changed-by-its-owner-alone",
    "A consumer can't delete a DNS Firewall rule group that is shared with it.",
    &["AccessDeniedException", "ResourceNotFoundException"],
)
.documented(&[source(SHARING, "an account that it is shared with can't change or delete it")])
.rows(&["FW-01"]);

/// Consumers associate.
pub static ASSOCIATED_BY_CONSUMERS: Rule = grants(
    "firewall-rule-group/associated-by-consumers",
    "An account can associate its VPCs with a DNS Firewall rule group that it owns or that is shared with it, and disassociate them.",
)
.documented(&[source(
    SHARING,
    "accounts that it is shared with associate it with their VPCs",
)])
.rows(&["FW-01"]);

/// VPCs of others.
pub static ASSOCIATED_WITH_OWN_VPCS: Rule = refuses_somehow(
    "firewall-rule-group/associated-with-own-vpcs",
    "An account can't associate a DNS Firewall rule group with a VPC of another account.",
    &[
        "InvalidRequestException",
        "InvalidParameterException",
        "ValidationException",
        "ResourceNotFoundException",
        "AccessDeniedException",
    ],
)
.inferred(&[source(SHARING, "speaks of the account's own VPCs alone")])
.rows(&["FW-01"]);

/// The same VPC again.
pub static ASSOCIATED_AGAIN: Rule = refuses_somehow(
    "firewall-rule-group/associated-again",
    "A DNS Firewall rule group is associated with the same VPC a second time.",
    &["ConflictException", "ValidationException"],
)
.open(
    "How does AWS refuse to associate a DNS Firewall rule group with a VPC again, if it does?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html",
        "declares ConflictException without saying when",
    )],
)
.rows(&["FW-01"]);

/// Disassociating a VPC that is not associated.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "firewall-rule-group/disassociated-once",
    "A VPC that the caller has not associated with a DNS Firewall rule group can't be disassociated from it.",
    &["ResourceNotFoundException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateFirewallRuleGroup.html",
    "removes an association; ResourceNotFoundException is declared",
)])
.rows(&["FW-01"]);

/// The caller that lists an association.
pub static ASSOCIATION_SEEN_BY_ITS_MAKER: Rule = shows(
    "firewall-rule-group/association-seen-by-its-maker",
    "ListFirewallRuleGroupAssociations lists the associations that the caller made.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListFirewallRuleGroupAssociations.html",
    "retrieves the associations that the caller has defined",
)])
.rows(&["FW-01"]);

/// The owner and the associations of consumers.
pub static ASSOCIATION_SEEN_BY_THE_OWNER: Rule = shows(
    "firewall-rule-group/association-seen-by-the-owner",
    "ListFirewallRuleGroupAssociations lists the associations of consumers to the owner of a DNS Firewall rule group.",
)
.open(
    "Does the owner of a DNS Firewall rule group list the associations that consumers made with it?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListFirewallRuleGroupAssociations.html",
        "retrieves the associations that the caller has defined, without a word on those of consumers",
    )],
)
.rows(&["FW-01"]);

/// The owner and the associations of consumers.
pub static ASSOCIATION_REMOVED_BY_THE_OWNER: Rule = refuses_somehow(
    "firewall-rule-group/association-removed-by-the-owner",
    "The owner of a DNS Firewall rule group takes away the association of a consumer.",
    &["ResourceNotFoundException", "AccessDeniedException"],
)
.open(
    "Can the owner of a rule group take away the association of a consumer while the group is shared?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateFirewallRuleGroup.html",
        "takes the id of an association, and does not say whose it may be",
    )],
)
.rows(&["FW-01"]);

/// The association after the share.
pub static ASSOCIATION_ENDED_WITH_THE_SHARE: Rule = shows(
    "firewall-rule-group/association-ended-with-the-share",
    "A consumer's association with a DNS Firewall rule group ends when the group is no longer shared with it, or is deleted.",
)
.documented(&[source(
    SHARING,
    "unsharing or deleting a group removes the associations that other accounts made with it",
)])
.rows(&["FW-01"]);

/// Associations keep it.
pub static KEPT_WHILE_ASSOCIATED: Rule = refuses_somehow(
    "firewall-rule-group/kept-while-associated",
    "The owner can't delete a DNS Firewall rule group while VPCs of its own are associated with it.",
    &["ConflictException"],
)
.documented(&[
    source(
        SHARING,
        "the associations of other accounts go with a group that is deleted; those of its owner are not among them",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteFirewallRuleGroup.html",
        "declares ConflictException",
    ),
])
.rows(&["FW-01"]);

/// The maker's tags to itself.
pub static TAGS_LISTED_TO_THEIR_MAKER: Rule = replies(
    "firewall-rule-group/tags-listed-to-their-maker",
    "ListTagsForResource lists the tags that a DNS Firewall rule group was made with to the account that made it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListTagsForResource.html",
    "lists the tags of a resource of Resolver by its ARN",
)])
.rows(&["FW-01"]);

/// The maker's tags to others.
pub static TAGS_KEPT_FROM_CONSUMERS: Rule = refuses_somehow(
    "firewall-rule-group/tags-kept-from-consumers",
    "The tags that a DNS Firewall rule group was made with are not shown to those it is shared with: ListTagsForResource is refused, or lists none.",
    &["AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException"],
)
.documented(&[source(
    SHARING,
    "the account that made a group is the only one to add, delete or see tags on it",
)])
.rows(&["FW-01"]);
