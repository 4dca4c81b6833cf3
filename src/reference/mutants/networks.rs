//! Mutants of what lies in a VPC or is attached to it, and of IPAM pools.

use bellwether_model::answer::Expected;
use bellwether_model::parameters::Reference;
use bellwether_model::rules::{
    Rule, internet_gateway, ipam_pool, prefix_list, route_table, security_group, subnet,
    transit_gateway,
};
use bellwether_model::world::{Kind, Resource, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "internet-gateway-attached-twice",
        description: "An internet gateway that is attached is attached again.",
        rule: &internet_gateway::ATTACHED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateInternetGateway -> internet
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&internet_gateway::ATTACHED_ONCE),
    },
    Mutant {
        name: "internet-gateway-beside-another",
        description: "A VPC that has an internet gateway is given another one.",
        rule: &internet_gateway::ATTACHED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateInternetGateway -> internet
owner    CreateInternetGateway -> other
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc
owner    AttachInternetGateway InternetGatewayId=other VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Distorts(look_at_the_gateway_alone),
    },
    Mutant {
        name: "internet-gateway-brought-by-participants",
        description: "A participant attaches an internet gateway of its own to a VPC that it sees.",
        rule: &internet_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateInternetGateway -> internet
member   AttachInternetGateway InternetGatewayId=internet VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&internet_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "internet-gateway-detached-by-participants",
        description: "A participant detaches the internet gateway of a VPC that it sees, or deletes it.",
        rule: &internet_gateway::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateInternetGateway -> internet
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc
member   DetachInternetGateway InternetGatewayId=internet VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&internet_gateway::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "internet-gateway-deleted-while-attached",
        description: "An internet gateway is deleted though it is attached to a VPC.",
        rule: &internet_gateway::KEPT_WHILE_ATTACHED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateInternetGateway -> internet
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc
owner    DeleteInternetGateway InternetGatewayId=internet",
        equivalent: None,
        mutation: Mutation::Grants(&internet_gateway::KEPT_WHILE_ATTACHED),
    },
    Mutant {
        name: "internet-gateway-hidden-from-participants",
        description: "A shared subnet is listed without the internet gateway of its VPC.",
        rule: &internet_gateway::SEEN_WITH_A_SHARED_SUBNET,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateInternetGateway -> internet
owner    AttachInternetGateway InternetGatewayId=internet VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_internet_gateways),
    },
    Mutant {
        name: "internet-gateway-unattached-unknown",
        description: "An internet gateway that is detached twice is refused as not existing.",
        rule: &internet_gateway::DETACHED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateInternetGateway -> internet
owner    DetachInternetGateway InternetGatewayId=internet VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Recodes(
            &internet_gateway::DETACHED_ONCE,
            &internet_gateway::KNOWN_TO_THE_CALLER,
        ),
    },
    Mutant {
        name: "gateway-attached-twice",
        description: "A VPC is attached to a transit gateway that it is attached to already.",
        rule: &transit_gateway::ATTACHED_ONCE_FOR_EACH_VPC,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateTransitGateway -> gateway
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway SubnetIds=net -> attachment
owner    CreateTransitGatewayVpcAttachment TransitGatewayId=gateway SubnetIds=net -> again",
        equivalent: None,
        mutation: Mutation::Grants(&transit_gateway::ATTACHED_ONCE_FOR_EACH_VPC),
    },
    Mutant {
        name: "route-table-made-by-participants",
        description: "A participant makes route tables in a VPC that it sees.",
        rule: &route_table::MADE_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateRouteTable VpcId=vpc -> routes",
        equivalent: None,
        mutation: Mutation::Grants(&route_table::MADE_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "route-table-deleted-by-participants",
        description: "A participant deletes a route table that it sees.",
        rule: &route_table::DELETED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateRouteTable VpcId=vpc -> routes
member   DeleteRouteTable RouteTableId=routes",
        equivalent: None,
        mutation: Mutation::Grants(&route_table::DELETED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "route-tables-hidden-from-participants",
        description: "A shared subnet is listed without the route tables of its VPC.",
        rule: &route_table::SEEN_WITH_A_SHARED_SUBNET,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateRouteTable VpcId=vpc -> routes",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_route_tables),
    },
    Mutant {
        name: "route-tables-listed-as-own",
        description: "The route tables of a shared VPC are listed with the participant as their owner.",
        rule: &route_table::SEEN_WITH_A_SHARED_SUBNET,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateRouteTable VpcId=vpc -> routes",
        equivalent: None,
        mutation: Mutation::Rewrites(list_route_tables_as_own),
    },
    Mutant {
        name: "unseen-route-table-forbidden",
        description: "A route table that the caller does not see is refused as forbidden.",
        rule: &route_table::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateRouteTable VpcId=vpc -> routes
consumer DeleteRouteTable RouteTableId=routes",
        equivalent: None,
        mutation: Mutation::Recodes(
            &route_table::KNOWN_TO_THE_CALLER,
            &route_table::DELETED_BY_THE_VPC_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "groups-listed-to-other-participants",
        description: "The security groups in a shared VPC are listed to all participants.",
        rule: &security_group::SEEN_BY_OTHER_PARTICIPANTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member,sibling -> share
member   CreateSecurityGroup VpcId=vpc -> group",
        equivalent: None,
        mutation: Mutation::Rewrites(list_groups_to_participants),
    },
    Mutant {
        name: "group-named-twice",
        description: "An account makes two security groups of one name in a VPC.",
        rule: &security_group::NAMED_ONCE_BY_AN_ACCOUNT,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc GroupName=web -> group
owner    CreateSecurityGroup VpcId=vpc GroupName=web -> again",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::NAMED_ONCE_BY_AN_ACCOUNT),
    },
    Mutant {
        name: "group-names-taken-by-others",
        description: "A security group can't have a name that a group of another account in the VPC has.",
        rule: &security_group::NAMED_BY_EACH_ACCOUNT_FOR_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateSecurityGroup VpcId=vpc GroupName=web -> group
member   CreateSecurityGroup VpcId=vpc GroupName=web -> own",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_names_of_others),
    },
    Mutant {
        name: "vpc-deleted-under-participants",
        description: "A VPC is deleted though a participant has a security group in it.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateSecurityGroup VpcId=vpc -> group
owner    DeleteSubnet SubnetId=net
owner    DeleteVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Distorts(count_own_resources_alone),
    },
    Mutant {
        name: "prefix-list-deleted-under-a-rule",
        description: "A prefix list is deleted though a security group names it.",
        rule: &prefix_list::KEPT_WHILE_REFERENCED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    CreateManagedPrefixList -> list
owner    AuthorizeSecurityGroupIngress GroupId=group PrefixListIds=list
owner    DeleteManagedPrefixList PrefixListId=list",
        equivalent: None,
        mutation: Mutation::Corrupts(delete_referenced_lists),
    },
    Mutant {
        name: "prefix-list-deleted-under-foreign-rules",
        description: "A prefix list is deleted though a security group of another account names it.",
        rule: &prefix_list::KEPT_WHILE_REFERENCED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
member   CreateVpc -> vpc
member   CreateSecurityGroup VpcId=vpc -> group
member   AuthorizeSecurityGroupIngress GroupId=group PrefixListIds=list
owner    DeleteManagedPrefixList PrefixListId=list",
        equivalent: None,
        mutation: Mutation::Corrupts(delete_lists_of_foreign_rules),
    },
    Mutant {
        name: "rule-stored-before-its-refusal",
        description: "A rule that names a prefix list which the caller does not see is refused, and stored.",
        rule: &prefix_list::LISTED_WITH_THE_RULES_OF_A_GROUP,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateManagedPrefixList -> list
consumer CreateVpc -> vpc
consumer CreateSecurityGroup VpcId=vpc -> group
consumer AuthorizeSecurityGroupIngress GroupId=group PrefixListIds=list",
        equivalent: None,
        mutation: Mutation::Leaves(store_refused_rules),
    },
    Mutant {
        name: "pools-never-shared",
        description: "A share shows its consumers no IPAM pool.",
        rule: &ipam_pool::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_pools),
    },
    Mutant {
        name: "pool-used-without-a-share",
        description: "An IPAM pool gives its blocks to accounts that it is not shared with.",
        rule: &ipam_pool::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
consumer AllocateIpamPoolCidr IpamPoolId=pool -> allocation",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "pool-unusable-by-consumers",
        description: "A consumer sees an IPAM pool and gets no block of it.",
        rule: &ipam_pool::ALLOCATED_FROM_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
member     AllocateIpamPoolCidr IpamPoolId=pool -> allocation",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_blocks_to_consumers),
    },
    Mutant {
        name: "pool-deleted-by-consumer",
        description: "A consumer deletes an IPAM pool that is shared with it.",
        rule: &ipam_pool::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
member     DeleteIpamPool IpamPoolId=pool",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "pool-shared-by-anybody",
        description: "An IPAM pool is shared by an account that does not administer IPAM.",
        rule: &ipam_pool::SHARED_BY_THE_ADMINISTRATOR,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
owner    CreateResourceShare resourceArns=pool -> share",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::SHARED_BY_THE_ADMINISTRATOR),
    },
    Mutant {
        name: "administrator-named-by-anybody",
        description: "An account that manages no organization names the administrator of IPAM.",
        rule: &ipam_pool::ADMINISTRATOR_NAMED_BY_MANAGEMENT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::ADMINISTRATOR_NAMED_BY_MANAGEMENT),
    },
    Mutant {
        name: "management-administers",
        description: "The management account makes itself the administrator of IPAM.",
        rule: &ipam_pool::ADMINISTRATOR_A_MEMBER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=management",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::ADMINISTRATOR_A_MEMBER),
    },
];

fn look_at_the_gateway_alone(world: &mut World, _actor: Account, call: &Call) {
    let Call::AttachInternetGateway(call) = call else { return };
    let named = call.internet_gateway_id.name();
    world
        .resources
        .retain(|name, it| Some(name) == named || !matches!(it.kind, Kind::InternetGateway { .. }));
}

fn hide_internet_gateways(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeInternetGateways(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_route_tables(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeRouteTables(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn hide_pools(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeIpamPools(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn list_route_tables_as_own(reply: &mut Reply, _world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeRouteTables(_)) {
        let fields = reply.rows.iter_mut().flat_map(|row| &mut row.fields);
        for field in fields.filter(|field| field.name == "OwnerId") {
            field.expected = Expected::Account(actor);
        }
    }
}

fn list_groups_to_participants(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeSecurityGroups(_)) {
        let hidden = &security_group::SEEN_BY_OTHER_PARTICIPANTS;
        reply.rows.iter_mut().filter(|row| row.rule == hidden).for_each(|row| row.present = true);
    }
}

fn refuse_names_of_others(world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateSecurityGroup(call) = call else { return None };
    let is_taken = |(name, resource): (&Name, &Resource)| {
        let Kind::SecurityGroup { vpc, .. } = &resource.kind else { return false };
        let given = world.given_names.get(name);
        !resource.deleted && call.vpc_id.name() == Some(vpc) && given == Some(&call.group_name)
    };
    let taken = world.resources.iter().any(is_taken);
    taken.then_some(&security_group::NAMED_ONCE_BY_AN_ACCOUNT)
}

fn count_own_resources_alone(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::DeleteVpc(_)) {
        world.resources.retain(|_, resource| resource.owner == actor);
    }
}

/// Deletes the prefix list of a call though a security group of these accounts names it.
fn delete_under_rules(world: &mut World, done: &Done<'_>, of: impl Fn(Account) -> bool) {
    let Call::DeleteManagedPrefixList(call) = done.call else { return };
    let Some(list) = call.prefix_list_id.name() else { return };
    let names =
        |kind: &Kind| matches!(kind, Kind::SecurityGroup { lists, .. } if lists.contains(list));
    let mut kept = world.resources.values().filter(|it| !it.deleted && names(&it.kind));
    let counted = kept.any(|it| !of(it.owner));
    if let Some(resource) = world.resources.get_mut(list) {
        resource.deleted |= !counted;
    }
}

fn delete_referenced_lists(world: &mut World, done: &Done<'_>) {
    delete_under_rules(world, done, |_| true);
}

fn delete_lists_of_foreign_rules(world: &mut World, done: &Done<'_>) {
    delete_under_rules(world, done, |owner| owner != done.actor);
}

fn store_refused_rules(world: &mut World, actor: Account, call: &Call) {
    let Call::AuthorizeSecurityGroupIngress(call) = call else { return };
    let resource = call.group_id.name().and_then(|name| world.resources.get_mut(name));
    if let Some(resource) = resource.filter(|resource| resource.owner == actor)
        && let Kind::SecurityGroup { lists, .. } = &mut resource.kind
    {
        lists.extend(call.prefix_list_id.as_ref().and_then(Reference::name).cloned());
    }
}

fn refuse_blocks_to_consumers(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::AllocateIpamPoolCidr(call) = call else { return None };
    is_foreign(world, actor, &call.ipam_pool_id).then_some(&ipam_pool::KNOWN_TO_THE_CALLER)
}
