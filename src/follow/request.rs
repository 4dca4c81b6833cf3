//! Recorded requests as calls of the model: ids become names, and what no parameter of the model stands for
//! is told.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::operations::{OPERATIONS, OperationInfo, ram};
use bellwether_model::parameters::{
    Arguments, ClientToken, Few, Groups, InvitationRef, Parameter, Reference, Tag,
    Value as Written, is_word,
};
use bellwether_model::principal::Source;
use bellwether_model::{Account, Call, Name, Principal};
use serde_json::Value;
use smol_str::SmolStr;

use super::followed::{self, Followed, HARMLESS, OfService};
use crate::history::Event;
use crate::history::exchange::RAM;
use crate::wire::Names;

/// The operations outside the model that change nothing that the model is asked about.
const WITHOUT_EFFECT: [&str; 4] =
    ["CreateTags", "DeleteTags", "ModifyVpcAttribute", "TagResources"];

/// A recorded request as a call.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The call.
    pub(super) call: Call,
    /// The ids and ARNs in it that nothing in the history made.
    pub(super) unknown: Vec<String>,
    /// Whether it has members besides those that the call stands for, for which it may be refused.
    pub(super) has_more: bool,
    /// The shares and receivers of the invitations in it.
    pub(super) invitations: Vec<(Name, Account)>,
    /// The image that is launched, where nothing in the history made it.
    pub(super) image: Option<String>,
}

/// Reads a request as a call of the model.
///
/// # Errors
///
/// The reason that it is none.
pub(super) fn read(
    event: &Event,
    names: &Names,
    made_in: &BTreeMap<Name, String>,
    routing_by_default: &BTreeSet<Name>,
) -> Result<Request, String> {
    let not_followed = || format!("{} {} is not followed", event.service, event.operation);
    let info = operation(event).ok_or_else(not_followed)?;
    let followed = followed::find(&event.service, info.name);
    let Some(request) = &event.request else {
        return Err("the request is not recorded".to_owned());
    };
    let mut reading = Reading {
        names,
        made_in,
        routing_by_default,
        is_ram: info.service == RAM,
        unknown: Vec::new(),
        invitations: Vec::new(),
    };
    let leaves = leaves(request, info.service);
    let mut told = BTreeSet::new();
    let mut arguments = Arguments::default();
    let mut image = None;
    if let Some(call) = reading.about_invitations(info, request)? {
        let has_more = false;
        let Reading { unknown, invitations, .. } = reading;
        return Ok(Request { call, unknown, has_more, invitations, image });
    }
    for parameter in info.parameters {
        let key = if parameter.key.is_empty() { subject(info) } else { parameter.key };
        let meant: Vec<&Leaf> =
            leaves.iter().filter(|leaf| leaf.is_of(key, info.service)).collect();
        told.extend(meant.iter().map(|leaf| leaf.place));
        if info.name == "RunInstances"
            && key == "ImageId"
            && let [leaf] = texts_of(&meant)[..]
            && names.name(leaf).is_none()
        {
            image = Some(leaf.to_owned());
            continue;
        }
        let values = reading.values(parameter.expected, key, &meant, request)?;
        if parameter.key.is_empty() {
            arguments.subject = values.into_iter().next();
        } else if !values.is_empty() {
            arguments.named.push((parameter.key.into(), values));
        }
    }
    complete(info, &mut arguments, image.is_some())?;
    let others = leaves.iter().filter(|leaf| !told.contains(&leaf.place));
    let mut has_more = false;
    for other in others {
        let first = other.path.first().map_or("", String::as_str);
        if !reading.may_have(followed, other) {
            return Err(format!("{} is not followed with {first}", info.name));
        }
        has_more |= !reading.is_ram && !HARMLESS.contains(&first);
    }
    reading.require_plain_routing(info, &arguments)?;
    let call = Call::read(info.name, &arguments).and_then(Result::ok);
    let call = call.ok_or_else(|| format!("{} is not followed with these values", info.name))?;
    let Reading { unknown, invitations, .. } = reading;
    Ok(Request { call, unknown, has_more, invitations, image })
}

/// The operation that an event calls, if it is followed.
pub(super) fn operation(event: &Event) -> Option<&'static OperationInfo> {
    let service = event.service.replace('-', "");
    let of_service = |info: &&OperationInfo| info.service == service;
    let followed =
        event.service == RAM || followed::find(&event.service, &event.operation).is_some();
    let info = OPERATIONS.iter().filter(of_service).find(|info| info.name == event.operation)?;
    // What an organization does is not followed: who is in which one is not known.
    (followed && !info.turns_sharing).then_some(info)
}

/// Whether a call makes a transit gateway with default route tables.
pub(super) fn routes_by_default(event: &Event) -> bool {
    let Some(request) = &event.request else { return false };
    let is_off = |name: &str| {
        let leaves = leaves(request, &event.service);
        leaves
            .iter()
            .any(|leaf| leaf.path.last().is_some_and(|last| last == name) && leaf.text == "disable")
    };
    event.operation == "CreateTransitGateway"
        && !(is_off("defaultroutetableassociation") && is_off("defaultroutetablepropagation"))
}

/// Whether an operation that is not followed may change what the model is asked about.
pub(super) fn may_change(event: &Event) -> bool {
    !crate::history::only_reads(&event.operation)
        && !WITHOUT_EFFECT.contains(&event.operation.as_str())
}

/// Whether an operation may change who is in which organization, or what an organization shares.
pub(super) fn may_move_accounts(event: &Event) -> bool {
    let of_organizations =
        event.service.starts_with("organizations") && !crate::history::only_reads(&event.operation);
    of_organizations || event.operation.starts_with("EnableSharingWithAws")
}

/// Whether a call is one of an emulator's own, by which everything may have changed.
pub(super) fn may_change_everything(event: &Event) -> bool {
    event.operation.starts_with("POST /")
        && ["reset", "clock"].iter().any(|word| event.operation.ends_with(word))
}

/// The texts in a request, any of which may be an id or an ARN.
pub(super) fn ids(request: &Value) -> Vec<String> {
    leaves(request, RAM).into_iter().map(|leaf| leaf.text).collect()
}

/// The member that the subject of an operation stands for.
fn subject(info: &OperationInfo) -> &'static str {
    const ABOUT_PERMISSIONS: [&str; 7] = [
        "CreatePermissionVersion",
        "DeletePermission",
        "DeletePermissionVersion",
        "GetPermission",
        "ListPermissionVersions",
        "PromotePermissionCreatedFromPolicy",
        "SetDefaultPermissionVersion",
    ];
    if ABOUT_PERMISSIONS.contains(&info.name) { "permissionArn" } else { "resourceShareArn" }
}

/// Fills in what a call of the model leaves to the wire, which a recorded request says by leaving it out.
fn complete(
    info: &OperationInfo,
    arguments: &mut Arguments,
    launches_an_image: bool,
) -> Result<(), String> {
    let has = |arguments: &Arguments, key: &str| arguments.named.iter().any(|(it, _)| it == key);
    if ["RunInstances", "CreateNetworkInterface"].contains(&info.name) {
        if !has(arguments, "SubnetId") {
            return Err(format!("{} is not followed without a SubnetId", info.name));
        }
        if !has(arguments, "SecurityGroupIds") {
            arguments.named.push(("SecurityGroupIds".into(), vec![Written::bare("default")]));
        }
    }
    if info.name == "RunInstances" {
        if !launches_an_image && !has(arguments, "ImageId") {
            return Err("RunInstances is not followed without an ImageId".to_owned());
        }
        let is_one = |values: &[Written]| matches!(values, [one] if one.text == "1");
        arguments.named.retain(|(key, values)| {
            !(["MinCount", "MaxCount"].contains(&key.as_str()) && is_one(values))
        });
    }
    if info.name == "CreateSubnet" && !has(arguments, "VpcId") {
        return Err("CreateSubnet is not followed without a VpcId".to_owned());
    }
    Ok(())
}

/// A value of a request, with its path.
struct Leaf {
    /// Its number in the request.
    place: usize,
    /// The names on the way to it; for EC2 in small letters.
    path: Vec<String>,
    /// The value as text.
    text: String,
}

impl Leaf {
    /// Whether the leaf belongs to a parameter. A list in a query request is called by the singular, and
    /// members of EC2's structures stand for parameters of their own.
    fn is_of(&self, key: &str, service: &str) -> bool {
        if service == RAM {
            return self.path.first().is_some_and(|first| first == key);
        }
        let key = key.to_ascii_lowercase();
        let singular = match key.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => key.strip_suffix('s').unwrap_or(&key).to_owned(),
        };
        let is = |part: &String| *part == key || *part == singular;
        let inside = self.path.first().is_some_and(|first| first.starts_with("tagspec"));
        !inside && self.path.iter().any(is)
    }
}

fn texts_of<'l>(leaves: &[&'l Leaf]) -> Vec<&'l str> {
    leaves.iter().map(|leaf| leaf.text.as_str()).collect()
}

/// The values of a request. The members of EC2's are written in several ways, and read in small letters.
fn leaves(request: &Value, service: &str) -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(request, &mut Vec::new(), &mut found);
    if service != RAM {
        for leaf in &mut found {
            leaf.path.iter_mut().for_each(|part| part.make_ascii_lowercase());
        }
    }
    found
}

fn collect(value: &Value, path: &mut Vec<String>, found: &mut Vec<Leaf>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let depth = path.len();
                let parts = name.split('.').filter(|part| part.parse::<u32>().is_err());
                path.extend(parts.map(str::to_owned));
                collect(value, path, found);
                path.truncate(depth);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Null => {}
        Value::String(text) => {
            found.push(Leaf { place: found.len(), path: path.clone(), text: text.clone() });
        }
        Value::Bool(_) | Value::Number(_) => {
            found.push(Leaf { place: found.len(), path: path.clone(), text: value.to_string() });
        }
    }
}

fn is_retaining(path: &[String]) -> bool {
    path.first().is_some_and(|first| first == "resourceShareConfiguration")
}

/// The reading of one request.
struct Reading<'n> {
    names: &'n Names,
    /// The Regions that resources were made in.
    made_in: &'n BTreeMap<Name, String>,
    /// The transit gateways that have default route tables.
    routing_by_default: &'n BTreeSet<Name>,
    is_ram: bool,
    unknown: Vec<String>,
    invitations: Vec<(Name, Account)>,
}

impl Reading<'_> {
    /// The values of a parameter as a scenario writes them.
    fn values(
        &mut self,
        expected: &'static str,
        key: &str,
        leaves: &[&Leaf],
        request: &Value,
    ) -> Result<Vec<Written>, String> {
        if key == "retainSharingOnAccountLeaveOrganization" {
            let pointer = "/resourceShareConfiguration/retainSharingOnAccountLeaveOrganization";
            let said = request.pointer(pointer).and_then(Value::as_bool);
            return Ok(said.map(|said| Written::bare(said.to_string())).into_iter().collect());
        }
        if expected == <Vec<Tag>>::EXPECTED {
            return tags(request.get(key));
        }
        let texts = leaves.iter().map(|leaf| leaf.text.as_str());
        if [Reference::EXPECTED, <Vec<Reference>>::EXPECTED, Groups::EXPECTED].contains(&expected) {
            return Ok(texts.map(|text| self.reference(text)).collect());
        }
        if expected == Principal::EXPECTED {
            return texts.map(principal).collect();
        }
        if [<Vec<Source>>::EXPECTED, <Option<Source>>::EXPECTED].contains(&expected) {
            return Ok(texts.map(Written::quoted).collect());
        }
        if expected == ClientToken::EXPECTED {
            return texts
                .map(|text| {
                    let is_plain = is_word(text) && text.len() <= 64;
                    is_plain.then(|| Written::bare(text)).ok_or_else(|| {
                        "a token in another form than that of the SDKs is not followed".to_owned()
                    })
                })
                .collect();
        }
        if [<SmolStr>::EXPECTED, <Vec<SmolStr>>::EXPECTED].contains(&expected) {
            // The entries of a prefix list are its blocks; their descriptions mean nothing.
            let is_meant = |leaf: &&&Leaf| leaf.path.last().is_none_or(|it| it != "description");
            let texts = leaves.iter().filter(is_meant).map(|leaf| leaf.text.as_str());
            // A domain name may end with a dot, and means the same without it.
            let plain = |text: &str| match key {
                "DomainName" | "Name" => text.trim_end_matches('.').to_ascii_lowercase(),
                _ => text.to_owned(),
            };
            let texts = texts.filter(|text| !text.is_empty()).map(plain);
            return Ok(texts.map(Written::quoted).collect());
        }
        if [<bool>::EXPECTED, <Option<bool>>::EXPECTED].contains(&expected) {
            let flag = |text: &str| match text {
                "true" | "True" | "enable" => Ok(Written::bare("true")),
                "false" | "False" | "disable" => Ok(Written::bare("false")),
                other => Err(format!("{key} is not followed as {other}")),
            };
            return texts.map(flag).collect();
        }
        let numbers = [<Option<i32>>::EXPECTED, <u32>::EXPECTED, <Option<Few>>::EXPECTED];
        if numbers.contains(&expected) {
            return Ok(texts.map(Written::bare).collect());
        }
        if leaves.is_empty() { Ok(Vec::new()) } else { Err(format!("{key} is not followed")) }
    }

    /// Whether a request is followed with this member, which stands for no parameter.
    fn may_have(&mut self, followed: Option<(&OfService, &Followed)>, other: &Leaf) -> bool {
        let Some((of_service, followed)) = followed else { return is_retaining(&other.path) };
        let first = other.path.first().map_or("", String::as_str);
        if followed.named.contains(&first) {
            self.reference(&other.text);
            return true;
        }
        let last = other.path.last().map_or("", String::as_str);
        let is_fixed = |(name, value): &(&str, &str)| *name == last && *value == other.text;
        of_service.idle.contains(&first)
            || followed.idle.contains(&first)
            || followed.fixed.iter().any(is_fixed)
    }

    /// A transit gateway that has default route tables routes what is attached to it by itself, which is not followed.
    fn require_plain_routing(
        &self,
        info: &OperationInfo,
        arguments: &Arguments,
    ) -> Result<(), String> {
        if info.name != "CreateTransitGatewayRouteTable" {
            return Ok(());
        }
        let mut named = arguments.named.iter().flat_map(|(_, values)| values);
        if named.any(|value| self.routing_by_default.contains(value.text.as_str())) {
            return Err("route tables are not followed beside default ones".to_owned());
        }
        Ok(())
    }

    /// A resource that a request names: one that the history made, or the text itself.
    fn reference(&mut self, text: &str) -> Written {
        let named = self.names.name(text).filter(|name| self.is_written_as(name, text));
        if let Some(name) = named {
            return Written::bare(name.as_str());
        }
        // A managed permission of AWS is there for everybody.
        if !(self.is_ram && text.contains("::aws:permission/")) {
            self.unknown.push(text.to_owned());
        }
        Written::quoted(text)
    }

    /// Whether an id or ARN is the one that the target gave: another ARN with the same id in it is none.
    fn is_written_as(&self, name: &Name, text: &str) -> bool {
        if self.names.id(name).is_ok_and(|id| id == text) {
            return true;
        }
        // Names keep one Region for all: the one that the ARN has to say is where the resource was made.
        let region = text.split(':').nth(3).unwrap_or_default();
        let arn = self.names.arn(name).unwrap_or_default();
        let is_there = self.made_in.get(name).is_none_or(|made_in| made_in == region);
        arn == text || (is_there && without_region(&arn) == without_region(text))
    }

    /// The calls that name invitations, which no scenario can write for accounts that are no actors.
    #[expect(clippy::too_many_lines, reason = "the four operations that are about invitations")]
    fn about_invitations(
        &mut self,
        info: &OperationInfo,
        request: &Value,
    ) -> Result<Option<Call>, String> {
        const ARN: &str = "resourceShareInvitationArn";
        let token = || {
            let given = request.get("clientToken").and_then(Value::as_str).unwrap_or_default();
            match given {
                "" => Ok(ClientToken::None),
                word if is_word(word) && word.len() <= 64 => Ok(ClientToken::Word(word.into())),
                _ => {
                    Err("a token in another form than that of the SDKs is not followed".to_owned())
                }
            }
        };
        let text = |key: &str| -> SmolStr {
            request.get(key).and_then(Value::as_str).unwrap_or_default().into()
        };
        let arn = request.get(ARN).and_then(Value::as_str).unwrap_or_default();
        let max_results = request.get("maxResults").and_then(Value::as_i64);
        let max_results = max_results.and_then(|it| i32::try_from(it).ok());
        let call = match info.name {
            "AcceptResourceShareInvitation" => ram::AcceptResourceShareInvitation {
                invitation: self.invitation(arn),
                client_token: token()?,
            }
            .into(),
            "RejectResourceShareInvitation" => ram::RejectResourceShareInvitation {
                invitation: self.invitation(arn),
                client_token: token()?,
            }
            .into(),
            "ListPendingInvitationResources" => ram::ListPendingInvitationResources {
                invitation: self.invitation(arn),
                resource_region_scope: text("resourceRegionScope"),
                max_results,
                next_token: SmolStr::default(),
            }
            .into(),
            "GetResourceShareInvitations" => {
                let texts = |key: &str| -> Vec<String> {
                    let items = request.get(key).and_then(Value::as_array).into_iter().flatten();
                    items.filter_map(Value::as_str).map(str::to_owned).collect()
                };
                let asked = texts("resourceShareInvitationArns");
                let of = texts("resourceShareArns");
                let reference = |it: &mut Self, arn: &String| {
                    let written = it.reference(arn);
                    if written.quoted {
                        Reference::Literal(written.text)
                    } else {
                        Reference::Named(Name::new(written.text))
                    }
                };
                ram::GetResourceShareInvitations {
                    resource_share_invitation_arns: asked
                        .iter()
                        .map(|arn| self.invitation(arn))
                        .collect(),
                    resource_share_arns: of.iter().map(|arn| reference(self, arn)).collect(),
                    max_results,
                    next_token: SmolStr::default(),
                }
                .into()
            }
            _ => return Ok(None),
        };
        Ok(Some(call))
    }

    fn invitation(&mut self, arn: &str) -> InvitationRef {
        if let Some((share, receiver, number)) = self.names.invitation(arn) {
            self.invitations.push((share.clone(), receiver));
            InvitationRef::To { share, receiver, number: Some(number) }
        } else {
            self.unknown.push(arn.to_owned());
            InvitationRef::Literal(arn.into())
        }
    }
}

/// An ARN without its Region.
fn without_region(arn: &str) -> Vec<&str> {
    let parts = arn.splitn(6, ':').enumerate();
    parts.filter(|(place, _)| *place != 3).map(|(_, part)| part).collect()
}

/// A principal that is an account. Others stand for identities and organizations that a history does not tell.
fn principal(text: &str) -> Result<Written, String> {
    let is_account = Account::from_id(text).is_some();
    is_account
        .then(|| Written::quoted(text))
        .ok_or_else(|| "a principal that is no account is not followed".to_owned())
}

/// Tags, or filters by tags, as texts.
fn tags(given: Option<&Value>) -> Result<Vec<Written>, String> {
    let mut written = Vec::new();
    for tag in given.and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| tag.get(name).and_then(Value::as_str);
        let key = text("key").or_else(|| text("Key")).or_else(|| text("tagKey"));
        let key = key.unwrap_or_default();
        if key.contains('=') {
            return Err("a tag whose key holds an equals sign is not followed".to_owned());
        }
        let of_filter = tag.get("tagValues").and_then(Value::as_array);
        let values: Vec<&str> = match of_filter {
            Some(values) => values.iter().filter_map(Value::as_str).collect(),
            None => text("value").or_else(|| text("Value")).into_iter().collect(),
        };
        if values.is_empty() {
            written.push(Written::quoted(key));
        }
        written.extend(values.iter().map(|value| Written::quoted(format!("{key}={value}"))));
    }
    Ok(written)
}
