//! Claims from text.

use std::ops::Range;

use bellwether_model::operations::OperationInfo;
use bellwether_model::parameters::Value;
use bellwether_model::{Name, Principal, Shape};
use smol_str::SmolStr;

use super::cursor::{Cursor, Trouble};
use super::{Reader, check_actor, read_actor, read_value};
use crate::scenario::{Associated, Claim, Fact};

/// The statuses of shares, and their absence from lists.
const SHARE_STATUSES: [&str; 6] = ["ACTIVE", "DELETED", "PENDING", "FAILED", "DELETING", "absent"];
/// The statuses of associations, and their absence from lists.
const ASSOCIATION_STATUSES: [&str; 6] =
    ["ASSOCIATED", "ASSOCIATING", "DISASSOCIATED", "DISASSOCIATING", "FAILED", "absent"];
/// The statuses of invitations, and their absence from lists.
const INVITATION_STATUSES: [&str; 5] = ["PENDING", "ACCEPTED", "REJECTED", "EXPIRED", "absent"];

impl Reader {
    /// Reads a claim, behind its `?`.
    pub(super) fn read_claim(
        &self,
        shape: Shape,
        words: &mut Cursor<'_>,
    ) -> Result<Claim, Trouble> {
        let actor = read_actor(shape, words)?;
        let span = words.here();
        let verb = words.choose("what is claimed", Fact::VERBS)?;
        let fact = match verb {
            "sees" => Fact::Sees(self.read_resource(words)?),
            "hidden" => Fact::Hidden(self.read_resource(words)?),
            "may-launch" => Fact::MayLaunch(self.read_launchable(words)?),
            "may-not-launch" => Fact::MayNotLaunch(self.read_launchable(words)?),
            "running" => {
                Fact::Running(self.read_name(words, "an instance", |by| by.name == "RunInstances")?)
            }
            "share" => Fact::Share(self.read_share(words)?, read_status(words, &SHARE_STATUSES)?),
            "association" => Fact::Association(
                self.read_share(words)?,
                self.read_associated(shape, words)?,
                read_status(words, &ASSOCIATION_STATUSES)?,
            ),
            "invitation" => {
                Fact::Invitation(self.read_share(words)?, read_status(words, &INVITATION_STATUSES)?)
            }
            other => {
                let verbs = Fact::VERBS;
                return Err(Trouble::unknown(span, "what is claimed", other, verbs));
            }
        };
        words.finish()?;
        Ok(Claim { actor, fact })
    }

    fn read_share(&self, words: &mut Cursor<'_>) -> Result<Name, Trouble> {
        self.read_name(words, "a share", OperationInfo::makes_share)
    }

    fn read_resource(&self, words: &mut Cursor<'_>) -> Result<Name, Trouble> {
        let expected = "a resource other than a share";
        self.read_name(words, expected, |by| !by.makes_share())
    }

    fn read_launchable(&self, words: &mut Cursor<'_>) -> Result<Name, Trouble> {
        self.read_name(words, "a subnet or an image", |by| by.makes_launchable)
    }

    /// The name of a resource that was made by an operation that fits.
    fn read_name(
        &self,
        words: &mut Cursor<'_>,
        expected: &str,
        fits: fn(&OperationInfo) -> bool,
    ) -> Result<Name, Trouble> {
        let (name, span) = words.word(expected)?;
        self.fitting(name, span, expected, fits)
    }

    fn fitting(
        &self,
        name: &str,
        span: Range<usize>,
        expected: &str,
        fits: fn(&OperationInfo) -> bool,
    ) -> Result<Name, Trouble> {
        let Some(by) = self.made.get(name) else {
            return Err(self.unmade(span, name));
        };
        if fits(by) {
            return Ok(Name::new(name));
        }
        let others = self.made.iter().filter(|(_, by)| fits(by));
        let others = others.map(|(other, _)| other.as_str());
        let mut trouble = Trouble::unknown(span, expected, name, others);
        trouble.what = format!("{}, which {} makes", trouble.what, by.name);
        Err(trouble)
    }

    /// A resource or a principal.
    fn read_associated(&self, shape: Shape, words: &mut Cursor<'_>) -> Result<Associated, Trouble> {
        let expected = "a resource or a principal";
        let (value, span) = read_value(words, expected)?;
        let text = value.text.as_str();
        if !value.quoted && self.made.contains_key(text) {
            let fits = |by: &OperationInfo| !by.makes_share();
            return self.fitting(text, span, expected, fits).map(Associated::Resource);
        }
        check_actor(shape, &value, &span)?;
        if let Some(principal) = Principal::read_value(&value) {
            return Ok(Associated::Principal(principal));
        }
        Err(self.unassociable(shape, &value, span))
    }

    fn unassociable(&self, shape: Shape, value: &Value, span: Range<usize>) -> Trouble {
        let actors: Vec<String> = shape.actors().iter().map(ToString::to_string).collect();
        let names = self.made.keys().map(Name::as_str);
        let valid = names.chain(actors.iter().map(String::as_str));
        let expected = format!("a resource that an earlier step makes, {}", Principal::EXPECTED);
        Trouble::nearest(span, &expected, &value.text, valid.chain(["organization"]))
    }
}

/// A status; nothing for `absent`.
fn read_status(words: &mut Cursor<'_>, valid: &[&str]) -> Result<Option<SmolStr>, Trouble> {
    let expected = "a status or `absent`";
    let status = words.choose(expected, valid.iter().copied())?;
    Ok((status != "absent").then(|| SmolStr::new(status)))
}
