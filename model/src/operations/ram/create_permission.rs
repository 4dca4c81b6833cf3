//! CreatePermission.

use std::collections::BTreeMap;

use smol_str::{SmolStr, format_smolstr};

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{ClientToken, Tag, operation};
use crate::permissions::{
    ATTACHABLE, PLAIN_TEMPLATE, PLAIN_TYPE, described, require_template, require_type, spelled,
};
use crate::rules::{permission, tag};
use crate::tagging;
use crate::world::{ManagedPermission, PermissionVersion};
use crate::{Account, Name, World, limits};

operation! {
    /// Makes a customer managed permission, in its first version.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html>
    pub struct CreatePermission {
        /// The name of the permission; one of its own if it is left out.
        name: SmolStr = "name",
        /// The resource type that it is for.
        resource_type: SmolStr = "resourceType",
        /// The policy template.
        policy_template: SmolStr = "policyTemplate",
        /// The tags that it has from the start.
        tags: Vec<Tag> = "tags",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl CreatePermission {
    /// Returns the name of the permission. Names have to be unique, so one that the scenario leaves
    /// out follows from what the scenario calls the permission.
    #[must_use]
    pub fn name_of(&self, made: &Name) -> SmolStr {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        // A repetition makes nothing, but has to name the same.
        match &self.client_token {
            ClientToken::Word(word) => format_smolstr!("bellwether-{word}"),
            ClientToken::None | ClientToken::Literal(_) => format_smolstr!("bellwether-{made}"),
        }
    }

    /// The resource type that the permission is for.
    #[must_use]
    pub fn type_of(&self) -> SmolStr {
        if self.resource_type.is_empty() {
            SmolStr::new_static(PLAIN_TYPE)
        } else {
            self.resource_type.clone()
        }
    }

    /// Returns the policy template.
    #[must_use]
    pub fn template_of(&self) -> SmolStr {
        if self.policy_template.is_empty() {
            SmolStr::new_static(PLAIN_TEMPLATE)
        } else {
            self.policy_template.clone()
        }
    }

    /// Requires that the name is free. A name that is taken is refused in whatever case the type
    /// is spelled; returns whether it is.
    fn require_name(&self, world: &World, actor: Account, conditions: &mut Conditions) -> bool {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let formed = self.name.len() <= 36 && self.name.bytes().all(letters);
        conditions.require(formed, &permission::NAMED_IN_ITS_LETTERS);
        if self.name.is_empty() && !matches!(self.client_token, ClientToken::Word(_)) {
            return false;
        }
        let name = self.name_of(&Name::none());
        let own = world.permissions.values().filter(|held| held.owner == actor);
        let mut same = own.filter(|held| held.name == name);
        let Some(held) = same.next_back() else { return false };
        let taken = !held.deleted && held.open.is_none();
        conditions.require(!taken, &permission::NAMED_UNIQUELY);
        conditions.require(taken, &permission::NAME_FREE_ONCE_DELETED);
        taken
    }
}

/// Requires that a template has the form that RAM takes.
const TEMPLATES: &[&str] = &[
    r#"{"Effect": "Allow", "Action": "imagebuilder:GetComponent"}"#,
    r#"{"Effect": "Deny", "Action": ["imagebuilder:ListComponents"]}"#,
    r#"{"Effect": "Allow", "action": ["imagebuilder:ListComponents"]}"#,
    r#"{"Effect": "Allow", "Action": "imagebuilder:GetComponent", "Resource": "*"}"#,
    r#"{"Effect": "Allow"}"#,
    "everything",
];

/// A template: mostly nothing wrong with it.
pub(crate) fn draw_template(dice: &mut Dice<'_>) -> SmolStr {
    if dice.percent(85) {
        return SmolStr::default();
    }
    dice.pick(TEMPLATES).copied().map_or_else(SmolStr::default, SmolStr::new_static)
}

impl Operation for CreatePermission {
    const TOPIC: Topic = Topic::Permissions;
    const MAKES: &'static str = "permission";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.permissions.values();
        if own.filter(|held| held.owner == actor && !held.deleted).count() >= 3 {
            return None;
        }
        let types = ["ec2:Subnet", "ec2:Instance", "ec2:TransitGateway", "Imagebuilder:component"];
        let resource_type = if dice.percent(6) {
            dice.pick(&types).copied().map_or_else(SmolStr::default, SmolStr::new_static)
        } else {
            SmolStr::default()
        };
        let name = match dice.below(20) {
            0..5 => SmolStr::new_static("platform"),
            5 => SmolStr::new_static("not a name"),
            _ => SmolStr::default(),
        };
        let tags = if dice.percent(15) { tagging::draw(dice) } else { Vec::new() };
        let policy_template =
            if resource_type.is_empty() { draw_template(dice) } else { SmolStr::default() };
        Some(Self { name, resource_type, policy_template, tags, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let of_type = self.type_of();
        let taken = self.require_name(world, actor, &mut conditions);
        let exact = spelled(&of_type);
        if !taken || exact == of_type {
            require_type(&of_type, &mut conditions);
        }
        if conditions.hold() {
            require_template(&self.template_of(), &of_type, &mut conditions);
        }
        let own = world.permissions.values().filter(|held| held.owner == actor && !held.deleted);
        let of_this = own.filter(|held| spelled(&held.resource_type) == exact).count();
        let most = world.limits().permissions_of_a_type;
        conditions.require(of_this < most, &permission::TEN_OF_A_TYPE);
        limits::require_permission(world, actor, &mut conditions);
        let mut of_tags = Conditions::default();
        let most = world.limits().tags;
        tagging::require_allowed(&self.tags, std::iter::empty(), most, &mut of_tags);
        conditions.require(of_tags.hold(), &tag::ON_A_NEW_PERMISSION);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let version = PermissionVersion { template: self.template_of(), deleted: false };
        let held = ManagedPermission {
            owner: actor,
            name: self.name_of(made),
            resource_type: self.type_of(),
            versions: BTreeMap::from([(1, version)]),
            default: 1,
            deleted: false,
            tags: tagging::kept(&self.tags).collect(),
            deleted_for: 0,
            open: None,
        };
        let list = self.template_of().contains('[');
        let because =
            if list { &permission::CREATED_ATTACHABLE } else { &permission::ACTION_AS_PLAIN_TEXT };
        let reply = described(Reply::granted(because), made, &held, 1)
            .with("status", ATTACHABLE, &permission::CREATED_ATTACHABLE)
            .with("isResourceTypeDefault", Expected::Flag(false), &permission::CREATED_ATTACHABLE);
        world.permissions.insert(made.clone(), held);
        reply
    }
}
