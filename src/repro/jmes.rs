//! Facts as JMESPath, which the AWS CLI and botocore both know.
//!
//! <https://jmespath.org/specification.html>

use super::apis::{self, Api, Member};
use super::plan::{Binding, Fact, Holds, Text, Wanted};

/// How a language writes the expressions.
pub(super) struct Notation<'a> {
    /// A member's name.
    pub(super) member: fn(&str) -> String,
    /// The empty list.
    pub(super) nothing: &'a str,
    /// A text with the variables in it.
    pub(super) text: &'a dyn Fn(&Text) -> String,
}

impl Notation<'_> {
    /// The value of a binding.
    pub(super) fn binding(&self, binding: &Binding) -> String {
        let Binding { path, of_row, .. } = binding;
        let [list, _, rest @ ..] = path.as_slice() else { return self.path(path) };
        if of_row.is_empty() {
            return self.path(path);
        }
        let conditions =
            of_row.iter().map(|(member, value)| self.is(&(self.member)(member), value));
        let conditions: Vec<String> = conditions.collect();
        let list = (self.member)(list);
        format!("{list}[?{}] | [-1].{}", conditions.join(" && "), self.path(rest))
    }

    fn path(&self, path: &[String]) -> String {
        let mut written = String::new();
        for part in path {
            if part.parse::<usize>().is_ok() {
                written.extend(["[", part, "]"]);
            } else {
                if !written.is_empty() {
                    written.push('.');
                }
                written.push_str(&(self.member)(part));
            }
        }
        written
    }

    fn is(&self, member: &str, value: &Text) -> String {
        format!("{member}=='{}'", (self.text)(value))
    }

    /// What is compared with what is wanted: a number, a flag, a text, or texts joined by commas.
    pub(super) fn fact(&self, api: &Api, fact: &Fact) -> String {
        let rows = self.rows(fact);
        match &fact.holds {
            Holds::Listed | Holds::Absent | Holds::AtMost(_) => {
                format!("length({rows} || {})", self.nothing)
            }
            Holds::Field(path, wanted) => {
                let members = apis::along(&api.output, &fact.rows);
                let inside =
                    members.and_then(|it| it.last().copied()).map_or(&[][..], Member::inside);
                let members = if fact.rows.is_empty() { &api.output } else { inside };
                let field = self.field(members, path);
                let field = if rows.is_empty() { field } else { format!("{rows} | [0].{field}") };
                match wanted {
                    Wanted::Set(_) => format!("join(',', sort(({field}) || {}))", self.nothing),
                    Wanted::OneOf(_) | Wanted::Flag(_) | Wanted::Nothing => field,
                }
            }
        }
    }

    /// A field in the members of a structure.
    fn field(&self, members: &[Member], path: &[String]) -> String {
        let mut written = Vec::new();
        let mut members = members;
        for part in path {
            if let Some((key, value)) = part.split_once('=') {
                let (key, value) = ((self.member)(key), (self.member)(value));
                written.push(format!("join('=', [{key}, {value}])"));
                continue;
            }
            let member = members.iter().find(|it| it.name == *part);
            let is_list = member.is_some_and(Member::is_list);
            written.push((self.member)(part) + if is_list { "[]" } else { "" });
            members = member.map_or(&[][..], Member::inside);
        }
        written.join(".")
    }

    /// The rows that a fact is about; nothing if it is about the answer itself.
    fn rows(&self, fact: &Fact) -> String {
        let [lists @ .., last] = fact.rows.as_slice() else { return String::new() };
        let of_rows = fact.of_rows.iter();
        let mut conditions: Vec<String> =
            of_rows.map(|(path, value)| self.is(&self.path(path), value)).collect();
        if let Some((path, states)) = &fact.gone {
            let path = self.path(path);
            conditions.extend(states.iter().map(|state| format!("{path}!='{state}'")));
        }
        let outer: String = lists.iter().map(|list| (self.member)(list) + "[].").collect();
        let last = (self.member)(last);
        match (conditions.is_empty(), lists.is_empty()) {
            (true, _) => format!("{outer}{last}[]"),
            (false, true) => format!("{last}[?{}]", conditions.join(" && ")),
            (false, false) => format!("{outer}{last}[] | [?{}]", conditions.join(" && ")),
        }
    }
}
