//! Mutants of network ACLs, NAT gateways and VPC endpoints, which participants have no say in.

use bellwether_model::rules::{Rule, nat_gateway, network_acl, subnet, visibility, vpc_endpoint};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call, Reply};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "network-acl-made-by-participants",
        description: "A participant makes network ACLs in a VPC that it sees.",
        rule: &network_acl::MADE_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateNetworkAcl VpcId=vpc -> acl",
        equivalent: None,
        mutation: Mutation::Grants(&network_acl::MADE_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "network-acl-deleted-by-participants",
        description: "A participant deletes a network ACL of a VPC that it sees.",
        rule: &network_acl::DELETED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateNetworkAcl VpcId=vpc -> acl
member   DeleteNetworkAcl NetworkAclId=acl",
        equivalent: None,
        mutation: Mutation::Grants(&network_acl::DELETED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "unseen-network-acl-forbidden",
        description: "A network ACL that the caller does not see is refused as forbidden.",
        rule: &network_acl::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateNetworkAcl VpcId=vpc -> acl
consumer DeleteNetworkAcl NetworkAclId=acl",
        equivalent: None,
        mutation: Mutation::Recodes(
            &network_acl::KNOWN_TO_THE_CALLER,
            &network_acl::DELETED_BY_THE_VPC_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "network-acl-hidden-from-its-maker",
        description: "An account's network ACLs are not listed to it.",
        rule: &visibility::OWNER_SEES_ITS_OWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateNetworkAcl VpcId=vpc -> acl",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_network_acls),
    },
    Mutant {
        name: "nat-gateway-made-by-participants",
        description: "A participant makes NAT gateways in a subnet that is shared with it.",
        rule: &nat_gateway::MADE_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateNatGateway SubnetId=net -> nat",
        equivalent: None,
        mutation: Mutation::Grants(&nat_gateway::MADE_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "nat-gateway-refused-in-a-shared-subnet",
        description: "The owner of a subnet can't make a NAT gateway in it once it is in a share.",
        rule: &nat_gateway::MADE_BY_THE_VPC_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
owner    CreateNatGateway SubnetId=net -> nat",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_nat_gateways_in_shared_subnets),
    },
    Mutant {
        name: "nat-gateways-listed-to-participants",
        description: "The NAT gateways of a shared VPC are listed to participants.",
        rule: &nat_gateway::HIDDEN_FROM_PARTICIPANTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateNatGateway SubnetId=net -> nat",
        equivalent: None,
        mutation: Mutation::Rewrites(list_nat_gateways_to_participants),
    },
    Mutant {
        name: "nat-gateway-deleted-by-participants",
        description: "A participant deletes a NAT gateway in a subnet that is shared with it.",
        rule: &nat_gateway::NAMED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateNatGateway SubnetId=net -> nat
member   DeleteNatGateway NatGatewayId=nat",
        equivalent: None,
        mutation: Mutation::Grants(&nat_gateway::NAMED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "unseen-nat-gateway-forbidden",
        description: "A NAT gateway in a VPC that the caller does not see is refused as forbidden.",
        rule: &nat_gateway::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateNatGateway SubnetId=net -> nat
consumer DeleteNatGateway NatGatewayId=nat",
        equivalent: None,
        mutation: Mutation::Recodes(
            &nat_gateway::KNOWN_TO_THE_CALLER,
            &nat_gateway::MADE_BY_THE_VPC_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "subnet-deleted-under-a-nat-gateway",
        description: "A subnet is deleted though a NAT gateway is in it.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateNatGateway SubnetId=net -> nat
owner    DeleteSubnet SubnetId=net",
        equivalent: None,
        mutation: Mutation::Distorts(count_no_nat_gateways),
    },
    Mutant {
        name: "vpc-endpoint-made-by-participants",
        description: "A participant makes VPC endpoints in a VPC that it sees.",
        rule: &vpc_endpoint::MADE_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateVpcEndpoint VpcId=vpc -> endpoint",
        equivalent: None,
        mutation: Mutation::Grants(&vpc_endpoint::MADE_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "vpc-endpoints-listed-to-participants",
        description: "The VPC endpoints of a shared VPC are listed to participants.",
        rule: &vpc_endpoint::HIDDEN_FROM_PARTICIPANTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateVpcEndpoint VpcId=vpc -> endpoint",
        equivalent: None,
        mutation: Mutation::Rewrites(list_endpoints_to_participants),
    },
    Mutant {
        name: "vpc-endpoint-deleted-by-participants",
        description: "A participant deletes a VPC endpoint of a VPC that it sees.",
        rule: &vpc_endpoint::NAMED_BY_THE_VPC_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateVpcEndpoint VpcId=vpc -> endpoint
member   DeleteVpcEndpoints VpcEndpointIds=endpoint",
        equivalent: None,
        mutation: Mutation::Grants(&vpc_endpoint::NAMED_BY_THE_VPC_OWNER_ALONE),
    },
    Mutant {
        name: "unseen-vpc-endpoint-forbidden",
        description: "A VPC endpoint of a VPC that the caller does not see is refused as forbidden.",
        rule: &vpc_endpoint::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpcEndpoint VpcId=vpc -> endpoint
consumer DeleteVpcEndpoints VpcEndpointIds=endpoint",
        equivalent: None,
        mutation: Mutation::Recodes(
            &vpc_endpoint::KNOWN_TO_THE_CALLER,
            &vpc_endpoint::MADE_BY_THE_VPC_OWNER_ALONE,
        ),
    },
    Mutant {
        name: "vpc-deleted-under-an-endpoint",
        description: "A VPC is deleted though a VPC endpoint is in it.",
        rule: &subnet::KEPT_WHILE_IN_USE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpcEndpoint VpcId=vpc -> endpoint
owner    DeleteVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Distorts(count_no_endpoints),
    },
];

fn hide_network_acls(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeNetworkAcls(_)) {
        reply.rows.clear();
    }
}

fn refuse_nat_gateways_in_shared_subnets(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CreateNatGateway(call) = call else { return None };
    let subnet = call.subnet_id.name()?;
    let is_shared = world.shares.values().any(|share| share.resources.contains_key(subnet));
    is_shared.then_some(&nat_gateway::MADE_BY_THE_VPC_OWNER_ALONE)
}

/// Lists what this rule hides.
fn list_in_spite_of(reply: &mut Reply, hidden: &Rule) {
    reply.rows.iter_mut().filter(|row| row.rule == hidden).for_each(|row| row.present = true);
}

fn list_nat_gateways_to_participants(
    reply: &mut Reply,
    _world: &World,
    _actor: Account,
    call: &Call,
) {
    if matches!(call, Call::DescribeNatGateways(_)) {
        list_in_spite_of(reply, &nat_gateway::HIDDEN_FROM_PARTICIPANTS);
    }
}

fn list_endpoints_to_participants(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeVpcEndpoints(_)) {
        list_in_spite_of(reply, &vpc_endpoint::HIDDEN_FROM_PARTICIPANTS);
    }
}

fn count_no_nat_gateways(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::DeleteSubnet(_)) {
        world.resources.retain(|_, it| !matches!(it.kind, Kind::NatGateway { .. }));
    }
}

fn count_no_endpoints(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::DeleteVpc(_)) {
        world.resources.retain(|_, it| !matches!(it.kind, Kind::VpcEndpoint { .. }));
    }
}
