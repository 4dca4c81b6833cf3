//! Images.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::operations::ec2::describe_images::ImageState;
use bellwether_model::operations::ec2::modify_image_attribute::Permitted;
use bellwether_model::operations::ec2::{
    CancelImageLaunchPermission, CopyImage, CreateSnapshot, DeregisterImage,
    DescribeImageAttribute, DescribeImages, DescribeInstances, DisableImage,
    DisableImageBlockPublicAccess, DisableImageDeprecation, EnableImage,
    EnableImageBlockPublicAccess, EnableImageDeprecation, GetImageBlockPublicAccessState,
    ModifyImageAttribute, RegisterImage, ResetImageAttribute,
};
use bellwether_model::parameters::Reference;
use bellwether_model::rules::image;
use bellwether_model::world::{Kind, LaunchPermission, Storage};
use bellwether_model::{Account, Name, Principal};
use smol_str::SmolStr;

use super::attributes::{truth, word};
use super::block_devices::Mapping;
use super::form::Form;
use super::listing::Listing;
use super::{Request, Shown, done, invalid, set, snapshots, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attribute that holds the time at which an image is deprecated.
const DEPRECATED_FROM: &str = "deprecated";

/// The attributes that hold what networking an image supports, by the elements that show them.
const ENA: &str = "enaSupport";
const SRIOV: &str = "sriovNetSupport";
/// The attribute that holds the block devices of an image.
const MAPPINGS: &str = "mappings";
/// The processors that an image may be for.
const ARCHITECTURES: [&str; 5] = ["i386", "x86_64", "arm64", "x86_64_mac", "arm64_mac"];

/// The attribute that the model knows of.
const PERMISSIONS: &str = "launchPermission";

/// The attributes of an image that AWS describes one by one, and the reference does not.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html>
const NOT_DESCRIBED: [&str; 10] = [
    "kernel",
    "ramdisk",
    "blockDeviceMapping",
    "sriovNetSupport",
    "bootMode",
    "tpmSupport",
    "uefiData",
    "lastLaunchedTime",
    "imdsSupport",
    "deregistrationProtection",
];

static LISTING: Listing = Listing { set: "imagesSet", item: write };

/// RegisterImage.
pub(super) fn register(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_name = free_name(request)?;
    let form = request.form.clone();
    let mappings = Mapping::read_all(request, &form)?;
    let snapshot = mappings.iter().find_map(|it| it.snapshot.as_deref());
    let snapshot_id = snapshot.map(|id| request.reference(id));
    let ena = truth(&form, "EnaSupport")?.map(|it| it.to_string()).unwrap_or_default();
    let sriov = word(&form, "SriovNetSupport", &["simple"], "")?;
    let architecture = word(&form, "Architecture", &ARCHITECTURES, "i386")?;
    let name = request.new_id("ami");
    request.perform(RegisterImage { snapshot_id }, &name)?;
    let now = request.now();
    let root = form.value("RootDeviceName").unwrap_or("/dev/sda1");
    let description = form.value("Description").unwrap_or_default();
    for (key, value) in [
        ("name", image_name),
        ("created", now.as_str()),
        ("description", description),
        ("architecture", architecture),
        ("root", root),
        (ENA, &ena),
        (SRIOV, sriov),
        (MAPPINGS, &serde_json::to_string(&mappings).unwrap_or_default()),
    ] {
        request.state.keep(&name, key, value);
    }
    tags::keep_specified(request, &name);
    Ok(xml.text("imageId", name.as_str()))
}

/// CreateImage: of an instance of the caller, with a snapshot of its root device.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let instance_id = request.named("InstanceId")?;
    let image_name = free_name(request)?;
    request
        .require_own(&instance_id, DescribeInstances { instance_ids: vec![instance_id.clone()] })?;
    let instance = Name::new(request.form.mentioned("InstanceId"));
    let (snapshot, name) = (request.new_id("snap"), request.new_id("ami"));
    request.perform(CreateSnapshot {}, &snapshot)?;
    let snapshot_id = Some(Reference::Named(snapshot.clone()));
    request.perform(RegisterImage { snapshot_id }, &name)?;
    snapshots::keep_of_image(request, &snapshot, &instance, &name);
    let now = request.now();
    let root = Mapping::of_root(&snapshot);
    let description = request.form.value("Description").unwrap_or_default();
    for (key, value) in [
        ("name", image_name),
        ("created", now.as_str()),
        ("description", description),
        ("architecture", "x86_64"),
        ("root", root.device.as_str()),
        (ENA, "true"),
        (SRIOV, "simple"),
        (MAPPINGS, &serde_json::to_string(&[&root]).unwrap_or_default()),
    ] {
        request.state.keep(&name, key, value);
    }
    tags::keep_specified(request, &name);
    tags::keep_specified(request, &snapshot);
    Ok(xml.text("imageId", name.as_str()))
}

/// CopyImage: from the one Region there is.
pub(super) fn copy(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_name = free_name(request)?;
    let region = request.required("SourceRegion")?;
    if region != request.state.region {
        return Err(invalid(format!("Invalid source region: {region}")));
    }
    let source_image_id = request.named("SourceImageId")?;
    let source = Name::new(request.form.mentioned("SourceImageId"));
    let name = request.new_id("ami");
    request.perform(CopyImage { source_image_id }, &name)?;
    let now = request.now();
    request.state.keep(&name, "name", image_name);
    request.state.keep(&name, "created", now);
    for kept in ["description", "architecture", "root", ENA, SRIOV] {
        let value = request.state.attribute(&source, kept).to_owned();
        request.state.keep(&name, kept, value);
    }
    if let Some(text) = request.form.value("Description") {
        request.state.keep(&name, "description", text);
    }
    tags::keep_specified(request, &name);
    Ok(xml.text("imageId", name.as_str()))
}

/// The name that a request gives an image.
///
/// # Errors
///
/// It is missing, or another image of the caller has it.
fn free_name<'a>(request: &Request<'a>) -> Result<&'a str, Failure> {
    let image_name = request.required("Name")?;
    let taken = request.state.world.resources.iter().any(|(name, resource)| {
        let own = resource.owner == request.caller && !resource.deleted;
        let is_image = matches!(resource.kind, Kind::Image { .. });
        own && is_image && request.state.attribute(name, "name") == image_name
    });
    if taken {
        let message = format!("AMI name {image_name} is already in use by you");
        return Err(Failure::new("InvalidAMIName.Duplicate", message));
    }
    Ok(image_name)
}

/// DeregisterImage.
pub(super) fn deregister(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    request.perform(DeregisterImage { image_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeImages.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let caller = request.caller.to_string();
    let users = request.form.list("ExecutableBy");
    let is_own = |user: &&str| *user == "self" || *user == caller;
    let user = if users.iter().any(is_own) { Some(&"self") } else { users.first() };
    let is_set = |key| Ok(truth(&request.form, key)?.unwrap_or(false));
    let call = DescribeImages {
        image_ids: request.all_named("ImageId"),
        executable_users: user.copied().unwrap_or_default().into(),
        owners: SmolStr::default(),
        include_deprecated: is_set("IncludeDeprecated")?,
        include_disabled: is_set("IncludeDisabled")?,
        filter_image_id: filtered(request, "image-id", |id| Some(request.reference(id))),
        filter_state: filtered(request, "state", ImageState::read),
        filter_is_public: filtered(request, "is-public", |word| word.parse().ok()).first().copied(),
    };
    let include_deprecated = call.include_deprecated || !call.image_ids.is_empty();
    let reply = request.perform(call, &"".into())?;
    let mut items = request.listed(&reply);
    // What the model leaves out for this reason is there if a planted fault lists it.
    let left_out = [&image::UNLISTED_ONCE_DEPRECATED, &image::UNLISTED_BY_FILTERS_ONCE_DEPRECATED];
    let planted = |name: &Name| {
        let key = Key::Resource(name.clone());
        reply.rows.iter().any(|row| row.present && left_out.contains(&row.rule) && row.key == key)
    };
    items.retain(|shown| {
        let own = shown.owner == request.caller;
        let is_due = !include_deprecated && is_deprecated(request, &shown.name);
        own || !is_due || planted(&shown.name)
    });
    let owners = request.form.list("Owner");
    if !owners.is_empty() {
        let owns = |owner: &&str, shown: &Shown| {
            *owner == shown.owner() || (*owner == "self" && shown.owner == request.caller)
        };
        items.retain(|shown| owners.iter().any(|owner| owns(owner, shown)));
    }
    LISTING.write(request, items, xml)
}

/// The values of a filter as the model reads them; none where it does not know all of them, so that only
/// the list is filtered.
fn filtered<T>(request: &Request<'_>, filter: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let filters = request.form.members("Filter");
    let of_this_name = filters.iter().find(|it| it.value("Name") == Some(filter));
    let values = of_this_name.map(|it| it.list("Value")).unwrap_or_default();
    let has_wildcards = values.iter().any(|value| value.contains(['*', '?']));
    let values: Option<Vec<T>> = values.into_iter().map(read).collect();
    values.filter(|_| !has_wildcards).unwrap_or_default()
}

/// DescribeImageAttribute.
pub(super) fn describe_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    let attribute = request.required("Attribute")?;
    let name = Name::new(request.form.mentioned("ImageId"));
    let reply = request.perform(DescribeImageAttribute { image_id }, &"".into())?;
    let xml = xml.text("imageId", name.as_str());
    if attribute == "description" {
        let text = request.state.attribute(&name, "description");
        return Ok(xml.element("description", |xml| xml.text("value", text)));
    }
    // No image of the reference is from the AWS Marketplace.
    if attribute == "productCodes" {
        return Ok(xml.element("productCodes", |xml| xml));
    }
    if NOT_DESCRIBED.contains(&attribute) {
        let of = "of DescribeImageAttribute";
        return Err(invalid(format!("The reference does not have the attribute {attribute} {of}")));
    }
    if attribute != PERMISSIONS {
        return Err(unknown_attribute(attribute));
    }
    let present = reply.rows.iter().filter(|row| row.present);
    let permissions = present.filter_map(|row| match &row.key {
        Key::Permission(permission) => Some(permission),
        Key::Resource(_)
        | Key::Share(_)
        | Key::ResourceAssociation(..)
        | Key::Principal(..)
        | Key::Invitation(..)
        | Key::Type(_)
        | Key::Managed(_)
        | Key::Version(..)
        | Key::Attached(..)
        | Key::Replacement(_)
        | Key::Source(..) => None,
    });
    let arns = request.table(&name, "arns");
    let arn = |id: &Name| arns.get(id.as_str()).map_or(id.as_str(), String::as_str).to_owned();
    Ok(set(xml, PERMISSIONS, permissions, |xml, permission| match permission {
        LaunchPermission::All => xml.text("group", "all"),
        LaunchPermission::Account(account) => xml.text("userId", &account.to_string()),
        LaunchPermission::Organization(id) => xml.text("organizationArn", &arn(id)),
        LaunchPermission::OrganizationalUnit(id) => xml.text("organizationalUnitArn", &arn(id)),
    }))
}

/// ModifyImageAttribute: in the form of lists to add and to remove, or in the older one.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    let name = Name::new(request.form.mentioned("ImageId"));
    let mut call = ModifyImageAttribute {
        image_id,
        add: permitted(&request.form.members("LaunchPermission.Add")),
        remove: permitted(&request.form.members("LaunchPermission.Remove")),
    };
    match request.form.value("OperationType") {
        Some("add") => extend(&mut call.add, older_form(&request.form)),
        Some("remove") => extend(&mut call.remove, older_form(&request.form)),
        Some(_) | None => {}
    }
    request.perform(call, &name)?;
    keep_arns(request, &name);
    if let Some(text) = request.form.value("Description.Value") {
        request.state.keep(&name, "description", text);
    }
    Ok(done(xml))
}

/// ResetImageAttribute: all launch permissions are taken back.
pub(super) fn reset_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    let attribute = request.required("Attribute")?;
    if attribute != PERMISSIONS {
        return Err(unknown_attribute(attribute));
    }
    request.perform(ResetImageAttribute { image_id }, &"".into())?;
    Ok(done(xml))
}

/// CancelImageLaunchPermission.
pub(super) fn give_up(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    request.perform(CancelImageLaunchPermission { image_id }, &"".into())?;
    Ok(done(xml))
}

/// DisableImage.
pub(super) fn disable(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    request.perform(DisableImage { image_id }, &"".into())?;
    Ok(done(xml))
}

/// EnableImage.
pub(super) fn enable(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    request.perform(EnableImage { image_id }, &"".into())?;
    Ok(done(xml))
}

/// EnableImageDeprecation.
pub(super) fn deprecate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    let name = Name::new(request.form.mentioned("ImageId"));
    let from = request.required("DeprecateAt")?;
    let read = from.parse::<jiff::Timestamp>();
    let from = read.map_err(|error| invalid(format!("{from} is not a valid time: {error}")))?;
    let now = i64::try_from(request.state.now_ms()).unwrap_or(i64::MAX);
    // The model counts in hours.
    let ahead = from.as_millisecond() - now;
    let hours = u32::try_from((ahead + 1_800_000) / 3_600_000).unwrap_or(u32::MAX);
    let past = ahead < 0;
    let deprecate_at = if past { "past".into() } else { hours.to_string().into() };
    request.perform(EnableImageDeprecation { image_id, deprecate_at }, &"".into())?;
    request.state.keep(&name, DEPRECATED_FROM, from.strftime("%Y-%m-%dT%H:%M:00.000Z").to_string());
    Ok(done(xml))
}

/// DisableImageDeprecation.
pub(super) fn keep_undeprecated(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let image_id = request.named("ImageId")?;
    let name = Name::new(request.form.mentioned("ImageId"));
    request.perform(DisableImageDeprecation { image_id }, &"".into())?;
    request.state.keep(&name, DEPRECATED_FROM, "");
    Ok(done(xml))
}

/// EnableImageBlockPublicAccess.
pub(super) fn block_public(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let key = "ImageBlockPublicAccessState";
    request.required(key)?;
    word(&request.form, key, &["block-new-sharing"], "")?;
    request.perform(EnableImageBlockPublicAccess {}, &"".into())?;
    Ok(xml.text("imageBlockPublicAccessState", "block-new-sharing"))
}

/// DisableImageBlockPublicAccess.
pub(super) fn unblock_public(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    request.perform(DisableImageBlockPublicAccess {}, &"".into())?;
    Ok(xml.text("imageBlockPublicAccessState", "unblocked"))
}

/// GetImageBlockPublicAccessState.
pub(super) fn public_state(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let reply = request.perform(GetImageBlockPublicAccessState {}, &"".into())?;
    let state = reply.fields.iter().find_map(|field| match &field.expected {
        Expected::OneOf([word, ..]) => Some(*word),
        Expected::OneOf(_)
        | Expected::Account(_)
        | Expected::Text(_)
        | Expected::Flag(_)
        | Expected::Set(_)
        | Expected::AtMost(_)
        | Expected::Absent
        | Expected::Present => None,
    });
    let xml = xml.text("imageBlockPublicAccessState", state.unwrap_or("unblocked"));
    Ok(xml.text("managedBy", "account"))
}

fn unknown_attribute(attribute: &str) -> Failure {
    invalid(format!("Value ({attribute}) for parameter attribute is invalid. Unknown attribute."))
}

fn extend(permitted: &mut Permitted, more: Permitted) {
    permitted.all |= more.all;
    permitted.principals.extend(more.principals);
}

/// Returns the accounts and organizations of a list of launch permissions.
fn permitted(members: &[Form<'_>]) -> Permitted {
    let mut permitted = Permitted::default();
    for member in members {
        permitted.all |= member.value("Group") == Some("all");
        permitted.principals.extend(member.value("UserId").map(user));
        for key in ["OrganizationArn", "OrganizationalUnitArn"] {
            permitted.principals.extend(member.value(key).map(Principal::read));
        }
    }
    permitted
}

/// Returns the accounts and organizations of the older form of the request.
fn older_form(form: &Form<'_>) -> Permitted {
    let users = form.list("UserId").into_iter().map(user);
    let organizations = form.list("OrganizationArn").into_iter();
    let units = form.list("OrganizationalUnitArn").into_iter();
    let others = organizations.chain(units).map(Principal::read);
    Permitted {
        all: form.list("UserGroup").contains(&"all"),
        principals: users.chain(others).collect(),
    }
}

/// An account; anything else is in no accepted form.
fn user(text: &str) -> Principal {
    Account::from_id(text).map_or_else(|| Principal::Literal(text.into()), Principal::Account)
}

/// Keeps the ARNs of the organizations and units that a request names.
fn keep_arns(request: &mut Request<'_>, image: &Name) {
    let mut table = request.table(image, "arns");
    let form = &request.form;
    let mut arns = form.list("OrganizationArn");
    arns.extend(form.list("OrganizationalUnitArn"));
    for member in form.members("LaunchPermission.Add") {
        arns.extend(member.value("OrganizationArn"));
        arns.extend(member.value("OrganizationalUnitArn"));
    }
    for arn in arns {
        let id = arn.rsplit('/').next().unwrap_or(arn);
        table.insert(id.to_owned(), arn.to_owned());
    }
    request.keep_table(image, "arns", &table);
}

fn permissions(request: &Request<'_>, image: &Reference) -> Vec<LaunchPermission> {
    match image.name().and_then(|name| request.kind(name)) {
        Some(Kind::Image { permissions, .. }) => permissions.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

fn is_public(request: &Request<'_>, image: &Name) -> bool {
    let image = Reference::Named(image.clone());
    permissions(request, &image).contains(&LaunchPermission::All)
}

fn state(request: &Request<'_>, image: &Name) -> ImageState {
    let disabled = matches!(request.kind(image), Some(Kind::Image { disabled: true, .. }));
    if disabled { ImageState::Disabled } else { ImageState::Available }
}

/// Whether the time from which on an image is deprecated has come.
fn is_deprecated(request: &Request<'_>, image: &Name) -> bool {
    let from = request.state.attribute(image, DEPRECATED_FROM);
    // Both are written in the one form that sorts by time.
    !from.is_empty() && *from <= *request.now()
}

/// Writes the block devices of an image: the snapshot of the first is the one that the model knows.
fn write_storage(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let kept = request.state.attribute(&shown.name, MAPPINGS);
    let mut mappings: Vec<Mapping> = serde_json::from_str(kept).unwrap_or_default();
    if let Some(first) = mappings.iter_mut().find(|it| it.snapshot.is_some()) {
        first.snapshot = match request.kind(&shown.name) {
            Some(Kind::Image { storage: Storage::Snapshot(snapshot), .. }) => {
                Some(snapshot.to_string())
            }
            _ => None,
        };
    }
    set(xml, "blockDeviceMapping", mappings, |xml, mapping| mapping.write(xml))
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let state = state(request, &shown.name).word();
    let location = format!("{}/{}", shown.owner, attribute("name"));
    let xml = xml
        .text("imageId", shown.id())
        .text("imageLocation", &location)
        .text("imageState", state)
        .text("imageOwnerId", &shown.owner())
        .text("creationDate", attribute("created"))
        .text("isPublic", &is_public(request, &shown.name).to_string())
        .element("productCodes", |xml| xml)
        .text("architecture", attribute("architecture"))
        .text("imageType", "machine")
        .text("name", attribute("name"))
        .text("description", attribute("description"))
        .text("rootDeviceType", "ebs")
        .text("rootDeviceName", attribute("root"))
        .text("virtualizationType", "hvm")
        .text("hypervisor", "xen")
        .text("platformDetails", "Linux/UNIX")
        .text("usageOperation", "RunInstances");
    let xml = match attribute(DEPRECATED_FROM) {
        "" => xml,
        from => xml.text("deprecationTime", from),
    };
    let xml = write_storage(request, shown, xml);
    let xml = [ENA, SRIOV].into_iter().fold(xml, |xml, key| match attribute(key) {
        "" => xml,
        value => xml.text(key, value),
    });
    tags::write(request, shown, xml)
}
