//! Moves of shrinking: a case becomes a shorter one that says the same with fewer calls, fewer
//! accounts or fewer parameters. None of it asks whether the case then shows the same.

use bellwether_model::operations::ram::{GetResourceShareAssociations, ListResourceTypes};
use bellwether_model::operations::{Grant, Service};
use bellwether_model::parameters::{Arguments, Reference, Value};
use bellwether_model::sharing::NO_SHARE;
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Principal, Region, Shape, permissions};
use smol_str::SmolStr;

use crate::run::ViewRead;
use crate::scenario::{Case, Step};

/// The parameter that asks for pages of a size.
const PAGE_SIZE: &str = "maxResults";

/// The parameter by which a call is known when it is repeated.
const TOKEN: &str = "clientToken";

/// Returns the case with one actor for the step at this place and for the step that made a resource
/// of it: once without the sharing steps before, once with them.
pub(super) fn same_actor(case: &Case, place: usize) -> Vec<Case> {
    let steps = case.steps();
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
    candidates.filter_map(|steps| case.with_connected(steps).ok()).collect()
}

/// Returns the case with the actor of the step at this place for all steps, without the sharing
/// steps; empty at the place of a second step of the same account.
pub(super) fn single_actor(case: &Case, place: usize) -> Vec<Case> {
    let actor = case.steps()[place].actor;
    let others = case.steps().iter().any(|step| step.actor != actor);
    if !others || case.steps()[..place].iter().any(|step| step.actor == actor) {
        return Vec::new();
    }
    let steps = case.steps().iter().filter(|step| step.call.service() != Service::Ram);
    let steps = steps.map(|step| Step { actor, ..step.clone() }).collect();
    case.with_connected(steps).ok().into_iter().collect()
}

/// Returns the case with all its steps at home, and the case with the step at this place there; empty if
/// that step is at home already.
pub(super) fn at_home(case: &Case, place: usize) -> Vec<Case> {
    if case.steps()[place].call.region() == Region::HOME {
        return Vec::new();
    }
    let mut steps = case.steps().to_vec();
    steps[place] = home(&steps[place]);
    let mut cases = vec![all_at_home(case)];
    cases.extend(case.with_steps(steps));
    cases.dedup();
    cases
}

/// The case with all its steps at home.
pub(super) fn all_at_home(case: &Case) -> Case {
    case.with_steps(case.steps().iter().map(home).collect()).unwrap_or_else(|_| case.clone())
}

fn home(step: &Step) -> Step {
    Step { call: step.call.clone().made_in(Region::HOME), ..step.clone() }
}

/// Returns the case with a similar resource that the same account made before in place of the one
/// that is made at this place.
pub(super) fn reuse_earlier(case: &Case, place: usize) -> Vec<Case> {
    let making = &case.steps()[place];
    let Some(made) = &making.made else { return Vec::new() };
    let alike = case.steps()[..place].iter().filter(|step| {
        step.actor == making.actor && step.call.operation() == making.call.operation()
    });
    let before = alike.filter_map(|step| step.made.as_ref());
    let with = |name: &Name| naming_in_place(case, place, made, &Value::bare(name.as_str()));
    before.filter_map(with).collect()
}

/// Returns the case with the associations of the step at this place merged into the call that makes
/// the share, here or there; empty if the step is not such a call by the maker of the share.
pub(super) fn merged(case: &Case, place: usize) -> Vec<Case> {
    let steps = case.steps();
    let given = &steps[place];
    let names = given.call.names();
    let makes_it = |(at, step): (usize, &Step)| {
        let is_named = step.made.as_ref().is_some_and(|made| names.contains(&made));
        let Call::CreateResourceShare(create) = step.call.without_region() else { return None };
        let is_alike = step.actor == given.actor && step.call.region() == given.call.region();
        (is_named && is_alike).then(|| (at, create.clone()))
    };
    let made = steps[..place].iter().enumerate().find_map(makes_it);
    let merged = made.and_then(|(at, create)| Some((at, given.call.merged_into(&create)?)));
    let Some((at, create)) = merged else { return Vec::new() };
    let made_at = |kept: usize, left_out: usize| {
        let mut steps = steps.to_vec();
        let call = Call::from(create.clone()).made_in(given.call.region());
        steps[kept] = Step { call, ..steps[at].clone() };
        steps.remove(left_out);
        // Made there, the share may name what is not made yet.
        case.with_steps(steps).ok()
    };
    let both = [made_at(place, at), made_at(at, place)];
    let mut cases: Vec<Case> = both.into_iter().flatten().collect();
    cases.dedup();
    cases
}

/// The place of the first step before this place at which the same account made the same call.
fn first_alike(case: &Case, place: usize) -> Option<usize> {
    let Step { actor, call, .. } = &case.steps()[place];
    case.steps()[..place].iter().position(|step| step.actor == *actor && step.call == *call)
}

/// A parameter of a call, as it is written.
fn argument(call: &Call, key: &str) -> Option<(SmolStr, Vec<Value>)> {
    call.write().named.into_iter().find(|(it, _)| it == key)
}

/// The case with a managed permission of AWS in place of the one that is made at this place.
pub(super) fn aws_permission(case: &Case, place: usize) -> Vec<Case> {
    let Step { call, made: Some(made), .. } = &case.steps()[place] else { return Vec::new() };
    if !matches!(call.without_region(), Call::CreatePermission(_)) {
        return Vec::new();
    }
    let Some(name) = permissions::default_name("ec2:Subnet") else { return Vec::new() };
    let arn = format!("{}{name}", permissions::AWS_ARN);
    naming_in_place(case, place, made, &Value::quoted(arn)).into_iter().collect()
}

/// Returns the case without the share that is made at this place: calls then name a missing one.
pub(super) fn dangling_reference(case: &Case, place: usize) -> Vec<Case> {
    let Step { call, made: Some(made), .. } = &case.steps()[place] else { return Vec::new() };
    if !matches!(call.without_region(), Call::CreateResourceShare(_)) {
        return Vec::new();
    }
    naming_in_place(case, place, made, &Value::quoted(NO_SHARE)).into_iter().collect()
}

/// Returns the case without the step at this place, and with this value in place of its resource.
fn naming_in_place(case: &Case, place: usize, made: &Name, value: &Value) -> Option<Case> {
    let others = case.steps().iter().enumerate().filter(|(at, _)| *at != place);
    let renamed = others.map(|(_, step)| {
        let call = step.call.reworded(|word| (word == made.as_str()).then(|| value.clone()))?;
        Some(Step { call, ..step.clone() })
    });
    case.with_connected(renamed.collect::<Option<_>>()?).ok()
}

/// The case in organizations that begin otherwise: with sharing, where it begins without, and in whichever
/// it needs none of the calls that turn sharing on or off.
pub(super) fn other_initial_world(case: &Case) -> Vec<Case> {
    if case.shape() == Shape::Standalone {
        return Vec::new();
    }
    let steps: Vec<Step> =
        case.steps().iter().filter(|it| !it.call.info().turns_sharing).cloned().collect();
    let turned = steps.len() < case.steps().len();
    let others = [true, false].into_iter().filter_map(|sharing| {
        let shape = Shape::Organization { sharing };
        let is_better = turned || (sharing && shape != case.shape());
        is_better.then(|| case.elsewhere(shape, steps.clone()).ok())?
    });
    others.collect()
}

/// Accounts, each with the member that takes over its role inside an organization.
pub(super) type Insiders = &'static [(Account, Account)];

/// The roles that members of an organization may take over.
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
    let needs_less = case.steps().iter().any(is_needless_inside).then(|| case.clone());
    let cases = [needs_less, without_taking(case)].into_iter().flatten();
    cases.filter_map(|case| inside(&case, insiders)).collect()
}

/// The case without the calls that take something away; `None` if it has none.
fn without_taking(case: &Case) -> Option<Case> {
    let kept = case.steps().iter().filter(|step| !step.call.info().removes);
    let steps: Vec<Step> = kept.cloned().collect();
    (steps.len() < case.steps().len()).then(|| case.with_connected(steps).ok())?
}

/// Whether a step is of no use inside an organization that RAM shares with.
fn is_needless_inside(step: &Step) -> bool {
    let info = step.call.info();
    info.joins || info.turns_sharing
}

fn inside(case: &Case, insiders: Insiders) -> Option<Case> {
    let steps = case.steps().iter().filter(|step| !is_needless_inside(step));
    let moved = steps.map(|step| {
        let call = step.call.reworded(|word| {
            let account = Account::actor(word)?;
            let inside = insider(account, insiders);
            (inside != account).then(|| Value::bare(inside.to_string()))
        })?;
        Some(Step { actor: insider(step.actor, insiders), call, ..step.clone() })
    });
    let steps = moved.collect::<Option<_>>()?;
    case.elsewhere(Shape::Organization { sharing: true }, steps).ok()
}

/// Returns the member that takes over an actor's role inside an organization.
pub(super) fn insider(account: Account, insiders: Insiders) -> Account {
    insiders.iter().find(|(outside, _)| *outside == account).map_or(account, |(_, inside)| *inside)
}

/// The case without what the step at this place makes, and without that step: left out wherever it is
/// given to shares or taken from them, or with a principal in its place; empty if the resource is
/// named otherwise.
pub(super) fn without_resource(case: &Case, place: usize) -> Vec<Case> {
    let Some(made) = &case.steps()[place].made else { return Vec::new() };
    let principal = match case.shape() {
        Shape::Standalone => Principal::Account(Account::CONSUMER),
        Shape::Organization { sharing: true } => Principal::Organization(Name::new(ORGANIZATION)),
        Shape::Organization { sharing: false } => Principal::Account(Account::OUTSIDER),
    };
    let in_place = [None, Some(&principal)];
    in_place.into_iter().filter_map(|it| given_in_place(case, place, made, it)).collect()
}

/// The same inside an organization, for a case outside of any.
pub(super) fn without_resource_inside(case: &Case, place: usize) -> Vec<Case> {
    let inside = if case.shape() == Shape::Standalone { inside(case, INSIDERS[0]) } else { None };
    let same_places = inside.filter(|it| it.steps().len() == case.steps().len());
    same_places.map_or_else(Vec::new, |case| without_resource(&case, place))
}

/// Returns the case without the step at this place and its resource, with a principal in its place
/// if one is given.
fn given_in_place(
    case: &Case,
    place: usize,
    made: &Name,
    principal: Option<&Principal>,
) -> Option<Case> {
    let others = case.steps().iter().enumerate().filter(|(at, _)| *at != place);
    let steps = giving_otherwise(others.map(|(_, step)| step), |resources, principals| {
        let before = resources.len();
        resources.retain(|it| it.name() != Some(made));
        if resources.len() < before {
            principals.extend(principal.filter(|it| !principals.contains(it)).cloned());
        }
    });
    let is_named = steps.iter().any(|step| step.call.names().contains(&made));
    (!is_named).then(|| case.with_connected(steps).ok())?
}

/// The case without one of the principals that the step at this place gives to a share, or takes from
/// it: left out wherever that is done.
pub(super) fn without_principal(case: &Case, place: usize) -> Vec<Case> {
    let mut call = case.steps()[place].call.clone();
    let Some(Grant { principals, .. }) = call.grant_mut() else { return Vec::new() };
    let without = |left_out: &Principal| {
        let steps = giving_otherwise(case.steps(), |_, principals| {
            principals.retain(|it| it != left_out);
        });
        case.with_connected(steps).ok()
    };
    principals.iter().filter_map(without).collect()
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
    let call = &view_read.call;
    let Call::GetResourceShareAssociations(read) = call.without_region() else { return None };
    let of_type = GetResourceShareAssociations::default().association_type;
    let of_resources = read.association_type == "RESOURCE";
    let other = GetResourceShareAssociations { association_type: of_type, ..read.clone() };
    let other = Call::from(other).made_in(call.region());
    of_resources.then_some(ViewRead { account: view_read.account, call: other })
}

/// A list that needs no steps, once in pages of the size that a view read asks for, once as it is;
/// `None` if the view read asks for none.
pub(super) fn paged_and_whole(case: &Case, view_read: &ViewRead) -> Option<(Case, Case)> {
    let (_, size) = argument(&view_read.call, PAGE_SIZE)?;
    let max_results = size.first()?.text.parse().ok();
    let reading = |max_results| {
        let call = ListResourceTypes { max_results, ..Default::default() };
        let read = Step::new(view_read.account, call, None);
        case.with_connected(vec![read]).ok()
    };
    Some((reading(max_results)?, reading(None)?))
}

/// A call that needs no steps, once repeated by a token, once made alone; `None` if the case
/// repeats none, or consists of such a call alone.
pub(super) fn repeated_and_alone(case: &Case) -> Option<(Case, Case)> {
    let repeats = (0..case.steps().len()).filter(|place| first_alike(case, *place).is_some());
    let mut repeats = repeats.map(|place| &case.steps()[place]);
    let by_token = |step: &Step| Some((step.actor, argument(&step.call, TOKEN)?));
    let (actor, token) = repeats.find_map(by_token)?;
    let arguments = Arguments { named: vec![token], ..Arguments::default() };
    let call = Call::read("CreateResourceShare", &arguments)?.ok()?;
    let made = Some(Name::new(call.makes()));
    let first = Step::new(actor, call, made);
    let again = Step { made: None, ..first.clone() };
    let with = |steps| case.with_connected(steps).ok();
    let is_longer = case.steps().len() > 2;
    is_longer.then(|| Some((with(vec![first.clone(), again])?, with(vec![first])?)))?
}

/// The case with one parameter, or one item of a list, less in the call at this place.
pub(super) fn simplified_at(case: &Case, place: usize) -> Vec<Case> {
    let with = |call| {
        let mut steps = case.steps().to_vec();
        steps[place].call = call;
        case.with_connected(steps).ok()
    };
    simpler(&case.steps()[place].call).into_iter().filter_map(with).collect()
}

/// Calls like this one with one parameter, or one item of a list, less.
pub(super) fn simpler(call: &Call) -> Vec<Call> {
    let arguments = call.write();
    let named = &arguments.named;
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
    let read = |named| Call::read(call.operation(), &Arguments { named, ..arguments.clone() });
    candidates.into_iter().filter_map(|named| read(named)?.ok()).collect()
}

#[cfg(test)]
mod tests;
