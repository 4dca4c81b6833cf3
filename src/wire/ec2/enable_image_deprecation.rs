//! EnableImageDeprecation.

use aws_sdk_ec2::primitives::DateTime;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::EnableImageDeprecation;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

/// Public images can be deprecated two years after they were made at the latest.
const MOST_OF_A_YEAR_SECONDS: i64 = 300 * 86_400;

/// A time that is past by every clock.
const LONG_PAST_SECONDS: i64 = 1_000_000_000;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &EnableImageDeprecation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.image_id)?;
    let at = if call.deprecate_at == "past" {
        DateTime::from_secs(LONG_PAST_SECONDS)
    } else {
        let now = DateTime::from(std::time::SystemTime::now());
        DateTime::from_secs(now.secs() + MOST_OF_A_YEAR_SECONDS)
    };
    let request = session.clients(actor)?.ec2.enable_image_deprecation();
    session.count(request.image_id(id).deprecate_at(at).send()).await?;
    Ok(granted())
}
