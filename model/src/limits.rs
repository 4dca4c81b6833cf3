//! Limits: how many of everything RAM takes.

use std::collections::BTreeSet;

use crate::answer::Conditions;
use crate::parameters::Reference;
use crate::principal::Source;
use crate::rules::{Rule, limit};
use crate::view::Access;
use crate::world::{Association, AssociationStatus, InvitationStatus, Share};
use crate::{Account, Assumption, Name, Principal, World};

/// A share as it is or is to be, for the conditions on what joins it.
#[derive(Copy, Clone)]
pub struct Joined<'a> {
    /// The account that owns it.
    pub owner: Account,
    /// Its `allowExternalPrincipals`.
    pub outsiders: bool,
    /// Its `retainSharingOnAccountLeaveOrganization`.
    pub retains: bool,
    /// The share, where it exists already.
    pub share: Option<&'a Share>,
    /// The principals that join.
    pub principals: &'a [Principal],
    /// The resources that join.
    pub resources: &'a [Reference],
    /// The sources that join.
    pub sources: &'a [Source],
}

/// The quotas of RAM.
///
/// <https://docs.aws.amazon.com/ram/latest/userguide/service-quotas.html>
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Shares of an account.
    pub shares: usize,
    /// Resources in a share.
    pub resources_of_a_share: usize,
    /// Principals in a share.
    pub principals_of_a_share: usize,
    /// Resources in all shares of an account.
    pub resources: usize,
    /// Principals in all shares of an account.
    pub principals: usize,
    /// Resources in one call.
    pub resources_of_a_call: usize,
    /// Pending invitations that an account has sent.
    pub invitations: usize,
    /// Customer managed permissions of an account.
    pub permissions: usize,
    /// Those of them that are for one type.
    pub permissions_of_a_type: usize,
    /// Versions of a permission.
    pub versions: usize,
    /// Tags of a share or permission.
    pub tags: usize,
    /// Subnets that are shared with an account, which is a limit of VPC.
    pub subnets: usize,
}

impl Limits {
    /// The quota that AWS documents.
    pub const OF_AWS: Self = Self {
        shares: 25_000,
        resources_of_a_share: 5_000,
        principals_of_a_share: 5_000,
        resources: 25_000,
        principals: 25_000,
        resources_of_a_call: 100,
        invitations: 250,
        permissions: 1_500,
        permissions_of_a_type: 10,
        versions: 5,
        tags: 50,
        subnets: 100,
    };

    /// Limits that a short scenario reaches.
    pub const LOW: Self = Self {
        shares: 3,
        resources_of_a_share: 3,
        principals_of_a_share: 2,
        resources: 4,
        principals: 3,
        resources_of_a_call: 2,
        invitations: 2,
        permissions: 3,
        permissions_of_a_type: 2,
        versions: 3,
        tags: 2,
        subnets: 2,
    };
}

impl World {
    /// The limits that hold in this world.
    #[must_use]
    pub fn limits(&self) -> &'static Limits {
        if self.assumptions.hold(Assumption::LowLimits) { &Limits::LOW } else { &Limits::OF_AWS }
    }
}

/// How a subnet stands to the limit of those that are shared with an account.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There was room for it.
    Within,
    /// It came when there was no room, and there is none yet.
    Beyond,
    /// Nobody knows.
    Unknown,
}

impl World {
    /// Counts the subnets that are shared with each account, once grants may have changed.
    ///
    /// A subnet that was one too many stays so until it is taken away and shared again.
    pub(crate) fn count_shared_subnets(&mut self) {
        let most = self.limits().subnets;
        // Where everything there is would fit, nothing needs to be counted.
        if self.resources.len() <= most && self.subnet_quotas.is_empty() {
            return;
        }
        let accounts: Vec<Account> = self.members.keys().copied().collect();
        for account in accounts {
            let shared = self.subnets_shared_with(account);
            let granted = shared.iter().filter(|(_, access)| *access == Access::Granted);
            let granted: BTreeSet<Name> = granted.map(|(name, _)| (*name).clone()).collect();
            let perhaps = shared.len() - granted.len();
            let before = self.subnet_quotas.get(&account).cloned().unwrap_or_default();
            let mut quota = before.clone();
            for known in [&mut quota.counted, &mut quota.beyond, &mut quota.undecided] {
                known.retain(|name| granted.contains(name));
            }
            let is_new = |name: &Name| {
                let known = [&quota.counted, &quota.beyond, &quota.undecided];
                known.iter().all(|known| !known.contains(name))
            };
            let new: Vec<Name> = granted.into_iter().filter(is_new).collect();
            let at_worst = quota.counted.len() + quota.undecided.len() + perhaps + new.len();
            let standing = if at_worst <= most {
                &mut quota.counted
            } else if quota.counted.len() >= most {
                &mut quota.beyond
            } else {
                &mut quota.undecided
            };
            standing.extend(new);
            if quota != before {
                self.subnet_quotas.insert(account, quota);
            }
        }
    }

    /// Returns how a subnet that a share holds for an account stands to the account's limit.
    #[must_use]
    pub fn standing(&self, account: Account, subnet: &Name) -> Standing {
        let Some(quota) = self.subnet_quotas.get(&account) else { return Standing::Within };
        if quota.undecided.contains(subnet) {
            return Standing::Unknown;
        }
        if !quota.beyond.contains(subnet) {
            return Standing::Within;
        }
        let lives = |name: &&Name| self.resources.get(*name).is_some_and(|it| !it.deleted);
        let is_full = quota.counted.iter().filter(lives).count() >= self.limits().subnets;
        // Another share that comes may have it counted anew.
        let holders = self.shares.values().filter(|share| {
            share.owner != account
                && share.resources.contains_key(subnet)
                && self.access(share, account) >= Access::Open
        });
        let holders = holders.count();
        if is_full && holders == 1 { Standing::Beyond } else { Standing::Unknown }
    }
}

/// A number of resources of which some may not count.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
struct Counted {
    surely: usize,
    perhaps: usize,
}

impl Counted {
    fn add(&mut self, surely: bool) {
        self.surely += usize::from(surely);
        self.perhaps += usize::from(!surely);
    }

    /// Requires that `n` more stay within the limit.
    fn require(self, more: usize, limit: usize, rule: &'static Rule, conditions: &mut Conditions) {
        if more == 0 {
            return;
        }
        let fits = self.surely + more <= limit;
        conditions.require(fits, rule);
        let fits_at_worst = self.surely + self.perhaps + more <= limit;
        conditions.require(fits_at_worst || !fits, &limit::COUNTED_WHILE_LIVE);
    }
}

fn counts(share: &Share, association: &Association) -> bool {
    let live = association.status != AssociationStatus::Disassociated;
    live && association.open.is_none() && share.open.is_none() && !share.deleted
}

/// The resources in these shares.
fn resources<'w>(world: &World, shares: impl Iterator<Item = &'w Share>) -> Counted {
    let mut counted = Counted::default();
    for share in shares {
        for (name, association) in &share.resources {
            let lives = world.resources.get(name).is_some_and(|resource| !resource.deleted);
            counted.add(lives && counts(share, association));
        }
    }
    counted
}

/// The principals in these shares.
fn principals<'w>(shares: impl Iterator<Item = &'w Share>) -> Counted {
    let mut counted = Counted::default();
    for share in shares {
        for association in share.principals.values() {
            counted.add(counts(share, association));
        }
    }
    counted
}

/// Requires that an account may have one more share.
pub fn require_share(world: &World, owner: Account, conditions: &mut Conditions) {
    let mut counted = Counted::default();
    for share in world.shares.values().filter(|share| share.owner == owner) {
        counted.add(!share.deleted && share.open.is_none());
    }
    counted.require(1, world.limits().shares, &limit::SHARES_OF_AN_ACCOUNT, conditions);
}

/// The number of items that stand in a list before. Lists may be as long as a request.
pub(crate) fn repetitions<T: Ord>(list: &[T]) -> usize {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    list.len() - sorted.len()
}

/// Requires that one call may name this number of resources.
pub fn require_of_a_call(world: &World, named: &[Reference], conditions: &mut Conditions) {
    let limit = world.limits().resources_of_a_call;
    let again = repetitions(named);
    let once = Counted { surely: 0, perhaps: again };
    once.require(named.len() - again, limit, &limit::RESOURCES_OF_A_CALL, conditions);
}

/// Requires that what joins a share stays within the limits.
pub fn require_joined(world: &World, joined: &Joined<'_>, conditions: &mut Conditions) {
    let limits = world.limits();
    let live = |held: Option<&Association>| {
        held.is_some_and(|held| held.status != AssociationStatus::Disassociated)
    };
    let is_new = |name: &Name| {
        !live(joined.share.and_then(|share| share.resources.get(name)))
            && world.resources.contains_key(name)
    };
    let mut names: Vec<&Name> = joined.resources.iter().filter_map(Reference::name).collect();
    names.sort();
    names.dedup();
    names.retain(|name| is_new(name));
    let mut joining: Vec<&Principal> = joined.principals.iter().collect();
    joining.sort();
    joining.dedup();
    joining.retain(|it| !live(joined.share.and_then(|share| share.principals.get(*it))));
    let own = || world.shares.values().filter(|share| share.owner == joined.owner);
    let more = names.len();
    let counted = resources(world, joined.share.into_iter());
    let rule = &limit::RESOURCES_OF_A_SHARE;
    counted.require(more, limits.resources_of_a_share, rule, conditions);
    let counted = resources(world, own());
    counted.require(more, limits.resources, &limit::RESOURCES_OF_AN_ACCOUNT, conditions);
    let more = joining.len();
    let rule = &limit::PRINCIPALS_OF_A_SHARE;
    principals(joined.share.into_iter()).require(
        more,
        limits.principals_of_a_share,
        rule,
        conditions,
    );
    let rule = &limit::PRINCIPALS_OF_AN_ACCOUNT;
    principals(own()).require(more, limits.principals, rule, conditions);
    let invited = joining.into_iter().filter_map(Principal::account);
    let invited = invited.filter(|account| !world.are_fellows(joined.owner, *account)).count();
    let mut pending = Counted::default();
    for share in own() {
        for sent in &share.invitations {
            if sent.status == InvitationStatus::Pending {
                pending.add(sent.open.is_none() && share.open.is_none() && !share.deleted);
            }
        }
    }
    pending.require(invited, limits.invitations, &limit::INVITATIONS_PENDING, conditions);
}

/// Requires that an account may have one more customer managed permission.
pub fn require_permission(world: &World, owner: Account, conditions: &mut Conditions) {
    let mut counted = Counted::default();
    for held in world.permissions.values().filter(|held| held.owner == owner && !held.deleted) {
        counted.add(held.open.is_none());
    }
    let rule = &limit::PERMISSIONS_OF_AN_ACCOUNT;
    counted.require(1, world.limits().permissions, rule, conditions);
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::answer::Decision;
    use crate::operations::ram::CreateResourceShare;
    use crate::rules::limit;
    use crate::{Account, Assumption, Call, Shape, World};

    fn refused(world: &World) -> bool {
        let call: Call = CreateResourceShare::default().into();
        match call.check(world, Account::OWNER) {
            Decision::Refused(refusal) => refusal.broken == [&limit::SHARES_OF_AN_ACCOUNT],
            Decision::Granted | Decision::Open(_) => false,
        }
    }

    #[test]
    fn an_account_has_as_many_shares_as_the_limit_says_and_no_more() {
        let low = [Assumption::LowLimits].into_iter().collect();
        let mut world = World::new(Shape::Standalone).assuming(low);
        for place in 0..Limits::LOW.shares {
            assert!(!refused(&world), "share {place}");
            let call: Call = CreateResourceShare::default().into();
            call.apply(&mut world, Account::OWNER, &format!("share{place}").as_str().into());
        }
        assert!(refused(&world));
        assert!(!refused(&world.assuming([].into_iter().collect())), "AWS has room");
    }
}
