//! Principals: who can be named, and when.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &ORGANIZATION_BY_ARN,
    &UNIT_BY_ARN,
    &ACCOUNT_BY_ID,
    &IN_AN_ACCEPTED_FORM,
    &ORGANIZATION_RESOLVED,
    &UNIT_RESOLVED,
    &UNIT_BY_THE_ARN_OF_MANAGEMENT,
    &ORGANIZATION_BY_ANOTHER_ARN,
    &RESOLVED_ONCE_FULLY_ENABLED,
    &OF_THE_OWN_ORGANIZATION,
    &ORGANIZATION_OF_ITS_OWNER,
    &ORGANIZATION_AND_UNITS_NAMED,
    &OUTSIDERS_WHERE_ALLOWED,
    &OUTSIDERS_OF_A_STANDALONE_OWNER,
    &SERVICE_ALONE,
    &SERVICE_NAMED,
    &SERVICE_IN_AN_OPEN_SHARE,
    &ACCOUNT_UNCHECKED,
    &NAMED_ONCE,
    &OWN_ACCOUNT,
    &IDENTITY_WHERE_THE_TYPE_ALLOWS,
    &IDENTITY_ALONE,
    &EXTERNAL_AS_RAM_SEES_IT,
];

/// Bare organization ids.
pub static ORGANIZATION_BY_ARN: Rule = refuses(
    "principal/organization-by-arn",
    "An organization is named by its ARN; its bare id is malformed.",
    &["InvalidParameterException"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 7769",
        "a bare organization id as principal: InvalidParameterException, the id is malformed",
    ),
    source(
        "github.com/aws/aws-cdk issue 14131",
        "the same refusal through CloudFormation, status 400",
    ),
])
.rows(&["RAM-PRIN-02", "RAM-05", "P1", "P4"]);

/// Bare unit ids.
pub static UNIT_BY_ARN: Rule = refuses(
    "principal/unit-by-arn",
    "An organizational unit is named by its ARN; its bare id is malformed.",
    &["InvalidParameterException"],
)
.inferred(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "has units named by their ARNs",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 7769",
        "so are organizations, and the bare id of one is malformed",
    ),
])
.rows(&["RAM-PRIN-02", "P2"]);

/// The account root ARN.
pub static ACCOUNT_BY_ID: Rule = refuses(
    "principal/account-by-id",
    "An account is named by its 12-digit id; the ARN of its root user is malformed.",
    &["InvalidParameterException"],
)
.recorded(&[source(
    "github.com/aws/amazon-sagemaker-examples issue 3047",
    "a principal of the form arn:aws:iam::ACCOUNT:root: InvalidParameterException, the id is malformed",
)])
.rows(&["RAM-PRIN-03", "P3"]);

/// Any other text.
pub static IN_AN_ACCEPTED_FORM: Rule = refuses(
    "principal/in-an-accepted-form",
    "A principal that is no account id, organization, unit, role, user or service is malformed.",
    &["InvalidParameterException"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
    "lists the accepted forms; real refusals of two other forms say InvalidParameterException",
)])
.rows(&["RAM-PRIN-01", "RAM-PRIN-04"]);

/// The organization as principal.
pub static ORGANIZATION_RESOLVED: Rule = refuses(
    "principal/organization-resolved",
    "While sharing with the organization is off, an owner that names its own organization is told that it could not be found.",
    &["UnknownResourceException"],
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 7769",
        "the organization's ARN without sharing: UnknownResourceException, could not be found",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws pull request 28848",
        "the log of an acceptance test without sharing has the same answer to AssociateResourceShare",
    ),
])
.rows(&["RAM-PRIN-05", "RAM-05", "P5", "O12"]);

/// An organizational unit as principal.
pub static UNIT_RESOLVED: Rule = refuses(
    "principal/unit-resolved",
    "While sharing with the organization is off, an owner that names a unit of its own organization is told that it could not be found.",
    &["UnknownResourceException"],
)
.recorded(&[source(
    "github.com/aws-samples/automated-multi-account-network README.md",
    "quotes the answer where RAM is not integrated with the organization: UnknownResourceException, the unit could not be found",
)])
.rows(&["RAM-PRIN-06", "P6"]);

/// The account in the ARN of a unit.
pub static UNIT_BY_THE_ARN_OF_MANAGEMENT: Rule = refuses(
    "principal/unit-by-the-arn-of-management",
    "The ARN of an organizational unit has the id of the management account; with another account's in its place it can't be shared with.",
    &["OperationNotPermittedException"],
)
.recorded(&[source(
    "github.com/aws-samples/aws-vpc-builder-cdk issue 15 (2023)",
    "a unit's ARN with the sharing account in place of the management account: OperationNotPermittedException",
)])
.rows(&["RAM-PRIN-06"]);

/// The account in the ARN of an organization.
pub static ORGANIZATION_BY_ANOTHER_ARN: Rule = refuses_somehow(
    "principal/organization-by-another-arn",
    "The ARN of an organization has the id of the management account; with another account's in its place it can't be shared with.",
    &["OperationNotPermittedException"],
)
.open(
    "What becomes of an organization's ARN with another account's id in it?",
    &[source(
        "github.com/aws-samples/aws-vpc-builder-cdk issue 15 (2023)",
        "a unit's ARN with the sharing account's id is refused; nothing is said of an organization's",
    )],
)
.rows(&["RAM-PRIN-05"]);

/// An organization that is enabled by halves.
pub static RESOLVED_ONCE_FULLY_ENABLED: Rule = refuses_somehow(
    "principal/resolved-once-fully-enabled",
    "While the organization has trusted access on and sharing by RAM off, neither it nor a unit of it can be named.",
    &["UnknownResourceException", "OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-unknown-resource.html",
        "UnknownResourceException for a unit where trusted access was turned on by Organizations instead of RAM",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-no-slr.html",
        "sharing with accounts and units then fails as if the account were in no organization; no code is given",
    ),
])
.rows(&["RAM-PRIN-05", "RAM-PRIN-06", "O3"]);

/// Organizations of others.
pub static OF_THE_OWN_ORGANIZATION: Rule = refuses_somehow(
    "principal/of-the-own-organization",
    "The only organization that an owner can name is its own, and the only units are those in it.",
    &["UnknownResourceException", "OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
        "organizations and units outside the own organization can't be added; no code is given",
    ),
    source(
        "github.com/aws-samples/aws-vpc-builder-cdk issue 15",
        "a unit's ARN with another account than the management account: OperationNotPermittedException",
    ),
])
.rows(&["RAM-PRIN-05", "RAM-PRIN-06", "RAM-PRIN-07"]);

/// Owners in no organization.
pub static ORGANIZATION_OF_ITS_OWNER: Rule = refuses_somehow(
    "principal/organization-of-its-owner",
    "An account that is in no organization can name neither an organization nor a unit.",
    &["UnknownResourceException", "OperationNotPermittedException", "InvalidParameterException"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-no-slr.html",
        "an owner outside any organization is told that its account is in none",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "sharing with an organization is for its members",
    ),
])
.rows(&["RAM-ORG-12", "RAM-PRIN-07"]);

/// The own organization and its units.
pub static ORGANIZATION_AND_UNITS_NAMED: Rule = grants(
    "principal/organization-and-units-named",
    "With organization sharing on, the owner's organization and its units can be named, and are associated without invitations.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html",
        "members share with the whole organization or with units of it",
    ),
    source(
        "github.com/aws/aws-cli awscli/examples/ram/get-resource-share-associations.rst",
        "the sample has a unit as an ASSOCIATED principal, external false",
    ),
])
.rows(&["RAM-PRIN-01", "RAM-PRIN-20", "O11", "O10"]);

/// Outsiders in a share that is closed to them.
pub static OUTSIDERS_WHERE_ALLOWED: Rule = refuses(
    "principal/outsiders-where-allowed",
    "An account outside the owner's organization can't be named in a share whose allowExternalPrincipals is false.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/userguide/tshoot-sharing-outside-org.html",
        "the principal is not in the organization: no permission to add external accounts to the share",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "false allows only principals of the owner's organization",
    ),
])
.rows(&["RAM-PRIN-08", "RAM-PRIN-09", "O9", "P8"]);

/// The flag of an owner that is in no organization.
pub static OUTSIDERS_OF_A_STANDALONE_OWNER: Rule = refuses_somehow(
    "principal/outsiders-of-a-standalone-owner",
    "An owner outside any organization can't name accounts in a share whose allowExternalPrincipals is false.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "Has allowExternalPrincipals=false any effect for an owner that is in no organization?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "false is said to have a meaning only for members of an organization",
    )],
)
.rows(&["RAM-PRIN-08"]);

/// Services stand alone.
pub static SERVICE_ALONE: Rule = refuses_somehow(
    "principal/service-alone",
    "A service principal can't stand in a share beside principals of another kind.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
    "service principals can't be combined with other principals in one share",
)])
.rows(&["RAM-PRIN-10", "P14"]);

/// The services that are accepted, and their types.
pub static SERVICE_NAMED: Rule = grants(
    "principal/service-named",
    "A service principal has access at once, without an invitation.",
)
.open(
    "Which service names does RAM accept, and what of types that don't take service principals?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html",
        "a service named by its service principal gets access; few types support it",
    )],
)
.rows(&["RAM-PRIN-10", "RAM-PRIN-11"]);

/// Services and closed shares.
pub static SERVICE_IN_AN_OPEN_SHARE: Rule = refuses_somehow(
    "principal/service-in-an-open-share",
    "A service principal can be named only for a share that is open to everybody.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html",
    "sharing with a service needs the choice that lets everybody be shared with",
)])
.rows(&["RAM-PRIN-10"]);

/// Any 12 digits will do.
pub static ACCOUNT_UNCHECKED: Rule = grants(
    "principal/account-unchecked",
    "Any 12-digit id can be named where outsiders are allowed; whether the account exists is not checked.",
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/principal_association_test.go",
        "older revisions share with 111111111111 and find the association ASSOCIATING",
    ),
    source(
        "github.com/turbot/steampipe-plugin-aws pull request 1009",
        "an integration log shows such an association",
    ),
])
.rows(&["RAM-PRIN-16", "P7"]);

/// The same principal twice.
pub static NAMED_ONCE: Rule = grants(
    "principal/named-once",
    "A principal named twice in one call counts once.",
)
.open(
    "What does a call answer that names the same principal twice?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html",
        "says nothing of repeated entries",
    )],
)
.rows(&["RAM-PRIN-24"]);

/// The owner names itself.
pub static OWN_ACCOUNT: Rule = grants(
    "principal/own-account",
    "The owner may name its own account; it gets no invitation and keeps what it has.",
)
.open(
    "Which types refuse the owner's own account as principal, and does the row end ASSOCIATED or FAILED?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-update.html",
        "calls it legal and says that the owner then needs no invitation; a recorded share of an SSM parameter with its own account ended FAILED",
    )],
)
.rows(&["RAM-PRIN-18", "RAM-17"]);

/// Identities and types.
pub static IDENTITY_WHERE_THE_TYPE_ALLOWS: Rule = refuses_somehow(
    "principal/identity-where-the-type-allows",
    "An IAM role or user can be named only for resource types that support it.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "With which code, and synchronously or by a FAILED row, is an identity refused for a type that does not support it?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
        "says per type whether IAM roles and users can be principals",
    )],
)
.rows(&["RAM-PRIN-12"]);

/// An identity gets access, its account does not.
pub static IDENTITY_ALONE: Rule = grants(
    "principal/identity-alone",
    "An IAM role or user of a fellow account can be named in an empty share, and is associated without an invitation.",
)
.recorded(&[
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo/test_resource_share_disassociate_all",
        "a role of another account of the organization is ASSOCIATED after two seconds, external false",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws internal/service/ram/principal_association_test.go",
        "a role of the owner's own account on an empty share is ASSOCIATED",
    ),
])
.rows(&["RAM-PRIN-13", "RAM-PRIN-14", "P11", "P12"]);

/// The external flag.
pub static EXTERNAL_AS_RAM_SEES_IT: Rule = replies(
    "principal/external-as-ram-sees-it",
    "A principal row is external unless RAM sees the principal in the owner's organization; a resource row never is.",
)
.recorded(&[
    source(
        "github.com/cloud-custodian/cloud-custodian tests/data/placebo (RAM recordings)",
        "fellow members of an organization with sharing on are external false, outsiders true",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShareAssociation.html",
        "external tells whether the principal belongs to the same organization",
    ),
])
.rows(&["RAM-PRIN-21", "RAM-PRIN-22", "P9", "P10", "P13", "O11", "O13"]);
