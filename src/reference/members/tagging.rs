//! The members of the Resource Groups Tagging API.

use super::Reads;

/// The operations of the Tagging API that are served.
pub static TAGGING: Reads = Reads {
    service: "tagging",
    title: "Resource Groups Tagging API",
    code: "InvalidParameterException",
    operations: &[
        (
            "GetResources",
            "PaginationToken ResourceARNList ResourceTypeFilters ResourcesPerPage TagFilters.Key \
             TagFilters.Values",
        ),
        ("TagResources", "ResourceARNList Tags.*"),
        ("UntagResources", "ResourceARNList TagKeys"),
    ],
};
