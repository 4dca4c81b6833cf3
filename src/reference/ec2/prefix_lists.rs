//! Managed prefix lists.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use bellwether_model::Name;
use bellwether_model::answer::Reply;
use bellwether_model::operations::ec2::{
    CreateManagedPrefixList, DeleteManagedPrefixList, DescribeManagedPrefixLists,
    GetManagedPrefixListAssociations, GetManagedPrefixListEntries, ModifyManagedPrefixList,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::{Kind, Resource};
use ipnet::IpNet;
use smol_str::SmolStr;

use super::attributes::{not_taken, number, word};
use super::blocks::network;
use super::listing::{self, Listing};
use super::{Request, Shown, invalid, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The sizes that a list may have.
const ENTRIES: RangeInclusive<u32> = 1..=1000;
/// The attribute that keeps the entries of each version.
const VERSIONS: &str = "versions";

static LISTING: Listing = Listing { set: "prefixListSet", item: write };

/// CreateManagedPrefixList.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let list_name = request.required("PrefixListName")?;
    require_own_name(list_name)?;
    request.required("MaxEntries")?;
    let most = number(&request.form, "MaxEntries", ENTRIES)?.unwrap_or_default();
    request.required("AddressFamily")?;
    let family = word(&request.form, "AddressFamily", &["IPv4", "IPv6"], "")?;
    let entries = blocks(request, "Entry", family)?;
    require_room(entries.len(), most)?;
    let name = request.new_id("pl");
    let reply = request.perform(CreateManagedPrefixList { entries: entries.clone() }, &name)?;
    // To the model a list for which no entries are named has one; here it has none.
    if entries.is_empty()
        && let Some(Resource { kind: Kind::PrefixList { entries, .. }, .. }) =
            request.state.world.resources.get_mut(&name)
    {
        entries.clear();
    }
    request.state.keep(&name, "name", list_name);
    request.state.keep(&name, "most", most.to_string());
    request.state.keep(&name, "family", family);
    keep_version(request, &name, "Entry");
    tags::keep_specified(request, &name);
    let mut shown = request.made(name, &reply);
    shown.state = Some("create-complete");
    Ok(xml.element("prefixList", |xml| write(request, &shown, xml)))
}

/// ModifyManagedPrefixList: the entries, or the size, and the name.
pub(super) fn modify(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    require_current(request, &prefix_list_id)?;
    let name = Name::new(request.form.mentioned("PrefixListId"));
    let family = request.state.attribute(&name, "family").to_owned();
    let add_entries = blocks(request, "AddEntry", &family)?;
    let remove_entries = blocks(request, "RemoveEntry", &family)?;
    let most = number(&request.form, "MaxEntries", ENTRIES)?;
    let list_name = request.form.value("PrefixListName");
    list_name.map_or(Ok(()), require_own_name)?;
    let changes = !add_entries.is_empty() || !remove_entries.is_empty();
    if changes && most.is_some() {
        let message =
            "You cannot modify the entries of a prefix list and its size at the same time.";
        return Err(Failure::new("InvalidParameterCombination", message));
    }
    if request.owns(&prefix_list_id) {
        let kept: u32 = request.state.attribute(&name, "most").parse().unwrap_or(u32::MAX);
        let mut entries = entries_of(request, &name);
        entries.retain(|block| !remove_entries.contains(block));
        entries.extend(add_entries.iter().cloned());
        require_room(entries.len(), most.unwrap_or(kept))?;
    }
    let call = ModifyManagedPrefixList { prefix_list_id, add_entries, remove_entries };
    let reply = request.perform(call, &name)?;
    if changes {
        keep_version(request, &name, "AddEntry");
    }
    if let Some(list_name) = list_name {
        request.state.keep(&name, "name", list_name);
    }
    if let Some(most) = most {
        request.state.keep(&name, "most", most.to_string());
    }
    let mut shown = request.made(name, &reply);
    shown.state = Some("modify-complete");
    Ok(xml.element("prefixList", |xml| write(request, &shown, xml)))
}

/// Requires that a name is none of those that AWS keeps for its own lists.
fn require_own_name(name: &str) -> Result<(), Failure> {
    if name.len() <= 255 && !name.starts_with("com.amazonaws") {
        return Ok(());
    }
    let expected = "Expecting at most 255 characters that do not begin with com.amazonaws.";
    Err(not_taken("PrefixListName", name, expected))
}

/// Requires that a list has room for its entries.
fn require_room(entries: usize, most: u32) -> Result<(), Failure> {
    if u32::try_from(entries).is_ok_and(|entries| entries <= most) {
        return Ok(());
    }
    let message =
        format!("You have reached the maximum number of {most} entries of the prefix list.");
    Err(Failure::new("PrefixListMaxEntriesExceeded", message))
}

/// Requires that a change is made to the version that its owner sees.
fn require_current(request: &Request<'_>, named: &Reference) -> Result<(), Failure> {
    let version = named.name().map(|name| version(request, name));
    let given = request.form.value("CurrentVersion");
    if !request.owns(named) || given.is_none() || given == version.as_deref() {
        return Ok(());
    }
    let message = "The prefix list has the incorrect version number.";
    Err(Failure::new("PrefixListVersionMismatch", message))
}

/// DeleteManagedPrefixList.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    let name = Name::new(request.form.mentioned("PrefixListId"));
    let reply = request.perform(DeleteManagedPrefixList { prefix_list_id }, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some("delete-in-progress");
    Ok(xml.element("prefixList", |xml| write(request, &shown, xml)))
}

/// DescribeManagedPrefixLists.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_ids = request.all_named("PrefixListId");
    let reply = request.perform(DescribeManagedPrefixLists { prefix_list_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// GetManagedPrefixListEntries: those of a version, the current one if none is named.
pub(super) fn entries(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    let name = Name::new(request.form.mentioned("PrefixListId"));
    let reply = request.perform(GetManagedPrefixListEntries { prefix_list_id }, &"".into())?;
    let current = version(request, &name);
    let target = request.form.value("TargetVersion");
    let asked = target.unwrap_or(&current);
    let kept = request.table(&name, VERSIONS);
    if target.is_some() && !kept.contains_key(asked) {
        return Err(invalid(format!("The prefix list '{name}' has no version {asked}.")));
    }
    let described = kept.get(asked).map(|kept| described_entries(kept)).unwrap_or_default();
    let blocks: Vec<SmolStr> = if asked == current {
        listed(&reply)
    } else {
        described.keys().map(SmolStr::new).collect()
    };
    let item = |block: &SmolStr, xml: Xml| {
        let xml = xml.text("cidr", block);
        match described.get(block.as_str()).filter(|it| !it.is_empty()) {
            Some(description) => xml.text("description", description),
            None => xml,
        }
    };
    listing::write(request, "entrySet", blocks, item, xml)
}

/// GetManagedPrefixListAssociations.
pub(super) fn associations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    let call = GetManagedPrefixListAssociations { prefix_list_id };
    let reply = request.perform(call, &"".into())?;
    let item = |shown: &Shown, xml: Xml| {
        xml.text("resourceId", shown.id()).text("resourceOwner", &shown.owner())
    };
    listing::write(request, "prefixListAssociationSet", request.listed(&reply), item, xml)
}

/// The blocks that a reply lists.
fn listed(reply: &Reply) -> Vec<SmolStr> {
    let sets = reply.fields.iter().filter_map(|field| field.expected.texts());
    sets.flatten().cloned().collect()
}

/// The blocks that a list of entries names, each in the form in which AWS keeps it.
fn blocks(request: &Request<'_>, list: &str, family: &str) -> Result<Vec<SmolStr>, Failure> {
    let mut blocks = Vec::new();
    for entry in request.form.members(list) {
        let text = entry.value("Cidr").unwrap_or_default();
        let block = network(text)?;
        let expected = if matches!(block, IpNet::V4(_)) { "IPv4" } else { "IPv6" };
        // The family of a list that is not there is not known.
        if !family.is_empty() && family != expected {
            return Err(not_taken("Cidr", text, &format!("The address family is {family}.")));
        }
        let block: SmolStr = block.to_string().into();
        if blocks.contains(&block) {
            return Err(not_taken("Cidr", text, "It is there twice."));
        }
        blocks.push(block);
    }
    Ok(blocks)
}

/// The entries of a list.
fn entries_of(request: &Request<'_>, name: &Name) -> BTreeSet<SmolStr> {
    match request.kind(name) {
        Some(Kind::PrefixList { entries, .. }) => entries.clone(),
        _ => BTreeSet::new(),
    }
}

/// Keeps the entries that a list has now as those of its version, with their descriptions: those of the
/// request, and those of the version before.
fn keep_version(request: &mut Request<'_>, name: &Name, list: &str) {
    let mut versions = request.table(name, VERSIONS);
    let newest = versions.iter().max_by_key(|(version, _)| version.parse::<u32>().unwrap_or(0));
    let before = newest.map(|(_, kept)| described_entries(kept)).unwrap_or_default();
    let mut given = BTreeMap::new();
    for entry in request.form.members(list) {
        let block = network(entry.value("Cidr").unwrap_or_default()).map(|it| it.to_string());
        let text = entry.value("Description").unwrap_or_default();
        given.extend(block.map(|block| (block, text.to_owned())));
    }
    let entries = entries_of(request, name).into_iter().map(|block| {
        let block = block.to_string();
        let text = given.get(&block).or_else(|| before.get(&block)).cloned();
        (block, text.unwrap_or_default())
    });
    let entries: BTreeMap<String, String> = entries.collect();
    let text = serde_json::to_string(&entries).unwrap_or_default();
    versions.insert(version(request, name), text);
    request.keep_table(name, VERSIONS, &versions);
}

/// The entries of a version, with their descriptions.
fn described_entries(kept: &str) -> BTreeMap<String, String> {
    serde_json::from_str(kept).unwrap_or_default()
}

fn version(request: &Request<'_>, name: &Name) -> String {
    match request.kind(name) {
        Some(Kind::PrefixList { version, .. }) => version.to_string(),
        _ => String::new(),
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let version = version(request, &shown.name);
    let kept = match request.kind(&shown.name) {
        Some(Kind::PrefixList { delete_failed: true, .. }) => "delete-failed",
        _ if version == "1" => "create-complete",
        _ => "modify-complete",
    };
    let xml = xml
        .text("prefixListId", shown.id())
        .text("addressFamily", attribute("family"))
        .text("state", shown.state.unwrap_or(kept))
        .text("prefixListArn", &request.arn(shown, "prefix-list"))
        .text("prefixListName", attribute("name"))
        .text("maxEntries", attribute("most"))
        .text("version", &version)
        .text("ownerId", &shown.owner());
    tags::write(request, shown, xml)
}
