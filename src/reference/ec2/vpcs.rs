//! VPCs.

use bellwether_model::operations::ec2::{CreateVpc, DeleteVpc, DescribeVpcs};
use bellwether_model::parameters::Reference;

use super::blocks::Block;
use super::listing::Listing;
use super::{Request, Shown, done, invalid, ipam_pools, refusals, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "vpcSet", item: write };

/// The parameter that names an IPAM pool.
const POOL: &str = "Ipv4IpamPoolId";

/// CreateVpc.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ipv4_ipam_pool_id = request.form.value(POOL).map(|id| request.reference(id));
    let block = match &ipv4_ipam_pool_id {
        Some(Reference::Named(_)) => {
            Block::read(&ipam_pools::free_block(request, POOL, "Ipv4NetmaskLength")?)?
        }
        Some(Reference::Literal(_)) => Block::read("10.0.0.0/16")?,
        None => Block::read(request.required("CidrBlock")?)?,
    };
    if !block.is_of_allowed_size() {
        let message = format!("The CIDR '{block}' is invalid.");
        return Err(Failure::new("InvalidVpc.Range", message));
    }
    let name = request.new_id("vpc");
    let reply = request.perform(CreateVpc { ipv4_ipam_pool_id }, &name)?;
    let group = request.new_id("sg");
    request.state.keep(&name, "block", block.to_string());
    request.state.keep(&name, "default-group", group.as_str());
    request.state.keep(&group, "vpc", name.as_str());
    request.state.keep(&group, "name", "default");
    request.state.keep(&group, "description", "default VPC security group");
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("vpc", |xml| write(request, &shown, xml)))
}

/// DeleteVpc.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    request.perform(DeleteVpc { vpc_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeVpcs.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_ids = request.all_named("VpcId");
    let reply = request.perform(DescribeVpcs { vpc_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// DescribeVpcAttribute: the attributes of an unchanged VPC.
pub(super) fn describe_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_ids = vec![request.named("VpcId")?];
    let attribute = request.required("Attribute")?;
    request.perform(DescribeVpcs { vpc_ids }, &"".into())?;
    let value = match attribute {
        "enableDnsSupport" => "true",
        "enableDnsHostnames" | "enableNetworkAddressUsageMetrics" => "false",
        _ => {
            return Err(invalid(format!(
                "Value ({attribute}) for parameter attribute is invalid."
            )));
        }
    };
    let xml = xml.text("vpcId", request.form.mentioned("VpcId"));
    Ok(xml.element(attribute, |xml| xml.text("value", value)))
}

/// ModifyVpcAttribute: for the owner alone, and without consequences.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    own(request, "VpcId", |request| {
        request.perform(DescribeVpcs { vpc_ids: vec![vpc_id] }, &"".into())
    })?;
    Ok(done(xml))
}

/// Requires that what a parameter names is there for the caller, and its own.
fn own<T>(
    request: &mut Request<'_>,
    key: &str,
    see: impl FnOnce(&mut Request<'_>) -> Result<T, Failure>,
) -> Result<(), Failure> {
    see(request)?;
    if request.owns(&request.named(key)?) {
        return Ok(());
    }
    let message = refusals::not_owned(request.action);
    let failure = Failure::new("UnauthorizedOperation", message);
    Err(failure.with_status(http::StatusCode::FORBIDDEN))
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let block = request.state.attribute(&shown.name, "block");
    let association = shown.id().replace("vpc-", "vpc-cidr-assoc-");
    let xml = xml
        .text("vpcId", shown.id())
        .text("ownerId", &shown.owner())
        .text("state", "available")
        .text("cidrBlock", block)
        .text("dhcpOptionsId", "default")
        .text("instanceTenancy", "default")
        .text("isDefault", "false");
    let xml = set(xml, "cidrBlockAssociationSet", [block], |xml, block| {
        xml.text("cidrBlock", block)
            .text("associationId", &association)
            .element("cidrBlockState", |xml| xml.text("state", "associated"))
    });
    tags::write(request, shown, xml)
}
