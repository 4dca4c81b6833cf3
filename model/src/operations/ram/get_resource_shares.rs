//! GetResourceShares.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, EmptyList, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_asked_shares;
use crate::operations::ram::list_permission_associations::require_filter;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{Reference, Tag, operation};
use crate::permissions::{draw_attachable, holds_type, named_permission, undecided};
use crate::rules::{Rule, permission, read, share, tag, time, visibility};
use crate::sharing::{OF_OTHERS, draw_asked_name, named_share};
use crate::tagging;
use crate::time::Deadline;
use crate::view::Access;
use crate::world::Share;
use crate::{Account, Name, World};

operation! {
    /// Lists the shares that the caller owns, or those of others that it can use.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html>
    pub struct GetResourceShares {
        /// SELF or OTHER-ACCOUNTS; SELF where it is left out.
        resource_owner: SmolStr = "resourceOwner",
        /// Only these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// Only shares in this status.
        resource_share_status: SmolStr = "resourceShareStatus",
        /// Only shares of this name.
        name: SmolStr = "name",
        /// Only shares with these tags.
        tag_filters: Vec<Tag> = "tagFilters",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
        /// Only shares that hold this managed permission.
        permission_arn: Option<Reference> = "permissionArn",
        /// Only shares that hold it in this version.
        permission_version: Option<i32> = "permissionVersion",
    }
}

/// The time of the last update of a share that was never updated, as an observed value.
pub const AT_ITS_CREATION: &str = "its creationTime";

/// The statuses of a share.
const STATUSES: [&str; 5] = ["PENDING", "ACTIVE", "FAILED", "DELETING", "DELETED"];

impl GetResourceShares {
    /// The list of the shares of others.
    #[must_use]
    pub fn of_others() -> Self {
        Self { resource_owner: OF_OTHERS.into(), ..Self::default() }
    }

    /// The rule by which a share, present otherwise, is filtered out; `None` where it passes.
    fn filtered_out(&self, name: &Name, share: &Share) -> Option<&'static Rule> {
        let status = if share.deleted { "DELETED" } else { "ACTIVE" };
        if !self.resource_share_status.is_empty() && self.resource_share_status != status {
            return Some(if share.deleted && self.resource_share_status == "ACTIVE" {
                &share::ABSENT_FROM_ACTIVE_ONCE_DELETED
            } else {
                &read::SHARES_FILTERED_BY_STATUS
            });
        }
        if !self.name.is_empty() && self.name != share.name {
            return Some(&read::SHARES_FILTERED_BY_NAME);
        }
        let mut asked = self.resource_share_arns.iter().filter_map(Reference::name);
        let passes = self.resource_share_arns.is_empty() || asked.any(|asked| asked == name);
        (!passes).then_some(&read::SHARES_FILTERED_BY_ARN)
    }

    /// The row of a share that the filters leave out by this rule. On its way to the status that it settles
    /// in, it may be in the one that is asked for.
    fn left_out(&self, key: Key, share: &Share, rule: &'static Rule) -> Row {
        let passed = if share.deleted { "DELETING" } else { "PENDING" };
        if self.resource_share_status == passed {
            Row::open(key, rule, false)
        } else {
            Row::forbidden(key, rule)
        }
    }

    /// Returns the outcome of the filters by tags for a share.
    fn filtered_by_tags(&self, share: &Share, foreign: bool) -> FilterOutcome {
        if self.tag_filters.is_empty() {
            return FilterOutcome::Passes;
        }
        if foreign || share.deleted {
            return FilterOutcome::Open(&tag::LISTED_TO_CONSUMERS);
        }
        FilterOutcome::by(self.tags_fitting(share) > 0, &tag::SHARES_FILTERED_BY_TAG)
    }

    /// Returns the number of filters by tags that a share matches.
    fn tags_fitting(&self, share: &Share) -> usize {
        let fits = |filter: &&Tag| {
            let value = share.tags.get(&filter.key);
            value.is_some_and(|value| filter.value.as_ref().is_none_or(|asked| asked == value))
        };
        self.tag_filters.iter().filter(fits).count()
    }

    /// Whether a share holds the permission that is asked for; `None` if that is not known.
    fn holds_asked(&self, world: &World, actor: Account, share: &Share) -> Option<bool> {
        let Some(asked) = &self.permission_arn else { return Some(true) };
        if share.owner != actor || share.deleted {
            return None;
        }
        let asked = named_permission(world, asked, &mut Conditions::default())?;
        let of_type = asked.resource_type(world)?;
        let Some(held) = share.permissions.get(&of_type) else { return Some(false) };
        let kept = held.named || holds_type(world, share, &of_type).0;
        if undecided(world, share, held).is_some() || !kept {
            return None;
        }
        let version = self.permission_version.map(i64::from);
        let fits = version.is_none_or(|version| version == i64::from(held.version));
        Some(held.live && held.permission == asked && fits)
    }

    fn own_row(&self, actor: Account, name: &Name, share: &Share) -> Row {
        let key = Key::Share(name.clone());
        if share.owner != actor {
            return Row::forbidden(key, &read::OWN_SHARES_LISTED);
        }
        let filtered_out = self.filtered_out(name, share);
        if let Some(open) = share.open {
            return Row::open(
                key,
                open,
                filtered_out.is_none() && share.leaves() != Deadline::After,
            );
        }
        match share.leaves() {
            Deadline::Ambiguous if filtered_out.is_none() => {
                return Row::open(key, &time::AT_THE_TURN, true);
            }
            Deadline::Before | Deadline::Ambiguous => {}
            Deadline::After => return Row::forbidden(key, &share::GONE_HOURS_AFTER_DELETION),
        }
        if let Some(rule) = filtered_out {
            return self.left_out(key, share, rule);
        }
        let (rule, status) = if share.deleted {
            (&share::READABLE_AFTER_DELETION, Expected::OneOf(&["DELETED", "DELETING"]))
        } else {
            (&read::OWN_SHARES_LISTED, Expected::OneOf(&["ACTIVE", "PENDING"]))
        };
        let row = described(Row::expected(key, rule).with("status", status, rule), share);
        let row = if share.deleted {
            row
        } else if share.tags.is_empty() {
            row.with("tags", Expected::Absent, &tag::UNLISTED_WHERE_THERE_IS_NONE)
        } else {
            row.with(
                "tags",
                Expected::Set(tagging::written(&share.tags)),
                &tag::LISTED_TO_THE_OWNER,
            )
        };
        let fitting = self.tags_fitting(share);
        let any = fitting > 0 && fitting < self.tag_filters.len() && !share.deleted;
        let row = if any { Row { rule: &tag::FILTERS_TOGETHER, ..row } } else { row };
        row.filtered(self.filtered_by_tags(share, false))
    }

    fn foreign_row(&self, world: &World, actor: Account, name: &Name, share: &Share) -> Row {
        let key = Key::Share(name.clone());
        if share.owner == actor {
            return Row::forbidden(key, &read::FOREIGN_SHARES_LISTED_ONCE_USABLE);
        }
        match world.access(share, actor) {
            Access::Granted => {
                if let Some(rule) = self.filtered_out(name, share) {
                    return self.left_out(key, share, rule);
                }
                let rule = &read::FOREIGN_SHARES_LISTED_ONCE_USABLE;
                let active = Expected::OneOf(&["ACTIVE"]);
                described(Row::expected(key, rule).with("status", active, rule), share)
                    .filtered(self.filtered_by_tags(share, true))
            }
            Access::Open => {
                let present = self.filtered_out(name, share).is_none();
                Row::open(key, share.open.unwrap_or(&visibility::THROUGH_AN_UNKNOWN_GRANT), present)
            }
            Access::Pending => Row::forbidden(key, &read::PENDING_SHARES_UNLISTED),
            Access::Ended if share.deleted => {
                let rule = &read::SHARES_UNLISTED_WITHOUT_ACCESS;
                Row::open(key, rule, false).with(
                    "status",
                    Expected::OneOf(&["DELETED", "DELETING"]),
                    rule,
                )
            }
            Access::Ended | Access::None => {
                Row::forbidden(key, &read::SHARES_UNLISTED_WITHOUT_ACCESS)
            }
        }
    }
}

/// The fields that everybody sees who sees the share.
fn described(row: Row, share: &Share) -> Row {
    let row = if share.deleted {
        row
    } else {
        let row = if share.retains {
            let rule = &share::RETAINING_WHERE_ASKED;
            row.with("retainSharingOnAccountLeaveOrganization", Expected::Flag(true), rule)
        } else {
            row
        };
        row.with("featureSet", Expected::OneOf(&["STANDARD"]), &share::STANDARD_WHERE_LISTED)
    };
    let row = if share.deleted || share.updated {
        row.with("lastUpdatedTime", Expected::Present, &share::LISTED_WITH_ITS_TIMES)
    } else {
        let unmoved = Expected::OneOf(&[AT_ITS_CREATION]);
        row.with("lastUpdatedTime", unmoved, &share::UPDATED_BY_UPDATES_ALONE)
    };
    row.with("name", Expected::Text(share.name.clone()), &share::NAMED_AS_ASKED)
        .with("owningAccountId", Expected::Account(share.owner), &share::OWNED_BY_ITS_CREATOR)
        .with("allowExternalPrincipals", Expected::Flag(share.outsiders), &share::CHANGED_BY_UPDATE)
        .with("creationTime", Expected::Present, &share::LISTED_WITH_ITS_TIMES)
}

impl Operation for GetResourceShares {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let mut call = if dice.percent(50) { Self::default() } else { Self::of_others() };
        (call.max_results, call.next_token) = paging::draw(dice);
        match dice.below(6) {
            0 => {
                let statuses = [("ACTIVE", 24), ("DELETED", 8), ("ALIVE", 2)];
                let passing = [("PENDING", 2), ("DELETING", 2), ("FAILED", 2)];
                let statuses = statuses.into_iter().chain(passing);
                call.resource_share_status = dice.pick_weighted(statuses)?.into();
            }
            4 => call.tag_filters = tagging::draw_filters(world, actor, dice),
            1 => call.name = draw_asked_name(dice),
            2 => {
                let own = dice.percent(50);
                let shares = world.shares.iter().filter(|(_, it)| (it.owner == actor) == own);
                call.resource_share_arns = draw_asked_shares(shares.map(|(name, _)| name), 4, dice);
                if call.resource_share_arns.is_empty() {
                    return None;
                }
            }
            3 => {
                call.permission_arn = draw_attachable(world, actor, dice);
                call.resource_owner = "SELF".into();
            }
            _ if dice.percent(30) => call.resource_owner = "ANYBODY".into(),
            _ => {}
        }
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let owner = self.resource_owner.as_str();
        let stated = matches!(owner, "" | "SELF" | OF_OTHERS);
        conditions.require(stated, &read::OWNER_STATED);
        let status = self.resource_share_status.as_str();
        let is_status = status.is_empty() || STATUSES.contains(&status);
        conditions.require(is_status, &read::STATUS_STATED);
        paging::require(self.max_results, &self.next_token, &mut conditions);
        let (asked, version) = (self.permission_arn.as_ref(), self.permission_version);
        require_filter(world, actor, asked, version, &mut conditions);
        for asked in &self.resource_share_arns {
            let Some((_, share)) = named_share(world, asked, &mut conditions) else { continue };
            if owner == OF_OTHERS {
                let access = world.access(share, actor);
                if share.owner == actor {
                    conditions.require(false, &read::SHARE_OF_THE_OTHER_SIDE_REFUSED);
                    conditions.empty_list(EmptyList::IsTolerated);
                    continue;
                }
                let never = matches!(access, Access::None | Access::Pending);
                let ended = access == Access::Ended && !share.deleted;
                let tolerated =
                    access == Access::Open || (access == Access::Ended && share.deleted);
                conditions.require(!never, &read::UNKNOWN_SHARE_REFUSED);
                conditions.require(!ended, &read::ENDED_SHARE_REFUSED);
                if ended {
                    conditions.empty_list(EmptyList::IsTolerated);
                }
                conditions.require(!tolerated, &visibility::THROUGH_AN_UNKNOWN_GRANT);
            } else {
                if share.owner != actor {
                    conditions.require(false, &read::SHARE_OF_THE_OTHER_SIDE_REFUSED);
                    conditions.empty_list(EmptyList::IsTolerated);
                }
                share.require_kept(&mut conditions);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let of_others = self.resource_owner == OF_OTHERS;
        let rows = world.shares.iter().map(|(name, share)| {
            let row = if of_others {
                self.foreign_row(world, actor, name, share)
            } else {
                self.own_row(actor, name, share)
            };
            let filter = &permission::SHARES_FILTERED_BY_PERMISSION;
            match self.holds_asked(world, actor, share) {
                Some(false) if row.present => Row::forbidden(row.key, filter),
                None if row.present => Row::open(row.key, filter, !of_others),
                _ => row,
            }
        });
        let rows = rows.collect();
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if world.shares.is_empty() { Vec::new() } else { vec![Self::default(), Self::of_others()] }
    }

    fn variant(&self) -> Option<&'static str> {
        (self.resource_owner == OF_OTHERS).then_some(OF_OTHERS)
    }
}
