//! Plays a scenario against a target: sends its steps, looks at what changed, judges both.

mod claims;
pub(crate) mod nearby;
pub(crate) mod role;
mod tally;
mod view_reads;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bellwether_model::answer::{Decision, Key, Value};
use bellwether_model::judge::{Difference, Divergence, Findings, Observation, ObservedRow, judge};
use bellwether_model::operations::LostAnswer;
use bellwether_model::parameters::{InvitationRef, Reference};
use bellwether_model::rules::Rule;
use bellwether_model::{Account, Answer, Assumptions, Call, Name, Shape, World};

use nearby::{Nearby, principals_of};
pub use tally::Tally;
pub use view_reads::{SeenSignatures, ViewRead, view_reads_of};

use claims::Test;
use view_reads::{After, Change, Signature};

use crate::capabilities::Capabilities;
use crate::clock::Clock;
use crate::scenario::{Claim, Step};
use crate::target::{Bound, Target, TargetError};
use crate::wire::{Sent, Session, is_beside, is_silence, is_throttled, is_unreadable};

/// How a play looks at the views of the accounts.
#[derive(Clone, Debug)]
pub enum ReadPolicy {
    /// After each step at what it may have changed, and at everything at the end.
    AfterEachStep,
    /// The same, without looks that would tell what others have told, of the same play or of those
    /// that are given: for drawn cases.
    NovelOnly(Arc<SeenSignatures>),
    /// At one account's one read, after the last step: for shrinking.
    FinalRead(Box<ViewRead>),
    /// The same again and again for some seconds: for shrinking what is shown by turns.
    PollFinalRead(Box<ViewRead>),
    /// Not at all: for shrinking what an answer showed.
    Never,
}

/// What a play needs to know besides its steps.
#[derive(Clone, Debug)]
pub struct PlayOptions {
    /// What is taken for granted of the target, against AWS.
    pub assumptions: Assumptions,
    /// How it looks.
    pub reads: ReadPolicy,
    /// What the target has; no view read is made that it does not have.
    pub capabilities: Capabilities,
}

/// Where a divergence comes from: divergences of one origin are one finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// How.
    pub difference: Difference,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The part that the caller plays: `owner`, `consumer`, `stranger` or `caller`.
    pub role: &'static str,
}

/// A divergence, and where it showed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its origin.
    pub origin: Origin,
    /// What is expected, and what was observed.
    pub divergence: Divergence,
    /// The step after which, or in whose answer, it showed; counted from 0.
    pub step: usize,
    /// The steps until then that the target had to grant and did not: what is expected after them is expected
    /// as if they had not been.
    pub wrongly_refused_steps: Vec<usize>,
    /// The read that showed it; nothing if it was the step's own answer.
    pub view_read: Option<ViewRead>,
    /// How long after the step it was still so.
    pub waited: Duration,
    /// The requests of the play until then.
    pub requests: u64,
}

/// How a play ended.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// The divergences, the first of each origin, in the order in which they showed.
    pub findings: Vec<Finding>,
    /// What was reached, and what conforms.
    pub tally: Tally,
    /// The steps that were sent.
    pub steps: u64,
    /// The requests, those that set up the world included.
    pub requests: u64,
    /// Why the play says nothing from some step on, if so.
    pub inconclusive: Option<String>,
    /// Calls whose answer can't be read, one of each operation: divergences if it never can.
    pub unreadable: Vec<Finding>,
    /// What its view reads have told, where it looked tellingly.
    pub told: SeenSignatures,
}

/// How often a request is sent at the most that meets weather, where sending it again is harmless.
const TRIES: u32 = 5;

/// The same where waiting costs no time of the outside.
const TRIES_TOLD: u32 = 14;

/// How often it is sent where nobody answers at all.
const TRIES_IN_SILENCE: u32 = 3;

/// How often requests are sent again in one play.
const AGAIN_MAX: u32 = 1_000;

/// How often a call is made again that was found to have done nothing.
const REPEATS: u32 = 6;

/// The longest that a target is left alone because it asked for it.
const LEFT_ALONE_MAX: Duration = Duration::from_secs(20);

/// How long what a call did may take to be seen at the least, where its answer was lost.
const EFFECT_SEEN: Duration = Duration::from_millis(200);

/// How long after a bound of zero a view is read once more, to tell late from never.
const GRACE: Duration = Duration::from_millis(30);

/// How long after its bound a view is read once more at the most.
const GRACE_MAX: Duration = Duration::from_secs(10);

/// The first pause between two looks at the same; it doubles up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_millis(25);

/// How often a view read is made again that is watched; the pauses grow as between other view reads.
const WATCHED: u32 = 8;

/// The longest pause between two looks at the same.
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// Codes by which AWS refuses for a while what it grants once resources have settled, and that no rule
/// decides: row RAM-ASSOC-09 of the rulebook, and a change to a version that was read too early.
const NOT_YET: [&str; 2] = ["InvalidStateTransitionException", "PrefixListVersionMismatch"];

/// Refusals of who answers an invitation that has ended.
const ENDED: [&str; 3] = [
    "ResourceShareInvitationAlreadyAcceptedException",
    "ResourceShareInvitationAlreadyRejectedException",
    "ResourceShareInvitationExpiredException",
];

/// What came of a step that writes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum WriteResult {
    /// The target answered.
    Answered,
    /// It took effect, and its answer was lost.
    Applied,
    /// Nobody knows, for this reason.
    Unknown(String),
}

/// What became of a call whose answer was lost.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum WriteEffect {
    Applied,
    NotApplied,
    Unknown,
}

/// What a read showed in the end.
struct Settled {
    observation: Observation,
    findings: Findings,
    /// How long after the last change.
    waited: Duration,
}

/// The share of the invitation that a call answers.
fn answers_an_invitation(call: &Call) -> Option<&Name> {
    match call.answered_invitation()? {
        InvitationRef::To { share, .. } => Some(share),
        InvitationRef::Literal(_) => None,
    }
}

/// Plays steps against fresh accounts of a target.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play(
    target: &Target,
    shape: Shape,
    steps: &[Step],
    options: &PlayOptions,
) -> Result<Played, TargetError> {
    play_again(target, shape, steps, options, 0).await
}

/// Plays steps as [`play`] does, for another turn: in another weather, where the target has any.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play_again(
    target: &Target,
    shape: Shape,
    steps: &[Step],
    options: &PlayOptions,
    turn: u64,
) -> Result<Played, TargetError> {
    let player = Player::begin(target, shape, options, salt(steps) ^ turn).await?;
    Ok(player.play(steps).await.0)
}

/// A number for steps, by which their weather is drawn.
fn salt<'s>(steps: impl IntoIterator<Item = &'s Step>) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    for step in steps {
        step.to_string().hash(&mut hasher);
    }
    hasher.finish()
}

/// Plays steps as [`play`] does, and returns with it every call that was sent, looks included:
/// for measuring what all but the sending costs.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play_and_keep(
    target: &Target,
    shape: Shape,
    steps: &[Step],
    options: &PlayOptions,
) -> Result<(Played, Vec<Sent>), TargetError> {
    let mut player = Player::begin(target, shape, options, salt(steps)).await?;
    player.session.sent = Some(Vec::new());
    Ok(player.play(steps).await)
}

/// A play on its way: the session with the target, and the world as the model has it.
pub(crate) struct Player<'a> {
    session: Session,
    shape: Shape,
    world: World,
    bound: Bound,
    clock: Clock,
    /// When the world was last changed, by the target's own clock.
    changed: Duration,
    /// What was seen to be as it is expected since then, by the read that showed it.
    settled: Vec<(ViewRead, Vec<Key>)>,
    /// Which step came to each resource last.
    nearby: Nearby,
    /// Looks that a step was worth and that were put off, each with what it is about.
    deferred_reads: Vec<(ViewRead, BTreeSet<Key>)>,
    options: &'a PlayOptions,
    setup_requests: u64,
    played: Played,
    /// The resources that a view read has missed, by the account that is to see them.
    lost: BTreeSet<(Account, Name)>,
    /// The steps that had to be granted and were not.
    wrongly_refused_steps: Vec<usize>,
    /// The reads whose answers were never readable, as often as they were made.
    unread: BTreeSet<&'static str>,
    /// How often requests were sent again.
    again: u32,
    /// Whether something may have been made that nobody knows.
    may_have_orphans: bool,
    /// Whether the target's world is no longer the model's, so that nothing more can be judged.
    stopped: bool,
}

impl<'a> Player<'a> {
    /// Opens a case, whose weather is drawn by `salt`.
    pub(crate) async fn begin(
        target: &Target,
        shape: Shape,
        options: &'a PlayOptions,
        salt: u64,
    ) -> Result<Self, TargetError> {
        let opened = target.open_in(shape, options.assumptions, salt).await?;
        Ok(Self {
            session: opened.session,
            shape,
            world: World::new(shape).assuming(options.assumptions),
            bound: target.bound,
            changed: opened.clock.now(),
            clock: opened.clock,
            settled: Vec::new(),
            nearby: Nearby::default(),
            deferred_reads: Vec::new(),
            options,
            setup_requests: opened.setup_requests,
            played: Played::default(),
            lost: BTreeSet::new(),
            wrongly_refused_steps: Vec::new(),
            unread: BTreeSet::new(),
            again: 0,
            may_have_orphans: false,
            stopped: false,
        })
    }

    /// Plays all steps, and ends.
    async fn play(mut self, steps: &[Step]) -> (Played, Vec<Sent>) {
        for (index, step) in steps.iter().enumerate() {
            self.step(index, step).await;
            if self.stopped {
                break;
            }
        }
        self.end_and_keep(steps.len()).await
    }

    /// How many divergences were found so far.
    pub(crate) fn findings(&self) -> usize {
        self.played.findings.len()
    }

    /// Plays one step; returns what came of it, or nothing where it could not be sent.
    pub(crate) async fn step(&mut self, index: usize, step: &Step) -> Option<Observation> {
        if step.call.names().into_iter().any(|name| !self.exists(name)) {
            return None;
        }
        if self.may_have_orphans && step.call.info().blocked_by_orphans {
            return None;
        }
        let made = step.made_name(index);
        let mut before = self.world.clone();
        let decision = step.call.check(&before, step.actor);
        let ahead = self.make_reads_due_before(index, step, &made, &decision).await;
        if self.stopped || self.played.inconclusive.is_some() {
            return None;
        }
        self.played.steps += 1;
        if !step.call.writes() {
            return Some(self.read(index, step, &before, decision).await);
        }
        let (observation, taken) = self.write(index, step, &made, &decision).await;
        match taken {
            WriteResult::Answered => {
                let granted = matches!(observation, Observation::Granted(_));
                if matches!(decision, Decision::Granted) && !granted {
                    self.wrongly_refused_steps.push(index);
                }
                let expected = self.follow(step, &made, decision, &observation);
                self.judge_answer(index, step, &before, &expected, &observation);
            }
            WriteResult::Applied => {
                step.call.apply(&mut self.world, step.actor, &made);
            }
            WriteResult::Unknown(how) => {
                let operation = step.call.operation();
                self.give_up(format!("{operation}: what became of it is not known: {how}"));
                self.stopped = true;
            }
        }
        if before != self.world {
            self.changed = self.clock.now();
        }
        self.settled.clear();
        if matches!(self.options.reads, ReadPolicy::AfterEachStep | ReadPolicy::NovelOnly(_)) {
            if matches!(observation, Observation::Granted(_)) {
                self.nearby.note(step);
            }
            let changes = match ahead {
                Some((world, changes)) if world == self.world => changes,
                Some(_) | None => view_reads::changed(&mut before, &mut self.world, self.shape),
            };
            let after = After {
                operation: step.call.operation(),
                role: role::of_call(&before, step.actor, &step.call),
                principals: principals_of(&step.call),
            };
            self.observe_changes(index, &after, changes).await;
        }
        Some(observation)
    }

    /// Looks at what a step has changed, or leaves it for later, where that is worth its request.
    async fn observe_changes(&mut self, index: usize, after: &After, changes: Vec<Change>) {
        // Where time is given, it is watched how much is taken.
        let later = matches!(self.options.reads, ReadPolicy::NovelOnly(_)) && self.bound.is_zero();
        for change in changes {
            if self.stopped {
                break;
            }
            if !self.is_worth_it(|| view_reads::signatures(after, &change)) {
                continue;
            }
            let Change { view_read, keys, .. } = change;
            if later {
                self.defer(view_read, keys);
            } else {
                self.make_view_read(index, &view_read, &keys).await;
            }
        }
    }

    /// Leaves a view read for later: what other steps change may show in the same read.
    fn defer(&mut self, view_read: ViewRead, keys: BTreeSet<Key>) {
        match self.deferred_reads.iter_mut().find(|(it, _)| *it == view_read) {
            Some((_, all)) => all.extend(keys),
            None => self.deferred_reads.push((view_read, keys)),
        }
    }

    /// Makes the view reads that were put off, and that would no longer show what they are for after a
    /// step. What the step is to change, and the world that it leads to, is returned where that had
    /// to be found out.
    async fn make_reads_due_before(
        &mut self,
        index: usize,
        step: &Step,
        made: &Name,
        decision: &Decision,
    ) -> Option<(World, Vec<Change>)> {
        if self.deferred_reads.is_empty() || !step.call.writes() {
            return None;
        }
        let mut next = self.world.clone();
        match decision {
            Decision::Refused(_) => return None,
            Decision::Open(open) => {
                step.call.apply_assumed(&mut next, step.actor, made, open.rules[0]);
            }
            Decision::Granted => {
                step.call.apply(&mut next, step.actor, made);
            }
        }
        let changes = view_reads::changed(&mut self.world, &mut next, self.shape);
        let left = view_reads::complete(&next, self.shape);
        let is_last_chance = |(view_read, keys): &(ViewRead, BTreeSet<Key>)| {
            let overlaps = |it: &Change| it.view_read == *view_read && !it.keys.is_disjoint(keys);
            changes.iter().any(overlaps) || !left.contains(view_read)
        };
        let deferred_reads = std::mem::take(&mut self.deferred_reads);
        let (due, rest): (Vec<_>, Vec<_>) = deferred_reads.into_iter().partition(is_last_chance);
        self.deferred_reads = rest;
        for (view_read, keys) in due {
            if self.stopped || self.played.inconclusive.is_some() {
                break;
            }
            self.make_view_read(index.saturating_sub(1), &view_read, &keys).await;
        }
        Some((next, changes))
    }

    /// Sends a step that writes. Where its answer is lost, looks whether it took effect, and sends it
    /// again where it did not.
    async fn write(
        &mut self,
        index: usize,
        step: &Step,
        made: &Name,
        decision: &Decision,
    ) -> (Observation, WriteResult) {
        let mut last = String::new();
        for turn in 0..REPEATS {
            let strange = self.session.strange_shares.clone();
            let observation = self.send_once_ready(step, made, decision).await;
            if let Observation::Weather(how) | Observation::Malformed(how) = &observation {
                last.clone_from(how);
            }
            let beside = match &observation {
                Observation::Weather(how) => is_beside(how),
                Observation::Malformed(how) if is_unreadable(how) => {
                    self.suspect(index, step, decision, &observation);
                    false
                }
                Observation::Granted(_)
                | Observation::Refused { .. }
                | Observation::Malformed(_)
                | Observation::Unimplemented(_)
                | Observation::Unsendable(_) => return (observation, WriteResult::Answered),
            };
            let refused = matches!(decision, Decision::Refused(_));
            if refused && turn + 1 == REPEATS && matches!(observation, Observation::Malformed(_)) {
                return (observation, WriteResult::Answered);
            }
            let effect =
                if self.session.fixtures.is_unsure() || matches!(decision, Decision::Open(_)) {
                    WriteEffect::Unknown
                } else if beside || refused {
                    WriteEffect::NotApplied
                } else if step.call.makes().is_empty() {
                    self.infer_effect(step, made).await
                } else {
                    self.effect_of_made(step, made, &strange).await
                };
            match effect {
                WriteEffect::NotApplied => {}
                WriteEffect::Applied => return (observation, WriteResult::Applied),
                WriteEffect::Unknown => return (observation, WriteResult::Unknown(last)),
            }
            self.clock.wait(PAUSE * 4).await;
        }
        let gone = format!("it did nothing, as often as it was sent: {last}");
        (Observation::Weather(gone.clone()), WriteResult::Unknown(gone))
    }

    /// Takes note of an answer that can't be read; whether ever one can, other plays know.
    fn suspect(
        &mut self,
        index: usize,
        step: &Step,
        decision: &Decision,
        observation: &Observation,
    ) {
        let operation = step.call.operation();
        self.played.tally.weather("an answer that can't be read");
        if self.played.unreadable.iter().any(|it| it.origin.operation == operation) {
            return;
        }
        let expected = match decision {
            Decision::Granted => {
                let mut aside = self.world.clone();
                Answer::Granted(step.call.apply(&mut aside, step.actor, &Name::new("")))
            }
            Decision::Refused(refusal) => Answer::Refused(refusal.clone()),
            Decision::Open(_) => return,
        };
        let role = role::of_call(&self.world, step.actor, &step.call);
        let requests = self.session.requests + self.setup_requests;
        self.played.unreadable.extend(judge(&expected, observation).diverges.into_iter().map(
            |divergence| Finding {
                origin: Origin {
                    rule: divergence.rule.name,
                    difference: divergence.difference,
                    operation,
                    role,
                },
                divergence,
                step: index,
                wrongly_refused_steps: self.wrongly_refused_steps.clone(),
                view_read: None,
                waited: Duration::ZERO,
                requests,
            },
        ));
    }

    /// Finds out by looking whether a call that makes nothing has taken effect: of the two worlds
    /// that there may be, which one is seen.
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
        let mut pause = PAUSE;
        loop {
            let mut unchanged = 0;
            for Change { view_read, keys, .. } in &view_reads {
                let observation =
                    self.send(view_read.account, &view_read.call, &Name::new("")).await;
                if !matches!(observation, Observation::Granted(_)) {
                    continue;
                }
                let fits = |world: &mut World| {
                    let reply = view_read.call.apply(world, view_read.account, &Name::new(""));
                    let findings = judge(&Answer::Granted(reply), &observation);
                    let keys =
                        |it: &Divergence| it.key.as_ref().is_some_and(|key| keys.contains(key));
                    !findings.diverges.iter().any(keys)
                };
                match (fits(&mut without), fits(&mut with)) {
                    (false, true) => return WriteEffect::Applied,
                    (true, false) => unchanged += 1,
                    (true, true) | (false, false) => {}
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
        let way_on = step.call.info().lost_answer;
        if way_on == Some(LostAnswer::Orphans) && matches!(own, "owner" | "caller") {
            self.may_have_orphans = true;
            return WriteEffect::NotApplied;
        }
        let Call::CreateResourceShare(create) = &step.call else { return WriteEffect::Unknown };
        let list: Call = bellwether_model::operations::ram::GetResourceShares::default().into();
        let begun = self.clock.now();
        let least = self.bound.longest().max(EFFECT_SEEN);
        let mut pause = PAUSE;
        loop {
            let listed = self.send(step.actor, &list, &Name::new("")).await;
            if matches!(listed, Observation::Granted(_)) {
                let new: Vec<String> =
                    self.session.strange_shares.difference(known).cloned().collect();
                match &new[..] {
                    [] if self.clock.since(begun) >= least => return WriteEffect::NotApplied,
                    [] => {}
                    [arn] => {
                        self.session.names.keep_made(step.actor, &create.client_token, made, arn);
                        self.session.strange_shares.remove(arn);
                        return WriteEffect::Applied;
                    }
                    [_, _, ..] => return WriteEffect::Unknown,
                }
            } else if self.clock.since(begun) >= least {
                return WriteEffect::Unknown;
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
            let observation = self.send(step.actor, &step.call, made).await;
            let granted = matches!(decision, Decision::Granted);
            let answered = answers_an_invitation(&step.call);
            let waits = match &observation {
                // The newest invitation that is seen may be one that has ended: it is looked up again.
                Observation::Refused { code, .. } if ENDED.contains(&code.as_str()) => {
                    if let Some(share) = answered {
                        self.session.names.expect_invitations(share);
                    }
                    granted && answered.is_some()
                }
                Observation::Refused { code, .. } => granted && NOT_YET.contains(&code.as_str()),
                // An invitation is looked up where it may be new, and may not be seen yet.
                Observation::Unsendable(_) => granted && answered.is_some(),
                Observation::Granted(_)
                | Observation::Malformed(_)
                | Observation::Weather(_)
                | Observation::Unimplemented(_) => false,
            };
            if !waits || self.clock.since(begun) >= self.bound.longest() {
                return observation;
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }

    /// Plays a step that reads: what it shows may take its time, as what a view read shows.
    async fn read(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        decision: Decision,
    ) -> Observation {
        let nameless = Name::new("");
        let expected = match decision {
            Decision::Granted => {
                Answer::Granted(step.call.apply(&mut self.world, step.actor, &nameless))
            }
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(open) => Answer::Open(open),
        };
        let view_read = ViewRead { account: step.actor, call: step.call.clone() };
        let seen = self.settle(&view_read, &expected, &BTreeSet::new()).await;
        let Settled { observation, findings, waited } = seen;
        self.judge_findings(index, step, before, &expected, &observation, (findings, waited));
        observation
    }

    /// Whether a claim holds on the target; nothing where that can't be observed.
    pub(crate) async fn claim(&mut self, claim: &Claim) -> Option<bool> {
        let test = claims::test_of(claim, &self.world)?;
        let begun = self.clock.now();
        let mut pause = PAUSE;
        loop {
            let holds = match &test {
                Test::Row { view_read, key, status, present } => self
                    .shows(view_read, key, status.as_deref())
                    .await
                    .map(|shown| shown == *present),
                Test::Launch { account, call, granted } => {
                    self.may(*account, call).await.map(|may| may == *granted)
                }
            };
            if holds != Some(false) || self.clock.since(begun) >= self.bound.longest() {
                return holds;
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }

    /// Whether a read shows a row, in this status where one is asked for.
    async fn shows(
        &mut self,
        view_read: &ViewRead,
        key: &Key,
        status: Option<&str>,
    ) -> Option<bool> {
        let observation = self.send(view_read.account, &view_read.call, &Name::new("")).await;
        let Observation::Granted(observed) = observation else {
            return None;
        };
        let row = observed.rows.iter().find(|row| row.key == *key);
        let fits = |row: &ObservedRow| {
            let mut fields = row.fields.iter();
            status.is_none_or(|status| {
                fields
                    .any(|(name, value)| *name == "status" && *value == Value::Text(status.into()))
            })
        };
        Some(row.is_some_and(fits))
    }

    /// Whether an account may launch: it does, and ends what it launched.
    async fn may(&mut self, account: Account, call: &Call) -> Option<bool> {
        let name = Name::new(format!("probe.{}", self.session.requests));
        match self.send(account, call, &name).await {
            Observation::Granted(_) => {
                let named = Reference::Named(name);
                if let Some(ended_by) = call.info().launch_ended_by {
                    self.send(account, &ended_by(named), &Name::new("")).await;
                }
                Some(true)
            }
            Observation::Refused { .. } => Some(false),
            Observation::Malformed(_)
            | Observation::Weather(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => None,
        }
    }

    /// Whether a step can name this: the model and the target made it.
    fn exists(&self, name: &Name) -> bool {
        self.world.has_made(name) && self.session.names.knows(name)
    }

    /// Sends a call; what met weather is sent again where that is harmless.
    async fn send(&mut self, actor: Account, call: &Call, made: &Name) -> Observation {
        let mut pause = PAUSE * 2;
        let tries = if self.clock.is_told() { TRIES_TOLD } else { TRIES };
        let operation = call.operation();
        for turn in 1.. {
            let observation = self.session.send(actor, call, made).await;
            let most = match &observation {
                Observation::Weather(how) => {
                    self.played.tally.weather(how);
                    let harmless = !call.writes() || is_throttled(how);
                    let most = if is_silence(how) { TRIES_IN_SILENCE } else { tries };
                    if harmless { most } else { 0 }
                }
                Observation::Malformed(how) if is_unreadable(how) && !call.writes() => {
                    self.played.tally.weather("an answer that can't be read");
                    if self.unread.contains(operation) { 0 } else { tries }
                }
                Observation::Granted(_)
                | Observation::Refused { .. }
                | Observation::Malformed(_)
                | Observation::Unimplemented(_)
                | Observation::Unsendable(_) => 0,
            };
            if turn >= most || self.again >= AGAIN_MAX {
                if most > 0 && matches!(observation, Observation::Malformed(_)) {
                    self.unread.insert(operation);
                }
                return observation;
            }
            self.again += 1;
            let asked = self.session.retry_after.unwrap_or_default().min(LEFT_ALONE_MAX);
            self.clock.wait(pause.max(asked)).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
        unreachable!("the turns do not end")
    }

    /// Moves the model on by what the target did, and returns what was expected.
    fn follow(
        &mut self,
        step: &Step,
        made: &Name,
        decision: Decision,
        observation: &Observation,
    ) -> Answer {
        let granted = matches!(observation, Observation::Granted(_));
        match decision {
            Decision::Granted if granted => {
                Answer::Granted(step.call.apply(&mut self.world, step.actor, made))
            }
            Decision::Granted => {
                let mut aside = self.world.clone();
                Answer::Granted(step.call.apply(&mut aside, step.actor, made))
            }
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(open) => {
                if granted {
                    step.call.apply_assumed(&mut self.world, step.actor, made, open.rules[0]);
                }
                Answer::Open(open)
            }
        }
    }

    fn judge_answer(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        expected: &Answer,
        observation: &Observation,
    ) {
        let findings = (judge(expected, observation), Duration::ZERO);
        self.judge_findings(index, step, before, expected, observation, findings);
    }

    /// Takes up what the answer to a step has shown, after so long.
    fn judge_findings(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        expected: &Answer,
        observation: &Observation,
        (mut findings, waited): (Findings, Duration),
    ) {
        let operation = step.call.operation();
        self.played.tally.answered(operation, observation);
        match (expected, observation) {
            (_, Observation::Weather(how)) => {
                if step.call.writes() {
                    // Whether the call took effect is not known, so nothing after it is either.
                    self.give_up(format!("{operation}: {how}"));
                    self.stopped = true;
                }
                return;
            }
            (Answer::Open(open), _) => {
                self.played.tally.left_open(open, operation, observation);
                return;
            }
            (_, Observation::Unimplemented(_) | Observation::Unsendable(_)) => return,
            (
                Answer::Granted(_) | Answer::Refused(_),
                Observation::Granted(_) | Observation::Refused { .. } | Observation::Malformed(_),
            ) => {}
        }
        if let Observation::Granted(observed) = observation {
            for row in &observed.rows {
                self.played.tally.seen(step.actor, row.key.clone());
            }
        }
        for (rule, answer) in findings.open.drain(..) {
            self.played.tally.open(rule, operation, answer);
        }
        let is_lost = |name: &&Name| self.lost.contains(&(step.actor, (*name).clone()));
        if step.call.names().iter().any(is_lost) {
            // What the target hides wrongly it refuses as missing: one fault, not two.
            let wrong_code = |it: &Divergence| it.difference == Difference::WrongCode;
            findings.diverges.retain(|divergence| !wrong_code(divergence));
        }
        let masked = findings
            .diverges
            .iter()
            .any(|divergence| matches!(divergence.difference, Difference::WronglyGranted))
            || matches!(observation, Observation::Malformed(_));
        self.played.tally.conform(step.actor, operation, expected, observation, &findings.conforms);
        for divergence in findings.diverges {
            let role = match &divergence.key {
                Some(key) => role::of(before, step.actor, &key.names()),
                None => role::of_call(before, step.actor, &step.call),
            };
            self.find(index, None, operation, role, divergence, waited);
        }
        // Once the target has granted what it must refuse, its world is no longer the model's.
        self.stopped |= masked;
    }

    fn give_up(&mut self, why: String) {
        self.played.inconclusive.get_or_insert(why);
    }

    fn find(
        &mut self,
        step: usize,
        view_read: Option<ViewRead>,
        operation: &'static str,
        role: &'static str,
        divergence: Divergence,
        waited: Duration,
    ) {
        let origin = Origin {
            rule: divergence.rule.name,
            difference: divergence.difference,
            operation,
            role,
        };
        self.played.tally.diverge(divergence.rule);
        if let (Difference::Lost, Some(view_read), Some(Key::Resource(name))) =
            (divergence.difference, &view_read, &divergence.key)
        {
            self.lost.insert((view_read.account, name.clone()));
        }
        let found = self.played.findings.iter().any(|finding| finding.origin == origin);
        if !found {
            let requests = self.session.requests + self.setup_requests;
            let wrongly_refused_steps = self.wrongly_refused_steps.clone();
            let finding = Finding {
                origin,
                divergence,
                step,
                wrongly_refused_steps,
                view_read,
                waited,
                requests,
            };
            self.played.findings.push(finding);
        }
    }

    /// Whether a view read is worth its request.
    fn is_worth_it(&mut self, told: impl FnOnce() -> Vec<Signature>) -> bool {
        match &self.options.reads {
            ReadPolicy::NovelOnly(before) => self.played.told.is_novel(before, told()),
            ReadPolicy::AfterEachStep
            | ReadPolicy::FinalRead(_)
            | ReadPolicy::PollFinalRead(_)
            | ReadPolicy::Never => true,
        }
    }

    /// Makes the view reads that are expected after the last step, and ends the play.
    pub(crate) async fn end(self, steps: usize) -> Played {
        self.end_and_keep(steps).await.0
    }

    /// Ends the play, and returns what it sent where that was kept.
    async fn end_and_keep(mut self, steps: usize) -> (Played, Vec<Sent>) {
        let last = steps.saturating_sub(1);
        let all = BTreeSet::new();
        match &self.options.reads {
            ReadPolicy::Never => {}
            ReadPolicy::FinalRead(view_read) => {
                let view_read = view_read.clone();
                self.make_view_read(last, &view_read, &all).await;
                if self.wait_until_all_is_settled().await {
                    self.make_view_read(last, &view_read, &all).await;
                }
            }
            ReadPolicy::PollFinalRead(view_read) => {
                let view_read = view_read.clone();
                let mut pause = PAUSE;
                for _ in 0..WATCHED {
                    self.make_view_read(last, &view_read, &all).await;
                    self.clock.back_off(&mut pause, PAUSE_MAX).await;
                }
            }
            ReadPolicy::AfterEachStep | ReadPolicy::NovelOnly(_) => {
                if !self.stopped {
                    self.wait_until_all_is_settled().await;
                    self.read_all_views(last).await;
                }
            }
        }
        self.played.requests = self.session.requests + self.setup_requests;
        (self.played, self.session.sent.unwrap_or_default())
    }

    /// Makes the view reads of all accounts that are worth it: those that were put off, then those that tell
    /// most, so that they leave least to others.
    async fn read_all_views(&mut self, last: usize) {
        let all = BTreeSet::new();
        let nearby = std::mem::take(&mut self.nearby);
        let deferred_reads = std::mem::take(&mut self.deferred_reads);
        let tellingly = matches!(self.options.reads, ReadPolicy::NovelOnly(_));
        let view_reads = view_reads::complete(&self.world, self.shape).into_iter();
        let mut view_reads: Vec<(bool, Vec<Signature>, ViewRead)> = view_reads
            .map(|view_read| {
                let told = if tellingly {
                    view_reads::standing(&view_read, &mut self.world, &nearby)
                } else {
                    Vec::new()
                };
                (deferred_reads.iter().any(|(it, _)| *it == view_read), told, view_read)
            })
            .collect();
        view_reads.sort_by_key(|(due, told, _)| Reverse((*due, told.len())));
        for (due, told, view_read) in view_reads {
            if self.played.inconclusive.is_some() {
                break;
            }
            if self.is_worth_it(|| told) || due {
                self.make_view_read(last, &view_read, &all).await;
            }
        }
    }

    /// Waits until the last change has had all its time, where that costs none of the outside: what
    /// came and went since then shows in another view read.
    async fn wait_until_all_is_settled(&self) -> bool {
        let due = self.changed + self.bound.longest();
        let waits = self.clock.is_told() && !self.bound.is_zero();
        if waits {
            self.clock.wait(due.saturating_sub(self.clock.now())).await;
        }
        waits
    }

    /// Reads as one account, again and again until what is expected is seen or the bound has passed.
    /// `changed` is what the step before has changed in what is read.
    async fn make_view_read(&mut self, step: usize, view_read: &ViewRead, changed: &BTreeSet<Key>) {
        let can = self.options.capabilities.can(&view_read.call);
        if !can
            || !matches!(view_read.call.check(&self.world, view_read.account), Decision::Granted)
        {
            return;
        }
        let reply = view_read.call.apply(&mut self.world, view_read.account, &Name::new(""));
        if reply.rows.is_empty() && reply.fields.is_empty() {
            return;
        }
        let expected = Answer::Granted(reply);
        let Settled { observation, findings, waited } =
            self.settle(view_read, &expected, changed).await;
        if let Observation::Weather(how) = &observation {
            self.give_up(format!("{}: {how}", view_read.call.operation()));
            return;
        }
        self.played.tally.answered(view_read.call.operation(), &observation);
        self.conclude(step, view_read, &expected, &observation, findings, waited);
    }

    /// Reads until what is expected is seen, or all that is not has had its time.
    ///
    /// What is seen in the end, after its bound, is late; where it was seen before since the last
    /// change, it came and went.
    async fn settle(
        &mut self,
        view_read: &ViewRead,
        expected: &Answer,
        changed: &BTreeSet<Key>,
    ) -> Settled {
        let mut unsettled = changed.clone();
        let mut overdue: Option<Vec<Divergence>> = None;
        let mut pause = PAUSE;
        loop {
            let observation = self.send(view_read.account, &view_read.call, &Name::new("")).await;
            let mut findings = judge(expected, &observation);
            let waited = self.clock.since(self.changed);
            if matches!(observation, Observation::Weather(_)) {
                return Settled { observation, findings, waited };
            }
            let differs = |key: &Key, findings: &Findings| {
                findings.diverges.iter().any(|it| it.key.as_ref() == Some(key))
            };
            for (rule, key) in &findings.conforms {
                if let Some(key) = key.as_ref().filter(|key| !differs(key, &findings))
                    && unsettled.remove(key)
                {
                    self.played.tally.settled(rule, waited);
                }
            }
            let is_due = |it: &Divergence| waited >= self.bound.of(it.key.as_ref());
            let over = findings.diverges.iter().all(is_due);
            let known = !findings.diverges.is_empty()
                && findings.diverges.iter().all(|it| self.is_found(view_read, it));
            if findings.diverges.is_empty() || (over && (known || overdue.is_some())) {
                self.tell_late_from_never(view_read, overdue.unwrap_or_default(), &mut findings);
                return Settled { observation, findings, waited };
            }
            pause = if over {
                // Once more, to tell what comes late from what never comes.
                overdue = Some(findings.diverges);
                self.grace()
            } else {
                let due = findings.diverges.iter().map(|it| self.bound.of(it.key.as_ref()));
                let left = due
                    .filter_map(|due| due.checked_sub(waited))
                    .filter(|left| !left.is_zero())
                    .min();
                (pause * 2).min(PAUSE_MAX).min(left.unwrap_or(PAUSE_MAX))
            };
            self.clock.wait(pause).await;
        }
    }

    /// How long after its bound something is looked for once more.
    fn grace(&self) -> Duration {
        match (self.clock.is_told(), self.bound.longest()) {
            (true, bound) => bound.max(GRACE_MAX),
            (false, bound) => bound.clamp(GRACE, GRACE_MAX),
        }
    }

    /// Says of what was not seen in its time, and is now, that it is late, or that it came and went;
    /// keeps what is seen as it is expected.
    fn tell_late_from_never(
        &mut self,
        view_read: &ViewRead,
        overdue: Vec<Divergence>,
        findings: &mut Findings,
    ) {
        let seen_before = |it: &Divergence| {
            let mut seen = self.settled.iter().filter(|(by, _)| by == view_read);
            it.key.as_ref().is_some_and(|key| seen.any(|(_, keys)| keys.contains(key)))
        };
        let came = |it: &Divergence, findings: &Findings| {
            !findings.diverges.iter().any(|now| now.rule == it.rule && now.key == it.key)
        };
        let shown = |it: &Divergence| {
            matches!(it.difference, Difference::Leak | Difference::Lost | Difference::WrongField)
        };
        for it in findings.diverges.iter_mut().filter(|it| shown(it) && seen_before(it)) {
            it.difference = Difference::Flap;
        }
        let late: Vec<_> = overdue.into_iter().filter(|it| came(it, findings)).collect();
        for mut it in late {
            it.difference =
                if shown(&it) && seen_before(&it) { Difference::Flap } else { Difference::Late };
            findings.diverges.push(it);
        }
        let differs = |key: &Key| findings.diverges.iter().any(|it| it.key.as_ref() == Some(key));
        let keys = findings.conforms.iter().filter_map(|(_, key)| key.clone());
        let keys: Vec<_> = keys.filter(|key| !differs(key)).collect();
        self.settled.push((view_read.clone(), keys));
    }

    /// Takes up what a view read has found in the end.
    fn conclude(
        &mut self,
        step: usize,
        view_read: &ViewRead,
        expected: &Answer,
        observation: &Observation,
        mut findings: Findings,
        waited: Duration,
    ) {
        findings.conforms.retain(|(rule, _)| findings.diverges.iter().all(|it| it.rule != *rule));
        self.seen(view_read, expected, observation, &findings.conforms);
        for divergence in findings.diverges {
            let role = self.role_of_reader(view_read, &divergence);
            let operation = view_read.call.operation();
            self.find(step, Some(view_read.clone()), operation, role, divergence, waited);
        }
    }

    fn role_of_reader(&self, view_read: &ViewRead, divergence: &Divergence) -> &'static str {
        match &divergence.key {
            Some(key) => role::of(&self.world, view_read.account, &key.names()),
            None => role::of_call(&self.world, view_read.account, &view_read.call),
        }
    }

    /// Whether a divergence of the same origin was found before in this play.
    fn is_found(&self, view_read: &ViewRead, divergence: &Divergence) -> bool {
        let origin = Origin {
            rule: divergence.rule.name,
            difference: divergence.difference,
            operation: view_read.call.operation(),
            role: self.role_of_reader(view_read, divergence),
        };
        self.played.findings.iter().any(|finding| finding.origin == origin)
    }

    fn seen(
        &mut self,
        view_read: &ViewRead,
        expected: &Answer,
        observation: &Observation,
        conforms: &[(&'static Rule, Option<Key>)],
    ) {
        if let Observation::Granted(observed) = observation {
            for row in &observed.rows {
                self.played.tally.seen(view_read.account, row.key.clone());
            }
            let rows = if let Answer::Granted(reply) = expected { &reply.rows[..] } else { &[] };
            for row in rows {
                let names = row.key.names();
                if !names.is_empty() && role::of(&self.world, view_read.account, &names) != "owner"
                {
                    let listed = observed.rows.iter().any(|it| it.key == row.key);
                    self.played.tally.foreign_row(row, listed);
                }
            }
        }
        let operation = view_read.call.operation();
        self.played.tally.conform(view_read.account, operation, expected, observation, conforms);
    }
}
