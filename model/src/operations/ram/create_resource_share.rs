//! CreateResourceShare.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::limits::Joined;
use crate::operations::ram::associate_resource_share::{
    draw_principals, draw_resources, draw_sources,
};
use crate::operations::{Grant, LostAnswer, Operation, Topic};
use crate::parameters::{ClientToken, Reference, Tag, operation};
use crate::permissions::{attach, draw_attachable, named_permission, require_all_attachable};
use crate::principal::Source;
use crate::rules::{share, tag};
use crate::sharing;
use crate::tagging;
use crate::world::{CopyOnWrite, Share};
use crate::{Account, Name, Principal, World, limits};

operation! {
    /// Makes a resource share, empty or with resources and principals.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html>
    pub struct CreateResourceShare {
        /// The name of the share; a plain one if it is left out.
        name: SmolStr = "name",
        /// The resources that it holds from the start.
        resource_arns: Vec<Reference> = "resourceArns",
        /// The principals that it holds from the start.
        principals: Vec<Principal> = "principals",
        /// Whether accounts outside the organization may join; true where it is left out.
        allow_external_principals: Option<bool> = "allowExternalPrincipals",
        /// The tags that it has from the start.
        tags: Vec<Tag> = "tags",
        /// The managed permissions that it holds from the start.
        permission_arns: Vec<Reference> = "permissionArns",
        /// Whether members keep what they accepted when they leave the organization.
        retain_sharing_on_account_leave_organization: Option<bool> =
            "retainSharingOnAccountLeaveOrganization",
        /// The sources that its service principals may act from.
        sources: Vec<Source> = "sources",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl CreateResourceShare {
    fn share_name(&self) -> SmolStr {
        if self.name.is_empty() {
            SmolStr::new_static(sharing::PLAIN_NAME)
        } else {
            self.name.clone()
        }
    }
}

impl Operation for CreateResourceShare {
    const TOPIC: Topic = Topic::Sharing;
    const MADE_FIELD: Option<&'static str> = Some("resourceShareArn");
    const MAKES: &'static str = "share";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Retry);
    const WEIGHT: usize = 8;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let live = world.shares.values().filter(|share| !share.deleted).count();
        if live >= 4 {
            return None;
        }
        let principals = draw_principals(world, actor, dice, 60);
        let sources = draw_sources(&principals, dice);
        let alone = sources.is_empty();
        Some(Self {
            name: match dice.below(100) {
                0..20 => "platform".into(),
                20..25 => sharing::draw_odd_name(dice),
                _ => SmolStr::default(),
            },
            resource_arns: draw_resources(world, actor, dice, if alone { 60 } else { 10 }),
            principals,
            allow_external_principals: dice.percent(25).then_some(false),
            tags: if dice.percent(20) { tagging::draw(dice) } else { Vec::new() },
            permission_arns: if dice.percent(15) {
                draw_attachable(world, actor, dice).into_iter().collect()
            } else {
                Vec::new()
            },
            retain_sharing_on_account_leave_organization: dice.percent(8).then_some(true),
            sources,
            ..Self::default()
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let joined = Joined {
            owner: actor,
            outsiders: self.allow_external_principals.unwrap_or(true),
            retains: self.retain_sharing_on_account_leave_organization == Some(true),
            share: None,
            principals: &self.principals,
            resources: &self.resource_arns,
            sources: &self.sources,
        };
        joined.require(world, &mut conditions);
        let known = sharing::is_known_name(&self.name);
        let slash = self.name.contains('/');
        conditions.require(!slash, &share::NAMED_WITHOUT_SLASHES);
        conditions.require(known || slash, &share::NAMED_IN_KNOWN_LETTERS);
        limits::require_share(world, actor, &mut conditions);
        let most = world.limits().tags;
        tagging::require_allowed(&self.tags, std::iter::empty(), most, &mut conditions);
        require_all_attachable(world, actor, &self.permission_arns, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let outsiders = self.allow_external_principals.unwrap_or(true);
        let share = Share {
            owner: actor,
            name: self.share_name(),
            outsiders,
            retains: self.retain_sharing_on_account_leave_organization == Some(true),
            deleted: false,
            updated: false,
            deleted_for: 0,
            principals: CopyOnWrite::default(),
            resources: CopyOnWrite::default(),
            sources: CopyOnWrite::default(),
            invitations: CopyOnWrite::default(),
            tags: tagging::kept(&self.tags).collect::<BTreeMap<_, _>>().into(),
            permissions: CopyOnWrite::default(),
            open: None,
        };
        let tags = Expected::Set(tagging::written(&share.tags));
        let name = share.name.clone();
        world.shares.insert(made.clone(), share);
        for permission in &self.permission_arns {
            let named = named_permission(world, permission, &mut Conditions::default());
            if let Some(managed) = named {
                attach(world, made, managed, true);
            }
        }
        sharing::join(world, made, &self.principals, &self.resource_arns, &self.sources);
        if let Some(share) = world.shares.get_mut(made) {
            let joined = share.principals.values_mut().chain(share.resources.values_mut());
            joined.for_each(|it| it.with_share = true);
        }
        let flag = if self.allow_external_principals.is_none() {
            &share::OPEN_TO_OUTSIDERS_BY_DEFAULT
        } else {
            &share::CREATED_ACTIVE
        };
        let because =
            sharing::joined_by(world, &self.principals, &self.resource_arns, &self.sources)
                .unwrap_or(&share::CREATED_ACTIVE);
        Reply::granted(because)
            .with("status", Expected::OneOf(&["ACTIVE", "PENDING"]), &share::CREATED_ACTIVE)
            .with("name", Expected::Text(name), &share::NAMED_AS_ASKED)
            .with("owningAccountId", Expected::Account(actor), &share::OWNED_BY_ITS_CREATOR)
            .with("allowExternalPrincipals", Expected::Flag(outsiders), flag)
            .with("tags", tags, &tag::MADE_WITH_THE_SHARE)
            .with("featureSet", Expected::Absent, &share::FEATURE_SET_UNSAID_BY_WRITES)
    }

    fn grant_mut(&mut self) -> Option<Grant<'_>> {
        Some(Grant { resources: &mut self.resource_arns, principals: &mut self.principals })
    }
}
