//! VPC endpoints: of the gateway type, without routes.

use bellwether_model::operations::ec2::{
    CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints,
};

use super::listing::Listing;
use super::{Request, Shown, invalid, missing, tags, write_unsuccessful};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "vpcEndpointSet", item: write };

/// CreateVpcEndpoint: those of other types are not served.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let service = request.required("ServiceName")?.to_owned();
    let asked = request.form.value("VpcEndpointType").unwrap_or("Gateway");
    if asked != "Gateway" {
        return Err(invalid(format!("VPC endpoints of the type {asked} are not served")));
    }
    let name = request.new_id("vpce");
    let reply = request.perform(CreateVpcEndpoint { vpc_id }, &name)?;
    request.state.keep(&name, "service", service);
    let now = request.now();
    request.state.keep(&name, "created", now);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("vpcEndpoint", |xml| write(request, &shown, xml)))
}

/// DeleteVpcEndpoints: each endpoint that can't be deleted is named in an answer that is a success.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ids = request.form.list("VpcEndpointId");
    if ids.is_empty() {
        return Err(missing("VpcEndpointId"));
    }
    let mut failed = Vec::new();
    for id in ids {
        let call = DeleteVpcEndpoints { vpc_endpoint_id: request.reference(id) };
        match request.perform(call, &"".into()) {
            Ok(_) => {}
            Err(failure) if failure.code == "DryRunOperation" => return Err(failure),
            Err(failure) => failed.push((id, failure.code.to_owned(), failure.message)),
        }
    }
    Ok(write_unsuccessful(xml, failed))
}

/// DescribeVpcEndpoints.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_endpoint_ids = request.all_named("VpcEndpointId");
    let reply = request.perform(DescribeVpcEndpoints { vpc_endpoint_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("vpcEndpointId", shown.id())
        .text("vpcEndpointType", "Gateway")
        .text("vpcId", request.parent(&shown.name))
        .text("serviceName", request.state.attribute(&shown.name, "service"))
        .text("state", "available")
        .text("ownerId", &shown.owner())
        .text("privateDnsEnabled", "false")
        .text("requesterManaged", "false")
        .text("creationTimestamp", request.state.attribute(&shown.name, "created"));
    let empty = ["routeTableIdSet", "subnetIdSet", "groupSet", "networkInterfaceIdSet"];
    let xml = empty.into_iter().fold(xml, |xml, name| xml.element(name, |xml| xml));
    tags::write(request, shown, xml)
}
