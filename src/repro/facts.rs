//! Claims about answers as facts about what stands in them.

use bellwether_model::answer::{Expected, Field, Key, Reply, Row};
use serde_json::Value;
use smol_str::SmolStr;

use super::Omitted;
use super::apis::{self, Api, Kind, Member};
use super::lists;
use super::plan::{Fact, Holds, Wanted};
use crate::run::Finding;
use crate::scenario::FieldClaim;
use crate::wire::Names;

/// The row, and the field in it, that the last read of a scenario is about.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    key: Option<Key>,
    /// The field.
    pub(super) field: Option<SmolStr>,
}

impl Focus {
    /// What a finding is about.
    pub(super) fn of(finding: &Finding) -> Self {
        let field = finding.origin().field.map(SmolStr::new);
        Self { key: finding.divergence.key.clone(), field }
    }

    /// Whether it is about this row.
    pub(super) fn is_about(&self, row: &Row) -> bool {
        self.key.as_ref().is_none_or(|key| *key == row.key)
    }
}

/// An answer, and what names its values.
pub(super) struct About<'a> {
    pub(super) api: &'static Api,
    pub(super) output: Option<&'a Value>,
    pub(super) names: &'a Names,
}

impl About<'_> {
    /// The fact that the answer has a row about this key, or has none.
    ///
    /// # Errors
    ///
    /// A row does not say what it is about.
    pub(super) fn row(&self, key: &Key, present: bool) -> Result<Fact<String>, Omitted> {
        let holds = if present { Holds::Listed } else { Holds::Absent };
        let says = format!("{key} in {}", self.api.name);
        let fact = Fact { holds, says, ..self.rows(key)? };
        let shown = self.output.map_or(0, |output| rows_of(output, &fact).len());
        if present && shown == 0 {
            return Err(Omitted(format!(
                "no row of {} says by itself what it is about",
                self.api.name
            )));
        }
        Ok(fact)
    }

    /// The rows about a key.
    fn rows(&self, key: &Key) -> Result<Fact<String>, Omitted> {
        let name = &self.api.name;
        let (holds, says) = (Holds::Listed, String::new());
        if let Key::Permission(permission) = key {
            let (member, value) = lists::of_permission(permission, self.names);
            let of_rows = vec![(vec![member.to_owned()], value)];
            let rows = vec!["LaunchPermissions".to_owned()];
            return Ok(Fact { rows, of_rows, gone: None, holds, says });
        }
        let unsaid = || Omitted(format!("no row of {name} says by itself what it is about"));
        let list = lists::of(name).ok_or_else(unsaid)?;
        let of_rows = list.columns(key, self.names).ok_or_else(unsaid)?;
        let gone = list.gone.map(|(member, states)| (lists::path(member), states));
        Ok(Fact { rows: lists::path(list.rows), of_rows, gone, holds, says })
    }

    /// The fact that the row about this key has a field as claimed.
    ///
    /// # Errors
    ///
    /// A look at the answer does not show it.
    pub(super) fn field(
        &self,
        key: &Key,
        claim: &FieldClaim,
        known: Option<&Field>,
    ) -> Result<Fact<String>, Omitted> {
        let fact = self.rows(key)?;
        let row_members = apis::along(&self.api.output, &fact.rows);
        let row_members =
            row_members.and_then(|it| it.last().copied()).map_or(&[][..], Member::inside);
        let output = self.output;
        let row = output.and_then(|output| rows_of(output, &fact).into_iter().next().cloned());
        let (path, wanted) = field(self.api, row_members, row.as_ref(), claim, known)?;
        let says = format!("{} of {key} in {}", claim.name, self.api.name);
        Ok(Fact { holds: Holds::Field(path, wanted), says, ..fact })
    }
}

/// The fact that the reply to a step has a field as claimed.
///
/// # Errors
///
/// A look at the answer does not show it.
pub(super) fn of_reply(
    api: &'static Api,
    output: Option<&Value>,
    claim: &FieldClaim,
    known: Option<&Field>,
) -> Result<Fact<String>, Omitted> {
    let (path, wanted) = field(api, &api.output, output, claim, known)?;
    let says = format!("{} in the answer to {}", claim.name, api.name);
    let (rows, of_rows) = (Vec::new(), Vec::new());
    Ok(Fact { rows, of_rows, gone: None, holds: Holds::Field(path, wanted), says })
}

/// The fact that a page has no more rows than were asked for, where that is said.
pub(super) fn of_limits(api: &'static Api, reply: &Reply) -> Option<Fact<String>> {
    let list = lists::of(&api.name)?;
    let most = reply.fields.iter().find_map(|field| match field.expected {
        Expected::AtMost(most) => Some(most),
        Expected::OneOf(_)
        | Expected::Text(_)
        | Expected::Flag(_)
        | Expected::Account(_)
        | Expected::Set(_)
        | Expected::Absent
        | Expected::Present => None,
    })?;
    let says = format!("the rows on a page of {}", api.name);
    let rows = lists::path(list.rows);
    Some(Fact { rows, of_rows: Vec::new(), gone: None, holds: Holds::AtMost(most), says })
}

/// The fact that an answer names no resource that it did nothing to.
pub(super) fn of_failures() -> Fact<String> {
    let (rows, of_rows) = (vec!["Unsuccessful".to_owned()], Vec::new());
    let says = "resources that nothing was done to".to_owned();
    Fact { rows, of_rows, gone: None, holds: Holds::AtMost(0), says }
}

/// The path of a field, and the value that it has to have.
fn field(
    api: &Api,
    members: &[Member],
    inside: Option<&Value>,
    claim: &FieldClaim,
    known: Option<&Field>,
) -> Result<(Vec<String>, Wanted<String>), Omitted> {
    let unseen = || Omitted(format!("one look at {} does not show {}", api.name, claim.name));
    if api.name == "DescribeSecurityGroupVpcAssociations" {
        // It takes several rows to say it.
        return Err(unseen());
    }
    let path = lists::field(&api.name, &claim.name).or_else(|| apis::path_to(members, &claim.name));
    let mut path = path.ok_or_else(unseen)?;
    if claim.is_absent() {
        return Ok((path, Wanted::Nothing));
    }
    if let Some(Field { expected: Expected::OneOf(words), .. }) = known {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        return Ok((path, Wanted::OneOf(words)));
    }
    let along = apis::along(members, &path).ok_or_else(unseen)?;
    let last = along.last().ok_or_else(unseen)?;
    let has_list = along.iter().any(|member| member.is_list());
    if let (Kind::List(_), [key, value]) = (&last.kind, last.inside()) {
        if !key.name.eq_ignore_ascii_case("key") || !value.name.eq_ignore_ascii_case("value") {
            return Err(unseen());
        }
        path.push(format!("{}={}", key.name, value.name));
        let tags = claim.values.iter().map(|value| value.text.to_string()).collect();
        return Ok((path, Wanted::Set(tags)));
    }
    if !last.inside().is_empty() || matches!(last.kind, Kind::Time) {
        return Err(unseen());
    }
    let values = values_at(inside.ok_or_else(unseen)?, &path);
    let texts: Option<Vec<String>> = values.iter().map(|value| text_of(value)).collect();
    let texts = texts.ok_or_else(unseen)?;
    if has_list {
        return Ok((path, Wanted::Set(texts)));
    }
    match values.as_slice() {
        [Value::Bool(flag)] => Ok((path, Wanted::Flag(*flag))),
        [_] => Ok((path, Wanted::OneOf(texts))),
        [] | [_, _, ..] => Err(unseen()),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The rows of an answer that a fact is about.
pub(super) fn rows_of<'v>(output: &'v Value, fact: &Fact<String>) -> Vec<&'v Value> {
    let mut rows = values_at(output, &fact.rows);
    let has = |row: &Value, path: &[String], is: &dyn Fn(&str) -> bool| {
        values_at(row, path).into_iter().filter_map(text_of).any(|value| is(&value))
    };
    rows.retain(|row| {
        fact.of_rows.iter().all(|(path, wanted)| has(row, path, &|value| value == wanted))
    });
    if let Some((path, states)) = &fact.gone {
        rows.retain(|row| !has(row, path, &|value| states.contains(&value)));
    }
    rows
}

/// The values at a path, through the rows of all lists on it.
pub(super) fn values_at<'v>(value: &'v Value, path: &[String]) -> Vec<&'v Value> {
    match (value, path) {
        (Value::Array(rows), _) => rows.iter().flat_map(|row| values_at(row, path)).collect(),
        (Value::Null, _) => Vec::new(),
        (value, []) => vec![value],
        (value, [first, rest @ ..]) => {
            value.get(first).map_or_else(Vec::new, |inside| values_at(inside, rest))
        }
    }
}
