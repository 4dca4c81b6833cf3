//! Everything that RAM and its consumers remember.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::dns::{Dns, Use};
use crate::plain::{Held, Plain};
use crate::principal::Source;
use crate::resources::shareable::InvitationsLast;
use crate::rules::Rule;
use crate::time::Seconds;
use crate::tokens::Spent;
use crate::{Account, Assumptions, Name, Principal};

/// The state of a world: its accounts, its shares, and the resources in it.
///
/// A world is a value: it is changed by [`transition`](crate::Call::transition) alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// What is taken for granted against AWS.
    pub assumptions: Assumptions,
    /// The accounts in organizations; all others are standalone.
    pub members: BTreeMap<Account, Membership>,
    /// The organizations, by id.
    pub organizations: BTreeMap<Name, Organization>,
    /// The resource shares ever made, deleted ones included.
    pub shares: BTreeMap<Name, Share>,
    /// The resources ever made, deleted ones included.
    pub resources: BTreeMap<Name, Resource>,
    /// The customer managed permissions ever made, deleted ones included.
    pub permissions: BTreeMap<Name, ManagedPermission>,
    /// The replacements of one managed permission by another in all shares of an owner.
    pub replacements: BTreeMap<Name, Replacement>,
    /// The granted calls that bore a token, oldest first.
    pub spent: Vec<Spent>,
    /// Whether new public images are blocked in an account, where a call has said so.
    pub public_images_blocked: BTreeMap<Account, bool>,
    /// The handshakes by which accounts were asked to join organizations.
    pub handshakes: BTreeMap<Name, Handshake>,
    /// The clock of each account: the seconds that were let pass for it. An account that is not
    /// here has a clock at which none were.
    pub clocks: BTreeMap<Account, Seconds>,
    /// The administrator of IPAM in each organization, where one is named.
    pub ipam_administrators: BTreeMap<Name, Account>,
    /// The tags that accounts put on resources, each for itself.
    pub labels: BTreeMap<(Name, Account), BTreeMap<SmolStr, SmolStr>>,
}

/// How the accounts of a scenario stand to each other: its `world` line.
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

/// The name of the organization in a scenario's world.
pub const ORGANIZATION: &str = "organization";

/// Where an account is in its organization.
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
    /// How long ago it was asked.
    pub sent_for: Seconds,
}

/// A resource share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "two are flags of the API, two say what became of it"
)]
pub struct Share {
    /// The account that made it.
    pub owner: Account,
    /// What its owner calls it.
    pub name: SmolStr,
    /// `allowExternalPrincipals`.
    pub outsiders: bool,
    /// `retainSharingOnAccountLeaveOrganization`: members are invited as outsiders are, and keep
    /// what they accepted.
    pub retains: bool,
    /// Whether it has been deleted.
    pub deleted: bool,
    /// Whether UpdateResourceShare has changed it.
    pub updated: bool,
    /// How long ago it was deleted.
    pub deleted_for: Seconds,
    /// Whom it grants to, or did.
    pub principals: BTreeMap<Principal, Association>,
    /// What it grants, or did.
    pub resources: BTreeMap<Name, Association>,
    /// Where its service principals may act from, or once could.
    pub sources: BTreeMap<Source, Association>,
    /// The invitations to it, oldest first.
    pub invitations: Vec<Invitation>,
    /// What it is tagged with.
    pub tags: BTreeMap<SmolStr, SmolStr>,
    /// The managed permissions attached to it, or once attached, by resource type.
    pub permissions: BTreeMap<SmolStr, Attachment>,
    /// The open rule that left the whole share undecided: nothing about it is judged.
    pub open: Option<&'static Rule>,
}

/// A managed permission: what a share lets its principals do with resources of one type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Managed {
    /// One that a step made.
    Customer(Name),
    /// The one of AWS that this resource type has by default.
    Default(SmolStr),
}

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
    /// What its owner calls it.
    pub name: SmolStr,
    /// The resource type that it is for, as its owner spelled it.
    pub resource_type: SmolStr,
    /// The versions ever made, from 1.
    pub versions: BTreeMap<u32, PermissionVersion>,
    /// The version that is attached to shares.
    pub default: u32,
    /// Whether it has been deleted.
    pub deleted: bool,
    /// What it is tagged with, in all its versions.
    pub tags: BTreeMap<SmolStr, SmolStr>,
    /// How long ago it was deleted.
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

/// A principal or resource in a share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its history that a rule asks for"
)]
pub struct Association {
    /// Its state, once settled.
    pub status: AssociationStatus,
    /// Whether RAM sees the principal outside the owner's organization.
    pub external: bool,
    /// Whether it has ever been [`AssociationStatus::Associated`].
    pub associated_once: bool,
    /// Whether the call that made the share made it.
    pub with_share: bool,
    /// How long ago it ended, where it has.
    pub ended_for: Seconds,
    /// Whether it was taken out once, and put back.
    pub again: bool,
    /// The open rule that leaves the listed status undecided.
    pub open: Option<&'static Rule>,
}

impl Association {
    /// A new association in this state.
    #[must_use]
    pub fn new(status: AssociationStatus, external: bool) -> Self {
        let associated_once = status == AssociationStatus::Associated;
        let (with_share, again) = (false, false);
        Self { status, external, associated_once, with_share, ended_for: 0, again, open: None }
    }

    /// Settles it.
    pub fn associate(&mut self) {
        self.again |= self.associated_once && self.status == AssociationStatus::Disassociated;
        self.status = AssociationStatus::Associated;
        self.associated_once = true;
        self.ended_for = 0;
    }
}

/// The state of an association once it is settled.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssociationStatus {
    /// An invitation waits.
    Associating,
    /// It grants.
    Associated,
    /// It was taken out.
    Disassociated,
}

impl AssociationStatus {
    /// The API's own word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Associating => "ASSOCIATING",
            Self::Associated => "ASSOCIATED",
            Self::Disassociated => "DISASSOCIATED",
        }
    }
}

/// An offer to an account outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The account that may answer it.
    pub receiver: Account,
    /// The principal that it was made for.
    pub principal: Principal,
    /// Whether it was answered, and how.
    pub status: InvitationStatus,
    /// How long it can be answered, by what its share held when it was sent; nothing where that
    /// does not say.
    pub lasts: Option<InvitationsLast>,
    /// How long ago it was sent.
    pub sent_for: Seconds,
    /// How long ago it ended, where it has.
    pub ended_for: Seconds,
    /// The open rule that leaves the invitation undecided.
    pub open: Option<&'static Rule>,
}

/// Whether an invitation was answered, and how it ended otherwise.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InvitationStatus {
    /// Not yet.
    Pending,
    /// Taken up.
    Accepted,
    /// Declined.
    Rejected,
    /// Not answered within hours.
    Expired,
    /// Not answered within days, which counts as declined; what it is called then is not known.
    Lapsed,
}

impl InvitationStatus {
    /// The API's own word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::Rejected | Self::Lapsed => "REJECTED",
            Self::Expired => "EXPIRED",
        }
    }
}

/// A resource of one of the modelled resource types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The account that made it.
    pub owner: Account,
    /// Whether it has been deleted, deregistered or terminated.
    pub deleted: bool,
    /// What it is.
    pub kind: Kind,
}

/// What a resource is, with what the model keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A VPC.
    Vpc,
    /// A subnet.
    Subnet {
        /// The VPC that holds it.
        vpc: Name,
    },
    /// An internet gateway.
    InternetGateway {
        /// The VPC that it is attached to.
        vpc: Option<Name>,
    },
    /// A route table.
    RouteTable {
        /// The VPC that it is for.
        vpc: Name,
    },
    /// A security group.
    SecurityGroup {
        /// The VPC that it is for.
        vpc: Name,
        /// The prefix lists that its rules name.
        lists: BTreeSet<Name>,
    },
    /// A network interface.
    NetworkInterface {
        /// The subnet that holds it.
        subnet: Name,
        /// Its security groups.
        groups: Vec<Name>,
    },
    /// An instance.
    Instance {
        /// The subnet that holds it, where it was named.
        subnet: Option<Name>,
        /// The image that it was launched from, where it was named.
        image: Option<Name>,
        /// Its security groups.
        groups: Vec<Name>,
        /// The plain resources that it was launched with, such as a placement group.
        uses: Vec<Held>,
    },
    /// A transit gateway.
    TransitGateway {
        /// Whether attachments of other accounts need no acceptance.
        auto_accept: bool,
    },
    /// A VPC's attachment to a transit gateway.
    TransitGatewayAttachment {
        /// The gateway.
        gateway: Name,
        /// The VPC.
        vpc: Name,
        /// Whether it waits for the gateway's owner.
        waiting: bool,
    },
    /// A managed prefix list.
    PrefixList {
        /// Its CIDR blocks.
        entries: BTreeSet<SmolStr>,
        /// Its version, from 1.
        version: i64,
    },
    /// An AMI.
    Image {
        /// Who may launch it.
        permissions: BTreeSet<LaunchPermission>,
        /// Who once could, and no longer can.
        former: BTreeSet<LaunchPermission>,
        /// Whether it is disabled.
        disabled: bool,
    },
    /// Something that accounts share and that is no more than that, of this type.
    Plain(&'static Plain),
    /// A private hosted zone.
    HostedZone {
        /// The VPCs that it is associated with.
        vpcs: BTreeSet<Name>,
        /// The VPCs of other accounts that may be associated with it.
        authorized: BTreeSet<Name>,
    },
    /// Something of Route 53 that accounts share and associate with their VPCs, of this type.
    Dns(&'static Dns),
    /// The association of such a resource with a VPC.
    DnsAssociation {
        /// The type of the resource.
        dns: &'static Dns,
        /// The resource.
        of: Name,
        /// The VPC.
        vpc: Name,
        /// How it is.
        state: Use,
    },
}

/// A launch permission of an image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaunchPermission {
    /// Everybody.
    All,
    /// An account.
    Account(Account),
    /// The accounts of an organization.
    Organization(Name),
    /// The accounts in an organizational unit and in those inside it.
    OrganizationalUnit(Name),
}

impl World {
    /// The world that a scenario of this shape begins with.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        let clocks = shape.actors().iter().map(|actor| (*actor, 0)).collect();
        let mut world = Self { clocks, ..Self::default() };
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

    /// Whether a step made something of this name.
    #[must_use]
    pub fn has_made(&self, name: &Name) -> bool {
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

    /// The VPC of a subnet; nothing where the name is no subnet's.
    #[must_use]
    pub fn vpc_of(&self, subnet: &Name) -> Option<&Name> {
        let resource = self.resources.get(subnet)?;
        if let Kind::Subnet { vpc } = &resource.kind { Some(vpc) } else { None }
    }

    /// The living resources in a subnet.
    pub fn inside_subnet<'w>(&'w self, subnet: &'w Name) -> impl Iterator<Item = &'w Resource> {
        self.resources.values().filter(move |resource| match &resource.kind {
            Kind::NetworkInterface { subnet: inside, .. }
            | Kind::Instance { subnet: Some(inside), .. } => !resource.deleted && inside == subnet,
            Kind::Instance { subnet: None, .. }
            | Kind::Vpc
            | Kind::Subnet { .. }
            | Kind::RouteTable { .. }
            | Kind::InternetGateway { .. }
            | Kind::SecurityGroup { .. }
            | Kind::TransitGateway { .. }
            | Kind::TransitGatewayAttachment { .. }
            | Kind::PrefixList { .. }
            | Kind::Image { .. }
            | Kind::Plain(_)
            | Kind::HostedZone { .. }
            | Kind::Dns(_)
            | Kind::DnsAssociation { .. } => false,
        })
    }

    /// The living resources in a VPC, those in its subnets left out.
    pub fn inside_vpc<'w>(
        &'w self,
        vpc: &'w Name,
    ) -> impl Iterator<Item = (&'w Name, &'w Resource)> {
        self.resources.iter().filter(move |(_, resource)| match &resource.kind {
            Kind::Subnet { vpc: inside }
            | Kind::RouteTable { vpc: inside }
            | Kind::InternetGateway { vpc: Some(inside) }
            | Kind::SecurityGroup { vpc: inside, .. }
            | Kind::TransitGatewayAttachment { vpc: inside, .. } => {
                !resource.deleted && inside == vpc
            }
            Kind::Vpc
            | Kind::NetworkInterface { .. }
            | Kind::Instance { .. }
            | Kind::TransitGateway { .. }
            | Kind::InternetGateway { vpc: None }
            | Kind::PrefixList { .. }
            | Kind::Image { .. }
            | Kind::Plain(_)
            | Kind::HostedZone { .. }
            | Kind::Dns(_)
            | Kind::DnsAssociation { .. } => false,
        })
    }

    /// Whether the account has anything of its own in a VPC or its subnets.
    #[must_use]
    pub fn has_something_in(&self, account: Account, vpc: &Name) -> bool {
        let mut own = self
            .resources
            .values()
            .filter(|resource| resource.owner == account && !resource.deleted);
        own.any(|resource| match &resource.kind {
            Kind::Subnet { vpc: inside }
            | Kind::RouteTable { vpc: inside }
            | Kind::InternetGateway { vpc: Some(inside) }
            | Kind::SecurityGroup { vpc: inside, .. }
            | Kind::TransitGatewayAttachment { vpc: inside, .. } => inside == vpc,
            Kind::NetworkInterface { subnet, .. } | Kind::Instance { subnet: Some(subnet), .. } => {
                let lives = self.resources.get(subnet).is_some_and(|subnet| !subnet.deleted);
                lives && self.vpc_of(subnet) == Some(vpc)
            }
            Kind::Instance { subnet: None, .. }
            | Kind::Vpc
            | Kind::TransitGateway { .. }
            | Kind::InternetGateway { vpc: None }
            | Kind::PrefixList { .. }
            | Kind::Image { .. }
            | Kind::Plain(_)
            | Kind::HostedZone { .. }
            | Kind::Dns(_)
            | Kind::DnsAssociation { .. } => false,
        })
    }
}
