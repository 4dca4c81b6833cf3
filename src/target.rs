//! Targets: connections, account schemes and bounds.
//!
//! A target contains no operations. Each built-in one is a file in `targets/`.

mod accounts;
mod bound;
mod open;
mod presence;

use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use bellwether_model::Assumptions;
use tokio::process::Child;

pub use accounts::{AccountScheme, SchemeError};
pub use bound::{Bound, BoundError};
pub use open::{Opened, REQUEST_TIMEOUT};
pub use presence::Presence;

use crate::clock::Clock;
use crate::connector;
use crate::record::tap::Tap;
use crate::reference::made::Between;
use crate::reference::mutants::{Mutant, Mutation};
use crate::reference::{Faults, Planted, Reference, Settling};
use crate::wire::names::AWAY;

/// Something to check: an endpoint, or the embedded reference.
#[derive(Debug)]
pub struct Target {
    /// Its name in reports.
    pub name: String,
    /// The options by which another command chooses it.
    pub arguments: String,
    /// The connection to it.
    pub connection: Connection,
    /// The scheme by which it identifies the calling account.
    pub accounts: AccountScheme,
    /// The longest time that an expected change may take to be seen; zero for a target that claims
    /// to be synchronous.
    pub bound: Bound,
    /// Whether somebody has said that bound, or it is known. A run measures the bound of other targets.
    pub is_bound_given: bool,
    /// The assumptions about it, against AWS.
    pub assumptions: Assumptions,
    /// The Region of AWS that is `away` in scenarios; `home` is us-east-1.
    pub away: String,
    /// Whether it has a clock to move, at `/_bellwether/clock`.
    pub has_clock: bool,
    /// The longest time that a request may take before it counts as unanswered.
    pub request_timeout: Duration,
    /// The process that Bellwether started for it; it ends with the target.
    pub process: Option<Child>,
}

/// The connection to a target.
#[derive(Clone, Debug)]
pub enum Connection {
    /// In this process, a fresh one for every case: no socket.
    InProcess {
        /// The planted faults.
        planted: Planted,
        /// What stands between it and its callers, if anything does.
        between: Option<Between>,
        /// The delays that it injects.
        settling: Settling,
        /// The faults injected between it and its callers.
        faults: Faults,
        /// What keeps all that is said to it, if anything does.
        tap: Option<Tap>,
    },
    /// Behind a URL.
    Endpoint {
        /// The URL, as given.
        url: String,
        /// The HTTP client of all cases.
        http: SharedHttpClient,
    },
}

/// The time that the bound of the reference allows on top of its longest delay: view reads are seconds apart.
const SLACK: Duration = Duration::from_secs(2);

impl Target {
    /// The embedded reference, in this process, with a planted fault if any.
    #[must_use]
    pub fn reference(mutant: Option<&'static Mutant>) -> Self {
        Self::with_faults(mutant.into(), Settling::default(), Faults::default())
    }

    /// The embedded reference, in this process, with this between it and its callers.
    #[must_use]
    pub fn behind(name: String, between: Between) -> Self {
        let mut target = Self { name, ..Self::reference(None) };
        if let Connection::InProcess { between: place, .. } = &mut target.connection {
            *place = Some(between);
        }
        target
    }

    /// The same target, in this process, whose cases this keeps.
    #[must_use]
    pub fn kept_by(mut self, kept_by: Tap) -> Self {
        if let Connection::InProcess { tap, .. } = &mut self.connection {
            *tap = Some(kept_by);
        }
        self
    }

    /// The embedded reference with planted faults, injected delays and injected faults; its bound is the
    /// longest time that either of the latter keeps something unseen.
    #[must_use]
    pub fn with_faults(planted: Planted, settling: Settling, faults: Faults) -> Self {
        let late = settling.longest() + faults.lag();
        let is_canned = planted.mutations().any(|it| matches!(it, Mutation::Answers(_)));
        Self {
            name: if planted.is_empty() { "reference".to_owned() } else { planted.to_string() },
            arguments: String::new(),
            accounts: AccountScheme::AccessKey,
            bound: if late.is_zero() { Bound::ZERO } else { (late + SLACK).into() },
            is_bound_given: true,
            assumptions: Assumptions::default(),
            away: AWAY.to_owned(),
            has_clock: !is_canned,
            request_timeout: REQUEST_TIMEOUT,
            process: None,
            connection: Connection::InProcess {
                planted,
                between: None,
                settling,
                faults,
                tap: None,
            },
        }
    }
}

impl Connection {
    /// A connection to an endpoint over HTTP or HTTPS.
    #[must_use]
    pub fn to(url: &str) -> Self {
        use aws_smithy_http_client::{Builder, tls};
        let provider = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
        let http = if url.starts_with("https:") {
            Builder::new().tls_provider(provider).build_https()
        } else {
            Builder::new().build_http()
        };
        Self::Endpoint { url: url.to_owned(), http }
    }

    /// The URL that reports show.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::InProcess { .. } => "in-process",
            Self::Endpoint { url, .. } => url,
        }
    }

    /// The URL, HTTP client and clock of one case.
    ///
    /// Injected faults are drawn from `seed`.
    fn of_case(&self, assumptions: Assumptions, seed: u64) -> (String, SharedHttpClient, Clock) {
        match self {
            Self::InProcess { planted, between, settling, faults, tap } => {
                let reference = Reference::planting(planted.clone())
                    .behind(between.clone())
                    .assuming(assumptions)
                    .settling(settling.clone())
                    .with_faults(faults.clone().with_seed(seed));
                let time = reference.time();
                let client = connector::client(reference);
                let client = match tap {
                    Some(tap) => tap.client(client, Some(time.clone())),
                    None => client,
                };
                ("http://reference.invalid".to_owned(), client, Clock::of(time))
            }
            Self::Endpoint { url, http } => (url.clone(), http.clone(), Clock::outside()),
        }
    }
}

/// The reason that a target can't be used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TargetError {
    /// Nothing answers at the endpoint.
    #[error("failed to reach {endpoint}: {cause}")]
    Unreachable {
        /// The endpoint.
        endpoint: String,
        /// The call that was tried, and its outcome.
        cause: String,
    },
    /// Something answers that is not an implementation of AWS.
    #[error("{endpoint} answers, but not as AWS does: {cause}")]
    Foreign {
        /// The endpoint.
        endpoint: String,
        /// The call that was tried, and its outcome.
        cause: String,
    },
    /// The target does not take the credentials of an account.
    #[error("{endpoint} refuses the credentials of account {account}: {cause}")]
    Refused {
        /// The endpoint.
        endpoint: String,
        /// The account.
        account: String,
        /// The call that was tried, and the code of its refusal.
        cause: String,
    },
    /// Two accounts turn out to be one.
    #[error(
        "the accounts of {endpoint} are not separate: asked as {first} and as {second}, it \
         answered as account {answered} both times"
    )]
    NotSeparate {
        /// The endpoint.
        endpoint: String,
        /// The first account.
        first: String,
        /// The second account.
        second: String,
        /// The account that answered.
        answered: String,
    },
    /// Credentials for an account could not be obtained.
    #[error("failed to get credentials for account {account}: {cause}")]
    Credentials {
        /// The account.
        account: String,
        /// The reason.
        cause: String,
    },
    /// The world of a case could not be set up.
    #[error("failed to set up {what}: {cause}")]
    Setup {
        /// The part that was being made.
        what: String,
        /// The reason that it failed.
        cause: String,
    },
    /// A target's own process could not be started, or did not get ready.
    #[error("failed to start {command}: {cause}")]
    Start {
        /// The command.
        command: String,
        /// The reason.
        cause: String,
        /// Help for the user.
        help: &'static str,
    },
}

impl TargetError {
    /// Whether the target answers, and only the world of a case could not be set up in it.
    #[must_use]
    pub fn is_about_a_world(&self) -> bool {
        matches!(self, Self::Setup { .. })
    }

    /// Help for the user: the next step to take.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => {
                "start the server, and check --endpoint; `curl` against the same URL shows whether anybody listens"
            }
            Self::Foreign { .. } => {
                "something else may listen there, or the server may be failing: check --endpoint, and the server's own log"
            }
            Self::Refused { .. } | Self::NotSeparate { .. } => {
                "choose how the target tells accounts apart: --accounts access-key, assume-role, header:NAME or process:COMMAND"
            }
            Self::Credentials { .. } => {
                "check --accounts: assume-role needs STS, and a process has to print credentials as credential_process does"
            }
            Self::Setup { .. } => {
                "run `bellwether probe` with the same target to see what it implements"
            }
            Self::Start { help, .. } => help,
        }
    }
}
