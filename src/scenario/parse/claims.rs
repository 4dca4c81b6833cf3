//! Claims from text.

use std::ops::Range;

use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::parameters::Value;
use bellwether_model::{Name, Principal, Shape, shareable};
use smol_str::SmolStr;

use super::cursor::{Cursor, Trouble};
use super::{
    Given, Reader, check_actor, expected_of, global, read_actor, read_region, read_value,
    read_values,
};
use crate::scenario::lex::Kind;
use crate::scenario::{Associated, Claim, Fact, FieldClaim, Item, ReplyClaim, RowClaim};

/// The word that a claim about a reply begins with; no actor is called so.
const STEP: &str = "step";

/// The statuses of shares, and their absence from lists.
const SHARE_STATUSES: [&str; 6] = ["ACTIVE", "DELETED", "PENDING", "FAILED", "DELETING", "absent"];
/// The statuses of associations, and their absence from lists.
const ASSOCIATION_STATUSES: [&str; 6] =
    ["ASSOCIATED", "ASSOCIATING", "DISASSOCIATED", "DISASSOCIATING", "FAILED", "absent"];
/// The statuses of invitations, and their absence from lists.
const INVITATION_STATUSES: [&str; 5] = ["PENDING", "ACCEPTED", "REJECTED", "EXPIRED", "absent"];

impl Reader {
    /// Reads a claim of either sort, behind its `?`.
    pub(super) fn read_claim_item(
        &self,
        shape: Shape,
        words: &mut Cursor<'_>,
    ) -> Result<Item, Trouble> {
        if words.peek() == Some(&Kind::Word(STEP)) {
            words.skip();
            self.read_reply_claim(words).map(Item::Reply)
        } else {
            self.read_claim(shape, words).map(Item::Claim)
        }
    }

    /// Reads a claim about a reply, behind `? step`.
    fn read_reply_claim(&self, words: &mut Cursor<'_>) -> Result<ReplyClaim, Trouble> {
        let expected = "the label of an earlier step";
        let label = words.choose(expected, self.labels.iter().map(Name::as_str))?;
        let fields = read_fields(words)?;
        if fields.is_empty() {
            return Err(words.expected("FIELD=VALUE"));
        }
        words.finish()?;
        Ok(ReplyClaim { step: Name::new(label), fields })
    }

    /// Reads a claim about an account, behind its `?`.
    fn read_claim(&self, shape: Shape, words: &mut Cursor<'_>) -> Result<Claim, Trouble> {
        let actor = read_actor(shape, words)?;
        let (region, region_span) = read_region(words)?;
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
            "lists" => Fact::Row(Box::new(self.read_row_claim(shape, words, true)?)),
            "lists-not" => Fact::Row(Box::new(self.read_row_claim(shape, words, false)?)),
            other => {
                let verbs = Fact::VERBS;
                return Err(Trouble::unknown(span, "what is claimed", other, verbs));
            }
        };
        if let Fact::Row(claim) = &fact
            && claim.call.clone().made_in(region).region() != region
        {
            return Err(global(region_span, claim.call.info()));
        }
        words.finish()?;
        Ok(Claim { actor, region, fact })
    }

    /// Reads what a list is claimed to hold, or not to hold.
    fn read_row_claim(
        &self,
        shape: Shape,
        words: &mut Cursor<'_>,
        listed: bool,
    ) -> Result<RowClaim, Trouble> {
        let expected = "an operation that lists";
        let lists = || OPERATIONS.iter().filter(|info| !info.writes);
        let name = words.choose(expected, lists().map(|info| info.name))?;
        let Some(info) = lists().find(|info| info.name == name) else {
            return Err(words.expected(expected));
        };
        let takes_subject = info.parameters.iter().any(|it| it.key.is_empty());
        let mut given = Given::default();
        let row = loop {
            let (value, span) = read_value(words, "KEY=VALUE or the row")?;
            if !value.quoted && words.take_glued_sign('=') {
                let values = read_values(words, expected_of(info, &value.text))?;
                given.named.push((value.text, span, values));
            } else if takes_subject && given.subject.is_none() && given.named.is_empty() {
                given.subject = Some((value, span));
            } else {
                self.check_row(shape, &value, &span)?;
                break value;
            }
        };
        let call = self.read_call(shape, info, &given, words)?;
        let fields = if listed { read_fields(words)? } else { Vec::new() };
        Ok(RowClaim { call, row, fields, listed })
    }

    /// Requires that a row is about something that the scenario has.
    fn check_row(&self, shape: Shape, value: &Value, span: &Range<usize>) -> Result<(), Trouble> {
        if value.quoted {
            return Ok(());
        }
        check_actor(shape, value, span)?;
        let text = value.text.as_str();
        let name = match text.split_once(':') {
            Some(("invitation", rest)) => rest.split('/').next().unwrap_or(rest),
            Some((name, version)) if version.parse::<u32>().is_ok() => name,
            Some(("default", of_type)) if is_type(of_type) => return Ok(()),
            Some(_) | None => text,
        };
        let is_known = self.made.contains_key(name)
            || name == "all"
            || is_type(text)
            || Principal::read_value(value).is_some();
        if is_known { Ok(()) } else { Err(self.unmade(span.clone(), name)) }
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

/// Whether this is a resource type that RAM shares.
fn is_type(text: &str) -> bool {
    shareable::find(text).is_some()
}

/// Fields with their claimed values, to the end of the line.
fn read_fields(words: &mut Cursor<'_>) -> Result<Vec<FieldClaim>, Trouble> {
    let mut fields = Vec::new();
    while words.peek().is_some() {
        let (name, _) = words.word("FIELD=VALUE")?;
        if !words.take_glued_sign('=') {
            return Err(words.expected("`=` and a value, without a space before it"));
        }
        let values = read_values(words, "a value")?;
        let values = values.into_iter().map(|(value, _)| value).collect();
        fields.push(FieldClaim { name: SmolStr::new(name), values });
    }
    Ok(fields)
}

/// A status; nothing for `absent`.
fn read_status(words: &mut Cursor<'_>, valid: &[&str]) -> Result<Option<SmolStr>, Trouble> {
    let expected = "a status or `absent`";
    let status = words.choose(expected, valid.iter().copied())?;
    Ok((status != "absent").then(|| SmolStr::new(status)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{canonical, refused};

    #[test]
    fn claims_about_lists_and_replies_print_back_as_they_are() {
        canonical(
            r#"world organization sharing=on

@made owner CreateResourceShare name=platform -> s              ! granted
owner       CreatePermission -> permission
owner       CreateSubnet -> net
outsider    AcceptResourceShareInvitation invitation:s/outsider ! A|B.C
? step made status=ACTIVE name="plat form" owningAccountId=owner
? owner lists DescribeSubnets SubnetIds=net net State=available OwnerId=owner
? owner lists-not DescribeSubnets net
? owner lists ListResourceSharePermissions s permission version=1
? owner lists ListResourceSharePermissions s default:ec2:Subnet
? owner lists ListResourceTypes ec2:Subnet
? owner lists GetResourceShareAssociations associationType=PRINCIPAL resourceShareArns=s ou:batch external=false
? owner lists ListPermissionVersions permission permission:1
? outsider lists-not GetResourceShareInvitations invitation:s/outsider
"#,
        );
    }

    #[test]
    fn labels_are_given_once_before_they_are_used() {
        refused(
            "@a owner CreateVpc\n? step b status=ACTIVE",
            8,
            "expected the label of an earlier step, found `b`",
            "did you mean `a`?",
        );
        refused(
            "@a owner CreateVpc\n@a owner CreateVpc",
            2,
            "an earlier step is labelled `a` already",
            "every label is given once",
        );
        refused(
            "@a.b owner CreateVpc",
            2,
            "`a.b` is not a valid label",
            "labels are letters, digits and underscores",
        );
        refused(
            "@ a owner CreateVpc",
            3,
            "expected a label, without a space before it, found `a`",
            "",
        );
        refused(
            "@a owner CreateVpc\n? step a",
            9,
            "expected FIELD=VALUE, found the end of the line",
            "",
        );
    }

    #[test]
    fn claims_about_lists_name_a_list_and_a_row() {
        refused(
            "? owner lists DescribeSubnet net",
            15,
            "expected an operation that lists, found `DescribeSubnet`",
            "did you mean `DescribeSubnets`?",
        );
        refused(
            "? owner lists DescribeSubnets nte",
            31,
            "no earlier step makes `nte`",
            "did you mean `net`?",
        );
        refused(
            "? owner lists DescribeSubnets",
            30,
            "expected KEY=VALUE or the row, found the end of the line",
            "",
        );
        refused(
            "? owner lists DescribeSubnets SubnetId=net net",
            31,
            "expected a parameter of DescribeSubnets, found `SubnetId`",
            "did you mean `SubnetIds`?",
        );
        refused(
            "? owner lists-not DescribeSubnets net State=available",
            39,
            "expected the end of the line, found `State`",
            "",
        );
        refused(
            "? owner lists DescribeSubnets net available",
            44,
            "expected `=` and a value, without a space before it, found the end of the line",
            "",
        );
    }

    #[test]
    fn claims_are_about_resources_of_their_kind() {
        refused(
            "? owner may-launch share",
            20,
            "expected a subnet or an image, found `share`, which CreateResourceShare makes",
            "valid here: net",
        );
        refused(
            "? owner sees share",
            14,
            "expected a resource other than a share, found `share`, which CreateResourceShare makes",
            "valid here: net",
        );
        refused(
            "? owner share net ACTIVE",
            15,
            "expected a share, found `net`, which CreateSubnet makes",
            "valid here: share",
        );
        refused(
            "? owner running web",
            17,
            "no earlier step makes `web`",
            "name it where it is made: an earlier step that ends in `-> web`",
        );
    }
}
