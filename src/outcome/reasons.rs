//! The reasons why cases were inconclusive, grouped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The number of cases of each reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons(BTreeMap<String, u64>);

/// The longest reason, in characters.
const LONGEST: usize = 200;

/// The fewest characters of a word that is taken for an id if it has digits.
const ID_LENGTH: usize = 8;

impl Reasons {
    /// Counts a case.
    pub fn add(&mut self, why: &str) {
        *self.0.entry(without_ids(why)).or_default() += 1;
    }

    /// Adds the reasons of another part of the run.
    pub fn merge(&mut self, other: Self) {
        for (why, cases) in other.0 {
            *self.0.entry(why).or_default() += cases;
        }
    }

    /// The reasons, the most frequent first.
    #[must_use]
    pub fn by_count(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<_> =
            self.0.iter().map(|(why, cases)| (why.as_str(), *cases)).collect();
        reasons.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
        reasons
    }
}

/// The first line of a reason, with `...` for each word that is an id: two cases have other ids, and the same
/// reason.
#[must_use]
pub fn without_ids(why: &str) -> String {
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let mut text = String::new();
    let mut word = String::new();
    let line = why.lines().next().unwrap_or_default().chars().take(LONGEST);
    for it in line.chain(['\n']) {
        if is_word(it) {
            word.push(it);
            continue;
        }
        let is_id = word.len() >= ID_LENGTH && word.bytes().any(|byte| byte.is_ascii_digit());
        text.push_str(if is_id { "..." } else { &word });
        word.clear();
        text.push(it);
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_that_differ_in_ids_alone_are_one() {
        let mut reasons = Reasons::default();
        reasons.add("CreateVpc: HTTP 500 request 8f14e45f-ceea-467f");
        reasons.add("CreateSubnet: HTTP 500");
        reasons.add("CreateVpc: HTTP 500 request 99999999-ceea-4671\nand more");
        let expected = [("CreateVpc: HTTP 500 request ...", 2), ("CreateSubnet: HTTP 500", 1)];
        assert_eq!(reasons.by_count(), expected);
    }

    #[test]
    fn a_status_and_a_name_with_digits_are_kept() {
        assert_eq!(without_ids("HTTP 502 from route53 twice"), "HTTP 502 from route53 twice");
    }
}
