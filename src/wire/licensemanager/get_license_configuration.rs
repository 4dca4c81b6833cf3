//! GetLicenseConfiguration.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::licensemanager::GetLicenseConfiguration;
use bellwether_model::{Account, Name};

use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetLicenseConfiguration,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = session.names.sent(&call.license_configuration_arn)?;
    let request = session.clients(actor)?.licensemanager.get_license_configuration();
    let reply = session.count(request.license_configuration_arn(arn).send()).await?;
    let owner = session.names.account_value(reply.owner_account_id());
    let fields = vec![("OwnerAccountId", owner)];
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
