//! ModifyImageAttribute.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::find_with_sight;
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_principals;
use crate::operations::{Operation, Topic};
use crate::parameters::{Parameter, Reference, Value, operation};
use crate::rules::image;
use crate::sharing::parsed;
use crate::world::{Kind, LaunchPermission, Resource, World};
use crate::{Account, Name, Principal};

operation! {
    /// Gives and takes launch permissions of an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html>
    pub struct ModifyImageAttribute {
        /// The image.
        image_id: Reference = "ImageId",
        /// Accounts, organizations and units that may launch it from now on; `all` for everybody.
        add: Permitted = "Add",
        /// Those that no longer may.
        remove: Permitted = "Remove",
    }
}

impl Operation for ModifyImageAttribute {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 7;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let image_id = draw_image(world, actor, dice)?;
        if dice.percent(35)
            && let Some(Kind::Image { permissions, .. }) = image_id
                .name()
                .and_then(|name| world.resources.get(name))
                .map(|resource| &resource.kind)
            && let Some(permission) = dice.pick_from(permissions.iter().cloned())
        {
            return Some(Self { image_id, add: Permitted::default(), remove: permission.into() });
        }
        let blocked = world.public_images_blocked.get(&actor) == Some(&true);
        let all = dice.percent(if blocked { 40 } else { 10 });
        let bad = dice.percent(3);
        let add = if all {
            LaunchPermission::All.into()
        } else if bad {
            let texts = ["12345", "o-abcde12345", "ou-ab12-abcdefgh"];
            let text = dice.pick(&texts).copied().unwrap_or_default();
            Permitted { all: false, principals: vec![Principal::Literal(text.into())] }
        } else {
            let principals =
                draw_principals(world, actor, dice, 100).into_iter().filter(|principal| {
                    matches!(
                        principal,
                        Principal::Account(_)
                            | Principal::Organization(_)
                            | Principal::OrganizationalUnit(_)
                    )
                });
            Permitted { all: false, principals: principals.collect() }
        };
        (add != Permitted::default()).then_some(Self {
            image_id,
            add,
            remove: Permitted::default(),
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own_image(world, actor, &self.image_id, &mut conditions);
        let disabled = if self.add == Permitted::default() {
            &image::HANDLED_WHILE_DISABLED
        } else {
            &image::PRIVATE_WHILE_DISABLED
        };
        conditions.require(!is_disabled(world, &self.image_id), disabled);
        let blocked = world.public_images_blocked.get(&actor).copied();
        conditions.require(!self.add.all || blocked.is_some(), &image::PUBLIC_UNLESS_BLOCKED);
        let refused = self.add.all && blocked == Some(true);
        conditions.require(!refused, &image::PUBLIC_WHERE_BLOCKED);
        for principal in self.add.principals.iter().chain(&self.remove.principals) {
            match parsed(principal) {
                Principal::Account(_)
                | Principal::Organization(_)
                | Principal::OrganizationalUnit(_) => {}
                Principal::Literal(text) if text.starts_with("o-") || text.starts_with("ou-") => {
                    conditions.require(false, &image::PERMITTED_TO_AN_ORGANIZATION_BY_ARN);
                }
                Principal::Role(..)
                | Principal::User(..)
                | Principal::Service(_)
                | Principal::Literal(_) => {
                    conditions.require(false, &image::PERMITTED_TO_A_VALID_ACCOUNT);
                }
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Image { permissions, former, .. }, .. }) = resource {
            for permission in self.add.permissions() {
                former.remove(&permission);
                permissions.insert(permission);
            }
            for permission in self.remove.permissions() {
                if permissions.remove(&permission) {
                    former.insert(permission);
                }
            }
        }
        Reply::granted(&image::SHARED_BY_LAUNCH_PERMISSION)
    }
}

/// The receivers of a launch permission: everybody, or principals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permitted {
    /// Everybody.
    pub all: bool,
    /// Accounts, organizations and units.
    pub principals: Vec<Principal>,
}

impl Permitted {
    /// The launch permissions meant, those in no accepted form left out.
    pub fn permissions(&self) -> impl Iterator<Item = LaunchPermission> + '_ {
        let named = self.principals.iter().filter_map(|principal| match parsed(principal) {
            Principal::Account(account) => Some(LaunchPermission::Account(account)),
            Principal::Organization(name) => Some(LaunchPermission::Organization(name)),
            Principal::OrganizationalUnit(name) => Some(LaunchPermission::OrganizationalUnit(name)),
            Principal::Role(..)
            | Principal::User(..)
            | Principal::Service(_)
            | Principal::Literal(_) => None,
        });
        named.chain(self.all.then_some(LaunchPermission::All))
    }
}

impl From<LaunchPermission> for Permitted {
    fn from(permission: LaunchPermission) -> Self {
        let principal = match permission {
            LaunchPermission::All => return Self { all: true, principals: Vec::new() },
            LaunchPermission::Account(account) => Principal::Account(account),
            LaunchPermission::Organization(name) => Principal::Organization(name),
            LaunchPermission::OrganizationalUnit(name) => Principal::OrganizationalUnit(name),
        };
        Self { all: false, principals: vec![principal] }
    }
}

impl Parameter for Permitted {
    const EXPECTED: &'static str = "all, an actor, organization, ou:NAME or a quoted text";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let mut permitted = Self::default();
        for (index, value) in values.iter().enumerate() {
            if !value.quoted && value.text == "all" {
                permitted.all = true;
            } else {
                permitted.principals.push(Principal::read_value(value).ok_or(index)?);
            }
        }
        Ok(permitted)
    }

    fn write(&self) -> Vec<Value> {
        let all = self.all.then(|| Value::bare("all"));
        all.into_iter().chain(self.principals.write()).collect()
    }
}

/// Requires that an image is there and the caller's own.
pub(crate) fn require_own_image(
    world: &World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) {
    match find_with_sight(world, actor, named) {
        Some((_, resource, _)) if matches!(resource.kind, Kind::Image { .. }) => {
            conditions.require_living(!resource.deleted, &image::UNKNOWN_IMAGE_REFUSED);
            let own = resource.owner == actor || resource.deleted;
            conditions.require(own, &image::CHANGED_BY_ITS_OWNER_ALONE);
        }
        Some(_) | None => conditions.require(false, &image::UNKNOWN_IMAGE_REFUSED),
    }
}

/// Whether an image is disabled.
pub(crate) fn is_disabled(world: &World, named: &Reference) -> bool {
    let resource = named.name().and_then(|name| world.resources.get(name));
    resource.is_some_and(|resource| matches!(resource.kind, Kind::Image { disabled: true, .. }))
}

/// Requires that an image is the caller's own, and not disabled.
pub(crate) fn require_available_image(
    world: &World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) {
    require_own_image(world, actor, named, conditions);
    conditions.require(!is_disabled(world, named), &image::HANDLED_WHILE_DISABLED);
}

/// An image: mostly the caller's own.
pub(crate) fn draw_image(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    let foreign = dice.percent(12);
    let images = world.resources.iter().filter(|(_, it)| {
        matches!(it.kind, Kind::Image { .. }) && !it.deleted && (it.owner == actor) != foreign
    });
    dice.pick_from(images.map(|(name, _)| Reference::Named(name.clone())))
}
