//! Tokens: calls that say which earlier call they repeat.

use super::{Rule, grants, refuses, refuses_somehow, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[
    &ACTED_ONCE,
    &ANSWERED_AS_BEFORE,
    &RETURNED,
    &SAME_PARAMETERS,
    &COMPARED_BY_MEANING,
    &KEPT_WHILE_OVERTAKEN,
    &OF_ONE_CALLER_AND_OPERATION,
    &IN_AN_ACCEPTED_FORM,
];

/// A retry.
pub static ACTED_ONCE: Rule = grants(
    "token/acted-once",
    "A call that repeats an earlier one with its clientToken is granted, and nothing is done a second time.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "with the token of an earlier request a retry is safe: the operation is not performed twice",
    ),
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermissionVersion.html",
        "says the same, as does every operation that takes a token",
    ),
])
.rows(&["RAM-SHARE-11"]);

/// The answer to a retry.
pub static ANSWERED_AS_BEFORE: Rule = replies(
    "token/answered-as-before",
    "A repeated call is answered as the call that it repeats was.",
)
.inferred(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
    "the retry is meant for callers that lost the first answer",
)])
.rows(&["RAM-SHARE-11"]);

/// The token in answers.
pub static RETURNED: Rule = replies(
    "token/returned",
    "The answer to a call with a clientToken has the same clientToken.",
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html#API_CreateResourceShare_ResponseSyntax",
    "the answer has the request's identifier, to be sent again with a retry",
)])
.rows(&["RAM-SHARE-11"]);

/// Another call with the token of an earlier one.
pub static SAME_PARAMETERS: Rule = refuses(
    "token/same-parameters",
    "A clientToken that comes again with other parameters is refused.",
    &["IdempotentParameterMismatchException"],
)
.documented(&[source(
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
    "a retry with the token and different parameters fails with this error",
)])
.rows(&["RAM-SHARE-11"]);

/// The comparison of parameters.
pub static COMPARED_BY_MEANING: Rule = refuses_somehow(
    "token/compared-by-meaning",
    "A parameter at its default is another one than a parameter that is left out, and so is a list in another order.",
    &["IdempotentParameterMismatchException"],
)
.open(
    "Are the parameters of a repeated call compared as they are written, or as they are meant?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "speaks of the same value for all other parameters",
    )],
)
.rows(&["RAM-SHARE-12"]);

/// Retries that come late.
pub static KEPT_WHILE_OVERTAKEN: Rule = grants(
    "token/kept-while-overtaken",
    "A call that is repeated after its effect was changed or undone is granted, and does nothing.",
)
.open(
    "What does a repeated call answer once its effect was changed or undone, and how long is a token kept?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "says nothing of the time that a token is kept for",
    )],
)
.rows(&["RAM-SHARE-12"]);

/// The scope of a token.
pub static OF_ONE_CALLER_AND_OPERATION: Rule = grants(
    "token/of-one-caller-and-operation",
    "A clientToken that another account or another operation has used is as good as a new one.",
)
.open(
    "Are tokens kept apart by account and by operation?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "says that a token is unique, and not among what",
    )],
)
.rows(&["RAM-SHARE-12"]);

/// Tokens that can't be.
pub static IN_AN_ACCEPTED_FORM: Rule = refuses_somehow(
    "token/in-an-accepted-form",
    "A clientToken is of letters, digits and hyphens.",
    &["InvalidClientTokenException", "InvalidParameterException"],
)
.open(
    "Which characters and what length may a token have?",
    &[source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html#API_CreateResourceShare_Errors",
        "has an error for a token that is not valid, and recommends a UUID",
    )],
)
.rows(&["RAM-SHARE-11", "RAM-SHARE-12"]);
