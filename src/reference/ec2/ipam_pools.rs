//! IPAM and its pools, as far as they are made, shared and allocated from.

use bellwether_model::answer::Decision;
use bellwether_model::operations::ec2::{
    AllocateIpamPoolCidr, CreateIpamPool, DeleteIpamPool, DescribeIpamPools,
    EnableIpamOrganizationAdminAccount, GetIpamPoolAllocations, ReleaseIpamPoolAllocation,
};
use bellwether_model::parameters::Reference;
use bellwether_model::resources::ipam_pool::PLAIN;
use bellwether_model::world::Kind;
use bellwether_model::{Call, Name};

use super::blocks::Block;
use super::listing::Listing;
use super::{Request, Shown, invalid, refusals, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "ipamPoolSet", item: write };

static ALLOCATIONS: Listing = Listing { set: "ipamPoolAllocationSet", item: write_allocation };

/// EnableIpamOrganizationAdminAccount.
pub(super) fn delegate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let delegate = request.required("DelegatedAdminAccountId")?.into();
    let call = EnableIpamOrganizationAdminAccount { delegated_admin_account_id: delegate };
    request.perform(call, &"".into())?;
    Ok(xml.text("success", "true"))
}

/// CreateIpam: its scopes are told apart from others' by nothing but their ids.
pub(super) fn create_ipam(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    request.unless_tried()?;
    let [ipam, private, public] =
        ["ipam", "ipam-scope", "ipam-scope"].map(|prefix| request.new_id(prefix));
    let owner = request.caller.to_string();
    let regions = request.form.members("OperatingRegion");
    let regions = regions.iter().filter_map(|it| it.value("RegionName"));
    let regions: Vec<&str> = regions.collect();
    Ok(xml.element("ipam", |xml| {
        xml.text("ipamId", ipam.as_str())
            .text("ownerId", &owner)
            .text("ipamArn", &format!("arn:aws:ec2::{owner}:ipam/{ipam}"))
            .text("ipamRegion", &request.state.region)
            .text("privateDefaultScopeId", private.as_str())
            .text("publicDefaultScopeId", public.as_str())
            .text("scopeCount", "2")
            .element("operatingRegionSet", |xml| {
                let region =
                    |xml: Xml, name| xml.element("item", |xml| xml.text("regionName", name));
                regions.into_iter().fold(xml, region)
            })
            .text("state", "create-complete")
    }))
}

/// CreateIpamPool.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let scope = request.required("IpamScopeId")?;
    let family = request.required("AddressFamily")?;
    let name = request.new_id("ipam-pool");
    let reply = request.perform(CreateIpamPool {}, &name)?;
    request.state.keep(&name, "scope", scope);
    request.state.keep(&name, "family", family);
    let locale = request.form.value("Locale").unwrap_or("None");
    request.state.keep(&name, "locale", locale);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("ipamPool", |xml| write(request, &shown, xml)))
}

/// ProvisionIpamPoolCidr.
pub(super) fn provision(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let block = block_of_own(request)?;
    if let Reference::Named(name) = request.named("IpamPoolId")? {
        request.state.keep(&name, "block", block.to_string());
    }
    Ok(write_block(xml, &block.to_string(), "provisioned"))
}

/// DeprovisionIpamPoolCidr: refused while something is allocated from the pool.
pub(super) fn deprovision(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let block = block_of_own(request)?;
    if let Reference::Named(name) = request.named("IpamPoolId")? {
        if request.state.world.allocated_from(&name).any(|(_, it)| !it.deleted) {
            let message = "The CIDR has one or more allocations.";
            return Err(Failure::new("IncorrectState", message));
        }
        request.state.keep(&name, "block", "");
    }
    Ok(write_block(xml, &block.to_string(), "deprovisioned"))
}

/// The block that a request names, for a pool of the caller's own.
fn block_of_own(request: &mut Request<'_>) -> Result<Block, Failure> {
    let block = Block::read(request.required("Cidr")?)?;
    let named = request.named("IpamPoolId")?;
    let ipam_pool_ids = vec![named.clone()];
    request.perform(DescribeIpamPools { ipam_pool_ids }, &"".into())?;
    if request.owns(&named) {
        return Ok(block);
    }
    let message = refusals::not_owned(request.action);
    let failure = Failure::new("UnauthorizedOperation", message);
    Err(failure.with_status(http::StatusCode::FORBIDDEN))
}

fn write_block(xml: Xml, block: &str, state: &str) -> Xml {
    xml.element("ipamPoolCidr", |xml| xml.text("cidr", block).text("state", state))
}

/// DeleteIpamPool.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ipam_pool_id = request.named("IpamPoolId")?;
    let name = Name::new(request.form.mentioned("IpamPoolId"));
    let reply = request.perform(DeleteIpamPool { ipam_pool_id }, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some("delete-in-progress");
    Ok(xml.element("ipamPool", |xml| write(request, &shown, xml)))
}

/// DescribeIpamPools.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ipam_pool_ids = request.all_named("IpamPoolId");
    let reply = request.perform(DescribeIpamPools { ipam_pool_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// AllocateIpamPoolCidr; a preview is decided like any other, and changes nothing.
pub(super) fn allocate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let call = AllocateIpamPoolCidr { ipam_pool_id: request.named("IpamPoolId")? };
    let block = free_block(request, "IpamPoolId", "NetmaskLength")?;
    if request.form.value("PreviewNextCidr") == Some("true") {
        if let Decision::Refused(refusal) =
            Call::from(call).check(&request.state.world, request.caller)
        {
            return Err(refusals::failure(request, &refusal));
        }
        return Ok(xml.element("ipamPoolAllocation", |xml| {
            xml.text("cidr", &block).text("resourceType", "custom")
        }));
    }
    let name = request.new_id("ipam-pool-alloc");
    let reply = request.perform(call, &name)?;
    request.state.keep(&name, "block", block);
    let shown = request.made(name, &reply);
    Ok(xml.element("ipamPoolAllocation", |xml| write_allocation(request, &shown, xml)))
}

/// ReleaseIpamPoolAllocation.
pub(super) fn release(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ipam_pool_id = request.named("IpamPoolId")?;
    let ipam_pool_allocation_id = request.named("IpamPoolAllocationId")?;
    request.required("Cidr")?;
    let call = ReleaseIpamPoolAllocation { ipam_pool_id, ipam_pool_allocation_id };
    request.perform(call, &"".into())?;
    Ok(xml.text("success", "true"))
}

/// GetIpamPoolAllocations.
pub(super) fn allocations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ipam_pool_id = request.named("IpamPoolId")?;
    let reply = request.perform(GetIpamPoolAllocations { ipam_pool_id }, &"".into())?;
    let mut items = request.listed(&reply);
    if let Some(id) = request.form.value("IpamPoolAllocationId") {
        items.retain(|shown| allocation_id(request, shown) == id);
    }
    ALLOCATIONS.write(request, items, xml)
}

/// The next free block of the pool that a parameter names, of the size that another says. There is none
/// of a pool that never was.
///
/// # Errors
///
/// The pool has no room.
pub(super) fn free_block(
    request: &Request<'_>,
    pool: &str,
    netmask: &str,
) -> Result<String, Failure> {
    let bits = request
        .required(netmask)?
        .parse()
        .map_err(|_| invalid(format!("The parameter {netmask} has to be a number.")))?;
    let pool = Name::new(request.form.mentioned(pool));
    if !request.state.world.resources.contains_key(&pool) {
        return Ok(String::new());
    }
    let read = |name: &Name| Block::read(request.state.attribute(name, "block")).ok();
    let living = request.state.world.allocated_from(&pool).filter(|(_, it)| !it.deleted);
    let taken: Vec<_> = living.filter_map(|(name, _)| read(name)).collect();
    let free = read(&pool).and_then(|block| block.first_free(bits, &taken));
    let full = || {
        let message = "The pool has no free block of addresses of this size.";
        Failure::new("InsufficientCidrBlocks", message)
    };
    free.map(|block| block.to_string()).ok_or_else(full)
}

fn write_allocation(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("cidr", request.state.attribute(&shown.name, "block"))
        .text("resourceRegion", &request.state.region)
        .text("resourceOwner", &shown.owner());
    let xml = xml.text("ipamPoolAllocationId", &allocation_id(request, shown));
    if let Some(Kind::Vpc) = request.kind(&shown.name) {
        xml.text("resourceId", shown.id()).text("resourceType", "vpc")
    } else {
        xml.text("resourceType", "custom")
    }
}

/// The id of an allocation; that of a VPC is made of the VPC's.
fn allocation_id(request: &Request<'_>, shown: &Shown) -> String {
    match request.kind(&shown.name) {
        Some(Kind::Vpc) => shown.id().replace("vpc-", "ipam-pool-alloc-"),
        _ => shown.id().to_owned(),
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let owner = shown.owner();
    let scope = format!("arn:aws:ec2::{owner}:ipam-scope/{}", attribute("scope"));
    let xml = xml
        .text("ownerId", &owner)
        .text("ipamPoolId", shown.id())
        .text(
            "ipamPoolArn",
            &format!("arn:aws:ec2::{owner}:{}/{}", PLAIN.kind.arn_part, shown.id()),
        )
        .text("ipamScopeArn", &scope)
        .text("ipamScopeType", "private")
        .text("locale", attribute("locale"))
        .text("poolDepth", "1")
        .text("state", shown.state.unwrap_or("create-complete"))
        .text("addressFamily", attribute("family"));
    tags::write(request, shown, xml)
}
