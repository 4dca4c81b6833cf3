//! Rates of faults that are planted in some plays, or in some reads, alone.

use std::sync::atomic::{AtomicU64, Ordering};

use bellwether_model::rules::{association, read};
use bellwether_model::{Call, World};
use serde_json::Value;

use super::*;
use crate::capabilities::Capabilities;
use crate::confirm::{Confirming, Verdict};
use crate::reference::mutants::{Done, Mutant, Mutation};
use crate::run::play;
use crate::scenario::Scenario;
use crate::shrink::ShrinkOptions;

/// A share loses what it was made with, in one of ten cases.
static LOSES_ASSOCIATIONS: Mutant = Mutant {
    name: "one-association-of-ten-lost",
    description: "A share loses what it was made with, in one of ten cases.",
    rule: &association::SETTLED_BY_ITSELF,
    seen: "",
    shown: "",
    equivalent: None,
    mutation: Mutation::Corrupts(lose_associations),
};

/// A list of shares lacks its last one, in one of twenty reads.
static LOSES_ROWS: Mutant = Mutant {
    name: "one-row-of-twenty-lost",
    description: "A list of shares lacks its last one, in one of twenty reads.",
    rule: &read::OWN_SHARES_LISTED,
    seen: "",
    shown: "",
    equivalent: None,
    mutation: Mutation::Stamps(lose_rows),
};

const CASE: &str = "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
";

/// Whether one of this number of texts is this one, as if by chance.
fn is_one_of(number: u64, text: &str) -> bool {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Texts that are alike have hashes that are not.
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 33).is_multiple_of(number)
}

fn lose_associations(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::CreateResourceShare(_))
        && is_one_of(10, &format!("{}{}", done.actor, done.made))
        && let Some(share) = world.shares.get_mut(done.made)
    {
        share.resources.clear();
    }
}

/// The reads of shares so far: which of them lack a row is the same in each run of the tests.
static READS: AtomicU64 = AtomicU64::new(0);

fn lose_rows(path: &str, _now: f64, answer: &mut Value) {
    if path == "/getresourceshares"
        && is_one_of(20, &format!("read {}", READS.fetch_add(1, Ordering::Relaxed)))
        && let Some(shares) = answer["resourceShares"].as_array_mut()
    {
        shares.pop();
    }
}

fn options() -> PlayOptions {
    PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all())
}

fn case() -> Case {
    Scenario::parse("a.scenario", CASE).unwrap().case().unwrap()
}

/// The first finding of as many plays as it takes, after this number of plays.
async fn first_finding(target: &Target, after: u64) -> Finding {
    for number in 0..after + 300 {
        let played = play(target, &case(), &options()).await.unwrap();
        if let Some(finding) = played.findings.into_iter().next().filter(|_| number >= after) {
            return finding;
        }
    }
    panic!("it never shows");
}

#[test]
fn an_interval_holds_its_rate_and_narrows_with_the_plays() {
    let (few, many) = (Rate::of(3, 30), Rate::of(30, 300));
    assert!(few.low < 0.1 && 0.1 < few.high);
    assert!(many.high - many.low < (few.high - few.low) / 2.0);
    assert!(Rate::of(0, 30).low.abs() < f64::EPSILON);
    assert_eq!(few.to_string(), "3 of 30 plays (3% to 26%)");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_intervals_of_an_association_that_fails_in_one_case_of_ten_hold_that_rate() {
    let mut held = 0;
    for seed in 0..20 {
        let target = Target::reference(Some(&LOSES_ASSOCIATIONS));
        let finding = first_finding(&target, 4 * seed).await;
        let measured = measure(&target, &options(), &case(), &finding, u64::MAX).await;
        let (rate, _) = measured.unwrap();
        let rate = rate.expect("three plays show it");
        held += u32::from(rate.low <= 0.1 && 0.1 <= rate.high);
    }
    assert!(held >= 16, "{held} of 20");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_lacks_a_row_in_one_read_of_twenty_is_a_divergence_with_its_rate() {
    let target = Target::reference(Some(&LOSES_ROWS));
    let (options, limits) = (options(), ShrinkOptions { requests: 6_000, ..Default::default() });
    let confirming = Confirming {
        target: &target,
        options: &options,
        known: &|_| Vec::new(),
        limits: &limits,
        shorter: &|_, _| {},
    };
    let mut held = 0;
    for _ in 0..20 {
        let finding = first_finding(&target, 0).await;
        let confirmed = Box::pin(confirming.confirm(&case(), &finding, 0)).await.unwrap();
        let Verdict::Diverges(found) = confirmed.verdict else { panic!("{:?}", confirmed.verdict) };
        let rate = found.rate.expect("it does not show each time");
        assert!(rate.seen >= SEEN_MIN, "{rate}");
        held += u32::from(rate.low <= 0.05 && 0.05 <= rate.high);
    }
    assert!(held >= 16, "{held} of 20");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_play_shows_again_has_no_rate() {
    let broken = Target::reference(Some(&LOSES_ASSOCIATIONS));
    let finding = first_finding(&broken, 0).await;
    let whole = Target::reference(None);
    let (rate, requests) = measure(&whole, &options(), &case(), &finding, 6_000).await.unwrap();
    assert_eq!(rate, None);
    assert!(requests < 1_200, "it is given up early: {requests}");
}
