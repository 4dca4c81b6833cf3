//! `bellwether power`

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use globset::GlobMatcher;

use super::check::{glob, no_match};
use super::diagnostics::Diagnostics;
use super::{CONFORMS, CliError, DIVERGES, print, print_json};
use crate::explore::{PARTS, Tuning, UnknownPart};
use crate::power::{self, Floors, Options, ZooOptions};
use crate::reference::mutants;
use crate::shrink::PASSES;

/// The arguments of `bellwether power`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[command(after_help = "Example: bellwether power --mutant 'subnet-*' --trials 10
Example: bellwether power --made 60 --no-planted --sequences 0 --seed 2
Example: bellwether power --zoo 40 --seed 3")]
pub(super) struct Power {
    /// Search only the mutants, or classes of mutants, that match
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    mutant: Option<GlobMatcher>,
    /// Search this number of mutants made by machine too, once each; the seed draws them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    made: Option<u32>,
    /// Plant this number of faults at once, drawn by the seed, run one `check` of the target that has them
    /// all, and say how many are found under their own names; nothing else is measured
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=400),
          conflicts_with_all = ["mutant", "made", "no_planted", "controls", "floors"])]
    zoo: Option<u32>,
    /// Leave out the planted mutants
    #[arg(long, requires = "made", conflicts_with = "mutant")]
    no_planted: bool,
    /// Number of searches of each planted mutant, each with its own seed
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=1_000))]
    trials: u64,
    /// The first seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Give up a search after this number of requests
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    max_requests: u64,
    /// Number of searches that run at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=256))]
    jobs: Option<u64>,
    /// Number of sequences of the unmutated target to search for false alarms, split over the conditions
    #[arg(long, value_name = "N", default_value_t = 200)]
    sequences: u64,
    /// Leave out these parts of exploration, or passes of shrinking, to measure what they earn; a
    /// name that is not valid lists them
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    without: Vec<String>,
    /// Reads that the searches make after each step
    #[arg(long, value_name = "READS", default_value = "novel")]
    reads: Reads,
    /// Leave out the baseline: uniform draws from the same model, shrunk without it
    #[arg(long)]
    no_baseline: bool,
    /// Check the controls too: servers that only pretend to share
    #[arg(long)]
    controls: bool,
    /// Judge recordings of the mutants too, whole and cut at a random place
    #[arg(long)]
    recorded: bool,
    /// Fail if a figure does not reach its floor; floors that differ from the default are given as
    /// `found=98,requests=400,baseline=5,minimal=95,longer=0,shrink=200`
    #[arg(long, value_name = "FLOORS", num_args = 0..=1, default_missing_value = "")]
    floors: Option<Floors>,
    /// The format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// The cases that are drawn for a zoo, as `check` draws them by default.
const ZOO_CASES: u64 = 200;

/// The format of the figures.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// A page, as docs/power.md is.
    Markdown,
    /// JSON lines, as Etna's runners print them.
    Etna,
}

/// Returns an error that lists the parts and passes that can be left out, each with its
/// description.
fn unknown(error: &UnknownPart) -> CliError {
    let parts = PARTS.iter().map(|part| (part.name, part.says));
    let passes = PASSES.iter().map(|pass| (pass.name, pass.says));
    let parts = parts.chain(passes).map(|(name, says)| format!("{name:<24} {says}"));
    let help = format!("these can be left out:\n{}", parts.collect::<Vec<_>>().join("\n"));
    CliError::Usage { what: error.to_string(), help }
}

/// The reads that a search makes after each step.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Reads {
    /// All whose answer changes
    Always,
    /// Those that show what no read of the search has shown
    #[default]
    Novel,
}

impl Power {
    pub(super) async fn run(self, diagnostics: Diagnostics) -> Result<u8, CliError> {
        if let Some(size) = self.zoo {
            return self.run_zoo(size, diagnostics).await;
        }
        let (passes, parts) = self.left_out();
        let options = Options {
            mutants: self.mutants()?,
            trials: self.trials,
            seed: self.seed,
            max_requests: self.max_requests,
            jobs: self.jobs(),
            sequences: self.sequences,
            made: self.made.and_then(|made| usize::try_from(made).ok()).unwrap_or_default(),
            baseline: !self.no_baseline && !self.no_planted,
            controls: self.controls,
            recorded: self.recorded,
            tuning: Tuning::without(&parts).map_err(|error| unknown(&error))?,
            without_passes: passes,
        };
        let power = power::measure(&options, &*diagnostics.progress()).await?;
        match self.format {
            Format::Human => print(&power::human(&power))?,
            Format::Json => print_json(&power)?,
            Format::Markdown => {
                let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
                print(&power::markdown(&power, &self.command(), &date))?;
            }
            Format::Etna => print(&power::etna(&power))?,
        }
        let below = self.floors.map(|floors| floors.below(&power)).unwrap_or_default();
        for sentence in &below {
            anstream::eprintln!("below its floor: {sentence}");
        }
        Ok(if below.is_empty() { CONFORMS } else { DIVERGES })
    }

    /// Plants this number of faults at once, and reports what one run finds of them.
    async fn run_zoo(&self, size: u32, diagnostics: Diagnostics) -> Result<u8, CliError> {
        let options = ZooOptions {
            size: usize::try_from(size).unwrap_or(usize::MAX),
            seed: self.seed,
            cases: ZOO_CASES,
            jobs: self.jobs(),
        };
        if matches!(self.format, Format::Markdown | Format::Etna) {
            return Err(CliError::Usage {
                what: "--zoo has no page, and no lines for Etna".to_owned(),
                help: "take --format human or --format json".to_owned(),
            });
        }
        let zoo = Box::pin(power::zoo(&options, &*diagnostics.progress())).await?;
        if self.format == Format::Json {
            print_json(&zoo)?;
        } else {
            print(&power::human_zoo(&zoo))?;
        }
        Ok(CONFORMS)
    }

    fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        self.jobs.and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or_else(cores)
    }

    /// The names of the passes of shrinking that are left out, and those of parts of exploration.
    fn left_out(&self) -> (BTreeSet<&'static str>, Vec<&str>) {
        let always = (self.reads == Reads::Always).then_some("signatures");
        let names = self.without.iter().map(String::as_str).chain(always);
        let pass = |name: &str| PASSES.iter().map(|pass| pass.name).find(|it| *it == name);
        let (mut passes, mut parts) = (BTreeSet::new(), Vec::new());
        for name in names {
            match pass(name) {
                Some(pass) => {
                    passes.insert(pass);
                }
                None => parts.push(name),
            }
        }
        (passes, parts)
    }

    /// The command line that measures the same.
    fn command(&self) -> String {
        let mut words = vec![format!("bellwether power --trials {}", self.trials)];
        if let Some(glob) = &self.mutant {
            words.push(format!("--mutant '{}'", glob.glob().glob()));
        }
        if self.seed != 1 {
            words.push(format!("--seed {}", self.seed));
        }
        if self.max_requests != 5_000 {
            words.push(format!("--max-requests {}", self.max_requests));
        }
        if let Some(made) = self.made {
            words.push(format!("--made {made}"));
        }
        if self.no_planted {
            words.push("--no-planted".to_owned());
        }
        words.push(format!("--sequences {}", self.sequences));
        if !self.without.is_empty() {
            words.push(format!("--without {}", self.without.join(",")));
        }
        if self.reads == Reads::Always {
            words.push("--reads always".to_owned());
        }
        if self.no_baseline {
            words.push("--no-baseline".to_owned());
        }
        if self.controls {
            words.push("--controls".to_owned());
        }
        if self.recorded {
            words.push("--recorded".to_owned());
        }
        words.join(" ") + " --format markdown"
    }

    /// The mutants that match the glob, by their names or classes, of which there has to be one.
    /// Without a glob, all but the controls; none if they are left out.
    fn mutants(
        &self,
    ) -> Result<Vec<(&'static mutants::Class, &'static mutants::Mutant)>, CliError> {
        if self.no_planted {
            return Ok(Vec::new());
        }
        let Some(glob) = &self.mutant else {
            return Ok(mutants::all()
                .filter(|(class, _)| class.name != mutants::CONTROLS)
                .collect());
        };
        let matching = mutants::all()
            .filter(|(class, mutant)| glob.is_match(mutant.name) || glob.is_match(class.name));
        let matching: Vec<_> = matching.collect();
        if matching.is_empty() {
            let names = mutants::all().map(|(_, mutant)| mutant.name);
            return Err(no_match("mutant", glob, names, "bellwether list mutants"));
        }
        Ok(matching)
    }
}
