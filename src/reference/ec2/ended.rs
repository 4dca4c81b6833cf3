//! What is described for a while after its end, in a state that says so: instances as `terminated`, capacity
//! reservations as `cancelled`, NAT gateways, transit gateways and their attachments as `deleted`.
//!
//! For how long is documented for instances and NAT gateways: about an hour. The others are taken to stay
//! as long.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html>

use bellwether_model::parameters::Reference;
use bellwether_model::resources::capacity_reservation;
use bellwether_model::world::{Kind, Resource};
use bellwether_model::{Account, Call, Name};

use super::{Request, Shown};
use crate::reference::json::Failure;

/// The attribute that keeps when something ended, in milliseconds since 1970.
const ENDED: &str = "ended";
/// The time for which it is described, in milliseconds.
const DESCRIBED_MS: u64 = 3_600_000;

/// Keeps that a resource ended now, unless it did before.
pub(super) fn keep(request: &mut Request<'_>, name: &Name) {
    if request.state.attribute(name, ENDED).is_empty() {
        let now = request.state.now_ms().to_string();
        request.state.keep(name, ENDED, now);
    }
}

/// The state of a resource that is described after its end; `None` if it is not.
pub(super) fn state(request: &Request<'_>, name: &Name) -> Option<&'static str> {
    let resource = request.state.world.resources.get(name)?;
    let word = word(&resource.kind)?;
    let ended: u64 = request.state.attribute(name, ENDED).parse().ok()?;
    let lasts = request.state.now_ms() < ended + DESCRIBED_MS;
    let is_described = resource.deleted && lasts && concerns(request, resource);
    is_described.then_some(word)
}

/// The resources of a kind that a list shows to the caller: those that the model lists as the answer to
/// `call`, and those that ended a short while ago. Of those that are asked for, `call` gets the others.
///
/// # Errors
///
/// The refusal of the call.
pub(super) fn listed<C: Into<Call>>(
    request: &mut Request<'_>,
    asked: Vec<Reference>,
    of_kind: fn(&Kind) -> bool,
    call: impl FnOnce(Vec<Reference>) -> C,
) -> Result<Vec<Shown>, Failure> {
    let is_ended = |asked: &Reference| asked.name().is_some_and(|it| state(request, it).is_some());
    let (ended, others): (Vec<_>, Vec<_>) = asked.into_iter().partition(is_ended);
    let mut shown = Vec::new();
    if ended.is_empty() || !others.is_empty() {
        let is_whole = others.is_empty();
        let reply = request.perform(call(others), &"".into())?;
        shown = request.listed(&reply);
        if is_whole {
            shown.extend(all(request, of_kind));
        }
    } else {
        request.unless_tried()?;
    }
    shown.extend(ended.iter().filter_map(|it| as_shown(request, it.name()?)));
    Ok(shown)
}

/// All of a kind that ended a short while ago.
fn all(request: &Request<'_>, of_kind: fn(&Kind) -> bool) -> Vec<Shown> {
    let resources = request.state.world.resources.iter();
    let ended = resources.filter(|(_, resource)| resource.deleted && of_kind(&resource.kind));
    ended.filter_map(|(name, _)| as_shown(request, name)).collect()
}

fn as_shown(request: &Request<'_>, name: &Name) -> Option<Shown> {
    let state = state(request, name)?;
    Some(Shown { state: Some(state), ..request.shown(name.clone(), &[]) })
}

/// The state in which a resource of a kind is described after its end; `None` if it is not.
fn word(kind: &Kind) -> Option<&'static str> {
    if let Kind::Instance { .. } = kind {
        return Some("terminated");
    }
    if capacity_reservation::PLAIN.includes(kind) {
        return Some("cancelled");
    }
    let stays = matches!(
        kind,
        Kind::NatGateway { .. }
            | Kind::TransitGateway { .. }
            | Kind::TransitGatewayAttachment { .. }
            | Kind::TransitGatewayRouteTable { .. }
    );
    stays.then_some("deleted")
}

/// Whether it was the caller's own, or an attachment to a gateway of the caller.
fn concerns(request: &Request<'_>, resource: &Resource) -> bool {
    let owner = |name: &Name| -> Option<Account> {
        request.state.world.resources.get(name).map(|it| it.owner)
    };
    let of_gateway = matches!(&resource.kind, Kind::TransitGatewayAttachment { gateway, .. }
        if owner(gateway) == Some(request.caller));
    resource.owner == request.caller || of_gateway
}
