//! Refusals that say nothing about the model: for what a caller may do, for limits, and for what is not followed of a
//! request.

use bellwether_model::Account;
use bellwether_model::answer::{Decision, Refusal};

use super::Follower;
use super::request::Request;

/// Codes by which a caller is refused for what it may do, which no rule of the model decides.
const OF_PERMISSIONS: [&str; 8] = [
    "AccessDenied",
    "AccessDeniedException",
    "AuthFailure",
    "ExpiredToken",
    "ExpiredTokenException",
    "OptInRequired",
    "UnauthorizedOperation",
    "UnrecognizedClientException",
];

impl Follower {
    /// The reason that a refusal with this code says nothing about the model, if so.
    pub(super) fn is_beside_the_model(
        &self,
        caller: Account,
        request: &Request,
        code: &str,
    ) -> Option<&'static str> {
        let expects = |refusal: &Refusal| refusal.allows(code);
        let decisions = self.worlds.iter().map(|world| request.call.check(world, caller));
        let mut is_expected = false;
        for decision in decisions {
            is_expected |= matches!(&decision, Decision::Refused(refusal) if expects(refusal));
        }
        if is_expected {
            return None;
        }
        if OF_PERMISSIONS.contains(&code) {
            return Some("it was refused for what its caller may do");
        }
        if code.contains("Limit") || code.contains("Quota") || code.contains("Insufficient") {
            return Some("it was refused for a limit");
        }
        if is_of_a_name_taken(code) {
            return Some("what came before the history may bear the name");
        }
        // An image that the history did not make may be missing with all that belongs to it.
        let is_of_the_network =
            ["InvalidSubnet", "InvalidGroup"].iter().any(|it| code.starts_with(it));
        let may_be_of_the_image = request.image.is_some() && !is_of_the_network;
        if may_be_of_the_image || (request.has_more && !code.ends_with("NotFound")) {
            return Some("it may be refused for what is not followed in its request");
        }
        None
    }
}

/// Whether a code says that a name is taken. Rules and routes are taken in what the history made.
fn is_of_a_name_taken(code: &str) -> bool {
    let in_what_was_made = ["InvalidPermission.Duplicate", "RouteAlreadyExists"];
    (code.contains("AlreadyExists")
        || code.ends_with(".Duplicate")
        || code == "ResourceExistsException")
        && !in_what_was_made.contains(&code)
}
