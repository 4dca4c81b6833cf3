//! Progress on standard error: one line that is redrawn on a terminal, a few plain lines else.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::confirm::Verdict;
use crate::counterexample::Defect;
use crate::event::{Event, Listener};

/// Shows how a run goes on.
#[derive(Debug)]
pub struct Progress {
    bar: Mutex<ProgressBar>,
    terminal: bool,
}

impl Progress {
    /// A progress line on standard error.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Self { bar: Mutex::new(bar), terminal: std::io::stderr().is_terminal() }
    }

    fn say(&self, bar: &ProgressBar, text: &str) {
        if self.terminal {
            bar.println(text);
        } else {
            anstream::eprintln!("{text}");
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Listener for Progress {
    fn tell(&self, event: &Event<'_>) {
        let Ok(mut bar) = self.bar.lock() else { return };
        match event {
            Event::Probing => self.say(&bar, "probing the target"),
            Event::Probed(capabilities) => {
                let missing: Vec<_> = capabilities.missing.keys().map(String::as_str).collect();
                if !missing.is_empty() {
                    let missing = missing.join(", ");
                    self.say(&bar, &format!("not implemented, and not judged: {missing}"));
                }
                if let Some(how) = &capabilities.no_organizations {
                    let text = "organizations are missing: only standalone accounts are played";
                    self.say(&bar, &format!("{text} ({how})"));
                }
            }
            Event::Playing { what, total } => {
                bar.finish_and_clear();
                let template = "{bar:30} {pos}/{len} {prefix}, {msg}";
                let style = ProgressStyle::with_template(template);
                let next =
                    ProgressBar::with_draw_target(Some(*total), ProgressDrawTarget::stderr())
                        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                        .with_prefix((*what).to_owned());
                self.say(&next, &format!("playing {total} {what}"));
                *bar = next;
            }
            Event::Played { requests } => {
                bar.inc(1);
                bar.set_message(format!("{requests} requests"));
            }
            Event::Found(finding) => {
                let (rule, kind) = (finding.origin().rule, finding.origin().difference.as_str());
                self.say(&bar, &format!("found {rule} ({kind}), shrinking"));
            }
            Event::Confirmed(confirmed) => {
                let requests = confirmed.requests;
                match &confirmed.verdict {
                    Verdict::Diverges(found) => {
                        let steps = found.steps();
                        let said = format!("shrunk to {steps} steps in {requests} requests");
                        bar.set_message(said);
                    }
                    Verdict::Flaky { counterexample, seen, tries } => {
                        let rule = counterexample.rule().name;
                        let text = format!("{rule} is flaky: seen {seen} of {tries} times");
                        self.say(&bar, &text);
                    }
                    Verdict::Undecided => {
                        bar.set_message("not reported: it rests on an open answer");
                    }
                    Verdict::Defect(defect) => {
                        let Defect { id, why, .. } = &**defect;
                        self.say(&bar, &format!("a bug in Bellwether at {id}: {why}"));
                    }
                }
            }
            Event::Note(text) => self.say(&bar, text),
            Event::Finished => bar.finish_and_clear(),
        }
    }
}
