//! The view of a world by one account: the resources that it sees and may use.

mod views;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

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

pub use views::{View, Views};

/// A resource, with its appearance from a viewpoint.
pub type Seeing<'w> = (&'w Name, &'w Resource, Sight);

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
    /// Returns an account's sights of the resources of a kind, in the order of their names.
    #[must_use]
    pub fn sights_of(&self, account: Account, of_kind: impl Fn(&Kind) -> bool) -> Vec<Seeing<'_>> {
        let from = Viewpoint::of(self, account);
        let resources = self.resources.iter().filter(|(_, resource)| of_kind(&resource.kind));
        let sight = |name, resource| from.sight(name, resource);
        let mut sights = Vec::with_capacity(self.resources.len());
        sights.extend(resources.map(|(name, resource)| (name, resource, sight(name, resource))));
        sights
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
        Viewpoint::of(self, account).sight(name, resource)
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
        let mut held = Viewpoint::of(self, account).held;
        held.retain(|(name, access)| {
            let is_one = |it: &Resource| {
                matches!(it.kind, Kind::Subnet { .. }) && it.owner != account && !it.deleted
            };
            *access >= Access::Open && self.resources.get(*name).is_some_and(is_one)
        });
        held
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
}

/// Whether resources of a kind are in views: security groups are not.
fn is_listed(kind: &Kind) -> bool {
    !matches!(kind, Kind::SecurityGroup { .. })
}

/// A world as one account looks at it. What its sights have in common is found once, so that a list
/// takes as long as the world is large, and not as there are shares for each of its resources.
struct Viewpoint<'w> {
    world: &'w World,
    account: Account,
    /// The shares of others that give the account something, did or may.
    shares: Vec<(&'w Share, Access)>,
    /// What they hold, with the best access to each, in the order of the names.
    held: Vec<(&'w Name, Access)>,
    /// The subnets by their VPCs, in the order of both: they are the same from all viewpoints.
    subnets: Rc<OnceCell<Vec<(&'w Name, &'w Name)>>>,
    /// The VPCs and subnets in which the account has something of its own, in the order of their names.
    occupied: OnceCell<Vec<&'w Name>>,
    /// The sights of VPCs that were asked for, in the order of their names: what lies in a VPC asks again.
    vpcs: RefCell<Vec<(Name, Sight)>>,
}

impl<'w> Viewpoint<'w> {
    fn of(world: &'w World, account: Account) -> Self {
        Self::with(world, account, Rc::default())
    }

    /// The viewpoint of an account in a world whose subnets may have been found already.
    fn with(
        world: &'w World,
        account: Account,
        subnets: Rc<OnceCell<Vec<(&'w Name, &'w Name)>>>,
    ) -> Self {
        let others = world.shares.values().filter(|share| share.owner != account);
        let accessed = others.map(|share| (share, world.access(share, account)));
        let shares: Vec<_> = accessed.filter(|(_, access)| *access > Access::None).collect();
        let mut held: Vec<_> = shares
            .iter()
            .flat_map(|(share, access)| {
                share.resources.iter().map(|(name, it)| (name, Self::through(*access, it.status)))
            })
            .filter(|(_, access)| *access > Access::None)
            .collect();
        // The best of each comes first, and stays.
        held.sort_unstable_by(|(one, weak), (other, strong)| {
            one.cmp(other).then_with(|| strong.cmp(weak))
        });
        held.dedup_by_key(|(name, _)| *name);
        Self {
            world,
            account,
            shares,
            held,
            subnets,
            occupied: OnceCell::new(),
            vpcs: RefCell::default(),
        }
    }

    /// The access to a resource in this status that a share with this access gives.
    fn through(share: Access, status: AssociationStatus) -> Access {
        match (status, share) {
            (_, Access::None) => Access::None,
            (_, Access::Open) => Access::Open,
            (AssociationStatus::Associated, access) => access,
            (_, Access::Granted | Access::Ended) => Access::Ended,
            (_, Access::Pending) => Access::None,
        }
    }

    /// The best access to a resource over all shares.
    fn best_access(&self, name: &Name) -> Access {
        let place = self.held.binary_search_by(|(held, _)| (*held).cmp(name));
        place.map_or(Access::None, |place| self.held[place].1)
    }

    /// The subnets of a VPC, deleted ones included.
    fn subnets_of(&self, vpc: &Name) -> impl Iterator<Item = &'w Name> {
        let all = self.subnets.get_or_init(|| {
            let resources = self.world.resources.iter();
            let mut all: Vec<_> = resources
                .filter_map(|(name, resource)| {
                    let Kind::Subnet { vpc } = &resource.kind else { return None };
                    Some((vpc, name))
                })
                .collect();
            all.sort_unstable();
            all
        });
        let from = all.partition_point(|(of, _)| *of < vpc);
        all[from..].iter().take_while(move |(of, _)| *of == vpc).map(|(_, name)| *name)
    }

    fn owns(&self, name: &Name) -> bool {
        self.world.resources.get(name).is_some_and(|resource| resource.owner == self.account)
    }

    /// Whether the account has anything of its own in a VPC or its subnets or in a subnet, or a security
    /// group that is associated with the VPC.
    fn has_something_in(&self, host: &Name) -> bool {
        let occupied = self.occupied.get_or_init(|| {
            let own = self.world.resources.values();
            let own = own.filter(|it| it.owner == self.account && !it.deleted);
            let mut occupied: Vec<_> = own.flat_map(|it| self.world.hosts_of(it)).collect();
            occupied.sort_unstable();
            occupied.dedup();
            occupied
        });
        occupied.binary_search(&host).is_ok()
    }

    /// Returns the sight of a resource, by the rule that ended a grant without a call about its share
    /// if one did.
    fn sight(&self, name: &Name, resource: &Resource) -> Sight {
        let sight = self.plain_sight(name, resource);
        if *sight.rule != visibility::HIDDEN_ONCE_REVOKED {
            return sight;
        }
        let is_vpc = matches!(resource.kind, Kind::Vpc);
        let around = if is_vpc { Some(name) } else { resource.kind.parent() };
        let is_held = |held: &Name| {
            held == name || around.is_some_and(|vpc| self.world.vpc_of(held) == Some(vpc))
        };
        let ended = self.shares.iter().filter(|(share, access)| {
            *access == Access::Ended && share.resources.keys().any(is_held)
        });
        let mut by = ended.flat_map(|(share, _)| {
            let rows = share.principals.iter().filter(|(principal, row)| {
                row.associated_once && self.world.covers(principal, self.account)
            });
            rows.map(|(_, row)| row.ended_by)
        });
        let first = by.next().flatten();
        let alone = by.all(|other| other == first);
        first.filter(|_| alone).map_or(sight, |rule| Sight::of(Seen::Hidden, rule))
    }

    fn plain_sight(&self, name: &Name, resource: &Resource) -> Sight {
        if resource.owner == self.account {
            return self.world.own_sight(resource);
        }
        let is_image = matches!(resource.kind, Kind::Image { .. });
        if resource.deleted && !is_image {
            return World::gone(resource);
        }
        if let Some(rule) = resource.kind.info().seen_rule {
            let sight = self.shared_sight(name, rule);
            let failed = matches!(resource.kind, Kind::PrefixList { delete_failed: true, .. });
            if failed && sight.is_seen() {
                return Sight::open(sight.seen, &prefix_list::USED_ONCE_ITS_DELETION_FAILED);
            }
            return sight;
        }
        match &resource.kind {
            Kind::Subnet { .. } => self.subnet_sight(name),
            Kind::SecurityGroup { vpc, associated, .. } => {
                let sight = self.group_sight(name, vpc);
                let mut last = associated.iter().filter(|(_, state)| state.may_last());
                if !sight.is_seen() && last.any(|(other, _)| self.owns(other)) {
                    return Sight::open(Seen::Hidden, &security_group::SEEN_WITH_AN_ASSOCIATION);
                }
                sight
            }
            Kind::HostedZone { .. } => self.zone_sight(name),
            Kind::DnsAssociation { dns, of, .. } => {
                match dns.association_seen_by_the_owner.filter(|_| self.owns(of)) {
                    Some(rule) => {
                        let judged = rule.evidence > Evidence::Open;
                        Sight { seen: Seen::Hidden, judged, rule }
                    }
                    None => Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT),
                }
            }
            Kind::RouteTable { vpc, .. } => {
                self.sight_with_vpc(vpc, &route_table::SEEN_WITH_A_SHARED_SUBNET)
            }
            Kind::NetworkAcl { vpc } => {
                self.sight_with_vpc(vpc, &network_acl::SEEN_WITH_A_SHARED_SUBNET)
            }
            Kind::NatGateway { subnet } => {
                let hidden = &nat_gateway::HIDDEN_FROM_PARTICIPANTS;
                self.sight_kept_by_the_vpc_owner(self.world.vpc_of(subnet), hidden)
            }
            Kind::VpcEndpoint { vpc } => {
                let hidden = &vpc_endpoint::HIDDEN_FROM_PARTICIPANTS;
                self.sight_kept_by_the_vpc_owner(Some(vpc), hidden)
            }
            Kind::IpamAllocation { pool } => self.allocation_sight(pool),
            Kind::InternetGateway { vpc: Some(vpc) } => {
                let seen = &internet_gateway::SEEN_WITH_A_SHARED_SUBNET;
                self.sight_with_vpc(vpc, seen)
            }
            Kind::Vpc => self.vpc_sight(name),
            Kind::Image { disabled: true, .. } if !resource.deleted => {
                Sight::of(Seen::Hidden, &image::HIDDEN_WHILE_DISABLED)
            }
            Kind::Image { permissions, former, .. } => {
                let among = |them: &BTreeSet<LaunchPermission>| {
                    them.iter().any(|it| self.world.permits(it, self.account))
                };
                if among(permissions) && resource.deleted {
                    World::gone(resource)
                } else if among(permissions) {
                    Sight::of(Seen::Visible, &image::SEEN_WITH_A_LAUNCH_PERMISSION)
                } else {
                    self.image_sight_through(name, resource, among(former))
                }
            }
            Kind::Snapshot { permissions, .. } if permissions.contains(&self.account) => {
                Sight::of(Seen::Visible, &snapshot::SEEN_WITH_A_PERMISSION)
            }
            Kind::Snapshot { former, .. } if former.contains(&self.account) => {
                Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED)
            }
            Kind::NetworkInterface { subnet, .. } if self.owns(subnet) => {
                Sight::of(Seen::Visible, &instance::INTERFACE_SEEN_BY_THE_SUBNET_OWNER)
            }
            Kind::Instance { .. } => Sight::of(Seen::Hidden, &instance::SEEN_BY_ITS_OWNER_ALONE),
            Kind::TransitGatewayRouteTable { gateway, .. }
                if self.shared_sight(gateway, &transit_gateway::SEEN_WHILE_SHARED).is_seen() =>
            {
                let rule = &transit_gateway::ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE;
                Sight::of(Seen::Hidden, rule)
            }
            Kind::TransitGatewayAttachment { gateway, .. } if self.owns(gateway) => {
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
    fn image_sight_through(&self, name: &Name, resource: &Resource, permitted_once: bool) -> Sight {
        let hidden = if permitted_once {
            Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED)
        } else if matches!(resource.kind, Kind::Image { storage: Storage::Copied, .. }) {
            Sight::of(Seen::Hidden, &image::PRIVATE_ONCE_COPIED)
        } else {
            Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT)
        };
        if !self.world.assumptions.hold(Assumption::RamSharesImages) {
            return hidden;
        }
        let sight = self.shared_sight(name, &image::SEEN_WHILE_ASSUMED_SHARED);
        match sight.seen {
            Seen::Hidden if permitted_once => hidden,
            Seen::Visible | Seen::Owned if resource.deleted => World::gone(resource),
            Seen::Hidden | Seen::Visible | Seen::Owned => sight,
        }
    }

    /// A hosted zone of another account: where RAM is assumed to share zones, a share may show it.
    fn zone_sight(&self, name: &Name) -> Sight {
        if self.world.assumptions.hold(Assumption::RamSharesHostedZones) {
            self.shared_sight(name, &hosted_zone::SEEN_WHILE_ASSUMED_SHARED)
        } else {
            Sight::of(Seen::Hidden, &hosted_zone::LISTED_TO_ITS_OWNER_ALONE)
        }
    }

    fn shared_sight(&self, name: &Name, seen_while_shared: &'static Rule) -> Sight {
        match self.best_access(name) {
            Access::Granted => Sight::of(Seen::Visible, seen_while_shared),
            Access::Open => Sight::open(Seen::Visible, &visibility::THROUGH_AN_UNKNOWN_GRANT),
            Access::Pending => Sight::of(Seen::Hidden, &visibility::HIDDEN_WHILE_PENDING),
            Access::Ended => Sight::of(Seen::Hidden, &visibility::HIDDEN_ONCE_REVOKED),
            Access::None => Sight::of(Seen::Hidden, &visibility::HIDDEN_WITHOUT_A_GRANT),
        }
    }

    /// A security group shows while it is shared, and to the owner of its VPC.
    fn group_sight(&self, name: &Name, vpc: &Name) -> Sight {
        let sight = self.shared_sight(name, &security_group::USED_WHILE_SHARED);
        if sight.is_seen() {
            return sight;
        }
        if self.owns(vpc) {
            return Sight::of(Seen::Visible, &security_group::SEEN_BY_THE_VPC_OWNER);
        }
        let around = self.vpc_sight(vpc);
        if around.is_seen() || !around.judged {
            return Sight::of(Seen::Hidden, &security_group::SEEN_BY_OTHER_PARTICIPANTS);
        }
        sight
    }

    fn subnet_sight(&self, name: &Name) -> Sight {
        let sight = self.shared_sight(name, &subnet::SEEN_WHILE_SHARED);
        if sight.is_seen() && self.world.may_be_beyond(self.account, name) {
            return Sight::open(sight.seen, &limit::SUBNETS_USED_BEYOND_THEIR_NUMBER);
        }
        if !sight.is_seen() && self.has_something_in(name) {
            return Sight::open(Seen::Hidden, &visibility::UNKNOWN_AFTER_REVOCATION_IN_USE);
        }
        sight
    }

    /// Returns the sight of a resource that is seen with its VPC, by this rule.
    fn sight_with_vpc(&self, vpc: &Name, seen: &'static Rule) -> Sight {
        let sight = self.vpc_sight(vpc);
        if sight.is_seen() && sight.judged {
            Sight { seen: sight.seen, judged: seen.evidence > Evidence::Open, rule: seen }
        } else {
            sight
        }
    }

    /// Returns the sight of a resource of another account that is not seen with its VPC: hidden, by this
    /// rule if the VPC is or may be seen.
    fn sight_kept_by_the_vpc_owner(&self, vpc: Option<&Name>, hidden: &'static Rule) -> Sight {
        let around = vpc.map(|vpc| self.vpc_sight(vpc));
        let is_beside = around.is_some_and(|around| around.is_seen() || !around.judged);
        let rule = if is_beside { hidden } else { &visibility::HIDDEN_WITHOUT_A_GRANT };
        Sight::of(Seen::Hidden, rule)
    }

    /// An allocation of another account shows to all that see its IPAM pool.
    fn allocation_sight(&self, pool: &Name) -> Sight {
        let seen = &ipam_pool::ALLOCATIONS_LISTED;
        if self.owns(pool) {
            return Sight::of(Seen::Visible, seen);
        }
        let sight = self.shared_sight(pool, seen);
        let deleted = self.world.resources.get(pool).is_none_or(|pool| pool.deleted);
        if deleted { Sight::of(Seen::Hidden, &visibility::GONE_ONCE_DELETED) } else { sight }
    }

    /// A VPC appears like the best seen of its subnets.
    fn vpc_sight(&self, name: &Name) -> Sight {
        let place = self.vpcs.borrow().binary_search_by(|(vpc, _)| vpc.cmp(name));
        match place {
            Ok(known) => self.vpcs.borrow()[known].1,
            Err(place) => {
                let sight = self.vpc_sight_through_subnets(name);
                self.vpcs.borrow_mut().insert(place, (name.clone(), sight));
                sight
            }
        }
    }

    fn vpc_sight_through_subnets(&self, name: &Name) -> Sight {
        let mut best = Access::None;
        for subnet in self.subnets_of(name) {
            let access = match self.best_access(subnet) {
                Access::Granted if self.world.may_be_beyond(self.account, subnet) => Access::Open,
                access @ (Access::Granted
                | Access::None
                | Access::Ended
                | Access::Pending
                | Access::Open) => access,
            };
            let deleted = self.world.resources.get(subnet).is_some_and(|subnet| subnet.deleted);
            best = best.max(if deleted { access.min(Access::Ended) } else { access });
        }
        match best {
            Access::Granted => Sight::of(Seen::Visible, &subnet::VPC_SEEN_WITH_A_SHARED_SUBNET),
            Access::Open => Sight::open(Seen::Visible, &visibility::THROUGH_AN_UNKNOWN_GRANT),
            Access::Pending | Access::Ended | Access::None if self.has_something_in(name) => {
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
