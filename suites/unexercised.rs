//! The rules that no run against the reference puts to the test, each with the reason.

/// Everything else is put to the test by the suites alone.
pub(crate) const UNEXERCISED: [(&str, &str); 7] = [
    (
        "image/absent-once-deregistered",
        "AWS may list an image for a while yet, so nothing is judged",
    ),
    ("image/seen-while-assumed-shared", "it holds under `--assume ram-shares-images` alone"),
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
    ("tag/one-thing-named", "permissions have no tags here, so such a call breaks other rules too"),
];
