//! The reference target behind a socket, for any SDK and the AWS CLI.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::reference::Reference;

/// The longest body that a request may have; none that an SDK sends here comes near it.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Why serving ended before it was told to.
#[derive(Debug, thiserror::Error)]
#[error("failed to serve the reference target")]
pub struct ServeError(#[from] std::io::Error);

/// Serves the reference target to whoever connects, until `shutdown` completes and the requests
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
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await?;
    Ok(())
}

async fn answer(State(reference): State<Reference>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match to_bytes(body, BODY_BYTES_MAX).await {
        Ok(body) => reference
            .handle(Request::from_parts(parts, body))
            .map(axum::body::Body::from)
            .into_response(),
        Err(_unreadable_or_too_long) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}
