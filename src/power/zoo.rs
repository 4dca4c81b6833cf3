//! The zoo: many faults planted at once, and how many of them one run of `check` finds under their own names.
//!
//! Whose a divergence is, its counterexample tells: it is played against the reference with each of the faults
//! alone, and is that of those that show it there.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use bellwether_model::Assumptions;
use serde::Serialize;

use crate::capabilities::Capabilities;
use crate::check::{self, check};
use crate::counterexample::Counterexample;
use crate::event::{Event, Listener};
use crate::explore::STEPS;
use crate::reference::mutants::{self, Mutant, Mutation};
use crate::reference::random::scramble;
use crate::reference::{Faults, Planted, Settling};
use crate::run::{Origin, PlayOptions, ReadPolicy, play};
use crate::scenario::{Case, Scenario};
use crate::suites;
use crate::target::{Target, TargetError};

/// The selection of faults, and the limits of the run.
#[derive(Copy, Clone, Debug)]
pub struct ZooOptions {
    /// The number of faults to plant.
    pub size: usize,
    /// Draws the faults and the cases of the run.
    pub seed: u64,
    /// The number of cases to draw after the suites.
    pub cases: u64,
    /// The number of cases that run at the same time.
    pub jobs: usize,
}

/// The figures of one zoo.
#[derive(Clone, Debug, Serialize)]
pub struct Zoo {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// The seed.
    pub seed: u64,
    /// The faults, in the order in which they were drawn.
    pub planted: Vec<Kept>,
    /// The faults that were drawn and not planted, since one that was planted before hides them, or is hidden.
    pub left_out: Vec<LeftOut>,
    /// The number of faults that a divergence from their own rule was reported of.
    pub found: usize,
    /// The number of others that any divergence was reported of.
    pub found_otherwise: usize,
    /// The divergences that none of the faults shows alone.
    pub beside: Vec<Beside>,
    /// The divergences that were reported.
    pub reported: usize,
    /// The findings that did not show again each time.
    pub flaky: usize,
    /// The counterexamples that failed their own check.
    pub defects: usize,
    /// The requests of the run.
    pub requests: u64,
    /// The duration of the run.
    pub seconds: f64,
}

/// A fault that was planted.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// The name of its mutant.
    pub mutant: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// The divergences from this rule that it shows alone.
    pub found: Vec<String>,
    /// The divergences from other rules that it shows alone.
    pub found_otherwise: Vec<String>,
}

/// A fault that was not planted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The name of its mutant.
    pub mutant: &'static str,
    /// The fault that it can't be told from, or can't be planted with.
    pub with: &'static str,
    /// The reason.
    pub why: &'static str,
}

/// A divergence that none of the faults shows alone.
#[derive(Clone, Debug, Serialize)]
pub struct Beside {
    /// Its id.
    pub id: String,
    /// Its counterexample.
    pub scenario: String,
}

/// One that was planted is hidden by it.
const HIDES: &str = "with both, the scenario of the one that was drawn before shows nothing of it";
/// It is hidden by one that was planted.
const IS_HIDDEN: &str = "with both, its own scenario shows nothing of it";
/// They are the same to a run.
const IS_THE_SAME: &str = "its own scenario shows the same with the other one alone";

/// Plants faults and checks the target that has them all.
///
/// # Errors
///
/// The target can't be checked.
pub async fn zoo(options: &ZooOptions, listener: &dyn Listener) -> Result<Zoo, TargetError> {
    let mut drawing = Drawing::default();
    for mutant in drawn(options.seed) {
        if drawing.exhibits.len() == options.size {
            break;
        }
        drawing.try_to_plant(mutant).await;
    }
    let Drawing { exhibits, left_out } = drawing;
    let count = exhibits.len();
    listener.tell(&Event::Note(&format!("checking a target with {count} faults")));
    let checked = check::Options {
        seed: options.seed,
        cases: options.cases,
        steps: STEPS,
        jobs: options.jobs,
        suites: suites::all().into_iter().filter(|suite| !suite.asks()).collect(),
        ..check::Options::default()
    };
    let begun = Instant::now();
    let target = Arc::new(of(&planted(&exhibits)));
    let outcome = Box::pin(check(&target, &checked, listener)).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let (kept, beside) = told_apart(&exhibits, &outcome.divergences).await;
    let found = kept.iter().filter(|it| !it.found.is_empty()).count();
    let otherwise = |it: &&Kept| it.found.is_empty() && !it.found_otherwise.is_empty();
    Ok(Zoo {
        schema: crate::report::SCHEMA,
        bellwether: env!("CARGO_PKG_VERSION"),
        seed: options.seed,
        found,
        found_otherwise: kept.iter().filter(otherwise).count(),
        planted: kept,
        left_out,
        beside,
        reported: outcome.divergences.len(),
        flaky: outcome.flaky.len(),
        defects: outcome.defects.len(),
        requests: outcome.requests,
        seconds,
    })
}

/// The mutants that may be planted together with others, in the order of this seed: those that a world without
/// assumptions shows.
fn drawn(seed: u64) -> Vec<&'static Mutant> {
    let all = mutants::all().filter(|(class, _)| class.name != mutants::CONTROLS);
    let all = all.map(|(_, mutant)| mutant);
    let mut all: Vec<(u64, &'static Mutant)> =
        (0..).zip(all).map(|(place, mutant)| (scramble(seed, place), mutant)).collect();
    all.retain(|(_, mutant)| {
        mutant.equivalent.is_none() && !matches!(mutant.mutation, Mutation::Answers(_))
    });
    all.sort_by_key(|(order, _)| *order);
    all.into_iter().map(|(_, mutant)| mutant).collect()
}

/// A fault with what shows it alone.
#[derive(Clone, Debug)]
struct Exhibit {
    mutant: &'static Mutant,
    /// The shortest case that is known to show it.
    case: Case,
    /// The origins that it shows.
    origins: BTreeSet<Origin>,
}

impl Exhibit {
    /// The exhibit of a mutant; `None` if its scenario needs assumptions, or shows nothing.
    async fn of(mutant: &'static Mutant) -> Option<Self> {
        let scenario = Scenario::parse(mutant.name, mutant.shown).ok()?;
        let case = scenario.case().ok()?;
        if scenario.assumptions != Assumptions::default() {
            return None;
        }
        let origins = origins(&[mutant], &case).await;
        (!origins.is_empty()).then_some(Self { mutant, case, origins })
    }

    /// Whether its scenario shows something of it with these faults.
    async fn shows_with(&self, mutants: &[&'static Mutant]) -> bool {
        !self.origins.is_disjoint(&origins(mutants, &self.case).await)
    }

    /// Whether its scenario shows all of it with another fault alone.
    async fn is_shown_by(&self, other: &'static Mutant) -> bool {
        self.origins.is_subset(&origins(&[other], &self.case).await)
    }
}

/// The faults that were drawn so far.
#[derive(Debug, Default)]
struct Drawing {
    exhibits: Vec<Exhibit>,
    left_out: Vec<LeftOut>,
}

impl Drawing {
    /// Plants a fault with those before, if each shows beside the others.
    async fn try_to_plant(&mut self, mutant: &'static Mutant) {
        let Some(drawn) = Exhibit::of(mutant).await else { return };
        for earlier in &self.exhibits {
            let both = [earlier.mutant, mutant];
            let why =
                if drawn.is_shown_by(earlier.mutant).await || earlier.is_shown_by(mutant).await {
                    IS_THE_SAME
                } else if !drawn.shows_with(&both).await {
                    IS_HIDDEN
                } else if !earlier.shows_with(&both).await {
                    HIDES
                } else {
                    continue;
                };
            let with = earlier.mutant.name;
            self.left_out.push(LeftOut { mutant: mutant.name, with, why });
            return;
        }
        self.exhibits.push(drawn);
    }
}

/// The faults of exhibits, together.
fn planted(exhibits: &[Exhibit]) -> Vec<&'static Mutant> {
    exhibits.iter().map(|it| it.mutant).collect()
}

/// The reference in this process with these faults.
fn of(mutants: &[&'static Mutant]) -> Target {
    let planted = Planted::together(mutants).unwrap_or_default();
    Target::with_faults(planted, Settling::default(), Faults::default())
}

/// The origins that a case shows with these faults.
async fn origins(mutants: &[&'static Mutant], case: &Case) -> BTreeSet<Origin> {
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    // A world that can't be had shows nothing.
    let played = play(&of(mutants), case, &options).await;
    let shown = played.map(|played| played.findings.into_iter().chain(played.suspects));
    shown.into_iter().flatten().map(|it| it.origin()).collect()
}

/// Tells whose each divergence is; returns the faults with theirs, and those that are nobody's.
async fn told_apart(
    exhibits: &[Exhibit],
    divergences: &[Counterexample],
) -> (Vec<Kept>, Vec<Beside>) {
    let mut kept: Vec<Kept> = exhibits
        .iter()
        .map(|it| Kept {
            mutant: it.mutant.name,
            rule: it.mutant.rule.name,
            found: Vec::new(),
            found_otherwise: Vec::new(),
        })
        .collect();
    let mut beside = Vec::new();
    for divergence in divergences {
        let Ok(case) = divergence.scenario.case() else { continue };
        let mut is_of_one = false;
        for (exhibit, kept) in exhibits.iter().zip(&mut kept) {
            if !origins(&[exhibit.mutant], &case).await.contains(&divergence.finding.origin()) {
                continue;
            }
            is_of_one = true;
            let is_own = divergence.rule().name == kept.rule;
            let found = if is_own { &mut kept.found } else { &mut kept.found_otherwise };
            found.push(divergence.id());
        }
        if !is_of_one {
            let scenario = divergence.scenario.to_string();
            beside.push(Beside { id: divergence.id(), scenario });
        }
    }
    (kept, beside)
}

/// The figures for people.
#[must_use]
pub fn human_zoo(zoo: &Zoo) -> String {
    let mut lines = Vec::new();
    for Kept { mutant, rule, found, found_otherwise } in &zoo.planted {
        let (word, ids) = match (found.is_empty(), found_otherwise.is_empty()) {
            (false, _) => ("found", found.join(", ")),
            (true, false) => ("otherwise", found_otherwise.join(", ")),
            (true, true) => ("not found", format!("it breaks {rule}")),
        };
        lines.push(format!("{word:<10} {mutant}: {ids}"));
    }
    for LeftOut { mutant, with, why } in &zoo.left_out {
        lines.push(format!("{:<10} {mutant}, with {with}: {why}", "left out"));
    }
    for Beside { id, scenario } in &zoo.beside {
        let indented = scenario.trim_end().replace('\n', "\n           ");
        lines.push(format!("{:<10} {id}\n           {indented}", "beside"));
    }
    let Zoo { found, found_otherwise, reported, flaky, defects, requests, seconds, .. } = zoo;
    let (planted, beside) = (zoo.planted.len(), zoo.beside.len());
    lines.push(format!(
        "{found} of {planted} faults found under their own names, {found_otherwise} only as something else"
    ));
    lines.push(format!(
        "{reported} divergences, {beside} of no fault alone, {flaky} findings flaky, {defects} defects"
    ));
    lines.push(format!("{requests} requests in {seconds:.0} s\n"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn tried(names: &[&str]) -> Drawing {
        let mut drawing = Drawing::default();
        for name in names {
            drawing.try_to_plant(mutants::find(name).unwrap()).await;
        }
        drawing
    }

    #[test]
    fn a_seed_draws_the_same_faults_and_another_one_others() {
        let names = |seed| drawn(seed).iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names(1), names(1));
        assert_ne!(names(1)[..40], names(2)[..40]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn faults_that_show_beside_each_other_are_planted_together() {
        let drawing = tried(&["accepted-twice", "pages-lose-a-row"]).await;
        assert_eq!(drawing.left_out, []);
        assert_eq!(drawing.exhibits.len(), 2);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_fault_that_another_one_hides_is_left_out_with_the_reason() {
        let drawing = tried(&["no-invitation-made", "accepted-twice"]).await;
        let hidden =
            LeftOut { mutant: "accepted-twice", with: "no-invitation-made", why: IS_HIDDEN };
        assert_eq!(drawing.left_out, [hidden]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_divergence_is_that_of_the_fault_that_shows_it_alone() {
        let drawing = tried(&["accepted-twice", "pages-lose-a-row"]).await;
        let mut suites = suites::all();
        suites.retain(|it| it.name.starts_with("invitations/a"));
        let options = check::Options { jobs: 2, suites, ..check::Options::default() };
        let target = Arc::new(of(&planted(&drawing.exhibits)));
        let silence = &crate::event::Silence;
        let outcome = Box::pin(check(&target, &options, silence)).await.unwrap();
        let (kept, beside) = told_apart(&drawing.exhibits, &outcome.divergences).await;
        assert!(!kept[0].found.is_empty(), "{kept:?}");
        assert!(beside.is_empty(), "{beside:?}");
    }
}
