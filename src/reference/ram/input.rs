//! The members of a request to RAM, and the resources that its ARNs name.

use bellwether_model::parameters::{ClientToken, InvitationRef, Reference, Tag};
use bellwether_model::principal::Source;
use bellwether_model::{Name, Principal};
use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::ids::{invitation_id, permission, read_token};
use crate::reference::State;
use crate::reference::arns::{self, parts};
use crate::reference::json::{self, Failure, unreadable};
use crate::reference::members::{self, Parameter};
use crate::reference::query;

/// The members of a request.
#[derive(Clone, Debug)]
pub(super) struct Input {
    members: Map<String, Value>,
}

impl Input {
    /// The members in the body of a request, and those in its query string.
    ///
    /// # Errors
    ///
    /// The body is no JSON object.
    pub(super) fn read(request: &Request<Bytes>) -> Result<Self, Failure> {
        let body = request.body();
        let mut members = if body.is_empty() { Map::new() } else { json::object(body)? };
        for (key, value) in query::form(request.uri().query().unwrap_or_default().as_bytes()) {
            members.insert(key, Value::String(value));
        }
        Ok(Self { members })
    }

    /// These members.
    pub(super) fn of(members: Map<String, Value>) -> Self {
        Self { members }
    }

    /// The members with their paths.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        members::of_members(&self.members)
    }

    /// The members, for a planted fault to change.
    pub(super) fn members_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.members
    }

    /// A text; empty if it is missing.
    ///
    /// # Errors
    ///
    /// The member is something else.
    pub(super) fn text(&self, key: &str) -> Result<&str, Failure> {
        match self.members.get(key) {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Err(unreadable(format!("{key} is not a string")))
            }
        }
    }

    /// A text that the call can't do without.
    ///
    /// # Errors
    ///
    /// The member is missing, empty or something else.
    pub(super) fn required(&self, key: &str) -> Result<&str, Failure> {
        let text = self.text(key)?;
        if text.is_empty() {
            let message = format!("You must specify a value for the parameter {key}.");
            return Err(Failure::new("InvalidParameterException", message));
        }
        Ok(text)
    }

    /// A list of texts; empty if it is missing.
    ///
    /// # Errors
    ///
    /// The member is something else.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<&str>, Failure> {
        let wrong = || unreadable(format!("{key} is not a list of strings"));
        match self.members.get(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(values)) => {
                let texts = values.iter().map(|value| value.as_str().ok_or_else(wrong));
                texts.collect()
            }
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
                Err(wrong())
            }
        }
    }

    /// A flag; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// The member is something else.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, Failure> {
        match self.members.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_)) => {
                Err(unreadable(format!("{key} is not a boolean")))
            }
        }
    }

    /// Whether a share is to retain access, as its configuration says.
    ///
    /// # Errors
    ///
    /// The member is not a boolean.
    pub(super) fn retaining(&self) -> Result<Option<bool>, Failure> {
        let configuration = self.raw("resourceShareConfiguration");
        let key = "retainSharingOnAccountLeaveOrganization";
        match configuration.and_then(|it| it.get(key)).filter(|value| !value.is_null()) {
            None => Ok(None),
            Some(value) => {
                let wrong = || unreadable(format!("{key} is not a boolean"));
                value.as_bool().map(Some).ok_or_else(wrong)
            }
        }
    }

    /// A whole number; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// The member is something else.
    pub(super) fn number(&self, key: &str) -> Result<Option<i64>, Failure> {
        match self.members.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                let wrong = || unreadable(format!("{key} is not an integer"));
                value.as_i64().map(Some).ok_or_else(wrong)
            }
        }
    }

    /// The tags that are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of tags.
    pub(super) fn tags(&self, key: &str) -> Result<Vec<Tag>, Failure> {
        let read = |tag: &Value| {
            let tag = tag.as_object()?;
            let value = tag.get("value").and_then(Value::as_str);
            let key = tag.get("key").and_then(Value::as_str).unwrap_or_default();
            Some(Tag { key: key.into(), value: value.map(SmolStr::new) })
        };
        self.objects(key, read)
    }

    /// The filters by tags that are given, one for each value.
    ///
    /// # Errors
    ///
    /// The member is not a list of filters.
    pub(super) fn tag_filters(&self, key: &str) -> Result<Vec<Tag>, Failure> {
        let read = |filter: &Value| {
            let filter = filter.as_object()?;
            let key = SmolStr::new(filter.get("tagKey").and_then(Value::as_str)?);
            let values = filter.get("tagValues").and_then(Value::as_array);
            let of_value = |value: &Value| {
                value.as_str().map(|value| Tag { key: key.clone(), value: Some(value.into()) })
            };
            let tags: Vec<Tag> = values.into_iter().flatten().filter_map(of_value).collect();
            Some(if tags.is_empty() { vec![Tag { key, value: None }] } else { tags })
        };
        Ok(self.objects(key, read)?.concat())
    }

    fn objects<T>(&self, key: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Failure> {
        let wrong = || unreadable(format!("{key} is not a list of structures"));
        let Some(values) = self.raw(key) else {
            return Ok(Vec::new());
        };
        let values = values.as_array().ok_or_else(wrong)?;
        values.iter().map(|value| read(value).ok_or_else(wrong)).collect()
    }

    /// The most results that are wanted on a page.
    ///
    /// # Errors
    ///
    /// The member is not a number.
    pub(super) fn max_results(&self) -> Result<Option<i32>, Failure> {
        let size = self.number("maxResults")?;
        Ok(size.map(|size| i32::try_from(size).unwrap_or(i32::MAX)))
    }

    /// The token that is given, where it is none of this list's; one that is says nothing to the
    /// model, and neither does its absence.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn next_token(&self, list: &str) -> Result<SmolStr, Failure> {
        let token = self.text("nextToken")?;
        Ok(if read_token(list, token).is_some() { SmolStr::default() } else { token.into() })
    }

    /// The share whose ARN is given, if any.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn one_share(&self, state: &State, key: &str) -> Result<Option<Reference>, Failure> {
        let arn = self.text(key)?;
        Ok((!arn.is_empty()).then(|| share(state, arn)))
    }

    /// The resource whose ARN is given, if any.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn one_resource(
        &self,
        state: &State,
        key: &str,
    ) -> Result<Option<Reference>, Failure> {
        let arn = self.text(key)?;
        Ok((!arn.is_empty()).then(|| resource(state, arn)))
    }

    /// The managed permission or resource whose ARN is given, if any.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn one_taggable(
        &self,
        state: &State,
        key: &str,
    ) -> Result<Option<Reference>, Failure> {
        let arn = self.text(key)?;
        let named = || match permission(state, arn) {
            named @ Reference::Named(_) => named,
            Reference::Literal(_) => resource(state, arn),
        };
        Ok((!arn.is_empty()).then(named))
    }

    /// The one principal that is given, if any.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn principal(&self, key: &str) -> Result<Vec<Principal>, Failure> {
        let text = self.text(key)?;
        Ok(if text.is_empty() { Vec::new() } else { vec![Principal::read(text)] })
    }

    /// The invitations whose ARNs are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn invitations(
        &self,
        state: &State,
        key: &str,
    ) -> Result<Vec<InvitationRef>, Failure> {
        let arns = self.texts(key)?.into_iter();
        Ok(arns.map(|arn| invitation(state, arn)).collect())
    }

    /// A member as it was sent.
    pub(super) fn raw(&self, key: &str) -> Option<&Value> {
        self.members.get(key).filter(|value| !value.is_null())
    }

    /// The share whose ARN is given.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn share(&self, state: &State, key: &str) -> Result<Reference, Failure> {
        self.text(key).map(|arn| share(state, arn))
    }

    /// The shares whose ARNs are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn shares(&self, state: &State, key: &str) -> Result<Vec<Reference>, Failure> {
        let arns = self.texts(key)?.into_iter();
        Ok(arns.map(|arn| share(state, arn)).collect())
    }

    /// The resources whose ARNs are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn resources(&self, state: &State, key: &str) -> Result<Vec<Reference>, Failure> {
        let arns = self.texts(key)?.into_iter();
        Ok(arns.map(|arn| resource(state, arn)).collect())
    }

    /// The principals that are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn principals(&self, state: &State, key: &str) -> Result<Vec<Principal>, Failure> {
        let texts = self.texts(key)?.into_iter();
        Ok(texts.map(|text| principal(state, text)).collect())
    }

    /// The idempotency token: a repetition of the call bears the same.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn token(&self) -> Result<ClientToken, Failure> {
        let text = self.text("clientToken")?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        Ok(match text {
            "" => ClientToken::None,
            text if text.len() <= 64 && text.bytes().all(plain) => ClientToken::Word(text.into()),
            text => ClientToken::Literal(text.into()),
        })
    }

    /// The sources that are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn sources(&self, key: &str) -> Result<Vec<Source>, Failure> {
        Ok(self.texts(key)?.into_iter().map(Source::read).collect())
    }

    /// The managed permission whose ARN is given.
    ///
    /// # Errors
    ///
    /// The member is missing or no text.
    pub(super) fn permission(&self, state: &State, key: &str) -> Result<Reference, Failure> {
        self.required(key).map(|arn| permission(state, arn))
    }

    /// The managed permission whose ARN is given, if one is.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn optional_permission(
        &self,
        state: &State,
        key: &str,
    ) -> Result<Option<Reference>, Failure> {
        let arn = self.text(key)?;
        Ok((!arn.is_empty()).then(|| permission(state, arn)))
    }

    /// A text that is one of these words; empty if it is missing.
    ///
    /// # Errors
    ///
    /// The member is another text or something else.
    pub(super) fn word(&self, key: &str, words: &[&str]) -> Result<&str, Failure> {
        let text = self.text(key)?;
        if text.is_empty() || words.contains(&text) {
            return Ok(text);
        }
        let words = words.join(", ");
        let message = format!("{text} is not a valid {key}. Must be one of: {words}.");
        Err(Failure::new("InvalidParameterException", message))
    }

    /// The managed permissions whose ARNs are given.
    ///
    /// # Errors
    ///
    /// The member is not a list of texts.
    pub(super) fn permissions(&self, state: &State, key: &str) -> Result<Vec<Reference>, Failure> {
        Ok(self.texts(key)?.into_iter().map(|arn| permission(state, arn)).collect())
    }

    /// A version's number, in the body or in the query string.
    ///
    /// # Errors
    ///
    /// The member is not a number of a version.
    pub(super) fn version(&self, key: &str) -> Result<Option<i32>, Failure> {
        let wrong = || unreadable(format!("{key} is not an integer"));
        if let Some(Value::String(text)) = self.members.get(key) {
            return text.parse().map(Some).map_err(|_| wrong());
        }
        let number = self.number(key)?;
        number.map(|number| i32::try_from(number).map_err(|_| wrong())).transpose()
    }

    /// The invitation whose ARN is given.
    ///
    /// # Errors
    ///
    /// The member is not a text.
    pub(super) fn invitation(&self, state: &State, key: &str) -> Result<InvitationRef, Failure> {
        self.text(key).map(|arn| invitation(state, arn))
    }
}

/// The share of this ARN; the text itself if there is none.
fn share(state: &State, arn: &str) -> Reference {
    let named = || {
        let (service, account, resource) = parts(arn)?;
        let name = Name::new(resource.strip_prefix("resource-share/")?);
        let share = state.world.shares.get(&name)?;
        (service == "ram" && share.owner.to_string() == account).then_some(name)
    };
    named().map_or_else(|| Reference::Literal(arn.into()), Reference::Named)
}

/// The resource of this ARN; the text itself if there is none.
fn resource(state: &State, arn: &str) -> Reference {
    arns::resource(&state.world, arn).map_or_else(|| share(state, arn), Reference::Named)
}

/// The invitation of this ARN; the text itself if there is none.
/// The principal that a text names; the text where it is the ARN of an organization or of a unit with
/// another account's id than the management account's.
fn principal(state: &State, text: &str) -> Principal {
    let named = Principal::read(text);
    let mut organizations = state.world.organizations.iter();
    let holder = organizations.find(|(id, organization)| match &named {
        Principal::Organization(named) => named == *id,
        Principal::OrganizationalUnit(unit) => organization.units.contains_key(unit),
        Principal::Account(_)
        | Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_)
        | Principal::Literal(_) => false,
    });
    let by = Principal::account_in_arn(text);
    match holder {
        Some((_, organization)) if by != Some(organization.management) => {
            Principal::Literal(text.into())
        }
        Some(_) | None => named,
    }
}

fn invitation(state: &State, arn: &str) -> InvitationRef {
    let literal = || InvitationRef::Literal(SmolStr::new(arn));
    let Some(("ram", sender, resource)) = parts(arn) else {
        return literal();
    };
    let Some(id) = resource.strip_prefix("resource-share-invitation/") else {
        return literal();
    };
    for (share, it) in &state.world.shares {
        for (place, sent) in it.invitations.iter().enumerate() {
            let earlier = it.invitations[..place].iter();
            let number = earlier.filter(|it| it.receiver == sent.receiver).count();
            let is_it = invitation_id(share, sent.receiver, number).as_str() == id;
            if is_it && it.owner.to_string() == sender {
                return InvitationRef::To {
                    share: share.clone(),
                    receiver: sent.receiver,
                    number: Some(number),
                };
            }
        }
    }
    literal()
}
