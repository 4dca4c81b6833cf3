//! The events of files as they happened: ordered by their times as far as these tell, and each account's handed
//! to the follower of those that it met.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use bellwether_model::Account;
use bellwether_model::operations::OPERATIONS;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{Among, Assumed, Census, Follower, Reader, Tally, request};
use crate::history::{self, Event, Format, HistoryError, Micros, Span, Unreadable};
use crate::target::TargetError;

/// About the bytes of the events that are kept until their order is taken for known. A call that is answered later
/// than this many others is out of order.
const WINDOW_BYTES: usize = 48 * 1024 * 1024;

/// The most resources and calls that are kept of a history at a time. Where there are more, what is known of the
/// accounts with the most of them is forgotten.
const KEPT_MAX: usize = 60_000;

/// The most files that are read side by side.
const OPEN_MAX: usize = 64;

/// A clock that is behind by more than this, in microseconds, went back.
const CLOCK_MARGIN: Micros = 100_000;

/// The events that are read ahead.
const AHEAD: usize = 256;

/// The most messages that are kept of what can't be read.
const UNREADABLE_MAX: usize = 100;

/// What was judged of a history.
#[derive(Debug, Default)]
pub struct Judged {
    /// The result.
    pub tally: Tally,
    /// What could not be read, the first of it.
    pub unreadable: Vec<Unreadable>,
    /// The number of all that could not be read.
    pub unreadable_count: u64,
    /// The number of accounts whose calls are in it.
    pub callers: usize,
    /// The number of times that what was known of accounts was forgotten, since too much had been made.
    pub forgotten: u64,
}

/// The reason that files can't be judged.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// They can't be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The clients that read answers can't be made.
    #[error(transparent)]
    Target(#[from] TargetError),
}

/// Judges the history that these files hold together.
///
/// # Errors
///
/// A file can't be read at all.
pub async fn judge_files(
    files: &[(PathBuf, &'static Format)],
    assumed: Assumed,
) -> Result<Judged, StreamError> {
    let mut census = Census::default();
    let mut waiting = Vec::new();
    for (path, format) in files {
        let mut first = Micros::MAX;
        history::read(path, format, &mut |event| {
            if let Ok(event) = event {
                census.note(&event, format.name);
                first = first.min(event.time.map_or(0, |time| time.begin));
            }
        })?;
        waiting.push((first, path.clone(), *format));
    }
    // The last of them is opened next.
    waiting.sort_by_key(|(first, ..)| std::cmp::Reverse(*first));
    let mut judging = Judging::new(assumed, Reader::new().await?, census, files.len() > 1);
    let mut open: Vec<Source> = Vec::new();
    loop {
        while let Some((first, ..)) = waiting.last()
            && open.len() < OPEN_MAX
            && open.iter().all(|source| source.begin >= *first)
            && let Some((first, path, format)) = waiting.pop()
        {
            open.push(Source::open(first, path, format));
        }
        // The file that is furthest behind is read on.
        let Some(behind) = open.iter().enumerate().min_by_key(|(_, it)| it.begin) else { break };
        let place = behind.0;
        match open[place].next().await {
            Some(event) => judging.receive(event).await,
            None => open.swap_remove(place).end().await?,
        }
    }
    Ok(judging.end().await)
}

/// A file that is being read.
struct Source {
    events: mpsc::Receiver<Result<Event, Unreadable>>,
    reading: JoinHandle<Result<(), HistoryError>>,
    clock: Option<Clock>,
    /// The latest begin of what was read.
    begin: Micros,
}

impl Source {
    fn open(first: Micros, path: PathBuf, format: &'static Format) -> Self {
        let (sender, events) = mpsc::channel(AHEAD);
        let reading = tokio::task::spawn_blocking(move || {
            history::read(&path, format, &mut |event| {
                // Nobody listens once judging has failed, and reading ends with the file.
                let _heard = sender.blocking_send(event);
            })
        });
        let clock = format.is_in_order.then(Clock::default);
        Self { events, reading, clock, begin: first }
    }

    async fn next(&mut self) -> Option<Result<Event, Unreadable>> {
        let mut event = self.events.recv().await?;
        if let Ok(event) = &mut event
            && let Some(time) = &mut event.time
        {
            if let Some(clock) = &mut self.clock {
                clock.correct(time);
            }
            self.begin = self.begin.max(time.begin);
        }
        Some(event)
    }

    async fn end(self) -> Result<(), HistoryError> {
        match self.reading.await {
            Ok(read) => read,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}

/// The clock of a file whose calls stand in the order of their answers. Where it goes back, what comes later is taken
/// to come right after what came before.
#[derive(Debug, Default)]
struct Clock {
    last: Micros,
    behind: Micros,
}

impl Clock {
    fn correct(&mut self, time: &mut Span) {
        let end = time.end + self.behind;
        if end + CLOCK_MARGIN < self.last {
            self.behind += self.last - end;
        }
        time.begin += self.behind;
        time.end += self.behind;
        self.last = self.last.max(time.end);
    }
}

/// Judges a history that is in memory.
///
/// # Errors
///
/// The clients that read answers can't be made.
pub async fn judge_events(events: Vec<Event>, assumed: Assumed) -> Result<Judged, TargetError> {
    let mut census = Census::default();
    for event in &events {
        census.note(event, "");
    }
    let mut judging = Judging::new(assumed, Reader::new().await?, census, false);
    for event in events {
        judging.receive(Ok(event)).await;
    }
    Ok(judging.end().await)
}

/// The judging of a history on its way.
struct Judging {
    assumed: Assumed,
    reader: Reader,
    callers: Arc<BTreeSet<Account>>,
    /// The groups of accounts whose calls are told in several formats.
    mixed: BTreeSet<Account>,
    census: Census,
    followers: BTreeMap<Option<Account>, Follower>,
    /// The events whose order is not yet taken for known, by their begin and the order in which they were read.
    window: BTreeMap<(Micros, u64), Event>,
    /// About the bytes of the events in the window.
    window_bytes: usize,
    /// Whether the history is of several files, so that events without times have no order.
    is_of_several: bool,
    read: u64,
    /// The begin of the last event that was followed.
    followed: Micros,
    /// The number of resources and calls that the followers keep.
    kept: usize,
    /// The last ends of calls that made something and of other calls that wrote, by group.
    until: BTreeMap<Account, Until>,
    judged: Judged,
}

/// The times until which calls that write were under way.
#[derive(Copy, Clone, Debug, Default)]
struct Until {
    making: Micros,
    others: Micros,
}

impl Judging {
    fn new(assumed: Assumed, reader: Reader, census: Census, is_of_several: bool) -> Self {
        let judged = Judged { callers: census.callers().len(), ..Judged::default() };
        Self {
            assumed,
            reader,
            callers: Arc::new(census.callers().clone()),
            mixed: census.mixed(),
            census,
            followers: BTreeMap::new(),
            window: BTreeMap::new(),
            window_bytes: 0,
            is_of_several,
            read: 0,
            followed: 0,
            until: BTreeMap::new(),
            kept: 0,
            judged,
        }
    }

    async fn receive(&mut self, event: Result<Event, Unreadable>) {
        let event = match event {
            Ok(event) => event,
            Err(unreadable) => {
                self.judged.unreadable_count += 1;
                if self.judged.unreadable.len() < UNREADABLE_MAX {
                    self.judged.unreadable.push(unreadable);
                }
                return;
            }
        };
        self.read += 1;
        // Without times, events happened as they were read.
        let last = self.window.last_key_value().map_or(self.followed, |((begin, _), _)| *begin);
        let begin = event.time.map_or(last + 1, |time| time.begin);
        let same = self.window.range((begin, 0)..=(begin, u64::MAX));
        let is_told_twice = event.time.is_some() && same.clone().any(|(_, it)| it.is_same(&event));
        if is_told_twice {
            self.judged.tally.events += 1;
            self.judged.tally.leave("it is in the history twice");
            return;
        }
        self.window_bytes += event.size();
        self.window.insert((begin, self.read), event);
        while self.window_bytes > WINDOW_BYTES {
            self.follow_first().await;
        }
    }

    async fn follow_first(&mut self) {
        let Some(((begin, _), event)) = self.window.pop_first() else { return };
        self.window_bytes = self.window_bytes.saturating_sub(event.size());
        if let Some(reason) = self.has_no_place(&event) {
            return self.pass_over(&event, reason);
        }
        let span = event.time.unwrap_or(Span { begin, end: begin });
        let is_late = begin < self.followed;
        self.followed = self.followed.max(begin);
        let group = event.caller.map(|caller| self.census.group(caller));
        let mut among = self.among(&event, span, group);
        among.overlaps |= is_late;
        among.is_unordered |= is_late;
        if let Some(group) = group.filter(|_| event.may_have_changed_something()) {
            let until = self.until.entry(group).or_default();
            let until = if makes(&event) { &mut until.making } else { &mut until.others };
            *until = (*until).max(span.end);
        }
        let follower = self.followers.entry(group).or_insert_with(|| {
            let accounts = group.map_or_else(BTreeSet::new, |group| self.census.members(group));
            let callers = Arc::clone(&self.callers);
            Follower::new(self.assumed, self.reader.clone(), accounts, callers)
        });
        let moves_accounts = !event.was_refused()
            && (request::may_move_accounts(&event) || request::may_change_everything(&event));
        let is_of_nobody = event.caller.is_none() && event.may_have_changed_something();
        let changed = is_of_nobody.then(|| event.clone());
        let kept = follower.kept();
        follower.follow(event, among, &mut self.judged.tally).await;
        self.kept = (self.kept + follower.kept()).saturating_sub(kept);
        if let Some(changed) = changed {
            // Whose resources these are is not told.
            let reason = "somebody who is not known changed it";
            self.followers.values_mut().for_each(|it| it.give_up_named(&changed, reason));
        }
        if moves_accounts {
            // Whose organization changes, or what is left of anything, is not told.
            self.followers.values_mut().for_each(Follower::forget);
            self.kept = 0;
        }
        if self.kept > KEPT_MAX {
            self.kept = self.followers.values().map(Follower::kept).sum();
        }
        while self.kept > KEPT_MAX {
            let most = self.followers.values_mut().max_by_key(|it| it.kept());
            let Some(most) = most else { break };
            self.kept = self.kept.saturating_sub(most.kept());
            most.forget();
            self.judged.forgotten += 1;
        }
    }

    /// The reason that an event has no place in the order of the others, if so.
    fn has_no_place(&self, event: &Event) -> Option<&'static str> {
        if self.is_of_several && event.time.is_none() {
            return Some("its time is not told, and the history is of several files");
        }
        let group = event.caller.map(|caller| self.census.group(caller));
        group.is_some_and(|group| self.mixed.contains(&group)).then_some(
            "the calls of its account are told in several formats, and may be told twice",
        )
    }

    /// Leaves an event out; what it may have changed is given up.
    fn pass_over(&mut self, event: &Event, reason: &'static str) {
        self.judged.tally.events += 1;
        self.judged.tally.leave(reason);
        if event.may_have_changed_something() {
            self.followers.values_mut().for_each(|it| it.give_up_named(event, reason));
        }
    }

    /// Looks for calls of the same group that were under way at the same time.
    fn among(&self, event: &Event, span: Span, group: Option<Account>) -> Among {
        let Some(group) = group else { return Among::default() };
        let until = self.until.get(&group).copied().unwrap_or_default();
        let (mut making, mut others) = (until.making > span.begin, until.others > span.begin);
        for other in self.window.range(..(span.end, 0)).map(|(_, other)| other) {
            let is_of_group = other.caller.is_some_and(|it| self.census.group(it) == group);
            if is_of_group && other.may_have_changed_something() {
                if makes(other) { making = true } else { others = true }
            }
        }
        // Two calls that make something do not depend on each other's order: neither can name what the other
        // makes.
        let is_unordered = others || (making && !makes(event));
        Among { overlaps: making || others, is_unordered }
    }

    /// Follows what is left.
    async fn end(mut self) -> Judged {
        while !self.window.is_empty() {
            self.follow_first().await;
        }
        self.judged
    }
}

/// Whether a call makes something.
fn makes(event: &Event) -> bool {
    let info = OPERATIONS.iter().find(|it| it.name == event.operation);
    info.is_some_and(|it| !it.makes.is_empty())
}
