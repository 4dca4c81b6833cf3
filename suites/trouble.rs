//! Targets in trouble, and runs that are cut short: what is said, and what is kept.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::loopback::{Server, answer, nobody, reads, service};
use super::{CONFORMS, DIVERGES, INCONCLUSIVE, OUT_OF_REACH, Place, Ran, check, check_all};

const PAGE: &str = "<!doctype html><html><body>It works!</body></html>";

/// The answers of EC2 and STS to credentials of no account.
const NOT_VALIDATED: &str = "<Response><Errors><Error><Code>AuthFailure</Code><Message>not able to \
     validate the credentials</Message></Error></Errors><RequestID>1</RequestID></Response>";

/// Checks that `check`, `probe` and `replay` against this endpoint say so and end so.
fn out_of_reach(url: &str, says: &[&str]) {
    let place = Place::new().with("vpc.scenario", "world standalone\nowner CreateVpc -> vpc\n");
    for command in ["check --cases 1", "probe", "replay vpc.scenario"] {
        let ran = check(&place, &format!("{command} --endpoint {url}"), OUT_OF_REACH, says);
        assert_eq!(ran.out, "", "nothing was found out: {}", ran.show());
        assert_eq!(ran.err.matches('×').count(), 1, "it is said once: {}", ran.show());
    }
}

#[test]
fn a_closed_port_is_out_of_reach_and_the_attempt_is_reported() {
    let url = nobody();
    let says = ["failed to reach", &url, "CreateVpc as account ", "refused", "start the server"];
    out_of_reach(&url, &says);
}

#[test]
fn credentials_that_the_target_refuses_are_named_with_its_code() {
    let server = Server::always(401, "text/xml", NOT_VALIDATED);
    let says = ["refuses the credentials of account ", &server.url, "CreateVpc: AuthFailure"];
    out_of_reach(&server.url, &says);
    let unknown = NOT_VALIDATED.replace("AuthFailure", "UnrecognizedClientException");
    let server = Server::always(403, "text/xml", Box::leak(unknown.into_boxed_str()));
    out_of_reach(&server.url, &["CreateVpc: UnrecognizedClientException", "--accounts"]);
}

#[test]
fn credentials_that_can_not_be_had_are_named_with_the_reason() {
    let server = Server::always(404, "text/html", PAGE);
    let url = &server.url;
    let line = |scheme: &str| format!("check --endpoint {url} --accounts {scheme}");
    let assumed = line("assume-role");
    let printed = line("process:false");
    check_all(
        &Place::new(),
        OUT_OF_REACH,
        &[
            (&assumed, &["credentials for account ", "AssumeRole: HTTP 404 with an HTML page"]),
            (&printed, &["credentials for account ", "credential_process"]),
        ],
    );
}

#[test]
fn a_server_that_is_not_an_aws_endpoint_is_recognized_by_its_answers() {
    for (status, body, says) in [
        (200, PAGE, "CreateVpc as account "),
        (200, PAGE, "HTTP 200 with a body that can't be read: <!doctype html>"),
        (500, PAGE, "HTTP 500 <!doctype html>"),
        (403, "go away", "HTTP 403 without an error code: go away"),
        (200, "", "HTTP 200 with a body that can't be read: nothing"),
    ] {
        let server = Server::always(status, "text/html", body);
        out_of_reach(&server.url, &["answers, but not as AWS does", &server.url, says]);
    }
}

#[test]
fn a_server_without_any_of_the_operations_is_not_an_aws_endpoint() {
    let server = Server::always(404, "text/html", PAGE);
    let says = ["answers, but not as AWS does", "none of the operations; CreateVpc: HTTP 404"];
    for command in ["check", "probe"] {
        let line = format!("{command} --endpoint {}", server.url);
        check(&Place::new(), &line, OUT_OF_REACH, &says);
    }
}

#[test]
fn connections_that_are_closed_without_an_answer_are_out_of_reach() {
    let server = Server::hanging_up();
    out_of_reach(&server.url, &["failed to reach", "CreateVpc as account ", "connection"]);
}

#[test]
fn moto_that_is_not_installed_is_out_of_reach_and_how_to_get_it_is_said() {
    let place = Place::new();
    let mut command = place.command("check --target moto");
    let ran = Ran::of(&command.env("PATH", place.path()).output().unwrap());
    let ran = ran.ends_with(OUT_OF_REACH);
    for part in ["there is no moto_server on the PATH", "pip install 'moto[server]'", "--endpoint"]
    {
        assert!(ran.err.contains(part), "{}", ran.show());
    }
}

#[test]
fn a_server_that_ends_at_once_is_quoted() {
    let config = "[targets.mine]\naccounts = \"access-key\"\n\
         start = [\"/bin/sh\", \"-c\", \"echo no module named flask >&2; exit 3\"]\n";
    let place = Place::new().with("bellwether.toml", config);
    let says = ["exit status: 3", "no module named flask", "start command"];
    check(&place, "probe --target mine", OUT_OF_REACH, &says);
}

#[test]
fn accounts_that_are_the_same_are_found_before_the_first_case() {
    let server = Server::before_the_reference(|mut request, reference| {
        let signed = request.headers()["authorization"].to_str().unwrap().to_owned();
        let (start, scope) = signed.split_once("Credential=").unwrap();
        let (_account, scope) = scope.split_once('/').unwrap();
        let everybody = format!("{start}Credential=111122223333/{scope}");
        request.headers_mut().insert("authorization", everybody.parse().unwrap());
        reference.handle(request)
    });
    let says = ["are not separate: asked as ", " and as ", "as account 111122223333 both times"];
    out_of_reach(&server.url, &says);
}

/// The result of `check` against a server, as JSON and as it was printed.
pub(super) fn checked(server: &Server, options: &str, code: i32) -> (Value, Ran) {
    let line = format!("check --endpoint {} --bound 0ms --format json {options}", server.url);
    let ran = Place::new().run(&line).ends_with(code);
    (ran.json(), ran)
}

/// The topics of the rules that are in a state.
fn topics(result: &Value, state: &str) -> Vec<String> {
    let rules = result["rules"].as_object().unwrap().iter();
    let rules = rules.filter(|(_, rule)| rule["state"] == state);
    let mut topics: Vec<_> =
        rules.map(|(name, _)| name.split('/').next().unwrap().to_owned()).collect();
    topics.dedup();
    topics
}

#[test]
fn a_target_without_organizations_is_checked_on_standalone_accounts() {
    let server = Server::before_the_reference(|request, reference| {
        if service(&request) == "organizations" {
            let body = r#"{"__type":"UnknownOperationException","message":"no such service"}"#;
            return answer(400, "application/x-amz-json-1.1", body);
        }
        reference.handle(request)
    });
    let (result, ran) = checked(&server, "--suite [io]*/* --cases 4", CONFORMS);
    assert!(ran.err.contains("organizations are missing: only standalone accounts are played"));
    let why = result["missing"]["organizations"].as_str().unwrap();
    assert!(why.contains("UnknownOperationException: no such service"), "{why}");
    assert!(topics(&result, "conforms").contains(&"invitation".to_owned()));
    assert!(topics(&result, "unimplemented").contains(&"organization".to_owned()));
}

#[test]
fn without_ram_nothing_of_sharing_conforms_and_the_rest_is_judged() {
    for (status, body) in [(404, PAGE), (400, "bad request")] {
        let server = Server::before_the_reference(move |request, reference| {
            if service(&request) == "ram" {
                return answer(status, "text/html", body);
            }
            reference.handle(request)
        });
        let (result, ran) = checked(&server, "--suite [is]*/* --cases 4", INCONCLUSIVE);
        assert!(ran.err.contains("not implemented, and not judged: Accept"), "{}", ran.show());
        let reason = result["reasons"][0].as_str().unwrap();
        assert!(reason.contains("no CreateResourceShare, so nothing can be shared: "), "{reason}");
        let conforms = topics(&result, "conforms");
        for sharing in
            ["share", "invitation", "principal", "association", "resource", "organization"]
        {
            assert!(!conforms.contains(&sharing.to_owned()), "{conforms:?}");
        }
        assert!(conforms.contains(&"image".to_owned()), "{conforms:?}");
        assert_eq!(result["divergences"], Value::Array(Vec::new()));
    }
}

#[test]
fn a_step_that_the_target_does_not_implement_proves_nothing() {
    let server = Server::before_the_reference(|request, reference| {
        if service(&request) == "ram" {
            answer(404, "text/html", PAGE)
        } else {
            reference.handle(request)
        }
    });
    let share = "world standalone\nowner CreateResourceShare principals=consumer -> share\n";
    let line = format!("replay - --endpoint {} --bound 0ms", server.url);
    let ran = Place::new().run_with_input(&line, share).ends_with(INCONCLUSIVE);
    assert!(ran.out.contains("does not implement CreateResourceShare"), "{}", ran.show());
}

#[test]
fn reads_that_fail_now_and_then_are_faults_and_not_divergences() {
    let asked = AtomicU64::new(0);
    let server = Server::before_the_reference(move |request, reference| {
        if reads(&request) && asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(3) {
            return answer(503, "text/plain", "busy");
        }
        reference.handle(request)
    });
    let options = "--suite [po]*/[of]* --cases 1 --steps 12 --jobs 1";
    let (result, _) = checked(&server, options, CONFORMS);
    assert_eq!(result["divergences"], Value::Array(Vec::new()));
    let missing = result["missing"].as_object().unwrap();
    let missing: Vec<_> = missing.keys().map(String::as_str).collect();
    assert_eq!(missing, ["PassTime"], "a failure now and then is no lack");
    let faults = result["faults_met"].as_object().unwrap();
    assert!(faults["server-error"]["times"].as_u64().unwrap() > 10, "{faults:?}");
    assert_eq!(faults["server-error"]["first"], "HTTP 503 busy");
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn the_message_of_a_fault_does_not_change_its_treatment() {
    let share = "world standalone\nowner CreateResourceShare principals=consumer -> share\n";
    // The calls of RAM that are sent if the answer to the creation is replaced by one with this body.
    let sent = |status: u16, body: &'static str| -> Vec<String> {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&calls);
        let server = Server::before_the_reference(move |request, reference| {
            if service(&request) != "ram" {
                return reference.handle(request);
            }
            let call = request.uri().path().trim_start_matches('/').to_owned();
            let mut kept = kept.lock().unwrap();
            let is_first = kept.iter().all(|it| *it != "createresourceshare");
            kept.push(call);
            let answered = reference.handle(request);
            let is_lost = is_first && kept.last().is_some_and(|it| it == "createresourceshare");
            if is_lost { answer(status, "text/plain", body) } else { answered }
        });
        let line = format!("replay - --endpoint {} --bound 0ms", server.url);
        let ran = Place::new().run_with_input(&line, share).ends_with(CONFORMS);
        assert!(ran.out.contains("CreateResourceShare"), "{}", ran.show());
        let calls = calls.lock().unwrap();
        calls.clone()
    };
    for status in [500, 503, 200] {
        let plain = sent(status, r#"{"message":"request 17"#);
        assert_eq!(
            plain[..2],
            ["createresourceshare", "getresourceshares"],
            "sent once, then read"
        );
        // A second play tells that the answer is not lost each time.
        assert_eq!(plain.iter().filter(|it| *it == "createresourceshare").count(), 2, "{plain:?}");
        for body in [
            r#"{"message":"request 4291"#,
            r#"{"message":"Throttled: ThrottlingException"#,
            r#"{"message":"connection refused"#,
            r#"{"message":"timed out, timeout"#,
            r#"{"message":"HTTP 429"#,
        ] {
            assert_eq!(sent(status, body), plain, "HTTP {status} {body}");
        }
    }
}

#[test]
fn a_target_that_dies_ends_the_run_and_what_was_found_is_kept() {
    // It dies of a write: each read that fails is sent again after a while, which takes time.
    let (asked, dead) = (AtomicU64::new(0), AtomicBool::new(false));
    let server = Server::before_the_reference(move |request, reference| {
        let late = asked.fetch_add(1, Ordering::Relaxed) > 900;
        if dead.fetch_or(late && !reads(&request), Ordering::Relaxed) {
            return answer(502, "text/html", "<html>bad gateway</html>");
        }
        reference.handle(request)
    });
    let options = "--suite invitations/* --cases 500 --steps 10 --jobs 1";
    let (result, ran) = checked(&server, options, INCONCLUSIVE);
    assert_eq!(result["verdict"], "inconclusive");
    let reason = result["reasons"][0].as_str().unwrap();
    assert!(reason.contains("cases in a row were inconclusive"), "{}", ran.show());
    assert!(reason.contains("HTTP 502"), "{reason}");
    assert!(result["cases"].as_u64().unwrap() < 400, "it does not go on for nothing");
    assert!(topics(&result, "conforms").contains(&"invitation".to_owned()));
}

/// A command on its way.
pub(super) struct Running {
    child: Child,
    err: BufReader<ChildStderr>,
}

impl Running {
    pub(super) fn start(place: &Place, line: &str) -> Self {
        let mut child = place.command(line).spawn().unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        Self { child, err }
    }

    /// Waits for a line on standard error.
    pub(super) fn says(&mut self, part: &str) -> String {
        let mut line = String::new();
        while !line.contains(part) {
            line.clear();
            assert_ne!(self.err.read_line(&mut line).unwrap(), 0, "it ended without {part:?}");
        }
        line
    }

    pub(super) fn signal(&self, signal: &str) {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits until it has ended; returns what else it wrote on standard error.
    pub(super) fn rest(self) -> String {
        let Self { mut child, mut err } = self;
        // Nobody reads what it writes on standard output.
        drop(child.stdout.take());
        let mut rest = String::new();
        err.read_to_string(&mut rest).unwrap();
        child.wait().unwrap();
        rest
    }

    pub(super) fn end(self) -> Ran {
        let Self { child, mut err } = self;
        let mut rest = String::new();
        let reader = thread::spawn(move || err.read_to_string(&mut rest).map(|_| rest));
        let mut output = child.wait_with_output().unwrap();
        output.stderr = reader.join().unwrap().unwrap().into_bytes();
        Ran::of(&output)
    }
}

#[test]
fn an_interrupt_keeps_what_was_found_so_far() {
    for (signal, mutant, verdict) in
        [("INT", "", "inconclusive"), ("TERM", "--mutant accepted-twice", "diverges")]
    {
        let place = Place::new();
        let line = format!("check --suite invitations/* --cases 100000 --report report {mutant}");
        let mut running = Running::start(&place, &line);
        running.says("playing 100000 cases");
        thread::sleep(Duration::from_millis(200));
        running.signal(signal);
        running.says("interrupt again to stop at once");
        let ran = running.end().ends_with(INCONCLUSIVE);
        assert!(ran.out.contains("the run was interrupted"), "{}", ran.show());
        let kept = fs::read_to_string(place.path().join("report/results.json")).unwrap();
        let kept: Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["verdict"], verdict);
        assert!(kept["cases"].as_u64().unwrap() > 9, "{}", kept["cases"]);
    }
}

#[test]
fn a_server_that_was_started_ends_with_the_run_however_it_ends() {
    let served = env!("CARGO_BIN_EXE_bellwether");
    let config = format!(
        "[targets.mine]\naccounts = \"access-key\"\nstart = [\"/bin/sh\", \"-c\", \
         \"echo {{port}} > port; exec {served} serve --address 127.0.0.1:{{port}}\"]\n"
    );
    let place = Place::new().with("bellwether.toml", config);
    let gone = || {
        let port: u16 =
            fs::read_to_string(place.path().join("port")).unwrap().trim().parse().unwrap();
        (0..100).any(|_| {
            thread::sleep(Duration::from_millis(20));
            TcpStream::connect(("127.0.0.1", port)).is_err()
        })
    };
    place.run("probe --target mine").ends_with(CONFORMS);
    assert!(gone(), "after its end");
    let mut running = Running::start(&place, "check --target mine --cases 100000");
    running.says("playing");
    running.signal("INT");
    running.says("interrupt again to stop at once");
    running.signal("INT");
    running.end().ends_with(INCONCLUSIVE);
    assert!(gone(), "after two interrupts");
}

/// Asks a server as an account, with the form of a query API; returns the whole response.
fn ask(url: &str, account: &str, form: &str) -> String {
    let address = url.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(address).unwrap();
    let length = form.len();
    let request = format!(
        "POST / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/ec2/aws4_request, \
         SignedHeaders=host, Signature=0\r\n\r\n{form}"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn serve_tells_accounts_apart_by_access_key_and_ends_when_asked_to() {
    let place = Place::new();
    let mut running = Running::start(&place, "serve --address 127.0.0.1:0");
    let line = running.says("listening on ");
    let url = line.split(['\u{20}', ';']).find(|word| word.starts_with("http://")).unwrap();
    let (one, other) = ("111122223333", "444455556666");
    let made = ask(url, one, "Action=CreateVpc&CidrBlock=10.0.0.0%2F16&Version=2016-11-15");
    assert!(made.contains(&format!("<ownerId>{one}</ownerId>")), "{made}");
    let list = "Action=DescribeVpcs&Version=2016-11-15";
    assert!(ask(url, one, list).contains("<vpcId>"));
    assert!(!ask(url, other, list).contains("<vpcId>"));
    let nobody = ask(url, "AKIAIOSFODNN7EXAMPLE", list);
    assert!(nobody.contains("AuthFailure"), "{nobody}");
    running.signal("TERM");
    running.end().ends_with(CONFORMS);
}

#[test]
fn serve_with_a_planted_fault_is_found_out_over_the_socket() {
    let place = Place::new();
    let mut running = Running::start(&place, "serve --address 127.0.0.1:0 --mutant accepted-twice");
    let line = running.says("listening on ");
    let url = line.split(['\u{20}', ';']).find(|word| word.starts_with("http://")).unwrap();
    let line = format!("check --endpoint {url} --suite invitations/a* --cases 0 --bound 0ms");
    let ran = place.run(&line).ends_with(DIVERGES);
    assert!(ran.out.contains("DIVERGES  invitation/accepted-once"), "{}", ran.show());
    running.signal("INT");
    running.end().ends_with(CONFORMS);
}
