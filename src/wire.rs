//! The wire: calls through the official SDK, and their observations in the scenario's names.
//!
//! The wire translates and never judges. One file per operation, as in the model; what they have
//! in common is here.

/// Declares the module of each operation of a service, and sends a call by it.
macro_rules! operations_of {
    ($service:literal: $($module:ident::$Operation:ident,)+) => {
        $(pub(in crate::wire) mod $module;)+

        pub(super) async fn send(
            session: &mut Session,
            actor: Account,
            call: &Call,
            made: &Name,
        ) -> Result<Observation, Observation> {
            match call {
                $(Call::$Operation(call) => {
                    Box::pin($module::send(session, actor, call, made)).await
                })+
                // The operations of other services are sent elsewhere.
                other => Err(Observation::Unsendable(format!(
                    concat!("{} is not an operation of ", $service),
                    other.operation()
                ))),
            }
        }
    };
}

pub mod bellwether;
mod dns;
pub mod ec2;
mod faults;
pub mod fixtures;
pub mod licensemanager;
pub mod names;
pub mod organizations;
pub mod page;
pub mod ram;
pub mod retry;
pub mod route53;
pub mod route53profiles;
pub mod route53resolver;
pub(crate) mod trace;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Cause, Indeterminate, Observation, Observed, ObservedRow};
use bellwether_model::operations::Service;
use bellwether_model::{Account, Call, Name, Region};

use crate::clock::Clock;

use faults::as_setup_failure;
pub use faults::unanswered;
pub use fixtures::Fixtures;
pub use names::Names;
use retry::{Attempt, Next, RetryPolicy};

/// The SDK's clients of one account in one Region.
#[derive(Clone, Debug)]
pub struct Clients {
    /// RAM, as this account.
    pub ram: aws_sdk_ram::Client,
    /// EC2, as this account.
    pub ec2: aws_sdk_ec2::Client,
    /// License Manager, as this account.
    pub licensemanager: Lazy<aws_sdk_licensemanager::Client>,
    /// Organizations, as this account.
    pub organizations: Lazy<aws_sdk_organizations::Client>,
    /// Route 53, as this account.
    pub route53: Lazy<aws_sdk_route53::Client>,
    /// Route 53 Profiles, as this account.
    pub route53profiles: Lazy<aws_sdk_route53profiles::Client>,
    /// Route 53 Resolver, as this account.
    pub route53resolver: Lazy<aws_sdk_route53resolver::Client>,
}

/// A client that is made when it is first needed: few cases need all of them.
pub type Lazy<T> = Arc<LazyLock<T, Box<dyn FnOnce() -> T + Send>>>;

/// A client that this makes when it is first needed.
pub fn lazy<T>(make: impl FnOnce() -> T + Send + 'static) -> Lazy<T> {
    Arc::new(LazyLock::new(Box::new(make)))
}

/// The accounts of one case, and what the target calls the resources in it.
#[derive(Debug)]
pub struct Session {
    /// The clients of each actor in `home`.
    pub clients: BTreeMap<Account, Clients>,
    /// The clients of each actor in `away`: few cases need them.
    pub clients_away: BTreeMap<Account, Lazy<Clients>>,
    /// The target's names of the scenario's resources.
    pub names: Names,
    /// The fixtures that were made for the scenario's calls beside its resources, in the Region in which
    /// calls are made.
    pub fixtures: Fixtures,
    /// The fixtures of the other Region.
    pub fixtures_elsewhere: Fixtures,
    /// Whether the target has a clock to move.
    pub has_clock: bool,
    /// The time by which its clock was moved.
    pub moved: Duration,
    /// The requests sent so far.
    pub requests: u64,
    /// The `DryRun` of the call in hand: true if the call is only to be tried, left out otherwise. No
    /// fixture is made with it.
    pub dry_run: Option<bool>,
    /// The calls sent so far, where they are to be kept.
    pub sent: Option<Vec<Sent>>,
    /// The pause that the last answer asked for.
    pub retry_after: Option<Duration>,
    /// The time that the case waits by.
    pub clock: Clock,
    /// Whether any request met a transient fault.
    pub had_transient_faults: bool,
    /// Whether nobody listened at the endpoint when any request was sent.
    pub was_down: bool,
    /// The shares that were listed and are not the scenario's, by ARN.
    pub unmapped_shares: BTreeSet<String>,
    /// The answers in a row that could not be read, by operation, of those that other calls need.
    pub unread: BTreeMap<&'static str, u32>,
}

/// A call as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The caller.
    pub actor: Account,
    /// The call.
    pub call: Call,
    /// The name of the resource that it was to make, if it makes one.
    pub made: Option<Name>,
}

impl Session {
    /// Returns the date by the target's clock, as the time since 1970.
    #[must_use]
    pub fn target_date(&self) -> Duration {
        self.clock.date() + self.moved
    }

    /// A session in which nothing was sent yet.
    #[must_use]
    pub fn new(clients: BTreeMap<Account, Clients>, mut names: Names) -> Self {
        names.set_nonce(nonce());
        Self {
            clients,
            clients_away: BTreeMap::new(),
            names,
            fixtures: Fixtures::default(),
            fixtures_elsewhere: Fixtures::default(),
            has_clock: false,
            moved: Duration::ZERO,
            requests: 0,
            dry_run: None,
            sent: None,
            retry_after: None,
            clock: Clock::outside(),
            had_transient_faults: false,
            was_down: false,
            unmapped_shares: BTreeSet::new(),
            unread: BTreeMap::new(),
        }
    }

    /// Sends a call as an actor; returns the observation. `made` names what the call makes.
    ///
    /// A call that needs more than its scenario says (a VPC for a subnet, a security group for a
    /// launch) has it made first, by the same account.
    pub async fn send(&mut self, actor: Account, call: &Call, made: Option<&Name>) -> Observation {
        if let Some(sent) = &mut self.sent {
            sent.push(Sent { actor, call: call.clone(), made: made.cloned() });
        }
        let mut named = call.actors().into_iter();
        if let Some(absent) = named.find(|it| !self.clients.contains_key(it)) {
            return Observation::Unsendable(format!("{absent} is not in this world"));
        }
        self.dry_run = call.is_dry_run().then_some(true);
        self.enter(call.region());
        let nameless = Name::none();
        let made = made.unwrap_or(&nameless);
        let sent = self.send_itself(actor, call.itself(), made).await;
        let observation = sent.unwrap_or_else(|unanswered| unanswered);
        trace::trace(actor, call, made, &observation);
        observation
    }

    async fn send_itself(
        &mut self,
        actor: Account,
        call: &Call,
        made: &Name,
    ) -> Result<Observation, Observation> {
        match call.service() {
            Service::Ram => ram::send(self, actor, call, made).await,
            Service::Ec2 => ec2::send(self, actor, call, made).await,
            Service::LicenseManager => licensemanager::send(self, actor, call, made).await,
            Service::Route53 => route53::send(self, actor, call, made).await,
            Service::Route53Profiles => route53profiles::send(self, actor, call, made).await,
            Service::Route53Resolver => route53resolver::send(self, actor, call, made).await,
            Service::Organizations => organizations::send(self, actor, call, made).await,
            Service::Bellwether => bellwether::send(self, actor, call, made).await,
        }
    }

    /// Goes to a Region: calls are made there from now on.
    fn enter(&mut self, region: Region) {
        if region != self.names.region() {
            std::mem::swap(&mut self.fixtures, &mut self.fixtures_elsewhere);
            self.names.enter(region);
        }
    }

    /// The clients of an actor, in the Region in which calls are made. A case has clients for all actors of its
    /// world.
    ///
    /// # Errors
    ///
    /// The actor has no part in this case.
    pub fn clients(&self, actor: Account) -> Result<Clients, Observation> {
        let clients = if self.names.region() == Region::HOME {
            self.clients.get(&actor).cloned()
        } else {
            self.clients_away.get(&actor).map(|clients| Clients::clone(clients))
        };
        clients.ok_or_else(|| Observation::Unsendable(format!("{actor} is not in this world")))
    }

    /// Awaits a request and counts it; the error is the observation in place of a reply.
    ///
    /// # Errors
    ///
    /// The refusal, the transient fault, or what else came instead.
    pub async fn count<T, E>(
        &mut self,
        request: impl Future<Output = Result<T, SdkError<E, Response>>>,
    ) -> Result<T, Observation>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.requests += 1;
        self.retry_after = None;
        request.await.map_err(|error| {
            self.retry_after = error.raw_response().and_then(retry_after);
            let observation = unanswered(&error);
            self.had_transient_faults |= matches!(observation, Observation::Indeterminate(_));
            self.was_down |= faults::is_refused_connection(&error);
            observation
        })
    }

    /// Decides what follows this try of a request that was just answered with a fault.
    #[must_use]
    pub fn after_fault(
        &self,
        policy: RetryPolicy,
        fault: &Indeterminate,
        number: u32,
        is_repeatable: bool,
    ) -> Next {
        let is_simulated = self.clock.is_simulated();
        let asked = self.retry_after;
        policy.next(fault, Attempt { number, is_repeatable, is_simulated, asked })
    }

    /// The reply to an operation that is called before the call itself. `None` if it is refused, or if
    /// its answers can never be read: the call's own answer speaks.
    ///
    /// # Errors
    ///
    /// A transient fault, as one of the setup.
    fn ok_unless_transient<T>(
        &mut self,
        operation: &'static str,
        came: Result<T, Observation>,
    ) -> Result<Option<T>, Observation> {
        let unread = self.unread.entry(operation).or_default();
        let is_unread = match &came {
            Err(Observation::Malformed(_)) => true,
            Err(Observation::Indeterminate(fault)) => {
                matches!(fault.cause, Cause::Unreadable | Cause::Foreign)
            }
            Err(_) | Ok(_) => false,
        };
        *unread = if is_unread { *unread + 1 } else { 0 };
        match came {
            Ok(came) => Ok(Some(came)),
            Err(came @ Observation::Indeterminate(_)) if *unread <= UNREAD_MAX => {
                Err(as_setup_failure(operation, came))
            }
            Err(_without) => Ok(None),
        }
    }
}

/// The most answers in a row that can't be read before an operation is taken to have no readable ones.
const UNREAD_MAX: u32 = 3;

/// A text that no other session has, by the time and the count of those in this process.
fn nonce() -> String {
    static SESSIONS: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}-{:x}", now.as_nanos(), SESSIONS.fetch_add(1, Ordering::Relaxed))
}

/// The size of the pages that a list is asked for, if the call does not say.
const PAGE: i32 = 100;

/// A call without an answer to speak of.
fn granted() -> Observation {
    Observation::Granted(Observed::default())
}

/// The rows of a list of resources, those that are not the scenario's left out.
///
/// # Errors
///
/// One of them has no id.
fn rows_of<T, F: IntoIterator<Item = (&'static str, Value)>>(
    session: &Session,
    items: &[T],
    id: impl Fn(&T) -> Option<&str>,
    fields: impl Fn(&T) -> F,
) -> Result<Observation, Observation> {
    let mut observed = Observed::default();
    for item in items {
        let nameless = || Observation::Malformed("an item of the list has no id".to_owned());
        let Some(name) = session.names.name(id(item).ok_or_else(nameless)?) else {
            continue;
        };
        let fields = fields(item).into_iter().collect();
        observed.rows.push(ObservedRow { key: Key::Resource(name.clone()), fields });
    }
    Ok(Observation::Granted(observed))
}

/// The pages after which a list is taken to be endless.
const PAGES_MAX: usize = 1000;

/// A list, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed<T> {
    /// The items of all pages.
    items: Vec<T>,
    /// The items on the largest page.
    largest: usize,
}

/// Reads a list to its end: AWS may send empty pages before it, so only a missing token is one.
/// `page` sends the request for the page of a token; the first one has `token`.
///
/// # Errors
///
/// The observation for a page that got no reply, or that the list does not end.
async fn pages<T, E, F>(
    session: &mut Session,
    mut token: Option<String>,
    page: impl Fn(Option<String>) -> F,
) -> Result<Listed<T>, Observation>
where
    E: ProvideErrorMetadata + Error + 'static,
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), SdkError<E, Response>>>,
{
    let mut listed = Listed { items: Vec::new(), largest: 0 };
    for number in 0..PAGES_MAX {
        let mut attempt = 1;
        let (more, next) = loop {
            let observation = match session.count(page(token.clone())).await {
                Ok(answered) => break answered,
                Err(observation) => observation,
            };
            let Observation::Indeterminate(fault) = &observation else { return Err(observation) };
            let next = session.after_fault(RetryPolicy::PAGE, fault, attempt, true);
            // The first page is sent again by whoever sends the call.
            let (false, Next::RetryAfter(pause)) = (number == 0, next) else {
                return Err(observation);
            };
            attempt += 1;
            session.clock.wait(pause).await;
        };
        let more = more.unwrap_or_default();
        listed.largest = listed.largest.max(more.len());
        listed.items.extend(more);
        let next = next.filter(|token| !token.is_empty());
        if next.is_none() {
            return Ok(listed);
        }
        if next == token {
            let endless = "the list has no end: a page leads to itself".to_owned();
            return Err(Observation::Malformed(endless));
        }
        token = next;
    }
    let endless = format!("the list has no end: {PAGES_MAX} pages");
    Err(Observation::Malformed(endless))
}

/// The items of a list, read to its end.
///
/// # Errors
///
/// As [`pages`].
async fn all<T, E, F>(
    session: &mut Session,
    page: impl Fn(Option<String>) -> F,
) -> Result<Vec<T>, Observation>
where
    E: ProvideErrorMetadata + Error + 'static,
    F: Future<Output = Result<(Option<Vec<T>>, Option<String>), SdkError<E, Response>>>,
{
    pages(session, None, page).await.map(|listed| listed.items)
}

/// The pause that an answer asks for, if it says so in seconds.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
