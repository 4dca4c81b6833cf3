mod input;
mod round_trip;
mod trail;

use bellwether_model::Shape;

use super::*;
use crate::capabilities::Capabilities;
use crate::connector;
use crate::history::Event;
use crate::history::exchange::Exchange;
use crate::record::tap::{self, Tap};
use crate::reference::mutants::{self, Mutant};
use crate::reference::{Faults, Reference};
use crate::run::{PlayOptions, ReadPolicy, play};
use crate::scenario::{Case, Scenario};
use crate::suites;

/// What was said while cases were played against the reference, one after the other.
async fn said(reference: Reference, cases: &[Case]) -> Vec<Exchange> {
    let tap = Tap::default();
    let connection = Connection::Endpoint {
        url: "http://reference.invalid".to_owned(),
        http: tap.client(connector::client(reference), None),
    };
    let target = Target { connection, ..Target::reference(None) };
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    for case in cases {
        play(&target, case, &options).await.unwrap();
    }
    tap.take()
}

/// The same as events.
async fn played(reference: Reference, cases: &[Case]) -> Vec<Event> {
    tap::events(said(reference, cases).await)
}

const ASSUMED: Assumed = Assumed { bound: Bound::ZERO, organizations: Organizations::Unknown };

async fn judged(events: Vec<Event>) -> Tally {
    judge_events(events, ASSUMED).await.unwrap().tally
}

/// Whether no account of a case is in an organization.
fn organizations(case: &Case) -> Organizations {
    let is_standalone = case.shape() == Shape::Standalone;
    if is_standalone { Organizations::None } else { Organizations::Unknown }
}

fn case(text: &str) -> Case {
    Scenario::parse("a.scenario", text).unwrap().case().unwrap()
}

fn told(tally: &Tally) -> String {
    let told = tally.contradictions.iter().map(|it| {
        format!(
            "{} {:?} {}: {} / {}\n  {}\n",
            it.rule.name,
            it.difference,
            it.operation,
            it.expected,
            it.observed,
            it.calls.join("\n  ")
        )
    });
    told.collect()
}

/// A share that is made, accepted, used and deleted.
const LIFE: &str = "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare name=platform resourceArns=list principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer GetManagedPrefixListEntries PrefixListId=list
owner    DisassociateResourceShare share resourceArns=list
consumer GetManagedPrefixListEntries PrefixListId=list
owner    DeleteResourceShare share
";

#[tokio::test]
async fn the_life_of_a_share_is_judged_and_conforms() {
    let events = played(Reference::new(), &[case(LIFE)]).await;
    let count = events.len() as u64;
    let tally = judged(events).await;
    assert_eq!(told(&tally), "");
    assert!(tally.judged * 2 > count, "{} of {count}: {:#?}", tally.judged, tally.unjudged);
}

#[expect(clippy::print_stdout, reason = "the figures are for whoever changes what is followed")]
#[tokio::test]
async fn whatever_the_reference_says_in_the_suites_conforms() {
    let suites = suites::all();
    let cases = suites.iter().filter(|suite| suite.scenario().assumptions.are_none());
    let cases: Vec<Case> = cases.map(|suite| suite.case(&Capabilities::all())).collect();
    let mut all = Tally::default();
    for case in &cases {
        let tally = judged(played(Reference::new(), std::slice::from_ref(case)).await).await;
        assert_eq!(told(&tally), "", "{}", case.scenario());
        all.events += tally.events;
        all.judged += tally.judged;
        for (reason, count) in tally.unjudged {
            *all.unjudged.entry(reason).or_default() += count;
        }
        for (rule, counts) in tally.rules {
            all.rules.entry(rule).or_default().held += counts.held;
        }
    }
    let rules = all.rules.values().filter(|it| it.held > 0).count();
    println!("{} of {} judged, {rules} rules held: {:#?}", all.judged, all.events, all.unjudged);
    assert!(rules > 60, "{rules}");
}

/// Whether a mutant shows in a history of its shortest scenario.
async fn is_found(mutant: &'static Mutant) -> bool {
    let case = case(mutant.shown);
    let assumed = Assumed { organizations: organizations(&case), ..ASSUMED };
    let reference = Reference::with_mutant(Some(mutant));
    let events = played(reference, &[case]).await;
    !judge_events(events, assumed).await.unwrap().tally.contradictions.is_empty()
}

#[expect(clippy::print_stdout, reason = "the figures are for whoever changes what is followed")]
#[tokio::test]
async fn mutants_are_found_in_histories() {
    let (mut found, mut missed) = (0, Vec::new());
    let mutants = mutants::all().filter(|(_, it)| it.equivalent.is_none() && !it.shown.is_empty());
    let assumes = |it: &Mutant| it.shown.lines().next().is_some_and(|it| it.contains("assume"));
    for (_, mutant) in mutants.filter(|(_, it)| !assumes(it)) {
        if is_found(mutant).await { found += 1 } else { missed.push(mutant.name) }
    }
    println!("{found} found, {} missed: {missed:?}", missed.len());
    assert!(found > 50, "{found} found, missed: {missed:?}");
}

#[tokio::test]
async fn a_history_that_is_cut_at_its_beginning_conforms() {
    let events = played(Reference::new(), &[case(LIFE)]).await;
    for begin in 0..events.len() {
        let tally = judged(events[begin..].to_vec()).await;
        assert_eq!(told(&tally), "", "from event {begin} on");
    }
}

#[tokio::test]
async fn faults_contradict_nothing() {
    for seed in 0..5 {
        let faults: Faults = "storm".parse().unwrap();
        let reference = Reference::new().with_faults(faults.with_seed(seed));
        let tally = judged(played(reference, &[case(LIFE)]).await).await;
        assert_eq!(told(&tally), "", "seed {seed}");
    }
}

#[tokio::test]
async fn what_an_account_that_is_not_recorded_may_have_done_is_not_judged() {
    let events = played(Reference::new(), &[case(LIFE)]).await;
    let shared = events.iter().find(|event| event.operation == "CreateResourceShare").unwrap();
    let owner = shared.caller;
    let of_the_owner = events.into_iter().filter(|event| event.caller == owner).collect();
    let tally = judged(of_the_owner).await;
    assert_eq!(told(&tally), "");
    let reason = "it is shared with an account whose calls are not in the history";
    assert!(tally.unjudged.contains_key(reason), "{:?}", tally.unjudged);
}

#[tokio::test]
async fn a_contradiction_is_told_with_the_calls_that_lead_to_it() {
    let mutant = mutants::find("accepted-twice").unwrap();
    let events = played(Reference::with_mutant(Some(mutant)), &[case(mutant.shown)]).await;
    let tally = judged(events).await;
    let [first] = &tally.contradictions[..] else { panic!("{}", told(&tally)) };
    assert_eq!(first.rule.name, mutant.rule.name);
    let scenario = first.scenario.as_deref().unwrap();
    assert!(scenario.starts_with("world standalone"), "{scenario}");
    assert!(scenario.contains("AcceptResourceShareInvitation invitation:share1/"), "{scenario}");
}

#[tokio::test]
async fn what_happens_at_the_same_time_is_not_judged() {
    let mut events = played(Reference::new(), &[case(LIFE)]).await;
    // All calls last to the end of the history.
    let end = events.last().unwrap().time.unwrap().end;
    for event in &mut events {
        event.time = event.time.map(|time| Span { end, ..time });
    }
    let tally = judged(events).await;
    assert_eq!(told(&tally), "");
    let reason = "a call that writes was under way at the same time";
    assert!(tally.unjudged.contains_key(reason), "{:?}", tally.unjudged);
    assert!(!tally.rules.contains_key("invitation/accepted-once"), "{:?}", tally.rules);
}

#[tokio::test]
async fn what_may_show_later_is_not_judged() {
    let mutant =
        mutants::all().map(|(_, it)| it).find(|it| it.rule.name == "subnet/seen-while-shared");
    let Some(mutant) = mutant else { return };
    let events = played(Reference::with_mutant(Some(mutant)), &[case(mutant.shown)]).await;
    let patient = Assumed { bound: Bound::OfAws(1.0), ..ASSUMED };
    let tally = judge_events(events, patient).await.unwrap().tally;
    assert_eq!(told(&tally), "");
}

#[tokio::test]
async fn histories_of_the_suites_that_are_cut_at_their_beginning_conform() {
    let suites = suites::all();
    let cases = suites.iter().filter(|suite| suite.scenario().assumptions.are_none());
    for (number, suite) in cases.enumerate() {
        let events = played(Reference::new(), &[suite.case(&Capabilities::all())]).await;
        // A place that differs from suite to suite.
        let begin = events.len() * (number % 7 + 1) / 9;
        let tally = judged(events[begin..].to_vec()).await;
        assert_eq!(told(&tally), "", "{} from event {begin} on", suite.name);
    }
}
