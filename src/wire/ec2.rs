//! The operations of EC2, one file each.
//!
//! To add one, write its file and give it a line below.

operations_of! { "EC2":
    accept_transit_gateway_vpc_attachment::AcceptTransitGatewayVpcAttachment,
    allocate_hosts::AllocateHosts,
    allocate_ipam_pool_cidr::AllocateIpamPoolCidr,
    associate_security_group_vpc::AssociateSecurityGroupVpc,
    associate_transit_gateway_route_table::AssociateTransitGatewayRouteTable,
    attach_internet_gateway::AttachInternetGateway,
    authorize_security_group_ingress::AuthorizeSecurityGroupIngress,
    cancel_capacity_reservation::CancelCapacityReservation,
    cancel_image_launch_permission::CancelImageLaunchPermission,
    copy_image::CopyImage,
    create_capacity_reservation::CreateCapacityReservation,
    create_internet_gateway::CreateInternetGateway,
    create_ipam_pool::CreateIpamPool,
    create_managed_prefix_list::CreateManagedPrefixList,
    create_nat_gateway::CreateNatGateway,
    create_network_acl::CreateNetworkAcl,
    create_network_interface::CreateNetworkInterface,
    create_placement_group::CreatePlacementGroup,
    create_route::CreateRoute,
    create_route_table::CreateRouteTable,
    create_security_group::CreateSecurityGroup,
    create_snapshot::CreateSnapshot,
    create_subnet::CreateSubnet,
    create_tags::CreateTags,
    create_transit_gateway::CreateTransitGateway,
    create_transit_gateway_route::CreateTransitGatewayRoute,
    create_transit_gateway_route_table::CreateTransitGatewayRouteTable,
    create_transit_gateway_vpc_attachment::CreateTransitGatewayVpcAttachment,
    create_vpc::CreateVpc,
    create_vpc_endpoint::CreateVpcEndpoint,
    delete_internet_gateway::DeleteInternetGateway,
    delete_ipam_pool::DeleteIpamPool,
    delete_managed_prefix_list::DeleteManagedPrefixList,
    delete_nat_gateway::DeleteNatGateway,
    delete_network_acl::DeleteNetworkAcl,
    delete_network_interface::DeleteNetworkInterface,
    delete_placement_group::DeletePlacementGroup,
    delete_route_table::DeleteRouteTable,
    delete_security_group::DeleteSecurityGroup,
    delete_snapshot::DeleteSnapshot,
    delete_subnet::DeleteSubnet,
    delete_transit_gateway::DeleteTransitGateway,
    delete_transit_gateway_route::DeleteTransitGatewayRoute,
    delete_transit_gateway_route_table::DeleteTransitGatewayRouteTable,
    delete_transit_gateway_vpc_attachment::DeleteTransitGatewayVpcAttachment,
    delete_vpc::DeleteVpc,
    delete_vpc_endpoints::DeleteVpcEndpoints,
    deregister_image::DeregisterImage,
    describe_capacity_reservations::DescribeCapacityReservations,
    describe_hosts::DescribeHosts,
    describe_image_attribute::DescribeImageAttribute,
    describe_images::DescribeImages,
    describe_instances::DescribeInstances,
    describe_internet_gateways::DescribeInternetGateways,
    describe_ipam_pools::DescribeIpamPools,
    describe_managed_prefix_lists::DescribeManagedPrefixLists,
    describe_nat_gateways::DescribeNatGateways,
    describe_network_acls::DescribeNetworkAcls,
    describe_network_interfaces::DescribeNetworkInterfaces,
    describe_placement_groups::DescribePlacementGroups,
    describe_route_tables::DescribeRouteTables,
    describe_security_group_vpc_associations::DescribeSecurityGroupVpcAssociations,
    describe_security_groups::DescribeSecurityGroups,
    describe_snapshots::DescribeSnapshots,
    describe_subnets::DescribeSubnets,
    describe_tags::DescribeTags,
    describe_transit_gateway_route_tables::DescribeTransitGatewayRouteTables,
    describe_transit_gateway_vpc_attachments::DescribeTransitGatewayVpcAttachments,
    describe_transit_gateways::DescribeTransitGateways,
    describe_vpc_endpoints::DescribeVpcEndpoints,
    describe_vpcs::DescribeVpcs,
    detach_internet_gateway::DetachInternetGateway,
    disable_image::DisableImage,
    disable_image_block_public_access::DisableImageBlockPublicAccess,
    disable_image_deprecation::DisableImageDeprecation,
    disassociate_security_group_vpc::DisassociateSecurityGroupVpc,
    disassociate_transit_gateway_route_table::DisassociateTransitGatewayRouteTable,
    enable_image::EnableImage,
    enable_image_block_public_access::EnableImageBlockPublicAccess,
    enable_image_deprecation::EnableImageDeprecation,
    enable_ipam_organization_admin_account::EnableIpamOrganizationAdminAccount,
    enable_transit_gateway_route_table_propagation::EnableTransitGatewayRouteTablePropagation,
    get_image_block_public_access_state::GetImageBlockPublicAccessState,
    get_ipam_pool_allocations::GetIpamPoolAllocations,
    get_managed_prefix_list_associations::GetManagedPrefixListAssociations,
    get_managed_prefix_list_entries::GetManagedPrefixListEntries,
    get_security_groups_for_vpc::GetSecurityGroupsForVpc,
    get_transit_gateway_route_table_associations::GetTransitGatewayRouteTableAssociations,
    get_transit_gateway_route_table_propagations::GetTransitGatewayRouteTablePropagations,
    modify_image_attribute::ModifyImageAttribute,
    modify_managed_prefix_list::ModifyManagedPrefixList,
    modify_network_interface_attribute::ModifyNetworkInterfaceAttribute,
    modify_snapshot_attribute::ModifySnapshotAttribute,
    modify_subnet_attribute::ModifySubnetAttribute,
    register_image::RegisterImage,
    reject_transit_gateway_vpc_attachment::RejectTransitGatewayVpcAttachment,
    release_hosts::ReleaseHosts,
    release_ipam_pool_allocation::ReleaseIpamPoolAllocation,
    reset_image_attribute::ResetImageAttribute,
    revoke_security_group_ingress::RevokeSecurityGroupIngress,
    run_instances::RunInstances,
    search_transit_gateway_routes::SearchTransitGatewayRoutes,
    terminate_instances::TerminateInstances,
}

use aws_sdk_ec2::types::{UnsuccessfulItem, UnsuccessfulItemError};
use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name};

use super::fixtures::requests::keep;
use super::{PAGE, Session, all, granted, rows_of};

/// A granted call that says who owns what it made.
fn granted_to(session: &Session, owner_id: Option<&str>) -> Observation {
    let (name, value) = owner(session, owner_id);
    Observation::Granted(Observed::default().with(name, value))
}

/// A granted call, unless its answer, a success, names the resource among those that it did nothing to.
fn granted_unless_unsuccessful(unsuccessful: &[UnsuccessfulItem]) -> Observation {
    let refused = |error: &UnsuccessfulItemError| {
        let code = error.code().unwrap_or_default().into();
        Observation::Refused { code, message: error.message().unwrap_or_default().to_owned() }
    };
    let failed = unsuccessful.iter().find_map(UnsuccessfulItem::error);
    failed.map_or_else(granted, refused)
}

/// The owner of a resource as a field.
fn owner(session: &Session, id: Option<&str>) -> (&'static str, Value) {
    ("OwnerId", session.names.account_value(id))
}

/// The ids of the resources that a call names; `None` if it names none.
///
/// # Errors
///
/// The target never made one of them.
fn sent_all(session: &Session, named: &[Reference]) -> Result<Option<Vec<String>>, Observation> {
    let ids: Result<Vec<_>, _> = named.iter().map(|it| session.names.sent(it)).collect();
    ids.map(|ids| (!ids.is_empty()).then_some(ids))
}

/// The size of the pages of a list; none may be asked for where the call names resources.
fn page_size(ids: Option<&Vec<String>>) -> Option<i32> {
    ids.is_none().then_some(PAGE)
}

/// The rows of a list of resources with one field each, those that are not the scenario's left out.
///
/// # Errors
///
/// One of them has no id.
fn listed<T>(
    session: &Session,
    items: &[T],
    id: impl Fn(&T) -> Option<&str>,
    field: impl Fn(&T) -> (&'static str, Value),
) -> Result<Observation, Observation> {
    rows_of(session, items, id, |item| [field(item)])
}
