//! EC2's parameters.

use super::Reads;

/// The operations of EC2 that are served.
pub static EC2: Reads = Reads {
    service: "ec2",
    title: "EC2",
    code: "UnknownParameter",
    operations: &[
        ("AcceptTransitGatewayVpcAttachment", "TransitGatewayAttachmentId"),
        (
            "AllocateHosts",
            "AutoPlacement AvailabilityZone ClientToken InstanceFamily InstanceType Quantity=1 \
             TagSpecification.*",
        ),
        ("AllocateIpamPoolCidr", "ClientToken IpamPoolId NetmaskLength PreviewNextCidr"),
        ("AssociateSecurityGroupVpc", "GroupId VpcId"),
        (
            "AssociateTransitGatewayRouteTable",
            "TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("AttachInternetGateway", "InternetGatewayId VpcId"),
        (
            "AuthorizeSecurityGroupIngress",
            "GroupId IpPermissions.FromPort=443 IpPermissions.Groups.GroupId \
             IpPermissions.Groups.UserId IpPermissions.IpProtocol=tcp \
             IpPermissions.PrefixListIds.PrefixListId IpPermissions.ToPort=443",
        ),
        ("CancelCapacityReservation", "CapacityReservationId"),
        ("CancelImageLaunchPermission", "ImageId"),
        (
            "CopyImage",
            "ClientToken CopyImageTags=false Description Encrypted=false Name SourceImageId \
             SourceRegion TagSpecification.*",
        ),
        (
            "CreateCapacityReservation",
            "AvailabilityZone ClientToken EbsOptimized=false EndDateType=unlimited \
             EphemeralStorage=false InstanceCount InstanceMatchCriteria InstancePlatform \
             InstanceType TagSpecifications.* Tenancy=default",
        ),
        ("CreateInternetGateway", "TagSpecification.*"),
        ("CreateIpam", "ClientToken OperatingRegion.RegionName"),
        (
            "CreateIpamPool",
            "AddressFamily AutoImport=false ClientToken IpamScopeId Locale TagSpecification.*",
        ),
        (
            "CreateManagedPrefixList",
            "AddressFamily ClientToken Entry.Cidr Entry.Description MaxEntries PrefixListName \
             TagSpecification.*",
        ),
        (
            "CreateNatGateway",
            "AllocationId ClientToken ConnectivityType SubnetId TagSpecification.*",
        ),
        ("CreateNetworkAcl", "ClientToken TagSpecification.* VpcId"),
        (
            "CreateNetworkInterface",
            "ClientToken Description InterfaceType=interface SecurityGroupId SubnetId \
             TagSpecification.*",
        ),
        ("CreatePlacementGroup", "GroupName Strategy TagSpecification.*"),
        ("CreateRoute", "DestinationCidrBlock RouteTableId TransitGatewayId"),
        ("CreateRouteTable", "ClientToken TagSpecification.* VpcId"),
        ("CreateSecurityGroup", "GroupDescription GroupName TagSpecification.* VpcId"),
        ("CreateSnapshot", "Description TagSpecification.* VolumeId"),
        ("CreateSubnet", "AvailabilityZone CidrBlock Ipv6Native=false TagSpecification.* VpcId"),
        ("CreateTags", "ResourceId Tag.Key Tag.Value"),
        (
            "CreateTransitGateway",
            "Description Options.AmazonSideAsn=64512 Options.AutoAcceptSharedAttachments \
             Options.DefaultRouteTableAssociation=disable \
             Options.DefaultRouteTablePropagation=disable Options.DnsSupport=enable \
             Options.MulticastSupport=disable Options.SecurityGroupReferencingSupport=disable \
             Options.VpnEcmpSupport=enable TagSpecification.*",
        ),
        (
            "CreateTransitGatewayRoute",
            "DestinationCidrBlock TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("CreateTransitGatewayRouteTable", "TagSpecifications.* TransitGatewayId"),
        (
            "CreateTransitGatewayVpcAttachment",
            "Options.ApplianceModeSupport=disable Options.DnsSupport=enable \
             Options.Ipv6Support=disable Options.SecurityGroupReferencingSupport=enable SubnetIds \
             TagSpecifications.* TransitGatewayId VpcId",
        ),
        ("CreateVolume", "AvailabilityZone ClientToken Encrypted=false Size VolumeType"),
        (
            "CreateVpc",
            "AmazonProvidedIpv6CidrBlock=false CidrBlock InstanceTenancy=default Ipv4IpamPoolId \
             Ipv4NetmaskLength TagSpecification.*",
        ),
        (
            "CreateVpcEndpoint",
            "ClientToken PrivateDnsEnabled=false ServiceName TagSpecification.* VpcEndpointType \
             VpcId",
        ),
        ("DeleteInternetGateway", "InternetGatewayId"),
        ("DeleteIpamPool", "Cascade=false IpamPoolId"),
        ("DeleteManagedPrefixList", "PrefixListId"),
        ("DeleteNatGateway", "NatGatewayId"),
        ("DeleteNetworkAcl", "NetworkAclId"),
        ("DeleteNetworkInterface", "NetworkInterfaceId"),
        ("DeletePlacementGroup", "GroupName"),
        ("DeleteRouteTable", "RouteTableId"),
        ("DeleteSecurityGroup", "GroupId"),
        ("DeleteSnapshot", "SnapshotId"),
        ("DeleteSubnet", "SubnetId"),
        ("DeleteTags", "ResourceId Tag.Key Tag.Value"),
        ("DeleteTransitGateway", "TransitGatewayId"),
        ("DeleteTransitGatewayRoute", "DestinationCidrBlock TransitGatewayRouteTableId"),
        ("DeleteTransitGatewayRouteTable", "TransitGatewayRouteTableId"),
        ("DeleteTransitGatewayVpcAttachment", "TransitGatewayAttachmentId"),
        ("DeleteVolume", "VolumeId"),
        ("DeleteVpc", "VpcId"),
        ("DeleteVpcEndpoints", "VpcEndpointId"),
        ("DeprovisionIpamPoolCidr", "Cidr IpamPoolId"),
        ("DeregisterImage", "DeleteAssociatedSnapshots=false ImageId"),
        ("DescribeAvailabilityZones", "~AllAvailabilityZones Filter.* ZoneId ZoneName"),
        ("DescribeCapacityReservations", "CapacityReservationId Filter.* MaxResults NextToken"),
        ("DescribeHosts", "Filter.* HostId MaxResults NextToken"),
        ("DescribeImageAttribute", "Attribute ImageId"),
        (
            "DescribeImages",
            "ExecutableBy Filter.* ImageId IncludeDeprecated IncludeDisabled MaxResults NextToken \
             Owner",
        ),
        ("DescribeInstances", "Filter.* ~IncludeManagedResources InstanceId MaxResults NextToken"),
        ("DescribeInternetGateways", "Filter.* InternetGatewayId MaxResults NextToken"),
        ("DescribeIpamPools", "Filter.* IpamPoolId MaxResults NextToken"),
        ("DescribeManagedPrefixLists", "Filter.* MaxResults NextToken PrefixListId"),
        ("DescribeNatGateways", "Filter.* MaxResults NatGatewayId NextToken"),
        ("DescribeNetworkAcls", "Filter.* MaxResults NetworkAclId NextToken"),
        (
            "DescribeNetworkInterfaces",
            "Filter.* ~IncludeManagedResources MaxResults NetworkInterfaceId NextToken",
        ),
        ("DescribePlacementGroups", "Filter.* GroupId GroupName"),
        ("DescribeRegions", "~AllRegions Filter.* RegionName"),
        ("DescribeRouteTables", "Filter.* MaxResults NextToken RouteTableId"),
        ("DescribeSecurityGroupVpcAssociations", "Filter.* MaxResults NextToken"),
        ("DescribeSecurityGroups", "Filter.* GroupId GroupName MaxResults NextToken"),
        ("DescribeSnapshots", "Filter.* MaxResults NextToken Owner SnapshotId"),
        ("DescribeSubnets", "Filter.* MaxResults NextToken SubnetId"),
        ("DescribeTags", "Filter.* MaxResults NextToken"),
        (
            "DescribeTransitGatewayRouteTables",
            "Filter.* MaxResults NextToken TransitGatewayRouteTableIds",
        ),
        (
            "DescribeTransitGatewayVpcAttachments",
            "Filter.* MaxResults NextToken TransitGatewayAttachmentIds",
        ),
        ("DescribeTransitGateways", "Filter.* MaxResults NextToken TransitGatewayIds"),
        ("DescribeVolumes", "Filter.* ~IncludeManagedResources MaxResults NextToken VolumeId"),
        ("DescribeVpcAttribute", "Attribute VpcId"),
        ("DescribeVpcEndpoints", "Filter.* MaxResults NextToken VpcEndpointId"),
        ("DescribeVpcs", "Filter.* MaxResults NextToken VpcId"),
        ("DetachInternetGateway", "InternetGatewayId VpcId"),
        ("DisableImage", "ImageId"),
        ("DisableImageBlockPublicAccess", ""),
        ("DisableImageDeprecation", "ImageId"),
        ("DisassociateSecurityGroupVpc", "GroupId VpcId"),
        (
            "DisassociateTransitGatewayRouteTable",
            "TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("EnableImage", "ImageId"),
        ("EnableImageBlockPublicAccess", "ImageBlockPublicAccessState"),
        ("EnableImageDeprecation", "DeprecateAt ImageId"),
        ("EnableIpamOrganizationAdminAccount", "DelegatedAdminAccountId"),
        (
            "EnableTransitGatewayRouteTablePropagation",
            "TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("GetImageBlockPublicAccessState", ""),
        ("GetIpamPoolAllocations", "Filter.* IpamPoolAllocationId IpamPoolId MaxResults NextToken"),
        ("GetManagedPrefixListAssociations", "MaxResults NextToken PrefixListId"),
        ("GetManagedPrefixListEntries", "MaxResults NextToken PrefixListId"),
        ("GetSecurityGroupsForVpc", "Filter.* MaxResults NextToken VpcId"),
        (
            "GetTransitGatewayRouteTableAssociations",
            "Filter.* MaxResults NextToken TransitGatewayRouteTableId",
        ),
        (
            "GetTransitGatewayRouteTablePropagations",
            "Filter.* MaxResults NextToken TransitGatewayRouteTableId",
        ),
        (
            "ModifyImageAttribute",
            "Attribute=launchPermission Description.Value ImageId LaunchPermission.Add.* \
             LaunchPermission.Remove.* OperationType OrganizationArn OrganizationalUnitArn \
             UserGroup UserId",
        ),
        (
            "ModifyManagedPrefixList",
            "AddEntry.Cidr AddEntry.Description CurrentVersion MaxEntries PrefixListId \
             PrefixListName RemoveEntry.Cidr",
        ),
        ("ModifyNetworkInterfaceAttribute", "NetworkInterfaceId SecurityGroupId"),
        (
            "ModifySnapshotAttribute",
            "Attribute=createVolumePermission CreateVolumePermission.Add.* \
             CreateVolumePermission.Remove.* OperationType SnapshotId UserId",
        ),
        (
            "ModifySubnetAttribute",
            "AssignIpv6AddressOnCreation.Value=false EnableDns64.Value=false \
             MapCustomerOwnedIpOnLaunch.Value=false MapPublicIpOnLaunch.Value=false SubnetId",
        ),
        (
            "ModifyVpcAttribute",
            "EnableDnsHostnames.Value=false EnableDnsSupport.Value=true \
             EnableNetworkAddressUsageMetrics.Value=false VpcId",
        ),
        ("ProvisionIpamPoolCidr", "Cidr ClientToken IpamPoolId"),
        (
            "RegisterImage",
            "Architecture BlockDeviceMapping.DeviceName BlockDeviceMapping.Ebs.SnapshotId \
             Description Name RootDeviceName TagSpecification.* VirtualizationType=hvm",
        ),
        ("RejectTransitGatewayVpcAttachment", "TransitGatewayAttachmentId"),
        ("ReleaseHosts", "HostId"),
        ("ReleaseIpamPoolAllocation", "Cidr IpamPoolAllocationId IpamPoolId"),
        ("ResetImageAttribute", "Attribute ImageId"),
        (
            "RevokeSecurityGroupIngress",
            "GroupId IpPermissions.FromPort=443 IpPermissions.Groups.GroupId \
             IpPermissions.Groups.UserId IpPermissions.IpProtocol=tcp \
             IpPermissions.PrefixListIds.PrefixListId IpPermissions.ToPort=443",
        ),
        (
            "RunInstances",
            "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId \
             ClientToken EbsOptimized=false ImageId InstanceType \
             LicenseSpecification.LicenseConfigurationArn MaxCount MinCount \
             Monitoring.Enabled=false NetworkInterface.SecurityGroupId NetworkInterface.SubnetId \
             NetworkInterface.DeviceIndex=0 Placement.GroupId Placement.GroupName Placement.HostId \
             Placement.Tenancy=default|host SecurityGroupId SubnetId TagSpecification.*",
        ),
        ("SearchTransitGatewayRoutes", "Filter.* MaxResults NextToken TransitGatewayRouteTableId"),
        ("TerminateInstances", "InstanceId"),
    ],
};
