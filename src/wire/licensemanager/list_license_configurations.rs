//! ListLicenseConfigurations.

use aws_sdk_licensemanager::types::LicenseConfiguration;
use bellwether_model::judge::Observation;
use bellwether_model::operations::licensemanager::ListLicenseConfigurations;
use bellwether_model::{Account, Name};

use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListLicenseConfigurations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.licensemanager.list_license_configurations();
    let request = request.max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.license_configurations, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, LicenseConfiguration::license_configuration_arn, |it| {
        [("OwnerAccountId", session.names.account_value(it.owner_account_id()))]
    })
}
