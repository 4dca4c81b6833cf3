//! Exchanges over HTTP: what a request to AWS asks for, by its path, headers and body.

use std::collections::BTreeMap;

use bellwether_model::Account;
use bellwether_model::operations::OPERATIONS;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Answer, Event, Micros, Place, Span, rest};

/// A request and its answer, without what must not be kept. A line of Bellwether's own recordings is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exchange {
    /// The time of the request.
    pub begin: Option<Micros>,
    /// The time of the answer.
    pub end: Option<Micros>,
    /// The access key id that the request is signed with. It is not written.
    #[serde(skip)]
    pub key: Option<String>,
    /// The calling account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The Region that the request is signed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The service that it is signed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query string, without its question mark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The operation, where the body that says it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The header `X-Amz-Target`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The body of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The ids that the request names, where its body is left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// The HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The header `x-amzn-errortype` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The reason that no answer, or not all of it, arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<String>,
}

/// The operation that a request calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The service, by the name that it signs requests with.
    pub service: String,
    /// The operation, by the API's own name; the method and path where that is not known.
    pub operation: String,
    /// The parameters, where they can be read.
    pub parameters: Option<Value>,
}

impl Exchange {
    /// The event that the exchange is.
    #[must_use]
    pub fn event(self, place: Place) -> Event {
        let mut call = self.called();
        if self.operation.is_some() {
            // The body is left out; which ids it named is known.
            call.parameters = Some(serde_json::json!({ "ids": self.ids }));
        }
        let caller = self.account.as_deref().and_then(Account::from_id);
        let time =
            self.begin.map(|begin| Span { begin, end: self.end.unwrap_or(begin).max(begin) });
        let answer = match (self.lost, self.status, self.answer) {
            (Some(_), ..) => Answer::Lost,
            (None, Some(status), Some(body)) => Answer::Whole { status, body, error: self.error },
            (None, Some(200..=299), None) => Answer::Granted,
            (None, ..) => Answer::Unrecorded,
        };
        Event {
            place,
            caller,
            region: self.region,
            time,
            service: call.service,
            operation: call.operation,
            request: call.parameters,
            answer,
        }
    }

    /// The operation that is called, and its parameters.
    #[must_use]
    pub fn called(&self) -> Called {
        let body = self.request.as_deref();
        let signed_for = self.service.as_deref();
        if let Some(operation) = &self.operation {
            let service = signed_for.unwrap_or_default().to_owned();
            return Called { service, operation: operation.clone(), parameters: None };
        }
        if let Some((prefix, operation)) = self.target.as_deref().and_then(|it| it.split_once('.'))
        {
            let service = signed_for.or_else(|| service_of_target(prefix)).unwrap_or(prefix);
            let parameters = body.and_then(|body| serde_json::from_str(body).ok());
            return Called {
                service: service.to_owned(),
                operation: operation.to_owned(),
                parameters: parameters.filter(Value::is_object),
            };
        }
        let members = form(&self.query, body.unwrap_or_default());
        if let Some(Value::String(action)) = members.get("Action") {
            let version = members.get("Version").and_then(Value::as_str);
            let service = signed_for.or_else(|| service_of_version(version?));
            return Called {
                service: service.unwrap_or_default().to_owned(),
                operation: action.clone(),
                parameters: Some(Value::Object(members)),
            };
        }
        if let Some(operation) = ram_operation(&self.path) {
            return Called {
                service: signed_for.unwrap_or(RAM).to_owned(),
                operation: operation.to_owned(),
                parameters: ram_parameters(&self.query, body),
            };
        }
        if let Some((service, operation, mut parameters)) =
            rest::operation(&self.method, &self.path)
            && signed_for.is_none_or(|signed_for| signed_for == service)
        {
            parameters.extend(form(&self.query, ""));
            let members = rest::members(body.unwrap_or_default());
            return Called {
                service: service.to_owned(),
                operation: operation.to_owned(),
                parameters: members.map(|members| {
                    parameters.extend(members);
                    Value::Object(parameters)
                }),
            };
        }
        Called {
            service: signed_for.unwrap_or_default().to_owned(),
            operation: format!("{} {}", self.method, self.path),
            parameters: Some(serde_json::json!({ "ids": self.named_ids() })),
        }
    }

    /// The ids that the request names, in whatever place.
    #[must_use]
    pub fn named_ids(&self) -> Vec<String> {
        let texts = self.request.as_deref().into_iter().chain([self.query.as_str()]);
        let values: Vec<String> = texts.flat_map(values).collect();
        let words = values.iter().flat_map(|text| text.split(is_between));
        let words = words.filter(|word| is_id(word));
        let parts = self.path.split('/').filter(|part| !part.is_empty());
        let mut ids: Vec<String> = words.chain(parts).map(str::to_owned).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// Whether no id goes on here.
fn is_between(letter: char) -> bool {
    !(letter.is_ascii_alphanumeric() || "-:/_".contains(letter))
}

/// The values of a form; a body that is none is one value.
fn values(text: &str) -> Vec<String> {
    if text.trim_start().starts_with(['{', '<']) {
        return vec![text.to_owned()];
    }
    form_urlencoded::parse(text.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

/// Whether a text is an id or an ARN of RAM or EC2.
fn is_id(text: &str) -> bool {
    let digits = text.rsplit(['-', '/']).next().unwrap_or_default();
    let is_id = digits.len() >= 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    text.len() <= 200 && text.contains('-') && is_id
}

/// The name that RAM signs requests with.
pub const RAM: &str = "ram";

/// The service of the first part of an `X-Amz-Target`.
fn service_of_target(prefix: &str) -> Option<&'static str> {
    Some(match prefix {
        "AWSOrganizationsV20161128" => "organizations",
        "AWSLicenseManager" => "license-manager",
        "Route53Resolver" => "route53resolver",
        "ResourceGroupsTaggingAPI_20170126" => "tagging",
        _ => return None,
    })
}

/// The service of the version of a query API.
fn service_of_version(version: &str) -> Option<&'static str> {
    match version {
        "2016-11-15" => Some("ec2"),
        "2011-06-15" => Some("sts"),
        _ => None,
    }
}

/// The operation of the model that a method and a path tell, where they do.
#[must_use]
pub fn operation_at(method: &str, path: &str) -> Option<&'static str> {
    ram_operation(path).or_else(|| rest::operation(method, path).map(|(_, operation, _)| operation))
}

/// The operation of RAM at a path, which is its name in small letters.
fn ram_operation(path: &str) -> Option<&'static str> {
    let path = path.strip_prefix('/')?;
    let mut operations = OPERATIONS.iter().filter(|it| it.service == RAM);
    operations.find(|it| it.name.eq_ignore_ascii_case(path)).map(|it| it.name)
}

/// The members of a request to RAM: its body, or the query string of a deletion.
fn ram_parameters(query: &str, body: Option<&str>) -> Option<Value> {
    let mut members = match body {
        Some(body) if !body.trim().is_empty() => {
            let Value::Object(members) = serde_json::from_str(body).ok()? else { return None };
            members
        }
        Some(_) | None => Map::new(),
    };
    members.extend(form(query, ""));
    Some(Value::Object(members))
}

/// The parameters of a query string and of a form.
fn form(query: &str, body: &str) -> Map<String, Value> {
    let pairs = [query, body].into_iter().flat_map(|it| form_urlencoded::parse(it.as_bytes()));
    let signature = |key: &str| key.starts_with("X-Amz-");
    pairs
        .filter(|(key, _)| !signature(key))
        .map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())))
        .collect()
}

/// The account, Region and service that a request is signed for; the account where the access key names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The access key id.
    pub key: String,
    /// The Region.
    pub region: String,
    /// The service.
    pub service: String,
}

impl Scope {
    /// Reads the scope of a signature by version 4, from the header `Authorization`.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>
    #[must_use]
    pub fn of_header(authorization: &str) -> Option<Self> {
        let (_, credential) = authorization.split_once("Credential=")?;
        Self::of_credential(credential.split([',', ' ']).next()?)
    }

    /// Reads the scope of a presigned request, from its query string.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let (_, credential) = pairs.find(|(key, _)| key == "X-Amz-Credential")?;
        Self::of_credential(&credential)
    }

    fn of_credential(credential: &str) -> Option<Self> {
        let parts: Vec<&str> = credential.split('/').collect();
        let [key, _date, region, service, "aws4_request"] = parts[..] else { return None };
        Some(Self { key: key.to_owned(), region: region.to_owned(), service: service.to_owned() })
    }

    /// The account that the key is, where it is one: 12 digits, as emulators take them.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        Account::from_id(&self.key).map(|_| self.key.as_str())
    }
}

/// The accounts of access keys, as STS says them.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    by_key: BTreeMap<String, String>,
}

impl Accounts {
    /// The account that this access key is known to be of.
    #[must_use]
    pub fn of_key(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }

    /// Learns from an answer of STS whose an access key is.
    pub fn learn(&mut self, exchange: &Exchange) {
        self.by_key.extend(account_of_key(exchange));
    }

    /// The exchange with its account, where its key is known; and learns from it.
    #[must_use]
    pub fn told(&mut self, mut exchange: Exchange) -> Exchange {
        self.learn(&exchange);
        if exchange.account.is_none() {
            let key = exchange.key.as_deref().unwrap_or_default();
            exchange.account = self.of_key(key).map(str::to_owned);
        }
        exchange
    }
}

/// The access key id and the account that an answer of STS says belong together.
fn account_of_key(exchange: &Exchange) -> Option<(String, String)> {
    if exchange.service.as_deref() != Some("sts") || exchange.status != Some(200) {
        return None;
    }
    let answer = exchange.answer.as_deref()?;
    let account = |text: &str| Account::from_id(text).map(|_| text.to_owned());
    if let Some(account) = element(answer, "Account").and_then(account) {
        return Some((exchange.key.clone()?, account));
    }
    let arn = element(answer, "Arn")?;
    let account = arn.split(':').nth(4).and_then(account)?;
    Some((element(answer, "AccessKeyId")?.to_owned(), account))
}

/// The text of the first element of this name.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text.trim())
}
