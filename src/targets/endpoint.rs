//! Any endpoint, from the command line or declared in the configuration.

use std::collections::VecDeque;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bellwether_model::Assumptions;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStderr, Command};
use tokio::task::JoinHandle;

use super::{BuiltIn, ChoiceError, Chosen};
use crate::config::{ConfigError, Declared};
use crate::target::{AccountScheme, Bound, Connection, REQUEST_TIMEOUT, Target, TargetError};
use crate::wire::names::AWAY;

/// An endpoint that the user names.
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "endpoint",
    says: "any emulator: --endpoint URL, with --accounts for how it tells accounts apart",
};

/// The bound that is assumed of an unknown emulator, until it is measured.
const BOUND: Bound = Bound::Within(Duration::from_secs(1));

/// Help if a declared target does not start.
const CORRECT: &str =
    "correct its start command in the configuration, or start it yourself and pass --endpoint URL";

/// The longest time that a server may take to listen.
const READY: Duration = Duration::from_secs(30);

pub(super) fn target(chosen: &Chosen) -> Result<Target, ConfigError> {
    let missing = || ConfigError::NoEndpoint { target: TARGET.name.to_owned() };
    let url = chosen.endpoint.as_deref().ok_or_else(missing)?;
    let accounts = chosen.accounts.clone().unwrap_or(AccountScheme::AccessKey);
    Ok(Target {
        name: TARGET.name.to_owned(),
        arguments: String::new(),
        connection: connection(url)?,
        accounts,
        bound: BOUND,
        is_bound_given: false,
        assumptions: Assumptions::default(),
        away: AWAY.to_owned(),
        has_clock: chosen.clock,
        request_timeout: chosen.request_timeout.unwrap_or(REQUEST_TIMEOUT),
        process: None,
    })
}

/// A target that the configuration declares.
pub(super) async fn declared(
    name: &str,
    declared: &Declared,
    chosen: &Chosen,
) -> Result<Target, ChoiceError> {
    let (connection, process) = match (&chosen.endpoint, &declared.start, &declared.endpoint) {
        (Some(url), _, _) | (None, None, Some(url)) => (connection(url)?, None),
        (None, Some(command), None) => {
            let started = start(command, &[], CORRECT).await?;
            (started.connection, Some(started.process))
        }
        (None, Some(command), Some(url)) => {
            let started = start(command, &[], CORRECT).await?;
            (connection(url)?, Some(started.process))
        }
        (None, None, None) => {
            return Err(ConfigError::NoEndpoint { target: name.to_owned() }.into());
        }
    };
    Ok(Target {
        name: name.to_owned(),
        arguments: String::new(),
        connection,
        accounts: chosen.accounts.clone().unwrap_or_else(|| declared.accounts.clone()),
        bound: declared.bound.unwrap_or(BOUND),
        is_bound_given: declared.bound.is_some(),
        assumptions: Assumptions::default(),
        away: declared.away.clone().unwrap_or_else(|| AWAY.to_owned()),
        has_clock: chosen.clock || declared.clock,
        request_timeout: chosen.request_timeout.unwrap_or(REQUEST_TIMEOUT),
        process,
    })
}

/// A connection to a URL that may be called: one of HTTP, and not real AWS.
pub(crate) fn connection(url: &str) -> Result<Connection, ConfigError> {
    let malformed =
        |why: &str| ConfigError::BadEndpoint { url: url.to_owned(), why: why.to_owned() };
    let uri: http::Uri = url.parse().map_err(|_invalid| malformed("it is not a valid URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(malformed("it does not begin with http:// or https://"));
    }
    let host = uri.host().ok_or_else(|| malformed("it names no host"))?.to_ascii_lowercase();
    let aws = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "amazonaws.eu"];
    if aws.iter().any(|domain| host == *domain || host.ends_with(&format!(".{domain}"))) {
        return Err(ConfigError::RealAws { url: url.to_owned() });
    }
    Ok(Connection::to(url.trim_end_matches('/')))
}

/// A server that was started here.
pub(super) struct Started {
    pub(super) connection: Connection,
    pub(super) process: Child,
}

/// Starts a server and waits until it listens. `{port}` in its command is replaced by a free one.
/// `help` is for the case that it fails.
pub(super) async fn start(
    command: &[String],
    variables: &[(&str, &str)],
    help: &'static str,
) -> Result<Started, TargetError> {
    let spelled = command.join(" ");
    let failed = |cause: String| TargetError::Start { command: spelled.clone(), cause, help };
    let free = TcpListener::bind("127.0.0.1:0").await.map_err(|error| failed(error.to_string()))?;
    let port = free.local_addr().map_err(|error| failed(error.to_string()))?.port();
    drop(free);
    let mut words = command.iter().map(|word| word.replace("{port}", &port.to_string()));
    let program = words.next().ok_or_else(|| failed("the command is empty".to_owned()))?;
    let mut server = Command::new(&program);
    server
        .args(words)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    // An interrupt from the terminal is Bellwether's to take: the plays in flight need the server.
    #[cfg(unix)]
    server.process_group(0);
    let mut process = server.spawn().map_err(|error| {
        failed(if error.kind() == std::io::ErrorKind::NotFound {
            format!("there is no {program} on the PATH")
        } else {
            format!("{program}: {error}")
        })
    })?;
    let said = LastLines::of(process.stderr.take());
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if let Ok(Some(status)) = process.try_wait() {
            return Err(failed(format!("it ended at once, {status}{}", said.all().await)));
        }
        if begun.elapsed() > READY {
            let waited = READY.as_secs();
            let cause = format!("it does not listen on port {port} after {waited} seconds");
            return Err(failed(format!("{cause}{}", said.now())));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let connection = Connection::to(&format!("http://127.0.0.1:{port}"));
    Ok(Started { connection, process })
}

/// The last lines that a server wrote on its standard error, for when it fails.
struct LastLines {
    lines: Arc<Mutex<VecDeque<String>>>,
    reader: Option<JoinHandle<()>>,
}

impl LastLines {
    /// The number of lines that are kept.
    const KEPT: usize = 4;

    /// Reads all that is written, so that the server never waits for a reader.
    fn of(stderr: Option<ChildStderr>) -> Self {
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        let kept = Arc::clone(&lines);
        let reader = stderr.map(|stderr| {
            tokio::spawn(async move {
                let mut written = BufReader::new(stderr).split(b'\n');
                while let Ok(Some(line)) = written.next_segment().await {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    if kept.len() == Self::KEPT {
                        kept.pop_front();
                    }
                    kept.push_back(String::from_utf8_lossy(&line).into_owned());
                }
            })
        });
        Self { lines, reader }
    }

    /// The last lines of a server that has ended.
    async fn all(mut self) -> String {
        if let Some(reader) = self.reader.take() {
            // Something that the server started may hold the pipe open.
            let _late = tokio::time::timeout(Duration::from_secs(1), reader).await;
        }
        self.now()
    }

    /// The last lines so far.
    fn now(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.is_empty() {
            return String::new();
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        format!("; the last that it wrote:\n  {}", lines.join("\n  "))
    }
}

#[cfg(test)]
mod tests {
    use super::connection;
    use crate::config::ConfigError;

    #[test]
    fn real_aws_is_refused_whatever_the_service_or_region() {
        for url in [
            "https://ram.us-east-1.amazonaws.com",
            "https://EC2.eu-west-1.AmazonAWS.com/",
            "https://ram.cn-north-1.amazonaws.com.cn",
            "https://ec2.us-east-1.api.aws",
        ] {
            assert!(matches!(connection(url), Err(ConfigError::RealAws { .. })), "{url}");
        }
    }

    #[test]
    fn a_text_that_is_not_an_http_url_is_refused_with_the_reason() {
        for url in ["localhost:5000", "ftp://localhost", "http://", "not a url"] {
            assert!(matches!(connection(url), Err(ConfigError::BadEndpoint { .. })), "{url}");
        }
    }

    #[test]
    fn an_emulator_on_this_machine_is_accepted() {
        assert!(connection("http://127.0.0.1:5000/").is_ok());
    }
}
