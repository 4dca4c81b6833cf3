//! Resources that come with others, and that the model does not know of: the main route table, the default
//! network ACL and the default security group of a VPC, the default route table of a transit gateway, and the
//! network interface of an instance.
//!
//! They are kept as attributes of what they come with, and last as long.

use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;
use bellwether_model::{Account, Call, Name};

use super::{Request, Shown};
use crate::reference::json::Failure;

/// The attribute of a VPC that keeps its main route table.
pub(super) const MAIN_TABLE: &str = "main-table";
/// The attribute of a VPC that keeps its default network ACL.
pub(super) const DEFAULT_ACL: &str = "default-acl";
/// The attribute of an instance that keeps its network interface.
pub(super) const INTERFACE: &str = "interface";

/// The attribute of a transit gateway that keeps its default route table.
pub(super) const DEFAULT_TABLE: &str = "default-table";
/// The attribute of that table that keeps the gateway.
pub(super) const GATEWAY: &str = "gateway";
/// The attribute of what comes with a VPC that keeps the VPC.
const VPC: &str = "vpc";
/// The attribute of a network interface that keeps its instance.
const INSTANCE: &str = "instance";

/// The parts of this name that come with the VPCs that the caller sees.
pub(super) fn of_vpcs(request: &Request<'_>, key: &'static str) -> Vec<Shown> {
    let vpcs = request.state.world.sights_of(request.caller, |kind| *kind == Kind::Vpc);
    let seen = vpcs.into_iter().filter(|(_, _, sight)| sight.is_seen());
    seen.filter_map(|(vpc, _, _)| part(request, vpc, key)).collect()
}

/// The part of this name that comes with a resource, owned by its owner; `None` if there is none.
pub(super) fn part(request: &Request<'_>, of: &Name, key: &'static str) -> Option<Shown> {
    let id = request.state.attribute(of, key);
    let owner = request.shown(of.clone(), &[]).owner;
    (!id.is_empty()).then(|| Shown { owner, ..request.shown(id.into(), &[]) })
}

/// The owner of something that comes with another resource; `None` if the name is nothing of the kind.
pub(super) fn owner(request: &Request<'_>, name: &Name) -> Option<Account> {
    let resources = &request.state.world.resources;
    let of = [VPC, INSTANCE, GATEWAY].map(|key| request.state.attribute(name, key));
    let of = of.into_iter().find(|of| !of.is_empty() && !resources.contains_key(name))?;
    resources.get(of).filter(|resource| !resource.deleted).map(|resource| resource.owner)
}

/// The word for the type of something that comes with another resource.
pub(super) fn resource_type(name: &Name) -> &'static str {
    match name.as_str().split('-').next() {
        Some("eni") => "network-interface",
        Some("rtb") => "route-table",
        Some("acl") => "network-acl",
        Some("tgw") => "transit-gateway-route-table",
        _ => "security-group",
    }
}

/// The VPC of something that may come with it.
pub(super) fn vpc(request: &Request<'_>, name: &Name) -> Name {
    match request.parent(name) {
        "" => request.state.attribute(name, VPC).into(),
        vpc => vpc.into(),
    }
}

/// The instance that a network interface comes with; `None` if it was made alone.
pub(super) fn instance_of(request: &Request<'_>, interface: &Name) -> Option<Name> {
    let id = request.state.attribute(interface, INSTANCE);
    (!id.is_empty()).then(|| id.into())
}

/// Keeps the network interface of a new instance.
pub(super) fn keep_interface(request: &mut Request<'_>, instance: &Name) {
    let interface = request.new_id("eni");
    request.state.keep(instance, INTERFACE, interface.as_str());
    request.state.keep(&interface, INSTANCE, instance.as_str());
}

/// What a list shows to the caller: what the model lists as the answer to `call`, and of what is kept
/// beside it, `others`. Of the ids that are asked for, `call` gets those of the model.
///
/// # Errors
///
/// The refusal of the call.
pub(super) fn listed<C: Into<Call>>(
    request: &mut Request<'_>,
    asked: &[&str],
    mut others: Vec<Shown>,
    call: impl FnOnce(Vec<Reference>) -> C,
) -> Result<Vec<Shown>, Failure> {
    let is_other = |id: &str| others.iter().any(|shown| shown.id() == id);
    let own: Vec<_> = asked.iter().filter(|id| !is_other(id)).collect();
    let own: Vec<_> = own.into_iter().map(|id| request.reference(id)).collect();
    let mut shown = Vec::new();
    if asked.is_empty() || !own.is_empty() {
        let reply = request.perform(call(own), &"".into())?;
        shown = request.listed(&reply);
    }
    others.retain(|it| asked.is_empty() || asked.contains(&it.id()));
    shown.extend(others);
    Ok(shown)
}
