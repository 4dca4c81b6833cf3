//! Mutants that show resources to the wrong accounts.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::rules::{
    image, instance, prefix_list, resolver_rule, subnet, transit_gateway, visibility,
};
use bellwether_model::world::{AssociationStatus, Kind, LaunchPermission, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{FROM_THE_RULES, Mutant, Mutation, lists_own_alone, owns, reads_resources};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "share-without-effect",
        description: "A share does not change the lists of EC2 for its consumers.",
        rule: &resolver_rule::MARKED_AS_SHARED_BY_ITS_OWNER,
        seen: "winterbaume's README: shares do not change what EC2 lists",
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share",
        equivalent: None,
        mutation: Mutation::Distorts(forget_all_shares),
    },
    Mutant {
        name: "gateways-never-shared",
        description: "A share shows its consumers subnets, and no transit gateway.",
        rule: &transit_gateway::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

sibling  CreateTransitGateway -> gateway
sibling  CreateResourceShare resourceArns=gateway principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_gateways),
    },
    Mutant {
        name: "prefix-lists-never-shared",
        description: "A share shows its consumers no prefix list.",
        rule: &prefix_list::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_prefix_lists),
    },
    Mutant {
        name: "rules-never-shared",
        description: "A share shows its consumers no Resolver rule.",
        rule: &resolver_rule::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share",
        equivalent: None,
        mutation: Mutation::Distorts(forget_shares_for_dns),
    },
    Mutant {
        name: "subnet-kept-after-removal",
        description: "A participant goes on seeing a subnet that was taken out of a share.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=sibling -> share
owner    DisassociateResourceShare share resourceArns=net",
        equivalent: None,
        mutation: Mutation::Distorts(keep_removed_subnets),
    },
    Mutant {
        name: "principal-kept-after-removal",
        description: "An account that was taken out of a share goes on seeing its resources.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    DisassociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Distorts(keep_removed_principals),
    },
    Mutant {
        name: "kept-after-deletion",
        description: "Consumers of a deleted share go on seeing its resources.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=organization -> share
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Distorts(keep_deleted_shares),
    },
    Mutant {
        name: "second-share-forgotten",
        description: "Deleting one of two shares ends access that the other still grants.",
        rule: &subnet::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
owner    DeleteResourceShare share
owner    CreateResourceShare resourceArns=net principals=organization -> share2",
        equivalent: None,
        mutation: Mutation::Distorts(forget_second_shares),
    },
    Mutant {
        name: "seen-while-pending",
        description: "Shared resources are seen before the invitation is accepted.",
        rule: &visibility::HIDDEN_WHILE_PENDING,
        seen: "gopherstack issue 1822: an association makes no invitation, so nothing is ever pending",
        shown: "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=consumer -> share",
        equivalent: None,
        mutation: Mutation::Distorts(see_while_pending),
    },
    Mutant {
        name: "seen-after-rejection",
        description: "An account that rejects an invitation sees the resources that were offered.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

outsider CreateResolverRule -> rule
outsider CreateResourceShare resourceArns=rule principals=owner -> share
owner    RejectResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Distorts(see_after_rejection),
    },
    Mutant {
        name: "whole-vpc-shared",
        description: "Sharing one subnet shows every subnet of its VPC.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=sibling -> share
owner    CreateSubnet VpcId=vpc -> net2",
        equivalent: None,
        mutation: Mutation::Distorts(share_whole_vpcs),
    },
    Mutant {
        name: "vpc-hidden-from-participants",
        description: "A shared subnet is listed without its VPC.",
        rule: &subnet::VPC_SEEN_WITH_A_SHARED_SUBNET,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_foreign_vpcs),
    },
    Mutant {
        name: "vpc-kept-after-revocation",
        description: "The VPC of a subnet that is no longer shared stays listed.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Rewrites(keep_revoked_vpcs),
    },
    Mutant {
        name: "listed-as-own",
        description: "Shared resources are listed with the consumer as their owner.",
        rule: &resolver_rule::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_as_own),
    },
    Mutant {
        name: "lost-to-its-owner",
        description: "A resource that is shared is no longer listed to its owner.",
        rule: &visibility::OWNER_SEES_ITS_OWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateManagedPrefixList -> list
consumer CreateResourceShare resourceArns=list -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(lose_what_is_shared),
    },
    Mutant {
        name: "deleted-but-listed",
        description: "A deleted prefix list stays listed to its consumers while its share lives.",
        rule: &visibility::GONE_ONCE_DELETED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    DeleteManagedPrefixList PrefixListId=list",
        equivalent: None,
        mutation: Mutation::Distorts(list_deleted_prefix_lists),
    },
    Mutant {
        name: "instance-shown-to-the-subnet-owner",
        description: "The owner of a subnet is shown the instances that participants have in it.",
        rule: &instance::SEEN_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web",
        equivalent: None,
        mutation: Mutation::Rewrites(show_instances_to_subnet_owners),
    },
    Mutant {
        name: "interface-hidden-from-the-subnet-owner",
        description: "The owner of a subnet is not shown the network interfaces of participants.",
        rule: &instance::INTERFACE_SEEN_BY_THE_SUBNET_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=sibling -> share
sibling  CreateNetworkInterface SubnetId=net -> eni",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_foreign_interfaces),
    },
    Mutant {
        name: "attachment-hidden-from-the-gateway-owner",
        description: "The owner of a transit gateway is not shown the attachments of consumers.",
        rule: &transit_gateway::ATTACHMENT_SEEN_BY_BOTH,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=organization -> share
sibling  CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_foreign_attachments),
    },
    Mutant {
        name: "image-seen-by-all",
        description: "Every image is listed to every account.",
        rule: &visibility::HIDDEN_WITHOUT_A_GRANT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    RegisterImage -> image",
        equivalent: None,
        mutation: Mutation::Distorts(publish_images),
    },
    Mutant {
        name: "image-units-ignored",
        description: "A launch permission for an organization or unit shows nothing to its accounts.",
        rule: &image::SEEN_WITH_A_LAUNCH_PERMISSION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

member   RegisterImage -> image
member   ModifyImageAttribute ImageId=image Add=organization",
        equivalent: None,
        mutation: Mutation::Distorts(ignore_images_for_units),
    },
    Mutant {
        name: "disabled-image-listed",
        description: "A disabled image stays listed to its owner.",
        rule: &image::HIDDEN_WHILE_DISABLED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    RegisterImage -> image
owner    DisableImage ImageId=image",
        equivalent: None,
        mutation: Mutation::Distorts(list_disabled_images),
    },
    Mutant {
        name: "zone-by-the-participants-map",
        description: "A participant is shown a shared subnet in another zone than its owner.",
        rule: &subnet::IN_ONE_ZONE_FOR_ALL,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(move_foreign_subnets),
    },
];

fn forget_all_shares(world: &mut World, _actor: Account, call: &Call) {
    if reads_resources(call) {
        world.shares.clear();
    }
}

fn forget_shares_for_dns(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::ListResolverRules(_)) {
        forget_all_shares(world, actor, call);
    }
}

fn hide_gateways(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeTransitGateways(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_prefix_lists(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeManagedPrefixLists(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_foreign_vpcs(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeVpcs(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_foreign_interfaces(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeNetworkInterfaces(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_foreign_attachments(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeTransitGatewayVpcAttachments(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn keep_revoked_vpcs(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeVpcs(_)) {
        let revoked =
            reply.rows.iter_mut().filter(|row| *row.rule == visibility::HIDDEN_ONCE_REVOKED);
        revoked.for_each(|row| row.present = true);
    }
}

fn move_foreign_subnets(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeSubnets(_)) {
        return;
    }
    for row in &mut reply.rows {
        let foreign = matches!(&row.key, Key::Resource(name) if !owns(world, actor, name));
        for field in row.fields.iter_mut().filter(|it| foreign && it.name == "AvailabilityZoneId") {
            field.expected = Expected::Text("use1-az6".into());
        }
    }
}

fn list_as_own(reply: &mut Reply, _world: &World, actor: Account, call: &Call) {
    if reads_resources(call) {
        let fields = reply.rows.iter_mut().flat_map(|row| &mut row.fields);
        for field in fields.filter(|field| field.name == "OwnerId") {
            field.expected = Expected::Account(actor);
        }
    }
}

fn lose_what_is_shared(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !reads_resources(call) {
        return;
    }
    let own = world.shares.values().filter(|share| share.owner == actor && !share.deleted);
    let shared: Vec<&Name> = own.flat_map(|share| share.resources.keys()).collect();
    reply.rows.retain(|row| !matches!(&row.key, Key::Resource(name) if shared.contains(&name)));
}

fn show_instances_to_subnet_owners(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeInstances(_)) {
        return;
    }
    for row in &mut reply.rows {
        let Key::Resource(name) = &row.key else { continue };
        let Some(resource) = world.resources.get(name) else { continue };
        if let Kind::Instance { subnet: Some(subnet), .. } = &resource.kind {
            let owner = world.resources.get(subnet).map(|subnet| subnet.owner);
            row.present |= !resource.deleted && owner == Some(actor);
        }
    }
}

fn keep_removed_subnets(world: &mut World, _actor: Account, call: &Call) {
    if !reads_resources(call) {
        return;
    }
    for share in world.shares.values_mut() {
        for (name, association) in &mut share.resources {
            let is_subnet = |name| matches!(world.resources.get(name), Some(resource) if matches!(resource.kind, Kind::Subnet { .. }));
            if association.status == AssociationStatus::Disassociated && is_subnet(name) {
                association.associate();
            }
        }
    }
}

fn keep_removed_principals(world: &mut World, _actor: Account, call: &Call) {
    if reads_resources(call) {
        for association in world.shares.values_mut().flat_map(|it| it.principals.values_mut()) {
            if association.associated_once {
                association.associate();
            }
        }
    }
}

fn keep_deleted_shares(world: &mut World, _actor: Account, call: &Call) {
    if reads_resources(call) {
        world.shares.values_mut().for_each(|share| share.deleted = false);
    }
}

fn forget_second_shares(world: &mut World, _actor: Account, call: &Call) {
    if !reads_resources(call) {
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

fn see_while_pending(world: &mut World, _actor: Account, call: &Call) {
    if reads_resources(call) {
        for association in world.shares.values_mut().flat_map(|it| it.principals.values_mut()) {
            if association.status == AssociationStatus::Associating {
                association.associate();
            }
        }
    }
}

fn see_after_rejection(world: &mut World, _actor: Account, call: &Call) {
    use bellwether_model::world::InvitationStatus;
    if !reads_resources(call) {
        return;
    }
    for share in world.shares.values_mut() {
        for invitation in &share.invitations {
            if invitation.status == InvitationStatus::Rejected
                && let Some(association) = share.principals.get_mut(&invitation.principal)
            {
                association.associate();
            }
        }
    }
}

fn share_whole_vpcs(world: &mut World, _actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeSubnets(_)) {
        return;
    }
    let names = world.resources.keys();
    let vpcs = names.filter_map(|name| Some((name.clone(), world.vpc_of(name)?.clone())));
    let vpcs: Vec<(Name, Name)> = vpcs.collect();
    for share in world.shares.values_mut() {
        for (name, vpc) in &vpcs {
            let beside = vpcs.iter().filter(|(other, of)| of == vpc && other != name);
            let mut held = beside.filter_map(|(other, _)| share.resources.get(other));
            if let Some(association) = held.next().cloned() {
                share.resources.entry(name.clone()).or_insert(association);
            }
        }
    }
}

fn list_deleted_prefix_lists(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeManagedPrefixLists(_)) {
        for resource in world.resources.values_mut().filter(|resource| resource.owner != actor) {
            resource.deleted &= !matches!(resource.kind, Kind::PrefixList { .. });
        }
    }
}

fn publish_images(world: &mut World, _actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeImages(_)) {
        return;
    }
    for resource in world.resources.values_mut() {
        if let Kind::Image { permissions, disabled: false, .. } = &mut resource.kind {
            permissions.insert(LaunchPermission::All);
        }
    }
}

fn ignore_images_for_units(world: &mut World, _actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeImages(_)) {
        return;
    }
    for resource in world.resources.values_mut() {
        if let Kind::Image { permissions, .. } = &mut resource.kind {
            permissions
                .retain(|it| matches!(it, LaunchPermission::All | LaunchPermission::Account(_)));
        }
    }
}

fn list_disabled_images(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeImages(_)) {
        for resource in world.resources.values_mut() {
            if let Kind::Image { disabled, .. } = &mut resource.kind {
                *disabled = false;
            }
        }
    }
}
