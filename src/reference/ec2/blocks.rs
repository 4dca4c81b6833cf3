//! Blocks of IPv4 addresses.

use std::net::Ipv4Addr;

use ipnet::{IpNet, Ipv4Net};

use super::invalid;
use crate::reference::json::Failure;

/// A block of addresses, such as `10.0.1.0/24`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    first: u32,
    bits: u32,
}

impl Block {
    /// The block of this many bits that begins with an address.
    pub(super) const fn of(first: Ipv4Addr, bits: u32) -> Self {
        Self { first: first.to_bits(), bits }
    }

    /// Reads a block.
    ///
    /// # Errors
    ///
    /// The text is none.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let block = text.parse().map_err(|_| no_block(text));
        block.map(|block: Ipv4Net| Self {
            first: block.network().into(),
            bits: block.prefix_len().into(),
        })
    }

    /// Whether the block is of a size that VPCs and subnets may have.
    pub(super) fn is_of_allowed_size(self) -> bool {
        (16..=28).contains(&self.bits)
    }

    /// Whether all of `other` is in this block.
    pub(super) fn holds(self, other: Self) -> bool {
        self.bits <= other.bits && self.overlaps(other)
    }

    /// Whether the blocks have an address in common.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let bits = self.bits.min(other.bits);
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
        self.first & mask == other.first & mask
    }

    /// The first block of this size in this one that overlaps none of some others, if there is one.
    pub(super) fn first_free(self, bits: u32, taken: &[Self]) -> Option<Self> {
        if !(self.bits..=32).contains(&bits) {
            return None;
        }
        let size = 1_u32.checked_shl(32 - bits)?;
        let mut blocks = (0..1_u32 << (bits - self.bits).min(16))
            .map(|place| Self { first: self.first.wrapping_add(place.wrapping_mul(size)), bits });
        let is_free = |block: &Self| !taken.iter().any(|it| it.overlaps(*block));
        blocks.find(is_free)
    }

    /// The address at this place in the block.
    pub(super) fn address(self, place: u32) -> Ipv4Addr {
        Ipv4Addr::from(self.first.wrapping_add(place % self.size()))
    }

    /// The place of an address in the block; `None` if it is outside.
    pub(super) fn place(self, address: Ipv4Addr) -> Option<u32> {
        let place = u32::from(address).checked_sub(self.first)?;
        (place < self.size()).then_some(place)
    }

    /// The number of addresses in the block; those of the largest are counted without one.
    pub(super) fn size(self) -> u32 {
        1_u32.checked_shl(32 - self.bits).unwrap_or(u32::MAX)
    }
}

/// Reads a block of addresses of IPv4 or IPv6, and sets the bits to zero that do not belong to it.
///
/// # Errors
///
/// The text is none.
pub(super) fn network(text: &str) -> Result<IpNet, Failure> {
    let block = text.parse().map_err(|_| no_block(text));
    block.map(|block: IpNet| block.trunc())
}

fn no_block(text: &str) -> Failure {
    invalid(format!(
        "Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
    ))
}

impl std::fmt::Display for Block {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", Ipv4Addr::from(self.first), self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::Block;

    #[test]
    fn a_block_holds_its_parts_and_overlaps_them() {
        let block = |text| Block::read(text).unwrap();
        assert!(block("10.0.0.0/16").holds(block("10.0.255.0/24")));
        assert!(!block("10.0.255.0/24").holds(block("10.0.0.0/16")));
        assert!(block("10.0.255.0/24").overlaps(block("10.0.0.0/16")));
        assert!(!block("10.0.0.0/24").overlaps(block("10.0.1.0/24")));
        assert!(block("0.0.0.0/0").holds(block("255.255.255.255/32")));
    }

    #[test]
    fn the_first_free_block_overlaps_no_other() {
        let block = |text| Block::read(text).unwrap();
        let pool = block("10.3.0.0/16");
        let taken = [block("10.3.0.0/28"), block("10.3.16.0/20")];
        assert_eq!(pool.first_free(28, &taken), Some(block("10.3.0.16/28")));
        assert_eq!(pool.first_free(20, &taken), Some(block("10.3.32.0/20")));
        assert_eq!(pool.first_free(8, &taken), None);
        assert_eq!(pool.first_free(16, &taken), None);
    }

    #[test]
    fn a_block_begins_where_its_bits_say() {
        assert_eq!(Block::read("10.0.1.7/24").unwrap().to_string(), "10.0.1.0/24");
        for text in ["", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "x/8"] {
            assert!(Block::read(text).is_err(), "{text}");
        }
    }
}
