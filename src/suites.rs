//! The suites: the scenarios that come with Bellwether.

use include_dir::{Dir, include_dir};

use crate::capabilities::Capabilities;
use crate::explore::{Cases, Reached};
use crate::scenario::{Case, Parsed, Scenario};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/suites");

/// A scenario with its place among the suites.
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

    /// Whether it asks a target what no public source settles. Such a suite is played only where
    /// it is asked for: nothing of its answers is judged.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.name.starts_with("questions/")
    }

    /// The scenario with its lines.
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

/// Nothing reached yet by drawing, but how it goes in the suites is known.
#[must_use]
pub fn knowing(cases: &Cases) -> Reached {
    let shapes = cases.capabilities.shapes();
    let suites = all().into_iter().filter(|suite| {
        let Scenario { shape, assumptions, .. } = suite.scenario();
        shapes.contains(shape) && assumptions.are_all_in(cases.assumptions)
    });
    Reached::knowing(cases, suites.map(|suite| suite.case(&cases.capabilities)))
}

/// All suites, by name.
///
/// # Panics
///
/// A file that comes with Bellwether does not parse, which its tests exclude.
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
