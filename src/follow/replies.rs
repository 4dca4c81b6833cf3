//! The SDK's way to recorded answers: what a client reads is what was recorded, so that the wire translates
//! it as it translates the answers of a target.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use super::pages::Body;
use crate::history::exchange;

/// An HTTP client that answers with what was recorded, each answer once and in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Replies {
    next: Arc<Mutex<Next>>,
}

/// The answers that are given next.
#[derive(Debug, Default)]
struct Next {
    operation: String,
    answers: VecDeque<Body>,
    has_strayed: bool,
}

impl Replies {
    /// Gives these answers to the next requests for an operation, and to no others.
    pub(super) fn prepare(&self, operation: &str, answers: impl IntoIterator<Item = Body>) {
        let next = Next {
            operation: operation.to_owned(),
            answers: answers.into_iter().collect(),
            has_strayed: false,
        };
        *self.next() = next;
    }

    /// Whether anything else than the recorded answers was asked for since: then what was read is not what
    /// was recorded.
    pub(super) fn have_strayed(&self) -> bool {
        let next = self.next();
        next.has_strayed || !next.answers.is_empty()
    }

    fn next(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for Replies {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Replies {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut next = self.next();
        let answer = if calls(&request, &next.operation) {
            next.answers.pop_front()
        } else {
            aside(&request, &next.operation)
        };
        let answer = answer.ok_or_else(|| {
            next.has_strayed = true;
            ConnectorError::other("no answer to this was recorded".into(), None)
        });
        HttpConnectorFuture::ready(answer.and_then(|Body { status, text, error }| {
            let mut response = http::Response::builder().status(status);
            if let Some(error) = error {
                response = response.header("x-amzn-errortype", error);
            }
            let response = response.body(SdkBody::from(text));
            let response = response.map_err(|error| ConnectorError::other(error.into(), None))?;
            HttpResponse::try_from(response)
                .map_err(|error| ConnectorError::other(error.into(), None))
        }))
    }
}

/// The answer to a request that the wire makes before another one, and that a recording need not have.
fn aside(request: &HttpRequest, operation: &str) -> Option<Body> {
    // Which version of a prefix list a change is made to is of no account once the answer is there.
    let is_asked =
        operation == "ModifyManagedPrefixList" && calls(request, "DescribeManagedPrefixLists");
    let text =
        "<DescribeManagedPrefixListsResponse><prefixListSet/></DescribeManagedPrefixListsResponse>";
    is_asked.then(|| Body { status: 200, text: text.to_owned(), error: None })
}

/// Whether a request calls an operation, by its path, its target or its action.
fn calls(request: &HttpRequest, operation: &str) -> bool {
    if let Some(target) = request.headers().get("x-amz-target") {
        return target.split_once('.').is_some_and(|(_, called)| called == operation);
    }
    let uri: http::Uri = request.uri().parse().unwrap_or_default();
    if let Some(called) = exchange::operation_at(request.method(), uri.path()) {
        return called == operation;
    }
    let body = request.body().bytes().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(body);
    pairs.any(|(name, value)| name == "Action" && value == operation)
}
