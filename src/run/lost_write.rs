//! Writes whose answers were lost: whether they took effect is seen by reading, and those that did not are
//! sent again.

use std::collections::BTreeSet;
use std::time::Duration;

use bellwether_model::answer::{Decision, Key};
use bellwether_model::judge::{Divergence, Indeterminate, Observation, Phase, judge};
use bellwether_model::operations::LostAnswer;
use bellwether_model::parameters::InvitationRef;
use bellwether_model::{Answer, Call, Name, World};

use super::crash::Unanswered;
use super::view_reads::{self, Change, ViewRead};
use super::{PAUSE, PAUSE_MAX, Player, Role, role};
use crate::scenario::Step;

/// The most times that a call is sent that is found to have done nothing.
const REPEATS: u32 = 6;

/// The least time that the effect of a call whose answer was lost may take to be seen.
const EFFECT_SEEN: Duration = Duration::from_millis(200);

/// Codes by which AWS refuses calls until resources have settled, and that no rule
/// decides: row RAM-ASSOC-09 of the rulebook, a change to a version that was read too early, and an
/// allocation from an IPAM pool that is not known yet (terraform-provider-aws issue 28913).
const NOT_YET: [&str; 3] = [
    "InvalidStateTransitionException",
    "PrefixListVersionMismatch",
    "InvalidIpamPoolAllocationId.NotFound",
];

/// Codes that refuse the answer to an invitation that has ended.
const ENDED: [&str; 3] = [
    "ResourceShareInvitationAlreadyAcceptedException",
    "ResourceShareInvitationAlreadyRejectedException",
    "ResourceShareInvitationExpiredException",
];

/// The ways in which a step that writes can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WriteResult {
    /// The target answered.
    Answered,
    /// It took effect, and its answer was lost.
    Applied,
    /// It is never answered, while other calls are.
    NeverAnswered(Box<Divergence>),
    /// Nobody knows, for this reason.
    Unknown(String),
}

/// The effect of a call whose answer was lost.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum WriteEffect {
    /// It took effect.
    Applied,
    /// It did nothing.
    NotApplied,
    /// Neither is known.
    Unknown,
}

/// The effect that a read shows, by which of the two worlds there may be has the keys as they are seen;
/// `None` if both or neither have, or if the read was not granted.
fn effect_shown(
    view_read: &ViewRead,
    keys: &BTreeSet<Key>,
    observation: &Observation,
    without: &mut World,
    with: &mut World,
) -> Option<WriteEffect> {
    if !matches!(observation, Observation::Granted(_)) {
        return None;
    }
    let fits = |world: &mut World| {
        let reply = view_read.call.apply(world, view_read.account, &Name::none());
        let comparison = judge(&Answer::Granted(reply), observation);
        let is_meant = |it: &Divergence| it.key.as_ref().is_some_and(|key| keys.contains(key));
        !comparison.diverges.iter().any(is_meant)
    };
    match (fits(without), fits(with)) {
        (false, true) => Some(WriteEffect::Applied),
        (true, false) => Some(WriteEffect::NotApplied),
        (true, true) | (false, false) => None,
    }
}

/// The effect of the creation of a share, by the shares listed since that nobody knows; `None` if
/// another read may tell. `new` is `None` if the list was not granted.
fn effect_by_new_shares(new: Option<&[String]>, is_over: bool) -> Option<WriteEffect> {
    match (new, is_over) {
        (Some([_]), _) => Some(WriteEffect::Applied),
        (Some([_, _, ..]), _) | (None, true) => Some(WriteEffect::Unknown),
        (Some([]), true) => Some(WriteEffect::NotApplied),
        (Some([]) | None, false) => None,
    }
}

/// The share of the invitation that a call answers.
fn answers_an_invitation(call: &Call) -> Option<&Name> {
    match call.answered_invitation()? {
        InvitationRef::To { share, .. } => Some(share),
        InvitationRef::Literal(_) => None,
    }
}

impl Player<'_> {
    /// Sends a step that writes. Where its answer is lost, finds out whether it took effect, and sends it
    /// again where it did not.
    pub(super) async fn write(
        &mut self,
        index: usize,
        step: &Step,
        made: &Name,
        decision: &Decision,
    ) -> (Observation, WriteResult) {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let known_shares = self.sender.session.unmapped_shares.clone();
            let observation = self.send_once_ready(step, made, decision).await;
            let Observation::Indeterminate(fault) = &observation else {
                return (observation, WriteResult::Answered);
            };
            let is_refused = matches!(decision, Decision::Refused(_));
            let expected = self.expected_answer(step, decision);
            let effect = if self.sender.session.fixtures.is_unsure()
                || matches!(decision, Decision::Open(_))
            {
                WriteEffect::Unknown
            } else if fault.phase == Phase::Setup || is_refused {
                WriteEffect::NotApplied
            } else if step.call.makes().is_empty() {
                self.infer_effect(step, made).await
            } else {
                self.effect_of_made(step, made, &known_shares).await
            };
            match effect {
                WriteEffect::NotApplied => {}
                WriteEffect::Applied => {
                    self.suspect(index, step, &expected, fault);
                    return (observation, WriteResult::Applied);
                }
                WriteEffect::Unknown => {
                    let result = self.unanswered(step, made, &expected, fault).await;
                    return (observation, result);
                }
            }
            if attempt == REPEATS || self.sender.is_failing(step.call.operation()) {
                let result = self.unanswered(step, made, &expected, fault).await;
                return (observation, result);
            }
            self.clock.wait(PAUSE * 4).await;
        }
    }

    /// The result of a write that met a fault each time, and whose effect is not known, or is none.
    async fn unanswered(
        &mut self,
        step: &Step,
        made: &Name,
        expected: &Answer,
        fault: &Indeterminate,
    ) -> WriteResult {
        let unanswered = Unanswered { actor: step.actor, call: &step.call, made, fault };
        match self.never_answered(&unanswered, expected).await {
            Some(divergence) => WriteResult::NeverAnswered(Box::new(divergence)),
            None => WriteResult::Unknown(fault.detail.clone()),
        }
    }

    /// Finds out by reading whether a call that makes nothing has taken effect: of the two worlds
    /// that there may be, which one is seen.
    ///
    /// What an earlier change has not shown yet looks as if this call had ended it. So an effect counts
    /// once that change has had its time.
    async fn infer_effect(&mut self, step: &Step, made: &Name) -> WriteEffect {
        let (mut without, mut with) = (self.world.clone(), self.world.clone());
        step.call.apply(&mut with, step.actor, made);
        if without == with {
            return WriteEffect::NotApplied;
        }
        let mut view_reads =
            view_reads::changed(&mut without.clone(), &mut with.clone(), self.shape);
        view_reads.retain(|it| self.options.capabilities.can(&it.view_read.call));
        let begun = self.clock.now();
        let least = self.bound.longest().max(EFFECT_SEEN);
        let settled = self.changed + self.bound.longest();
        let mut pause = PAUSE;
        loop {
            let is_settled = self.clock.now() >= settled;
            let mut unchanged = 0;
            for Change { view_read, keys, .. } in &view_reads {
                let observation = self.sender.send(view_read.account, &view_read.call, None).await;
                match effect_shown(view_read, keys, &observation, &mut without, &mut with) {
                    Some(WriteEffect::NotApplied) => unchanged += 1,
                    Some(effect) if is_settled => return effect,
                    Some(_) | None => {}
                }
            }
            if self.clock.since(begun) >= least {
                return if unchanged > 0 { WriteEffect::NotApplied } else { WriteEffect::Unknown };
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }

    /// Finds out whether a call that makes something has taken effect. A share shows by being listed
    /// though nobody knows it; what holds nothing else may be left behind unknown.
    async fn effect_of_made(
        &mut self,
        step: &Step,
        made: &Name,
        known: &BTreeSet<String>,
    ) -> WriteEffect {
        let own = role::of_call(&self.world, step.actor, &step.call);
        if step.call.lost_answer() == Some(LostAnswer::Orphans)
            && matches!(own, Role::Owner | Role::Caller)
        {
            self.may_have_orphans = true;
            return WriteEffect::NotApplied;
        }
        let Call::CreateResourceShare(create) = step.call.without_region() else {
            return WriteEffect::Unknown;
        };
        let list: Call = bellwether_model::operations::ram::GetResourceShares::default().into();
        let list = list.made_in(step.call.region());
        let begun = self.clock.now();
        let least = self.bound.longest().max(EFFECT_SEEN);
        let mut pause = PAUSE;
        loop {
            let listed = self.sender.send(step.actor, &list, None).await;
            let is_over = self.clock.since(begun) >= least;
            let unmapped = &self.sender.session.unmapped_shares;
            let new: Option<Vec<String>> = matches!(listed, Observation::Granted(_))
                .then(|| unmapped.difference(known).cloned().collect());
            match (effect_by_new_shares(new.as_deref(), is_over), new.as_deref()) {
                (Some(WriteEffect::Applied), Some([arn])) => {
                    let session = &mut self.sender.session;
                    session.names.keep_made(step.actor, &create.client_token, made, arn);
                    session.unmapped_shares.remove(arn);
                    return WriteEffect::Applied;
                }
                (Some(effect), _) => return effect,
                (None, _) => {}
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }

    /// Sends a step that writes; again for a while where the target is not ready for it yet.
    async fn send_once_ready(
        &mut self,
        step: &Step,
        made: &Name,
        decision: &Decision,
    ) -> Observation {
        let begun = self.clock.now();
        let mut pause = PAUSE;
        loop {
            let observation = self.sender.send(step.actor, &step.call, Some(made)).await;
            let granted = matches!(decision, Decision::Granted);
            let answered = answers_an_invitation(&step.call);
            let waits = match &observation {
                // The newest invitation that is seen may be one that has ended: it is looked up again.
                Observation::Refused { code, .. } if ENDED.contains(&code.as_str()) => {
                    if let Some(share) = answered {
                        self.sender.session.names.expect_invitations(share);
                    }
                    granted && answered.is_some()
                }
                Observation::Refused { code, .. } => granted && NOT_YET.contains(&code.as_str()),
                // An invitation is looked up where it may be new, and may not be seen yet.
                Observation::Unsendable(_) => granted && answered.is_some(),
                Observation::Granted(_)
                | Observation::Malformed(_)
                | Observation::Indeterminate(_)
                | Observation::Unimplemented(_) => false,
            };
            if !waits || self.clock.since(begun) >= self.bound.longest() {
                return observation;
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::judge::Observed;
    use bellwether_model::operations::ec2;
    use bellwether_model::operations::ram::AcceptResourceShareInvitation;
    use bellwether_model::parameters::Reference;
    use bellwether_model::{Account, Shape};

    use super::*;

    /// The effect of a call about the VPC `vpc` that an observed list of VPCs shows.
    fn effect(without: &World, call: &Call, listed: &Observation) -> Option<WriteEffect> {
        let (mut without, mut with) = (without.clone(), without.clone());
        call.apply(&mut with, Account::OWNER, &Name::new("vpc"));
        let call = ec2::DescribeVpcs::default().into();
        let view_read = ViewRead { account: Account::OWNER, call };
        let keys = BTreeSet::from([Key::Resource(Name::new("vpc"))]);
        effect_shown(&view_read, &keys, listed, &mut without, &mut with)
    }

    #[test]
    fn a_read_after_a_lost_write_tells_its_effect() {
        let empty = World::new(Shape::Standalone);
        let mut with_vpc = empty.clone();
        let create: Call = ec2::CreateVpc::default().into();
        create.apply(&mut with_vpc, Account::OWNER, &Name::new("vpc"));
        let delete: Call = ec2::DeleteVpc { vpc_id: Reference::Named(Name::new("vpc")) }.into();
        let nothing = Observation::Granted(Observed::default());
        assert_eq!(effect(&empty, &create, &nothing), Some(WriteEffect::NotApplied));
        assert_eq!(effect(&with_vpc, &delete, &nothing), Some(WriteEffect::Applied));
        let refused = Observation::Refused { code: "X".into(), message: String::new() };
        assert_eq!(effect(&empty, &create, &refused), None);
    }

    #[test]
    fn a_security_group_that_is_given_a_name_is_not_made_a_second_time() {
        let create = |name: &str| -> Call {
            let vpc_id = Reference::Named(Name::new("vpc"));
            ec2::CreateSecurityGroup { vpc_id, group_name: name.into() }.into()
        };
        assert_eq!(create("web").lost_answer(), Some(LostAnswer::Unknown));
        assert_eq!(create("").lost_answer(), Some(LostAnswer::Orphans));
    }

    #[test]
    fn a_single_new_share_is_the_one_that_was_made() {
        let arns = ["a".to_owned(), "b".to_owned()];
        for is_over in [false, true] {
            let effect = |new| effect_by_new_shares(new, is_over);
            assert_eq!(effect(Some(&arns[..1])), Some(WriteEffect::Applied));
            assert_eq!(effect(Some(&arns[..])), Some(WriteEffect::Unknown));
        }
        assert_eq!(effect_by_new_shares(Some(&[]), false), None, "it may be on its way");
        assert_eq!(effect_by_new_shares(Some(&[]), true), Some(WriteEffect::NotApplied));
        assert_eq!(effect_by_new_shares(None, false), None);
        assert_eq!(effect_by_new_shares(None, true), Some(WriteEffect::Unknown));
    }

    #[test]
    fn only_the_answer_to_an_invitation_of_a_share_names_the_share() {
        let create: Call = ec2::CreateVpc::default().into();
        assert_eq!(answers_an_invitation(&create), None);
        let literal = InvitationRef::Literal("arn:aws:ram:us-east-1:1:invitation/a".into());
        let accept = AcceptResourceShareInvitation { invitation: literal, ..Default::default() };
        assert_eq!(answers_an_invitation(&accept.into()), None);
    }
}
