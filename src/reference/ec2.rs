//! EC2, served from the model.
//!
//! A request is read into a call of the model, and the model's answer is written as EC2 writes
//! it. What the model does not keep, such as a block of addresses or a tag, is kept beside it
//! and decides nothing.

mod addresses;
mod attributes;
mod beside;
mod block_devices;
mod blocks;
mod capacity_reservations;
mod dedicated_hosts;
mod ended;
pub mod filters;
mod form;
mod images;
mod instance_options;
mod instance_status;
mod instances;
mod internet_gateways;
mod ipam_pools;
mod listing;
mod nat_gateways;
mod network_acls;
mod network_interfaces;
mod placement_groups;
mod prefix_lists;
mod refusals;
mod regions;
mod route_tables;
mod security_group_rules;
mod security_groups;
mod snapshots;
mod subnets;
mod tags;
#[cfg(test)]
mod tests;
mod tokens;
mod transit_gateway_route_tables;
mod transit_gateways;
mod vpc_endpoints;
mod vpcs;
mod wildcards;

use std::collections::BTreeMap;

use bellwether_model::answer::{Expected, Field, Key, Refusal, Reply, Row};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::rules::dry_run;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name};
use bytes::Bytes;
use http::{Response, StatusCode};
use smol_str::SmolStr;

use super::State;
use super::json::Failure;
use super::members::{self, EC2};
use super::query::{self, Xml};
use super::random::scramble;
use form::Form;
use tokens::Token;

/// The namespace of the answers.
const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

/// Writes the inside of an answer.
type Serve = fn(&mut Request<'_>, Xml) -> Result<Xml, Failure>;

/// The operations that are served, in the order of their names.
static ACTIONS: &[(&str, Serve)] = &[
    ("AcceptTransitGatewayVpcAttachment", transit_gateways::accept),
    ("AllocateHosts", dedicated_hosts::allocate),
    ("AllocateIpamPoolCidr", ipam_pools::allocate),
    ("AssociateRouteTable", route_tables::associate),
    ("AssociateSecurityGroupVpc", security_groups::associate),
    ("AssociateTransitGatewayRouteTable", transit_gateway_route_tables::associate),
    ("AttachInternetGateway", internet_gateways::attach),
    ("AuthorizeSecurityGroupIngress", security_group_rules::authorize),
    ("CancelCapacityReservation", capacity_reservations::cancel),
    ("CancelImageLaunchPermission", images::give_up),
    ("CopyImage", images::copy),
    ("CreateCapacityReservation", capacity_reservations::create),
    ("CreateImage", images::create),
    ("CreateInternetGateway", internet_gateways::create),
    ("CreateIpam", ipam_pools::create_ipam),
    ("CreateIpamPool", ipam_pools::create),
    ("CreateManagedPrefixList", prefix_lists::create),
    ("CreateNatGateway", nat_gateways::create),
    ("CreateNetworkAcl", network_acls::create),
    ("CreateNetworkInterface", network_interfaces::create),
    ("CreatePlacementGroup", placement_groups::create),
    ("CreateRoute", route_tables::create_route),
    ("CreateRouteTable", route_tables::create),
    ("CreateSecurityGroup", security_groups::create),
    ("CreateSnapshot", snapshots::create),
    ("CreateSubnet", subnets::create),
    ("CreateTags", tags::create),
    ("CreateTransitGateway", transit_gateways::create),
    ("CreateTransitGatewayRoute", transit_gateway_route_tables::create_route),
    ("CreateTransitGatewayRouteTable", transit_gateway_route_tables::create),
    ("CreateTransitGatewayVpcAttachment", transit_gateways::attach),
    ("CreateVolume", snapshots::create_volume),
    ("CreateVpc", vpcs::create),
    ("CreateVpcEndpoint", vpc_endpoints::create),
    ("DeleteInternetGateway", internet_gateways::delete),
    ("DeleteIpamPool", ipam_pools::delete),
    ("DeleteManagedPrefixList", prefix_lists::delete),
    ("DeleteNatGateway", nat_gateways::delete),
    ("DeleteNetworkAcl", network_acls::delete),
    ("DeleteNetworkInterface", network_interfaces::delete),
    ("DeletePlacementGroup", placement_groups::delete),
    ("DeleteRouteTable", route_tables::delete),
    ("DeleteSecurityGroup", security_groups::delete),
    ("DeleteSnapshot", snapshots::delete),
    ("DeleteSubnet", subnets::delete),
    ("DeleteTags", tags::delete),
    ("DeleteTransitGateway", transit_gateways::delete),
    ("DeleteTransitGatewayRoute", transit_gateway_route_tables::delete_route),
    ("DeleteTransitGatewayRouteTable", transit_gateway_route_tables::delete),
    ("DeleteTransitGatewayVpcAttachment", transit_gateways::detach),
    ("DeleteVolume", snapshots::delete_volume),
    ("DeleteVpc", vpcs::delete),
    ("DeleteVpcEndpoints", vpc_endpoints::delete),
    ("DeprovisionIpamPoolCidr", ipam_pools::deprovision),
    ("DeregisterImage", images::deregister),
    ("DescribeAvailabilityZones", regions::describe_zones),
    ("DescribeCapacityReservations", capacity_reservations::describe),
    ("DescribeHosts", dedicated_hosts::describe),
    ("DescribeImageAttribute", images::describe_attribute),
    ("DescribeImages", images::describe),
    ("DescribeInstanceStatus", instance_status::describe),
    ("DescribeInstances", instances::describe),
    ("DescribeInternetGateways", internet_gateways::describe),
    ("DescribeIpamPools", ipam_pools::describe),
    ("DescribeManagedPrefixLists", prefix_lists::describe),
    ("DescribeNatGateways", nat_gateways::describe),
    ("DescribeNetworkAcls", network_acls::describe),
    ("DescribeNetworkInterfaces", network_interfaces::describe),
    ("DescribePlacementGroups", placement_groups::describe),
    ("DescribeRegions", regions::describe),
    ("DescribeRouteTables", route_tables::describe),
    ("DescribeSecurityGroupVpcAssociations", security_groups::describe_associations),
    ("DescribeSecurityGroups", security_groups::describe),
    ("DescribeSnapshots", snapshots::describe),
    ("DescribeSubnets", subnets::describe),
    ("DescribeTags", tags::describe),
    ("DescribeTransitGatewayRouteTables", transit_gateway_route_tables::describe),
    ("DescribeTransitGatewayVpcAttachments", transit_gateways::describe_attachments),
    ("DescribeTransitGateways", transit_gateways::describe),
    ("DescribeVolumes", snapshots::describe_volumes),
    ("DescribeVpcAttribute", vpcs::describe_attribute),
    ("DescribeVpcEndpoints", vpc_endpoints::describe),
    ("DescribeVpcs", vpcs::describe),
    ("DetachInternetGateway", internet_gateways::detach),
    ("DisableImage", images::disable),
    ("DisableImageBlockPublicAccess", images::unblock_public),
    ("DisableImageDeprecation", images::keep_undeprecated),
    ("DisassociateRouteTable", route_tables::disassociate),
    ("DisassociateSecurityGroupVpc", security_groups::disassociate),
    ("DisassociateTransitGatewayRouteTable", transit_gateway_route_tables::disassociate),
    ("EnableImage", images::enable),
    ("EnableImageBlockPublicAccess", images::block_public),
    ("EnableImageDeprecation", images::deprecate),
    ("EnableIpamOrganizationAdminAccount", ipam_pools::delegate),
    ("EnableTransitGatewayRouteTablePropagation", transit_gateway_route_tables::propagate),
    ("GetImageBlockPublicAccessState", images::public_state),
    ("GetIpamPoolAllocations", ipam_pools::allocations),
    ("GetManagedPrefixListAssociations", prefix_lists::associations),
    ("GetManagedPrefixListEntries", prefix_lists::entries),
    ("GetSecurityGroupsForVpc", security_groups::for_vpc),
    ("GetTransitGatewayRouteTableAssociations", transit_gateway_route_tables::associations),
    ("GetTransitGatewayRouteTablePropagations", transit_gateway_route_tables::propagations),
    ("ModifyImageAttribute", images::modify_attribute),
    ("ModifyManagedPrefixList", prefix_lists::modify),
    ("ModifyNetworkInterfaceAttribute", network_interfaces::modify_attribute),
    ("ModifySnapshotAttribute", snapshots::modify_attribute),
    ("ModifySubnetAttribute", subnets::modify_attribute),
    ("ModifyVpcAttribute", vpcs::modify_attribute),
    ("ProvisionIpamPoolCidr", ipam_pools::provision),
    ("RegisterImage", images::register),
    ("RejectTransitGatewayVpcAttachment", transit_gateways::reject),
    ("ReleaseHosts", dedicated_hosts::release),
    ("ReleaseIpamPoolAllocation", ipam_pools::release),
    ("ResetImageAttribute", images::reset_attribute),
    ("RevokeSecurityGroupIngress", security_group_rules::revoke),
    ("RunInstances", instances::run),
    ("SearchTransitGatewayRoutes", transit_gateway_route_tables::search_routes),
    ("TerminateInstances", instances::terminate),
];

/// Answers a request to EC2.
pub fn serve(state: &mut State, account: Account, form: &[(String, String)]) -> Response<Bytes> {
    let Some(action) = query::value(form, "Action") else {
        let message = "The request is missing an action or a required parameter.";
        return query::ec2_error(state, StatusCode::BAD_REQUEST, "MissingAction", message);
    };
    let Some((action, serve)) = ACTIONS.iter().find(|(name, _)| *name == action) else {
        let message = format!("The action {action} is not valid for this web service.");
        return query::ec2_error(state, StatusCode::BAD_REQUEST, "InvalidAction", &message);
    };
    if let Err(failure) = EC2.require_read(action, members::of_form(form)) {
        return query::ec2_error(state, failure.status, failure.code, &failure.message);
    }
    let token = Token::of(state, account, action, form);
    match token.as_ref().map(|token| token.answered(state)) {
        Some(Ok(Some(answer))) => return answer,
        Some(Err(failure)) => {
            return query::ec2_error(state, failure.status, failure.code, &failure.message);
        }
        Some(Ok(None)) | None => {}
    }
    let mut failed = None;
    let request_id = state.request_id.clone();
    let mut request =
        Request { state, caller: account, action, form: Form::new(form), is_granted: false };
    let form = &request.form;
    let valid = attributes::truth(form, "DryRun").and_then(|_| tags::require_specified(form));
    if let Err(failure) = valid {
        return query::ec2_error(state, failure.status, failure.code, &failure.message);
    }
    let root = format!("{action}Response xmlns=\"{NAMESPACE}\"");
    let answer = Xml::default().element(&root, |xml| {
        let served = serve(&mut request, xml.text("requestId", &request_id));
        // Of a request that is only to be tried the model grants nothing, unless a fault is planted; what the
        // model does not decide has done nothing by now that such a request must not do.
        let tried = if request.is_granted { Ok(()) } else { request.unless_tried() };
        let served = served.and_then(|xml| tried.map(|()| xml));
        served.unwrap_or_else(|failure| {
            failed = Some(failure);
            Xml::default()
        })
    });
    match failed {
        None => {
            if let Some(token) = token {
                token.keep(state, &answer);
            }
            answer.answer(StatusCode::OK)
        }
        Some(failure) => query::ec2_error(state, failure.status, failure.code, &failure.message),
    }
}

/// A request in hand.
struct Request<'a> {
    state: &'a mut State,
    caller: Account,
    action: &'static str,
    form: Form<'a>,
    /// Whether the model has granted a call of it.
    is_granted: bool,
}

impl<'a> Request<'a> {
    /// Answers a call by the model; one that is only to be tried changes nothing.
    ///
    /// # Errors
    ///
    /// The refusal; if the call is only to be tried and would have been granted, that.
    fn perform(&mut self, call: impl Into<Call>, made: &Name) -> Result<Reply, Failure> {
        let call = call.into();
        let call = if self.is_dry_run() { call.tried() } else { call };
        let outcome = self.state.answer(self.caller, &call, made);
        self.is_granted |= outcome.is_ok();
        outcome.map_err(|refusal| refusals::failure(self, &refusal))
    }

    /// Whether the request is only to be tried.
    fn is_dry_run(&self) -> bool {
        matches!(attributes::truth(&self.form, "DryRun"), Ok(Some(true)))
    }

    /// Goes on with what the model does not keep, unless the request is only to be tried.
    ///
    /// # Errors
    ///
    /// It is.
    fn unless_tried(&self) -> Result<(), Failure> {
        let refusal = Refusal::of(vec![&dry_run::ANSWERED_WITHOUT_EFFECT]);
        if self.is_dry_run() { Err(refusals::failure(self, &refusal)) } else { Ok(()) }
    }

    /// An id that was not given out before.
    fn new_id(&mut self, prefix: &str) -> Name {
        let number = self.state.next_serial();
        Name::new(format!("{prefix}-0{:016x}", scramble(IDS, number)))
    }

    /// The resource that an id names, deleted ones included, or the id itself if there never was one.
    fn reference(&self, id: &str) -> Reference {
        if self.state.world.resources.contains_key(id) {
            Reference::Named(Name::new(id))
        } else {
            Reference::Literal(id.into())
        }
    }

    /// The resource that the parameter of this name names.
    ///
    /// # Errors
    ///
    /// It is missing.
    fn named(&self, key: &str) -> Result<Reference, Failure> {
        self.required(key).map(|id| self.reference(id))
    }

    /// The resources that the members of this list name.
    fn all_named(&self, list: &str) -> Vec<Reference> {
        let ids = self.form.list(list);
        ids.into_iter().map(|id| self.reference(id)).collect()
    }

    /// The value of a parameter that a request can't do without.
    ///
    /// # Errors
    ///
    /// It is missing.
    fn required(&self, key: &str) -> Result<&'a str, Failure> {
        self.form.value(key).ok_or_else(|| missing(key))
    }

    /// Requires that what a parameter names is the caller's own, once `see` has found it there. It is looked
    /// for even if the request is only to be tried.
    ///
    /// # Errors
    ///
    /// The refusal of `see`; or another account owns it.
    fn require_own(&mut self, named: &Reference, see: impl Into<Call>) -> Result<(), Failure> {
        let outcome = self.state.answer(self.caller, &see.into(), &Name::none());
        outcome.map_err(|refusal| refusals::failure(self, &refusal))?;
        if self.owns(named) {
            return Ok(());
        }
        let failure = Failure::new("UnauthorizedOperation", refusals::not_owned(self.action));
        Err(failure.with_status(StatusCode::FORBIDDEN))
    }

    /// The security groups of a launch into this subnet. A VPC's default group is meant where
    /// none is named.
    fn groups(&self, form: &Form<'_>, subnet: Option<&Reference>) -> Groups {
        let vpc = subnet.and_then(Reference::name);
        let vpc = vpc.and_then(|subnet| self.state.world.vpc_of(subnet));
        let default = vpc.map_or("", |vpc| self.state.attribute(vpc, "default-group"));
        let named = form.list("SecurityGroupId");
        let others: Vec<_> = named
            .into_iter()
            .filter(|id| default.is_empty() || *id != default)
            .map(|id| self.reference(id))
            .collect();
        if others.is_empty() { Groups::Unnamed } else { Groups::Named(others) }
    }

    /// A resource that a call has just made, as its reply shows it.
    fn made(&self, name: Name, reply: &Reply) -> Shown {
        self.shown(name, &reply.fields)
    }

    /// The resources that a list shows.
    fn listed(&self, reply: &Reply) -> Vec<Shown> {
        let present = reply.rows.iter().filter(|row| row.present);
        let resource = |row: &Row| match &row.key {
            Key::Resource(name) => Some(self.shown(name.clone(), &row.fields)),
            Key::Share(_)
            | Key::ResourceAssociation(..)
            | Key::Principal(..)
            | Key::Invitation(..)
            | Key::Permission(_)
            | Key::Type(_)
            | Key::Managed(_)
            | Key::Version(..)
            | Key::Attached(..)
            | Key::Replacement(_)
            | Key::Source(..) => None,
        };
        present.filter_map(resource).collect()
    }

    fn shown(&self, name: Name, fields: &[Field]) -> Shown {
        let resource = self.state.world.resources.get(&name);
        let mut shown = Shown {
            owner: resource.map_or(self.caller, |resource| resource.owner),
            state: None,
            is_counted: true,
            zone_id: None,
            inside: Vec::new(),
            name,
        };
        for field in fields {
            match &field.expected {
                Expected::Account(account)
                    if ["OwnerId", "GroupArn", "ResourceOwner"].contains(&field.name) =>
                {
                    shown.owner = *account;
                }
                Expected::OneOf([word, ..]) if field.name == "State" => shown.state = Some(*word),
                Expected::Text(zone) if field.name == "AvailabilityZoneId" => {
                    shown.zone_id = Some(zone.to_string());
                }
                Expected::Set(names) if field.name == "Instances" => {
                    shown.inside.clone_from(names);
                }
                Expected::Absent if field.name == "TotalInstanceCount" => shown.is_counted = false,
                Expected::Account(_)
                | Expected::OneOf(_)
                | Expected::Text(_)
                | Expected::Flag(_)
                | Expected::Set(_)
                | Expected::AtMost(_)
                | Expected::Absent
                | Expected::Present => {}
            }
        }
        shown
    }

    /// The model's record of a resource.
    fn kind(&self, name: &Name) -> Option<&Kind> {
        self.state.world.resources.get(name).map(|resource| &resource.kind)
    }

    /// The id of the VPC or subnet that a resource is in; empty if it is in none.
    fn parent(&self, name: &Name) -> &str {
        self.kind(name).and_then(Kind::parent).map_or("", |parent| parent.as_str())
    }

    /// Whether a resource is there and the caller's own.
    fn owns(&self, named: &Reference) -> bool {
        let resource = named.name().and_then(|it| self.state.world.resources.get(it));
        resource.is_some_and(|resource| resource.owner == self.caller && !resource.deleted)
    }

    /// The ARN of a resource.
    fn arn(&self, shown: &Shown, part: &str) -> String {
        let region = &self.state.region;
        format!("arn:aws:ec2:{region}:{}:{part}/{}", shown.owner, shown.name)
    }

    /// The time as an answer writes it.
    fn now(&self) -> String {
        let milliseconds = i64::try_from(self.state.now_ms()).unwrap_or(i64::MAX);
        let now = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
        now.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
    }

    /// Texts by keys that are kept as one attribute.
    fn table(&self, name: &Name, key: &str) -> BTreeMap<String, String> {
        serde_json::from_str(self.state.attribute(name, key)).unwrap_or_default()
    }

    /// Keeps texts by keys as one attribute.
    fn keep_table(&mut self, name: &Name, key: &'static str, table: &BTreeMap<String, String>) {
        let text = serde_json::to_string(table).unwrap_or_default();
        self.state.keep(name, key, text);
    }
}

/// The seed of the numbers in ids.
const IDS: u64 = 0xec2;

/// A resource as an answer shows it.
#[derive(Clone, Debug)]
struct Shown {
    name: Name,
    owner: Account,
    /// Its state, where the model says which.
    state: Option<&'static str>,
    /// Whether it says for how many instances it is, if it is for a number of them.
    is_counted: bool,
    /// The id of its zone, where the answer is not to say the one that it is in.
    zone_id: Option<String>,
    /// The resources on it that the answer names.
    inside: Vec<SmolStr>,
}

impl Shown {
    /// Its id.
    fn id(&self) -> &str {
        self.name.as_str()
    }

    /// The id of its owner.
    fn owner(&self) -> String {
        self.owner.to_string()
    }
}

/// Writes the resources that a call did nothing to, each with the code and the message of its refusal.
fn write_unsuccessful(xml: Xml, failed: Vec<(&str, String, String)>) -> Xml {
    set(xml, "unsuccessful", failed, |xml, (id, code, message)| {
        let error = |xml: Xml| xml.text("code", &code).text("message", &message);
        xml.text("resourceId", id).element("error", error)
    })
}

/// The error of a request that lacks a parameter.
fn missing(key: &str) -> Failure {
    let message = format!("The request must contain the parameter {key}");
    Failure::new("MissingParameter", message)
}

/// The error of a parameter with a value that means nothing.
fn invalid(message: impl Into<String>) -> Failure {
    Failure::new("InvalidParameterValue", message)
}

/// The answer of a call that says no more than that it was granted.
fn done(xml: Xml) -> Xml {
    xml.text("return", "true")
}

/// An element with one item for each of some resources.
fn set<T>(
    xml: Xml,
    name: &str,
    items: impl IntoIterator<Item = T>,
    inside: impl Fn(Xml, T) -> Xml,
) -> Xml {
    xml.element(name, |xml| {
        let item = |xml: Xml, it| xml.element("item", |xml| inside(xml, it));
        items.into_iter().fold(xml, item)
    })
}
