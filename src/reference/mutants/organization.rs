//! Mutants of organizations and their units.

use bellwether_model::parameters::Reference;
use bellwether_model::rules::{invitation, organization, principal, read, visibility};
use bellwether_model::world::{
    Association, AssociationStatus, Invitation, InvitationStatus, Kind, World,
};
use bellwether_model::{Account, Call, Principal};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "units-ignored",
        description: "A share with an organizational unit reaches nobody.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: "LocalStack's documentation of its RAM: account principals alone have an effect",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:batch -> share",
        equivalent: None,
        mutation: Mutation::Distorts(ignore_units),
    },
    Mutant {
        name: "organizations-ignored",
        description: "A share with the organization reaches nobody.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: "LocalStack's documentation of its RAM: account principals alone have an effect",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Distorts(ignore_organizations),
    },
    Mutant {
        name: "units-inside-units-ignored",
        description: "A share with a unit reaches the accounts directly in it alone.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:workloads -> share",
        equivalent: None,
        mutation: Mutation::Distorts(forget_units_above),
    },
    Mutant {
        name: "unit-means-organization",
        description: "A share with a unit reaches the whole organization.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=ou:batch -> share",
        equivalent: None,
        mutation: Mutation::Distorts(widen_units),
    },
    Mutant {
        name: "organization-means-everybody",
        description: "A share with the organization reaches accounts outside it.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Distorts(widen_organizations),
    },
    Mutant {
        name: "management-left-out",
        description: "A share with the organization does not reach its management account.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Distorts(leave_management_out),
    },
    Mutant {
        name: "members-see-each-other",
        description: "Members of an organization see each other's subnets without any share.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net",
        equivalent: None,
        mutation: Mutation::Distorts(show_subnets_to_members),
    },
    Mutant {
        name: "sharing-enabled-by-anybody",
        description: "A member or a standalone account turns sharing with an organization on.",
        rule: &organization::ENABLED_BY_MANAGEMENT_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    EnableSharingWithAwsOrganization",
        equivalent: None,
        mutation: Mutation::Grants(&organization::ENABLED_BY_MANAGEMENT_ALONE),
    },
    Mutant {
        name: "enabling-without-effect",
        description: "Turning sharing with the organization on is answered, and changes nothing.",
        rule: &principal::ORGANIZATION_AND_UNITS_NAMED,
        seen: "fakecloud pull request 2136 and the gopherstack audits: calls that are answered and do nothing",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_enabling),
    },
    Mutant {
        name: "organization-named-while-sharing-is-off",
        description: "The organization is named in a share though sharing with it is off.",
        rule: &principal::ORGANIZATION_RESOLVED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=off

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::ORGANIZATION_RESOLVED),
    },
    Mutant {
        name: "unit-named-while-sharing-is-off",
        description: "A unit is named in a share though sharing with its organization is off.",
        rule: &principal::UNIT_RESOLVED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=off

owner    CreateResourceShare principals=ou:workloads -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::UNIT_RESOLVED),
    },
    Mutant {
        name: "unit-by-any-arn",
        description: "A unit is named by an ARN with another account's id than the management account's.",
        rule: &principal::UNIT_BY_THE_ARN_OF_MANAGEMENT,
        seen: "github.com/aws-samples/aws-vpc-builder-cdk issue 15: AWS itself, before 2023",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=\"arn:aws:organizations::${account:owner}:ou/${organization:id}/${ou:workloads/id}\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::UNIT_BY_THE_ARN_OF_MANAGEMENT),
    },
    Mutant {
        name: "organization-by-bare-id",
        description: "An organization is named by its bare id.",
        rule: &principal::ORGANIZATION_BY_ARN,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=\"o-abcdefghij\" -> share",
        equivalent: None,
        mutation: Mutation::Grants(&principal::ORGANIZATION_BY_ARN),
    },
    Mutant {
        name: "members-uninvited-while-sharing-is-off",
        description: "With organization sharing off, members are associated without an invitation.",
        rule: &invitation::SENT_TO_OUTSIDERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=off

member   CreateResourceShare principals=sibling -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(associate_members),
    },
    Mutant {
        name: "members-invited-for-organizations",
        description: "Naming the organization invites its members.",
        rule: &invitation::NONE_INSIDE_THE_ORGANIZATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(invite_the_organization),
    },
];

fn reads(call: &Call) -> bool {
    !call.writes()
}

fn ignore_units(world: &mut World, _actor: Account, call: &Call) {
    end_for_others(world, call, |it| matches!(it, Principal::OrganizationalUnit(_)));
}

fn ignore_organizations(world: &mut World, _actor: Account, call: &Call) {
    end_for_others(world, call, |it| matches!(it, Principal::Organization(_)));
}

/// Lists are answered as if shares did not name principals of this form.
fn end_for_others(world: &mut World, call: &Call, named: fn(&Principal) -> bool) {
    if matches!(call, Call::GetResourceShareAssociations(_) | Call::ListPrincipals(_))
        || !reads(call)
    {
        return;
    }
    for share in world.shares.values_mut() {
        share.principals.retain(|principal, _| !named(principal));
    }
}

fn forget_units_above(world: &mut World, _actor: Account, call: &Call) {
    if reads(call) {
        for organization in world.organizations.values_mut() {
            organization.units.values_mut().for_each(|above| *above = None);
        }
    }
}

fn widen_units(world: &mut World, actor: Account, call: &Call) {
    let Some((id, _)) = world.organization_of(actor) else { return };
    let whole = Principal::Organization(id.clone());
    let is_unit = |it: &Principal| matches!(it, Principal::OrganizationalUnit(_));
    widen(world, call, is_unit, &whole);
}

fn widen_organizations(world: &mut World, actor: Account, call: &Call) {
    let is_organization = |it: &Principal| matches!(it, Principal::Organization(_));
    widen(world, call, is_organization, &Principal::Account(actor));
}

/// Adds this principal to every share that names a principal of this form.
fn widen(world: &mut World, call: &Call, named: fn(&Principal) -> bool, wide: &Principal) {
    if matches!(call, Call::GetResourceShareAssociations(_) | Call::ListPrincipals(_))
        || !reads(call)
    {
        return;
    }
    for share in world.shares.values_mut() {
        let held = share.principals.iter().find(|(principal, _)| named(principal));
        if let Some((_, association)) = held {
            let association = association.clone();
            share.principals.entry(wide.clone()).or_insert(association);
        }
    }
}

fn leave_management_out(world: &mut World, actor: Account, call: &Call) {
    let managed = world.organizations.values().any(|it| it.management == actor);
    if managed {
        ignore_organizations(world, actor, call);
    }
}

fn show_subnets_to_members(world: &mut World, actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeSubnets(_)) || !world.members.contains_key(&actor) {
        return;
    }
    let members = &world.members;
    for resource in world.resources.values_mut() {
        if matches!(resource.kind, Kind::Subnet { .. }) && members.contains_key(&resource.owner) {
            resource.owner = actor;
        }
    }
}

fn undo_enabling(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::EnableSharingWithAwsOrganization(_)) {
        world.clone_from(done.before);
    }
}

/// The share that a call has made, or given principals.
fn joined<'c>(done: &Done<'c>) -> Option<&'c bellwether_model::Name> {
    if let Call::AssociateResourceShare(call) = done.call {
        return Reference::name(&call.share);
    }
    matches!(done.call, Call::CreateResourceShare(_)).then_some(done.made)
}

fn associate_members(world: &mut World, done: &Done<'_>) {
    let Some(name) = joined(done) else { return };
    let members = world.members.clone();
    let Some(share) = world.shares.get_mut(name) else { return };
    share.invitations.retain(|sent| !members.contains_key(&sent.receiver));
    for (principal, association) in &mut share.principals {
        let member = principal.account().is_some_and(|account| members.contains_key(&account));
        if member && association.status == AssociationStatus::Associating {
            Association::associate(association);
        }
    }
}

fn invite_the_organization(world: &mut World, done: &Done<'_>) {
    let Some(name) = joined(done) else { return };
    let members: Vec<Account> = world.members.keys().copied().collect();
    let Some(share) = world.shares.get_mut(name) else { return };
    let whole = share.principals.keys().find(|it| matches!(it, Principal::Organization(_)));
    let Some(principal) = whole.cloned() else { return };
    let others = members.into_iter().filter(|account| *account != share.owner);
    for receiver in others.collect::<Vec<_>>() {
        share.invitations.push(Invitation {
            receiver,
            principal: principal.clone(),
            status: InvitationStatus::Pending,
            lasts: None,
            sent_for: 0,
            ended_for: 0,
            open: None,
        });
    }
}
