//! CreatePermissionVersion.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::create_permission::draw_template;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::permissions::{
    WIDER_TEMPLATE, described, draw_permission, own_permission, require_template,
};
use crate::rules::permission;
use crate::world::PermissionVersion;
use crate::{Account, Name, World};

operation! {
    /// Makes a new version of a customer managed permission, which becomes its default.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermissionVersion.html>
    pub struct CreatePermissionVersion {
        [
            /// The permission.
            permission: Reference
        ]
        /// The policy template of the version.
        policy_template: SmolStr = "policyTemplate",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl CreatePermissionVersion {
    /// The policy template of the version.
    #[must_use]
    pub fn template_of(&self) -> SmolStr {
        if self.policy_template.is_empty() {
            SmolStr::new_static(WIDER_TEMPLATE)
        } else {
            self.policy_template.clone()
        }
    }
}

/// Templates of different meaning, so that versions can be distinguished.
const TEMPLATES: &[&str] = &[
    "",
    r#"{"Effect": "Allow", "Action": "imagebuilder:GetComponent"}"#,
    r#"{"Effect": "Allow", "Action": "imagebuilder:ListComponents"}"#,
    r#"{"Effect": "Allow", "Action": ["imagebuilder:GetComponent"]}"#,
    r#"{"Effect": "Allow", "Action": ["imagebuilder:GetComponent", "imagebuilder:ListComponents"]}"#,
    r#"{"Action": ["imagebuilder:ListComponents"], "Effect": "Allow"}"#,
];

impl Operation for CreatePermissionVersion {
    const TOPIC: Topic = Topic::Permissions;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let permission = draw_permission(world, actor, dice)?;
        let held = permission.name().and_then(|name| world.permissions.get(name));
        let has = |text: &str| {
            let text = if text.is_empty() { WIDER_TEMPLATE } else { text };
            held.is_some_and(|it| it.live_versions().any(|(_, version)| version.template == text))
        };
        let unlike = TEMPLATES.iter().copied().filter(|text| !has(text));
        let policy_template = if dice.percent(80) {
            dice.pick_from(unlike).map_or_else(SmolStr::default, SmolStr::new_static)
        } else {
            draw_template(dice)
        };
        Some(Self { permission, policy_template, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(held) = own_permission(world, actor, &self.permission, &mut conditions) {
            let template = self.template_of();
            require_template(&template, &held.resource_type, &mut conditions);
            let live = held.live_versions().count();
            conditions.require(live < world.limits().versions, &permission::FIVE_VERSIONS);
            let again = held.live_versions().any(|(_, version)| version.template == template);
            conditions.require(!again, &permission::VERSIONS_DIFFER);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let reply = Reply::granted(&permission::NEWEST_VERSION_IS_THE_DEFAULT);
        let template = self.template_of();
        let name = self.permission.name();
        let Some((name, held)) =
            name.and_then(|name| Some((name, world.permissions.get_mut(name)?)))
        else {
            return reply;
        };
        let number = held.versions.keys().next_back().map_or(1, |last| last + 1);
        held.versions
            .insert(number, PermissionVersion { template: template.clone(), deleted: false });
        held.default = number;
        described(reply, name, held, number).with(
            "permission",
            Expected::Text(template),
            &permission::TEMPLATE_RETURNED_AS_WRITTEN,
        )
    }
}
