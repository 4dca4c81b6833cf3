//! Resolver, Route 53 and License Manager: what is kept of what requests say.

use http::Method;
use serde_json::{Value, json};

use super::OWNER;
use super::asked::{Caller, inside};
use crate::reference::Reference;

fn owner() -> Caller {
    Caller::new(&Reference::new(), OWNER)
}

/// A request for a rule, by its CreatorRequestId.
fn rule(token: &str) -> Value {
    json!({
        "CreatorRequestId": token,
        "DomainName": "www.example1.com",
        "RuleType": "FORWARD",
        "ResolverEndpointId": "rslvr-out-1",
        "TargetIps": [{ "Ip": "10.0.1.200", "Port": 123 }],
    })
}

/// A made rule.
fn made(owner: &Caller) -> Value {
    owner.resolver("CreateResolverRule", &rule("a")).body["ResolverRule"].clone()
}

/// The keys of an object, in their order.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Whether a text is a time as Resolver writes it.
fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("2026-01-01T00:00:") && text.ends_with('Z'))
}

#[test]
fn a_rule_has_the_recorded_members_and_no_name_unless_it_is_named() {
    let made = made(&owner());
    let recorded = [
        "Arn",
        "CreationTime",
        "CreatorRequestId",
        "DomainName",
        "Id",
        "ModificationTime",
        "OwnerId",
        "ResolverEndpointId",
        "RuleType",
        "ShareStatus",
        "Status",
        "StatusMessage",
        "TargetIps",
    ];
    assert_eq!(keys(&made), recorded);
    assert_eq!(made["DomainName"], "www.example1.com.");
    assert_eq!(made["Status"], "COMPLETE");
    assert_eq!(made["TargetIps"], json!([{ "Ip": "10.0.1.200", "Port": 123 }]));
    assert!(is_time(&made["CreationTime"]), "{made}");
}

#[test]
fn a_rule_keeps_what_an_update_says_of_it() {
    let owner = owner();
    let id = &made(&owner)["Id"];
    let targets = json!([{ "Ip": "10.0.1.201", "Port": 53 }]);
    let config =
        json!({ "Name": "new", "TargetIps": targets, "ResolverEndpointId": "rslvr-out-2" });
    let asked = json!({ "ResolverRuleId": id, "Config": config });
    assert_eq!(owner.resolver("UpdateResolverRule", &asked).status, 200);
    let shown = owner.resolver("GetResolverRule", &json!({ "ResolverRuleId": id })).body;
    let shown = &shown["ResolverRule"];
    assert_eq!(shown["Name"], "new");
    assert_eq!(shown["TargetIps"], targets);
    assert_eq!(shown["ResolverEndpointId"], "rslvr-out-2");
    assert_ne!(shown["ModificationTime"], shown["CreationTime"]);
}

#[test]
fn what_is_deleted_says_that_it_is_deleting() {
    let owner = owner();
    let id = &made(&owner)["Id"];
    let gone = owner.resolver("DeleteResolverRule", &json!({ "ResolverRuleId": id })).body;
    assert_eq!(gone["ResolverRule"]["Status"], "DELETING");
}

#[test]
fn a_second_request_with_the_same_id_makes_nothing() {
    let owner = owner();
    made(&owner);
    let again = owner.resolver("CreateResolverRule", &rule("a"));
    assert_eq!(again.code, "ResourceExistsException");
    let other = owner.resolver("CreateResolverRule", &rule("b"));
    assert_eq!(other.status, 200);
    let group = json!({ "CreatorRequestId": "a", "Name": "group" });
    let first = owner.resolver("CreateFirewallRuleGroup", &group).body;
    let second = owner.resolver("CreateFirewallRuleGroup", &group).body;
    assert_eq!(first["FirewallRuleGroup"]["Id"], second["FirewallRuleGroup"]["Id"]);
}

#[test]
fn a_query_log_config_has_the_recorded_members() {
    let owner = owner();
    let asked = json!({
        "CreatorRequestId": "a", "Name": "log", "DestinationArn": "arn:aws:s3:::logs",
    });
    let made = owner.resolver("CreateResolverQueryLogConfig", &asked).body;
    let made = &made["ResolverQueryLogConfig"];
    let recorded = [
        "Arn",
        "AssociationCount",
        "CreationTime",
        "CreatorRequestId",
        "DestinationArn",
        "Id",
        "Name",
        "OwnerId",
        "ShareStatus",
        "Status",
    ];
    assert_eq!(keys(made), recorded);
    assert_eq!((&made["Status"], &made["AssociationCount"]), (&json!("CREATED"), &json!(0)));
    let id = json!({ "ResolverQueryLogConfigId": made["Id"] });
    let gone = owner.resolver("DeleteResolverQueryLogConfig", &id).body;
    assert_eq!(gone["ResolverQueryLogConfig"]["Status"], "DELETING");
}

#[test]
fn a_rule_group_is_shown_whole_alone_and_short_in_lists() {
    let owner = owner();
    let asked = json!({ "CreatorRequestId": "a", "Name": "group" });
    let made = owner.resolver("CreateFirewallRuleGroup", &asked).body;
    let made = &made["FirewallRuleGroup"];
    assert_eq!((&made["Status"], &made["RuleCount"]), (&json!("COMPLETE"), &json!(0)));
    assert!(is_time(&made["CreationTime"]) && is_time(&made["ModificationTime"]), "{made}");
    let listed = owner.resolver("ListFirewallRuleGroups", &json!({})).body;
    let short = ["Arn", "CreatorRequestId", "Id", "Name", "OwnerId", "ShareStatus"];
    assert_eq!(keys(&listed["FirewallRuleGroups"][0]), short);
}

#[test]
fn what_resolver_does_not_find_is_refused_in_the_recorded_words() {
    let owner = owner();
    let rule = json!({ "ResolverRuleId": "id-123", "VPCId": "vpc-1" });
    for operation in ["GetResolverRule", "DeleteResolverRule", "DisassociateResolverRule"] {
        let refused = owner.resolver(operation, &rule);
        assert_eq!(refused.code, "ResourceNotFoundException", "{operation}");
        let message = "[RSLVR-00703] Resolver rule with ID \"id-123\" does not exist.";
        assert_eq!(refused.body["Message"], message, "{operation}");
    }
    let config = json!({ "ResolverQueryLogConfigId": "id-123" });
    let refused = owner.resolver("GetResolverQueryLogConfig", &config).body;
    let start = "[RSLVR-01601] The specified query logging configuration doesn't exist. Trace Id: ";
    assert!(refused["Message"].as_str().unwrap().starts_with(start), "{refused}");
    let group = json!({ "FirewallRuleGroupId": "id-123" });
    let refused = owner.resolver("GetFirewallRuleGroup", &group).body;
    let start = "[RSLVR-02025] Can’t find the resource with ID \"id-123\". Trace Id: ";
    assert!(refused["Message"].as_str().unwrap().starts_with(start), "{refused}");
}

#[test]
fn a_zone_that_never_was_is_not_found() {
    for id in ["unknown", "Z123"] {
        let (status, refused) = owner().route53(Method::GET, &format!("hostedzone/{id}"), "");
        assert_eq!((status, inside(&refused, "Code")), (404, "NoSuchHostedZone"), "{id}");
    }
}

#[test]
fn a_public_zone_is_not_served_and_says_so() {
    let body = "<CreateHostedZoneRequest><Name>a.example</Name><CallerReference>a</CallerReference></CreateHostedZoneRequest>";
    let (status, refused) = owner().route53(Method::POST, "hostedzone", body);
    assert_eq!((status, inside(&refused, "Code")), (400, "InvalidInput"));
    let message = inside(&refused, "Message");
    assert!(message.starts_with("The reference does not have public hosted zones"), "{message}");
}

#[tokio::test]
async fn a_caller_reference_makes_one_zone_which_has_no_tags() {
    let owner = owner();
    let ec2 = aws_sdk_ec2::Client::new(&crate::connector::tests::config(&owner.reference, OWNER));
    let vpc = ec2.create_vpc().cidr_block("10.0.0.0/16").send().await.unwrap();
    let vpc = vpc.vpc().unwrap().vpc_id().unwrap();
    let body = format!(
        "<CreateHostedZoneRequest><Name>a.example</Name><CallerReference>a</CallerReference><VPC><VPCRegion>us-east-1</VPCRegion><VPCId>{vpc}</VPCId></VPC></CreateHostedZoneRequest>"
    );
    let create = || owner.route53(Method::POST, "hostedzone", &body);
    let (status, made) = create();
    assert_eq!(status, 201, "{made}");
    let (status, refused) = create();
    assert_eq!((status, inside(&refused, "Code")), (409, "HostedZoneAlreadyExists"));
    let id = inside(&made, "Id").trim_start_matches("/hostedzone/");
    let (status, tags) = owner.route53(Method::GET, &format!("tags/hostedzone/{id}"), "");
    assert_eq!((status, inside(&tags, "Tags")), (200, ""));
    assert_eq!(inside(&tags, "ResourceId"), id);
}

#[test]
fn a_license_configuration_keeps_what_an_update_says_of_it() {
    let owner = owner();
    let asked = json!({ "Name": "a", "LicenseCountingType": "vCPU", "LicenseCount": 5 });
    let made = owner.license_manager("CreateLicenseConfiguration", &asked).body;
    let arn = json!({ "LicenseConfigurationArn": made["LicenseConfigurationArn"] });
    let mut update = arn.clone();
    update["LicenseCount"] = json!(10);
    update["Description"] = json!("more");
    update["LicenseConfigurationStatus"] = json!("DISABLED");
    assert_eq!(owner.license_manager("UpdateLicenseConfiguration", &update).status, 200);
    let shown = owner.license_manager("GetLicenseConfiguration", &arn).body;
    assert_eq!(shown["LicenseCount"], 10);
    assert_eq!(shown["Description"], "more");
    assert_eq!(shown["Status"], "DISABLED");
    assert_eq!(shown["Name"], "a");
}
