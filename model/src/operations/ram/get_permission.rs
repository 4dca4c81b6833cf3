//! GetPermission.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::permissions::{
    ATTACHABLE, UNATTACHABLE, described, draw_attachable, draw_version, holders, named_permission,
};
use crate::resources::subnet;
use crate::rules::{permission, tag};
use crate::tagging;
use crate::time::Deadline;
use crate::view::Access;
use crate::world::Managed;
use crate::{Account, Name, World};

operation! {
    /// Reads a managed permission, in its default version or in another.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetPermission.html>
    pub struct GetPermission {
        [
            /// The permission.
            permission: Reference
        ]
        /// The version; the default one where it is left out or 0.
        permission_version: Option<i32> = "permissionVersion",
    }
}

/// The actions that the default permission of subnets allows.
const SUBNET_ACTIONS: [&str; 3] =
    ["ec2:CreateNetworkInterface", "ec2:DescribeSubnets", "ec2:RunInstances"];

/// Requires that an account can read a permission.
pub(crate) fn require_readable(
    world: &World,
    actor: Account,
    managed: &Managed,
    conditions: &mut Conditions,
) {
    let Managed::Customer(name) = managed else { return };
    let Some(held) = world.permissions.get(name) else { return };
    if held.owner != actor {
        let mut holding = holders(world, managed);
        let meant = holding.any(|(share, _)| world.access(share, actor) != Access::None);
        conditions.require(meant, &permission::WRITTEN_BY_ITS_OWNER_ALONE);
        conditions.require(!meant, &permission::READ_THROUGH_A_SHARE);
    }
    conditions.require(!held.deleted, &permission::READABLE_ONCE_DELETED);
    conditions.require(held.leaves() != Deadline::After, &permission::KNOWN);
    conditions.require_not_open(held.open);
}

impl Operation for GetPermission {
    const TOPIC: Topic = Topic::Permissions;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_attachable(world, actor, dice)?;
        let permission_version = match dice.below(4) {
            0 => Some(0),
            1 => draw_version(world, &permission, dice),
            _ => None,
        };
        Some(Self { permission, permission_version })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let Some(managed) = named_permission(world, &self.permission, &mut conditions) else {
            return conditions.decide();
        };
        require_readable(world, actor, &managed, &mut conditions);
        let number = self.permission_version.filter(|number| *number != 0);
        match (&managed, number) {
            (Managed::Customer(name), Some(_)) => {
                if let Some(held) = world.permissions.get(name) {
                    held.require_version(number, &mut conditions);
                }
            }
            // Which versions AWS's permissions have is AWS's affair.
            (Managed::Default(_), Some(_)) => {
                conditions.require(false, &permission::OF_AWS_WITH_ANOTHER_NAME);
            }
            (_, None) => {}
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let managed = named_permission(world, &self.permission, &mut Conditions::default());
        let name = match managed {
            Some(Managed::Customer(name)) => name,
            Some(Managed::Default(of_type)) => return of_aws(&of_type),
            None => return Reply::granted(&permission::READ_BY_ITS_OWNER),
        };
        let reply = Reply::granted(&permission::READ_BY_ITS_OWNER);
        let Some(held) = world.permissions.get(&name) else { return reply };
        let asked = self.permission_version.filter(|number| *number != 0);
        let number = asked.and_then(|number| u32::try_from(number).ok()).unwrap_or(held.default);
        let Some(version) = held.versions.get(&number) else { return reply };
        let is_default = number == held.default;
        let mut reply = described(reply, &name, held, number)
            .with(
                "permission",
                Expected::Text(version.template.clone()),
                &permission::TEMPLATE_RETURNED_AS_WRITTEN,
            )
            .with(
                "status",
                if is_default { ATTACHABLE } else { UNATTACHABLE },
                &permission::OLDER_VERSIONS_UNATTACHABLE,
            );
        if asked.is_none() {
            reply.fields.retain(|field| field.name != "version");
            let number = smol_str::format_smolstr!("{number}");
            reply =
                reply.with("version", Expected::Text(number), &permission::DEFAULT_VERSION_READ);
        }
        if held.tags.is_empty() {
            return reply;
        }
        let tags = Expected::Set(tagging::written(&held.tags));
        reply.with("tags", tags, &tag::SHOWN_OF_PERMISSIONS)
    }
}

/// The expected fields of the default permission of a type.
fn of_aws(of_type: &SmolStr) -> Reply {
    let rule = &permission::OF_AWS_READ_BY_EVERYBODY;
    let reply =
        Reply::granted(rule).with("resourceType", Expected::Text(of_type.clone()), rule).with(
            "isResourceTypeDefault",
            Expected::Flag(true),
            &permission::ONE_DEFAULT_FOR_EACH_TYPE,
        );
    let reply = match Managed::Default(of_type.clone()).arn() {
        Some(arn) => reply.with("arn", Expected::Text(arn), &permission::OF_AWS_WITHOUT_AN_ACCOUNT),
        None => reply,
    };
    if of_type == subnet::TYPE.facts.name {
        let actions = SUBNET_ACTIONS.map(SmolStr::new_static).to_vec();
        return reply.with(
            "Action",
            Expected::Set(actions),
            &permission::SUBNET_DEFAULT_ALLOWS_LAUNCHING,
        );
    }
    reply
}
