//! Delays of the reference target: it is eventually consistent, as AWS is.
//!
//! A call takes effect at once, and calls that write are decided by that. Reads show the effect after a
//! delay, which is drawn anew for each change; see `pending`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::random::scramble;

/// A kind of change that can be shown late.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Late {
    /// A principal or resource that joins or leaves a share.
    Association,
    /// An invitation, and the answer to it.
    Invitation,
    /// A customer managed permission and its versions.
    Permission,
    /// A share: that it is there, what it is called, that it is deleted.
    Share,
    /// A resource of EC2 or Route 53.
    Resource,
    /// Any of these, as other accounts see it; this delay comes on top.
    Visibility,
}

impl Late {
    /// Everything that can be shown late.
    pub const ALL: [Self; 6] = [
        Self::Association,
        Self::Invitation,
        Self::Permission,
        Self::Share,
        Self::Resource,
        Self::Visibility,
    ];

    /// The word of the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Association => "association",
            Self::Invitation => "invitation",
            Self::Permission => "permission",
            Self::Share => "share",
            Self::Resource => "resource",
            Self::Visibility => "visibility",
        }
    }
}

/// A delay: any between the least and the most, each as likely as the others.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
struct Delay {
    least: Duration,
    most: Duration,
}

impl Delay {
    fn draw(self, number: u64) -> Duration {
        let room = self.most.saturating_sub(self.least).as_micros();
        let room = u64::try_from(room).unwrap_or(u64::MAX - 1);
        self.least + Duration::from_micros(number % (room + 1))
    }
}

/// The delay after which each kind of change is shown; zero unless it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settling {
    delays: BTreeMap<Late, Delay>,
    seed: u64,
}

/// The reason that a text is not a valid set of delays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettlingError {
    /// No kind of change has this name.
    #[error("{given:?} is not a valid kind of delay; expected one of {}, or seed", kinds())]
    Kind {
        /// The part of the text.
        given: String,
    },
    /// The delay can't be read.
    #[error(
        "{given:?} is not a valid delay; expected for instance association=2s or association=0.4..3s"
    )]
    Delay {
        /// The part of the text.
        given: String,
    },
}

fn kinds() -> String {
    Late::ALL.map(Late::as_str).join(", ")
}

impl Settling {
    /// Whether everything is shown at once.
    #[must_use]
    pub fn is_prompt(&self) -> bool {
        self.delays.values().all(|delay| delay.most.is_zero())
    }

    /// The longest that anything takes to be shown to anybody.
    #[must_use]
    pub fn longest(&self) -> Duration {
        let most = |late: &Late| self.delays.get(late).copied().unwrap_or_default().most;
        let own = Late::ALL.iter().filter(|late| **late != Late::Visibility).map(most).max();
        own.unwrap_or_default() + most(&Late::Visibility)
    }

    /// The delay of a change: always the same for the same two numbers.
    pub(super) fn draw(&self, late: Late, number: u64) -> Duration {
        let delay = self.delays.get(&late).copied().unwrap_or_default();
        delay.draw(scramble(self.seed ^ late as u64, number))
    }
}

impl FromStr for Settling {
    type Err = SettlingError;

    fn from_str(text: &str) -> Result<Self, SettlingError> {
        let mut settling = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (kind, value) = part.split_once('=').unwrap_or((part, ""));
            let bad = || SettlingError::Delay { given: part.to_owned() };
            if kind == "seed" {
                settling.seed = value.parse().map_err(|_| bad())?;
                continue;
            }
            // `thing` is the spelling of version 0.1.
            let kind = if kind == "thing" { "resource" } else { kind };
            let late = Late::ALL.into_iter().find(|late| late.as_str() == kind);
            let late = late.ok_or_else(|| SettlingError::Kind { given: kind.to_owned() })?;
            settling.delays.insert(late, delay(value).ok_or_else(bad)?);
        }
        Ok(settling)
    }
}

/// As it is given on the command line.
impl fmt::Display for Settling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let mut parts: Vec<String> = Vec::new();
        for (late, delay) in &self.delays {
            parts.push(format!("{}={}..{}ms", late.as_str(), ms(delay.least), ms(delay.most)));
        }
        if self.seed != 0 {
            parts.push(format!("seed={}", self.seed));
        }
        formatter.write_str(&parts.join(","))
    }
}

/// Reads `2s`, `0.4..3s` or `400ms..3s`.
fn delay(text: &str) -> Option<Delay> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let unit = most.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
    let has_unit = least.ends_with(|it: char| it.is_ascii_alphabetic());
    let least = if has_unit { least.to_owned() } else { format!("{least}{unit}") };
    let (least, most) = (time(&least)?, time(most)?);
    (least <= most).then_some(Delay { least, most })
}

/// Reads a number with its unit: `ms`, `s` or `m`.
pub(super) fn time(text: &str) -> Option<Duration> {
    let place = text.find(|it: char| it.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(place);
    let number: f64 = number.parse().ok()?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "s" => number,
        "m" => number * 60.0,
        _unknown => return None,
    };
    Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= Duration::from_hours(24))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_plain_figures_are_read_with_any_unit() {
        let settling: Settling =
            "association=0.4..3s,invitation=200ms..1s,share=2s".parse().unwrap();
        assert_eq!(settling.longest(), Duration::from_secs(3));
        assert_eq!(settling.draw(Late::Share, 5), Duration::from_secs(2));
        for number in 0..50 {
            let drawn = settling.draw(Late::Association, number);
            assert!((400..=3000).contains(&drawn.as_millis()), "{drawn:?}");
        }
        assert_eq!(settling.to_string().parse::<Settling>().unwrap(), settling);
    }

    #[test]
    fn the_delay_of_visibility_is_added_to_the_others() {
        let settling: Settling = "association=1s,visibility=2s".parse().unwrap();
        assert_eq!(settling.longest(), Duration::from_secs(3));
        assert!("".parse::<Settling>().unwrap().is_prompt());
    }

    #[test]
    fn another_seed_draws_other_delays() {
        let draw = |text: &str| text.parse::<Settling>().unwrap().draw(Late::Share, 1);
        assert_eq!(draw("share=0..9s"), draw("share=0..9s"));
        assert_ne!(draw("share=0..9s"), draw("share=0..9s,seed=2"));
    }

    #[test]
    fn an_invalid_delay_is_named_with_the_valid_ones() {
        for (text, says) in [
            ("assocation=1s", "association, invitation, permission, share, resource, visibility"),
            ("share=soon", "association=0.4..3s"),
            ("share", "share"),
            ("share=3..1s", "3..1s"),
            ("share=1", "share=1"),
            ("seed=x", "seed=x"),
        ] {
            let error = text.parse::<Settling>().unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
