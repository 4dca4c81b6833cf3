//! Query log configs of Route 53 Resolver and their associations with VPCs.

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
    &ASSOCIATION_ENDED_WITH_THE_SHARE,
    &KEPT_WHILE_ASSOCIATED,
    &KEPT_WHILE_SHARED,
    &TAGS_LISTED_TO_THEIR_MAKER,
    &TAGS_KEPT_FROM_CONSUMERS,
];

const SHARING: &str = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logging-configurations-managing-sharing.html";
const CONSUMED: &str = "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resolver_query_log_config_associate_skip_shared";
const RECORDED: &str = "github.com/localstack/localstack tests/aws/services/route53resolver/test_route53resolver.snapshot.json";

/// Owners make them.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "query-log-config/made-by-its-owner",
    "An account can make query log configs that log to a log group of its own, and delete them.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverQueryLogConfig.html",
    "makes a config from a name and the ARN of a destination; it does not say whether the destination is looked at",
)])
.rows(&["QLC-01", "QLC-03"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "query-log-config/seen-while-shared",
    "A consumer's ListResolverQueryLogConfigs lists a shared query log config, with the owner's account id.",
)
.documented_and_recorded(&[
    source(
        SHARING,
        "accounts that a config is shared with can use it with their VPCs",
    ),
    source(
        CONSUMED,
        "the consumer's list shows the owner's id and ARN, and the destination",
    ),
])
.rows(&["QLC-01", "RAM-08", "C19"]);

/// ShareStatus where it is not shared.
pub static MARKED_AS_NOT_SHARED: Rule = replies(
    "query-log-config/marked-as-not-shared",
    "The ShareStatus of a query log config that no share holds is NOT_SHARED.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverQueryLogConfig.html",
    "ShareStatus says whether it is shared, and by whom",
)])
.rows(&["QLC-01"]);

/// ShareStatus to the owner.
pub static MARKED_AS_SHARED_BY_ITS_OWNER: Rule = replies(
    "query-log-config/marked-as-shared-by-its-owner",
    "To its owner, the ShareStatus of a query log config is SHARED_BY_ME once a principal is associated with its share.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverQueryLogConfig.html",
    "SHARED_BY_ME: the caller shares it with another account",
)])
.rows(&["QLC-01"]);

/// ShareStatus to a consumer.
pub static MARKED_AS_SHARED_WITH_A_CONSUMER: Rule = replies(
    "query-log-config/marked-as-shared-with-a-consumer",
    "To a consumer, the ShareStatus of a query log config is SHARED_WITH_ME.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverQueryLogConfig.html",
        "SHARED_WITH_ME: another account shares it with the caller",
    ),
    source(CONSUMED, "the consumer reads SHARED_WITH_ME"),
])
.rows(&["QLC-01", "C19"]);

/// An id of nothing.
pub static EXISTING: Rule = refuses(
    "query-log-config/existing",
    "A call that names a query log config which never existed is refused as not found.",
    &["ResourceNotFoundException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetResolverQueryLogConfig.html",
        "ResourceNotFoundException: the specified resource doesn't exist",
    ),
    source(RECORDED, "reading an id of nothing: ResourceNotFoundException"),
])
.rows(&["QLC-03"]);

/// A config of another account.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "query-log-config/known-to-the-caller",
    "A call that names a query log config which is not shared with the caller is refused.",
    &["ResourceNotFoundException", "AccessDeniedException"],
)
.inferred(&[source(SHARING, "other accounts use it where its owner shares it with them")])
.rows(&["QLC-01"]);

/// Consumers don't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "query-log-config/changed-by-its-owner-alone",
    "A consumer can't delete a query log config that is shared with it.",
    &["AccessDeniedException", "ResourceNotFoundException"],
)
.documented(&[source(SHARING, "an account that it is shared with can't change or delete it")])
.rows(&["QLC-01"]);

/// Consumers associate.
pub static ASSOCIATED_BY_CONSUMERS: Rule = grants(
    "query-log-config/associated-by-consumers",
    "An account can associate its VPCs with a query log config that it owns or that is shared with it, and disassociate them.",
)
.documented(&[source(
    SHARING,
    "accounts that it is shared with associate it with their VPCs",
)])
.rows(&["QLC-01"]);

/// VPCs of others.
pub static ASSOCIATED_WITH_OWN_VPCS: Rule = refuses_somehow(
    "query-log-config/associated-with-own-vpcs",
    "An account can't associate a query log config with a VPC of another account.",
    &[
        "InvalidRequestException",
        "InvalidParameterException",
        "ValidationException",
        "ResourceNotFoundException",
        "AccessDeniedException",
    ],
)
.inferred(&[source(SHARING, "speaks of the account's own VPCs alone")])
.rows(&["QLC-01"]);

/// The same VPC again.
pub static ASSOCIATED_AGAIN: Rule = refuses_somehow(
    "query-log-config/associated-again",
    "A query log config is associated with the same VPC a second time.",
    &["ResourceExistsException", "InvalidRequestException"],
)
.open(
    "How does AWS refuse to associate a query log config with a VPC again, if it does?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverQueryLogConfig.html",
        "declares ResourceExistsException without saying when",
    )],
)
.rows(&["QLC-01"]);

/// Disassociating a VPC that is not associated.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "query-log-config/disassociated-once",
    "A VPC that the caller has not associated with a query log config can't be disassociated from it.",
    &["ResourceNotFoundException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverQueryLogConfig.html",
    "removes an association; ResourceNotFoundException is declared",
)])
.rows(&["QLC-01"]);

/// The caller that lists an association.
pub static ASSOCIATION_SEEN_BY_ITS_MAKER: Rule = shows(
    "query-log-config/association-seen-by-its-maker",
    "ListResolverQueryLogConfigAssociations lists the associations that the caller made.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverQueryLogConfigAssociations.html",
    "lists the associations between VPCs and configs",
)])
.rows(&["QLC-01"]);

/// The owner and the associations of consumers.
pub static ASSOCIATION_SEEN_BY_THE_OWNER: Rule = shows(
    "query-log-config/association-seen-by-the-owner",
    "ListResolverQueryLogConfigAssociations lists the associations of consumers to the owner of a query log config.",
)
.open(
    "Does the owner of a query log config list the associations that consumers made with it?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverQueryLogConfigAssociations.html",
        "lists the associations between VPCs and configs, without a word on those of consumers",
    )],
)
.rows(&["QLC-01", "C19"]);

/// The association after the share.
pub static ASSOCIATION_ENDED_WITH_THE_SHARE: Rule = shows(
    "query-log-config/association-ended-with-the-share",
    "A consumer's association with a query log config ends when its owner stops sharing the config with it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
        "when the owner stops sharing a config, the VPCs of those it was shared with are disassociated from it",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverQueryLogConfig.html",
        "that the owner stops sharing is one of the ways in which a VPC gets disassociated",
    ),
])
.rows(&["QLC-02"]);

/// Associations keep it.
pub static KEPT_WHILE_ASSOCIATED: Rule = refuses_somehow(
    "query-log-config/kept-while-associated",
    "The owner can't delete a query log config while VPCs of its own are associated with it.",
    &["InvalidRequestException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
    "all VPCs have to be disassociated before",
)])
.rows(&["QLC-02"]);

/// The share keeps it.
pub static KEPT_WHILE_SHARED: Rule = refuses_somehow(
    "query-log-config/kept-while-shared",
    "The owner can't delete a query log config while it is shared.",
    &["InvalidRequestException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
    "a config that is shared by RAM has to be unshared before",
)])
.rows(&["QLC-02"]);

/// The maker's tags to itself.
pub static TAGS_LISTED_TO_THEIR_MAKER: Rule = replies(
    "query-log-config/tags-listed-to-their-maker",
    "ListTagsForResource lists the tags that a query log config was made with to the account that made it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListTagsForResource.html",
    "lists the tags of a resource of Resolver by its ARN",
)])
.rows(&["QLC-01"]);

/// The maker's tags to others.
pub static TAGS_KEPT_FROM_CONSUMERS: Rule = refuses_somehow(
    "query-log-config/tags-kept-from-consumers",
    "The tags that a query log config was made with are not shown to those it is shared with: ListTagsForResource is refused, or lists none.",
    &["AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException"],
)
.inferred(&[source(
    SHARING,
    "the account that made it is the only one to add, delete or see tags; the page says so of a rule, where it speaks of configs otherwise",
)])
.rows(&["QLC-01"]);
