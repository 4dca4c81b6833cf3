//! Random choices, drawn from proptest's generator.

use proptest::prelude::RngExt as _;
use proptest::test_runner::TestRunner;
use smol_str::SmolStr;

/// Draws choices; the same runner state draws the same ones.
pub struct Dice<'a> {
    runner: &'a mut TestRunner,
}

impl<'a> Dice<'a> {
    /// Dice that draw from this runner's generator.
    pub fn new(runner: &'a mut TestRunner) -> Self {
        Self { runner }
    }

    /// A number below `bound`, which has to be positive.
    pub fn below(&mut self, bound: usize) -> usize {
        self.runner.rng().random_range(0..bound)
    }

    /// Whether an event of this probability, in percent, happens.
    pub fn percent(&mut self, probability: usize) -> bool {
        self.below(100) < probability
    }

    /// Returns one of the choices; `None` if there is none.
    pub fn pick<'c, T>(&mut self, choices: &'c [T]) -> Option<&'c T> {
        if choices.is_empty() { None } else { Some(&choices[self.below(choices.len())]) }
    }

    /// Returns one of the items; `None` if there is none.
    pub fn pick_from<T>(&mut self, choices: impl Iterator<Item = T>) -> Option<T> {
        let mut choices: Vec<T> = choices.collect();
        if choices.is_empty() { None } else { Some(choices.swap_remove(self.below(choices.len()))) }
    }

    /// Returns a name of this list now and then, so that some are given twice; mostly the empty text,
    /// which leaves the name out.
    pub fn name(&mut self, names: &[&'static str]) -> SmolStr {
        if !self.percent(25) {
            return SmolStr::default();
        }
        self.pick(names).copied().map_or_else(SmolStr::default, SmolStr::new_static)
    }

    /// Returns one of the items, each as often as its weight says; `None` if all weigh nothing.
    pub fn pick_weighted<T>(
        &mut self,
        mut choices: impl Iterator<Item = (T, usize)> + Clone,
    ) -> Option<T> {
        let whole = choices.clone().map(|(_, weight)| weight).sum();
        if whole == 0 {
            return None;
        }
        let mut roll = self.below(whole);
        choices.find_map(|(choice, weight)| match roll.checked_sub(weight) {
            Some(rest) => {
                roll = rest;
                None
            }
            None => Some(choice),
        })
    }

    /// One of the items, and now and then up to three different ones; none if there is none.
    pub fn mostly_one_of<T>(&mut self, choices: impl Iterator<Item = T>) -> Vec<T> {
        let most = if self.percent(20) { 3 } else { 1 };
        self.some_of(choices, most)
    }

    /// Up to `most` different items, at least one where there is any.
    pub fn some_of<T>(&mut self, choices: impl Iterator<Item = T>, most: usize) -> Vec<T> {
        let mut choices: Vec<T> = choices.collect();
        let mut count =
            if choices.is_empty() { 0 } else { 1 + self.below(most.min(choices.len())) };
        let mut drawn = Vec::with_capacity(count);
        while count > 0 {
            drawn.push(choices.swap_remove(self.below(choices.len())));
            count -= 1;
        }
        drawn
    }
}
