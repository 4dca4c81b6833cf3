//! The holding of claims against the target.

use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name};

use super::claims::{self, Test};
use super::view_reads::ViewRead;
use super::{PAUSE, PAUSE_MAX, Player};
use crate::scenario::Claim;

impl Player<'_> {
    /// Whether a claim holds on the target; `None` if that can't be observed.
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
        let observation = self.sender.send(view_read.account, &view_read.call, None).await;
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
        let name = Name::new(format!("probe.{}", self.sender.session.requests));
        match self.sender.send(account, call, Some(&name)).await {
            Observation::Granted(_) => {
                let named = Reference::Named(name);
                if let Some(ended_by) = call.info().launch_ended_by {
                    self.sender.send(account, &ended_by(named), None).await;
                }
                Some(true)
            }
            Observation::Refused { .. } => Some(false),
            Observation::Malformed(_)
            | Observation::Indeterminate(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => None,
        }
    }
}
