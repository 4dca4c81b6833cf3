//! Of cases of the same length, the one that a reader understands first.

use bellwether_model::parameters::{Arguments, Value};
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Call, Name, Shape};

use crate::run::ViewRead;
use crate::scenario::{Case, Step};

/// Returns cases that are no longer than this one and easier to understand, the easiest first, each
/// with the read in which they have to show the finding.
pub(super) fn clearer(case: &Case, view_read: Option<&ViewRead>) -> Vec<(Case, Option<ViewRead>)> {
    let mut candidates: Vec<(Case, Option<ViewRead>)> = Vec::new();
    for (shape, parts) in worlds(case) {
        if let Some(moved) = moved(case, shape, parts) {
            let read =
                view_read.map(|it| ViewRead { account: played(it.account, parts), ..it.clone() });
            candidates.push((moved, read));
        }
    }
    candidates.extend(named(case).into_iter().map(|it| (it, view_read.cloned())));
    candidates.retain(|(it, _)| it.steps().len() <= case.steps().len() && cost(it) < cost(case));
    candidates.sort_by_key(|(it, _)| cost(it));
    candidates
}

/// The cost of understanding a case, the worst first: an organization, sharing that is off, members
/// where sharing is off, literals, accounts.
type Cost = (u8, usize, usize, usize);

fn cost(case: &Case) -> Cost {
    let world = match case.shape() {
        Shape::Standalone => 0,
        Shape::Organization { sharing: true } => 1,
        Shape::Organization { sharing: false } => 2,
    };
    let words = || case.steps().iter().flat_map(|step| values(&step.call));
    let is_member = |account: &Account| [Account::MEMBER, Account::SIBLING].contains(account);
    let members = if world == 2 {
        let named = words().filter_map(|value| Account::actor(&value.text));
        case.steps().iter().map(|step| step.actor).chain(named).filter(is_member).count()
    } else {
        0
    };
    let literals = words().filter(|value| value.quoted).count();
    let mut accounts: Vec<Account> = case.steps().iter().map(|step| step.actor).collect();
    accounts.sort();
    accounts.dedup();
    (world, members, literals, accounts.len())
}

fn values(call: &Call) -> impl Iterator<Item = Value> {
    let Arguments { subject, named, .. } = call.write();
    subject.into_iter().chain(named.into_iter().flat_map(|(_, values)| values))
}

/// Accounts, each with the one that plays its part in another world.
type Parts = &'static [(Account, Account)];

/// The parts of an organization's accounts among standalone ones.
const STANDALONE: [Parts; 2] = [
    &[(Account::MEMBER, Account::CONSUMER), (Account::SIBLING, Account::STRANGER)],
    &[(Account::OUTSIDER, Account::CONSUMER), (Account::MANAGEMENT, Account::STRANGER)],
];

/// The parts of members among accounts outside.
const OUTSIDE: Parts =
    &[(Account::MEMBER, Account::OUTSIDER), (Account::SIBLING, Account::STRANGER)];

/// The worlds that a case may move to, each with the parts that its accounts play there.
fn worlds(case: &Case) -> Vec<(Shape, Parts)> {
    let (on, off) = (Shape::Organization { sharing: true }, Shape::Organization { sharing: false });
    let mut worlds = Vec::new();
    if case.shape() != Shape::Standalone && !names_an_organization(case) {
        worlds.extend(STANDALONE.map(|parts| (Shape::Standalone, parts)));
    }
    if case.shape() == off {
        worlds.extend([(on, &[][..]), (off, OUTSIDE)]);
    }
    worlds
}

/// Whether a case is about an organization or its units: standalone accounts have none.
fn names_an_organization(case: &Case) -> bool {
    let mut words = case.steps().iter().flat_map(|step| values(&step.call));
    words
        .any(|value| !value.quoted && (value.text == ORGANIZATION || value.text.starts_with("ou:")))
}

/// Returns the account that plays another one's part.
fn played(account: Account, parts: Parts) -> Account {
    parts.iter().find(|(of, _)| *of == account).map_or(account, |(_, by)| *by)
}

/// Returns a case in another world, its parts played by other accounts; `None` if it can't be there.
fn moved(case: &Case, shape: Shape, parts: Parts) -> Option<Case> {
    let one = |step: &Step| {
        let call = step.call.reworded(|word| {
            let account = Account::actor(word)?;
            let by = played(account, parts);
            (by != account).then(|| Value::bare(by.to_string()))
        })?;
        Some(Step { actor: played(step.actor, parts), call, ..step.clone() })
    };
    let steps: Vec<Step> = case.steps().iter().map(one).collect::<Option<_>>()?;
    let moved = case.elsewhere(shape, steps).ok()?;
    (moved.steps().len() == case.steps().len()).then_some(moved)
}

/// Returns cases with the name of something that was made before in place of a literal.
fn named(case: &Case) -> Vec<Case> {
    let mut cases = Vec::new();
    for (place, step) in case.steps().iter().enumerate() {
        let made: Vec<&Name> =
            case.steps()[..place].iter().filter_map(|it| it.made.as_ref()).collect();
        for call in made.into_iter().flat_map(|name| with_name(&step.call, name)) {
            let mut steps = case.steps().to_vec();
            steps[place].call = call;
            cases.extend(case.with_connected(steps));
        }
    }
    cases
}

/// Returns a call with a name in place of each of its literals in turn, as far as it can have it there.
fn with_name(call: &Call, name: &Name) -> Vec<Call> {
    let arguments = call.write();
    let mut others = Vec::new();
    for (key, (_, values)) in arguments.named.iter().enumerate() {
        for (item, _) in values.iter().enumerate().filter(|(_, value)| value.quoted) {
            let mut other = arguments.clone();
            other.named[key].1[item] = Value::bare(name.as_str());
            others.push(other);
        }
    }
    if arguments.subject.as_ref().is_some_and(|value| value.quoted) {
        others.push(Arguments { subject: Some(Value::bare(name.as_str())), ..arguments.clone() });
    }
    let read = |arguments: &Arguments| Call::read(call.operation(), arguments)?.ok();
    // A text parameter would take the name as a word.
    let is_named = |it: &Call| it.names().len() > call.names().len();
    others.iter().filter_map(read).filter(is_named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn case(text: &str) -> Case {
        Scenario::parse("a.scenario", text).unwrap().case().unwrap()
    }

    fn texts(case: &Case) -> Vec<String> {
        clearer(case, None).into_iter().map(|(it, _)| it.scenario().to_string()).collect()
    }

    #[test]
    fn standalone_accounts_come_before_an_organization() {
        let case = case(
            "world organization sharing=on\n\nowner    CreateResourceShare principals=member -> share\n",
        );
        let standalone =
            "world standalone\n\nowner    CreateResourceShare principals=consumer -> share\n";
        assert_eq!(texts(&case), [standalone]);
    }

    #[test]
    fn a_case_about_an_organization_stays_there() {
        let on = "world organization sharing=on\n\nowner    CreateResourceShare principals=organization -> share\n";
        assert_eq!(texts(&case(on)), Vec::<String>::new());
        let off = on.replace("sharing=on", "sharing=off");
        assert_eq!(texts(&case(&off)), [on]);
    }

    #[test]
    fn an_outsider_comes_before_a_member_where_sharing_is_off() {
        let case = case(
            "world organization sharing=off\n\nowner    CreateResourceShare principals=member,ou:batch -> share\n",
        );
        let outside = "world organization sharing=off\n\nowner    CreateResourceShare principals=outsider,ou:batch -> share\n";
        assert!(texts(&case).contains(&outside.to_owned()), "{:?}", texts(&case));
    }

    #[test]
    fn a_name_comes_before_a_literal() {
        let case = case(
            "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare \"arn:aws:ram:us-east-1:111122223333:resource-share/none\"
",
        );
        let named = "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare share
";
        assert_eq!(texts(&case), [named]);
    }
}
