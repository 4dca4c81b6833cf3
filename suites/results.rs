//! Tests of the output of commands that succeed: on standard output, for people and for programs.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{CONFORMS, DIVERGES, INCONCLUSIVE, Place, Ran, USAGE, check, has_keys};

/// The keys of every result of `check`.
const RESULT: &str = "schema bellwether target seed cases steps requests seconds verdict reasons \
     divergences rules operations settling faults_met";

/// The keys of every divergence.
const DIVERGENCE: &str = "id rule kind operation actor_role expected observed evidence steps \
     scenario requests_to_find requests_to_shrink replay";

const LAUNCH: &str = "\
# Two steps and two claims.
world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
? member sees net
? outsider hidden net
";

#[test]
fn check_prints_its_result_on_standard_output_and_its_progress_on_standard_error() {
    let line = "check --suite subnet/* --cases 3 --seed 7";
    let json = Place::new().run(&format!("{line} --format json")).ends_with(CONFORMS);
    assert!(json.err.contains("probing the target"), "{}", json.show());
    let result = json.json();
    has_keys(&result, RESULT);
    has_keys(&result["target"], "name endpoint version");
    assert_eq!(result["target"]["name"], "reference");
    assert_eq!(result["target"]["endpoint"], "in-process");
    assert_eq!((&result["seed"], &result["verdict"]), (&7.into(), &"conforms".into()));
    assert_eq!(result["divergences"], Value::Array(Vec::new()));
    assert!(result["requests"].as_u64().unwrap() > 100);
    let states = ["conforms", "open", "unexercised"];
    for (name, rule) in result["rules"].as_object().unwrap() {
        assert!(states.contains(&rule["state"].as_str().unwrap()), "{name}: {rule}");
        assert!(rule["reached"].is_u64(), "{name}: {rule}");
    }
    assert!(result["operations"].as_object().unwrap().values().all(|has| has == true));
    let human = Place::new().run(line).ends_with(CONFORMS);
    let verdict = "verdict    reference conforms to AWS, as far as it was put to the test\nlevel ";
    assert!(human.out.contains(verdict), "{}", human.show());
    assert!(!human.out.contains("probing"), "{}", human.show());
}

#[test]
fn a_planted_fault_is_reported_saved_and_replayed_as_printed() {
    let place = Place::new();
    let mut command = place
        .command("check --mutant accepted-twice --suite invitations/* --cases 0 --format json");
    let ran = Ran::of(&command.args(["--report", "a report"]).output().unwrap());
    let ran = ran.ends_with(DIVERGES);
    let result = ran.json();
    assert_eq!(result["verdict"], "diverges");
    let divergences = result["divergences"].as_array().unwrap();
    assert!(!divergences.is_empty());
    let folder = place.path().join("a report");
    let saved = fs::read_to_string(folder.join("results.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&saved).unwrap(), result);
    assert_valid(include_str!("../docs/results.schema.json"), &result);
    let sarif = fs::read_to_string(folder.join("sarif.json")).unwrap();
    let sarif = serde_json::from_str(&sarif).unwrap();
    assert_valid(include_str!("schemas/sarif-2.1.0.json"), &sarif);
    let text = fs::read_to_string(folder.join("report.txt")).unwrap();
    assert!(text.starts_with("verdict    accepted-twice diverges from AWS\nlevel "), "{text}");
    let others = ["report.html", "summary.md", "junit.xml", "sarif.json"];
    let others = others.map(|name| fs::read_to_string(folder.join(name)).unwrap());
    for divergence in divergences {
        has_keys(divergence, DIVERGENCE);
        let rule = divergence["rule"].as_str().unwrap();
        assert_eq!(result["rules"][rule]["state"], "diverges");
        let file = format!("{}.scenario", divergence["id"].as_str().unwrap());
        let scenario = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(divergence["scenario"], scenario);
        let shows = usize::try_from(divergence["line"].as_u64().unwrap()).unwrap();
        assert_eq!(divergence["actor"], "consumer");
        assert!(scenario.lines().nth(shows - 1).unwrap().starts_with("consumer "), "{scenario}");
        assert!(others.iter().all(|other| other.contains(rule)), "{rule}");
        let replay = divergence["replay"].as_str().unwrap();
        assert!(text.contains(replay), "{text}");
        shell(&place, replay).ends_with(DIVERGES);
        shell(&place, &replay.replace(" --mutant accepted-twice", "")).ends_with(CONFORMS);
    }
}

/// Checks a document against a JSON Schema.
#[track_caller]
pub(super) fn assert_valid(schema: &str, document: &Value) {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("schema.json", serde_json::from_str(schema).unwrap()).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    schemas.validate(document, index).unwrap_or_else(|error| panic!("{error:#}"));
}

/// Runs a printed command in a shell that finds this Bellwether.
fn shell(place: &Place, line: &str) -> Ran {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_bellwether"));
    let output = Command::new("/bin/sh")
        .args(["-c", line])
        .env("PATH", program.parent().unwrap())
        .current_dir(place.path())
        .stdin(Stdio::null())
        .output();
    Ran::of(&output.unwrap())
}

#[test]
fn a_rule_that_was_not_tested_does_not_conform() {
    let ran =
        Place::new().run("check --suite none --cases 0 --format json").ends_with(INCONCLUSIVE);
    let result = ran.json();
    assert_eq!(result["verdict"], "inconclusive");
    assert_eq!(result["reasons"], serde_json::json!(["nothing was played"]));
}

#[test]
fn a_run_that_reports_some_rules_only_says_so() {
    let line = "check --mutant accepted-twice --suite invitations/* --cases 0 --rule share/*";
    let ran = Place::new().run(line).ends_with(CONFORMS);
    assert!(ran.out.contains("only divergences from the rules share/* are reported"));
}

#[test]
fn the_shards_of_a_run_play_all_cases_between_them() {
    let cases = |options: &str| {
        let line = format!("check --suite none --cases 5 --steps 4 --format json {options}");
        Place::new().run(&line).ends_with(CONFORMS).json()["cases"].as_u64().unwrap()
    };
    assert_eq!(cases(""), 5);
    assert_eq!(cases("--shard 1/2") + cases("--shard 2/2"), 5);
}

#[test]
fn the_same_seed_sends_the_same_requests() {
    let play = |seed: u64| {
        let line = format!("check --suite none --cases 6 --steps 9 --format json --seed {seed}");
        let result = Place::new().run(&line).ends_with(CONFORMS).json();
        (result["requests"].clone(), result["steps"].clone(), result["rules"].clone())
    };
    assert_eq!(play(3), play(3));
    assert_ne!(play(3), play(4));
}

#[test]
fn predict_prints_steps_claims_and_views_for_programs() {
    let place = Place::new().with("launch.scenario", LAUNCH);
    let files = place.run("predict launch.scenario --format json").ends_with(CONFORMS).json();
    let file = &files[0];
    has_keys(file, "file world steps claims views");
    assert_eq!(file["world"], "organization sharing=on");
    assert_eq!(file["steps"].as_array().unwrap().len(), 2);
    for step in file["steps"].as_array().unwrap() {
        has_keys(step, "line actor operation granted codes rules evidence");
    }
    assert_eq!(file["steps"][1]["operation"], "CreateResourceShare");
    for claim in file["claims"].as_array().unwrap() {
        has_keys(claim, "line text holds");
        assert_eq!(claim["holds"], true);
    }
    for (actor, seen) in [("owner", "owned"), ("member", "visible"), ("outsider", "hidden")] {
        assert_eq!(file["views"][actor]["net"]["seen"], seen, "{actor}");
    }
    assert_eq!(file["views"]["member"]["net"]["may"], serde_json::json!(["launch"]));
}

#[test]
fn a_claim_that_does_not_hold_fails_predict_and_replay() {
    let place = Place::new().with("wrong.scenario", format!("{LAUNCH}? outsider sees net\n"));
    place.run("predict wrong.scenario").ends_with(DIVERGES);
    let ran = place.run("replay wrong.scenario").ends_with(DIVERGES);
    assert!(ran.out.contains("<- does not hold"), "{}", ran.show());
}

#[test]
fn a_scenario_is_read_from_standard_input_too() {
    let place = Place::new();
    for command in ["predict", "replay"] {
        let ran = place.run_with_input(&format!("{command} -"), LAUNCH).ends_with(CONFORMS);
        assert!(ran.out.contains("4  owner CreateSubnet -> net"), "{}", ran.show());
        let ran = place.run_with_input(&format!("{command} -"), "world nowhere\n");
        assert!(ran.err.contains("standard input:1:7"), "{}", ran.show());
        assert_eq!(ran.code, USAGE);
    }
}

#[test]
fn replay_prints_each_line_with_its_result_for_programs() {
    let place = Place::new().with("launch.scenario", LAUNCH);
    let files = place.run("replay launch.scenario --format json").ends_with(CONFORMS).json();
    has_keys(&files[0], "file lines divergences inconclusive requests");
    let outcomes: Vec<_> = files[0]["lines"].as_array().unwrap().iter().collect();
    assert_eq!(outcomes.len(), 4);
    for line in outcomes {
        has_keys(line, "line text outcome conforms");
        assert_eq!(line["conforms"], true, "{line}");
    }
}

#[test]
fn probe_prints_what_a_target_has() {
    let place = Place::new();
    let table = place.run("probe").ends_with(CONFORMS).out;
    assert!(table.contains("| CreateResourceShare "), "{table}");
    let probed = place.run("probe --format json").ends_with(CONFORMS).json();
    has_keys(&probed, "target endpoint operations missing organizations requests bound");
    assert_eq!(probed["operations"]["AcceptResourceShareInvitation"], true);
    assert_eq!(probed["organizations"], true);
}

#[test]
fn every_list_is_there_for_people_and_for_programs() {
    let place = Place::new();
    for what in ["rules", "operations", "resources", "targets", "suites", "mutants"] {
        let rows = place.run(&format!("list {what} --format json")).ends_with(CONFORMS).json();
        let rows = rows.as_array().unwrap();
        let names: BTreeSet<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), rows.len(), "{what} have names of their own");
        let list = place.run(&format!("list {what}")).ends_with(CONFORMS).out;
        let is_named = |name: &&str| {
            list.lines().any(|line| line == *name || line.starts_with(&format!("| {name} ")))
        };
        assert!(names.iter().all(is_named), "{list}");
        let widest = list.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= 80, "list {what} takes {widest} columns");
    }
}

#[test]
fn explain_gives_evidence_sources_and_scenarios() {
    let place = Place::new();
    let text = place.run("explain invitation/accepted-once").ends_with(CONFORMS).out;
    for part in
        ["evidence   documented", "source     https://docs.aws.amazon.com/", "scenario   suites/"]
    {
        assert!(text.contains(part), "{text}");
    }
    let rule =
        place.run("explain invitation/accepted-once --format json").ends_with(CONFORMS).json();
    has_keys(&rule, "name says evidence sources");
    check(&place, "explain", USAGE, &["<RULE>"]);
}

#[test]
fn mutants_made_by_machine_are_counted_in_tables_of_eighty_columns_and_as_data() {
    let place = Place::new();
    let human = place.run("list mutants --made").ends_with(CONFORMS);
    let widest = human.out.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}: {}", human.show());
    let counted = place.run("list mutants --made --format json").ends_with(CONFORMS).json();
    has_keys(&counted, "mutants operators operations");
    let sum = |of: &str| {
        let numbers = counted[of].as_array().unwrap().iter();
        numbers.map(|it| it["mutants"].as_u64().unwrap()).sum::<u64>()
    };
    let all = counted["mutants"].as_u64().unwrap();
    assert!(all > 1_000, "{all}");
    assert_eq!((sum("operators"), sum("operations")), (all, all));
}

#[test]
fn mutants_made_by_machine_are_searched_and_said_to_be_reached_triggered_and_detected() {
    let line = "power --made 4 --no-planted --sequences 0 --max-requests 300 --format json";
    let power = Place::new().run(line).ends_with(CONFORMS).json();
    let made = &power["made"];
    has_keys(made, "made drawn reached triggered detected operators mutants");
    assert_eq!(made["drawn"], 4);
    let mutants = made["mutants"].as_array().unwrap();
    assert_eq!(mutants.len(), 4);
    for mutant in mutants {
        has_keys(mutant, "name operator service operation part outcome requests");
    }
    assert_eq!(power["mutants"], Value::Array(Vec::new()));
}
