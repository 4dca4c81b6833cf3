//! The state of the reference target: the model's world, and what only the wire shows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bellwether_model::answer::{Decision, Key, Refusal};
use bellwether_model::operations::bellwether::PassTime;
use bellwether_model::rules::{Evidence, Rule, share};
use bellwether_model::time::HOUR;
use bellwether_model::world::Seconds;
use bellwether_model::{Account, Assumptions, Call, Name, Region, Reply, World};

use serde_json::Value;

use super::departed::Memory;
use super::faults::{Faults, Injected, shuffle};
use super::mutants::{Breakdown, Done, Mutation};
use super::pending::{Delays, Pending};
use super::planted::Planted;
use super::random::{scramble, uuid};
use super::settling::Settling;
use super::time::Time;

/// The simulated time that passes from one request to the next.
const TICK: Duration = Duration::from_millis(50);

/// The Region that shares global resources: `home` of the model.
pub const HOME: &str = "us-east-1";

/// The state behind the router.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The world, whose names are the ids that this target gave: the UUID of a share, `subnet-…`.
    pub world: World,
    /// The attributes of resources that the model does not keep but answers show, such as a CIDR block.
    pub attributes: BTreeMap<Name, BTreeMap<&'static str, String>>,
    /// The answers to calls that bore a token, by who called what with which, and where: a repetition gets
    /// the same.
    pub answers: BTreeMap<(Account, Region, &'static str, String), Value>,
    /// The region that the request in hand calls.
    pub region: String,
    /// The other Regions than [`HOME`] that were called so far, in the order of their numbers.
    regions: Vec<String>,
    /// The caller of the request in hand, if it is known.
    pub caller: Option<Account>,
    /// The account of access keys that name none.
    pub default_account: Option<Account>,
    /// The id of the request in hand.
    pub request_id: String,
    serial: u64,
    requests: u64,
    planted: Planted,
    settling: Settling,
    faults: Faults,
    /// The faults injected into the request in hand.
    injected: Injected,
    /// The number of requests that faults were drawn for.
    delivered: u64,
    time: Time,
    /// Whether others put the clock forward: several states go by it.
    follows: bool,
    /// The time of the request in hand, since the clock started and in milliseconds since 1970.
    now: (Duration, u64),
    /// The changes that are made and not yet shown.
    pending: Pending,
    /// The caller of the read in hand, if pending changes are hidden from it.
    reader: Option<Account>,
    /// The world as it is, while the request in hand is shown another one.
    undistorted: Option<World>,
    /// The memory of what was deleted.
    departed: Memory,
    /// The breakdown that the request in hand brought about.
    breakdown: Option<Breakdown>,
}

impl State {
    /// A state with planted faults, if any.
    #[must_use]
    pub fn planting(planted: Planted) -> Self {
        Self { planted, ..Self::default() }
    }

    /// Ends the request in hand.
    pub fn end(&mut self) {
        self.reader = None;
        self.injected = Injected::default();
        if let Some(world) = self.undistorted.take() {
            self.world = world;
        }
    }

    /// Begins the next request, which is this account's and calls this region.
    pub fn begin(&mut self, caller: Option<Account>, region: &str) {
        self.requests += 1;
        self.caller = caller;
        if !self.follows {
            self.tick();
        }
        self.now = (self.time.passed(), self.time.now_ms());
        self.pending.forget(self.now.0.saturating_sub(self.faults.lag()));
        self.request_id = uuid(u64::MAX, self.requests);
        region.clone_into(&mut self.region);
        let number = self.number_of(region);
        self.world.enter(number);
    }

    /// Lets the time pass that lies between two requests.
    pub(super) fn tick(&self) {
        if self.time.is_simulated() {
            self.time.pass(TICK);
        }
    }

    /// Leaves it to others to put the clock forward.
    pub(super) fn follow(&mut self) {
        self.follows = true;
    }

    /// Gives out no number from now on that another state has given out.
    pub(super) fn skip_numbers_of(&mut self, other: &Self) {
        self.serial = self.serial.max(other.serial);
    }

    /// Gives out numbers that are greater by this while something is done.
    pub(super) fn with_numbers_from<T>(
        &mut self,
        more: u64,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let serial = self.serial;
        self.serial += more;
        let done = act(self);
        self.serial = serial;
        done
    }

    /// The Region of this name as the model numbers it.
    fn number_of(&mut self, region: &str) -> Region {
        if region == HOME {
            return Region::HOME;
        }
        let known = self.regions.iter().position(|known| known == region);
        let place = known.unwrap_or_else(|| {
            self.regions.push(region.to_owned());
            self.regions.len() - 1
        });
        Region::numbered(place + 1)
    }

    /// Takes this for granted, against AWS.
    pub fn assume(&mut self, assumptions: Assumptions) {
        self.world.assumptions = assumptions;
    }

    /// Forgets everything but the request in hand.
    pub fn reset(&mut self) {
        let mut world = World::default().assuming(self.world.assumptions);
        world.enter(self.world.region);
        let fresh = Self {
            world,
            region: std::mem::take(&mut self.region),
            regions: std::mem::take(&mut self.regions),
            request_id: std::mem::take(&mut self.request_id),
            caller: self.caller,
            default_account: self.default_account,
            settling: self.settling.clone(),
            faults: self.faults.clone(),
            delivered: self.delivered,
            time: self.time.clone(),
            follows: self.follows,
            now: self.now,
            ..Self::planting(self.planted.clone())
        };
        *self = fresh;
    }

    /// Shows what is done no sooner than this says.
    pub fn settle(&mut self, settling: Settling) {
        self.settling = settling;
    }

    /// Injects these faults from now on.
    pub fn inject(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// Draws the faults to inject into the next request.
    pub(super) fn draw_faults(&mut self) -> Injected {
        if self.faults.is_empty() {
            return Injected::default();
        }
        self.delivered += 1;
        self.injected = self.faults.draw(self.delivered);
        self.injected
    }

    /// Puts a page of a list into the order that is injected into the request in hand.
    pub(super) fn reorder<T>(&self, items: &mut [T]) {
        if let Some(seed) = self.injected.order {
            shuffle(items, seed);
        }
    }

    /// Whether an empty first page of a list is injected into the request in hand.
    pub(super) fn begins_empty(&self) -> bool {
        self.injected.empty_page
    }

    /// Goes by this clock from now on.
    pub fn go_by(&mut self, time: Time) {
        self.time = time;
    }

    /// The clock that it goes by.
    #[must_use]
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// The time of the request in hand by its caller's clock, in milliseconds since 1970.
    ///
    /// The clock of the target goes on for everybody; on top of it comes what was let pass for the
    /// caller. What hours and days end, they end by the model's clocks alone.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        let clock = self.caller.and_then(|caller| self.world.clocks.get(&caller));
        self.now.1 + clock.copied().unwrap_or_default() * 1000
    }

    /// Lets hours or days pass for these accounts, and for no others.
    ///
    /// # Errors
    ///
    /// The refusal of a planted fault.
    pub fn pass(&mut self, seconds: Seconds, accounts: &BTreeSet<Account>) -> Result<(), Refusal> {
        let call =
            Call::from(PassTime { hours: u32::try_from(seconds / HOUR).unwrap_or(u32::MAX) });
        let actor = self.caller.unwrap_or(Account::OWNER);
        if let Some(refusal) = self.wrong_refusal(&self.world, actor, &call) {
            return Err(refusal);
        }
        let before = self.before_corruption();
        self.world.pass(seconds, accounts);
        self.corrupt(before.as_ref(), actor, &call, &Name::none());
        Ok(())
    }

    /// The world as it is, if a planted fault alters the effects of calls.
    fn before_corruption(&self) -> Option<World> {
        let corrupts = self.mutations().any(|it| matches!(it, Mutation::Corrupts(_)));
        corrupts.then(|| self.world.clone())
    }

    /// Alters the effect of a call, if a planted fault does.
    fn corrupt(&mut self, before: Option<&World>, actor: Account, call: &Call, made: &Name) {
        let Some(before) = before else { return };
        for mutation in self.planted.mutations() {
            if let Mutation::Corrupts(corrupt) = mutation {
                corrupt(&mut self.world, &Done { before, actor, call, made });
            }
        }
    }

    /// The status that the request in hand is shown of something in transition.
    #[must_use]
    pub fn transition_of(&self, key: &Key) -> Option<&'static str> {
        let then = self.now.0.saturating_sub(self.injected.stale);
        self.pending.word(key, self.reader?, then)
    }

    /// The time at which the owner of something in transition sees it settled, in milliseconds since 1970;
    /// `None` if it has settled.
    #[must_use]
    pub fn settles_ms(&self, key: &Key) -> Option<u64> {
        let left = self.pending.due(key)?.checked_sub(self.now.0)?;
        Some(self.now_ms() + u64::try_from(left.as_millis()).unwrap_or_default())
    }

    /// A number that was not given out before, from 1.
    pub fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Answers a call by the model. Where the model's answer is open, what it assumes is done.
    ///
    /// Every answer to a call of the model comes from here.
    ///
    /// # Errors
    ///
    /// The refusal that is expected.
    pub fn answer(&mut self, actor: Account, call: &Call, made: &Name) -> Result<Reply, Refusal> {
        let breakdown = self.mutations().find_map(|mutation| {
            if let Mutation::Breaks(breaks) = mutation { breaks(call) } else { None }
        });
        if let Some(breakdown) = breakdown {
            self.breakdown = Some(breakdown);
            if !breakdown.is_done() {
                // Nobody gets this answer.
                return Err(Refusal::of(vec![&share::KNOWN_TO_THE_CALLER]));
            }
        }
        let reply =
            if call.writes() { self.write(actor, call, made) } else { self.read(actor, call) };
        let mut reply = reply.map_err(|refusal| self.recoded(refusal))?;
        for mutation in self.mutations() {
            if let Mutation::Denies(denied) = mutation
                && let Some(rule) = denied(call)
            {
                return Err(Refusal::of(vec![rule]));
            }
        }
        for mutation in self.mutations() {
            if let Mutation::Rewrites(rewrite) = mutation {
                rewrite(&mut reply, &self.world, actor, call);
            }
        }
        Ok(reply)
    }

    /// Takes the breakdown that the request in hand brought about.
    pub(super) fn take_breakdown(&mut self) -> Option<Breakdown> {
        self.breakdown.take()
    }

    /// The planted faults.
    pub fn mutations(&self) -> impl Iterator<Item = Mutation> {
        self.planted.mutations()
    }

    /// A refusal as a planted fault words it.
    fn recoded(&self, refusal: Refusal) -> Refusal {
        for mutation in self.mutations() {
            if let Mutation::Recodes(rule, other) = mutation
                && refusal.rule() == rule
            {
                return Refusal::of(vec![other]);
            }
        }
        refusal
    }

    /// The refusal of a call that is to be granted, if a planted fault has one.
    fn wrong_refusal(&self, world: &World, actor: Account, call: &Call) -> Option<Refusal> {
        let rule = self.mutations().find_map(|mutation| {
            if let Mutation::Refuses(refused) = mutation {
                refused(world, actor, call)
            } else {
                None
            }
        });
        rule.map(|rule| Refusal::of(vec![rule]))
    }

    /// Answers a call that may change the world. What it changes is decided and done at once, and
    /// shown once it has settled.
    fn write(&mut self, actor: Account, call: &Call, made: &Name) -> Result<Reply, Refusal> {
        self.end();
        let hiding = self.mutations().find_map(|mutation| {
            if let Mutation::Hides(hides) = mutation { hides(call) } else { None }
        });
        let at_once = self.settling.is_prompt() && self.faults.lag().is_zero() && hiding.is_none();
        let before = (!at_once).then(|| self.world.clone());
        let reply = self.perform(actor, call, made)?;
        if !call.makes().is_empty() {
            let region = self.region.clone();
            self.keep(made, "region", region);
        }
        if let Some(before) = before {
            let operation = call.operation().bytes();
            let number = operation.fold(self.requests, |seed, byte| scramble(seed, byte.into()));
            let delays = Delays::new(&self.settling, hiding, self.now.0, number);
            self.pending.note(delays, &before, &self.world);
        }
        self.forget_departed();
        Ok(reply)
    }

    /// Forgets what was deleted long ago, so that a long life neither slows it down nor fills it.
    fn forget_departed(&mut self) {
        let gone = self.departed.count(&mut self.world);
        for name in &gone {
            let Some(kept) = self.attributes.remove(name) else { continue };
            // The default group of a VPC is kept here alone, and goes with it.
            if let Some(group) = kept.get("default-group") {
                self.attributes.remove(group.as_str());
            }
        }
        if self.answers.len() > self.world.idempotency.len() {
            let here = self.world.region;
            let records = self.world.idempotency.iter();
            let kept: BTreeSet<_> =
                records.map(|it| (it.actor, it.operation, it.token.as_str())).collect();
            self.answers.retain(|(actor, region, operation, token), _| {
                *region != here || kept.contains(&(*actor, *operation, token.as_str()))
            });
        }
    }

    /// Whether the owner of a share takes something out of it while something is on its way in:
    /// AWS refuses that at times, even if the model grants it.
    pub(super) fn is_too_soon(&self, actor: Account, call: &Call) -> bool {
        let Call::DisassociateResourceShare(named) = call else { return false };
        let named = named.share.name();
        named.is_some_and(|share| self.pending.is_joining(share, actor, self.now.0))
            && matches!(call.check(&self.world, actor), Decision::Granted)
    }

    fn perform(&mut self, actor: Account, call: &Call, made: &Name) -> Result<Reply, Refusal> {
        let before = self.before_corruption();
        let reply = match self.decide(actor, call) {
            Decision::Granted => call.apply(&mut self.world, actor, made),
            Decision::Open(open) if open.granted => {
                call.apply_assumed(&mut self.world, actor, made, open.rules[0])
            }
            Decision::Refused(refusal) => {
                for mutation in self.planted.mutations() {
                    if let Mutation::Leaves(leave) = mutation {
                        leave(&mut self.world, actor, call);
                    }
                }
                return Err(refusal);
            }
            Decision::Open(open) => return Err(open.refusal()),
        };
        self.corrupt(before.as_ref(), actor, call, made);
        Ok(reply)
    }

    /// The decision of the model, or of a planted fault in its place: in a distorted world, if one distorts
    /// it.
    fn decide(&self, actor: Account, call: &Call) -> Decision {
        let mut world = Cow::Borrowed(&self.world);
        for mutation in self.mutations() {
            if let Mutation::Distorts(distort) = mutation {
                distort(world.to_mut(), actor, call);
            }
        }
        let decision = call.check(&world, actor);
        let is_granted = |rule: &Rule| {
            self.mutations().any(|mutation| {
                let reads = matches!(mutation, Mutation::GrantsReads(it) if it == rule);
                matches!(mutation, Mutation::Grants(it) if it == rule) || (reads && !call.writes())
            })
        };
        match decision {
            Decision::Refused(refusal)
                if is_granted(refusal.broken[0])
                    && refusal.broken[1..].iter().all(|it| it.evidence == Evidence::Open) =>
            {
                Decision::Granted
            }
            Decision::Granted => {
                self.wrong_refusal(&world, actor, call).map_or(Decision::Granted, Decision::Refused)
            }
            Decision::Refused(_) | Decision::Open(_) => decision,
        }
    }

    /// Answers a call that can't change the world, from what its caller is shown by now. A planted
    /// fault may show another world. Both last until the request is over.
    fn read(&mut self, actor: Account, call: &Call) -> Result<Reply, Refusal> {
        self.end();
        // Attachments of permissions are never shown late: AWS was seen to list them at once.
        let attached = matches!(
            call,
            Call::ListPermissionAssociations(_) | Call::ListResourceSharePermissions(_)
        );
        if !self.pending.is_empty() && !attached {
            let then = self.now.0.saturating_sub(self.injected.stale);
            let shown = self.pending.shown(&self.world, actor, then);
            self.undistorted = Some(std::mem::replace(&mut self.world, shown));
            self.reader = Some(actor);
        }
        for mutation in self.planted.mutations() {
            if let Mutation::Distorts(distort) = mutation {
                self.undistorted.get_or_insert_with(|| self.world.clone());
                distort(&mut self.world, actor, call);
            }
        }
        self.perform(actor, call, &Name::none())
    }

    /// A resource's attribute, or the empty text.
    #[must_use]
    pub fn attribute(&self, name: &Name, key: &str) -> &str {
        self.attributes.get(name).and_then(|kept| kept.get(key)).map_or("", String::as_str)
    }

    /// Keeps an attribute of a resource.
    pub fn keep(&mut self, name: &Name, key: &'static str, value: impl Into<String>) {
        self.attributes.entry(name.clone()).or_default().insert(key, value.into());
    }
}
