//! The embedded reference target: HTTP in front of the model's transition.
//!
//! It uses no harness code. Whatever a request asks is turned into a call of the model, and the
//! model's answer into a response; any AWS SDK and the AWS CLI can talk to it.
//!
//! [`Reference::handle`] is the whole of it: a request in, a response out, nothing in between
//! that waits. [`crate::connector`] calls it without a socket, [`crate::serve`] behind one.
//!
//! Signatures are not checked. An account is had by signing as one: its 12 digits are its access
//! key id, and `AssumeRole` hands out keys that bear them. Any other key is nobody's, or the default
//! account's if there is one.

pub mod accounts;
pub mod arns;
mod characters;
mod departed;
mod dns;
pub mod ec2;
pub mod faults;
mod flaws;
pub mod json;
pub mod licensemanager;
pub mod made;
pub mod members;
pub mod mutants;
pub mod organizations;
mod own;
mod pages;
mod partitions;
mod pending;
pub mod planted;
pub mod query;
pub mod ram;
pub mod random;
pub mod refusals;
pub mod route53;
pub mod route53profiles;
pub mod route53resolver;
pub mod router;
pub mod settling;
pub mod state;
pub mod sts;
pub mod tagging;
pub mod time;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bellwether_model::{Account, Assumptions};
use bytes::Bytes;
use http::{Request, Response};

use faults::Injected;
pub use faults::{Arrives, Delivery, Faults};
pub use flaws::Flaw;
use made::{Between, Player};
pub use planted::Planted;
pub use settling::Settling;
pub use state::State;
pub use time::Time;

/// The reference target. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    state: Arc<Mutex<State>>,
    /// What stands between it and its callers, if anything does.
    between: Option<Arc<Mutex<Player>>>,
}

impl Reference {
    /// A target in which nothing has happened yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A target with a planted fault, if any.
    #[must_use]
    pub fn with_mutant(mutant: Option<&'static mutants::Mutant>) -> Self {
        Self::planting(mutant.into())
    }

    /// A target with several planted faults.
    #[must_use]
    pub fn planting(planted: Planted) -> Self {
        Self { state: Arc::new(Mutex::new(State::planting(planted))), between: None }
    }

    /// The same target, with this between it and its callers. Injected faults pass it by.
    #[must_use]
    pub fn behind(self, between: Option<Between>) -> Self {
        let between = between.map(|between| Arc::new(Mutex::new(Player::new(between))));
        Self { between, ..self }
    }

    /// The same target, in which this holds against AWS. Nothing has happened in it yet.
    #[must_use]
    pub fn assuming(self, assumptions: Assumptions) -> Self {
        self.state().assume(assumptions);
        self
    }

    /// The same target, in which what is done is shown after these delays.
    #[must_use]
    pub fn settling(self, settling: Settling) -> Self {
        self.state().settle(settling);
        self
    }

    /// The same target, which injects these faults.
    #[must_use]
    pub fn with_faults(self, faults: Faults) -> Self {
        self.state().inject(faults);
        self
    }

    /// The same target, in which access keys that name no account are this account's.
    #[must_use]
    pub fn with_default_account(self, account: Option<Account>) -> Self {
        self.state().default_account = account;
        self
    }

    /// The same target, by the clock of the outside.
    #[must_use]
    pub fn in_real_time(self) -> Self {
        self.state().go_by(Time::outside());
        self
    }

    /// The clock that it goes by.
    #[must_use]
    pub fn time(&self) -> Time {
        self.state().time().clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
        match &self.between {
            Some(player) => {
                let mut player = player.lock().unwrap_or_else(PoisonError::into_inner);
                player.answer(state, request)
            }
            None => router::route(state, request),
        }
    }

    /// Answers a request as it arrives through the injected faults.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a request is answered once, as with any HTTP service"
    )]
    pub fn deliver(&self, request: Request<Bytes>) -> Delivery {
        let mut state = self.state();
        let spared = own::is_own(request.uri().path());
        let injected = if spared { Injected::default() } else { state.draw_faults() };
        let arrives = match injected.fault {
            Some(fault) => router::route_with_fault(&mut state, &request, fault),
            None => Arrives::Whole(self.answer(&mut state, &request)),
        };
        let arrives = match state.take_breakdown() {
            Some(breakdown) => router::broken_down(&state, &request, arrives, breakdown),
            None => arrives,
        };
        state.end();
        Delivery { after: injected.slow, arrives }
    }

    /// Refuses a request that did not arrive as a whole, of which the body is left out, in the form of
    /// the service that it calls.
    #[must_use]
    pub fn refuse(&self, request: &Request<Bytes>, flaw: &Flaw) -> Response<Bytes> {
        router::refuse(&mut self.state(), request, flaw)
    }

    /// Answers a request as if no faults were injected. The answers to one sequence of requests are always the same.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a request is answered once, as with any HTTP service"
    )]
    pub fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        let mut state = self.state();
        let response = self.answer(&mut state, &request);
        state.end();
        response
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
