//! Launching, and what was launched.

use super::{Rule, grants, refuses, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &LAUNCHED_IN_VISIBLE_SUBNETS,
    &RUNNING_AFTER_REVOCATION,
    &SEEN_BY_ITS_OWNER_ALONE,
    &INTERFACE_SEEN_BY_THE_SUBNET_OWNER,
    &ENDED_BY_ITS_OWNER,
    &KNOWN_TO_THE_CALLER,
    &INTERFACE_CHANGED_BY_ITS_OWNER,
    &INTERFACE_CHANGED_BY_ITS_OWNER_ALONE,
    &INTERFACE_OF_OTHERS,
    &INTERFACE_LISTED_WITH_ITS_GROUPS,
    &COUNTED_FROM_LEAST_TO_MOST,
    &CHECKED_BY_A_DRY_RUN,
    &PLACES_CHECKED_BY_A_DRY_RUN,
];

/// The main promise of sharing.
pub static LAUNCHED_IN_VISIBLE_SUBNETS: Rule = grants(
    "instance/launched-in-visible-subnets",
    "An account can launch instances and make network interfaces in its own subnets and in those shared with it, with a security group and an image that it may use.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html",
        "participants create their application resources in the shared subnets",
    ),
    source(
        "github.com/runs-on/runs-on issue 463",
        "RunInstances in a shared subnet is authorized against the owner's subnet ARN",
    ),
])
.rows(&["SUBNET-13", "SUBNET-29", "RAM-15", "C10"]);

/// Running instances after a revocation.
pub static RUNNING_AFTER_REVOCATION: Rule = shows(
    "instance/running-after-revocation",
    "An instance goes on running when its subnet, its image, its capacity reservation, its placement group or its dedicated host is no longer shared with its owner.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "participants' resources in an unshared subnet keep working",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html",
        "instances launched from an image are not touched when it goes",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservation-sharing.html",
        "instances in a reservation that is no longer shared run on outside it",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-placement-group.html",
        "instances in a group that is no longer shared run on outside it",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/unsharing-dh.html",
        "instances on a host that is no longer shared run on, until they are retired two weeks later",
    ),
])
.rows(&["SUBNET-19", "AMI-22", "CR-03", "PG-02", "DH-03"]);

/// Participants' instances are their own.
pub static SEEN_BY_ITS_OWNER_ALONE: Rule = shows(
    "instance/seen-by-its-owner-alone",
    "An instance in a shared subnet is seen by the account that launched it, and by neither the subnet's owner nor other participants.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "owners and participants can't see or change each other's instances",
)])
.rows(&["SUBNET-12"]);

/// The owner describes participants' interfaces.
pub static INTERFACE_SEEN_BY_THE_SUBNET_OWNER: Rule = shows(
    "instance/interface-seen-by-the-subnet-owner",
    "The owner of a shared subnet can describe the network interfaces that participants have in it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "the VPC's owner can describe participants' network interfaces and security groups",
)])
.rows(&["SUBNET-12", "SUBNET-25"]);

/// The owner ends it.
pub static ENDED_BY_ITS_OWNER: Rule = grants(
    "instance/ended-by-its-owner",
    "An account can terminate its instances and delete its network interfaces, also in a subnet that is no longer shared with it.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
    "after unsharing, participants can still describe and delete what they have",
)])
.rows(&["SUBNET-19", "SUBNET-25"]);

/// Others' instances do not exist.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "instance/known-to-the-caller",
    "An instance or network interface that the caller does not see is refused as not existing.",
    &[
        "InvalidInstanceID.NotFound",
        "InvalidNetworkInterfaceID.NotFound",
        "InvalidNetworkInterfaceId.NotFound",
        "InvalidNetworkInterface.NotFound",
        "InvalidInstanceID.Malformed",
        "InvalidNetworkInterfaceID.Malformed",
        "InvalidNetworkInterfaceId.Malformed",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "three codes of instances and interfaces that do not exist: InvalidInstanceID.NotFound, InvalidNetworkInterfaceID.NotFound, InvalidNetworkInterface.NotFound; and a Malformed one for each",
)])
.rows(&["SUBNET-12", "SUBNET-25"]);

/// The owner of an interface chooses its groups.
pub static INTERFACE_CHANGED_BY_ITS_OWNER: Rule = grants(
    "instance/interface-changed-by-its-owner",
    "An account can replace the security groups of its network interfaces with others that it may use, also in a subnet that is no longer shared with it.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html",
        "SecurityGroupId: the groups that are named replace those that the interface has",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html",
        "participants can change their resources in shared subnets",
    ),
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html",
        "after unsharing, participants can still change what they have in the subnet",
    ),
])
.rows(&["SUBNET-25", "SUBNET-19"]);

/// The groups of an interface are part of its description.
pub static INTERFACE_LISTED_WITH_ITS_GROUPS: Rule = replies(
    "instance/interface-listed-with-its-groups",
    "DescribeNetworkInterfaces shows to the owner of a network interface the security groups that it has.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html",
    "groupSet: the security groups of the network interface",
)])
.rows(&["SUBNET-25"]);

/// The subnet's owner may only look.
pub static INTERFACE_CHANGED_BY_ITS_OWNER_ALONE: Rule = super::refuses_somehow(
    "instance/interface-changed-by-its-owner-alone",
    "The owner of a subnet can't change or delete a participant's network interface in it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "the VPC's owner can describe participants' network interfaces, and not change them",
)])
.rows(&["SUBNET-12", "SUBNET-25"]);

/// Participants leave each other's interfaces alone.
pub static INTERFACE_OF_OTHERS: Rule = super::refuses_somehow(
    "instance/interface-of-others",
    "A participant can't change or delete a network interface that the subnet's owner or another participant has in the subnet.",
    &[
        "InvalidNetworkInterfaceID.NotFound",
        "UnauthorizedOperation",
        "AuthFailure",
        "OperationNotPermitted",
    ],
)
.documented(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "participants can't view or change network interfaces of the owner or of other participants",
)])
.rows(&["SUBNET-25"]);

/// The numbers of a launch.
pub static COUNTED_FROM_LEAST_TO_MOST: Rule = refuses(
    "instance/counted-from-least-to-most",
    "A launch of no instance, or of more at least than at most, is refused.",
    &["InvalidParameterValue", "InvalidParameterCombination"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
        "MinCount and MaxCount are 1 at least; no more than MaxCount instances are launched, and none if MinCount are not possible",
    ),
    source(
        "https://www.rubydoc.info/gems/amazon-ec2/AWS/InvalidParameterCombination",
        "EC2's InvalidParameterCombination, for example where both counts are 0 or MinCount is above MaxCount",
    ),
    source(
        "github.com/jenkinsci/ec2-plugin pull request 252",
        "InvalidParameterValue: the maximum instance count must be greater than zero",
    ),
])
.rows(&["DRY-06"]);

/// The checks of a dry run.
pub static CHECKED_BY_A_DRY_RUN: Rule = refuses(
    "instance/checked-by-a-dry-run",
    "A dry run of a launch is refused as the launch would be where the subnet or the image is not there for the caller.",
    &[
        "AuthFailure",
        "InvalidSubnetID.NotFound",
        "InvalidSubnetId.NotFound",
        "InvalidSubnet",
        "InvalidSubnetID.Malformed",
        "InvalidAMIID.NotFound",
        "InvalidAMIID.Unavailable",
        "InvalidAMIID.Malformed",
        "UnauthorizedOperation",
    ],
)
.inferred(&[
    source(
        "github.com/aws/karpenter-provider-aws issue 8148",
        "a dry run of RunInstances compares the root volume with the image, so it reads the image",
    ),
    source(
        "github.com/aws/aws-parallelcluster pull request 1779",
        "a dry run of RunInstances in a shared VPC looks at the subnet and its security group",
    ),
])
.rows(&["DRY-02", "DRY-03", "DRY-06", "DRY-07"]);

/// Reservations and placement groups in a dry run.
pub static PLACES_CHECKED_BY_A_DRY_RUN: Rule = refuses(
    "instance/places-checked-by-a-dry-run",
    "A dry run of a launch is refused where its capacity reservation, placement group or dedicated host is not there for the caller.",
    &[
        "InvalidCapacityReservationId.NotFound",
        "InvalidPlacementGroup.Unknown",
        "InvalidHostID.NotFound",
    ],
)
.open(
    "Does a dry run of RunInstances look at the capacity reservation, the placement group and the dedicated host?",
    &[source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
        "DryRun promises a check of permissions, and says no more",
    )],
)
.rows(&["DRY-07"]);
