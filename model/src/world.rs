//! Everything that RAM and its consumers remember.

mod copy_on_write;
mod idempotency;
mod organization;
mod permission;
mod regional;
mod resource;
mod share;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::parameters::Reference;
use crate::{Account, Assumptions, Name, Principal, Region};

pub use crate::placeholder::ORGANIZATION;
pub use crate::principal::{LaunchPermission, Managed};
pub use copy_on_write::CopyOnWrite;
pub use idempotency::IdempotencyRecord;
pub use organization::{Handshake, Membership, Organization};
pub use permission::{Attachment, ManagedPermission, PermissionVersion, Replacement};
pub use regional::Regional;
pub use resource::{Deprecation, Held, Kind, Resource, Storage, Use};
pub use share::{Association, AssociationStatus, Invitation, InvitationStatus, Share, SubnetQuota};

/// A time, or the time since something, in whole seconds.
pub type Seconds = u64;

/// The state of a world: its accounts, its shares, and the resources in it.
///
/// A world is a value: it is changed by [`transition`](crate::Call::transition) alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// The assumptions that contradict AWS.
    pub assumptions: Assumptions,
    /// The accounts in organizations; all others are standalone.
    pub members: CopyOnWrite<BTreeMap<Account, Membership>>,
    /// The organizations, by id.
    pub organizations: CopyOnWrite<BTreeMap<Name, Organization>>,
    /// The resource shares ever made, deleted ones included.
    pub shares: CopyOnWrite<BTreeMap<Name, Share>>,
    /// The resources ever made, deleted ones included.
    pub resources: CopyOnWrite<BTreeMap<Name, Resource>>,
    /// The customer managed permissions ever made, deleted ones included.
    pub permissions: CopyOnWrite<BTreeMap<Name, ManagedPermission>>,
    /// The replacements of one managed permission by another in all shares of an owner.
    pub replacements: CopyOnWrite<BTreeMap<Name, Replacement>>,
    /// The records of granted calls that bore a token, oldest first.
    pub idempotency: CopyOnWrite<Vec<IdempotencyRecord>>,
    /// Whether new public images are blocked in an account, where a call has said so.
    pub public_images_blocked: CopyOnWrite<BTreeMap<Account, bool>>,
    /// The handshakes by which accounts were asked to join organizations.
    pub handshakes: CopyOnWrite<BTreeMap<Name, Handshake>>,
    /// The clock of each account: the seconds that were let pass for it. An account that is not
    /// here has a clock at which none were.
    pub clocks: CopyOnWrite<BTreeMap<Account, Seconds>>,
    /// The administrator of IPAM in each organization, where one is named.
    pub ipam_administrators: CopyOnWrite<BTreeMap<Name, Account>>,
    /// The IPAM pool that a VPC has its addresses from, where it has them from one.
    pub vpc_pools: CopyOnWrite<BTreeMap<Name, Name>>,
    /// The tags that accounts put on resources, each for itself.
    pub labels: CopyOnWrite<BTreeMap<(Name, Account), BTreeMap<SmolStr, SmolStr>>>,
    /// The subnets of others by how they stand to each account's limit of them.
    pub subnet_quotas: CopyOnWrite<BTreeMap<Account, SubnetQuota>>,
    /// The tags that resources of Route 53 Resolver were made with.
    pub tags: CopyOnWrite<BTreeMap<Name, BTreeMap<SmolStr, SmolStr>>>,
    /// The names that calls gave to security groups, and the domains of Resolver rules and hosted zones.
    /// One whose name was left out is not here: its name differs from all others.
    pub given_names: CopyOnWrite<BTreeMap<Name, SmolStr>>,
    /// The Region in which calls are made: the fields above hold what is there, and what is the same in all.
    pub region: Region,
    /// What the other Regions have to themselves, where anything was made in them.
    pub elsewhere: BTreeMap<Region, Regional>,
}

/// The relation of a scenario's accounts to each other: its `world` line.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Three accounts that are in no organization.
    Standalone,
    /// An organization of four accounts, and two outside it.
    Organization {
        /// Whether RAM shares with the organization.
        sharing: bool,
    },
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 3] = [
        Self::Standalone,
        Self::Organization { sharing: true },
        Self::Organization { sharing: false },
    ];

    /// The actors of a world of this shape.
    #[must_use]
    pub fn actors(self) -> &'static [Account] {
        match self {
            Self::Standalone => &[Account::OWNER, Account::CONSUMER, Account::STRANGER],
            Self::Organization { .. } => &[
                Account::MANAGEMENT,
                Account::OWNER,
                Account::MEMBER,
                Account::SIBLING,
                Account::OUTSIDER,
                Account::STRANGER,
            ],
        }
    }

    /// The organizational units of a world of this shape, each with the unit that it is in.
    #[must_use]
    pub fn units(self) -> &'static [(&'static str, Option<&'static str>)] {
        match self {
            Self::Standalone => &[],
            Self::Organization { .. } => {
                &[("platform", None), ("workloads", None), ("batch", Some("workloads"))]
            }
        }
    }

    /// The members besides the management account, each with the unit that it is in.
    #[must_use]
    pub fn members(self) -> &'static [(Account, &'static str)] {
        match self {
            Self::Standalone => &[],
            Self::Organization { .. } => &[
                (Account::OWNER, "platform"),
                (Account::MEMBER, "workloads"),
                (Account::SIBLING, "batch"),
            ],
        }
    }
}

impl World {
    /// The world that a scenario of this shape begins with.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        let clocks: BTreeMap<_, _> = shape.actors().iter().map(|actor| (*actor, 0)).collect();
        let mut world = Self { clocks: clocks.into(), ..Self::default() };
        let Shape::Organization { sharing } = shape else {
            return world;
        };
        let id = Name::new(ORGANIZATION);
        let units = shape.units().iter();
        let organization = Organization {
            management: Account::MANAGEMENT,
            trusted: sharing,
            sharing,
            open: None,
            units: units.map(|(unit, parent)| ((*unit).into(), parent.map(Name::from))).collect(),
        };
        world.organizations.insert(id.clone(), organization);
        let member = |unit: Option<&str>| Membership {
            organization: id.clone(),
            unit: unit.map(Name::from),
        };
        world.members.insert(Account::MANAGEMENT, member(None));
        for (account, unit) in shape.members() {
            world.members.insert(*account, member(Some(unit)));
        }
        world
    }

    /// Whether a step made something of this name, in whichever Region.
    #[must_use]
    pub fn has_made(&self, name: &Name) -> bool {
        self.region_of(name).is_some()
    }

    /// Whether a step made something of this name in the Region in which calls are made.
    fn has_made_here(&self, name: &Name) -> bool {
        self.resources.contains_key(name)
            || self.shares.contains_key(name)
            || self.permissions.contains_key(name)
            || self.replacements.contains_key(name)
            || self.handshakes.contains_key(name)
    }

    /// The same world, with this taken for granted.
    #[must_use]
    pub fn assuming(self, assumptions: Assumptions) -> Self {
        Self { assumptions, ..self }
    }

    /// The organization of an account.
    #[must_use]
    pub fn organization_of(&self, account: Account) -> Option<(&Name, &Organization)> {
        let id = &self.members.get(&account)?.organization;
        Some((id, self.organizations.get(id)?))
    }

    /// Whether RAM shares with the organization of this account.
    #[must_use]
    pub fn shares_with_organization(&self, account: Account) -> bool {
        self.organization_of(account).is_some_and(|(_, organization)| organization.sharing)
    }

    /// Whether the account is the administrator of IPAM in an organization that RAM shares with.
    #[must_use]
    pub fn administers_ipam(&self, account: Account) -> bool {
        let organization = self.organization_of(account).filter(|(_, it)| it.sharing);
        organization.is_some_and(|(id, _)| self.ipam_administrators.get(id) == Some(&account))
    }

    /// Returns what was ever allocated from an IPAM pool: allocations, and VPCs that have their addresses
    /// from it.
    pub fn allocated_from<'w>(
        &'w self,
        pool: &'w Name,
    ) -> impl Iterator<Item = (&'w Name, &'w Resource)> {
        self.resources.iter().filter(move |(name, resource)| {
            let is_allocation =
                matches!(&resource.kind, Kind::IpamAllocation { pool: from } if from == pool);
            is_allocation || self.vpc_pools.get(*name) == Some(pool)
        })
    }

    /// Whether RAM sees `other` as a fellow member of `account`'s organization.
    #[must_use]
    pub fn are_fellows(&self, account: Account, other: Account) -> bool {
        account == other
            || (self.shares_with_organization(account)
                && self.members.get(&account).map(|it| &it.organization)
                    == self.members.get(&other).map(|it| &it.organization))
    }

    /// Whether RAM invites `other` to a share of `owner`.
    #[must_use]
    pub fn invites(&self, owner: Account, retains: bool, other: Account) -> bool {
        other != owner && (retains || !self.are_fellows(owner, other))
    }

    /// Whether the account is in this organization.
    #[must_use]
    pub fn is_in_organization(&self, account: Account, organization: &Name) -> bool {
        self.members.get(&account).is_some_and(|member| member.organization == *organization)
    }

    /// Whether the account is in this unit, or in one inside it.
    #[must_use]
    pub fn is_in_unit(&self, account: Account, unit: &Name) -> bool {
        let Some((_, organization)) = self.organization_of(account) else {
            return false;
        };
        let mut above = self.members.get(&account).and_then(|member| member.unit.as_ref());
        while let Some(here) = above {
            if here == unit {
                return true;
            }
            above = organization.units.get(here).and_then(Option::as_ref);
        }
        false
    }

    /// Whether a principal of a share stands for this whole account.
    ///
    /// A role or user stands for itself alone, and a service for none.
    #[must_use]
    pub fn covers(&self, principal: &Principal, account: Account) -> bool {
        match principal {
            Principal::Account(named) => *named == account,
            Principal::Organization(named) => {
                self.is_in_organization(account, named) && self.shares_with_organization(account)
            }
            Principal::OrganizationalUnit(named) => {
                self.is_in_unit(account, named) && self.shares_with_organization(account)
            }
            Principal::Role(..)
            | Principal::User(..)
            | Principal::Service(_)
            | Principal::Literal(_) => false,
        }
    }

    /// Whether a launch permission stands for this account.
    #[must_use]
    pub fn permits(&self, permission: &LaunchPermission, account: Account) -> bool {
        match permission {
            LaunchPermission::All => true,
            LaunchPermission::Account(named) => *named == account,
            LaunchPermission::Organization(named) => self.is_in_organization(account, named),
            LaunchPermission::OrganizationalUnit(named) => self.is_in_unit(account, named),
        }
    }

    /// Keeps the name that a call gave to what it made; nothing if the call left it out.
    pub(crate) fn give_name(&mut self, made: &Name, given: SmolStr) {
        if !given.is_empty() {
            self.given_names.insert(made.clone(), given);
        }
    }

    /// Whether a resource was given this name.
    pub(crate) fn is_named(&self, resource: &Name, given: &str) -> bool {
        self.given_names.get(resource).is_some_and(|name| name == given)
    }

    /// Deletes a resource that a call names, if there is one: it stays described as deleted.
    pub(crate) fn delete(&mut self, named: &Reference) {
        if let Some(resource) = named.name().and_then(|name| self.resources.get_mut(name)) {
            resource.deleted = true;
        }
    }

    /// Returns the VPC of a subnet; `None` if the name is not a subnet's.
    #[must_use]
    pub fn vpc_of(&self, subnet: &Name) -> Option<&Name> {
        let resource = self.resources.get(subnet)?;
        if let Kind::Subnet { vpc } = &resource.kind { Some(vpc) } else { None }
    }

    /// Returns the living resources that lie in a subnet, or in a VPC and none of its subnets.
    pub fn inside<'w>(&'w self, host: &'w Name) -> impl Iterator<Item = (&'w Name, &'w Resource)> {
        self.resources.iter().filter(move |(_, it)| !it.deleted && it.kind.parent() == Some(host))
    }

    /// Returns the VPCs and subnets that a resource lies in, or is associated with as a security group.
    pub(crate) fn hosts_of<'w>(&'w self, resource: &'w Resource) -> impl Iterator<Item = &'w Name> {
        let around = resource.kind.subnet().and_then(|subnet| self.resources.get(subnet));
        let around = around.filter(|subnet| !subnet.deleted).and_then(|it| it.kind.parent());
        let parents = resource.kind.parent().into_iter().chain(around);
        parents.chain(resource.kind.associated_vpcs())
    }
}
