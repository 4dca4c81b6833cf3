//! The target's own endpoints, which no service has.

use bellwether_model::Account;
use bellwether_model::time::DAY;
use bellwether_model::world::Seconds;
use bytes::Bytes;
use http::{Method, Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{self, Failure, Protocol};
use super::{State, refusals, router};

/// The beginning of the paths of its own endpoints.
const OWN: &str = "/_bellwether/";

/// The endpoint by which clients of moto's server, its own tests among them, begin anew.
///
/// <https://docs.getmoto.org/en/latest/docs/server_mode.html#reset-api>
const RESET_OF_MOTO: &str = "/moto-api/reset";

/// The most that passes at once: a hundred years.
const PASSING_MAX: Seconds = 100 * 365 * DAY;

/// Whether a path is one of the target's own.
pub(super) fn is_own(path: &str) -> bool {
    path.starts_with(OWN) || path == RESET_OF_MOTO
}

/// The answers of the target itself: `GET /_bellwether/health`, `POST /_bellwether/reset` or
/// `/moto-api/reset`, and `POST /_bellwether/clock`, which lets a number of `seconds` pass for some
/// `accounts`.
pub(super) fn answer(state: &mut State, request: &Request<Bytes>) -> Option<Response<Bytes>> {
    let path = request.uri().path();
    if !is_own(path) {
        return None;
    }
    let outcome = match (request.method(), path) {
        (&Method::GET, "/_bellwether/health") => Ok(json!({ "status": "ok" })),
        (&Method::POST, "/_bellwether/reset" | RESET_OF_MOTO) => {
            state.reset();
            Ok(json!({ "status": "ok" }))
        }
        (&Method::POST, "/_bellwether/clock") => pass_time(state, request),
        _ => Err(router::unknown_operation()),
    };
    Some(json::answer(Protocol::Rest, outcome))
}

/// A request to move the clocks of some accounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passing {
    seconds: Seconds,
    accounts: Vec<String>,
}

/// Lets time pass for the accounts that a request names; those of others keep theirs, so that
/// cases that run at once are nothing to each other.
fn pass_time(state: &mut State, request: &Request<Bytes>) -> Result<Value, Failure> {
    let wrong = |message: String| Failure::new("ValidationException", message);
    let passing: Passing =
        serde_json::from_slice(request.body()).map_err(|error| wrong(error.to_string()))?;
    let account = |id: &String| {
        Account::from_id(id).ok_or_else(|| wrong(format!("{id:?} is not a valid account id")))
    };
    let accounts = passing.accounts.iter().map(account).collect::<Result<_, _>>()?;
    if passing.seconds > PASSING_MAX {
        return Err(wrong(format!("no more than {PASSING_MAX} seconds pass at once")));
    }
    let passed = state.pass(passing.seconds, &accounts);
    passed.map_err(|refusal| refusals::failure(&refusal))?;
    Ok(json!({ "status": "ok" }))
}
