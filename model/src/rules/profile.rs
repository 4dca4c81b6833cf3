//! Route 53 Profiles and their associations with VPCs.

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
    &ADDED_WITH_A_PRIORITY,
    &DISASSOCIATED_ONCE,
    &ASSOCIATION_SEEN_BY_ITS_MAKER,
    &ASSOCIATION_SEEN_BY_THE_OWNER,
    &ASSOCIATION_LISTED_AFTER_REVOCATION,
    &KEPT_WHILE_ASSOCIATED,
    &DELETED_WHILE_CONSUMERS_USE_IT,
];

const SHARING: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html";

/// Owners make them.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "profile/made-by-its-owner",
    "An account can make Route 53 Profiles and delete them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_CreateProfile.html",
        "makes an empty Profile",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DeleteProfile.html",
        "deletes a Profile that is associated with no VPC",
    ),
])
.rows(&["PROF-01"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "profile/seen-while-shared",
    "A consumer's ListProfiles lists a shared Route 53 Profile.",
)
.documented(&[
    source(
        SHARING,
        "accounts that a Profile is shared with see it and associate it with their VPCs",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_ListProfiles.html",
        "lists the Profiles that the caller can use, its own and shared ones",
    ),
])
.rows(&["PROF-01", "RAM-08"]);

/// ShareStatus where it is not shared.
pub static MARKED_AS_NOT_SHARED: Rule = replies(
    "profile/marked-as-not-shared",
    "The ShareStatus of a Route 53 Profile that no share holds is NOT_SHARED.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_Profile.html",
    "ShareStatus says whether it is shared, and by whom",
)])
.rows(&["PROF-01"]);

/// ShareStatus to the owner.
pub static MARKED_AS_SHARED_BY_ITS_OWNER: Rule = replies(
    "profile/marked-as-shared-by-its-owner",
    "To its owner, the ShareStatus of a Route 53 Profile is SHARED_BY_ME once a principal is associated with its share.",
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_Profile.html",
        "ShareStatus has three words for whether it is shared, and does not say when each applies",
    ),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverRule.html",
        "of the same word for rules: the caller shares it with another account",
    ),
])
.rows(&["PROF-01"]);

/// ShareStatus to a consumer.
pub static MARKED_AS_SHARED_WITH_A_CONSUMER: Rule = replies(
    "profile/marked-as-shared-with-a-consumer",
    "To a consumer, the ShareStatus of a Route 53 Profile is SHARED_WITH_ME.",
)
.documented(&[
    source(SHARING, "a Profile that is shared with the account is marked as shared with it"),
    source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_Profile.html",
        "ShareStatus has the word SHARED_WITH_ME for it",
    ),
])
.rows(&["PROF-01"]);

/// An id of nothing.
pub static EXISTING: Rule = refuses(
    "profile/existing",
    "A call that names a Route 53 Profile which never existed is refused as not found or not valid.",
    &["ResourceNotFoundException", "ValidationException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_GetProfile.html",
    "ResourceNotFoundException: the resource doesn't exist; ValidationException: the request is not valid",
)])
.rows(&["PROF-01"]);

/// A Profile of another account.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "profile/known-to-the-caller",
    "A call that names a Route 53 Profile which is not shared with the caller is refused.",
    &["ResourceNotFoundException", "AccessDeniedException"],
)
.inferred(&[source(SHARING, "other accounts use it where its owner shares it with them")])
.rows(&["PROF-01"]);

/// Consumers don't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "profile/changed-by-its-owner-alone",
    "A consumer can't delete a Route 53 Profile that is shared with it by the default permission.",
    &["AccessDeniedException", "ResourceNotFoundException"],
)
.documented(&[source(
    SHARING,
    "only the owner of a Profile can delete it; the permission that a share has by default lets consumers read and associate it",
)])
.rows(&["PROF-01"]);

/// Consumers associate.
pub static ASSOCIATED_BY_CONSUMERS: Rule = grants(
    "profile/associated-by-consumers",
    "An account can associate its VPCs with a Route 53 Profile that it owns or that is shared with it, and disassociate them.",
)
.documented(&[source(
    SHARING,
    "accounts that it is shared with associate it with their VPCs",
)])
.rows(&["PROF-01"]);

/// VPCs of others.
pub static ASSOCIATED_WITH_OWN_VPCS: Rule = refuses_somehow(
    "profile/associated-with-own-vpcs",
    "An account can't associate a Route 53 Profile with a VPC of another account.",
    &[
        "InvalidRequestException",
        "InvalidParameterException",
        "ValidationException",
        "ResourceNotFoundException",
        "AccessDeniedException",
    ],
)
.inferred(&[source(SHARING, "speaks of the account's own VPCs alone")])
.rows(&["PROF-01"]);

/// A second Profile.
pub static ADDED_WITH_A_PRIORITY: Rule = refuses_somehow(
    "profile/added-with-a-priority",
    "A VPC that has a Route 53 Profile is given neither another one without a priority nor the same one under another name.",
    &["ValidationException", "ResourceExistsException", "ConflictException", "LimitExceededException", "InvalidParameterException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_AssociateProfile.html",
    "a VPC has two Profiles at most, each with a priority of its own; leaving it out for the second, or naming the first again with another name, fails with ValidationException; earlier versions allow one Profile and give no code",
)])
.rows(&["PROF-01"]);

/// Disassociating a VPC that is not associated.
pub static DISASSOCIATED_ONCE: Rule = refuses_somehow(
    "profile/disassociated-once",
    "A VPC that the caller has not associated with a Route 53 Profile can't be disassociated from it.",
    &["ResourceNotFoundException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DisassociateProfile.html",
    "removes an association; ResourceNotFoundException is declared",
)])
.rows(&["PROF-01"]);

/// The caller that lists an association.
pub static ASSOCIATION_SEEN_BY_ITS_MAKER: Rule = shows(
    "profile/association-seen-by-its-maker",
    "ListProfileAssociations lists the associations that the caller made.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_ListProfileAssociations.html",
    "lists the VPCs that Profiles are associated with",
)])
.rows(&["PROF-01"]);

/// The owner and the associations of consumers.
pub static ASSOCIATION_SEEN_BY_THE_OWNER: Rule = shows(
    "profile/association-seen-by-the-owner",
    "ListProfileAssociations does not list the associations of consumers to the owner of a Route 53 Profile.",
)
.inferred(&[source(
    SHARING,
    "the owner can view and delete the associations with VPCs that it owns; of those of consumers nothing is said",
)])
.rows(&["PROF-01"]);

/// The association after the share.
pub static ASSOCIATION_LISTED_AFTER_REVOCATION: Rule = shows(
    "profile/association-listed-after-revocation",
    "A consumer's association with a Route 53 Profile is no longer listed when the Profile is no longer shared with it.",
)
.open(
    "Is the association of a consumer still listed, or still there when the Profile is shared again, after it was unshared or deleted?",
    &[source(
        SHARING,
        "tells how a Profile is shared and used; what becomes of associations is not said expressly",
    )],
)
.rows(&["PROF-01"]);

/// Associations keep it.
pub static KEPT_WHILE_ASSOCIATED: Rule = refuses_somehow(
    "profile/kept-while-associated",
    "The owner can't delete a Route 53 Profile while VPCs of its own are associated with it.",
    &["ConflictException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DeleteProfile.html",
    "it has to be disassociated from all VPCs before",
)])
.rows(&["PROF-01"]);

/// Consumers' associations.
pub static DELETED_WHILE_CONSUMERS_USE_IT: Rule = grants(
    "profile/deleted-while-consumers-use-it",
    "The owner can delete a Route 53 Profile while only consumers have it associated.",
)
.open(
    "Can a shared Profile be deleted while VPCs of consumers alone are associated with it?",
    &[source(
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DeleteProfile.html",
        "asks for it to be disassociated from all VPCs, and does not speak of those of consumers",
    )],
)
.rows(&["PROF-01"]);
