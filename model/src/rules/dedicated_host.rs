//! Dedicated hosts.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &ALLOCATED_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &INSTANCES_LISTED_TO_ITS_OWNER,
    &INSTANCES_LISTED_TO_THEIR_OWNER_ALONE,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &KEPT_WHILE_OCCUPIED,
    &OCCUPIED_AFTER_REVOCATION,
    &RETIRED_AFTER_REVOCATION,
    &NAMED_BY_ITS_INSTANCES,
    &NAMED_WITHOUT_ANOTHER_PLACE,
];

const GUIDE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dh-sharing.html";
const UNSHARING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/unsharing-dh.html";

/// Owners allocate and release hosts.
pub static ALLOCATED_BY_ITS_OWNER: Rule = grants(
    "dedicated-host/allocated-by-its-owner",
    "An account can allocate dedicated hosts, and release those on which no instance runs.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateHosts.html",
        "allocates a host to the caller's account",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html",
        "releases a host on which all instances are stopped or terminated",
    ),
])
.rows(&["DH-01"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "dedicated-host/seen-while-shared",
    "A consumer's DescribeHosts lists a shared dedicated host, with the owner's account id.",
)
.documented(&[
    source(
        GUIDE,
        "DescribeHosts returns the hosts that the caller owns and those that are shared with it",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Host.html",
        "ownerId: the account that owns the host",
    ),
])
.rows(&["DH-01", "RAM-08"]);

/// The owner's view of the instances on a host.
pub static INSTANCES_LISTED_TO_ITS_OWNER: Rule = replies(
    "dedicated-host/instances-listed-to-its-owner",
    "DescribeHosts lists all instances on a dedicated host to its owner, those of consumers included.",
)
.documented(&[source(GUIDE, "owners see all instances that run on the host")])
.rows(&["DH-02"]);

/// The consumer's view of the instances on a host.
pub static INSTANCES_LISTED_TO_THEIR_OWNER_ALONE: Rule = replies(
    "dedicated-host/instances-listed-to-their-owner-alone",
    "DescribeHosts lists to a consumer those instances on a shared dedicated host that are its own, and no others.",
)
.documented(&[source(
    GUIDE,
    "consumers see only the instances that they launched onto the host, neither the owner's nor those of other consumers",
)])
.rows(&["DH-02"]);

/// A host that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "dedicated-host/known-to-the-caller",
    "A dedicated host that is not visible to the caller is refused as not existing.",
    &[
        "InvalidHostID.NotFound",
        "InvalidHostId.NotFound",
        "InvalidHostID.Malformed",
        "InvalidHostId.Malformed",
        "Client.InvalidHostID.NotFound",
        "Client.InvalidHostId.NotFound",
        "Client.InvalidHostID.Malformed",
        "Client.InvalidHostId.Malformed",
    ],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "InvalidHostID.NotFound, also spelled InvalidHostId.NotFound: the host does not exist",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html",
        "a host that is not released is named in an answer that is a success, with a code that begins with Client",
    ),
])
.rows(&["DH-01"]);

/// The consumer only looks and launches.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "dedicated-host/changed-by-its-owner-alone",
    "A consumer can't release a dedicated host that is shared with it.",
    &[
        "UnauthorizedOperation",
        "Client.InvalidHostID.NotFound",
        "AuthFailure",
        "OperationNotPermitted",
    ],
)
.documented(&[source(GUIDE, "consumers can't modify a shared host in any way")])
.rows(&["DH-02"]);

/// Instances keep a host.
pub static KEPT_WHILE_OCCUPIED: Rule = refuses(
    "dedicated-host/kept-while-occupied",
    "A dedicated host can't be released while an instance runs on it, be it a consumer's.",
    &["InvalidHost.Occupied", "Client.InvalidHost.Occupied"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html",
    "all instances on a host have to be stopped or terminated before; an occupied one is answered Client.InvalidHost.Occupied",
)])
.rows(&["DH-02"]);

/// The host of a consumer's instance, taken back.
pub static OCCUPIED_AFTER_REVOCATION: Rule = refuses(
    "dedicated-host/occupied-after-revocation",
    "A consumer's instance stays on a dedicated host that is no longer shared with its account, and keeps it from being released.",
    &["InvalidHost.Occupied", "Client.InvalidHost.Occupied"],
)
.open(
    "Does an instance that is scheduled for retirement, because its host is no longer shared with its account, still name the host, and keep it from being released?",
    &[source(
        UNSHARING,
        "instances of consumers run on, and are scheduled for retirement in two weeks; sharing the host again cancels that",
    )],
)
.rows(&["DH-03"]);

/// The end of such an instance.
pub static RETIRED_AFTER_REVOCATION: Rule = shows(
    "dedicated-host/retired-after-revocation",
    "An instance on a dedicated host that is no longer shared with its account runs until it is retired, two weeks later.",
)
.open(
    "When is an instance retired whose host is no longer shared with its account, and how is it listed then?",
    &[source(
        UNSHARING,
        "consumers have two weeks to act on the notice of retirement; what becomes of the instance then is not said",
    )],
)
.rows(&["DH-03"]);

/// Instances say what they run on.
pub static NAMED_BY_ITS_INSTANCES: Rule = replies(
    "dedicated-host/named-by-its-instances",
    "DescribeInstances names the dedicated host that an instance was launched onto.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Placement.html",
    "hostId: the dedicated host on which the instance resides",
)])
.rows(&["DH-02"]);

/// Hosts beside other places.
pub static NAMED_WITHOUT_ANOTHER_PLACE: Rule = refuses_somehow(
    "dedicated-host/named-without-another-place",
    "A launch onto a dedicated host can name neither a placement group nor a capacity reservation.",
    &["InvalidParameterCombination", "InvalidParameterValue", "Unsupported"],
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html",
        "dedicated hosts can't be launched in placement groups",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html",
        "capacity reservations can't be used with dedicated hosts",
    ),
])
.rows(&["DH-01"]);
