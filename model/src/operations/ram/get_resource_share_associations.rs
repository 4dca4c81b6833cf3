//! GetResourceShareAssociations.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_asked_shares;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::rules::{Rule, association, principal, read, source};
use crate::sharing::{named_share, narrowing_to, require_principals};
use crate::view::Access;
use crate::world::{Association, AssociationStatus, Share};
use crate::{Account, Name, Principal, World};

operation! {
    /// Lists what is, or was, associated with the shares that the caller owns.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareAssociations.html>
    pub struct GetResourceShareAssociations {
        /// PRINCIPAL, RESOURCE or SOURCE; PRINCIPAL where it is left out.
        association_type: SmolStr = "associationType",
        /// Only rows of these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// Only rows of this resource; goes with RESOURCE alone.
        resource_arn: Option<Reference> = "resourceArn",
        /// Only rows of this principal; goes with PRINCIPAL alone.
        principal: Vec<Principal> = "principal",
        /// Only rows in this status; does not go with share ARNs.
        association_status: SmolStr = "associationStatus",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

/// The time of associations made with their share, as an observed value.
pub const OF_ITS_SHARE: &str = "that of its share";

/// The statuses of an association.
pub(crate) const STATUSES: [&str; 8] = [
    "ASSOCIATING",
    "ASSOCIATED",
    "FAILED",
    "DISASSOCIATING",
    "DISASSOCIATED",
    "SUSPENDED",
    "SUSPENDING",
    "RESTORING",
];

/// Whether an association may be in a status on its way to the one that it settles in, or be suspended.
pub(crate) fn may_pass(settled: AssociationStatus, asked: &str) -> bool {
    match settled {
        AssociationStatus::Associating => false,
        AssociationStatus::Associated => {
            matches!(asked, "ASSOCIATING" | "RESTORING" | "SUSPENDING" | "SUSPENDED")
        }
        AssociationStatus::Disassociated => {
            matches!(asked, "DISASSOCIATING" | "SUSPENDING" | "SUSPENDED")
        }
    }
}

/// A status to filter by: mostly one that associations settle in, and now and then none that there is.
pub(crate) fn draw_status(dice: &mut Dice<'_>) -> SmolStr {
    let weight = |status: &'static str| match status {
        "ASSOCIATED" => 18,
        "DISASSOCIATED" => 10,
        _ => 1,
    };
    let statuses = STATUSES.into_iter().chain(["OVER"]);
    let drawn = dice.pick_weighted(statuses.map(|status| (status, weight(status))));
    drawn.map(SmolStr::new_static).unwrap_or_default()
}

impl GetResourceShareAssociations {
    /// The rows of resources.
    #[must_use]
    pub fn of_resources() -> Self {
        Self { association_type: "RESOURCE".into(), ..Self::default() }
    }

    fn row(&self, share: &Share, key: Key, association: &Association, gone: bool) -> Row {
        let status = association.status.as_str();
        let asked = self.association_status.is_empty() || self.association_status == status;
        let open = share.open.or(association.open);
        let open = open.or(share.deleted.then_some(&association::OF_A_DELETED_SHARE));
        let open = open.or(gone.then_some(&association::OF_RESOURCES_THAT_EXIST));
        let aged = association.ended_for > 0;
        let open = open.or(aged.then_some(&association::LISTED_FOR_A_WHILE));
        if let Some(rule) = open {
            return Row::open(key, rule, asked);
        }
        let rule = status_rule(association, matches!(key, Key::Principal(..)));
        if !asked {
            let rule = &read::ASSOCIATIONS_FILTERED_BY_STATUS;
            return if may_pass(association.status, &self.association_status) {
                Row::open(key, rule, false)
            } else {
                Row::forbidden(key, rule)
            };
        }
        let listed = &association::LISTED_WITH_ITS_TIMES;
        let row = Row::expected(key, rule)
            .with("status", status_expected(association.status), rule)
            .with("resourceShareName", Expected::Present, listed)
            .with("lastUpdatedTime", Expected::Present, listed);
        let row = if association.with_share {
            let created = &association::CREATED_WITH_ITS_SHARE;
            row.with("creationTime", Expected::OneOf(&[OF_ITS_SHARE]), created)
        } else {
            row.with("creationTime", Expected::Present, listed)
        };
        if share.retains {
            // Whether a member that had to be invited is external, no source says.
            return row;
        }
        let external = Expected::Flag(association.external);
        row.with("external", external, &principal::EXTERNAL_AS_RAM_SEES_IT)
    }
}

fn status_expected(status: AssociationStatus) -> Expected {
    Expected::OneOf(match status {
        AssociationStatus::Associating => &["ASSOCIATING"],
        AssociationStatus::Associated => &["ASSOCIATED"],
        AssociationStatus::Disassociated => &["DISASSOCIATED"],
    })
}

fn status_rule(association: &Association, is_principal: bool) -> &'static Rule {
    match association.status {
        AssociationStatus::Associating => &association::WAITING_FOR_ACCEPTANCE,
        AssociationStatus::Associated if association.again => &association::ASSOCIATED_AGAIN,
        AssociationStatus::Associated if is_principal && association.external => {
            &association::SETTLED_BY_ACCEPTANCE
        }
        AssociationStatus::Associated => &association::SETTLED_BY_ITSELF,
        AssociationStatus::Disassociated => &association::LISTED_AFTER_DISASSOCIATION,
    }
}

impl Operation for GetResourceShareAssociations {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let mut call = if dice.percent(50) { Self::default() } else { Self::of_resources() };
        let own = world.shares.iter().filter(|(_, it)| it.owner == actor);
        let shares = draw_asked_shares(own.map(|(name, _)| name), 1, dice);
        (call.max_results, call.next_token) = paging::draw(dice);
        let roll = dice.below(6);
        if roll != 1 {
            call.resource_share_arns = shares;
        }
        match roll {
            0 | 1 => call.association_status = draw_status(dice),
            2 => {
                let resources = world.resources.keys().filter(|name| !name.as_str().contains('.'));
                call.resource_arn = dice.pick_from(resources.cloned()).map(Reference::Named);
            }
            5 => {
                let principals = world.shares.values().flat_map(|it| it.principals.keys());
                let principal = dice.pick_from(principals).cloned();
                call.principal = narrowing_to(principal, dice);
            }
            3 if dice.percent(20) => call.association_type = "EVERYTHING".into(),
            3 if dice.percent(10) => call.association_type = "SOURCE".into(),
            _ => {}
        }
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let of_type = self.association_type.as_str();
        let stated = matches!(of_type, "" | "PRINCIPAL" | "RESOURCE" | "SOURCE");
        conditions.require(stated, &read::ASSOCIATION_TYPE_STATED);
        conditions.require(of_type != "SOURCE", &source::LISTED_AMONG_ASSOCIATIONS);
        let apart = self.resource_share_arns.is_empty() || self.association_status.is_empty();
        conditions.require(apart, &read::STATUS_AND_SHARES_APART);
        let status = self.association_status.as_str();
        let is_status = status.is_empty() || STATUSES.contains(&status);
        conditions.require(is_status, &read::STATUS_STATED);
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let resources = of_type == "RESOURCE";
        let fits = if resources { self.principal.is_empty() } else { self.resource_arn.is_none() };
        conditions.require(fits || !stated, &read::ENTITY_OF_ITS_TYPE);
        require_principals(&self.principal, &mut conditions);
        for asked in &self.resource_share_arns {
            if let Some((_, share)) = named_share(world, asked, &mut conditions) {
                let own = share.owner == actor;
                conditions.require(own, &read::ASSOCIATIONS_OF_FOREIGN_SHARES);
                if own {
                    share.require_kept(&mut conditions);
                }
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let asked = |name: &Name| {
            self.resource_share_arns.is_empty()
                || self.resource_share_arns.iter().any(|asked| asked.name() == Some(name))
        };
        let mut rows = Vec::new();
        for (name, share) in world.shares.iter().filter(|(name, _)| asked(name)) {
            let foreign = (share.owner != actor).then(|| world.access(share, actor));
            let mut push = |key: Key, association: &Association, gone: bool| {
                rows.push(match foreign {
                    None => self.row(share, key, association, gone),
                    Some(Access::None) => Row::forbidden(key, &read::ASSOCIATIONS_OF_OWN_SHARES),
                    Some(_) => Row::open(key, &read::ASSOCIATIONS_OF_FOREIGN_SHARES, false),
                });
            };
            if self.association_type == "SOURCE" {
                rows.extend(share.sources.keys().map(|from| {
                    let key = Key::Source(name.clone(), from.clone());
                    Row::open(key, &source::LISTED_AMONG_ASSOCIATIONS, share.owner == actor)
                }));
            } else if self.association_type == "RESOURCE" {
                for (resource, association) in &share.resources {
                    let wanted =
                        self.resource_arn.as_ref().is_none_or(|it| it.name() == Some(resource));
                    if wanted {
                        let gone =
                            world.resources.get(resource).is_none_or(|resource| resource.deleted);
                        push(
                            Key::ResourceAssociation(name.clone(), resource.clone()),
                            association,
                            gone,
                        );
                    }
                }
            } else {
                for (principal, association) in &share.principals {
                    if self.principal.is_empty() || self.principal.contains(principal) {
                        push(Key::Principal(name.clone(), principal.clone()), association, false);
                    }
                }
            }
        }
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if world.shares.is_empty() {
            Vec::new()
        } else {
            vec![Self::default(), Self::of_resources()]
        }
    }
}
