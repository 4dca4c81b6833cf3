//! RAM's members.

use super::Reads;

/// The operations of RAM that are served.
pub static RAM: Reads = Reads {
    service: "ram",
    title: "RAM",
    code: "InvalidParameterException",
    operations: &[
        ("AcceptResourceShareInvitation", "clientToken resourceShareInvitationArn"),
        ("AssociateResourceShare", "clientToken principals resourceArns resourceShareArn sources"),
        (
            "AssociateResourceSharePermission",
            "clientToken permissionArn permissionVersion replace resourceShareArn",
        ),
        ("CreatePermission", "clientToken name policyTemplate resourceType tags.key tags.value"),
        ("CreatePermissionVersion", "clientToken permissionArn policyTemplate"),
        (
            "CreateResourceShare",
            "allowExternalPrincipals clientToken name permissionArns principals resourceArns \
             resourceShareConfiguration.retainSharingOnAccountLeaveOrganization sources tags.key \
             tags.value",
        ),
        ("DeletePermission", "clientToken permissionArn"),
        ("DeletePermissionVersion", "clientToken permissionArn permissionVersion"),
        ("DeleteResourceShare", "clientToken resourceShareArn"),
        (
            "DisassociateResourceShare",
            "clientToken principals resourceArns resourceShareArn sources",
        ),
        ("DisassociateResourceSharePermission", "clientToken permissionArn resourceShareArn"),
        ("EnableSharingWithAwsOrganization", ""),
        ("GetPermission", "permissionArn permissionVersion"),
        ("GetResourcePolicies", "maxResults nextToken principal resourceArns"),
        (
            "GetResourceShareAssociations",
            "associationStatus associationType maxResults nextToken principal resourceArn \
             resourceShareArns",
        ),
        (
            "GetResourceShareInvitations",
            "maxResults nextToken resourceShareArns resourceShareInvitationArns",
        ),
        (
            "GetResourceShares",
            "maxResults name nextToken permissionArn permissionVersion resourceOwner \
             resourceShareArns resourceShareStatus tagFilters.tagKey tagFilters.tagValues",
        ),
        (
            "ListPendingInvitationResources",
            "maxResults nextToken resourceRegionScope resourceShareInvitationArn",
        ),
        (
            "ListPermissionAssociations",
            "associationStatus defaultVersion featureSet maxResults nextToken permissionArn \
             permissionVersion resourceOwner resourceShareArn resourceType",
        ),
        (
            "ListPermissions",
            "maxResults nextToken permissionStatus permissionType resourceOwner resourceType",
        ),
        ("ListPermissionVersions", "maxResults nextToken permissionArn"),
        (
            "ListPrincipals",
            "maxResults nextToken principals resourceArn resourceOwner resourceShareArns \
             resourceType",
        ),
        ("ListReplacePermissionAssociationsWork", "maxResults nextToken status workIds"),
        (
            "ListResources",
            "maxResults nextToken principal resourceArns resourceOwner resourceRegionScope \
             resourceShareArns resourceType",
        ),
        ("ListResourceSharePermissions", "maxResults nextToken resourceShareArn"),
        ("ListResourceTypes", "maxResults nextToken resourceRegionScope"),
        (
            "ListSourceAssociations",
            "associationStatus maxResults nextToken resourceShareArns sourceId sourceType",
        ),
        ("PromotePermissionCreatedFromPolicy", "clientToken name permissionArn"),
        ("PromoteResourceShareCreatedFromPolicy", "resourceShareArn"),
        ("RejectResourceShareInvitation", "clientToken resourceShareInvitationArn"),
        (
            "ReplacePermissionAssociations",
            "clientToken fromPermissionArn fromPermissionVersion toPermissionArn",
        ),
        ("SetDefaultPermissionVersion", "clientToken permissionArn permissionVersion"),
        ("TagResource", "resourceArn resourceShareArn tags.key tags.value"),
        ("UntagResource", "resourceArn resourceShareArn tagKeys"),
        ("UpdateResourceShare", "allowExternalPrincipals clientToken name resourceShareArn"),
    ],
};
