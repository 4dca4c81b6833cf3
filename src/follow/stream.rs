//! The events of files as they happened: ordered by their times as far as these tell, and each account's handed
//! to the follower of those that it met.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use bellwether_model::Account;
use bellwether_model::operations::OPERATIONS;
use tokio::sync::mpsc;

use super::{Among, Assumed, Census, Follower, Reader, Tally, request};
use crate::history::{self, Event, Format, HistoryError, Micros, Span, Unreadable};
use crate::target::TargetError;

/// The number of events that are kept until their order is taken for known. A call that is answered later
/// than this number of others is out of order.
const WINDOW: usize = 8192;

/// The events that are read ahead.
const AHEAD: usize = 1024;

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
    for (path, format) in files {
        history::read(path, format, &mut |event| {
            if let Ok(event) = event {
                census.note(&event);
            }
        })?;
    }
    let mut judging = Judging::new(assumed, Reader::new().await?, census);
    let (sender, mut receiver) = mpsc::channel(AHEAD);
    let files = files.to_vec();
    let reading = tokio::task::spawn_blocking(move || {
        for (path, format) in &files {
            history::read(path, format, &mut |event| {
                // Nobody listens once judging has failed, and reading ends with the files.
                let _heard = sender.blocking_send(event);
            })?;
        }
        Ok::<_, HistoryError>(())
    });
    while let Some(event) = receiver.recv().await {
        judging.receive(event).await;
    }
    match reading.await {
        Ok(read) => read?,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
    Ok(judging.end().await)
}

/// Judges a history that is in memory.
///
/// # Errors
///
/// The clients that read answers can't be made.
pub async fn judge_events(events: Vec<Event>, assumed: Assumed) -> Result<Judged, TargetError> {
    let mut census = Census::default();
    for event in &events {
        census.note(event);
    }
    let mut judging = Judging::new(assumed, Reader::new().await?, census);
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
    census: Census,
    followers: BTreeMap<Option<Account>, Follower>,
    /// The events whose order is not yet taken for known, by their begin and the order in which they were read.
    window: BTreeMap<(Micros, u64), Event>,
    read: u64,
    /// The begin of the last event that was followed.
    followed: Micros,
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
    fn new(assumed: Assumed, reader: Reader, census: Census) -> Self {
        let judged = Judged { callers: census.callers().len(), ..Judged::default() };
        Self {
            assumed,
            reader,
            callers: Arc::new(census.callers().clone()),
            census,
            followers: BTreeMap::new(),
            window: BTreeMap::new(),
            read: 0,
            followed: 0,
            until: BTreeMap::new(),
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
        let is_told_twice = event.time.is_some()
            && same
                .clone()
                .any(|(_, other)| Event { place: other.place.clone(), ..event.clone() } == *other);
        if is_told_twice {
            self.judged.tally.events += 1;
            self.judged.tally.leave("it is in the history twice");
            return;
        }
        self.window.insert((begin, self.read), event);
        if self.window.len() > WINDOW {
            self.follow_first().await;
        }
    }

    async fn follow_first(&mut self) {
        let Some(((begin, _), event)) = self.window.pop_first() else { return };
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
        follower.follow(event, among, &mut self.judged.tally).await;
        if let Some(changed) = changed {
            // Whose resources these are is not told.
            let reason = "somebody who is not known changed it";
            self.followers.values_mut().for_each(|it| it.give_up_named(&changed, reason));
        }
        if moves_accounts {
            // Whose organization changes, or what is left of anything, is not told.
            self.followers.values_mut().for_each(Follower::forget);
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
