//! The view of a world by one account: the resources that it sees and may use.

use std::collections::BTreeSet;

use crate::rules::{
    Evidence, Rule, dedicated_host, hosted_zone, image, instance, internet_gateway, ipam_pool,
    limit, nat_gateway, network_acl, organization, prefix_list, region, route_table,
    security_group, snapshot, subnet, transit_gateway, visibility, vpc_endpoint,
};
use crate::world::{
    AssociationStatus, InvitationStatus, Kind, LaunchPermission, Resource, Share, Storage, Use,
    World,
};
use crate::{Account, Assumption, Name};

/// The view of one account: every resource of the world, with the account's sight of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'w> {
    /// The account that sees.
    pub account: Account,
    /// The resources, in the order of their names, security groups left out.
    pub resources: Vec<Seeing<'w>>,
    /// The shares of others, with the access that each gives.
    pub shares: Vec<Accessed<'w>>,
}

/// A resource, with its appearance from a viewpoint.
pub type Seeing<'w> = (&'w Name, &'w Resource, Sight);

/// A share of others, with what it gives.
pub type Accessed<'w> = (&'w Name, &'w Share, Access);

/// An account's sight of a resource, and the rule that decides it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The sight itself.
    pub seen: Seen,
    /// Whether it is known well enough to judge by.
    pub judged: bool,
    /// The rule that says so.
    pub rule: &'static Rule,
}

/// An account's sight of a resource.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// Nothing, as if it did not exist.
    Hidden,
    /// It is listed, as another account's.
    Visible,
    /// It is listed, as the account's own.
    Owned,
}

impl Seen {
    /// The word of claims and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Visible => "visible",
            Self::Owned => "owned",
        }
    }
}

/// The access that a share gives to an account, weakest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Nothing, now or before.
    None,
    /// Nothing any more.
    Ended,
    /// Nothing until an invitation is accepted.
    Pending,
    /// An open rule left it undecided.
    Open,
    /// All that the share holds.
    Granted,
}

impl Sight {
    const fn of(seen: Seen, rule: &'static Rule) -> Self {
        Self { seen, judged: true, rule }
    }

    const fn open(seen: Seen, rule: &'static Rule) -> Self {
        Self { seen, judged: false, rule }
    }

    /// Whether the resource is listed.
    #[must_use]
    pub fn is_seen(self) -> bool {
        self.seen != Seen::Hidden
    }
}

impl World {
    /// Returns the view of an account.
    #[must_use]
    pub fn seen_by(&self, account: Account) -> View<'_> {
        let shares = self.shares_of_others(account);
        let any = |kind: &Kind| !matches!(kind, Kind::SecurityGroup { .. });
        View { account, resources: self.sights_through(&shares, account, any), shares }
    }

    /// Returns an account's sights of the resources of a kind, in the order of their names.
    #[must_use]
    pub fn sights_of(&self, account: Account, of_kind: impl Fn(&Kind) -> bool) -> Vec<Seeing<'_>> {
        self.sights_through(&self.shares_of_others(account), account, of_kind)
    }

    /// Returns an account's sight of one resource; that of a missing one if the name is unknown.
    #[must_use]
    pub fn sight(&self, account: Account, name: &Name) -> Sight {
        let Some(resource) = self.resources.get(name) else {
            let is_elsewhere = self.region_of(name).is_some();
            let rule = if is_elsewhere {
                &region::RESOURCES_OF_ONE
            } else {
                &visibility::HIDDEN_WITHOUT_A_GRANT
            };
            return Sight::of(Seen::Hidden, rule);
        };
        if resource.owner == account {
            return self.own_sight(resource);
        }
        let shares = self.shares_of_others(account);
        self.sight_through(&shares, name, resource, account)
    }

    fn shares_of_others(&self, account: Account) -> Vec<Accessed<'_>> {
        let others = self.shares.iter().filter(|(_, share)| share.owner != account);
        others.map(|(name, share)| (name, share, self.access(share, account))).collect()
    }

    fn sights_through(
        &self,
        shares: &[Accessed<'_>],
        account: Account,
        of_kind: impl Fn(&Kind) -> bool,
    ) -> Vec<Seeing<'_>> {
        let resources = self.resources.iter().filter(|(_, resource)| of_kind(&resource.kind));
        let sight = |name, resource| self.sight_through(shares, name, resource, account);
        resources.map(|(name, resource)| (name, resource, sight(name, resource))).collect()
    }

    /// Returns the access that a share gives to an account that does not own it.
    #[must_use]
    pub fn access(&self, share: &Share, account: Account) -> Access {
        let mut access = Access::None;
        for (principal, association) in &share.principals {
            if !self.covers(principal, account) {
                continue;
            }
            let granted = match association.status {
                _ if share.open.is_some() => Access::Open,
                AssociationStatus::Associated if share.deleted => Access::Ended,
                AssociationStatus::Associated => Access::Granted,
                AssociationStatus::Associating if share.deleted => Access::None,
                AssociationStatus::Associating => Access::Pending,
                AssociationStatus::Disassociated if association.associated_once => Access::Ended,
                AssociationStatus::Disassociated => Access::None,
            };
            access = access.max(granted);
        }
        access
    }

    /// Returns the living subnets of others to which shares give an account access, or may.
    #[must_use]
    pub fn subnets_shared_with(&self, account: Account) -> Vec<(&Name, Access)> {
        let shares = self.shares_of_others(account);
        let others = self.resources.iter().filter(|(_, it)| {
            matches!(it.kind, Kind::Subnet { .. }) && it.owner != account && !it.deleted
        });
        let with_access = others.map(|(name, _)| (name, Self::best_access(&shares, name)));
        with_access.filter(|(_, access)| *access >= Access::Open).collect()
    }

    /// Whether a subnet may be one too many of those that are shared with an account.
    fn may_be_beyond(&self, account: Account, subnet: &Name) -> bool {
        self.subnet_quotas
            .get(&account)
            .is_some_and(|it| it.beyond.contains(subnet) || it.undecided.contains(subnet))
    }

    fn own_sight(&self, resource: &Resource) -> Sight {
        if resource.deleted {
            Self::gone(resource)
        } else if let Kind::Image { disabled: true, .. } = resource.kind {
            Sight::of(Seen::Hidden, &image::HIDDEN_WHILE_DISABLED)
        } else {
            if let Kind::DnsAssociation { state: Use::Open(open), .. } = resource.kind {
                return Sight::open(Seen::Owned, open);
            }
            if let Kind::TransitGatewayRouteTable { gateway, .. } = &resource.kind
                && self.resources.get(gateway).is_some_and(|gateway| gateway.deleted)
            {
                return Sight::open(Seen::Owned, &transit_gateway::DELETED_WITH_ROUTE_TABLES);
            }
            let retired = &dedicated_host::RETIRED_AFTER_REVOCATION;
            if let Kind::Instance { uses, .. } = &resource.kind
                && uses.iter().any(|held| held.state == Use::Open(retired))
            {
                return Sight::open(Seen::Owned, retired);
            }
            let failed = matches!(resource.kind, Kind::PrefixList { delete_failed: true, .. });
            let rule = if failed {
                &prefix_list::KEPT_WHILE_REFERENCED
            } else {
                resource.kind.info().own_rule
            };
            Sight::of(Seen::Owned, rule)
        }
    }

    /// A deleted resource: an image may be listed for a while yet, so that is not judged.
    fn gone(resource: &Resource) -> Sight {
        if let Kind::Image { .. } = resource.kind {
            Sight::open(Seen::Hidden, &image::ABSENT_ONCE_DEREGISTERED)
        } else if let Kind::DnsAssociation { state: Use::Ended(rule), .. } = resource.kind {
            Sight::of(Seen::Hidden, rule)
        } else {
            Sight::of(Seen::Hidden, &visibility::GONE_ONCE_DELETED)
        }
    }

    /// Returns the sight of a resource, by the rule that ended a grant without a call about its share
    /// if one did.
    fn sight_through(
        &self,
        shares: &[Accessed<'_>],
        name: &Name,
        resource: &Resource,
        account: Account,
    ) -> Sight {
        let sight = self.plain_sight(shares, name, resource, account);
        if *sight.rule != visibility::HIDDEN_ONCE_REVOKED {
            return sight;
        }
        let is_vpc = matches!(resource.kind, Kind::Vpc);
        let around = if is_vpc { Some(name) } else { resource.kind.parent() };
        let is_held =
            |held: &Name| held == name || around.is_some_and(|vpc| self.vpc_of(held) == Some(vpc));
        let ended = shares.iter().filter(|(_, share, access)| {
            *access == Access::Ended && share.resources.keys().any(is_held)
        });
        let mut by = ended.flat_map(|(_, share, _)| {
            let rows = share.principals.iter();
            let rows = rows
                .filter(|(principal, row)| row.associated_once && self.covers(principal, account));
            rows.map(|(_, row)| row.ended_by)
        });
        let first = by.next().flatten();
        let alone = by.all(|other| other == first);
        first.filter(|_| alone).map_or(sight, |rule| Sight::of(Seen::Hidden, rule))
    }

    fn plain_sight(
        &self,
        shares: &[Accessed<'_>],
        name: &Name,
        resource: &Resource,
        account: Account,
    ) -> Sight {
        if resource.owner == account {
            return self.own_sight(resource);
        }
        let is_image = matches!(resource.kind, Kind::Image { .. });
        if resource.deleted && !is_image {
            return Self::gone(resource);
        }
        if let Some(rule) = resource.kind.info().seen_rule {
            let sight = Self::shared_sight(shares, name, rule);
            let failed = matches!(resource.kind, Kind::PrefixList { delete_failed: true, .. });
            if failed && sight.is_seen() {
                return Sight::open(sight.seen, &prefix_list::USED_ONCE_ITS_DELETION_FAILED);
            }
            return sight;
        }
        match &resource.kind {
            Kind::Subnet { .. } => self.subnet_sight(shares, name, account),
            Kind::SecurityGroup { vpc, associated, .. } => {
                let sight = self.group_sight(shares, name, vpc, account);
                let mut last = associated.iter().filter(|(_, state)| state.may_last());
                if !sight.is_seen() && last.any(|(other, _)| self.owns(account, other)) {
                    return Sight::open(Seen::Hidden, &security_group::SEEN_WITH_AN_ASSOCIATION);
                }
                sight
            }
            Kind::HostedZone { .. } => self.zone_sight(shares, name),
            Kind::DnsAssociation { dns, of, .. } => {
                match dns.association_seen_by_the_owner.filter(|_| self.owns(account, of)) {
                    Some(rule) => {
                        let judged = rule.evidence > Evidence::Open;
                        Sight { seen: Seen::Hidden, judged, rule }
                    }
                    None => Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT),
                }
            }
            Kind::RouteTable { vpc, .. } => {
                self.sight_with_vpc(shares, vpc, account, &route_table::SEEN_WITH_A_SHARED_SUBNET)
            }
            Kind::NetworkAcl { vpc } => {
                self.sight_with_vpc(shares, vpc, account, &network_acl::SEEN_WITH_A_SHARED_SUBNET)
            }
            Kind::NatGateway { subnet } => {
                let hidden = &nat_gateway::HIDDEN_FROM_PARTICIPANTS;
                self.sight_kept_by_the_vpc_owner(shares, self.vpc_of(subnet), account, hidden)
            }
            Kind::VpcEndpoint { vpc } => {
                let hidden = &vpc_endpoint::HIDDEN_FROM_PARTICIPANTS;
                self.sight_kept_by_the_vpc_owner(shares, Some(vpc), account, hidden)
            }
            Kind::IpamAllocation { pool } => self.allocation_sight(shares, pool, account),
            Kind::InternetGateway { vpc: Some(vpc) } => {
                let seen = &internet_gateway::SEEN_WITH_A_SHARED_SUBNET;
                self.sight_with_vpc(shares, vpc, account, seen)
            }
            Kind::Vpc => self.vpc_sight(shares, name, account),
            Kind::Image { disabled: true, .. } if !resource.deleted => {
                Sight::of(Seen::Hidden, &image::HIDDEN_WHILE_DISABLED)
            }
            Kind::Image { permissions, former, .. } => {
                let among = |them: &BTreeSet<LaunchPermission>| {
                    them.iter().any(|it| self.permits(it, account))
                };
                if among(permissions) && resource.deleted {
                    Self::gone(resource)
                } else if among(permissions) {
                    Sight::of(Seen::Visible, &image::SEEN_WITH_A_LAUNCH_PERMISSION)
                } else {
                    self.image_sight_through(shares, name, resource, among(former))
                }
            }
            Kind::Snapshot { permissions, .. } if permissions.contains(&account) => {
                Sight::of(Seen::Visible, &snapshot::SEEN_WITH_A_PERMISSION)
            }
            Kind::Snapshot { former, .. } if former.contains(&account) => {
                Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED)
            }
            Kind::NetworkInterface { subnet, .. } if self.owns(account, subnet) => {
                Sight::of(Seen::Visible, &instance::INTERFACE_SEEN_BY_THE_SUBNET_OWNER)
            }
            Kind::Instance { .. } => Sight::of(Seen::Hidden, &instance::SEEN_BY_ITS_OWNER_ALONE),
            Kind::TransitGatewayRouteTable { gateway, .. }
                if Self::shared_sight(shares, gateway, &transit_gateway::SEEN_WHILE_SHARED)
                    .is_seen() =>
            {
                let rule = &transit_gateway::ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE;
                Sight::of(Seen::Hidden, rule)
            }
            Kind::TransitGatewayAttachment { gateway, .. } if self.owns(account, gateway) => {
                Sight::of(Seen::Visible, &transit_gateway::ATTACHMENT_SEEN_BY_BOTH)
            }
            Kind::InternetGateway { vpc: None }
            | Kind::Snapshot { .. }
            | Kind::NetworkInterface { .. }
            | Kind::TransitGatewayAttachment { .. }
            | Kind::TransitGatewayRouteTable { .. }
            | Kind::TransitGateway { .. }
            | Kind::PrefixList { .. }
            | Kind::Plain(_)
            | Kind::Dns(_) => Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT),
        }
    }

    /// An image that no permission shows: where RAM is assumed to share images, a share may.
    fn image_sight_through(
        &self,
        shares: &[Accessed<'_>],
        name: &Name,
        resource: &Resource,
        permitted_once: bool,
    ) -> Sight {
        let hidden = if permitted_once {
            Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED)
        } else if matches!(resource.kind, Kind::Image { storage: Storage::Copied, .. }) {
            Sight::of(Seen::Hidden, &image::PRIVATE_ONCE_COPIED)
        } else {
            Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT)
        };
        if !self.assumptions.hold(Assumption::RamSharesImages) {
            return hidden;
        }
        let sight = Self::shared_sight(shares, name, &image::SEEN_WHILE_ASSUMED_SHARED);
        match sight.seen {
            Seen::Hidden if permitted_once => hidden,
            Seen::Visible | Seen::Owned if resource.deleted => Self::gone(resource),
            Seen::Hidden | Seen::Visible | Seen::Owned => sight,
        }
    }

    /// A hosted zone of another account: where RAM is assumed to share zones, a share may show it.
    fn zone_sight(&self, shares: &[Accessed<'_>], name: &Name) -> Sight {
        if self.assumptions.hold(Assumption::RamSharesHostedZones) {
            Self::shared_sight(shares, name, &hosted_zone::SEEN_WHILE_ASSUMED_SHARED)
        } else {
            Sight::of(Seen::Hidden, &hosted_zone::LISTED_TO_ITS_OWNER_ALONE)
        }
    }

    fn owns(&self, account: Account, name: &Name) -> bool {
        self.resources.get(name).is_some_and(|resource| resource.owner == account)
    }

    /// The best access to a resource over all shares.
    fn best_access(shares: &[Accessed<'_>], name: &Name) -> Access {
        let through = |(_, share, access): &Accessed<'_>| {
            let association = share.resources.get(name)?;
            Some(match (association.status, *access) {
                (_, Access::None) => Access::None,
                (_, Access::Open) => Access::Open,
                (AssociationStatus::Associated, access) => access,
                (_, Access::Granted | Access::Ended) => Access::Ended,
                (_, Access::Pending) => Access::None,
            })
        };
        shares.iter().filter_map(through).max().unwrap_or(Access::None)
    }

    fn shared_sight(
        shares: &[Accessed<'_>],
        name: &Name,
        seen_while_shared: &'static Rule,
    ) -> Sight {
        match Self::best_access(shares, name) {
            Access::Granted => Sight::of(Seen::Visible, seen_while_shared),
            Access::Open => Sight::open(Seen::Visible, &visibility::THROUGH_AN_UNKNOWN_GRANT),
            Access::Pending => Sight::of(Seen::Hidden, &visibility::HIDDEN_WHILE_PENDING),
            Access::Ended => Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED),
            Access::None => Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT),
        }
    }

    /// A security group shows while it is shared, and to the owner of its VPC.
    fn group_sight(
        &self,
        shares: &[Accessed<'_>],
        name: &Name,
        vpc: &Name,
        account: Account,
    ) -> Sight {
        let sight = Self::shared_sight(shares, name, &security_group::USED_WHILE_SHARED);
        if sight.is_seen() {
            return sight;
        }
        if self.owns(account, vpc) {
            return Sight::of(Seen::Visible, &security_group::SEEN_BY_THE_VPC_OWNER);
        }
        let around = self.vpc_sight(shares, vpc, account);
        if around.is_seen() || !around.judged {
            return Sight::of(Seen::Hidden, &security_group::SEEN_BY_OTHER_PARTICIPANTS);
        }
        sight
    }

    fn subnet_sight(&self, shares: &[Accessed<'_>], name: &Name, account: Account) -> Sight {
        let sight = Self::shared_sight(shares, name, &subnet::SEEN_WHILE_SHARED);
        if sight.is_seen() && self.may_be_beyond(account, name) {
            return Sight::open(sight.seen, &limit::SUBNETS_USED_BEYOND_THEIR_NUMBER);
        }
        if !sight.is_seen() && self.inside(name).any(|(_, resource)| resource.owner == account) {
            return Sight::open(Seen::Hidden, &visibility::UNKNOWN_AFTER_REVOCATION_IN_USE);
        }
        sight
    }

    /// Returns the sight of a resource that is seen with its VPC, by this rule.
    fn sight_with_vpc(
        &self,
        shares: &[Accessed<'_>],
        vpc: &Name,
        account: Account,
        seen: &'static Rule,
    ) -> Sight {
        let sight = self.vpc_sight(shares, vpc, account);
        if sight.is_seen() && sight.judged {
            Sight { seen: sight.seen, judged: seen.evidence > Evidence::Open, rule: seen }
        } else {
            sight
        }
    }

    /// Returns the sight of a resource of another account that is not seen with its VPC: hidden, by this
    /// rule if the VPC is or may be seen.
    fn sight_kept_by_the_vpc_owner(
        &self,
        shares: &[Accessed<'_>],
        vpc: Option<&Name>,
        account: Account,
        hidden: &'static Rule,
    ) -> Sight {
        let around = vpc.map(|vpc| self.vpc_sight(shares, vpc, account));
        let is_beside = around.is_some_and(|around| around.is_seen() || !around.judged);
        let rule = if is_beside { hidden } else { &visibility::HIDDEN_WITHOUT_A_GRANT };
        Sight::of(Seen::Hidden, rule)
    }

    /// An allocation of another account shows to all that see its IPAM pool.
    fn allocation_sight(&self, shares: &[Accessed<'_>], pool: &Name, account: Account) -> Sight {
        let seen = &ipam_pool::ALLOCATIONS_LISTED;
        if self.owns(account, pool) {
            return Sight::of(Seen::Visible, seen);
        }
        let sight = Self::shared_sight(shares, pool, seen);
        let deleted = self.resources.get(pool).is_none_or(|pool| pool.deleted);
        if deleted { Sight::of(Seen::Hidden, &visibility::GONE_ONCE_DELETED) } else { sight }
    }

    /// A VPC appears like the best seen of its subnets.
    fn vpc_sight(&self, shares: &[Accessed<'_>], name: &Name, account: Account) -> Sight {
        let subnets = self
            .resources
            .iter()
            .filter(|(_, resource)| matches!(&resource.kind, Kind::Subnet { vpc } if vpc == name));
        let mut best = Access::None;
        for (subnet, resource) in subnets {
            let access = match Self::best_access(shares, subnet) {
                Access::Granted if self.may_be_beyond(account, subnet) => Access::Open,
                access @ (Access::Granted
                | Access::None
                | Access::Ended
                | Access::Pending
                | Access::Open) => access,
            };
            best = best.max(if resource.deleted { access.min(Access::Ended) } else { access });
        }
        match best {
            Access::Granted => Sight::of(Seen::Visible, &subnet::VPC_SEEN_WITH_A_SHARED_SUBNET),
            Access::Open => Sight::open(Seen::Visible, &visibility::THROUGH_AN_UNKNOWN_GRANT),
            Access::Pending | Access::Ended | Access::None
                if self.has_something_in(account, name) =>
            {
                Sight::open(Seen::Hidden, &visibility::UNKNOWN_AFTER_REVOCATION_IN_USE)
            }
            Access::Ended => Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED),
            Access::Pending | Access::None => {
                Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT)
            }
        }
    }
}

/// Whether a resource is hidden by this rule because a grant of it ended.
#[must_use]
pub fn is_revoked(rule: &Rule) -> bool {
    [
        &visibility::HIDDEN_ONCE_REVOKED,
        &organization::DIRECT_GRANTS_OF_A_LEAVER,
        &organization::ACCOUNTS_ONCE_SHARING_ENDS,
    ]
    .contains(&rule)
}

/// Whether the newest invitation of an account to a share waits for its answer.
#[must_use]
pub fn is_invited(share: &Share, account: Account) -> bool {
    share
        .invitations
        .iter()
        .rev()
        .find(|invitation| invitation.receiver == account)
        .is_some_and(|invitation| invitation.status == InvitationStatus::Pending)
}
