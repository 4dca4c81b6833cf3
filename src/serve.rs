//! The reference target behind a socket, for any SDK and the AWS CLI.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::reference::{Arrives, Reference};

/// The longest body that a request may have; none that an SDK sends here comes near it.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The reason that serving ended early.
#[derive(Debug, thiserror::Error)]
#[error("failed to serve the reference target")]
pub struct ServeError(#[from] io::Error);

/// Serves the reference target to all clients, until `shutdown` completes and the requests
/// then in hand are answered.
///
/// # Errors
///
/// The listener failed.
pub async fn serve(
    reference: Reference,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let router = Router::new().fallback(answer).with_state(reference);
    let router = router.into_make_service_with_connect_info::<Break>();
    axum::serve(Listener(listener), router).with_graceful_shutdown(shutdown).await?;
    Ok(())
}

async fn answer(
    State(reference): State<Reference>,
    ConnectInfo(connection): ConnectInfo<Break>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let delivery = reference.deliver(Request::from_parts(parts, body));
    if !delivery.after.is_zero() {
        tokio::time::sleep(delivery.after).await;
    }
    match delivery.arrives {
        Arrives::Whole(response) => response.map(Body::from),
        Arrives::Partly(response, arrived) => {
            let (mut parts, body) = response.into_parts();
            parts.headers.insert(CONTENT_LENGTH, body.len().into());
            let broken = io::Error::from(io::ErrorKind::ConnectionReset);
            let stream = futures::stream::iter([Ok(body.slice(..arrived)), Err(broken)]);
            Response::from_parts(parts, Body::from_stream(stream))
        }
        Arrives::Nothing => {
            connection.0.store(true, Ordering::Relaxed);
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

/// Breaks a connection: nothing more is written to it.
#[derive(Clone, Debug, Default)]
struct Break(Arc<AtomicBool>);

impl Connected<IncomingStream<'_, Listener>> for Break {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().broken.clone()
    }
}

/// A listener whose connections can be broken.
struct Listener(TcpListener);

impl axum::serve::Listener for Listener {
    type Io = Breakable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = axum::serve::Listener::accept(&mut self.0).await;
        (Breakable { stream, broken: Break::default() }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection that can be broken.
struct Breakable {
    stream: TcpStream,
    broken: Break,
}

impl Breakable {
    fn check(&self) -> io::Result<()> {
        let broken = self.broken.0.load(Ordering::Relaxed);
        if broken { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Breakable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Breakable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
