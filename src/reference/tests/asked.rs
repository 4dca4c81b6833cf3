//! Requests as clients send them, and what is read of the answers.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::{Value, json};

use crate::reference::Reference;

/// An account that asks for something in a region.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) reference: Reference,
    pub(super) key: String,
    pub(super) token: String,
    pub(super) region: &'static str,
}

/// An answer: its status, its code if it is an error, and its body.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) body: Value,
}

impl Caller {
    pub(super) fn new(reference: &Reference, key: &str) -> Self {
        let (reference, key, token) = (reference.clone(), key.to_owned(), String::new());
        Self { reference, key, token, region: "us-east-1" }
    }

    pub(super) fn in_region(mut self, region: &'static str) -> Self {
        self.region = region;
        self
    }

    /// The response to a request that this caller signs for a service.
    pub(super) fn send(
        &self,
        (method, uri): (Method, &str),
        service: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response<Bytes> {
        let (key, region) = (&self.key, self.region);
        let credential = format!("{key}/20260101/{region}/{service}/aws4_request");
        let signed = format!("AWS4-HMAC-SHA256 Credential={credential}, Signature=0");
        let mut request = Request::builder().method(method).uri(uri);
        request = request.header("authorization", signed);
        if !self.token.is_empty() {
            request = request.header("x-amz-security-token", &self.token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Bytes::copy_from_slice(body.as_bytes());
        self.reference.handle(request.body(body).unwrap())
    }

    /// The answer of a service that is asked by a target in a header.
    fn rpc(&self, service: &str, target: &str, body: &Value) -> Answer {
        let headers = [("x-amz-target", target)];
        read(&self.send((Method::POST, "/"), service, &headers, &body.to_string()))
    }

    pub(super) fn organizations(&self, operation: &str, body: &Value) -> Answer {
        let target = format!("AWSOrganizationsV20161128.{operation}");
        self.rpc("organizations", &target, body)
    }

    pub(super) fn resolver(&self, operation: &str, body: &Value) -> Answer {
        self.rpc("route53resolver", &format!("Route53Resolver.{operation}"), body)
    }

    pub(super) fn license_manager(&self, operation: &str, body: &Value) -> Answer {
        self.rpc("license-manager", &format!("AWSLicenseManager.{operation}"), body)
    }

    pub(super) fn tagging(&self, operation: &str, body: &Value) -> Answer {
        self.rpc("tagging", &format!("ResourceGroupsTaggingAPI_20170126.{operation}"), body)
    }

    pub(super) fn ram(&self, path: &str, body: &Value) -> Answer {
        read(&self.send((Method::POST, path), "ram", &[], &body.to_string()))
    }

    /// The text that STS answers to a form.
    pub(super) fn sts(&self, form: &str) -> (u16, String) {
        text(&self.send((Method::POST, "/"), "sts", &[], &format!("Version=2011-06-15&{form}")))
    }

    /// The text that Route 53 answers.
    pub(super) fn route53(&self, method: Method, path: &str, body: &str) -> (u16, String) {
        let uri = format!("/2013-04-01/{path}");
        text(&self.send((method, &uri), "route53", &[], body))
    }

    /// The ARN of a new share.
    pub(super) fn share(&self, members: Value) -> String {
        let mut body = json!({ "name": "share" });
        if let (Some(body), Value::Object(members)) = (body.as_object_mut(), members) {
            body.extend(members);
        }
        let made = self.ram("/createresourceshare", &body);
        made.body["resourceShare"]["resourceShareArn"].as_str().expect("it is made").to_owned()
    }
}

/// The status and the text of a response.
pub(super) fn text(response: &Response<Bytes>) -> (u16, String) {
    (response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned())
}

/// The answer in a response of JSON.
pub(super) fn read(response: &Response<Bytes>) -> Answer {
    let body: Value = serde_json::from_slice(response.body()).expect("it is JSON");
    let in_header = response.headers().get("x-amzn-errortype").and_then(|it| it.to_str().ok());
    let code = in_header.or(body["__type"].as_str()).unwrap_or_default().to_owned();
    Answer { status: response.status().as_u16(), code, body }
}

/// The text inside an element of XML.
pub(super) fn inside<'t>(xml: &'t str, element: &str) -> &'t str {
    let (_, rest) = xml.split_once(&format!("<{element}>")).unwrap_or_default();
    rest.split_once(&format!("</{element}>")).map_or("", |(inside, _)| inside)
}
