//! UpdateLicenseConfiguration.

use bellwether_model::judge::Observation;
use bellwether_model::operations::licensemanager::UpdateLicenseConfiguration;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &UpdateLicenseConfiguration,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = session.names.sent(&call.license_configuration_arn)?;
    let name = format!("renamed-{}", session.fixtures.next_number());
    let request = session.clients(actor)?.licensemanager.update_license_configuration();
    session.count(request.license_configuration_arn(arn).name(name).send()).await?;
    Ok(granted())
}
