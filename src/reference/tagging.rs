//! The Resource Groups Tagging API, as far as it is about what RAM tags: shares and managed permissions.
//!
//! Each call of it is one of RAM's for each ARN, so that RAM's rules decide.
//!
//! <https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/Welcome.html>

use bellwether_model::Account;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Map, Value, json};

use super::json::{self, Failure, Serve};
use super::members::TAGGING;
use super::{State, pages, ram};

/// The operations that are served, in the order of their names.
static OPERATIONS: &[(&str, Serve)] =
    &[("GetResources", get), ("TagResources", tag), ("UntagResources", untag)];

/// The rows of a page at most, and where the caller does not say.
const PAGE: usize = 100;

/// The operation that a request to the Tagging API names.
#[must_use]
pub fn target(request: &Request<Bytes>) -> Option<&str> {
    json::target(request, "ResourceGroupsTaggingAPI_20170126.")
}

/// Answers a request to the Tagging API.
pub fn serve(state: &mut State, account: Account, request: &Request<Bytes>) -> Response<Bytes> {
    json::serve(state, account, OPERATIONS, &TAGGING, target(request), request)
}

fn tag(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let given = input["Tags"].as_object().ok_or_else(|| missing("Tags"))?;
    let tags: Value =
        given.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
    for_each(state, account, input, "/tagresource", ("tags", &tags))
}

fn untag(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    if !input["TagKeys"].is_array() {
        return Err(missing("TagKeys"));
    }
    for_each(state, account, input, "/untagresource", ("tagKeys", &input["TagKeys"]))
}

/// Calls an operation of RAM for each ARN of a request; those that it refuses are told.
fn for_each(
    state: &mut State,
    account: Account,
    input: &Value,
    path: &str,
    (member, value): (&str, &Value),
) -> Result<Value, Failure> {
    let mut failed = Map::new();
    for arn in arns(input)?.ok_or_else(|| missing("ResourceARNList"))? {
        let named = if is_of(&arn, "permission") { "resourceArn" } else { "resourceShareArn" };
        let outcome = if is_of(&arn, "permission") || is_of(&arn, "resource-share") {
            let members = [(named, json!(arn)), (member, value.clone())];
            let members = members.map(|(key, value)| (key.to_owned(), value));
            ram::call(state, account, path, members.into_iter().collect()).map(|_| ())
        } else {
            let message = format!("The reference does not have the tags of {arn}.");
            Err(Failure::new("InvalidParameterException", message))
        };
        if let Err(failure) = outcome {
            // Of what is another account's AWS says no more than its ARN: recorded in Cloud Custodian's
            // tests/data/placebo/test_resource_share_query.
            let message = if is_owned(&arn, account) { &failure.message } else { &arn };
            let told = json!({
                "StatusCode": failure.status.as_u16(),
                "ErrorCode": "InvalidParameterException",
                "ErrorMessage": message,
            });
            failed.insert(arn, told);
        }
    }
    Ok(json!({ "FailedResourcesMap": failed }))
}

/// Whether an ARN is one of RAM's of this type.
fn is_of(arn: &str, of_type: &str) -> bool {
    super::arns::parts(arn).is_some_and(|(service, _, resource)| {
        service == "ram" && resource.split('/').next() == Some(of_type)
    })
}

/// Whether an ARN names an account as its owner.
fn is_owned(arn: &str, account: Account) -> bool {
    super::arns::parts(arn).is_some_and(|(_, owner, _)| owner == account.to_string())
}

/// The tagged shares of the caller in the region that it calls.
fn get(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let asked = arns(input)?;
    let types = texts(&input["ResourceTypeFilters"], "ResourceTypeFilters")?;
    let shown = |arn: &str| {
        asked.as_ref().is_none_or(|asked| asked.iter().any(|it| it == arn))
            && types.as_ref().is_none_or(|types| {
                types.iter().any(|it| it == "ram" || it == "ram:resource-share")
            })
    };
    let filters = input["TagFilters"].as_array().cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for share in own_shares(state, account)? {
        let tags = share["tags"].as_array().cloned().unwrap_or_default();
        let arn = share["resourceShareArn"].as_str().unwrap_or_default();
        let passes = filters.iter().all(|filter| tags.iter().any(|tag| fits(filter, tag)));
        if !tags.is_empty() && share["status"] != "DELETED" && shown(arn) && passes {
            let tags: Vec<Value> = tags
                .iter()
                .map(|tag| json!({ "Key": tag["key"], "Value": tag["value"] }))
                .collect();
            rows.push(json!({ "ResourceARN": arn, "Tags": tags }));
        }
    }
    page(input, rows)
}

/// Whether a tag is one that a filter asks for.
fn fits(filter: &Value, tag: &Value) -> bool {
    let values = filter["Values"].as_array();
    filter["Key"] == tag["key"]
        && values.is_none_or(|values| values.is_empty() || values.contains(&tag["value"]))
}

/// All shares that RAM lists to their owner.
fn own_shares(state: &mut State, account: Account) -> Result<Vec<Value>, Failure> {
    let mut members = Map::new();
    members.insert("resourceOwner".to_owned(), json!("SELF"));
    let mut shares = Vec::new();
    loop {
        let mut answer = ram::call(state, account, "/getresourceshares", members.clone())?;
        if let Value::Array(rows) = answer["resourceShares"].take() {
            shares.extend(rows);
        }
        let Value::String(token) = answer["nextToken"].take() else { return Ok(shares) };
        members.insert("nextToken".to_owned(), json!(token));
    }
}

/// The page of the rows that the request asks for.
fn page(input: &Value, rows: Vec<Value>) -> Result<Value, Failure> {
    let wrong =
        |key: &str| Failure::new("InvalidParameterException", format!("{key} is not valid"));
    let asked = &input["ResourcesPerPage"];
    let size = if asked.is_null() {
        PAGE
    } else {
        let size = asked.as_u64().and_then(|size| usize::try_from(size).ok());
        let size = size.filter(|size| (1..=PAGE).contains(size));
        size.ok_or_else(|| wrong("ResourcesPerPage"))?
    };
    let token = input["PaginationToken"].as_str().unwrap_or_default();
    let start = if token.is_empty() { Some(0) } else { pages::place(token) };
    let start = start.ok_or_else(|| {
        let message = "The PaginationToken is not one of this list";
        Failure::new("PaginationTokenExpiredException", message)
    })?;
    let page = pages::cut(rows, start, size);
    let next = page.next.unwrap_or_default();
    Ok(json!({ "PaginationToken": next, "ResourceTagMappingList": page.rows }))
}

/// The ARNs that a request names; `None` if it names none.
fn arns(input: &Value) -> Result<Option<Vec<String>>, Failure> {
    texts(&input["ResourceARNList"], "ResourceARNList")
}

/// A list of texts; `None` if it is missing or empty.
fn texts(value: &Value, key: &str) -> Result<Option<Vec<String>>, Failure> {
    let wrong = || Failure::new("SerializationException", format!("{key} is not a list of texts"));
    let Value::Array(values) = value else {
        return if value.is_null() { Ok(None) } else { Err(wrong()) };
    };
    let texts = values.iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(wrong));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    Ok((!texts.is_empty()).then_some(texts))
}

fn missing(key: &str) -> Failure {
    Failure::new("InvalidParameterException", format!("{key} is missing"))
}
