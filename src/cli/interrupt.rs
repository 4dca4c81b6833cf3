//! Being asked to end: by an interrupt from a terminal, or as supervisors and CI services do.

/// Waits for requests to end. None is lost between two waits.
#[derive(Debug)]
pub(super) struct Interrupts {
    #[cfg(unix)]
    signals: Option<[tokio::signal::unix::Signal; 2]>,
}

impl Interrupts {
    /// Listens from now on. From now on, too, a request to end no longer ends the process.
    pub(super) fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signals: {
                use tokio::signal::unix::{SignalKind, signal};
                let interrupt = signal(SignalKind::interrupt());
                let terminate = signal(SignalKind::terminate());
                interrupt.ok().zip(terminate.ok()).map(Into::into)
            },
        }
    }

    /// Completes at the next request; never if none can be received.
    pub(super) async fn next(&mut self) {
        #[cfg(unix)]
        if let Some([interrupt, terminate]) = &mut self.signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_ok() {
            return;
        }
        std::future::pending::<()>().await;
    }
}
