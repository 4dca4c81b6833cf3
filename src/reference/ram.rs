//! RAM: JSON to a lower-case path per operation, one file each.
//!
//! To add an operation, write its file and give it a line below.
//!
//! Data that the model does not know of (times, the regions of ARNs) is kept here; decisions and the rows of
//! lists are always the model's.

mod ids;
mod input;
mod output;
mod permissions;
mod refusal;

use std::time::Duration;

use bellwether_model::answer::Decision;
use bellwether_model::{Account, Call, Name, Reply, tokens};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use self::input::Input;
pub(super) use self::output::{Entity, names_kept};
use super::State;
use super::json::{self, Failure, Protocol};
use super::members::RAM;
use super::mutants::Mutation;
use super::random::uuid;

operations! {
    POST "/acceptresourceshareinvitation" => accept_resource_share_invitation::AcceptResourceShareInvitation,
    POST "/associateresourceshare" => associate_resource_share::AssociateResourceShare,
    POST "/associateresourcesharepermission" => associate_resource_share_permission::AssociateResourceSharePermission,
    POST "/createpermission" => create_permission::CreatePermission,
    POST "/createpermissionversion" => create_permission_version::CreatePermissionVersion,
    POST "/createresourceshare" => create_resource_share::CreateResourceShare,
    DELETE "/deletepermission" => delete_permission::DeletePermission,
    DELETE "/deletepermissionversion" => delete_permission_version::DeletePermissionVersion,
    DELETE "/deleteresourceshare" => delete_resource_share::DeleteResourceShare,
    POST "/disassociateresourceshare" => disassociate_resource_share::DisassociateResourceShare,
    POST "/disassociateresourcesharepermission" => disassociate_resource_share_permission::DisassociateResourceSharePermission,
    POST "/enablesharingwithawsorganization" => enable_sharing_with_aws_organization::EnableSharingWithAwsOrganization,
    POST "/getpermission" => get_permission::GetPermission,
    POST "/getresourcepolicies" => get_resource_policies::GetResourcePolicies,
    POST "/getresourceshareassociations" => get_resource_share_associations::GetResourceShareAssociations,
    POST "/getresourceshareinvitations" => get_resource_share_invitations::GetResourceShareInvitations,
    POST "/getresourceshares" => get_resource_shares::GetResourceShares,
    POST "/listpendinginvitationresources" => list_pending_invitation_resources::ListPendingInvitationResources,
    POST "/listpermissionassociations" => list_permission_associations::ListPermissionAssociations,
    POST "/listpermissions" => list_permissions::ListPermissions,
    POST "/listpermissionversions" => list_permission_versions::ListPermissionVersions,
    POST "/listprincipals" => list_principals::ListPrincipals,
    POST "/listreplacepermissionassociationswork" => list_replace_permission_associations_work::ListReplacePermissionAssociationsWork,
    POST "/listresources" => list_resources::ListResources,
    POST "/listresourcesharepermissions" => list_resource_share_permissions::ListResourceSharePermissions,
    POST "/listresourcetypes" => list_resource_types::ListResourceTypes,
    POST "/listsourceassociations" => list_source_associations::ListSourceAssociations,
    POST "/promotepermissioncreatedfrompolicy" => promote_permission_created_from_policy::PromotePermissionCreatedFromPolicy,
    POST "/promoteresourcesharecreatedfrompolicy" => promote_resource_share_created_from_policy::PromoteResourceShareCreatedFromPolicy,
    POST "/rejectresourceshareinvitation" => reject_resource_share_invitation::RejectResourceShareInvitation,
    POST "/replacepermissionassociations" => replace_permission_associations::ReplacePermissionAssociations,
    POST "/setdefaultpermissionversion" => set_default_permission_version::SetDefaultPermissionVersion,
    POST "/tagresource" => tag_resource::TagResource,
    POST "/untagresource" => untag_resource::UntagResource,
    POST "/updateresourceshare" => update_resource_share::UpdateResourceShare,
}

/// The seed of the UUIDs of shares.
const SHARE: u64 = 1;

/// An operation of the model, as RAM serves it.
trait Served: Sized + Clone + Into<Call> {
    /// Reads the call from the request.
    ///
    /// # Errors
    ///
    /// The request can't be read, or lacks what the API requires.
    fn read(state: &State, input: &Input) -> Result<Self, Failure>;

    /// Writes the answer to the granted call, and keeps what only answers show.
    ///
    /// # Errors
    ///
    /// The request asks for a resource that is not there and unknown to the model.
    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure>;
}

/// One operation on the wire.
struct Operation {
    name: &'static str,
    method: Method,
    path: &'static str,
    serve: fn(&mut State, Account, &Input) -> Result<Value, Failure>,
    /// Whether the model refuses a request to it.
    is_refused: fn(&mut State, Account, &Input) -> bool,
}

/// A granted call and its reply.
struct Granted<'a> {
    /// The caller.
    actor: Account,
    /// The request.
    input: &'a Input,
    /// The resource that the call made.
    made: &'a Name,
    /// The reply that the model expects.
    reply: &'a Reply,
}

/// Whether RAM has an operation at this path.
#[must_use]
pub fn is_path(path: &str) -> bool {
    OPERATIONS.iter().any(|operation| operation.path == path)
}

/// The operation that a request to RAM calls.
pub(super) fn called(request: &Request<Bytes>) -> Option<&'static str> {
    let fits = |it: &&Operation| it.path == request.uri().path() && it.method == request.method();
    OPERATIONS.iter().find(fits).map(|operation| operation.name)
}

/// Answers a request to RAM.
pub fn serve(state: &mut State, account: Account, request: &Request<Bytes>) -> Response<Bytes> {
    json::answer(Protocol::Rest, outcome(state, account, request))
}

fn outcome(state: &mut State, actor: Account, request: &Request<Bytes>) -> Result<Value, Failure> {
    let fits = |it: &&Operation| it.path == request.uri().path() && it.method == request.method();
    let Some(operation) = OPERATIONS.iter().find(fits) else {
        let asked = format!("{} {}", request.method(), request.uri().path());
        let message = format!("The reference does not have the operation {asked} of RAM.");
        let unknown = Failure::new("UnknownOperationException", message);
        return Err(unknown.with_status(StatusCode::NOT_FOUND));
    };
    serve_operation(operation, state, actor, Input::read(request)?)
}

/// Answers the operation at a path with these members, for another service that stands before RAM.
pub(super) fn call(
    state: &mut State,
    actor: Account,
    path: &str,
    members: Map<String, Value>,
) -> Result<Value, Failure> {
    let operation = OPERATIONS.iter().find(|it| it.path == path).ok_or_else(|| {
        let message = format!("The reference does not have the operation {path} of RAM.");
        Failure::new("UnknownOperationException", message)
    })?;
    serve_operation(operation, state, actor, Input::of(members))
}

fn serve_operation(
    operation: &Operation,
    state: &mut State,
    actor: Account,
    mut input: Input,
) -> Result<Value, Failure> {
    RAM.require_read(operation.name, input.parameters())?;
    let misreads = state.mutations().any(|it| matches!(it, Mutation::Misreads(_)));
    if misreads && !(operation.is_refused)(state, actor, &input) {
        for mutation in state.mutations() {
            if let Mutation::Misreads(misread) = mutation {
                misread(operation.path, input.members_mut());
            }
        }
    }
    let mut answer = (operation.serve)(state, actor, &input)?;
    let now = Duration::from_millis(state.now_ms()).as_secs_f64();
    for mutation in state.mutations() {
        if let Mutation::Garbles(garble) = mutation {
            garble(operation.path, &mut answer);
        }
        if let Mutation::Stamps(stamp) = mutation {
            stamp(operation.path, now, &mut answer);
        }
    }
    Ok(answer)
}

fn is_refused_as<T: Served>(state: &mut State, actor: Account, input: &Input) -> bool {
    let Ok(operation) = T::read(state, input) else { return true };
    let call: Call = operation.into();
    matches!(call.check(&state.world, actor), Decision::Refused(_))
}

fn serve_as<T: Served>(state: &mut State, actor: Account, input: &Input) -> Result<Value, Failure> {
    let operation = T::read(state, input)?;
    let call = operation.clone().into();
    let repeats = tokens::repeated(&state.world, actor, &call).is_some();
    if !repeats && state.is_too_soon(actor, &call) {
        let message =
            "At least one of the associations in the resource share is in ASSOCIATING status.";
        return Err(Failure::new("InvalidStateTransitionException", message));
    }
    let made = if call.makes().is_empty() {
        Name::none()
    } else {
        Name::new(uuid(SHARE, state.next_serial()))
    };
    let reply = state.answer(actor, &call, &made);
    let reply = reply.map_err(|refusal| refusal::failure(&refusal, input))?;
    let token = input.text("clientToken")?;
    let bears_a_token = call.client_token().is_some() && !token.is_empty();
    let said = (actor, state.world.region, call.operation(), token.to_owned());
    if let Some(answer) = state.answers.get(&said).filter(|_| repeats) {
        return Ok(answer.clone());
    }
    let granted = Granted { actor, input, made: &made, reply: &reply };
    let mut answer = operation.answer(state, &granted)?;
    if bears_a_token {
        answer["clientToken"] = json!(token);
        state.answers.insert(said, answer.clone());
    }
    Ok(if call.writes() { answer } else { output::as_it_comes(state, input, answer) })
}

macro_rules! operations {
    ($($method:ident $path:literal => $module:ident::$Operation:ident,)+) => {
        $(mod $module;)+

        static OPERATIONS: &[Operation] = &[
            $(Operation {
                name: stringify!($Operation),
                method: Method::$method,
                path: $path,
                serve: serve_as::<bellwether_model::operations::ram::$Operation>,
                is_refused: is_refused_as::<bellwether_model::operations::ram::$Operation>,
            },)+
        ];
    };
}
use operations;
