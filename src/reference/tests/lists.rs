//! What requests may ask of lists, and what they may say at all.

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use super::OWNER;
use crate::reference::Reference;

/// The status and the body of the answer to a request, signed for a service.
fn answer(
    reference: &Reference,
    service: &str,
    request: http::request::Builder,
    body: &str,
) -> (u16, String) {
    let scope = format!("Credential={OWNER}/20260101/us-east-1/{service}/aws4_request");
    let signature = format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0");
    let request = request.header("authorization", signature);
    let request: Request<Bytes> = request.body(Bytes::from(body.to_owned())).unwrap();
    let response = reference.handle(request);
    let status = response.status().as_u16();
    (status, String::from_utf8(response.into_body().to_vec()).unwrap())
}

/// The answer of EC2 to a form.
fn ec2(reference: &Reference, form: &str) -> (u16, String) {
    let form = format!("Version=2016-11-15&{form}");
    answer(reference, "ec2", Request::post("http://localhost/"), &form)
}

/// The answer of a service whose requests name their operation in a header.
fn rpc(reference: &Reference, service: &str, target: &str, input: &Value) -> (u16, Value) {
    let request = Request::post("http://localhost/").header("x-amz-target", target);
    let (status, body) = answer(reference, service, request, &input.to_string());
    (status, serde_json::from_str(&body).unwrap())
}

fn organizations(reference: &Reference, operation: &str, input: &Value) -> (u16, Value) {
    let target = format!("AWSOrganizationsV20161128.{operation}");
    rpc(reference, "organizations", &target, input)
}

fn resolver(reference: &Reference, operation: &str, input: &Value) -> (u16, Value) {
    rpc(reference, "route53resolver", &format!("Route53Resolver.{operation}"), input)
}

/// The text of the first element of this name.
fn first<'x>(xml: &'x str, element: &str) -> &'x str {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let inside = xml.split_once(&open).map_or("", |(_, rest)| rest);
    inside.split_once(&close).map_or("", |(text, _)| text)
}

fn vpc(reference: &Reference, block: &str) -> String {
    let (_, made) = ec2(reference, &format!("Action=CreateVpc&CidrBlock={block}"));
    first(&made, "vpcId").to_owned()
}

#[test]
fn a_parameter_that_nothing_reads_is_refused_before_anything_is_done() {
    let reference = Reference::new();
    let (status, said) =
        ec2(&reference, "Action=CreateVpc&CidrBlock=10.0.0.0/16&AmazonProvidedIpv6CidrBlock=true");
    assert_eq!((status, first(&said, "Code")), (400, "UnknownParameter"));
    assert!(first(&said, "Message").starts_with("The reference does not have the value true"));
    let (_, listed) = ec2(&reference, "Action=DescribeVpcs");
    assert_eq!(first(&listed, "vpcSet"), "");
}

#[test]
fn a_parameter_that_aws_does_not_have_is_not_recognized() {
    let (status, said) = ec2(&Reference::new(), "Action=DescribeVpcs&Colour=red");
    assert_eq!((status, first(&said, "Code")), (400, "UnknownParameter"));
    assert_eq!(first(&said, "Message"), "The parameter Colour is not recognized");
}

#[test]
fn a_member_that_nothing_reads_is_refused_in_the_service_s_own_shape() {
    let input = json!({ "Target": { "Id": OWNER, "Type": "ACCOUNT" }, "Notes": "welcome" });
    let (status, said) = organizations(&Reference::new(), "InviteAccountToOrganization", &input);
    assert_eq!((status, said["__type"].as_str()), (400, Some("InvalidInputException")));
    let expected = "The reference does not have the parameter Notes of InviteAccountToOrganization";
    assert_eq!(said["Message"], expected);
}

#[test]
fn filters_compare_what_is_answered_by_all_their_names() {
    let reference = Reference::new();
    let vpc = vpc(&reference, "10.0.0.0/16");
    for number in [1, 2] {
        let form = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.{number}.0/24");
        assert_eq!(ec2(&reference, &form).0, 200);
    }
    for name in ["cidr-block", "cidr", "cidrBlock"] {
        let form =
            format!("Action=DescribeSubnets&Filter.1.Name={name}&Filter.1.Value.1=10.0.2.0/24");
        let (_, found) = ec2(&reference, &form);
        assert_eq!(found.matches("<subnetId>").count(), 1, "{name}");
        assert_eq!(first(&found, "cidrBlock"), "10.0.2.0/24");
    }
    let form = "Action=DescribeSubnets&Filter.1.Name=cidr-block&Filter.1.Value.1=10.0.?.0/*";
    assert_eq!(ec2(&reference, form).1.matches("<subnetId>").count(), 2);
}

#[test]
fn tags_are_filters_by_key_and_by_value() {
    let reference = Reference::new();
    let (one, _other) = (vpc(&reference, "10.0.0.0/16"), vpc(&reference, "10.1.0.0/16"));
    let form =
        format!("Action=CreateTags&ResourceId.1={one}&Tag.1.Key=Name&Tag.1.Value=a%20%26%20b");
    assert_eq!(ec2(&reference, &form).0, 200);
    for (filter, value, count) in [
        ("tag:Name", "a%20%26*", 1),
        ("tag:Name", "b", 0),
        ("tag-key", "N*", 1),
        ("tag:Nam", "*", 0),
    ] {
        let form = format!("Action=DescribeVpcs&Filter.1.Name={filter}&Filter.1.Value.1={value}");
        let found = ec2(&reference, &form).1.matches("<vpcId>").count();
        assert_eq!(found, count, "{filter} {value}");
    }
}

#[test]
fn a_page_has_a_size_that_aws_takes() {
    let reference = Reference::new();
    for (size, status) in [(1, 400), (4, 400), (5, 200), (1000, 200), (1001, 400)] {
        let (observed, _) = ec2(&reference, &format!("Action=DescribeVpcs&MaxResults={size}"));
        assert_eq!(observed, status, "{size}");
    }
}

#[test]
fn zones_and_regions_are_filtered_and_named() {
    let reference = Reference::new();
    let zones = |rest: &str| ec2(&reference, &format!("Action=DescribeAvailabilityZones{rest}"));
    let (_, one) = zones("&ZoneId.1=use1-az2");
    assert_eq!(one.matches("<zoneName>").count(), 1);
    assert_eq!(first(&one, "zoneName"), "us-east-1b");
    assert_eq!(first(&one, "groupName"), "us-east-1-zg-1");
    assert_eq!(first(&one, "groupLongName"), "US East (N. Virginia) 1");
    let (_, none) = zones("&Filter.1.Name=zone-type&Filter.1.Value.1=local-zone");
    assert_eq!(first(&none, "availabilityZoneInfo"), "");
    assert_eq!(zones("&Filter.1.Name=colour&Filter.1.Value.1=red").0, 400);
    let (_, region) = ec2(&reference, "Action=DescribeRegions&RegionName.1=eu-west-1");
    assert_eq!(first(&region, "regionEndpoint"), "ec2.eu-west-1.amazonaws.com");
    let (_, asked_for) = ec2(
        &reference,
        "Action=DescribeRegions&Filter.1.Name=opt-in-status&Filter.1.Value.1=opted-in",
    );
    assert!(asked_for.contains("af-south-1") && !asked_for.contains("eu-west-1"));
}

#[test]
fn a_repeated_client_token_makes_nothing_and_is_answered_alike() {
    let reference = Reference::new();
    let form = |name: &str| {
        format!(
            "Action=CreateManagedPrefixList&PrefixListName={name}&MaxEntries=1&AddressFamily=IPv4&\
             ClientToken=once"
        )
    };
    let (_, made) = ec2(&reference, &form("a"));
    let (_, again) = ec2(&reference, &form("a"));
    assert_eq!(first(&made, "prefixListId"), first(&again, "prefixListId"));
    assert_ne!(first(&made, "requestId"), first(&again, "requestId"));
    let (_, refused) = ec2(&reference, &form("b"));
    assert_eq!(first(&refused, "Code"), "IdempotentParameterMismatch");
    let (_, listed) = ec2(&reference, "Action=DescribeManagedPrefixLists");
    assert_eq!(listed.matches("<prefixListId>").count(), 1);
}

#[test]
fn a_tag_is_deleted_with_a_value_only_if_it_has_that_value() {
    let reference = Reference::new();
    let vpc = vpc(&reference, "10.0.0.0/16");
    ec2(&reference, &format!("Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=a&Tag.1.Value=1"));
    let delete = |tag: &str| ec2(&reference, &format!("Action=DeleteTags&ResourceId.1={vpc}{tag}"));
    let tags = || ec2(&reference, "Action=DescribeTags").1.matches("<key>").count();
    delete("&Tag.1.Key=a&Tag.1.Value=2");
    assert_eq!(tags(), 1);
    delete("&Tag.1.Key=a&Tag.1.Value=1");
    assert_eq!(tags(), 0);
}

#[test]
fn accounts_of_an_organization_come_in_pages() {
    let reference = Reference::new();
    organizations(&reference, "CreateOrganization", &json!({ "FeatureSet": "ALL" }));
    for number in 0..3 {
        let email = format!("{number}@example.com");
        let input = json!({ "AccountName": "a", "Email": email });
        assert_eq!(organizations(&reference, "CreateAccount", &input).0, 200);
    }
    let (_, first) = organizations(&reference, "ListAccounts", &json!({ "MaxResults": 3 }));
    assert_eq!(first["Accounts"].as_array().unwrap().len(), 3);
    let next = json!({ "MaxResults": 3, "NextToken": first["NextToken"] });
    let (_, second) = organizations(&reference, "ListAccounts", &next);
    assert_eq!(second["Accounts"].as_array().unwrap().len(), 1);
    assert_eq!(second["NextToken"], Value::Null);
    let (status, _) = organizations(&reference, "ListAccounts", &json!({ "MaxResults": 21 }));
    assert_eq!(status, 400);
}

#[test]
fn resolver_rules_are_filtered_and_come_in_pages() {
    let reference = Reference::new();
    for name in ["a", "b", "c"] {
        let input = json!({
            "CreatorRequestId": name,
            "Name": name,
            "RuleType": "SYSTEM",
            "DomainName": format!("{name}.example.com"),
        });
        assert_eq!(resolver(&reference, "CreateResolverRule", &input).0, 200);
    }
    let (_, page) = resolver(&reference, "ListResolverRules", &json!({ "MaxResults": 2 }));
    assert_eq!(page["ResolverRules"].as_array().unwrap().len(), 2);
    assert_eq!(page["MaxResults"], 2);
    let filters = json!({ "Filters": [{ "Name": "Name", "Values": ["b"] }] });
    let (_, one) = resolver(&reference, "ListResolverRules", &filters);
    assert_eq!(one["ResolverRules"].as_array().unwrap().len(), 1);
    assert_eq!(one["ResolverRules"][0]["Name"], "b");
}

#[test]
fn query_log_configs_are_counted_before_and_after_filters() {
    let reference = Reference::new();
    for (name, arn) in [("a", "arn:aws:s3:::logs"), ("b", "arn:aws:logs:us-east-1:1:log-group:x")] {
        let input = json!({ "CreatorRequestId": name, "Name": name, "DestinationArn": arn });
        assert_eq!(resolver(&reference, "CreateResolverQueryLogConfig", &input).0, 200);
    }
    let filters = json!({ "Filters": [{ "Name": "Destination", "Values": ["S3"] }] });
    let (_, found) = resolver(&reference, "ListResolverQueryLogConfigs", &filters);
    assert_eq!((&found["TotalCount"], &found["TotalFilteredCount"]), (&json!(2), &json!(1)));
    assert_eq!(found["ResolverQueryLogConfigs"][0]["Name"], "a");
}

#[test]
fn hosted_zones_come_in_pages_that_begin_with_a_zone() {
    let reference = Reference::new();
    let vpc = vpc(&reference, "10.0.0.0/16");
    for number in 0..3 {
        let body = format!(
            "<CreateHostedZoneRequest><Name>z{number}.example.com</Name><VPC><VPCRegion>us-east-1\
             </VPCRegion><VPCId>{vpc}</VPCId></VPC><CallerReference>{number}</CallerReference>\
             </CreateHostedZoneRequest>"
        );
        let request = Request::post("http://localhost/2013-04-01/hostedzone");
        assert_eq!(answer(&reference, "route53", request, &body).0, 201);
    }
    let page = |rest: &str| {
        let request =
            Request::get(format!("http://localhost/2013-04-01/hostedzone?maxitems=2{rest}"));
        answer(&reference, "route53", request, "").1
    };
    let one = page("");
    assert_eq!(one.matches("<HostedZone>").count(), 2);
    assert_eq!(first(&one, "IsTruncated"), "true");
    let marker = first(&one, "NextMarker");
    let two = page(&format!("&marker={marker}"));
    assert_eq!(two.matches("<HostedZone>").count(), 1);
    assert_eq!(first(&two, "IsTruncated"), "false");
    assert!(two.contains(&format!("/hostedzone/{marker}")));
}

#[test]
fn associations_of_permissions_are_filtered_by_status_and_feature_set() {
    let reference = Reference::new();
    let form = "Action=CreateManagedPrefixList&PrefixListName=a&MaxEntries=1&AddressFamily=IPv4";
    let (_, list) = ec2(&reference, form);
    let ram = |path: &str, input: &Value| {
        let request = Request::post(format!("http://localhost/{path}"));
        let (status, body) = answer(&reference, "ram", request, &input.to_string());
        (status, serde_json::from_str::<Value>(&body).unwrap())
    };
    let input = json!({ "name": "platform", "resourceArns": [first(&list, "prefixListArn")] });
    let (status, said) = ram("createresourceshare", &input);
    assert_eq!(status, 200, "{said}");
    let listed = |input: &Value| ram("listpermissionassociations", input);
    for (input, count) in [
        (json!({ "associationStatus": "ASSOCIATED" }), 1),
        (json!({ "associationStatus": "DISASSOCIATED" }), 0),
        (json!({ "featureSet": "STANDARD" }), 1),
        (json!({ "featureSet": "CREATED_FROM_POLICY" }), 0),
    ] {
        assert_eq!(listed(&input).1["permissions"].as_array().unwrap().len(), count, "{input}");
    }
    assert_eq!(listed(&json!({ "associationStatus": "NOPE" })).0, 400);
}
