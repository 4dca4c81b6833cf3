//! Random walks through a world: the calls that the model draws, refused ones included.

use std::collections::BTreeMap;

use bellwether_model::answer::{Answer, Decision};
use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::{Account, Call, Name, Shape, World};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// One call of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The caller.
    pub(crate) actor: Account,
    /// The call.
    pub(crate) call: Call,
    /// The name of the resource that the call makes.
    pub(crate) made: Name,
    /// Whether the walk goes on as if an open answer were a grant.
    pub(crate) assumes_grant: bool,
}

impl Step {
    /// Moves the world on, as the walk went.
    pub(crate) fn take(&self, world: &mut World) -> Answer {
        let answer = self.call.transition(world, self.actor, &self.made);
        if let Answer::Open(open) = &answer
            && self.assumes_grant
        {
            self.call.apply_assumed(world, self.actor, &self.made, open.rules[0]);
        }
        answer
    }
}

/// The percentage of calls to be refused that is kept.
const REFUSED_KEPT: usize = 40;
/// The percentage of open calls that is kept.
const OPEN_KEPT: usize = 8;

/// The walk of this seed, `steps` long. A longer one begins with the same steps.
pub(crate) fn walk(shape: Shape, seed: u64, steps: usize) -> Vec<Step> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut dice = Dice::new(&mut runner);
    let mut world = World::new(shape);
    let mut made = BTreeMap::new();
    let mut walked = Vec::with_capacity(steps);
    while walked.len() < steps {
        if let Some(step) = draw(&world, shape, &mut made, &mut dice) {
            step.take(&mut world);
            walked.push(step);
        }
    }
    walked
}

/// Draws a step; `None` if the operation that came up has no call worth making.
fn draw(
    world: &World,
    shape: Shape,
    made: &mut BTreeMap<&'static str, usize>,
    dice: &mut Dice<'_>,
) -> Option<Step> {
    let weight = |actor: &Account| if *actor == Account::OWNER { 9 } else { 4 };
    let actors = shape.actors().iter().map(|actor| (*actor, weight(actor)));
    let actor = dice.pick_weighted(actors)?;
    let operations = OPERATIONS.iter().map(|operation| (operation, operation.weight));
    let operation: &OperationInfo = dice.pick_weighted(operations)?;
    let call = (operation.draw)(world, actor, dice)?;
    let kept = match call.check(world, actor) {
        Decision::Granted => 100,
        Decision::Refused(_) => REFUSED_KEPT,
        Decision::Open(_) => OPEN_KEPT,
    };
    if !dice.percent(kept) {
        return None;
    }
    let number = made.entry(call.makes()).or_default();
    *number += 1;
    let made = match call.makes() {
        "" => Name::none(),
        noun => Name::new(format!("{noun}{number}")),
    };
    Some(Step { actor, call, made, assumes_grant: dice.percent(50) })
}
