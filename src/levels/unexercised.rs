//! The rules that no run against the reference tests, each with the reason.

/// The reason that a limit is not tested.
const LIMIT: &str = "AWS's limit is far; it is reached under `--assume low-limits`";

/// The rules that the suites do not test; they test all others.
pub const UNEXERCISED: [(&str, &str); 17] = [
    (
        "hosted-zone/seen-while-assumed-shared",
        "it holds under `--assume ram-shares-hosted-zones` alone",
    ),
    (
        "image/absent-once-deregistered",
        "AWS may list an image for a while yet, so nothing is judged",
    ),
    ("image/seen-while-assumed-shared", "it holds under `--assume ram-shares-images` alone"),
    ("invitation/lapsed-after-seven-days", "by then it may be unknown just as well"),
    ("limit/invitations-pending", LIMIT),
    ("limit/permissions-of-an-account", LIMIT),
    ("limit/principals-of-a-share", LIMIT),
    ("limit/principals-of-an-account", LIMIT),
    ("limit/resources-of-a-call", LIMIT),
    ("limit/resources-of-a-share", LIMIT),
    ("limit/resources-of-an-account", LIMIT),
    ("limit/shares-of-an-account", LIMIT),
    ("limit/subnets-shared-with-an-account", LIMIT),
    (
        "permission/deleted-ones-unattachable",
        "judged where a target lists deleted ones still, which the reference does not",
    ),
    (
        "permission/promoted-from-a-policy",
        "no promotion is ever granted, so a refusal shows nothing",
    ),
    (
        "principal/service-alone",
        "which services are taken at all is open, so a refusal shows nothing",
    ),
    ("share/promoted-from-a-policy", "no promotion is ever granted, so a refusal shows nothing"),
];
