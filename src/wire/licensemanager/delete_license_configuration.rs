//! DeleteLicenseConfiguration.

use bellwether_model::judge::Observation;
use bellwether_model::operations::licensemanager::DeleteLicenseConfiguration;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteLicenseConfiguration,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = session.names.sent(&call.license_configuration_arn)?;
    let request = session.clients(actor)?.licensemanager.delete_license_configuration();
    session.count(request.license_configuration_arn(arn).send()).await?;
    Ok(granted())
}
