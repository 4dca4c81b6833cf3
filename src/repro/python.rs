//! A test for pytest with boto3.

use std::fmt::Write as _;

use super::build::RUN;
use super::jmes::Notation;
use super::plan::{Binding, Expected, Fact, Holds, Parameter, Plan, Request, Text, Wanted};
use super::words::{identifier, snake};
use super::{HOME, cli_service};

/// What every test begins with.
const PRELUDE: &str = include_str!("prelude.py");

/// What every test says about itself.
const USAGE: &str = "It needs boto3 and pytest. AWS_ENDPOINT_URL names the endpoint. It passes if the target does what AWS \
does, and fails\notherwise. What was made is removed at the end.\n\n\
Each account is a fresh one, whose credentials come from STS AssumeRole; with ACCOUNTS=access-key its id is the\n\
access key id. A variable with the account's name in capitals chooses its id, as OWNER=111122223333 does, and\n\
OWNER_PROFILE=NAME a profile of yours. WAIT=60 lets the target show what is expected up to 60 seconds later.\n";

/// Renders a plan.
pub(super) fn render(plan: &Plan) -> String {
    let mut test = String::from("r\"\"\"");
    for line in &plan.comment {
        let _ = writeln!(test, "{}", line.replace("\"\"\"", "'''"));
    }
    let _ = write!(test, "\n{USAGE}\"\"\"\n\n{PRELUDE}\n\n");
    let _ = writeln!(test, "def test_{}(undo):", identifier(&plan.name));
    if plan.uses_run {
        let _ = writeln!(test, "    {RUN} = f\"{{time.time_ns():x}}\"");
    }
    for actor in plan.actors.iter().filter(|actor| actor.is_chosen) {
        let _ = writeln!(test, "    {0} = Account(\"{1}\")", actor.name, actor.name.to_uppercase());
    }
    for request in &plan.requests {
        if let Some(line) = &request.line {
            let _ = writeln!(test, "\n    # {line}");
        }
        write_request(&mut test, plan, request);
        for undo in plan.undo.iter().filter(|undo| undo.of == request.number) {
            let _ = writeln!(test, "    undo({})", call(plan, &undo.request));
        }
    }
    test
}

fn write_request(test: &mut String, plan: &Plan, request: &Request) {
    let call = call(plan, request);
    let answer = if request.bindings.is_empty() { "" } else { "answer = " };
    let _ = match &request.expected {
        Expected::Grant => writeln!(test, "    {answer}granted({call})"),
        Expected::ClaimedGrant => writeln!(test, "    {answer}expect_granted({call})"),
        Expected::Refusal(codes) => {
            let codes: Vec<String> = codes.iter().map(|code| literal(code)).collect();
            writeln!(test, "    expect_refused([{}], {call})", codes.join(", "))
        }
        Expected::Anything => {
            writeln!(
                test,
                "    try:\n        {call}\n    except Refused:\n        pass",
                call = direct(&call)
            )
        }
        Expected::Facts(facts) => {
            let facts =
                facts.iter().map(|fact| format!("\n            {},", written(plan, request, fact)));
            let facts = facts.collect::<Vec<_>>().concat();
            writeln!(
                test,
                "    {answer}expect(\n        [{facts}\n        ],\n        {call},\n    )"
            )
        }
    };
    for binding in &request.bindings {
        write_binding(test, plan, binding);
    }
}

/// A call of an account's method, from the arguments of a function that makes it.
fn direct(call: &str) -> String {
    let (account, rest) = call.split_once(", ").unwrap_or((call, ""));
    format!("{account}.call({rest})")
}

fn write_binding(test: &mut String, plan: &Plan, binding: &Binding) {
    let value = if binding.of_row.is_empty() {
        let path = binding.path.iter().map(|part| match part.parse::<usize>() {
            Ok(number) => format!("[{number}]"),
            Err(_) => format!("[\"{part}\"]"),
        });
        format!("answer{}", path.collect::<Vec<_>>().concat())
    } else {
        format!("jmespath.search({}, answer)", expression(plan, &|it| it.binding(binding)))
    };
    let last = if binding.is_last_part { ".rsplit(\"/\")[-1]" } else { "" };
    let value = format!("{value}{last}");
    let name = &binding.variable;
    let _ = if plan.actors.iter().any(|actor| actor.name == *name) {
        writeln!(test, "    {name} = Account(\"{}\", {value})", name.to_uppercase())
    } else {
        writeln!(test, "    {name} = {value}")
    };
}

/// A fact: what it is, its query, and the values that will do.
fn written(plan: &Plan, request: &Request, fact: &Fact) -> String {
    let query = expression(plan, &|it| it.fact(request.api, fact));
    let wanted = match &fact.holds {
        Holds::Listed => "[1]".to_owned(),
        Holds::Absent => "[0]".to_owned(),
        Holds::AtMost(most) => format!("range({})", most + 1),
        Holds::Field(_, Wanted::Nothing) => "[None]".to_owned(),
        Holds::Field(_, Wanted::Flag(flag)) => {
            format!("[{}]", if *flag { "True" } else { "False" })
        }
        Holds::Field(_, Wanted::OneOf(texts)) => {
            format!("[{}]", texts.iter().map(|it| text(plan, it)).collect::<Vec<_>>().join(", "))
        }
        Holds::Field(_, Wanted::Set(texts)) => {
            let texts: Vec<String> = texts.iter().map(|it| text(plan, it)).collect();
            format!("[\",\".join(sorted([{}]))]", texts.join(", "))
        }
    };
    format!("({}, {query}, {wanted})", literal(&fact.says))
}

/// An expression with variables in it.
fn expression(plan: &Plan, write: &dyn Fn(&Notation<'_>) -> String) -> String {
    let text = |text: &Text| {
        text.written(
            |literal| literal.replace('\\', "\\\\").replace('\'', "\\'"),
            |name| format!("\u{1}{}\u{2}", variable(plan, name)),
        )
    };
    let notation = Notation { member: str::to_owned, nothing: "`[]`", text: &text };
    let written = write(&notation);
    if !written.contains('\u{1}') {
        return literal(&written);
    }
    let inside = literal(&written.replace('{', "{{").replace('}', "}}"));
    format!(
        "f{}",
        inside
            .replace('\u{1}', "{")
            .replace('\u{2}', "}")
            .replace("\\u0001", "{")
            .replace("\\u0002", "}")
    )
}

/// The arguments of a call.
fn call(plan: &Plan, request: &Request) -> String {
    let service = cli_service(&request.api.service);
    let mut call = format!("{}, \"{service}\", \"{}\"", request.actor, snake(&request.api.name));
    if request.region != HOME {
        let _ = write!(call, ", region=\"{}\"", request.region);
    }
    for (name, value) in &request.parameters {
        let _ = write!(call, ", {name}={}", parameter(plan, value));
    }
    call
}

fn parameter(plan: &Plan, value: &Parameter) -> String {
    match value {
        Parameter::Plain(value) => match value.as_bool() {
            Some(true) => "True".to_owned(),
            Some(false) => "False".to_owned(),
            None => value.to_string(),
        },
        Parameter::Text(value) => text(plan, value),
        Parameter::List(rows) => {
            let rows: Vec<String> = rows.iter().map(|row| parameter(plan, row)).collect();
            format!("[{}]", rows.join(", "))
        }
        Parameter::Members(members) => {
            let members = members.iter();
            let members: Vec<String> =
                members.map(|(name, it)| format!("\"{name}\": {}", parameter(plan, it))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A variable's value as a text.
fn variable(plan: &Plan, name: &str) -> String {
    let is_account = plan.actors.iter().any(|actor| actor.name == name);
    if is_account { format!("{name}.id") } else { name.to_owned() }
}

fn text(plan: &Plan, text: &Text) -> String {
    if let Some(text) = text.as_literal() {
        return literal(text);
    }
    if let Some(name) = text.as_variable() {
        return variable(plan, name);
    }
    let inside = text.written(
        |piece| {
            let written = literal(piece);
            written[1..written.len() - 1].replace('{', "{{").replace('}', "}}")
        },
        |name| format!("{{{}}}", variable(plan, name)),
    );
    format!("f\"{inside}\"")
}

/// A text in quotes, which JSON writes as Python does.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
