//! Recorded answers as observations: the wire translates them as it translates those of a target.

use bellwether_model::judge::{Cause, Observation, Observed};
use bellwether_model::{Account, Name};
use quick_xml::escape::escape;

use super::Follower;
use super::pages::Body;
use super::request::Request;
use crate::history::{Answer, Event};

/// The reason that there is no observation of a call.
pub(super) struct Unanswered {
    /// The reason.
    pub(super) reason: &'static str,
    /// Whether the call may have done what it asks for.
    pub(super) may_have_acted: bool,
}

impl Unanswered {
    fn unclear(reason: &'static str) -> Self {
        Self { reason, may_have_acted: true }
    }

    fn without_effect(reason: &'static str) -> Self {
        Self { reason, may_have_acted: false }
    }
}

impl Follower {
    /// The observation of a recorded answer, and whether all of the answer is known.
    ///
    /// # Errors
    ///
    /// The reason that there is none.
    pub(super) async fn observe(
        &mut self,
        event: &Event,
        caller: Account,
        request: &Request,
        bodies: Vec<Body>,
        made: &Name,
    ) -> Result<(Observation, bool), Unanswered> {
        let answer = match &event.answer {
            Answer::Refused { code, message } => refusal(&event.service, code, message),
            Answer::Granted if request.call.makes().is_empty() => {
                return Ok((Observation::Granted(Observed::default()), false));
            }
            Answer::Granted | Answer::Unrecorded => {
                return Err(Unanswered::unclear("the answer is not recorded"));
            }
            Answer::Lost => return Err(Unanswered::unclear("the answer was lost")),
            Answer::Whole { status, body, error } => {
                Body { status: *status, text: body.clone(), error: error.clone() }
            }
            Answer::Partly { body } => Body { status: 200, text: body.clone(), error: None },
        };
        let is_told = matches!(event.answer, Answer::Whole { .. } | Answer::Refused { .. });
        self.reader.replies.prepare(&event.operation, bodies.into_iter().chain([answer]));
        if let Some(image) = &request.image {
            self.session.fixtures.keep_image(caller, image);
        }
        let made = (!request.call.makes().is_empty()).then_some(made);
        let observation = self.session.send(caller, &request.call, made).await;
        if self.reader.replies.have_strayed() {
            return Err(Unanswered::unclear("the answer can't be read by itself"));
        }
        Err(match observation {
            Observation::Malformed(_) if !is_told => {
                Unanswered::unclear("the answer is not recorded")
            }
            Observation::Granted(_) | Observation::Refused { .. } | Observation::Malformed(_) => {
                return Ok((observation, is_told));
            }
            Observation::Indeterminate(fault) => match fault.cause {
                Cause::Throttled => Unanswered::without_effect("the call was throttled"),
                Cause::ServerError => Unanswered::unclear("the server failed"),
                Cause::NoResponse | Cause::ConnectionLost => {
                    Unanswered::unclear("the answer was lost")
                }
                Cause::Unreadable | Cause::Foreign => {
                    Unanswered::unclear("the answer can't be read")
                }
            },
            Observation::Unimplemented(_) => {
                Unanswered::without_effect("the target does not have the operation")
            }
            Observation::Unsendable(_) => {
                Unanswered::unclear("the call can't be made from its request")
            }
        })
    }
}

/// A refusal as the service writes it.
fn refusal(service: &str, code: &str, message: &str) -> Body {
    let status = 400;
    if !["ec2", "route53"].contains(&service) {
        let body = serde_json::json!({ "message": message }).to_string();
        return Body { status, text: body, error: Some(code.to_owned()) };
    }
    let (code, message) = (escape(code), escape(message));
    let error = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    let body = if service == "ec2" {
        format!("<Response><Errors>{error}</Errors></Response>")
    } else {
        format!("<ErrorResponse>{error}</ErrorResponse>")
    };
    Body { status, text: body, error: None }
}
