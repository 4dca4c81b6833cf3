//! The command line: what is printed where, exit codes, bad input, and targets in trouble.
//!
//! Needs nothing but this machine: every server is on the loopback interface.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod diagnostics;
mod import;
mod install;
mod known;
mod loopback;
mod results;
mod shards;
mod survive;
mod traffic;
mod trouble;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const CONFORMS: i32 = 0;
const DIVERGES: i32 = 1;
const USAGE: i32 = 2;
const INCONCLUSIVE: i32 = 3;
const OUT_OF_REACH: i32 = 4;

/// The output of a command, and its exit code.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let code = output.status.code().unwrap_or_else(|| panic!("{}: {err}", output.status));
        assert!(!err.contains("panicked"), "{err}");
        Self { code, out, err }
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

    /// Runs a command that reads this from its standard input.
    fn run_with_input(&self, line: &str, input: &str) -> Ran {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran::of(&child.wait_with_output().unwrap())
    }
}

/// Runs a command that fails: with this exit code, and all of this on standard error.
fn check(place: &Place, line: &str, code: i32, says: &[&str]) -> Ran {
    let ran = place.run(line).ends_with(code);
    for part in says {
        assert!(ran.err.contains(part), "{line}: no {part:?} in\n{}", ran.show());
    }
    ran
}

/// Runs commands that fail like this.
fn check_all(place: &Place, code: i32, cases: &[(&str, &[&str])]) {
    for (line, says) in cases {
        check(place, line, code, says);
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn has_keys(value: &Value, wanted: &str) {
    for key in wanted.split_whitespace() {
        assert!(keys(value).contains(key), "no {key} in {value}");
    }
}

#[test]
fn unknown_names_are_refused_with_the_nearest_or_the_valid_ones() {
    check_all(
        &Place::new(),
        USAGE,
        &[
            ("check --target moot", &["no target \"moot\"", "did you mean moto?", "endpoint"]),
            ("check --target zzz", &["no target \"zzz\"", "reference, moto, endpoint"]),
            ("probe --target moot", &["did you mean moto?"]),
            ("check --mutant accepted-twic", &["did you mean accepted-twice?"]),
            (
                "power --without pairs,pears",
                &["\"pears\" is not a valid part", "pairs ", "first-case-costs "],
            ),
            ("check --mutant zzz", &["no mutant \"zzz\"", "`bellwether list mutants`"]),
            ("serve --mutant accepted-twic", &["did you mean accepted-twice?"]),
            ("explain invitation/acepted-once", &["did you mean invitation/accepted-once?"]),
            ("explain zzz", &["no rule \"zzz\"", "`bellwether list rules`"]),
            ("list rulez", &["'rulez'", "'rules'", "mutants"]),
            ("check --sedd 3", &["'--sedd'", "'--seed'"]),
            ("chekc", &["'chekc'", "'check'"]),
            ("", &["Usage"]),
        ],
    );
}

#[test]
fn impossible_options_are_refused_before_anything_runs() {
    check_all(
        &Place::new().with("file", ""),
        USAGE,
        &[
            ("power --made 0", &["--made", "1.."]),
            ("power --no-planted", &["--made"]),
            ("power --made 1 --no-planted --mutant x", &["--no-planted", "--mutant"]),
            ("list rules --made", &["--made is about mutants", "list mutants --made"]),
            ("check --shard 0/3", &["\"0/3\"", "K/N"]),
            ("check --shard 4/3", &["\"4/3\"", "K/N"]),
            ("check --steps 0", &["--steps", "1..=10000"]),
            ("check --jobs 0", &["--jobs", "1..=256"]),
            ("check --settle soon", &["\"soon\"", "500ms"]),
            ("check --settle asociation=1s", &["association, invitation, permission, share"]),
            ("serve --default-account 123", &["'123'", "--default-account", "12 digits"]),
            ("serve --settle share=soon", &["share=soon", "association=0.4..3s"]),
            ("check --faults hail", &["\"hail\"", "breeze, rain, storm", "dropped-after"]),
            ("check --faults throttling=5", &["throttling=5%", "from 0% to 100%"]),
            ("serve --faults throttling=60%,garbage=60%", &["120%"]),
            ("check --target moto --faults storm", &["embedded reference", "--bound"]),
            ("check --bound soon", &["\"soon\"", "500ms", "aws*0.1"]),
            ("check --target moto --settle share=1s", &["embedded reference", "--bound"]),
            ("check --max-time soon", &["\"soon\"", "1m30s"]),
            ("check --rule [a", &["'[a'", "missing ']'"]),
            ("check --rule nope/*", &["no rule matches \"nope/*\"", "list rules"]),
            ("check --rule invitation/acepted-once", &["did you mean invitation/accepted-once?"]),
            ("check --suite nope/*", &["no suite matches \"nope/*\"", "list suites"]),
            ("check --suite revoke/share-deletd", &["did you mean revoke/share-deleted?"]),
            ("check --report file", &["failed to make the folder file", "it is a file"]),
            ("check --report file/below", &["failed to make the folder file/below"]),
            ("check --mutant accepted-twice --target moto", &["--mutant", "moto is another"]),
            (
                "check --mutant accepted-twice --endpoint http://127.0.0.1:1",
                &["--mutant", "leave out"],
            ),
            (
                "check --target reference --endpoint http://127.0.0.1:1",
                &["reference is embedded", "leave out --target"],
            ),
            ("check --accounts access-key", &["reference is embedded", "pass --endpoint URL"]),
            (
                "check --endpoint http://127.0.0.1:1 --accounts keys",
                &["\"keys\"", "access-key, assume-role, header:NAME or process:COMMAND"],
            ),
            ("check --target endpoint", &["endpoint needs an endpoint", "--endpoint URL"]),
            ("check --endpoint localhost:5000", &["does not begin with http://"]),
            ("check --endpoint ftp://localhost", &["does not begin with http://"]),
        ],
    );
}

#[test]
fn an_old_spelling_is_accepted_with_one_hint_on_standard_error() {
    let old = "[targets.mine]\naccounts = \"access-key\"\nsettle = \"1s\"\n";
    let place = Place::new().with("old.toml", old).with("new.toml", old.replace("settle", "bound"));
    let run = |options: &str| {
        let line = format!("check --suite none --cases 1 {options}");
        let ran = place.run(&line).ends_with(CONFORMS);
        assert!(!ran.out.contains("hint"), "{}", ran.show());
        ran
    };
    for (options, hint) in [
        ("--weather breeze", "hint: --weather is now spelled --faults"),
        ("--settle thing=1s", "hint: thing= in --settle is now spelled resource="),
        ("--settle 1s", "hint: a plain duration in --settle is now spelled --bound"),
        ("--config old.toml", "hint: settle in [targets.mine] is now spelled bound"),
    ] {
        let ran = run(options);
        assert_eq!(ran.err.matches("hint: ").count(), 1, "{}", ran.show());
        assert!(ran.err.contains(hint), "{}", ran.show());
    }
    let ran = run("--faults breeze --settle resource=1s --bound 9s --config new.toml");
    assert!(!ran.err.contains("hint"), "{}", ran.show());
    check(&place, "check --weather rain --faults rain", USAGE, &["--weather", "--faults"]);
}

#[test]
fn real_aws_is_not_called_and_the_reason_is_given() {
    check_all(
        &Place::new().with(
            "aws.toml",
            "[targets.prod]\nendpoint = \"https://ec2.eu-west-1.api.aws\"\naccounts = \"access-key\"\n",
        ),
        USAGE,
        &[
            (
                "check --endpoint https://ram.us-east-1.amazonaws.com",
                &["is real AWS", "allow-list"],
            ),
            (
                "probe --target moto --endpoint https://ram.us-east-1.amazonaws.com",
                &["is real AWS", "allow-list"],
            ),
            ("probe --target prod --config aws.toml", &["is real AWS", "allow-list"]),
        ],
    );
}

#[test]
fn a_malformed_configuration_is_refused_with_file_and_place() {
    let place = Place::new()
        .with("key.toml", "[targets.mine]\naccounts = \"access-key\"\nendpont = \"x\"\n")
        .with("table.toml", "[targets.mine\n")
        .with("accounts.toml", "[targets.mine]\naccounts = \"keys\"\n")
        .with("none.toml", "[targets.mine]\naccounts = \"access-key\"\n")
        .with("bytes.toml", [0xff, 0xfe]);
    check_all(
        &place,
        USAGE,
        &[
            ("check --config key.toml", &["`endpont`", "`endpoint`", "key.toml:3:1"]),
            ("check --config table.toml", &["unclosed table", "table.toml:1:14"]),
            ("probe --config accounts.toml", &["\"keys\"", "assume-role", "accounts.toml:2:12"]),
            (
                "probe --config none.toml --target mine",
                &["mine needs an endpoint", "start command"],
            ),
            ("check --config missing.toml", &["failed to read missing.toml", "bellwether init"]),
            ("check --config .", &["failed to read ."]),
            ("check --config bytes.toml", &["failed to read bytes.toml", "UTF-8"]),
        ],
    );
    let unnamed = Place::new().with("bellwether.toml", "targets = 3\n");
    check(&unnamed, "check", USAGE, &["bellwether.toml:1:11"]);
}

#[test]
fn a_malformed_scenario_is_refused_with_file_line_column_and_the_nearest_word() {
    let place = Place::new()
        .with("operation.scenario", "world standalone\n\nowner    CreateSubent -> net\n")
        .with("actor.scenario", "world standalone\nowmer CreateVpc -> vpc\n")
        .with("world.scenario", "owner CreateVpc -> vpc\n")
        .with("empty.scenario", "")
        .with("bytes.scenario", b"world standalone\n# \xff\n")
        .with("good.scenario", "world standalone\nowner CreateVpc -> vpc\n");
    fs::create_dir(place.path().join("folder")).unwrap();
    for command in ["predict", "replay"] {
        for (file, says) in [
            (
                "operation.scenario",
                &["operation.scenario:3:10", "expected an operation", "`CreateSubnet`"][..],
            ),
            ("actor.scenario", &["actor.scenario:2:1", "expected", "`owner`"]),
            ("world.scenario", &["world.scenario:1:1", "expected the `world` line"]),
            ("empty.scenario", &["empty.scenario:1:1", "expected the `world` line"]),
            ("bytes.scenario", &["failed to read bytes.scenario", "line 2 is not UTF-8"]),
            ("missing.scenario", &["failed to read missing.scenario", "name a scenario file"]),
        ] {
            // One bad file among good ones is enough, and nothing is played.
            check(&place, &format!("{command} good.scenario {file}"), USAGE, says);
        }
    }
    let says = ["failed to read folder", "it is a folder"];
    check(&place, "predict good.scenario folder", USAGE, &says);
    let says = ["failed to read the folder folder", "it has no file that ends in .scenario"];
    check(&place, "replay good.scenario folder", USAGE, &says);
}

#[test]
fn an_address_that_is_taken_or_none_at_all_is_refused() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let place = Place::new();
    let line = format!("serve --address {address}");
    check(&place, &line, USAGE, &[&address, "in use", "port 0 takes a free one"]);
    check(&place, "serve --address nonsense", USAGE, &["nonsense", "127.0.0.1:4000"]);
}

#[test]
fn every_command_has_help_with_an_example_whose_files_exist() {
    let place = Place::new();
    let help = place.run("--help").ends_with(CONFORMS).out;
    assert!(help.contains("Exit codes: 0 conforms; 1 diverges;"), "{help}");
    for command in ["check", "replay", "predict", "probe", "serve", "explain", "list", "init"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        let help = place.run(&format!("{command} --help")).ends_with(CONFORMS).out;
        let example = help.lines().find(|line| line.starts_with("Example: bellwether "));
        let example = example.unwrap_or_else(|| panic!("{command} has no example"));
        for file in example.split(' ').filter(|word| word.starts_with("suites/")) {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            assert!(file.is_file(), "{}", file.display());
        }
    }
}

#[test]
fn init_writes_a_configuration_and_never_overwrites_one() {
    let place = Place::new();
    let ran = place.run("init").ends_with(CONFORMS);
    assert_eq!(ran.out, "wrote bellwether.toml\n");
    let written = fs::read_to_string(place.path().join("bellwether.toml")).unwrap();
    place.run("list targets").ends_with(CONFORMS);
    place.run("probe").ends_with(CONFORMS);
    let place = place.with("bellwether.toml", "# mine\n");
    check(&place, "init", USAGE, &["bellwether.toml exists already", "init FILE"]);
    assert_eq!(fs::read_to_string(place.path().join("bellwether.toml")).unwrap(), "# mine\n");
    place.run("init other.toml").ends_with(CONFORMS);
    assert_eq!(fs::read_to_string(place.path().join("other.toml")).unwrap(), written);
    check(&place, "init no/such.toml", USAGE, &["failed to write no/such.toml"]);
}

#[test]
fn a_reader_that_stops_early_does_no_harm() {
    let place = Place::new();
    for line in ["list rules", "list rules --format json", "check --suite none --cases 1"] {
        let mut child = place.command(line).spawn().unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(CONFORMS), "{line}");
    }
}

#[test]
fn no_color_is_respected_even_where_colors_are_forced() {
    let place = Place::new().with("bad.scenario", "world nowhere\n");
    for line in ["predict bad.scenario", "check --sedd 3", "check --suite none --cases 1"] {
        let mut forced = place.command(line);
        forced.env("FORCE_COLOR", "1").env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
        let forced = Ran::of(&forced.output().unwrap());
        assert!(!forced.out.contains('\u{1b}'), "results are plain text: {}", forced.show());
        let mut plain = place.command(line);
        plain.env("NO_COLOR", "1").env_remove("FORCE_COLOR").env_remove("CLICOLOR_FORCE");
        let plain = Ran::of(&plain.output().unwrap());
        assert!(!plain.err.contains('\u{1b}'), "{}", plain.show());
    }
}
