//! Managed prefix lists.

use bellwether_model::Name;
use bellwether_model::answer::Reply;
use bellwether_model::operations::ec2::{
    CreateManagedPrefixList, DeleteManagedPrefixList, DescribeManagedPrefixLists,
    GetManagedPrefixListAssociations, GetManagedPrefixListEntries, ModifyManagedPrefixList,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;
use smol_str::SmolStr;

use super::listing::{self, Listing};
use super::{Request, Shown, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "prefixListSet", item: write };

/// CreateManagedPrefixList.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let list_name = request.required("PrefixListName")?;
    let most = request.required("MaxEntries")?;
    let family = request.required("AddressFamily")?;
    let entries = blocks(request, "Entry");
    let name = request.new_id("pl");
    let reply = request.perform(CreateManagedPrefixList { entries }, &name)?;
    request.state.keep(&name, "name", list_name);
    request.state.keep(&name, "most", most);
    request.state.keep(&name, "family", family);
    keep_descriptions(request, &name, "Entry");
    tags::keep_specified(request, &name);
    let mut shown = request.made(name, &reply);
    shown.state = Some("create-complete");
    Ok(xml.element("prefixList", |xml| write(request, &shown, xml)))
}

/// ModifyManagedPrefixList.
pub(super) fn modify(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    require_current(request, &prefix_list_id)?;
    let name = Name::new(request.form.mentioned("PrefixListId"));
    let call = ModifyManagedPrefixList {
        prefix_list_id,
        add_entries: blocks(request, "AddEntry"),
        remove_entries: blocks(request, "RemoveEntry"),
    };
    let reply = request.perform(call, &name)?;
    keep_descriptions(request, &name, "AddEntry");
    for (parameter, kept) in [("PrefixListName", "name"), ("MaxEntries", "most")] {
        if let Some(value) = request.form.value(parameter) {
            request.state.keep(&name, kept, value);
        }
    }
    let mut shown = request.made(name, &reply);
    shown.state = Some("modify-complete");
    Ok(xml.element("prefixList", |xml| write(request, &shown, xml)))
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

/// GetManagedPrefixListEntries.
pub(super) fn entries(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let prefix_list_id = request.named("PrefixListId")?;
    let name = Name::new(request.form.mentioned("PrefixListId"));
    let reply = request.perform(GetManagedPrefixListEntries { prefix_list_id }, &"".into())?;
    let descriptions = request.table(&name, "descriptions");
    let item = |block: &SmolStr, xml: Xml| {
        let xml = xml.text("cidr", block);
        match descriptions.get(block.as_str()) {
            Some(description) => xml.text("description", description),
            None => xml,
        }
    };
    listing::write(request, "entrySet", listed(&reply), item, xml)
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

/// The blocks that a list of entries names.
fn blocks(request: &Request<'_>, list: &str) -> Vec<SmolStr> {
    let members = request.form.members(list);
    let blocks = members.iter().filter_map(|entry| entry.value("Cidr"));
    blocks.map(SmolStr::new).collect()
}

fn keep_descriptions(request: &mut Request<'_>, name: &Name, list: &str) {
    let mut table = request.table(name, "descriptions");
    for entry in request.form.members(list) {
        if let (Some(block), Some(text)) = (entry.value("Cidr"), entry.value("Description")) {
            table.insert(block.to_owned(), text.to_owned());
        }
    }
    request.keep_table(name, "descriptions", &table);
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
