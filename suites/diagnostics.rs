//! What is said on standard error beside a result: progress, calls, traces.

use super::{CONFORMS, Place, Ran, USAGE, check_all};

const LINE: &str = "check --suite subnet/* --cases 1";

/// Runs a check that conforms, with these traces.
fn traced(options: &str, traces: &str) -> Ran {
    let place = Place::new();
    let mut command = place.command(&format!("{LINE} {options}"));
    Ran::of(&command.env("RUST_LOG", traces).output().unwrap()).ends_with(CONFORMS)
}

#[test]
fn quiet_says_nothing_but_errors_on_standard_error() {
    let ran = Place::new().run(&format!("{LINE} --quiet")).ends_with(CONFORMS);
    assert_eq!(ran.err, "");
    assert!(ran.out.contains("verdict    reference conforms"), "{}", ran.show());
    check_all(
        &Place::new(),
        USAGE,
        &[
            ("check --quiet --rule nope/*", &["no rule matches"]),
            ("check --quiet --verbose", &["--verbose"]),
        ],
    );
}

#[test]
fn verbose_prints_each_call_with_its_answer() {
    let ran = Place::new().run(&format!("{LINE} --verbose")).ends_with(CONFORMS);
    let calls = |says: &str, answer: &str| {
        ran.err.lines().any(|line| line.contains(says) && line.ends_with(answer))
    };
    assert!(calls("CreateSubnet -> net", "  granted"), "{}", ran.show());
    assert!(
        calls("RunInstances SubnetId=net", "  refused, InvalidSubnetID.NotFound"),
        "{}",
        ran.show()
    );
    assert!(ran.err.contains("playing "), "progress is shown too: {}", ran.show());
    let plain = Place::new().run(LINE).ends_with(CONFORMS);
    assert!(!plain.err.contains("CreateSubnet"), "{}", plain.show());
}

#[test]
fn traces_are_selected_by_the_environment_and_hold_no_credentials() {
    let plays = traced("", "bellwether=info");
    assert!(plays.err.contains("play{case="), "{}", plays.show());
    assert!(!plays.err.contains("CreateSubnet"), "{}", plays.show());
    let all = traced("", "trace");
    assert!(all.err.contains("CreateSubnet"), "{}", all.show());
    for secret in ["uthorization: ", "AWS4-HMAC-SHA256", "Credential=", "x-amz-security-token"] {
        assert!(!all.err.contains(secret), "{secret} in a trace");
    }
    let place = Place::new();
    let mut wrong = place.command(LINE);
    let wrong = Ran::of(&wrong.env("RUST_LOG", "bellwether=loud").output().unwrap());
    let wrong = wrong.ends_with(USAGE);
    assert!(wrong.err.contains("RUST_LOG") && wrong.err.contains("loud"), "{}", wrong.show());
}
