//! The readers of requests against requests that nobody would send.
//!
//! Requests are drawn from the operations and their parameters, with values that are odd, and then their
//! bytes are changed. Whatever comes: no panic, and an answer in the form of the service, with its id.
//! `cargo test` draws the same few thousand each time; `FUZZ_SECONDS=60 cargo test --lib fuzz` draws others
//! for that long.

use std::env;
use std::fmt;
use std::time::{Duration, Instant};

use bellwether_model::operations::OPERATIONS;
use bytes::Bytes;
use http::{Method, Request, Response};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use quick_xml::events::Event;
use serde_json::{Map, Value, json};

use super::Reference;

/// The sequences of requests that `cargo test` draws.
const SEQUENCES: u32 = 500;

/// The names that services sign with, and the forms of what they say.
const SERVICES: [(&str, Form); 9] = [
    ("ec2", Form::Query),
    ("license-manager", Form::Rpc("AWSLicenseManager.")),
    ("organizations", Form::Rpc("AWSOrganizationsV20161128.")),
    ("ram", Form::Ram),
    ("route53", Form::Xml),
    ("route53profiles", Form::Rest),
    ("route53resolver", Form::Rpc("Route53Resolver.")),
    ("sts", Form::Query),
    ("tagging", Form::Rpc("ResourceGroupsTaggingAPI_20170126.")),
];

/// The form of a service's requests and answers.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Form {
    Query,
    Ram,
    Rest,
    Rpc(&'static str),
    Xml,
}

/// Paths of the services that have several.
const PATHS: [&str; 12] = [
    "/2013-04-01/hostedzone",
    "/2013-04-01/hostedzonesbyvpc?vpcid=vpc-1&vpcregion=us-east-1",
    "/2013-04-01/hostedzone/Z1",
    "/2013-04-01/hostedzone/Z1/authorizevpcassociation",
    "/2013-04-01/hostedzone/Z1/associatevpc",
    "/2013-04-01/hostedzone/%01",
    "/profile",
    "/profiles?maxResults=-1",
    "/profile/rp-1",
    "/profileassociation/Profileid/rp-1/resourceid/vpc-1",
    "/createresourceshare",
    "/",
];

/// Operations that the model does not have.
const OTHERS: [&str; 12] = [
    "AssumeRole",
    "GetCallerIdentity",
    "GetSessionToken",
    "CreateAccount",
    "CreateOrganization",
    "ListAccounts",
    "DescribeAvailabilityZones",
    "DescribeRegions",
    "GetResources",
    "TagResources",
    "ListTagsForResource",
    "",
];

/// Parameters that many operations have.
const PARAMETERS: [&str; 24] = [
    "VpcId",
    "SubnetId",
    "CidrBlock",
    "Filter.1.Name",
    "Filter.1.Value.1",
    "MaxResults",
    "NextToken",
    "DryRun",
    "Tag.1.Key",
    "Tag.1.Value",
    "TagSpecification.1.ResourceType",
    "ResourceId.1",
    "name",
    "principals",
    "resourceArns",
    "resourceOwner",
    "clientToken",
    "tags",
    "policyTemplate",
    "AccountId",
    "ParentId",
    "RoleArn",
    "RoleSessionName",
    "ResourceARNList",
];

/// Values that are meant, and values that are not.
const VALUES: [&str; 28] = [
    "",
    "true",
    "0",
    "-1",
    "1",
    "99999999999999999999",
    "NaN",
    "10.0.0.0/16",
    "10.0.0.0/99",
    "::/0",
    "vpc-0",
    "tag:Name",
    "*a*a*a*b",
    "\\",
    "\u{0}",
    "\u{c}\u{1f}",
    "\u{fffe}",
    "ü\u{1f600}",
    "]]>&<![CDATA[",
    "page-18446744073709551615",
    "SELF",
    "OTHER-ACCOUNTS",
    "111122223333",
    "arn:aws:ram:us-east-1:111122223333:resource-share/0",
    "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0",
    "arn:::::",
    "arn:aws:iam::111122223333:role/",
    "0000000000000000000000001f",
];

/// A request, and whether its service can be told from it.
#[derive(Clone)]
struct Asked {
    service: usize,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl fmt::Debug for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = SERVICES[self.service].0;
        let body = String::from_utf8_lossy(&self.body);
        write!(formatter, "{service} {} {} {:?} {body:?}", self.method, self.path, self.headers)
    }
}

/// A change to the bytes of a body.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Repeat(Index, Index),
}

impl Change {
    fn apply_to(&self, body: &mut Vec<u8>) {
        match self {
            Self::Cut(at) => body.truncate(at.index(body.len() + 1)),
            Self::Flip(at, bits) => {
                if !body.is_empty() {
                    let at = at.index(body.len());
                    body[at] ^= bits;
                }
            }
            Self::Insert(at, bytes) => {
                let at = at.index(body.len() + 1);
                body.splice(at..at, bytes.iter().copied());
            }
            Self::Repeat(from, to) => {
                let (from, to) = (from.index(body.len() + 1), to.index(body.len() + 1));
                let part = body[from.min(to)..from.max(to)].to_vec();
                body.extend(part);
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (any::<Index>(), vec(any::<u8>(), 1..8)).prop_map(|(at, it)| Change::Insert(at, it)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

/// The operations of a service, and some that are others'.
fn operation(service: &'static str) -> impl Strategy<Value = String> {
    let own = OPERATIONS.iter().filter(|it| it.service == service).map(|it| it.name);
    let all: Vec<&str> = own.chain(OTHERS).collect();
    select(all).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&VALUES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => (select(&VALUES[..]), 1..2000_usize).prop_map(|(it, times)| it.repeat(times)),
    ]
}

/// A value of JSON: mostly a text, or a list of one.
fn json_value(service: &'static str) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => value().prop_map(Value::String),
        1 => any::<i64>().prop_map(|it| json!(it)),
        1 => any::<bool>().prop_map(|it| json!(it)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            vec((parameter(service), inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A parameter of some operation of a service, or of others.
fn parameter(service: &str) -> impl Strategy<Value = String> + use<> {
    let own = OPERATIONS.iter().filter(|it| it.service == service);
    let own = own.flat_map(|it| it.parameters).map(|it| it.key);
    let all: Vec<&str> = own.chain(PARAMETERS).collect();
    prop_oneof![8 => select(all).prop_map(str::to_owned), 1 => any::<String>()]
}

fn method() -> impl Strategy<Value = Method> {
    let others = [Method::GET, Method::DELETE, Method::PUT, Method::HEAD, Method::OPTIONS];
    prop_oneof![8 => Just(Method::POST), 2 => select(others.to_vec())]
}

/// A request as it is meant: method, path, headers and body.
type Meant = (Method, String, Vec<(&'static str, String)>, Vec<u8>);

fn meant(service: usize) -> impl Strategy<Value = Meant> {
    let (name, form) = SERVICES[service];
    let texts = vec((parameter(name), value()), 0..6);
    let members = vec((parameter(name), json_value(name)), 0..5);
    let paths = select(&PATHS[..]).prop_map(str::to_owned);
    (method(), operation(name), texts, members, paths).prop_map(
        move |(method, operation, texts, members, path)| {
            let object = Value::Object(members.into_iter().collect::<Map<_, _>>()).to_string();
            match form {
                Form::Query => {
                    let version = if name == "sts" { "2011-06-15" } else { "2016-11-15" };
                    let mut body = form_urlencoded::Serializer::new(String::new());
                    body.append_pair("Action", &operation).append_pair("Version", version);
                    body.extend_pairs(texts);
                    (method, "/".to_owned(), Vec::new(), body.finish().into_bytes())
                }
                Form::Ram => {
                    let path = format!("/{}", operation.to_lowercase());
                    let deletes = operation.starts_with("Delete") && method == Method::POST;
                    let method = if deletes { Method::DELETE } else { method };
                    (method, path, Vec::new(), object.into_bytes())
                }
                Form::Rest => (method, path, Vec::new(), object.into_bytes()),
                Form::Rpc(prefix) => {
                    let target = ("x-amz-target", format!("{prefix}{operation}"));
                    (method, "/".to_owned(), vec![target], object.into_bytes())
                }
                Form::Xml => {
                    let inside = texts
                        .iter()
                        .fold(String::new(), |all, (_, it)| all + "<Name>" + it + "</Name>");
                    let body = format!(
                        "<Request><VPC><VPCId>vpc-0</VPCId><VPCRegion>us-east-1</VPCRegion></VPC>{inside}</Request>"
                    );
                    (method, path, Vec::new(), body.into_bytes())
                }
            }
        },
    )
}

fn asked() -> impl Strategy<Value = Asked> {
    let changes = prop_oneof![2 => Just(Vec::new()), 1 => vec(change(), 1..4)];
    let service = 0..SERVICES.len();
    service.prop_flat_map(meant_by).prop_flat_map(move |asked| {
        (Just(asked), changes.clone()).prop_map(|(mut asked, changes)| {
            for change in &changes {
                change.apply_to(&mut asked.body);
            }
            asked
        })
    })
}

fn meant_by(service: usize) -> impl Strategy<Value = Asked> {
    meant(service).prop_map(move |(method, path, headers, body)| Asked {
        service,
        method,
        path,
        headers,
        body,
    })
}

/// Answers a request of an account.
fn answer(reference: &Reference, asked: &Asked) -> Response<Bytes> {
    let service = SERVICES[asked.service].0;
    let credential = format!("Credential=111122223333/20260101/us-east-1/{service}/aws4_request");
    let mut request = Request::builder()
        .method(asked.method.clone())
        .uri(&asked.path)
        .header("authorization", format!("AWS4-HMAC-SHA256 {credential}"));
    for (name, value) in &asked.headers {
        request = request.header(*name, value);
    }
    reference.handle(request.body(Bytes::copy_from_slice(&asked.body)).unwrap())
}

/// What is wrong with the form of an answer; nothing if it is the service's.
fn fault(asked: &Asked, response: &Response<Bytes>) -> Option<String> {
    let status = response.status().as_u16();
    if !matches!(status, 200..300 | 400..500) {
        return Some(format!("the status {status}"));
    }
    let id = response.headers().get("x-amzn-requestid");
    let Some(id) = id.and_then(|id| id.to_str().ok()).filter(|id| !id.is_empty()) else {
        return Some("no request id".to_owned());
    };
    let Ok(body) = std::str::from_utf8(response.body()) else {
        return Some("a body that is no text".to_owned());
    };
    let is_error = status >= 400;
    let fits = match SERVICES[asked.service].1 {
        Form::Query | Form::Xml => {
            let root = if !is_error {
                ""
            } else if SERVICES[asked.service].0 == "ec2" {
                "Response"
            } else {
                "ErrorResponse"
            };
            let found = root_of(body);
            found.is_some_and(|found| root.is_empty() || (found == root && body.contains(id)))
                || (!is_error && body.is_empty())
        }
        Form::Ram | Form::Rest => {
            let code = response.headers().contains_key("x-amzn-errortype");
            is_object(body) && code == is_error
        }
        Form::Rpc(_) => is_object(body) && body.contains("\"__type\":") == is_error,
    };
    (!fits).then(|| "another form than the service's".to_owned())
}

fn is_object(body: &str) -> bool {
    serde_json::from_str::<Value>(body).is_ok_and(|it| it.is_object())
}

/// The name of the outermost element of a document; `None` if it does not read.
fn root_of(body: &str) -> Option<String> {
    let carried = super::characters::are_carried(body);
    let mut reader = quick_xml::Reader::from_str(body);
    let mut root = None;
    loop {
        let event = reader.read_event().ok()?;
        if let Event::Start(start) = &event
            && root.is_none()
        {
            root = Some(AsRef::<str>::as_ref(&start.name()).to_owned());
        }
        if matches!(event, Event::Eof) {
            return root.filter(|_| carried);
        }
    }
}

/// Requests on which others can rest.
fn seeded() -> Reference {
    let reference = Reference::new();
    let form = |body: &str| Asked {
        service: 0,
        method: Method::POST,
        path: "/".to_owned(),
        headers: Vec::new(),
        body: format!("Version=2016-11-15&{body}").into_bytes(),
    };
    let share = Asked {
        service: 3,
        method: Method::POST,
        path: "/createresourceshare".to_owned(),
        headers: Vec::new(),
        body: br#"{ "name": "platform", "principals": ["444455556666"] }"#.to_vec(),
    };
    let vpc = form("Action=CreateVpc&CidrBlock=10.0.0.0/16");
    for asked in [
        vpc,
        form("Action=CreateManagedPrefixList&PrefixListName=a&MaxEntries=1&AddressFamily=IPv4"),
        share,
    ] {
        assert_eq!(answer(&reference, &asked).status(), 200, "{asked:?}");
    }
    reference
}

/// Sends sequences of requests; the longest that an answer took.
fn send(runner: &mut TestRunner) -> Duration {
    let slowest = std::cell::Cell::new(Duration::ZERO);
    let sent = runner.run(&vec(asked(), 1..8), |sequence| {
        let reference = seeded();
        for asked in &sequence {
            let began = Instant::now();
            let response = answer(&reference, asked);
            slowest.set(slowest.get().max(began.elapsed()));
            if let Some(fault) = fault(asked, &response) {
                let message = format!("{fault}: {asked:?} got {response:?}");
                return Err(TestCaseError::fail(message));
            }
        }
        Ok(())
    });
    if let Err(error) = sent {
        panic!("{error}");
    }
    slowest.get()
}

#[test]
fn every_answer_has_the_form_of_its_service_and_an_id() {
    let config = Config { cases: SEQUENCES, failure_persistence: None, ..Config::default() };
    let seconds = env::var("FUZZ_SECONDS").ok().and_then(|it| it.parse().ok());
    let Some(seconds) = seconds.map(Duration::from_secs) else {
        let algorithm = config.rng_algorithm;
        let rng = proptest::test_runner::TestRng::deterministic_rng(algorithm);
        send(&mut TestRunner::new_with_rng(config, rng));
        return;
    };
    let (began, mut sequences, mut slowest) = (Instant::now(), 0, Duration::ZERO);
    while began.elapsed() < seconds {
        slowest = slowest.max(send(&mut TestRunner::new(config.clone())));
        sequences += SEQUENCES;
    }
    let line = format!("{sequences} sequences of requests, the slowest answer took {slowest:?}\n");
    std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
}
