//! Route 53, served from the model: private hosted zones and their VPCs.
//!
//! Times are answered and decide nothing.
//!
//! <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html>

use bellwether_model::answer::{Expected, Field, Key, Reply, Row};
use bellwether_model::operations::route53::{
    AssociateVPCWithHostedZone, CreateHostedZone, CreateVPCAssociationAuthorization,
    DeleteHostedZone, DeleteVPCAssociationAuthorization, DisassociateVPCFromHostedZone,
    GetHostedZone, ListHostedZones, ListHostedZonesByVPC, ListVPCAssociationAuthorizations,
};
use bellwether_model::parameters::Reference;
use bellwether_model::rules::hosted_zone;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::Failure;
use super::members::{self, ROUTE_53};
use super::pages::{self, Pages};
use super::query::{self, Xml};
use super::random::scramble;
use super::{State, refusals, time};

/// The beginning of all paths: the version of the API.
const VERSION: &str = "/2013-04-01/";

const NAMESPACE: &str = "https://route53.amazonaws.com/doc/2013-04-01/";

/// The seed of the numbers in ids.
const IDS: u64 = 0x54;

/// Whether a path is one of Route 53.
#[must_use]
pub fn is_path(path: &str) -> bool {
    path.starts_with(VERSION)
}

/// The operation of a method and a path below the version.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html>
fn operation(method: &Method, path: &[&str]) -> Option<&'static str> {
    Some(match (method.as_str(), path) {
        ("POST", ["hostedzone"]) => "CreateHostedZone",
        ("GET", ["hostedzone"]) => "ListHostedZones",
        ("GET", ["hostedzonesbyvpc"]) => "ListHostedZonesByVPC",
        ("GET", ["hostedzone", _]) => "GetHostedZone",
        ("DELETE", ["hostedzone", _]) => "DeleteHostedZone",
        ("GET", ["hostedzone", _, "authorizevpcassociation"]) => "ListVPCAssociationAuthorizations",
        ("POST", ["hostedzone", _, "authorizevpcassociation"]) => {
            "CreateVPCAssociationAuthorization"
        }
        ("POST", ["hostedzone", _, "deauthorizevpcassociation"]) => {
            "DeleteVPCAssociationAuthorization"
        }
        ("POST", ["hostedzone", _, "associatevpc"]) => "AssociateVPCWithHostedZone",
        ("POST", ["hostedzone", _, "disassociatevpc"]) => "DisassociateVPCFromHostedZone",
        ("GET", ["tags", "hostedzone", _]) => "ListTagsForResource",
        _ => return None,
    })
}

/// The words of a path below the version.
fn words(path: &str) -> Vec<&str> {
    path.strip_prefix(VERSION).unwrap_or_default().trim_end_matches('/').split('/').collect()
}

/// The operation that a request to Route 53 calls.
pub(super) fn called(request: &http::Request<Bytes>) -> Option<&'static str> {
    operation(request.method(), &words(request.uri().path()))
}

/// Answers a request to Route 53.
pub fn serve(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Response<Bytes> {
    let answered = Request { state, caller, asked: request }.answered();
    answered.unwrap_or_else(|failure| error(state, &failure))
}

/// An error of Route 53.
#[must_use]
pub fn error(state: &State, failure: &Failure) -> Response<Bytes> {
    query::error(state, NAMESPACE, failure.status, failure.code, &failure.message)
}

/// The status that an error has on AWS.
fn status_of(code: &str) -> StatusCode {
    match code {
        "NotAuthorizedException" => StatusCode::UNAUTHORIZED,
        "AccessDenied" => StatusCode::FORBIDDEN,
        "NoSuchHostedZone" | "VPCAssociationAuthorizationNotFound" | "VPCAssociationNotFound" => {
            StatusCode::NOT_FOUND
        }
        "HostedZoneAlreadyExists" => StatusCode::CONFLICT,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The body of a request that makes a zone, or names a VPC.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Body {
    name: String,
    caller_reference: String,
    #[serde(rename = "VPC")]
    vpc: Option<BodyVpc>,
    hosted_zone_config: BodyConfig,
}

/// The configuration of a zone in the body of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct BodyConfig {
    comment: String,
}

/// A VPC in the body of a request.
#[derive(Debug, Deserialize)]
struct BodyVpc {
    #[serde(rename = "VPCId")]
    id: String,
    #[serde(rename = "VPCRegion", default)]
    region: String,
}

/// The pages of the lists whose sizes AWS calls items; they are no larger than this.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html>
const ITEMS: Pages = Pages {
    reads: &ROUTE_53,
    size: "maxitems",
    token: "nexttoken",
    usual: 100,
    wrong_size: "InvalidInput",
    wrong_token: "InvalidPaginationToken",
};

/// The pages of zones, whose token is the id of the zone that the page begins with.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html>
static ZONES: Pages = Pages { token: "marker", wrong_token: "InvalidInput", ..ITEMS };

/// The pages of VPCs.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListVPCAssociationAuthorizations.html>
static VPCS: Pages = Pages { size: "maxresults", usual: 50, ..ITEMS };

/// A request to Route 53.
struct Request<'a> {
    state: &'a mut State,
    caller: Account,
    asked: &'a http::Request<Bytes>,
}

impl Request<'_> {
    fn answered(&mut self) -> Result<Response<Bytes>, Failure> {
        let path = words(self.asked.uri().path());
        let outcome = self.routed(&path);
        outcome.map_err(|failure| match path.as_slice() {
            ["hostedzone", id, ..] | ["tags", _, id] => self.as_recorded(id, failure),
            _ => failure,
        })
    }

    /// A failure in AWS's words, where a path names a zone that never was: the code is one of those that
    /// the rule leaves open.
    fn as_recorded(&self, id: &str, failure: Failure) -> Failure {
        let unknown = [&hosted_zone::KNOWN_TO_THE_CALLER, &hosted_zone::EXISTING];
        let is_unknown = unknown.iter().any(|rule| rule.says == failure.message);
        if !is_unknown || self.state.world.resources.contains_key(&Name::new(id)) {
            return failure;
        }
        let code = "NoSuchHostedZone";
        let message = format!("No hosted zone found with ID: {id}");
        Failure::new(code, message).with_status(status_of(code))
    }

    fn routed(&mut self, path: &[&str]) -> Result<Response<Bytes>, Failure> {
        let unknown = || {
            let (method, path) = (self.asked.method(), path.join("/"));
            let message =
                format!("The reference does not have {method} {VERSION}{path} of Route 53");
            Failure::new("InvalidAction", message).with_status(StatusCode::NOT_FOUND)
        };
        let operation = operation(self.asked.method(), path).ok_or_else(unknown)?;
        self.reading(operation)?;
        match (operation, path) {
            ("CreateHostedZone", _) => self.create(),
            ("ListHostedZones", _) => self.list(),
            ("ListHostedZonesByVPC", _) => self.list_by_vpc(),
            ("GetHostedZone", [_, id, ..]) => self.get(id),
            ("DeleteHostedZone", [_, id, ..]) => self.delete(id),
            ("ListVPCAssociationAuthorizations", [_, id, ..]) => self.list_authorizations(id),
            ("CreateVPCAssociationAuthorization", [_, id, ..]) => self.authorize(id),
            ("DeleteVPCAssociationAuthorization", [_, id, ..]) => self.deauthorize(id),
            ("AssociateVPCWithHostedZone", [_, id, ..]) => self.associate(id),
            ("DisassociateVPCFromHostedZone", [_, id, ..]) => self.disassociate(id),
            ("ListTagsForResource", [.., id]) => self.list_tags(id),
            _ => Err(unknown()),
        }
    }

    /// Requires that the operation reads all that the request says.
    fn reading(&self, operation: &str) -> Result<(), Failure> {
        let body = std::str::from_utf8(self.asked.body()).unwrap_or_default();
        let in_query = query::form(self.asked.uri().query().unwrap_or_default().as_bytes());
        ROUTE_53.require_read(operation, members::of_xml(body).into_iter().chain(in_query))
    }

    /// The members in the query string.
    fn in_query(&self) -> Value {
        let members = query::form(self.asked.uri().query().unwrap_or_default().as_bytes());
        Value::Object(members.into_iter().map(|(key, value)| (key, Value::String(value))).collect())
    }

    fn body(&self) -> Result<Body, Failure> {
        let text = std::str::from_utf8(self.asked.body()).unwrap_or_default();
        let read = quick_xml::de::from_str(text);
        read.map_err(|_| {
            Failure::new("InvalidInput", "The body does not read as the operation says.")
        })
    }

    fn resource(&self, id: &str) -> Reference {
        let name = Name::new(id);
        if self.state.world.resources.contains_key(&name) {
            Reference::Named(name)
        } else {
            Reference::Literal(id.into())
        }
    }

    /// The VPC that the body names.
    fn vpc(&self) -> Result<Reference, Failure> {
        let vpc = self.body()?.vpc;
        let missing = || Failure::new("InvalidInput", "The request must name a VPC");
        let vpc = vpc.ok_or_else(missing)?;
        Ok(self.vpc_in(&vpc.id, &vpc.region))
    }

    /// A VPC of this Region, if one is said: there is no such VPC where it is in another.
    fn vpc_in(&self, id: &str, region: &str) -> Reference {
        let kept = self.state.attribute(&id.into(), "region");
        if region.is_empty() || kept.is_empty() || kept == region {
            self.resource(id)
        } else {
            Reference::Literal(id.into())
        }
    }

    fn answer(&mut self, call: impl Into<Call>, made: &Name) -> Result<Reply, Failure> {
        let reply = self.state.answer(self.caller, &call.into(), made);
        reply.map_err(|refusal| {
            let failure = refusals::failure(&refusal);
            let status = status_of(failure.code);
            failure.with_status(status)
        })
    }

    fn done(&mut self, call: impl Into<Call>) -> Result<Reply, Failure> {
        self.answer(call, &Name::none())
    }

    fn create(&mut self) -> Result<Response<Bytes>, Failure> {
        let body = self.body()?;
        let Some(vpc) = &body.vpc else {
            let message =
                "The reference does not have public hosted zones: name a VPC for a private one";
            return Err(Failure::new("InvalidInput", message));
        };
        let vpc_id = self.resource(&vpc.id);
        self.require_new(&body.caller_reference)?;
        let number = scramble(IDS, self.state.next_serial());
        let made = Name::new(format!("Z{number:020X}"));
        let name = body.name.as_str().into();
        self.answer(CreateHostedZone { vpc_id: vpc_id.clone(), name }, &made)?;
        self.state.keep(&made, "Name", body.name);
        self.state.keep(&made, "CallerReference", body.caller_reference);
        self.state.keep(&made, "Comment", body.hosted_zone_config.comment);
        let vpc = vpc_id.name().cloned();
        let mut response = respond("CreateHostedZone", |xml| {
            let xml = self.change(self.zone(xml, &made));
            vpc.iter().fold(xml, |xml, vpc| self.one_vpc(xml, vpc.as_str()))
        });
        *response.status_mut() = StatusCode::CREATED;
        let location = format!("https://route53.amazonaws.com{VERSION}hostedzone/{made}");
        if let Ok(location) = HeaderValue::from_str(&location) {
            response.headers_mut().insert(LOCATION, location);
        }
        Ok(response)
    }

    /// Requires that no zone was made with this reference, be it deleted or not.
    fn require_new(&self, reference: &str) -> Result<(), Failure> {
        let mut all = self.state.world.resources.iter();
        let taken = !reference.is_empty()
            && all.any(|(name, resource)| {
                resource.owner == self.caller
                    && matches!(resource.kind, Kind::HostedZone { .. })
                    && self.state.attribute(name, "CallerReference") == reference
            });
        if taken {
            let message = format!(
                "A hosted zone has already been created with the specified caller reference {reference}"
            );
            let code = "HostedZoneAlreadyExists";
            return Err(Failure::new(code, message).with_status(status_of(code)));
        }
        Ok(())
    }

    /// Zones are made without tags, and none are put on them here.
    fn list_tags(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let named = self.resource(id);
        self.done(GetHostedZone { id: named })?;
        Ok(respond("ListTagsForResource", |xml| {
            xml.element("ResourceTagSet", |xml| {
                xml.text("ResourceType", "hostedzone")
                    .text("ResourceId", id)
                    .element("Tags", |xml| xml)
            })
        }))
    }

    fn get(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let named = self.resource(id);
        let reply = self.done(GetHostedZone { id: named })?;
        let name = Name::new(id);
        Ok(respond("GetHostedZone", |xml| {
            self.zone(xml, &name).element("VPCs", |xml| {
                vpcs(&reply.fields).iter().fold(xml, |xml, vpc| self.one_vpc(xml, vpc))
            })
        }))
    }

    fn list(&mut self) -> Result<Response<Bytes>, Failure> {
        let reply = self.done(ListHostedZones {})?;
        let all: Vec<&Name> = present(&reply).map(|(name, _)| name).collect();
        let mut asked = self.in_query();
        let marker = asked["marker"].as_str().unwrap_or_default().to_owned();
        if !marker.is_empty() {
            let place = all.iter().position(|name| name.as_str() == marker);
            asked["marker"] = json!(pages::token(place.ok_or_else(|| {
                Failure::new("InvalidInput", "The marker is not the id of a hosted zone.")
            })?));
        }
        let page = ZONES.page("ListHostedZones", &asked, all.clone())?;
        let next = page.next.as_deref().and_then(pages::place).map(|place| all[place]);
        Ok(respond("ListHostedZones", |xml| {
            let zones = |xml: Xml| page.rows.iter().fold(xml, |xml, name| self.zone(xml, name));
            let xml = xml.element("HostedZones", zones);
            let xml = if marker.is_empty() { xml } else { xml.text("Marker", &marker) };
            let xml = xml.text("IsTruncated", &next.is_some().to_string());
            let xml = next.iter().fold(xml, |xml, name| xml.text("NextMarker", name.as_str()));
            xml.text("MaxItems", &page.size.to_string())
        }))
    }

    fn list_by_vpc(&mut self) -> Result<Response<Bytes>, Failure> {
        let asked = self.in_query();
        let missing = || Failure::new("InvalidInput", "The request must name a VPC");
        let id = asked["vpcid"].as_str().filter(|id| !id.is_empty()).ok_or_else(missing)?;
        let vpc_id = self.vpc_in(id, asked["vpcregion"].as_str().unwrap_or_default());
        let reply = self.done(ListHostedZonesByVPC { vpc_id })?;
        let summary = |xml: Xml, (name, row): (&Name, &Row)| {
            let owner = row.fields.iter().find_map(|field| match &field.expected {
                Expected::Account(account) => Some(account.to_string()),
                Expected::OneOf(_)
                | Expected::Text(_)
                | Expected::Flag(_)
                | Expected::Set(_)
                | Expected::AtMost(_)
                | Expected::Absent
                | Expected::Present => None,
            });
            xml.element("HostedZoneSummary", |xml| {
                xml.text("HostedZoneId", name.as_str())
                    .text("Name", self.state.attribute(name, "Name"))
                    .element("Owner", |xml| xml.text("OwningAccount", &owner.unwrap_or_default()))
            })
        };
        let page = ITEMS.page("ListHostedZonesByVPC", &asked, present(&reply).collect())?;
        Ok(respond("ListHostedZonesByVPC", |xml| {
            let xml = xml
                .element("HostedZoneSummaries", |xml| page.rows.into_iter().fold(xml, summary))
                .text("MaxItems", &page.size.to_string());
            page.next.iter().fold(xml, |xml, token| xml.text("NextToken", token))
        }))
    }

    fn list_authorizations(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let hosted_zone_id = self.resource(id);
        let reply = self.done(ListVPCAssociationAuthorizations { hosted_zone_id })?;
        let asked = self.in_query();
        let operation = "ListVPCAssociationAuthorizations";
        let page = VPCS.page(operation, &asked, present(&reply).collect())?;
        Ok(respond(operation, |xml| {
            let xml = xml.text("HostedZoneId", id).element("VPCs", |xml| {
                let one = |xml: Xml, (vpc, _): &(&Name, &Row)| self.one_vpc(xml, vpc.as_str());
                page.rows.iter().fold(xml, one)
            });
            page.next.iter().fold(xml, |xml, token| xml.text("NextToken", token))
        }))
    }

    fn delete(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let named = self.resource(id);
        self.done(DeleteHostedZone { id: named })?;
        Ok(respond("DeleteHostedZone", |xml| self.change(xml)))
    }

    fn authorize(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let (hosted_zone_id, vpc_id) = (self.resource(id), self.vpc()?);
        let vpc = vpc_id.name().cloned();
        self.done(CreateVPCAssociationAuthorization { hosted_zone_id, vpc_id })?;
        Ok(respond("CreateVPCAssociationAuthorization", |xml| {
            let xml = xml.text("HostedZoneId", id);
            vpc.iter().fold(xml, |xml, vpc| self.one_vpc(xml, vpc.as_str()))
        }))
    }

    fn deauthorize(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let (hosted_zone_id, vpc_id) = (self.resource(id), self.vpc()?);
        self.done(DeleteVPCAssociationAuthorization { hosted_zone_id, vpc_id })?;
        Ok(respond("DeleteVPCAssociationAuthorization", |xml| xml))
    }

    fn associate(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let (hosted_zone_id, vpc_id) = (self.resource(id), self.vpc()?);
        self.done(AssociateVPCWithHostedZone { hosted_zone_id, vpc_id })?;
        Ok(respond("AssociateVPCWithHostedZone", |xml| self.change(xml)))
    }

    fn disassociate(&mut self, id: &str) -> Result<Response<Bytes>, Failure> {
        let (hosted_zone_id, vpc_id) = (self.resource(id), self.vpc()?);
        self.done(DisassociateVPCFromHostedZone { hosted_zone_id, vpc_id })?;
        Ok(respond("DisassociateVPCFromHostedZone", |xml| self.change(xml)))
    }

    fn zone(&self, xml: Xml, name: &Name) -> Xml {
        let domain = self.state.attribute(name, "Name").trim_end_matches('.');
        xml.element("HostedZone", |xml| {
            xml.text("Id", &format!("/hostedzone/{name}"))
                .text("Name", &format!("{domain}."))
                .text("CallerReference", self.state.attribute(name, "CallerReference"))
                .element("Config", |xml| {
                    let comment = self.state.attribute(name, "Comment");
                    let xml = if comment.is_empty() { xml } else { xml.text("Comment", comment) };
                    xml.text("PrivateZone", "true")
                })
                .text("ResourceRecordSetCount", "2")
        })
    }

    fn one_vpc(&self, xml: Xml, id: &str) -> Xml {
        let region = self.state.region.as_str();
        xml.element("VPC", |xml| xml.text("VPCRegion", region).text("VPCId", id))
    }

    /// The status of a change: it has reached all of Route 53's servers.
    fn change(&self, xml: Xml) -> Xml {
        let number = scramble(IDS, self.state.now_ms());
        xml.element("ChangeInfo", |xml| {
            xml.text("Id", &format!("/change/C{number:020X}"))
                .text("Status", "INSYNC")
                .text("SubmittedAt", &time::rfc3339(self.state.now_ms()))
        })
    }
}

/// An answer of an operation.
fn respond(operation: &str, inside: impl FnOnce(Xml) -> Xml) -> Response<Bytes> {
    let root = format!("{operation}Response xmlns=\"{NAMESPACE}\"");
    Xml::default().element(&root, inside).answer(StatusCode::OK)
}

/// The resources in the list that a reply expects, with their rows.
fn present(reply: &Reply) -> impl Iterator<Item = (&Name, &Row)> {
    reply.rows.iter().filter(|row| row.present).filter_map(|row| {
        let Key::Resource(name) = &row.key else { return None };
        Some((name, row))
    })
}

/// The VPCs among the fields of a reply.
fn vpcs(fields: &[Field]) -> Vec<String> {
    let set = fields.iter().find_map(|field| field.expected.texts());
    set.unwrap_or_default().iter().map(ToString::to_string).collect()
}
