//! `bellwether record`

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;

use bellwether_model::Account;
use clap::Args;
use http::Uri;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::oneshot;

use super::interrupt::Interrupts;
use super::{CONFORMS, CliError};
use crate::record::{Recorder, Recording};
use crate::targets::connection;

/// The arguments of `bellwether record`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether record --endpoint http://127.0.0.1:5000 --out recorded.jsonl -- pytest tests\n\
    The command is run with AWS_ENDPOINT_URL set, and its exit code is that of record. Without a command \
    the proxy serves until it is interrupted.\n\
    Signatures and session tokens are not recorded, nor the bodies of operations outside the model."
)]
pub(super) struct Record {
    /// URL to pass requests on to
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    endpoint: Uri,
    /// File to write the recording to; it must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    address: String,
    /// Header of requests that names the calling account, where the endpoint takes it from one
    #[arg(long, value_name = "NAME")]
    account_header: Option<http::HeaderName>,
    /// Account of every access key that is not known to be another account's
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    default_account: Option<Account>,
    /// Command to run, with its arguments
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// Reads an endpoint: a URL without a path.
fn endpoint(text: &str) -> Result<Uri, String> {
    let uri: Uri = text.parse().map_err(|error| format!("{error}"))?;
    // Signatures for AWS hold for its own host names alone, so that nothing could be passed on to it.
    connection(text).map_err(|error| error.to_string())?;
    Ok(uri)
}

/// Reads the id of an account.
fn account(text: &str) -> Result<Account, String> {
    Account::from_id(text).ok_or_else(|| "an account id is 12 digits, not all 0".to_owned())
}

impl Record {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let file = std::fs::File::create_new(&self.out).map_err(|error| CliError::File {
            doing: "create",
            path: self.out.clone(),
            cause: error.to_string(),
            help: "name a new file for --out: a recording is never written over".to_owned(),
        })?;
        let unusable = |error: std::io::Error| CliError::Usage {
            what: format!("failed to listen on {}: {error}", self.address),
            help: "an --address looks like 127.0.0.1:4001; port 0 takes a free one".to_owned(),
        };
        let listener = TcpListener::bind(&self.address).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        let failed = |error: std::io::Error| CliError::File {
            doing: "write",
            path: self.out.clone(),
            cause: error.to_string(),
            help: "the disk may be full; the recording ends where it failed".to_owned(),
        };
        let recording = Recording::begin(file, &self.endpoint).map_err(failed)?;
        let recorder = Arc::new(Recorder::new(
            self.endpoint.clone(),
            recording,
            self.account_header.clone(),
            self.default_account,
        ));
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(Arc::clone(&recorder).serve(listener, async {
            let _told = stopped.await;
        }));
        let url = format!("http://{address}");
        let code = if let Some((program, arguments)) = self.command.split_first() {
            run(program, arguments, &url).await?
        } else {
            anstream::eprintln!("recording what passes {url}; interrupt to stop");
            Interrupts::listen().next().await;
            CONFORMS
        };
        let _heard = stop.send(());
        let _ended = serving.await;
        let count = recorder.finish().map_err(failed)?;
        anstream::eprintln!("recorded {count} exchanges in {}", self.out.display());
        Ok(code)
    }
}

/// Runs a command whose AWS clients call this URL, and returns its exit code.
async fn run(program: &str, arguments: &[String], url: &str) -> Result<u8, CliError> {
    let mut interrupts = Interrupts::listen();
    let child = Command::new(program)
        .args(arguments)
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")
        .stdin(Stdio::inherit())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.map_err(|error| CliError::Usage {
        what: format!("failed to run {program}: {error}"),
        help: "name a command behind --, as in `bellwether record ... -- pytest tests`".to_owned(),
    })?;
    // An interrupt from a terminal reaches the command too, which ends as it likes.
    let status = loop {
        tokio::select! {
            status = child.wait() => break status,
            () = interrupts.next() => {}
        }
    };
    let status = status.map_err(|error| CliError::Internal {
        doing: "wait for the command",
        cause: error.to_string(),
    })?;
    Ok(code(status))
}

/// The exit code of a command; one that a signal ended has that of shells.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or_else(|| signal.map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}
