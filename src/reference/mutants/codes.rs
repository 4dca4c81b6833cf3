//! Calls that are refused as they have to be, with another code.

use bellwether_model::rules::{
    image, invitation, organization, permission, principal, read, resolver_rule, resource, share,
    subnet, tag, transit_gateway,
};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "unknown-share-malformed",
        description: "A share that does not exist is refused as a malformed ARN.",
        rule: &share::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    DeleteResourceShare \"arn:aws:ram:us-east-1:111122223333:resource-share/00000000-0000-4000-8000-000000000000\"",
        equivalent: None,
        mutation: Mutation::Recodes(&share::KNOWN_TO_THE_CALLER, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "malformed-share-unknown",
        description: "Text that is no ARN is refused as an unknown share.",
        rule: &share::NAMED_BY_AN_ARN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    DeleteResourceShare \"share\"",
        equivalent: Some(
            "AWS answers text that is no ARN with either code, by operation",
        ),
        mutation: Mutation::Recodes(&share::NAMED_BY_AN_ARN, &share::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "unknown-invitation-unknown-resource",
        description: "An invitation that does not exist is refused as an unknown resource.",
        rule: &invitation::KNOWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer AcceptResourceShareInvitation \"arn:aws:ram:us-east-1:111122223333:resource-share-invitation/00000000-0000-4000-8000-000000000000\"",
        equivalent: None,
        mutation: Mutation::Recodes(&invitation::KNOWN, &share::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "accepted-twice-is-rejected",
        description: "A second acceptance is refused as if the invitation had been rejected.",
        rule: &invitation::ACCEPTED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer AcceptResourceShareInvitation invitation:share/consumer",
        equivalent: None,
        mutation: Mutation::Recodes(&invitation::ACCEPTED_ONCE, &invitation::REJECTED_FOR_GOOD),
    },
    Mutant {
        name: "outsider-malformed",
        description: "An outsider in a closed share is refused as a malformed ARN.",
        rule: &principal::OUTSIDERS_WHERE_ALLOWED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare allowExternalPrincipals=false principals=outsider -> share",
        equivalent: None,
        mutation: Mutation::Recodes(&principal::OUTSIDERS_WHERE_ALLOWED, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "malformed-principal-unknown",
        description: "A principal in no known form is refused as an unknown resource.",
        rule: &principal::IN_AN_ACCEPTED_FORM,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=\"nobody\" -> share",
        equivalent: None,
        mutation: Mutation::Recodes(&principal::IN_AN_ACCEPTED_FORM, &share::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "organization-denied",
        description: "An organization named by its bare id is refused as not permitted.",
        rule: &principal::ORGANIZATION_BY_ARN,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=\"o-abcdefghij\" -> share",
        equivalent: None,
        mutation: Mutation::Recodes(
            &principal::ORGANIZATION_BY_ARN,
            &organization::ENABLED_BY_MANAGEMENT_ALONE,
        ),
    },
    Mutant {
        name: "enabling-malformed",
        description: "Turning sharing on as a member is refused as a malformed ARN.",
        rule: &organization::ENABLED_BY_MANAGEMENT_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    EnableSharingWithAwsOrganization",
        equivalent: None,
        mutation: Mutation::Recodes(&organization::ENABLED_BY_MANAGEMENT_ALONE, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "subnet-outside-unknown",
        description: "A subnet shared outside an organization is refused as an unknown resource.",
        rule: &resource::KEPT_INSIDE_THE_ORGANIZATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share",
        equivalent: None,
        mutation: Mutation::Recodes(&resource::KEPT_INSIDE_THE_ORGANIZATION, &share::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "owner-malformed",
        description: "A list of anybody's shares is refused as a malformed ARN.",
        rule: &read::OWNER_STATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResourceShares resourceOwner=ANYBODY",
        equivalent: None,
        mutation: Mutation::Recodes(&read::OWNER_STATED, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "token-malformed",
        description: "A token that no page gave is refused as a malformed ARN.",
        rule: &read::TOKEN_OF_AN_EARLIER_PAGE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    ListResourceTypes nextToken=\"broken\"",
        equivalent: None,
        mutation: Mutation::Recodes(&read::TOKEN_OF_AN_EARLIER_PAGE, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "unseen-subnet-forbidden",
        description: "A subnet that the caller does not see is refused as forbidden, which says that it exists.",
        rule: &subnet::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
consumer RunInstances SubnetId=net",
        equivalent: None,
        mutation: Mutation::Recodes(
            &subnet::KNOWN_TO_THE_CALLER,
            &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "unseen-gateway-forbidden",
        description: "A transit gateway that the caller does not see is refused as forbidden.",
        rule: &transit_gateway::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
consumer CreateTransitGatewayVpcAttachment TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Recodes(
            &transit_gateway::KNOWN_TO_THE_CALLER,
            &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "subnet-in-use-missing",
        description: "A subnet that is in use is refused deletion as if it did not exist.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateNetworkInterface SubnetId=net -> eni
owner    DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Recodes(&subnet::KEPT_WHILE_IN_USE, &subnet::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "image-in-use-missing",
        description: "A launch without permission is refused as forbidden.",
        rule: &image::LAUNCHED_WITH_A_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
consumer RunInstances ImageId=image",
        equivalent: None,
        mutation: Mutation::Recodes(
            &image::LAUNCHED_WITH_A_PERMISSION,
            &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "attached-permission-unknown",
        description: "A permission that a share holds is refused deletion as unknown.",
        rule: &permission::KEPT_WHILE_ATTACHED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
owner    DeletePermission permission",
        equivalent: None,
        mutation: Mutation::Recodes(&permission::KEPT_WHILE_ATTACHED, &permission::KNOWN),
    },
    Mutant {
        name: "sixth-version-malformed",
        description: "A sixth version of a permission is refused as a malformed template.",
        rule: &permission::FIVE_VERSIONS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePermission -> permission
owner    CreatePermissionVersion permission
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"imagebuilder:GetComponent\\\"}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"imagebuilder:ListComponents\\\"}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": [\\\"imagebuilder:GetComponent\\\"]}\"
owner    CreatePermissionVersion permission policyTemplate=\"{\\\"Action\\\": [\\\"imagebuilder:ListComponents\\\"], \\\"Effect\\\": \\\"Allow\\\"}\"",
        equivalent: None,
        mutation: Mutation::Recodes(&permission::FIVE_VERSIONS, &permission::TEMPLATE_ALLOWS),
    },
    Mutant {
        name: "unknown-permission-malformed",
        description: "A permission that does not exist is refused as a malformed ARN.",
        rule: &permission::KNOWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetPermission \"arn:aws:ram:us-east-1:111122223333:permission/nobodys\"",
        equivalent: None,
        mutation: Mutation::Recodes(&permission::KNOWN, &permission::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "unknown-rule-forbidden",
        description: "A Resolver rule that does not exist is refused as in use.",
        rule: &resolver_rule::EXISTING,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResolverRule ResolverRuleId=\"rslvr-rr-0123456789abcdef0\"",
        equivalent: None,
        mutation: Mutation::Recodes(&resolver_rule::EXISTING, &resolver_rule::KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "tag-on-nothing-malformed",
        description: "Tags on a share that does not exist are refused as a malformed ARN.",
        rule: &tag::ON_WHAT_EXISTS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    TagResource resourceShareArn=\"arn:aws:ram:us-east-1:111122223333:resource-share/00000000-0000-4000-8000-000000000000\" tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Recodes(&tag::ON_WHAT_EXISTS, &share::NAMED_BY_AN_ARN),
    },
];
