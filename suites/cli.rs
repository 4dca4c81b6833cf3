//! The command line: what is printed where, exit codes, bad input, and targets in trouble.
//!
//! Needs nothing but this machine: every server is on the loopback interface.

mod loopback;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use tempfile::TempDir;

use loopback::{Server, answer, nobody, reads, service};

const CONFORMS: i32 = 0;
const DIVERGES: i32 = 1;
const USAGE: i32 = 2;
const INCONCLUSIVE: i32 = 3;
const OUT_OF_REACH: i32 = 4;

/// What a command printed, and how it ended.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let code = output.status.code().expect("the command ended by itself");
        Self { code, out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.show()))
    }

    fn show(&self) -> String {
        format!("exit code {}\n-- out --\n{}\n-- err --\n{}", self.code, self.out, self.err)
    }

    fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.show());
        self
    }
}

/// A folder of its own, in which commands are run.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn with(self, file: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.path().join(file), content).unwrap();
        self
    }

    /// The command, as it would be typed here.
    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
        command.args(line.split_whitespace()).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &str) -> Ran {
        Ran::of(&self.command(line).output().unwrap())
    }
}

/// Runs a command that fails: with this exit code, and all of this on standard error.
fn check(place: &Place, line: &str, code: i32, says: &[&str]) -> Ran {
    let ran = place.run(line).ends_with(code);
    for part in says {
        assert!(ran.err.contains(part), "{line}: no {part:?} in\n{}", ran.show());
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.show());
    ran
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn has_keys(value: &Value, wanted: &str) {
    for key in wanted.split_whitespace() {
        assert!(keys(value).contains(key), "no {key} in {value}");
    }
}

// EXPLORE
#[test]
fn explore() {
    let endpoints = vec![
        ("nobody", None, nobody()),
    ];
    let servers = vec![
        ("auth", Server::always(401, "text/xml", "<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error></Errors><RequestID>x</RequestID></Response>")),
        ("html200", Server::always(200, "text/html", "<!doctype html><html><body>It works!</body></html>")),
        ("html500", Server::always(500, "text/html", "<!doctype html><html><body>Oh no</body></html>")),
        ("html404", Server::always(404, "text/html", "<!doctype html><html><body>Oh no</body></html>")),
        ("empty", Server::always(200, "text/plain", "")),
        ("hangup", Server::hanging_up()),
        ("noorg", Server::before_the_reference(|request, reference| if service(&request) == "organizations" {
            answer(400, "application/x-amz-json-1.1", r#"{"__type":"UnknownOperationException","message":"no"}"#) } else { reference.handle(request) })),
        ("noram", Server::before_the_reference(|request, reference| if service(&request) == "ram" {
            answer(404, "text/html", "<html>not found</html>") } else { reference.handle(request) })),
        ("noram400", Server::before_the_reference(|request, reference| if service(&request) == "ram" {
            answer(400, "text/plain", "bad request") } else { reference.handle(request) })),
        ("oneaccount", Server::before_the_reference(|mut request, reference| {
            let signed = request.headers()["authorization"].to_str().unwrap().to_owned();
            let (head, tail) = signed.split_once("Credential=").unwrap();
            let one = format!("{head}Credential=111122223333/{}", tail.split_once('/').unwrap().1);
            request.headers_mut().insert("authorization", one.parse().unwrap());
            reference.handle(request) })),
    ];
    let place = Place::new();
    for (name, url) in endpoints.iter().map(|(n, _, u)| (*n, u)).chain(servers.iter().map(|(n, s)| (*n, &s.url))) {
        let begun = std::time::Instant::now();
        let ran = place.run(&format!("check --endpoint {url} --cases 4 --settle 0ms"));
        println!("==== {name} {:?}\n{}", begun.elapsed(), ran.show());
    }
}
