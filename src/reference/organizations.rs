//! Organizations: an organization, its units and its accounts, at once and without limits.
//!
//! The model decides how an organization goes on; here it is made. Whatever is not needed
//! to put accounts where shares look for them (policies above all) is left out.

mod children;
mod services;

use bellwether_model::operations::organizations;
use bellwether_model::parameters::Reference;
use bellwether_model::time::DAY;
use bellwether_model::world::{Membership, Organization};
use bellwether_model::{Account, Call, Name, Principal, Reply};
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use super::json::{self, Failure, Serve};
use super::members::ORGANIZATIONS;
use super::pages::Pages;
use super::random::scramble;
use super::{State, refusals};

/// The seeds of the ids of organizations, roots, units, requests and accounts.
const ID: u64 = 4;

/// The key under which it is kept since when there is an organization, a service works in it, or an account
/// administers one.
const SINCE: &str = "since";

/// The pages of the lists.
pub(super) static PAGES: Pages = Pages {
    reads: &ORGANIZATIONS,
    size: "MaxResults",
    token: "NextToken",
    usual: 20,
    wrong_size: "InvalidInputException",
    wrong_token: "InvalidInputException",
};

/// An operation: what it answers to a member, or to any account where it needs no organization.
static OPERATIONS: &[(&str, Serve)] = &[
    ("CreateOrganization", create_organization),
    ("DescribeOrganization", describe_organization),
    ("ListRoots", list_roots),
    ("CreateOrganizationalUnit", create_organizational_unit),
    ("DescribeOrganizationalUnit", children::describe_organizational_unit),
    ("ListOrganizationalUnitsForParent", list_organizational_units_for_parent),
    ("CreateAccount", create_account),
    ("DescribeCreateAccountStatus", describe_create_account_status),
    ("MoveAccount", move_account),
    ("ListAccounts", list_accounts),
    ("ListAccountsForParent", children::list_accounts_for_parent),
    ("ListChildren", children::list_children),
    ("ListParents", list_parents),
    ("DescribeAccount", describe_account),
    ("EnableAWSServiceAccess", services::enable_access),
    ("DisableAWSServiceAccess", services::disable_access),
    ("ListAWSServiceAccessForOrganization", services::list_access),
    ("RegisterDelegatedAdministrator", services::register),
    ("DeregisterDelegatedAdministrator", services::deregister),
    ("ListDelegatedAdministrators", services::list_administrators),
    ("ListDelegatedServicesForAccount", services::list_services),
    ("InviteAccountToOrganization", invite_account_to_organization),
    ("ListHandshakesForAccount", list_handshakes_for_account),
    ("DescribeHandshake", describe_handshake),
    ("AcceptHandshake", accept_handshake),
    ("LeaveOrganization", leave_organization),
    ("RemoveAccountFromOrganization", remove_account_from_organization),
];

/// The operation that a request to Organizations names.
#[must_use]
pub fn target(request: &Request<Bytes>) -> Option<&str> {
    json::target(request, "AWSOrganizationsV20161128.")
}

/// Answers a request to Organizations.
pub fn serve(state: &mut State, account: Account, request: &Request<Bytes>) -> Response<Bytes> {
    json::serve(state, account, OPERATIONS, &ORGANIZATIONS, target(request), request)
}

fn create_organization(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    if state.world.members.contains_key(&account) {
        let message = "The provided account is already a member of an organization.";
        return Err(Failure::new("AlreadyInOrganizationException", message));
    }
    if !matches!(input["FeatureSet"].as_str(), None | Some("ALL")) {
        let message = "Only organizations with all features are made here.";
        return Err(Failure::new("InvalidInputException", message));
    }
    let id = Name::new(format!("o-{}", letters(state, 10)));
    let root = format!("r-{}", letters(state, 4));
    state.keep(&id, "root", root);
    let organization = Organization {
        management: account,
        trusted: false,
        sharing: false,
        open: None,
        units: std::collections::BTreeMap::new(),
    };
    state.world.organizations.insert(id.clone(), organization);
    let now_ms = state.now_ms().to_string();
    state.keep(&id, SINCE, now_ms);
    join(state, account, &id, "management", "INVITED");
    describe_organization(state, account, input)
}

fn describe_organization(
    state: &mut State,
    account: Account,
    _input: &Value,
) -> Result<Value, Failure> {
    let (id, organization) = member(state, account)?;
    let management = organization.management;
    let master = account_json(state, &id, management);
    Ok(json!({ "Organization": {
        "Id": id,
        "Arn": format!("arn:aws:organizations::{management}:organization/{id}"),
        "FeatureSet": "ALL",
        "MasterAccountArn": master["Arn"],
        "MasterAccountEmail": master["Email"],
        "MasterAccountId": master["Id"],
        "AvailablePolicyTypes": [],
    } }))
}

fn list_roots(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let root = state.attribute(&id, "root");
    let management = management(state, &id);
    let arn = format!("arn:aws:organizations::{management}:root/{id}/{root}");
    let root = json!({ "Id": root, "Arn": arn, "Name": "Root", "PolicyTypes": [] });
    PAGES.answer("ListRoots", input, "Roots", vec![root])
}

fn create_organizational_unit(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = managed(state, account)?;
    let parent = parent(state, &id, text(input, "ParentId")?, "ParentNotFoundException")?;
    let name = text(input, "Name")?;
    let is_taken = units(state, &id)
        .into_iter()
        .any(|(unit, inside)| inside == parent && state.attribute(&unit, "name") == name);
    if is_taken {
        let message = "A unit of this name is there already.";
        return Err(Failure::new("DuplicateOrganizationalUnitException", message));
    }
    let root = state.attribute(&id, "root").replacen("r-", "", 1);
    let unit = Name::new(format!("ou-{root}-{}", letters(state, 8)));
    state.keep(&unit, "name", name);
    if let Some(organization) = state.world.organizations.get_mut(&id) {
        organization.units.insert(unit.clone(), parent);
    }
    let unit = unit_json(state, &id, &unit);
    Ok(json!({ "OrganizationalUnit": unit }))
}

fn list_organizational_units_for_parent(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let parent = parent(state, &id, text(input, "ParentId")?, "ParentNotFoundException")?;
    let inside = units(state, &id).into_iter();
    let inside = inside.filter(|(_, above)| *above == parent);
    let inside = inside.map(|(unit, _)| unit_json(state, &id, &unit));
    let inside = inside.collect();
    PAGES.answer("ListOrganizationalUnitsForParent", input, "OrganizationalUnits", inside)
}

fn create_account(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = managed(state, account)?;
    let (name, email) = (text(input, "AccountName")?, text(input, "Email")?);
    let request = Name::new(format!("car-{}", letters(state, 32)));
    let now_ms = state.now_ms().to_string();
    state.keep(&request, "name", name);
    state.keep(&request, "requestedTime", now_ms);
    if !is_taken(state, email) {
        let made = unused_account(state);
        keep_person(state, made, name, email);
        join(state, made, &id, name, "CREATED");
        state.keep(&request, "account", made.to_string());
    }
    Ok(json!({ "CreateAccountStatus": status_json(state, &request) }))
}

/// Whether an account has this e-mail address.
fn is_taken(state: &State, email: &str) -> bool {
    state.attributes.contains_key(&address(email))
}

/// The name under which it is kept whose an e-mail address is.
fn address(email: &str) -> Name {
    Name::new(format!("address/{}", email.to_lowercase()))
}

/// Keeps what an account is called, and its e-mail address.
fn keep_person(state: &mut State, account: Account, called: &str, email: &str) {
    let name = account_name(account);
    state.keep(&name, "name", called);
    state.keep(&name, "email", email);
    state.keep(&address(email), "account", account.to_string());
}

/// The id of an account that is in no organization.
fn unused_account(state: &mut State) -> Account {
    loop {
        let digits = scramble(ID, state.next_serial()) % 900_000_000_000 + 100_000_000_000;
        let made = Account::from_id(&digits.to_string());
        if let Some(made) = made.filter(|made| !state.world.members.contains_key(made)) {
            return made;
        }
    }
}

fn describe_create_account_status(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    read_by(state, account)?;
    let request = Name::new(text(input, "CreateAccountRequestId")?);
    if state.attribute(&request, "requestedTime").is_empty() {
        let message = "You specified a request id that does not exist.";
        return Err(Failure::new("CreateAccountStatusNotFoundException", message));
    }
    Ok(json!({ "CreateAccountStatus": status_json(state, &request) }))
}

fn move_account(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = managed(state, account)?;
    let moved = fellow(state, &id, text(input, "AccountId")?)?;
    let source = text(input, "SourceParentId")?;
    let source = parent(state, &id, source, "SourceParentNotFoundException")?;
    if state.world.members.get(&moved).is_some_and(|membership| membership.unit != source) {
        let message = "The account is not in this parent.";
        return Err(Failure::new("SourceParentNotFoundException", message));
    }
    let destination = text(input, "DestinationParentId")?;
    let destination = if state.attribute(&id, "root") == destination {
        Principal::Organization(id)
    } else {
        Principal::OrganizationalUnit(destination.into())
    };
    let call = organizations::MoveAccount {
        account_id: Some(Principal::Account(moved)),
        destination_parent_id: Some(destination),
    };
    answered(state, account, call)
}

fn list_accounts(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let members = state.world.members.iter();
    let fellows = members.filter(|(_, it)| it.organization == id);
    let accounts = fellows.map(|(account, _)| account_json(state, &id, *account));
    PAGES.answer("ListAccounts", input, "Accounts", accounts.collect())
}

fn list_parents(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let child = text(input, "ChildId")?;
    let unit = units(state, &id).into_iter().find(|(unit, _)| unit.as_str() == child);
    let above = if let Some((_, above)) = unit {
        above
    } else {
        let unknown = |_| Failure::new("ChildNotFoundException", "You specified no such child.");
        let child = fellow(state, &id, child).map_err(unknown)?;
        let membership = state.world.members.get(&child);
        membership.and_then(|it| it.unit.clone())
    };
    let parent = match above {
        Some(unit) => json!({ "Id": unit, "Type": "ORGANIZATIONAL_UNIT" }),
        None => json!({ "Id": state.attribute(&id, "root"), "Type": "ROOT" }),
    };
    PAGES.answer("ListParents", input, "Parents", vec![parent])
}

fn describe_account(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let described = fellow(state, &id, text(input, "AccountId")?)?;
    Ok(json!({ "Account": account_json(state, &id, described) }))
}

fn invite_account_to_organization(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    if input["Target"]["Type"] != "ACCOUNT" {
        let message = "Accounts are invited by their ids here.";
        return Err(Failure::new("InvalidInputException", message));
    }
    let target = named_account(text(&input["Target"], "Id")?);
    let made = Name::new(format!("h-{}", letters(state, 10)));
    let call = organizations::InviteAccountToOrganization { target: Some(target) };
    answer(state, account, &call.into(), &made)?;
    let now_ms = state.now_ms().to_string();
    state.keep(&made, "sent", now_ms);
    Ok(json!({ "Handshake": handshake_json(state, &made) }))
}

fn list_handshakes_for_account(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let sent = state.world.handshakes.iter().filter(|(_, sent)| sent.receiver == account);
    let sent = sent.map(|(id, _)| handshake_json(state, id));
    let asked = &input["Filter"]["ActionType"];
    let sent = sent.filter(|handshake| asked.is_null() || handshake["Action"] == *asked);
    PAGES.answer("ListHandshakesForAccount", input, "Handshakes", sent.collect())
}

fn describe_handshake(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = Name::new(text(input, "HandshakeId")?);
    let party = state.world.handshakes.get(&id).is_some_and(|sent| {
        sent.receiver == account || state.world.is_in_organization(account, &sent.organization)
    });
    if !party {
        let message = "We can't find a handshake with the HandshakeId that you specified.";
        return Err(Failure::new("HandshakeNotFoundException", message));
    }
    Ok(json!({ "Handshake": handshake_json(state, &id) }))
}

fn accept_handshake(state: &mut State, account: Account, input: &Value) -> Result<Value, Failure> {
    let id = text(input, "HandshakeId")?;
    let handshake = if state.world.handshakes.contains_key(&Name::new(id)) {
        Reference::Named(id.into())
    } else {
        Reference::Literal(id.into())
    };
    let call = organizations::AcceptHandshake { handshake };
    answer(state, account, &call.into(), &Name::none())?;
    keep_joined(state, account, &format!("account-{account}"), "INVITED");
    Ok(json!({ "Handshake": handshake_json(state, &Name::new(id)) }))
}

fn leave_organization(
    state: &mut State,
    account: Account,
    _input: &Value,
) -> Result<Value, Failure> {
    answered(state, account, organizations::LeaveOrganization {})
}

fn remove_account_from_organization(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let account_id = Some(named_account(text(input, "AccountId")?));
    answered(state, account, organizations::RemoveAccountFromOrganization { account_id })
}

/// Answers a call by the model.
fn answer(state: &mut State, account: Account, call: &Call, made: &Name) -> Result<Reply, Failure> {
    state.answer(account, call, made).map_err(|refusal| refusals::failure(&refusal))
}

/// Answers a call by the model whose granted answer is empty.
fn answered(state: &mut State, account: Account, call: impl Into<Call>) -> Result<Value, Failure> {
    answer(state, account, &call.into(), &Name::none())?;
    Ok(json!({}))
}

/// The account of this id as a call names it.
fn named_account(id: &str) -> Principal {
    Account::from_id(id).map_or_else(|| Principal::Literal(id.into()), Principal::Account)
}

/// A text that the call can't do without.
fn text<'a>(input: &'a Value, key: &str) -> Result<&'a str, Failure> {
    let missing = || Failure::new("InvalidInputException", format!("{key} is missing."));
    json::text(input, key)?.ok_or_else(missing)
}

/// The organization that an account is in.
fn member(state: &State, account: Account) -> Result<(Name, Organization), Failure> {
    let found = state.world.organization_of(account);
    let (id, organization) = found.ok_or_else(|| {
        let message = "Your account is not a member of an organization.";
        Failure::new("AWSOrganizationsNotInUseException", message)
    })?;
    Ok((id.clone(), organization.clone()))
}

/// The organization that an account may read about: its management account, and those that administer a
/// service for it.
fn read_by(state: &State, account: Account) -> Result<Name, Failure> {
    let (id, _) = member(state, account)?;
    if services::is_delegated(state, &id, account) { Ok(id) } else { managed(state, account) }
}

/// The management account of an organization.
fn management(state: &State, organization: &Name) -> Account {
    let organization = state.world.organizations.get(organization);
    organization.map_or(Account::OWNER, |it| it.management)
}

/// The organization that an account manages.
fn managed(state: &State, account: Account) -> Result<Name, Failure> {
    let (id, organization) = member(state, account)?;
    if organization.management == account {
        return Ok(id);
    }
    let message = "You don't have permissions to access this resource.";
    Err(Failure::new("AccessDeniedException", message))
}

/// The account of this id in an organization.
fn fellow(state: &State, organization: &Name, id: &str) -> Result<Account, Failure> {
    let account = Account::from_id(id);
    let account = account.filter(|it| state.world.is_in_organization(*it, organization));
    account.ok_or_else(|| {
        let message = "You specified an account that doesn't exist.";
        Failure::new("AccountNotFoundException", message)
    })
}

/// The unit of this id, or nothing for the root; the failure has this code.
fn parent(
    state: &State,
    organization: &Name,
    id: &str,
    code: &'static str,
) -> Result<Option<Name>, Failure> {
    if state.attribute(organization, "root") == id {
        return Ok(None);
    }
    let mut all = units(state, organization).into_iter();
    let unit = all.find(|(unit, _)| unit.as_str() == id);
    let unknown = || Failure::new(code, "You specified no root or unit of the organization.");
    unit.map(|(unit, _)| Some(unit)).ok_or_else(unknown)
}

/// The units of an organization, each with the unit that it is in.
fn units(state: &State, organization: &Name) -> Vec<(Name, Option<Name>)> {
    let organization = state.world.organizations.get(organization);
    let units = organization.into_iter().flat_map(|it| &it.units);
    units.map(|(unit, above)| (unit.clone(), above.clone())).collect()
}

/// Under which name what is known of an account is kept.
fn account_name(account: Account) -> Name {
    Name::new(account.to_string())
}

fn join(
    state: &mut State,
    account: Account,
    organization: &Name,
    called: &str,
    method: &'static str,
) {
    let membership = Membership { organization: organization.clone(), unit: None };
    state.world.members.insert(account, membership);
    keep_joined(state, account, called, method);
}

/// Keeps how and when an account came into its organization, and what it is called unless that is known.
fn keep_joined(state: &mut State, account: Account, called: &str, method: &'static str) {
    let name = account_name(account);
    let now_ms = state.now_ms().to_string();
    if state.attribute(&name, "email").is_empty() {
        keep_person(state, account, called, &format!("{called}-{account}@example.com"));
    }
    state.keep(&name, "joined", method);
    state.keep(&name, "joinedTime", now_ms);
}

/// This many lower-case letters and digits that were not given out before.
fn letters(state: &mut State, count: usize) -> String {
    let serial = state.next_serial();
    let letters = (0..count as u64).map(|place| {
        let drawn = scramble(ID + 1 + place, serial) % 36;
        let drawn = u32::try_from(drawn).unwrap_or_default();
        char::from_digit(drawn, 36).unwrap_or('0')
    });
    letters.collect()
}

fn seconds(state: &State, name: &Name, key: &str) -> Value {
    let kept_ms: u64 = state.attribute(name, key).parse().unwrap_or_default();
    json!(kept_ms / 1000)
}

fn account_json(state: &State, organization: &Name, account: Account) -> Value {
    let management = management(state, organization);
    let unit = state.world.members.get(&account).and_then(|it| it.unit.as_ref());
    let path = children::path(state, organization, unit);
    let name = account_name(account);
    json!({
        "Id": account,
        "Arn": format!("arn:aws:organizations::{management}:account/{organization}/{account}"),
        "Email": state.attribute(&name, "email"),
        "Name": state.attribute(&name, "name"),
        "Status": "ACTIVE",
        "State": "ACTIVE",
        "Paths": [format!("{path}{account}/")],
        "JoinedMethod": state.attribute(&name, "joined"),
        "JoinedTimestamp": seconds(state, &name, "joinedTime"),
    })
}

fn unit_json(state: &State, organization: &Name, unit: &Name) -> Value {
    let management = management(state, organization);
    json!({
        "Id": unit,
        "Arn": format!("arn:aws:organizations::{management}:ou/{organization}/{unit}"),
        "Name": state.attribute(unit, "name"),
        "Path": children::path(state, organization, Some(unit)),
    })
}

fn status_json(state: &State, request: &Name) -> Value {
    let requested = seconds(state, request, "requestedTime");
    let mut status = json!({
        "Id": request,
        "AccountName": state.attribute(request, "name"),
        "RequestedTimestamp": requested,
        "CompletedTimestamp": requested,
    });
    match state.attribute(request, "account") {
        "" => {
            status["State"] = json!("FAILED");
            status["FailureReason"] = json!("EMAIL_ALREADY_EXISTS");
        }
        account => {
            status["State"] = json!("SUCCEEDED");
            status["AccountId"] = json!(account);
        }
    }
    status
}

/// A handshake as it is answered.
fn handshake_json(state: &State, id: &Name) -> Value {
    let Some(sent) = state.world.handshakes.get(id) else { return Value::Null };
    let organization = &sent.organization;
    let management = management(state, organization);
    let sent_ms: u64 = state.attribute(id, "sent").parse().unwrap_or_default();
    json!({
        "Id": id,
        "Arn": format!("arn:aws:organizations::{management}:handshake/{organization}/invite/{id}"),
        "Parties": [
            { "Id": organization.as_str().trim_start_matches("o-"), "Type": "ORGANIZATION" },
            { "Id": sent.receiver, "Type": "ACCOUNT" },
        ],
        "State": if sent.accepted { "ACCEPTED" } else { "OPEN" },
        "RequestedTimestamp": sent_ms / 1000,
        "ExpirationTimestamp": (sent_ms / 1000) + 15 * DAY,
        "Action": "INVITE",
        "Resources": [],
    })
}
