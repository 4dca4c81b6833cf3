//! Recording what a client and an endpoint say to each other, and judging it.

use std::fs;
use std::process::Stdio;

use bellwether::reference::{Reference, mutants};

use super::loopback::Server;
use super::{CONFORMS, DIVERGES, INCONCLUSIVE, Place, Ran, USAGE, check, has_keys};

const SHARED: &str = "world standalone

owner    CreateResourceShare principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer AcceptResourceShareInvitation invitation:share/consumer
";

/// Records what a scenario says to a server, in `recorded.jsonl`; the recorded command ends with this code.
fn record(place: &Place, server: &Server, code: i32) -> Ran {
    let line = format!("record --endpoint {} --out recorded.jsonl -- sh -c", server.url);
    let mut command = place.command(&line);
    let played = format!(
        "{} replay shared.scenario --endpoint $AWS_ENDPOINT_URL",
        env!("CARGO_BIN_EXE_bellwether")
    );
    command.arg(played).stdin(Stdio::null());
    Ran::of(&command.output().unwrap()).ends_with(code)
}

#[cfg(unix)]
#[test]
fn what_a_client_says_to_the_reference_is_recorded_and_conforms() {
    let place = Place::new().with("shared.scenario", SHARED);
    let server = Server::before_the_reference(|request, reference| reference.handle(request));
    record(&place, &server, CONFORMS);
    let judged = place.run("judge recorded.jsonl --format json").ends_with(CONFORMS).json();
    has_keys(&judged, "schema target files events judged unjudged rules contradictions seconds");
    assert!(judged["rules"]["invitation/accepted-once"]["held"].as_u64() >= Some(1), "{judged}");
    let again = format!("record --endpoint {} --out recorded.jsonl -- true", server.url);
    check(&place, &again, USAGE, &["recorded.jsonl", "name a new file for --out"]);
}

#[cfg(unix)]
#[test]
fn a_planted_fault_contradicts_the_model() {
    let place = Place::new().with("shared.scenario", SHARED);
    let mutant = mutants::find("accepted-twice");
    let reference = Reference::with_mutant(mutant);
    let server = Server::answering(move |request| reference.handle(request));
    record(&place, &server, DIVERGES);
    let judged = place.run("judge recorded.jsonl --standalone").ends_with(DIVERGES);
    for part in ["CONTRADICTED  invitation/accepted-once", "of the target", "world standalone"] {
        assert!(judged.out.contains(part), "no {part:?} in\n{}", judged.show());
    }
    let of_aws = place.run("judge recorded.jsonl --as aws --bound 0s").ends_with(DIVERGES);
    assert!(of_aws.out.contains("of the model"), "{}", of_aws.show());
}

#[cfg(unix)]
#[test]
fn a_report_on_recorded_traffic_has_a_scenario_that_shows_the_contradiction_again() {
    let place = Place::new().with("shared.scenario", SHARED);
    let reference = Reference::with_mutant(mutants::find("accepted-twice"));
    let server = Server::answering(move |request| reference.handle(request));
    record(&place, &server, DIVERGES);
    let line = "judge recorded.jsonl --standalone --as target --report judged";
    place.run(line).ends_with(DIVERGES);
    for file in ["results.json", "report.txt", "report.html", "junit.xml"] {
        assert!(place.path().join("judged").join(file).is_file(), "no {file}");
    }
    let junit = fs::read_to_string(place.path().join("judged/junit.xml")).unwrap();
    assert_eq!(junit.matches("<failure ").count(), 1, "{junit}");
    let entries = fs::read_dir(place.path().join("judged")).unwrap();
    let scenarios: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".scenario"))
        .collect();
    let [scenario] = &scenarios[..] else { panic!("{scenarios:?}") };
    let text = fs::read_to_string(place.path().join("judged").join(scenario)).unwrap();
    assert_eq!(text.lines().filter(|line| line.contains("ResourceShare")).count(), 3, "{text}");
    place.run(&format!("replay judged/{scenario} --mutant accepted-twice")).ends_with(DIVERGES);
    place.run(&format!("replay judged/{scenario}")).ends_with(CONFORMS);
}

#[cfg(unix)]
#[test]
fn record_ends_with_the_code_of_its_command() {
    let place = Place::new();
    let line = "record --endpoint http://127.0.0.1:1 --out a.jsonl -- sh -c";
    let mut command = place.command(line);
    Ran::of(&command.arg("exit 9").output().unwrap()).ends_with(9);
}

#[test]
fn what_can_t_be_recorded_or_judged_is_said_with_the_way_on() {
    let head = "{\"bellwether_recording\":1,\"endpoint\":\"http://a\"}\n";
    let place = Place::new()
        .with("notes.txt", "notes")
        .with("empty.jsonl", head)
        .with("cut.jsonl", format!("{head}{{\"begin\":"));
    check(&place, "judge notes.txt", USAGE, &["notes.txt", "no format", "HAR, CloudTrail"]);
    check(&place, "judge missing.jsonl", USAGE, &["missing.jsonl", "name a file or folder"]);
    place.run("judge empty.jsonl").ends_with(INCONCLUSIVE);
    let cut = place.run("judge cut.jsonl").ends_with(INCONCLUSIVE);
    assert!(cut.out.contains("cut.jsonl:2: not a line of a recording"), "{}", cut.show());
    let aws = "record --endpoint https://ram.us-east-1.amazonaws.com --out a.jsonl";
    check(&place, aws, USAGE, &["--endpoint"]);
    assert!(fs::read_dir(place.path()).unwrap().count() == 3, "no recording was begun");
}
