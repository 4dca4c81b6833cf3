//! Runs against targets that break down, restart and recover, and runs that are killed.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use bellwether::store::Store;
use serde_json::{Value, json};

use super::loopback::{Server, answer, service, silence};
use super::trouble::{Running, checked};
use super::{CONFORMS, DIVERGES, INCONCLUSIVE, Place};

/// A port that nobody listens on at the moment.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_target_that_is_killed_and_started_again_is_waited_for() {
    let place = Place::new();
    let serve = format!("serve --address 127.0.0.1:{}", free_port());
    let mut server = Running::start(&place, &serve);
    let line = server.says("listening on ");
    let url = line.split(['\u{20}', ';']).find(|word| word.starts_with("http://")).unwrap();
    let options = "--bound 0ms --suite [il]*/* --cases 0 --jobs 2 --format json";
    let mut run = Running::start(&place, &format!("check --endpoint {url} {options}"));
    run.says(" suites");
    thread::sleep(Duration::from_millis(100));
    server.signal("KILL");
    thread::sleep(Duration::from_millis(900));
    let mut server = Running::start(&place, &serve);
    server.says("listening on ");
    let result = run.end().ends_with(CONFORMS).json();
    assert_eq!(result["divergences"], json!([]));
    assert_eq!(result["inconclusive_cases"], 0);
    assert_eq!(result["ended_early"], Value::Null);
    server.signal("INT");
}

#[test]
fn a_call_that_hangs_is_a_crash_with_the_rule_that_was_expected() {
    let server = Server::before_the_reference(|request, reference| {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let renames = request.uri().path() == "/updateresourceshare" && body.contains("\"name\"");
        // The probe renames too, and is answered.
        if renames && !body.contains("probed") { silence() } else { reference.handle(request) }
    });
    let options = "--suite lifecycle/renamed --cases 0 --request-timeout 400ms";
    let (result, ran) = checked(&server, options, DIVERGES);
    let divergences = result["divergences"].as_array().unwrap();
    assert_eq!(divergences.len(), 1, "{}", ran.show());
    let crash = &divergences[0];
    assert_eq!((&crash["rule"], &crash["kind"]), (&json!("target/answers"), &json!("crash")));
    assert_eq!(crash["operation"], "UpdateResourceShare");
    assert!(crash["expected_rule"].is_string(), "{crash}");
}

#[test]
fn connections_that_are_closed_after_each_answer_are_no_fault() {
    let server = Server::before_the_reference(|request, reference| {
        let mut answered = reference.handle(request);
        answered.headers_mut().insert("connection", "close".parse().unwrap());
        answered
    });
    let (result, _) = checked(&server, "--suite invitations/* --cases 4", CONFORMS);
    assert_eq!(result["inconclusive_cases"], 0);
}

#[test]
fn organizations_that_fail_after_the_tenth_end_nothing_but_what_needs_them() {
    let made = AtomicU64::new(0);
    let server = Server::before_the_reference(move |request, reference| {
        let target = request.headers().get("x-amz-target").map(|it| it.to_str().unwrap());
        if target.is_some_and(|it| it.ends_with(".CreateOrganization"))
            && made.fetch_add(1, Ordering::Relaxed) >= 10
        {
            let body = r#"{"__type":"ConstraintViolationException","Message":"too many"}"#;
            return answer(400, "application/x-amz-json-1.1", body);
        }
        reference.handle(request)
    });
    let (result, ran) = checked(&server, "--suite [oi]*/* --cases 6", INCONCLUSIVE);
    assert_eq!(result["divergences"], json!([]));
    let reason = result["reasons"][0].as_str().unwrap();
    assert!(reason.contains("no organization could be had"), "{reason}");
    assert!(reason.contains("ConstraintViolationException: too many"), "{reason}");
    let reasons = result["inconclusive_reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|it| it["cases"].as_u64() > Some(2)), "{}", ran.show());
    assert_eq!(result["ended_early"]["cases"]["planned"], 6);
    let suites = &result["ended_early"]["suites"];
    assert!(suites["planned"].as_u64() > suites["played"].as_u64(), "{suites}");
}

#[test]
fn an_account_whose_creation_goes_on_is_waited_for() {
    let described = AtomicU64::new(0);
    let server = Server::before_the_reference(move |request, reference| {
        let target = request.headers().get("x-amz-target").map(|it| it.to_str().unwrap());
        let called = target.and_then(|it| it.rsplit('.').next()).unwrap_or_default().to_owned();
        let is_known = described.load(Ordering::Relaxed) > 1;
        if called == "MoveAccount" && !is_known {
            let body = r#"{"__type":"AccountNotFoundException","Message":"not yet"}"#;
            return answer(400, "application/x-amz-json-1.1", body);
        }
        let answered = reference.handle(request);
        let is_status = called == "CreateAccount" || called == "DescribeCreateAccountStatus";
        if !is_status || is_known {
            return answered;
        }
        described.fetch_add(1, Ordering::Relaxed);
        answered.map(|body| {
            let text = String::from_utf8(body.to_vec()).unwrap();
            assert!(text.contains("AccountId"), "{text}");
            text.replace("SUCCEEDED", "IN_PROGRESS").into()
        })
    });
    let (result, _) = checked(&server, "--suite organization/everybody --cases 0", CONFORMS);
    assert_eq!(result["missing"]["organizations"], Value::Null);
    assert_eq!(result["inconclusive_cases"], 0);
}

#[test]
fn a_target_that_answers_html_from_some_request_on_has_no_divergence() {
    let asked = AtomicU64::new(0);
    let server = Server::before_the_reference(move |request, reference| {
        if asked.fetch_add(1, Ordering::Relaxed) >= 700 {
            return answer(200, "text/html", "<html>It works!</html>");
        }
        reference.handle(request)
    });
    let line = format!("check --endpoint {} --bound 0ms --suite [il]*/* --jobs 8", server.url);
    let ran = Place::new().run(&line).ends_with(INCONCLUSIVE);
    assert!(ran.out.starts_with("the run ended early: it broke off: "), "{}", ran.show());
    assert!(ran.out.contains("200 of 200 cases not drawn"), "{}", ran.show());
    assert!(!ran.out.contains("DIVERGES"), "{}", ran.show());
}

#[test]
fn a_call_that_fails_each_time_is_a_crash_and_one_that_fails_for_all_is_missing() {
    let server = Server::before_the_reference(|request, reference| {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let closes = body.contains("\"allowExternalPrincipals\":false");
        let is_ram = service(&request) == "ram";
        if is_ram && (closes || request.uri().path() == "/listresourcetypes") {
            return answer(500, "text/html", "<html>KeyError</html>");
        }
        reference.handle(request)
    });
    let options = "--suite organization/closed-without-sharing --cases 0";
    let (result, ran) = checked(&server, options, DIVERGES);
    let shown = result["divergences"].as_array().unwrap().iter();
    let shown: Vec<_> = shown.map(|it| (&it["kind"], &it["operation"], &it["steps"])).collect();
    assert!(
        shown.contains(&(&json!("crash"), &json!("CreateResourceShare"), &json!(1))),
        "{shown:?}"
    );
    assert!(shown.iter().all(|(kind, ..)| *kind == "crash"), "{}", ran.show());
    let missing = result["missing"]["ListResourceTypes"].as_str().unwrap();
    assert!(missing.contains("it fails: HTTP 500"), "{missing}");
}

/// What a probe of a server says of operations that it takes for missing where the server has all: nobody can move
/// its clock from here.
fn of_a_whole_server() -> Value {
    json!({ "PassTime": "the target declares no clock to move" })
}

/// The result of a probe of a server.
fn probed(server: &Server) -> Value {
    let line = format!("probe --endpoint {} --bound 0ms --format json", server.url);
    Place::new().run(&line).ends_with(CONFORMS).json()
}

#[test]
fn operations_that_fail_each_time_cost_a_probe_two_passes() {
    let whole =
        probed(&Server::before_the_reference(|request, reference| reference.handle(request)));
    assert_eq!(whole["missing"], of_a_whole_server());
    let server = Server::before_the_reference(|request, reference| {
        if service(&request).starts_with("route53resolver") {
            return answer(500, "text/html", "<html>KeyError</html>");
        }
        reference.handle(request)
    });
    let lacking = probed(&server);
    let missing = lacking["missing"].as_object().unwrap();
    assert!(missing["ListResolverRules"].as_str().unwrap().contains("it fails: HTTP 500"));
    let of_the_resolver = |it: &str| it.contains("Resolver") || it.contains("Firewall");
    assert!(
        missing
            .keys()
            .all(|it| of_the_resolver(it)
                || ["ListTagsForResource", "PassTime"].contains(&it.as_str())),
        "{missing:?}"
    );
    let requests = |result: &Value| result["requests"].as_u64().unwrap();
    let most = 2 * requests(&whole) + 2 * missing.len() as u64;
    assert!(requests(&lacking) <= most, "{lacking}");
}

#[test]
fn failures_that_pass_hide_nothing_from_a_probe() {
    let asked = AtomicU64::new(0);
    let server = Server::before_the_reference(move |request, reference| {
        if asked.fetch_add(1, Ordering::Relaxed) % 9 == 8 {
            return answer(500, "text/html", "<html>KeyError</html>");
        }
        reference.handle(request)
    });
    assert_eq!(probed(&server)["missing"], of_a_whole_server());
}

/// The ids of the scenarios in the folder of a report.
fn kept(place: &Place) -> Vec<String> {
    let files = fs::read_dir(place.path().join("report")).unwrap().map(|it| it.unwrap().path());
    let scenarios = files.filter(|path| path.extension().is_some_and(|it| it == "scenario"));
    scenarios.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_run_that_is_killed_leaves_a_readable_report_with_all_that_it_named() {
    for (found, wait) in [(1, 0), (1, 10), (2, 5)] {
        let place = Place::new();
        let line = "check --mutant owner-alone --suite [il]*/* --cases 500 --report report";
        let mut run = Running::start(&place, line);
        let named = (0..found).map(|_| run.says("found ")).last().unwrap();
        thread::sleep(Duration::from_millis(wait));
        run.signal("KILL");
        let json = fs::read_to_string(place.path().join("report/results.json")).unwrap();
        let result: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&result["ended"], &result["reasons"][0]),
            (&json!(false), &json!("the run has not ended"))
        );
        let text = fs::read_to_string(place.path().join("report/report.txt")).unwrap();
        assert!(text.starts_with("the run has not ended"), "{text}");
        let kept = kept(&place);
        let rule = named.split_whitespace().nth(1).unwrap().replace('/', ".");
        assert!(kept.iter().any(|id| id.starts_with(&rule)), "{named} is not in {kept:?}");
    }
}

/// The number of moments at which a run is killed.
const MOMENTS: u64 = 20;

/// The longest time between what a run says and the moment at which it is killed, in milliseconds.
const LATEST: u64 = 400;

/// The beginnings of the ids of the findings that a run has named on standard error, in whole lines.
fn named(err: &str) -> BTreeSet<String> {
    let lines = err.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let found = lines.filter_map(|line| line.strip_prefix("found "));
    let ids = found.filter_map(|line| {
        let (rule, rest) = line.split_once(" (")?;
        let (kind, _) = rest.split_once(')')?;
        Some(format!("{}.{kind}.", rule.replace('/', ".")))
    });
    ids.collect()
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_a_folder_that_reads_and_holds_what_was_named() {
    let mutants = "accepted-twice,pages-lose-a-row,share-filter-ignored,revoked-share-listed";
    let options = "--suite [ilr]*/* --cases 100000 --report report";
    let (mut seed, mut held) = (20_u64, 0);
    for moment in 0..MOMENTS {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = (seed >> 33) % LATEST;
        let place = Place::new();
        let mut run = Running::start(&place, &format!("check --mutant {mutants} {options}"));
        let mut err = run.says("playing ");
        // However slow the machine is, some moments are before the first finding, and others between two.
        for _ in 0..moment % 4 {
            err += &run.says("found ");
        }
        thread::sleep(Duration::from_millis(after));
        run.signal("KILL");
        err += &run.rest();
        let of = format!("moment {moment}, after {after} ms: {err}");
        let folder = place.path().join("report");
        let named = named(&err);
        let json = fs::read_to_string(folder.join("results.json")).unwrap();
        let result: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(result["ended"], json!(false), "{of}");
        let (stored, unreadable) = Store::open(&folder).unwrap().stored().unwrap();
        assert!(unreadable.is_empty(), "{unreadable:?} at {of}");
        for id in &named {
            let is_kept = stored.iter().any(|it| it.name.starts_with(id.as_str()));
            assert!(is_kept, "{id} is not kept at {of}");
        }
        held += named.len();
    }
    assert!(held > 0, "some moment is after a finding");
}

#[test]
fn what_a_run_has_left_is_played_first_and_what_does_not_show_any_more_is_said() {
    let place = Place::new();
    let options = "--suite none --cases 0 --report report --format json";
    let first = "check --mutant accepted-twice --suite invitations/a* --cases 0 --report report";
    place.run(first).ends_with(DIVERGES);
    let left = kept(&place);
    assert!(!left.is_empty());
    let again = place.run(&format!("check --mutant accepted-twice {options}"));
    let again = again.ends_with(DIVERGES).json();
    for stored in again["stored"].as_array().unwrap() {
        assert_eq!(stored["shown"], true, "{stored}");
    }
    assert_eq!(again["stored"].as_array().unwrap().len(), left.len());
    let mended = place.run(&format!("check {options}")).ends_with(CONFORMS).json();
    assert!(mended["stored"].as_array().unwrap().iter().all(|it| it["shown"] == false));
    let text = fs::read_to_string(place.path().join("report/report.txt")).unwrap();
    assert!(text.contains(&format!("{}: does not show any more", left[0])), "{text}");
}

#[test]
fn a_folder_is_replayed_and_summed_up() {
    let place = Place::new();
    let first = "check --mutant accepted-twice --suite invitations/a* --cases 0 --report report";
    place.run(first).ends_with(DIVERGES);
    let vpc = "world standalone\n\nowner    CreateVpc -> vpc\n";
    fs::write(place.path().join("report/vpc.scenario"), vpc).unwrap();
    let count = kept(&place).len();
    let ran = place.run("replay report --mutant accepted-twice").ends_with(DIVERGES);
    let says = format!("{count} scenarios: {} show a divergence, 1 show none, 0 are", count - 1);
    assert!(ran.out.contains(&says), "{}", ran.show());
    place.run("replay report").ends_with(CONFORMS);
}
