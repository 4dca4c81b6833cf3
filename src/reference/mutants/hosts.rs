//! Mutants of dedicated hosts, and of the instances that accounts have on each other's.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::resources::dedicated_host::PLAIN;
use bellwether_model::rules::{dedicated_host, instance};
use bellwether_model::world::{Kind, Use, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::compute::{alter_uses, count_own_instances_alone};
use super::{Done, FROM_THE_RULES, Mutant, Mutation, lists_own_alone, owns};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "hosts-never-shared",
        description: "A share shows its consumers no dedicated host.",
        rule: &dedicated_host::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_hosts),
    },
    Mutant {
        name: "host-unseen-but-used",
        description: "An instance is launched onto a dedicated host that its account does not see.",
        rule: &dedicated_host::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    AllocateHosts -> host
consumer RunInstances HostId=host -> web",
        equivalent: None,
        mutation: Mutation::Grants(&dedicated_host::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "host-tells-its-instances-to-all",
        description: "Whoever sees a dedicated host is told all instances on it.",
        rule: &dedicated_host::INSTANCES_LISTED_TO_THEIR_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share
owner    RunInstances HostId=host -> web",
        equivalent: None,
        mutation: Mutation::Rewrites(tell_all_instances),
    },
    Mutant {
        name: "host-tells-own-instances-alone",
        description: "The owner of a dedicated host is not told which instances of consumers are on it.",
        rule: &dedicated_host::INSTANCES_LISTED_TO_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share
member   RunInstances HostId=host -> web",
        equivalent: None,
        mutation: Mutation::Rewrites(tell_own_instances),
    },
    Mutant {
        name: "host-released-by-consumer",
        description: "A consumer releases a dedicated host that is shared with it.",
        rule: &dedicated_host::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share
member   ReleaseHosts HostIds=host",
        equivalent: None,
        mutation: Mutation::Grants(&dedicated_host::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "host-released-while-occupied",
        description: "A dedicated host is released though an instance runs on it.",
        rule: &dedicated_host::KEPT_WHILE_OCCUPIED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    AllocateHosts -> host
owner    RunInstances HostId=host -> web
owner    ReleaseHosts HostIds=host",
        equivalent: None,
        mutation: Mutation::Grants(&dedicated_host::KEPT_WHILE_OCCUPIED),
    },
    Mutant {
        name: "host-released-under-consumers",
        description: "A dedicated host is released though a consumer's instance runs on it.",
        rule: &dedicated_host::KEPT_WHILE_OCCUPIED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share
member   RunInstances HostId=host -> web
owner    ReleaseHosts HostIds=host",
        equivalent: None,
        mutation: Mutation::Distorts(release_under_consumers),
    },
    Mutant {
        name: "host-unsaid",
        description: "An instance does not say which dedicated host it is on.",
        rule: &dedicated_host::NAMED_BY_ITS_INSTANCES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    AllocateHosts -> host
owner    RunInstances HostId=host -> web",
        equivalent: None,
        mutation: Mutation::Distorts(forget_hosts),
    },
    Mutant {
        name: "host-in-a-placement-group",
        description: "An instance is launched onto a dedicated host and into a placement group at once.",
        rule: &dedicated_host::NAMED_WITHOUT_ANOTHER_PLACE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    AllocateHosts -> host
owner    CreatePlacementGroup -> spread
owner    RunInstances GroupId=spread HostId=host -> web",
        equivalent: None,
        mutation: Mutation::Grants(&dedicated_host::NAMED_WITHOUT_ANOTHER_PLACE),
    },
    Mutant {
        name: "instance-ended-with-the-share-of-its-host",
        description: "Taking a dedicated host back terminates the instances of consumers on it.",
        rule: &instance::RUNNING_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    AllocateHosts -> host
owner    CreateResourceShare resourceArns=host principals=member -> share
member   RunInstances HostId=host -> web
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Corrupts(end_instances_on_hosts_taken_back),
    },
];

fn hide_hosts(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeHosts(_)) {
        lists_own_alone(reply, world, actor);
    }
}

/// Tells of the instances on each host those that fit.
fn tell_instances(reply: &mut Reply, world: &World, call: &Call, fits: impl Fn(&Name) -> bool) {
    if !matches!(call, Call::DescribeHosts(_)) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Resource(host) = &row.key else { continue };
        let on_it = world.resources.iter().filter(|(name, it)| {
            let Kind::Instance { uses, .. } = &it.kind else { return false };
            !it.deleted && fits(name) && uses.iter().any(|held| held.of == *host)
        });
        let names: Vec<_> = on_it.map(|(name, _)| name.as_str().into()).collect();
        for field in row.fields.iter_mut().filter(|field| field.name == "Instances") {
            field.expected = Expected::Set(names.clone());
        }
    }
}

fn tell_all_instances(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    tell_instances(reply, world, call, |_| true);
}

fn tell_own_instances(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    tell_instances(reply, world, call, |name| owns(world, actor, name));
}

fn release_under_consumers(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::ReleaseHosts(_)) {
        count_own_instances_alone(world, actor);
    }
}

fn forget_hosts(world: &mut World, _actor: Account, call: &Call) {
    alter_uses(world, call, &PLAIN, Vec::clear);
}

fn end_instances_on_hosts_taken_back(world: &mut World, _done: &Done<'_>) {
    let taken_back = Use::Open(&dedicated_host::OCCUPIED_AFTER_REVOCATION);
    for resource in world.resources.values_mut() {
        if let Kind::Instance { uses, .. } = &resource.kind {
            resource.deleted |= uses.iter().any(|held| held.state == taken_back);
        }
    }
}
