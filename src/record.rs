//! Recording: a proxy on loopback that passes requests on to an endpoint and answers back, and writes down
//! what both said.
//!
//! Nothing is changed on the way: requests go on as they came, answers are streamed as they come. What is written
//! leaves out signatures, session tokens and the bodies of operations outside the model, so that no secret
//! is kept; of those only the ids remain that their requests name.

mod kept;
pub mod tap;

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Write as _};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};

use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::body::Body;
use bellwether_model::Account;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, HOST, TRANSFER_ENCODING};
use http::{HeaderName, Request, Response, StatusCode, Uri};
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::history::Micros;
use crate::history::exchange::{Accounts, Exchange, Scope};
use crate::history::own::{Head, VERSION};

/// The longest answer that is written down; a longer one is passed on all the same.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The time that requests in hand have once recording is to end.
const REST: Duration = Duration::from_secs(5);

/// A file that exchanges are written to.
#[derive(Debug)]
pub struct Recording {
    file: File,
    count: u64,
    /// The first failure, after which nothing more is written.
    failed: Option<io::Error>,
}

impl Recording {
    /// Begins a recording of what an endpoint answers.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn begin(mut file: File, endpoint: &Uri) -> io::Result<Self> {
        let head = Head { bellwether_recording: VERSION, endpoint: endpoint.to_string() };
        file.write_all(&line(&head)?)?;
        Ok(Self { file, count: 0, failed: None })
    }

    fn write(&mut self, exchange: &Exchange) {
        if self.failed.is_some() {
            return;
        }
        let written = line(exchange).and_then(|line| self.file.write_all(&line));
        match written {
            Ok(()) => self.count += 1,
            Err(error) => self.failed = Some(error),
        }
    }
}

fn line(value: &impl serde::Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// The proxy.
#[derive(Debug)]
pub struct Recorder {
    endpoint: Uri,
    connector: Connector,
    recording: Mutex<Recording>,
    account_header: Option<HeaderName>,
    default_account: Option<Account>,
    /// The accounts of access keys, as STS said them.
    accounts: Mutex<Accounts>,
    /// The exchanges that are under way.
    under_way: AtomicUsize,
}

impl Recorder {
    /// A proxy before this endpoint, that writes to a recording.
    #[must_use]
    pub fn new(
        endpoint: Uri,
        recording: Recording,
        account_header: Option<HeaderName>,
        default_account: Option<Account>,
    ) -> Self {
        let connector = if endpoint.scheme_str() == Some("https") {
            let provider = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
            Connector::builder().tls_provider(provider).build()
        } else {
            Connector::builder().build_http()
        };
        Self {
            endpoint,
            connector,
            recording: Mutex::new(recording),
            account_header,
            default_account,
            accounts: Mutex::default(),
            under_way: AtomicUsize::new(0),
        }
    }

    /// Serves clients until `shutdown` completes and the requests then in hand are answered, or have had
    /// their time.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send,
    ) {
        let mut connections = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                accepted = listener.accept() => accepted,
            };
            while connections.try_join_next().is_some() {}
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let recorder = Arc::clone(&self);
            connections.spawn(async move {
                let _sooner = stream.set_nodelay(true);
                let service = service_fn(move |request| Arc::clone(&recorder).pass(request));
                let mut builder = http1::Builder::new();
                builder.half_close(true);
                // What goes wrong with a connection is its client's affair.
                let _ended = builder.serve_connection(TokioIo::new(stream), service).await;
            });
        }
        drop(listener);
        // Idle connections end with the set; an exchange in hand has its time.
        let ended = async {
            while self.under_way.load(Ordering::Relaxed) > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _in_time = timeout(REST, ended).await;
    }

    /// Passes a request on, and its answer back.
    async fn pass(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Body>, Infallible> {
        let (parts, body) = request.into_parts();
        let begin = now();
        let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
            // The client broke off: there is nobody to answer, and nothing was passed on.
            return Ok(status(StatusCode::BAD_REQUEST));
        };
        let exchange = self.exchange(&parts, &body, begin);
        let mut under_way = UnderWay::begin(Arc::clone(&self), exchange);
        Ok(match self.forward(parts, body).await {
            Ok(response) => {
                let (parts, body) = response.into_parts();
                let error = parts.headers.get("x-amzn-errortype");
                under_way.answered(
                    parts.status.as_u16(),
                    error.and_then(|it| it.to_str().ok()).map(str::to_owned),
                );
                let tee = Tee { body, arrived: Vec::new(), under_way };
                Response::from_parts(parts, Body::new(tee))
            }
            Err(why) => {
                under_way.end(&[], Some(why));
                status(StatusCode::BAD_GATEWAY)
            }
        })
    }

    /// Sends a request to the endpoint.
    async fn forward(
        &self,
        mut parts: http::request::Parts,
        body: Bytes,
    ) -> Result<Response<SdkBody>, String> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let base = self.endpoint.to_string();
        let uri = format!("{}{path}", base.trim_end_matches('/'));
        parts.uri = uri.parse().map_err(|error| format!("{error}"))?;
        parts.headers.remove(CONNECTION);
        parts.headers.remove(TRANSFER_ENCODING);
        if self.endpoint.scheme_str() == Some("https") {
            // Behind TLS, hosts are told by the name that they are called by.
            parts.headers.remove(HOST);
        }
        let request = Request::from_parts(parts, SdkBody::from(body));
        let request = HttpRequest::try_from(request).map_err(|error| error.to_string())?;
        let answer = self.connector.call(request).await;
        let answer = answer.map_err(|error| format!("{error}"))?;
        let mut response = answer.try_into_http1x().map_err(|error| error.to_string())?;
        response.headers_mut().remove(CONNECTION);
        response.headers_mut().remove(TRANSFER_ENCODING);
        Ok(response)
    }

    /// The exchange of a request, as far as it may be kept.
    fn exchange(&self, parts: &http::request::Parts, body: &Bytes, begin: Micros) -> Exchange {
        let header = |name: &HeaderName| parts.headers.get(name)?.to_str().ok();
        let query = parts.uri.query().unwrap_or_default();
        let scope = header(&AUTHORIZATION).and_then(Scope::of_header);
        let scope = scope.or_else(|| Scope::of_query(query)).unwrap_or_default();
        let named = self.account_header.as_ref().and_then(header).map(str::to_owned);
        let known = || self.accounts().of_key(&scope.key).map(str::to_owned);
        let default = || self.default_account.map(|account| account.to_string());
        let account = named.or_else(|| scope.account().map(str::to_owned));
        let account = account.or_else(known).or_else(default);
        let some = |text: String| (!text.is_empty()).then_some(text);
        Exchange {
            begin: Some(begin),
            account,
            region: some(scope.region),
            service: some(scope.service),
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: query.to_owned(),
            target: header(&HeaderName::from_static("x-amz-target")).map(str::to_owned),
            request: std::str::from_utf8(body).ok().map(str::to_owned),
            key: some(scope.key),
            ..Exchange::default()
        }
    }

    /// Writes an exchange down, and learns from it whose access keys are.
    fn keep(&self, exchange: Exchange) {
        self.accounts().learn(&exchange);
        self.recording().write(&kept::without_secrets(exchange));
    }

    /// Ends the recording, and returns the number of exchanges in it.
    ///
    /// # Errors
    ///
    /// Something could not be written.
    pub fn finish(&self) -> io::Result<u64> {
        let mut recording = self.recording();
        match recording.failed.take() {
            Some(error) => Err(error),
            None => recording.file.flush().map(|()| recording.count),
        }
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn now() -> Micros {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(Micros::MAX)
}

/// An exchange that is under way. It is written down once, whatever becomes of it: a request that was passed on
/// may have done something.
struct UnderWay {
    recorder: Arc<Recorder>,
    exchange: Option<Exchange>,
}

impl UnderWay {
    fn begin(recorder: Arc<Recorder>, exchange: Exchange) -> Self {
        recorder.under_way.fetch_add(1, Ordering::Relaxed);
        Self { recorder, exchange: Some(exchange) }
    }

    /// Keeps the head of the answer.
    fn answered(&mut self, status: u16, error: Option<String>) {
        if let Some(exchange) = &mut self.exchange {
            exchange.status = Some(status);
            exchange.error = error;
        }
    }

    /// Writes it down with this body of the answer, or the reason that it is not whole.
    fn end(&mut self, answer: &[u8], lost: Option<String>) {
        let Some(exchange) = self.exchange.take() else { return };
        let is_short = answer.len() <= ANSWER_BYTES_MAX;
        let answer = std::str::from_utf8(answer).ok().filter(|_| is_short).map(str::to_owned);
        self.recorder.keep(Exchange { end: Some(now()), answer, lost, ..exchange });
        self.recorder.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.end(&[], Some("the client broke off".to_owned()));
    }
}

/// An answer on its way to the client. It is written down before the client has the last part of it: whatever
/// the client does next comes after.
struct Tee {
    body: SdkBody,
    arrived: Vec<u8>,
    under_way: UnderWay,
}

impl HttpBody for Tee {
    type Data = Bytes;
    type Error = aws_smithy_types::body::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        let frame = ready!(HttpBody::poll_frame(Pin::new(&mut this.body), context));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref()
                    && this.arrived.len() <= ANSWER_BYTES_MAX
                {
                    this.arrived.extend_from_slice(data);
                }
            }
            Some(Err(error)) => this.under_way.end(&[], Some(error.to_string())),
            None => {}
        }
        if frame.is_none() || HttpBody::is_end_stream(&this.body) {
            this.under_way.end(&this.arrived, None);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        HttpBody::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        HttpBody::size_hint(&self.body)
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        // An answer without a body ends without being asked for one.
        if HttpBody::is_end_stream(&self.body) {
            self.under_way.end(&self.arrived, None);
        }
    }
}

#[cfg(test)]
mod tests;
