//! UpdateResourceShare.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::CreateResourceShare;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::rules::{resource, share, tag};
use crate::sharing::{
    draw_odd_name, holds_services, is_gateway_of_a_member, is_known_name, named_share, own_share,
};
use crate::world::AssociationStatus;
use crate::{Account, Name, World};

operation! {
    /// Renames a share, opens it to outsiders or closes it to them.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_UpdateResourceShare.html>
    pub struct UpdateResourceShare {
        [
            /// The share.
            share: Reference
        ]
        /// Its new name; the old one stays where this is left out.
        name: SmolStr = "name",
        /// Whether accounts outside the organization may join from now on.
        allow_external_principals: Option<bool> = "allowExternalPrincipals",
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for UpdateResourceShare {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let share = draw_share(world, actor, dice)?;
        let name: SmolStr = match dice.below(100) {
            0..60 => "renamed".into(),
            60..65 => draw_odd_name(dice),
            _ => SmolStr::default(),
        };
        let flag = if name.is_empty() || dice.percent(20) { Some(dice.percent(70)) } else { None };
        Some(Self { share, name, allow_external_principals: flag, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let something = !self.name.is_empty() || self.allow_external_principals.is_some();
        conditions.require(something, &share::UPDATED_WITH_SOMETHING);
        let known = is_known_name(&self.name);
        conditions.require(known, &share::NAMED_IN_KNOWN_LETTERS);
        if let Some((_, share)) = own_share(world, actor, &self.share, &mut conditions)
            && self.allow_external_principals == Some(false)
        {
            let live = |status| status != AssociationStatus::Disassociated;
            let outsiders = share.principals.values().any(|it| it.external && live(it.status))
                || holds_services(share, |_| false);
            conditions.require(!outsiders, &share::CLOSED_TO_OUTSIDERS_WHILE_THEY_ARE_IN);
            conditions
                .require_not_open(world.organization_of(share.owner).and_then(|(_, it)| it.open));
            conditions.require(!share.retains, &share::RETAINING_INSIDE_THE_ORGANIZATION);
            if !world.shares_with_organization(share.owner) {
                for (name, _) in share.resources.iter().filter(|(_, it)| live(it.status)) {
                    let known = world.resources.get(name).is_some_and(|resource| {
                        is_gateway_of_a_member(world, actor, &resource.kind)
                    });
                    conditions.require(!known, &share::CLOSED_TO_OUTSIDERS_OUTSIDE_AN_ORGANIZATION);
                    conditions.require(known, &resource::IN_A_CLOSED_SHARE);
                }
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let reply = Reply::granted(&share::UPDATED_BY_ITS_OWNER);
        let Some((name, _)) = named_share(world, &self.share, &mut Conditions::default()) else {
            return reply;
        };
        let name = name.clone();
        let Some(share) = world.shares.get_mut(&name) else { return reply };
        share.updated = true;
        if !self.name.is_empty() {
            share.name = self.name.clone();
        }
        if let Some(outsiders) = self.allow_external_principals {
            share.outsiders = outsiders;
        }
        reply
            .with("name", Expected::Text(share.name.clone()), &share::CHANGED_BY_UPDATE)
            .with(
                "allowExternalPrincipals",
                Expected::Flag(share.outsiders),
                &share::CHANGED_BY_UPDATE,
            )
            .with("tags", Expected::Absent, &tag::UNSAID_BY_UPDATES)
            .with("featureSet", Expected::Absent, &share::FEATURE_SET_UNSAID_BY_WRITES)
    }

    fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
        let allow_external_principals = self.allow_external_principals;
        self.name
            .is_empty()
            .then(|| CreateResourceShare { allow_external_principals, ..create.clone() })
    }
}
