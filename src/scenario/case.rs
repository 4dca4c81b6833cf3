//! Cases: what a play is given. A case that exists can be played, printed and read back.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::parameters::{Value, is_name};
use bellwether_model::{Account, Assumptions, Call, Name, Shape};
use smol_str::SmolStr;
use thiserror::Error;

use super::placeholders::first_unknown;
use super::{Item, Scenario, Step};

/// A world, and the steps that its accounts take in it.
///
/// It can't be made with an account that its world does not have, with a name that no earlier
/// step makes, or with a name or call that no scenario can spell: see [`Case::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    shape: Shape,
    assumptions: Assumptions,
    steps: Vec<Step>,
}

/// The reason why steps are not a case. `place` counts the steps from 0.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CaseError {
    /// An account acts, or is named, that is not in the world.
    #[error("step {place}: {account} is not in this world")]
    UnknownActor {
        /// The step.
        place: usize,
        /// The account.
        account: Account,
    },
    /// A step names what no step before it makes.
    #[error("step {place}: no step before it makes {name}")]
    UnknownName {
        /// The step.
        place: usize,
        /// The name.
        name: Name,
    },
    /// A step makes what a step before it has made.
    #[error("step {place}: {name} is made before")]
    MadeTwice {
        /// The step.
        place: usize,
        /// The name.
        name: Name,
    },
    /// A step calls with what no scenario of this world can write, such as the invitation of an account that
    /// never acts, or the id of a unit where there is none.
    #[error("step {place}: this call of {operation} can't be written")]
    Unwritable {
        /// The step.
        place: usize,
        /// The operation.
        operation: &'static str,
    },
    /// A step gives a name that can't be written.
    #[error("step {place}: {name:?} is not a name")]
    Unspellable {
        /// The step.
        place: usize,
        /// The name.
        name: Name,
    },
}

impl Case {
    /// Makes a case of steps in a world of this shape.
    ///
    /// # Errors
    ///
    /// The first step that names an account, a resource or an order that the world does not have, or that no
    /// scenario can spell.
    pub fn new(
        shape: Shape,
        assumptions: Assumptions,
        steps: Vec<Step>,
    ) -> Result<Self, CaseError> {
        let mut made: BTreeSet<&Name> = BTreeSet::new();
        for (place, step) in steps.iter().enumerate() {
            let mut accounts = std::iter::once(step.actor).chain(step.call.actors());
            if let Some(account) = accounts.find(|it| it.is_actor() && !shape.actors().contains(it))
            {
                return Err(CaseError::UnknownActor { place, account });
            }
            let asks_too_much = |text: &SmolStr| first_unknown(text, shape).is_some();
            if !step.call.reads_back() || step.call.literals().iter().any(asks_too_much) {
                let operation = step.call.operation();
                return Err(CaseError::Unwritable { place, operation });
            }
            if let Some(name) = step.call.names().into_iter().find(|name| !made.contains(name)) {
                return Err(CaseError::UnknownName { place, name: name.clone() });
            }
            if let Some(name) = &step.made {
                if !is_name(name.as_str()) {
                    return Err(CaseError::Unspellable { place, name: name.clone() });
                }
                if !made.insert(name) {
                    return Err(CaseError::MadeTwice { place, name: name.clone() });
                }
            }
        }
        Ok(Self { shape, assumptions, steps })
    }

    /// Makes a case of other steps in the same world.
    ///
    /// # Errors
    ///
    /// As [`Case::new`].
    pub fn with_steps(&self, steps: Vec<Step>) -> Result<Self, CaseError> {
        Self::new(self.shape, self.assumptions, steps)
    }

    /// Makes a case of other steps in the same world, without those that name what no step
    /// before them makes.
    ///
    /// # Errors
    ///
    /// The first step that names an account that the world does not have, or that makes what a
    /// case can't hold.
    pub fn with_connected(&self, steps: Vec<Step>) -> Result<Self, CaseError> {
        self.elsewhere(self.shape, steps)
    }

    /// Makes a case of other steps in a world of another shape, as
    /// [`with_connected`](Self::with_connected) does in the same one.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn elsewhere(&self, shape: Shape, steps: Vec<Step>) -> Result<Self, CaseError> {
        Self::new(shape, self.assumptions, retain_well_formed(steps))
    }

    /// The shape of its world.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns the assumptions made of the target, against AWS.
    #[must_use]
    pub fn assumptions(&self) -> Assumptions {
        self.assumptions
    }

    /// Its steps, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns its steps.
    #[must_use]
    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// Returns the case with names that are numbered anew in the order of its steps: `net`, `net2`
    /// and so on, tokens too; and each new name by the old one.
    #[must_use]
    pub fn renumbered(&self) -> (Self, BTreeMap<Name, Name>) {
        let mut names = BTreeMap::new();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let mut next = |noun: &'static str| {
            let count = counts.entry(noun).or_default();
            *count += 1;
            Name::new(if *count == 1 { noun.to_owned() } else { format!("{noun}{count}") })
        };
        for step in &self.steps {
            for token in tokens_of(&step.call) {
                names.entry(token).or_insert_with(|| next(TOKEN_NOUN));
            }
            if let Some(made) = &step.made {
                names.entry(made.clone()).or_insert_with(|| next(step.call.makes()));
            }
        }
        let renamed = |step: &Step| {
            let made = step.made.as_ref().map(|name| names.get(name).unwrap_or(name).clone());
            Some(Step { call: renamed(&step.call, &names)?, made, ..step.clone() })
        };
        let steps = self.steps.iter().map(renamed).collect::<Option<Vec<_>>>();
        match steps.and_then(|steps| Self::new(self.shape, self.assumptions, steps).ok()) {
            Some(case) => (case, names),
            None => (self.clone(), BTreeMap::new()),
        }
    }

    /// The case as a scenario without comments and claims.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        let items = self.steps.iter().cloned().map(Item::Step).collect();
        Scenario { shape: self.shape, assumptions: self.assumptions, items }
    }
}

impl Scenario {
    /// The steps of the scenario as a case.
    ///
    /// # Errors
    ///
    /// As [`Case::new`]; a scenario that was parsed gives none.
    pub fn case(&self) -> Result<Case, CaseError> {
        Case::new(self.shape, self.assumptions, self.steps().cloned().collect())
    }
}

/// Keeps the steps whose names are all made by steps before them.
#[must_use]
pub(crate) fn retain_well_formed(steps: Vec<Step>) -> Vec<Step> {
    let mut made: BTreeSet<Name> = BTreeSet::new();
    let mut kept = Vec::with_capacity(steps.len());
    for step in steps {
        if step.call.names().iter().all(|name| made.contains(*name)) {
            made.extend(step.made.clone());
            kept.push(step);
        }
    }
    kept
}

/// The word that tokens are numbered by.
const TOKEN_NOUN: &str = "token";

/// The parameter that holds a call's idempotency token.
const TOKEN: &str = "clientToken";

/// The words that a call bears as its idempotency token.
fn tokens_of(call: &Call) -> Vec<Name> {
    let named = call.write().named.into_iter().filter(|(key, _)| key == TOKEN);
    let values = named.flat_map(|(_, values)| values).filter(|value| !value.quoted);
    values.map(|value| Name::new(value.text)).collect()
}

/// Returns a call with other names in place of some; `None` if it can't have them.
#[must_use]
pub(crate) fn renamed(call: &Call, names: &BTreeMap<Name, Name>) -> Option<Call> {
    call.reworded(|word| Some(Value::bare(names.get(word)?.as_str())))
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::ram::AcceptResourceShareInvitation;
    use bellwether_model::parameters::InvitationRef;

    use super::*;

    fn steps(text: &str) -> Vec<Step> {
        Scenario::parse("a.scenario", text).unwrap().steps().cloned().collect()
    }

    fn error_in(shape: Shape, steps: Vec<Step>) -> CaseError {
        Case::new(shape, Assumptions::default(), steps).unwrap_err()
    }

    const STANDALONE: &str = "world standalone

owner    CreateResourceShare principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
";

    #[test]
    fn a_case_has_no_account_of_another_world() {
        let organization = Shape::Organization { sharing: true };
        let mut moved = steps(STANDALONE);
        let account = Account::CONSUMER;
        let error = error_in(organization, moved.clone());
        assert_eq!(error, CaseError::UnknownActor { place: 0, account }, "it is a principal");
        moved.remove(0);
        moved[0].actor = Account::MEMBER;
        let error = error_in(organization, moved);
        assert_eq!(error, CaseError::UnknownActor { place: 0, account }, "it is invited");
    }

    #[test]
    fn a_case_names_only_resources_of_earlier_steps() {
        let mut backwards = steps(STANDALONE);
        backwards.reverse();
        let error = error_in(Shape::Standalone, backwards);
        assert_eq!(error, CaseError::UnknownName { place: 0, name: Name::new("share") });
    }

    #[test]
    fn steps_with_dangling_names_are_dropped_with_their_dependents() {
        let steps = steps(
            "world standalone

owner CreateVpc -> vpc
owner CreateSubnet VpcId=vpc -> net
owner CreateSubnet -> net2
owner RunInstances SubnetId=net -> web
",
        );
        let case = Case::new(Shape::Standalone, Assumptions::default(), steps.clone()).unwrap();
        let kept = case.with_connected(steps[1..].to_vec()).unwrap();
        assert_eq!(kept.steps(), &steps[2..3]);
    }

    #[test]
    fn a_case_makes_each_name_once() {
        let made = steps(STANDALONE).remove(0);
        let error = error_in(Shape::Standalone, vec![made.clone(), made]);
        assert_eq!(error, CaseError::MadeTwice { place: 1, name: Name::new("share") });
    }

    #[test]
    fn a_case_has_no_name_that_a_scenario_can_not_spell() {
        let mut made = steps(STANDALONE);
        made.truncate(1);
        made[0].made = Some(Name::new("unnamed.2"));
        let error = error_in(Shape::Standalone, made);
        assert_eq!(error, CaseError::Unspellable { place: 0, name: Name::new("unnamed.2") });
    }

    #[test]
    fn a_case_has_no_call_that_a_scenario_can_not_spell() {
        let mut accepted = steps(STANDALONE);
        let receiver = Account::from_id("111122223333").unwrap();
        let invitation = InvitationRef::To { share: Name::new("share"), receiver, number: None };
        let call = AcceptResourceShareInvitation { invitation, ..Default::default() };
        accepted[1].call = call.into();
        let error = error_in(Shape::Standalone, accepted);
        let operation = "AcceptResourceShareInvitation";
        assert_eq!(error, CaseError::Unwritable { place: 1, operation });
    }

    #[test]
    fn names_and_tokens_are_numbered_anew_in_the_order_of_the_steps() {
        let text = "world standalone

owner    CreateSubnet -> net7
owner    CreateResourceShare resourceArns=net7 principals=consumer clientToken=token24142 -> share2
owner    CreateResourceShare resourceArns=net7 principals=consumer clientToken=token24142 -> share
consumer AcceptResourceShareInvitation invitation:share2/consumer
";
        let (case, names) =
            Scenario::parse("a.scenario", text).unwrap().case().unwrap().renumbered();
        let expected = "world standalone

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=consumer clientToken=token -> share
owner    CreateResourceShare resourceArns=net principals=consumer clientToken=token -> share2
consumer AcceptResourceShareInvitation invitation:share/consumer
";
        assert_eq!(case.scenario().to_string(), expected);
        assert_eq!(names[&Name::new("share")], Name::new("share2"));
    }

    #[test]
    fn an_actor_in_a_text_names_nobody() {
        let text =
            "world organization sharing=on\n\nowner CreateResourceShare name=consumer -> share\n";
        let shape = Shape::Organization { sharing: true };
        assert!(Case::new(shape, Assumptions::default(), steps(text)).is_ok());
    }
}
