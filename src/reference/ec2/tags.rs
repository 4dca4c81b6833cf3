//! Tags: each account has its own on a resource, and sees no others.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::operations::ec2::{CreateTags, DescribeTags};
use bellwether_model::parameters::Tag;
use bellwether_model::{Name, tagging};

use super::form::Form;
use super::{Request, Shown, beside, done, invalid, listing, missing, set};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The most tags of a resource.
const TAGS_MAX: usize = 50;

/// CreateTags.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let tags = request.form.members("Tag");
    let resources = request.form.list("ResourceId");
    for (list, is_empty) in [("ResourceId", resources.is_empty()), ("Tag", tags.is_empty())] {
        if is_empty {
            return Err(missing(list));
        }
    }
    require_valid(&tags)?;
    for id in &resources {
        require_room(request, &Name::new(*id), &tags)?;
    }
    // All are there for the caller, or none is tagged.
    if resources.len() > 1 {
        known(request)?;
    }
    for id in resources {
        // The model does not know of what is kept beside it.
        if beside::owner(request, &id.into()) == Some(request.caller) {
            request.unless_tried()?;
            keep(request, &id.into(), &tags);
            continue;
        }
        let call = CreateTags { resource: request.reference(id), tags: read(&tags).collect() };
        request.perform(call, &"".into())?;
    }
    Ok(done(xml))
}

/// DeleteTags.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let named = request.form.members("Tag");
    let known = known(request)?;
    request.unless_tried()?;
    for name in known {
        if let Some(tags) = request.state.world.labels.get_mut(&(name, request.caller)) {
            // A tag that is named with a value is meant only if it has that value.
            let meant = |key: &str, value: &str| {
                let is_it = |it: &Form<'_>| {
                    it.value("Key") == Some(key)
                        && it.value("Value").is_none_or(|wanted| wanted == value)
                };
                named.is_empty() || named.iter().any(is_it)
            };
            tags.retain(|key, value| !meant(key, value));
        }
    }
    Ok(done(xml))
}

/// A tag as it is listed: the id and the type of what bears it, key and value.
type Row<'r> = (&'r str, &'r str, String, String);

/// DescribeTags: those of the caller.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    for filter in request.form.members("Filter") {
        if let ("resource-id", [id]) =
            (filter.value("Name").unwrap_or_default(), &filter.list("Value")[..])
        {
            let resource_id = request.reference(id);
            request.perform(DescribeTags { resource_id }, &"".into())?;
        }
    }
    let request = &*request;
    let all = request.state.world.labels.keys();
    let names = all.filter(|(_, by)| *by == request.caller).map(|(name, _)| name);
    let rows: Vec<_> = names
        .flat_map(|name| {
            let tags = seen(request, name).into_iter();
            tags.map(move |(key, value)| (name.as_str(), resource_type(request, name), key, value))
        })
        .collect();
    let item = |(id, of, key, value): &Row<'_>, xml: Xml| {
        xml.text("resourceId", id).text("resourceType", of).text("key", key).text("value", value)
    };
    listing::write(request, "tagSet", rows, item, xml)
}

/// Requires that the tags that a request gives to what it makes can be given.
///
/// # Errors
///
/// They can't.
pub(super) fn require_specified(form: &Form<'_>) -> Result<(), Failure> {
    for list in ["TagSpecification", "TagSpecifications"] {
        for specification in form.members(list) {
            let tags = specification.members("Tag");
            require_valid(&tags)?;
            if tags.len() > TAGS_MAX {
                return Err(too_many());
            }
        }
    }
    Ok(())
}

/// Requires that tags have keys and values that an account may give.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html>
fn require_valid(tags: &[Form<'_>]) -> Result<(), Failure> {
    for tag in tags {
        let key = tag.value("Key").unwrap_or_default();
        let value = tag.value("Value").unwrap_or_default();
        let wrong = if key.is_empty() {
            "Tag key cannot be null or empty."
        } else if key.to_ascii_lowercase().starts_with("aws:") {
            "Tag keys starting with 'aws:' are reserved for internal use."
        } else if key.chars().count() > 128 {
            "Tag key exceeds the maximum length of 128 characters."
        } else if value.chars().count() > 256 {
            "Tag value exceeds the maximum length of 256 characters."
        } else {
            continue;
        };
        return Err(invalid(wrong));
    }
    Ok(())
}

/// Requires that a resource has room for more tags.
fn require_room(request: &Request<'_>, name: &Name, tags: &[Form<'_>]) -> Result<(), Failure> {
    let mut keys: BTreeSet<String> = seen(request, name).into_keys().collect();
    keys.extend(tags.iter().filter_map(|tag| tag.value("Key")).map(ToOwned::to_owned));
    if keys.len() > TAGS_MAX { Err(too_many()) } else { Ok(()) }
}

fn too_many() -> Failure {
    let message = format!("A resource can have at most {TAGS_MAX} tags.");
    Failure::new("TagLimitExceeded", message)
}

/// Keeps the tags that a request gives to what it makes.
pub(super) fn keep_specified(request: &mut Request<'_>, name: &Name) {
    let of = resource_type(request, name);
    for list in ["TagSpecification", "TagSpecifications"] {
        for specification in request.form.members(list) {
            if specification.value("ResourceType") == Some(of) {
                keep(request, name, &specification.members("Tag"));
            }
        }
    }
}

/// The caller's tags on a resource.
pub(super) fn seen(request: &Request<'_>, name: &Name) -> BTreeMap<String, String> {
    let own = request.state.world.labels.get(&(name.clone(), request.caller));
    own.into_iter().flatten().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

/// Writes the caller's tags on a resource.
pub(super) fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let tags = seen(request, &shown.name);
    set(xml, "tagSet", tags, |xml, (key, value)| xml.text("key", &key).text("value", &value))
}

/// The resources whose tags a request changes.
///
/// # Errors
///
/// One of them is not there for the caller.
fn known(request: &Request<'_>) -> Result<Vec<Name>, Failure> {
    let ids = request.form.list("ResourceId").into_iter();
    let known = ids.map(|id| {
        let unknown = || Failure::new("InvalidID", format!("The ID '{id}' is not valid"));
        is_known(request, id).then(|| Name::new(id)).ok_or_else(unknown)
    });
    known.collect()
}

/// Whether something of this id is there for the caller.
fn is_known(request: &Request<'_>, id: &str) -> bool {
    let name = Name::new(id);
    let own = beside::owner(request, &name) == Some(request.caller);
    own || request.state.world.sight(request.caller, &name).is_seen()
}

fn keep(request: &mut Request<'_>, name: &Name, tags: &[Form<'_>]) {
    let labels = request.state.world.labels.entry((name.clone(), request.caller)).or_default();
    labels.extend(tagging::kept(&read(tags).collect::<Vec<_>>()));
}

/// The tags of a request.
fn read(tags: &[Form<'_>]) -> impl Iterator<Item = Tag> {
    tags.iter().map(|it| Tag {
        key: it.value("Key").unwrap_or_default().into(),
        value: Some(it.value("Value").unwrap_or_default().into()),
    })
}

/// The word for a resource's type in tag specifications and ARNs.
fn resource_type(request: &Request<'_>, name: &Name) -> &'static str {
    let beside = || beside::resource_type(name);
    request.kind(name).map_or_else(beside, |kind| kind.info().arn_part)
}
