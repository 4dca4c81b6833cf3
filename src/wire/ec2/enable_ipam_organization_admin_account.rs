//! EnableIpamOrganizationAdminAccount.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::EnableIpamOrganizationAdminAccount;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &EnableIpamOrganizationAdminAccount,
    _made: &Name,
) -> Result<Observation, Observation> {
    let named = call.delegate().map(|account| session.names.account_id(account));
    let named = named.unwrap_or_else(|| call.delegated_admin_account_id.to_string());
    let request = session
        .clients(actor)?
        .ec2
        .enable_ipam_organization_admin_account()
        .set_dry_run(session.dry_run);
    session.count(request.delegated_admin_account_id(named).send()).await?;
    Ok(granted())
}
