//! What `check` writes into the folder of its report while it runs.

use std::path::Path;

use crate::check::Options;
use crate::confirm::Verdict;
use crate::event::{Event, Listener};
use crate::outcome::Outcome;
use crate::report::Report;
use crate::report::files::FILES;
use crate::store::Store;
use crate::target::Target;

/// The files that are renewed while a run goes on: those that are read without the others.
const SO_FAR: [&str; 2] = ["results.json", "report.txt"];

/// A listener that writes what is found before it is said.
pub(super) struct Saving<'a> {
    pub(super) progress: Box<dyn Listener>,
    pub(super) store: Option<&'a Store>,
    pub(super) folder: Option<&'a Path>,
    pub(super) target: &'a Target,
    pub(super) options: &'a Options,
    pub(super) strict: bool,
}

impl Listener for Saving<'_> {
    fn tell(&self, event: &Event<'_>) {
        if let Some(store) = self.store {
            self.save(store, event);
        }
        self.progress.tell(event);
    }
}

impl Saving<'_> {
    /// Writes what an event says. What can't be written is tried again at the end of the run, which says so.
    fn save(&self, store: &Store, event: &Event<'_>) {
        match event {
            Event::Found(found) => {
                let why = "it is being shrunk, and may be no divergence";
                let _later = store.keep_unconfirmed(&found.id(), found, why);
            }
            Event::Shorter { id, found } => {
                let why = "it is being shrunk, and may be no divergence";
                let _later = store.keep_unconfirmed(id, found, why);
            }
            Event::Unconfirmed { found, why } => {
                let _later = store.keep_unconfirmed(&found.id(), found, why);
            }
            Event::Confirmed { id, confirmed } => match &confirmed.verdict {
                Verdict::Diverges(found) => {
                    let _later = store.keep(id, found);
                }
                Verdict::Flaky { counterexample, seen, tries } if *seen > 0 => {
                    let why = format!("it showed again {seen} of {tries} times");
                    let _later = store.keep_unconfirmed(id, counterexample, &why);
                }
                Verdict::Flaky { .. } | Verdict::Undecided | Verdict::Defect(_) => {
                    store.forget(id);
                }
            },
            Event::SoFar(outcome) => self.save_report(store, outcome),
            Event::Probing
            | Event::Probed(_)
            | Event::Playing { .. }
            | Event::Played { .. }
            | Event::Note(_)
            | Event::Finished => {}
        }
    }

    /// Writes the report of a run that has not ended.
    fn save_report(&self, store: &Store, outcome: &Outcome) {
        let report = Report {
            strict: self.strict,
            ..Report::of(self.target, self.options, outcome, self.folder)
        };
        for (name, render) in FILES.iter().filter(|(name, _)| SO_FAR.contains(name)) {
            if let Ok(content) = render(&report) {
                let _later = store.write(name, &content);
            }
        }
    }
}
