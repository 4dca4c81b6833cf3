//! Bellwether's own recordings: lines of JSON, the first of which says what the file is.

use std::io::{self, BufRead as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Exchange, Format, Opened, Receiver, Unreadable};

/// See [`Format`].
pub static FORMAT: Format =
    Format { name: "bellwether", lacks: "nothing", is_in_order: true, recognizes, read };

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

/// The beginning of the first line.
const HEAD: &[u8] = b"{\"bellwether_recording\":";

fn recognizes(_path: &Path, start: &str) -> bool {
    start.as_bytes().starts_with(HEAD)
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
        if line.starts_with(HEAD) {
            let why = "another recording begins here; what follows is not read: make it a file of its own";
            receiver(Err(Unreadable { place, why: why.to_owned() }));
            break;
        }
        receiver(match serde_json::from_slice::<Exchange>(&line) {
            Ok(exchange) => Ok(exchange.event(place)),
            Err(error) => {
                Err(Unreadable { place, why: format!("not a line of a recording: {error}") })
            }
        });
    }
    Ok(())
}
