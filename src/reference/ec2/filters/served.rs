//! The filters that are served, by the operations that have them.

use std::borrow::Cow;

/// The filters of an operation.
#[derive(Debug)]
pub struct Served {
    /// The operation.
    pub operation: &'static str,
    /// The structure in an item that filters without a path of their own look into; empty for the item.
    inside: &'static str,
    /// The names of each filter, and the path of the text that it compares. A path that begins with a dot
    /// is from the item, wherever the others are from.
    pub filters: &'static [(&'static str, &'static str)],
    /// The path of the tags that `tag:KEY` and `tag-key` look through, if the items have any.
    pub tags: Option<&'static str>,
}

impl Served {
    /// The path of the text that the filter of this name compares, if it is served.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<Cow<'static, str>> {
        let found = self.filters.iter().find(|(names, _)| names.split(' ').any(|it| it == name));
        let (_, path) = found?;
        Some(match path.strip_prefix('.') {
            Some(path) => path.into(),
            None if self.inside.is_empty() => (*path).into(),
            None => format!("{}.{path}", self.inside).into(),
        })
    }
}

/// The operations that have filters, in the order of their names.
pub static SERVED: &[Served] = &[
    Served {
        operation: "DescribeAvailabilityZones",
        filters: &[
            ("group-long-name", "groupLongName"),
            ("group-name", "groupName"),
            ("message", "messageSet.message"),
            ("opt-in-status", "optInStatus"),
            ("parent-zone-id", "parentZoneId"),
            ("parent-zone-name", "parentZoneName"),
            ("region-name", "regionName"),
            ("state", "zoneState"),
            ("zone-id", "zoneId"),
            ("zone-name", "zoneName"),
            ("zone-type", "zoneType"),
        ],
        ..UNTAGGED
    },
    Served {
        operation: "DescribeCapacityReservations",
        filters: &[
            ("availability-zone", "availabilityZone"),
            ("end-date", "endDate"),
            ("end-date-type", "endDateType"),
            ("instance-match-criteria", "instanceMatchCriteria"),
            ("instance-platform", "instancePlatform"),
            ("instance-type", "instanceType"),
            ("outpost-arn", "outpostArn"),
            ("owner-id", "ownerId"),
            ("placement-group-arn", "placementGroupArn"),
            ("start-date", "startDate"),
            ("state", "state"),
            ("tenancy", "tenancy"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeHosts",
        filters: &[
            ("auto-placement", "autoPlacement"),
            ("availability-zone", "availabilityZone"),
            ("instance-type", "hostProperties.instanceType"),
            ("state", "state"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeImages",
        filters: &[
            ("architecture", "architecture"),
            ("block-device-mapping.device-name", "blockDeviceMapping.deviceName"),
            ("block-device-mapping.snapshot-id", "blockDeviceMapping.ebs.snapshotId"),
            ("boot-mode", "bootMode"),
            ("creation-date", "creationDate"),
            ("description", "description"),
            ("hypervisor", "hypervisor"),
            ("image-id", "imageId"),
            ("image-type", "imageType"),
            ("is-public", "isPublic"),
            ("kernel-id", "kernelId"),
            ("manifest-location", "imageLocation"),
            ("name", "name"),
            ("owner-alias", "imageOwnerAlias"),
            ("owner-id", "imageOwnerId"),
            ("platform", "platform"),
            ("product-code", "productCodes.productCode"),
            ("product-code.type", "productCodes.type"),
            ("ramdisk-id", "ramdiskId"),
            ("root-device-name", "rootDeviceName"),
            ("root-device-type", "rootDeviceType"),
            ("state", "imageState"),
            ("state-reason-code", "stateReason.code"),
            ("state-reason-message", "stateReason.message"),
            ("virtualization-type", "virtualizationType"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeInstanceStatus",
        filters: &[
            ("availability-zone", "availabilityZone"),
            ("availability-zone-id", "availabilityZoneId"),
            ("instance-state-code", "instanceState.code"),
            ("instance-state-name", "instanceState.name"),
            ("instance-status.reachability", "instanceStatus.details.status"),
            ("instance-status.status", "instanceStatus.status"),
            ("system-status.reachability", "systemStatus.details.status"),
            ("system-status.status", "systemStatus.status"),
        ],
        ..UNTAGGED
    },
    Served {
        operation: "DescribeInstances",
        inside: "instancesSet",
        filters: &[
            ("affinity", "placement.affinity"),
            ("architecture", "architecture"),
            ("availability-zone", "placement.availabilityZone"),
            ("boot-mode", "bootMode"),
            ("capacity-reservation-id", "capacityReservationId"),
            ("dns-name", "dnsName"),
            ("ebs-optimized", "ebsOptimized"),
            ("host-id", "placement.hostId"),
            ("hypervisor", "hypervisor"),
            ("iam-instance-profile.arn", "iamInstanceProfile.arn"),
            ("iam-instance-profile.id", "iamInstanceProfile.id"),
            ("image-id", "imageId"),
            ("instance-id", "instanceId"),
            ("instance-lifecycle", "instanceLifecycle"),
            ("instance-state-code", "instanceState.code"),
            ("instance-state-name", "instanceState.name"),
            ("instance-type", "instanceType"),
            ("instance.group-id", "groupSet.groupId"),
            ("instance.group-name", "groupSet.groupName"),
            ("ip-address", "ipAddress"),
            ("kernel-id", "kernelId"),
            ("key-name", "keyName"),
            ("launch-index", "amiLaunchIndex"),
            ("launch-time", "launchTime"),
            ("monitoring-state", "monitoring.state"),
            ("outpost-arn", "outpostArn"),
            ("owner-id", ".ownerId"),
            ("placement-group-name", "placement.groupName"),
            ("placement-partition-number", "placement.partitionNumber"),
            ("platform", "platform"),
            ("private-dns-name", "privateDnsName"),
            ("private-ip-address", "privateIpAddress"),
            ("product-code", "productCodes.productCode"),
            ("product-code.type", "productCodes.type"),
            ("ramdisk-id", "ramdiskId"),
            ("reason", "reason"),
            ("requester-id", ".requesterId"),
            ("reservation-id", ".reservationId"),
            ("root-device-name", "rootDeviceName"),
            ("root-device-type", "rootDeviceType"),
            ("source-dest-check", "sourceDestCheck"),
            ("spot-instance-request-id", "spotInstanceRequestId"),
            ("state-reason-code", "stateReason.code"),
            ("state-reason-message", "stateReason.message"),
            ("subnet-id", "subnetId"),
            ("tenancy", "placement.tenancy"),
            ("virtualization-type", "virtualizationType"),
            ("vpc-id", "vpcId"),
        ],
        tags: Some("instancesSet.tagSet"),
    },
    Served {
        operation: "DescribeInternetGateways",
        filters: &[
            ("attachment.state", "attachmentSet.state"),
            ("attachment.vpc-id", "attachmentSet.vpcId"),
            ("internet-gateway-id", "internetGatewayId"),
            ("owner-id", "ownerId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeIpamPools",
        filters: &[("ipam-pool-id", "ipamPoolId"), ("owner-id", "ownerId")],
        ..TAGGED
    },
    Served {
        operation: "DescribeManagedPrefixLists",
        filters: &[
            ("owner-id", "ownerId"),
            ("prefix-list-id", "prefixListId"),
            ("prefix-list-name", "prefixListName"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeNatGateways",
        filters: &[
            ("nat-gateway-id", "natGatewayId"),
            ("state", "state"),
            ("subnet-id", "subnetId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeNetworkAcls",
        filters: &[
            ("association.association-id", "associationSet.networkAclAssociationId"),
            ("association.network-acl-id", "associationSet.networkAclId"),
            ("association.subnet-id", "associationSet.subnetId"),
            ("default", "default"),
            ("entry.cidr", "entrySet.cidrBlock"),
            ("entry.egress", "entrySet.egress"),
            ("entry.icmp.code", "entrySet.icmpTypeCode.code"),
            ("entry.icmp.type", "entrySet.icmpTypeCode.type"),
            ("entry.ipv6-cidr", "entrySet.ipv6CidrBlock"),
            ("entry.port-range.from", "entrySet.portRange.from"),
            ("entry.port-range.to", "entrySet.portRange.to"),
            ("entry.protocol", "entrySet.protocol"),
            ("entry.rule-action", "entrySet.ruleAction"),
            ("entry.rule-number", "entrySet.ruleNumber"),
            ("network-acl-id", "networkAclId"),
            ("owner-id", "ownerId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeNetworkInterfaces",
        filters: &[
            ("addresses.association.owner-id", "privateIpAddressesSet.association.ipOwnerId"),
            ("addresses.association.public-ip", "privateIpAddressesSet.association.publicIp"),
            ("addresses.primary", "privateIpAddressesSet.primary"),
            ("addresses.private-ip-address", "privateIpAddressesSet.privateIpAddress"),
            ("association.allocation-id", "association.allocationId"),
            ("association.association-id", "association.associationId"),
            ("association.ip-owner-id", "association.ipOwnerId"),
            ("association.public-dns-name", "association.publicDnsName"),
            ("association.public-ip", "association.publicIp"),
            ("attachment.attach-time", "attachment.attachTime"),
            ("attachment.attachment-id", "attachment.attachmentId"),
            ("attachment.delete-on-termination", "attachment.deleteOnTermination"),
            ("attachment.device-index", "attachment.deviceIndex"),
            ("attachment.instance-id", "attachment.instanceId"),
            ("attachment.instance-owner-id", "attachment.instanceOwnerId"),
            ("attachment.status", "attachment.status"),
            ("availability-zone", "availabilityZone"),
            ("availability-zone-id", "availabilityZoneId"),
            ("description", "description"),
            ("group-id", "groupSet.groupId"),
            ("interface-type", "interfaceType"),
            ("ipv6-addresses.ipv6-address", "ipv6AddressesSet.ipv6Address"),
            ("mac-address", "macAddress"),
            ("network-interface-id", "networkInterfaceId"),
            ("owner-id", "ownerId"),
            ("private-ip-address", "privateIpAddress"),
            ("requester-managed", "requesterManaged"),
            ("source-dest-check", "sourceDestCheck"),
            ("status", "status"),
            ("subnet-id", "subnetId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribePlacementGroups",
        filters: &[
            ("group-arn", "groupArn"),
            ("group-name", "groupName"),
            ("state", "state"),
            ("strategy", "strategy"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeRegions",
        filters: &[
            ("endpoint", "regionEndpoint"),
            ("opt-in-status", "optInStatus"),
            ("region-name", "regionName"),
        ],
        ..UNTAGGED
    },
    Served {
        operation: "DescribeRouteTables",
        filters: &[
            ("association.gateway-id", "associationSet.gatewayId"),
            ("association.main", "associationSet.main"),
            ("association.route-table-association-id", "associationSet.routeTableAssociationId"),
            ("association.route-table-id", "associationSet.routeTableId"),
            ("association.subnet-id", "associationSet.subnetId"),
            ("owner-id", "ownerId"),
            ("route-table-id", "routeTableId"),
            ("route.destination-cidr-block", "routeSet.destinationCidrBlock"),
            ("route.destination-ipv6-cidr-block", "routeSet.destinationIpv6CidrBlock"),
            ("route.destination-prefix-list-id", "routeSet.destinationPrefixListId"),
            ("route.egress-only-internet-gateway-id", "routeSet.egressOnlyInternetGatewayId"),
            ("route.gateway-id", "routeSet.gatewayId"),
            ("route.instance-id", "routeSet.instanceId"),
            ("route.nat-gateway-id", "routeSet.natGatewayId"),
            ("route.origin", "routeSet.origin"),
            ("route.state", "routeSet.state"),
            ("route.transit-gateway-id", "routeSet.transitGatewayId"),
            ("route.vpc-peering-connection-id", "routeSet.vpcPeeringConnectionId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeSecurityGroupVpcAssociations",
        filters: &[
            ("group-id", "groupId"),
            ("group-owner-id", "groupOwnerId"),
            ("state", "state"),
            ("vpc-id", "vpcId"),
            ("vpc-owner-id", "vpcOwnerId"),
        ],
        ..UNTAGGED
    },
    Served {
        operation: "DescribeSecurityGroups",
        filters: &[
            ("description", "groupDescription"),
            ("egress.ip-permission.cidr", "ipPermissionsEgress.ipRanges.cidrIp"),
            ("egress.ip-permission.from-port", "ipPermissionsEgress.fromPort"),
            ("egress.ip-permission.group-id", "ipPermissionsEgress.groups.groupId"),
            ("egress.ip-permission.group-name", "ipPermissionsEgress.groups.groupName"),
            ("egress.ip-permission.ipv6-cidr", "ipPermissionsEgress.ipv6Ranges.cidrIpv6"),
            (
                "egress.ip-permission.prefix-list-id",
                "ipPermissionsEgress.prefixListIds.prefixListId",
            ),
            ("egress.ip-permission.protocol", "ipPermissionsEgress.ipProtocol"),
            ("egress.ip-permission.to-port", "ipPermissionsEgress.toPort"),
            ("egress.ip-permission.user-id", "ipPermissionsEgress.groups.userId"),
            ("group-id", "groupId"),
            ("group-name", "groupName"),
            ("ip-permission.cidr", "ipPermissions.ipRanges.cidrIp"),
            ("ip-permission.from-port", "ipPermissions.fromPort"),
            ("ip-permission.group-id", "ipPermissions.groups.groupId"),
            ("ip-permission.group-name", "ipPermissions.groups.groupName"),
            ("ip-permission.ipv6-cidr", "ipPermissions.ipv6Ranges.cidrIpv6"),
            ("ip-permission.prefix-list-id", "ipPermissions.prefixListIds.prefixListId"),
            ("ip-permission.protocol", "ipPermissions.ipProtocol"),
            ("ip-permission.to-port", "ipPermissions.toPort"),
            ("ip-permission.user-id", "ipPermissions.groups.userId"),
            ("owner-id", "ownerId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeSnapshots",
        filters: &[
            ("description", "description"),
            ("encrypted", "encrypted"),
            ("owner-alias", "ownerAlias"),
            ("owner-id", "ownerId"),
            ("progress", "progress"),
            ("snapshot-id", "snapshotId"),
            ("start-time", "startTime"),
            ("status", "status"),
            ("volume-id", "volumeId"),
            ("volume-size", "volumeSize"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeSubnets",
        filters: &[
            ("availability-zone availabilityZone", "availabilityZone"),
            ("availability-zone-id availabilityZoneId", "availabilityZoneId"),
            ("available-ip-address-count", "availableIpAddressCount"),
            ("cidr-block cidr cidrBlock", "cidrBlock"),
            ("customer-owned-ipv4-pool", "customerOwnedIpv4Pool"),
            ("default-for-az defaultForAz", "defaultForAz"),
            ("enable-dns64", "enableDns64"),
            ("enable-lni-at-device-index", "enableLniAtDeviceIndex"),
            (
                "ipv6-cidr-block-association.association-id",
                "ipv6CidrBlockAssociationSet.associationId",
            ),
            (
                "ipv6-cidr-block-association.ipv6-cidr-block",
                "ipv6CidrBlockAssociationSet.ipv6CidrBlock",
            ),
            (
                "ipv6-cidr-block-association.state",
                "ipv6CidrBlockAssociationSet.ipv6CidrBlockState.state",
            ),
            ("ipv6-native", "ipv6Native"),
            ("map-customer-owned-ip-on-launch", "mapCustomerOwnedIpOnLaunch"),
            ("map-public-ip-on-launch", "mapPublicIpOnLaunch"),
            ("outpost-arn", "outpostArn"),
            ("owner-id", "ownerId"),
            (
                "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
                "privateDnsNameOptionsOnLaunch.enableResourceNameDnsARecord",
            ),
            (
                "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record",
                "privateDnsNameOptionsOnLaunch.enableResourceNameDnsAAAARecord",
            ),
            (
                "private-dns-name-options-on-launch.hostname-type",
                "privateDnsNameOptionsOnLaunch.hostnameType",
            ),
            ("state", "state"),
            ("subnet-arn", "subnetArn"),
            ("subnet-id", "subnetId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeTags",
        filters: &[
            ("key", "key"),
            ("resource-id", "resourceId"),
            ("resource-type", "resourceType"),
            ("value", "value"),
        ],
        tags: Some(""),
        ..UNTAGGED
    },
    Served {
        operation: "DescribeTransitGatewayRouteTables",
        filters: &[
            ("default-association-route-table", "defaultAssociationRouteTable"),
            ("default-propagation-route-table", "defaultPropagationRouteTable"),
            ("state", "state"),
            ("transit-gateway-id", "transitGatewayId"),
            ("transit-gateway-route-table-id", "transitGatewayRouteTableId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeTransitGatewayVpcAttachments",
        filters: &[
            ("state", "state"),
            ("transit-gateway-attachment-id", "transitGatewayAttachmentId"),
            ("transit-gateway-id", "transitGatewayId"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeTransitGateways",
        filters: &[
            ("options.amazon-side-asn", "options.amazonSideAsn"),
            (
                "options.association-default-route-table-id",
                "options.associationDefaultRouteTableId",
            ),
            ("options.auto-accept-shared-attachments", "options.autoAcceptSharedAttachments"),
            ("options.default-route-table-association", "options.defaultRouteTableAssociation"),
            ("options.default-route-table-propagation", "options.defaultRouteTablePropagation"),
            ("options.dns-support", "options.dnsSupport"),
            (
                "options.propagation-default-route-table-id",
                "options.propagationDefaultRouteTableId",
            ),
            ("options.vpn-ecmp-support", "options.vpnEcmpSupport"),
            ("owner-id", "ownerId"),
            ("state", "state"),
            ("transit-gateway-id", "transitGatewayId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeVolumes",
        filters: &[
            ("attachment.attach-time", "attachmentSet.attachTime"),
            ("attachment.delete-on-termination", "attachmentSet.deleteOnTermination"),
            ("attachment.device", "attachmentSet.device"),
            ("attachment.instance-id", "attachmentSet.instanceId"),
            ("attachment.status", "attachmentSet.status"),
            ("availability-zone", "availabilityZone"),
            ("create-time", "createTime"),
            ("encrypted", "encrypted"),
            ("size", "size"),
            ("snapshot-id", "snapshotId"),
            ("status", "status"),
            ("volume-id", "volumeId"),
            ("volume-type", "volumeType"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeVpcEndpoints",
        filters: &[
            ("service-name", "serviceName"),
            ("vpc-endpoint-id", "vpcEndpointId"),
            ("vpc-endpoint-state", "state"),
            ("vpc-endpoint-type", "vpcEndpointType"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "DescribeVpcs",
        filters: &[
            // Ansible's module of VPCs asks for the block by its second name.
            ("cidr cidr-block", "cidrBlock"),
            ("cidr-block-association.association-id", "cidrBlockAssociationSet.associationId"),
            ("cidr-block-association.cidr-block", "cidrBlockAssociationSet.cidrBlock"),
            ("cidr-block-association.state", "cidrBlockAssociationSet.cidrBlockState.state"),
            ("dhcp-options-id", "dhcpOptionsId"),
            (
                "ipv6-cidr-block-association.association-id",
                "ipv6CidrBlockAssociationSet.associationId",
            ),
            (
                "ipv6-cidr-block-association.ipv6-cidr-block",
                "ipv6CidrBlockAssociationSet.ipv6CidrBlock",
            ),
            ("ipv6-cidr-block-association.ipv6-pool", "ipv6CidrBlockAssociationSet.ipv6Pool"),
            (
                "ipv6-cidr-block-association.state",
                "ipv6CidrBlockAssociationSet.ipv6CidrBlockState.state",
            ),
            ("is-default isDefault", "isDefault"),
            ("owner-id", "ownerId"),
            ("state", "state"),
            ("vpc-id", "vpcId"),
        ],
        ..TAGGED
    },
    Served {
        operation: "GetIpamPoolAllocations",
        filters: &[("resource-owner", "resourceOwner")],
        ..UNTAGGED
    },
    Served {
        operation: "GetSecurityGroupsForVpc",
        filters: &[
            ("description", "description"),
            ("group-id", "groupId"),
            ("group-name", "groupName"),
            ("owner-id", "ownerId"),
            ("primary-vpc-id", "primaryVpcId"),
        ],
        ..TAGGED
    },
    Served { operation: "GetTransitGatewayRouteTableAssociations", filters: ATTACHED, ..UNTAGGED },
    Served { operation: "GetTransitGatewayRouteTablePropagations", filters: ATTACHED, ..UNTAGGED },
    Served {
        operation: "SearchTransitGatewayRoutes",
        filters: &[
            ("attachment.resource-id", "transitGatewayAttachments.resourceId"),
            ("attachment.resource-type", "transitGatewayAttachments.resourceType"),
            (
                "attachment.transit-gateway-attachment-id",
                "transitGatewayAttachments.transitGatewayAttachmentId",
            ),
            ("prefix-list-id", "prefixListId"),
            ("state", "state"),
            ("type", "type"),
        ],
        ..UNTAGGED
    },
];

/// Items whose filters look into themselves, and which have no tags.
const UNTAGGED: Served = Served { operation: "", inside: "", filters: &[], tags: None };

/// Items whose filters look into themselves, and which have tags.
const TAGGED: Served = Served { tags: Some("tagSet"), ..UNTAGGED };

/// The filters of associations and propagations of transit gateways.
const ATTACHED: &[(&str, &str)] = &[
    ("resource-id", "resourceId"),
    ("resource-type", "resourceType"),
    ("transit-gateway-attachment-id", "transitGatewayAttachmentId"),
];
