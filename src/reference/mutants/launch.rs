//! Mutants of launches, and of making, using and deleting resources.

use bellwether_model::operations::ec2::GetManagedPrefixListEntries;
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::rules::{
    Rule, image, instance, prefix_list, resolver_rule, security_group, subnet, transit_gateway,
    visibility,
};
use bellwether_model::view::Access;
use bellwether_model::world::{Kind, LaunchPermission, World};
use bellwether_model::{Account, Call, Name};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "launch-after-revocation",
        description: "A launch into a subnet succeeds after revocation.",
        rule: &subnet::CLOSED_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=ou:workloads -> share
owner    DisassociateResourceShare share resourceArns=net
member   RunInstances SubnetId=net -> web",
        equivalent: None,
        mutation: Mutation::Distorts(launch_into_revoked_subnets),
    },
    Mutant {
        name: "launch-refused-to-participants",
        description: "A participant can't launch into a subnet that it sees.",
        rule: &instance::LAUNCHED_IN_VISIBLE_SUBNETS,
        seen: "winterbaume's README: shares do not change what EC2 lets a consumer do",
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_launches_of_participants),
    },
    Mutant {
        name: "interface-refused-to-participants",
        description: "A participant can launch into a shared subnet, and can't make a network interface in it.",
        rule: &instance::LAUNCHED_IN_VISIBLE_SUBNETS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=sibling -> share
sibling  CreateNetworkInterface SubnetId=net -> eni",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_interfaces_of_participants),
    },
    Mutant {
        name: "launch-in-unseen-subnet",
        description: "A launch into a subnet that the caller does not see succeeds.",
        rule: &subnet::KNOWN_TO_THE_CALLER,
        seen: "LocalStack's documentation of its RAM: nothing is enforced",
        shown: "world standalone

owner    CreateSubnet -> net
consumer RunInstances SubnetId=net -> web",
        equivalent: None,
        mutation: Mutation::Grants(&subnet::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "subnet-deleted-by-participant",
        description: "A consumer may delete the owner's subnet.",
        rule: &subnet::CHANGED_BY_ITS_OWNER_ALONE,
        seen: "LocalStack's documentation of its RAM: nothing is enforced",
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Grants(&subnet::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "subnet-made-by-participant",
        description: "A participant may make subnets in a VPC that it sees, and delete the VPC.",
        rule: &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=sibling -> share
sibling  DeleteVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "subnet-deleted-while-in-use",
        description: "A subnet is deleted though a network interface is in it.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    DeleteVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&subnet::KEPT_WHILE_IN_USE),
    },
    Mutant {
        name: "participants-uncounted",
        description: "A subnet is deleted though a participant has a network interface in it.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

sibling  CreateSubnet -> net
sibling  CreateResourceShare resourceArns=net principals=organization -> share
member   RunInstances SubnetId=net -> web
sibling  DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Distorts(count_own_interfaces_alone),
    },
    Mutant {
        name: "foreign-group-used",
        description: "A launch, or a network interface, takes any security group.",
        rule: &security_group::OWN_OR_SHARED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    RunInstances SecurityGroupIds=group",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::OWN_OR_SHARED),
    },
    Mutant {
        name: "default-group-for-participants",
        description: "A participant that names no security group gets the owner's default one.",
        rule: &security_group::NAMED_BY_PARTICIPANTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net SecurityGroupIds=default -> web",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::NAMED_BY_PARTICIPANTS),
    },
    Mutant {
        name: "group-deleted-while-in-use",
        description: "A security group is deleted though a network interface has it.",
        rule: &security_group::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    CreateSubnet VpcId=vpc -> net
owner    CreateNetworkInterface SubnetId=net SecurityGroupIds=group -> eni
owner    DeleteSecurityGroup GroupId=group",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::KEPT_WHILE_IN_USE),
    },
    Mutant {
        name: "shared-group-unusable",
        description: "A security group that is shared with an account can't be put on its interfaces.",
        rule: &security_group::USED_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateSecurityGroup VpcId=vpc -> group
owner    CreateResourceShare resourceArns=net,group principals=member -> share
member   RunInstances SubnetId=net SecurityGroupIds=group -> web",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_shared_groups),
    },
    Mutant {
        name: "interface-deleted-by-another",
        description: "A subnet's owner deletes the network interfaces of participants.",
        rule: &instance::INTERFACE_CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

sibling  CreateSubnet -> net
sibling  CreateResourceShare resourceArns=net principals=member -> share
member   CreateNetworkInterface SubnetId=net -> eni
sibling  DeleteNetworkInterface NetworkInterfaceId=eni",
        equivalent: None,
        mutation: Mutation::Grants(&instance::INTERFACE_CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "interface-regrouped-by-the-owner",
        description: "A subnet's owner replaces the security groups of participants' network interfaces.",
        rule: &instance::INTERFACE_CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateNetworkInterface SubnetId=net -> eni
owner    ModifyNetworkInterfaceAttribute NetworkInterfaceId=eni",
        equivalent: None,
        mutation: Mutation::Distorts(give_interfaces_to_the_subnet_owner),
    },
    Mutant {
        name: "instance-ended-by-revocation",
        description: "Taking a subnet out of a share ends the instances that run in it.",
        rule: &instance::RUNNING_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    RunInstances SubnetId=net -> web
owner    CreateResourceShare resourceArns=net -> share
owner    DisassociateResourceShare share resourceArns=net",
        equivalent: None,
        mutation: Mutation::Corrupts(end_instances_with_shares),
    },
    Mutant {
        name: "gateway-deleted-by-consumer",
        description: "A consumer deletes the owner's transit gateway.",
        rule: &transit_gateway::DELETED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateTransitGateway -> gateway
owner      CreateResourceShare resourceArns=gateway principals=organization -> share
management DeleteTransitGateway TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::DELETED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "gateway-deleted-while-attached",
        description: "A transit gateway is deleted though a VPC is attached to it.",
        rule: &transit_gateway::KEPT_WHILE_ATTACHED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    DeleteTransitGateway TransitGatewayId=gateway",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::KEPT_WHILE_ATTACHED),
    },
    Mutant {
        name: "gateway-attached-with-foreign-vpc",
        description: "A participant attaches the owner's VPC to a transit gateway.",
        rule: &transit_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateSubnet -> net
owner      CreateTransitGateway -> gateway
owner      CreateResourceShare resourceArns=net,gateway principals=organization -> share
management CreateTransitGatewayVpcAttachment TransitGatewayId=gateway SubnetIds=net -> attachment",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "gateway-unseen-but-attached",
        description: "A VPC is attached to a transit gateway that its account does not see.",
        rule: &transit_gateway::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateTransitGateway -> gateway
consumer CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "attachment-accepted-by-itself",
        description: "A consumer's attachment does not wait for the gateway's owner.",
        rule: &transit_gateway::ATTACHMENT_AWAITS_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=organization -> share
sibling  CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment",
        equivalent: None,
        mutation: Mutation::Corrupts(accept_attachments),
    },
    Mutant {
        name: "attachment-ended-by-revocation",
        description: "Taking a transit gateway out of a share detaches the VPCs of its consumers.",
        rule: &transit_gateway::ATTACHMENT_KEPT_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway -> share
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway -> attachment
owner    DisassociateResourceShare share resourceArns=gateway",
        equivalent: None,
        mutation: Mutation::Corrupts(detach_with_shares),
    },
    Mutant {
        name: "prefix-list-changed-by-consumer",
        description: "A consumer changes the entries of a prefix list that is shared with it.",
        rule: &prefix_list::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
member   DeleteManagedPrefixList PrefixListId=list",
        equivalent: None,
        mutation: Mutation::Grants(&prefix_list::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "entries-refused-to-consumers",
        description: "A consumer sees a shared prefix list and can't read its entries.",
        rule: &prefix_list::ENTRIES_READ_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_entries_to_consumers),
    },
    Mutant {
        name: "image-launched-without-permission",
        description: "An image is launched by an account that has no permission for it.",
        rule: &image::LAUNCHED_WITH_A_PERMISSION,
        seen: "moto looks images up at a launch only where that is turned on",
        shown: "world standalone

consumer RegisterImage -> image
owner    RunInstances ImageId=image -> web",
        equivalent: None,
        mutation: Mutation::Grants(&image::LAUNCHED_WITH_A_PERMISSION),
    },
    Mutant {
        name: "image-unlaunchable-by-units",
        description: "A launch permission for an organization or unit lets nobody launch.",
        rule: &instance::LAUNCHED_IN_VISIBLE_SUBNETS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

member     RegisterImage -> image
member     ModifyImageAttribute ImageId=image Add=organization
management RunInstances ImageId=image -> web",
        equivalent: None,
        mutation: Mutation::Distorts(ignore_units_at_launch),
    },
    Mutant {
        name: "image-changed-by-another",
        description: "An account that may launch an image changes its launch permissions.",
        rule: &image::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer RegisterImage -> image
owner    ModifyImageAttribute ImageId=image",
        equivalent: None,
        mutation: Mutation::Grants(&image::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "disabled-image-launched",
        description: "A disabled image is launched.",
        rule: &image::CLOSED_WHILE_DISABLED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    DisableImage ImageId=image
owner    RunInstances ImageId=image -> web",
        equivalent: None,
        mutation: Mutation::Grants(&image::CLOSED_WHILE_DISABLED),
    },
    Mutant {
        name: "image-public-where-blocked",
        description: "An image becomes public though block public access is on.",
        rule: &image::PUBLIC_WHERE_BLOCKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    EnableImageBlockPublicAccess
owner    ModifyImageAttribute ImageId=image Add=all",
        equivalent: None,
        mutation: Mutation::Grants(&image::PUBLIC_WHERE_BLOCKED),
    },
    Mutant {
        name: "image-permissions-come-back",
        description: "An image that is enabled again has the launch permissions that it had.",
        rule: &visibility::HIDDEN_ONCE_REVOKED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    DisableImage ImageId=image
owner    EnableImage ImageId=image",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_permissions_of_disabled_images),
    },
    Mutant {
        name: "rule-associated-with-foreign-vpc",
        description: "A Resolver rule is associated with a VPC of another account.",
        rule: &resolver_rule::ASSOCIATED_WITH_OWN_VPCS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
sibling  CreateResolverRule -> rule
sibling  AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> association",
        equivalent: None,
        mutation: Mutation::Grants(&resolver_rule::ASSOCIATED_WITH_OWN_VPCS),
    },
    Mutant {
        name: "rule-changed-by-consumer",
        description: "A consumer renames or deletes a Resolver rule that is shared with it.",
        rule: &resolver_rule::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share
member   DeleteResolverRule ResolverRuleId=rule",
        equivalent: None,
        mutation: Mutation::Grants(&resolver_rule::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "rule-deleted-while-associated",
        description: "A Resolver rule is deleted though its owner's VPC is associated with it.",
        rule: &resolver_rule::KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateResolverRule -> rule
owner    AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> association
owner    DeleteResolverRule ResolverRuleId=rule",
        equivalent: None,
        mutation: Mutation::Grants(&resolver_rule::KEPT_WHILE_ASSOCIATED),
    },
];

fn launch_into_revoked_subnets(world: &mut World, actor: Account, call: &Call) {
    let launches = matches!(
        call,
        Call::RunInstances(_) | Call::CreateNetworkInterface(_) | Call::CreateSecurityGroup(_)
    );
    if !launches {
        return;
    }
    let shares = world.shares.iter();
    let access = shares.map(|(name, share)| (name.clone(), world.access(share, actor)));
    let access: Vec<_> = access.filter(|(_, access)| *access >= Access::Ended).collect();
    let World { shares, resources, .. } = world;
    let is_subnet =
        |name: &Name| resources.get(name).is_some_and(|it| matches!(it.kind, Kind::Subnet { .. }));
    for (name, access) in access {
        let Some(share) = shares.get_mut(&name) else { continue };
        share.resources.retain(|name, _| access == Access::Granted || is_subnet(name));
        share.deleted = false;
        let subnets = share.resources.iter_mut().filter(|(name, _)| is_subnet(name));
        let rows = share.principals.values_mut().chain(subnets.map(|(_, it)| it));
        for association in rows.filter(|association| association.associated_once) {
            association.associate();
        }
    }
}

fn refuse_launches_of_participants(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::RunInstances(call) = call else { return None };
    let foreign = is_foreign(world, actor, call.subnet_id.as_ref()?);
    foreign.then_some(&subnet::KNOWN_TO_THE_CALLER)
}

fn refuse_interfaces_of_participants(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CreateNetworkInterface(call) = call else { return None };
    let foreign = is_foreign(world, actor, &call.subnet_id);
    foreign.then_some(&subnet::KNOWN_TO_THE_CALLER)
}

fn give_interfaces_to_the_subnet_owner(world: &mut World, actor: Account, call: &Call) {
    let Call::ModifyNetworkInterfaceAttribute(call) = call else { return };
    let named = call.network_interface_id.name();
    let Some(Kind::NetworkInterface { subnet, .. }) =
        named.and_then(|name| world.resources.get(name)).map(|resource| &resource.kind)
    else {
        return;
    };
    let is_inside = world.resources.get(subnet).is_some_and(|subnet| subnet.owner == actor);
    if let Some(resource) = named.and_then(|name| world.resources.get_mut(name))
        && is_inside
    {
        resource.owner = actor;
    }
}

fn refuse_shared_groups(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::RunInstances(call) = call else { return None };
    let Groups::Named(groups) = &call.security_group_ids else { return None };
    let foreign = groups.iter().any(|group| is_foreign(world, actor, group));
    foreign.then_some(&security_group::OWN_OR_SHARED)
}

fn refuse_entries_to_consumers(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::GetManagedPrefixListEntries(GetManagedPrefixListEntries { prefix_list_id }) = call
    else {
        return None;
    };
    is_foreign(world, actor, prefix_list_id).then_some(&prefix_list::KNOWN_TO_THE_CALLER)
}

fn count_own_interfaces_alone(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::DeleteSubnet(_)) {
        world.resources.retain(|_, resource| {
            let inside =
                matches!(resource.kind, Kind::NetworkInterface { .. } | Kind::Instance { .. });
            !inside || resource.owner == actor
        });
    }
}

/// The resources that a call took out of a share.
fn revoked<'c>(done: &Done<'c>) -> Vec<&'c Name> {
    let Call::DisassociateResourceShare(call) = done.call else { return Vec::new() };
    call.resource_arns.iter().filter_map(Reference::name).collect()
}

fn end_instances_with_shares(world: &mut World, done: &Done<'_>) {
    let revoked = revoked(done);
    for resource in world.resources.values_mut() {
        if let Kind::Instance { subnet: Some(subnet), .. } = &resource.kind {
            resource.deleted |= revoked.contains(&subnet);
        }
    }
}

fn detach_with_shares(world: &mut World, done: &Done<'_>) {
    let revoked = revoked(done);
    for resource in world.resources.values_mut() {
        if let Kind::TransitGatewayAttachment { gateway, .. } = &resource.kind {
            resource.deleted |= revoked.contains(&gateway);
        }
    }
}

fn accept_attachments(world: &mut World, done: &Done<'_>) {
    if let Some(resource) = world.resources.get_mut(done.made)
        && let Kind::TransitGatewayAttachment { waiting, .. } = &mut resource.kind
    {
        *waiting = false;
    }
}

fn ignore_units_at_launch(world: &mut World, _actor: Account, call: &Call) {
    if !matches!(call, Call::RunInstances(_)) {
        return;
    }
    for resource in world.resources.values_mut() {
        if let Kind::Image { permissions, .. } = &mut resource.kind {
            permissions
                .retain(|it| matches!(it, LaunchPermission::All | LaunchPermission::Account(_)));
        }
    }
}

fn keep_permissions_of_disabled_images(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::EnableImage(_)) {
        return;
    }
    for name in done.call.names() {
        if let Some(resource) = world.resources.get_mut(name)
            && let Kind::Image { permissions, former, .. } = &mut resource.kind
        {
            permissions.append(former);
        }
    }
}
