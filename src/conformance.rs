//! Checks from the tests of an implementation: a builder, and a result with types.
//!
//! [`check()`] is what `bellwether check` is on the command line. Nothing of it panics: whatever goes wrong is a
//! [`CheckError`], which prints as the report does, so that a test can end with it.
//!
//! ```text
//! #[test]
//! fn shares_like_aws() -> Result<(), bellwether::CheckError> {
//!     let server = my_emulator::start();
//!     bellwether::check(server.url()).suites("invitations/*").cases(50).run()?.required()?;
//!     Ok(())
//! }
//! ```
//!
//! `suites/library/own_emulator.rs` is an example that is compiled and run.

use std::any::Any;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use globset::{Glob, GlobMatcher};

use crate::check::{self, Options};
use crate::config::{Config, ConfigError};
use crate::event::Silence;
use crate::known::{Known, KnownError};
use crate::levels::Level;
use crate::outcome::Outcome;
use crate::report::files::{SaveError, save};
use crate::report::{DivergenceReport, Report, human};
use crate::score::State;
use crate::store::Store;
use crate::suites;
use crate::target::{AccountScheme, Bound, Target, TargetError};
use crate::targets::{ChoiceError, Chosen, choose};

/// Begins the check of what listens at a URL. Without further options it tells accounts apart by their access key id,
/// claims to show every change at once, and is checked by all suites and 200 drawn cases.
pub fn check(endpoint: impl Into<String>) -> Check {
    let chosen = Chosen {
        endpoint: Some(endpoint.into()),
        accounts: Some(AccountScheme::AccessKey),
        ..Chosen::default()
    };
    Check::of(chosen)
}

/// A check that has not begun.
#[derive(Clone, Debug)]
#[must_use = "a check begins with `run` or `run_async`"]
pub struct Check {
    chosen: Chosen,
    seed: u64,
    cases: u64,
    jobs: usize,
    max_requests: Option<u64>,
    max_time: Option<Duration>,
    suites: Option<String>,
    rules: Option<String>,
    known: Option<PathBuf>,
    report: Option<PathBuf>,
    strict: bool,
}

impl Check {
    /// A check of the target that options of the command line would choose.
    pub fn of(chosen: Chosen) -> Self {
        Self {
            chosen,
            seed: 1,
            cases: 200,
            jobs: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            max_requests: None,
            max_time: None,
            suites: None,
            rules: None,
            known: None,
            report: None,
            strict: false,
        }
    }

    /// Tells accounts apart in this way.
    pub fn accounts(mut self, scheme: AccountScheme) -> Self {
        self.chosen.accounts = Some(scheme);
        self
    }

    /// Allows this time until a change is seen.
    pub fn bound(mut self, bound: Bound) -> Self {
        self.chosen.bound = Some(bound);
        self
    }

    /// Uses the clock of the endpoint, as `bellwether serve` has one, to play what time does.
    pub fn clock(mut self) -> Self {
        self.chosen.clock = true;
        self
    }

    /// Draws other cases, or the same ones again.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Draws this number of cases after the suites.
    pub fn cases(mut self, cases: u64) -> Self {
        self.cases = cases;
        self
    }

    /// Plays this number of cases at the same time, at least one.
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    /// Begins no new case after this number of requests.
    pub fn max_requests(mut self, requests: u64) -> Self {
        self.max_requests = Some(requests);
        self
    }

    /// Begins no new case after this time.
    pub fn max_time(mut self, time: Duration) -> Self {
        self.max_time = Some(time);
        self
    }

    /// Plays only the suites that a glob matches, for instance `invitations/*`; `none` plays none.
    pub fn suites(mut self, glob: impl Into<String>) -> Self {
        self.suites = Some(glob.into());
        self
    }

    /// Reports only divergences from the rules that a glob matches.
    pub fn rules(mut self, glob: impl Into<String>) -> Self {
        self.rules = Some(glob.into());
        self
    }

    /// Accepts the known divergences in a file, which has to exist.
    pub fn known(mut self, file: impl Into<PathBuf>) -> Self {
        self.known = Some(file.into());
        self
    }

    /// Writes the report into a folder, as `bellwether check --report` does.
    pub fn report(mut self, folder: impl Into<PathBuf>) -> Self {
        self.report = Some(folder.into());
        self
    }

    /// Fails on divergences from inferred rules too.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Checks. It blocks the thread that calls it; from asynchronous code use [`Check::run_async`].
    ///
    /// # Errors
    ///
    /// The target can't be reached, or an option names what does not exist. What the target does wrong is no
    /// error: see [`Conformance::required`].
    pub fn run(self) -> Result<Conformance, CheckError> {
        // A thread of its own, since a runtime can't be started inside another one; and a panic ends it alone.
        let thread = std::thread::Builder::new().name("bellwether".to_owned());
        let running = thread.spawn(move || self.run_here()).map_err(CheckError::Thread)?;
        running.join().unwrap_or_else(|panic| Err(CheckError::Panicked(message_of(&*panic))))
    }

    /// Checks, without blocking the thread that waits for it.
    ///
    /// # Errors
    ///
    /// As of [`Check::run`].
    pub async fn run_async(self) -> Result<Conformance, CheckError> {
        let (ended, end) = tokio::sync::oneshot::channel();
        let thread = std::thread::Builder::new().name("bellwether".to_owned());
        let waiting = move || {
            // Whoever asked may have stopped waiting.
            let _unheard = ended.send(self.run());
        };
        thread.spawn(waiting).map_err(CheckError::Thread)?;
        end.await.unwrap_or_else(|gone| Err(CheckError::Panicked(gone.to_string())))
    }

    fn run_here(self) -> Result<Conformance, CheckError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(CheckError::Thread)?;
        let done = runtime.block_on(async {
            let options = self.options()?;
            let target = Arc::new(
                choose(&self.chosen, &Config::load(self.chosen.config.as_deref())?).await?,
            );
            let outcome = Box::pin(check::check(&target, &options, &Silence)).await?;
            self.concluded(&target, &options, &outcome)
        });
        // A server that was started for a play in flight ends with the play.
        runtime.shutdown_timeout(Duration::from_secs(2));
        done
    }

    fn options(&self) -> Result<Options, CheckError> {
        let suites = self.suites.as_deref().map(glob).transpose()?;
        let selected = suites::selected(suites.as_ref());
        if let Some(glob) = self.suites.as_ref().filter(|it| selected.is_empty() && *it != "none") {
            return Err(CheckError::NoMatch { what: "suite", glob: glob.clone() });
        }
        let rule = self.rules.as_deref().map(glob).transpose()?;
        if let Some(glob) = &rule
            && !bellwether_model::rules::all().any(|rule| glob.is_match(rule.name))
        {
            return Err(CheckError::NoMatch { what: "rule", glob: glob.glob().glob().to_owned() });
        }
        let known = self.known.as_deref().map(Known::load).transpose()?;
        Ok(Options {
            seed: self.seed,
            cases: self.cases,
            jobs: self.jobs,
            max_requests: self.max_requests,
            max_time: self.max_time,
            rule,
            suites: selected,
            known: Arc::new(known.unwrap_or_default()),
            ..Options::default()
        })
    }

    fn concluded(
        &self,
        target: &Target,
        options: &Options,
        outcome: &Outcome,
    ) -> Result<Conformance, CheckError> {
        if let Some(defect) = outcome.defects.first() {
            return Err(CheckError::Defect { id: defect.id.clone(), why: defect.why.to_string() });
        }
        let report = Report::of(target, options, outcome, self.report.as_deref());
        let report = Report { strict: self.strict, ..report };
        if let Some(folder) = &self.report {
            let store = Store::open(folder)
                .map_err(|cause| SaveError::Unwritable { path: folder.clone(), cause })?;
            save(&report, &store)?;
        }
        Ok(Conformance { report })
    }
}

fn glob(text: &str) -> Result<GlobMatcher, CheckError> {
    Ok(Glob::new(text)?.compile_matcher())
}

/// The text of a panic, if it has one.
fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}

/// The verdict of a check.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does as AWS does, as far as it was put to the test.
    Conforms,
    /// It diverges as it is known to, and not otherwise.
    Known,
    /// It diverges.
    Diverges,
    /// The check shows nothing.
    Inconclusive,
}

/// The result of a check. It prints as `report.txt`.
#[derive(Clone)]
pub struct Conformance {
    report: Report,
}

impl Conformance {
    /// The verdict. Broken rules that are inferred only don't change it, even in a strict check.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.report.verdict {
            "conforms" => Verdict::Conforms,
            "known" => Verdict::Known,
            "diverges" => Verdict::Diverges,
            _inconclusive => Verdict::Inconclusive,
        }
    }

    /// The level that it has reached; `None` if RAM does not answer.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.report.level
    }

    /// All divergences, worst first, warnings last; known ones are not among them.
    #[must_use]
    pub fn divergences(&self) -> &[DivergenceReport] {
        &self.report.divergences
    }

    /// The divergences that fail the check.
    pub fn failures(&self) -> impl Iterator<Item = &DivergenceReport> {
        self.report.divergences.iter().filter(|it| self.report.is_failure(it))
    }

    /// The state of a rule; `None` if there is no rule of this name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<State> {
        let rule = self.report.rules.get(name)?;
        State::ALL.into_iter().find(|state| state.word() == rule.state)
    }

    /// All of it, as `results.json` has it.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Requires that nothing fails the check and that it shows something.
    ///
    /// # Errors
    ///
    /// It diverges, or is inconclusive; the error has the whole result.
    pub fn required(self) -> Result<Self, CheckError> {
        if self.failures().next().is_some() {
            Err(CheckError::Diverges(Box::new(self)))
        } else if self.report.reasons.is_empty() {
            Ok(self)
        } else {
            Err(CheckError::Inconclusive(Box::new(self)))
        }
    }
}

impl fmt::Display for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&human::file(&self.report))
    }
}

impl fmt::Debug for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The reason that a check failed. Its debug output is its message, which is what a test that ends with it prints.
#[derive(thiserror::Error)]
pub enum CheckError {
    /// The target diverges.
    #[error("{0}")]
    Diverges(Box<Conformance>),
    /// The check shows nothing.
    #[error("{0}")]
    Inconclusive(Box<Conformance>),
    /// The target can't be used.
    #[error("{0}; {help}", help = .0.help())]
    Target(#[from] TargetError),
    /// The target was not chosen as it can be.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The file of known divergences can't be used.
    #[error(transparent)]
    Known(#[from] KnownError),
    /// A glob is not valid.
    #[error(transparent)]
    Glob(#[from] globset::Error),
    /// A glob matches nothing.
    #[error("no {what} matches {glob:?}; `bellwether list {what}s` has all")]
    NoMatch {
        /// The sort of names.
        what: &'static str,
        /// The glob.
        glob: String,
    },
    /// The report can't be written.
    #[error(transparent)]
    Report(#[from] SaveError),
    /// A counterexample failed its own check: a bug in Bellwether.
    #[error("the counterexample {id} failed its own check, which is a bug in Bellwether: {why}")]
    Defect {
        /// The id that it would have had.
        id: String,
        /// The reason why it can't be right.
        why: String,
    },
    /// The threads of the check could not be started.
    #[error("failed to start the threads of the check: {0}")]
    Thread(std::io::Error),
    /// The check panicked: a bug in Bellwether.
    #[error("the check panicked, which is a bug in Bellwether: {0}")]
    Panicked(String),
}

impl fmt::Debug for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<ChoiceError> for CheckError {
    fn from(error: ChoiceError) -> Self {
        match error {
            ChoiceError::Config(error) => Self::Config(error),
            ChoiceError::Target(error) => Self::Target(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(mutant: &str) -> Check {
        let chosen = Chosen { mutants: vec![mutant.to_owned()], ..Chosen::default() };
        Check::of(chosen).suites("invitations/*").cases(0)
    }

    #[test]
    fn a_planted_fault_is_a_typed_result_and_an_error_where_none_is_required() {
        let result = reference("accepted-twice").run().expect("the reference can be checked");
        assert_eq!(result.verdict(), Verdict::Diverges);
        assert_eq!(result.rule("invitation/accepted-once"), Some(State::Diverges));
        assert_eq!(result.rule("invitation/no-such-rule"), None);
        assert!(result.failures().any(|it| it.rule == "invitation/accepted-once"));
        let error = result.required().expect_err("it diverges");
        assert!(matches!(error, CheckError::Diverges(_)));
        assert!(format!("{error:?}").contains("An invitation can be accepted once."));
    }

    #[test]
    fn what_an_option_names_has_to_exist() {
        let error = reference("no-such-mutant").run().expect_err("there is none");
        assert!(matches!(error, CheckError::Config(_)), "{error}");
        let error = check("http://127.0.0.1:1").suites("no-such/*").run().expect_err("no suite");
        assert!(error.to_string().contains("no suite matches \"no-such/*\""), "{error}");
        let error = check("http://127.0.0.1:1").run().expect_err("nobody listens there");
        assert!(matches!(error, CheckError::Target(_)), "{error}");
    }

    #[tokio::test]
    async fn it_can_be_awaited_inside_a_runtime() {
        let result = reference("accepted-twice").rules("share/*").run_async().await;
        let verdict = result.map(|result| result.verdict());
        assert!(matches!(verdict, Ok(Verdict::Conforms)), "{verdict:?}");
    }
}
