//! ModifyImageAttribute.

use aws_sdk_ec2::types::{LaunchPermission, LaunchPermissionModifications, PermissionGroup};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifyImageAttribute;
use bellwether_model::operations::ec2::modify_image_attribute::Permitted;
use bellwether_model::{Account, Name, Principal};

use super::granted;
use crate::wire::{Names, Session};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ModifyImageAttribute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.image_id)?;
    let modifications = LaunchPermissionModifications::builder()
        .set_add(permissions(&session.names, &call.add))
        .set_remove(permissions(&session.names, &call.remove))
        .build();
    let request = session.clients(actor)?.ec2.modify_image_attribute().set_dry_run(session.dry_run);
    let request = request.image_id(id).launch_permission(modifications);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The launch permissions as they are sent; `None` if there are none.
fn permissions(names: &Names, permitted: &Permitted) -> Option<Vec<LaunchPermission>> {
    let all = LaunchPermission::builder().group(PermissionGroup::All);
    let all = permitted.all.then(|| all.build());
    let principals = permitted.principals.iter();
    let sent: Vec<_> = all.into_iter().chain(principals.map(|it| permission(names, it))).collect();
    (!sent.is_empty()).then_some(sent)
}

fn permission(names: &Names, principal: &Principal) -> LaunchPermission {
    let text = names.sent_principal(principal);
    let permission = LaunchPermission::builder();
    match principal {
        Principal::Organization(_) => permission.organization_arn(text),
        Principal::OrganizationalUnit(_) => permission.organizational_unit_arn(text),
        Principal::Literal(_) if text.contains(":organization/") || text.starts_with("o-") => {
            permission.organization_arn(text)
        }
        Principal::Literal(_) if text.contains(":ou/") || text.starts_with("ou-") => {
            permission.organizational_unit_arn(text)
        }
        Principal::Account(_)
        | Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_)
        | Principal::Literal(_) => permission.user_id(text),
    }
    .build()
}
