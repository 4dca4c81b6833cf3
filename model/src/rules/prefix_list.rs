//! Managed prefix lists.

use super::{Rule, grants, refuses, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &ENTRIES_READ_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
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
    "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-managed-prefix-lists.html",
    "consumers view the prefix lists that are shared with them, with the owner's id",
)])
.rows(&["PL-01", "PL-06", "RAM-08"]);

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
    &["InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidPrefixListId.NotFound: the prefix list does not exist",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ec2/errors.go",
        "the provider knows both spellings of the code",
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
    "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-managed-prefix-lists.html",
    "consumers can't modify, restore or delete a shared prefix list",
)])
.rows(&["PL-02"]);
