//! CreateLicenseConfiguration.

use aws_sdk_licensemanager::types::LicenseCountingType;
use bellwether_model::judge::Observation;
use bellwether_model::operations::licensemanager::CreateLicenseConfiguration;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreateLicenseConfiguration,
    made: &Name,
) -> Result<Observation, Observation> {
    let name = format!("licenses-{}", session.fixtures.next_number());
    let request = session.clients(actor)?.licensemanager.create_license_configuration();
    let request = request.name(name).license_counting_type(LicenseCountingType::Instance);
    let reply = session.count(request.send()).await?;
    let nameless = || Observation::Malformed("a resource was made without an ARN".to_owned());
    let arn = reply.license_configuration_arn().ok_or_else(nameless)?;
    session.names.keep_id(made, arn);
    Ok(granted())
}
