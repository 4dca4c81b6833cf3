//! What is answered about something that was deleted.

use std::time::Duration;

use super::forms::Target;

/// A kind of resource: how one is made in a subnet of a VPC, deleted, and described; and what AWS calls one
/// that does not exist.
struct Deleted {
    make: &'static str,
    id: &'static str,
    delete: &'static str,
    describe: &'static str,
    code: &'static str,
}

const fn deleted([make, id, delete, describe, code]: [&'static str; 5]) -> Deleted {
    Deleted { make, id, delete, describe, code }
}

/// `{vpc}`, `{subnet}`, `{gateway}` and `{volume}` stand for such of the target, `{id}` for the resource.
static KINDS: &[Deleted] = &[
    deleted([
        "CreateVpc&CidrBlock=10.1.0.0/16",
        "vpcId",
        "DeleteVpc&VpcId={id}",
        "DescribeVpcs&VpcId.1={id}",
        "InvalidVpcID.NotFound",
    ]),
    deleted([
        "CreateSubnet&VpcId={vpc}&CidrBlock=10.0.2.0/24",
        "subnetId",
        "DeleteSubnet&SubnetId={id}",
        "DescribeSubnets&SubnetId.1={id}",
        "InvalidSubnetID.NotFound",
    ]),
    deleted([
        "CreateSecurityGroup&VpcId={vpc}&GroupName=a&GroupDescription=a",
        "groupId",
        "DeleteSecurityGroup&GroupId={id}",
        "DescribeSecurityGroups&GroupId.1={id}",
        "InvalidGroup.NotFound",
    ]),
    deleted([
        "CreateRouteTable&VpcId={vpc}",
        "routeTableId",
        "DeleteRouteTable&RouteTableId={id}",
        "DescribeRouteTables&RouteTableId.1={id}",
        "InvalidRouteTableID.NotFound",
    ]),
    deleted([
        "CreateNetworkAcl&VpcId={vpc}",
        "networkAclId",
        "DeleteNetworkAcl&NetworkAclId={id}",
        "DescribeNetworkAcls&NetworkAclId.1={id}",
        "InvalidNetworkAclID.NotFound",
    ]),
    deleted([
        "CreateInternetGateway",
        "internetGatewayId",
        "DeleteInternetGateway&InternetGatewayId={id}",
        "DescribeInternetGateways&InternetGatewayId.1={id}",
        "InvalidInternetGatewayID.NotFound",
    ]),
    deleted([
        "CreateVpcEndpoint&VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.s3",
        "vpcEndpointId",
        "DeleteVpcEndpoints&VpcEndpointId.1={id}",
        "DescribeVpcEndpoints&VpcEndpointId.1={id}",
        "InvalidVpcEndpointId.NotFound",
    ]),
    deleted([
        "CreateNetworkInterface&SubnetId={subnet}",
        "networkInterfaceId",
        "DeleteNetworkInterface&NetworkInterfaceId={id}",
        "DescribeNetworkInterfaces&NetworkInterfaceId.1={id}",
        "InvalidNetworkInterfaceID.NotFound",
    ]),
    deleted([
        "CreateManagedPrefixList&PrefixListName=a&MaxEntries=1&AddressFamily=IPv4",
        "prefixListId",
        "DeleteManagedPrefixList&PrefixListId={id}",
        "GetManagedPrefixListEntries&PrefixListId={id}",
        "InvalidPrefixListID.NotFound",
    ]),
    deleted([
        "CreateManagedPrefixList&PrefixListName=a&MaxEntries=1&AddressFamily=IPv4",
        "prefixListId",
        "DeleteManagedPrefixList&PrefixListId={id}",
        "DescribeManagedPrefixLists&PrefixListId.1={id}",
        "InvalidPrefixListID.NotFound",
    ]),
    deleted([
        "CreateCapacityReservation&InstanceType=t3.nano&InstancePlatform=Linux/UNIX&InstanceCount=1",
        "capacityReservationId",
        "CancelCapacityReservation&CapacityReservationId={id}",
        "CancelCapacityReservation&CapacityReservationId={id}",
        "InvalidCapacityReservationId.NotFound",
    ]),
    deleted([
        "RegisterImage&Name=a",
        "imageId",
        "DeregisterImage&ImageId={id}",
        "DescribeImages&ImageId.1={id}",
        "InvalidAMIID.NotFound",
    ]),
    deleted([
        "RegisterImage&Name=a",
        "imageId",
        "DeregisterImage&ImageId={id}",
        "DescribeImageAttribute&Attribute=launchPermission&ImageId={id}",
        "InvalidAMIID.NotFound",
    ]),
    deleted([
        "RegisterImage&Name=a",
        "imageId",
        "DeregisterImage&ImageId={id}",
        "DeregisterImage&ImageId={id}",
        "InvalidAMIID.NotFound",
    ]),
    deleted([
        "CreateSnapshot&VolumeId={volume}",
        "snapshotId",
        "DeleteSnapshot&SnapshotId={id}",
        "DescribeSnapshots&SnapshotId.1={id}",
        "InvalidSnapshot.NotFound",
    ]),
    deleted([
        "CreateTransitGateway",
        "transitGatewayId",
        "DeleteTransitGateway&TransitGatewayId={id}",
        "CreateTransitGatewayVpcAttachment&TransitGatewayId={id}&VpcId={vpc}&SubnetIds.1={subnet}",
        "InvalidTransitGatewayID.NotFound",
    ]),
    deleted([
        "CreateTransitGatewayVpcAttachment&TransitGatewayId={gateway}&VpcId={vpc}&SubnetIds.1={subnet}",
        "transitGatewayAttachmentId",
        "DeleteTransitGatewayVpcAttachment&TransitGatewayAttachmentId={id}",
        "AcceptTransitGatewayVpcAttachment&TransitGatewayAttachmentId={id}",
        "InvalidTransitGatewayAttachmentID.NotFound",
    ]),
    deleted([
        "CreateTransitGatewayRouteTable&TransitGatewayId={gateway}",
        "transitGatewayRouteTableId",
        "DeleteTransitGatewayRouteTable&TransitGatewayRouteTableId={id}",
        "GetTransitGatewayRouteTableAssociations&TransitGatewayRouteTableId={id}",
        "InvalidRouteTableID.NotFound",
    ]),
    deleted([
        "CreateNatGateway&ConnectivityType=private&SubnetId={subnet}",
        "natGatewayId",
        "DeleteNatGateway&NatGatewayId={id}",
        "DeleteNatGateway&NatGatewayId={id}",
        "NatGatewayNotFound",
    ]),
    deleted([
        "CreateIpamPool&IpamScopeId=ipam-scope-1&AddressFamily=ipv4",
        "ipamPoolId",
        "DeleteIpamPool&IpamPoolId={id}",
        "DescribeIpamPools&IpamPoolId.1={id}",
        "InvalidIpamPoolId.NotFound",
    ]),
];

#[test]
fn each_kind_has_its_own_code_once_it_is_deleted() {
    for kind in KINDS {
        let mut target = Target::default();
        let [vpc, subnet] = target.subnet();
        let gateway = target.make("CreateTransitGateway", "transitGatewayId");
        let volume = target.make("CreateVolume&Size=1&AvailabilityZone=us-east-1a", "volumeId");
        let filled = |text: &str| {
            let text = text.replace("{vpc}", &vpc).replace("{subnet}", &subnet);
            text.replace("{gateway}", &gateway).replace("{volume}", &volume)
        };
        let id = target.make(&filled(kind.make), kind.id);
        let delete = target.ask(&kind.delete.replace("{id}", &id));
        assert_eq!(delete.status, 200, "{}: {}", kind.delete, delete.xml);
        let refused = target.ask(&filled(kind.describe).replace("{id}", &id));
        assert_eq!(refused.text("Code"), kind.code, "{}: {}", kind.describe, refused.xml);
        let of_another = id.starts_with("tgw-rtb") || kind.code.starts_with("InvalidIpam");
        assert!(of_another || refused.text("Message").contains(&id), "{}", refused.xml);
    }
}

#[test]
fn an_ended_instance_is_described_for_an_hour() {
    let mut target = Target::default();
    let id = target.instance();
    let ended = target.ask(&format!("TerminateInstances&InstanceId.1={id}"));
    assert_eq!(ended.texts("name"), ["shutting-down", "running"]);
    let again = target.ask(&format!("TerminateInstances&InstanceId.1={id}"));
    assert_eq!(again.texts("name"), ["terminated", "terminated"]);
    for request in ["DescribeInstances".to_owned(), format!("DescribeInstances&InstanceId.1={id}")]
    {
        let described = target.ask(&request);
        assert_eq!(described.text("instanceId"), id);
        assert_eq!(described.text("name"), "terminated");
    }
    target.state.time().pass(Duration::from_hours(1));
    assert_eq!(target.ask("DescribeInstances").texts("instanceId"), [""; 0]);
    let code = target.code(&format!("DescribeInstances&InstanceId.1={id}"));
    assert_eq!(code, "InvalidInstanceID.NotFound");
}

#[test]
fn deleted_gateways_and_attachments_are_described_as_deleted() {
    let mut target = Target::default();
    let [vpc, subnet] = target.subnet();
    let gateway = target.make("CreateTransitGateway", "transitGatewayId");
    let attach = format!(
        "CreateTransitGatewayVpcAttachment&TransitGatewayId={gateway}&VpcId={vpc}&SubnetIds.1={subnet}"
    );
    let attachment = target.make(&attach, "transitGatewayAttachmentId");
    let detach =
        format!("DeleteTransitGatewayVpcAttachment&TransitGatewayAttachmentId={attachment}");
    assert_eq!(target.ask(&detach).text("state"), "deleting");
    let attachments =
        format!("DescribeTransitGatewayVpcAttachments&TransitGatewayAttachmentIds.1={attachment}");
    assert_eq!(target.ask(&attachments).text("state"), "deleted");
    let delete = format!("DeleteTransitGateway&TransitGatewayId={gateway}");
    assert_eq!(target.ask(&delete).text("state"), "deleting");
    let gateways = format!("DescribeTransitGateways&TransitGatewayIds.1={gateway}");
    assert_eq!(target.ask(&gateways).text("state"), "deleted");
}
