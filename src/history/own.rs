//! Bellwether's own recordings: lines of JSON, the first of which says what the file is.

use std::io::{self, BufRead as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Exchange, Format, Opened, Receiver, Unreadable};

/// See [`Format`].
pub static FORMAT: Format = Format { name: "bellwether", lacks: "nothing", recognizes, read };

/// The first line of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the format.
    pub bellwether_recording: u32,
    /// The endpoint that answered.
    pub endpoint: String,
}

/// The version of the format that is written.
pub const VERSION: u32 = 1;

fn recognizes(_path: &Path, start: &str) -> bool {
    start.starts_with("{\"bellwether_recording\":")
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let mut content = opened.content()?;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if content.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if number == 1 || line.trim_ascii().is_empty() {
            continue;
        }
        let place = opened.place(number);
        receiver(match serde_json::from_slice::<Exchange>(&line) {
            Ok(exchange) => Ok(exchange.event(place)),
            Err(error) => {
                Err(Unreadable { place, why: format!("not a line of a recording: {error}") })
            }
        });
    }
    Ok(())
}
