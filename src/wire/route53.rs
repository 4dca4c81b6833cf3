//! The operations of Route 53, one file each.
//!
//! To add one, write its file and give it a line below.

use aws_sdk_route53::types::{Vpc, VpcRegion};
use bellwether_model::judge::Observation;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name};
use smol_str::SmolStr;

use super::Session;
use super::names::HOME;

operations_of! { "Route 53":
    associate_vpc_with_hosted_zone::AssociateVPCWithHostedZone,
    create_hosted_zone::CreateHostedZone,
    create_vpc_association_authorization::CreateVPCAssociationAuthorization,
    delete_hosted_zone::DeleteHostedZone,
    delete_vpc_association_authorization::DeleteVPCAssociationAuthorization,
    disassociate_vpc_from_hosted_zone::DisassociateVPCFromHostedZone,
    get_hosted_zone::GetHostedZone,
    list_hosted_zones::ListHostedZones,
    list_hosted_zones_by_vpc::ListHostedZonesByVPC,
    list_vpc_association_authorizations::ListVPCAssociationAuthorizations,
}

/// A VPC as the calls name it.
fn vpc(session: &Session, named: &Reference) -> Result<Vpc, Observation> {
    let id = session.names.sent(named)?;
    Ok(Vpc::builder().vpc_id(id).vpc_region(VpcRegion::from(HOME)).build())
}

/// The names of VPCs in an answer; the id where it is none of the scenario's.
fn vpc_names(session: &Session, vpcs: &[Vpc]) -> Vec<SmolStr> {
    let ids = vpcs.iter().filter_map(Vpc::vpc_id);
    ids.map(|id| session.names.name(id).map_or_else(|| id.into(), |name| name.as_str().into()))
        .collect()
}

/// Keeps the id of a zone that a call made; an answer may have it as a path.
fn keep_zone(session: &mut Session, made: &Name, id: Option<&str>) -> Result<(), Observation> {
    let id = id.and_then(|id| id.rsplit('/').next()).filter(|id| !id.is_empty());
    let nameless = || Observation::Malformed("a hosted zone was made without an id".to_owned());
    let id = id.ok_or_else(nameless)?;
    session.names.keep_with_arn(made, id, &format!("arn:aws:route53:::hostedzone/{id}"));
    Ok(())
}
