//! Steps prepared for drawing: with the facts of their calls that are asked for at each try.

use std::ops::Deref;
use std::sync::Arc;

use bellwether_model::Name;

use crate::run::adjacency::Touch;
use crate::scenario::Step;

/// A step with its touch. A copy shares both with its original: most steps are tried many times.
#[derive(Clone, Debug)]
pub(super) struct Prepared(Arc<Facts>);

#[derive(Debug)]
struct Facts {
    step: Step,
    touch: Touch,
    writes: bool,
}

impl Prepared {
    /// The step, prepared.
    pub(super) fn new(step: Step) -> Self {
        let (touch, writes) = (Touch::of(&step), step.call.writes());
        Self(Arc::new(Facts { step, touch, writes }))
    }

    /// The touch of the step.
    pub(super) fn touch(&self) -> &Touch {
        &self.0.touch
    }

    /// The names of resources that the call mentions, repeats included.
    pub(super) fn names(&self) -> &[Name] {
        let made = usize::from(self.made.is_some());
        &self.0.touch.names[..self.0.touch.names.len() - made]
    }

    /// Whether the call may change something.
    pub(super) fn writes(&self) -> bool {
        self.0.writes
    }

    /// The step by itself.
    pub(super) fn into_step(self) -> Step {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.step.clone(), |facts| facts.step)
    }
}

impl Deref for Prepared {
    type Target = Step;

    fn deref(&self) -> &Step {
        &self.0.step
    }
}
