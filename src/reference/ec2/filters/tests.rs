use super::Compared;
use super::served::SERVED;
use crate::reference::ec2::ACTIONS;
use crate::reference::members::EC2;

#[test]
fn every_filter_that_is_served_has_one_name_that_is_documented_or_no_documentation_at_all() {
    for served in SERVED {
        let documented = &EC2.taken(served.operation).filters;
        for (names, _) in served.filters {
            let name = names.split(' ').next().unwrap();
            let is_there = documented.iter().any(|it| it == name);
            assert!(is_there || documented.is_empty(), "{} {name}", served.operation);
        }
    }
}

#[test]
fn every_operation_that_reads_filters_says_which() {
    let reading = EC2.operations.iter().filter(|(_, words)| words.contains("Filter.*"));
    let reading: Vec<_> = reading.map(|(name, _)| *name).collect();
    let served: Vec<_> = SERVED.iter().map(|served| served.operation).collect();
    assert_eq!(served, reading);
}

#[test]
fn a_documented_filter_that_is_not_served_is_refused_by_its_name() {
    let refused = Compared::named("DescribeInstances", "metadata-options.state").unwrap_err();
    assert_eq!(refused.code, "InvalidParameterValue");
    let said =
        "The reference does not have the filter 'metadata-options.state' of DescribeInstances";
    assert_eq!(refused.message, said);
    let unknown = Compared::named("DescribeInstances", "colour").unwrap_err();
    assert_eq!(unknown.message, "The filter 'colour' is invalid");
}

#[test]
fn every_operation_that_is_served_says_what_it_reads() {
    let reading = EC2.operations.iter().map(|(name, _)| *name);
    let served = ACTIONS.iter().map(|(name, _)| *name);
    assert!(reading.eq(served), "src/reference/members/ec2.rs has not the operations of ACTIONS");
}
