//! The reference target behind a socket, for any SDK and the AWS CLI.
//!
//! No client keeps it from the others: connections are limited, what does not arrive in time is given up,
//! and a request is read as a whole before the reference sees any of it.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::reference::{Arrives, Delivery, Flaw, Reference};

/// The longest body that a request may have; none that an SDK sends here comes near it.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The length up to which a longer body is read all the same, and thrown away: a client that is still
/// sending does not read its answer.
const BODY_BYTES_READ_MAX: usize = 256 * 1024 * 1024;
/// The connections that are served at once; others wait to be accepted. Most systems let a process
/// open 1024 files.
const CONNECTIONS_MAX: usize = 960;
/// The time after which the listener accepts again where the system had no room.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// The times that clients have.
#[derive(Copy, Clone, Debug)]
struct Times {
    /// For the head of a request, counted from the answer before it: so it is also the longest that an
    /// idle connection is kept.
    head: Duration,
    /// For the body of a request.
    body: Duration,
    /// For the requests in hand, once it is to stop.
    rest: Duration,
}

/// The times that all clients have but those of tests.
const TIMES: Times = Times {
    head: Duration::from_secs(30),
    body: Duration::from_secs(30),
    rest: Duration::from_secs(5),
};

/// Serves the reference target to all clients, until `shutdown` completes and the requests
/// then in hand are answered, or have had their time.
pub async fn serve(
    reference: Reference,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    serve_in(TIMES, reference, listener, shutdown).await;
}

async fn serve_in(
    times: Times,
    reference: Reference,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let (stop, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
        };
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = accepted else {
            sleep(ACCEPT_AGAIN).await;
            continue;
        };
        let (reference, stopping) = (reference.clone(), stopping.clone());
        connections.spawn(async move {
            let _place = place;
            converse(times, reference, stream, stopping).await;
        });
    }
    drop(listener);
    let _heard = stop.send(true);
    let ended = async { while connections.join_next().await.is_some() {} };
    // Connections that have not ended by then are dropped with the set.
    let _in_time = timeout(times.rest, ended).await;
}

/// Answers the requests of one connection, until it ends or the server stops. What goes wrong with a
/// connection is its client's affair.
async fn converse(
    times: Times,
    reference: Reference,
    stream: TcpStream,
    mut stopping: watch::Receiver<bool>,
) {
    let _sooner = stream.set_nodelay(true);
    let broken = Break::default();
    let stream = TokioIo::new(Breakable { stream, broken: broken.clone() });
    let service =
        service_fn(move |request| answer(times, reference.clone(), broken.clone(), request));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(times.head);
    // A client that has said all that it will say is answered all the same.
    builder.half_close(true);
    let mut connection = pin!(builder.serve_connection(stream, service));
    tokio::select! {
        _ended = connection.as_mut() => return,
        _told = stopping.wait_for(|stopping| *stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ended = connection.await;
}

async fn answer(
    times: Times,
    reference: Reference,
    broken: Break,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let (parts, body) = request.into_parts();
    let read = timeout(times.body, whole(body)).await.unwrap_or(Err(Flaw::TooSlow));
    let Delivery { after, arrives } = match read {
        Ok(body) => reference.deliver(Request::from_parts(parts, body)),
        Err(flaw) => {
            let refused = reference.refuse(&Request::from_parts(parts, Bytes::new()), &flaw);
            Delivery { after: Duration::ZERO, arrives: Arrives::Whole(refused) }
        }
    };
    if !after.is_zero() {
        sleep(after).await;
    }
    Ok(match arrives {
        Arrives::Whole(response) => response.map(Body::from),
        Arrives::Partly(response, arrived) => {
            let (mut parts, body) = response.into_parts();
            parts.headers.insert(CONTENT_LENGTH, body.len().into());
            let broken = io::Error::from(io::ErrorKind::ConnectionReset);
            let stream = futures::stream::iter([Ok(body.slice(..arrived)), Err(broken)]);
            Response::from_parts(parts, Body::from_stream(stream))
        }
        Arrives::Nothing => {
            broken.0.store(true, Ordering::Relaxed);
            StatusCode::NO_CONTENT.into_response()
        }
    })
}

/// Reads a body to its end.
async fn whole(mut body: Incoming) -> Result<Bytes, Flaw> {
    let mut read = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Flaw::BrokenOff)?.into_data() else { continue };
        length += data.len();
        if length > BODY_BYTES_READ_MAX {
            break;
        }
        if length > BODY_BYTES_MAX {
            read = BytesMut::new();
        } else {
            read.extend_from_slice(&data);
        }
    }
    if length > BODY_BYTES_MAX { Err(Flaw::TooLarge) } else { Ok(read.freeze()) }
}

/// Breaks a connection: nothing more is written to it.
#[derive(Clone, Debug, Default)]
struct Break(Arc<AtomicBool>);

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

#[cfg(test)]
mod tests;
