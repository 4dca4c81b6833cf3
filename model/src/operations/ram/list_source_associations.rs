//! ListSourceAssociations.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::get_resource_share_associations::{STATUSES, draw_status, may_pass};
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, operation};
use crate::principal::Source;
use crate::rules::{read, source};
use crate::sharing::{holds_services, require_listed_share};
use crate::world::{Association, AssociationStatus, Share};
use crate::{Account, Name, World};

operation! {
    /// Lists where the service principals of the caller's shares may act from.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListSourceAssociations.html>
    pub struct ListSourceAssociations {
        /// Only sources of these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// Only this source.
        source_id: Option<Source> = "sourceId",
        /// Only sources of this type.
        source_type: SmolStr = "sourceType",
        /// Only sources in this status.
        association_status: SmolStr = "associationStatus",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl ListSourceAssociations {
    fn row(&self, name: &Name, share: &Share, from: &Source, association: &Association) -> Row {
        let key = Key::Source(name.clone(), from.clone());
        let live = association.status == AssociationStatus::Associated
            && !share.deleted
            && holds_services(share, |_| false);
        let row = match share.open {
            Some(open) => Row::open(key, open, live),
            None if live && may_pass(association.status, &self.association_status) => {
                return Row::open(key, &source::FILTERED, false);
            }
            None if live => Row::expected(key, &source::LISTED_TO_THE_OWNER).with(
                "status",
                Expected::OneOf(&["ASSOCIATED"]),
                &source::SETTLED_BY_ITSELF,
            ),
            None => Row::open(key, &source::LISTED_ONCE_GONE, false),
        };
        row.filtered(self.filtered(name, from))
    }

    /// Returns the outcome of the filters for a source that is ASSOCIATED.
    fn filtered(&self, name: &Name, from: &Source) -> FilterOutcome {
        let mut shares = self.resource_share_arns.iter();
        let by_share =
            self.resource_share_arns.is_empty() || shares.any(|asked| asked.name() == Some(name));
        let by_source = self.source_id.as_ref().is_none_or(|asked| asked == from);
        let by_status = matches!(self.association_status.as_str(), "" | "ASSOCIATED");
        let by_type = if self.source_type.is_empty() {
            FilterOutcome::Passes
        } else {
            FilterOutcome::Open(&source::FILTERED_BY_TYPE)
        };
        FilterOutcome::by(by_share && by_source && by_status, &source::FILTERED).and(by_type)
    }
}

impl Operation for ListSourceAssociations {
    const TOPIC: Topic = Topic::Sources;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let mut call = Self::default();
        (call.max_results, call.next_token) = paging::draw(dice);
        match dice.below(6) {
            0 => {
                let own = world.shares.iter().filter(|(_, it)| it.owner == actor && !it.deleted);
                let share = dice.pick_from(own.map(|(name, _)| Reference::Named(name.clone())));
                call.resource_share_arns = share.into_iter().collect();
            }
            1 => {
                let all = world.shares.values().flat_map(|it| it.sources.keys());
                call.source_id = dice.pick_from(all).cloned();
            }
            2 => call.association_status = draw_status(dice),
            3 if dice.percent(20) => {
                call.resource_share_arns = vec![Reference::Literal("share".into())];
            }
            4 if dice.percent(20) => call.source_type = "ACCOUNT".into(),
            _ => {}
        }
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let status = self.association_status.as_str();
        let is_status = status.is_empty() || STATUSES.contains(&status);
        conditions.require(is_status, &read::STATUS_STATED);
        conditions.require(self.source_type.is_empty(), &source::FILTERED_BY_TYPE);
        for asked in &self.resource_share_arns {
            require_listed_share(world, asked, &mut conditions, |share| {
                share.owner == actor && !share.deleted
            });
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            for (from, association) in &share.sources {
                rows.push(if share.owner == actor {
                    self.row(name, share, from, association)
                } else {
                    let key = Key::Source(name.clone(), from.clone());
                    Row::forbidden(key, &source::UNLISTED_TO_OTHERS)
                });
            }
        }
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let mut own = world.shares.values().filter(|share| share.owner == account);
        let held = own.any(|share| !share.sources.is_empty());
        if held { vec![Self::default()] } else { Vec::new() }
    }
}
