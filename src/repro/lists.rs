//! The lists that show rows: where an answer has them, and how a row says what it is about.

use bellwether_model::Name;
use bellwether_model::Principal;
use bellwether_model::answer::Key;
use bellwether_model::principal::{LaunchPermission, Managed};

use crate::wire::Names;

/// A list.
pub(super) struct List {
    operation: &'static str,
    /// The path of its rows.
    pub(super) rows: &'static str,
    /// The members of a row that say what it is about.
    columns: &'static [(&'static str, Part)],
    /// The member that says the state of a row, and the states in which what it is about is gone.
    pub(super) gone: Option<(&'static str, &'static [&'static str])>,
}

/// The part of a key that a member has.
#[derive(Copy, Clone)]
enum Part {
    Id,
    Arn,
    Share,
    Principal,
    Entity,
    Source,
    Receiver,
    Type,
    Version,
    ZonePath,
    Vpc,
    NoVpc,
}

use Part::{
    Arn, Entity, Id, NoVpc, Principal as Whom, Receiver, Share, Source as From, Type, Version, Vpc,
    ZonePath,
};

const DELETED: &[&str] = &["deleting", "deleted"];
const DELETION: &[&str] = &["delete-in-progress", "delete-complete"];

/// A list of resources by their ids.
const fn ids(
    operation: &'static str,
    rows: &'static str,
    columns: &'static [(&'static str, Part)],
) -> List {
    List { operation, rows, columns, gone: None }
}

/// The same, in which what is gone is listed for a while.
const fn lasting(
    operation: &'static str,
    rows: &'static str,
    columns: &'static [(&'static str, Part)],
    gone: (&'static str, &'static [&'static str]),
) -> List {
    List { operation, rows, columns, gone: Some(gone) }
}

static LISTS: &[List] = &[
    lasting(
        "DescribeCapacityReservations",
        "CapacityReservations",
        &[("CapacityReservationId", Id)],
        ("State", &["cancelled", "expired", "failed"]),
    ),
    lasting(
        "DescribeHosts",
        "Hosts",
        &[("HostId", Id)],
        ("State", &["released", "released-permanent-failure"]),
    ),
    lasting("DescribeImages", "Images", &[("ImageId", Id)], ("State", &["deregistered"])),
    lasting(
        "DescribeInstances",
        "Reservations.Instances",
        &[("InstanceId", Id)],
        ("State.Name", &["shutting-down", "terminated"]),
    ),
    ids("DescribeInternetGateways", "InternetGateways", &[("InternetGatewayId", Id)]),
    lasting("DescribeIpamPools", "IpamPools", &[("IpamPoolId", Id)], ("State", DELETION)),
    lasting(
        "DescribeManagedPrefixLists",
        "PrefixLists",
        &[("PrefixListId", Id)],
        ("State", DELETION),
    ),
    lasting("DescribeNatGateways", "NatGateways", &[("NatGatewayId", Id)], ("State", DELETED)),
    ids("DescribeNetworkAcls", "NetworkAcls", &[("NetworkAclId", Id)]),
    ids("DescribeNetworkInterfaces", "NetworkInterfaces", &[("NetworkInterfaceId", Id)]),
    lasting("DescribePlacementGroups", "PlacementGroups", &[("GroupId", Id)], ("State", DELETED)),
    ids("DescribeRouteTables", "RouteTables", &[("RouteTableId", Id)]),
    ids("DescribeSecurityGroups", "SecurityGroups", &[("GroupId", Id)]),
    lasting(
        "DescribeSecurityGroupVpcAssociations",
        "SecurityGroupVpcAssociations",
        &[("GroupId", Id)],
        ("State", &["associating", "association-failed", "disassociated"]),
    ),
    ids("DescribeSnapshots", "Snapshots", &[("SnapshotId", Id)]),
    ids("DescribeSubnets", "Subnets", &[("SubnetId", Id)]),
    lasting(
        "DescribeTransitGatewayRouteTables",
        "TransitGatewayRouteTables",
        &[("TransitGatewayRouteTableId", Id)],
        ("State", DELETED),
    ),
    lasting(
        "DescribeTransitGatewayVpcAttachments",
        "TransitGatewayVpcAttachments",
        &[("TransitGatewayAttachmentId", Id)],
        ("State", &["deleting", "deleted", "rejecting", "rejected"]),
    ),
    lasting(
        "DescribeTransitGateways",
        "TransitGateways",
        &[("TransitGatewayId", Id)],
        ("State", DELETED),
    ),
    lasting("DescribeVpcEndpoints", "VpcEndpoints", &[("VpcEndpointId", Id)], ("State", DELETED)),
    ids("DescribeVpcs", "Vpcs", &[("VpcId", Id)]),
    ids(
        "GetIpamPoolAllocations",
        "IpamPoolAllocations",
        &[("ResourceId", Vpc), ("IpamPoolAllocationId", NoVpc)],
    ),
    ids("GetManagedPrefixListAssociations", "PrefixListAssociations", &[("ResourceId", Id)]),
    ids("GetSecurityGroupsForVpc", "SecurityGroupForVpcs", &[("GroupId", Id)]),
    lasting(
        "GetTransitGatewayRouteTableAssociations",
        "Associations",
        &[("TransitGatewayAttachmentId", Id)],
        ("State", &["disassociating", "disassociated"]),
    ),
    lasting(
        "GetTransitGatewayRouteTablePropagations",
        "TransitGatewayRouteTablePropagations",
        &[("TransitGatewayAttachmentId", Id)],
        ("State", &["disabling", "disabled"]),
    ),
    ids(
        "GetResourceShareAssociations",
        "resourceShareAssociations",
        &[("resourceShareArn", Share), ("associatedEntity", Entity)],
    ),
    ids(
        "GetResourceShareInvitations",
        "resourceShareInvitations",
        &[("resourceShareArn", Share), ("receiverAccountId", Receiver)],
    ),
    ids("GetResourceShares", "resourceShares", &[("resourceShareArn", Share)]),
    ids(
        "ListPendingInvitationResources",
        "resources",
        &[("resourceShareArn", Share), ("arn", Arn)],
    ),
    ids(
        "ListPermissionAssociations",
        "permissions",
        &[("resourceShareArn", Share), ("resourceType", Type)],
    ),
    ids("ListPermissionVersions", "permissions", &[("arn", Arn), ("version", Version)]),
    ids("ListPermissions", "permissions", &[("arn", Arn)]),
    ids("ListPrincipals", "principals", &[("resourceShareArn", Share), ("id", Whom)]),
    ids(
        "ListReplacePermissionAssociationsWork",
        "replacePermissionAssociationsWorks",
        &[("id", Id)],
    ),
    ids("ListResourceSharePermissions", "permissions", &[("resourceType", Type)]),
    ids("ListResourceTypes", "resourceTypes", &[("resourceType", Type)]),
    ids("ListResources", "resources", &[("resourceShareArn", Share), ("arn", Arn)]),
    ids(
        "ListSourceAssociations",
        "sourceAssociations",
        &[("resourceShareArn", Share), ("sourceId", From)],
    ),
    ids("ListLicenseConfigurations", "LicenseConfigurations", &[("LicenseConfigurationArn", Arn)]),
    ids("ListHostedZones", "HostedZones", &[("Id", ZonePath)]),
    ids("ListHostedZonesByVPC", "HostedZoneSummaries", &[("HostedZoneId", Id)]),
    ids("ListVPCAssociationAuthorizations", "VPCs", &[("VPCId", Id)]),
    lasting(
        "ListProfileAssociations",
        "ProfileAssociations",
        &[("Id", Id)],
        ("Status", &["DELETING", "DELETED"]),
    ),
    ids("ListProfiles", "ProfileSummaries", &[("Id", Id)]),
    lasting(
        "ListFirewallRuleGroupAssociations",
        "FirewallRuleGroupAssociations",
        &[("Id", Id)],
        ("Status", &["DELETING"]),
    ),
    ids("ListFirewallRuleGroups", "FirewallRuleGroups", &[("Id", Id)]),
    lasting(
        "ListResolverQueryLogConfigAssociations",
        "ResolverQueryLogConfigAssociations",
        &[("Id", Id)],
        ("Status", &["DELETING"]),
    ),
    lasting(
        "ListResolverQueryLogConfigs",
        "ResolverQueryLogConfigs",
        &[("Id", Id)],
        ("Status", &["DELETING"]),
    ),
    lasting(
        "ListResolverRuleAssociations",
        "ResolverRuleAssociations",
        &[("Id", Id)],
        ("Status", &["DELETING"]),
    ),
    ids("ListResolverRules", "ResolverRules", &[("Id", Id)]),
];

/// The list that an operation answers with, if its rows say by themselves what they are about.
pub(super) fn of(operation: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.operation == operation)
}

/// The beginning of the id of a hosted zone in most answers of Route 53.
pub(super) const ZONE_PATH: &str = "/hostedzone/";

/// A path, whose members are written with points between them.
pub(super) fn path(text: &str) -> Vec<String> {
    text.split('.').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

impl List {
    /// What the members of a row about this key say; `None` if the target never made it, or a row of this
    /// list does not say it.
    pub(super) fn columns(&self, key: &Key, names: &Names) -> Option<Vec<(Vec<String>, String)>> {
        let mut found = Vec::new();
        for (member, part) in self.columns {
            if !part.is_left_out(key, names) {
                found.push((path(member), part.of(key, names)?));
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

impl Part {
    /// Whether a row about this key need not say it.
    fn is_left_out(self, key: &Key, names: &Names) -> bool {
        match (self, key) {
            // A list of resources may be asked for without a share.
            (Self::Share, Key::Resource(_)) => true,
            // The allocation of a VPC's block is named by the VPC, any other by itself.
            (Self::Vpc | Self::NoVpc, Key::Resource(name)) => {
                let is_vpc = names.id(name).is_ok_and(|id| id.starts_with("vpc-"));
                is_vpc != matches!(self, Self::Vpc)
            }
            (_, _) => false,
        }
    }

    /// The value in a row about this key; `None` if it can't be told.
    fn of(self, key: &Key, names: &Names) -> Option<String> {
        let id = |name: &Name| names.id(name).ok();
        let arn = |name: &Name| names.arn(name).ok();
        let value = match (self, key) {
            (Self::Id, Key::Resource(name) | Key::Replacement(name))
            | (Self::Vpc | Self::NoVpc, Key::Resource(name)) => id(name)?,
            (Self::ZonePath, Key::Resource(name)) => format!("{ZONE_PATH}{}", id(name)?),
            (
                Self::Arn,
                Key::Resource(name)
                | Key::ResourceAssociation(_, name)
                | Key::Managed(Managed::Customer(name))
                | Key::Version(name, _),
            )
            | (Self::Entity, Key::ResourceAssociation(_, name)) => arn(name)?,
            (
                Self::Share,
                Key::Share(share)
                | Key::ResourceAssociation(share, _)
                | Key::Principal(share, _)
                | Key::Source(share, _)
                | Key::Attached(share, _)
                | Key::Invitation(share, ..),
            ) => id(share)?,
            (Self::Principal | Self::Entity, Key::Principal(_, principal)) => {
                names.sent_principal(principal)
            }
            (Self::Source | Self::Entity, Key::Source(_, source)) => names.sent_source(source),
            (Self::Receiver, Key::Invitation(_, receiver, _)) => names.account_id(*receiver),
            (Self::Type, Key::Type(of_type) | Key::Attached(_, of_type)) => of_type.to_string(),
            (Self::Version, Key::Version(_, number)) => number.to_string(),
            (_, _) => return None,
        };
        Some(value)
    }
}

/// The member of a launch permission that says for whom it is, and what it says.
pub(super) fn of_permission(
    permission: &LaunchPermission,
    names: &Names,
) -> (&'static str, String) {
    let arn = |principal: Principal| names.sent_principal(&principal);
    match permission {
        LaunchPermission::All => ("Group", "all".to_owned()),
        LaunchPermission::Account(account) => ("UserId", names.account_id(*account)),
        LaunchPermission::Organization(name) => {
            ("OrganizationArn", arn(Principal::Organization(name.clone())))
        }
        LaunchPermission::OrganizationalUnit(name) => {
            ("OrganizationalUnitArn", arn(Principal::OrganizationalUnit(name.clone())))
        }
    }
}

/// The path of a field of a row or of an answer, where it has another name there.
pub(super) fn field(operation: &str, name: &str) -> Option<Vec<String>> {
    let there = match (operation, name) {
        ("DescribeHosts", "Instances") => "Instances.InstanceId",
        ("DescribeRouteTables", "Routes") => "Routes.TransitGatewayId",
        ("GetHostedZone" | "ListVPCAssociationAuthorizations", "VPCs") => "VPCs.VPCId",
        ("ListHostedZonesByVPC", "OwningAccount") => "Owner.OwningAccount",
        ("GetManagedPrefixListEntries", "Entries") => "Entries.Cidr",
        _ => return None,
    };
    Some(path(there))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repro::apis;

    #[test]
    fn every_list_stands_in_the_answer_of_its_operation() {
        for list in LISTS {
            let api = apis::all().iter().find(|api| api.name == list.operation);
            let api = api.unwrap_or_else(|| panic!("there is no {}", list.operation));
            let rows = apis::along(&api.output, &path(list.rows));
            let rows = rows.unwrap_or_else(|| panic!("{} has no {}", api.name, list.rows));
            assert!(rows.iter().all(|it| it.is_list()), "{}", api.name);
            let row = rows.last().expect("a list has a path").inside();
            let of_state = list.gone.iter().map(|(member, _)| *member);
            for member in list.columns.iter().map(|(member, _)| *member).chain(of_state) {
                let there = apis::along(row, &path(member)).is_some();
                assert!(there, "rows of {} have no {member}", api.name);
            }
        }
    }
}
