//! Histories: what clients and an endpoint said to each other, as it was recorded.
//!
//! A history is a list of calls, each with its caller, Region, time, request and answer, as far as its
//! format has them. There is one reader for each format, and nothing is made up for what a format lacks.
//! A reader hands over one call after the other, so that a history of any length takes little memory, and
//! names the place of what it can't read and goes on behind it.
//!
//! To add a format, write its file and give it a line in [`FORMATS`].

pub mod botocore;
pub mod cloudtrail;
pub mod exchange;
pub mod har;
mod items;
pub mod lake;
pub mod localstack;
pub mod own;
pub mod placebo;
mod rest;
pub mod vcr;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bellwether_model::Account;
use serde_json::Value;

pub use exchange::Exchange;

/// The formats that can be read. The first that recognizes a file reads it.
pub static FORMATS: &[&Format] = &[
    &own::FORMAT,
    &har::FORMAT,
    &cloudtrail::FORMAT,
    &lake::FORMAT,
    &placebo::FORMAT,
    &localstack::FORMAT,
    &vcr::FORMAT,
    &botocore::FORMAT,
];

/// A format of histories.
pub struct Format {
    /// The name of the format.
    pub name: &'static str,
    /// What it lacks, so that nothing can be judged by it.
    pub lacks: &'static str,
    /// Whether calls stand in a file in the order in which they were answered.
    pub is_in_order: bool,
    /// Whether a file of this path, which begins like this, is in the format.
    recognizes: fn(&Path, &str) -> bool,
    /// Reads a file.
    read: fn(&Opened, &mut Receiver<'_>) -> io::Result<()>,
}

impl fmt::Debug for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Format").field(&self.name).finish()
    }
}

/// Takes the calls of a history one by one, and what could not be read of it.
pub type Receiver<'r> = dyn FnMut(Result<Event, Unreadable>) + 'r;

/// A moment, or a stretch of time, in microseconds; a moment counts from 1970.
pub type Micros = u64;

/// A call of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the history.
    pub place: Place,
    /// The calling account, where it is known.
    pub caller: Option<Account>,
    /// The Region that is called, where it is known.
    pub region: Option<String>,
    /// The times of the request and of its answer, where they are known.
    pub time: Option<Span>,
    /// The service, by the name that it signs requests with.
    pub service: String,
    /// The operation, by the API's own name.
    pub operation: String,
    /// The parameters of the request, where they were recorded: an object. A parameter of a query request
    /// has its whole path for a key, such as `SubnetId.1`.
    pub request: Option<Value>,
    /// The answer.
    pub answer: Answer,
}

impl Event {
    /// Whether the call was refused, so that it changed nothing.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        match &self.answer {
            Answer::Refused { .. } => true,
            Answer::Whole { status, .. } => (400..500).contains(status),
            Answer::Partly { .. } | Answer::Granted | Answer::Lost | Answer::Unrecorded => false,
        }
    }

    /// Whether another event tells the same call.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let Self { place: _, caller, region, time, service, operation, request, answer } = self;
        (operation, caller, time) == (&other.operation, &other.caller, &other.time)
            && (region, service) == (&other.region, &other.service)
            && (request, answer) == (&other.request, &other.answer)
    }

    /// About the bytes that the event takes in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        let answer = match &self.answer {
            Answer::Whole { body, .. } | Answer::Partly { body } => body.len(),
            Answer::Refused { message, .. } => message.len(),
            Answer::Granted | Answer::Lost | Answer::Unrecorded => 0,
        };
        512 + answer + self.request.as_ref().map_or(0, size)
    }

    /// Whether the call may have changed something.
    #[must_use]
    pub fn may_have_changed_something(&self) -> bool {
        !only_reads(&self.operation) && !self.was_refused()
    }

    /// Returns the token by which the request reads a list on.
    #[must_use]
    pub fn page_token(&self) -> Option<String> {
        let request = self.request.as_ref()?;
        let mut tokens = READ_ON.iter().filter_map(|member| request.get(member)?.as_str());
        tokens.find(|token| !token.is_empty()).map(str::to_owned)
    }

    /// Returns the token by which the list in the answer is read on.
    #[must_use]
    pub fn next_page(&self) -> Option<String> {
        let Answer::Whole { status: 200, body, .. } = &self.answer else { return None };
        if !only_reads(&self.operation) || !PAGES.iter().any(|member| body.contains(member)) {
            return None;
        }
        let token = if body.trim_start().starts_with('{') {
            let body: Value = serde_json::from_str(body).ok()?;
            PAGES.iter().find_map(|member| body.get(member)?.as_str().map(str::to_owned))?
        } else {
            PAGES.iter().find_map(|member| {
                let (_, rest) = body.split_once(&format!("<{member}>"))?;
                Some(rest.split_once(&format!("</{member}>"))?.0.to_owned())
            })?
        };
        (!token.is_empty()).then_some(token)
    }
}

/// The members of requests that say where a list is read on.
const READ_ON: [&str; 5] = ["nextToken", "NextToken", "nexttoken", "marker", "Marker"];

/// The members of answers that say where a list is read on. `Marker` in an answer is that of its request.
const PAGES: [&str; 3] = ["nextToken", "NextToken", "NextMarker"];

/// The times of a request and of its answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The time before which the request was not sent.
    pub begin: Micros,
    /// The time after which the answer no longer came.
    pub end: Micros,
}

/// An answer, as far as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// All of it.
    Whole {
        /// The HTTP status.
        status: u16,
        /// The body, as the service writes it.
        body: String,
        /// The header `x-amzn-errortype`, in which JSON services say why a call is refused.
        error: Option<String>,
    },
    /// The call was granted, and a part of the answer was recorded: what it lacks says nothing.
    Partly {
        /// The body, as the service writes it.
        body: String,
    },
    /// The call was granted, and what the answer said was not recorded.
    Granted,
    /// The call was refused.
    Refused {
        /// The error code.
        code: String,
        /// The message.
        message: String,
    },
    /// None arrived.
    Lost,
    /// Nothing of it was recorded.
    Unrecorded,
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<Path>,
    /// The line, or the number of the record where records are not lines; counted from 1.
    pub line: usize,
}

/// `FILE:LINE`, as editors read it.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file.display(), self.line)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// Something of a history that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Unreadable {
    /// Its place.
    pub place: Place,
    /// The reason.
    pub why: String,
}

/// The reason that no history can be read from a path.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The file can't be read.
    #[error("failed to read {}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        cause: io::Error,
    },
    /// No format recognizes the file.
    #[error("{} is in no format that is read here", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds no files.
    #[error("{} holds no files", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// A file that was opened for its reader.
#[derive(Debug)]
pub struct Opened {
    path: Arc<Path>,
}

impl Opened {
    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The place of this line, or record.
    #[must_use]
    pub fn place(&self, line: usize) -> Place {
        Place { file: Arc::clone(&self.path), line }
    }

    /// The content, decompressed where it is compressed.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn content(&self) -> io::Result<Box<dyn BufRead>> {
        content(&self.path)
    }

    /// The whole content as text; bytes that are not UTF-8 are replaced.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn text(&self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.content()?.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The whole content as JSON.
    ///
    /// # Errors
    ///
    /// The place at which it is none.
    pub fn json(&self) -> io::Result<Result<Value, Unreadable>> {
        let read = serde_json::from_str(&self.text()?);
        Ok(read.map_err(|error: serde_json::Error| Unreadable {
            place: self.place(error.line()),
            why: format!("not valid JSON: {error}"),
        }))
    }
}

/// The first bytes of a file that is compressed with gzip: RFC 1952, section 2.3.1.
const GZIP: [u8; 2] = [0x1f, 0x8b];

fn content(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut plain = BufReader::new(File::open(path)?);
    Ok(if plain.fill_buf()?.starts_with(&GZIP) {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(plain)))
    } else {
        Box::new(plain)
    })
}

/// The bytes by which a format is recognized.
const START: u64 = 4096;

/// Returns the format of a file.
///
/// # Errors
///
/// The file can't be read, or no format recognizes it.
pub fn format_of(path: &Path) -> Result<&'static Format, HistoryError> {
    let failed = |cause| HistoryError::File { path: path.to_owned(), cause };
    let mut start = Vec::new();
    match content(path).and_then(|content| content.take(START).read_to_end(&mut start)) {
        Ok(_) => {}
        // Its reader says what of it can be read.
        Err(cause) if is_damage(&cause) => {}
        Err(cause) => return Err(failed(cause)),
    }
    let start = String::from_utf8_lossy(&start);
    let mut formats = FORMATS.iter().copied();
    formats
        .find(|format| (format.recognizes)(path, &start))
        .ok_or_else(|| HistoryError::UnknownFormat { path: path.to_owned() })
}

/// Reads a file in a format, call by call.
///
/// # Errors
///
/// The file can't be read, from its beginning or from some place on.
pub fn read(path: &Path, format: &Format, receiver: &mut Receiver<'_>) -> Result<(), HistoryError> {
    let opened = Opened { path: path.into() };
    let mut line = 1;
    let read = (format.read)(&opened, &mut |event| {
        line = match &event {
            Ok(event) => event.place.line,
            Err(unreadable) => unreadable.place.line,
        };
        receiver(event);
    });
    match read {
        Ok(()) => Ok(()),
        Err(cause) if is_damage(&cause) => {
            let why = format!("the file is cut or damaged behind this: {cause}");
            receiver(Err(Unreadable { place: opened.place(line), why }));
            Ok(())
        }
        Err(cause) => Err(HistoryError::File { path: path.to_owned(), cause }),
    }
}

/// Whether a compressed file was read up to a place where it is cut or damaged.
fn is_damage(cause: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(cause.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// Returns the files that a path names: itself, or all files of a folder and of those in it, by name.
///
/// # Errors
///
/// A folder can't be read, or there is no file in it.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, HistoryError> {
    let failed = |cause| HistoryError::File { path: path.to_owned(), cause };
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    // What was recorded one after the other is numbered, and 10 comes after 9.
    found.sort_by_key(|path| natural(&path.to_string_lossy()));
    if found.is_empty() {
        return Err(HistoryError::Empty { path: path.to_owned() });
    }
    Ok(found)
}

/// A text cut into numbers and what stands between them, so that it sorts as people number things.
fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0_u64)];
    let mut in_number = false;
    for letter in text.chars() {
        let digit = letter.to_digit(10).map(u64::from);
        if in_number && digit.is_none() {
            parts.push((String::new(), 0));
        }
        in_number = digit.is_some();
        let Some((word, number)) = parts.last_mut() else { continue };
        match digit {
            Some(digit) => *number = number.saturating_mul(10).saturating_add(digit),
            None => word.push(letter),
        }
    }
    parts
}

/// About the bytes that a value takes in memory.
fn size(value: &Value) -> usize {
    const OF_A_MEMBER: usize = 64;
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| OF_A_MEMBER + name.len() + size(value)).sum()
        }
        Value::Array(items) => items.iter().map(|item| OF_A_MEMBER + size(item)).sum(),
        Value::String(text) => text.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Whether an operation only reads, by the verbs that AWS names operations with.
#[must_use]
pub fn only_reads(operation: &str) -> bool {
    const VERBS: [&str; 8] =
        ["BatchGet", "Check", "Describe", "Get", "Head", "List", "Lookup", "Search"];
    VERBS.iter().any(|verb| operation.starts_with(verb))
}

/// Returns the moment of a text in the form of RFC 3339, such as `2026-01-31T12:00:00.5Z`.
#[must_use]
pub fn moment(text: &str) -> Option<Micros> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    u64::try_from(moment.as_microsecond()).ok()
}

#[cfg(test)]
mod tests;
