//! DescribeImageAttribute.

use aws_sdk_ec2::types::{ImageAttributeName, LaunchPermission as Listed, PermissionGroup};
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ec2::DescribeImageAttribute;
use bellwether_model::world::LaunchPermission;
use bellwether_model::{Account, Name, Principal};

use crate::wire::{Names, Session};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeImageAttribute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.image_id)?;
    let request =
        session.clients(actor)?.ec2.describe_image_attribute().set_dry_run(session.dry_run);
    let request = request.image_id(id).attribute(ImageAttributeName::LaunchPermission);
    let reply = session.count(request.send()).await?;
    let permissions = reply.launch_permissions().iter();
    let rows = permissions
        .filter_map(|listed| permission(&session.names, listed))
        .map(|permission| ObservedRow::of(Key::Permission(permission)));
    Ok(Observation::Granted(Observed { fields: Vec::new(), rows: rows.collect() }))
}

/// The launch permission that a target lists, unless it is for nobody of the scenario.
fn permission(names: &Names, listed: &Listed) -> Option<LaunchPermission> {
    if listed.group() == Some(&PermissionGroup::All) {
        return Some(LaunchPermission::All);
    }
    let texts = [listed.user_id(), listed.organization_arn(), listed.organizational_unit_arn()];
    match names.principal(texts.into_iter().flatten().next()?) {
        Principal::Account(account) => Some(LaunchPermission::Account(account)),
        Principal::Organization(name) => Some(LaunchPermission::Organization(name)),
        Principal::OrganizationalUnit(name) => Some(LaunchPermission::OrganizationalUnit(name)),
        Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_)
        | Principal::Literal(_) => None,
    }
}
