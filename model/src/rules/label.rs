//! Tags on resources of EC2: each account has its own.

use super::{Rule, grants, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &PUT_BY_WHO_SEES,
    &PUT_ON_OTHER_SHARED_THINGS,
    &ON_WHAT_IS_SEEN,
    &SEEN_BY_WHO_PUT_THEM,
    &KEPT_FROM_CONSUMERS,
    &KEPT_FROM_CONSUMERS_OF_GATEWAYS_AND_POOLS,
    &KEPT_FROM_CONSUMERS_OF_PREFIX_LISTS,
    &SEEN_BY_THE_OWNER_OF_THE_THING,
];

/// The accounts that may tag.
pub static PUT_BY_WHO_SEES: Rule = grants(
    "label/put-by-who-sees",
    "An account can tag its own resources, and put tags of its own on subnets and VPCs that it participates in.",
)
.recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html",
        "adds or overwrites tags of the specified resources",
    ),
    source(
        "github.com/ministryofjustice/modernisation-platform issue 472",
        "the subnets that are shared with member accounts are tagged there; fixed and tested",
    ),
    source(
        "github.com/ministryofjustice/modernisation-platform pull request 227",
        "the VPC is tagged in these accounts too",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws website/docs/r/ec2_tag.html.markdown",
        "the resource is meant for things that are shared by RAM, among others",
    ),
])
.rows(&["SUBNET-09"]);

/// Other shared resources.
pub static PUT_ON_OTHER_SHARED_THINGS: Rule = grants(
    "label/put-on-other-shared-things",
    "A consumer can put tags of its own on shared resources other than subnets and their VPCs.",
)
.open(
    "Can a consumer put tags of its own on a shared image, prefix list or transit gateway?",
    &[
        source(
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
            "speaks of the tags of shared VPCs and subnets alone",
        ),
        source(
            "registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_tag",
            "the resource is for what others made, such as what is shared by RAM; it names no type and quotes no answer",
        ),
    ],
)
.rows(&["AMI-08"]);

/// Tagging a resource that is not there.
pub static ON_WHAT_IS_SEEN: Rule = refuses_somehow(
    "label/on-what-is-seen",
    "A resource that is not visible to the caller can't be tagged.",
    &["InvalidID", "InvalidSubnetID.NotFound", "InvalidVpcID.NotFound", "InvalidAMIID.NotFound"],
)
.inferred(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidID: the id of the resource to tag is not valid",
)])
.rows(&["SUBNET-07", "RAM-08"]);

/// One's own tags.
pub static SEEN_BY_WHO_PUT_THEM: Rule = replies(
    "label/seen-by-who-put-them",
    "DescribeTags lists to an account the tags that it put on a resource.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html",
    "describes the tags of the caller's resources",
)])
.rows(&["SUBNET-09"]);

/// The owner's tags.
pub static KEPT_FROM_CONSUMERS: Rule = replies(
    "label/kept-from-consumers",
    "The tags that the owner put on a subnet, VPC or image are not listed to those it is shared with; they see their own alone.",
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
        "the owner's tags on shared resources are not visible to participants",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html",
        "tags of a shared image are not visible to others",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 34009",
        "a shared subnet is read without its tags in the participant's account",
    ),
    source(
        "github.com/openshift/os issue 353",
        "a public image is found by a tag in the account that owns it alone",
    ),
])
.rows(&["SUBNET-09", "AMI-08"]);

/// The owner's tags on a gateway or a pool.
pub static KEPT_FROM_CONSUMERS_OF_GATEWAYS_AND_POOLS: Rule = replies(
    "label/kept-from-consumers-of-gateways-and-pools",
    "The tags that the owner put on a transit gateway or an IPAM pool are not listed to those it is shared with.",
)
.recorded(&[
    source(
        "github.com/hashicorp/terraform-provider-aws issue 34280",
        "a transit gateway that is shared has none of the owner's tags in the other account",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 22741",
        "pools that are shared by RAM come without the tags that they were made with",
    ),
    source(
        "github.com/hashicorp/terraform-provider-aws issue 9061",
        "the same of what is shared by RAM in general",
    ),
])
.rows(&["TGW-01", "IPAM-01"]);

/// The owner's tags on a prefix list.
pub static KEPT_FROM_CONSUMERS_OF_PREFIX_LISTS: Rule = replies(
    "label/kept-from-consumers-of-prefix-lists",
    "The tags that the owner put on a prefix list are not listed to those it is shared with.",
)
.inferred(&[source(
    "github.com/hashicorp/terraform-provider-aws issue 9061",
    "tags do not come along with what is shared by RAM; subnets are the example",
)])
.rows(&["PL-01"]);

/// The participants' tags.
pub static SEEN_BY_THE_OWNER_OF_THE_THING: Rule = replies(
    "label/seen-by-the-owner-of-the-thing",
    "The owner of a subnet or VPC sees the tags that it put there itself, and not those of participants.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html",
    "tags of either side are not visible to the other; it is said of the owner's",
)])
.rows(&["SUBNET-09"]);
