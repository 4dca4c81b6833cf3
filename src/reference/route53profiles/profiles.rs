//! Profiles and their associations with VPCs.

use bellwether_model::operations::route53profiles::{
    AssociateProfile, CreateProfile, DeleteProfile, DisassociateProfile, GetProfile,
    ListProfileAssociations, ListProfiles,
};
use bellwether_model::resources::profile::DNS;
use serde_json::{Map, Value, json};

use super::PAGES;
use crate::reference::dns::{Association, Request, put};
use crate::reference::json::Failure;

/// The attributes that are kept of one.
const KEPT: &[&str] = &["ClientToken", "Name"];

pub(super) fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("Name")?;
    let (made, reply) = request.answer(CreateProfile {}, DNS.id_prefix)?;
    request.keep(&made, &["ClientToken", "Name"]);
    Ok(json!({ "Profile": request.shown(&made, KEPT, &reply.fields) }))
}

pub(super) fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ProfileId")?;
    let (_, reply) = request.answer(GetProfile { profile_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &reply.fields));
    Ok(json!({ "Profile": shown }))
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListProfiles {}, "")?;
    let rows = request.listed(&reply, |request, name, fields| request.shown(name, KEPT, fields));
    PAGES.answer("ListProfiles", &request.input, "ProfileSummaries", rows)
}

pub(super) fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.resource("ProfileId")?;
    request.answer(DeleteProfile { profile_id: named.clone() }, "")?;
    let shown = named.name().map(|name| request.shown(name, KEPT, &[]));
    Ok(json!({ "Profile": shown }))
}

pub(super) fn associate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (profile_id, resource_id) =
        (request.resource("ProfileId")?, request.resource("ResourceId")?);
    let call = AssociateProfile { profile_id, resource_id };
    let (made, _) = request.answer(call, "rpassoc-")?;
    request.keep(&made, &["Name"]);
    Ok(json!({ "ProfileAssociation": request.association(&made, shown) }))
}

pub(super) fn disassociate(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (profile_id, resource_id) =
        (request.resource("ProfileId")?, request.resource("ResourceId")?);
    let used = request.used(&DNS, &profile_id, &resource_id);
    request.answer(DisassociateProfile { profile_id, resource_id }, "")?;
    let ended = used.and_then(|name| request.association(&name, shown));
    Ok(json!({ "ProfileAssociation": ended }))
}

pub(super) fn list_associations(request: &mut Request<'_>) -> Result<Value, Failure> {
    let (_, reply) = request.answer(ListProfileAssociations {}, "")?;
    let mut rows = request.associations(&reply, shown);
    for (member, compared) in [("profileId", "ProfileId"), ("resourceId", "ResourceId")] {
        let asked = &request.input[member];
        rows.retain(|row| asked.is_null() || row[compared] == *asked);
    }
    PAGES.answer("ListProfileAssociations", &request.input, "ProfileAssociations", rows)
}

fn shown(_request: &Request<'_>, association: &Association<'_>) -> Map<String, Value> {
    let mut shown = Map::new();
    put(&mut shown, "Id", association.name.as_str());
    put(&mut shown, "OwnerId", association.resource.owner.to_string());
    put(&mut shown, "ProfileId", association.of.as_str());
    put(&mut shown, "ResourceId", association.vpc.as_str());
    put(&mut shown, "Status", association.status("COMPLETE"));
    shown
}
