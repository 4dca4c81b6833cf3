//! Reports: what a run found, as data that every renderer shares.

mod divergence;
pub mod files;
pub(crate) mod html;
pub mod human;
pub(crate) mod junit;
pub mod phrase;
pub mod progress;
mod sarif;
pub mod shard;
pub mod summary;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use bellwether_model::Assumption;
use bellwether_model::rules::{self, Evidence, Rule};
use serde::{Deserialize, Serialize};

use crate::capabilities::Capabilities;
use crate::check::Options;
use crate::counterexample::Counterexample;
use crate::known::Entry;
use crate::levels::{Evidenced, Ladder, Level};
use crate::outcome::{EndedEarly, Followed, Outcome, State, StoredPlay};
use crate::run::{Faults, Role};
use crate::target::Target;

pub use divergence::{DivergenceReport, ListedReport};

/// The name for all of AWS Organizations among the missing capabilities.
pub const ORGANIZATIONS: &str = "organizations";

/// The version of the JSON output's shape.
pub const SCHEMA: u32 = 1;

/// The result of `check`, as its JSON output has it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// The target.
    pub target: TargetReport,
    /// The assumptions made of it, against AWS.
    pub assume: Vec<&'static str>,
    /// The seed of the drawn cases.
    pub seed: u64,
    /// The suites and cases played.
    pub cases: u64,
    /// The steps sent.
    pub steps: u64,
    /// The requests sent, for probing and shrinking too.
    pub requests: u64,
    /// The duration.
    pub seconds: f64,
    /// Whether the run has ended: one that goes on, or was killed, has not.
    pub ended: bool,
    /// The level that the target has reached; `None` if RAM does not answer.
    pub level: Option<Level>,
    /// All levels, lowest first, with what each lacks.
    pub levels: Ladder,
    /// `conforms`, `known` if it diverges as it is known to and not otherwise, `diverges` or `inconclusive`.
    pub verdict: &'static str,
    /// Whether warnings fail the run too.
    pub strict: bool,
    /// The moment at which the run was over.
    pub ended_at: String,
    /// The limits that the run was given.
    pub budget: BudgetReport,
    /// The reason that it is inconclusive, if it is.
    pub reasons: Vec<String>,
    /// The suites and cases that were inconclusive because of transient faults.
    pub inconclusive_cases: u64,
    /// The number of inconclusive suites and cases by reason, the most frequent first.
    pub inconclusive_reasons: Vec<ReasonReport>,
    /// The reason that the run ended early, and what it left undone, if so.
    pub ended_early: Option<EndedEarly>,
    /// The glob of the rules whose divergences are reported, if not all are.
    pub rule: Option<String>,
    /// A sentence about a systemic fault of the target, if it has one.
    pub systemic: Option<String>,
    /// One of each origin, worst first; warnings last.
    pub divergences: Vec<DivergenceReport>,
    /// The known divergences, in the order of their file.
    pub known: Vec<KnownReport>,
    /// Findings that did not show again, which prove nothing.
    pub flaky: Vec<FlakyReport>,
    /// Findings that could not be confirmed, which claim nothing.
    pub unconfirmed: Vec<UnconfirmedReport>,
    /// The scenarios of earlier runs, each with whether it showed its divergence again.
    pub stored: Vec<StoredPlay>,
    /// Every rule with its state.
    pub rules: BTreeMap<&'static str, RuleReport>,
    /// Every operation with whether the target has it.
    pub operations: BTreeMap<&'static str, bool>,
    /// The missing capabilities, each with the answer that shows it.
    pub missing: BTreeMap<String, String>,
    /// The target's answers where a rule is open.
    pub open: Vec<OpenReport>,
    /// The time until changes were seen, in milliseconds, by the rule that makes them seen.
    pub settling: BTreeMap<&'static str, SettlingReport>,
    /// The transient faults met, by cause.
    #[cfg_attr(test, schemars(with = "BTreeMap<String, tests::FaultsShape>"))]
    pub faults_met: BTreeMap<&'static str, Faults>,
}

/// The limits of a run.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BudgetReport {
    /// The number of cases to draw after the suites.
    pub cases: u64,
    /// The steps that a case has at most.
    pub steps: usize,
    /// The requests after which no new case is begun.
    pub requests: Option<u64>,
    /// The time after which no new case is begun.
    pub seconds: Option<u64>,
}

/// The target that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetReport {
    /// Its name.
    pub name: String,
    /// Its endpoint.
    pub endpoint: String,
    /// Its version, where known.
    pub version: Option<String>,
    /// The longest time that it may take to show a change, as `--bound` takes it.
    pub bound: String,
    /// Whether the run has measured that bound.
    pub bound_is_measured: bool,
}

/// The divergences of one rule.
#[derive(Clone, Debug)]
pub struct Group<'r> {
    /// The name of the rule.
    pub rule: &'static str,
    /// Its divergences, worst first; at least one.
    pub divergences: Vec<&'r DivergenceReport>,
}

/// A finding that did not show again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlakyReport {
    /// The divergence that it would have been.
    #[serde(flatten)]
    pub divergence: DivergenceReport,
    /// The number of plays of the whole case that showed it again.
    pub seen: u32,
    /// The number of plays of the whole case.
    pub tries: u32,
}

/// A known divergence.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KnownReport {
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// The kind of divergence.
    pub kind: &'static str,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The part that the caller plays; any if `None`.
    pub actor_role: Option<&'static str>,
    /// The field that is wrong; any, or none, if `None`.
    pub field: Option<String>,
    /// The type of resource that it is about; any, or none, if `None`.
    #[serde(rename = "type")]
    pub of_type: Option<&'static str>,
    /// The reason that it is accepted.
    pub reason: String,
    /// The place where it is followed up.
    pub link: String,
    /// `shows`, `no-longer-shows` or `untested`.
    pub state: &'static str,
    /// The number of plays that showed it.
    pub shown: u64,
    /// The reason that it was not put to the test, if so.
    pub untested: Option<String>,
}

/// A finding that could not be confirmed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnconfirmedReport {
    /// The divergence that it may be.
    #[serde(flatten)]
    pub divergence: DivergenceReport,
    /// The reason that it could not be confirmed.
    pub why: String,
}

/// A reason why suites and cases were inconclusive.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReasonReport {
    /// The reason.
    pub reason: String,
    /// Their number.
    pub cases: u64,
}

/// The state of a rule after a run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleReport {
    /// `conforms`, `diverges`, `advice`, `known`, `open`, `unexercised` or `unimplemented`.
    pub state: &'static str,
    /// The number of observations that tested it.
    pub reached: u64,
}

/// The target's answers where a rule is open.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpenReport {
    /// The rule.
    pub rule: &'static str,
    /// The question that only AWS can answer.
    pub question: &'static str,
    /// The operation.
    pub operation: String,
    /// `granted`, the code, or the row of a list.
    pub answer: String,
    /// The number of such answers.
    pub times: u64,
}

/// The time until views settled.
#[derive(Copy, Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SettlingReport {
    /// Half of them took no longer.
    pub p50: u32,
    /// Nineteen of twenty took no longer.
    pub p95: u32,
    /// None took longer.
    pub max: u32,
}

/// What a run was asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Order {
    /// The version of Bellwether.
    bellwether: &'static str,
    target: TargetReport,
    assume: Vec<&'static str>,
    seed: u64,
    budget: BudgetReport,
    rule: Option<String>,
}

impl Order {
    fn of(target: &Target, options: &Options, outcome: &Outcome) -> Self {
        Self {
            bellwether: env!("CARGO_PKG_VERSION"),
            target: TargetReport {
                name: target.name.clone(),
                endpoint: target.connection.url().to_owned(),
                version: None,
                bound: outcome.bound.unwrap_or(target.bound).to_string(),
                bound_is_measured: outcome.bound.is_some(),
            },
            assume: target.assumptions.iter().map(Assumption::as_str).collect(),
            seed: options.seed,
            budget: BudgetReport::of(options),
            rule: options.rule.as_ref().map(|glob| glob.glob().glob().to_owned()),
        }
    }
}

/// The findings of a run, as its report has them.
struct FindingReports {
    divergences: Vec<DivergenceReport>,
    known: Vec<KnownReport>,
    flaky: Vec<FlakyReport>,
    unconfirmed: Vec<UnconfirmedReport>,
}

impl FindingReports {
    fn of(target: &Target, outcome: &Outcome, folder: Option<&Path>) -> Self {
        let report = |found: &Counterexample| DivergenceReport::of(target, folder, found);
        let divergences = outcome.divergences.iter();
        let divergences = divergences.map(|found| report(found).seen_in(outcome, found));
        let flaky = outcome.flaky.iter().map(|(found, seen, tries)| FlakyReport {
            divergence: report(found),
            seen: *seen,
            tries: *tries,
        });
        let unconfirmed = outcome.unconfirmed.iter();
        let unconfirmed = unconfirmed
            .map(|(found, why)| UnconfirmedReport { divergence: report(found), why: why.clone() });
        Self {
            divergences: divergences.collect(),
            known: outcome.known.iter().map(KnownReport::of).collect(),
            flaky: flaky.collect(),
            unconfirmed: unconfirmed.collect(),
        }
    }
}

impl Report {
    /// The report of an outcome. `folder` is where the counterexamples are saved, if they are.
    #[must_use]
    pub fn of(
        target: &Target,
        options: &Options,
        outcome: &Outcome,
        folder: Option<&Path>,
    ) -> Self {
        let findings = FindingReports::of(target, outcome, folder);
        Self::made(Order::of(target, options, outcome), outcome, findings)
    }

    /// The report of a run that was asked for this and found that; the outcome gives all else.
    fn made(order: Order, outcome: &Outcome, findings: FindingReports) -> Self {
        let rules = rules::all().map(|rule| (rule.name, RuleReport::of(rule, outcome, &findings)));
        let rules = rules.collect();
        let levels = levels(outcome, &findings, &rules);
        let FindingReports { mut divergences, known, flaky, unconfirmed } = findings;
        divergences.sort_by_key(|divergence| divergence.advice);
        let inconclusive = outcome.inconclusive_reasons.by_count().into_iter();
        let inconclusive =
            inconclusive.map(|(reason, cases)| ReasonReport { reason: reason.to_owned(), cases });
        let reasons = reasons(outcome);
        let firm = divergences.iter().any(|divergence| !divergence.advice);
        let verdict = match (firm, reasons.is_empty()) {
            (true, _) => "diverges",
            (false, true) if known.iter().any(|it| it.state == SHOWS) => "known",
            (false, true) => "conforms",
            (false, false) => "inconclusive",
        };
        let settling = outcome.tally.settling().iter();
        Self {
            schema: SCHEMA,
            bellwether: order.bellwether,
            assume: order.assume,
            target: order.target,
            seed: order.seed,
            cases: outcome.cases,
            steps: outcome.steps,
            requests: outcome.requests,
            level: levels.level(),
            levels,
            seconds: (outcome.elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
            ended: outcome.ended,
            verdict,
            strict: false,
            ended_at: now(),
            budget: order.budget,
            reasons,
            inconclusive_cases: outcome.inconclusive,
            inconclusive_reasons: inconclusive.collect(),
            ended_early: outcome.ended_early.clone(),
            rule: order.rule,
            systemic: outcome.tally.systemic(),
            divergences,
            known,
            flaky,
            unconfirmed,
            stored: outcome.stored.clone(),
            rules,
            operations: outcome.capabilities.operations(),
            missing: missing(&outcome.capabilities),
            open: open(outcome),
            settling: settling.map(|(rule, times)| (*rule, quantiles(times))).collect(),
            faults_met: outcome.tally.faults_met(),
        }
    }

    /// Whether the run fails: on a firm divergence, or on a warning too if `strict`.
    #[must_use]
    pub fn fails(&self, strict: bool) -> bool {
        self.divergences.iter().any(|divergence| strict || !divergence.advice)
    }

    /// The known divergences that no longer show.
    pub fn gone(&self) -> impl Iterator<Item = &KnownReport> {
        self.known.iter().filter(|it| it.state == GONE)
    }

    /// Returns the divergences by rule, the rule of the worst first.
    #[must_use]
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for divergence in &self.divergences {
            match groups.iter_mut().find(|group| group.rule == divergence.rule) {
                Some(group) => group.divergences.push(divergence),
                None => {
                    groups.push(Group { rule: divergence.rule, divergences: vec![divergence] });
                }
            }
        }
        groups
    }

    /// Whether a divergence fails the run.
    #[must_use]
    pub fn is_failure(&self, divergence: &DivergenceReport) -> bool {
        self.strict || !divergence.advice
    }

    /// Returns the number of rules in a state.
    #[must_use]
    pub fn rules_in(&self, state: &str) -> usize {
        self.rules.values().filter(|rule| rule.state == state).count()
    }
}

/// The time of the outside, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// Returns the reason that a run without divergences does not show conformance, if there is one.
fn reasons(outcome: &Outcome) -> Vec<String> {
    let mut reasons = Vec::new();
    if !outcome.ended {
        reasons.push("the run has not ended".to_owned());
    }
    if outcome.interrupted {
        reasons.push("the run was interrupted".to_owned());
    }
    if let Some(why) = &outcome.broken_off {
        reasons.push(format!("the run broke off: {why}"));
    }
    if let Some(why) = &outcome.organizations_lost {
        reasons.push(format!("from some case on no organization could be had: {why}"));
    }
    if !outcome.capabilities.has_sharing() {
        let how = outcome.capabilities.missing.get("CreateResourceShare");
        let how = how.map_or("", String::as_str);
        reasons.push(format!(
            "the target has no CreateResourceShare, so nothing can be shared: {how}"
        ));
    }
    let failed = outcome.inconclusive;
    if failed * 2 > outcome.cases && outcome.broken_off.is_none() {
        let first = outcome.first_inconclusive.as_deref().unwrap_or_default();
        reasons.push(format!(
            "{failed} of {} cases were inconclusive, the first with {first}",
            outcome.cases
        ));
    }
    if outcome.cases == 0 {
        reasons.push("nothing was played".to_owned());
    }
    reasons
}

/// Returns the missing operations, ways to call them, and organizations.
fn missing(capabilities: &Capabilities) -> BTreeMap<String, String> {
    let organizations = capabilities.no_organizations.iter();
    let organizations = organizations.map(|how| (ORGANIZATIONS.to_owned(), how.clone()));
    capabilities.missing.clone().into_iter().chain(organizations).collect()
}

/// The levels that the target has reached.
fn levels(
    outcome: &Outcome,
    findings: &FindingReports,
    rules: &BTreeMap<&'static str, RuleReport>,
) -> Ladder {
    let new = findings.divergences.iter().map(|found| (found.rule, found.operation));
    let shown = findings.known.iter().filter(|it| it.shown > 0);
    let all = new.chain(shown.map(|it| (it.rule, it.operation)));
    let is_firm = |rule: &str| rules::find(rule).is_some_and(|rule| rule.evidence.is_firm());
    let divergences: Vec<_> = all.filter(|(rule, _)| is_firm(rule)).collect();
    let states = rules.iter().map(|(name, rule)| (*name, rule.state)).collect();
    Ladder::shown(Evidenced {
        capabilities: &outcome.capabilities,
        states: &states,
        divergences: &divergences,
    })
}

fn open(outcome: &Outcome) -> Vec<OpenReport> {
    let mut open = Vec::new();
    for rule in rules::all().filter(|rule| rule.evidence == Evidence::Open) {
        for (operation, answer, times) in outcome.tally.answers_to(rule.name) {
            open.push(OpenReport {
                rule: rule.name,
                question: rule.question,
                operation: operation.to_owned(),
                answer: answer.to_owned(),
                times,
            });
        }
    }
    open
}

fn quantiles(times: &[u32]) -> SettlingReport {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| {
        let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
        sorted.get(place).copied().unwrap_or_default()
    };
    SettlingReport { p50: at(50), p95: at(95), max: at(100) }
}

/// The state of a known divergence that shows.
const SHOWS: &str = "shows";
/// The state of a known divergence that no longer shows.
const GONE: &str = "no-longer-shows";
/// The state of a known divergence that was not put to the test.
const UNTESTED: &str = "untested";

impl KnownReport {
    fn of(followed: &Followed) -> Self {
        let Entry { rule, kind, operation, role, field, of_type, reason, link, scenario: _ } =
            &followed.entry;
        let (state, untested) = match &followed.state {
            State::Shows => (SHOWS, None),
            State::Gone => (GONE, None),
            State::Untested(why) => (UNTESTED, Some(why.clone())),
        };
        Self {
            rule: rule.name,
            kind: kind.as_str(),
            operation,
            actor_role: role.map(Role::as_str),
            field: field.clone(),
            of_type: *of_type,
            reason: reason.clone(),
            link: link.clone(),
            state,
            shown: followed.shown,
            untested,
        }
    }
}

impl BudgetReport {
    fn of(options: &Options) -> Self {
        Self {
            cases: options.cases,
            steps: options.steps,
            requests: options.max_requests,
            seconds: options.max_time.map(|most| most.as_secs()),
        }
    }
}

impl RuleReport {
    fn of(rule: &'static Rule, outcome: &Outcome, findings: &FindingReports) -> Self {
        let conforming = outcome.tally.conforming(rule.name);
        let diverging = outcome.tally.diverging(rule.name);
        let found = findings.divergences.iter().any(|found| found.rule == rule.name);
        let answers: u64 = outcome.tally.answers_to(rule.name).map(|(.., times)| times).sum();
        let state = if rule.evidence == Evidence::Open {
            "open"
        } else if found && rule.evidence.is_firm() {
            "diverges"
        } else if found {
            "advice"
        } else if findings.known.iter().any(|it| it.rule == rule.name && it.shown > 0) {
            "known"
        } else if conforming > 0 && diverging == 0 {
            "conforms"
        } else if outcome.out_of_reach.contains(rule.name) {
            "unimplemented"
        } else {
            "unexercised"
        };
        Self { state, reached: conforming + diverging + answers }
    }
}
