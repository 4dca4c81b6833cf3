//! Managed permissions, and their place in shares.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::Seconds;
use crate::Account;
use crate::principal::Managed;
use crate::rules::Rule;

/// A managed permission in a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The permission.
    pub permission: Managed,
    /// Its version, where the permission is a customer's.
    pub version: u32,
    /// Whether it is attached still.
    pub live: bool,
    /// Whether a call named it; it joined by itself otherwise.
    pub named: bool,
    /// Whether it was the call that made the share.
    pub from_the_start: bool,
    /// The open rule that leaves it undecided.
    pub open: Option<&'static Rule>,
}

/// A customer managed permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPermission {
    /// The account that made it.
    pub owner: Account,
    /// The name that its owner gave it.
    pub name: SmolStr,
    /// The resource type that it is for, as its owner spelled it.
    pub resource_type: SmolStr,
    /// The versions ever made, from 1.
    pub versions: BTreeMap<u32, PermissionVersion>,
    /// The version that is attached to shares.
    pub default: u32,
    /// Whether it has been deleted.
    pub deleted: bool,
    /// Its tags, in all its versions.
    pub tags: BTreeMap<SmolStr, SmolStr>,
    /// The time since it was deleted.
    pub deleted_for: Seconds,
    /// The open rule that left it undecided: nothing about it is judged.
    pub open: Option<&'static Rule>,
}

/// A version of a managed permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionVersion {
    /// The policy template, as it was written.
    pub template: SmolStr,
    /// Whether it has been deleted.
    pub deleted: bool,
}

/// A replacement of one managed permission by another in all shares of an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The account whose shares they are.
    pub owner: Account,
    /// The permission that goes.
    pub from: Managed,
    /// The permission that comes.
    pub to: Managed,
    /// The open rule that left it undecided.
    pub open: Option<&'static Rule>,
}
