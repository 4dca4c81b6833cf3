//! The bound: the longest time that an expected change may take to be seen.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bellwether_model::answer::Key;

/// The longest time that a target may take to show an expected change.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Bound {
    /// The same for everything; zero for a target that claims to be synchronous.
    Within(Duration),
    /// The time that clients of AWS wait for each kind of resource, times a factor.
    OfAws(f64),
}

/// The reason that a text is not a valid bound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} is not a valid bound; expected a duration, for instance 500ms or 2s, or aws, or aws*0.1"
)]
pub struct BoundError {
    given: String,
}

impl Bound {
    /// No time at all.
    pub const ZERO: Self = Self::Within(Duration::ZERO);

    /// The bound for a row of a list, or for an answer that is about none.
    #[must_use]
    pub fn of(self, key: Option<&Key>) -> Duration {
        match self {
            Self::Within(time) => time,
            Self::OfAws(factor) => Duration::from_secs(waited_for(key)).mul_f64(factor),
        }
    }

    /// The longest of all.
    #[must_use]
    pub fn longest(self) -> Duration {
        match self {
            Self::Within(time) => time,
            Self::OfAws(factor) => Duration::from_secs(LONGEST).mul_f64(factor),
        }
    }

    /// Whether everything has to be seen at once.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.longest().is_zero()
    }
}

/// The longest that clients wait, in seconds.
const LONGEST: u64 = 600;

/// The time that clients of AWS wait for a resource, in seconds: the waits of Terraform's provider, and
/// for what other services show the ordinary minute of EC2's eventual consistency.
///
/// <https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/ram>
fn waited_for(key: Option<&Key>) -> u64 {
    match key {
        Some(Key::ResourceAssociation(..) | Key::Source(..) | Key::Share(_)) => 300,
        Some(Key::Principal(..)) => 180,
        Some(Key::Invitation(..)) => 120,
        Some(Key::Managed(_) | Key::Version(..) | Key::Attached(..) | Key::Replacement(_)) => {
            LONGEST
        }
        Some(Key::Resource(_) | Key::Permission(_) | Key::Type(_)) | None => 60,
    }
}

impl From<Duration> for Bound {
    fn from(time: Duration) -> Self {
        Self::Within(time)
    }
}

impl FromStr for Bound {
    type Err = BoundError;

    fn from_str(text: &str) -> Result<Self, BoundError> {
        let bad = || BoundError { given: text.to_owned() };
        if let Some(rest) = text.strip_prefix("aws") {
            let factor =
                if rest.is_empty() { "1" } else { rest.strip_prefix('*').ok_or_else(bad)? };
            let factor: f64 = factor.trim().parse().map_err(|_| bad())?;
            let fits = (0.0..=1000.0).contains(&factor);
            return fits.then_some(Self::OfAws(factor)).ok_or_else(bad);
        }
        let signed: jiff::SignedDuration = text.parse().map_err(|_unparsed| bad())?;
        Duration::try_from(signed).map(Self::Within).map_err(|_negative| bad())
    }
}

/// As it is given on the command line.
impl fmt::Display for Bound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(time) => write!(formatter, "{}ms", time.as_millis()),
            Self::OfAws(factor) => write!(formatter, "aws*{factor}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::{Name, Principal};

    use super::*;

    #[test]
    fn a_bound_reads_back_as_it_prints() {
        for text in ["500ms", "0ms", "aws*1", "aws*0.1"] {
            assert_eq!(text.parse::<Bound>().unwrap().to_string(), text);
        }
        assert_eq!("aws".parse::<Bound>().unwrap(), Bound::OfAws(1.0));
    }

    #[test]
    fn an_invalid_bound_is_named() {
        for text in ["", "soon", "aws+1", "aws*x", "aws*-1", "-2s"] {
            let error = text.parse::<Bound>().unwrap_err();
            assert!(error.to_string().contains(&format!("{text:?}")), "{error}");
        }
    }

    #[test]
    fn the_bounds_of_aws_differ_by_what_is_waited_for() {
        let share = Name::new("share");
        let principal = Key::Principal(share.clone(), Principal::Service("a".into()));
        let resource = Key::ResourceAssociation(share, Name::new("net"));
        let bound: Bound = "aws*0.5".parse().unwrap();
        assert_eq!(bound.of(Some(&principal)), Duration::from_secs(90));
        assert_eq!(bound.of(Some(&resource)), Duration::from_secs(150));
        assert_eq!(Bound::from(Duration::from_secs(2)).of(Some(&resource)), Duration::from_secs(2));
    }
}
