//! Mutants of private hosted zones, and of the VPCs that they are associated with.

use bellwether_model::answer::Key;
use bellwether_model::parameters::Reference;
use bellwether_model::rules::{Rule, hosted_zone, subnet, visibility};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, lists_own_alone, owns};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "zone-made-with-foreign-vpc",
        description: "A hosted zone is made with a VPC of another account.",
        rule: &hosted_zone::MADE_WITH_A_VPC_OF_ITS_OWNER,
        seen: "moto/route53/models.py: create_hosted_zone keeps whichever VPC it is given",
        shown: "world standalone

owner    CreateVpc -> vpc
consumer CreateHostedZone VPCId=vpc -> zone",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::MADE_WITH_A_VPC_OF_ITS_OWNER),
    },
    Mutant {
        name: "zone-given-foreign-vpc",
        description: "The owner of a hosted zone puts a VPC of another account into it.",
        rule: &hosted_zone::ASSOCIATED_BY_ITS_OWNER_WITH_OWN_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::ASSOCIATED_BY_ITS_OWNER_WITH_OWN_VPCS),
    },
    Mutant {
        name: "zone-taken-without-authorization",
        description: "An account associates its VPC with a hosted zone that has not authorized it.",
        rule: &hosted_zone::AUTHORIZED_FIRST,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::AUTHORIZED_FIRST),
    },
    Mutant {
        name: "zone-associated-twice",
        description: "A VPC is associated with a hosted zone that it is in already.",
        rule: &hosted_zone::ASSOCIATED_AGAIN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
owner    AssociateVPCWithHostedZone HostedZoneId=zone VPCId=home",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::ASSOCIATED_AGAIN),
    },
    Mutant {
        name: "zones-of-one-name-in-a-vpc",
        description: "A VPC is associated with two hosted zones of one name.",
        rule: &hosted_zone::ONE_PER_NAME_AND_VPC,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home Name=\"corp.example.com\" -> zone
owner    CreateHostedZone VPCId=home Name=\"corp.example.com\" -> twin",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::ONE_PER_NAME_AND_VPC),
    },
    Mutant {
        name: "zone-names-compared-in-one-account",
        description: "A VPC is associated with hosted zones of one name that two accounts own.",
        rule: &hosted_zone::ONE_PER_NAME_AND_VPC,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home Name=\"corp.example.com\" -> zone
consumer CreateVpc -> vpc
consumer CreateHostedZone VPCId=vpc Name=\"corp.example.com\" -> own
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Distorts(forget_names_of_other_owners),
    },
    Mutant {
        name: "zone-names-overlap",
        description: "A hosted zone can't be made with a VPC that is in a zone of a domain around or inside its own.",
        rule: &hosted_zone::MADE_BESIDE_OVERLAPPING_NAMES,
        seen: "Route 53 itself, before overlapping private zones were allowed",
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home Name=\"corp.example.com\" -> zone
owner    CreateHostedZone VPCId=home Name=\"db.corp.example.com\" -> inner",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_overlapping_names),
    },
    Mutant {
        name: "zone-authorized-by-anybody",
        description: "An account authorizes associations with the hosted zone of another.",
        rule: &hosted_zone::AUTHORIZED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
consumer CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::AUTHORIZED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "authorization-taken-back-twice",
        description: "Taking back an authorization that does not exist succeeds.",
        rule: &hosted_zone::AUTHORIZATION_TAKEN_BACK_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    DeleteVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::AUTHORIZATION_TAKEN_BACK_ONCE),
    },
    Mutant {
        name: "authorization-used-up",
        description: "An authorization is gone once the VPC is associated.",
        rule: &hosted_zone::AUTHORIZATIONS_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Corrupts(use_up_authorizations),
    },
    Mutant {
        name: "authorization-ends-its-association",
        description: "Taking back an authorization disassociates the VPC.",
        rule: &hosted_zone::LISTED_BY_ITS_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
owner    DeleteVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Corrupts(end_associations_with_authorizations),
    },
    Mutant {
        name: "last-vpc-taken",
        description: "The last VPC of a hosted zone is disassociated.",
        rule: &hosted_zone::LAST_VPC_KEPT,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
owner    DisassociateVPCFromHostedZone HostedZoneId=zone VPCId=home",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::LAST_VPC_KEPT),
    },
    Mutant {
        name: "zone-left-by-its-vpcs-alone",
        description: "The owner of a hosted zone can't disassociate a VPC of another account.",
        rule: &hosted_zone::DISASSOCIATED_BY_EITHER_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
owner    DisassociateVPCFromHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_disassociation_by_the_zone),
    },
    Mutant {
        name: "zone-left-by-third-parties",
        description: "An account disassociates VPCs and hosted zones of others.",
        rule: &hosted_zone::KEPT_FROM_THIRD_PARTIES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
stranger DisassociateVPCFromHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::KEPT_FROM_THIRD_PARTIES),
    },
    Mutant {
        name: "zone-read-by-its-vpcs",
        description: "The owner of a VPC reads the hosted zone of another account that has it.",
        rule: &hosted_zone::READ_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
consumer GetHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::READ_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "zone-read-with-own-vpcs-alone",
        description: "A hosted zone is read without the VPCs of other accounts.",
        rule: &hosted_zone::READ_WITH_ITS_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
owner    GetHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Distorts(read_own_vpcs_alone),
    },
    Mutant {
        name: "unknown-zone-forbidden",
        description: "A hosted zone that never existed is refused as forbidden.",
        rule: &hosted_zone::EXISTING,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetHostedZone Id=\"Z0123456789ABCDEFGHIJ\"",
        equivalent: None,
        mutation: Mutation::Recodes(&hosted_zone::EXISTING, &hosted_zone::READ_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "zone-listed-to-its-vpcs",
        description: "A hosted zone is listed among those of an account whose VPC it has.",
        rule: &hosted_zone::LISTED_TO_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(list_zones_to_their_vpcs),
    },
    Mutant {
        name: "zones-of-a-vpc-own-alone",
        description: "The hosted zones of a VPC are listed without those of other accounts.",
        rule: &hosted_zone::LISTED_BY_ITS_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(list_own_zones_of_vpcs),
    },
    Mutant {
        name: "zones-of-any-vpc",
        description: "ListHostedZonesByVPC lists all zones of the caller, whichever VPC it is asked for.",
        rule: &hosted_zone::LISTED_BY_ITS_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
owner    CreateVpc -> vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(list_zones_of_any_vpc),
    },
    Mutant {
        name: "zones-told-to-anybody",
        description: "The hosted zones of a VPC are listed to any account that names it.",
        rule: &hosted_zone::LISTED_BY_A_VPC_OF_OTHERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer ListHostedZonesByVPC VPCId=home",
        equivalent: Some(
            "whether the hosted zones of a VPC are listed to other accounts than its owner is open",
        ),
        mutation: Mutation::Rewrites(list_zones_to_anybody),
    },
    Mutant {
        name: "zone-deleted-by-another",
        description: "An account deletes the hosted zone of another.",
        rule: &hosted_zone::DELETED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer DeleteHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Grants(&hosted_zone::DELETED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "zone-kept-by-foreign-vpcs",
        description: "A hosted zone can't be deleted while a VPC of another account is in it.",
        rule: &hosted_zone::MADE_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
owner    DeleteHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_deletion_of_used_zones),
    },
    Mutant {
        name: "zone-outlives-its-deletion-elsewhere",
        description: "A deleted hosted zone stays listed to the other accounts whose VPCs it had.",
        rule: &visibility::GONE_ONCE_DELETED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
owner    DeleteHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Distorts(keep_deleted_zones_for_others),
    },
    Mutant {
        name: "vpc-kept-by-its-zones",
        description: "A VPC can't be deleted while a hosted zone has it.",
        rule: &hosted_zone::KEPT_THROUGH_THE_DELETION_OF_A_VPC,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
owner    DeleteVpc VpcId=home",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_deletion_of_vpcs_in_zones),
    },
    Mutant {
        name: "vpc-kept-by-foreign-zones",
        description: "A VPC can't be deleted while a hosted zone of another account has it.",
        rule: &hosted_zone::KEPT_THROUGH_THE_DELETION_OF_A_VPC,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
consumer CreateVpc -> vpc
owner    CreateVPCAssociationAuthorization HostedZoneId=zone VPCId=vpc
consumer AssociateVPCWithHostedZone HostedZoneId=zone VPCId=vpc
consumer DeleteVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_deletion_of_vpcs_in_foreign_zones),
    },
    Mutant {
        name: "deleted-vpc-leaves-its-zones",
        description: "A VPC that is deleted is disassociated from its hosted zones.",
        rule: &hosted_zone::READ_WITH_ITS_DELETED_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> home
owner    CreateHostedZone VPCId=home -> zone
owner    DeleteVpc VpcId=home
owner    GetHostedZone Id=zone",
        equivalent: None,
        mutation: Mutation::Corrupts(take_deleted_vpcs_out_of_zones),
    },
];

/// The VPCs of a hosted zone, and the VPCs of others that it authorizes.
type Vpcs = std::collections::BTreeSet<Name>;

fn zone<'w>(world: &'w mut World, named: &Reference) -> Option<(&'w mut Vpcs, &'w mut Vpcs)> {
    let resource = world.resources.get_mut(named.name()?)?;
    let Kind::HostedZone { vpcs, authorized } = &mut resource.kind else { return None };
    Some((vpcs, authorized))
}

/// The VPCs of a hosted zone that is not deleted.
fn vpcs<'w>(world: &'w World, zone: &Name) -> Option<&'w Vpcs> {
    let resource = world.resources.get(zone).filter(|resource| !resource.deleted)?;
    if let Kind::HostedZone { vpcs, .. } = &resource.kind { Some(vpcs) } else { None }
}

/// The owners of the hosted zones that have a VPC.
fn owners_of_zones(world: &World, vpc: &Reference) -> Vec<Account> {
    let zones = world.resources.iter();
    let has =
        |name| vpcs(world, name).is_some_and(|it| vpc.name().is_some_and(|vpc| it.contains(vpc)));
    zones.filter(|(name, _)| has(name)).map(|(_, zone)| zone.owner).collect()
}

fn use_up_authorizations(world: &mut World, done: &Done<'_>) {
    let Call::AssociateVPCWithHostedZone(call) = done.call else { return };
    if let (Some(vpc), Some((_, authorized))) =
        (call.vpc_id.name(), zone(world, &call.hosted_zone_id))
    {
        authorized.remove(vpc);
    }
}

fn end_associations_with_authorizations(world: &mut World, done: &Done<'_>) {
    let Call::DeleteVPCAssociationAuthorization(call) = done.call else { return };
    if let (Some(vpc), Some((vpcs, _))) = (call.vpc_id.name(), zone(world, &call.hosted_zone_id)) {
        vpcs.remove(vpc);
    }
}

fn refuse_disassociation_by_the_zone(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DisassociateVPCFromHostedZone(call) = call else { return None };
    let foreign = !owns(world, actor, call.vpc_id.name()?);
    foreign.then_some(&hosted_zone::DISASSOCIATED_ONCE)
}

fn forget_names_of_other_owners(world: &mut World, actor: Account, call: &Call) {
    let owner = if let Call::AssociateVPCWithHostedZone(call) = call {
        let zone = call.hosted_zone_id.name().and_then(|name| world.resources.get(name));
        zone.map_or(actor, |zone| zone.owner)
    } else if matches!(call, Call::CreateHostedZone(_)) {
        actor
    } else {
        return;
    };
    let World { given_names, resources, .. } = world;
    given_names.retain(|name, _| resources.get(name).is_some_and(|it| it.owner == owner));
}

fn refuse_overlapping_names(world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateHostedZone(call) = call else { return None };
    let vpc = call.vpc_id.name()?;
    let inside = |inner: &str, outer: &str| inner.ends_with(&format!(".{outer}"));
    let mut names = world
        .given_names
        .iter()
        .filter(|(zone, _)| vpcs(world, zone).is_some_and(|vpcs| vpcs.contains(vpc)));
    let overlaps = |name: &str| inside(name, &call.name) || inside(&call.name, name);
    names.any(|(_, name)| overlaps(name)).then_some(&hosted_zone::ONE_PER_NAME_AND_VPC)
}

fn read_own_vpcs_alone(world: &mut World, actor: Account, call: &Call) {
    let Call::GetHostedZone(call) = call else { return };
    let foreign = world.resources.iter().filter(|(_, resource)| resource.owner != actor);
    let foreign: Vec<Name> = foreign.map(|(name, _)| name.clone()).collect();
    if let Some((vpcs, _)) = zone(world, &call.id) {
        vpcs.retain(|vpc| !foreign.contains(vpc));
    }
}

fn list_zones_to_their_vpcs(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !matches!(call, Call::ListHostedZones(_)) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Resource(name) = &row.key else { continue };
        let mut vpcs = vpcs(world, name).into_iter().flatten();
        row.present |= vpcs.any(|vpc| owns(world, actor, vpc));
    }
}

fn list_own_zones_of_vpcs(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListHostedZonesByVPC(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn list_zones_of_any_vpc(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !matches!(call, Call::ListHostedZonesByVPC(_)) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Resource(name) = &row.key else { continue };
        row.present |= vpcs(world, name).is_some() && owns(world, actor, name);
    }
}

fn list_zones_to_anybody(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    let Call::ListHostedZonesByVPC(call) = call else { return };
    for row in &mut reply.rows {
        let Key::Resource(name) = &row.key else { continue };
        let asked = call.vpc_id.name();
        row.present |=
            vpcs(world, name).is_some_and(|it| asked.is_some_and(|vpc| it.contains(vpc)));
    }
}

fn refuse_deletion_of_used_zones(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DeleteHostedZone(call) = call else { return None };
    let mut vpcs = vpcs(world, call.id.name()?)?.iter();
    vpcs.any(|vpc| !owns(world, actor, vpc)).then_some(&hosted_zone::LAST_VPC_KEPT)
}

fn keep_deleted_zones_for_others(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::ListHostedZonesByVPC(_)) {
        for resource in world.resources.values_mut().filter(|resource| resource.owner != actor) {
            resource.deleted &= !matches!(resource.kind, Kind::HostedZone { .. });
        }
    }
}

fn refuse_deletion_of_vpcs_in_zones(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DeleteVpc(call) = call else { return None };
    let used = !owners_of_zones(world, &call.vpc_id).is_empty();
    used.then_some(&subnet::KEPT_WHILE_IN_USE)
}

fn refuse_deletion_of_vpcs_in_foreign_zones(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DeleteVpc(call) = call else { return None };
    let mut owners = owners_of_zones(world, &call.vpc_id).into_iter();
    owners.any(|owner| owner != actor).then_some(&subnet::KEPT_WHILE_IN_USE)
}

fn take_deleted_vpcs_out_of_zones(world: &mut World, done: &Done<'_>) {
    let Call::DeleteVpc(call) = done.call else { return };
    let Some(vpc) = call.vpc_id.name() else { return };
    for resource in world.resources.values_mut() {
        if let Kind::HostedZone { vpcs, .. } = &mut resource.kind {
            vpcs.remove(vpc);
        }
    }
}
