//! The holding of claims against the target.

use std::time::Duration;

use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name};

use super::claims::{self, Test, Wanted};
use super::view_reads::ViewRead;
use super::{PAUSE, PAUSE_MAX, Player};
use crate::scenario::{Claim, FieldClaim};

impl Player<'_> {
    /// Whether a claim holds on the target; `None` if that can't be observed.
    pub(crate) async fn claim(&mut self, claim: &Claim) -> Option<bool> {
        let test = claims::test_of(claim, &self.world)?;
        let begun = self.clock.now();
        let was_awaited = !self.options.unawaited.is_empty() && !self.clock.is_simulated();
        let bound = if was_awaited { Duration::ZERO } else { self.bound.longest() };
        let mut pause = PAUSE;
        loop {
            let holds = match &test {
                Test::Row { view_read, row, fields, present } => {
                    self.shows(view_read, row, fields, *present).await
                }
                Test::Launch { account, call, granted } => {
                    self.may(*account, call).await.map(|may| may == *granted)
                }
            };
            if holds != Some(false) || self.clock.since(begun) >= bound {
                return holds;
            }
            self.clock.back_off(&mut pause, PAUSE_MAX).await;
        }
    }

    /// Whether a read shows a row with these fields, or shows none where it is claimed to be absent;
    /// `None` if that can't be observed.
    ///
    /// A list that is refused has no rows to speak of: a claim about one of them does not hold.
    async fn shows(
        &mut self,
        view_read: &ViewRead,
        row: &Wanted,
        fields: &[FieldClaim],
        present: bool,
    ) -> Option<bool> {
        match self.sender.send(view_read.account, &view_read.call, None).await {
            Observation::Granted(observed) => {
                let mut rows = observed.rows.iter().filter(|it| row.is(&it.key));
                Some(rows.any(|it| are_observed(fields, &it.fields)) == present)
            }
            Observation::Refused { .. } => match row {
                Wanted::Word(_) => Some(false),
                Wanted::Key(_) => None,
            },
            Observation::Malformed(_)
            | Observation::Indeterminate(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => None,
        }
    }

    /// Whether an account may launch: it does, and ends what it launched.
    async fn may(&mut self, account: Account, call: &Call) -> Option<bool> {
        let name = Name::new(format!("probe.{}", self.sender.session.requests));
        self.memory.note_change(&self.world);
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

/// Whether fields of an answer are as claimed.
pub(crate) fn are_observed(claimed: &[FieldClaim], fields: &[(&'static str, Value)]) -> bool {
    claimed.iter().all(|claim| {
        let field = fields.iter().find(|(name, _)| *name == claim.name);
        claim.is_observed(field.map_or(&Value::Missing, |(_, value)| value))
    })
}
