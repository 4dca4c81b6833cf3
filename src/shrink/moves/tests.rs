//! Tests of the moves on cases.

use super::*;
use crate::scenario::Scenario;

fn case(text: &str) -> Case {
    Scenario::parse("a.scenario", text).unwrap().case().unwrap()
}

fn text(case: &Case) -> String {
    case.scenario().to_string()
}

fn texts(cases: impl IntoIterator<Item = Case>) -> Vec<String> {
    cases.into_iter().map(|it| text(&it)).collect()
}

const GIVEN_LATER: &str = "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare -> share
owner    AssociateResourceShare share resourceArns=net
";

const LAUNCHED_BY_A_MEMBER: &str = "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web
";

const LATER: &str = "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    CreateSubnet -> net
";

#[track_caller]
fn merges_to(given: &str, made: &str) {
    let case = case(&format!("{LATER}{given}\n"));
    let net = "owner    CreateSubnet -> net";
    let here = format!("world standalone\n\n{net}\n{made}\n");
    let there = format!("world standalone\n\n{made}\n{net}\n");
    // A share can't be given what is made after it.
    let both = if made.contains("resourceArns=net") { vec![here] } else { vec![here, there] };
    assert_eq!(texts(merged(&case, 2)), both);
}

#[test]
fn what_is_taken_away_is_taken_home_with_the_others_or_alone() {
    let away = case(
        "world standalone

owner in away CreateSubnet -> net
owner in away CreateResourceShare -> share
owner         DescribeSubnets
",
    );
    let all = "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare -> share
owner    DescribeSubnets
";
    let alone = "world standalone

owner         CreateSubnet -> net
owner in away CreateResourceShare -> share
owner         DescribeSubnets
";
    assert_eq!(texts(at_home(&away, 0)), [all, alone]);
    assert_eq!(texts(at_home(&away, 2)), Vec::<String>::new());
}

#[test]
fn later_associations_move_into_the_creation_of_the_share() {
    merges_to(
        "owner    AssociateResourceShare share resourceArns=net",
        "owner    CreateResourceShare resourceArns=net principals=consumer -> share",
    );
    merges_to(
        "owner    UpdateResourceShare share allowExternalPrincipals=false",
        "owner    CreateResourceShare principals=consumer allowExternalPrincipals=false -> share",
    );
    merges_to(
        "owner    TagResource resourceShareArn=share tags=\"team:red\"",
        "owner    CreateResourceShare principals=consumer tags=\"team:red\" -> share",
    );
}

#[test]
fn associated_resources_may_be_made_before_the_share() {
    let case = case(GIVEN_LATER);
    let expected = "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
";
    assert_eq!(texts(merged(&case, 2)), [expected]);
}

#[test]
fn associations_by_others_or_that_replace_are_not_merged() {
    let kept = [
        "consumer AssociateResourceShare share resourceArns=net",
        "owner    UpdateResourceShare share name=renamed",
        "owner    DisassociateResourceShare share principals=consumer",
    ];
    for given in kept {
        let case = case(&format!("{LATER}{given}\n"));
        assert_eq!(merged(&case, 2), [], "{given}");
    }
}

#[test]
fn inside_an_organization_a_member_takes_over_without_acceptance() {
    let outside = case(
        "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer RunInstances SubnetId=net -> web
",
    );
    let inside = texts(inside_organization(&outside, INSIDERS[0]));
    let expected = "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web
";
    assert_eq!(inside, [expected]);
    assert_eq!(inside_organization(&case(expected), INSIDERS[0]), []);
}

#[test]
fn inside_an_organization_nothing_is_taken_away() {
    let taken = case(
        "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
owner    LeaveOrganization
owner    DisassociateResourceShare share resourceArns=net
owner    AssociateResourceShare share principals=stranger
",
    );
    let expected = "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
owner    AssociateResourceShare share principals=sibling
";
    assert_eq!(texts(inside_organization(&taken, INSIDERS[0])), [expected]);
}

#[test]
fn a_shared_resource_is_left_out_or_replaced_by_a_principal() {
    let case = case(GIVEN_LATER);
    let left_out = "world standalone

owner    CreateResourceShare -> share
";
    let replaced = "world standalone

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=consumer
";
    assert_eq!(texts(without_resource(&case, 0)), [left_out, replaced]);
}

#[test]
fn a_resource_with_another_use_is_kept() {
    let case = case(
        "world standalone

owner    CreateSubnet -> net
owner    RunInstances SubnetId=net -> web
",
    );
    assert_eq!(without_resource(&case, 0), []);
}

#[test]
fn a_single_actor_needs_no_sharing_steps() {
    let case = case(LAUNCHED_BY_A_MEMBER);
    let expected = "world organization sharing=on

member   CreateSubnet -> net
member   RunInstances SubnetId=net -> web
";
    assert_eq!(texts(single_actor(&case, 2)), [expected]);
    assert_eq!(single_actor(&case, 1), [], "the owner was asked before");
}

#[test]
fn an_earlier_resource_is_reused_in_place_of_a_similar_one() {
    let case = case(
        "world standalone

owner    CreateSubnet -> net
owner    CreateSubnet -> net2
owner    RunInstances SubnetId=net2 -> web
",
    );
    let expected = "world standalone

owner    CreateSubnet -> net
owner    RunInstances SubnetId=net -> web
";
    assert_eq!(texts(reuse_earlier(&case, 1)), [expected]);
    assert_eq!(reuse_earlier(&case, 0), []);
}

#[test]
fn a_principal_is_left_out_wherever_it_is_given_or_taken() {
    let case = case(
        "world standalone

owner    CreateResourceShare principals=consumer,stranger -> share
owner    DisassociateResourceShare share principals=consumer
owner    AssociateResourceShare share principals=consumer,stranger
",
    );
    let expected = "world standalone

owner    CreateResourceShare principals=stranger -> share
owner    AssociateResourceShare share principals=stranger
";
    assert_eq!(texts(without_principal(&case, 1)), [expected]);
}

#[test]
fn a_repeated_token_is_tried_with_a_call_that_needs_no_steps() {
    let case = case(
        "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    AssociateResourceShare share principals=consumer clientToken=once
owner    AssociateResourceShare share principals=consumer clientToken=once
",
    );
    let (repeated, alone) = repeated_and_alone(&case).unwrap();
    let first = "world standalone\n\nowner    CreateResourceShare clientToken=once -> share\n";
    assert_eq!(text(&alone), first);
    assert_eq!(text(&repeated), format!("{first}owner    CreateResourceShare clientToken=once\n"));
}

#[test]
fn a_share_holds_an_organization_in_place_of_a_resource_outside_of_any() {
    let case = case(
        "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
",
    );
    let world = "world organization sharing=on\n\n";
    let left_out = format!("{world}owner    CreateResourceShare -> share\n");
    let replaced =
        format!("{world}owner    CreateResourceShare principals=organization -> share\n");
    assert_eq!(texts(without_resource_inside(&case, 0)), [left_out, replaced]);
}

#[test]
fn a_permission_of_aws_is_named_in_place_of_one_to_be_made() {
    let case = case(
        "world standalone

owner    CreatePermission -> permission
owner    CreateResourceShare permissionArns=permission -> share
",
    );
    let expected = "world standalone

owner    CreateResourceShare permissionArns=\"arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet\" -> share
";
    assert_eq!(texts(aws_permission(&case, 0)), [expected]);
    assert_eq!(aws_permission(&case, 1), []);
}

#[test]
fn a_missing_share_replaces_one_to_be_made() {
    let case = case(
        "world standalone

owner    CreateResourceShare -> share
stranger DeleteResourceShare share
",
    );
    let expected = format!("world standalone\n\nstranger DeleteResourceShare \"{NO_SHARE}\"\n");
    assert_eq!(texts(dangling_reference(&case, 0)), [expected]);
    assert_eq!(dangling_reference(&case, 1), []);
}

#[test]
fn the_initial_world_replaces_the_steps_that_enable_sharing() {
    let case = case(
        "world organization sharing=off

management EnableSharingWithAwsOrganization
owner      CreateResourceShare principals=organization -> share
",
    );
    let shares = "owner    CreateResourceShare principals=organization -> share\n";
    let begun = |sharing| format!("world organization sharing={sharing}\n\n{shares}");
    assert_eq!(texts(other_initial_world(&case)), [begun("on"), begun("off")]);
}

#[test]
fn a_world_with_sharing_replaces_one_without_and_not_vice_versa() {
    let share = "owner    CreateResourceShare principals=outsider -> share\n";
    let [on, off] = ["on", "off"].map(|it| format!("world organization sharing={it}\n\n{share}"));
    assert_eq!(texts(other_initial_world(&case(&off))), [on.as_str()]);
    assert_eq!(texts(other_initial_world(&case(&on))), [""; 0]);
}

#[test]
fn one_actor_replaces_two_with_or_without_the_share() {
    let case = case(LAUNCHED_BY_A_MEMBER);
    let world = "world organization sharing=on\n\n";
    let shared = "owner    CreateResourceShare resourceArns=net principals=member -> share\n";
    let alone = |actor: &str, shared: &str, taker: &str| {
        format!(
            "{world}{actor} CreateSubnet -> net\n{shared}{taker} RunInstances SubnetId=net -> web\n"
        )
    };
    let expected = [
        alone("owner   ", "", "owner   "),
        alone("member  ", "", "member  "),
        alone("owner   ", shared, "owner   "),
    ];
    assert_eq!(texts(same_actor(&case, 2)), expected);
}
