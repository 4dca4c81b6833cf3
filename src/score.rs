//! The scorecard: runs of several targets side by side, and what changed between runs of one target.
//!
//! It reads what `check --report` wrote and knows nothing else of the runs, so that runs of other
//! machines and of earlier versions can be compared.

pub mod badge;
pub mod markdown;
pub mod page;
pub mod terminal;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::report::SCHEMA;

/// The file of a report folder that holds the results.
pub const RESULTS: &str = "results.json";

/// A run, as its `results.json` has it; members that the scorecard does not need are left out.
#[derive(Clone, Debug, Deserialize)]
pub struct Run {
    schema: u32,
    /// The target.
    pub target: Target,
    /// `conforms`, `known`, `diverges` or `inconclusive`.
    pub verdict: String,
    /// The level that the target has reached; `None` if RAM does not answer, or in results of earlier versions.
    #[serde(default)]
    pub level: Option<String>,
    /// The seed of the drawn cases.
    pub seed: u64,
    /// The divergences found, warnings too.
    pub divergences: Vec<Divergence>,
    /// Every rule of the version that ran.
    pub rules: BTreeMap<String, Rule>,
    /// Every operation, and whether the target has it.
    pub operations: BTreeMap<String, bool>,
}

/// The target of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Its version, where known.
    pub version: Option<String>,
}

/// A divergence of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Divergence {
    /// Its origin, in one word.
    pub id: String,
    /// The rule that is broken.
    pub rule: String,
    /// Whether it is a warning.
    pub advice: bool,
}

/// A rule after a run.
#[derive(Copy, Clone, Debug, Deserialize)]
pub struct Rule {
    /// Its state.
    pub state: State,
}

/// The state of a rule after a run.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A firm rule is broken.
    Diverges,
    /// A firm rule is broken, which was known before.
    Known,
    /// A rule that is inferred only is broken.
    Advice,
    /// It was tested, and held.
    Conforms,
    /// No public source settles it.
    Open,
    /// Nothing tested it.
    Unexercised,
    /// The target has nothing that could test it.
    Unimplemented,
}

impl State {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Diverges,
        Self::Known,
        Self::Advice,
        Self::Conforms,
        Self::Open,
        Self::Unexercised,
        Self::Unimplemented,
    ];

    /// The word for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Diverges => "diverges",
            Self::Known => "known",
            Self::Advice => "warning",
            Self::Conforms => "conforms",
            Self::Open => "open",
            Self::Unexercised => "unexercised",
            Self::Unimplemented => "unimplemented",
        }
    }

    /// The word of results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Diverges
            | Self::Known
            | Self::Conforms
            | Self::Open
            | Self::Unexercised
            | Self::Unimplemented => self.as_str(),
        }
    }

    /// Whether the run tells if the rule holds.
    #[must_use]
    pub fn is_judged(self) -> bool {
        matches!(self, Self::Diverges | Self::Known | Self::Advice | Self::Conforms)
    }
}

/// The reason that a run can't be read.
#[derive(Debug, thiserror::Error)]
#[error("failed to read {}: {cause}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// The reason, with line and column if it is not what it should be.
    pub cause: String,
}

impl Run {
    /// Reads a run from a report folder, or from its `results.json`.
    ///
    /// # Errors
    ///
    /// There is no such file, it is not a result of `check`, or one of another schema.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let path = if path.is_dir() { path.join(RESULTS) } else { path.to_owned() };
        let failed = |cause: String| ReadError { path: path.clone(), cause };
        let text = std::fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
        let run: Self = serde_json::from_str(&text)
            .map_err(|error| failed(format!("it is not a result of `check`: {error}")))?;
        if run.schema != SCHEMA {
            let (theirs, ours) = (run.schema, SCHEMA);
            return Err(failed(format!("its schema is {theirs}; this version reads {ours}")));
        }
        Ok(run)
    }

    /// Returns the numbers of rules that hold, and of those that were judged, in a topic or in all.
    #[must_use]
    pub fn score(&self, topic: Option<&str>) -> Score {
        let of_topic = |name: &str| topic.is_none_or(|topic| topic_of(name) == topic);
        let states = self.rules.iter().filter(|(name, _)| of_topic(name)).map(|(_, it)| it.state);
        let judged: Vec<State> = states.filter(|state| state.is_judged()).collect();
        let hold = judged.iter().filter(|state| **state == State::Conforms).count();
        Score { hold, judged: judged.len() }
    }
}

/// The rules that hold among those that were judged.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The rules that hold.
    pub hold: usize,
    /// The rules that were judged.
    pub judged: usize,
}

impl fmt::Display for Score {
    /// Writes `12/15`, or `-` if nothing was judged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.judged == 0 { f.write_str("-") } else { write!(f, "{}/{}", self.hold, self.judged) }
    }
}

/// Returns the topic of a rule.
fn topic_of(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(topic, _)| topic)
}

/// Runs side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Scorecard {
    /// The runs, in the order in which they were given.
    pub runs: Vec<Column>,
    /// The scores by topic.
    pub topics: Vec<Row<Score>>,
    /// The scores over all topics.
    pub total: Vec<Score>,
    /// The states of rules, without those that no run judged.
    pub rules: Vec<Row<Option<State>>>,
    /// What changed from each run of a target to its next.
    pub changes: Vec<Change>,
}

/// A run at the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its name in the table: its target, with version and number where another run bears the same.
    pub label: String,
    /// The target.
    pub target: String,
    /// The target's version, where known.
    pub version: Option<String>,
    /// `conforms`, `known`, `diverges` or `inconclusive`.
    pub verdict: String,
    /// The level that the target has reached, where the run says so.
    pub level: Option<String>,
    /// The divergences from firm rules.
    pub divergences: usize,
}

impl Column {
    /// The level for people, `-` if there is none.
    fn level(&self) -> &str {
        self.level.as_deref().unwrap_or("-")
    }
}

/// A row: a value for each run.
#[derive(Clone, Debug, Serialize)]
pub struct Row<T> {
    /// The topic or rule.
    pub name: String,
    /// The values, in the order of the runs.
    pub values: Vec<T>,
}

/// The difference between a run and the next one of the same target.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The label of the earlier run.
    pub from: String,
    /// The label of the later run.
    pub to: String,
    /// Rules that diverged and conform now.
    pub better: Vec<String>,
    /// Rules that conformed and diverge now.
    pub worse: Vec<String>,
    /// Operations that were missing and are there now.
    pub gained: Vec<String>,
    /// Operations that were there and are missing now.
    pub lost: Vec<String>,
    /// Divergences that the earlier run did not report, of rules that did not conform in it. Another
    /// seed may be all that they owe to.
    pub also_found: Vec<String>,
}

impl Change {
    /// Whether the target does worse what it did: a rule broke, or an operation is gone.
    #[must_use]
    pub fn is_regression(&self) -> bool {
        !self.worse.is_empty() || !self.lost.is_empty()
    }
}

impl Scorecard {
    /// Puts runs side by side.
    #[must_use]
    pub fn of(runs: &[Run]) -> Self {
        let labels = labels(runs);
        let names: BTreeSet<&str> =
            runs.iter().flat_map(|run| run.rules.keys()).map(String::as_str).collect();
        let topics: BTreeSet<&str> = names.iter().map(|rule| topic_of(rule)).collect();
        let judged = |row: &Row<Option<State>>| {
            row.values.iter().any(|state| state.is_some_and(State::is_judged))
        };
        Self {
            topics: topics
                .into_iter()
                .map(|topic| Row {
                    name: topic.to_owned(),
                    values: runs.iter().map(|run| run.score(Some(topic))).collect(),
                })
                .filter(|row| row.values.iter().any(|score| score.judged > 0))
                .collect(),
            total: runs.iter().map(|run| run.score(None)).collect(),
            rules: names
                .into_iter()
                .map(|name| Row {
                    name: name.to_owned(),
                    values: runs.iter().map(|run| Some(run.rules.get(name)?.state)).collect(),
                })
                .filter(judged)
                .collect(),
            changes: changes(runs, &labels),
            runs: runs
                .iter()
                .zip(labels)
                .map(|(run, label)| Column {
                    label,
                    target: run.target.name.clone(),
                    version: run.target.version.clone(),
                    verdict: run.verdict.clone(),
                    level: run.level.clone(),
                    divergences: run.divergences.iter().filter(|it| !it.advice).count(),
                })
                .collect(),
        }
    }

    /// Whether a target does worse in a run than in its run before.
    #[must_use]
    pub fn has_regression(&self) -> bool {
        self.changes.iter().any(Change::is_regression)
    }

    /// Returns the rules on which the runs differ, or that one of them breaks.
    pub fn telling(&self) -> impl Iterator<Item = &Row<Option<State>>> {
        let is_broken = |state: &Option<State>| {
            matches!(state, Some(State::Diverges | State::Known | State::Advice))
        };
        self.rules.iter().filter(move |row| row.values.iter().any(is_broken))
    }
}

/// Returns a label for each run: the target's name, its version where known, and a number where that is not
/// enough to tell it from another.
fn labels(runs: &[Run]) -> Vec<String> {
    let plain = |run: &Run| {
        let version = run.target.version.iter().map(|version| format!(" {version}"));
        std::iter::once(run.target.name.clone()).chain(version).collect::<String>()
    };
    let all: Vec<String> = runs.iter().map(plain).collect();
    let number = |at: usize| all[..=at].iter().filter(|it| **it == all[at]).count();
    let is_alone = |at: usize| all.iter().filter(|it| **it == all[at]).count() == 1;
    (0..all.len())
        .map(
            |at| {
                if is_alone(at) { all[at].clone() } else { format!("{} #{}", all[at], number(at)) }
            },
        )
        .collect()
}

/// Returns what changed from each run to the next of the same target.
fn changes(runs: &[Run], labels: &[String]) -> Vec<Change> {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let mut changes = Vec::new();
    for (to, run) in runs.iter().enumerate() {
        if let Some(from) = last.insert(&run.target.name, to) {
            changes.push(change((&runs[from], &labels[from]), (run, &labels[to])));
        }
    }
    changes
}

fn change((before, from): (&Run, &str), (after, to): (&Run, &str)) -> Change {
    let turned = |was: &[State], is: &[State]| {
        let rules = after.rules.iter().filter(|(name, now)| {
            before.rules.get(*name).is_some_and(|then| was.contains(&then.state))
                && is.contains(&now.state)
        });
        rules.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let broken = [State::Diverges, State::Known];
    let worse = turned(&[State::Conforms], &broken);
    let switched = |to: bool| {
        let operations = after
            .operations
            .iter()
            .filter(|(name, has)| **has == to && before.operations.get(*name) == Some(&!to));
        operations.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let known: BTreeSet<&str> = before.divergences.iter().map(|it| it.id.as_str()).collect();
    let is_new = |it: &&Divergence| {
        !it.advice && !known.contains(it.id.as_str()) && !worse.contains(&it.rule)
    };
    Change {
        from: from.to_owned(),
        to: to.to_owned(),
        also_found: after.divergences.iter().filter(is_new).map(|it| it.id.clone()).collect(),
        better: turned(&broken, &[State::Conforms]),
        gained: switched(true),
        lost: switched(false),
        worse,
    }
}

#[cfg(test)]
mod tests;
