//! VPCs.

use bellwether_model::operations::ec2::{CreateVpc, DeleteVpc, DescribeVpcs};
use bellwether_model::parameters::Reference;

use super::attributes::{truth, word};
use super::beside::{DEFAULT_ACL, MAIN_TABLE};
use super::blocks::Block;
use super::listing::Listing;
use super::{Request, Shown, done, ipam_pools, missing, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "vpcSet", item: write };

/// The parameter that names an IPAM pool.
const POOL: &str = "Ipv4IpamPoolId";

/// The attributes of a VPC that can be modified: the parameter, the attribute as it is described, and its
/// value in a new VPC.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html>
static ATTRIBUTES: [(&str, &str, bool); 3] = [
    ("EnableDnsSupport", "enableDnsSupport", true),
    ("EnableDnsHostnames", "enableDnsHostnames", false),
    ("EnableNetworkAddressUsageMetrics", "enableNetworkAddressUsageMetrics", false),
];

/// CreateVpc: with a main route table, a default network ACL and a default security group.
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
    let tenancy = word(&request.form, "InstanceTenancy", &["default", "dedicated"], "default")?;
    let name = request.new_id("vpc");
    let reply = request.perform(CreateVpc { ipv4_ipam_pool_id }, &name)?;
    request.state.keep(&name, "block", block.to_string());
    request.state.keep(&name, "tenancy", tenancy);
    for (key, prefix) in [("default-group", "sg"), (MAIN_TABLE, "rtb"), (DEFAULT_ACL, "acl")] {
        let part = request.new_id(prefix);
        request.state.keep(&name, key, part.as_str());
        request.state.keep(&part, "vpc", name.as_str());
    }
    let group = request.state.attribute(&name, "default-group").into();
    request.state.keep(&group, "name", "default");
    request.state.keep(&group, "description", "default VPC security group");
    tags::keep_specified(request, &name);
    let mut shown = request.made(name, &reply);
    shown.state = Some("pending");
    // Only here the blocks of IPv6 are said to be none.
    let made = |xml| {
        let xml = write(request, &shown, xml);
        xml.element("ipv6CidrBlockAssociationSet", |xml| xml)
    };
    Ok(xml.element("vpc", made))
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

/// DescribeVpcAttribute.
pub(super) fn describe_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_ids = vec![request.named("VpcId")?];
    request.required("Attribute")?;
    let words: Vec<_> = ATTRIBUTES.iter().map(|(_, described, _)| *described).collect();
    let attribute = word(&request.form, "Attribute", &words, "")?;
    request.perform(DescribeVpcs { vpc_ids }, &"".into())?;
    let vpc = request.form.mentioned("VpcId");
    let known = ATTRIBUTES.iter().find(|(_, described, _)| *described == attribute);
    let value = known.is_some_and(|known| attribute_of(request, vpc, *known));
    let xml = xml.text("vpcId", vpc);
    Ok(xml.element(attribute, |xml| xml.text("value", &value.to_string())))
}

/// The value of an attribute of a VPC.
fn attribute_of(
    request: &Request<'_>,
    vpc: &str,
    (parameter, _, plain): (&'static str, &str, bool),
) -> bool {
    request.state.attribute(&vpc.into(), parameter).parse().unwrap_or(plain)
}

/// ModifyVpcAttribute: one attribute for each request.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let mut changes = Vec::new();
    for known in ATTRIBUTES {
        let value = truth(&request.form, &format!("{}.Value", known.0))?;
        changes.extend(value.map(|value| (known, value)));
    }
    request.require_own(&vpc_id, DescribeVpcs { vpc_ids: vec![vpc_id.clone()] })?;
    let [(known, value)] = changes[..] else {
        return Err(if changes.is_empty() {
            missing("EnableDnsSupport")
        } else {
            let message = "Only one attribute of a VPC can be modified by a request.";
            Failure::new("InvalidParameterCombination", message)
        });
    };
    let vpc = request.form.mentioned("VpcId");
    let [support, hostnames, _] = ATTRIBUTES;
    if known == hostnames && value && !attribute_of(request, vpc, support) {
        let message = "DNS hostnames can only be enabled where DNS support is enabled.";
        return Err(Failure::new("InvalidParameterCombination", message));
    }
    request.state.keep(&vpc.into(), known.0, value.to_string());
    Ok(done(xml))
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let block = request.state.attribute(&shown.name, "block");
    let association = shown.id().replace("vpc-", "vpc-cidr-assoc-");
    let xml = xml
        .text("vpcId", shown.id())
        .text("ownerId", &shown.owner())
        .text("state", shown.state.unwrap_or("available"))
        .text("cidrBlock", block)
        .text("dhcpOptionsId", "default")
        .text("instanceTenancy", request.state.attribute(&shown.name, "tenancy"))
        .text("isDefault", "false");
    let xml = set(xml, "cidrBlockAssociationSet", [block], |xml, block| {
        xml.text("cidrBlock", block)
            .text("associationId", &association)
            .element("cidrBlockState", |xml| xml.text("state", "associated"))
    });
    tags::write(request, shown, xml)
}
