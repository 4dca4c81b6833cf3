//! Organizations, their members, and accounts that are asked to join.

use std::collections::BTreeMap;

use super::Seconds;
use crate::rules::Rule;
use crate::{Account, Name};

/// The place of an account in its organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organization.
    pub organization: Name,
    /// The unit that holds the account; none for the root.
    pub unit: Option<Name>,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The account that manages it.
    pub management: Account,
    /// Whether Organizations lets RAM work in it.
    pub trusted: bool,
    /// Whether RAM shares with it: trusted access and RAM's own enabling.
    pub sharing: bool,
    /// The open rule that leaves undecided whether RAM shares with it.
    pub open: Option<&'static Rule>,
    /// The units, each with the unit that it is in; none for the root.
    pub units: BTreeMap<Name, Option<Name>>,
}

/// An account's being asked to join an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// The organization.
    pub organization: Name,
    /// The account.
    pub receiver: Account,
    /// Whether it has joined by it.
    pub accepted: bool,
    /// The time since it was asked.
    pub sent_for: Seconds,
}
