//! The operations of AWS Organizations, one file each.
//!
//! To add one, write its file and give it a line below.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name, Principal};

use super::Session;

operations_of! { "Organizations":
    accept_handshake::AcceptHandshake,
    disable_aws_service_access::DisableAWSServiceAccess,
    enable_aws_service_access::EnableAWSServiceAccess,
    invite_account_to_organization::InviteAccountToOrganization,
    leave_organization::LeaveOrganization,
    move_account::MoveAccount,
    remove_account_from_organization::RemoveAccountFromOrganization,
}

/// The id of an account, or of the root or unit that stands for a group of them.
///
/// # Errors
///
/// Nothing is named, or something that is none of these.
fn sent_id(session: &Session, named: Option<&Principal>) -> Result<String, Observation> {
    let unsendable = |what: &str| Observation::Unsendable(what.to_owned());
    match named {
        Some(Principal::Account(account)) => Ok(session.names.account_id(*account)),
        Some(Principal::Organization(_)) => {
            let root = session.names.root_id.clone();
            // An id in the right form, for worlds without an organization.
            Ok(root.unwrap_or_else(|| "r-0000".to_owned()))
        }
        Some(unit @ Principal::OrganizationalUnit(_)) => {
            let arn = session.names.sent_principal(unit);
            Ok(arn.rsplit('/').next().unwrap_or_default().to_owned())
        }
        Some(Principal::Literal(text)) => Ok(session.names.filled(text)),
        Some(Principal::Role(..) | Principal::User(..) | Principal::Service(_)) => {
            Err(unsendable("Organizations knows no such principals"))
        }
        None => Err(unsendable("an account or a unit has to be named")),
    }
}
