//! The valid word that somebody may have meant.

/// The candidate that is nearest to a word; `None` if none is near.
///
/// Case does not count, and a third of the letters may differ.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_the_one_with_the_fewest_changes() {
        let words = ["CreateSubnet", "CreateVpc", "DeleteSubnet"];
        assert_eq!(nearest("CreateSubent", words), Some("CreateSubnet"));
        assert_eq!(nearest("createsubnet", words), Some("CreateSubnet"));
    }

    #[test]
    fn a_word_that_is_far_from_all_has_no_nearest_one() {
        assert_eq!(nearest("LaunchRocket", ["CreateSubnet", "CreateVpc"]), None);
        assert_eq!(nearest("", ["CreateSubnet"]), None);
    }
}
