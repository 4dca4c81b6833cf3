//! Wildcards in the values of filters.
//!
//! "You can use wildcards with the filter values: * matches zero or more characters, and ? matches
//! exactly one character. You can escape special characters using a backslash before the character."
//! No library has the three together, so they are read here.

/// The value of a filter, which may leave places open.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Part>);

/// A part of a pattern.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Any text, the empty one included.
    Text,
    /// Any character.
    Character,
    /// This character.
    Just(char),
}

impl Pattern {
    /// The pattern that reads like this.
    pub(super) fn read(text: &str) -> Self {
        let mut parts = Vec::with_capacity(text.len());
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            let part = match character {
                '*' if parts.last() == Some(&Part::Text) => continue,
                '*' => Part::Text,
                '?' => Part::Character,
                '\\' => Part::Just(characters.next().unwrap_or('\\')),
                other => Part::Just(other),
            };
            parts.push(part);
        }
        Self(parts)
    }

    /// Whether a value fits, as a whole.
    ///
    /// What follows a `*` is looked for from left to right, and only the last `*` is ever moved on:
    /// if what stands behind an earlier one fits at all, it fits where it is found first. So the time
    /// grows with the square of the value's length, whatever the pattern.
    pub(super) fn fits(&self, value: &str) -> bool {
        let value: Vec<char> = value.chars().collect();
        let (mut part, mut place) = (0, 0);
        // The part behind the last `*`, and the place in the value where it is tried.
        let mut last: Option<(usize, usize)> = None;
        loop {
            let fits = match (self.0.get(part), value.get(place)) {
                (Some(Part::Text), _) => {
                    last = Some((part + 1, place));
                    part += 1;
                    continue;
                }
                (None, None) => return true,
                (Some(Part::Character), Some(_)) => true,
                (Some(Part::Just(wanted)), Some(found)) => wanted == found,
                (Some(Part::Character | Part::Just(_)), None) => return false,
                (None, Some(_)) => false,
            };
            if fits {
                (part, place) = (part + 1, place + 1);
            } else if let Some((behind, tried)) = last {
                last = Some((behind, tried + 1));
                (part, place) = (behind, tried + 1);
            } else {
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn fits(pattern: &str, value: &str) -> bool {
        Pattern::read(pattern).fits(value)
    }

    #[test]
    fn a_pattern_may_leave_places_open() {
        for pattern in ["subnet-1", "subnet-*", "*-1", "*", "**", "subnet?1", "s*t-1*", "*?"] {
            assert!(fits(pattern, "subnet-1"), "{pattern}");
        }
        for pattern in ["", "subnet", "subnet-?1", "*2", "Subnet-1", "?subnet-1", "subnet-1?"] {
            assert!(!fits(pattern, "subnet-1"), "{pattern}");
        }
    }

    #[test]
    fn an_empty_value_fits_what_needs_nothing() {
        assert!(fits("", "") && fits("*", "") && !fits("?", "") && !fits("a", ""));
    }

    #[test]
    fn what_follows_a_star_may_begin_more_than_once() {
        assert!(fits("*ab", "aab") && fits("*aab", "aaab") && fits("a*b*c", "abxbc"));
        assert!(!fits("a*b*c", "acb"));
    }

    #[test]
    fn a_backslash_takes_a_wildcard_for_itself() {
        assert!(fits(r"\*amazon\?\\", r"*amazon?\"));
        assert!(!fits(r"\*", "a") && !fits(r"\?", "a"));
        assert!(fits("a\\", "a\\"), "one that ends the pattern stands for itself");
    }

    // With backtracking over every star this takes longer than anybody waits.
    #[test]
    fn a_pattern_of_many_stars_is_refused_by_a_value_that_almost_fits() {
        let hostile = "*a".repeat(1000) + "*b";
        assert!(!fits(&hostile, &"a".repeat(2000)));
    }
}
