//! Helpers that the operations of Route 53's shareable resources have in common on the wire.

use bellwether_model::Name;
use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};

use super::Session;
use super::names::text;

/// A granted call that says whose a resource is, and whether it is shared.
pub(super) fn granted_with(
    session: &Session,
    owner_id: Option<&str>,
    share_status: Option<&str>,
) -> Observation {
    let fields = listed_fields(session, owner_id, share_status);
    Observation::Granted(Observed { fields, rows: Vec::new() })
}

/// The fields that say to whom a resource belongs, and whether it is shared.
pub(super) fn listed_fields(
    session: &Session,
    owner_id: Option<&str>,
    share_status: Option<&str>,
) -> Vec<(&'static str, Value)> {
    let owner = session.names.account_value(owner_id);
    vec![("OwnerId", owner), ("ShareStatus", text(share_status))]
}

/// Returns a text that is unique to the making of a resource.
pub(super) fn token(session: &Session, made: &Name) -> String {
    format!("{made}-{}", session.requests)
}

/// Keeps the id and the ARN of a resource that a call made.
///
/// # Errors
///
/// The answer lacks one of them.
pub(super) fn keep(
    session: &mut Session,
    made: &Name,
    id: Option<&str>,
    arn: Option<&str>,
) -> Result<(), Observation> {
    let (Some(id), Some(arn)) = (id, arn) else {
        return Err(Observation::Malformed(
            "a resource was made without an id or an ARN".to_owned(),
        ));
    };
    session.names.keep_with_arn(made, id, arn);
    Ok(())
}

/// Keeps the id of an association that a call made.
///
/// # Errors
///
/// The answer has no id.
pub(super) fn keep_association(
    session: &mut Session,
    made: &Name,
    id: Option<&str>,
) -> Result<(), Observation> {
    let nameless = || Observation::Malformed("an association was made without an id".to_owned());
    session.names.keep_id(made, id.ok_or_else(nameless)?);
    Ok(())
}
