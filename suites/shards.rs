//! Tests of runs in shards: several processes give the report of one.

use std::fs;
use std::process::Child;

use serde_json::Value;

use super::{CONFORMS, DIVERGES, Place, Ran, USAGE, check};

/// The run that is made in shards: planted faults that suites and drawn cases show, in many of them.
const RUN: &str = "check --mutant accepted-twice,subnet-kept-after-removal,whole-vpc-shared \
     --known known.toml --suite {invitations,subnet,revoke}/* --cases 24 --steps 20 --seed 5 --jobs 1";

/// The properties of a report that tell one machine from several: how long it took, how many requests were
/// sent (each shard probes its target), and where the scenarios lie.
const OF_MACHINES: [&str; 3] = ["requests", "seconds", "ended_at"];
const OF_MACHINES_IN_DIVERGENCES: [&str; 3] = ["requests_to_find", "requests_to_shrink", "replay"];

/// The results in a report folder, without what tells one machine from several.
fn results(place: &Place, folder: &str) -> Value {
    let text = fs::read_to_string(place.path().join(folder).join("results.json")).unwrap();
    let mut results: Value = serde_json::from_str(&text).unwrap();
    let object = results.as_object_mut().unwrap();
    for property in OF_MACHINES {
        object.remove(property).unwrap();
    }
    for divergence in results["divergences"].as_array_mut().unwrap() {
        for property in OF_MACHINES_IN_DIVERGENCES {
            divergence.as_object_mut().unwrap().remove(property).unwrap();
        }
    }
    results
}

#[test]
fn eight_shards_merged_are_one_run() {
    let place = Place::new();
    let known =
        "check --mutant accepted-twice --suite invitations/* --cases 0 --write-known known.toml";
    place.run(known).ends_with(DIVERGES);
    let shard = |number: u32, of: u32| {
        let line = format!("{RUN} --shard {number}/{of} --report shard-{number}-of-{of}");
        place.command(&line).spawn().unwrap()
    };
    let all: Vec<Child> = (1..=8).map(|number| shard(number, 8)).chain([shard(1, 1)]).collect();
    let ended = all.into_iter().map(|it| Ran::of(&it.wait_with_output().unwrap()));
    let found = ended.filter(|ran| ran.code == DIVERGES).count();
    assert!(found > 2, "one shard alone finds what there is");
    let shards: Vec<String> = (1..=8).map(|number| format!("shard-{number}-of-8")).collect();
    let line = format!("score --merge {} --report merged --format json", shards.join(" "));
    let merged = place.run(&line).ends_with(DIVERGES).json();
    let one = results(&place, "shard-1-of-1");
    assert!(one["divergences"].as_array().unwrap().len() > 2, "{one}");
    assert_eq!(one["known"][0]["state"], "shows");
    assert_eq!(results(&place, "merged"), one);
    let schema = include_str!("../docs/results.schema.json");
    super::results::assert_valid(schema, &merged);
    for divergence in merged["divergences"].as_array().unwrap() {
        let replay = divergence["replay"].as_str().unwrap();
        let line = replay.strip_prefix("bellwether ").unwrap();
        place.run(line).ends_with(DIVERGES);
    }
    place.run("score --merge shard-1-of-1 --report again").ends_with(DIVERGES);
    assert_eq!(results(&place, "again"), one);
    check(
        &place,
        "score --merge shard-1-of-8 shard-3-of-8",
        USAGE,
        &["shard 2/8 is missing", "each shard once"],
    );
    check(
        &place,
        "score --merge shard-1-of-1 shard-1-of-8",
        USAGE,
        &["are not of one run: another number of shards"],
    );
}

#[test]
fn a_folder_without_a_shard_is_not_merged() {
    let place = Place::new();
    place.run("check --suite walkthrough/* --cases 0 --report whole").ends_with(CONFORMS);
    check(&place, "score --merge whole", USAGE, &["whole/shard.json", "--shard K/N"]);
}
