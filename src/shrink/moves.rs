//! What a case may become on its way to a shorter one: the same said with fewer calls, fewer
//! accounts or fewer parameters. None of it asks whether the case then shows the same.

use bellwether_model::operations::Service;
use bellwether_model::parameters::{Arguments, Reference};
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Principal, Shape};
use smol_str::SmolStr;

use crate::explore::Case;
use crate::scenario::Step;

/// The steps with this one left to who made what it names, or that made by who takes this one; once
/// without what shares things before, once with it.
pub(super) fn left_to_one(steps: &[Step], place: usize) -> Vec<Vec<Step>> {
    let taken = &steps[place];
    let names = taken.call.names();
    let others = steps[..place].iter().enumerate().filter(|(_, step)| {
        step.actor != taken.actor && step.made.as_ref().is_some_and(|made| names.contains(&made))
    });
    let left_to = |of: usize, actor: Account| {
        let mut steps = steps.to_vec();
        steps[of].actor = actor;
        steps
    };
    let unshared = |steps: Vec<Step>| {
        let kept = steps
            .into_iter()
            .enumerate()
            .filter(|(index, step)| *index >= place || step.call.service() != Service::Ram);
        kept.map(|(_, step)| step).collect()
    };
    let candidates = others.flat_map(|(of, step)| {
        let by_maker = left_to(place, step.actor);
        [unshared(by_maker.clone()), unshared(left_to(of, taken.actor)), by_maker]
    });
    candidates.collect()
}

/// The steps with what is given to a share at this place given by the call that makes the share,
/// which is then made here; nothing where the step is no such call by who made the share.
pub(super) fn merged(steps: &[Step], place: usize) -> Option<Vec<Step>> {
    let given = &steps[place];
    let names = given.call.names();
    let makes_it = |step: &Step| {
        let is_named = step.made.as_ref().is_some_and(|made| names.contains(&made));
        is_named && step.actor == given.actor && matches!(step.call, Call::CreateResourceShare(_))
    };
    let made = steps[..place].iter().position(makes_it)?;
    let Call::CreateResourceShare(mut create) = steps[made].call.clone() else { return None };
    if let Call::AssociateResourceShare(call) = &given.call {
        create.resource_arns.extend(call.resource_arns.iter().cloned());
        create.principals.extend(call.principals.iter().cloned());
        create.sources.extend(call.sources.iter().cloned());
    } else if let Call::AssociateResourceSharePermission(call) = &given.call
        && !call.replace
        && call.permission_version.is_none()
    {
        create.permission_arns.push(call.permission_arn.clone());
    } else if let Call::TagResource(call) = &given.call {
        create.tags.extend(call.tags.iter().cloned());
    } else if let Call::UpdateResourceShare(call) = &given.call
        && call.name.is_empty()
    {
        create.allow_external_principals = call.allow_external_principals;
    } else {
        return None;
    }
    let mut steps = steps.to_vec();
    steps[place] = Step { call: create.into(), ..steps[made].clone() };
    steps.remove(made);
    Some(steps)
}

/// A case as one inside an organization that RAM shares with, where no invitations are needed, with
/// this account's part played by a member; nothing where it needs none as it is.
pub(super) fn inside_organization(case: &Case, outside: Account) -> Option<Case> {
    let needless = |step: &Step| {
        matches!(
            step.call,
            Call::AcceptResourceShareInvitation(_) | Call::EnableSharingWithAwsOrganization(_)
        )
    };
    if !case.steps.iter().any(needless) {
        return None;
    }
    let (from, to) = (outside.to_string(), SmolStr::from(Account::MEMBER.to_string()));
    let steps = case.steps.iter().filter(|step| !needless(step));
    let moved = steps.map(|step| {
        let call = step.call.reworded(|word| (word == from).then(|| to.clone()))?;
        Some(Step { actor: insider(step.actor, outside), call, ..step.clone() })
    });
    let steps = moved.collect::<Option<_>>()?;
    Some(Case { shape: Shape::Organization { sharing: true }, steps })
}

/// Who plays an actor's part inside an organization.
pub(super) fn insider(account: Account, outside: Account) -> Account {
    if account == outside { Account::MEMBER } else { account }
}

/// The case with a principal given to shares, and taken from them, in place of what the step at this
/// place makes, and without that step; nothing where the thing is named otherwise.
pub(super) fn without_resource(case: &Case, place: usize) -> Option<Case> {
    let made = case.steps[place].made.as_ref()?;
    let principal = match case.shape {
        Shape::Standalone => Principal::Account(Account::CONSUMER),
        Shape::Organization { .. } => Principal::Organization(Name::new(ORGANIZATION)),
    };
    let mut steps = case.steps.clone();
    steps.remove(place);
    for step in &mut steps {
        if let Some((resources, principals)) = given(&mut step.call) {
            let before = resources.len();
            resources.retain(|it| it.name() != Some(made));
            if resources.len() < before && !principals.contains(&principal) {
                principals.push(principal.clone());
            }
        }
        if step.call.names().contains(&made) {
            return None;
        }
    }
    Some(Case { shape: case.shape, steps })
}

/// The resources and the principals that a call gives to a share, or takes from it.
fn given(call: &mut Call) -> Option<(&mut Vec<Reference>, &mut Vec<Principal>)> {
    if let Call::CreateResourceShare(call) = call {
        Some((&mut call.resource_arns, &mut call.principals))
    } else if let Call::AssociateResourceShare(call) = call {
        Some((&mut call.resource_arns, &mut call.principals))
    } else if let Call::DisassociateResourceShare(call) = call {
        Some((&mut call.resource_arns, &mut call.principals))
    } else {
        None
    }
}

/// Calls like this one with one parameter, or one item of a list, less.
pub(super) fn simpler(call: &Call) -> Vec<Call> {
    let Arguments { thing, named } = call.write();
    let mut candidates = Vec::new();
    for place in 0..named.len() {
        let mut without = named.clone();
        let (key, values) = without.remove(place);
        candidates.push(without.clone());
        if values.len() > 1 {
            for item in 0..values.len() {
                let mut fewer = values.clone();
                fewer.remove(item);
                let mut named = without.clone();
                named.insert(place, (key.clone(), fewer));
                candidates.push(named);
            }
        }
    }
    let read = |named| Call::read(call.operation(), &Arguments { thing: thing.clone(), named });
    candidates.into_iter().filter_map(|named| read(named)?.ok()).collect()
}

#[cfg(test)]
mod tests {
    use bellwether_model::Assumptions;

    use super::*;
    use crate::scenario::{Item, Scenario};

    fn case(text: &str) -> Case {
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        Case { shape: scenario.shape, steps: scenario.steps().cloned().collect() }
    }

    fn text(case: Case) -> String {
        let items = case.steps.into_iter().map(Item::Step).collect();
        Scenario { shape: case.shape, assumptions: Assumptions::default(), items }.to_string()
    }

    /// The text of steps in the world of a case.
    fn steps_text(case: &Case, steps: Vec<Step>) -> String {
        text(Case { shape: case.shape, steps })
    }

    const LATER: &str = "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    CreateSubnet -> net
";

    #[track_caller]
    fn merges_to(given: &str, made: &str) {
        let case = case(&format!("{LATER}{given}\n"));
        let merged = merged(&case.steps, 2).map(|steps| steps_text(&case, steps));
        let expected = format!("world standalone\n\nowner    CreateSubnet -> net\n{made}\n");
        assert_eq!(merged, Some(expected));
    }

    #[test]
    fn what_a_share_is_given_later_is_given_by_the_call_that_makes_it() {
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
    fn what_a_share_is_given_by_others_or_in_place_of_something_is_not_merged() {
        let kept = [
            "consumer AssociateResourceShare share resourceArns=net",
            "owner    UpdateResourceShare share name=renamed",
            "owner    DisassociateResourceShare share principals=consumer",
        ];
        for given in kept {
            let case = case(&format!("{LATER}{given}\n"));
            assert_eq!(merged(&case.steps, 2), None, "{given}");
        }
    }

    #[test]
    fn inside_an_organization_a_member_plays_the_part_and_nothing_is_accepted() {
        let outside = case(
            "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer RunInstances SubnetId=net -> web
",
        );
        let inside = inside_organization(&outside, Account::CONSUMER).map(text);
        let expected = "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web
";
        assert_eq!(inside.as_deref(), Some(expected));
        assert_eq!(inside_organization(&case(expected), Account::CONSUMER), None);
    }

    #[test]
    fn a_principal_is_shared_with_in_place_of_something_to_be_made() {
        let case = case(
            "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare -> share
owner    AssociateResourceShare share resourceArns=net
",
        );
        let expected = "world standalone

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=consumer
";
        assert_eq!(without_resource(&case, 0).map(text).as_deref(), Some(expected));
    }

    #[test]
    fn something_that_is_used_otherwise_has_to_be_made() {
        let case = case(
            "world standalone

owner    CreateSubnet -> net
owner    RunInstances SubnetId=net -> web
",
        );
        assert_eq!(without_resource(&case, 0), None);
    }

    #[test]
    fn one_account_does_what_two_did_with_something_shared() {
        let case = case(
            "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web
",
        );
        let world = "world organization sharing=on\n\n";
        let shared = "owner    CreateResourceShare resourceArns=net principals=member -> share\n";
        let alone = |actor: &str, shared: &str, taker: &str| {
            format!(
                "{world}{actor} CreateSubnet -> net\n{shared}{taker} RunInstances SubnetId=net -> web\n"
            )
        };
        let left: Vec<_> =
            left_to_one(&case.steps, 2).into_iter().map(|it| steps_text(&case, it)).collect();
        let expected = [
            alone("owner   ", "", "owner   "),
            alone("member  ", "", "member  "),
            alone("owner   ", shared, "owner   "),
        ];
        assert_eq!(left, expected);
    }
}
