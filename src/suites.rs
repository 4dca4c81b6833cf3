//! The suites: the scenarios that come with Bellwether.

use include_dir::{Dir, include_dir};

use crate::capabilities::Capabilities;
use crate::explore::{Cases, Search};
use crate::scenario::{Case, Parsed, Scenario};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/suites");

/// A scenario that comes with Bellwether.
#[derive(Clone, Debug)]
pub struct Suite {
    /// `topic/name`.
    pub name: String,
    /// The text of its file.
    pub text: &'static str,
    parsed: Parsed,
}

impl Suite {
    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.parsed.scenario
    }

    /// Whether it puts open rules to a target. Such a suite is played only if it is selected: its
    /// answers are not judged.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.name.starts_with("questions/")
    }

    /// The scenario with the lines of its text.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// The steps that a target can play, as a case; without those that name what only steps that it
    /// can't play make.
    ///
    /// # Panics
    ///
    /// Never: a scenario that was parsed names what its world has.
    #[must_use]
    pub fn case(&self, capabilities: &Capabilities) -> Case {
        let all = self.scenario().case().expect("a parsed scenario names what its world has");
        let steps = all.steps().iter().filter(|step| capabilities.can(&step.call)).cloned();
        all.with_connected(steps.collect()).expect("these are some of its steps")
    }
}

/// Returns a search that has reached nothing yet, with a corpus of the suites that a target can play.
#[must_use]
pub fn seeded_search(cases: &Cases) -> Search {
    let shapes = cases.capabilities.shapes();
    let suites = all().into_iter().filter(|suite| {
        let Scenario { shape, assumptions, .. } = suite.scenario();
        shapes.contains(shape) && assumptions.are_all_in(cases.assumptions)
    });
    Search::seeded_from(cases, suites.map(|suite| suite.case(&cases.capabilities)))
}

/// Returns all suites, by name.
///
/// # Panics
///
/// If a file that comes with Bellwether does not parse, which its tests exclude.
#[must_use]
pub fn all() -> Vec<Suite> {
    let topics = FILES.dirs();
    let files = topics.flat_map(Dir::files);
    let mut suites: Vec<Suite> = files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "scenario"))
        .filter_map(|file| {
            let path = file.path().with_extension("");
            let name = path.to_str()?.replace('\\', "/");
            let text = file.contents_utf8()?;
            let parsed = Parsed::read(&name, text).expect("the suites' tests parse every file");
            Some(Suite { name, text, parsed })
        })
        .collect();
    suites.sort_by(|one, other| one.name.cmp(&other.name));
    suites
}
