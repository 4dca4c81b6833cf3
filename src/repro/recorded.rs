//! The SDK's way to a reference in this process that keeps what is said on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::history::exchange::{Exchange, Scope};

/// An HTTP client that keeps each exchange.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    inner: SharedHttpClient,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorded {
    /// A client that sends by another one.
    pub(super) fn over(inner: SharedHttpClient) -> Self {
        Self { inner, exchanges: Arc::default() }
    }

    /// The exchanges since they were last taken.
    pub(super) fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.exchanges())
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for Recorded {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Recording { inner, kept: self.clone() })
    }
}

#[derive(Debug)]
struct Recording {
    inner: SharedHttpConnector,
    kept: Recorded,
}

impl HttpConnector for Recording {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut exchange = exchange(&request);
        let answer = self.inner.call(request);
        let kept = self.kept.clone();
        HttpConnectorFuture::new(async move {
            let answer = answer.await?;
            exchange.status = Some(answer.status().as_u16());
            let body = answer.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
            exchange.answer = body.map(str::to_owned);
            kept.exchanges().push(exchange);
            Ok(answer)
        })
    }
}

/// The request as an exchange without an answer.
fn exchange(request: &HttpRequest) -> Exchange {
    let header = |name: &str| request.headers().get(name);
    let scope = header("authorization").and_then(Scope::of_header).unwrap_or_default();
    let uri: http::Uri = request.uri().parse().unwrap_or_default();
    let body = request.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
    Exchange {
        account: Some(scope.key.clone()),
        region: Some(scope.region),
        service: Some(scope.service),
        method: request.method().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        target: header("x-amz-target").map(str::to_owned),
        request: body.map(str::to_owned),
        ..Exchange::default()
    }
}
