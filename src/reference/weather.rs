//! Weather: what stands between a caller and a target that is well.
//!
//! What is drawn for a request depends on a seed and on how many requests came before it. The
//! target's own endpoints have no weather.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::state::scramble;

/// A kind of weather.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The service refuses the call for now, as it does where there are too many.
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
    /// The answer is a page of something else.
    Garbage,
    /// The call is delivered twice; its first answer arrives.
    Duplicated,
    /// The answer takes its time.
    Slow,
    /// A read shows what was a while ago.
    Stale,
    /// A list comes in another order.
    Reordered,
    /// A list begins with an empty page.
    EmptyPages,
}

impl Kind {
    /// All kinds. No request meets two of the first nine.
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

    /// How many of them exclude each other.
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

/// A weather that has a name.
struct Preset {
    name: &'static str,
    rates: &'static [(Kind, f64)],
}

/// The weathers that have names, mildest first.
static PRESETS: &[Preset] = &[
    Preset {
        name: "breeze",
        rates: &[
            (Kind::Throttling, 2.0),
            (Kind::Unavailable, 0.5),
            (Kind::Slow, 2.0),
            (Kind::Reordered, 50.0),
            (Kind::EmptyPages, 5.0),
        ],
    },
    Preset {
        name: "rain",
        rates: &[
            (Kind::Throttling, 5.0),
            (Kind::InternalError, 1.0),
            (Kind::InternalErrorAfter, 0.5),
            (Kind::Unavailable, 1.0),
            (Kind::DroppedBefore, 1.0),
            (Kind::DroppedAfter, 0.5),
            (Kind::Slow, 5.0),
            (Kind::Reordered, 50.0),
            (Kind::EmptyPages, 10.0),
        ],
    },
    Preset {
        name: "storm",
        rates: &[
            (Kind::Throttling, 10.0),
            (Kind::InternalError, 2.0),
            (Kind::InternalErrorAfter, 1.0),
            (Kind::Unavailable, 2.0),
            (Kind::DroppedBefore, 2.0),
            (Kind::DroppedAfter, 1.0),
            (Kind::Truncated, 1.0),
            (Kind::Garbage, 2.0),
            (Kind::Duplicated, 1.0),
            (Kind::Slow, 10.0),
            (Kind::Stale, 10.0),
            (Kind::Reordered, 50.0),
            (Kind::EmptyPages, 20.0),
        ],
    },
];

/// How often a request meets each kind of weather.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weather {
    /// Of a million requests.
    rates: BTreeMap<Kind, u64>,
    seed: u64,
}

/// Of how many requests a rate counts.
const OUT_OF: u64 = 1_000_000;

/// How far back a stale read looks at the most.
const STALE_MAX: Duration = Duration::from_secs(2);
/// How long a slow answer takes, at the least and at the most.
const SLOW_MS: (u64, u64) = (200, 3_000);

/// Why a text says no weather.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeatherError {
    /// No such kind.
    #[error(
        "{given:?} is no weather; expected {}, a kind with a rate, for instance throttling=5%, or seed; \
         the kinds are {}",
        names(PRESETS.iter().map(|it| it.name)), names(Kind::ALL.into_iter().map(Kind::as_str))
    )]
    Kind {
        /// What was given.
        given: String,
    },
    /// No rate.
    #[error("{given:?} is no rate; expected for instance throttling=5%, from 0% to 100%")]
    Rate {
        /// What was given.
        given: String,
    },
    /// Too much at once.
    #[error("{sum}% of the requests are too many; no request meets two of {kinds}", kinds = names(
        Kind::ALL.into_iter().take(Kind::EXCLUSIVE).map(Kind::as_str)
    ))]
    Sum {
        /// The sum of the rates.
        sum: u64,
    },
}

fn names(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// What a request meets.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// What happens to the call or its answer, of the kinds that exclude each other.
    pub(super) mishap: Option<Kind>,
    /// How long the answer takes.
    pub(super) slow: Duration,
    /// How far back a read looks.
    pub(super) stale: Duration,
    /// Whether lists come in another order, and in which.
    pub(super) order: Option<u64>,
    /// Whether a list begins with an empty page.
    pub(super) empty_page: bool,
}

impl Weather {
    /// Whether nothing ever happens.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.rates.values().all(|rate| *rate == 0)
    }

    /// How far back reads may look.
    #[must_use]
    pub fn lag(&self) -> Duration {
        if self.rate(Kind::Stale) == 0 { Duration::ZERO } else { STALE_MAX }
    }

    /// The same weather, drawn otherwise.
    #[must_use]
    pub fn with_salt(mut self, salt: u64) -> Self {
        self.seed = scramble(self.seed, salt);
        self
    }

    fn rate(&self, kind: Kind) -> u64 {
        self.rates.get(&kind).copied().unwrap_or_default()
    }

    /// What the request of this number meets.
    pub(super) fn draw(&self, number: u64) -> Met {
        let roll = |of: u64| scramble(self.seed ^ (of << 32), number);
        let mut left = roll(1) % OUT_OF;
        let mut mishap = None;
        for kind in Kind::ALL.into_iter().take(Kind::EXCLUSIVE) {
            let rate = self.rate(kind);
            if left < rate {
                mishap = Some(kind);
                break;
            }
            left -= rate;
        }
        let meets = |kind: Kind| roll(2 + kind as u64) % OUT_OF < self.rate(kind);
        let slow =
            if meets(Kind::Slow) { SLOW_MS.0 + roll(40) % (SLOW_MS.1 - SLOW_MS.0) } else { 0 };
        let stale = u64::try_from(STALE_MAX.as_millis()).unwrap_or_default();
        let stale = if meets(Kind::Stale) { roll(41) % stale } else { 0 };
        Met {
            mishap,
            slow: Duration::from_millis(slow),
            stale: Duration::from_millis(stale),
            order: meets(Kind::Reordered).then(|| roll(42)),
            empty_page: meets(Kind::EmptyPages),
        }
    }
}

impl FromStr for Weather {
    type Err = WeatherError;

    fn from_str(text: &str) -> Result<Self, WeatherError> {
        let mut weather = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            if let Some(preset) = PRESETS.iter().find(|preset| preset.name == part) {
                let rates = preset
                    .rates
                    .iter()
                    .filter_map(|(kind, rate)| Some((*kind, of_million(*rate)?)));
                weather.rates.extend(rates);
                continue;
            }
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let bad = || WeatherError::Rate { given: part.to_owned() };
            if name == "seed" {
                weather.seed = value.parse().map_err(|_| bad())?;
                continue;
            }
            let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
            let kind = kind.ok_or_else(|| WeatherError::Kind { given: part.to_owned() })?;
            let rate = value.strip_suffix('%').and_then(|it| it.parse().ok());
            weather.rates.insert(kind, rate.and_then(of_million).ok_or_else(bad)?);
        }
        let sum: u64 =
            Kind::ALL.into_iter().take(Kind::EXCLUSIVE).map(|kind| weather.rate(kind)).sum();
        if sum > OUT_OF {
            return Err(WeatherError::Sum { sum: sum / (OUT_OF / 100) });
        }
        Ok(weather)
    }
}

/// A rate in percent as one of a million; nothing where it is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between nought and a million"
)]
fn of_million(percent: f64) -> Option<u64> {
    (0.0..=100.0).contains(&percent).then(|| (percent * 10_000.0).round() as u64)
}

/// As it is given on the command line.
impl fmt::Display for Weather {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(clippy::cast_precision_loss, reason = "a million is exact in a double")]
        let shown =
            |(kind, rate): (&Kind, &u64)| format!("{}={}%", kind.as_str(), *rate as f64 / 10_000.0);
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
    /// How long it takes.
    pub after: Duration,
    /// What arrives.
    pub arrives: Arrives,
}

/// What arrives of an answer.
#[derive(Clone, Debug)]
pub enum Arrives {
    /// All of it.
    Whole(Response<Bytes>),
    /// So many bytes of its body, before the connection breaks.
    Partly(Response<Bytes>, usize),
    /// Nothing: the connection breaks.
    Nothing,
}

/// A page of something else, in place of an answer.
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
    fn weather_reads_back_as_it_prints() {
        for text in ["throttling=5%,dropped-after=2.5%", "garbage=10%,seed=7", "storm", ""] {
            let weather: Weather = text.parse().unwrap();
            assert_eq!(weather.to_string().parse::<Weather>().unwrap(), weather);
        }
    }

    #[test]
    fn a_rate_is_how_often_a_request_meets_it() {
        let weather: Weather = "throttling=20%,garbage=10%,reordered=50%".parse().unwrap();
        let met: Vec<_> = (0..10_000).map(|number| weather.draw(number)).collect();
        let often =
            |met: &dyn Fn(&Met) -> bool, all: &[Met]| all.iter().filter(|it| met(it)).count();
        assert!((1_800..2_200).contains(&often(&|it| it.mishap == Some(Kind::Throttling), &met)));
        assert!((850..1_150).contains(&often(&|it| it.mishap == Some(Kind::Garbage), &met)));
        assert!((4_700..5_300).contains(&often(&|it| it.order.is_some(), &met)));
        assert_eq!(often(&|it| !it.slow.is_zero() || it.empty_page, &met), 0);
        assert_ne!(
            met[..100],
            (0..100).map(|it| weather.clone().with_salt(1).draw(it)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_is_no_weather_is_named_with_what_would_be() {
        for (text, says) in [
            ("hail", "breeze, rain, storm"),
            ("throtling=5%", "throttling, internal-error"),
            ("throttling", "throttling=5%"),
            ("throttling=5", "from 0% to 100%"),
            ("throttling=101%", "from 0% to 100%"),
            ("throttling=60%,garbage=50%", "110%"),
            ("seed=x", "seed=x"),
        ] {
            let error = text.parse::<Weather>().unwrap_err().to_string();
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
