//! Callers, partitions, and services that are not served.

use bytes::Bytes;
use http::{Method, Request};
use serde_json::json;

use super::asked::{Caller, inside, read, text};
use super::{CONSUMER, OWNER};
use crate::reference::Reference;

const ROLE: &str = "arn:aws:iam::444455556666:role/path/admin";

fn owner() -> Caller {
    Caller::new(&Reference::new(), OWNER)
}

/// The caller that a request for credentials makes.
fn acting(caller: &Caller, form: &str) -> Caller {
    let (status, answer) = caller.sts(form);
    assert_eq!(status, 200, "{answer}");
    let (key, token) = (inside(&answer, "AccessKeyId"), inside(&answer, "SessionToken"));
    Caller { key: key.to_owned(), token: token.to_owned(), ..caller.clone() }
}

#[test]
fn assumed_credentials_are_those_of_a_session_in_a_role() {
    let form = format!("Action=AssumeRole&RoleArn={ROLE}&RoleSessionName=me@example.com");
    let (_, identity) = acting(&owner(), &form).sts("Action=GetCallerIdentity");
    let arn = format!("arn:aws:sts::{CONSUMER}:assumed-role/admin/me@example.com");
    assert_eq!(inside(&identity, "Arn"), arn);
    assert_eq!(inside(&identity, "UserId"), format!("AROABELL{CONSUMER}:me@example.com"));
    assert_eq!(inside(&identity, "Account"), CONSUMER);
}

#[test]
fn a_session_token_is_of_the_account_that_asks_for_it() {
    let session = acting(&owner(), "Action=GetSessionToken");
    let (_, identity) = session.sts("Action=GetCallerIdentity");
    assert_eq!(inside(&identity, "Arn"), format!("arn:aws:iam::{OWNER}:root"));
}

#[test]
fn a_role_has_no_session_token() {
    let form = format!("Action=AssumeRole&RoleArn={ROLE}&RoleSessionName=me");
    let (status, refused) = acting(&owner(), &form).sts("Action=GetSessionToken");
    assert_eq!((status, inside(&refused, "Code")), (403, "AccessDenied"));
}

#[test]
fn a_role_is_assumed_with_the_names_tags_and_times_that_aws_takes() {
    let wrong = [
        ("RoleSessionName=Session1:2", "ValidationError", "[\\w+=,.@-]*"),
        ("RoleSessionName=x", "ValidationError", "greater than or equal to 2"),
        ("RoleSessionName=me&DurationSeconds=60", "ValidationError", "between 900 and 43200"),
        (
            "RoleSessionName=me&TransitiveTagKeys.member.1=team",
            "InvalidParameterValue",
            "The specified transitive tag key must be included in the requested tags.",
        ),
        (
            "RoleSessionName=me&Tags.member.1.Key=Team&Tags.member.2.Key=team",
            "InvalidParameterValue",
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ),
    ];
    for (form, code, message) in wrong {
        let (status, refused) = owner().sts(&format!("Action=AssumeRole&RoleArn={ROLE}&{form}"));
        assert_eq!((status, inside(&refused, "Code")), (400, code), "{form}");
        assert!(inside(&refused, "Message").contains(message), "{refused}");
    }
    let (_, refused) = owner().sts("Action=AssumeRole&RoleArn=nothing&RoleSessionName=me");
    assert_eq!(inside(&refused, "Message"), "nothing is invalid");
}

#[test]
fn a_presigned_request_is_of_the_account_in_its_query_string() {
    let uri = format!(
        "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={OWNER}%2F20260101%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Signature=0"
    );
    let request = Request::get(uri).body(Bytes::new()).unwrap();
    let (status, identity) = text(&Reference::new().handle(request));
    assert_eq!((status, inside(&identity, "Account")), (200, OWNER));
}

#[test]
fn arns_are_of_the_partition_of_the_region() {
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")] {
        let owner = owner().in_region(region);
        let share = owner.share(json!({}));
        let start = format!("arn:{partition}:ram:{region}:{OWNER}:resource-share/");
        assert!(share.starts_with(&start), "{share}");
        let asked = json!({ "resourceOwner": "SELF", "resourceShareArns": [share] });
        let found = owner.ram("/getresourceshares", &asked);
        assert_eq!(found.body["resourceShares"][0]["resourceShareArn"], json!(share));
        let (_, identity) = owner.sts("Action=GetCallerIdentity");
        assert_eq!(inside(&identity, "Arn"), format!("arn:{partition}:iam::{OWNER}:root"));
    }
}

#[test]
fn a_request_without_a_signature_lacks_its_token() {
    let reference = Reference::new();
    let unsigned = |request: http::request::Builder, body: &str| {
        let body = Bytes::copy_from_slice(body.as_bytes());
        reference.handle(request.body(body).unwrap())
    };
    let ram = read(&unsigned(Request::post("/listresourcetypes"), "{}"));
    assert_eq!((ram.status, ram.code.as_str()), (403, "MissingAuthenticationTokenException"));
    for version in ["2011-06-15", "2016-11-15"] {
        let form = format!("Action=GetCallerIdentity&Version={version}");
        let (status, refused) = text(&unsigned(Request::post("/"), &form));
        let code = inside(&refused, "Code");
        assert_eq!((status, code), (403, "MissingAuthenticationToken"), "{version}");
    }
}

#[test]
fn a_signature_without_a_scope_is_incomplete() {
    let request = Request::post("/listresourcetypes").header("authorization", "AWS4-HMAC-SHA256");
    let refused = read(&Reference::new().handle(request.body(Bytes::new()).unwrap()));
    assert_eq!((refused.status, refused.code.as_str()), (400, "IncompleteSignatureException"));
}

#[test]
fn a_service_that_is_not_served_says_so_in_the_form_of_the_request() {
    let (owner, root) = (owner(), (Method::POST, "/"));
    let form = "Action=ListUsers&Version=2010-05-08";
    let (status, iam) = text(&owner.send(root.clone(), "iam", &[], form));
    assert_eq!((status, inside(&iam, "Code")), (400, "InvalidAction"));
    assert_eq!(inside(&iam, "Message"), "The reference does not have the service iam.");
    let headers = [("x-amz-target", "AmazonSSM.GetParameter")];
    let ssm = read(&owner.send(root, "ssm", &headers, "{}"));
    assert_eq!((ssm.status, ssm.code.as_str()), (400, "UnknownOperationException"));
    assert_eq!(ssm.body["Message"], "The reference does not have the service ssm.");
    let lambda = read(&owner.send((Method::GET, "/2015-03-31/functions"), "lambda", &[], ""));
    assert_eq!((lambda.status, lambda.code.as_str()), (404, "UnknownOperationException"));
}
