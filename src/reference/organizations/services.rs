//! The services that work in an organization, and the accounts that administer them.
//!
//! To the model only RAM means something; the others are kept and shown.

use bellwether_model::membership::RAM;
use bellwether_model::operations::organizations::{
    DisableAWSServiceAccess, EnableAWSServiceAccess,
};
use bellwether_model::{Account, Name};
use serde_json::{Value, json};

use super::{
    PAGES, SINCE, State, account_json, answered, fellow, managed, management, read_by, seconds,
    text,
};
use crate::reference::json::Failure;

/// The name under which a service of an organization is kept.
fn trust(organization: &Name, service: &str) -> Name {
    Name::new(format!("{organization}/service/{service}"))
}

/// The name under which an account's administration of a service is kept.
fn delegation(organization: &Name, account: Account, service: &str) -> Name {
    Name::new(format!("{organization}/delegation/{account}/{service}"))
}

/// The ends of the kept names that begin like this one.
fn ends<'s>(state: &'s State, start: &'s Name) -> impl Iterator<Item = &'s str> {
    let kept = state.attributes.range(start.clone()..);
    kept.map_while(|(name, _)| name.as_str().strip_prefix(start.as_str()))
}

/// Whether an account administers a service for its organization.
pub(super) fn is_delegated(state: &State, organization: &Name, account: Account) -> bool {
    ends(state, &delegation(organization, account, "")).next().is_some()
}

fn keep_now(state: &mut State, name: &Name) {
    let now_ms = state.now_ms().to_string();
    state.keep(name, SINCE, now_ms);
}

/// Requires that a text looks like the principal of a service of AWS: which ones there are is not known.
fn require_service(service: &str) -> Result<(), Failure> {
    let known = service.strip_suffix(".amazonaws.com").is_some_and(|name| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !name.is_empty() && name.bytes().all(|byte| plain(byte) || b"-.".contains(&byte))
    });
    if known {
        return Ok(());
    }
    let message = "You specified an unrecognized service principal.";
    Err(Failure::new("InvalidInputException", message))
}

/// The organization that the caller manages, and the service that the request names.
fn asked<'i>(
    state: &State,
    account: Account,
    input: &'i Value,
) -> Result<(Name, &'i str), Failure> {
    let id = managed(state, account)?;
    let service = text(input, "ServicePrincipal")?;
    require_service(service)?;
    Ok((id, service))
}

pub(super) fn enable_access(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, service) = asked(state, account, input)?;
    let call = EnableAWSServiceAccess { service_principal: service.into() };
    let answer = answered(state, account, call)?;
    keep_now(state, &trust(&id, service));
    Ok(answer)
}

pub(super) fn disable_access(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, service) = asked(state, account, input)?;
    let call = DisableAWSServiceAccess { service_principal: service.into() };
    let answer = answered(state, account, call)?;
    state.attributes.remove(&trust(&id, service));
    Ok(answer)
}

pub(super) fn list_access(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let trusted = state.world.organizations.get(&id).is_some_and(|it| it.trusted);
    let start = trust(&id, "");
    let kept = ends(state, &start).filter(|service| *service != RAM);
    let mut services: Vec<&str> = kept.chain(trusted.then_some(RAM)).collect();
    services.sort_unstable();
    let shown = services.into_iter().map(|service| {
        let kept = trust(&id, service);
        // Where RAM itself enabled it, the organization is as old.
        let kept = if state.attribute(&kept, SINCE).is_empty() { &id } else { &kept };
        json!({ "ServicePrincipal": service, "DateEnabled": seconds(state, kept, SINCE) })
    });
    let operation = "ListAWSServiceAccessForOrganization";
    PAGES.answer(operation, input, "EnabledServicePrincipals", shown.collect())
}

/// The organization, the member and the service of a request about a delegation.
fn named<'i>(
    state: &State,
    account: Account,
    input: &'i Value,
) -> Result<(Name, Account, &'i str), Failure> {
    let (id, service) = asked(state, account, input)?;
    let member = fellow(state, &id, text(input, "AccountId")?)?;
    Ok((id, member, service))
}

pub(super) fn register(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, member, service) = named(state, account, input)?;
    if member == management(state, &id) {
        let message = "You cannot register master account/yourself as delegated administrator for your organization.";
        return Err(Failure::new("ConstraintViolationException", message));
    }
    let kept = delegation(&id, member, service);
    if state.attributes.contains_key(&kept) {
        let message =
            "The provided account is already a delegated administrator for your organization.";
        return Err(Failure::new("AccountAlreadyRegisteredException", message));
    }
    keep_now(state, &kept);
    Ok(json!({}))
}

pub(super) fn deregister(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let (id, member, service) = named(state, account, input)?;
    if state.attributes.remove(&delegation(&id, member, service)).is_none() {
        return Err(not_registered());
    }
    Ok(json!({}))
}

fn not_registered() -> Failure {
    let message =
        "The provided account is not a registered delegated administrator for your organization.";
    Failure::new("AccountNotRegisteredException", message)
}

pub(super) fn list_administrators(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let asked = input["ServicePrincipal"].as_str();
    let members = state.world.members.iter().filter(|(_, it)| it.organization == id);
    let shown = members.filter_map(|(member, _)| {
        let start = delegation(&id, *member, "");
        let mut services = ends(state, &start);
        let service = services.find(|service| asked.is_none_or(|asked| asked == *service))?;
        let mut shown = account_json(state, &id, *member);
        shown["DelegationEnabledDate"] = seconds(state, &delegation(&id, *member, service), SINCE);
        shown.as_object_mut()?.remove("Paths");
        Some(shown)
    });
    let operation = "ListDelegatedAdministrators";
    PAGES.answer(operation, input, "DelegatedAdministrators", shown.collect())
}

pub(super) fn list_services(
    state: &mut State,
    account: Account,
    input: &Value,
) -> Result<Value, Failure> {
    let id = read_by(state, account)?;
    let member = fellow(state, &id, text(input, "AccountId")?)?;
    let start = delegation(&id, member, "");
    let shown = ends(state, &start).map(|service| {
        let since = seconds(state, &delegation(&id, member, service), SINCE);
        json!({ "ServicePrincipal": service, "DelegationEnabledDate": since })
    });
    let shown: Vec<Value> = shown.collect();
    if shown.is_empty() {
        return Err(not_registered());
    }
    PAGES.answer("ListDelegatedServicesForAccount", input, "DelegatedServices", shown)
}
