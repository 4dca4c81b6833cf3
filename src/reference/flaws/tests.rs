//! What is wrong with a request before a service reads it, in the words of each service.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use crate::reference::Reference;

/// The services, each with a request that it grants.
const RAM: (&str, &str) = ("ram", "/getresourceshares");
const OWNER: &str = "111122223333";

fn signed(service: &str) -> http::request::Builder {
    let credential = format!("Credential={OWNER}/20260101/us-east-1/{service}/aws4_request");
    Request::builder().header("authorization", format!("AWS4-HMAC-SHA256 {credential}"))
}

fn answer(reference: &Reference, request: http::request::Builder, body: &str) -> Response<Bytes> {
    reference.handle(request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap())
}

fn form(reference: &Reference, service: &str, body: &str) -> String {
    text(&answer(reference, signed(service).method(Method::POST).uri("/"), body))
}

fn text(response: &Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

/// The code of an answer in JSON.
fn code(response: &Response<Bytes>) -> String {
    if let Some(code) = response.headers().get("x-amzn-errortype") {
        return code.to_str().unwrap().to_owned();
    }
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    body["__type"].as_str().unwrap_or_default().to_owned()
}

/// The answer of a JSON service with a target per operation.
fn rpc(reference: &Reference, service: &str, target: &str, body: &str) -> Response<Bytes> {
    let request = signed(service).method(Method::POST).uri("/").header("x-amz-target", target);
    answer(reference, request, body)
}

#[test]
fn control_characters_in_a_form_are_refused_and_kept_nowhere() {
    let reference = Reference::new();
    let made = form(&reference, "ec2", "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16");
    let id = made.split_once("<vpcId>").unwrap().1.split_once('<').unwrap().0;
    for tag in ["Tag.1.Key=a&Tag.1.Value=%0c%1f", "Tag.1.Key=a%01%00b&Tag.1.Value=c"] {
        let tagged = form(
            &reference,
            "ec2",
            &format!("Action=CreateTags&Version=2016-11-15&ResourceId.1={id}&{tag}"),
        );
        assert!(tagged.contains("<Code>InvalidCharacter</Code>"), "{tagged}");
    }
    let listed = form(&reference, "ec2", "Action=DescribeVpcs&Version=2016-11-15");
    assert!(listed.contains("<tagSet></tagSet>"), "{listed}");
    let refused = form(&reference, "sts", "Action=GetCallerIdentity&Version=2011-06-15&X=%01");
    assert!(refused.contains("<Code>ValidationError</Code>"), "{refused}");
}

#[test]
fn control_characters_in_json_are_refused_in_the_words_of_the_service() {
    let reference = Reference::new();
    let request = signed("ram").method(Method::POST).uri("/createresourceshare");
    let refused = answer(&reference, request, r#"{ "name": "a\u0001b" }"#);
    assert_eq!(code(&refused), "InvalidParameterException");
    let target = "AWSOrganizationsV20161128.CreateOrganization";
    let refused = rpc(&reference, "organizations", target, r#"{ "FeatureSet": "\u000c" }"#);
    assert_eq!(code(&refused), "InvalidInputException");
    let target = "AWSLicenseManager.CreateLicenseConfiguration";
    let refused = rpc(&reference, "license-manager", target, r#"{ "Name": "\u000c" }"#);
    assert_eq!(code(&refused), "InvalidParameterValueException");
}

#[test]
fn lines_and_other_letters_are_no_control_characters() {
    let reference = Reference::new();
    let body = r#"{ "resourceOwner": "SELF", "name": "a\u000ab \u00fc\ud83d\ude00" }"#;
    let listed = answer(&reference, signed(RAM.0).method(Method::POST).uri(RAM.1), body);
    assert_eq!(listed.status(), 200, "{}", text(&listed));
}

#[test]
fn a_control_character_as_a_reference_in_xml_is_refused() {
    let reference = Reference::new();
    let body = "<CreateHostedZoneRequest><Name>a&#1;b</Name></CreateHostedZoneRequest>";
    let request = signed("route53").method(Method::POST).uri("/2013-04-01/hostedzone");
    let refused = text(&answer(&reference, request, body));
    assert!(refused.contains("<Code>InvalidInput</Code>"), "{refused}");
    assert!(refused.contains("control character"), "{refused}");
}

#[test]
fn query_services_take_get_and_post_alone() {
    let reference = Reference::new();
    let uri = "/?Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16";
    for method in [Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::PATCH] {
        let refused = answer(&reference, signed("ec2").method(method).uri(uri), "");
        assert_eq!(refused.status(), 405);
        assert!(text(&refused).contains("<Code>MethodNotAllowed</Code>"));
    }
    let listed = form(&reference, "ec2", "Action=DescribeVpcs&Version=2016-11-15");
    assert!(listed.contains("<vpcSet></vpcSet>"), "{listed}");
    assert_eq!(answer(&reference, signed("ec2").method(Method::GET).uri(uri), "").status(), 200);
}

#[test]
fn a_request_that_names_no_action_is_told_so() {
    let refused = form(&Reference::new(), "ec2", "Version=2016-11-15");
    assert!(refused.contains("<Code>MissingAction</Code>"), "{refused}");
}

#[test]
fn a_body_that_is_no_object_or_has_members_of_other_types_does_not_read() {
    let reference = Reference::new();
    let target = "AWSOrganizationsV20161128.DescribeAccount";
    for body in ["null", "[]", "", "{", "1", r#"{ "AccountId": 1 }"#, r#"{ "AccountId": [] }"#] {
        let create = "AWSOrganizationsV20161128.CreateOrganization";
        rpc(&reference, "organizations", create, "{}");
        let refused = rpc(&reference, "organizations", target, body);
        assert_eq!(code(&refused), "SerializationException", "{body}");
    }
    for body in ["null", "[]", "{", "1", r#"{ "resourceOwner": 1 }"#] {
        let refused = answer(&reference, signed(RAM.0).method(Method::POST).uri(RAM.1), body);
        assert_eq!(code(&refused), "SerializationException", "{body}");
    }
}

#[test]
fn no_answer_has_the_words_of_a_parser() {
    let reference = Reference::new();
    let refused = answer(&reference, signed(RAM.0).method(Method::POST).uri(RAM.1), "[1]");
    let said = text(&refused);
    assert!(!said.contains("sequence") && !said.contains("invalid type"), "{said}");
}

#[test]
fn a_body_in_an_encoding_is_refused_in_plain_words() {
    let reference = Reference::new();
    for service in ["ec2", "ram", "route53", "organizations"] {
        let request =
            signed(service).method(Method::POST).uri("/").header("content-encoding", "gzip");
        let refused = answer(&reference, request, "\u{1f}");
        assert_eq!(refused.status(), 415, "{service}");
        assert!(text(&refused).contains("does not undo a Content-Encoding"), "{service}");
    }
    let request =
        signed(RAM.0).method(Method::POST).uri(RAM.1).header("content-encoding", "identity");
    let listed = answer(&reference, request, r#"{ "resourceOwner": "SELF" }"#);
    assert_eq!(listed.status(), 200);
}

#[test]
fn a_share_with_more_principals_than_any_may_have_is_refused() {
    let principals: Vec<String> = (0..80_000).map(|number| format!("{:012}", 2 + number)).collect();
    let body = serde_json::json!({ "name": "large", "principals": principals }).to_string();
    let request = signed("ram").method(Method::POST).uri("/createresourceshare");
    let refused = answer(&Reference::new(), request, &body);
    assert_eq!(refused.status(), 400, "{}", text(&refused));
}
