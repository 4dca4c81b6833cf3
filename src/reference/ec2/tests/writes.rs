//! Writes: what is granted is done, and is shown.

use bellwether_model::Account;

use super::forms::Target;

#[test]
fn a_prefix_list_has_the_entries_that_are_named_and_no_others() {
    let mut target = Target::default();
    let list = target.list();
    let entries = format!("GetManagedPrefixListEntries&PrefixListId={list}");
    assert_eq!(target.ask(&entries).texts("cidr"), [""; 0]);
    let modify = format!("ModifyManagedPrefixList&PrefixListId={list}");
    let added = target.ask(&format!("{modify}&CurrentVersion=1&AddEntry.1.Cidr=10.1.2.3/16"));
    assert_eq!(added.text("version"), "2");
    assert_eq!(target.ask(&entries).texts("cidr"), ["10.1.0.0/16"]);
    assert_eq!(target.ask(&format!("{entries}&TargetVersion=1")).texts("cidr"), [""; 0]);
    assert_eq!(target.code(&format!("{entries}&TargetVersion=3")), "InvalidParameterValue");
}

#[test]
fn a_new_name_of_a_prefix_list_makes_no_version() {
    let mut target = Target::default();
    let list = target.list();
    let modify = format!("ModifyManagedPrefixList&PrefixListId={list}&CurrentVersion=1");
    let renamed = target.ask(&format!("{modify}&PrefixListName=b"));
    assert_eq!((renamed.text("version"), renamed.text("prefixListName")), ("1", "b"));
    assert_eq!(target.ask(&format!("{modify}&MaxEntries=5")).text("maxEntries"), "5");
}

#[test]
fn a_prefix_list_that_can_t_be_is_refused() {
    let mut target = Target::default();
    let list = "CreateManagedPrefixList&PrefixListName=a";
    for wrong in [
        "&MaxEntries=0&AddressFamily=IPv4",
        "&MaxEntries=3&AddressFamily=IPv9",
        "&MaxEntries=3&AddressFamily=IPv4&Entry.1.Cidr=not-a-cidr",
        "&MaxEntries=3&AddressFamily=IPv6&Entry.1.Cidr=10.0.0.0/8",
    ] {
        assert_eq!(target.code(&format!("{list}{wrong}")), "InvalidParameterValue", "{wrong}");
    }
}

#[test]
fn a_dry_run_does_nothing_whatever_true_is_spelled_like() {
    let mut target = Target::default();
    let [vpc, _] = target.subnet();
    target.ask(&format!("CreateTags&ResourceId.1={vpc}&Tag.1.Key=a&Tag.1.Value=b"));
    for request in [
        format!("DeleteTags&ResourceId.1={vpc}&Tag.1.Key=a"),
        "DescribeTags".to_owned(),
        "DescribeRegions".to_owned(),
        "DescribeAvailabilityZones".to_owned(),
        "CreateIpam".to_owned(),
        "CreateVolume&Size=1&AvailabilityZone=us-east-1a".to_owned(),
        format!("DescribeVpcs&VpcId.1={vpc}"),
    ] {
        for truth in ["true", "True", "TRUE", "1"] {
            let code = target.code(&format!("{request}&DryRun={truth}"));
            assert_eq!(code, "DryRunOperation", "{request} {truth}");
        }
    }
    assert_eq!(target.ask("DescribeTags").texts("key"), ["a"]);
    assert_eq!(target.code("DescribeRegions&DryRun=maybe"), "InvalidParameterValue");
}

#[test]
fn a_modified_subnet_is_shown_as_modified() {
    let mut target = Target::default();
    let [_, subnet] = target.subnet();
    let modify = format!("ModifySubnetAttribute&SubnetId={subnet}");
    for (change, element, value) in [
        ("MapPublicIpOnLaunch.Value=true", "mapPublicIpOnLaunch", "true"),
        ("EnableDns64.Value=true", "enableDns64", "true"),
        ("PrivateDnsHostnameTypeOnLaunch=resource-name", "hostnameType", "resource-name"),
        ("EnableResourceNameDnsARecordOnLaunch.Value=true", "enableResourceNameDnsARecord", "true"),
    ] {
        assert_eq!(target.ask(&format!("{modify}&{change}")).status, 200, "{change}");
        assert_eq!(target.ask("DescribeSubnets").text(element), value, "{change}");
    }
    let both = format!("{modify}&EnableDns64.Value=true&MapPublicIpOnLaunch.Value=true");
    assert_eq!(target.code(&both), "InvalidParameterCombination");
}

#[test]
fn a_modified_vpc_is_described_as_modified() {
    let mut target = Target::default();
    let [vpc, _] = target.subnet();
    let describe = format!("DescribeVpcAttribute&VpcId={vpc}&Attribute=enableDnsHostnames");
    assert_eq!(target.ask(&describe).text("value"), "false");
    let modify = format!("ModifyVpcAttribute&VpcId={vpc}");
    target.ask(&format!("{modify}&EnableDnsHostnames.Value=true"));
    assert_eq!(target.ask(&describe).text("value"), "true");
    assert_eq!(target.code(&modify), "MissingParameter");
}

#[test]
fn rules_of_a_security_group_are_kept_and_a_second_one_is_refused() {
    let mut target = Target::default();
    let group = target.group();
    let authorize = format!("AuthorizeSecurityGroupIngress&GroupId={group}");
    let ssh =
        "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=22&IpPermissions.1.ToPort=22";
    let from = |block: &str| format!("{authorize}{ssh}&IpPermissions.1.IpRanges.1.CidrIp={block}");
    let made = target.ask(&from("10.1.2.3/8"));
    assert_eq!(made.text("cidrIpv4"), "10.0.0.0/8");
    assert!(made.text("securityGroupRuleId").starts_with("sgr-"));
    let shown = target.ask(&format!("DescribeSecurityGroups&GroupId.1={group}"));
    assert_eq!(shown.texts("cidrIp"), ["10.0.0.0/8", "0.0.0.0/0"]);
    assert_eq!(shown.text("fromPort"), "22");
    assert_eq!(target.code(&from("10.0.0.0/8")), "InvalidPermission.Duplicate");
    assert_eq!(target.code(&from("123")), "InvalidParameterValue");
    let portless = from("10.2.0.0/16").replace("&IpPermissions.1.ToPort=22", "");
    assert_eq!(target.code(&portless), "InvalidParameterValue");
}

#[test]
fn a_revoked_rule_is_gone_and_the_others_stay() {
    let mut target = Target::default();
    let group = target.group();
    let rule = |action: &str, port: u16| {
        format!(
            "{action}SecurityGroupIngress&GroupId={group}&IpPermissions.1.IpProtocol=tcp\
             &IpPermissions.1.FromPort={port}&IpPermissions.1.ToPort={port}\
             &IpPermissions.1.Groups.1.GroupId={group}"
        )
    };
    for port in [80, 443] {
        target.make(&rule("Authorize", port), "securityGroupRuleId");
    }
    for port in [80, 443] {
        target.make(&rule("Revoke", port), "securityGroupRuleId");
        assert_eq!(target.code(&rule("Revoke", port)), "InvalidPermission.NotFound");
    }
    let shown = target.ask(&format!("DescribeSecurityGroups&GroupId.1={group}"));
    assert_eq!(shown.texts("fromPort"), [""; 0]);
}

#[test]
fn a_list_or_group_can_be_named_by_rules_about_several_ports() {
    let mut target = Target::default();
    let group = target.group();
    let list = target.list();
    let authorize = |port: u16, source: &str| {
        format!(
            "AuthorizeSecurityGroupIngress&GroupId={group}&IpPermissions.1.IpProtocol=tcp\
             &IpPermissions.1.FromPort={port}&IpPermissions.1.ToPort={port}&IpPermissions.1.{source}"
        )
    };
    for source in
        [format!("PrefixListIds.1.PrefixListId={list}"), format!("Groups.1.GroupId={group}")]
    {
        for port in [80, 443] {
            assert_eq!(target.ask(&authorize(port, &source)).status, 200, "{source} {port}");
        }
        assert_eq!(target.code(&authorize(80, &source)), "InvalidPermission.Duplicate");
    }
    let shown = target.ask(&format!("DescribeSecurityGroups&GroupId.1={group}"));
    assert_eq!(shown.texts("prefixListId"), [list.as_str(), list.as_str()]);
}

#[test]
fn a_transit_gateway_has_the_options_that_it_was_made_with() {
    let mut target = Target::default();
    let plain = target.ask("CreateTransitGateway");
    assert_eq!(plain.text("amazonSideAsn"), "64512");
    assert_eq!(plain.text("defaultRouteTableAssociation"), "enable");
    assert!(plain.text("associationDefaultRouteTableId").starts_with("tgw-rtb-"));
    let made = target.ask(
        "CreateTransitGateway&Options.AmazonSideAsn=64600&Options.DnsSupport=disable\
         &Options.DefaultRouteTableAssociation=disable&Options.TransitGatewayCidrBlocks.1=10.9.0.0/24",
    );
    for (element, value) in [
        ("amazonSideAsn", "64600"),
        ("dnsSupport", "disable"),
        ("defaultRouteTableAssociation", "disable"),
        ("defaultRouteTablePropagation", "enable"),
        ("associationDefaultRouteTableId", ""),
    ] {
        assert_eq!(made.text(element), value, "{element}");
    }
    assert!(made.xml.contains("<item>10.9.0.0/24</item>"));
    assert_eq!(
        target.code("CreateTransitGateway&Options.AmazonSideAsn=1"),
        "InvalidParameterValue"
    );
}

#[test]
fn a_default_route_table_of_a_transit_gateway_routes_what_is_attached() {
    let mut target = Target::default();
    let [vpc, subnet] = target.subnet();
    let gateway = target.ask("CreateTransitGateway");
    let table = gateway.text("associationDefaultRouteTableId");
    let attach = format!(
        "CreateTransitGatewayVpcAttachment&VpcId={vpc}&SubnetIds.1={subnet}&TransitGatewayId={}",
        gateway.text("transitGatewayId")
    );
    let attachment = target.make(&attach, "transitGatewayAttachmentId");
    for list in ["Associations", "Propagations"] {
        let get = format!("GetTransitGatewayRouteTable{list}&TransitGatewayRouteTableId={table}");
        assert_eq!(target.ask(&get).text("transitGatewayAttachmentId"), attachment, "{list}");
    }
    let tables = target.ask("DescribeTransitGatewayRouteTables");
    assert_eq!(tables.text("defaultAssociationRouteTable"), "true");
}

#[test]
fn a_subnet_is_made_in_the_zone_that_is_named() {
    let mut target = Target::default();
    let vpc = target.make("CreateVpc&CidrBlock=10.0.0.0/16", "vpcId");
    let create = format!("CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let unknown = format!("{create}&AvailabilityZone=asfasfas");
    assert_eq!(target.code(&unknown), "InvalidParameterValue");
    let made = target.ask(&format!("{create}&AvailabilityZoneId=use1-az3"));
    assert_eq!(made.text("availabilityZone"), "us-east-1c");
}

#[test]
fn an_interface_gets_the_addresses_that_are_asked_for() {
    let mut target = Target::default();
    let [_, subnet] = target.subnet();
    let create = format!("CreateNetworkInterface&SubnetId={subnet}");
    let named = format!("{create}&PrivateIpAddress=10.0.1.9&SecondaryPrivateIpAddressCount=2");
    let made = target.ask(&named);
    assert_eq!(made.texts("primary"), ["true", "false", "false"]);
    assert_eq!(made.text("privateIpAddress"), "10.0.1.9");
    assert_eq!(target.ask("DescribeSubnets").text("availableIpAddressCount"), "248");
    assert_eq!(target.code(&named), "InvalidIPAddress.InUse");
    for outside in ["10.0.2.9", "10.0.1.1", "10.0.1.255", "x"] {
        let code = target.code(&format!("{create}&PrivateIpAddress={outside}"));
        assert_eq!(code, "InvalidParameterValue", "{outside}");
    }
}

#[test]
fn addresses_are_given_out_until_a_subnet_has_none_left() {
    let mut target = Target::default();
    let vpc = target.make("CreateVpc&CidrBlock=10.0.0.0/16", "vpcId");
    let subnet = format!("CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/28");
    let subnet = target.make(&subnet, "subnetId");
    let create = format!("CreateNetworkInterface&SubnetId={subnet}");
    let first = target.make(&create, "networkInterfaceId");
    for _ in 1..11 {
        target.make(&create, "networkInterfaceId");
    }
    assert_eq!(target.code(&create), "InsufficientFreeAddressesInSubnet");
    target.ask(&format!("DeleteNetworkInterface&NetworkInterfaceId={first}"));
    assert_eq!(target.ask(&create).text("privateIpAddress"), "10.0.1.4");
}

#[test]
fn instances_of_one_launch_are_one_reservation_with_an_interface_each() {
    let mut target = Target::default();
    let launch = format!("{}&MaxCount=3", target.launch());
    let launched = target.ask(&launch);
    assert_eq!(launched.texts("amiLaunchIndex"), ["0", "1", "2"]);
    assert_eq!(launched.text("name"), "pending");
    let described = target.ask("DescribeInstances");
    assert_eq!(described.texts("reservationId").len(), 1);
    assert_eq!(described.texts("instanceId").len(), 3);
    let interface = described.text("networkInterfaceId").to_owned();
    let interfaces =
        target.ask(&format!("DescribeNetworkInterfaces&NetworkInterfaceId.1={interface}"));
    assert_eq!(interfaces.text("status"), "in-use");
    assert_eq!(interfaces.text("instanceId"), described.text("instanceId"));
    let delete = format!("DeleteNetworkInterface&NetworkInterfaceId={interface}");
    assert_eq!(target.code(&delete), "InvalidNetworkInterface.InUse");
}

#[test]
fn a_launch_without_a_subnet_is_refused_as_there_is_no_default_vpc() {
    let mut target = Target::default();
    let image = target.make("RegisterImage&Name=a", "imageId");
    let launch = format!("RunInstances&MinCount=1&MaxCount=1&ImageId={image}");
    assert_eq!(target.code(&launch), "VPCIdNotSpecified");
    let group = "CreateSecurityGroup&GroupName=a&GroupDescription=a";
    assert_eq!(target.code(group), "VPCIdNotSpecified");
}

#[test]
fn a_launch_has_the_options_that_it_names() {
    let mut target = Target::default();
    let launch = format!("{}&MaxCount=1", target.launch());
    let named = format!(
        "{launch}&PrivateIpAddress=10.0.1.77&Monitoring.Enabled=true\
         &MetadataOptions.HttpTokens=required&Placement.AvailabilityZone=us-east-1a"
    );
    let made = target.ask(&named);
    assert_eq!(made.text("privateIpAddress"), "10.0.1.77");
    assert_eq!(made.text("httpTokens"), "required");
    let elsewhere = format!("{launch}&Placement.AvailabilityZone=us-east-1b");
    assert_eq!(target.code(&elsewhere), "InvalidParameterValue");
    assert_eq!(target.code(&format!("{launch}&KeyName=a")), "InvalidKeyPair.NotFound");
    assert_eq!(target.code("TerminateInstances"), "InvalidParameterCombination");
}

#[test]
fn an_instance_has_a_public_address_where_it_or_its_subnet_says_so() {
    let mut target = Target::default();
    let launch = format!("{}&MaxCount=1", target.launch());
    assert_eq!(target.ask(&launch).text("ipAddress"), "");
    let subnet = target.ask("DescribeSubnets").text("subnetId").to_owned();
    target.ask(&format!("ModifySubnetAttribute&SubnetId={subnet}&MapPublicIpOnLaunch.Value=true"));
    let public = target.ask(&launch);
    assert!(public.text("ipAddress").starts_with("198."));
    assert_eq!(public.text("publicIp"), public.text("ipAddress"));
    let interface = "NetworkInterface.1.AssociatePublicIpAddress=false&NetworkInterface.1";
    let private = launch.replace("SubnetId", &format!("{interface}.SubnetId"));
    assert_eq!(target.ask(&private).text("ipAddress"), "");
}

#[test]
fn running_instances_are_well_and_others_have_no_status() {
    let mut target = Target::default();
    let id = target.instance();
    assert_eq!(
        target.ask("DescribeInstanceStatus").texts("status"),
        ["ok", "passed", "ok", "passed"]
    );
    target.ask(&format!("TerminateInstances&InstanceId.1={id}"));
    assert_eq!(target.ask("DescribeInstanceStatus").texts("instanceId"), [""; 0]);
    let all = target.ask("DescribeInstanceStatus&IncludeAllInstances=true");
    assert_eq!(all.texts("status"), ["not-applicable", "not-applicable"]);
}

#[test]
fn an_image_of_an_instance_has_a_snapshot() {
    let mut target = Target::default();
    let id = target.instance();
    let made = target.make(&format!("CreateImage&InstanceId={id}&Name=b"), "imageId");
    let described = target.ask(&format!("DescribeImages&ImageId.1={made}"));
    let snapshot = described.text("snapshotId").to_owned();
    let snapshots = target.ask(&format!("DescribeSnapshots&SnapshotId.1={snapshot}"));
    assert!(snapshots.text("description").contains(&made));
    let of_another = format!("CreateImage&InstanceId={id}&Name=b");
    let refused = target.ask_as(Account::STRANGER, &of_another);
    assert_eq!(refused.text("Code"), "InvalidInstanceID.NotFound");
}

#[test]
fn a_new_vpc_has_a_main_route_table_an_acl_and_a_group() {
    let mut target = Target::default();
    let made = target.ask("CreateVpc&CidrBlock=10.0.0.0/16&InstanceTenancy=dedicated");
    assert_eq!((made.text("state"), made.text("instanceTenancy")), ("pending", "dedicated"));
    let vpc = made.text("vpcId").to_owned();
    assert_eq!(target.ask("DescribeVpcs").text("state"), "available");
    for (list, element) in [("DescribeRouteTables", "main"), ("DescribeNetworkAcls", "default")] {
        let described = target.ask(list);
        assert_eq!(described.text("vpcId"), vpc, "{list}");
        assert_eq!(described.text(element), "true", "{list}");
    }
    assert_eq!(target.ask("DescribeSecurityGroups").text("groupName"), "default");
    target.ask(&format!("DeleteVpc&VpcId={vpc}"));
    assert_eq!(target.ask("DescribeRouteTables").texts("routeTableId"), [""; 0]);
}

#[test]
fn a_route_table_is_associated_with_one_subnet_after_the_other() {
    let mut target = Target::default();
    let [vpc, subnet] = target.subnet();
    let table = target.make(&format!("CreateRouteTable&VpcId={vpc}"), "routeTableId");
    let associate = format!("AssociateRouteTable&RouteTableId={table}&SubnetId={subnet}");
    let association = target.make(&associate, "associationId");
    assert_eq!(target.code(&associate), "Resource.AlreadyAssociated");
    let delete = format!("DeleteRouteTable&RouteTableId={table}");
    assert_eq!(target.code(&delete), "DependencyViolation");
    let shown = target.ask(&format!("DescribeRouteTables&RouteTableId.1={table}"));
    assert_eq!(shown.text("subnetId"), subnet);
    let disassociate = format!("DisassociateRouteTable&AssociationId={association}");
    assert_eq!(target.ask(&disassociate).status, 200);
    assert_eq!(target.ask(&delete).status, 200);
}

#[test]
fn a_main_table_routes_to_the_internet_gateway_of_its_vpc() {
    let mut target = Target::default();
    let [vpc, _] = target.subnet();
    let gateway = target.make("CreateInternetGateway", "internetGatewayId");
    let main = target.ask("DescribeRouteTables").text("routeTableId").to_owned();
    let create = format!(
        "CreateRoute&RouteTableId={main}&DestinationCidrBlock=0.0.0.0/0&GatewayId={gateway}"
    );
    assert_eq!(target.code(&create), "InvalidParameterValue");
    target.ask(&format!("AttachInternetGateway&InternetGatewayId={gateway}&VpcId={vpc}"));
    assert_eq!(target.ask(&create).status, 200);
    assert_eq!(target.code(&create), "RouteAlreadyExists");
    assert_eq!(target.ask("DescribeRouteTables").texts("gatewayId"), ["local", gateway.as_str()]);
}

#[test]
fn tags_that_can_t_be_are_refused() {
    let mut target = Target::default();
    let [vpc, _] = target.subnet();
    let create = format!("CreateTags&ResourceId.1={vpc}");
    assert_eq!(target.code("CreateTags&Tag.1.Key=a"), "MissingParameter");
    assert_eq!(target.code(&create), "MissingParameter");
    assert_eq!(target.code(&format!("{create}&Tag.1.Key=aws:a")), "InvalidParameterValue");
    let tags: Vec<_> = (1..=51).map(|number| format!("&Tag.{number}.Key=k{number}")).collect();
    let tags = tags.concat();
    assert_eq!(target.code(&format!("{create}{tags}")), "TagLimitExceeded");
    let main = target.ask("DescribeRouteTables").text("routeTableId").to_owned();
    target.ask(&format!("CreateTags&ResourceId.1={main}&Tag.1.Key=a"));
    assert_eq!(target.ask("DescribeTags").text("resourceType"), "route-table");
}

#[test]
fn an_id_without_the_form_of_one_is_malformed() {
    let mut target = Target::default();
    for (request, code) in [
        ("DescribeImages&ImageId.1=x", "InvalidAMIID.Malformed"),
        ("DescribeSubnets&SubnetId.1=subnet-xyz", "InvalidSubnetID.Malformed"),
        ("DescribeSecurityGroups&GroupId.1=x", "InvalidGroupId.Malformed"),
        ("DescribeSubnets&SubnetId.1=subnet-12345678", "InvalidSubnetID.NotFound"),
    ] {
        assert_eq!(target.code(request), code, "{request}");
    }
}

#[test]
fn several_that_do_not_exist_are_all_named() {
    let mut target = Target::default();
    let images = target.ask("DescribeImages&ImageId.1=ami-12345678&ImageId.2=ami-12345679");
    let message = "The image ids '[ami-12345678, ami-12345679]' do not exist";
    assert_eq!(images.text("Message"), message);
    let instances = target.ask("DescribeInstances&InstanceId.1=i-12345678&InstanceId.2=i-12345679");
    let message = "The instance IDs 'i-12345678, i-12345679' do not exist";
    assert_eq!(instances.text("Message"), message);
}

#[test]
fn a_registered_image_has_its_devices_and_networking() {
    let mut target = Target::default();
    let volume = target.make("CreateVolume&Size=1&AvailabilityZone=us-east-1a", "volumeId");
    let snapshot = target.make(&format!("CreateSnapshot&VolumeId={volume}"), "snapshotId");
    target.ask(&format!(
        "RegisterImage&Name=a&EnaSupport=true&SriovNetSupport=simple&RootDeviceName=/dev/xvda\
         &BlockDeviceMapping.1.DeviceName=/dev/xvda&BlockDeviceMapping.1.Ebs.SnapshotId={snapshot}\
         &BlockDeviceMapping.2.DeviceName=/dev/xvdb&BlockDeviceMapping.2.Ebs.VolumeSize=9"
    ));
    let image = target.ask("DescribeImages");
    assert_eq!(image.texts("deviceName"), ["/dev/xvda", "/dev/xvdb"]);
    assert_eq!((image.text("snapshotId"), image.text("volumeSize")), (snapshot.as_str(), "9"));
    assert_eq!((image.text("enaSupport"), image.text("sriovNetSupport")), ("true", "simple"));
}

#[test]
fn an_image_has_no_product_codes_and_its_other_attributes_are_refused_by_name() {
    let mut target = Target::default();
    let image = target.make("RegisterImage&Name=a", "imageId");
    let describe =
        |attribute| format!("DescribeImageAttribute&ImageId={image}&Attribute={attribute}");
    let answered = target.ask(&describe("productCodes"));
    assert_eq!((answered.status, answered.text("imageId")), (200, image.as_str()));
    assert!(answered.xml.contains("productCodes"), "{}", answered.xml);
    let refused = target.ask(&describe("bootMode"));
    assert_eq!(refused.status, 400);
    assert!(refused.xml.contains("does not have the attribute bootMode"), "{}", refused.xml);
}
