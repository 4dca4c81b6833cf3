//! License configurations of License Manager.

use super::{Rule, grants, refuses_somehow, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &LAUNCHED_WHERE_VISIBLE,
    &KEPT_WHILE_IN_USE,
    &USED_AFTER_REVOCATION,
];

const DELETE: &str = "https://docs.aws.amazon.com/license-manager/latest/APIReference/API_DeleteLicenseConfiguration.html";

/// Owners make them.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "license-configuration/made-by-its-owner",
    "An account can make license configurations, rename them and delete them.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateLicenseConfiguration.html",
        "makes a configuration from a name and what is counted",
    ),
    source(DELETE, "deletes one that is not in use"),
])
.rows(&["LM-05", "LM-08"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "license-configuration/seen-while-shared",
    "A consumer's ListLicenseConfigurations lists a shared license configuration, with the owner's account id.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/license-manager/latest/APIReference/API_LicenseConfiguration.html",
        "a listed configuration names the account that owns it",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "license configurations are shared with any account",
    ),
])
.rows(&["LM-01", "LM-02", "RAM-08"]);

/// A configuration of another account, or of nobody.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "license-configuration/known-to-the-caller",
    "A call that names a license configuration which the caller does not see is refused.",
    &["InvalidParameterValueException", "AuthorizationException", "AccessDeniedException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/license-manager/latest/APIReference/API_GetLicenseConfiguration.html",
    "declares these errors, and none for what is not found",
)])
.rows(&["LM-02", "LM-04"]);

/// Consumers don't change it.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "license-configuration/changed-by-its-owner-alone",
    "A consumer can't rename or delete a license configuration that is shared with it.",
    &["AuthorizationException", "AccessDeniedException", "InvalidParameterValueException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/license-manager/latest/APIReference/API_UpdateLicenseConfiguration.html",
    "declares these errors; that consumers do not change what is shared with them holds for all types of its kind",
)])
.rows(&["LM-04"]);

/// Launches.
pub static LAUNCHED_WHERE_VISIBLE: Rule = refuses_somehow(
    "license-configuration/launched-where-visible",
    "An account can launch an instance with a license configuration that it owns or that is shared with it, and with no other.",
    &["UnauthorizedOperation", "InvalidParameterValue", "InvalidLicenseConfigurationId.NotFound"],
)
.inferred(&[source(
    "github.com/aws-solutions/instance-scheduler-on-aws issue 306",
    "instances that were launched with the configuration of another account: starting one without a permission for the owner's ARN is refused as UnauthorizedOperation",
)])
.rows(&["LM-03"]);

/// In use.
pub static KEPT_WHILE_IN_USE: Rule = refuses_somehow(
    "license-configuration/kept-while-in-use",
    "The owner can't delete a license configuration that an instance was launched with, its own or a consumer's.",
    &["InvalidParameterValueException", "ConflictException"],
)
.documented(&[source(DELETE, "a configuration that is in use can't be deleted")])
.rows(&["LM-05"]);

/// Use by an account that has lost its grant.
pub static USED_AFTER_REVOCATION: Rule = shows(
    "license-configuration/used-after-revocation",
    "An instance that was launched with a license configuration uses it after the configuration is no longer shared with its account.",
)
.open(
    "Does an instance use a license configuration that is no longer shared with its account, so that it can't be deleted?",
    &[source(DELETE, "one in use can't be deleted; what unsharing does to instances is not said")],
)
.rows(&["LM-07"]);
