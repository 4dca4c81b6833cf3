//! Paging: the sizes and tokens of pages, which all lists have in common.

use smol_str::SmolStr;

use crate::answer::{Conditions, Expected, Reply, Row};
use crate::dice::Dice;
use crate::rules::read;

/// The largest page that RAM's lists have.
const LARGEST: i32 = 500;

/// Requires that a list can be cut into pages as it is asked for.
///
/// Any token that a scenario spells is none that the target gave.
pub fn require(max_results: Option<i32>, next_token: &SmolStr, conditions: &mut Conditions) {
    let fits = max_results.is_none_or(|size| (1..=LARGEST).contains(&size));
    conditions.require(fits, &read::PAGE_SIZE_IN_RANGE);
    conditions.require(next_token.is_empty(), &read::TOKEN_OF_AN_EARLIER_PAGE);
}

/// The reply of a list, all of its pages together.
#[must_use]
pub fn listed(max_results: Option<i32>, rows: Vec<Row>) -> Reply {
    let Some(size) = max_results.and_then(|size| usize::try_from(size).ok()) else {
        return Reply { because: &read::GRANTED, fields: Vec::new(), rows };
    };
    let reply = Reply { because: &read::LISTED_TO_THE_END, fields: Vec::new(), rows };
    reply.with("maxResults", Expected::AtMost(size), &read::PAGES_NO_LARGER_THAN_ASKED)
}

/// A page size and a token: mostly none. Pages of one row cost a request for each row.
pub fn draw(dice: &mut Dice<'_>) -> (Option<i32>, SmolStr) {
    draw_of(dice, [1, 2])
}

/// The same for a list that is too long for small pages: of these sizes the first seldom.
pub fn draw_of(dice: &mut Dice<'_>, sizes: [i32; 2]) -> (Option<i32>, SmolStr) {
    match dice.below(100) {
        0..8 => (Some(sizes[0]), SmolStr::default()),
        8..25 => (Some(sizes[1]), SmolStr::default()),
        25..28 => (Some([0, -1, LARGEST + 1][dice.below(3)]), SmolStr::default()),
        28..30 => (None, "broken".into()),
        _ => (None, SmolStr::default()),
    }
}
