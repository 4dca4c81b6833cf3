//! On-demand capacity reservations.

use super::{Rule, grants, refuses, refuses_somehow, replies, shows, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &MADE_BY_ITS_OWNER,
    &SEEN_WHILE_SHARED,
    &COUNTED_FOR_CONSUMERS,
    &KNOWN_TO_THE_CALLER,
    &CHANGED_BY_ITS_OWNER_ALONE,
    &NAMED_BY_ITS_INSTANCES,
    &LEFT_ONCE_REVOKED,
];

const GUIDE: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservation-sharing.html";

/// Owners make and cancel reservations.
pub static MADE_BY_ITS_OWNER: Rule = grants(
    "capacity-reservation/made-by-its-owner",
    "An account can make capacity reservations and cancel them, also while instances run in them.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelCapacityReservation.html",
    "cancels a reservation; instances that run in it run on",
)])
.rows(&["CR-01", "CR-03"]);

/// The consumer's view.
pub static SEEN_WHILE_SHARED: Rule = shows(
    "capacity-reservation/seen-while-shared",
    "A consumer's DescribeCapacityReservations lists a shared reservation, with the owner's account id.",
)
.documented(&[source(
    GUIDE,
    "consumers view the reservations that are shared with them, with the owner's id",
)])
.rows(&["CR-02", "RAM-08"]);

/// The number of instances of a reservation.
pub static COUNTED_FOR_CONSUMERS: Rule = replies(
    "capacity-reservation/counted-for-consumers",
    "The owner and the consumers of a capacity reservation see for how many instances it is.",
)
.documented(&[source(
    GUIDE,
    "consumers see the total and the available capacity of a shared reservation",
)])
.rows(&["CR-02"]);

/// A reservation that is not visible.
pub static KNOWN_TO_THE_CALLER: Rule = refuses(
    "capacity-reservation/known-to-the-caller",
    "A capacity reservation that is not visible to the caller is refused as not existing.",
    &["InvalidCapacityReservationId.NotFound", "InvalidCapacityReservationId.Malformed"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    "InvalidCapacityReservationId.NotFound: the reservation does not exist",
)])
.rows(&["CR-04"]);

/// The consumer only looks and launches.
pub static CHANGED_BY_ITS_OWNER_ALONE: Rule = refuses_somehow(
    "capacity-reservation/changed-by-its-owner-alone",
    "A consumer can't change or cancel a capacity reservation that is shared with it.",
    &["UnauthorizedOperation", "AuthFailure", "OperationNotPermitted"],
)
.documented(&[source(GUIDE, "consumers can't modify or cancel a shared reservation")])
.rows(&["CR-02"]);

/// Instances say what they run in.
pub static NAMED_BY_ITS_INSTANCES: Rule = replies(
    "capacity-reservation/named-by-its-instances",
    "DescribeInstances names the capacity reservation that an instance was launched into.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html",
    "CapacityReservationId: the reservation that the instance runs in",
)])
.rows(&["CR-02"]);

/// Running on outside.
pub static LEFT_ONCE_REVOKED: Rule = replies(
    "capacity-reservation/left-once-revoked",
    "When a capacity reservation is no longer shared with the account of an instance in it, the instance runs on outside it, and no longer names it.",
)
.inferred(&[source(
    GUIDE,
    "after unsharing, the consumers' instances run on outside the reservation; how they are described is not said",
)])
.rows(&["CR-03"]);
