//! The common part of Route 53 Resolver and Route 53 Profiles: resources that accounts share and
//! associate with their VPCs.

use bellwether_model::answer::{Expected, Field, Key, Reply};
use bellwether_model::kinds::Dns;
use bellwether_model::parameters::Reference;
use bellwether_model::world::{Kind, Resource};
use bellwether_model::{Account, Call, Name};
use serde_json::{Map, Value, json};

use super::json::{self, Failure};
use super::random::scramble;
use super::{State, arns, refusals, time};

/// Answers an operation.
pub(super) type Serve = fn(&mut Request<'_>) -> Result<Value, Failure>;

/// An association of something with a VPC.
pub(super) struct Association<'a> {
    /// Its id.
    pub(super) name: &'a Name,
    /// What is associated.
    pub(super) of: &'a Name,
    /// The VPC.
    pub(super) vpc: &'a Name,
    /// The association itself.
    pub(super) resource: &'a Resource,
}

impl Association<'_> {
    /// DELETING once it is deleted, else this word.
    pub(super) fn status<'w>(&self, living: &'w str) -> &'w str {
        if self.resource.deleted { "DELETING" } else { living }
    }
}

/// A request for something of Route 53 that accounts share.
pub(super) struct Request<'a> {
    /// The state of the target.
    pub(super) state: &'a mut State,
    /// The caller.
    pub(super) caller: Account,
    /// The members of the request.
    pub(super) input: Value,
}

impl Request<'_> {
    /// A text that the call can't do without.
    ///
    /// # Errors
    ///
    /// It is missing, or something else.
    pub(super) fn text(&self, key: &str) -> Result<&str, Failure> {
        json::text(&self.input, key)?.ok_or_else(|| {
            let message = format!("The request must contain {key}");
            Failure::new("InvalidParameterException", message)
        })
    }

    /// The resource whose id the call gives.
    ///
    /// # Errors
    ///
    /// There is none.
    pub(super) fn resource(&self, key: &str) -> Result<Reference, Failure> {
        let id = self.text(key)?;
        let name = Name::new(id);
        Ok(if self.state.world.resources.contains_key(&name) {
            Reference::Named(name)
        } else {
            Reference::Literal(id.into())
        })
    }

    /// Answers a call by the model. Ids begin with what they are for.
    ///
    /// # Errors
    ///
    /// The refusal that is expected.
    pub(super) fn answer(
        &mut self,
        call: impl Into<Call>,
        id_prefix: &str,
    ) -> Result<(Name, Reply), Failure> {
        let call = call.into();
        let made = if call.makes().is_empty() {
            Name::none()
        } else {
            let number = scramble(IDS, self.state.next_serial());
            Name::new(format!("{id_prefix}{number:017x}"))
        };
        let reply = self.state.answer(self.caller, &call, &made);
        let reply = reply.map_err(|refusal| refusals::failure(&refusal))?;
        Ok((made, reply))
    }

    /// Keeps what the request says of a resource, under these keys.
    pub(super) fn keep(&mut self, name: &Name, keys: &[&'static str]) {
        for key in keys {
            match &self.input[*key] {
                Value::String(text) => self.state.keep(name, key, text.as_str()),
                Value::Number(number) => self.state.keep(name, key, number.to_string()),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {}
            }
        }
    }

    /// A resource as an answer shows it: its names, what was said of it, and what the model expects.
    pub(super) fn shown(&self, name: &Name, kept: &[&str], fields: &[Field]) -> Map<String, Value> {
        let mut shown = Map::new();
        shown.insert("Id".to_owned(), json!(name.as_str()));
        if let Some(resource) = self.state.world.resources.get(name) {
            shown.insert("Arn".to_owned(), json!(arns::of(&self.state.region, name, resource)));
            shown.insert("OwnerId".to_owned(), json!(resource.owner.to_string()));
        }
        shown.extend(self.kept(name, kept));
        // Where the model does not know it, the resource counts as not shared.
        shown.insert("ShareStatus".to_owned(), json!("NOT_SHARED"));
        shown.extend(expected(fields));
        shown
    }

    /// The kept attributes of a resource with these keys, if they are not empty.
    pub(super) fn kept(&self, name: &Name, keys: &[&str]) -> Map<String, Value> {
        let kept = keys.iter().map(|key| (*key, self.state.attribute(name, key)));
        let kept = kept.filter(|(_, text)| !text.is_empty());
        kept.map(|(key, text)| (key.to_owned(), json!(text))).collect()
    }

    /// The resources that a list shows, as `shown` writes them from their names and expected fields.
    pub(super) fn listed(
        &self,
        reply: &Reply,
        shown: impl Fn(&Self, &Name, &[Field]) -> Map<String, Value>,
    ) -> Vec<Value> {
        let present = reply.rows.iter().filter(|row| row.present);
        let shown = present.filter_map(|row| {
            let Key::Resource(name) = &row.key else { return None };
            Some(Value::Object(shown(self, name, &row.fields)))
        });
        shown.collect()
    }

    /// Keeps now as the time at which a resource was made, with what is said of it since.
    pub(super) fn keep_made(&mut self, name: &Name, message: &str) {
        let now = time::rfc3339(self.state.now_ms());
        self.state.keep(name, "CreationTime", now);
        self.keep_changed(name, message);
    }

    /// Keeps now as the time at which a resource was last changed, with what is said of it since.
    pub(super) fn keep_changed(&mut self, name: &Name, message: &str) {
        let now = time::rfc3339(self.state.now_ms());
        let message = format!("[Trace id: {}] {message}", self.trace_id());
        self.state.keep(name, "ModificationTime", now);
        self.state.keep(name, "StatusMessage", message);
    }

    /// The id by which AWS finds a request again.
    pub(super) fn trace_id(&self) -> String {
        let digits = self.state.request_id.replace('-', "");
        let (head, tail) = digits.split_at(digits.len().min(8));
        format!("1-{head}-{tail}")
    }

    /// The resource of the caller that was made with the same `CreatorRequestId`, and still is.
    pub(super) fn made_before(&self, dns: &'static Dns) -> Option<Name> {
        let token = self.input["CreatorRequestId"].as_str().filter(|token| !token.is_empty())?;
        let mut all = self.state.world.resources.iter();
        let found = all.find(|(name, resource)| {
            resource.owner == self.caller
                && !resource.deleted
                && dns.includes(&resource.kind)
                && self.state.attribute(name, "CreatorRequestId") == token
        });
        found.map(|(name, _)| name.clone())
    }

    /// Requires that nothing was made with the same `CreatorRequestId`.
    ///
    /// # Errors
    ///
    /// Something was: `ResourceExistsException`, as recorded for endpoints.
    pub(super) fn require_new(&self, dns: &'static Dns) -> Result<(), Failure> {
        let Some(made) = self.made_before(dns) else { return Ok(()) };
        let message = format!(
            "{made} was made with the same CreatorRequestId. Trace Id: \"{}\"",
            self.trace_id()
        );
        Err(Failure::new("ResourceExistsException", message))
    }

    /// DELETING once a resource is deleted, else this word.
    pub(super) fn status<'w>(&self, name: &Name, living: &'w str) -> &'w str {
        let deleted = self.state.world.resources.get(name).is_some_and(|it| it.deleted);
        if deleted { "DELETING" } else { living }
    }

    /// The associations of one type that a list shows, as `shown` writes them.
    pub(super) fn associations(
        &self,
        reply: &Reply,
        shown: impl Fn(&Self, &Association<'_>) -> Map<String, Value>,
    ) -> Vec<Value> {
        let present = reply.rows.iter().filter(|row| row.present);
        let written = present.filter_map(|row| {
            let Key::Resource(name) = &row.key else { return None };
            self.association(name, &shown).map(Value::Object)
        });
        written.collect()
    }

    /// An association, as `shown` writes it.
    pub(super) fn association(
        &self,
        name: &Name,
        shown: impl Fn(&Self, &Association<'_>) -> Map<String, Value>,
    ) -> Option<Map<String, Value>> {
        let resource = self.state.world.resources.get(name)?;
        let Kind::DnsAssociation { of, vpc, .. } = &resource.kind else { return None };
        Some(shown(self, &Association { name, of, vpc, resource }))
    }

    /// The newest association of a resource with a VPC that the caller made.
    pub(super) fn used(&self, dns: &Dns, named: &Reference, with: &Reference) -> Option<Name> {
        let (named, with) = (named.name()?, with.name()?);
        let mut resources = self.state.world.resources.iter();
        let found = resources.find(|(_, resource)| {
            matches!(
                &resource.kind,
                Kind::DnsAssociation { dns: of_type, of, vpc, .. }
                    if *of_type == dns && of == named && vpc == with
            ) && resource.owner == self.caller
                && !resource.deleted
        });
        found.map(|(name, _)| name.clone())
    }
}

/// Puts a member into what is shown.
pub(super) fn put(shown: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    shown.insert(key.to_owned(), value.into());
}

/// The seed of the numbers in ids.
const IDS: u64 = 0x53;

/// The fields that the model expects, as they are sent.
fn expected(fields: &[Field]) -> impl Iterator<Item = (String, Value)> {
    fields.iter().filter_map(|field| {
        let value = match &field.expected {
            Expected::OneOf(words) => json!(words.first()?),
            Expected::Text(text) => json!(text.as_str()),
            Expected::Flag(flag) => json!(flag),
            Expected::Account(account) => json!(account.to_string()),
            Expected::Set(_) | Expected::AtMost(_) | Expected::Absent | Expected::Present => {
                return None;
            }
        };
        Some((field.name.to_owned(), value))
    })
}
