//! Servers on the loopback interface, each a way for a target to be in trouble.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http;
use axum::response::Response;
use bellwether::reference::Reference;
use bytes::Bytes;

/// A request as the reference takes it.
pub(crate) type Asked = http::Request<Bytes>;
/// A response as the reference gives it.
pub(crate) type Answered = http::Response<Bytes>;

type Answer = Arc<dyn Fn(Asked) -> Answered + Send + Sync>;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    _runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// A server that answers by a function.
    pub(crate) fn answering(answer: impl Fn(Asked) -> Answered + Send + Sync + 'static) -> Self {
        let listener = listener();
        let url = url(&listener);
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).enable_all().build().unwrap();
        let router = Router::new().fallback(ask).with_state(Arc::new(answer) as Answer);
        runtime.spawn(async move {
            listener.set_nonblocking(true).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        Self { url, _runtime: Some(runtime) }
    }

    /// The reference, with something between it and its callers.
    pub(crate) fn before_the_reference(
        between: impl Fn(Asked, &Reference) -> Answered + Send + Sync + 'static,
    ) -> Self {
        let reference = Reference::new();
        Self::answering(move |request| between(request, &reference))
    }

    /// A server that answers the same to everything.
    pub(crate) fn always(status: u16, content_type: &'static str, body: &'static str) -> Self {
        Self::answering(move |_| answer(status, content_type, body))
    }

    /// A server that reads what is asked, and closes the connection.
    pub(crate) fn hanging_up() -> Self {
        let listener = listener();
        let url = url(&listener);
        // The thread ends with the process; it holds nothing that matters.
        thread::spawn(move || {
            for connection in listener.incoming() {
                let _read = connection.unwrap().read(&mut [0; 1024]);
            }
        });
        Self { url, _runtime: None }
    }
}

/// A port on which nobody listens.
pub(crate) fn nobody() -> String {
    url(&listener())
}

/// The header of an answer that is never sent.
const NEVER: &str = "x-never-sent";

/// An answer that is never sent.
pub(crate) fn silence() -> Answered {
    http::Response::builder().header(NEVER, "").body(Bytes::new()).unwrap()
}

/// An answer.
pub(crate) fn answer(status: u16, content_type: &'static str, body: &'static str) -> Answered {
    let builder = http::Response::builder().status(status).header("content-type", content_type);
    builder.body(Bytes::from_static(body.as_bytes())).unwrap()
}

/// The service that a request is signed for.
pub(crate) fn service(request: &Asked) -> String {
    let signed = request.headers().get("authorization").map(|it| it.to_str().unwrap());
    let scope = signed.and_then(|signed| signed.split('/').nth(3));
    scope.unwrap_or_default().to_owned()
}

/// Whether a request only reads: by the names of the operations of EC2, RAM and Organizations.
pub(crate) fn reads(request: &Asked) -> bool {
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let target = request.headers().get("x-amz-target");
    let target = target.map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let action = body.strip_prefix("Action=").unwrap_or_default().to_owned();
    let organizations = target.rsplit('.').next().unwrap_or_default().to_owned();
    [path, action, organizations].iter().any(|name| {
        let name = name.to_lowercase();
        ["get", "list", "describe"].iter().any(|verb| name.starts_with(verb))
    })
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn url(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}

async fn ask(State(answer): State<Answer>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 22).await.unwrap();
    let answered = answer(Asked::from_parts(parts, body));
    if answered.headers().contains_key(NEVER) {
        std::future::pending::<()>().await;
    }
    answered.map(Body::from)
}
