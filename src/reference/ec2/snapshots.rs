//! Snapshots, and the volumes that they are made of. Volumes decide nothing: each is its maker's alone.

use bellwether_model::operations::ec2::{
    CreateSnapshot, DeleteSnapshot, DescribeSnapshots, ModifySnapshotAttribute,
};
use bellwether_model::{Account, Name, Principal};

use super::attributes::number;
use super::form::Form;
use super::listing::{self, Listing};
use super::{Request, Shown, done, regions, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attribute of a volume that holds its owner.
const VOLUME_OF: &str = "volume-of";
/// The type of a volume that is made without one.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>
const VOLUME_TYPE: &str = "gp2";
/// The attribute of a volume that holds its size in GiB, and of a snapshot that of its volume.
const SIZE: &str = "size";

static LISTING: Listing = Listing { set: "snapshotSet", item: write };

/// CreateVolume.
pub(super) fn create_volume(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    request.required("AvailabilityZone")?;
    let zone = regions::named_zone(request, "AvailabilityZone", "AvailabilityZoneId")?;
    let size = request.required("Size")?;
    number(&request.form, "Size", 1..=65_536)?;
    request.unless_tried()?;
    let name = request.new_id("vol");
    let (owner, now) = (request.caller.to_string(), request.now());
    request.state.keep(&name, VOLUME_OF, owner);
    request.state.keep(&name, SIZE, size);
    let of_type = request.form.value("VolumeType").unwrap_or(VOLUME_TYPE);
    request.state.keep(&name, "zone", zone);
    request.state.keep(&name, "type", of_type);
    request.state.keep(&name, "created", now);
    Ok(write_volume(request, &name, xml))
}

/// DeleteVolume.
pub(super) fn delete_volume(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let id = request.required("VolumeId")?;
    let name = own_volume(request, id)?;
    request.unless_tried()?;
    request.state.keep(&name, VOLUME_OF, "");
    Ok(done(xml))
}

/// DescribeVolumes: those that are named, or all of the caller.
pub(super) fn describe_volumes(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ids = request.form.list("VolumeId");
    let volumes = if ids.is_empty() {
        let owner = request.caller.to_string();
        let all = request.state.attributes.iter();
        let own = all.filter(|(_, kept)| kept.get(VOLUME_OF) == Some(&owner));
        own.map(|(name, _)| name.clone()).collect()
    } else {
        let named = ids.into_iter().map(|id| own_volume(request, id));
        named.collect::<Result<Vec<_>, _>>()?
    };
    let item = |name: &Name, xml| write_volume(request, name, xml);
    listing::write(request, "volumeSet", volumes, item, xml)
}

/// CreateSnapshot.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let id = request.required("VolumeId")?;
    let volume = own_volume(request, id)?;
    let name = request.new_id("snap");
    let reply = request.perform(CreateSnapshot {}, &name)?;
    let now = request.now();
    let size = request.state.attribute(&volume, SIZE).to_owned();
    request.state.keep(&name, "created", now);
    request.state.keep(&name, "volume", id);
    request.state.keep(&name, SIZE, size);
    let text = request.form.value("Description").unwrap_or_default();
    request.state.keep(&name, "description", text);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(write(request, &shown, xml))
}

/// Keeps what is shown of the snapshot that an image of an instance is made with.
pub(super) fn keep_of_image(
    request: &mut Request<'_>,
    snapshot: &Name,
    instance: &Name,
    image: &Name,
) {
    let now = request.now();
    request.state.keep(snapshot, "created", now);
    // The instance's volume is none that can be described.
    request.state.keep(snapshot, "volume", "vol-ffffffff");
    request.state.keep(snapshot, SIZE, "8");
    let text = format!("Created by CreateImage({instance}) for {image}");
    request.state.keep(snapshot, "description", text);
}

/// DeleteSnapshot.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let snapshot_id = request.named("SnapshotId")?;
    request.perform(DeleteSnapshot { snapshot_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeSnapshots.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let snapshot_ids = request.all_named("SnapshotId");
    let reply = request.perform(DescribeSnapshots { snapshot_ids }, &"".into())?;
    let mut items = request.listed(&reply);
    let owners = request.form.list("Owner");
    if !owners.is_empty() {
        let owns = |owner: &&str, shown: &Shown| {
            *owner == shown.owner() || (*owner == "self" && shown.owner == request.caller)
        };
        items.retain(|shown| owners.iter().any(|owner| owns(owner, shown)));
    }
    LISTING.write(request, items, xml)
}

/// ModifySnapshotAttribute: in the form of lists to add and to remove, or in the older one.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let snapshot_id = request.named("SnapshotId")?;
    let mut call = ModifySnapshotAttribute {
        snapshot_id,
        add: permitted(&request.form.members("CreateVolumePermission.Add")),
        remove: permitted(&request.form.members("CreateVolumePermission.Remove")),
    };
    let users = request.form.list("UserId").into_iter().map(user);
    match request.form.value("OperationType") {
        Some("add") => call.add.extend(users),
        Some("remove") => call.remove.extend(users),
        Some(_) | None => {}
    }
    request.perform(call, &"".into())?;
    Ok(done(xml))
}

/// The receivers of a list of permissions: a group is none that the model knows of.
fn permitted(members: &[Form<'_>]) -> Vec<Principal> {
    let receiver = |member: &Form<'_>| {
        let named = member.value("UserId").or_else(|| member.value("Group"));
        named.map(user)
    };
    members.iter().filter_map(receiver).collect()
}

/// An account; anything else is in no accepted form.
fn user(text: &str) -> Principal {
    Account::from_id(text).map_or_else(|| Principal::Literal(text.into()), Principal::Account)
}

/// A volume of the caller.
///
/// # Errors
///
/// It has none of this id.
fn own_volume(request: &Request<'_>, id: &str) -> Result<Name, Failure> {
    let name = Name::new(id);
    if request.state.attribute(&name, VOLUME_OF) == request.caller.to_string() {
        return Ok(name);
    }
    Err(Failure::new("InvalidVolume.NotFound", format!("The volume '{id}' does not exist.")))
}

fn write_volume(request: &Request<'_>, name: &Name, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(name, key);
    xml.text("volumeId", name.as_str())
        .text("size", attribute(SIZE))
        .text("availabilityZone", attribute("zone"))
        .text("status", "available")
        .text("createTime", attribute("created"))
        .text("volumeType", attribute("type"))
        .text("encrypted", "false")
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let xml = xml
        .text("snapshotId", shown.id())
        .text("volumeId", attribute("volume"))
        .text("status", "completed")
        .text("startTime", attribute("created"))
        .text("progress", "100%")
        .text("ownerId", &shown.owner())
        .text("volumeSize", attribute(SIZE))
        .text("description", attribute("description"))
        .text("encrypted", "false");
    tags::write(request, shown, xml)
}
