//! Resources: what a world keeps of each.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::kinds::{Dns, KindInfo, Plain};
use crate::principal::LaunchPermission;
use crate::rules::{Rule, instance, prefix_list, transit_gateway};
use crate::world::Seconds;
use crate::{Account, Name};

/// A resource of one of the modelled resource types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The account that made it.
    pub owner: Account,
    /// Whether it has been deleted, deregistered or terminated.
    pub deleted: bool,
    /// The kind.
    pub kind: Kind,
}

/// The kind of a resource, with the state that the model keeps of it.
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
        /// The transit gateways that routes in it go to, those that the VPC is detached from since included.
        gateways: BTreeSet<Name>,
    },
    /// A network ACL.
    NetworkAcl {
        /// The VPC that it is for.
        vpc: Name,
    },
    /// A NAT gateway.
    NatGateway {
        /// The subnet that holds it.
        subnet: Name,
    },
    /// A VPC endpoint.
    VpcEndpoint {
        /// The VPC that it is for.
        vpc: Name,
    },
    /// A security group.
    SecurityGroup {
        /// The VPC that it is for.
        vpc: Name,
        /// The prefix lists that its rules name.
        lists: BTreeSet<Name>,
        /// The security groups that its rules name.
        sources: BTreeSet<Name>,
        /// The other VPCs that it is or was associated with.
        associated: BTreeMap<Name, Use>,
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
    /// A route table of a transit gateway.
    TransitGatewayRouteTable {
        /// The gateway.
        gateway: Name,
        /// The attachments that are associated with it, those that were deleted since included.
        associated: BTreeSet<Name>,
        /// The attachments that propagate routes to it, those that were deleted since included.
        propagating: BTreeSet<Name>,
        /// The attachments that were associated with it, and taken from it.
        former: BTreeSet<Name>,
        /// The attachments that its static routes go to, by their blocks of addresses.
        routes: BTreeMap<SmolStr, Name>,
    },
    /// A managed prefix list.
    PrefixList {
        /// Its CIDR blocks.
        entries: BTreeSet<SmolStr>,
        /// Its version, from 1.
        version: i64,
        /// Whether it was deleted while something referred to it, and stayed.
        delete_failed: bool,
    },
    /// An AMI.
    Image {
        /// The launch permissions.
        permissions: BTreeSet<LaunchPermission>,
        /// The launch permissions that were taken back.
        former: BTreeSet<LaunchPermission>,
        /// Whether it is disabled.
        disabled: bool,
        /// The date from which on it is deprecated, if it has one.
        deprecation: Option<Deprecation>,
        /// Its storage.
        storage: Storage,
    },
    /// A snapshot of a volume.
    Snapshot {
        /// The accounts that may make volumes of it.
        permissions: BTreeSet<Account>,
        /// The accounts that once might.
        former: BTreeSet<Account>,
    },
    /// A block of addresses that an account allocated from an IPAM pool.
    IpamAllocation {
        /// The pool.
        pool: Name,
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
        /// Its state.
        state: Use,
    },
}

/// The storage of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// None is named: what a target takes for it is its own affair.
    #[default]
    Unnamed,
    /// This snapshot.
    Snapshot(Name),
    /// A snapshot that came with the image, as it does with a copy: nobody else may read it.
    Copied,
}

/// The date from which on an image is deprecated.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The time from when it was set to the date.
    pub after: Seconds,
    /// The time that has passed since it was set.
    pub lasted: Seconds,
}

/// The state of an association, or of what an instance was launched with.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// It works, or was taken away by who made it.
    Plain,
    /// It ended without its maker, by this rule.
    Ended(&'static Rule),
    /// Whether it is still there is undecided.
    Open(&'static Rule),
}

impl Use {
    /// Whether it is there, or may be.
    #[must_use]
    pub fn may_last(self) -> bool {
        !matches!(self, Self::Ended(_))
    }
}

/// A plain resource that an instance was launched with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The resource.
    pub of: Name,
    /// Whether the instance uses it still.
    pub state: Use,
}

static VPC: KindInfo = KindInfo::new("ec2", "vpc");
static SUBNET: KindInfo = KindInfo::new("ec2", "subnet");
static INTERNET_GATEWAY: KindInfo = KindInfo::new("ec2", "internet-gateway");
static ROUTE_TABLE: KindInfo = KindInfo::new("ec2", "route-table");
static NETWORK_ACL: KindInfo = KindInfo::new("ec2", "network-acl");
static NAT_GATEWAY: KindInfo = KindInfo::new("ec2", "natgateway");
static VPC_ENDPOINT: KindInfo = KindInfo::new("ec2", "vpc-endpoint");
static SECURITY_GROUP: KindInfo = KindInfo::new("ec2", "security-group");
static NETWORK_INTERFACE: KindInfo = KindInfo::new("ec2", "network-interface");
static INSTANCE: KindInfo =
    KindInfo::new("ec2", "instance").owned_by(&instance::RUNNING_AFTER_REVOCATION);
static TRANSIT_GATEWAY: KindInfo =
    KindInfo::new("ec2", "transit-gateway").seen_by(&transit_gateway::SEEN_WHILE_SHARED);
static TRANSIT_GATEWAY_ATTACHMENT: KindInfo = KindInfo::new("ec2", "transit-gateway-attachment")
    .owned_by(&transit_gateway::ATTACHMENT_KEPT_AFTER_REVOCATION);
static TRANSIT_GATEWAY_ROUTE_TABLE: KindInfo = KindInfo::new("ec2", "transit-gateway-route-table");
static PREFIX_LIST: KindInfo =
    KindInfo::new("ec2", "prefix-list").seen_by(&prefix_list::SEEN_WHILE_SHARED);
static IMAGE: KindInfo = KindInfo::new("ec2", "image").ownerless();
static IPAM_ALLOCATION: KindInfo = KindInfo::new("ec2", "ipam-pool-allocation");
static SNAPSHOT: KindInfo = KindInfo::new("ec2", "snapshot").ownerless();
static HOSTED_ZONE: KindInfo = KindInfo::new("route53", "hostedzone").global().ownerless();

impl Kind {
    /// A security group for this VPC that nobody has changed yet.
    #[must_use]
    pub fn security_group(vpc: Name) -> Self {
        let (lists, sources) = (BTreeSet::new(), BTreeSet::new());
        Self::SecurityGroup { vpc, lists, sources, associated: BTreeMap::new() }
    }

    /// Returns what the kind has in common with others.
    #[must_use]
    #[inline]
    pub fn info(&self) -> &'static KindInfo {
        match self {
            Self::Vpc => &VPC,
            Self::Subnet { .. } => &SUBNET,
            Self::InternetGateway { .. } => &INTERNET_GATEWAY,
            Self::RouteTable { .. } => &ROUTE_TABLE,
            Self::NetworkAcl { .. } => &NETWORK_ACL,
            Self::NatGateway { .. } => &NAT_GATEWAY,
            Self::VpcEndpoint { .. } => &VPC_ENDPOINT,
            Self::SecurityGroup { .. } => &SECURITY_GROUP,
            Self::NetworkInterface { .. } => &NETWORK_INTERFACE,
            Self::Instance { .. } => &INSTANCE,
            Self::TransitGateway { .. } => &TRANSIT_GATEWAY,
            Self::TransitGatewayAttachment { .. } => &TRANSIT_GATEWAY_ATTACHMENT,
            Self::TransitGatewayRouteTable { .. } => &TRANSIT_GATEWAY_ROUTE_TABLE,
            Self::PrefixList { .. } => &PREFIX_LIST,
            Self::Image { .. } => &IMAGE,
            Self::IpamAllocation { .. } => &IPAM_ALLOCATION,
            Self::Snapshot { .. } => &SNAPSHOT,
            Self::Plain(plain) => &plain.kind,
            Self::HostedZone { .. } => &HOSTED_ZONE,
            Self::Dns(dns) => &dns.kind,
            Self::DnsAssociation { dns, .. } => &dns.association,
        }
    }

    /// Whether it is a security group that was made in this VPC, or is or may be associated with it.
    #[must_use]
    pub fn is_group_for(&self, vpc: &Name) -> bool {
        let made_here = matches!(self, Self::SecurityGroup { vpc: home, .. } if home == vpc);
        made_here || self.is_associated_with(vpc)
    }

    /// Returns the VPCs that it is, or may be, associated with beside its own, if it is a security group.
    pub(crate) fn associated_vpcs(&self) -> impl Iterator<Item = &Name> {
        let associated =
            if let Self::SecurityGroup { associated, .. } = self { Some(associated) } else { None };
        let lasting = |(vpc, state): (_, &Use)| state.may_last().then_some(vpc);
        associated.into_iter().flatten().filter_map(lasting)
    }

    /// Whether it is a security group that is, or may be, associated with this VPC beside its own.
    #[must_use]
    pub fn is_associated_with(&self, vpc: &Name) -> bool {
        let Self::SecurityGroup { associated, .. } = self else { return false };
        associated.get(vpc).is_some_and(|state| state.may_last())
    }

    /// Returns the subnet that the resource lies in, where it lies in one.
    #[must_use]
    pub fn subnet(&self) -> Option<&Name> {
        match self {
            Self::NetworkInterface { subnet, .. } | Self::NatGateway { subnet } => Some(subnet),
            Self::Instance { subnet, .. } => subnet.as_ref(),
            Self::Vpc
            | Self::Subnet { .. }
            | Self::InternetGateway { .. }
            | Self::RouteTable { .. }
            | Self::NetworkAcl { .. }
            | Self::VpcEndpoint { .. }
            | Self::SecurityGroup { .. }
            | Self::TransitGateway { .. }
            | Self::TransitGatewayAttachment { .. }
            | Self::TransitGatewayRouteTable { .. }
            | Self::PrefixList { .. }
            | Self::Image { .. }
            | Self::IpamAllocation { .. }
            | Self::Snapshot { .. }
            | Self::Plain(_)
            | Self::HostedZone { .. }
            | Self::Dns(_)
            | Self::DnsAssociation { .. } => None,
        }
    }

    /// Returns the VPC or subnet that the resource lies in, where it lies in one.
    #[must_use]
    #[inline]
    pub fn parent(&self) -> Option<&Name> {
        match self {
            Self::Subnet { vpc }
            | Self::RouteTable { vpc, .. }
            | Self::NetworkAcl { vpc }
            | Self::VpcEndpoint { vpc }
            | Self::SecurityGroup { vpc, .. }
            | Self::TransitGatewayAttachment { vpc, .. } => Some(vpc),
            Self::InternetGateway { vpc } => vpc.as_ref(),
            Self::NetworkInterface { subnet, .. } | Self::NatGateway { subnet } => Some(subnet),
            Self::Instance { subnet, .. } => subnet.as_ref(),
            Self::Vpc
            | Self::TransitGateway { .. }
            | Self::TransitGatewayRouteTable { .. }
            | Self::PrefixList { .. }
            | Self::Image { .. }
            | Self::IpamAllocation { .. }
            | Self::Snapshot { .. }
            | Self::Plain(_)
            | Self::HostedZone { .. }
            | Self::Dns(_)
            | Self::DnsAssociation { .. } => None,
        }
    }
}
