//! GetResourceShareInvitations.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ram::accept_resource_share_invitation::{draw_invitation, find, is_arn};
use crate::operations::ram::associate_resource_share::draw_asked_shares;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::{InvitationRef, Reference, operation};
use crate::rules::{invitation, read, time};
use crate::sharing::require_listed_share;
use crate::time::Deadline;
use crate::world::{Invitation, InvitationStatus, Share};
use crate::{Account, Name, World};

operation! {
    /// Lists the invitations that the caller has received.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html>
    pub struct GetResourceShareInvitations {
        /// Only these invitations.
        resource_share_invitation_arns: Vec<InvitationRef> = "resourceShareInvitationArns",
        /// Only invitations to these shares.
        resource_share_arns: Vec<Reference> = "resourceShareArns",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

impl GetResourceShareInvitations {
    /// Whether an invitation is one of those asked for.
    fn is_asked(&self, name: &Name, share: &Share, place: usize) -> bool {
        let by_share = self.resource_share_arns.is_empty()
            || self.resource_share_arns.iter().any(|it| it.name() == Some(name));
        let is_it = |asked: &InvitationRef| match asked {
            InvitationRef::To { share: of, receiver, number } => {
                of == name && find(&share.invitations, *receiver, *number) == Some(place)
            }
            InvitationRef::Literal(_) => false,
        };
        let asked = &self.resource_share_invitation_arns;
        by_share && (asked.is_empty() || asked.iter().any(is_it))
    }

    /// Requires that what the list is narrowed to is the caller's.
    fn require_known(&self, world: &World, actor: Account, conditions: &mut Conditions) {
        for asked in &self.resource_share_invitation_arns {
            match asked {
                InvitationRef::To { share, receiver, number } => {
                    let sent = world.shares.get(share);
                    let sent = sent.and_then(|it| {
                        let place = find(&it.invitations, *receiver, *number)?;
                        Some(&it.invitations[place])
                    });
                    let listed = sent.is_some_and(|it| {
                        it.status == InvitationStatus::Pending || it.leaves() == Deadline::Before
                    });
                    let own = listed && *receiver == actor;
                    conditions.require(own, &read::FILTERED_BY_UNKNOWN_THINGS);
                }
                InvitationRef::Literal(text) => {
                    let is_arn = is_arn(text);
                    conditions.require(is_arn, &invitation::NAMED_BY_AN_ARN);
                    conditions.require(!is_arn, &invitation::KNOWN);
                }
            }
        }
        for asked in &self.resource_share_arns {
            require_listed_share(world, asked, conditions, |share| {
                share.invitations.iter().any(|it| it.receiver == actor)
            });
        }
    }
}

impl Operation for GetResourceShareInvitations {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let mut call = Self::default();
        (call.max_results, call.next_token) = paging::draw(dice);
        match dice.below(4) {
            0 => {
                let asked = draw_invitation(world, actor, dice);
                call.resource_share_invitation_arns = asked.into_iter().collect();
                if dice.percent(20) {
                    let other = draw_invitation(world, actor, dice);
                    let other =
                        other.filter(|it| !call.resource_share_invitation_arns.contains(it));
                    call.resource_share_invitation_arns.extend(other);
                }
            }
            1 => {
                let shares = world.shares.iter();
                let to =
                    shares.filter(|(_, it)| it.invitations.iter().any(|it| it.receiver == actor));
                call.resource_share_arns = draw_asked_shares(to.map(|(name, _)| name), 2, dice);
            }
            _ => {}
        }
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        paging::require(self.max_results, &self.next_token, &mut conditions);
        self.require_known(world, actor, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            for (place, sent) in share.invitations.iter().enumerate() {
                let earlier = share.invitations[..place].iter();
                let number = earlier.filter(|it| it.receiver == sent.receiver).count();
                let asked = self.is_asked(name, share, place);
                let filtered = FilterOutcome::by(asked, &read::INVITATIONS_FILTERED);
                rows.push(row(actor, name, share, sent, number).filtered(filtered));
            }
            let invited = share.invitations.iter().any(|it| it.receiver == actor);
            let named = || share.principals.keys().any(|it| world.covers(it, actor));
            if !invited && share.open.is_none() && named() {
                let key = Key::Invitation(name.clone(), actor, 0);
                rows.push(Row::forbidden(key, &invitation::NONE_INSIDE_THE_ORGANIZATION));
            }
        }
        paging::listed(self.max_results, rows)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        if world.shares.is_empty() { Vec::new() } else { vec![Self::default()] }
    }
}

fn row(actor: Account, name: &Name, share: &Share, sent: &Invitation, number: usize) -> Row {
    let key = Key::Invitation(name.clone(), sent.receiver, number);
    let own = sent.receiver == actor;
    if let Some(rule) = share.open.or(sent.open) {
        return Row::open(key, rule, own);
    }
    if !own {
        return Row::forbidden(key, &invitation::UNLISTED_TO_OTHERS);
    }
    let ended = sent.status != InvitationStatus::Pending;
    if ended && sent.leaves() > Deadline::Before {
        return match sent.status {
            InvitationStatus::Lapsed => Row::open(key, &invitation::NAMED_ONCE_LAPSED, true),
            InvitationStatus::Accepted if sent.leaves() == Deadline::After => {
                Row::forbidden(key, &invitation::UNLISTED_A_WEEK_AFTER_ACCEPTANCE)
            }
            InvitationStatus::Pending
            | InvitationStatus::Accepted
            | InvitationStatus::Rejected
            | InvitationStatus::Expired => Row::open(key, &time::AT_THE_TURN, true),
        };
    }
    let (rule, status) = match sent.status {
        InvitationStatus::Pending if number > 0 => {
            let mut earlier = share.invitations.iter().filter(|it| it.receiver == sent.receiver);
            let expired = earlier.nth(number - 1).map(|it| it.status);
            let rule = if expired == Some(InvitationStatus::Expired) {
                &invitation::SENT_AGAIN_AFTER_EXPIRY
            } else {
                &invitation::SENT_AGAIN_AFTER_ACCESS_ENDED
            };
            (rule, Expected::OneOf(&["PENDING"]))
        }
        InvitationStatus::Pending if share.retains => {
            (&invitation::SENT_TO_MEMBERS_WHERE_RETAINED, Expected::OneOf(&["PENDING"]))
        }
        InvitationStatus::Pending => {
            (&invitation::SENT_TO_OUTSIDERS, Expected::OneOf(&["PENDING"]))
        }
        InvitationStatus::Accepted => {
            (&invitation::LISTED_AFTER_ITS_END, Expected::OneOf(&["ACCEPTED"]))
        }
        InvitationStatus::Rejected => {
            (&invitation::LISTED_AFTER_ITS_END, Expected::OneOf(&["REJECTED"]))
        }
        InvitationStatus::Expired => {
            (&invitation::EXPIRED_AFTER_TWELVE_HOURS, Expected::OneOf(&["EXPIRED"]))
        }
        InvitationStatus::Lapsed => return Row::open(key, &invitation::NAMED_ONCE_LAPSED, true),
    };
    let listed = &invitation::LISTED_TO_ITS_RECEIVER;
    Row::expected(key, rule)
        .with("status", status, rule)
        .with("senderAccountId", Expected::Account(share.owner), listed)
        .with("receiverAccountId", Expected::Account(sent.receiver), listed)
        .with(
            "resourceShareInvitationArn",
            Expected::Account(share.owner),
            &invitation::NAMED_FOR_ITS_SENDER,
        )
}
