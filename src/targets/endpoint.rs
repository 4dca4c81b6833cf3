//! Any endpoint, from the command line or declared in the configuration.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use super::{BuiltIn, ChoiceError, Chosen};
use crate::config::{ConfigError, Declared};
use crate::target::{AccountScheme, Connection, Target, TargetError};

/// An endpoint that the user names.
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "endpoint",
    says: "any emulator: --endpoint URL, with --accounts for how it tells accounts apart",
};

/// How long an unknown emulator may take to show what it owes.
const BOUND: Duration = Duration::from_secs(1);

/// How long a server may take to listen.
const READY: Duration = Duration::from_secs(30);

pub(super) fn target(chosen: &Chosen) -> Result<Target, ConfigError> {
    let url = chosen.endpoint.as_deref().ok_or(ConfigError::NoEndpoint)?;
    let accounts = chosen.accounts.clone().unwrap_or(AccountScheme::AccessKey);
    Ok(Target {
        name: TARGET.name.to_owned(),
        arguments: format!("--endpoint {url} --accounts '{accounts}'"),
        connection: connection(url)?,
        accounts,
        bound: BOUND,
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
            let started = start(command, &[]).await?;
            (started.connection, Some(started.process))
        }
        (None, Some(command), Some(url)) => {
            let started = start(command, &[]).await?;
            (connection(url)?, Some(started.process))
        }
        (None, None, None) => return Err(ConfigError::NoEndpoint.into()),
    };
    Ok(Target {
        name: name.to_owned(),
        arguments: format!("--target {name}"),
        connection,
        accounts: chosen.accounts.clone().unwrap_or_else(|| declared.accounts.clone()),
        bound: declared.settle.unwrap_or(BOUND),
        process,
    })
}

/// A connection to a URL that may be called: one of HTTP, and not real AWS.
pub(super) fn connection(url: &str) -> Result<Connection, ConfigError> {
    let malformed =
        |why: &str| ConfigError::BadEndpoint { url: url.to_owned(), why: why.to_owned() };
    let uri: http::Uri = url.parse().map_err(|_invalid| malformed("it is no URL"))?;
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
pub(super) async fn start(
    command: &[String],
    variables: &[(&str, &str)],
) -> Result<Started, TargetError> {
    let spelled = command.join(" ");
    let failed = |cause: String| TargetError::Start { command: spelled.clone(), cause };
    let free = TcpListener::bind("127.0.0.1:0").await.map_err(|error| failed(error.to_string()))?;
    let port = free.local_addr().map_err(|error| failed(error.to_string()))?.port();
    drop(free);
    let mut words = command.iter().map(|word| word.replace("{port}", &port.to_string()));
    let program = words.next().ok_or_else(|| failed("the command is empty".to_owned()))?;
    let mut process = Command::new(&program)
        .args(words)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(format!("{program}: {error}")))?;
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if let Ok(Some(status)) = process.try_wait() {
            return Err(failed(format!("it ended at once, {status}")));
        }
        if begun.elapsed() > READY {
            return Err(failed(format!("it does not listen on port {port} after 30 seconds")));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let connection = Connection::to(&format!("http://127.0.0.1:{port}"));
    Ok(Started { connection, process })
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
    fn what_is_no_url_of_http_is_refused_with_the_reason() {
        for url in ["localhost:5000", "ftp://localhost", "http://", "not a url"] {
            assert!(matches!(connection(url), Err(ConfigError::BadEndpoint { .. })), "{url}");
        }
    }

    #[test]
    fn an_emulator_on_this_machine_is_accepted() {
        assert!(connection("http://127.0.0.1:5000/").is_ok());
    }
}
