//! What is known of the resources that a history made.
//!
//! Resources that were ever named in one call belong together. Once something happens to one of them that can't
//! be followed, nothing is judged any more about all that belong to it.

use std::collections::BTreeMap;

use bellwether_model::Name;

/// The resources that belong together, and the reason that nothing is judged about some.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    above: BTreeMap<Name, Name>,
    /// The number of resources that belong together, by the first of them; one if it is not here.
    sizes: BTreeMap<Name, usize>,
    /// The reasons, by the first resource of those that belong together.
    unknown: BTreeMap<Name, &'static str>,
}

impl Known {
    /// The resource that stands for all that belong together with this one.
    pub(super) fn first_of(&self, name: &Name) -> Name {
        let mut first = name;
        while let Some(above) = self.above.get(first) {
            first = above;
        }
        first.clone()
    }

    /// Takes resources for ones that belong together.
    pub(super) fn join<'n>(&mut self, names: impl IntoIterator<Item = &'n Name>) {
        let mut names = names.into_iter();
        let Some(first) = names.next() else { return };
        for name in names {
            let (mut one, mut other) = (self.first_of(first), self.first_of(name));
            if one == other {
                continue;
            }
            let size = |name| self.sizes.get(name).copied().unwrap_or(1);
            let (smaller, both) = (size(&one) < size(&other), size(&one) + size(&other));
            if smaller {
                std::mem::swap(&mut one, &mut other);
            }
            self.sizes.insert(one.clone(), both);
            if let Some(reason) = self.unknown.remove(&other) {
                self.unknown.entry(one.clone()).or_insert(reason);
            }
            self.above.insert(other, one);
        }
    }

    /// Gives up what belongs together with these, for this reason.
    pub(super) fn give_up<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n Name>,
        reason: &'static str,
    ) {
        for name in names {
            let first = self.first_of(name);
            self.unknown.entry(first).or_insert(reason);
        }
    }

    /// The reason that nothing is judged about one of these, if so.
    pub(super) fn given_up<'n>(
        &self,
        names: impl IntoIterator<Item = &'n Name>,
    ) -> Option<&'static str> {
        names.into_iter().find_map(|name| self.unknown.get(&self.first_of(name)).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_goes_with_all_that_belongs_to_it() {
        let names: Vec<Name> = ["net", "share", "vpc", "other"].map(Name::new).into();
        let mut known = Known::default();
        known.join([&names[0], &names[1]]);
        known.give_up([&names[0]], "lost");
        known.join([&names[1], &names[2]]);
        assert_eq!(known.given_up([&names[2]]), Some("lost"));
        assert_eq!(known.given_up([&names[3]]), None);
        known.join([&names[3], &names[2]]);
        assert_eq!(known.given_up([&names[3]]), Some("lost"));
    }
}
