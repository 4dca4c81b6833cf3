//! Security groups: who launches with them, names them in rules, and associates them with other VPCs.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_IN_A_VISIBLE_VPC,
    &NAMED_ONCE_BY_AN_ACCOUNT,
    &NAMED_BY_EACH_ACCOUNT_FOR_ITSELF,
    &OWN_OR_SHARED,
    &USED_WHILE_SHARED,
    &OF_THE_SAME_VPC,
    &KEPT_AFTER_REVOCATION,
    &NAMED_AGAIN_AFTER_REVOCATION,
    &NAMED_BY_PARTICIPANTS,
    &NAMED_FOR_AN_INTERFACE,
    &KEPT_WHILE_IN_USE,
    &SHARED_BY_THE_VPC_OWNER,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &SEEN_BY_THE_VPC_OWNER,
    &SEEN_BY_OTHER_PARTICIPANTS,
    &LISTED_FOR_USE,
    &REFERENCED_IN_ITS_VPC,
    &REFERENCED_IN_A_SHARED_VPC,
    &REFERENCED_WHERE_ASSOCIATED,
    &REFERENCED_IN_ITS_NETWORK_ALONE,
    &REFERENCED_BY_THE_VPC_OWNER,
    &REFERENCED_THROUGH_ASSOCIATIONS,
    &RULE_OF_ONE_SOURCE,
    &LISTED_WITH_THE_GROUPS_OF_ITS_RULES,
    &RULES_TAKEN_OUT_BY_ITS_OWNER,
    &RULES_TAKEN_OUT_AS_THEY_STAND,
    &RULES_TAKEN_OUT_OF_SIGHT,
    &KEPT_WHILE_REFERENCED,
    &DELETED_WHILE_REFERENCED_ELSEWHERE,
    &ASSOCIATED_WITH_VISIBLE_VPCS,
    &ASSOCIATED_BY_ITS_OWNER_ALONE,
    &ASSOCIATED_ONCE,
    &ASSOCIATED_FROM_A_SHARED_VPC,
    &ASSOCIATED_BESIDE_A_NAMESAKE,
    &ASSOCIATIONS_SEEN_BY_BOTH_OWNERS,
    &ASSOCIATIONS_HIDDEN_FROM_OTHERS,
    &SEEN_WITH_AN_ASSOCIATION,
    &USED_WHERE_ASSOCIATED,
    &USED_BY_OTHERS_WHERE_ASSOCIATED,
    &LISTED_WHERE_ASSOCIATED,
    &KEPT_WHILE_ASSOCIATED,
    &DISASSOCIATED_BY_ITS_OWNER,
    &GONE_ONCE_DISASSOCIATED,
    &DISASSOCIATED_WHILE_IN_USE,
    &DISASSOCIATED_THAT_NEVER_WAS,
    &DISASSOCIATED_BY_THE_VPC_OWNER,
    &VPC_DELETED_WHILE_ASSOCIATED,
];

/// Participants make their own groups.
pub static MADE_IN_A_VISIBLE_VPC: Rule = grants(
    "security-group/made-in-a-visible-vpc",
    "An account can make security groups of its own in its VPCs, and in a VPC of which a subnet is shared with it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants create and manage their own security groups",
)])
.rows(&["SUBNET-13"]);

/// A name that is taken.
pub static NAMED_ONCE_BY_AN_ACCOUNT: Rule = refuses(
    "security-group/named-once-by-an-account",
    "An account can't make two security groups of one name in a VPC.",
    &["InvalidGroup.Duplicate"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "two security groups for the same VPC can't have the same name",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidGroup.Duplicate: a security group of the name exists already",
    ),
])
.rows(&["SUBNET-13"]);

/// A name that another account has given.
pub static NAMED_BY_EACH_ACCOUNT_FOR_ITSELF: Rule = grants(
    "security-group/named-by-each-account-for-itself",
    "An account can make a security group of a name that another account has given to one of its own in the same shared VPC.",
)
.inferred(&[
    source(
        "github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 2255",
        "a user reports that accounts can make groups of one name in a shared VPC by hand, and that CloudFormation alone stumbles over it; no answer of AWS is quoted",
    ),
    source(
        "github.com/awslabs/landing-zone-accelerator-on-aws issue 789",
        "a user reports that the groups of a VPC, which have names, are made in the account that owns it and once more in each account that its subnets are shared with",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "two groups for one VPC can't have one name: it does not speak of several accounts",
    ),
])
.rows(&["SUBNET-13"]);

/// Foreign groups are out of reach.
pub static OWN_OR_SHARED: Rule = refuses_somehow(
    "security-group/own-or-shared",
    "A network interface can have only security groups that its account owns or that are shared with it.",
    &["InvalidGroup.NotFound", "UnauthorizedOperation"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't launch with security groups of the owner or of other participants",
)])
.rows(&["SUBNET-17", "SG-02", "C6", "SG-03"]);

/// Shared groups.
pub static USED_WHILE_SHARED: Rule = shows(
    "security-group/used-while-shared",
    "A security group that is shared with an account can be put on its network interfaces in the group's VPC.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html",
    "participants launch with the security groups that are shared with them",
)])
.rows(&["SG-01", "SG-02"]);

/// Groups of another network.
pub static OF_THE_SAME_VPC: Rule = refuses(
    "security-group/of-the-same-vpc",
    "A network interface can't be given a security group of another VPC that is not associated with its own.",
    &["InvalidGroup.NotFound"],
)
.recorded(&[source(
    "github.com/kubernetes-sigs/cluster-api-provider-aws issue 3943",
    "an interface is given a group of another VPC: InvalidGroup.NotFound, two resources of different networks",
)])
.rows(&["SG-02"]);

/// What outlives the sharing of a group.
pub static KEPT_AFTER_REVOCATION: Rule = shows(
    "security-group/kept-after-revocation",
    "A network interface keeps a security group that is no longer shared with its owner.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html",
    "after unsharing, participants' interfaces stay associated with the group and get its updates",
)])
.rows(&["SG-03"]);

/// An unshared group in a new set.
pub static NAMED_AGAIN_AFTER_REVOCATION: Rule = grants(
    "security-group/named-again-after-revocation",
    "A participant that changes the security groups of its network interface may name again one that is no longer shared with it and that the interface has.",
)
.open(
    "Can a participant name again an unshared security group that its network interface has, when it changes the groups?",
    &[
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html",
            "after unsharing, participants make no new associations with the group, and those that are stay",
        ),
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html",
            "the groups that are named replace the whole set: it is not said whether one that stays is associated anew",
        ),
    ],
)
.rows(&["SG-03"]);

/// The default group belongs to the VPC's owner.
pub static NAMED_BY_PARTICIPANTS: Rule = refuses_somehow(
    "security-group/named-by-participants",
    "A participant has to name a security group to launch an instance: the default group of a shared VPC belongs to the owner.",
    &["InvalidParameterValue", "InvalidGroup.NotFound", "UnauthorizedOperation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants can't launch instances with the VPC's default security group",
    ),
    source(
        "github.com/aws/aws-parallelcluster pull request 1779",
        "quotes the answer: no access to a default security group in the VPC, specify one",
    ),
])
.rows(&["SUBNET-16", "DRY-05"]);

/// The same for network interfaces.
pub static NAMED_FOR_AN_INTERFACE: Rule = refuses_somehow(
    "security-group/named-for-an-interface",
    "A participant has to name a security group for a network interface that it makes or changes in a shared VPC.",
    &["InvalidParameterValue", "InvalidGroup.NotFound", "UnauthorizedOperation"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't launch instances with the VPC's default group, which an interface without groups would get",
)])
.rows(&["SUBNET-16"]);

/// Dependents keep a group.
pub static KEPT_WHILE_IN_USE: Rule = refuses(
    "security-group/kept-while-in-use",
    "A security group can't be deleted while a network interface has it.",
    &["DependencyViolation", "InvalidGroup.InUse"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "DependencyViolation and InvalidGroup.InUse: a dependent object needs the group",
)])
.rows(&["SG-04"]);

/// The groups that can be shared.
pub static SHARED_BY_THE_VPC_OWNER: Rule = refuses_somehow(
    "security-group/shared-by-the-vpc-owner",
    "A security group can be shared only by an account that owns both it and its VPC.",
    &["InvalidParameterException", "OperationNotPermittedException"],
)
.open(
    "Is a security group that can't be shared refused at once, or does its row become FAILED?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html",
        "lists the conditions, and tells to look at the state of the association",
    )],
)
.rows(&["SG-01"]);

/// Groups that are not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses_somehow(
    "security-group/known-to-the-caller",
    "A security group that is not visible to the caller is refused as not existing.",
    &["InvalidGroup.NotFound", "InvalidGroupId.Malformed"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidGroup.NotFound: the security group does not exist",
    ),
    source(
        "github.com/boto/boto3 issue 701",
        "DescribeSecurityGroups of an id that AWS does not find yet: InvalidGroup.NotFound",
    ),
])
.rows(&["SUBNET-11", "SUBNET-17"]);

/// Owners alone change and delete.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "security-group/changed-by-its-owner-alone",
    "A security group can be changed and deleted by its owner alone: neither by the VPC's owner nor by those it is shared with.",
    &["UnauthorizedOperation", "InvalidGroup.NotFound", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "the VPC's owner can describe participants' security groups, and do nothing else with them",
)])
.rows(&["SUBNET-12", "C6"]);

/// The VPC's owner sees participants' groups.
pub static SEEN_BY_THE_VPC_OWNER: Rule = shows(
    "security-group/seen-by-the-vpc-owner",
    "DescribeSecurityGroups lists to the owner of a VPC the security groups that participants made in it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "the VPC's owner can describe participants' network interfaces and security groups",
)])
.rows(&["SUBNET-12"]);

/// Participants and the groups of others.
pub static SEEN_BY_OTHER_PARTICIPANTS: Rule = shows(
    "security-group/seen-by-other-participants",
    "A participant does not see security groups in the VPC that are not its own and not shared with it, neither the owner's nor those of other participants.",
)
.recorded(&[
    source(
        "github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 2255",
        "steps that were replicated: the VPC's owner sees the groups of all accounts, participants only their own",
    ),
    source(
        "github.com/awslabs/landing-zone-accelerator-on-aws issue 938",
        "a group of the VPC's owner does not show in the accounts that the subnets are shared with",
    ),
])
.rows(&["SUBNET-11"]);

/// The groups that can be put on an interface.
pub static LISTED_FOR_USE: Rule = replies(
    "security-group/listed-for-use",
    "GetSecurityGroupsForVpc lists, of the security groups that were made in a VPC, those that the caller owns and those that are shared with it, and no others.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSecurityGroupsForVpc.html",
    "gets the groups that the caller can associate with network interfaces in the VPC",
)])
.rows(&["SUBNET-28"]);

/// Groups of one VPC.
pub static REFERENCED_IN_ITS_VPC: Rule = grants(
    "security-group/referenced-in-its-vpc",
    "An account can name a security group of its own in a rule of another one of its own, or of the same one, in the same VPC.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
        "a rule lets in the instances that are associated with the security group which it names",
    ),
    source(
        "github.com/boto/boto3 issue 569",
        "a rule that names a group of the same VPC by its id is granted",
    ),
])
.rows(&["SUBNET-13"]);

/// Groups of others in a shared VPC.
pub static REFERENCED_IN_A_SHARED_VPC: Rule = grants(
    "security-group/referenced-in-a-shared-vpc",
    "A participant can name, in rules of its own security groups, security groups in the shared VPC that belong to its owner or to other participants.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can create rules in their own groups that name groups of other participants or of the owner, as account-number/security-group-id",
)])
.rows(&["SUBNET-13"]);

/// A group of another VPC that is associated with this one.
pub static REFERENCED_WHERE_ASSOCIATED: Rule = grants(
    "security-group/referenced-where-associated",
    "An account can name a security group of its own in a rule of another one of its own whose VPC it is associated with.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
    "once a group is associated with a VPC, it can be referenced in the rule of an existing group",
)])
.rows(&["SUBNET-28"]);

/// Groups of other networks.
pub static REFERENCED_IN_ITS_NETWORK_ALONE: Rule = refuses(
    "security-group/referenced-in-its-network-alone",
    "A security group can't have a rule that names a security group of another VPC that is not associated with its own.",
    &["InvalidGroup.NotFound"],
)
.recorded(&[
    source(
        "github.com/boto/boto3 issue 569",
        "authorize_ingress by a group's name, which is looked up in another VPC: InvalidGroup.NotFound, two resources that belong to different networks",
    ),
    source(
        "github.com/ansible/ansible issue 30053",
        "a rule names a group of another VPC: two resources that belong to different networks",
    ),
])
.rows(&["SUBNET-13"]);

/// The VPC's owner and groups of participants.
pub static REFERENCED_BY_THE_VPC_OWNER: Rule = grants(
    "security-group/referenced-by-the-vpc-owner",
    "The owner of a VPC can name participants' security groups in rules of its own.",
)
.open(
    "Can the owner of a shared VPC name a participant's security group in a rule of its own?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "says that participants can name the owner's groups, and that the owner can describe participants' groups and work with them in no other way; rules of the owner's own groups are not spoken of",
    )],
)
.rows(&["SUBNET-12"]);

/// Groups that only an association brings together.
pub static REFERENCED_THROUGH_ASSOCIATIONS: Rule = grants(
    "security-group/referenced-through-associations",
    "A security group can have a rule that names one of another VPC which it is associated with, or one of another account that is associated with its own.",
)
.open(
    "Does a rule reach the groups of a VPC that its own group is associated with, and can it name another account's group that is associated with its VPC?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "an associated group can be named in rules of the VPC's groups: the other direction and other accounts are not spoken of",
    )],
)
.rows(&["SUBNET-28"]);

/// Permissions with no source, or two.
pub static RULE_OF_ONE_SOURCE: Rule = refuses_somehow(
    "security-group/rule-of-one-source",
    "AuthorizeSecurityGroupIngress and RevokeSecurityGroupIngress take a permission with one source: a block of addresses, a prefix list or a security group.",
    &["InvalidParameterValue", "InvalidParameterCombination", "MissingParameter"],
)
.open(
    "What do AuthorizeSecurityGroupIngress and RevokeSecurityGroupIngress answer to a permission that names no source, or two of different kinds?",
    &[
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
            "exactly one source must be given: a block of addresses, a prefix list or a security group",
        ),
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
            "a permission has lists of sources of each kind, of which none is required: whether several are refused is not said",
        ),
    ],
)
.rows(&["SUBNET-13"]);

/// The rules of a group, by the groups that they name.
pub static LISTED_WITH_THE_GROUPS_OF_ITS_RULES: Rule = shows(
    "security-group/listed-with-the-groups-of-its-rules",
    "A security group is listed to its owner with the security groups that its rules name, and with no other.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html",
        "ipPermissions: the inbound rules of the security group",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
        "UserIdGroupPairs: the security groups of a rule",
    ),
])
.rows(&["SUBNET-13"]);

/// Rules that are taken out.
pub static RULES_TAKEN_OUT_BY_ITS_OWNER: Rule = grants(
    "security-group/rules-taken-out-by-its-owner",
    "An account can take a rule out of a security group that it owns, be it one that names a group or a prefix list of another account.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html",
        "removes the specified inbound rules from a security group; their source is a block of addresses, a security group or a prefix list",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "participants' rules can reference the security groups of other participants and of the owner, as account-number/security-group-id",
    ),
])
.rows(&["SUBNET-13"]);

/// Rules that are not there.
pub static RULES_TAKEN_OUT_AS_THEY_STAND: Rule = refuses(
    "security-group/rules-taken-out-as-they-stand",
    "A rule that a security group does not have can't be taken out of it.",
    &["InvalidPermission.NotFound"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html",
        "in a VPC that is no default one, values that match no rule are answered InvalidPermission.NotFound, and nothing is revoked",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidPermission.NotFound: the rule does not exist in this security group",
    ),
])
.rows(&["SUBNET-13"]);

/// Rules that name what is gone.
pub static RULES_TAKEN_OUT_OF_SIGHT: Rule = grants(
    "security-group/rules-taken-out-of-sight",
    "A rule can be taken out that names a security group or a prefix list which is gone, or which the account does not see any more.",
)
.open(
    "Does RevokeSecurityGroupIngress take a rule out by the security group or the prefix list that it names when that is deleted, or no longer shared?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
        "stale rules, which name a group that was deleted, are not taken out by themselves, and can be deleted as others can: by which call is not said",
    )],
)
.rows(&["SUBNET-13"]);

/// References keep a group.
pub static KEPT_WHILE_REFERENCED: Rule = refuses(
    "security-group/kept-while-referenced",
    "A security group can't be deleted while another one of its account in the same VPC names it in a rule.",
    &["DependencyViolation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html",
        "the deletion of a group that another group in the same VPC references fails with DependencyViolation",
    ),
    source(
        "github.com/gruntwork-io/cloud-nuke issue 316",
        "groups that name each other in rules: DependencyViolation, the resource has a dependent object",
    ),
])
.rows(&["SG-04"]);

/// References from somewhere else.
pub static DELETED_WHILE_REFERENCED_ELSEWHERE: Rule = grants(
    "security-group/deleted-while-referenced-elsewhere",
    "A security group can be deleted while a security group of another account or of another VPC names it in a rule.",
)
.open(
    "Does a rule of another account's security group, or of one in another VPC, keep a security group from being deleted?",
    &[
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html",
            "a group that another one in the same VPC references is not deleted: it does not speak of accounts",
        ),
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html",
            "a group that is referenced by a rule of another one can't be deleted: it speaks neither of accounts nor of VPCs",
        ),
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeStaleSecurityGroups.html",
            "rules that reference a deleted group across a peering, a transit gateway or a VPC association are stale, so there are some",
        ),
    ],
)
.rows(&["SG-04"]);

/// Associations.
pub static ASSOCIATED_WITH_VISIBLE_VPCS: Rule = grants(
    "security-group/associated-with-visible-vpcs",
    "An account can associate a security group that it owns, and that it made in a VPC of its own, with another VPC of its own, or with one of which a subnet is shared with it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html",
        "the caller has to own the group, and to own the VPC or have it shared with it",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "the caller owns the VPC, or one of its subnets is shared with it",
    ),
])
.rows(&["SUBNET-28"]);

/// Groups of others are not associated.
pub static ASSOCIATED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "security-group/associated-by-its-owner-alone",
    "A security group can be associated with another VPC by its owner alone: neither by the owner of the VPC that it was made in nor by those it is shared with.",
    &["UnauthorizedOperation", "InvalidGroup.NotFound", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html",
    "the caller must own the security group; how others are refused is not said",
)])
.rows(&["SUBNET-12"]);

/// The same association again.
pub static ASSOCIATED_ONCE: Rule = refuses_somehow(
    "security-group/associated-once",
    "A security group can't be associated with the VPC that it was made in, nor with one that it is associated with.",
    &["InvalidParameterValue"],
)
.open(
    "What does AssociateSecurityGroupVpc answer where the group was made in the VPC, or is associated with it already?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html",
        "associates a group with another VPC: nothing is said of the same one, or of a second time",
    )],
)
.rows(&["SUBNET-28"]);

/// Groups that were made in a shared VPC.
pub static ASSOCIATED_FROM_A_SHARED_VPC: Rule = grants(
    "security-group/associated-from-a-shared-vpc",
    "A participant can associate a security group that it made in a shared VPC with another VPC.",
)
.open(
    "Can a participant associate a security group that it made in a shared VPC with another VPC?",
    &[
        source(
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html",
            "the caller must own the group",
        ),
        source(
            "https://boto3.amazonaws.com/v1/documentation/api/1.39.0/reference/services/ec2/client/associate_security_group_vpc.html",
            "an older text of the same page: the caller must own the group, and the VPC that it was created in",
        ),
    ],
)
.rows(&["SUBNET-28"]);

/// Names in another VPC.
pub static ASSOCIATED_BESIDE_A_NAMESAKE: Rule = refuses_somehow(
    "security-group/associated-beside-a-namesake",
    "An account can't have two security groups of one name in a VPC where one of them is associated with it.",
    &["InvalidGroup.Duplicate"],
)
.open(
    "Can a security group be associated with a VPC in which its account has one of the same name, or one be made there?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "two groups for the same VPC can't have the same name: associations are not spoken of",
    )],
)
.rows(&["SUBNET-13"]);

/// DescribeSecurityGroupVpcAssociations.
pub static ASSOCIATIONS_SEEN_BY_BOTH_OWNERS: Rule = shows(
    "security-group/associations-seen-by-both-owners",
    "The associations of a security group with other VPCs are listed to its owner, and each to the owner of the VPC.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "the owner of the group and the owner of the VPC can both view the associations",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupVpcAssociations.html",
        "describes the associations of security groups with VPCs",
    ),
])
.rows(&["SUBNET-12"]);

/// The same for everybody else.
pub static ASSOCIATIONS_HIDDEN_FROM_OTHERS: Rule = shows(
    "security-group/associations-hidden-from-others",
    "The associations of a security group with other VPCs are not listed to accounts that own neither the group nor such a VPC.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
    "names the owner of the group and the owner of the VPC, and nobody else, as those who can view the associations",
)])
.rows(&["SUBNET-11"]);

/// The group itself, to the VPC's owner.
pub static SEEN_WITH_AN_ASSOCIATION: Rule = shows(
    "security-group/seen-with-an-association",
    "The owner of a VPC does not see the security groups of other accounts that are associated with it.",
)
.open(
    "Does DescribeSecurityGroups list to the owner of a VPC a security group of another account that is associated with it?",
    &[
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
            "the owner of the VPC can view the association: the group is not spoken of",
        ),
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
            "the owner can describe the groups that participants create in the VPC",
        ),
    ],
)
.rows(&["SUBNET-12"]);

/// Use in another VPC.
pub static USED_WHERE_ASSOCIATED: Rule = grants(
    "security-group/used-where-associated",
    "An account can put a security group of its own on its network interfaces in a VPC that the group is associated with.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html",
        "the group can then be used with network interfaces and instances in that VPC",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "once it is associated, an instance can be launched into the VPC with the group",
    ),
])
.rows(&["SUBNET-28"]);

/// The same for those it is shared with.
pub static USED_BY_OTHERS_WHERE_ASSOCIATED: Rule = grants(
    "security-group/used-by-others-where-associated",
    "A security group that is shared with an account can be used by it in a VPC that the group is associated with.",
)
.open(
    "Can an account use a security group that is shared with it in a VPC that the group's owner has associated it with, and does it see that?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html",
        "participants launch with shared groups in the shared VPC: associations are not spoken of",
    )],
)
.rows(&["SUBNET-28"]);

/// The groups that can be put on an interface, from other VPCs.
pub static LISTED_WHERE_ASSOCIATED: Rule = replies(
    "security-group/listed-where-associated",
    "GetSecurityGroupsForVpc lists the security groups of the caller that are associated with the VPC.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSecurityGroupsForVpc.html",
        "gets the groups that the caller can associate with network interfaces in the VPC, each with the VPC that it was created in",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "an associated group can be chosen for instances in the VPC",
    ),
])
.rows(&["SUBNET-28"]);

/// Associations keep a group.
pub static KEPT_WHILE_ASSOCIATED: Rule = refuses(
    "security-group/kept-while-associated",
    "A security group can't be deleted while it is associated with another VPC.",
    &["DependencyViolation"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html",
        "the deletion of a group that has a VPC association fails with DependencyViolation",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "groups can't be deleted while they are associated",
    ),
])
.rows(&["SG-04"]);

/// The end of an association.
pub static DISASSOCIATED_BY_ITS_OWNER: Rule = grants(
    "security-group/disassociated-by-its-owner",
    "An account can take away the association of its security group with a VPC in which no network interface has the group.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html",
        "disassociates a group from a VPC, unless network interfaces in the VPC have it",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "a group can be disassociated only if no network interface in the VPC uses it",
    ),
])
.rows(&["SUBNET-28"]);

/// What is listed afterwards.
pub static GONE_ONCE_DISASSOCIATED: Rule = shows(
    "security-group/gone-once-disassociated",
    "An association of a security group with a VPC that its owner has taken away is no longer listed, or listed as disassociated.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
    "once the status is disassociated, the VPC is disassociated from the group",
)])
.rows(&["SUBNET-28"]);

/// An association that network interfaces rest on.
pub static DISASSOCIATED_WHILE_IN_USE: Rule = refuses_somehow(
    "security-group/disassociated-while-in-use",
    "A security group can't be disassociated from a VPC while a network interface there has it.",
    &["DependencyViolation"],
)
.open(
    "Is DisassociateSecurityGroupVpc refused at once while a network interface in the VPC has the group, or granted, whereupon the association becomes disassociation-failed?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html",
        "a group that network interfaces in the VPC have can't be disassociated, and the disassociation is asynchronous",
    )],
)
.rows(&["SG-04"]);

/// Nothing to take away.
pub static DISASSOCIATED_THAT_NEVER_WAS: Rule = refuses_somehow(
    "security-group/disassociated-that-never-was",
    "A security group that is not associated with a VPC can't be disassociated from it.",
    &["InvalidParameterValue"],
)
.open(
    "What does DisassociateSecurityGroupVpc answer where the group is not associated with the VPC?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html",
        "says nothing of groups that are not associated",
    )],
)
.rows(&["SUBNET-28"]);

/// The VPC's owner and an association of others.
pub static DISASSOCIATED_BY_THE_VPC_OWNER: Rule = refuses_somehow(
    "security-group/disassociated-by-the-vpc-owner",
    "The owner of a VPC can't take away the association of another account's security group with it.",
    &["UnauthorizedOperation", "InvalidGroup.NotFound"],
)
.open(
    "Can the owner of a VPC take away the association of another account's security group with it?",
    &[source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
        "the owner of the VPC can view associations: whether it can end them is not said",
    )],
)
.rows(&["SUBNET-12"]);

/// A VPC with groups of other VPCs.
pub static VPC_DELETED_WHILE_ASSOCIATED: Rule = grants(
    "security-group/vpc-deleted-while-associated",
    "A VPC can be deleted while a security group of another VPC is associated with it.",
)
.open(
    "Is a VPC deleted that a security group of another VPC is associated with, and what becomes of the association?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html",
        "all security groups associated with the VPC have to be deleted first: a text that is older than associations",
    )],
)
.rows(&["SUBNET-28"]);
