//! Lists that were read page by page: they are judged as a whole, once the last page has come.

use std::collections::BTreeMap;

use bellwether_model::Account;

use crate::history::{Answer, Event, Micros, Span};

/// An answer as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The HTTP status.
    pub(super) status: u16,
    /// The text of the body.
    pub(super) text: String,
    /// The header `x-amzn-errortype`.
    pub(super) error: Option<String>,
}

/// A list that is read on: its caller, Region, operation and token.
type Key = (Option<Account>, Option<String>, String, String);

/// The lists that are read on.
#[derive(Debug, Default)]
pub(super) struct Pages {
    begun: BTreeMap<Key, Begun>,
}

/// The pages of a list so far.
#[derive(Debug)]
struct Begun {
    /// The request for the first page, with its time.
    first: Event,
    bodies: Vec<Body>,
}

impl Pages {
    /// Forgets the lists that are read on.
    pub(super) fn forget(&mut self) {
        self.begun.clear();
    }

    /// The event as one request for a whole list, with the answers before its own.
    ///
    /// # Errors
    ///
    /// The reason that the page is not judged by itself; one after which the list goes on is kept for the next.
    pub(super) fn whole(
        &mut self,
        mut event: Event,
        written_until: Option<Micros>,
    ) -> Result<(Event, Vec<Body>), &'static str> {
        let key = |event: &Event, token: String| {
            (event.caller, event.region.clone(), event.operation.clone(), token)
        };
        let mut bodies = Vec::new();
        if let Some(token) = event.page_token() {
            let Some(begun) = self.begun.remove(&key(&event, token)) else {
                return Err("the pages before it are not in the history");
            };
            bodies = begun.bodies;
            let first_begin = begun.first.time.map(|it| it.begin);
            if first_begin < written_until {
                return Err("a call that writes was under way at the same time");
            }
            event.request = begun.first.request;
            event.time = event.time.zip(first_begin).map(|(time, begin)| Span { begin, ..time });
        }
        let Some(token) = event.next_page() else { return Ok((event, bodies)) };
        let Answer::Whole { status, body, error } = &event.answer else {
            return Err("the answer is not recorded");
        };
        bodies.push(Body { status: *status, text: body.clone(), error: error.clone() });
        self.begun.insert(key(&event, token), Begun { first: event, bodies });
        Err("it is a page of a list that was read on")
    }
}
