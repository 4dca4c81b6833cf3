//! Findings of planted faults, shrunk.

use super::*;
use crate::capabilities::Capabilities;
use crate::reference::mutants;
use crate::scenario::Scenario;

/// The first divergence that a mutant shows in a scenario, shrunk.
async fn shrunk(mutant: &str, text: &str) -> Shrunk {
    shrunk_as(mutant, text, |_| {}).await
}

/// The same, as if that had been another one.
async fn shrunk_as(mutant: &str, text: &str, other: impl FnOnce(&mut Finding)) -> Shrunk {
    let mutant = mutants::all().map(|(_, it)| it).find(|it| it.name == mutant).unwrap();
    let target = Target::reference(Some(mutant));
    let case = Scenario::parse("a.scenario", text).unwrap().case().unwrap();
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    let played = play(&target, &case, &options).await.unwrap();
    let mut first = played.findings.into_iter().next().expect("it shows");
    other(&mut first);
    let limits = ShrinkOptions { requests: 2_000, ..ShrinkOptions::default() };
    shrink(&target, &options, &case, &first, &|_| Vec::new(), &limits, &|_, _| {}).await.unwrap()
}

fn text(case: &Case) -> String {
    case.scenario().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flapping_read_is_polled() {
    let scenario = "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed
owner    ListResourceTypes
";
    let seen_once = |it: &mut Finding| it.divergence.difference = Difference::WrongField;
    let shrunk = shrunk_as("renaming-flaps", scenario, seen_once).await;
    assert!(is_about_time(shrunk.finding.origin().difference), "{:?}", shrunk.finding);
    let expected = "world standalone

owner    CreateResourceShare -> share
owner    UpdateResourceShare share name=renamed
";
    assert_eq!(text(&shrunk.case), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrongly_refused_step_is_left_out() {
    let scenario = "world organization sharing=off

member   CreateResourceShare principals=sibling -> share
sibling  RejectResourceShareInvitation invitation:share/sibling
member   GetResourceShareAssociations associationType=PRINCIPAL
";
    let shrunk = shrunk("members-uninvited-while-sharing-is-off", scenario).await;
    assert!(shrunk.reproduced);
    let expected = "world organization sharing=off

member   CreateResourceShare principals=sibling -> share
";
    assert_eq!(text(&shrunk.case), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leak_after_deletion_keeps_the_grant_before() {
    let scenario = "world organization sharing=on

management InviteAccountToOrganization Target=outsider -> handshake
owner      CreateManagedPrefixList -> list
owner      CreateTransitGateway -> gateway
owner      CreateResourceShare resourceArns=gateway,list principals=outsider -> share
outsider   AcceptResourceShareInvitation invitation:share/outsider
owner      GetResourceShares resourceShareStatus=ACTIVE
owner      DeleteManagedPrefixList PrefixListId=list
owner      DescribeTransitGateways
";
    let shrunk = shrunk("deleted-but-listed", scenario).await;
    let expected = "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    DeleteManagedPrefixList PrefixListId=list
";
    assert_eq!(text(&shrunk.case), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paging_fault_shrinks_to_list_resource_types() {
    let scenario = "world standalone

owner    CreateResourceShare -> share
owner    CreateResourceShare -> share2
owner    CreateResourceShare -> share3
owner    GetResourceShares maxResults=2
";
    for mutant in ["pages-lose-a-row", "pages-too-large"] {
        let shrunk = shrunk(mutant, scenario).await;
        let expected = "world standalone\n\nowner    ListResourceTypes maxResults=2\n";
        assert_eq!(text(&shrunk.case), expected, "{mutant}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_by_an_answer_hides_no_earlier_one() {
    let scenario = "world standalone

owner    CreateCapacityReservation -> reservation
owner    CreateResourceShare resourceArns=reservation principals=consumer -> share
consumer RejectResourceShareInvitation invitation:share/consumer
consumer DescribeCapacityReservations CapacityReservationIds=reservation
";
    let shrunk = shrunk("rejection-accepts", scenario).await;
    let leaks =
        shrunk.other_findings.iter().filter(|it| it.origin().difference == Difference::Leak);
    assert_eq!(shrunk.finding.origin().difference, Difference::WronglyGranted);
    assert!(leaks.count() > 0, "{:?}", shrunk.other_findings);
}
