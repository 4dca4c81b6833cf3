//! Nouns: the sorts of resources that operations make.

use std::sync::LazyLock;

use bellwether_model::operations::OPERATIONS;
use rustc_hash::FxHashMap;

/// A set of nouns.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Nouns(u128);

/// The places of all nouns in sets of them.
static PLACES: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let made = OPERATIONS.iter().map(|info| info.makes).filter(|noun| !noun.is_empty());
    let mut places = FxHashMap::default();
    for noun in made {
        let place = u32::try_from(places.len()).expect("there are few nouns");
        places.entry(noun).or_insert(place);
    }
    places
});

impl Nouns {
    /// The set of this noun; of none if no operation makes such resources.
    pub(super) fn of(noun: &str) -> Self {
        PLACES.get(noun).map_or_else(Self::default, |place| Self(1 << place))
    }

    /// Whether the sets have a noun in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the nouns of either.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the nouns that are not in the other set.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_has_a_place_in_a_set() {
        assert!(PLACES.len() <= 128);
        let all = PLACES.keys().fold(Nouns::default(), |all, noun| all.with(Nouns::of(noun)));
        assert_eq!(all.0.count_ones() as usize, PLACES.len());
    }

    #[test]
    fn sets_have_nouns_in_common_or_not() {
        let (net, share) = (Nouns::of("net"), Nouns::of("share"));
        assert!(net.with(share).meets(share));
        assert!(!net.with(share).without(share).meets(share));
        assert_eq!(Nouns::of("nothing"), Nouns::default());
    }
}
