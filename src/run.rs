//! Plays a scenario against a target: sends its steps, reads what changed, judges both.

pub(crate) mod adjacency;
mod claims;
mod crash;
mod deferral;
mod findings;
mod judging;
mod laws;
mod lost_write;
mod observe_claim;
pub(crate) mod role;
mod send;
mod settle;
mod tally;
mod view_reads;
mod views;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bellwether_model::answer::Decision;
use bellwether_model::judge::Observation;
use bellwether_model::{Answer, Assumptions, Name, Shape, World};
use tracing::Instrument as _;

use adjacency::{Adjacency, principals_of};
pub(crate) use claims::{Test, Wanted, read_of, test_of};
use crash::Unanswered;
use deferral::Deferral;
use findings::FindingSet;
pub use findings::{Finding, Origin};
use laws::Memory;
use lost_write::WriteResult;
pub(crate) use observe_claim::are_observed;
pub use role::Role;
use send::Sender;
pub use settle::Pace;
use settle::{SeenAsExpected, Settled};
pub use tally::{Faults, Tally};
use view_reads::After;
pub use view_reads::{SeenSignatures, ViewRead, view_reads_of};

use crate::capabilities::Capabilities;
use crate::clock::Clock;
use crate::scenario::{Case, Step};
use crate::target::{Bound, Target, TargetError};
use crate::wire::Sent;

/// The policy by which a play reads the views of the accounts.
#[derive(Clone, Debug)]
pub enum ReadPolicy {
    /// After each step what it may have changed, and everything at the end.
    AfterEachStep,
    /// The same, without reads whose signatures were seen before, in the same play or in those that
    /// are given: for drawn cases.
    NovelOnly(Arc<SeenSignatures>),
    /// A single read of one account, after the last step: for shrinking.
    FinalRead(Box<ViewRead>),
    /// The same again and again for some seconds: for shrinking rows that flap.
    PollFinalRead(Box<ViewRead>),
    /// None: for shrinking what an answer showed.
    Never,
}

/// The options of a play.
#[derive(Clone, Debug)]
pub struct PlayOptions {
    /// The reads that it makes.
    pub reads: ReadPolicy,
    /// The operations that the target has; no view read is made that it does not have.
    pub capabilities: Capabilities,
    /// The origins of divergences that were waited for before, and have stayed: where waiting takes real time, a
    /// read that shows no other ones is not made again.
    pub unawaited: Arc<BTreeSet<Origin>>,
    /// The bound that was measured, in place of the one that is assumed of the target.
    pub bound: Option<Bound>,
}

impl PlayOptions {
    /// The options of a play that waits for everything.
    #[must_use]
    pub fn new(reads: ReadPolicy, capabilities: Capabilities) -> Self {
        Self { reads, capabilities, unawaited: Arc::default(), bound: None }
    }
}

/// The outcome of a play.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// The divergences, the first of each origin, in the order in which they showed.
    pub findings: Vec<Finding>,
    /// The rules that were reached, and those that conform.
    pub tally: Tally,
    /// The steps that were sent.
    pub steps: u64,
    /// The requests, those that set up the world included.
    pub requests: u64,
    /// The reason that the play is inconclusive from some step on, if so.
    pub inconclusive: Option<String>,
    /// Whether nobody listened at the target's endpoint for a while: what was made may be gone with it.
    pub target_was_down: bool,
    /// Writes that took effect and whose answers were lost, one of each origin: divergences if they always are.
    pub suspects: Vec<Finding>,
    /// The signatures of its view reads, if it makes novel ones only.
    pub signatures: SeenSignatures,
    /// How soon its reads have shown what was done.
    pub pace: Pace,
}

/// The first pause between two reads of the same; it doubles up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_millis(25);

/// The number of reads of a view that is watched; the pauses grow as between other view reads.
const WATCHED: u32 = 8;

/// The longest pause between two reads of the same.
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// Plays steps against fresh accounts of a target.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play(
    target: &Target,
    case: &Case,
    options: &PlayOptions,
) -> Result<Played, TargetError> {
    play_again(target, case, options, 0).await
}

/// Plays a case as [`play`] does; each attempt draws other faults, where the target injects any.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play_again(
    target: &Target,
    case: &Case,
    options: &PlayOptions,
    attempt: u64,
) -> Result<Played, TargetError> {
    let seed = seed_of(case.steps()) ^ attempt;
    let play = Box::pin(async {
        let player = Player::begin(target, case.shape(), case.assumptions(), options, seed).await?;
        let (done, _) = player.play(case.steps()).await;
        tracing::info!(requests = done.requests, findings = done.findings.len(), "played");
        Ok(done)
    });
    play.instrument(tracing::info_span!("play", case = format!("{:08x}", seed >> 32))).await
}

/// Returns the seed by which the transient faults of steps are drawn.
fn seed_of<'s>(steps: impl IntoIterator<Item = &'s Step>) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    for step in steps {
        step.to_string().hash(&mut hasher);
    }
    hasher.finish()
}

/// Plays steps as [`play`] does, and returns with it every call that was sent, view reads included:
/// for measuring what all but the sending costs.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play_recording(
    target: &Target,
    case: &Case,
    options: &PlayOptions,
) -> Result<(Played, Vec<Sent>), TargetError> {
    let (assumptions, seed) = (case.assumptions(), seed_of(case.steps()));
    let mut player = Player::begin(target, case.shape(), assumptions, options, seed).await?;
    player.sender.session.sent = Some(Vec::new());
    Ok(player.play(case.steps()).await)
}

/// A play on its way: the session with the target, and the world as the model has it.
pub(crate) struct Player<'a> {
    sender: Sender,
    shape: Shape,
    world: World,
    bound: Bound,
    clock: Clock,
    /// The time of the last change of the world, by the target's own clock.
    changed: Duration,
    /// The keys that were seen to be as expected since then.
    seen_as_expected: SeenAsExpected,
    /// The settled answers to reads since a call may have changed them.
    memory: Memory,
    /// The last step that involved each resource.
    adjacency: Adjacency,
    /// The deferred view reads.
    deferral: Deferral,
    options: &'a PlayOptions,
    setup_requests: u64,
    played: Played,
    /// The divergences found so far.
    found: FindingSet,
    /// Whether something may have been made that nobody knows.
    may_have_orphans: bool,
    /// Whether the target's world is no longer the model's, so that nothing more can be judged.
    stopped: bool,
    /// Whether nobody knows what a write did: no view can be expected.
    is_adrift: bool,
}

impl<'a> Player<'a> {
    /// Opens a case, whose transient faults are drawn by `seed`.
    pub(crate) async fn begin(
        target: &Target,
        shape: Shape,
        assumptions: Assumptions,
        options: &'a PlayOptions,
        seed: u64,
    ) -> Result<Self, TargetError> {
        let opened = target.open_in(shape, assumptions, seed).await?;
        Ok(Self {
            sender: Sender::new(opened.session, options.capabilities.known_to_fail.clone()),
            shape,
            world: World::new(shape).assuming(assumptions),
            bound: options.bound.unwrap_or(target.bound),
            changed: opened.clock.now(),
            clock: opened.clock,
            seen_as_expected: SeenAsExpected::default(),
            memory: Memory::default(),
            adjacency: Adjacency::default(),
            deferral: Deferral::default(),
            options,
            setup_requests: opened.setup_requests,
            played: Played::default(),
            found: FindingSet::default(),
            may_have_orphans: false,
            stopped: false,
            is_adrift: false,
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
        self.finish(steps.len()).await
    }

    /// The number of divergences found so far.
    pub(crate) fn findings(&self) -> usize {
        self.found.findings().len()
    }

    /// The requests so far, those that set up the world included.
    fn requests(&self) -> u64 {
        self.sender.session.requests + self.setup_requests
    }

    /// Plays one step; returns its answer, or `None` if it could not be sent.
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
        let observation = self.write_and_follow(index, step, &made, &before, decision).await;
        if before != self.world {
            self.changed = self.clock.now();
        }
        self.seen_as_expected.clear();
        if !matches!(observation, Observation::Refused { .. }) {
            self.memory.note_change(&self.world);
        }
        if matches!(self.options.reads, ReadPolicy::AfterEachStep | ReadPolicy::NovelOnly(_)) {
            if matches!(observation, Observation::Granted(_)) {
                self.adjacency.note(step);
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

    /// Sends a step that writes, and moves the model on by what became of it; returns the answer.
    async fn write_and_follow(
        &mut self,
        index: usize,
        step: &Step,
        made: &Name,
        before: &World,
        decision: Decision,
    ) -> Observation {
        let (observation, taken) = self.write(index, step, made, &decision).await;
        match taken {
            WriteResult::Answered => {
                let granted = matches!(observation, Observation::Granted(_));
                if matches!(decision, Decision::Granted) && !granted {
                    self.found.note_wrongly_refused(index);
                }
                let expected = self.advance_model(step, made, decision, &observation);
                self.judge_answer(index, step, before, &expected, &observation);
            }
            WriteResult::Applied => {
                step.call.apply(&mut self.world, step.actor, made);
            }
            WriteResult::NeverAnswered(divergence) => {
                let role = role::of_call(before, step.actor, &step.call);
                let place = self.place_of_answer(index, step);
                self.find(*divergence, role, place);
                (self.stopped, self.is_adrift) = (true, true);
            }
            WriteResult::Unknown(how) => {
                let operation = step.call.operation();
                self.give_up(format!("{operation}: what became of it is not known: {how}"));
                (self.stopped, self.is_adrift) = (true, true);
            }
        }
        observation
    }

    /// Plays a step that reads: its rows may settle late, as those of a view read.
    async fn read(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        decision: Decision,
    ) -> Observation {
        let nameless = Name::none();
        let expected = match decision {
            Decision::Granted => {
                Answer::Granted(step.call.apply(&mut self.world, step.actor, &nameless))
            }
            Decision::Refused(refusal) => Answer::Refused(refusal),
            Decision::Open(open) => Answer::Open(open),
        };
        let view_read = ViewRead { account: step.actor, call: step.call.clone() };
        let seen = self.settle(&view_read, &expected, &BTreeSet::new()).await;
        let Settled { observation, comparison, waited } = seen;
        if let Observation::Indeterminate(fault) = &observation {
            let (actor, call) = (step.actor, &step.call);
            let unanswered = Unanswered { actor, call, made: &nameless, fault };
            if let Some(divergence) = self.never_answered(&unanswered, &expected).await {
                let role = role::of_call(before, actor, call);
                let place = self.place_of_answer(index, step);
                self.find(divergence, role, place);
            }
        }
        self.judge_comparison(index, step, before, &expected, &observation, (comparison, waited));
        observation
    }

    /// Whether a step can name this: the model and the target made it.
    fn exists(&self, name: &Name) -> bool {
        self.world.has_made(name) && self.sender.session.names.knows(name)
    }

    /// Advances the model by the target's answer, and returns the expected one.
    fn advance_model(
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

    fn give_up(&mut self, why: String) {
        self.played.inconclusive.get_or_insert(why);
    }

    /// Makes the view reads that are expected after the last step, and ends the play.
    pub(crate) async fn end(self, steps: usize) -> Played {
        self.finish(steps).await.0
    }

    /// Ends the play, and returns the calls that it sent, if these were recorded.
    async fn finish(mut self, steps: usize) -> (Played, Vec<Sent>) {
        let last = steps.saturating_sub(1);
        let all = BTreeSet::new();
        let reads = if self.is_adrift { &ReadPolicy::Never } else { &self.options.reads };
        match reads {
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
        self.played.requests = self.requests();
        self.played.target_was_down = self.sender.session.was_down;
        self.played.findings = self.found.into_findings();
        self.played.tally.meet(self.sender.faults);
        (self.played, self.sender.session.sent.unwrap_or_default())
    }

    /// Waits until the last change has had all its time, where that costs none of the outside: what
    /// came and went since then shows in another view read.
    async fn wait_until_all_is_settled(&self) -> bool {
        let due = self.changed + self.bound.longest();
        let waits = self.clock.is_simulated() && !self.bound.is_zero();
        if waits {
            self.clock.wait(due.saturating_sub(self.clock.now())).await;
        }
        waits
    }
}
