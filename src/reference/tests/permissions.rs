//! RAM's permissions, tags, scopes, and the times that it shows.

use std::time::Duration;

use serde_json::{Value, json};

use super::asked::Caller;
use super::{CONSUMER, OWNER};
use crate::reference::Reference;

fn owner() -> Caller {
    Caller::new(&Reference::new(), OWNER)
}

/// The names of the permissions that a request lists.
fn listed(owner: &Caller, asked: &Value) -> Vec<String> {
    let answer = owner.ram("/listpermissions", asked);
    let rows = answer.body["permissions"].as_array().unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// The ARN of a permission of AWS.
fn of_aws(name: &str) -> String {
    format!("arn:aws:ram::aws:permission/{name}")
}

#[test]
fn the_default_permission_of_a_type_that_is_not_modelled_is_listed_and_read() {
    let owner = owner();
    let asked = json!({ "resourceType": "glue:catalog" });
    assert_eq!(listed(&owner, &asked), ["AWSRAMDefaultPermissionGlueCatalog"]);
    let asked = json!({ "permissionArn": of_aws("AWSRAMDefaultPermissionGlueCatalog") });
    let read = owner.ram("/getpermission", &asked).body["permission"].clone();
    assert_eq!(read["resourceType"], "glue:Catalog");
    assert_eq!(read["isResourceTypeDefault"], true);
}

#[test]
fn a_share_is_made_with_a_documented_permission_and_with_no_other() {
    let owner = owner();
    let known = of_aws("AWSRAMDefaultPermissionTransitGateway");
    let share = owner.share(json!({ "permissionArns": [known] }));
    let asked = json!({ "resourceShareArn": share });
    let held = owner.ram("/listresourcesharepermissions", &asked).body;
    assert_eq!(held["permissions"][0]["arn"], json!(known));
    let unknown = json!({ "name": "share", "permissionArns": [of_aws("AWSRAMNothing")] });
    assert_eq!(owner.ram("/createresourceshare", &unknown).status, 400);
    let read = json!({ "permissionArn": of_aws("AWSRAMNothing") });
    assert_eq!(owner.ram("/getpermission", &read).code, "UnknownResourceException");
}

#[test]
fn permissions_are_listed_by_their_owner_and_status() {
    let owner = owner();
    let template = json!({ "Effect": "Allow", "Action": ["imagebuilder:ListComponents"] });
    let own = json!({
        "name": "own",
        "resourceType": "imagebuilder:Component",
        "policyTemplate": template.to_string(),
    });
    assert_eq!(owner.ram("/createpermission", &own).status, 200);
    assert_eq!(listed(&owner, &json!({ "resourceOwner": "SELF" })), ["own"]);
    assert!(listed(&owner, &json!({ "resourceOwner": "OTHER-ACCOUNTS" })).is_empty());
    assert!(listed(&owner, &json!({ "permissionStatus": "DEPRECATED" })).is_empty());
    assert!(listed(&owner, &json!({ "permissionStatus": "ATTACHABLE" })).len() > 12);
    let wrong = json!({ "permissionStatus": "NOPE" });
    assert_eq!(owner.ram("/listpermissions", &wrong).code, "InvalidParameterException");
}

#[test]
fn what_the_reference_does_not_have_of_ram_is_refused_by_name() {
    let owner = owner();
    let asked = json!({ "permissionArn": "x", "permissionStatus": "DEPRECATED" });
    let refused = owner.ram("/updatepermission", &asked);
    assert_eq!(refused.code, "UnknownOperationException");
    let message = "The reference does not have the operation POST /updatepermission of RAM.";
    assert_eq!(refused.body["message"], message);
    let asked = json!({ "name": "share", "permissionTemplateParameters": ["x"] });
    let refused = owner.ram("/createresourceshare", &asked);
    let message = "The reference does not have the parameter permissionTemplateParameters";
    assert!(refused.body["message"].as_str().unwrap().starts_with(message), "{refused:?}");
}

#[test]
fn associations_of_permissions_are_listed_by_share_and_owner() {
    let owner = owner();
    let known = of_aws("AWSRAMDefaultPermissionSubnet");
    let share = owner.share(json!({ "permissionArns": [known] }));
    let other = owner.share(json!({ "permissionArns": [known] }));
    let count = |asked: &Value| {
        let answer = owner.ram("/listpermissionassociations", asked).body;
        answer["permissions"].as_array().unwrap().len()
    };
    assert_eq!(count(&json!({})), 2);
    assert_eq!(count(&json!({ "resourceShareArn": share })), 1);
    assert_eq!(count(&json!({ "resourceShareArn": other, "resourceOwner": "SELF" })), 1);
    assert_eq!(count(&json!({ "resourceOwner": "OTHER-ACCOUNTS" })), 0);
}

#[test]
fn two_reads_show_the_same_times() {
    let reference = Reference::new();
    let owner = Caller::new(&reference, OWNER);
    let known = of_aws("AWSRAMDefaultPermissionSubnet");
    owner.share(json!({ "permissionArns": [known], "principals": [CONSUMER] }));
    let consumer = Caller::new(&reference, CONSUMER);
    let invited = consumer.ram("/getresourceshareinvitations", &json!({})).body;
    let arn = &invited["resourceShareInvitations"][0]["resourceShareInvitationArn"];
    let accept = json!({ "resourceShareInvitationArn": arn });
    assert_eq!(consumer.ram("/acceptresourceshareinvitation", &accept).status, 200);
    let others = json!({ "resourceOwner": "OTHER-ACCOUNTS" });
    let permission = json!({ "permissionArn": known });
    for (caller, path, asked) in [
        (&consumer, "/listprincipals", &others),
        (&owner, "/listpermissions", &json!({})),
        (&owner, "/getpermission", &permission),
        (&owner, "/listpermissionversions", &permission),
        (&owner, "/listpermissionassociations", &json!({})),
    ] {
        let read = || caller.ram(path, asked).body;
        assert_eq!(read(), read(), "{path}");
    }
}

#[test]
fn an_association_is_updated_when_it_settles() {
    let reference = Reference::new().settling("association=2s".parse().unwrap());
    let owner = Caller::new(&reference, OWNER);
    let organized = owner.organizations("CreateOrganization", &json!({}));
    assert_eq!(organized.status, 200);
    assert_eq!(owner.ram("/enablesharingwithawsorganization", &json!({})).status, 200);
    let made = json!({ "AccountName": "dev", "Email": "dev@example.com" });
    let made = owner.organizations("CreateAccount", &made).body["CreateAccountStatus"].clone();
    let share = owner.share(json!({ "principals": [made["AccountId"]] }));
    let row = || {
        let asked = json!({ "associationType": "PRINCIPAL", "resourceShareArns": [share] });
        let rows = owner.ram("/getresourceshareassociations", &asked).body;
        let row = rows["resourceShareAssociations"][0].clone();
        let time = |key: &str| row[key].as_f64().unwrap();
        let late = time("lastUpdatedTime") - time("creationTime");
        (row["status"].as_str().unwrap().to_owned(), (late * 1000.0).round() / 1000.0)
    };
    assert_eq!(row(), ("ASSOCIATING".to_owned(), 0.0));
    reference.time().pass(Duration::from_secs(2));
    assert_eq!(row(), ("ASSOCIATED".to_owned(), 2.0));
    reference.time().pass(Duration::from_mins(1));
    assert_eq!(row(), ("ASSOCIATED".to_owned(), 2.0));
    let leaver = json!({ "resourceShareArn": share, "principals": [made["AccountId"]] });
    assert_eq!(owner.ram("/disassociateresourceshare", &leaver).status, 200);
    let (leaving, began) = row();
    assert_eq!(leaving, "DISASSOCIATING");
    let since = || {
        let (status, late) = row();
        (status, ((late - began) * 1000.0).round() / 1000.0)
    };
    reference.time().pass(Duration::from_secs(1));
    assert_eq!(since(), ("DISASSOCIATING".to_owned(), 0.5), "it is touched on its way out");
    reference.time().pass(Duration::from_secs(1));
    assert_eq!(since(), ("DISASSOCIATED".to_owned(), 2.0));
}

#[test]
fn a_type_of_unknown_scope_is_listed_by_no_scope() {
    let owner = owner();
    let lists = |asked: &Value| {
        let answer = owner.ram("/listresourcetypes", asked).body;
        let types = answer["resourceTypes"].as_array().unwrap().clone();
        types.iter().any(|row| row["resourceType"] == "cloudfront:VpcOrigin")
    };
    assert!(lists(&json!({})));
    assert!(!lists(&json!({ "resourceRegionScope": "GLOBAL" })));
    assert!(!lists(&json!({ "resourceRegionScope": "REGIONAL" })));
}

#[test]
fn the_tagging_api_tags_and_lists_shares() {
    let owner = owner();
    let (share, other) = (owner.share(json!({})), owner.share(json!({})));
    let tags = json!({ "ResourceARNList": [share], "Tags": { "test-key": "test-value" } });
    let done = owner.tagging("TagResources", &tags);
    assert_eq!((done.status, &done.body), (200, &json!({ "FailedResourcesMap": {} })));
    let found = |asked: &Value| owner.tagging("GetResources", asked).body;
    let row = json!({
        "ResourceARN": share, "Tags": [{ "Key": "test-key", "Value": "test-value" }],
    });
    let all = json!({ "PaginationToken": "", "ResourceTagMappingList": [row] });
    assert_eq!(found(&json!({})), all);
    let filter = json!({ "TagFilters": [{ "Key": "test-key", "Values": ["test-value"] }] });
    assert_eq!(found(&filter), all);
    let none = json!({ "PaginationToken": "", "ResourceTagMappingList": [] });
    assert_eq!(found(&json!({ "ResourceARNList": [other] })), none);
    assert_eq!(found(&json!({ "ResourceTypeFilters": ["ec2:subnet"] })), none);
    let keys = json!({ "ResourceARNList": [share], "TagKeys": ["test-key"] });
    let done = owner.tagging("UntagResources", &keys).body;
    assert_eq!(done, json!({ "FailedResourcesMap": {} }));
    assert_eq!(found(&json!({})), none);
}

#[test]
fn what_the_tagging_api_can_not_tag_is_told_by_its_arn() {
    let owner = owner();
    for arn in [
        format!("arn:aws:ram:us-east-1:{OWNER}:resource-share/none"),
        format!("arn:aws:ec2:us-east-1:{OWNER}:subnet/subnet-1"),
    ] {
        let tags = json!({ "ResourceARNList": [arn], "Tags": { "a": "b" } });
        let answer = owner.tagging("TagResources", &tags).body;
        let failed = &answer["FailedResourcesMap"][&arn];
        assert_eq!(failed["ErrorCode"], "InvalidParameterException", "{answer}");
    }
    let stranger = "444455556666";
    let of_another = format!("arn:aws:ram:us-east-1:{stranger}:resource-share/none");
    let tags = json!({ "ResourceARNList": [of_another], "Tags": { "a": "b" } });
    let answer = owner.tagging("TagResources", &tags).body;
    assert_eq!(answer["FailedResourcesMap"][&of_another]["ErrorMessage"], of_another);
}
