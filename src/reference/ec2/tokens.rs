//! Client tokens: a request that bears the token of another is answered as that was, and nothing is done
//! again.
//!
//! <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>

use bellwether_model::{Account, Region};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

use crate::reference::State;
use crate::reference::json::Failure;
use crate::reference::query::{self, Xml};

/// The parameter that holds it.
const NAME: &str = "ClientToken";

/// The token of a request.
pub(super) struct Token {
    /// The caller, the Region, the action and the token.
    key: (Account, Region, &'static str, String),
    /// All that the request says, in order.
    asked: Vec<(String, String)>,
}

impl Token {
    /// The token of a request, if it bears one.
    pub(super) fn of(
        state: &State,
        caller: Account,
        action: &'static str,
        form: &[(String, String)],
    ) -> Option<Self> {
        let token = query::value(form, NAME)?;
        let mut asked = form.to_vec();
        asked.sort_unstable();
        Some(Self { key: (caller, state.world.region, action, token.to_owned()), asked })
    }

    /// The answer to the first request of this token, if there was one.
    ///
    /// # Errors
    ///
    /// That request said something else.
    pub(super) fn answered(&self, state: &State) -> Result<Option<Response<Bytes>>, Failure> {
        let Some(kept) = state.answers.get(&self.key) else {
            return Ok(None);
        };
        if kept["asked"] != json!(self.asked) {
            let message = "The client token you have provided was used with other parameters.";
            return Err(Failure::new("IdempotentParameterMismatch", message));
        }
        let text = |key: &str| kept[key].as_str().unwrap_or_default();
        let answer = text("answer").replacen(text("requestId"), &state.request_id, 1);
        Ok(Some(Xml::of(answer).answer(StatusCode::OK)))
    }

    /// Keeps the answer to the first request of this token.
    pub(super) fn keep(self, state: &mut State, answer: &Xml) {
        let kept = json!({
            "asked": self.asked,
            "answer": answer.as_str(),
            "requestId": state.request_id,
        });
        state.answers.insert(self.key, kept);
    }
}
