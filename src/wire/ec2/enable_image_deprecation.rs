//! EnableImageDeprecation.

use aws_sdk_ec2::primitives::DateTime;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::EnableImageDeprecation;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

/// A time that is past by every clock.
const LONG_PAST_SECONDS: i64 = 1_000_000_000;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &EnableImageDeprecation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.image_id)?;
    let date = |after| i64::try_from(session.target_date().as_secs() + after).unwrap_or(i64::MAX);
    let at = DateTime::from_secs(call.after().map_or(LONG_PAST_SECONDS, date));
    let request =
        session.clients(actor)?.ec2.enable_image_deprecation().set_dry_run(session.dry_run);
    session.count(request.image_id(id).deprecate_at(at).send()).await?;
    Ok(granted())
}
