//! What judging recorded traffic has shown, as data that every renderer shares.

pub mod files;
mod html;
pub mod human;
mod junit;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use bellwether_model::rules::{Evidence, Rule};
use serde::Serialize;

use crate::follow::{Contradiction, Counts, Judged};

/// The name of the target that the model is about.
pub const AWS: &str = "aws";

/// The version of the JSON output's shape.
pub const SCHEMA: u32 = 1;

/// The result of `judge`, as its JSON output has it.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// The name of the target that was recorded.
    pub target: String,
    /// `diverges`, `conforms`, or `inconclusive` if nothing was judged.
    pub verdict: &'static str,
    /// Whether warnings fail too.
    pub strict: bool,
    /// The files that were read.
    pub files: Vec<FileReport>,
    /// The events in them.
    pub events: u64,
    /// The events whose answers were judged.
    pub judged: u64,
    /// The accounts whose calls are in them.
    pub accounts: usize,
    /// The events that were not judged, by reason.
    pub unjudged: BTreeMap<String, u64>,
    /// The events of operations that are not followed.
    pub skipped: BTreeMap<String, u64>,
    /// The rules that answers were held against.
    pub rules: BTreeMap<&'static str, Counts>,
    /// The contradictions, one of each rule, kind and operation.
    pub contradictions: Vec<ContradictionReport>,
    /// What can't be read, the first of it.
    pub unreadable: Vec<String>,
    /// The number of all that can't be read.
    pub unreadable_count: u64,
    /// The number of times that what was known of accounts was forgotten, since too much had been made.
    pub forgotten: u64,
    /// The duration.
    pub seconds: f64,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its path.
    pub file: String,
    /// Its format.
    pub format: &'static str,
    /// What its format lacks.
    pub lacks: &'static str,
}

/// A contradiction.
#[derive(Clone, Debug, Serialize)]
pub struct ContradictionReport {
    /// A name for it, by its rule, kind and operation.
    pub id: String,
    /// The name of the rule.
    pub rule: &'static str,
    /// The sentence of the rule.
    pub says: &'static str,
    /// The evidence for it.
    pub evidence: Evidence,
    /// Its sources.
    pub sources: Vec<&'static str>,
    /// The kind of difference.
    pub kind: &'static str,
    /// The operation whose answer it is.
    pub operation: &'static str,
    /// The expected part.
    pub expected: String,
    /// The observed part.
    pub observed: String,
    /// What is contradicted: `model` if AWS itself was recorded, else `target`.
    pub about: &'static str,
    /// The number of them.
    pub count: u64,
    /// The place of the first of them.
    pub place: String,
    /// The calls that led to the first, the last of which was answered so.
    pub calls: Vec<String>,
    /// The same as a scenario, where one can be made.
    pub scenario: Option<String>,
}

impl Report {
    /// The report of what was judged of these files.
    #[must_use]
    pub fn of(
        target: &str,
        strict: bool,
        files: Vec<FileReport>,
        judged: Judged,
        seconds: f64,
    ) -> Self {
        let about = if target == AWS { "model" } else { "target" };
        let Judged { tally, unreadable, unreadable_count, callers, forgotten } = judged;
        let verdict = match (tally.fails(strict), tally.judged) {
            (true, _) => "diverges",
            (false, 0) => "inconclusive",
            (false, _) => "conforms",
        };
        let mut contradictions: Vec<_> =
            tally.contradictions.into_iter().map(|it| ContradictionReport::of(it, about)).collect();
        contradictions.sort_by_key(ContradictionReport::is_warning);
        Self {
            schema: SCHEMA,
            bellwether: env!("CARGO_PKG_VERSION"),
            target: target.to_owned(),
            verdict,
            strict,
            files,
            events: tally.events,
            judged: tally.judged,
            accounts: callers,
            unjudged: tally.unjudged,
            skipped: tally.skipped,
            rules: tally.rules,
            contradictions,
            unreadable: unreadable.iter().map(ToString::to_string).collect(),
            unreadable_count,
            forgotten,
            seconds: (seconds * 1000.0).round() / 1000.0,
        }
    }

    /// Whether a contradiction fails the run.
    #[must_use]
    pub fn is_failure(&self, contradiction: &ContradictionReport) -> bool {
        self.strict || !contradiction.is_warning()
    }

    /// The state of a rule: `diverges`, `advice`, `conforms` or `unexercised`.
    #[must_use]
    pub fn state(&self, rule: &Rule) -> &'static str {
        let counts = self.rules.get(rule.name).copied().unwrap_or_default();
        match (counts.contradicted, counts.held) {
            (0, 0) => "unexercised",
            (0, _) => "conforms",
            _ if rule.evidence.is_firm() => "diverges",
            _ => "advice",
        }
    }

    /// The formats of the files, each with what it lacks and the number of its files.
    #[must_use]
    pub fn formats(&self) -> BTreeMap<&'static str, (&'static str, usize)> {
        let mut formats = BTreeMap::new();
        for file in &self.files {
            formats.entry(file.format).or_insert((file.lacks, 0)).1 += 1;
        }
        formats
    }

    /// The number of messages of what can't be read that are not kept.
    #[must_use]
    pub fn unreadable_beside(&self) -> u64 {
        self.unreadable_count.saturating_sub(self.unreadable.len() as u64)
    }

    /// The verdict as a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.verdict, self.target.as_str()) {
            ("diverges", AWS) => "AWS contradicts the model".to_owned(),
            ("conforms", AWS) => "AWS does as the model says, as far as this was judged".to_owned(),
            ("diverges", target) => format!("{target} diverges from AWS"),
            ("conforms", target) => {
                format!("{target} conforms to AWS, as far as this was judged")
            }
            (_, target) => format!("{target} can't be judged by this history"),
        }
    }

    /// The extent of the history as a sentence without its full stop.
    #[must_use]
    pub fn extent(&self) -> String {
        let skipped: u64 = self.skipped.values().sum();
        let unjudged: u64 = self.unjudged.values().sum();
        format!(
            "{} events of {} accounts: {} judged, {unjudged} not judged, {skipped} of operations that are not \
             followed",
            self.events, self.accounts, self.judged
        )
    }

    /// The reasons for which events were not judged, the most frequent first.
    #[must_use]
    pub fn reasons(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<_> =
            self.unjudged.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
        reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
        reasons
    }
}

impl ContradictionReport {
    fn of(found: Contradiction, about: &'static str) -> Self {
        let Contradiction { rule, difference, operation, .. } = found;
        let kind = difference.as_str();
        Self {
            id: format!("{}-{kind}-{operation}", rule.name.replace('/', "-")),
            rule: rule.name,
            says: rule.says,
            evidence: rule.evidence,
            sources: rule.sources.iter().map(|source| source.place).collect(),
            kind,
            operation,
            expected: found.expected,
            observed: found.observed,
            about,
            count: found.count,
            place: found.place.to_string(),
            calls: found.calls,
            scenario: found.scenario,
        }
    }

    /// Whether it is a warning: the rule that it contradicts is an inferred one.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        !self.evidence.is_firm()
    }

    /// The calls that led to it: the scenario, where there is one.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let scenario = self.scenario.iter().flat_map(|scenario| scenario.lines());
        let calls = self.calls.iter().map(String::as_str);
        scenario.chain(calls.filter(|_| self.scenario.is_none()))
    }
}
