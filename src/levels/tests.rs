use super::*;

/// A run against a target that keeps every rule.
fn conforming() -> BTreeMap<&'static str, &'static str> {
    rules::all().map(|rule| (rule.name, "conforms")).collect()
}

fn ladder(
    capabilities: &Capabilities,
    states: &BTreeMap<&'static str, &'static str>,
    divergences: &[(&'static str, &'static str)],
) -> Ladder {
    Ladder::shown(Evidenced { capabilities, states, divergences })
}

#[test]
fn every_topic_has_a_level_and_every_exception_is_a_rule() {
    for rule in rules::all() {
        let _level = Level::of_rule(rule);
    }
    for (topic, _) in TOPICS {
        assert!(rules::all().any(|rule| topic_of(rule) == *topic), "{topic} is no topic");
    }
    for (name, _) in EXCEPTIONS {
        assert!(rules::find(name).is_some(), "{name} is no rule");
    }
    for (name, _) in OPERATIONS_OF_RAM {
        let found = OPERATIONS.iter().find(|info| info.name == *name);
        assert!(found.is_some_and(|info| info.service == RAM), "{name} is not of RAM");
    }
    for (name, _) in UNEXERCISED {
        assert!(rules::find(name).is_some(), "{name} is no rule");
    }
}

#[test]
fn a_target_that_keeps_every_rule_has_the_highest_level() {
    let all = ladder(&Capabilities::all(), &conforming(), &[]);
    assert_eq!(all.level(), Some(Level::HIGHEST));
    assert_eq!(all.sentence(), "L7 of L7");
}

#[test]
fn a_firm_divergence_breaks_its_level_and_those_above() {
    let broken = [("invitation/accepted-once", "AcceptResourceShareInvitation")];
    let ladder = ladder(&Capabilities::all(), &conforming(), &broken);
    assert_eq!(ladder.level(), Some(Level::L2));
    assert_eq!(
        ladder.sentence(),
        "L2 of L7: L3 (invitations) lacks 1 rule that diverges (invitation/accepted-once)"
    );
}

#[test]
fn a_rule_of_any_read_breaks_the_level_of_the_operation_that_shows_it() {
    let broken = |operation| {
        let broken = [("read/granted", operation)];
        ladder(&Capabilities::all(), &conforming(), &broken).level()
    };
    assert_eq!(broken("GetResourceShares"), Some(Level::L0));
    assert_eq!(broken("ListPrincipals"), Some(Level::L3));
    assert_eq!(broken("DescribeSubnets"), Some(Level::L4));
}

#[test]
fn a_missing_operation_bounds_the_level() {
    let mut capabilities = Capabilities::all();
    capabilities.missing.insert("ListResources".to_owned(), "a test".to_owned());
    let bound = Ladder::at_most(&capabilities);
    assert_eq!(bound.level(), Some(Level::L3));
    assert!(bound.sentence().contains("lacks 1 operation (ListResources)"), "{}", bound.sentence());
    for info in OPERATIONS.iter().filter(|info| info.service == RAM) {
        capabilities.missing.insert(info.name.to_owned(), "a test".to_owned());
    }
    let none = Ladder::at_most(&capabilities);
    assert_eq!(none.level(), None);
    assert!(none.sentence().starts_with("none of L7: L0 (the API answers) lacks "));
}

#[test]
fn a_rule_that_was_not_reached_breaks_its_level_unless_there_is_a_reason() {
    let mut states = conforming();
    for (name, _) in UNEXERCISED {
        states.insert(name, "unexercised");
    }
    let level = |states: &BTreeMap<_, _>, capabilities: &Capabilities| {
        ladder(capabilities, states, &[]).level()
    };
    let all = Capabilities::all();
    assert_eq!(level(&states, &all), Some(Level::L7), "no run can show these");
    states.insert("share/created-active", "unexercised");
    assert_eq!(level(&states, &all), Some(Level::L0));
}

#[test]
fn what_only_time_shows_is_not_asked_of_a_target_without_a_clock() {
    let mut states = conforming();
    states.insert("invitation/expired-after-twelve-hours", "unexercised");
    let mut capabilities = Capabilities::all();
    assert_eq!(ladder(&capabilities, &states, &[]).level(), Some(Level::L2));
    capabilities.missing.insert(PASS_TIME.to_owned(), "a test".to_owned());
    assert_eq!(ladder(&capabilities, &states, &[]).level(), Some(Level::L7));
}
