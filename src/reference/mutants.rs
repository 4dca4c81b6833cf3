//! Planted faults: what the reference target does wrong when it is asked to.
//!
//! A harness that never fails proves nothing. Each mutant is one entry of [`MUTANTS`]; a run
//! against it has to find it, and to shrink it to its known minimum.

use bellwether_model::rules::{Rule, association, invitation, principal, read, subnet, visibility};
use bellwether_model::view::Access;
use bellwether_model::world::{AssociationStatus, Kind, World};
use bellwether_model::{Account, Call};
use serde::Serialize;

/// All mutants.
pub static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "accepted-twice",
        description: "A second acceptance of an invitation succeeds.",
        rule: &invitation::ACCEPTED_ONCE,
        minimum: 3,
        fault: Fault::Grants(&invitation::ACCEPTED_ONCE),
    },
    Mutant {
        name: "invitation-listed-to-sender",
        description: "An invitation is listed to the sender in place of the receiver.",
        rule: &invitation::LISTED_TO_ITS_RECEIVER,
        minimum: 1,
        fault: Fault::Distorts(list_invitations_to_senders),
    },
    Mutant {
        name: "subnet-kept-after-removal",
        description: "Taking a subnet out of a share changes nothing for the participant.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        minimum: 3,
        fault: Fault::Distorts(keep_removed_subnets),
    },
    Mutant {
        name: "second-share-forgotten",
        description: "Deleting one of two shares ends access that the other still grants.",
        rule: &association::SETTLED_BY_ITSELF,
        minimum: 4,
        fault: Fault::Distorts(forget_second_shares),
    },
    Mutant {
        name: "outsider-let-in",
        description: "An outsider is accepted although external principals are off.",
        rule: &principal::OUTSIDERS_WHERE_ALLOWED,
        minimum: 1,
        fault: Fault::Grants(&principal::OUTSIDERS_WHERE_ALLOWED),
    },
    Mutant {
        name: "subnet-deleted-by-participant",
        description: "A consumer may delete the owner's subnet.",
        rule: &subnet::CHANGED_BY_ITS_OWNER_ALONE,
        minimum: 3,
        fault: Fault::Grants(&subnet::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "pending-share-listed",
        description: "A pending share is listed to its receiver.",
        rule: &read::PENDING_SHARES_UNLISTED,
        minimum: 1,
        fault: Fault::Distorts(list_pending_shares),
    },
    Mutant {
        name: "launch-after-revocation",
        description: "A launch into a subnet succeeds after revocation.",
        rule: &subnet::CLOSED_AFTER_REVOCATION,
        minimum: 4,
        fault: Fault::Distorts(launch_into_revoked_subnets),
    },
];

/// The mutant of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Mutant> {
    MUTANTS.iter().find(|mutant| mutant.name == name)
}

/// A planted fault.
#[derive(Debug, Serialize)]
pub struct Mutant {
    /// What it is called, everywhere.
    pub name: &'static str,
    /// What the target does wrong.
    pub description: &'static str,
    /// The rule that it breaks.
    #[serde(serialize_with = "rule_name")]
    pub rule: &'static Rule,
    /// The fewest steps of a scenario that shows it, claims and looks not counted.
    pub minimum: usize,
    /// How it is done.
    #[serde(skip)]
    pub fault: Fault,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn rule_name<S: serde::Serializer>(rule: &&'static Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.name)
}

/// How a mutant differs from the model.
#[derive(Copy, Clone, Debug)]
pub enum Fault {
    /// A call that breaks this rule and no other is granted.
    Grants(&'static Rule),
    /// A call is decided, and a read answered, in a world that was altered for it.
    Distorts(fn(&mut World, Account, &Call)),
}

fn list_invitations_to_senders(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShareInvitations(_)) {
        for share in world.shares.values_mut() {
            for invitation in &mut share.invitations {
                invitation.receiver = share.owner;
            }
        }
    }
}

fn keep_removed_subnets(world: &mut World, _actor: Account, call: &Call) {
    if call.service() != bellwether_model::operations::Service::Ec2 || call.writes() {
        return;
    }
    for share in world.shares.values_mut() {
        for (name, association) in &mut share.resources {
            let is_subnet = |name| matches!(world.things.get(name), Some(thing) if matches!(thing.kind, Kind::Subnet { .. }));
            if association.status == AssociationStatus::Disassociated && is_subnet(name) {
                association.associate();
            }
        }
    }
}

fn forget_second_shares(world: &mut World, _actor: Account, call: &Call) {
    if call.service() != bellwether_model::operations::Service::Ec2 {
        return;
    }
    let deleted = world.shares.values().filter(|share| share.deleted);
    let lost: Vec<_> = deleted.flat_map(|share| share.resources.keys().cloned()).collect();
    for share in world.shares.values_mut().filter(|share| !share.deleted) {
        for name in &lost {
            if let Some(association) = share.resources.get_mut(name) {
                association.status = AssociationStatus::Disassociated;
            }
        }
    }
}

fn list_pending_shares(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShares(_)) {
        for share in world.shares.values_mut() {
            for association in share.principals.values_mut() {
                if association.status == AssociationStatus::Associating {
                    association.associate();
                }
            }
        }
    }
}

fn launch_into_revoked_subnets(world: &mut World, actor: Account, call: &Call) {
    let launches = matches!(
        call,
        Call::RunInstances(_) | Call::CreateNetworkInterface(_) | Call::CreateSecurityGroup(_)
    );
    if !launches {
        return;
    }
    let ended: Vec<_> = world
        .shares
        .iter()
        .filter(|(_, share)| world.access(share, actor) >= Access::Ended)
        .map(|(name, _)| name.clone())
        .collect();
    for name in ended {
        let Some(share) = world.shares.get_mut(&name) else {
            continue;
        };
        share.deleted = false;
        let rows = share.principals.values_mut().chain(share.resources.values_mut());
        for association in rows.filter(|association| association.associated_once) {
            association.associate();
        }
    }
}
