//! The suites, drawn cases and planted faults, against the embedded reference target.

use std::collections::BTreeSet;
use std::sync::Arc;

use bellwether::capabilities::Capabilities;
use bellwether::check::{Options, check};
use bellwether::counterexample::Counterexample;
use bellwether::event::Silence;
use bellwether::outcome::Outcome;
use bellwether::reference::mutants::Mutant;
use bellwether::reference::{Faults, Reference, Settling, mutants};
use bellwether::replay::replay;
use bellwether::report::Report;
use bellwether::run::{PlayOptions, ReadPolicy, ViewRead, play, play_again};
use bellwether::scenario::Scenario;
use bellwether::serve::serve;
use bellwether::suites;
use bellwether::target::{Bound, Connection, Target};
use bellwether_model::judge::Difference;
use bellwether_model::operations::OPERATIONS;
use bellwether_model::operations::ram::GetResourceShareAssociations;
use bellwether_model::{Account, Assumption};

use bellwether::levels::UNEXERCISED;

fn reference(mutant: Option<&'static Mutant>) -> Target {
    Target::reference(mutant)
}

fn target(connection: Connection) -> Target {
    let arguments = "--target reference".to_owned();
    Target { arguments, connection, ..Target::reference(None) }
}

fn options(cases: u64) -> Options {
    Options {
        cases,
        steps: 50,
        jobs: 2,
        max_requests: Some(20_000),
        suites: suites::all(),
        fail_fast: true,
        ..Options::default()
    }
}

async fn outcome(target: Target, options: &Options) -> Outcome {
    Box::pin(check(&Arc::new(target), options, &Silence)).await.expect("the reference is in reach")
}

fn divergences(outcome: &Outcome) -> Vec<String> {
    let found = outcome.divergences.iter().map(|found| &found.finding);
    found.map(|finding| format!("{:?} {:?}", finding.origin(), finding.divergence)).collect()
}

/// Returns the options for a target with all capabilities.
fn looking(reads: ReadPolicy) -> PlayOptions {
    let capabilities = Capabilities::all();
    PlayOptions::new(reads, capabilities)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_suite_conforms_step_by_step_and_claim_by_claim() {
    let options = looking(ReadPolicy::AfterEachStep);
    for suite in suites::all() {
        let replayed = replay(&reference(None), suite.parsed(), &options).await.unwrap();
        assert!(!replayed.fails(true), "{}: {replayed:#?}", suite.name);
        assert_eq!(replayed.inconclusive, None, "{}", suite.name);
        for line in &replayed.lines {
            let claim = line.text.starts_with('?');
            assert!(!claim || line.conforms == Some(true), "{}: {line:?}", suite.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_is_put_to_the_test_by_the_suites_alone() {
    let options = Options { max_requests: None, ..options(0) };
    let target = reference(None);
    let outcome = outcome(reference(None), &options).await;
    let report = Report::of(&target, &options, &outcome, None);
    let unexercised = report.rules.iter().filter(|(_, rule)| rule.state == "unexercised");
    let unexercised: BTreeSet<&str> = unexercised.map(|(name, _)| *name).collect();
    assert_eq!(unexercised, UNEXERCISED.map(|(name, _)| name).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn drawn_cases_conform_in_process() {
    let outcome = outcome(reference(None), &options(60)).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert!(outcome.capabilities.missing.is_empty(), "{:?}", outcome.capabilities);
    assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
}

#[tokio::test(flavor = "multi_thread")]
async fn drawn_cases_conform_under_every_assumption() {
    let assumptions = Assumption::ALL.into_iter().collect();
    let target = Target { assumptions, ..reference(None) };
    let outcome = outcome(target, &options(40)).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
}

/// A reference that shows everything late, within its bound.
fn late(settling: &str) -> Target {
    faulty("", settling, None)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_late_within_its_bound_conforms() {
    let ram = "association=0.4..3s,invitation=1s,share=0..1s,visibility=0..2s,permission=1s";
    for (settling, suites) in [(ram, suites::all()), ("resource=2s,visibility=1s", Vec::new())] {
        let outcome = outcome(late(settling), &Options { suites, ..options(8) }).await;
        assert_eq!(divergences(&outcome), Vec::<String>::new(), "{settling}");
        assert!(outcome.capabilities.missing.is_empty(), "{:?}", outcome.capabilities);
        assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
        let times = &outcome.tally.settling()["read/own-shares-listed"];
        assert!(times.iter().any(|time| *time > 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_is_not_seen_yet_is_not_taken_for_the_one_before() {
    let text = "world standalone

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger
owner    DisassociateResourceShare share principals=stranger
owner    AssociateResourceShare share principals=stranger
stranger AcceptResourceShareInvitation invitation:share/stranger
";
    let scenario = Scenario::parse("again.scenario", text).expect("it is one");
    let case = scenario.case().expect("it is one");
    // Looks would let time pass.
    let options = looking(ReadPolicy::Never);
    let played = play(&late("invitation=1s"), &case, &options).await;
    let findings = played.expect("the reference is in reach").findings;
    assert!(findings.is_empty(), "{findings:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_after_its_bound_is_late() {
    let target = Target { bound: Bound::ZERO, ..late("association=1s") };
    let options = Options { suites: Vec::new(), ..options(20) };
    let outcome = outcome(target, &options).await;
    let shrunk = |found: &Counterexample| {
        found.finding.origin().difference == Difference::Late && found.case.steps().len() == 1
    };
    assert!(outcome.divergences.iter().any(shrunk), "{:?}", divergences(&outcome));
}

/// A reference with injected faults and delays, whose bound allows for them.
fn faulty(faults: &str, settling: &str, mutant: Option<&'static Mutant>) -> Target {
    let faults: Faults = faults.parse().expect("these faults are valid");
    let settling: Settling = settling.parse().expect("it says how late");
    Target {
        arguments: "--target reference".to_owned(),
        ..Target::with_faults(mutant.into(), settling, faults)
    }
}

/// What a target is taken to lack. A call that was delivered twice, which nobody is told, may have made an
/// orphan that keeps what it is in from being deleted.
fn missing(outcome: &Outcome, faults: &str) -> Vec<String> {
    let kept =
        |operation: &str| OPERATIONS.iter().any(|it| it.name == operation && it.blocked_by_orphans);
    let twice = faults.contains("duplicated");
    let missing = outcome.capabilities.missing.iter().filter(|(way, _)| !(twice && kept(way)));
    missing.map(|(way, how)| format!("{way}: {how}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn injected_faults_make_no_divergence() {
    let late = "association=0.4..3s,invitation=0..1s,visibility=0..2s";
    for (faults, settling) in [
        ("breeze", ""),
        ("rain", late),
        ("storm", ""),
        ("storm", late),
        ("garbage=10%,truncated=5%", ""),
        ("dropped-before=5%,dropped-after=5%,internal-error-after=5%", late),
        ("duplicated=5%", ""),
        ("stale=30%,reordered=100%,empty-pages=50%", ""),
    ] {
        let options = Options { suites: Vec::new(), steps: 40, max_requests: None, ..options(25) };
        let outcome = outcome(faulty(faults, settling, None), &options).await;
        assert_eq!(divergences(&outcome), Vec::<String>::new(), "{faults} {settling}");
        assert_eq!(missing(&outcome, faults), Vec::<String>::new(), "{faults}");
        assert!(outcome.inconclusive < 25, "{faults}: {:?}", outcome.first_inconclusive);
        assert_eq!(outcome.broken_off, None, "{faults}");
    }
}

/// The divergences that a hundred plays of a scenario show of the reference with injected faults.
async fn shown_in(faults: &str, scenario: &str) -> Vec<String> {
    shown_late(faults, "", ReadPolicy::AfterEachStep, scenario).await
}

/// The same where changes are shown late.
async fn shown_late(
    faults: &str,
    settling: &str,
    reads: ReadPolicy,
    scenario: &str,
) -> Vec<String> {
    let scenario = Scenario::parse("a.scenario", scenario).expect("it is one");
    let case = scenario.case().expect("it is one");
    let options = looking(reads);
    let target = faulty(faults, settling, None);
    let mut shown = Vec::new();
    for attempt in 0..100 {
        let played = play_again(&target, &case, &options, attempt).await;
        let findings = played.expect("the reference is in reach").findings;
        shown.extend(findings.iter().map(|it| format!("{:?} {:?}", it.origin(), it.divergence)));
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_the_setup_of_a_call_makes_no_divergence() {
    let moved = "world organization sharing=on

management MoveAccount AccountId=member DestinationParentId=ou:batch
management MoveAccount AccountId=member DestinationParentId=ou:workloads
";
    let launched = "world standalone

owner RunInstances -> web
owner CreateIpamPool -> pool
owner DeleteIpamPool IpamPoolId=pool
owner CreateVpc -> vpc
owner CreateSecurityGroup VpcId=vpc -> group
";
    for faults in ["throttling=20%,empty-pages=50%", "garbage=10%", "dropped-after=10%"] {
        for scenario in [moved, launched] {
            assert_eq!(shown_in(faults, scenario).await, Vec::<String>::new(), "{faults}");
        }
    }
}

/// Who has a security group in a VPC sees that VPC, so a group that a refused launch left behind would
/// show the member what the model denies it.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_launch_leaves_no_fixture_behind() {
    let revoked = "world organization sharing=on

owner CreateVpc -> vpc
owner CreateSubnet VpcId=vpc -> net
owner CreateSecurityGroup VpcId=vpc -> group
owner CreateResourceShare resourceArns=net,group principals=member -> share
member CreateNetworkInterface SubnetId=net SecurityGroupIds=group -> eni
owner DeleteResourceShare share
member RunInstances SubnetId=net -> web
member DeleteNetworkInterface NetworkInterfaceId=eni
member CreateSubnet VpcId=vpc -> net2
";
    assert_eq!(shown_in("", revoked).await, Vec::<String>::new());
}

/// A group whose deletion was answered by nothing may be gone, and is no group to launch with.
#[tokio::test(flavor = "multi_thread")]
async fn a_launch_does_not_use_a_fixture_whose_deletion_was_lost() {
    let refused_first = "world standalone

owner CreateSubnet -> net
owner RunInstances SubnetId=net DryRun=true
owner RunInstances SubnetId=net -> web
";
    assert_eq!(shown_in("dropped-after=30%", refused_first).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_default_group_that_is_not_shown_yet_makes_no_divergence() {
    let changed = "world standalone

owner CreateSubnet -> net
owner CreateNetworkInterface SubnetId=net -> eni
owner ModifyNetworkInterfaceAttribute NetworkInterfaceId=eni
";
    let late = "resource=0..1s,visibility=0..2s";
    let shown = shown_late("", late, ReadPolicy::AfterEachStep, changed).await;
    assert_eq!(shown, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_answer_was_lost_has_spent_its_token() {
    let repeated = "world standalone

owner CreateResourceShare clientToken=once -> share
owner CreateResourceShare clientToken=once -> share2
";
    assert_eq!(shown_in("dropped-after=30%", repeated).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_shown_yet_is_not_taken_for_ended_by_a_lost_write() {
    let ended = "world organization sharing=on

owner CreateResourceShare principals=organization -> share
owner DisassociateResourceShare share principals=organization
";
    let call = GetResourceShareAssociations::default().into();
    let last = ReadPolicy::FinalRead(Box::new(ViewRead { account: Account::OWNER, call }));
    let shown = shown_late("dropped-before=30%", "association=0.4..3s", last, ended).await;
    assert_eq!(shown, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_place_of_an_answer_grants_nothing() {
    let refused = "world standalone

owner    CreateSubnet -> net
stranger DeleteSubnet SubnetId=net
";
    assert_eq!(shown_in("garbage=20%", refused).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutant_is_found_despite_injected_faults() {
    let mutant = mutants::find("accepted-twice").expect("it is in the catalogue");
    let options = Options { max_requests: None, ..options(60) };
    let outcome = outcome(faulty("rain", "", Some(mutant)), &options).await;
    let found = outcome.divergences.iter().any(|found| found.rule() == mutant.rule);
    assert!(found, "{:?}", divergences(&outcome));
}

/// Runs a check against a served reference.
async fn over_http(reference: Reference, bound: Bound, options: &Options) -> Outcome {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async {
        let _told = stopped.await;
    };
    let served = tokio::spawn(serve(reference, listener, shutdown));
    let target = Target { bound, ..target(Connection::to(&format!("http://{address}"))) };
    let outcome = outcome(target, options).await;
    stop.send(()).expect("it serves");
    served.await.expect("it ends");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_at_once_are_served_over_http() {
    let options =
        Options { suites: Vec::new(), jobs: 64, steps: 6, max_requests: None, ..options(64) };
    let outcome = over_http(Reference::new(), Bound::ZERO, &options).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert_eq!(outcome.cases, 64);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_over_http_make_no_divergence() {
    let faults = "throttling=3%,unavailable=2%,dropped-before=2%,dropped-after=2%,truncated=2%,\
         garbage=2%,reordered=50%";
    let faults: Faults = faults.parse().unwrap();
    let options = Options { suites: Vec::new(), steps: 8, ..options(4) };
    let reference = Reference::new().with_faults(faults).in_real_time();
    let outcome = over_http(reference, Bound::ZERO, &options).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert!(!outcome.tally.faults_met().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_finds_the_same_in_the_same_way() {
    let mutant = mutants::find("accepted-twice").expect("it is in the catalogue");
    let run = || async {
        let outcome = outcome(reference(Some(mutant)), &options(20)).await;
        let found = outcome.divergences.iter();
        let shown = found.map(|found| (found.finding.origin(), found.case.clone()));
        (shown.collect::<Vec<_>>(), outcome.requests)
    };
    assert_eq!(run().await, run().await);
}
