//! Conditions that the operations on the life of an organization have in common: who manages it, and what
//! joining, leaving and the end of sharing mean for shares.
//!
//! The grants of a share to an organization or a unit follow from who is in it, and need nothing
//! done here: see [`World::covers`].

use crate::answer::{Conditions, Decision};
use crate::dice::Dice;
use crate::rules::{Rule, membership, organization};
use crate::world::{
    Association, AssociationStatus, InvitationStatus, Membership, Organization, Share,
};
use crate::{Account, Name, Principal, World};

/// The service whose trusted access RAM's sharing takes.
pub const RAM: &str = "ram.amazonaws.com";

/// Requires that the caller is in an organization, and returns it.
pub(crate) fn require_inside<'w>(
    world: &'w World,
    actor: Account,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Organization)> {
    let found = world.organization_of(actor);
    conditions.require(found.is_some(), &membership::IN_AN_ORGANIZATION);
    found
}

/// Requires that the caller manages its organization, and returns that.
pub(crate) fn require_managed<'w>(
    world: &'w World,
    actor: Account,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let (id, organization) = require_inside(world, actor, conditions)?;
    let manages = organization.management == actor;
    conditions.require(manages, &membership::MANAGED_BY_MANAGEMENT_ALONE);
    Some(id)
}

/// The service that a call about trusted access names; RAM where it names none.
pub(crate) fn named_service(named: &str) -> &str {
    if named.is_empty() { RAM } else { named }
}

/// Decides on a call that turns a service's trusted access on or off: whoever manages the
/// organization may. For RAM, turning it to what it is already is open.
pub(crate) fn decide_on_trust(
    world: &World,
    actor: Account,
    service: &str,
    trusted: bool,
) -> Decision {
    let mut conditions = Conditions::default();
    if let Some(id) = require_managed(world, actor, &mut conditions)
        && service == RAM
        && let Some(organization) = world.organizations.get(id)
    {
        let changes = organization.trusted != trusted;
        conditions.require(changes, &organization::TRUSTED_ACCESS_SET_AGAIN);
    }
    conditions.decide()
}

/// Requires that an account is in an organization, and returns where.
pub(crate) fn require_member<'w>(
    world: &'w World,
    organization: &Name,
    named: Option<&Principal>,
    conditions: &mut Conditions,
) -> Option<(Account, &'w Membership)> {
    let account = named.and_then(Principal::account);
    let membership = account.and_then(|account| Some((account, world.members.get(&account)?)));
    let membership = membership.filter(|(_, it)| it.organization == *organization);
    conditions.require(membership.is_some(), &membership::OF_ACCOUNTS_IN_IT);
    membership
}

/// Requires that an account does not manage its organization.
pub(crate) fn require_no_management(
    organization: &Organization,
    account: Account,
    conditions: &mut Conditions,
) {
    let stays = organization.management == account;
    conditions.require(!stays, &membership::KEPT_BY_ITS_MANAGEMENT);
}

/// The organization that a caller manages, or seldom one that it is merely in.
pub(crate) fn draw_manager(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Name> {
    let (id, organization) = world.organization_of(actor)?;
    (organization.management == actor || dice.percent(5)).then(|| id.clone())
}

/// A member of an organization, seldom one that manages it.
pub(crate) fn draw_member(world: &World, id: &Name, dice: &mut Dice<'_>) -> Option<Principal> {
    let odd = dice.percent(15);
    let management = world.organizations.get(id)?.management;
    let members = world.members.iter().filter(|(_, it)| it.organization == *id);
    let members = members.map(|(account, _)| *account).filter(|it| odd || *it != management);
    dice.pick_from(members).map(Principal::Account)
}

/// Whether a principal is an organization or a unit of one.
fn is_group(principal: &Principal) -> bool {
    matches!(principal, Principal::Organization(_) | Principal::OrganizationalUnit(_))
}

/// Whether this row grants to a single account without an invitation.
fn is_direct(principal: &Principal, row: &Association) -> bool {
    principal.account().is_some() && row.status == AssociationStatus::Associated && !row.external
}

impl Share {
    /// Leaves the share undecided by this open rule, unless another did before.
    fn doubt(&mut self, open: &'static Rule) {
        self.open.get_or_insert(open);
    }
}

impl World {
    /// Takes an account out of its organization.
    pub(crate) fn leave(&mut self, leaver: Account) {
        if let Some(left) = self.members.remove(&leaver) {
            self.everywhere(|world| world.end_grants_of(leaver, &left));
        }
    }

    /// Ends what shares give to, and leaves undecided what they give from, an account that has left.
    fn end_grants_of(&mut self, leaver: Account, left: &Membership) {
        let members = &self.members;
        let stays =
            |account| members.get(&account).is_some_and(|it| it.organization == left.organization);
        for share in self.shares.values_mut().filter(|share| !share.deleted) {
            let live = |row: &Association| row.status != AssociationStatus::Disassociated;
            if share.owner == leaver {
                let mut rows = share.principals.iter();
                if rows.any(|(it, row)| live(row) && (is_group(it) || is_direct(it, row))) {
                    share.doubt(&organization::SHARED_BY_A_LEAVER);
                }
            } else if stays(share.owner) {
                for (principal, row) in &mut share.principals {
                    if principal.account() == Some(leaver) && is_direct(principal, row) {
                        let open = &organization::ROWS_OF_A_LEAVER;
                        row.end_by(&organization::DIRECT_GRANTS_OF_A_LEAVER, open);
                    }
                }
            }
        }
    }

    /// Takes an account into the root of an organization.
    pub(crate) fn join_organization(&mut self, joiner: Account, id: Name) {
        self.members.insert(joiner, Membership { organization: id, unit: None });
        self.everywhere(|world| world.doubt_grants_of(joiner));
    }

    /// Leaves undecided what becomes of the shares and invitations of an account that has joined.
    fn doubt_grants_of(&mut self, joiner: Account) {
        for share in self.shares.values_mut().filter(|share| !share.deleted) {
            let mut rows = share.principals.iter();
            let ended = Some(&organization::DIRECT_GRANTS_OF_A_LEAVER);
            if rows.any(|(it, row)| it.account() == Some(joiner) && row.ended_by == ended) {
                share.doubt(&organization::DIRECT_GRANTS_OF_A_RETURNER);
            }
        }
        let met: Vec<Name> = self
            .shares
            .iter()
            .filter(|(_, share)| !share.deleted && share.open.is_none())
            .filter(|(_, share)| {
                let mut sent = share.invitations.iter();
                sent.any(|it| {
                    let between = share.owner == joiner || it.receiver == joiner;
                    between && self.are_fellows(share.owner, it.receiver)
                })
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in met {
            let Some(share) = self.shares.get_mut(&name) else { continue };
            let waits = |status| status == InvitationStatus::Pending;
            if share.invitations.iter().any(|it| waits(it.status)) {
                share.doubt(&organization::INVITED_BEFORE_JOINING);
            }
            for row in share.principals.values_mut().filter(|row| row.external) {
                row.open.get_or_insert(&organization::INVITED_BEFORE_JOINING);
            }
        }
    }

    /// Ends RAM's sharing with an organization, and trusted access with it.
    pub(crate) fn end_sharing(&mut self, id: &Name) {
        let Some(organization) = self.organizations.get_mut(id) else { return };
        let shared = organization.sharing;
        organization.trusted = false;
        organization.sharing = false;
        organization.open = None;
        if shared {
            self.everywhere(|world| world.end_grants_inside(id));
        }
    }

    /// Ends what shares give inside an organization that RAM no longer shares with.
    fn end_grants_inside(&mut self, id: &Name) {
        let members = &self.members;
        let belongs = |account| members.get(&account).is_some_and(|it| it.organization == *id);
        let own = self.shares.values_mut().filter(|share| !share.deleted && belongs(share.owner));
        for share in own {
            let owner = share.owner;
            for (principal, row) in &mut share.principals {
                let open = &organization::ROWS_ONCE_SHARING_ENDS;
                if is_group(principal) && row.status == AssociationStatus::Associated {
                    row.end_by(&organization::SHARING_ENDED_WITH_TRUSTED_ACCESS, open);
                } else if is_direct(principal, row) && principal.account() != Some(owner) {
                    row.end_by(&organization::ACCOUNTS_ONCE_SHARING_ENDS, open);
                }
            }
        }
    }

    /// Begins RAM's sharing with an organization.
    pub(crate) fn begin_sharing(&mut self, id: &Name) {
        let Some(organization) = self.organizations.get_mut(id) else { return };
        if organization.sharing {
            return;
        }
        organization.open =
            organization.trusted.then_some(&organization::ENABLED_OVER_TRUSTED_ACCESS);
        organization.trusted = true;
        organization.sharing = true;
        self.everywhere(|world| world.doubt_grants_inside(id));
    }

    /// Leaves undecided what shares give again inside an organization that RAM shares with from now on.
    fn doubt_grants_inside(&mut self, id: &Name) {
        let members = &self.members;
        let belongs = |account| members.get(&account).is_some_and(|it| it.organization == *id);
        for share in self.shares.values_mut().filter(|share| belongs(share.owner)) {
            if share.invitations.iter().any(|invitation| belongs(invitation.receiver)) {
                share.doubt(&organization::PENDING_WHEN_SHARING_COMES);
            }
            let ended = [
                Some(&organization::SHARING_ENDED_WITH_TRUSTED_ACCESS),
                Some(&organization::ACCOUNTS_ONCE_SHARING_ENDS),
            ];
            let mut rows = share.principals.iter();
            if rows.any(|(it, row)| is_group(it) || ended.contains(&row.ended_by)) {
                share.doubt(&organization::GRANTS_ONCE_SHARING_RETURNS);
            }
        }
    }
}
