//! Mutants of the rules of security groups, and of their associations with other VPCs.

use bellwether_model::answer::{Expected, Field, Key};
use bellwether_model::compute::has_one_from_elsewhere;
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::rules::{Rule, security_group, subnet};
use bellwether_model::world::{Kind, Use, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, kind_of, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "group-of-others-unnameable",
        description: "A rule of a security group can't name a group of another account in a shared VPC.",
        rule: &security_group::REFERENCED_IN_A_SHARED_VPC,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateSecurityGroup VpcId=vpc -> group
member   CreateSecurityGroup VpcId=vpc -> own
member   AuthorizeSecurityGroupIngress GroupId=own UserIdGroupPairs=group",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_rules_for_foreign_groups),
    },
    Mutant {
        name: "group-named-across-networks",
        description: "A rule of a security group names a group of another VPC.",
        rule: &security_group::REFERENCED_IN_ITS_NETWORK_ALONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpc -> other
owner    CreateSecurityGroup VpcId=vpc -> group
owner    CreateSecurityGroup VpcId=other -> far
owner    AuthorizeSecurityGroupIngress GroupId=group UserIdGroupPairs=far",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::REFERENCED_IN_ITS_NETWORK_ALONE),
    },
    Mutant {
        name: "group-deleted-under-a-rule",
        description: "A security group is deleted though a rule of another one names it.",
        rule: &security_group::KEPT_WHILE_REFERENCED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    CreateSecurityGroup VpcId=vpc -> named
owner    AuthorizeSecurityGroupIngress GroupId=group UserIdGroupPairs=named
owner    DeleteSecurityGroup GroupId=named",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::KEPT_WHILE_REFERENCED),
    },
    Mutant {
        name: "group-rules-forgotten",
        description: "A rule that names a security group is granted, and not stored.",
        rule: &security_group::LISTED_WITH_THE_GROUPS_OF_ITS_RULES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    AuthorizeSecurityGroupIngress GroupId=group UserIdGroupPairs=group",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_sources),
    },
    Mutant {
        name: "rule-of-own-groups-alone-taken-out",
        description: "A rule that names a group of another account can't be taken out again.",
        rule: &security_group::RULES_TAKEN_OUT_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateSecurityGroup VpcId=vpc -> group
member   CreateSecurityGroup VpcId=vpc -> own
member   AuthorizeSecurityGroupIngress GroupId=own UserIdGroupPairs=group
member   RevokeSecurityGroupIngress GroupId=own UserIdGroupPairs=group",
        equivalent: None,
        mutation: Mutation::Refuses(keep_rules_for_foreign_groups),
    },
    Mutant {
        name: "rule-taken-out-without-effect",
        description: "A rule that names a security group is taken out, and stays.",
        rule: &security_group::LISTED_WITH_THE_GROUPS_OF_ITS_RULES,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    AuthorizeSecurityGroupIngress GroupId=group UserIdGroupPairs=group
owner    RevokeSecurityGroupIngress GroupId=group UserIdGroupPairs=group",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_sources),
    },
    Mutant {
        name: "rule-taken-out-that-is-not-there",
        description: "A rule that a security group does not have is taken out of it all the same.",
        rule: &security_group::RULES_TAKEN_OUT_AS_THEY_STAND,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSecurityGroup VpcId=vpc -> group
owner    RevokeSecurityGroupIngress GroupId=group UserIdGroupPairs=group",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::RULES_TAKEN_OUT_AS_THEY_STAND),
    },
    Mutant {
        name: "group-associated-by-the-vpc-owner",
        description: "The owner of a VPC associates a participant's security group with a VPC.",
        rule: &security_group::ASSOCIATED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateSecurityGroup VpcId=vpc -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::ASSOCIATED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "group-associated-with-own-vpcs-alone",
        description: "A participant can't associate a security group of its own with a shared VPC.",
        rule: &security_group::ASSOCIATED_WITH_VISIBLE_VPCS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateVpc -> home
member   CreateSecurityGroup VpcId=home -> group
member   AssociateSecurityGroupVpc GroupId=group VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_associations_with_foreign_vpcs),
    },
    Mutant {
        name: "associated-group-unusable",
        description: "A security group can't be put on a network interface in a VPC that it is associated with.",
        rule: &security_group::USED_WHERE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateVpc -> home
owner    CreateSecurityGroup VpcId=home -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc
owner    CreateNetworkInterface SubnetId=net SecurityGroupIds=group -> eni",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_groups_from_elsewhere),
    },
    Mutant {
        name: "associated-group-unlisted-for-use",
        description: "GetSecurityGroupsForVpc leaves out the groups that are associated with the VPC.",
        rule: &security_group::LISTED_WHERE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpc -> home
owner    CreateSecurityGroup VpcId=home -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc
owner    GetSecurityGroupsForVpc VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(leave_out_associated_groups),
    },
    Mutant {
        name: "associated-group-deleted",
        description: "A security group is deleted though it is associated with another VPC.",
        rule: &security_group::KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpc -> home
owner    CreateSecurityGroup VpcId=home -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc
owner    DeleteSecurityGroup GroupId=group",
        equivalent: None,
        mutation: Mutation::Grants(&security_group::KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "association-listed-to-the-group-owner-alone",
        description: "The owner of a VPC does not see that a participant's security group is associated with it.",
        rule: &security_group::ASSOCIATIONS_SEEN_BY_BOTH_OWNERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateVpc -> home
member   CreateSecurityGroup VpcId=home -> group
member   AssociateSecurityGroupVpc GroupId=group VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(list_associations_of_own_groups),
    },
    Mutant {
        name: "association-listed-to-everybody",
        description: "The associations of security groups are listed to every account.",
        rule: &security_group::ASSOCIATIONS_HIDDEN_FROM_OTHERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpc -> home
owner    CreateSecurityGroup VpcId=home -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Rewrites(list_all_associations),
    },
    Mutant {
        name: "association-never-ended",
        description: "A security group that is disassociated from a VPC stays associated with it.",
        rule: &security_group::GONE_ONCE_DISASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateVpc -> home
owner    CreateSecurityGroup VpcId=home -> group
owner    AssociateSecurityGroupVpc GroupId=group VpcId=vpc
owner    DisassociateSecurityGroupVpc GroupId=group VpcId=vpc",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_associations),
    },
];

fn refuse_rules_for_foreign_groups(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AuthorizeSecurityGroupIngress(call) = call else { return None };
    let source = call.source_group_id.as_ref()?;
    is_foreign(world, actor, source).then_some(&security_group::KNOWN_TO_THE_CALLER)
}

fn forget_sources(world: &mut World, done: &Done<'_>) {
    let Call::AuthorizeSecurityGroupIngress(call) = done.call else { return };
    let Some(source) = call.source_group_id.as_ref().and_then(Reference::name) else { return };
    if let Some(Kind::SecurityGroup { sources, .. }) = kind_of(world, &call.group_id) {
        sources.remove(source);
    }
}

fn keep_rules_for_foreign_groups(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::RevokeSecurityGroupIngress(call) = call else { return None };
    let source = call.source_group_id.as_ref()?;
    is_foreign(world, actor, source).then_some(&security_group::RULES_TAKEN_OUT_AS_THEY_STAND)
}

fn keep_sources(world: &mut World, done: &Done<'_>) {
    let Call::RevokeSecurityGroupIngress(call) = done.call else { return };
    let Some(group) = call.group_id.name() else { return };
    if let Some(before) = done.before.resources.get(group)
        && let Some(group) = world.resources.get_mut(group)
    {
        group.kind = before.kind.clone();
    }
}

fn refuse_associations_with_foreign_vpcs(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AssociateSecurityGroupVpc(call) = call else { return None };
    is_foreign(world, actor, &call.vpc_id).then_some(&subnet::VPC_KNOWN_TO_THE_CALLER)
}

fn refuse_groups_from_elsewhere(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let (subnet, groups) = if let Call::CreateNetworkInterface(call) = call {
        (Some(&call.subnet_id), &call.security_group_ids)
    } else if let Call::RunInstances(call) = call {
        (call.subnet_id.as_ref(), &call.security_group_ids)
    } else {
        return None;
    };
    let vpc = subnet.and_then(Reference::name).and_then(|subnet| world.vpc_of(subnet));
    let Groups::Named(named) = groups else { return None };
    has_one_from_elsewhere(world, named, vpc).then_some(&security_group::OF_THE_SAME_VPC)
}

fn leave_out_associated_groups(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetSecurityGroupsForVpc(_)) {
        reply.rows.retain(|row| row.rule != &security_group::LISTED_WHERE_ASSOCIATED);
    }
}

fn list_associations_of_own_groups(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::DescribeSecurityGroupVpcAssociations(_)) {
        lists_own_alone(reply, world, actor);
    }
}

fn list_all_associations(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::DescribeSecurityGroupVpcAssociations(_)) {
        return;
    }
    let hidden = &security_group::ASSOCIATIONS_HIDDEN_FROM_OTHERS;
    for row in reply.rows.iter_mut().filter(|row| row.rule == hidden) {
        let Key::Resource(name) = &row.key else { continue };
        let group = world.resources.get(name).map(|group| &group.kind);
        let Some(Kind::SecurityGroup { associated, .. }) = group else { continue };
        let vpcs = associated.keys().map(|vpc: &Name| vpc.as_str().into()).collect();
        row.present = true;
        row.fields = vec![Field { name: "VpcId", expected: Expected::Set(vpcs), rule: hidden }];
    }
}

fn keep_associations(world: &mut World, done: &Done<'_>) {
    let Call::DisassociateSecurityGroupVpc(call) = done.call else { return };
    if let Some(Kind::SecurityGroup { associated, .. }) = kind_of(world, &call.group_id)
        && let Some(vpc) = call.vpc_id.name()
    {
        associated.insert(vpc.clone(), Use::Plain);
    }
}
