//! The pace of a target: how soon it shows what was done, measured where nobody has said its bound.
//!
//! Some short cases are played at the same time, under the bound that is assumed of any target. What they show at
//! once, or late, makes the bound of the run. What they do not show at all may be missing, and says nothing.

use std::time::Duration;

use crate::capabilities::Capabilities;
use crate::run::{Pace, PlayOptions, ReadPolicy, play_again};
use crate::scenario::{Case, Scenario};
use crate::target::{Bound, Target};

/// The cases: resources of other services, and shares through their lives, as both accounts see them.
const CASES: [&str; 5] = [
    "world standalone

owner    CreateVpc -> vpc
owner    CreateSubnet VpcId=vpc -> net
owner    DeleteSubnet SubnetId=net
",
    "world standalone

owner    CreateResourceShare name=pace -> share
owner    UpdateResourceShare share name=paced
owner    DeleteResourceShare share
",
    "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list -> share
owner    DisassociateResourceShare share resourceArns=list
",
    "world standalone

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=consumer
consumer RejectResourceShareInvitation invitation:share/consumer
",
    "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
owner    DeleteResourceShare share
",
];

/// The bound of a target that has shown everything at once: a moment, since not everything was tried.
const OF_THE_SYNCHRONOUS: Duration = Duration::from_millis(100);

/// The factor between the longest time that was seen and the bound.
const MARGIN: u32 = 3;

/// A bound that was measured.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Measured {
    /// The bound; `None` if nothing was shown that it could be measured by.
    pub bound: Option<Bound>,
    /// What was shown, and when.
    pub pace: Pace,
    /// The requests that this took.
    pub requests: u64,
}

/// Measures the pace of a target.
pub async fn measure(target: &Target, capabilities: &Capabilities) -> Measured {
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, capabilities.clone());
    let cases = CASES.iter().filter_map(|text| case(text)).collect::<Vec<_>>();
    let can = |case: &&Case| case.steps().iter().any(|step| capabilities.can(&step.call));
    let plays = cases.iter().filter(can).map(|case| play_again(target, case, &options, 0));
    let mut pace = Pace::default();
    let mut requests = 0;
    // A case that can't be played says nothing about time.
    for played in futures::future::join_all(plays).await.into_iter().flatten() {
        pace.merge(played.pace);
        requests += played.requests;
    }
    Measured { bound: bound_of(pace, target.bound), pace, requests }
}

/// The case of a text; each is one, which a test holds.
fn case(text: &str) -> Option<Case> {
    Scenario::parse("pace", text).ok()?.case().ok()
}

/// The bound that follows from what was shown; `None` if nothing was.
fn bound_of(pace: Pace, assumed: Bound) -> Option<Bound> {
    match (pace.late, pace.at_once) {
        (Some(late), _) => Some(assumed.longest().max(late * MARGIN).into()),
        (None, 0) => None,
        (None, _) => Some(OF_THE_SYNCHRONOUS.into()),
    }
}

/// The measurement in a sentence.
impl std::fmt::Display for Measured {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Pace { at_once, late } = self.pace;
        match (self.bound, late) {
            (None, _) => {
                formatter.write_str("nothing was shown that the bound could be measured by")
            }
            (Some(bound), Some(late)) => {
                let late = late.as_millis();
                write!(formatter, "changes were shown after up to {late}ms: the bound is {bound}")
            }
            (Some(bound), None) => {
                write!(formatter, "{at_once} changes were shown at once: the bound is {bound}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{Faults, Planted, Settling};

    const ASSUMED: Bound = Bound::Within(Duration::from_secs(1));

    #[test]
    fn each_text_is_a_case() {
        assert!(CASES.iter().all(|text| case(text).is_some()));
    }

    #[test]
    fn the_bound_follows_from_the_latest_change() {
        let of = |at_once, late: Option<u64>| {
            bound_of(Pace { at_once, late: late.map(Duration::from_millis) }, ASSUMED)
        };
        assert_eq!(of(0, None), None);
        assert_eq!(of(7, None), Some(OF_THE_SYNCHRONOUS.into()));
        assert_eq!(of(7, Some(90)), Some(ASSUMED), "never less than is assumed");
        assert_eq!(of(7, Some(2_000)), Some(Duration::from_secs(6).into()));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_target_that_shows_what_is_done_at_once_is_told_from_one_that_does_not() {
        let of = async |settling: &str| {
            let settling: Settling = settling.parse().unwrap();
            let target = Target::with_faults(Planted::default(), settling, Faults::default());
            measure(&target, &Capabilities::all()).await.pace
        };
        let prompt = of("").await;
        assert!(prompt.at_once > 10, "{prompt:?}");
        assert_eq!(prompt.late, None);
        let late = of("association=1s").await.late;
        assert!(late.is_some_and(|late| late >= Duration::from_secs(1)), "{late:?}");
    }
}
