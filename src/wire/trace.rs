//! The traces of calls.

use bellwether_model::judge::{Cause, Observation};
use bellwether_model::{Account, Call, Name};

use crate::scenario::Step;

/// The name under which calls are traced.
pub(crate) const CALLS: &str = "bellwether::calls";

/// Traces a call with what was observed, if calls are traced.
pub(super) fn trace(actor: Account, call: &Call, made: &Name, observation: &Observation) {
    if tracing::enabled!(target: CALLS, tracing::Level::DEBUG) {
        let made = (!call.makes().is_empty()).then(|| made.clone());
        let step = Step::new(actor, call.clone(), made);
        tracing::debug!(target: CALLS, "{step}  {}", described(observation));
    }
}

/// Returns an observation in a few words.
pub(crate) fn described(observation: &Observation) -> String {
    match observation {
        Observation::Granted(_) => "granted".to_owned(),
        Observation::Refused { code, .. } => format!("refused, {code}"),
        Observation::Malformed(how) => format!("an answer that can't be read: {how}"),
        Observation::Indeterminate(fault) => match fault.cause {
            Cause::Unreadable | Cause::Foreign => {
                format!("an answer that can't be read: {}", fault.detail)
            }
            Cause::Throttled | Cause::ServerError | Cause::NoResponse | Cause::ConnectionLost => {
                format!("no answer: {}", fault.detail)
            }
        },
        Observation::Unimplemented(how) => format!("not implemented: {how}"),
        Observation::Unsendable(how) => format!("not sent: {how}"),
    }
}
