//! Reports: what a run found, as data that every renderer shares.

pub mod human;
pub mod progress;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bellwether_model::answer::Key;
use bellwether_model::judge::Difference;
use bellwether_model::rules::{self, Decides, Evidence, Rule};
use bellwether_model::{Assumption, Assumptions, Call, Principal};
use serde::Serialize;

use crate::capabilities::Capabilities;
use crate::check::{Found, Options, Outcome};
use crate::predict::{PredictedStep, predict};
use crate::run::{Finding, ViewRead};
use crate::scenario::{Associated, Claim, Fact, Item, Scenario, Step};
use crate::suites;
use crate::target::Target;
use crate::targets::quoted;

/// What stands for all of AWS Organizations among what a target lacks.
pub const ORGANIZATIONS: &str = "organizations";

/// The version of the JSON output's shape.
pub const SCHEMA: u32 = 1;

/// The result of `check`, as its JSON output has it.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// What was checked.
    pub target: TargetReport,
    /// What was taken for granted of it, against AWS.
    pub assume: Vec<&'static str>,
    /// The seed of the drawn cases.
    pub seed: u64,
    /// The suites and cases played.
    pub cases: u64,
    /// The steps sent.
    pub steps: u64,
    /// The requests sent, for probing and shrinking too.
    pub requests: u64,
    /// How long it took.
    pub seconds: f64,
    /// `conforms`, `diverges` or `inconclusive`.
    pub verdict: &'static str,
    /// Why it is inconclusive, if it is.
    pub reasons: Vec<String>,
    /// The suites and cases that were inconclusive because of transient faults.
    pub inconclusive_cases: u64,
    /// The glob of the rules whose divergences are reported, if not all are.
    pub rule: Option<String>,
    /// A sentence about a systemic fault of the target, if it has one.
    pub systemic: Option<String>,
    /// One of each origin, worst first; warnings last.
    pub divergences: Vec<DivergenceReport>,
    /// Findings that did not show again, which prove nothing.
    pub flaky: Vec<FlakyReport>,
    /// Every rule with its state.
    pub rules: BTreeMap<&'static str, RuleReport>,
    /// Every operation with whether the target has it.
    pub operations: BTreeMap<&'static str, bool>,
    /// What the target lacks, with how that shows.
    pub missing: BTreeMap<String, String>,
    /// What the target answered where a rule is open.
    pub open: Vec<OpenReport>,
    /// How long changes took to be seen, in milliseconds, by the rule that makes them seen.
    pub settling: BTreeMap<&'static str, SettlingReport>,
    /// Throttling, failures and broken connections met, by kind.
    pub faults_met: BTreeMap<String, u64>,
}

/// What was checked.
#[derive(Clone, Debug, Serialize)]
pub struct TargetReport {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub endpoint: String,
    /// Its version, where known.
    pub version: Option<String>,
}

/// A divergence.
#[derive(Clone, Debug, Serialize)]
pub struct DivergenceReport {
    /// What it is called: its origin, in one word.
    pub id: String,
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// The rule's sentence.
    pub says: &'static str,
    /// How it is broken.
    pub kind: &'static str,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The part that the caller plays.
    pub actor_role: &'static str,
    /// What is expected.
    pub expected: String,
    /// What was observed.
    pub observed: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Whether it is a warning: the rule is inferred only.
    pub advice: bool,
    /// Who says so.
    pub sources: &'static [rules::Source],
    /// The steps of the scenario.
    pub steps: usize,
    /// The scenario.
    pub scenario: String,
    /// The requests of the run when it was found.
    pub requests_to_find: u64,
    /// The requests that shrinking it took.
    pub requests_to_shrink: u64,
    /// The command that replays the scenario.
    pub replay: String,
}

/// A finding that did not show again.
#[derive(Clone, Debug, Serialize)]
pub struct FlakyReport {
    /// What it would have been.
    #[serde(flatten)]
    pub divergence: DivergenceReport,
    /// How often it showed when the whole case was played again.
    pub seen: u32,
    /// How often the case was played again.
    pub tries: u32,
}

/// The state of a rule after a run.
#[derive(Clone, Debug, Serialize)]
pub struct RuleReport {
    /// `conforms`, `diverges`, `advice`, `open`, `unexercised` or `unimplemented`.
    pub state: &'static str,
    /// How often it was put to the test.
    pub reached: u64,
}

/// What a target answered where a rule is open.
#[derive(Clone, Debug, Serialize)]
pub struct OpenReport {
    /// The rule.
    pub rule: &'static str,
    /// What nobody outside AWS knows.
    pub question: &'static str,
    /// The operation.
    pub operation: String,
    /// `granted`, the code, or the row of a list.
    pub answer: String,
    /// How often.
    pub times: u64,
}

/// How long views took to settle.
#[derive(Copy, Clone, Debug, Serialize)]
pub struct SettlingReport {
    /// Half of them took no longer.
    pub p50: u32,
    /// Nineteen of twenty took no longer.
    pub p95: u32,
    /// None took longer.
    pub max: u32,
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
        let mut divergences: Vec<_> = outcome
            .divergences
            .iter()
            .map(|found| DivergenceReport::of(target, folder, found))
            .collect();
        divergences.sort_by_key(|divergence| divergence.advice);
        let flaky = outcome.flaky.iter().map(|(found, seen, tries)| FlakyReport {
            divergence: DivergenceReport::of(target, folder, found),
            seen: *seen,
            tries: *tries,
        });
        let reasons = reasons(outcome);
        let firm = divergences.iter().any(|divergence| !divergence.advice);
        let verdict = match (firm, reasons.is_empty()) {
            (true, _) => "diverges",
            (false, true) => "conforms",
            (false, false) => "inconclusive",
        };
        let settling = outcome.tally.settling().iter();
        let out_of_reach = out_of_reach(&outcome.capabilities);
        Self {
            schema: SCHEMA,
            bellwether: env!("CARGO_PKG_VERSION"),
            assume: target.assumptions.iter().map(Assumption::as_str).collect(),
            target: TargetReport {
                name: target.name.clone(),
                endpoint: target.connection.url().to_owned(),
                version: None,
            },
            seed: options.seed,
            cases: outcome.cases,
            steps: outcome.steps,
            requests: outcome.requests,
            seconds: (outcome.elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
            verdict,
            reasons,
            inconclusive_cases: outcome.inconclusive,
            rule: options.rule.as_ref().map(|glob| glob.glob().glob().to_owned()),
            systemic: outcome.tally.wrong_as_a_whole(),
            divergences,
            flaky: flaky.collect(),
            rules: rules::all()
                .map(|rule| (rule.name, RuleReport::of(rule, outcome, &out_of_reach)))
                .collect(),
            operations: outcome.capabilities.operations(),
            missing: missing(&outcome.capabilities),
            open: open(outcome),
            settling: settling.map(|(rule, times)| (*rule, quantiles(times))).collect(),
            faults_met: outcome.tally.weather_met().clone(),
        }
    }

    /// Whether the run fails: on a firm divergence, or on a warning too if `strict`.
    #[must_use]
    pub fn fails(&self, strict: bool) -> bool {
        self.divergences.iter().any(|divergence| strict || !divergence.advice)
    }

    /// How many rules are in a state.
    #[must_use]
    pub fn rules_in(&self, state: &str) -> usize {
        self.rules.values().filter(|rule| rule.state == state).count()
    }
}

/// Why a run without divergences does not show conformance, if so.
fn reasons(outcome: &Outcome) -> Vec<String> {
    let mut reasons = Vec::new();
    if outcome.interrupted {
        reasons.push("the run was interrupted".to_owned());
    }
    if let Some(why) = &outcome.broken_off {
        reasons.push(format!("the run broke off: {why}"));
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

/// What the target lacks: operations, ways to call them, organizations.
fn missing(capabilities: &Capabilities) -> BTreeMap<String, String> {
    let organizations = capabilities.no_organizations.iter();
    let organizations = organizations.map(|how| (ORGANIZATIONS.to_owned(), how.clone()));
    capabilities.missing.clone().into_iter().chain(organizations).collect()
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

impl RuleReport {
    fn of(rule: &'static Rule, outcome: &Outcome, out_of_reach: &BTreeSet<&str>) -> Self {
        let conforming = outcome.tally.conforming(rule.name);
        let diverging = outcome.tally.diverging(rule.name);
        let found = outcome.divergences.iter().any(|found| found.rule == rule);
        let answers: u64 = outcome.tally.answers_to(rule.name).map(|(.., times)| times).sum();
        let state = if rule.evidence == Evidence::Open {
            "open"
        } else if found && rule.evidence.is_firm() {
            "diverges"
        } else if found {
            "advice"
        } else if conforming > 0 && diverging == 0 {
            "conforms"
        } else if out_of_reach.contains(rule.name) {
            "unimplemented"
        } else {
            "unexercised"
        };
        Self { state, reached: conforming + diverging + answers }
    }
}

/// The rules that suites show, but none by anything that the target has.
fn out_of_reach(capabilities: &Capabilities) -> BTreeSet<&'static str> {
    let shapes = capabilities.shapes();
    let (mut within, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for suite in suites::all() {
        let fits = shapes.contains(&suite.scenario().shape);
        let predicted = predict(suite.parsed()).steps;
        for (step, expected) in suite.scenario().steps().zip(&predicted) {
            let reach =
                if fits && capabilities.can(&step.call) { &mut within } else { &mut beyond };
            reach.extend(shown_by(expected));
        }
    }
    beyond.retain(|rule| !within.contains(rule));
    beyond
}

/// The rules that a step shows.
fn shown_by(step: &PredictedStep) -> impl Iterator<Item = &'static str> {
    let of_fields = step.fields.iter().map(|field| field.rule);
    let of_rows = step.rows.iter().flat_map(|row| {
        let of_fields = row.fields.iter().map(|field| field.rule);
        of_fields.chain([row.rule])
    });
    let of_changes = step.changes.iter().map(|change| change.appearance.rule);
    step.rules.iter().copied().chain(of_fields).chain(of_rows).chain(of_changes)
}

impl DivergenceReport {
    fn of(target: &Target, folder: Option<&Path>, found: &Found) -> Self {
        let Found { rule, finding, case, .. } = found;
        let origin = &finding.origin;
        let id = id(finding);
        Self {
            rule: rule.name,
            says: rule.says,
            kind: origin.difference.as_str(),
            operation: origin.operation,
            actor_role: origin.role,
            expected: finding.divergence.expected.clone(),
            observed: finding.divergence.observed.clone(),
            evidence: rule.evidence,
            advice: !rule.evidence.is_firm(),
            sources: rule.sources,
            steps: case.steps.len(),
            scenario: counterexample(found, target.assumptions).to_string(),
            requests_to_find: found.requests_to_find,
            requests_to_shrink: found.requests_to_shrink,
            replay: replay(&id, folder, target, rule),
            id,
        }
    }
}

/// The command that replays a divergence, and fails as long as it shows.
fn replay(id: &str, folder: Option<&Path>, target: &Target, rule: &Rule) -> String {
    let file = format!("{id}.scenario");
    let path =
        folder.map_or_else(|| file.clone(), |folder| folder.join(&file).display().to_string());
    let strict = if rule.evidence.is_firm() { "" } else { " --strict" };
    format!("bellwether replay {} {}{strict}", quoted(&path), target.arguments)
}

/// What a divergence is called: its rule, kind, operation and role, as a file may be named.
fn id(finding: &Finding) -> String {
    let origin = &finding.origin;
    let difference = origin.difference.as_str();
    let operation = origin.operation;
    format!("{}.{difference}.{operation}.{}", origin.rule.replace('/', "."), origin.role)
}

/// A shrunk case as a scenario: what it shows, its steps, and what is expected at the end.
#[must_use]
pub fn counterexample(found: &Found, assumptions: Assumptions) -> Scenario {
    let Found { rule, finding, case, .. } = found;
    let mut items = vec![Item::Comment(rule.says.to_owned())];
    let last = case.steps.len().saturating_sub(1);
    for (place, step) in case.steps.iter().enumerate() {
        let mut step = step.clone();
        if place == last && finding.view_read.is_none() && is_refusal(rule, finding) {
            let Decides::Refusal(codes) = rule.decides else {
                continue;
            };
            step.refused_with = codes.list().iter().map(|code| (*code).into()).collect();
        }
        items.push(Item::Step(step));
    }
    if let Some(view_read) = &finding.view_read {
        items.push(expected_item(view_read, finding));
    }
    Scenario { shape: case.shape, assumptions, items }
}

fn is_refusal(rule: &Rule, finding: &Finding) -> bool {
    let kinds = [Difference::WronglyGranted, Difference::WrongCode];
    matches!(rule.decides, Decides::Refusal(_)) && kinds.contains(&finding.origin.difference)
}

/// The expected outcome of a view read, as a claim where one can say it, as the read itself otherwise.
fn expected_item(view_read: &ViewRead, finding: &Finding) -> Item {
    let read = || {
        let call = view_read.call.clone();
        Item::Step(Step { actor: view_read.account, call, made: None, refused_with: Vec::new() })
    };
    let hidden = finding.origin.difference == Difference::Leak;
    let spelled = finding.divergence.key.iter().flat_map(Key::names);
    let nameable =
        spelled.into_iter().all(|name| bellwether_model::parameters::is_name(name.as_str()));
    let filters = view_read.call.write().named;
    let plain = filters.iter().all(|(key, _)| key == "resourceOwner" || key == "associationType");
    let (true, Some(key)) = (nameable && plain, &finding.divergence.key) else { return read() };
    let status = finding.divergence.expected.rsplit_once(" is ").map(|(_, status)| status);
    let status = status.filter(|status| status.bytes().all(|byte| byte.is_ascii_uppercase()));
    let status = || if hidden { None } else { status.map(Into::into) };
    let fact = match (key, &view_read.call) {
        (Key::Resource(name), _) if finding.origin.difference == Difference::Lost => {
            Fact::Sees(name.clone())
        }
        (Key::Resource(name), _) if hidden => Fact::Hidden(name.clone()),
        (Key::Share(name), Call::GetResourceShares(_)) if hidden || status().is_some() => {
            Fact::Share(name.clone(), status())
        }
        (Key::ResourceAssociation(share, resource), Call::GetResourceShareAssociations(_))
            if status().is_some() =>
        {
            Fact::Association(share.clone(), Associated::Resource(resource.clone()), status())
        }
        (Key::Principal(share, principal), Call::GetResourceShareAssociations(_))
            if status().is_some() && !matches!(principal, Principal::Literal(_)) =>
        {
            Fact::Association(share.clone(), Associated::Principal(principal.clone()), status())
        }
        (Key::Invitation(share, receiver, _), _) if *receiver == view_read.account && hidden => {
            Fact::Invitation(share.clone(), None)
        }
        (_, _) => return read(),
    };
    Item::Claim(Claim { actor: view_read.account, fact })
}
