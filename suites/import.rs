//! Tests of `bellwether import`: a Terraform plan becomes a scenario that the model agrees with.

use serde_json::json;

use super::{CONFORMS, Place, USAGE, check};

const PLAN: &str = include_str!("setups/network.plan.json");

#[test]
fn a_plan_with_two_shares_three_subnets_and_a_unit_is_a_scenario_that_predict_agrees_with() {
    let place = Place::new().with("plan.json", PLAN);
    let ran = place.run("import plan.json").ends_with(CONFORMS);
    for line in [
        "# member stands for 111122223333.",
        "# ou:batch stands for aws_organizations_organizational_unit.workloads.",
        "# Left out: aws_cloudwatch_log_group.flow: no step of a scenario makes it.",
        "world organization sharing=on",
        "? sibling sees this_a",
        "? sibling sees this_b",
        "? sibling hidden this_private",
        "? member hidden this_a",
        "? member sees this_private",
        "? outsider hidden this_private",
    ] {
        assert!(ran.out.lines().any(|it| it == line), "no {line:?} in\n{}", ran.out);
    }
    assert_eq!(ran.out.matches("CreateSubnet VpcId=this").count(), 3, "{}", ran.out);
    assert_eq!(ran.out.matches("CreateResourceShare").count(), 2, "{}", ran.out);
    assert!(ran.err.contains("left out: aws_cloudwatch_log_group.flow"), "{}", ran.show());
    let place = place.with("sharing.scenario", &ran.out);
    place.run("predict --strict sharing.scenario").ends_with(CONFORMS);
    place.run("replay sharing.scenario").ends_with(CONFORMS);
}

#[test]
fn a_state_outside_an_organization_is_read_by_its_arns() {
    let list = "arn:aws:ec2:eu-west-1:444455556666:prefix-list/pl-0123456789abcdef0";
    let share = "arn:aws:ram:eu-west-1:444455556666:resource-share/7ab63972";
    let resource = |of_type: &str, values: serde_json::Value| {
        let address = format!("{of_type}.offices");
        json!({"address": address, "mode": "managed", "type": of_type, "name": "offices",
            "values": values})
    };
    let state = json!({"format_version": "1.0", "values": {"root_module": {"resources": [
        resource("aws_ec2_managed_prefix_list", json!({"arn": list, "id": "pl-0123456789abcdef0"})),
        resource("aws_ram_resource_share", json!({"arn": share, "id": share, "name": "offices",
            "allow_external_principals": true})),
        resource("aws_ram_resource_association",
            json!({"resource_arn": list, "resource_share_arn": share})),
        resource("aws_ram_principal_association",
            json!({"principal": "111122223333", "resource_share_arn": share})),
    ]}}});
    let place = Place::new().with("state.json", state.to_string());
    let pending = place.run("import state.json").ends_with(CONFORMS).out;
    assert!(pending.contains("world standalone\n"), "{pending}");
    assert!(pending.contains("? consumer hidden offices\n"), "nobody accepts: {pending}");
    let mut accepted = state;
    let resources = &mut accepted["values"]["root_module"]["resources"];
    let joining = resource("aws_ram_resource_share_accepter", json!({"share_arn": share}));
    resources.as_array_mut().unwrap().push(joining);
    let place = place.with("state.json", accepted.to_string());
    let seen = place.run("import state.json").ends_with(CONFORMS).out;
    assert!(seen.contains("? consumer sees offices\n"), "{seen}");
}

#[test]
fn what_is_no_plan_is_refused() {
    let place = Place::new()
        .with("other.json", "{\"resources\": []}")
        .with("empty.json", "{\"format_version\": \"1.2\", \"values\": {\"root_module\": {}}}");
    check(&place, "import other.json", USAGE, &["other.json: it is not a plan", "format_version"]);
    check(&place, "import empty.json", USAGE, &["no aws_ram_resource_share", "terraform show"]);
    check(&place, "import empty.json --outside 12", USAGE, &["12 digits"]);
}
