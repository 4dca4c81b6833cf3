//! Records of the calls that bore an idempotency token.

use smol_str::SmolStr;

use crate::answer::Reply;
use crate::parameters::Arguments;
use crate::{Account, Name};

/// A granted call that bore a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// The account that called.
    pub actor: Account,
    /// The token.
    pub token: SmolStr,
    /// The API's own name of the operation.
    pub operation: &'static str,
    /// The parameters, the token among them.
    pub arguments: Arguments,
    /// The names of resources that the call mentions.
    pub names: Vec<Name>,
    /// The name of what it made.
    pub made: Name,
    /// The field of a reply that names what it made, if one does.
    pub made_field: Option<&'static str>,
    /// The reply.
    pub reply: Reply,
    /// Whether something that it names or made was written to since.
    pub invalidated: bool,
}
