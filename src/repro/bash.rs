//! A script for bash with the AWS CLI.

use std::fmt::Write as _;

use super::build::RUN;
use super::jmes::Notation;
use super::plan::{Binding, Expected, Fact, Holds, Parameter, Plan, Request, Text, Undo, Wanted};
use super::words::kebab;
use super::{HOME, UNSUCCESSFUL, cli_service};
use crate::targets::quoted;

/// What every script begins with.
const PRELUDE: &str = include_str!("prelude.sh");

/// Renders a plan.
pub(super) fn render(plan: &Plan) -> String {
    let mut script = String::from("#!/usr/bin/env bash\n");
    for line in &plan.comment {
        let _ = writeln!(script, "{}", format!("# {line}").trim_end());
    }
    script.push_str("#\n");
    script.push_str(PRELUDE);
    script.push('\n');
    if plan.uses_run {
        let _ = writeln!(script, "{RUN}=$(date +%s)$RANDOM");
    }
    for actor in plan.actors.iter().filter(|actor| actor.is_chosen) {
        let _ = writeln!(script, "{0}=$(account {1})", actor.name, actor.name.to_uppercase());
    }
    let variables = plan.variables();
    if !variables.is_empty() {
        let _ = writeln!(script, "{}=", variables.join("= "));
    }
    script.push_str("\ncleanup() {\n");
    for Undo { made, request, .. } in &plan.undo {
        let made = made.as_ref().map_or_else(|| "made".to_owned(), |made| format!("\"${made}\""));
        let _ = writeln!(script, "    undo {made} {}", call(request));
    }
    script.push_str("    rm -f \"$errors\"\n}\n\n");
    for request in &plan.requests {
        if let Some(line) = &request.line {
            let _ = writeln!(script, "# {line}");
        }
        write_request(&mut script, request);
    }
    script.push_str("echo 'as expected'\n");
    script
}

fn write_request(script: &mut String, request: &Request) {
    let call = call(request);
    let _ = match &request.expected {
        Expected::Grant if request.bindings.is_empty() => writeln!(script, "granted {call}"),
        Expected::ClaimedGrant if request.bindings.is_empty() => {
            writeln!(script, "expect_granted {call}")
        }
        Expected::Grant => write_bound(script, "granted", &call, &request.bindings),
        Expected::ClaimedGrant => write_bound(script, "expect_granted", &call, &request.bindings),
        Expected::Refusal(codes) => {
            let inside = if UNSUCCESSFUL.contains(&request.api.name.as_str()) {
                " --query 'Unsuccessful[0].Error.Code'"
            } else {
                ""
            };
            writeln!(script, "expect_refused {} {call}{inside}", quoted(&codes.join("|")))
        }
        Expected::Anything => writeln!(script, "call {call} || true"),
        Expected::Facts(facts) => {
            if request.bindings.is_empty() {
                facts.iter().try_for_each(|fact| write_fact(script, request, &call, fact))
            } else {
                write_answered(script, request, &call, facts)
            }
        }
    };
}

/// A call whose answer has the values of variables.
fn write_bound(
    script: &mut String,
    how: &str,
    call: &str,
    bindings: &[Binding],
) -> std::fmt::Result {
    let queries: Vec<String> = bindings.iter().map(|it| notation().binding(it)).collect();
    let query = match queries.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    writeln!(script, "{how} {call} \\\n    --query {}", in_quotes(&query))?;
    let names: Vec<&str> = bindings.iter().map(|it| it.variable.as_str()).collect();
    writeln!(script, "read -r {} <<<\"$answer\"", names.join(" "))?;
    for binding in bindings.iter().filter(|it| it.is_last_part) {
        writeln!(script, "{0}=${{{0}##*/}}", binding.variable)?;
    }
    Ok(())
}

/// A call of which both variables and facts are read: it is made once.
fn write_answered(
    script: &mut String,
    request: &Request,
    call: &str,
    facts: &[Fact],
) -> std::fmt::Result {
    let of_facts = facts.iter().map(|fact| notation().fact(request.api, fact));
    let of_bindings = request.bindings.iter().map(|it| notation().binding(it));
    let queries: Vec<String> = of_bindings.chain(of_facts).collect();
    let query = format!("[{}]", queries.join(", "));
    writeln!(script, "granted {call} \\\n    --query {}", in_quotes(&query))?;
    let names = request.bindings.iter().map(|it| it.variable.clone());
    let shown = (1..=facts.len()).map(|number| format!("shown{number}"));
    let names: Vec<String> = names.chain(shown).collect();
    writeln!(script, "IFS=$'\\t' read -r {} <<<\"$answer\"", names.join(" "))?;
    for binding in request.bindings.iter().filter(|it| it.is_last_part) {
        writeln!(script, "{0}=${{{0}##*/}}", binding.variable)?;
    }
    for (number, fact) in facts.iter().enumerate() {
        let wanted = wanted(fact).replace("null", "None");
        let wanted = if wanted == "true" || wanted == "false" { capital(&wanted) } else { wanted };
        let says = quoted(&fact.says);
        writeln!(script, "shows {says} \"$shown{}\" {wanted}", number + 1)?;
    }
    Ok(())
}

fn capital(word: &str) -> String {
    super::words::capital(word)
}

fn write_fact(script: &mut String, request: &Request, call: &str, fact: &Fact) -> std::fmt::Result {
    let query = in_quotes(&notation().fact(request.api, fact));
    let page = if matches!(fact.holds, Holds::AtMost(_)) { " --no-paginate" } else { "" };
    let says = quoted(&fact.says);
    let wanted = wanted(fact);
    writeln!(script, "expect {says} {wanted} -- {call}{page} \\\n    --query {query}")
}

/// What a fact wants, as words.
fn wanted(fact: &Fact) -> String {
    match &fact.holds {
        Holds::Listed => "1".to_owned(),
        Holds::Absent => "0".to_owned(),
        Holds::AtMost(most) => (0..=*most).map(|it| it.to_string()).collect::<Vec<_>>().join(" "),
        Holds::Field(_, Wanted::Nothing) => "null".to_owned(),
        Holds::Field(_, Wanted::Flag(flag)) => flag.to_string(),
        Holds::Field(_, Wanted::OneOf(texts)) => {
            texts.iter().map(word).collect::<Vec<_>>().join(" ")
        }
        Holds::Field(_, Wanted::Set(texts)) => {
            let texts: Vec<String> = texts.iter().map(word).collect();
            format!("\"$(sorted {})\"", texts.join(" "))
        }
    }
}

fn notation() -> Notation<'static> {
    Notation { member: str::to_owned, nothing: "`[]`", text: &variables }
}

/// A text with its variables as bash names them, to stand in quotes later.
fn variables(text: &Text) -> String {
    text.written(
        |literal| escaped(literal).replace('\'', "\\\\'"),
        |name| format!("\u{1}{{{name}}}"),
    )
}

/// An expression in quotes. Where no variable is in it, these are single ones.
fn in_quotes(query: &str) -> String {
    if query.contains('\u{1}') || query.contains('\'') {
        return format!("\"{}\"", query.replace('`', "\\`").replace('\u{1}', "$"));
    }
    format!("'{query}'")
}

/// The account, service, operation and options of a request.
fn call(request: &Request) -> String {
    let service = cli_service(&request.api.service);
    let mut call = format!("{} {service} {}", request.actor, kebab(&request.api.name));
    if request.region != HOME {
        let _ = write!(call, " --region {}", request.region);
    }
    let count = |name: &str| request.parameters.iter().find(|(own, _)| own == name);
    for (name, value) in &request.parameters {
        // The CLI has one option for both.
        if request.api.name == "RunInstances" && (name == "MinCount" || name == "MaxCount") {
            if name == "MinCount"
                && let [Some((_, Parameter::Plain(least))), Some((_, Parameter::Plain(most)))] =
                    [count("MinCount"), count("MaxCount")]
            {
                let _ = write!(call, " --count {least}:{most}");
            }
            continue;
        }
        let _ = write!(call, " {}", option(name, value));
    }
    call
}

fn option(name: &str, value: &Parameter) -> String {
    let name = kebab(name);
    match value {
        Parameter::Plain(value) => match value.as_bool() {
            Some(true) => format!("--{name}"),
            Some(false) => format!("--no-{name}"),
            None => format!("--{name} {value}"),
        },
        Parameter::Text(text) if begins_like_an_option(text) => format!("--{name}={}", word(text)),
        Parameter::Text(text) => format!("--{name} {}", word(text)),
        Parameter::List(rows) if !rows.is_empty() && rows.iter().all(is_plain_word) => {
            let words = rows.iter().filter_map(|row| match row {
                Parameter::Text(text) => Some(word(text)),
                Parameter::Plain(_) | Parameter::List(_) | Parameter::Members(_) => None,
            });
            format!("--{name} {}", words.collect::<Vec<_>>().join(" "))
        }
        Parameter::List(_) | Parameter::Members(_) => {
            format!("--{name} \"{}\"", json(value).replace('\u{1}', "$"))
        }
    }
}

fn begins_like_an_option(text: &Text) -> bool {
    text.as_literal().is_some_and(|text| text.starts_with('-'))
}

/// Whether the CLI takes an item of a list for nothing but itself.
fn is_plain_word(row: &Parameter) -> bool {
    match row {
        Parameter::Text(text) => text.as_literal().is_none_or(|text| {
            !text.is_empty() && !text.starts_with(['-', '[', '{', '\'', '"']) && !text.contains(',')
        }),
        Parameter::Plain(_) | Parameter::List(_) | Parameter::Members(_) => false,
    }
}

/// JSON, to stand in double quotes.
fn json(value: &Parameter) -> String {
    match value {
        Parameter::Plain(value) => value.to_string(),
        Parameter::Text(text) => {
            let inside = text.written(
                |literal| {
                    let written = serde_json::Value::from(literal).to_string();
                    escaped(&written[1..written.len() - 1])
                },
                |name| format!("\u{1}{{{name}}}"),
            );
            format!("\\\"{inside}\\\"")
        }
        Parameter::List(rows) => {
            format!("[{}]", rows.iter().map(json).collect::<Vec<_>>().join(","))
        }
        Parameter::Members(members) => {
            let members = members.iter().map(|(name, it)| format!("\\\"{name}\\\":{}", json(it)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

/// A text as a word of bash.
fn word(text: &Text) -> String {
    if let Some(literal) = text.as_literal() {
        return quoted(literal);
    }
    if let Some(variable) = text.as_variable() {
        return format!("\"${variable}\"");
    }
    format!("\"{}\"", text.written(escaped, |name| format!("${{{name}}}")))
}

/// A literal, to stand in double quotes.
fn escaped(literal: &str) -> String {
    let mut written = String::new();
    for letter in literal.chars() {
        if matches!(letter, '\\' | '"' | '$' | '`') {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}
