//! The suites: the scenarios that come with Bellwether.

use globset::GlobMatcher;
use include_dir::{Dir, include_dir};

use crate::capabilities::Capabilities;
use crate::explore::{Cases, Search};
use crate::scenario::{Case, Parsed, Scenario};

/// The topics, each with its folder. The tests beside these folders are not part of the program.
static TOPICS: [(&str, Dir<'_>); 27] = [
    ("capacity-reservation", include_dir!("$CARGO_MANIFEST_DIR/suites/capacity-reservation")),
    ("dedicated-host", include_dir!("$CARGO_MANIFEST_DIR/suites/dedicated-host")),
    ("firewall-rule-group", include_dir!("$CARGO_MANIFEST_DIR/suites/firewall-rule-group")),
    ("hosted-zone", include_dir!("$CARGO_MANIFEST_DIR/suites/hosted-zone")),
    ("image", include_dir!("$CARGO_MANIFEST_DIR/suites/image")),
    ("invitations", include_dir!("$CARGO_MANIFEST_DIR/suites/invitations")),
    ("ipam-pool", include_dir!("$CARGO_MANIFEST_DIR/suites/ipam-pool")),
    ("law", include_dir!("$CARGO_MANIFEST_DIR/suites/law")),
    ("license-configuration", include_dir!("$CARGO_MANIFEST_DIR/suites/license-configuration")),
    ("lifecycle", include_dir!("$CARGO_MANIFEST_DIR/suites/lifecycle")),
    ("organization", include_dir!("$CARGO_MANIFEST_DIR/suites/organization")),
    ("permissions", include_dir!("$CARGO_MANIFEST_DIR/suites/permissions")),
    ("placement-group", include_dir!("$CARGO_MANIFEST_DIR/suites/placement-group")),
    ("prefix-list", include_dir!("$CARGO_MANIFEST_DIR/suites/prefix-list")),
    ("principals", include_dir!("$CARGO_MANIFEST_DIR/suites/principals")),
    ("profile", include_dir!("$CARGO_MANIFEST_DIR/suites/profile")),
    ("query-log-config", include_dir!("$CARGO_MANIFEST_DIR/suites/query-log-config")),
    ("questions", include_dir!("$CARGO_MANIFEST_DIR/suites/questions")),
    ("reads", include_dir!("$CARGO_MANIFEST_DIR/suites/reads")),
    ("regions", include_dir!("$CARGO_MANIFEST_DIR/suites/regions")),
    ("resolver-rule", include_dir!("$CARGO_MANIFEST_DIR/suites/resolver-rule")),
    ("revoke", include_dir!("$CARGO_MANIFEST_DIR/suites/revoke")),
    ("subnet", include_dir!("$CARGO_MANIFEST_DIR/suites/subnet")),
    ("tags", include_dir!("$CARGO_MANIFEST_DIR/suites/tags")),
    ("time", include_dir!("$CARGO_MANIFEST_DIR/suites/time")),
    ("transit-gateway", include_dir!("$CARGO_MANIFEST_DIR/suites/transit-gateway")),
    ("walkthrough", include_dir!("$CARGO_MANIFEST_DIR/suites/walkthrough")),
];

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

/// The suites that a glob matches, none for `none`; without a glob all but those that ask questions.
#[must_use]
pub fn selected(glob: Option<&GlobMatcher>) -> Vec<Suite> {
    let mut suites = all();
    match glob {
        None => suites.retain(|suite| !suite.asks()),
        Some(glob) if glob.glob().glob() == "none" => suites.clear(),
        Some(glob) => suites.retain(|suite| glob.is_match(&suite.name)),
    }
    suites
}

/// Returns all suites, by name.
///
/// # Panics
///
/// If a file that comes with Bellwether does not parse, which its tests exclude.
#[must_use]
pub fn all() -> Vec<Suite> {
    let files = TOPICS.iter().flat_map(|(topic, folder)| folder.files().map(move |it| (topic, it)));
    let mut suites: Vec<Suite> = files
        .filter_map(|(topic, file)| {
            let name = format!("{topic}/{}", file.path().file_stem()?.to_str()?);
            let text = file.contents_utf8()?;
            let parsed = Parsed::read(&name, text).expect("the suites' tests parse every file");
            Some(Suite { name, text, parsed })
        })
        .collect();
    suites.sort_by(|one, other| one.name.cmp(&other.name));
    suites
}
