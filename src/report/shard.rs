//! The file of a shard, and the report of the run that all shards make.
//!
//! A report holds what a run makes of its observations; the file of a shard holds the observations, so that
//! those of all shards can be put together first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bellwether_model::judge::Difference;
use bellwether_model::rules;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::divergence::{ListedReport, replay};
use super::{
    DivergenceReport, FindingReports, FlakyReport, GONE, KnownReport, Order, Report, SCHEMA, SHOWS,
    UNTESTED, UnconfirmedReport,
};
use crate::capabilities::Capabilities;
use crate::check::Options;
use crate::counterexample::Counterexample;
use crate::counterexample::rate::Rate;
use crate::outcome::{Decided, EndedEarly, Outcome, Plays, Reasons, Tried, Try, decide, is_kept};
use crate::run::{Role, Tally};
use crate::target::Target;

/// The name of the file in the report folder of a shard.
pub const FILE: &str = "shard.json";

/// What a shard leaves for the merge. `F` is a divergence, as it is written or as it was read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shard<F> {
    schema: u32,
    /// The shard and the number of all, see [`Options::shard`].
    #[serde(rename = "shard")]
    place: (u64, u64),
    order: Order,
    /// The options of a command that choose the target.
    arguments: String,
    /// The names of all suites of the run.
    suites: Vec<String>,
    /// The known divergences, each with whether it has a scenario.
    known: Vec<(KnownReport, bool)>,
    missing: BTreeMap<String, String>,
    no_organizations: Option<String>,
    tally: Tally,
    tries: Vec<Try<F>>,
    /// The types of resources with which each origin showed.
    types: BTreeMap<String, BTreeSet<&'static str>>,
    #[serde(borrow)]
    out_of_reach: BTreeSet<&'static str>,
    played: Played,
}

/// What was played, and what came in its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Played {
    cases: u64,
    steps: u64,
    requests: u64,
    elapsed: Duration,
    inconclusive: u64,
    first_inconclusive: Option<String>,
    inconclusive_reasons: Reasons,
    organizations_lost: Option<String>,
    suites: Plays,
    drawn: Plays,
    ended_early: Option<String>,
    interrupted: bool,
    broken_off: Option<String>,
}

/// A divergence, as the file of a shard has it. What its rule says of it is not read back: the rule is known.
#[derive(Clone, Debug, Deserialize)]
pub struct Kept {
    id: String,
    rule: &'static str,
    kind: &'static str,
    operation: &'static str,
    actor_role: &'static str,
    field: Option<&'static str>,
    types: BTreeSet<&'static str>,
    expected_rule: Option<&'static str>,
    actor: String,
    after_line: usize,
    line: usize,
    listed: Option<ListedReport>,
    expected: String,
    observed: String,
    steps: usize,
    scenario: String,
    requests_to_find: u64,
    requests_to_shrink: u64,
    rate: Option<Rate>,
}

/// The reason that shards can't be merged.
#[derive(Debug, Error)]
pub enum MergeError {
    /// A file can't be read.
    #[error("failed to read {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        cause: String,
    },
    /// The files are not those of one run.
    #[error("{0}")]
    Mismatch(String),
}

impl Shard<DivergenceReport> {
    /// The file of a shard that was played; `None` if the run had no shards.
    #[must_use]
    pub fn of(target: &Target, options: &Options, outcome: &Outcome) -> Option<Self> {
        let place = options.shard?;
        let report = |found: &Counterexample| DivergenceReport::of(target, None, found);
        let known = outcome.known.iter();
        let known = known.map(|it| (KnownReport::of(it), it.entry.scenario.is_some()));
        let types = outcome.types.iter().map(|(origin, types)| (origin.id(), types.clone()));
        Some(Self {
            schema: SCHEMA,
            place,
            order: Order::of(target, options, outcome),
            arguments: target.arguments.clone(),
            suites: options.suites.iter().map(|suite| suite.name.clone()).collect(),
            known: known.collect(),
            missing: outcome.capabilities.missing.clone(),
            no_organizations: outcome.capabilities.no_organizations.clone(),
            tally: outcome.tally.clone(),
            tries: outcome.tries.iter().map(|it| with(it, report)).collect(),
            types: types.collect(),
            out_of_reach: outcome.out_of_reach.clone(),
            played: Played::of(outcome),
        })
    }
}

/// The same try with another form of what it found.
fn with<A, B>(it: &Try<A>, form: impl Fn(&A) -> B) -> Try<B> {
    let result = match &it.result {
        Tried::Diverges { id, found } => Tried::Diverges { id: id.clone(), found: form(found) },
        Tried::Flaky { found, seen, plays } => {
            Tried::Flaky { found: form(found), seen: *seen, plays: *plays }
        }
        Tried::Unconfirmed { found, why } => {
            Tried::Unconfirmed { found: form(found), why: why.clone() }
        }
        Tried::Undecided => Tried::Undecided,
        Tried::Settled => Tried::Settled,
    };
    Try { place: it.place, origin: it.origin.clone(), result }
}

impl Played {
    fn of(outcome: &Outcome) -> Self {
        Self {
            cases: outcome.cases,
            steps: outcome.steps,
            requests: outcome.requests,
            elapsed: outcome.elapsed,
            inconclusive: outcome.inconclusive,
            first_inconclusive: outcome.first_inconclusive.clone(),
            inconclusive_reasons: outcome.inconclusive_reasons.clone(),
            organizations_lost: outcome.organizations_lost.clone(),
            suites: outcome.suites,
            drawn: outcome.drawn,
            ended_early: outcome.ended_early.as_ref().map(|it| it.why.clone()),
            interrupted: outcome.interrupted,
            broken_off: outcome.broken_off.clone(),
        }
    }
}

impl Shard<Kept> {
    /// Reads the file of a shard in the folder of its report.
    ///
    /// Its names stay for the life of the process, as those of the model do.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is none that this version writes.
    pub fn read(folder: &Path) -> Result<Self, MergeError> {
        let path = folder.join(FILE);
        let failed = |cause: String| MergeError::Unreadable { path: path.clone(), cause };
        let text = std::fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
        let text: &'static str = text.leak();
        let shard: Self = serde_json::from_str(text)
            .map_err(|error| failed(format!("it is not the file of a shard: {error}")))?;
        let ours = env!("CARGO_PKG_VERSION");
        if shard.schema != SCHEMA || shard.order.bellwether != ours {
            let theirs = shard.order.bellwether;
            return Err(failed(format!("version {theirs} wrote it; this is {ours}")));
        }
        Ok(shard)
    }

    /// Whether the shard was ended early from outside.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.played.interrupted
    }
}

/// Returns the report of the run that these shards make, which have to be all of one run. `folder` is where its
/// counterexamples are saved, if they are.
///
/// # Errors
///
/// They are not all shards of one run, or they name a rule that this version does not have.
pub fn merged(shards: Vec<Shard<Kept>>, folder: Option<&Path>) -> Result<Report, MergeError> {
    let mut shards = in_order(shards)?;
    let mut tries: Vec<Try<Kept>> =
        shards.iter_mut().flat_map(|shard| std::mem::take(&mut shard.tries)).collect();
    // Those of one case are of one shard, in the order in which they were tried.
    tries.sort_by_key(|it| it.place);
    let (order, arguments) = (shards[0].order.clone(), shards[0].arguments.clone());
    let mut types: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for (origin, of_shard) in shards.iter_mut().flat_map(|shard| std::mem::take(&mut shard.types)) {
        types.entry(origin).or_default().extend(of_shard);
    }
    let known: Vec<Vec<(KnownReport, bool)>> =
        shards.iter_mut().map(|shard| std::mem::take(&mut shard.known)).collect();
    let mut outcome = together(shards);
    let restored = |kept: &Kept| kept.restored(folder, &arguments);
    let Decided { divergences, flaky, unconfirmed } = decide(&tries);
    if let Some(early) = &mut outcome.ended_early {
        early.unconfirmed = unconfirmed.len() as u64;
    }
    let mut findings = FindingReports {
        divergences: divergences.into_iter().map(restored).collect::<Result<_, _>>()?,
        known: known_together(&known, &outcome),
        flaky: Vec::new(),
        unconfirmed: Vec::new(),
    };
    for divergence in &mut findings.divergences {
        divergence.types.extend(types.get(&divergence.id).into_iter().flatten());
    }
    findings.divergences.sort_by_key(worst_first);
    for (found, seen, tries) in flaky {
        findings.flaky.push(FlakyReport { divergence: restored(found)?, seen, tries });
    }
    for (found, why) in unconfirmed {
        let (divergence, why) = (restored(found)?, why.to_owned());
        findings.unconfirmed.push(UnconfirmedReport { divergence, why });
    }
    Ok(Report::made(order, &outcome, findings))
}

/// Orders divergences as a run does.
fn worst_first(
    it: &DivergenceReport,
) -> (Option<Difference>, &'static str, &'static str, Option<Role>) {
    let role = Role::ALL.into_iter().find(|role| role.as_str() == it.actor_role);
    (Difference::find(it.kind), it.rule, it.operation, role)
}

/// The shards by their numbers.
fn in_order(mut shards: Vec<Shard<Kept>>) -> Result<Vec<Shard<Kept>>, MergeError> {
    shards.sort_by_key(|shard| shard.place);
    let Some(first) = shards.first() else {
        return Err(MergeError::Mismatch("there are no shards to merge".to_owned()));
    };
    let (_, parts) = first.place;
    for shard in &shards {
        let (part, of) = shard.place;
        let is_same = |what: &str, is_same: bool| {
            let one = format!("shard {part}/{of} and shard {}/{parts}", first.place.0);
            let why = format!("{one} are not of one run: {what}");
            if is_same { Ok(()) } else { Err(MergeError::Mismatch(why)) }
        };
        is_same("another number of shards", of == parts)?;
        is_same("another seed", shard.order.seed == first.order.seed)?;
        is_same("another target", shard.order.target.name == first.order.target.name)?;
        is_same("another budget", shard.order.budget == first.order.budget)?;
        is_same("other rules", shard.order.rule == first.order.rule)?;
        is_same("other assumptions", shard.order.assume == first.order.assume)?;
        is_same("other suites", shard.suites == first.suites)?;
        is_same("other capabilities of the target", shard.missing == first.missing)?;
        is_same("other known divergences", shard.known.len() == first.known.len())?;
    }
    for part in 1..=parts {
        let why = match shards.iter().filter(|shard| shard.place.0 == part).count() {
            1 => continue,
            0 => format!("shard {part}/{parts} is missing"),
            count => format!("shard {part}/{parts} is there {count} times"),
        };
        return Err(MergeError::Mismatch(why));
    }
    Ok(shards)
}

/// The outcome of all shards but for their findings.
fn together(shards: Vec<Shard<Kept>>) -> Outcome {
    let mut all = Outcome::begun(Capabilities::default(), 0);
    let mut early: Option<String> = None;
    for Shard {
        place: (part, parts),
        missing,
        no_organizations,
        tally,
        out_of_reach,
        played,
        ..
    } in shards
    {
        let of_shard = |why: String| format!("shard {part}/{parts}: {why}");
        all.capabilities.missing = missing;
        all.capabilities.no_organizations =
            all.capabilities.no_organizations.take().or(no_organizations);
        all.tally.merge(tally);
        all.out_of_reach = out_of_reach;
        all.cases += played.cases;
        all.steps += played.steps;
        all.requests += played.requests;
        all.elapsed = all.elapsed.max(played.elapsed);
        all.inconclusive += played.inconclusive;
        all.first_inconclusive = all.first_inconclusive.take().or(played.first_inconclusive);
        all.inconclusive_reasons.merge(played.inconclusive_reasons);
        all.organizations_lost =
            all.organizations_lost.take().or(played.organizations_lost.map(of_shard));
        all.suites = all.suites.with(played.suites);
        all.drawn = all.drawn.with(played.drawn);
        all.interrupted |= played.interrupted;
        all.broken_off = all.broken_off.take().or(played.broken_off.map(of_shard));
        early = early.or(played.ended_early.map(of_shard));
    }
    all.ended = true;
    let (suites, cases) = (all.suites, all.drawn);
    all.ended_early = early.map(|why| EndedEarly { why, suites, cases, unconfirmed: 0 });
    all
}

/// The known divergences as all shards together saw them.
fn known_together(shards: &[Vec<(KnownReport, bool)>], outcome: &Outcome) -> Vec<KnownReport> {
    let is_whole = outcome.broken_off.is_none() && !outcome.interrupted;
    let entries = 0..shards.first().map_or(0, Vec::len);
    let together = entries.map(|place| {
        // Its scenario was played by one shard.
        let (report, has_scenario) = &shards[place % shards.len()][place];
        let mut known = report.clone();
        known.shown = shards.iter().map(|shard| shard[place].0.shown).sum();
        let untested = || shards.iter().find_map(|shard| shard[place].0.untested.clone());
        if known.shown > 0 {
            known.state = SHOWS;
        } else if !has_scenario {
            let is_gone = Difference::find(known.kind)
                .is_some_and(|kind| is_kept(&outcome.tally, known.rule, known.operation, kind));
            known.state = if is_whole && is_gone { GONE } else { UNTESTED };
        }
        known.untested =
            if known.state == UNTESTED { known.untested.or_else(untested) } else { None };
        known
    });
    together.collect()
}

impl Kept {
    /// The divergence as a report has it.
    fn restored(
        &self,
        folder: Option<&Path>,
        arguments: &str,
    ) -> Result<DivergenceReport, MergeError> {
        let rule = rules::find(self.rule)
            .ok_or_else(|| MergeError::Mismatch(format!("there is no rule {}", self.rule)))?;
        let kept = self.clone();
        Ok(DivergenceReport {
            replay: replay(&kept.id, folder, arguments, rule),
            id: kept.id,
            rule: rule.name,
            says: rule.says,
            kind: kept.kind,
            operation: kept.operation,
            actor_role: kept.actor_role,
            field: kept.field,
            types: kept.types,
            expected_rule: kept.expected_rule,
            actor: kept.actor,
            after_line: kept.after_line,
            line: kept.line,
            listed: kept.listed,
            expected: kept.expected,
            observed: kept.observed,
            evidence: rule.evidence,
            advice: !rule.evidence.is_firm(),
            sources: rule.sources,
            steps: kept.steps,
            scenario: kept.scenario,
            requests_to_find: kept.requests_to_find,
            requests_to_shrink: kept.requests_to_shrink,
            rate: kept.rate,
        })
    }
}
