//! Managed prefix lists.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &SHARED_UNLESS_MANAGED_BY_AWS,
    &ENTRIES_READ_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &REFERENCED_WHILE_SHARED,
    &REFERENCED_ONCE,
    &LISTED_WITH_THE_RULES_OF_A_GROUP,
    &KEPT_WHILE_REFERENCED,
    &DELETED_WHILE_REFERENCED,
    &USED_ONCE_ITS_DELETION_FAILED,
    &REFERENCES_LISTED_TO_ITS_OWNER,
    &REFERENCES_READ_BY_A_CONSUMER,
];

/// Owners make and change lists.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "prefix-list/made-by-its-owner",
    "An account can make managed prefix lists, change their entries and delete them.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    "the owner of a prefix list manages it",
)])
.rows(&["PL-01"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "prefix-list/seen-while-shared",
    "A consumer's DescribeManagedPrefixLists lists a shared prefix list, with the owner's account id.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-shared-prefixes.html",
    "consumers view the prefix lists that are shared with them, with the owner's id",
)])
.rows(&["PL-01", "PL-06", "RAM-08"]);

/// The lists of AWS's services.
pub static SHARED_UNLESS_MANAGED_BY_AWS: Rule = refuses_somehow(
    "prefix-list/shared-unless-managed-by-aws",
    "A prefix list that AWS manages, such as that of S3, can't be put into a share.",
    &[
        "MalformedArnException",
        "InvalidParameterException",
        "UnknownResourceException",
        "OperationNotPermittedException",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    "an account can't create, modify, share or delete a prefix list that AWS manages",
)])
.rows(&["RAM-ASSOC-19"]);

/// The entries are readable.
pub static ENTRIES_READ_WHILE_SHARED: Rule = grants(
    "prefix-list/entries-read-while-shared",
    "The owner and the consumers of a prefix list can read its entries, as they are now.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-managed-prefix-lists.html",
    "consumers can view the entries of a shared prefix list",
)])
.rows(&["PL-01"]);

/// A list that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "prefix-list/known-to-the-caller",
    "A prefix list that is not visible to the caller is refused as not existing.",
    &["InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound", "InvalidPrefixListId.Malformed"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidPrefixListID.NotFound: the list does not exist; InvalidPrefixListId.Malformed: it is no list's id",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ec2/errors.go",
        "the provider knows both spellings of the code",
    ),
    source(
        "github.com/aws/aws-application-networking-k8s issue 172",
        "GetManagedPrefixListEntries of an id that the Region does not have: InvalidPrefixListID.NotFound",
    ),
])
.rows(&["PL-03", "PL-05"]);

/// The consumer only reads.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "prefix-list/changed-by-its-owner-alone",
    "A consumer can't change or delete a prefix list that is shared with it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-perms.html",
    "consumers can't modify, restore or delete a shared prefix list",
)])
.rows(&["PL-02"]);

/// Rules name lists.
pub static REFERENCED_WHILE_SHARED: Rule = grants(
    "prefix-list/referenced-while-shared",
    "The owner and the consumers of a prefix list can name it in rules of their security groups.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-managed-prefix-lists.html",
    "consumers reference shared prefix lists in their own resources",
)])
.rows(&["PL-03"]);

/// The same rule again.
pub static REFERENCED_ONCE: Rule = refuses(
    "prefix-list/referenced-once",
    "A security group can't have the same rule twice.",
    &["InvalidPermission.Duplicate"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidPermission.Duplicate: the rule exists already",
)])
.rows(&["PL-04"]);

/// The rules of a group.
pub static LISTED_WITH_THE_RULES_OF_A_GROUP: Rule = shows(
    "prefix-list/listed-with-the-rules-of-a-group",
    "A security group is listed to its owner with the prefix lists that its rules name, and with no other.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html",
        "ipPermissions: the inbound rules of the security group",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
        "PrefixListIds: the prefix lists of a rule",
    ),
])
.rows(&["PL-03"]);

/// References keep a list.
pub static KEPT_WHILE_REFERENCED: Rule = shows(
    "prefix-list/kept-while-referenced",
    "A prefix list that its owner deletes while a security group names it is still there, whoever owns the group, and whether the list is shared with that account or not.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html",
        "all references to the list have to be removed first",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-perms.html",
        "the owner can't delete a list that a consumer's resource references",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-shared-prefixes.html",
        "references of consumers go on after unsharing",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 20991",
        "a list is replaced while security groups name it, and stays, in the state delete-failed",
    ),
])
.rows(&["PL-03", "PL-04"]);

/// The answer to such a deletion.
pub static DELETED_WHILE_REFERENCED: Rule = grants(
    "prefix-list/deleted-while-referenced",
    "The deletion of a prefix list that a security group names is granted, and fails later.",
)
.open(
    "Is DeleteManagedPrefixList refused at once while a security group names the list, or granted, whereupon the list becomes delete-failed?",
    &[
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html",
            "a list has the states delete-in-progress and delete-failed, and a message",
        ),
        source(
            "github.com/hashicorp/terraform-provider-aws internal/service/ec2/wait.go",
            "the provider waits after a call that was granted, and takes its error from the message of delete-failed",
        ),
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html",
            "does not say when a reference is noticed",
        ),
    ],
)
.rows(&["PL-03", "PL-04"]);

/// A list whose deletion failed.
pub static USED_ONCE_ITS_DELETION_FAILED: Rule = grants(
    "prefix-list/used-once-its-deletion-failed",
    "A prefix list whose deletion failed is seen by its consumers, used, changed and deleted as before.",
)
.open(
    "What can be done with a prefix list that is delete-failed, by its owner and by its consumers?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html",
        "names the state delete-failed, and not what it means",
    )],
)
.rows(&["PL-03", "PL-04"]);

/// GetManagedPrefixListAssociations.
pub static REFERENCES_LISTED_TO_ITS_OWNER: Rule = replies(
    "prefix-list/references-listed-to-its-owner",
    "GetManagedPrefixListAssociations lists to the owner what refers to a prefix list, with the account that owns it, also when the list is no longer shared.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-shared-prefixes.html",
        "the owner sees the ids and owners of the resources that refer to a shared list; references go on after unsharing",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrefixListAssociation.html",
        "ResourceId and ResourceOwner of an association",
    ),
])
.rows(&["PL-03", "PL-04"]);

/// The same, asked by a consumer.
pub static REFERENCES_READ_BY_A_CONSUMER: Rule = refuses_somehow(
    "prefix-list/references-read-by-a-consumer",
    "A consumer can't read what refers to a prefix list that is shared with it.",
    &["UnauthorizedOperation"],
)
.open(
    "What does GetManagedPrefixListAssociations answer to a consumer: a refusal, its own references, or all?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-shared-prefixes.html",
        "says what the owner sees of references, and nothing of consumers",
    )],
)
.rows(&["PL-04"]);
