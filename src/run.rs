//! Plays a scenario against a target: sends its steps, looks at what changed, judges both.

mod claims;
mod looks;
pub(crate) mod role;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use bellwether_model::answer::{Decision, Key, Value};
use bellwether_model::judge::{Difference, Divergence, Findings, Observation, ObservedRow, judge};
use bellwether_model::operations::ec2;
use bellwether_model::parameters::Reference;
use bellwether_model::rules::Rule;
use bellwether_model::{Account, Answer, Assumptions, Call, Name, Shape, World};

pub use looks::{Look, looks_of};
pub use tally::Tally;

use claims::Test;

use crate::capabilities::Capabilities;
use crate::scenario::{Claim, Step};
use crate::target::{Target, TargetError};
use crate::wire::{Sent, Session};

/// How a play looks at the views of the accounts.
#[derive(Clone, Debug)]
pub enum Looking {
    /// After each step at what it may have changed, and at everything at the end.
    Everywhere,
    /// The same, without looks that would show what others of the same play show: for drawn cases.
    Tellingly,
    /// At one account's one read, after the last step: for shrinking.
    Once(Look),
    /// Not at all: for shrinking what an answer showed.
    Nowhere,
}

/// What a play needs to know besides its steps.
#[derive(Clone, Debug)]
pub struct Manner {
    /// What is taken for granted of the target, against AWS.
    pub assumptions: Assumptions,
    /// How it looks.
    pub looking: Looking,
    /// What the target has; no look is made that it does not have.
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
    /// What is owed, and what was observed.
    pub divergence: Divergence,
    /// The step after which, or in whose answer, it showed; counted from 0.
    pub step: usize,
    /// The read that showed it; nothing if it was the step's own answer.
    pub look: Option<Look>,
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
}

/// How often a request is sent again that met weather, where sending it again is harmless.
const RETRIES: u32 = 3;

/// How many lists that owe nothing but the same absences are looked at after the last step.
const SAME_ABSENCES: u32 = 2;

/// How long after its bound a view is read once more, to tell late from never.
const GRACE: Duration = Duration::from_millis(30);

/// Plays steps against fresh accounts of a target.
///
/// # Errors
///
/// The accounts or their organization can't be had.
pub async fn play(
    target: &Target,
    shape: Shape,
    steps: &[Step],
    manner: &Manner,
) -> Result<Played, TargetError> {
    let player = Player::begin(target, shape, manner).await?;
    Ok(player.play(steps).await.0)
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
    manner: &Manner,
) -> Result<(Played, Vec<Sent>), TargetError> {
    let mut player = Player::begin(target, shape, manner).await?;
    player.session.sent = Some(Vec::new());
    Ok(player.play(steps).await)
}

/// A play on its way: the session with the target, and the world as the model has it.
pub(crate) struct Player<'a> {
    session: Session,
    shape: Shape,
    world: World,
    bound: Duration,
    manner: &'a Manner,
    setup_requests: u64,
    played: Played,
    /// The things that a look has missed, by the account that is owed them.
    lost: BTreeSet<(Account, Name)>,
    /// Whether the target's world is no longer the model's, so that nothing more can be judged.
    stopped: bool,
    /// How often looks have shown a change of this kind.
    shown: BTreeMap<looks::Telling, u32>,
    /// The looks that were made since the last step that writes.
    fresh: Vec<Look>,
}

impl<'a> Player<'a> {
    /// Opens a case.
    pub(crate) async fn begin(
        target: &Target,
        shape: Shape,
        manner: &'a Manner,
    ) -> Result<Self, TargetError> {
        let opened = target.open(shape, manner.assumptions).await?;
        Ok(Self {
            session: opened.session,
            shape,
            world: World::new(shape).assuming(manner.assumptions),
            bound: target.bound,
            manner,
            setup_requests: opened.setup_requests,
            played: Played::default(),
            lost: BTreeSet::new(),
            stopped: false,
            shown: BTreeMap::new(),
            fresh: Vec::new(),
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
        let made = step.made_name(index);
        let mut before = self.world.clone();
        let decision = step.call.check(&before, step.actor);
        let observation = self.send(step.actor, &step.call, &made).await;
        self.played.steps += 1;
        let owed = self.follow(step, &made, decision, &observation);
        self.judge_answer(index, step, &before, &owed, &observation);
        let looks = match self.manner.looking {
            Looking::Everywhere | Looking::Tellingly => step.call.writes() && !self.stopped,
            Looking::Once(_) | Looking::Nowhere => false,
        };
        if looks {
            self.fresh.clear();
            for look in looks::changed(&mut before, &mut self.world, self.shape) {
                if self.is_telling(step.call.operation(), &look, &before) {
                    self.look(index, &look).await;
                    self.fresh.push(look);
                }
            }
        }
        Some(observation)
    }

    /// Whether a claim holds on the target; nothing where that can't be observed.
    pub(crate) async fn claim(&mut self, claim: &Claim) -> Option<bool> {
        let test = claims::test_of(claim, &self.world)?;
        let begun = Instant::now();
        loop {
            let holds = match &test {
                Test::Row { look, key, status, present } => {
                    self.shows(look, key, status.as_deref()).await.map(|shown| shown == *present)
                }
                Test::Launch { account, call, granted } => {
                    self.may(*account, call).await.map(|may| may == *granted)
                }
            };
            if holds != Some(false) || begun.elapsed() >= self.bound {
                return holds;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Whether a read shows a row, in this status where one is asked for.
    async fn shows(&mut self, look: &Look, key: &Key, status: Option<&str>) -> Option<bool> {
        let observation = self.send(look.account, &look.call, &Name::new("")).await;
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
                let undo: Call = if matches!(call, Call::RunInstances(_)) {
                    ec2::TerminateInstances { instance_id: named }.into()
                } else {
                    ec2::DeleteNetworkInterface { network_interface_id: named }.into()
                };
                self.send(account, &undo, &Name::new("")).await;
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
        let mut pause = Duration::from_millis(50);
        for _ in 0..RETRIES {
            let observation = self.session.send(actor, call, made).await;
            let Observation::Weather(how) = &observation else {
                return observation;
            };
            self.played.tally.weather(how);
            let harmless = !call.writes() || how.contains("Throttl") || how.contains("429");
            if !harmless {
                return observation;
            }
            tokio::time::sleep(pause).await;
            pause *= 3;
        }
        self.session.send(actor, call, made).await
    }

    /// Moves the model on by what the target did, and returns what was owed.
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
                    step.call.adopt(&mut self.world, step.actor, made, open.rules[0]);
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
        owed: &Answer,
        observation: &Observation,
    ) {
        let operation = step.call.operation();
        self.played.tally.answered(operation, observation);
        match (owed, observation) {
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
        let mut findings = judge(owed, observation);
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
        self.played.tally.conform(step.actor, operation, owed, observation, &findings.conforms);
        for divergence in findings.diverges {
            let role = match &divergence.key {
                Some(key) => role::of(before, step.actor, &key.names()),
                None => role::of_call(before, step.actor, &step.call),
            };
            self.find(index, None, operation, role, divergence, Duration::ZERO);
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
        look: Option<Look>,
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
        if let (Difference::Lost, Some(look), Some(Key::Thing(name))) =
            (divergence.difference, &look, &divergence.key)
        {
            self.lost.insert((look.account, name.clone()));
        }
        let found = self.played.findings.iter().any(|finding| finding.origin == origin);
        if !found {
            let requests = self.session.requests + self.setup_requests;
            self.played.findings.push(Finding { origin, divergence, step, look, waited, requests });
        }
    }

    /// Whether a look after a step is worth its request: where the same kind of step has changed
    /// the same kind of list in the same way before in this play, only now and then.
    fn is_telling(&mut self, operation: &'static str, look: &Look, before: &World) -> bool {
        if matches!(self.manner.looking, Looking::Everywhere) {
            return true;
        }
        let telling = looks::telling(operation, look, before, &self.world);
        let shown = self.shown.entry(telling).or_default();
        *shown += 1;
        shown.is_power_of_two()
    }

    /// Whether a look after the last step is worth its request. What was looked at since the last
    /// change is not, and of lists that owe nothing but the same absences only the first few are.
    fn is_telling_at_the_end(&mut self, look: &Look) -> bool {
        if matches!(self.manner.looking, Looking::Everywhere) {
            return true;
        }
        if self.fresh.contains(look) {
            return false;
        }
        let telling = looks::absences(look, &self.world);
        let Some(telling) = telling else { return true };
        let shown = self.shown.entry(telling).or_default();
        *shown += 1;
        *shown <= SAME_ABSENCES
    }

    /// Makes the looks that are owed after the last step, and ends the play.
    pub(crate) async fn end(self, steps: usize) -> Played {
        self.end_and_keep(steps).await.0
    }

    /// Ends the play, and returns what it sent where that was kept.
    async fn end_and_keep(mut self, steps: usize) -> (Played, Vec<Sent>) {
        let last = steps.saturating_sub(1);
        match &self.manner.looking {
            Looking::Nowhere => {}
            Looking::Once(look) => self.look(last, &look.clone()).await,
            Looking::Everywhere | Looking::Tellingly => {
                let looks = if self.stopped {
                    Vec::new()
                } else {
                    looks::complete(&self.world, self.shape)
                };
                for look in looks {
                    if self.played.inconclusive.is_some() {
                        break;
                    }
                    if self.is_telling_at_the_end(&look) {
                        self.look(last, &look).await;
                    }
                }
            }
        }
        self.played.requests = self.session.requests + self.setup_requests;
        (self.played, self.session.sent.unwrap_or_default())
    }

    /// Reads as one account, again and again until what is owed is seen or the bound has passed.
    async fn look(&mut self, step: usize, look: &Look) {
        if !self.manner.capabilities.can(&look.call) {
            return;
        }
        let nameless = Name::new("");
        let reply = look.call.apply(&mut self.world, look.account, &nameless);
        if reply.rows.is_empty() {
            return;
        }
        let owed = Answer::Granted(reply);
        let begun = Instant::now();
        let mut pause = Duration::from_millis(25);
        let operation = look.call.operation();
        let mut last: Option<Findings> = None;
        loop {
            let observation = self.send(look.account, &look.call, &nameless).await;
            if let Observation::Weather(how) = &observation {
                self.give_up(format!("{operation}: {how}"));
                return;
            }
            self.played.tally.answered(operation, &observation);
            let mut findings = judge(&owed, &observation);
            let waited = begun.elapsed();
            if findings.diverges.is_empty() {
                if let Some(late) = last.take() {
                    findings.diverges = late.diverges;
                    findings.diverges.iter_mut().for_each(|it| it.difference = Difference::Late);
                } else {
                    self.played.tally.settled(operation, waited);
                }
            } else if last.is_none() {
                if waited >= self.bound {
                    if findings.diverges.iter().all(|it| self.is_found(look, it)) {
                        // That it never comes was waited for before, in this play.
                        self.conclude(step, look, &owed, &observation, findings, waited);
                        return;
                    }
                    // Once more, to tell what comes late from what never comes.
                    last = Some(findings);
                    pause = GRACE;
                } else {
                    pause = (pause * 2)
                        .min(Duration::from_secs(2))
                        .min(self.bound.saturating_sub(waited));
                }
                tokio::time::sleep(pause).await;
                continue;
            }
            self.conclude(step, look, &owed, &observation, findings, waited);
            return;
        }
    }

    /// Takes up what a look has found in the end.
    fn conclude(
        &mut self,
        step: usize,
        look: &Look,
        owed: &Answer,
        observation: &Observation,
        mut findings: Findings,
        waited: Duration,
    ) {
        findings.conforms.retain(|(rule, _)| findings.diverges.iter().all(|it| it.rule != *rule));
        self.seen(look, owed, observation, &findings.conforms);
        for divergence in findings.diverges {
            let role = self.role_of_look(look, &divergence);
            let operation = look.call.operation();
            self.find(step, Some(look.clone()), operation, role, divergence, waited);
        }
    }

    fn role_of_look(&self, look: &Look, divergence: &Divergence) -> &'static str {
        let names = divergence.key.as_ref().map(Key::names).unwrap_or_default();
        role::of(&self.world, look.account, &names)
    }

    /// Whether a divergence of the same origin was found before in this play.
    fn is_found(&self, look: &Look, divergence: &Divergence) -> bool {
        let origin = Origin {
            rule: divergence.rule.name,
            difference: divergence.difference,
            operation: look.call.operation(),
            role: self.role_of_look(look, divergence),
        };
        self.played.findings.iter().any(|finding| finding.origin == origin)
    }

    fn seen(
        &mut self,
        look: &Look,
        owed: &Answer,
        observation: &Observation,
        conforms: &[(&'static Rule, Option<Key>)],
    ) {
        if let Observation::Granted(observed) = observation {
            for row in &observed.rows {
                self.played.tally.seen(look.account, row.key.clone());
            }
            let rows = if let Answer::Granted(reply) = owed { &reply.rows[..] } else { &[] };
            for row in rows {
                let names = row.key.names();
                if !names.is_empty() && role::of(&self.world, look.account, &names) != "owner" {
                    let listed = observed.rows.iter().any(|it| it.key == row.key);
                    self.played.tally.foreign_row(row, listed);
                }
            }
        }
        let operation = look.call.operation();
        self.played.tally.conform(look.account, operation, owed, observation, conforms);
    }
}
