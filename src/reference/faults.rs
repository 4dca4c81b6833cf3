//! Faults that are injected between a caller and a target that works.
//!
//! The faults of a request depend on a seed and on the number of requests before it. The target's own
//! endpoints have none.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::random::scramble;

/// A kind of fault.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The service refuses the call for now, as it does if there are too many.
    Throttling,
    /// The service fails, and has done nothing.
    InternalError,
    /// The service fails, and has done what it was asked to.
    InternalErrorAfter,
    /// The service is not available.
    Unavailable,
    /// The connection breaks before the service hears of the call.
    DroppedBefore,
    /// The connection breaks before the answer.
    DroppedAfter,
    /// The connection breaks in the middle of the answer.
    Truncated,
    /// A page of HTML arrives in place of the answer.
    Garbage,
    /// The call is delivered twice; its first answer arrives.
    Duplicated,
    /// The answer takes its time.
    Slow,
    /// A read shows an earlier state.
    Stale,
    /// A list comes in another order.
    Reordered,
    /// A list begins with an empty page.
    EmptyPages,
}

impl FaultKind {
    /// All kinds. No request has two of the first nine.
    pub const ALL: [Self; 13] = [
        Self::Throttling,
        Self::InternalError,
        Self::InternalErrorAfter,
        Self::Unavailable,
        Self::DroppedBefore,
        Self::DroppedAfter,
        Self::Truncated,
        Self::Garbage,
        Self::Duplicated,
        Self::Slow,
        Self::Stale,
        Self::Reordered,
        Self::EmptyPages,
    ];

    /// The number of kinds, from the first on, that exclude each other.
    const EXCLUSIVE: usize = 9;

    /// The word of the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Throttling => "throttling",
            Self::InternalError => "internal-error",
            Self::InternalErrorAfter => "internal-error-after",
            Self::Unavailable => "unavailable",
            Self::DroppedBefore => "dropped-before",
            Self::DroppedAfter => "dropped-after",
            Self::Truncated => "truncated",
            Self::Garbage => "garbage",
            Self::Duplicated => "duplicated",
            Self::Slow => "slow",
            Self::Stale => "stale",
            Self::Reordered => "reordered",
            Self::EmptyPages => "empty-pages",
        }
    }
}

/// Faults that have a name.
struct Preset {
    name: &'static str,
    rates: &'static [(FaultKind, f64)],
}

/// The faults that have names, mildest first.
static PRESETS: &[Preset] = &[
    Preset {
        name: "breeze",
        rates: &[
            (FaultKind::Throttling, 2.0),
            (FaultKind::Unavailable, 0.5),
            (FaultKind::Slow, 2.0),
            (FaultKind::Reordered, 50.0),
            (FaultKind::EmptyPages, 5.0),
        ],
    },
    Preset {
        name: "rain",
        rates: &[
            (FaultKind::Throttling, 5.0),
            (FaultKind::InternalError, 1.0),
            (FaultKind::InternalErrorAfter, 0.5),
            (FaultKind::Unavailable, 1.0),
            (FaultKind::DroppedBefore, 1.0),
            (FaultKind::DroppedAfter, 0.5),
            (FaultKind::Slow, 5.0),
            (FaultKind::Reordered, 50.0),
            (FaultKind::EmptyPages, 10.0),
        ],
    },
    Preset {
        name: "storm",
        rates: &[
            (FaultKind::Throttling, 10.0),
            (FaultKind::InternalError, 2.0),
            (FaultKind::InternalErrorAfter, 1.0),
            (FaultKind::Unavailable, 2.0),
            (FaultKind::DroppedBefore, 2.0),
            (FaultKind::DroppedAfter, 1.0),
            (FaultKind::Truncated, 1.0),
            (FaultKind::Garbage, 2.0),
            (FaultKind::Duplicated, 1.0),
            (FaultKind::Slow, 10.0),
            (FaultKind::Stale, 10.0),
            (FaultKind::Reordered, 50.0),
            (FaultKind::EmptyPages, 20.0),
        ],
    },
];

/// The rate at which each kind of fault is injected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// The requests of a million that have each kind.
    rates: BTreeMap<FaultKind, u64>,
    seed: u64,
}

/// The number of requests that a rate is a part of.
const OUT_OF: u64 = 1_000_000;

/// The longest time that a stale read looks back.
const STALE_MAX: Duration = Duration::from_secs(2);
/// The shortest and the longest time that a slow answer takes.
const SLOW_MS: (u64, u64) = (200, 3_000);

/// The reason that a text is not a valid set of faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultsError {
    /// No kind and no preset has this name.
    #[error(
        "{given:?} is not a valid fault; expected {}, a kind with a rate, for instance throttling=5%, or \
         seed; the kinds are {}",
        names(PRESETS.iter().map(|it| it.name)), names(FaultKind::ALL.into_iter().map(FaultKind::as_str))
    )]
    Kind {
        /// The part of the text.
        given: String,
    },
    /// The rate can't be read, or is out of range.
    #[error("{given:?} is not a valid rate; expected for instance throttling=5%, from 0% to 100%")]
    Rate {
        /// The part of the text.
        given: String,
    },
    /// The rates of kinds that exclude each other add up to more than all requests.
    #[error("{sum}% is not a valid sum of rates: at most 100%, because no request has two of {kinds}", kinds = names(
        FaultKind::ALL.into_iter().take(FaultKind::EXCLUSIVE).map(FaultKind::as_str)
    ))]
    Sum {
        /// The sum of the rates.
        sum: u64,
    },
}

fn names(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// The faults injected into one request.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Injected {
    /// The fault of the call or its answer, of the kinds that exclude each other.
    pub(super) fault: Option<FaultKind>,
    /// The time that the answer takes.
    pub(super) slow: Duration,
    /// The time that a read looks back.
    pub(super) stale: Duration,
    /// The seed of the order of lists, if it is another one.
    pub(super) order: Option<u64>,
    /// Whether a list begins with an empty page.
    pub(super) empty_page: bool,
}

impl Faults {
    /// Whether no fault is ever injected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rates.values().all(|rate| *rate == 0)
    }

    /// The longest time that reads may look back.
    #[must_use]
    pub fn lag(&self) -> Duration {
        if self.rate(FaultKind::Stale) == 0 { Duration::ZERO } else { STALE_MAX }
    }

    /// The same rates, drawn from another seed.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = scramble(self.seed, seed);
        self
    }

    fn rate(&self, kind: FaultKind) -> u64 {
        self.rates.get(&kind).copied().unwrap_or_default()
    }

    /// Draws the faults of the request with this number.
    pub(super) fn draw(&self, number: u64) -> Injected {
        let roll = |of: u64| scramble(self.seed ^ (of << 32), number);
        let mut left = roll(1) % OUT_OF;
        let mut fault = None;
        for kind in FaultKind::ALL.into_iter().take(FaultKind::EXCLUSIVE) {
            let rate = self.rate(kind);
            if left < rate {
                fault = Some(kind);
                break;
            }
            left -= rate;
        }
        let has = |kind: FaultKind| roll(2 + kind as u64) % OUT_OF < self.rate(kind);
        let slow =
            if has(FaultKind::Slow) { SLOW_MS.0 + roll(40) % (SLOW_MS.1 - SLOW_MS.0) } else { 0 };
        let stale = u64::try_from(STALE_MAX.as_millis()).unwrap_or_default();
        let stale = if has(FaultKind::Stale) { roll(41) % stale } else { 0 };
        Injected {
            fault,
            slow: Duration::from_millis(slow),
            stale: Duration::from_millis(stale),
            order: has(FaultKind::Reordered).then(|| roll(42)),
            empty_page: has(FaultKind::EmptyPages),
        }
    }
}

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            if let Some(preset) = PRESETS.iter().find(|preset| preset.name == part) {
                let rates = preset
                    .rates
                    .iter()
                    .filter_map(|(kind, rate)| Some((*kind, of_million(*rate)?)));
                faults.rates.extend(rates);
                continue;
            }
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let bad = || FaultsError::Rate { given: part.to_owned() };
            if name == "seed" {
                faults.seed = value.parse().map_err(|_| bad())?;
                continue;
            }
            let kind = FaultKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            let kind = kind.ok_or_else(|| FaultsError::Kind { given: part.to_owned() })?;
            let rate = value.strip_suffix('%').and_then(|it| it.parse().ok());
            faults.rates.insert(kind, rate.and_then(of_million).ok_or_else(bad)?);
        }
        let sum: u64 = FaultKind::ALL
            .into_iter()
            .take(FaultKind::EXCLUSIVE)
            .map(|kind| faults.rate(kind))
            .sum();
        if sum > OUT_OF {
            return Err(FaultsError::Sum { sum: sum / (OUT_OF / 100) });
        }
        Ok(faults)
    }
}

/// A rate in percent as one of a million; `None` if it is out of range.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between zero and a million"
)]
fn of_million(percent: f64) -> Option<u64> {
    (0.0..=100.0).contains(&percent).then(|| (percent * 10_000.0).round() as u64)
}

/// As it is given on the command line.
impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(clippy::cast_precision_loss, reason = "a million is exact in a double")]
        let shown = |(kind, rate): (&FaultKind, &u64)| {
            format!("{}={}%", kind.as_str(), *rate as f64 / 10_000.0)
        };
        let mut parts: Vec<String> = self.rates.iter().map(shown).collect();
        if self.seed != 0 {
            parts.push(format!("seed={}", self.seed));
        }
        formatter.write_str(&parts.join(","))
    }
}

/// An answer on its way.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The time that it takes.
    pub after: Duration,
    /// The part of the answer that arrives.
    pub arrives: Arrives,
}

/// The part of an answer that arrives.
#[derive(Clone, Debug)]
pub enum Arrives {
    /// All of it.
    Whole(Response<Bytes>),
    /// The first `n` bytes of its body, before the connection breaks.
    Partly(Response<Bytes>, usize),
    /// Nothing: the connection breaks.
    Nothing,
}

/// A page of HTML, in place of an answer.
pub(super) fn garbage() -> Response<Bytes> {
    let page = "<!DOCTYPE html><html><body><h1>Just a moment</h1></body></html>";
    let mut response = Response::new(Bytes::from_static(page.as_bytes()));
    let html = http::HeaderValue::from_static("text/html");
    response.headers_mut().insert(http::header::CONTENT_TYPE, html);
    response
}

/// Puts the items of a list into an order that depends on the seed alone.
pub(super) fn shuffle<T>(items: &mut [T], seed: u64) {
    for place in (1..items.len()).rev() {
        let number = place as u64;
        let other = scramble(seed, number) % (number + 1);
        items.swap(place, usize::try_from(other).unwrap_or(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_read_back_as_they_print() {
        for text in ["throttling=5%,dropped-after=2.5%", "garbage=10%,seed=7", "storm", ""] {
            let faults: Faults = text.parse().unwrap();
            assert_eq!(faults.to_string().parse::<Faults>().unwrap(), faults);
        }
    }

    #[test]
    fn a_fault_is_injected_at_its_rate() {
        let faults: Faults = "throttling=20%,garbage=10%,reordered=50%".parse().unwrap();
        let drawn: Vec<_> = (0..10_000).map(|number| faults.draw(number)).collect();
        let count = |has: &dyn Fn(&Injected) -> bool| drawn.iter().filter(|it| has(it)).count();
        let of_kind = |kind| count(&|it| it.fault == Some(kind));
        assert!((1_800..2_200).contains(&of_kind(FaultKind::Throttling)));
        assert!((850..1_150).contains(&of_kind(FaultKind::Garbage)));
        assert!((4_700..5_300).contains(&count(&|it| it.order.is_some())));
        assert_eq!(count(&|it| !it.slow.is_zero() || it.empty_page), 0);
        assert_ne!(
            drawn[..100],
            (0..100).map(|it| faults.clone().with_seed(1).draw(it)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn an_invalid_fault_is_named_with_the_valid_ones() {
        for (text, says) in [
            ("hail", "breeze, rain, storm"),
            ("throtling=5%", "throttling, internal-error"),
            ("throttling", "throttling=5%"),
            ("throttling=5", "from 0% to 100%"),
            ("throttling=101%", "from 0% to 100%"),
            ("throttling=60%,garbage=50%", "110%"),
            ("seed=x", "seed=x"),
        ] {
            let error = text.parse::<Faults>().unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn a_shuffled_list_has_the_same_items() {
        let mut items: Vec<u32> = (0..20).collect();
        shuffle(&mut items, 3);
        assert_ne!(items, (0..20).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..20).collect::<Vec<_>>());
    }
}
