//! Progress on standard error: a line that is redrawn on a terminal; elsewhere a line now and then.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::confirm::Verdict;
use crate::counterexample::Defect;
use crate::event::{Event, Listener};

/// The time between two lines of a log.
const INTERVAL: Duration = Duration::from_secs(10);

/// The time between two drawings of a terminal's line while nothing happens.
const TICK: Duration = Duration::from_millis(250);

/// Shows how a run goes on.
#[derive(Debug)]
pub struct Progress {
    going: Arc<Mutex<Going>>,
    /// Ends the thread that writes into a log, by being dropped.
    _logging: Option<Sender<()>>,
}

/// A run in progress.
#[derive(Debug)]
struct Going {
    /// The line of a terminal.
    bar: ProgressBar,
    terminal: bool,
    /// The unit that is played, and how many there are.
    phase: Option<(&'static str, u64)>,
    /// The number of them that were played.
    played: u64,
    /// The time at which they were begun.
    since: Instant,
    /// The requests of the run, and those before this phase.
    requests: u64,
    requests_before: u64,
    /// The divergences that were confirmed.
    divergences: u64,
}

impl Progress {
    /// Progress as standard error takes it: a line on a terminal that is redrawn, or lines of a log.
    #[must_use]
    pub fn new() -> Self {
        Self::on(std::io::stderr().is_terminal())
    }

    /// Progress as lines of a log, also on a terminal: other lines come between.
    #[must_use]
    pub fn as_log() -> Self {
        Self::on(false)
    }

    fn on(terminal: bool) -> Self {
        let going = Arc::new(Mutex::new(Going {
            bar: ProgressBar::with_draw_target(None, target_of(terminal)),
            terminal,
            phase: None,
            played: 0,
            since: Instant::now(),
            requests: 0,
            requests_before: 0,
            divergences: 0,
        }));
        let logging = (!terminal).then(|| log_every(INTERVAL, Arc::clone(&going)));
        Self { going, _logging: logging }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the line of a terminal is drawn.
fn target_of(terminal: bool) -> ProgressDrawTarget {
    if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
}

/// Writes a line into the log every so often, until the sender is dropped.
fn log_every(interval: Duration, going: Arc<Mutex<Going>>) -> Sender<()> {
    let (running, ended) = mpsc::channel::<()>();
    thread::spawn(move || {
        while ended.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
            let Ok(going) = going.lock() else { break };
            if let Some(line) = going.line(going.since.elapsed()) {
                anstream::eprintln!("{line}");
            }
        }
    });
    running
}

impl Going {
    fn say(&self, text: &str) {
        if self.terminal {
            self.bar.println(text);
        } else {
            anstream::eprintln!("{text}");
        }
    }

    fn begin(&mut self, what: &'static str, total: u64) {
        self.bar.finish_and_clear();
        self.bar = ProgressBar::with_draw_target(Some(total), target_of(self.terminal));
        self.say(&format!("playing {total} {what}"));
        self.phase = Some((what, total));
        self.played = 0;
        self.since = Instant::now();
        self.requests_before = self.requests;
        if self.terminal {
            let style = ProgressStyle::with_template("{bar:20} {msg}");
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar.enable_steady_tick(TICK);
            self.draw();
        }
    }

    /// Draws the line of a terminal.
    fn draw(&self) {
        if let Some(line) = self.line(self.since.elapsed()).filter(|_| self.terminal) {
            self.bar.set_position(self.played);
            self.bar.set_message(line);
        }
    }

    /// The line that says how far the run has come after this time; `None` before anything is played.
    fn line(&self, elapsed: Duration) -> Option<String> {
        let (what, total) = self.phase?;
        let Self { played, divergences, .. } = self;
        let per_second = rate(self.requests - self.requests_before, elapsed);
        let plural = if *divergences == 1 { "" } else { "s" };
        let left = (*played > 0 && *played < total).then(|| {
            let left = elapsed.mul_f64(rate_of(total - played, *played));
            format!(", {} left", HumanDuration(left))
        });
        let left = left.unwrap_or_default();
        Some(format!(
            "{played} of {total} {what}, {per_second:.0} requests/s, {divergences} divergence{plural}{left}"
        ))
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn rate_of(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn rate(requests: u64, elapsed: Duration) -> f64 {
    if elapsed.is_zero() { 0.0 } else { requests as f64 / elapsed.as_secs_f64() }
}

impl Listener for Progress {
    fn tell(&self, event: &Event<'_>) {
        let Ok(mut going) = self.going.lock() else { return };
        match event {
            Event::Probing => going.say("probing the target"),
            Event::Probed(capabilities) => {
                let missing: Vec<_> = capabilities.missing.keys().map(String::as_str).collect();
                if !missing.is_empty() {
                    let missing = missing.join(", ");
                    going.say(&format!("not implemented, and not judged: {missing}"));
                }
                if let Some(how) = &capabilities.no_organizations {
                    let text = "organizations are missing: only standalone accounts are played";
                    going.say(&format!("{text} ({how})"));
                }
            }
            Event::Playing { what, total } => going.begin(what, *total),
            Event::Played { requests } => {
                going.played += 1;
                going.requests = *requests;
                going.draw();
            }
            Event::Found(found) => {
                let origin = found.finding.origin();
                let (rule, kind) = (origin.rule, origin.difference.as_str());
                going.say(&format!("found {rule} ({kind}), shrinking"));
            }
            Event::Confirmed { confirmed, .. } => {
                going.requests += confirmed.requests;
                match &confirmed.verdict {
                    Verdict::Diverges(_) => going.divergences += 1,
                    Verdict::Flaky { counterexample, seen, tries } => {
                        let rule = counterexample.rule().name;
                        going.say(&format!("{rule} is flaky: seen {seen} of {tries} times"));
                    }
                    Verdict::Undecided => {}
                    Verdict::Defect(defect) => {
                        let Defect { id, why, .. } = &**defect;
                        going.say(&format!("a bug in Bellwether at {id}: {why}"));
                    }
                }
                going.draw();
            }
            Event::Note(text) => going.say(text),
            Event::Finished => {
                going.bar.finish_and_clear();
                going.phase = None;
            }
            Event::Unconfirmed { found, why } => {
                let rule = found.rule().name;
                going.say(&format!("{rule} could not be confirmed: {why}"));
            }
            Event::Shorter { .. } | Event::SoFar(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_cases_requests_a_second_divergences_and_the_time_left() {
        let progress = Progress::as_log();
        let line = |seconds| {
            let going = progress.going.lock().unwrap();
            going.line(Duration::from_secs(seconds))
        };
        progress.tell(&Event::Played { requests: 500 });
        assert_eq!(line(10), None, "nothing was begun");
        progress.tell(&Event::Playing { what: "cases", total: 182 });
        let begun = "0 of 182 cases, 0 requests/s, 0 divergences";
        assert_eq!(line(10).as_deref(), Some(begun));
        for requests in [1_000, 1_500] {
            progress.tell(&Event::Played { requests });
        }
        progress.going.lock().unwrap().divergences = 1;
        let going = "2 of 182 cases, 100 requests/s, 1 divergence, 15 minutes left";
        assert_eq!(line(10).as_deref(), Some(going));
        progress.tell(&Event::Finished);
        assert_eq!(line(10), None);
    }

    #[test]
    fn the_log_ends_with_the_progress() {
        let going = Arc::clone(&Progress::as_log().going);
        // The thread wakes up as the sender is dropped, and lets go of what it shares.
        for _ in 0..100 {
            if Arc::strong_count(&going) == 1 {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("the thread goes on");
    }
}
