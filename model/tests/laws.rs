//! The laws of the model, over random walks through the three worlds.

use std::collections::BTreeSet;

use bellwether_model::answer::{Answer, Decision};
use bellwether_model::kinds::Dns;
use bellwether_model::kinds::Plain;
use bellwether_model::operations::bellwether::PassTime;
use bellwether_model::operations::organizations::DisableAWSServiceAccess;
use bellwether_model::operations::{
    ec2, licensemanager, ram, route53, route53profiles, route53resolver,
};
use bellwether_model::parameters::Reference;
use bellwether_model::resources::{
    capacity_reservation, dedicated_host, firewall_rule_group, ipam_pool, placement_group,
    query_log_config, resolver_rule,
};
use bellwether_model::time::HOUR;
use bellwether_model::view::Seen;
use bellwether_model::world::Use;
use bellwether_model::world::{
    Association, AssociationStatus, InvitationStatus, Kind, LaunchPermission, Membership, Resource,
    Seconds,
};
use bellwether_model::{Account, Call, Name, Principal, Shape, World, tokens};
use proptest::prelude::*;

mod walk;
use walk::{Step, walk};

/// The number of walks that each law is held to: with 40 steps each on average, more than 100,000
/// steps.
const WALKS: u32 = 2_700;

/// A walk, and the world that it goes through.
fn walks() -> impl Strategy<Value = (Shape, Vec<Step>)> {
    let shape = prop::sample::select(Shape::ALL.to_vec());
    (shape, 0..u64::from(u32::MAX), 1..80_usize)
        .prop_map(|(shape, seed, steps)| (shape, walk(shape, seed, steps)))
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: WALKS, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_views_of_all_accounts_are_those_of_each((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.call.transition(&mut world, step.actor, &step.made);
        }
        let all = world.seen_by_all(shape.actors());
        for (account, sights) in &all.sights {
            let resources = all.resources.iter().zip(sights);
            let view: Vec<_> = resources.map(|((name, it), sight)| (*name, *it, *sight)).collect();
            prop_assert_eq!(view, world.seen_by(*account).resources);
        }
    }

    #[test]
    fn a_refused_call_changes_nothing((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let before = world.clone();
            let answer = step.call.transition(&mut world, step.actor, &step.made);
            match answer {
                Answer::Granted(_) => {}
                Answer::Refused(refusal) => {
                    prop_assert!(!refusal.broken.is_empty());
                    prop_assert_eq!(&before, &world);
                }
                Answer::Open(_) => prop_assert_eq!(&before, &world),
            }
        }
    }

    #[test]
    fn a_dry_run_is_never_granted_and_changes_nothing((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let tried = step.call.clone().tried();
            if tried.is_dry_run() {
                let before = world.clone();
                let answer = tried.transition(&mut world, step.actor, &step.made);
                prop_assert!(!matches!(answer, Answer::Granted(_)), "{:?}", step);
                prop_assert_eq!(&before, &world, "{:?}", step);
                prop_assert_eq!(tried.makes(), "", "{:?}", step);
            }
            step.take(&mut world);
        }
    }

    #[test]
    fn a_call_that_its_token_repeats_is_not_refused_and_changes_nothing((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
            if tokens::repeated(&world, step.actor, &step.call).is_some() {
                let before = world.clone();
                let answer = step.call.transition(&mut world, step.actor, &step.made);
                prop_assert!(!matches!(answer, Answer::Refused(_)), "{:?}", step);
                prop_assert_eq!(before, world.clone(), "{:?}", step);
            }
        }
    }

    #[test]
    fn a_read_changes_nothing((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let before = (!step.call.writes()).then(|| world.clone());
            step.take(&mut world);
            if let Some(before) = before {
                prop_assert_eq!(before, world.clone(), "{:?}", step);
            }
        }
    }

    #[test]
    fn a_call_makes_new_names_and_the_record_only_grows(
        (shape, steps) in walks(),
    ) {
        let mut world = World::new(shape);
        for step in steps {
            let before = world.clone();
            let repeats = tokens::repeated(&before, step.actor, &step.call).is_some();
            let granted = matches!(step.take(&mut world), Answer::Granted(_)) && !repeats;
            let knows = |world: &World| world.has_made(&step.made);
            if granted && !step.call.makes().is_empty() {
                prop_assert!(!knows(&before) && knows(&world), "{:?}", step);
            }
            prop_assert!(before.resources.keys().all(|name| world.resources.contains_key(name)));
            prop_assert!(before.shares.keys().all(|name| world.shares.contains_key(name)));
        }
    }

    #[test]
    fn an_account_sees_exactly_its_own_and_granted_resources((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
            for account in shape.actors() {
                for (name, resource, sight) in world.seen_by(*account).resources {
                    prop_assert_eq!(sight, world.sight(*account, name));
                    if sight.judged {
                        let seen = is_granted(&world, *account, name, resource);
                        let case = format!("{account} and {name} after {step:?}");
                        prop_assert_eq!(sight.is_seen(), seen, "{}", case);
                    }
                }
            }
        }
    }

    #[test]
    fn a_resource_that_was_never_granted_is_never_seen((shape, steps) in walks()) {
        let mut world = World::new(shape);
        let mut meant = BTreeSet::new();
        for step in steps {
            step.take(&mut world);
            for account in shape.actors() {
                meant.extend(meant_for(&world, *account).map(|name| (*account, name.clone())));
                for (name, resource, sight) in world.seen_by(*account).resources {
                    let may = resource.owner == *account
                        || is_host(&world, *account, resource)
                        || meant.contains(&(*account, name.clone()));
                    prop_assert!(may || !sight.is_seen(), "{} and {}", account, name);
                }
            }
        }
    }

    #[test]
    fn an_owner_always_sees_its_resources((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let before = world.clone();
            let answer = step.take(&mut world);
            for (name, was) in &before.resources {
                let is = &world.resources[name];
                prop_assert_eq!(was.owner, is.owner);
                let seen = world.sight(is.owner, name).seen;
                let hidden = is.deleted || matches!(is.kind, Kind::Image { disabled: true, .. });
                prop_assert_eq!(seen, if hidden { Seen::Hidden } else { Seen::Owned });
                prop_assert!(is.deleted || !was.deleted, "{} comes back", name);
                if is.deleted && !was.deleted {
                    // An attachment goes with either of its sides.
                    let side = matches!(
                        &is.kind,
                        Kind::TransitGatewayAttachment { gateway, .. }
                            if world.resources[gateway].owner == step.actor
                    );
                    // A consumer's association goes with the grant that it rests on.
                    let ended = matches!(&is.kind, Kind::DnsAssociation { state: Use::Ended(_), .. });
                    prop_assert!(is.owner == step.actor || side || ended, "{} by {:?}", name, step);
                    prop_assert!(!matches!(answer, Answer::Refused(_)));
                }
            }
            for (name, was) in &before.shares {
                let is = &world.shares[name];
                prop_assert!(is.owner == was.owner && is.deleted >= was.deleted);
                let changed = is.deleted != was.deleted
                    || is.name != was.name
                    || is.outsiders != was.outsiders
                    || is.resources != was.resources;
                let may = step.actor == is.owner || passes_time(&step);
                prop_assert!(!changed || may, "{} by {:?}", name, step);
            }
        }
    }

    #[test]
    fn an_account_that_moves_changes_nothing_for_others((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let before = world.clone();
            step.take(&mut world);
            let gone = |account: &Account| {
                world.members.get(account) != before.members.get(account)
            };
            if !shape.actors().iter().any(gone) {
                continue;
            }
            for account in shape.actors().iter().filter(|account| !gone(account)) {
                for (name, _, was) in before.seen_by(*account).resources {
                    let is = world.sight(*account, name);
                    let same = was.seen == is.seen || !(was.judged && is.judged);
                    prop_assert!(same, "{} and {} after {:?}", account, name, step);
                }
            }
        }
    }

    #[test]
    fn the_end_of_sharing_grants_nothing((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
        }
        let before = world.clone();
        let end = Call::from(DisableAWSServiceAccess::default());
        if let Answer::Granted(_) = end.transition(&mut world, Account::MANAGEMENT, &Name::none()) {
            for account in shape.actors() {
                prop_assert!(!world.shares_with_organization(*account));
                for (name, _, was) in before.seen_by(*account).resources {
                    let is = world.sight(*account, name);
                    prop_assert!(is.seen <= was.seen || !is.judged, "{} and {}", account, name);
                }
            }
        }
    }

    #[test]
    fn passing_time_grants_nothing((shape, steps) in walks(), hours in 0..400_u32) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
        }
        let mut later = world.clone();
        let pass = Call::from(PassTime { hours });
        let answer = pass.transition(&mut later, Account::OWNER, &Name::none());
        prop_assert!(matches!(answer, Answer::Granted(_)));
        for account in shape.actors() {
            for (name, _, sight) in world.seen_by(*account).resources {
                let is = later.sight(*account, name);
                prop_assert_eq!(sight.seen, is.seen, "{} later", name);
                // The end of an instance whose host was taken back is not known: time may leave a
                // sight undecided, and never decides one.
                prop_assert!(sight.judged || !is.judged, "{} later", name);
            }
        }
        for (name, was) in &world.shares {
            let is = &later.shares[name];
            for (principal, was) in &was.principals {
                let is = &is.principals[principal];
                let out = is.status == AssociationStatus::Disassociated
                    && was.status == AssociationStatus::Associating;
                prop_assert!(was.status == is.status || out, "{} in {}", principal, name);
            }
        }
    }

    #[test]
    fn time_in_parts_passes_as_in_one((shape, steps) in walks(), hours in 0..400_u32) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
        }
        let mut in_parts = world.clone();
        let all = world.clocked();
        world.pass(Seconds::from(hours) * HOUR, &all);
        for _ in 0..hours {
            in_parts.pass(HOUR, &all);
        }
        prop_assert_eq!(world, in_parts);
    }

    #[test]
    fn the_time_of_others_changes_nothing((shape, steps) in walks(), hours in 0..400_u32) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
        }
        let before = world.clone();
        let other = Account::from_id("111122223333").expect("these are 12 digits");
        world.pass(Seconds::from(hours) * HOUR, &BTreeSet::from([other]));
        world.clocks.remove(&other);
        prop_assert_eq!(before, world);
    }

    #[test]
    fn an_invitation_ends_once((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let before = world.clone();
            step.take(&mut world);
            for (name, was) in &before.shares {
                let is = &world.shares[name];
                prop_assert!(is.invitations.len() >= was.invitations.len());
                for (was, is) in was.invitations.iter().zip(&is.invitations) {
                    prop_assert_eq!((was.receiver, &was.principal), (is.receiver, &is.principal));
                    if was.status == is.status {
                        continue;
                    }
                    prop_assert_eq!(was.status, InvitationStatus::Pending, "{:?}", step);
                    let by_time =
                        matches!(is.status, InvitationStatus::Expired | InvitationStatus::Lapsed);
                    prop_assert_eq!(by_time, passes_time(&step));
                    let answered = step.actor == is.receiver;
                    prop_assert!(by_time || answered, "answered by somebody else");
                }
            }
        }
    }

    #[test]
    fn nobody_outside_is_granted_anything_before_accepting((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
            for share in world.shares.values().filter(|share| share.open.is_none()) {
                for (principal, association) in &share.principals {
                    let Principal::Account(account) = principal else { continue };
                    let accepted = share.invitations.iter().any(|it| {
                        it.receiver == *account && it.status == InvitationStatus::Accepted
                    });
                    prop_assert!(
                        accepted || !association.external
                            || association.status != AssociationStatus::Associated,
                        "{:?} after {:?}", share, step
                    );
                }
            }
        }
    }

    #[test]
    fn the_same_walk_gets_the_same_answers((shape, steps) in walks(), seed in 0..1_000_u64) {
        let play = || {
            let mut world = World::new(shape);
            let answers: Vec<Answer> = steps.iter().map(|step| step.take(&mut world)).collect();
            (answers, world)
        };
        prop_assert_eq!(play(), play());
        prop_assert_eq!(walk(shape, seed, 30), walk(shape, seed, 30));
    }

    #[test]
    fn a_decision_is_what_the_transition_does((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            let decision = step.call.check(&world, step.actor);
            match (decision, step.take(&mut world)) {
                (Decision::Granted, Answer::Granted(_)) => {}
                (Decision::Refused(one), Answer::Refused(other)) => prop_assert_eq!(one, other),
                (Decision::Open(one), Answer::Open(other)) => prop_assert_eq!(one, other),
                (decision, answer) => prop_assert!(false, "{:?} became {:?}", decision, answer),
            }
        }
    }

    #[test]
    fn a_call_reads_back_as_it_is_written((shape, steps) in walks()) {
        prop_assert!(!shape.actors().is_empty());
        for Step { call, .. } in steps {
            prop_assert_eq!(Call::read(call.operation(), &call.write()), Some(Ok(call)));
        }
    }

    #[test]
    fn a_world_is_consistent((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
            for (name, resource) in world.resources.iter().filter(|(_, resource)| !resource.deleted) {
                for host in hosts(resource) {
                    let lives = world.resources.get(host).is_some_and(|host| !host.deleted);
                    prop_assert!(lives, "{} outlives {} after {:?}", name, host, step);
                }
            }
            for share in world.shares.values() {
                prop_assert!(share.resources.keys().all(|name| world.resources.contains_key(name)));
                for association in share.principals.values().chain(share.resources.values()) {
                    let associated = association.status == AssociationStatus::Associated;
                    prop_assert!(!associated || association.associated_once);
                }
            }
        }
    }

    #[test]
    fn cleaning_up_from_any_world_reaches_an_empty_one((shape, steps) in walks()) {
        let mut world = World::new(shape);
        for step in steps {
            step.take(&mut world);
        }
        let mut left = clean_up(&world);
        while let Some((actor, call)) = left.first().cloned() {
            let nothing = Name::none();
            match call.transition(&mut world, actor, &nothing) {
                Answer::Granted(_) => {}
                Answer::Open(open) => drop(call.apply_assumed(&mut world, actor, &nothing, open.rules[0])),
                refused @ Answer::Refused(_) => {
                    prop_assert!(false, "{} {:?}: {:?}", actor, call, refused);
                }
            }
            // What is taken away may take something else along.
            let next = clean_up(&world);
            prop_assert_ne!(&left, &next);
            left = next;
        }
        prop_assert!(world.resources.values().all(|resource| resource.deleted));
        prop_assert!(world.shares.values().all(|share| share.deleted));
    }
}

/// Whether a step lets time pass.
fn passes_time(step: &Step) -> bool {
    matches!(step.call, Call::PassTime(_))
}

/// Whether an account sees a resource, told from the shares and permissions alone.
fn is_granted(world: &World, account: Account, name: &Name, resource: &Resource) -> bool {
    let hidden = resource.deleted || matches!(resource.kind, Kind::Image { disabled: true, .. });
    if hidden || resource.owner == account {
        return !hidden;
    }
    let living = |name: &Name| !world.resources[name].deleted;
    match &resource.kind {
        Kind::Subnet { .. }
        | Kind::TransitGateway { .. }
        | Kind::PrefixList { .. }
        | Kind::Plain(_)
        | Kind::Dns(_) => granted(world, account).any(|granted| granted == name),
        Kind::IpamAllocation { pool } => is_granted(world, account, pool, &world.resources[pool]),
        Kind::RouteTable { vpc, .. } | Kind::InternetGateway { vpc: Some(vpc) } => {
            is_granted(world, account, vpc, &world.resources[vpc])
        }
        Kind::Vpc => granted(world, account).filter(|name| living(name)).any(
            |subnet| matches!(&world.resources[subnet].kind, Kind::Subnet { vpc } if vpc == name),
        ),
        Kind::Image { permissions, .. } => permissions.iter().any(|it| permits(world, it, account)),
        Kind::Snapshot { permissions, .. } => permissions.contains(&account),
        Kind::NetworkInterface { .. } | Kind::TransitGatewayAttachment { .. } => {
            is_host(world, account, resource)
        }
        // Whether participants see network ACLs is not judged.
        Kind::InternetGateway { vpc: None }
        | Kind::NetworkAcl { .. }
        | Kind::NatGateway { .. }
        | Kind::VpcEndpoint { .. }
        | Kind::Instance { .. }
        | Kind::SecurityGroup { .. }
        | Kind::TransitGatewayRouteTable { .. }
        | Kind::HostedZone { .. }
        | Kind::DnsAssociation { .. } => false,
    }
}

/// Returns the resources that the shares of others give to an account.
fn granted(world: &World, account: Account) -> impl Iterator<Item = &Name> {
    let associated = |it: &Association| it.status == AssociationStatus::Associated;
    let shares = world.shares.values().filter(move |share| {
        let mut principals = share.principals.iter();
        !share.deleted
            && share.owner != account
            && principals.any(|(it, status)| associated(status) && stands_for(world, it, account))
    });
    let held = shares.flat_map(|share| &share.resources);
    held.filter(move |(_, status)| associated(status)).map(|(name, _)| name)
}

/// Returns the resources that an account was, is or may come to be given: those in a share that
/// names it, the VPC of a subnet in one, images that it may launch, and snapshots that it may read.
fn meant_for(world: &World, account: Account) -> impl Iterator<Item = &Name> {
    let shares = world.shares.values().filter(move |share| {
        share.principals.keys().any(|principal| stands_for(world, principal, account))
    });
    let held = shares.flat_map(|share| share.resources.keys());
    let held = held.flat_map(|name| [Some(name), world.vpc_of(name)]).flatten();
    let images = world.resources.iter().filter(move |(_, resource)| {
        if let Kind::Snapshot { permissions, .. } = &resource.kind {
            return permissions.contains(&account);
        }
        let Kind::Image { permissions, .. } = &resource.kind else { return false };
        permissions.iter().any(|it| permits(world, it, account))
    });
    let vpcs: BTreeSet<&Name> = held.collect();
    let inside = vpcs.clone();
    let tables = world.resources.iter().filter(
        move |(_, resource)| matches!(&resource.kind, Kind::RouteTable { vpc, .. } | Kind::NetworkAcl { vpc } | Kind::InternetGateway { vpc: Some(vpc) } if inside.contains(vpc)),
    );
    let pools = vpcs.clone();
    let allocations = world.resources.iter().filter(
        move |(_, it)| matches!(&it.kind, Kind::IpamAllocation { pool } if pools.contains(pool)),
    );
    let beside = images.chain(tables).chain(allocations).map(|(name, _)| name);
    vpcs.into_iter().chain(beside)
}

/// Whether the account owns the subnet or the gateway that a resource of another is in.
fn is_host(world: &World, account: Account, resource: &Resource) -> bool {
    let (Kind::NetworkInterface { subnet: host, .. }
    | Kind::IpamAllocation { pool: host }
    | Kind::TransitGatewayAttachment { gateway: host, .. }) = &resource.kind
    else {
        return false;
    };
    world.resources[host].owner == account
}

/// Whether a principal of a share stands for an account.
fn stands_for(world: &World, principal: &Principal, account: Account) -> bool {
    let sharing = || {
        let organization = &world.members.get(&account)?.organization;
        Some(world.organizations.get(organization)?.sharing)
    };
    match principal {
        Principal::Account(named) => *named == account,
        Principal::Organization(_) | Principal::OrganizationalUnit(_)
            if sharing() != Some(true) =>
        {
            false
        }
        Principal::Organization(named) | Principal::OrganizationalUnit(named) => {
            path(world, account).contains(&named)
        }
        Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_)
        | Principal::Literal(_) => false,
    }
}

/// Whether a launch permission stands for an account.
fn permits(world: &World, permission: &LaunchPermission, account: Account) -> bool {
    match permission {
        LaunchPermission::All => true,
        LaunchPermission::Account(named) => *named == account,
        LaunchPermission::Organization(named) | LaunchPermission::OrganizationalUnit(named) => {
            path(world, account).contains(&named)
        }
    }
}

/// The units that an account is in, the innermost first, and the organization at the end.
fn path(world: &World, account: Account) -> Vec<&Name> {
    let Some(Membership { organization, unit }) = world.members.get(&account) else {
        return Vec::new();
    };
    let units = &world.organizations[organization].units;
    let up = std::iter::successors(unit.as_ref(), |unit| units[*unit].as_ref());
    up.chain(std::iter::once(organization)).collect()
}

/// The calls by which the owners take away everything, what is inside something else first.
fn clean_up(world: &World) -> Vec<(Account, Call)> {
    let resources = world.resources.iter().filter(|(_, resource)| !resource.deleted);
    let ended = resources.map(|(name, resource)| {
        let (order, owner, end) = end_of(Reference::Named(name.clone()), resource);
        (order + u8::from(is_source(world, name)), owner, end)
    });
    // A group is taken out of other VPCs once nothing there has it, and before it is deleted.
    let mut ends: Vec<(u8, Account, Call)> = disassociations(world).chain(ended).collect();
    ends.sort_by_key(|(order, ..)| *order);
    // Whether a disabled image can be deregistered is not known.
    let disabled = world.resources.iter().filter(|(_, resource)| {
        !resource.deleted && matches!(resource.kind, Kind::Image { disabled: true, .. })
    });
    let enabled = disabled.map(|(name, resource)| {
        let image_id = Reference::Named(name.clone());
        (resource.owner, ec2::EnableImage { image_id }.into())
    });
    // A gateway is detached before it is deleted.
    let attached = world.resources.iter().filter(|(_, resource)| !resource.deleted);
    let detached = attached.filter_map(|(name, resource)| {
        let Kind::InternetGateway { vpc: Some(vpc) } = &resource.kind else { return None };
        let internet_gateway_id = Reference::Named(name.clone());
        let vpc_id = Reference::Named(vpc.clone());
        let end = ec2::DetachInternetGateway { internet_gateway_id, vpc_id };
        Some((resource.owner, end.into()))
    });
    let resources =
        enabled.chain(detached).chain(ends.into_iter().map(|(_, owner, end)| (owner, end)));
    let shares = world.shares.iter().filter(|(_, share)| !share.deleted).map(|(name, share)| {
        let end = ram::DeleteResourceShare {
            share: Reference::Named(name.clone()),
            ..Default::default()
        };
        (share.owner, end.into())
    });
    let mut all: Vec<_> = Vec::new();
    for end in shares.chain(resources) {
        // One call takes away all associations of a resource with a VPC.
        if !all.contains(&end) {
            all.push(end);
        }
    }
    all
}

/// The calls that take away the associations of security groups with other VPCs.
fn disassociations(world: &World) -> impl Iterator<Item = (u8, Account, Call)> {
    let living = |name: &Name| world.resources.get(name).is_some_and(|it| !it.deleted);
    let groups = world.resources.iter().filter(|(_, resource)| !resource.deleted);
    groups.flat_map(move |(name, resource)| {
        let Kind::SecurityGroup { associated, .. } = &resource.kind else { return Vec::new() };
        let lasting = associated.iter().filter(|(vpc, state)| state.may_last() && living(vpc));
        let end = |(vpc, _): (&Name, &Use)| {
            let [group_id, vpc_id] = [name, vpc].map(|name| Reference::Named(name.clone()));
            let call = ec2::DisassociateSecurityGroupVpc { group_id, vpc_id }.into();
            (1, resource.owner, call)
        };
        lasting.map(end).collect()
    })
}

/// Whether a living security group has a rule that names this other one.
fn is_source(world: &World, name: &Name) -> bool {
    world.resources.iter().any(|(other, resource)| {
        let names =
            matches!(&resource.kind, Kind::SecurityGroup { sources, .. } if sources.contains(name));
        names && !resource.deleted && other != name
    })
}

/// The call that ends a resource, and when its turn is.
fn end_of(name: Reference, resource: &Resource) -> (u8, Account, Call) {
    let (order, end) = match &resource.kind {
        Kind::Instance { .. } => (0, ec2::TerminateInstances { instance_id: name }.into()),
        Kind::NetworkInterface { .. } => {
            (0, ec2::DeleteNetworkInterface { network_interface_id: name }.into())
        }
        Kind::TransitGatewayAttachment { .. } => {
            (0, ec2::DeleteTransitGatewayVpcAttachment { attachment_id: name }.into())
        }
        Kind::Image { .. } => (0, ec2::DeregisterImage { image_id: name }.into()),
        Kind::Snapshot { .. } => (1, ec2::DeleteSnapshot { snapshot_id: name }.into()),
        Kind::PrefixList { .. } => {
            (2, ec2::DeleteManagedPrefixList { prefix_list_id: name }.into())
        }
        Kind::SecurityGroup { .. } => (1, ec2::DeleteSecurityGroup { group_id: name }.into()),
        Kind::TransitGateway { .. } => {
            (2, ec2::DeleteTransitGateway { transit_gateway_id: name }.into())
        }
        Kind::TransitGatewayRouteTable { .. } => {
            (1, ec2::DeleteTransitGatewayRouteTable { route_table_id: name }.into())
        }
        Kind::InternetGateway { .. } => {
            (1, ec2::DeleteInternetGateway { internet_gateway_id: name }.into())
        }
        Kind::RouteTable { .. } => (1, ec2::DeleteRouteTable { route_table_id: name }.into()),
        Kind::NetworkAcl { .. } => (1, ec2::DeleteNetworkAcl { network_acl_id: name }.into()),
        Kind::NatGateway { .. } => (0, ec2::DeleteNatGateway { nat_gateway_id: name }.into()),
        Kind::VpcEndpoint { .. } => (1, ec2::DeleteVpcEndpoints { vpc_endpoint_id: name }.into()),
        Kind::Subnet { .. } => (1, ec2::DeleteSubnet { subnet_id: name }.into()),
        Kind::Vpc => (2, ec2::DeleteVpc { vpc_id: name }.into()),
        Kind::IpamAllocation { pool } => {
            let ipam_pool_id = Reference::Named(pool.clone());
            let end =
                ec2::ReleaseIpamPoolAllocation { ipam_pool_id, ipam_pool_allocation_id: name };
            (0, end.into())
        }
        // A pool goes after the VPCs that were made from it.
        Kind::Plain(plain) if *plain == &ipam_pool::PLAIN => (3, end_of_plain(plain, name)),
        Kind::Plain(plain) => (1, end_of_plain(plain, name)),
        Kind::HostedZone { .. } => (0, route53::DeleteHostedZone { id: name }.into()),
        Kind::Dns(dns) => (1, delete(dns, name)),
        Kind::DnsAssociation { dns, of, vpc, .. } => {
            let (of, vpc) = (Reference::Named(of.clone()), Reference::Named(vpc.clone()));
            (0, disassociate(dns, name, of, vpc))
        }
    };
    (order, resource.owner, end)
}

/// The call by which the owner of a plain resource ends it.
fn end_of_plain(plain: &Plain, name: Reference) -> Call {
    if *plain == capacity_reservation::PLAIN {
        ec2::CancelCapacityReservation { capacity_reservation_id: name }.into()
    } else if *plain == dedicated_host::PLAIN {
        ec2::ReleaseHosts { host_id: name }.into()
    } else if *plain == ipam_pool::PLAIN {
        ec2::DeleteIpamPool { ipam_pool_id: name }.into()
    } else if *plain == placement_group::PLAIN {
        ec2::DeletePlacementGroup { group_name: name }.into()
    } else {
        let license_configuration_arn = name;
        licensemanager::DeleteLicenseConfiguration { license_configuration_arn }.into()
    }
}

/// The call that deletes a resource of Route 53.
fn delete(dns: &Dns, id: Reference) -> Call {
    if *dns == resolver_rule::DNS {
        route53resolver::DeleteResolverRule { resolver_rule_id: id }.into()
    } else if *dns == query_log_config::DNS {
        route53resolver::DeleteResolverQueryLogConfig { resolver_query_log_config_id: id }.into()
    } else if *dns == firewall_rule_group::DNS {
        route53resolver::DeleteFirewallRuleGroup { firewall_rule_group_id: id }.into()
    } else {
        route53profiles::DeleteProfile { profile_id: id }.into()
    }
}

/// The call that takes away an association of a resource of Route 53 with a VPC.
fn disassociate(dns: &Dns, association_id: Reference, of: Reference, vpc: Reference) -> Call {
    if *dns == resolver_rule::DNS {
        route53resolver::DisassociateResolverRule { resolver_rule_id: of, vpc_id: vpc }.into()
    } else if *dns == query_log_config::DNS {
        let (resolver_query_log_config_id, resource_id) = (of, vpc);
        route53resolver::DisassociateResolverQueryLogConfig {
            resolver_query_log_config_id,
            resource_id,
        }
        .into()
    } else if *dns == firewall_rule_group::DNS {
        route53resolver::DisassociateFirewallRuleGroup { association_id }.into()
    } else {
        route53profiles::DisassociateProfile { profile_id: of, resource_id: vpc }.into()
    }
}

/// The resources that a living resource can't be without.
fn hosts(resource: &Resource) -> Vec<&Name> {
    match &resource.kind {
        Kind::Subnet { vpc }
        | Kind::RouteTable { vpc, .. }
        | Kind::NetworkAcl { vpc }
        | Kind::VpcEndpoint { vpc }
        | Kind::InternetGateway { vpc: Some(vpc) } => vec![vpc],
        Kind::NatGateway { subnet } => vec![subnet],
        Kind::IpamAllocation { pool } => vec![pool],
        Kind::SecurityGroup { vpc, lists, .. } => {
            lists.iter().chain(std::iter::once(vpc)).collect()
        }
        Kind::NetworkInterface { subnet, groups } => {
            groups.iter().chain(std::iter::once(subnet)).collect()
        }
        Kind::Instance { subnet, groups, .. } => groups.iter().chain(subnet).collect(),
        Kind::TransitGatewayAttachment { gateway, .. } => vec![gateway],
        Kind::DnsAssociation { of, vpc, state: Use::Plain, .. } => vec![of, vpc],
        // Whether the route tables of a transit gateway outlive it is not known.
        Kind::Vpc
        | Kind::TransitGateway { .. }
        | Kind::TransitGatewayRouteTable { .. }
        | Kind::InternetGateway { vpc: None }
        | Kind::PrefixList { .. }
        | Kind::Image { .. }
        | Kind::Snapshot { .. }
        | Kind::Plain(_)
        | Kind::HostedZone { .. }
        | Kind::Dns(_)
        | Kind::DnsAssociation { .. } => Vec::new(),
    }
}
