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
            "AutoPlacement AvailabilityZone AvailabilityZoneId ClientToken InstanceFamily \
             InstanceType Quantity=1 TagSpecification.*",
        ),
        ("AllocateIpamPoolCidr", "ClientToken IpamPoolId NetmaskLength PreviewNextCidr"),
        ("AssociateRouteTable", "RouteTableId SubnetId"),
        ("AssociateSecurityGroupVpc", "GroupId VpcId"),
        (
            "AssociateTransitGatewayRouteTable",
            "TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("AttachInternetGateway", "InternetGatewayId VpcId"),
        (
            "AuthorizeSecurityGroupIngress",
            "CidrIp FromPort GroupId IpPermissions.FromPort IpPermissions.Groups.Description \
             IpPermissions.Groups.GroupId IpPermissions.Groups.UserId \
             IpPermissions.IpProtocol IpPermissions.IpRanges.CidrIp \
             IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 \
             IpPermissions.Ipv6Ranges.Description IpPermissions.PrefixListIds.Description \
             IpPermissions.PrefixListIds.PrefixListId IpPermissions.ToPort IpProtocol ToPort",
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
            "AvailabilityZone AvailabilityZoneId ClientToken EbsOptimized=false \
             EndDateType=unlimited EphemeralStorage=false InstanceCount InstanceMatchCriteria \
             InstancePlatform InstanceType TagSpecifications.* Tenancy=default",
        ),
        ("CreateImage", "Description InstanceId Name ~NoReboot TagSpecification.*"),
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
            "ClientToken Description InterfaceType=interface PrivateIpAddress \
             PrivateIpAddresses.Primary PrivateIpAddresses.PrivateIpAddress \
             SecondaryPrivateIpAddressCount SecurityGroupId SubnetId TagSpecification.*",
        ),
        ("CreatePlacementGroup", "GroupName Strategy TagSpecification.*"),
        ("CreateRoute", "DestinationCidrBlock GatewayId RouteTableId TransitGatewayId"),
        ("CreateRouteTable", "ClientToken TagSpecification.* VpcId"),
        ("CreateSecurityGroup", "GroupDescription GroupName TagSpecification.* VpcId"),
        ("CreateSnapshot", "Description TagSpecification.* VolumeId"),
        (
            "CreateSubnet",
            "AvailabilityZone AvailabilityZoneId CidrBlock Ipv6Native=false \
             TagSpecification.* VpcId",
        ),
        ("CreateTags", "ResourceId Tag.Key Tag.Value"),
        (
            "CreateTransitGateway",
            "Description Options.AmazonSideAsn Options.AutoAcceptSharedAttachments \
             Options.DefaultRouteTableAssociation Options.DefaultRouteTablePropagation \
             Options.DnsSupport Options.MulticastSupport \
             Options.SecurityGroupReferencingSupport Options.TransitGatewayCidrBlocks \
             Options.VpnEcmpSupport TagSpecification.*",
        ),
        (
            "CreateTransitGatewayRoute",
            "DestinationCidrBlock TransitGatewayAttachmentId TransitGatewayRouteTableId",
        ),
        ("CreateTransitGatewayRouteTable", "TagSpecifications.* TransitGatewayId"),
        (
            "CreateTransitGatewayVpcAttachment",
            "Options.ApplianceModeSupport=disable Options.DnsSupport=enable \
             Options.Ipv6Support=disable Options.SecurityGroupReferencingSupport=enable \
             SubnetIds TagSpecifications.* TransitGatewayId VpcId",
        ),
        (
            "CreateVolume",
            "AvailabilityZone AvailabilityZoneId ClientToken Encrypted=false Size VolumeType",
        ),
        (
            "CreateVpc",
            "AmazonProvidedIpv6CidrBlock=false CidrBlock InstanceTenancy Ipv4IpamPoolId \
             Ipv4NetmaskLength TagSpecification.*",
        ),
        (
            "CreateVpcEndpoint",
            "ClientToken PrivateDnsEnabled=false ServiceName TagSpecification.* \
             VpcEndpointType VpcId",
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
            "ExecutableBy Filter.* ImageId IncludeDeprecated IncludeDisabled MaxResults \
             NextToken Owner",
        ),
        (
            "DescribeInstanceStatus",
            "Filter.* IncludeAllInstances ~IncludeManagedResources InstanceId MaxResults \
             NextToken",
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
        ("DisassociateRouteTable", "AssociationId"),
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
        ("GetManagedPrefixListEntries", "MaxResults NextToken PrefixListId TargetVersion"),
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
            "AssignIpv6AddressOnCreation.Value EnableDns64.Value \
             EnableResourceNameDnsAAAARecordOnLaunch.Value \
             EnableResourceNameDnsARecordOnLaunch.Value MapCustomerOwnedIpOnLaunch.Value \
             MapPublicIpOnLaunch.Value PrivateDnsHostnameTypeOnLaunch SubnetId",
        ),
        (
            "ModifyVpcAttribute",
            "EnableDnsHostnames.Value EnableDnsSupport.Value \
             EnableNetworkAddressUsageMetrics.Value VpcId",
        ),
        ("ProvisionIpamPoolCidr", "Cidr ClientToken IpamPoolId"),
        (
            "RegisterImage",
            "Architecture BlockDeviceMapping.DeviceName \
             BlockDeviceMapping.Ebs.DeleteOnTermination \
             BlockDeviceMapping.Ebs.Encrypted=false BlockDeviceMapping.Ebs.SnapshotId \
             BlockDeviceMapping.Ebs.VolumeSize BlockDeviceMapping.Ebs.VolumeType Description \
             EnaSupport Name RootDeviceName SriovNetSupport TagSpecification.* \
             VirtualizationType=hvm",
        ),
        ("RejectTransitGatewayVpcAttachment", "TransitGatewayAttachmentId"),
        ("ReleaseHosts", "HostId"),
        ("ReleaseIpamPoolAllocation", "Cidr IpamPoolAllocationId IpamPoolId"),
        ("ResetImageAttribute", "Attribute ImageId"),
        (
            "RevokeSecurityGroupIngress",
            "CidrIp FromPort GroupId IpPermissions.FromPort IpPermissions.Groups.Description \
             IpPermissions.Groups.GroupId IpPermissions.Groups.UserId \
             IpPermissions.IpProtocol IpPermissions.IpRanges.CidrIp \
             IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 \
             IpPermissions.Ipv6Ranges.Description IpPermissions.PrefixListIds.Description \
             IpPermissions.PrefixListIds.PrefixListId IpPermissions.ToPort IpProtocol \
             SecurityGroupRuleId ToPort",
        ),
        (
            "RunInstances",
            " \
             CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId \
             ClientToken CpuOptions.CoreCount CpuOptions.ThreadsPerCore EbsOptimized=false \
             ImageId InstanceType KeyName LicenseSpecification.LicenseConfigurationArn \
             MaxCount MetadataOptions.HttpEndpoint MetadataOptions.HttpProtocolIpv6 \
             MetadataOptions.HttpPutResponseHopLimit MetadataOptions.HttpTokens \
             MetadataOptions.InstanceMetadataTags MinCount Monitoring.Enabled \
             NetworkInterface.AssociatePublicIpAddress \
             NetworkInterface.DeleteOnTermination=true NetworkInterface.DeviceIndex=0 \
             NetworkInterface.PrivateIpAddress NetworkInterface.PrivateIpAddresses.Primary \
             NetworkInterface.PrivateIpAddresses.PrivateIpAddress \
             NetworkInterface.SecondaryPrivateIpAddressCount NetworkInterface.SecurityGroupId \
             NetworkInterface.SubnetId Placement.AvailabilityZone Placement.GroupId \
             Placement.GroupName Placement.HostId Placement.Tenancy=default|host \
             PrivateIpAddress SecurityGroupId SubnetId TagSpecification.*",
        ),
        ("SearchTransitGatewayRoutes", "Filter.* MaxResults NextToken TransitGatewayRouteTableId"),
        ("TerminateInstances", "InstanceId"),
    ],
};
