//! The parts of RAM's answers: ARNs, times, pages, and the JSON of shares, associations and invitations.

use bellwether_model::answer::{Expected, Field, Key};
use bellwether_model::principal::Source;
use bellwether_model::tagging::Tags;
use bellwether_model::world::{Association, AssociationStatus, Share};
use bellwether_model::{Account, Name, Principal};
use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::Granted;
use super::ids::{invitation_id, permission_arn, read_token, token};
use super::input::Input;
use crate::reference::State;
use crate::reference::arns;
use crate::reference::json::Failure;

/// The rows of a page where the caller does not say.
const PAGE: usize = 100;
/// The rows of a page at most.
const PAGE_MAX: usize = 500;

/// The entity that an association's row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reference) enum Entity<'a> {
    /// A resource.
    Resource(&'a Name),
    /// A principal.
    Principal(&'a Principal),
    /// A source.
    Source(&'a Source),
}

impl Entity<'_> {
    /// The share and the entity of a row of associations.
    pub(super) fn of(key: &Key) -> Option<(&Name, Entity<'_>)> {
        match key {
            Key::ResourceAssociation(share, resource) => Some((share, Entity::Resource(resource))),
            Key::Principal(share, principal) => Some((share, Entity::Principal(principal))),
            Key::Source(share, from) => Some((share, Entity::Source(from))),
            Key::Resource(_)
            | Key::Share(_)
            | Key::Invitation(..)
            | Key::Permission(_)
            | Key::Type(_)
            | Key::Managed(_)
            | Key::Version(..)
            | Key::Attached(..)
            | Key::Replacement(_) => None,
        }
    }

    /// The key of its association.
    fn key(&self, share: &Name) -> Key {
        match self {
            Self::Resource(resource) => {
                Key::ResourceAssociation(share.clone(), (*resource).clone())
            }
            Self::Principal(principal) => Key::Principal(share.clone(), (*principal).clone()),
            Self::Source(source) => Key::Source(share.clone(), (*source).clone()),
        }
    }

    /// The name under which the times of its association are kept.
    pub(in crate::reference) fn kept(&self, share: &Name) -> Name {
        match self {
            Self::Resource(resource) => Name::new(format!("{share}/{resource}")),
            Self::Principal(principal) => Name::new(format!("{share}/{principal}")),
            Self::Source(from) => Name::new(format!("{share}/source/{from}")),
        }
    }

    fn association<'s>(&self, share: &'s Share) -> Option<&'s Association> {
        match self {
            Self::Resource(resource) => share.resources.get(*resource),
            Self::Principal(principal) => share.principals.get(*principal),
            Self::Source(from) => share.sources.get(*from),
        }
    }
}

/// The fields that the model expects, as they are to be sent.
#[derive(Copy, Clone, Debug)]
pub(super) struct Fields<'a>(pub(super) &'a [Field]);

impl Fields<'_> {
    /// The expected value of a field, where one is expected.
    pub(super) fn get(self, name: &str) -> Option<Value> {
        let field = self.0.iter().find(|field| field.name == name)?;
        Some(match &field.expected {
            Expected::OneOf(words) => json!(words.first()),
            Expected::Text(text) => json!(text.as_str()),
            Expected::Flag(flag) => json!(flag),
            Expected::Account(account) => json!(account.to_string()),
            Expected::Set(texts) => json!(texts.iter().map(SmolStr::as_str).collect::<Vec<_>>()),
            Expected::AtMost(_) | Expected::Absent | Expected::Present => return None,
        })
    }

    /// The expected value of a field, or this one if none is expected.
    pub(super) fn or(self, name: &str, otherwise: impl Into<Value>) -> Value {
        self.get(name).unwrap_or_else(|| otherwise.into())
    }
}

/// A share's ARN.
pub(super) fn share_arn(state: &State, name: &Name) -> String {
    let owner = state.world.shares.get(name).map(|share| share.owner);
    let owner = owner.map_or_else(String::new, |owner| owner.to_string());
    let region = region(state, name);
    format!("arn:aws:ram:{region}:{owner}:resource-share/{name}")
}

/// The region that a share was made in.
fn region<'a>(state: &'a State, share: &Name) -> &'a str {
    let region = state.attribute(share, "region");
    if region.is_empty() { &state.region } else { region }
}

/// A resource's ARN, in the region of the share that holds it.
pub(super) fn resource_arn(state: &State, share: &Name, name: &Name) -> String {
    let Some(resource) = state.world.resources.get(name) else {
        return name.to_string();
    };
    arns::of(region(state, share), name, resource)
}

/// A principal as the API writes it.
pub(super) fn principal_text(state: &State, principal: &Principal) -> String {
    let management = |organization: &Name| {
        let organization = state.world.organizations.get(organization);
        organization.map_or_else(String::new, |it| it.management.to_string())
    };
    match principal {
        Principal::Account(account) => account.to_string(),
        Principal::Organization(id) => {
            let management = management(id);
            format!("arn:aws:organizations::{management}:organization/{id}")
        }
        Principal::OrganizationalUnit(unit) => {
            let mut all = state.world.organizations.iter();
            let holds = all.find(|(_, it)| it.units.contains_key(unit));
            let id = holds.map_or_else(Name::none, |(id, _)| id.clone());
            let management = management(&id);
            format!("arn:aws:organizations::{management}:ou/{id}/{unit}")
        }
        Principal::Role(account, name) => format!("arn:aws:iam::{account}:role/{name}"),
        Principal::User(account, name) => format!("arn:aws:iam::{account}:user/{name}"),
        Principal::Service(name) => format!("{name}.amazonaws.com"),
        Principal::Literal(text) => text.to_string(),
    }
}

/// A source as the API writes it.
pub(super) fn source_text(source: &Source) -> String {
    match source {
        Source::Account(account) => account.to_string(),
        Source::Text(text) => text.to_string(),
    }
}

/// An entity as the API writes it.
fn entity_text(state: &State, share: &Name, entity: &Entity<'_>) -> String {
    match entity {
        Entity::Resource(resource) => resource_arn(state, share, resource),
        Entity::Principal(principal) => principal_text(state, principal),
        Entity::Source(from) => source_text(from),
    }
}

/// The seconds since 1970 that are kept under this key; now, if there are none.
pub(super) fn time(state: &State, name: &Name, key: &str) -> Value {
    let kept = state.attribute(name, key).parse();
    seconds(kept.unwrap_or_else(|_| state.now_ms()))
}

/// A time in milliseconds since 1970 as RAM writes it: in seconds.
fn seconds(time_ms: u64) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "times of this millennium in milliseconds are exact in a double"
    )]
    let seconds = time_ms as f64 / 1000.0;
    json!(seconds)
}

/// Keeps now as the time under this key.
pub(super) fn keep_time(state: &mut State, name: &Name, key: &'static str) {
    let now = state.now_ms().to_string();
    state.keep(name, key, now);
}

/// Keeps now as the time at which an association was last changed, and when it will have settled.
fn keep_changed(state: &mut State, share: &Name, entity: &Entity<'_>) {
    let kept = entity.kept(share);
    keep_time(state, &kept, "lastUpdatedTime");
    let settled = state.settles_ms(&entity.key(share)).map(|at| at.to_string());
    state.keep(&kept, "settledTime", settled.unwrap_or_default());
}

/// Keeps now as the time at which a share was given the permissions that it did not hold before.
pub(super) fn keep_attached(state: &mut State, share: &Name) {
    let Some(held) = state.world.shares.get(share) else { return };
    let attached = held.permissions.iter();
    let attached = attached.map(|(of_type, it)| {
        (
            attachment(share, of_type),
            format!("{}/{}/{}", permission_arn(state, &it.permission), it.version, it.live),
        )
    });
    for (kept, what) in attached.collect::<Vec<_>>() {
        if state.attribute(&kept, "attached") != what {
            keep_time(state, &kept, "lastUpdatedTime");
            state.keep(&kept, "attached", what);
        }
    }
}

/// The name under which the time of a share's permission for a type is kept.
pub(super) fn attachment(share: &Name, of_type: &str) -> Name {
    Name::new(format!("{share}/permission/{of_type}"))
}

/// Keeps now as the time of associations that a call made, if they are new.
pub(super) fn keep_joined(state: &mut State, share: &Name, entities: &[Entity<'_>]) {
    for entity in entities {
        let kept = entity.kept(share);
        let is_live = !state.attribute(&kept, "creationTime").is_empty()
            && state.attribute(&kept, "ended").is_empty();
        if !is_live {
            keep_time(state, &kept, "creationTime");
            keep_changed(state, share, entity);
            state.keep(&kept, "ended", "");
        }
    }
    keep_attached(state, share);
    keep_sent(state, share);
}

/// The ids of the invitations to a share.
fn invitations_of(name: &Name, share: &Share) -> impl Iterator<Item = Name> {
    share.invitations.iter().enumerate().map(move |(place, sent)| {
        let earlier = share.invitations[..place].iter();
        let number = earlier.filter(|it| it.receiver == sent.receiver).count();
        Name::new(invitation_id(name, sent.receiver, number))
    })
}

/// The names under which something is kept of a share: its own, those of its associations, and the ids of
/// its invitations.
pub(in crate::reference) fn names_kept(name: &Name, share: &Share) -> Vec<Name> {
    let resources = share.resources.keys().map(Entity::Resource);
    let principals = share.principals.keys().map(Entity::Principal);
    let sources = share.sources.keys().map(Entity::Source);
    let associations = resources.chain(principals).chain(sources).map(|it| it.kept(name));
    associations.chain(invitations_of(name, share)).chain([name.clone()]).collect()
}

/// Keeps now as the time of the invitations to a share that have none yet.
fn keep_sent(state: &mut State, share: &Name) {
    let Some(held) = state.world.shares.get(share) else {
        return;
    };
    for id in invitations_of(share, held).collect::<Vec<_>>() {
        if state.attribute(&id, "invitationTimestamp").is_empty() {
            keep_time(state, &id, "invitationTimestamp");
        }
    }
}

/// Keeps now as the time of associations that a call ended.
pub(super) fn keep_ended(state: &mut State, share: &Name, entities: &[Entity<'_>]) {
    for entity in entities {
        keep_changed(state, share, entity);
        state.keep(&entity.kept(share), "ended", "true");
    }
}

/// Keeps now as the time at which an association settled one way or the other.
pub(super) fn keep_settled(state: &mut State, share: &Name, entity: &Entity<'_>) {
    let held = state.world.shares.get(share);
    let status = held.and_then(|share| Some(entity.association(share)?.status));
    if status == Some(AssociationStatus::Disassociated) {
        keep_ended(state, share, std::slice::from_ref(entity));
    } else {
        keep_changed(state, share, entity);
    }
}

/// A share as answers to writes show it.
pub(super) fn share_json(state: &State, name: &Name, fields: Fields<'_>) -> Map<String, Value> {
    let mut members = Map::new();
    let Some(share) = state.world.shares.get(name) else {
        return members;
    };
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    put("resourceShareArn", json!(share_arn(state, name)));
    put("name", fields.or("name", share.name.as_str()));
    let owner = share.owner.to_string();
    put("owningAccountId", fields.or("owningAccountId", owner));
    let flag = fields.or("allowExternalPrincipals", share.outsiders);
    put("allowExternalPrincipals", flag);
    let status = if share.deleted { "DELETED" } else { "ACTIVE" };
    let status = fields.or("status", status);
    let transition = state.transition_of(&Key::Share(name.clone()));
    put("status", transition.map_or(status, Value::from));
    put("creationTime", time(state, name, "creationTime"));
    put("lastUpdatedTime", time(state, name, "lastUpdatedTime"));
    if share.retains {
        let configuration = json!({ "retainSharingOnAccountLeaveOrganization": true });
        put("resourceShareConfiguration", configuration);
    }
    members
}

/// The tags of a share.
pub(super) fn tags(state: &State, name: &Name) -> Value {
    state.world.shares.get(name).map_or_else(|| json!([]), |share| tags_json(&share.tags))
}

/// Tags as the API writes them.
pub(super) fn tags_json(tags: &Tags) -> Value {
    let tags = tags.iter();
    tags.map(|(key, value)| json!({ "key": key.as_str(), "value": value.as_str() })).collect()
}

/// A row of associations as writes answer it: five members.
pub(super) fn association_json(
    state: &State,
    share: &Name,
    entity: &Entity<'_>,
    fields: Fields<'_>,
    status: &str,
) -> Map<String, Value> {
    let of_type = match entity {
        Entity::Resource(_) => "RESOURCE",
        Entity::Principal(_) => "PRINCIPAL",
        Entity::Source(_) => "SOURCE",
    };
    let held = state.world.shares.get(share);
    let association = held.and_then(|share| entity.association(share));
    let external = association.is_some_and(|it| it.external);
    let mut members = Map::new();
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    put("resourceShareArn", json!(share_arn(state, share)));
    put("associatedEntity", json!(entity_text(state, share, entity)));
    put("associationType", json!(of_type));
    put("status", fields.or("status", status));
    put("external", fields.or("external", external));
    members
}

/// The rows of a write's reply, in the words of a transition.
pub(super) fn transition_json(state: &State, granted: &Granted<'_>, status: &str) -> Vec<Value> {
    let rows = granted.reply.rows.iter().filter(|row| row.present);
    let rows = rows.filter_map(|row| {
        let (share, entity) = Entity::of(&row.key)?;
        let fields = Fields(&row.fields);
        Some(association_json(state, share, &entity, fields, status).into())
    });
    rows.collect()
}

/// A row of associations as they are listed.
pub(super) fn listed_association_json(
    state: &State,
    share: &Name,
    entity: &Entity<'_>,
    fields: Fields<'_>,
) -> Option<Value> {
    let held = state.world.shares.get(share)?;
    let status = entity.association(held)?.status.as_str();
    let mut members = association_json(state, share, entity, fields, status);
    if let Some(word) = state.transition_of(&entity.key(share)) {
        members.insert("status".to_owned(), json!(word));
    }
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    put("resourceShareName", json!(held.name.as_str()));
    put_association_times(state, share, entity, &mut members);
    Some(members.into())
}

/// The times of an association: when it was made, and when it was last changed or settled. Those of what is
/// in a share without an association, such as its owner, are the share's.
pub(super) fn put_association_times(
    state: &State,
    share: &Name,
    entity: &Entity<'_>,
    members: &mut Map<String, Value>,
) {
    let kept = entity.kept(share);
    let has_times = !state.attribute(&kept, "creationTime").is_empty();
    let timed = if has_times { &kept } else { share };
    members.insert("creationTime".to_owned(), time(state, timed, "creationTime"));
    let changed = association_changed_ms(state, timed);
    let changed = changed.map_or_else(|| time(state, timed, "lastUpdatedTime"), seconds);
    members.insert("lastUpdatedTime".to_owned(), changed);
}

/// The part of its way out after which AWS touches an association once more: 0.4 s of about 2 s, in the answers
/// of 2025 that Cloud Custodian keeps (`tests/data/placebo/test_resource_share_disassociate_all`).
const TOUCHED_AFTER: u64 = 4;

/// The time at which an association was last changed, in milliseconds since 1970, if it was changed after the
/// call that began its change: when it settled, and once on its way out.
fn association_changed_ms(state: &State, kept: &Name) -> Option<u64> {
    let kept_ms = |key| state.attribute(kept, key).parse::<u64>().ok();
    let (began, settled) = (kept_ms("lastUpdatedTime")?, kept_ms("settledTime")?);
    if settled <= state.now_ms() {
        return Some(settled);
    }
    let touched = began + settled.saturating_sub(began) / TOUCHED_AFTER;
    let is_leaving = !state.attribute(kept, "ended").is_empty();
    (is_leaving && touched <= state.now_ms()).then_some(touched)
}

/// An invitation, by its key.
pub(super) fn invitation_json(
    state: &State,
    share: &Name,
    receiver: Account,
    number: usize,
    fields: Fields<'_>,
) -> Option<Value> {
    let held = state.world.shares.get(share)?;
    let mut own = held.invitations.iter().filter(|it| it.receiver == receiver);
    let sent = own.nth(number)?;
    let id = invitation_id(share, receiver, number);
    let (region, owner) = (region(state, share), held.owner.to_string());
    let mut members = Map::new();
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    let arn = format!("arn:aws:ram:{region}:{owner}:resource-share-invitation/{id}");
    put("resourceShareInvitationArn", json!(arn));
    put("resourceShareName", json!(held.name.as_str()));
    put("resourceShareArn", json!(share_arn(state, share)));
    put("senderAccountId", fields.or("senderAccountId", owner));
    let receiver = receiver.to_string();
    put("receiverAccountId", fields.or("receiverAccountId", receiver));
    let moment = time(state, &Name::new(&id), "invitationTimestamp");
    put("invitationTimestamp", moment);
    put("status", fields.or("status", sent.status.as_str()));
    if let Principal::Role(..) | Principal::User(..) = &sent.principal {
        let arn = principal_text(state, &sent.principal);
        put("receiverArn", json!(arn));
    }
    Some(members.into())
}

/// Members that narrow a list.
const FILTERS: [&str; 9] = [
    "name",
    "principal",
    "principals",
    "resourceArn",
    "resourceArns",
    "resourceShareArns",
    "resourceShareInvitationArns",
    "sourceId",
    "tagFilters",
];

/// The page of the rows that the request asks for, under this name.
///
/// RAM looks for what is asked for after it has cut a list into pages, so a page may be empty
/// though more follows. Here the first one is, where a filter is asked for together with a size.
///
/// # Errors
///
/// A member is something else than it has to be, or `nextToken` is of no page of this list.
pub(super) fn page(input: &Input, list: &str, mut rows: Vec<Value>) -> Result<Value, Failure> {
    let asked = input.max_results()?;
    let size =
        asked.map_or(PAGE, |size| usize::try_from(size).unwrap_or_default().clamp(1, PAGE_MAX));
    let token_given = input.text("nextToken")?;
    let sifted = FILTERS.iter().any(|filter| input.raw(filter).is_some());
    if token_given.is_empty() && asked.is_some() && sifted {
        let empty: Vec<Value> = Vec::new();
        return Ok(json!({ list: empty, "nextToken": token(list, 0) }));
    }
    let start = match token_given {
        "" => 0,
        token => read_token(list, token).ok_or_else(|| {
            let message = "The specified value for nextToken is not valid.";
            Failure::new("InvalidNextTokenException", message)
        })?,
    };
    let end = start.saturating_add(size);
    let more = end < rows.len();
    rows.truncate(end);
    rows.drain(..start.min(rows.len()));
    let mut answer = json!({ list: rows });
    if more {
        answer["nextToken"] = json!(token(list, end));
    }
    Ok(answer)
}

/// The page of a list with the injected faults: in another order, or after an empty one.
pub(super) fn as_it_comes(state: &State, input: &Input, mut answer: Value) -> Value {
    let Some(members) = answer.as_object_mut() else { return answer };
    let Some((list, rows)) =
        members.iter_mut().find_map(|(list, rows)| Some((list.clone(), rows.as_array_mut()?)))
    else {
        return answer;
    };
    state.reorder(rows);
    let is_first = input.text("nextToken").is_ok_and(str::is_empty);
    if is_first && state.begins_empty() {
        rows.clear();
        answer["nextToken"] = json!(token(&list, 0));
    }
    answer
}
