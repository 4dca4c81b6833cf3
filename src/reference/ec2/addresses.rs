//! The addresses of subnets: which of them are free, and which a network interface gets.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use bellwether_model::Name;
use bellwether_model::parameters::Reference;

use super::blocks::Block;
use super::form::Form;
use super::{Request, attributes, invalid};
use crate::reference::json::Failure;

/// The number of addresses of a subnet that AWS keeps for itself: one is the last, the others come first.
const RESERVED: u32 = 5;
/// The block of public addresses.
///
/// <https://www.rfc-editor.org/rfc/rfc2544>
const PUBLIC: Block = Block::of(Ipv4Addr::new(198, 18, 0, 0), 15);
/// The attribute that keeps the public address of an instance.
const PUBLIC_ADDRESS: &str = "public-address";
/// The attribute that keeps the addresses of an interface or instance, the primary one first.
const ADDRESSES: &str = "addresses";
/// The attribute of a subnet that keeps the place of the address that was given out last.
const LAST: &str = "last-address";
/// The attribute of a subnet that says that an address behind the last one may be in use, or one before it
/// free.
const MIXED: &str = "mixed-addresses";

/// The number of addresses of a subnet that are free.
pub(super) fn free(request: &Request<'_>, subnet: &Name) -> u32 {
    let block = Block::read(request.state.attribute(subnet, "block"));
    let free = block.map_or(0, |block| block.size().saturating_sub(RESERVED));
    let inside = request.state.world.inside(subnet);
    // What has no address of its own, such as a NAT gateway, takes one all the same.
    let taken = inside.map(|(name, _)| of(request, name).len().max(1)).sum::<usize>();
    free.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
}

/// The addresses of an interface or instance, the primary one first.
pub(super) fn of<'r>(request: &'r Request<'_>, name: &Name) -> Vec<&'r str> {
    request.state.attribute(name, ADDRESSES).split_whitespace().collect()
}

/// The addresses that a new interface or instance is to have.
#[derive(Default)]
pub(super) struct Addresses {
    /// The addresses, the primary one first.
    all: Vec<Ipv4Addr>,
    /// The place of the last one that was not asked for.
    last: Option<u32>,
    /// Whether the others of the subnet are no longer known by the last one alone.
    is_mixed: bool,
}

impl Addresses {
    /// Keeps them for what was made in this subnet.
    pub(super) fn keep(self, request: &mut Request<'_>, name: &Name, subnet: Option<&Name>) {
        let texts: Vec<_> = self.all.iter().map(ToString::to_string).collect();
        request.state.keep(name, ADDRESSES, texts.join(" "));
        let Some(subnet) = subnet else { return };
        if let Some(last) = self.last {
            request.state.keep(subnet, LAST, last.to_string());
        }
        if self.is_mixed {
            request.state.keep(subnet, MIXED, "true");
        }
    }
}

/// Gives an instance a public address: one of those that are kept for benchmarks, which belong to nobody.
pub(super) fn keep_public(request: &mut Request<'_>, instance: &Name) {
    let place = request.state.next_serial() % u64::from(PUBLIC.size());
    let address = PUBLIC.address(u32::try_from(place).unwrap_or_default());
    request.state.keep(instance, PUBLIC_ADDRESS, address.to_string());
}

/// The public address of an instance; `None` if it has none.
pub(super) fn public<'r>(request: &'r Request<'_>, instance: &Name) -> Option<&'r str> {
    let address = request.state.attribute(instance, PUBLIC_ADDRESS);
    (!address.is_empty()).then_some(address)
}

/// The addresses that an interface is to have: those that `form` asks for, and free ones.
///
/// None are looked for in a subnet that the caller does not see: that is refused anyway.
///
/// # Errors
///
/// One is no address of the subnet, or is in use; or the subnet has too few that are free.
pub(super) fn asked(
    request: &Request<'_>,
    form: &Form<'_>,
    subnet: Option<&Reference>,
) -> Result<Addresses, Failure> {
    let seen = subnet.and_then(Reference::name);
    let seen = seen.filter(|it| request.state.world.sight(request.caller, it).is_seen());
    let Some(subnet) = seen else { return Ok(Addresses::default()) };
    let Ok(block) = Block::read(request.state.attribute(subnet, "block")) else {
        return Ok(Addresses::default());
    };
    let (primary, secondary) = texts(form)?;
    let more = attributes::number(form, "SecondaryPrivateIpAddressCount", 0..=255)?.unwrap_or(0);
    if more > 0 && !secondary.is_empty() {
        let message = "The number of secondary addresses can't be given with the addresses.";
        return Err(Failure::new("InvalidParameterCombination", message));
    }
    let mut taken = None;
    let mut named = Vec::new();
    for text in primary.iter().chain(&secondary) {
        let address = within(block, text)?;
        let taken = taken.get_or_insert_with(|| in_use(request, subnet));
        if !taken.insert(address) {
            let message = format!("The specified address {text} is already in use.");
            return Err(Failure::new("InvalidIPAddress.InUse", message));
        }
        named.push(address);
    }
    let wanted = more + u32::from(primary.is_none());
    let is_named = !named.is_empty();
    let mut addresses = next(request, subnet, block, wanted, &named)?;
    addresses.is_mixed |= is_named;
    if primary.is_some() {
        named.append(&mut addresses.all);
        addresses.all = named;
    } else {
        addresses.all.append(&mut named);
    }
    Ok(addresses)
}

/// The primary address that a form asks for, and the secondary ones.
fn texts<'a>(form: &Form<'a>) -> Result<(Option<&'a str>, Vec<&'a str>), Failure> {
    let mut primary = form.value("PrivateIpAddress");
    let mut secondary = Vec::new();
    for member in form.members("PrivateIpAddresses") {
        let text = member.value("PrivateIpAddress").unwrap_or_default();
        if attributes::truth(&member, "Primary")? != Some(true) {
            secondary.push(text);
        } else if primary.replace(text).is_some() {
            let message = "Only one primary private IP address can be specified.";
            return Err(Failure::new("InvalidParameterCombination", message));
        }
    }
    Ok((primary, secondary))
}

/// An address of a block that AWS does not keep for itself.
fn within(block: Block, text: &str) -> Result<Ipv4Addr, Failure> {
    let address =
        text.parse().map_err(|_| invalid(format!("invalid value for IP address: {text}")))?;
    let place = block.place(address);
    let is_free = place.is_some_and(|it| it >= RESERVED - 1 && it < block.size() - 1);
    let message = "Address does not fall within the subnet's address range";
    is_free.then_some(address).ok_or_else(|| invalid(message))
}

/// The addresses of what is in a subnet.
fn in_use(request: &Request<'_>, subnet: &Name) -> BTreeSet<Ipv4Addr> {
    let inside = request.state.world.inside(subnet);
    let texts = inside.flat_map(|(name, _)| of(request, name));
    texts.filter_map(|text| text.parse().ok()).collect()
}

/// Free addresses of a subnet: those that come next, so that one is not given out again soon.
fn next(
    request: &Request<'_>,
    subnet: &Name,
    block: Block,
    wanted: u32,
    named: &[Ipv4Addr],
) -> Result<Addresses, Failure> {
    if wanted == 0 {
        return Ok(Addresses::default());
    }
    let usable = block.size().saturating_sub(RESERVED);
    let last: u32 = request.state.attribute(subnet, LAST).parse().unwrap_or(usable - 1);
    let begun = (last + 1) % usable;
    let has_come_round = begun == 0 && !request.state.attribute(subnet, LAST).is_empty();
    let was_mixed = !request.state.attribute(subnet, MIXED).is_empty();
    let is_mixed = was_mixed || has_come_round || wanted > usable - begun;
    let mut taken = if is_mixed { in_use(request, subnet) } else { BTreeSet::new() };
    taken.extend(named);
    let places = (0..usable).map(|step| (begun + step) % usable);
    let free = places.filter(|place| !taken.contains(&block.address(RESERVED - 1 + place)));
    let free: Vec<u32> = free.take(usize::try_from(wanted).unwrap_or(usize::MAX)).collect();
    if u32::try_from(free.len()).unwrap_or(u32::MAX) < wanted {
        let message = format!(
            "There are not enough free addresses in subnet '{subnet}' to satisfy the requested \
             number of addresses."
        );
        return Err(Failure::new("InsufficientFreeAddressesInSubnet", message));
    }
    let all = free.iter().map(|place| block.address(RESERVED - 1 + place)).collect();
    Ok(Addresses { all, last: free.last().copied(), is_mixed })
}
