//! Dry runs: calls that are only to be tried, as every operation of EC2 can be that has `DryRun`.
//!
//! A dry run holds the call that it tries, so that operations need not say anything of it: it is read
//! and written with one parameter more, refused whatever the call's own answer were, and never does
//! anything.

use super::{Call, Operation, Service};
use crate::answer::{Decision, Refusal, Reply};
use crate::dice::Dice;
use crate::parameters::{ArgumentError, Arguments, Parameter, ParameterInfo, Value};
use crate::rules::dry_run::ANSWERED_WITHOUT_EFFECT;

/// The parameter that makes a call a dry run.
const DRY_RUN: ParameterInfo = ParameterInfo { key: "DryRun", expected: <bool>::EXPECTED };

/// A dry run of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRun(Box<Call>);

impl DryRun {
    /// Returns the call that it tries.
    #[must_use]
    pub fn itself(&self) -> &Call {
        &self.0
    }

    /// The arguments that read back as this dry run.
    pub(super) fn write(&self) -> Arguments {
        let mut arguments = self.0.write();
        arguments.named.push((DRY_RUN.key.into(), vec![Value::bare("true")]));
        arguments
    }
}

impl Call {
    /// Returns the call as a dry run; the call as it is if its operation has none.
    #[must_use]
    pub fn tried(self) -> Self {
        if self.is_dry_run() || !self.info().has_dry_run {
            return self;
        }
        Self::DryRun(DryRun(Box::new(self)))
    }

    /// Whether the call is only to be tried.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        matches!(self.without_region(), Self::DryRun(_))
    }

    /// Returns the call that a dry run tries, and any other call as it is; without its Region.
    #[must_use]
    pub fn itself(&self) -> &Self {
        let call = self.without_region();
        if let Self::DryRun(dry_run) = call { dry_run.itself() } else { call }
    }
}

/// Whether an operation of this service has dry runs.
pub(super) const fn has_dry_run<T: Operation>(service: Service) -> bool {
    T::HAS_DRY_RUN && matches!(service, Service::Ec2)
}

/// The parameters of an operation, and behind them, if there is room for one more, that of dry runs.
pub(super) const fn parameters<const N: usize>(own: &[ParameterInfo]) -> [ParameterInfo; N] {
    let mut all = [DRY_RUN; N];
    let mut place = 0;
    while place < own.len() {
        all[place] = own[place];
        place += 1;
    }
    all
}

/// Reads a call, or a dry run of one, where `itself` reads the call by its own parameters.
///
/// # Errors
///
/// The first argument that does not fit.
pub(super) fn read(
    arguments: &Arguments,
    itself: impl Fn(&Arguments) -> Result<Call, ArgumentError>,
) -> Result<Call, ArgumentError> {
    let Some(place) = arguments.named.iter().position(|(key, _)| key == DRY_RUN.key) else {
        return itself(arguments);
    };
    let mut own = arguments.clone();
    let (key, values) = own.named.remove(place);
    if own.named.iter().any(|(other, _)| *other == key) {
        return Err(ArgumentError::RepeatedKey { key });
    }
    let call = itself(&own)?;
    if !call.info().has_dry_run {
        return Err(ArgumentError::UnknownKey { key });
    }
    match bool::read(&values) {
        Ok(true) => Ok(call.tried()),
        Ok(false) => Ok(call),
        Err(index) => Err(ArgumentError::BadValue { key, index, expected: DRY_RUN.expected }),
    }
}

/// Makes a dry run of a drawn call now and then.
pub(super) fn drawn<T: Operation>(call: Call, dice: &mut Dice<'_>) -> Call {
    if call.info().has_dry_run && dice.percent(T::DRY_RUNS) { call.tried() } else { call }
}

/// The answer to a dry run of a call that would have this one itself.
///
/// How much of a call a dry run looks at is not known but for launches: one that would be refused may
/// be refused as itself, or as a dry run.
pub(super) fn decide(itself: Decision) -> Decision {
    let mut broken = vec![&ANSWERED_WITHOUT_EFFECT];
    match itself {
        Decision::Granted => {}
        Decision::Refused(refusal) => broken.extend(refusal.broken),
        Decision::Open(open) => broken.extend(open.refusal().broken),
    }
    Decision::Refused(Refusal::of(broken))
}

/// The reply to a dry run that a target grants.
pub(super) fn reply() -> Reply {
    Reply::granted(&ANSWERED_WITHOUT_EFFECT)
}
