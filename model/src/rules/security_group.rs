//! Security groups, as far as launching needs them.

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
    "GetSecurityGroupsForVpc lists the security groups in a VPC that the caller owns and those that are shared with it, and no others.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSecurityGroupsForVpc.html",
    "gets the groups that the caller can associate with network interfaces in the VPC",
)])
.rows(&["SUBNET-28"]);
