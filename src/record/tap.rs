//! What is said to a target in this process, kept as the proxy keeps what is said over HTTP.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::history::exchange::{Exchange, Scope};
use crate::history::{Event, Micros, Place};
use crate::reference::Time;

/// The time between two calls where no clock tells it.
const APART: Micros = 1000;

/// Keeps what clients say and hear, in the order of their calls. Clones keep together.
#[derive(Clone, Debug, Default)]
pub struct Tap {
    kept: Arc<Mutex<Vec<Exchange>>>,
}

impl Tap {
    /// A client of the same target whose calls are kept. They are timed by this clock; without one they are a
    /// thousandth of a second apart.
    #[must_use]
    pub fn client(&self, to: SharedHttpClient, time: Option<Time>) -> SharedHttpClient {
        SharedHttpClient::new(Tapped { to, time, tap: self.clone() })
    }

    /// What was kept since the last time that it was taken.
    #[must_use]
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.kept())
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time after all that was kept.
    fn next(&self, time: Option<&Time>) -> Micros {
        let last = self.kept().last().and_then(|it| it.end).unwrap_or_default();
        time.map_or(last + APART, |time| (time.now_ms() * 1000).max(last + 1))
    }
}

/// The events that exchanges are, each with its number as its line.
#[must_use]
pub fn events(exchanges: Vec<Exchange>) -> Vec<Event> {
    let file: Arc<Path> = Path::new("played").into();
    let place = |index: usize| Place { file: Arc::clone(&file), line: index + 1 };
    let numbered = exchanges.into_iter().enumerate();
    numbered.map(|(index, exchange)| exchange.event(place(index))).collect()
}

#[derive(Clone, Debug)]
struct Tapped {
    to: SharedHttpClient,
    time: Option<Time>,
    tap: Tap,
}

#[derive(Clone, Debug)]
struct TappedConnector {
    to: SharedHttpConnector,
    time: Option<Time>,
    tap: Tap,
}

impl HttpClient for Tapped {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let Self { time, tap, .. } = self.clone();
        let to = self.to.http_connector(settings, components);
        SharedHttpConnector::new(TappedConnector { to, time, tap })
    }
}

impl HttpConnector for TappedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let begin = self.tap.next(self.time.as_ref());
        let exchange = exchange(&request, begin);
        let (answer, Self { time, tap, .. }) = (self.to.call(request), self.clone());
        HttpConnectorFuture::new(async move {
            let answer = answer.await;
            let end = time.map_or(begin, |time| (time.now_ms() * 1000).max(begin));
            let mut exchange = Exchange { end: Some(end), ..exchange };
            match &answer {
                Ok(answer) => {
                    exchange.status = Some(answer.status().as_u16());
                    let body = answer.body().bytes().map(|body| String::from_utf8_lossy(body));
                    exchange.lost = body.is_none().then(|| "it broke off".to_owned());
                    let error = answer.headers().get("x-amzn-errortype");
                    exchange.error = error.map(str::to_owned);
                    exchange.answer = body.map(std::borrow::Cow::into_owned);
                }
                Err(_) => exchange.lost = Some("no answer".to_owned()),
            }
            tap.kept().push(exchange);
            answer
        })
    }
}

/// The exchange of a request, without its answer.
fn exchange(request: &HttpRequest, begin: Micros) -> Exchange {
    let uri: http::Uri = request.uri().parse().unwrap_or_default();
    let header = |name: &str| request.headers().get(name).map(str::to_owned);
    let scope = header("authorization").and_then(|it| Scope::of_header(&it)).unwrap_or_default();
    let body = request.body().bytes().map(|body| String::from_utf8_lossy(body).into_owned());
    Exchange {
        begin: Some(begin),
        account: scope.account().map(str::to_owned),
        region: Some(scope.region.clone()),
        service: Some(scope.service.clone()),
        method: request.method().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        target: header("x-amz-target"),
        request: body,
        ..Exchange::default()
    }
}
