//! A divergence in a report.

use std::collections::BTreeSet;
use std::path::Path;

use bellwether_model::answer::Key;
use bellwether_model::judge::{ExpectedPart, ObservedPart};
use bellwether_model::rules::{self, Evidence, Rule};
use serde::{Deserialize, Serialize};

use super::phrase;
use crate::counterexample::Counterexample;
use crate::counterexample::rate::Rate;
use crate::outcome::Outcome;
use crate::run::Finding;
use crate::scenario::{Item, Parsed};
use crate::store::scenario_file;
use crate::subject::types_of;
use crate::target::Target;
use crate::targets::quoted;

/// A divergence.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DivergenceReport {
    /// Its name: its origin, in one word.
    pub id: String,
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// The rule's sentence.
    pub says: &'static str,
    /// The kind of divergence.
    pub kind: &'static str,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The part that the caller plays.
    pub actor_role: &'static str,
    /// The field that is wrong, if one is.
    pub field: Option<&'static str>,
    /// The types of the resources with which it showed, if it is about resources that RAM can share.
    pub types: BTreeSet<&'static str>,
    /// The rule by which the call would have been answered, where it is not answered at all.
    pub expected_rule: Option<&'static str>,
    /// The account to which it shows.
    pub actor: String,
    /// The line of the scenario, counted from 1, of the step in whose answer, or after which, it shows.
    pub after_line: usize,
    /// The line of the scenario that shows it.
    pub line: usize,
    /// The resource that is listed though it must not be, or is not listed though it must be.
    pub listed: Option<ListedReport>,
    /// The expected answer or row.
    pub expected: String,
    /// The observed answer or row.
    pub observed: String,
    /// The evidence for the rule.
    #[cfg_attr(test, schemars(with = "String"))]
    pub evidence: Evidence,
    /// Whether it is a warning: the rule is inferred only.
    pub advice: bool,
    /// The sources of the rule: the place of each, and what it says.
    #[cfg_attr(test, schemars(with = "Vec<std::collections::BTreeMap<String, String>>"))]
    pub sources: &'static [rules::Source],
    /// The steps of the scenario.
    pub steps: usize,
    /// The scenario.
    pub scenario: String,
    /// The requests of the run when it was found.
    pub requests_to_find: u64,
    /// The requests that shrinking it took.
    pub requests_to_shrink: u64,
    /// The rate at which it shows, if some plays show it and others do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The command that replays the scenario.
    pub replay: String,
}

/// A resource in a list, expected and observed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListedReport {
    /// The resource, by its name in the scenario.
    pub resource: String,
    /// Whether it has to be listed.
    pub expected: bool,
    /// Whether it is listed.
    pub observed: bool,
}

impl DivergenceReport {
    /// The same with the other types of resources with which the run saw it.
    pub(super) fn seen_in(mut self, outcome: &Outcome, found: &Counterexample) -> Self {
        let others = outcome.types.get(&found.finding.origin());
        self.types.extend(others.into_iter().flatten());
        self
    }

    pub(super) fn of(target: &Target, folder: Option<&Path>, found: &Counterexample) -> Self {
        let rule = found.rule();
        let finding = &found.finding;
        let origin = &finding.origin();
        let id = found.id();
        let scenario = found.scenario.to_string();
        let (after_line, line) = lines(&id, &scenario, finding);
        Self {
            rule: rule.name,
            says: rule.says,
            kind: origin.difference.as_str(),
            operation: origin.operation,
            actor_role: origin.role.as_str(),
            field: origin.field,
            types: types_of(&found.case, finding),
            expected_rule: match &finding.divergence.expected {
                ExpectedPart::Answered { because, .. } => Some(because.name),
                ExpectedPart::Granted
                | ExpectedPart::Refused(_)
                | ExpectedPart::Listed
                | ExpectedPart::NotListed
                | ExpectedPart::Field { .. } => None,
            },
            actor: actor(found),
            after_line,
            line,
            listed: listed(finding),
            expected: phrase::expected(&finding.divergence),
            observed: phrase::observed(&finding.divergence),
            evidence: rule.evidence,
            advice: !rule.evidence.is_firm(),
            sources: rule.sources,
            steps: found.case.steps().len(),
            scenario,
            requests_to_find: found.requests_to_find,
            requests_to_shrink: found.requests_to_shrink,
            rate: found.rate,
            replay: replay(&id, folder, &target.arguments, rule),
            id,
        }
    }
}

/// The account to which a divergence shows.
fn actor(found: &Counterexample) -> String {
    let read = found.finding.view_read.as_ref().map(|read| read.account);
    let caller = || found.case.steps().get(found.finding.step).map(|step| step.actor);
    read.or_else(caller).map_or_else(String::new, |account| account.to_string())
}

/// The line of the step in whose answer or after which a divergence shows, and the line that shows it. A
/// counterexample parses: that was checked before.
fn lines(id: &str, scenario: &str, finding: &Finding) -> (usize, usize) {
    let Ok(parsed) = Parsed::read(id, scenario) else { return (1, 1) };
    let mut steps = parsed.lined().filter(|(_, item)| matches!(item, Item::Step(_)));
    let step = steps.nth(finding.step).map_or(1, |(line, _)| line);
    let last = parsed.lines.last().copied().unwrap_or(step);
    (step, if finding.view_read.is_some() { last } else { step })
}

fn listed(finding: &Finding) -> Option<ListedReport> {
    let divergence = &finding.divergence;
    let Some(Key::Resource(name)) = &divergence.key else { return None };
    let expected = match divergence.expected {
        ExpectedPart::Listed => true,
        ExpectedPart::NotListed => false,
        ExpectedPart::Granted
        | ExpectedPart::Answered { .. }
        | ExpectedPart::Refused(_)
        | ExpectedPart::Field { .. } => return None,
    };
    let observed = match divergence.observed {
        ObservedPart::Listed => true,
        ObservedPart::NotListed => false,
        ObservedPart::Granted
        | ObservedPart::EmptyList
        | ObservedPart::Refused { .. }
        | ObservedPart::Unreadable(_)
        | ObservedPart::NoAnswer(_)
        | ObservedPart::Field { .. } => return None,
    };
    Some(ListedReport { resource: name.to_string(), expected, observed })
}

/// The command that replays a divergence, and fails as long as it shows.
pub(super) fn replay(id: &str, folder: Option<&Path>, arguments: &str, rule: &Rule) -> String {
    let file = scenario_file(id);
    let path =
        folder.map_or_else(|| file.clone(), |folder| folder.join(&file).display().to_string());
    let strict = if rule.evidence.is_firm() { "" } else { " --strict" };
    format!("bellwether replay {} {arguments}{strict}", quoted(&path))
}
