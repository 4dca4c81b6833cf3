//! The members of Organizations.

use super::Reads;

/// The operations of Organizations that are served.
pub static ORGANIZATIONS: Reads = Reads {
    service: "organizations",
    title: "Organizations",
    code: "InvalidInputException",
    operations: &[
        ("CreateOrganization", "FeatureSet"),
        ("DescribeOrganization", ""),
        ("ListRoots", "MaxResults NextToken"),
        ("DescribeOrganizationalUnit", "OrganizationalUnitId"),
        ("ListAccountsForParent", "MaxResults NextToken ParentId"),
        ("ListChildren", "ChildType MaxResults NextToken ParentId"),
        ("RegisterDelegatedAdministrator", "AccountId ServicePrincipal"),
        ("DeregisterDelegatedAdministrator", "AccountId ServicePrincipal"),
        ("ListDelegatedAdministrators", "MaxResults NextToken ServicePrincipal"),
        ("ListDelegatedServicesForAccount", "AccountId MaxResults NextToken"),
        ("CreateOrganizationalUnit", "Name ParentId"),
        ("ListOrganizationalUnitsForParent", "MaxResults NextToken ParentId"),
        ("CreateAccount", "AccountName Email ~IamUserAccessToBilling ~RoleName"),
        ("DescribeCreateAccountStatus", "CreateAccountRequestId"),
        ("MoveAccount", "AccountId DestinationParentId SourceParentId"),
        ("ListAccounts", "MaxResults NextToken"),
        ("ListParents", "ChildId MaxResults NextToken"),
        ("DescribeAccount", "AccountId"),
        ("EnableAWSServiceAccess", "ServicePrincipal"),
        ("DisableAWSServiceAccess", "ServicePrincipal"),
        ("ListAWSServiceAccessForOrganization", "MaxResults NextToken"),
        ("InviteAccountToOrganization", "Target.Id Target.Type"),
        ("ListHandshakesForAccount", "Filter.ActionType MaxResults NextToken"),
        ("DescribeHandshake", "HandshakeId"),
        ("AcceptHandshake", "HandshakeId"),
        ("LeaveOrganization", ""),
        ("RemoveAccountFromOrganization", "AccountId"),
    ],
};
