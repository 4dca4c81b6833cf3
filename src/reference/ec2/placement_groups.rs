//! Placement groups.

use bellwether_model::operations::ec2::{
    CreatePlacementGroup, DeletePlacementGroup, DescribePlacementGroups,
};
use bellwether_model::parameters::Reference;
use bellwether_model::resources::placement_group::PLAIN;

use super::listing::Listing;
use super::{Request, Shown, done, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "placementGroupSet", item: write };

/// CreatePlacementGroup.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let group_name = request.required("GroupName")?;
    let strategy = request.form.value("Strategy").unwrap_or("cluster");
    if matches!(called(request, group_name), Reference::Named(it) if request.owns(&Reference::Named(it.clone())))
    {
        let message = format!("The placement group '{group_name}' already exists.");
        return Err(Failure::new("InvalidPlacementGroup.Duplicate", message));
    }
    let name = request.new_id("pg");
    let reply = request.perform(CreatePlacementGroup {}, &name)?;
    request.state.keep(&name, "name", group_name);
    request.state.keep(&name, "strategy", strategy);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(done(xml).element("placementGroup", |xml| write(request, &shown, xml)))
}

/// DeletePlacementGroup.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let group_name = called(request, request.required("GroupName")?);
    request.perform(DeletePlacementGroup { group_name }, &"".into())?;
    Ok(done(xml))
}

/// DescribePlacementGroups.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let mut group_ids = request.all_named("GroupId");
    let names = request.form.list("GroupName");
    group_ids.extend(names.into_iter().map(|name| called(request, name)));
    let reply = request.perform(DescribePlacementGroups { group_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// The group that is called so: the caller's own, or one that it sees.
pub(super) fn called(request: &Request<'_>, group_name: &str) -> Reference {
    let world = &request.state.world;
    let groups = world.resources.iter().filter(|(name, resource)| {
        let fits = request.state.attribute(name, "name") == group_name;
        fits && PLAIN.includes(&resource.kind) && world.sight(request.caller, name).is_seen()
    });
    let found = groups.max_by_key(|(_, resource)| resource.owner == request.caller);
    found.map_or_else(
        || Reference::Literal(group_name.into()),
        |(name, _)| Reference::Named(name.clone()),
    )
}

fn name<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    request.state.attribute(&shown.name, "name")
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("groupId", shown.id())
        .text("groupName", name(request, shown))
        .text("groupArn", &request.arn(shown, PLAIN.kind.arn_part))
        .text("strategy", request.state.attribute(&shown.name, "strategy"))
        .text("state", "available");
    tags::write(request, shown, xml)
}
