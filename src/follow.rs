//! Following a history: the calls that others made are made in the model too, and the answers that they got are
//! held against its own.
//!
//! A history begins in a world that nobody described, and holds only what somebody recorded. So only that is
//! judged which rests on nothing else: calls about resources that the history itself made, in worlds that its
//! answers do not exclude. Everything else is left out, and counted with the reason.

mod alone;
mod beside;
mod census;
mod followed;
mod known;
mod lines;
mod observe;
mod pages;
mod replies;
mod request;
mod stream;
mod tally;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use bellwether_model::answer::{Decision, Key};
use bellwether_model::judge::{Comparison, Difference, Divergence, Observation, judge, laws};
use bellwether_model::rules::Rule;
use bellwether_model::{Account, Answer, Call, Name, Region, World};
use serde_json::Value;

pub use census::Census;
use known::Known;
use lines::Line;
use observe::Unanswered;
use pages::{Body, Pages};
use replies::Replies;
use request::Request;
pub use stream::{Judged, StreamError, judge_events, judge_files};
pub use tally::{Contradiction, Counts, Tally};
use worlds::Told;
pub use worlds::{ACCOUNTS_MAX, Organizations};

use crate::history::{self, Event, Micros, Span};
use crate::target::{Bound, Connection, Target, TargetError};
use crate::wire::names::HOME;
use crate::wire::{Clients, Names, Session};

/// What is taken for granted of a history.
#[derive(Copy, Clone, Debug)]
pub struct Assumed {
    /// The longest time that the endpoint takes to show a change.
    pub bound: Bound,
    /// What is known about the organizations of its accounts.
    pub organizations: Organizations,
}

/// The time of an event among others.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// Whether a call that writes was under way at the same time.
    pub overlaps: bool,
    /// Whether the order of the call and of another one that writes matters, and is not known.
    pub is_unordered: bool,
}

/// The SDK's clients, which read recorded answers in place of those of a target.
#[derive(Clone)]
pub struct Reader {
    clients: Clients,
    replies: Replies,
}

impl Reader {
    /// Makes the clients.
    ///
    /// # Errors
    ///
    /// They can't be made.
    pub async fn new() -> Result<Self, TargetError> {
        let replies = Replies::default();
        let http = SharedHttpClient::new(replies.clone());
        let connection = Connection::Endpoint { url: "http://recorded.invalid".to_owned(), http };
        let target = Target { connection, ..Target::reference(None) };
        // Whose clients they are makes no difference to what they read.
        let clients = target.clients("111122223333").await?;
        Ok(Self { clients, replies })
    }
}

/// The accounts whose calls are followed together, since some of their resources met.
pub struct Follower {
    assumed: Assumed,
    accounts: BTreeSet<Account>,
    /// The accounts whose calls are in the history.
    callers: Arc<BTreeSet<Account>>,
    reader: Reader,
    session: Session,
    /// The worlds that the history may be in: all that its answers do not exclude.
    worlds: Vec<World>,
    /// What Organizations said of accounts.
    told: BTreeMap<Account, Told>,
    /// Whether there would be too many worlds, so that nothing is judged about what accounts share.
    has_too_many: bool,
    known: Known,
    /// The Regions other than `home`, in the order in which they were called.
    regions: Vec<String>,
    /// The Regions that resources were made in.
    made_in: BTreeMap<Name, String>,
    /// The transit gateways that have default route tables.
    routing_by_default: BTreeSet<Name>,
    /// The names of what was made, by id.
    made_as: BTreeMap<String, Name>,
    /// The number of resources of each kind that were given names.
    made: BTreeMap<&'static str, usize>,
    /// The last time at which a call that writes was under way.
    written_until: Option<Micros>,
    /// The time that the worlds have come to.
    now: Option<Micros>,
    /// The lists that are read on.
    pages: Pages,
    lines: Vec<Line>,
}

/// The outcome of a call in one of the worlds.
struct Outcome {
    /// The world after the call.
    world: World,
    comparison: Comparison,
    /// The rules that are contradicted by what might show later.
    unsettled: Vec<&'static Rule>,
    /// Whether the target did what the model can't follow.
    is_lost: bool,
}

/// The time by which the clocks of the worlds are put forward at least.
const STEP: Micros = 60_000_000;

/// The beginnings of the names of Regions in other partitions of AWS than the one that the model is about.
const OTHER_PARTITIONS: [&str; 4] = ["cn-", "eusc-", "us-gov-", "us-iso"];

impl Follower {
    /// A follower of these accounts, of which nothing is known yet.
    #[must_use]
    pub fn new(
        assumed: Assumed,
        reader: Reader,
        accounts: BTreeSet<Account>,
        callers: Arc<BTreeSet<Account>>,
    ) -> Self {
        let begun = worlds::all(assumed.organizations, &accounts);
        let session = session(&reader.clients, &accounts);
        Self {
            assumed,
            callers,
            reader,
            session,
            told: BTreeMap::new(),
            has_too_many: begun.is_none(),
            worlds: begun.unwrap_or_else(|| vec![World::default()]),
            accounts,
            known: Known::default(),
            regions: Vec::new(),
            made_in: BTreeMap::new(),
            routing_by_default: BTreeSet::new(),
            made_as: BTreeMap::new(),
            made: BTreeMap::new(),
            written_until: None,
            now: None,
            pages: Pages::default(),
            lines: Vec::new(),
        }
    }

    /// The number of resources that it knows, and of calls that it keeps.
    fn kept(&self) -> usize {
        self.made_in.len() + self.lines.len()
    }

    /// Forgets all that is known, as where what was may have changed in any way.
    fn forget(&mut self) {
        self.session = session(&self.reader.clients, &self.accounts);
        let begun = worlds::all(self.assumed.organizations, &self.accounts);
        self.worlds = begun.unwrap_or_else(|| vec![World::default()]);
        self.told.clear();
        self.known = Known::default();
        self.made_in.clear();
        self.routing_by_default.clear();
        self.made_as.clear();
        self.lines.clear();
        self.pages.forget();
    }

    /// Follows the next event.
    pub async fn follow(&mut self, event: Event, among: Among, tally: &mut Tally) {
        tally.events += 1;
        let was_refused = event.was_refused();
        let writes = !history::only_reads(&event.operation);
        if request::operation(&event).is_none() {
            self.learn_of_organizations(&event);
            if request::may_change(&event) && !was_refused {
                self.give_up_named(&event, "something that is not followed happened to it");
            }
            tally.skip(&event);
            return;
        }
        if event.request.is_none() && Self::judge_alone(&event, tally) {
            return;
        }
        let Some(caller) = event.caller else {
            return tally.leave("the caller is not known");
        };
        let partition = event.region.as_deref().unwrap_or_default();
        if OTHER_PARTITIONS.iter().any(|beginning| partition.starts_with(beginning)) {
            return tally.leave("its partition of AWS is not followed");
        }
        let (event, bodies) = match self.pages.whole(event, self.written_until) {
            Ok(whole) => whole,
            Err(reason) => return tally.leave(reason),
        };
        self.pass_time(event.time);
        self.enter(event.region.as_deref());
        self.note_invitation(&event, caller);
        let (names, made_in) = (&self.session.names, &self.made_in);
        let request = match request::read(&event, names, made_in, &self.routing_by_default) {
            Ok(request) => request,
            Err(reason) => {
                if writes && !was_refused {
                    self.give_up_named(&event, "a call that is not followed named it");
                }
                return tally.leave(reason);
            }
        };
        if let Some(reason) = self.left_because(&request, writes && !was_refused) {
            return tally.leave(reason);
        }
        self.answer(&event, caller, &request, bodies, among, tally).await;
        if writes
            && !was_refused
            && let Some(time) = event.time
        {
            self.written_until = self.written_until.max(Some(time.end));
        }
    }

    /// The reason why a request is not followed, if so. What it may have `changed` is given up.
    fn left_because(&mut self, request: &Request, changed: bool) -> Option<&'static str> {
        if !request.unknown.is_empty() {
            if changed {
                let names = request.call.names();
                self.known.join(names.iter().copied());
                self.known.give_up(names, "it was named with what the history did not make");
            }
            return Some("it names what the history did not make");
        }
        if let Some(reason) = self.known.given_up(request.call.names()) {
            return Some(reason);
        }
        if request.invitations.iter().any(|(share, to)| self.are_several(share, *to)) {
            let reason = "which of several invitations it names is not told";
            if changed {
                self.known.give_up(request.call.names(), reason);
            }
            return Some(reason);
        }
        None
    }

    /// Learns from an answer of Organizations who is in which.
    fn learn_of_organizations(&mut self, event: &Event) {
        if let (Some(caller), Some(told)) = (event.caller, worlds::told(event)) {
            self.told.insert(caller, told);
            worlds::keep(&mut self.worlds, &self.told);
        }
    }

    /// Makes the call in every world, and holds the answers against the recorded one.
    #[expect(clippy::too_many_lines, reason = "one answer on its way through all worlds, in order")]
    async fn answer(
        &mut self,
        event: &Event,
        caller: Account,
        request: &Request,
        bodies: Vec<Body>,
        among: Among,
        tally: &mut Tally,
    ) {
        let call = &request.call;
        let made = self.next_name(call);
        let makes = (!call.makes().is_empty()).then_some(&made);
        let observed = self.observe(event, caller, request, bodies, &made).await;
        let (observation, is_told) = match observed {
            Ok(observed) => observed,
            Err(Unanswered { reason, may_have_acted }) => {
                if call.writes() && may_have_acted {
                    // An answer that was read in part may have named what was made.
                    let names: Vec<&Name> = call.names().into_iter().chain(makes).collect();
                    self.known.join(names.iter().copied());
                    self.known.give_up(names, "what became of a call is not known");
                }
                return tally.leave(reason);
            }
        };
        let is_granted = matches!(observation, Observation::Granted(_));
        if let Observation::Refused { code, .. } = &observation
            && let Some(reason) = self.is_beside_the_model(caller, request, code)
        {
            return tally.leave(reason);
        }
        if call.writes() && is_granted {
            self.known.join(call.names().into_iter().chain(makes));
            let region = event.region.as_deref().unwrap_or(HOME);
            self.made_in.extend(makes.map(|made| (made.clone(), region.to_owned())));
            if request::routes_by_default(event) {
                self.routing_by_default.extend(makes.cloned());
            }
            if let Some(made) = makes {
                self.note_made(made);
            }
            self.lines.push(Line::new(caller, call, makes));
            if self.lines.len() > lines::KEPT {
                self.lines.drain(..lines::KEPT / 2);
            }
        }
        // Worlds are changed in place: a copy of each for each call would cost what a history has made.
        let outcomes: Vec<Outcome> = std::mem::take(&mut self.worlds)
            .into_iter()
            .map(|world| self.outcome(world, caller, call, &made, &observation, is_told, event))
            .collect();
        let shares_with_others =
            if call.writes() { self.shares_with_others(caller, event) } else { None };
        let is_judged = !(among.overlaps || (self.has_too_many && shares_with_others.is_some()));
        let named: BTreeSet<Name> = call.names().into_iter().chain(makes).cloned().collect();
        let is_lost;
        if is_judged {
            tally.judged += 1;
            is_lost = self.decide(outcomes, event, caller, call, tally);
        } else {
            is_lost = outcomes.iter().any(|it| it.is_lost);
            if let Some(first) = outcomes.first() {
                for divergence in &first.comparison.diverges {
                    tally.undecided(divergence.rule);
                }
            }
            self.worlds = outcomes.into_iter().map(|it| it.world).collect();
            tally.leave(if among.overlaps {
                "a call that writes was under way at the same time"
            } else {
                "too many accounts may be in organizations"
            });
        }
        if is_lost {
            self.known.give_up(&named, "the answer to a call about it contradicts the model");
        }
        if among.is_unordered && call.writes() && is_granted {
            self.known.give_up(&named, "calls about it were made at the same time");
        }
        if let Some(reason) = shares_with_others.filter(|_| is_granted) {
            self.known.give_up(&named, reason);
        }
    }

    /// Judges by the outcomes in all worlds: those that the answer excludes are dropped, and an answer that
    /// excludes all contradicts the model. Returns whether any that is left can't be followed.
    fn decide(
        &mut self,
        outcomes: Vec<Outcome>,
        event: &Event,
        caller: Account,
        call: &Call,
        tally: &mut Tally,
    ) -> bool {
        let (agreeing, contradicted): (Vec<_>, Vec<_>) =
            outcomes.into_iter().partition(|it| it.comparison.diverges.is_empty());
        if let Some(first) = agreeing.first() {
            for (rule, _) in &first.comparison.conforms {
                tally.held(rule);
            }
            for rule in &first.unsettled {
                tally.undecided(rule);
            }
            let is_lost = agreeing.iter().any(|it| it.is_lost);
            self.worlds = agreeing.into_iter().map(|it| it.world).collect();
            return is_lost;
        }
        if let Some(first) = contradicted.first() {
            for (rule, _) in &first.comparison.conforms {
                tally.held(rule);
            }
            for divergence in &first.comparison.diverges {
                let keyed = divergence.key.iter().flat_map(Key::names);
                let about: BTreeSet<Name> =
                    call.names().into_iter().chain(keyed).cloned().collect();
                let explained =
                    || lines::explained(&self.lines, &self.known, &about, caller, call, divergence);
                tally.contradict(divergence, call.operation(), &event.place, explained);
                if matches!(divergence.difference, Difference::Leak | Difference::Lost) {
                    let names = divergence.key.iter().flat_map(Key::names);
                    self.known.give_up(names, "an answer about it contradicts the model");
                }
            }
        }
        let is_lost = contradicted.iter().any(|it| it.is_lost);
        self.worlds = contradicted.into_iter().map(|it| it.world).collect();
        is_lost
    }

    /// The outcome of a call in a world.
    #[expect(clippy::too_many_arguments, reason = "all of it is one call and its answer")]
    fn outcome(
        &self,
        mut world: World,
        caller: Account,
        call: &Call,
        made: &Name,
        observation: &Observation,
        is_told: bool,
        event: &Event,
    ) -> Outcome {
        let is_granted = matches!(observation, Observation::Granted(_));
        let mut is_lost = call.writes() && matches!(observation, Observation::Malformed(_));
        let answer = match call.check(&world, caller) {
            Decision::Granted if is_granted => {
                Answer::Granted(call.apply(&mut world, caller, made))
            }
            Decision::Granted => Answer::Granted(call.apply(&mut world.clone(), caller, made)),
            Decision::Refused(refusal) => {
                is_lost = is_granted && call.writes();
                Answer::Refused(refusal)
            }
            Decision::Open(open) => {
                if is_granted {
                    call.apply_assumed(&mut world, caller, made, open.rules[0]);
                }
                Answer::Open(open)
            }
        };
        let mut comparison = judge(&answer, observation);
        if let (Observation::Granted(observed), true, false) = (observation, is_told, call.writes())
        {
            laws::hold(observed, &mut comparison);
        }
        if !is_told {
            // Of the answer only that it was granted is known.
            let of_the_call = |it: &Divergence| {
                matches!(it.difference, Difference::WronglyGranted | Difference::WronglyRefused)
            };
            comparison.diverges.retain(of_the_call);
            comparison.conforms.retain(|(_, key)| key.is_none());
        }
        let names_known = |key: &Key| {
            self.known.given_up(key.names()).is_none() && !is_one_of_several(&world, key)
        };
        comparison.diverges.retain(|it| it.key.as_ref().is_none_or(names_known));
        comparison.conforms.retain(|(_, key)| key.as_ref().is_none_or(names_known));
        let mut unsettled = Vec::new();
        comparison.diverges.retain(|it| {
            let has_settled = self.has_settled(event.time, it);
            unsettled.extend((!has_settled).then_some(it.rule));
            has_settled
        });
        Outcome { world, comparison, unsettled, is_lost }
    }

    /// Whether what diverges has had its time to show.
    fn has_settled(&self, time: Option<Span>, divergence: &Divergence) -> bool {
        let bound = self.assumed.bound.of(divergence.key.as_ref());
        let bound = if divergence.key.is_none() { self.assumed.bound.longest() } else { bound };
        if bound == Duration::ZERO {
            return true;
        }
        let (Some(time), Some(written)) = (time, self.written_until) else { return false };
        u128::from(time.begin.saturating_sub(written)) >= bound.as_micros()
    }

    /// Keeps the id of what was made. What is made a second time, as a call with the same token is answered, is one
    /// resource, and which of its names means it is not known.
    fn note_made(&mut self, made: &Name) {
        let Ok(id) = self.session.names.id(made) else { return };
        if let Some(before) = self.made_as.insert(id, made.clone()) {
            self.known.give_up([&before, made], "it was made twice");
        }
    }

    /// Whether an account was invited to a share several times, in any world.
    fn are_several(&self, share: &Name, receiver: Account) -> bool {
        self.worlds.iter().any(|world| are_several(world, share, receiver))
    }

    /// The reason that nothing is known of a share from this call on, where it names accounts that share it.
    fn shares_with_others(&self, caller: Account, event: &Event) -> Option<&'static str> {
        let principals = event.request.as_ref()?.get("principals")?.as_array()?;
        let mut others = principals
            .iter()
            .filter_map(|it| Account::from_id(it.as_str()?))
            .filter(|account| *account != caller);
        let unseen = others.clone().any(|account| !self.callers.contains(&account));
        if self.has_too_many && others.next().is_some() {
            return Some("too many accounts may be in organizations");
        }
        unseen.then_some("it is shared with an account whose calls are not in the history")
    }

    /// Gives up everything known that an event names, in whatever member; everything, if it is not told what.
    fn give_up_named(&mut self, event: &Event, reason: &'static str) {
        let Some(request) = &event.request else { return self.forget() };
        let ids = request::ids(request);
        let names: Vec<Name> =
            ids.iter().filter_map(|id| self.session.names.name(id).cloned()).collect();
        self.known.join(&names);
        self.known.give_up(&names, reason);
    }

    /// Keeps which share an invitation is to, where the answer to the call that accepts or rejects it says so.
    fn note_invitation(&mut self, event: &Event, caller: Account) {
        let (history::Answer::Whole { status: 200, body, .. } | history::Answer::Partly { body }) =
            &event.answer
        else {
            return;
        };
        if !event.operation.ends_with("ResourceShareInvitation") {
            return;
        }
        let Ok(said) = serde_json::from_str::<Value>(body) else { return };
        let text = |member: &str| said["resourceShareInvitation"][member].as_str();
        let (Some(share), Some(arn)) =
            (text("resourceShareArn"), text("resourceShareInvitationArn"))
        else {
            return;
        };
        if let Some(share) = self.session.names.name(share).cloned() {
            self.session.names.invitation_number(&share, caller, arn);
        }
    }

    fn pass_time(&mut self, time: Option<Span>) {
        let Some(time) = time else { return };
        let now = *self.now.get_or_insert(time.begin);
        let passed = time.begin.saturating_sub(now);
        if passed >= STEP {
            for world in &mut self.worlds {
                world.pass(passed / 1_000_000, &self.accounts);
            }
            self.now = Some(now + passed / 1_000_000 * 1_000_000);
        }
    }

    fn enter(&mut self, region: Option<&str>) {
        let name = region.unwrap_or(HOME);
        let region = if name == HOME {
            Region::HOME
        } else {
            let known = self.regions.iter().position(|known| known == name);
            Region::numbered(
                1 + known.unwrap_or_else(|| {
                    self.regions.push(name.to_owned());
                    self.regions.len() - 1
                }),
            )
        };
        for world in &mut self.worlds {
            world.enter(region);
        }
    }

    /// A name for what a call makes.
    fn next_name(&mut self, call: &Call) -> Name {
        let kind = call.makes();
        if kind.is_empty() {
            return Name::none();
        }
        let count = self.made.entry(kind).or_default();
        *count += 1;
        Name::new(format!("{kind}{count}"))
    }
}

/// Whether an invitation is one of several to the same share: which is which is not told.
fn is_one_of_several(world: &World, key: &Key) -> bool {
    matches!(key, Key::Invitation(share, receiver, _) if are_several(world, share, *receiver))
}

/// Whether an account was invited to a share several times.
fn are_several(world: &World, share: &Name, receiver: Account) -> bool {
    world.shares.get(share).is_some_and(|share| {
        share.invitations.iter().filter(|it| it.receiver == receiver).count() > 1
    })
}

fn session(clients: &Clients, accounts: &BTreeSet<Account>) -> Session {
    let mut names = Names::default();
    names.set_accounts(accounts.iter().map(|it| (*it, it.to_string())).collect());
    let clients = accounts.iter().map(|it| (*it, clients.clone())).collect();
    Session::new(clients, names)
}

#[cfg(test)]
mod tests;
