//! The answers of a target as such, whatever is called.

use super::{Rule, replies, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[&ANSWERS];

/// A call is answered.
pub static ANSWERS: Rule = replies(
    "target/answers",
    "A call that is sent again while other calls are answered is answered too: by the result of its operation or by an error of the API, in a form that the SDK of its service reads.",
)
.documented(&[
    source(
        "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        "a call that succeeds is answered with HTTP 200 and the listed members as JSON, any other with an error; ServerInternalException (500) and ServiceUnavailableException (503) are problems of the service that are over when it is called again later",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "server errors are on the side of AWS: InternalError is to be sent again, and is a case for support if it stays",
    ),
    source(
        "https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html",
        "the output of an operation is a JSON document, and so is an error, which a header or a member of it names",
    ),
])
.rows(&["RAM-ANS-01", "RAM-ANS-02"]);
