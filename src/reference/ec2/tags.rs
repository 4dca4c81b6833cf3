//! Tags: each account has its own on a resource, and sees no others.

use std::collections::BTreeMap;

use bellwether_model::operations::ec2::{CreateTags, DescribeTags};
use bellwether_model::parameters::Tag;
use bellwether_model::{Name, tagging};

use super::form::Form;
use super::{Request, Shown, done, listing, set};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// CreateTags.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let tags = request.form.members("Tag");
    let resources = request.form.list("ResourceId");
    // All are there for the caller, or none is tagged.
    if resources.len() > 1 {
        known(request)?;
    }
    for id in resources {
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
    type Row<'r> = (&'r str, &'r str, String, String);
    let item = |(id, of, key, value): &Row<'_>, xml: Xml| {
        xml.text("resourceId", id).text("resourceType", of).text("key", key).text("value", value)
    };
    listing::write(request, "tagSet", rows, item, xml)
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
    request.state.world.sight(request.caller, &Name::new(id)).is_seen()
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

/// The word for a resource's type in tag specifications and ARNs; what the model does not know is a
/// default security group.
fn resource_type(request: &Request<'_>, name: &Name) -> &'static str {
    request.kind(name).map_or("security-group", |kind| kind.info().arn_part)
}
