//! What a case may become on its way to a shorter one: the same said with fewer calls, fewer
//! accounts or fewer parameters. None of it asks whether the case then shows the same.

use bellwether_model::operations::ram::{GetResourceShareAssociations, ListResourceTypes};
use bellwether_model::operations::{Grant, Service};
use bellwether_model::parameters::{Arguments, Reference, Value};
use bellwether_model::sharing::NO_SHARE;
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Principal, Shape, permissions};
use smol_str::SmolStr;

use crate::explore::Case;
use crate::run::ViewRead;
use crate::scenario::Step;

/// The parameter that asks for pages of a size.
const PAGE_SIZE: &str = "maxResults";

/// The parameter by which a call is known when it is repeated.
const TOKEN: &str = "clientToken";

/// The case with the step at this place left to who made what it names, or that made by who takes the
/// step; once without what shares resources before, once with it.
pub(super) fn left_to_one(case: &Case, place: usize) -> Vec<Case> {
    let Case { shape, steps } = case;
    let taken = &steps[place];
    let names = taken.call.names();
    let others = steps[..place].iter().enumerate().filter(|(_, step)| {
        step.actor != taken.actor && step.made.as_ref().is_some_and(|made| names.contains(&made))
    });
    let left_to = |of: usize, actor: Account| {
        let mut steps = steps.clone();
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
    candidates.map(|steps| Case { shape: *shape, steps }).collect()
}

/// The case with all of its steps left to who takes the one at this place, without what shares resources;
/// nothing at the place of a second step of the same account.
pub(super) fn left_to_all(case: &Case, place: usize) -> Vec<Case> {
    let actor = case.steps[place].actor;
    let others = case.steps.iter().any(|step| step.actor != actor);
    if !others || case.steps[..place].iter().any(|step| step.actor == actor) {
        return Vec::new();
    }
    let steps = case.steps.iter().filter(|step| step.call.service() != Service::Ram);
    let steps = steps.map(|step| Step { actor, ..step.clone() }).collect();
    vec![Case { shape: case.shape, steps }]
}

/// The case with something that the same account made before in the same way in place of what is made
/// at this place.
pub(super) fn with_one_alike(case: &Case, place: usize) -> Vec<Case> {
    let making = &case.steps[place];
    let Some(made) = &making.made else { return Vec::new() };
    let alike = case.steps[..place].iter().filter(|step| {
        step.actor == making.actor && step.call.operation() == making.call.operation()
    });
    let before = alike.filter_map(|step| step.made.as_ref());
    let with = |name: &Name| naming_in_place(case, place, made, &Value::bare(name.as_str()));
    before.filter_map(with).collect()
}

/// The case with what is given to a share at this place given by the call that makes the share, which
/// is then made here, or there; nothing where the step is no such call by who made the share.
pub(super) fn merged(case: &Case, place: usize) -> Vec<Case> {
    let Case { shape, steps } = case;
    let given = &steps[place];
    let names = given.call.names();
    let makes_it = |(at, step): (usize, &Step)| {
        let is_named = step.made.as_ref().is_some_and(|made| names.contains(&made));
        let Call::CreateResourceShare(create) = &step.call else { return None };
        (is_named && step.actor == given.actor).then(|| (at, create.clone()))
    };
    let made = steps[..place].iter().enumerate().find_map(makes_it);
    let merged = made.and_then(|(at, create)| Some((at, given.call.merged_into(&create)?)));
    let Some((at, create)) = merged else { return Vec::new() };
    let made_at = |kept: usize, left_out: usize| {
        let mut steps = steps.clone();
        steps[kept] = Step { call: create.clone().into(), ..steps[at].clone() };
        steps.remove(left_out);
        Case { shape: *shape, steps }
    };
    let mut cases = vec![made_at(place, at), made_at(at, place)];
    cases.dedup();
    cases
}

/// The case with the call that makes a resource repeated by its token, in place of a call that names the
/// resource and is repeated by its token at this place.
pub(super) fn maker_repeated(case: &Case, place: usize) -> Vec<Case> {
    let repeated = &case.steps[place];
    let Some(token) = argument(&repeated.call, TOKEN) else { return Vec::new() };
    let Some(first) = first_alike(case, place) else { return Vec::new() };
    let names = repeated.call.names();
    let makers = case.steps[..first].iter().enumerate().filter(|(_, step)| {
        step.actor == repeated.actor && step.made.as_ref().is_some_and(|it| names.contains(&it))
    });
    let with = |(maker, making): (usize, &Step)| {
        let Arguments { subject, mut named } = making.call.write();
        named.retain(|(key, _)| key != TOKEN);
        named.push(token.clone());
        let call = Call::read(making.call.operation(), &Arguments { subject, named })?.ok()?;
        let mut steps = case.steps.clone();
        steps[place] = Step { call: call.clone(), made: None, ..making.clone() };
        steps[maker].call = call;
        steps.remove(first);
        Some(Case { shape: case.shape, steps })
    };
    makers.filter_map(with).collect()
}

/// The place of the first step before this place at which the same account made the same call.
fn first_alike(case: &Case, place: usize) -> Option<usize> {
    let Step { actor, call, .. } = &case.steps[place];
    case.steps[..place].iter().position(|step| step.actor == *actor && step.call == *call)
}

/// A parameter of a call, as it is written.
fn argument(call: &Call, key: &str) -> Option<(SmolStr, Vec<Value>)> {
    call.write().named.into_iter().find(|(it, _)| it == key)
}

/// The case with a managed permission of AWS in place of the one that is made at this place.
pub(super) fn managed(case: &Case, place: usize) -> Vec<Case> {
    let Step { call: Call::CreatePermission(_), made: Some(made), .. } = &case.steps[place] else {
        return Vec::new();
    };
    let Some(name) = permissions::default_name("ec2:Subnet") else { return Vec::new() };
    let arn = format!("{}{name}", permissions::AWS_ARN);
    naming_in_place(case, place, made, &Value::quoted(arn)).into_iter().collect()
}

/// The case without what is made at this place: what is called with it names nothing that exists.
pub(super) fn naming_nothing(case: &Case, place: usize) -> Vec<Case> {
    let Step { call: Call::CreateResourceShare(_), made: Some(made), .. } = &case.steps[place]
    else {
        return Vec::new();
    };
    naming_in_place(case, place, made, &Value::quoted(NO_SHARE)).into_iter().collect()
}

/// The case without the step at this place, and with this value wherever others name what it makes.
fn naming_in_place(case: &Case, place: usize, made: &Name, value: &Value) -> Option<Case> {
    let others = case.steps.iter().enumerate().filter(|(at, _)| *at != place);
    let renamed = others.map(|(_, step)| {
        let call = step.call.reworded(|word| (word == made.as_str()).then(|| value.clone()))?;
        Some(Step { call, ..step.clone() })
    });
    Some(Case { shape: case.shape, steps: renamed.collect::<Option<_>>()? })
}

/// The case in organizations that begin otherwise: with sharing, where it begins without, and in whichever
/// it needs none of the calls that turn sharing on or off.
pub(super) fn begun_otherwise(case: &Case) -> Vec<Case> {
    if case.shape == Shape::Standalone {
        return Vec::new();
    }
    let steps: Vec<Step> =
        case.steps.iter().filter(|it| !it.call.info().turns_sharing).cloned().collect();
    let turned = steps.len() < case.steps.len();
    let others = [true, false].into_iter().filter_map(|sharing| {
        let shape = Shape::Organization { sharing };
        let is_better = turned || (sharing && shape != case.shape);
        is_better.then(|| Case { shape, steps: steps.clone() })
    });
    others.collect()
}

/// Accounts, each with who plays its part inside an organization.
pub(super) type Insiders = &'static [(Account, Account)];

/// Whose parts may be played inside an organization, beside those of its members.
pub(super) const INSIDERS: [Insiders; 4] = [
    &[(Account::CONSUMER, Account::MEMBER), (Account::STRANGER, Account::SIBLING)],
    &[(Account::CONSUMER, Account::MEMBER)],
    &[
        (Account::CONSUMER, Account::OWNER),
        (Account::OWNER, Account::MEMBER),
        (Account::STRANGER, Account::SIBLING),
    ],
    &[(Account::OUTSIDER, Account::MEMBER)],
];

/// A case as ones inside an organization that RAM shares with, where no invitations are needed, with the
/// parts of some accounts played by members: as it is, where it has steps that are of no use there; and
/// without what takes something away, where it has that.
pub(super) fn inside_organization(case: &Case, insiders: Insiders) -> Vec<Case> {
    let needs_less = case.steps.iter().any(is_needless_inside).then(|| case.clone());
    let cases = [needs_less, without_taking(case)].into_iter().flatten();
    cases.filter_map(|case| inside(&case, insiders)).collect()
}

/// The case without the calls that take something away; nothing where it has none.
fn without_taking(case: &Case) -> Option<Case> {
    let kept = case.steps.iter().filter(|step| !step.call.info().removes);
    let steps: Vec<Step> = kept.cloned().collect();
    (steps.len() < case.steps.len()).then_some(Case { shape: case.shape, steps })
}

/// Whether a step is of no use inside an organization that RAM shares with.
fn is_needless_inside(step: &Step) -> bool {
    let info = step.call.info();
    info.joins || info.turns_sharing
}

fn inside(case: &Case, insiders: Insiders) -> Option<Case> {
    let steps = case.steps.iter().filter(|step| !is_needless_inside(step));
    let moved = steps.map(|step| {
        let call = step.call.reworded(|word| {
            let account = Account::actor(word)?;
            let inside = insider(account, insiders);
            (inside != account).then(|| Value::bare(inside.to_string()))
        })?;
        Some(Step { actor: insider(step.actor, insiders), call, ..step.clone() })
    });
    let steps = moved.collect::<Option<_>>()?;
    Some(Case { shape: Shape::Organization { sharing: true }, steps })
}

/// Who plays an actor's part inside an organization.
pub(super) fn insider(account: Account, insiders: Insiders) -> Account {
    insiders.iter().find(|(outside, _)| *outside == account).map_or(account, |(_, inside)| *inside)
}

/// The case without what the step at this place makes, and without that step: left out wherever it is
/// given to shares or taken from them, or with a principal in its place; nothing where the resource is named
/// otherwise.
pub(super) fn without_resource(case: &Case, place: usize) -> Vec<Case> {
    let Some(made) = &case.steps[place].made else { return Vec::new() };
    let principal = match case.shape {
        Shape::Standalone => Principal::Account(Account::CONSUMER),
        Shape::Organization { sharing: true } => Principal::Organization(Name::new(ORGANIZATION)),
        Shape::Organization { sharing: false } => Principal::Account(Account::OUTSIDER),
    };
    let in_place = [None, Some(&principal)];
    in_place.into_iter().filter_map(|it| given_in_place(case, place, made, it)).collect()
}

/// The same inside an organization, for a case outside of any.
pub(super) fn without_resource_inside(case: &Case, place: usize) -> Vec<Case> {
    let inside = if case.shape == Shape::Standalone { inside(case, INSIDERS[0]) } else { None };
    let same_places = inside.filter(|it| it.steps.len() == case.steps.len());
    same_places.map_or_else(Vec::new, |case| without_resource(&case, place))
}

/// The case without the step at this place and what it makes, with a principal in place of that where one
/// is said.
fn given_in_place(
    case: &Case,
    place: usize,
    made: &Name,
    principal: Option<&Principal>,
) -> Option<Case> {
    let others = case.steps.iter().enumerate().filter(|(at, _)| *at != place);
    let steps = giving_otherwise(others.map(|(_, step)| step), |resources, principals| {
        let before = resources.len();
        resources.retain(|it| it.name() != Some(made));
        if resources.len() < before {
            principals.extend(principal.filter(|it| !principals.contains(it)).cloned());
        }
    });
    let is_named = steps.iter().any(|step| step.call.names().contains(&made));
    (!is_named).then_some(Case { shape: case.shape, steps })
}

/// The case without one of the principals that the step at this place gives to a share, or takes from
/// it: left out wherever that is done.
pub(super) fn without_principal(case: &Case, place: usize) -> Vec<Case> {
    let mut call = case.steps[place].call.clone();
    let Some(Grant { principals, .. }) = call.grant_mut() else { return Vec::new() };
    let without = |left_out: &Principal| {
        let steps = giving_otherwise(&case.steps, |_, principals| {
            principals.retain(|it| it != left_out);
        });
        Case { shape: case.shape, steps }
    };
    principals.iter().map(without).collect()
}

/// Steps that give something else to shares, and take it from them. One that then gives or takes
/// nothing is left out.
fn giving_otherwise<'s>(
    steps: impl IntoIterator<Item = &'s Step>,
    otherwise: impl Fn(&mut Vec<Reference>, &mut Vec<Principal>),
) -> Vec<Step> {
    let one = |step: &Step| {
        let mut step = step.clone();
        let mut says_nothing = false;
        if let Some(Grant { resources, principals }) = step.call.grant_mut() {
            let said_nothing = resources.is_empty() && principals.is_empty();
            otherwise(resources, principals);
            says_nothing = !said_nothing && resources.is_empty() && principals.is_empty();
        }
        (!says_nothing || step.made.is_some()).then_some(step)
    };
    steps.into_iter().filter_map(one).collect()
}

/// The read of the associations of principals in place of that of resources.
pub(super) fn read_of_principals(view_read: &ViewRead) -> Option<ViewRead> {
    let Call::GetResourceShareAssociations(read) = &view_read.call else { return None };
    let of_type = GetResourceShareAssociations::default().association_type;
    let of_resources = read.association_type == "RESOURCE";
    let call = GetResourceShareAssociations { association_type: of_type, ..read.clone() };
    of_resources.then(|| ViewRead { account: view_read.account, call: call.into() })
}

/// A list that needs no steps, once in pages of the size that a view read asks for, once as it is; nothing
/// where the view read asks for none.
pub(super) fn paged_and_whole(case: &Case, view_read: &ViewRead) -> Option<(Case, Case)> {
    let (_, size) = argument(&view_read.call, PAGE_SIZE)?;
    let max_results = size.first()?.text.parse().ok();
    let reading = |max_results| {
        let call = ListResourceTypes { max_results, ..Default::default() }.into();
        let read = Step { actor: view_read.account, call, made: None, refused_with: Vec::new() };
        Case { shape: case.shape, steps: vec![read] }
    };
    Some((reading(max_results), reading(None)))
}

/// A call that needs no steps, once repeated by a token, once made alone; nothing where the case
/// repeats none, or nothing but such a call.
pub(super) fn repeated_and_alone(case: &Case) -> Option<(Case, Case)> {
    let repeats = (0..case.steps.len()).filter(|place| first_alike(case, *place).is_some());
    let mut repeats = repeats.map(|place| &case.steps[place]);
    let by_token = |step: &Step| Some((step.actor, argument(&step.call, TOKEN)?));
    let (actor, token) = repeats.find_map(by_token)?;
    let arguments = Arguments { subject: None, named: vec![token] };
    let call = Call::read("CreateResourceShare", &arguments)?.ok()?;
    let made = Some(Name::new(call.makes()));
    let first = Step { actor, call, made, refused_with: Vec::new() };
    let again = Step { made: None, ..first.clone() };
    let with = |steps| Case { shape: case.shape, steps };
    (case.steps.len() > 2).then(|| (with(vec![first.clone(), again]), with(vec![first])))
}

/// The case with one parameter, or one item of a list, less in the call at this place.
pub(super) fn simplified_at(case: &Case, place: usize) -> Vec<Case> {
    let with = |call| {
        let mut case = case.clone();
        case.steps[place].call = call;
        case
    };
    simpler(&case.steps[place].call).into_iter().map(with).collect()
}

/// Calls like this one with one parameter, or one item of a list, less.
pub(super) fn simpler(call: &Call) -> Vec<Call> {
    let Arguments { subject, named } = call.write();
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
    let read = |named| Call::read(call.operation(), &Arguments { subject: subject.clone(), named });
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

    fn texts(cases: impl IntoIterator<Item = Case>) -> Vec<String> {
        cases.into_iter().map(text).collect()
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
        assert_eq!(texts(merged(&case, 2)), [here, there]);
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
    fn what_is_given_may_be_made_before_the_share_is() {
        let case = case(GIVEN_LATER);
        let expected = "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net -> share
";
        assert_eq!(texts(merged(&case, 2)), [expected]);
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
            assert_eq!(merged(&case, 2), [], "{given}");
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
    fn what_is_given_is_left_out_or_a_principal_stands_in_its_place() {
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
    fn something_that_is_used_otherwise_has_to_be_made() {
        let case = case(
            "world standalone

owner    CreateSubnet -> net
owner    RunInstances SubnetId=net -> web
",
        );
        assert_eq!(without_resource(&case, 0), []);
    }

    #[test]
    fn the_call_that_makes_a_resource_is_repeated_in_place_of_one_that_names_it() {
        let case = case(
            "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    DisassociateResourceShare share principals=consumer clientToken=once
owner    DisassociateResourceShare share principals=consumer clientToken=once
",
        );
        let expected = "world standalone

owner    CreateResourceShare principals=consumer clientToken=once -> share
owner    CreateResourceShare principals=consumer clientToken=once
";
        assert_eq!(texts(maker_repeated(&case, 2)), [expected]);
        assert_eq!(maker_repeated(&case, 1), []);
    }

    #[test]
    fn all_is_left_to_one_account_without_what_shares_resources() {
        let case = case(LAUNCHED_BY_A_MEMBER);
        let expected = "world organization sharing=on

member   CreateSubnet -> net
member   RunInstances SubnetId=net -> web
";
        assert_eq!(texts(left_to_all(&case, 2)), [expected]);
        assert_eq!(left_to_all(&case, 1), [], "the owner was asked before");
    }

    #[test]
    fn what_was_made_before_is_named_in_place_of_another_like_it() {
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
        assert_eq!(texts(with_one_alike(&case, 1)), [expected]);
        assert_eq!(with_one_alike(&case, 0), []);
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
        assert_eq!(text(alone), first);
        assert_eq!(
            text(repeated),
            format!("{first}owner    CreateResourceShare clientToken=once\n")
        );
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
        assert_eq!(texts(managed(&case, 0)), [expected]);
        assert_eq!(managed(&case, 1), []);
    }

    #[test]
    fn a_share_that_is_not_there_needs_none_to_be_made() {
        let case = case(
            "world standalone

owner    CreateResourceShare -> share
stranger DeleteResourceShare share
",
        );
        let expected = format!("world standalone\n\nstranger DeleteResourceShare \"{NO_SHARE}\"\n");
        assert_eq!(texts(naming_nothing(&case, 0)), [expected]);
        assert_eq!(naming_nothing(&case, 1), []);
    }

    #[test]
    fn what_turns_sharing_with_an_organization_on_is_left_to_the_world() {
        let case = case(
            "world organization sharing=off

management EnableSharingWithAwsOrganization
owner      CreateResourceShare principals=organization -> share
",
        );
        let shares = "owner    CreateResourceShare principals=organization -> share\n";
        let begun = |sharing| format!("world organization sharing={sharing}\n\n{shares}");
        assert_eq!(texts(begun_otherwise(&case)), [begun("on"), begun("off")]);
    }

    #[test]
    fn a_world_with_sharing_stands_for_one_without_and_not_the_other_way_round() {
        let share = "owner    CreateResourceShare principals=outsider -> share\n";
        let [on, off] =
            ["on", "off"].map(|it| format!("world organization sharing={it}\n\n{share}"));
        assert_eq!(texts(begun_otherwise(&case(&off))), [on.as_str()]);
        assert_eq!(texts(begun_otherwise(&case(&on))), [""; 0]);
    }

    #[test]
    fn one_account_does_what_two_did_with_something_shared() {
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
        assert_eq!(texts(left_to_one(&case, 2)), expected);
    }
}
