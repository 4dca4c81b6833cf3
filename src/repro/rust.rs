//! A test with the SDK for Rust.

use std::fmt::Write as _;

use super::apis::{Kind, Member};
use super::build::RUN;
use super::plan::{Binding, Expected, Fact, Holds, Parameter, Plan, Request, Text, Wanted};
use super::words::{camel, identifier, snake};
use super::{HOME, Omitted, UNSUCCESSFUL};

/// What every test has besides its requests.
const PRELUDE: &str = include_str!("prelude.rs.txt");

/// What every test says about itself.
const USAGE: &str = "\
//! It needs the crates tokio (with macros and rt), aws-config, aws-sdk-sts and those of the services that it calls.
//! AWS_ENDPOINT_URL names the endpoint. It passes if the target does what AWS does, and fails otherwise. What was
//! made is removed at the end.
//!
//! Each account is a fresh one, whose credentials come from STS AssumeRole; with ACCOUNTS=access-key its id is the
//! access key id. A variable with the account's name in capitals chooses its id, as OWNER=111122223333 does, and
//! OWNER_PROFILE=NAME a profile of yours.
";

/// Renders a plan.
///
/// # Errors
///
/// A refusal stands inside of an answer, which the SDK takes for a success.
pub(super) fn render(plan: &Plan) -> Result<String, Omitted> {
    let mut test = String::new();
    for line in &plan.comment {
        let _ = writeln!(test, "{}", format!("//! {line}").trim_end());
    }
    let _ = write!(test, "//!\n{USAGE}\n{PRELUDE}\n");
    for service in plan.services() {
        let _ = write!(
            test,
            "fn {service}(account: &Account, region: &'static str) -> aws_sdk_{service}::Client {{\n    \
             let config = aws_sdk_{service}::config::Builder::from(&account.config);\n    \
             aws_sdk_{service}::Client::from_conf(config.region(Region::new(region)).build())\n}}\n\n"
        );
    }
    let name = identifier(&plan.name);
    let _ = write!(
        test,
        "#[tokio::test]\nasync fn {name}() {{\n    let mut undo: Vec<Removal> = Vec::new();\n    \
         let played = play(&mut undo).await;\n    while let Some(removal) = undo.pop() {{\n        \
         removal.await;\n    }}\n    if let Err(why) = played {{\n        panic!(\"{{why}}\");\n    }}\n}}\n\n"
    );
    test.push_str("async fn play(undo: &mut Vec<Removal>) -> Result<(), String> {\n");
    if plan.uses_run {
        let _ = writeln!(test, "    let {RUN} = format!(\"{{:x}}\", nanoseconds());");
    }
    for actor in plan.actors.iter().filter(|actor| actor.is_chosen) {
        let capitals = actor.name.to_uppercase();
        let _ = writeln!(
            test,
            "    let {} = account(\"{capitals}\", None).await?;",
            variable(&actor.name)
        );
    }
    for request in &plan.requests {
        if let Some(line) = &request.line {
            let _ = writeln!(test, "\n    // {line}");
        }
        write_request(&mut test, plan, request)?;
        for undo in plan.undo.iter().filter(|undo| undo.of == request.number) {
            let call = call(plan, &undo.request)?;
            let _ = writeln!(
                test,
                "    let removal = {call};\n    undo.push(Box::pin(async move {{\n        \
                 drop(removal.send().await);\n    }}));"
            );
        }
    }
    test.push_str("    Ok(())\n}\n");
    Ok(test)
}

fn write_request(test: &mut String, plan: &Plan, request: &Request) -> Result<(), Omitted> {
    let call = format!("{}.send().await", call(plan, request)?);
    let operation = &request.api.name;
    let is_read = matches!(request.expected, Expected::Facts(_)) || !request.bindings.is_empty();
    let answer = if is_read { "let answer = " } else { "" };
    let _ = match &request.expected {
        Expected::Grant => writeln!(test, "    {answer}granted(\"{operation}\", {call})?;"),
        Expected::ClaimedGrant | Expected::Facts(_) => {
            writeln!(test, "    {answer}expect_granted(\"{operation}\", {call})?;")
        }
        Expected::Anything => writeln!(test, "    drop({call});"),
        Expected::Refusal(_) if UNSUCCESSFUL.contains(&operation.as_str()) => {
            let why = format!("the SDK for Rust takes the answer of {operation} for a success");
            return Err(Omitted(why));
        }
        Expected::Refusal(codes) => {
            writeln!(test, "    expect_refused(\"{operation}\", &{codes:?}, {call})?;")
        }
    };
    for binding in &request.bindings {
        write_binding(test, plan, request, binding)?;
    }
    if let Expected::Facts(facts) = &request.expected {
        for fact in facts {
            let (value, wanted) = (shown(plan, request, fact)?, wanted(plan, fact));
            let _ = writeln!(test, "    shows({:?}, {value}, &[{wanted}])?;", fact.says);
        }
    }
    Ok(())
}

fn write_binding(
    test: &mut String,
    plan: &Plan,
    request: &Request,
    binding: &Binding,
) -> Result<(), Omitted> {
    let Binding { path, of_row, .. } = binding;
    let members = &request.api.output;
    let mut value = match path.as_slice() {
        [list, _, rest @ ..] if !of_row.is_empty() => {
            let list = member(members, list)?;
            let mut rows = format!("{}.rev()", each("answer", list));
            for (name, wanted) in of_row {
                let field = value_of(list.inside(), std::slice::from_ref(name), "Some(*it)")?;
                let _ = write!(rows, ".filter(|it| {field} == Some({}))", owned(plan, wanted));
            }
            value_of(list.inside(), rest, &format!("{rows}.next()"))?
        }
        _ => value_of(members, path, "Some(&answer)")?,
    };
    if binding.is_last_part {
        value.push_str(".and_then(|it| it.rsplit('/').next().map(str::to_owned))");
    }
    let lacks = format!("the answer to {} has no {}", request.api.name, path.join("."));
    let value = format!("{value}.ok_or({lacks:?})?");
    let name = variable(&binding.variable);
    let is_account = plan.actors.iter().any(|actor| actor.name == binding.variable);
    let _ = if is_account {
        let capitals = binding.variable.to_uppercase();
        writeln!(test, "    let {name} = account(\"{capitals}\", Some({value})).await?;")
    } else {
        writeln!(test, "    let {name} = {value};")
    };
    Ok(())
}

fn member<'m>(members: &'m [Member], name: &str) -> Result<&'m Member, Omitted> {
    let found = members.iter().find(|member| member.name == name);
    found.ok_or_else(|| Omitted(format!("the type of {name} is not known")))
}

/// The rows of a list of a structure.
fn each(inside: &str, list: &Member) -> String {
    let name = field(&list.name);
    if list.required {
        format!("{inside}.{name}.iter()")
    } else {
        format!("{inside}.{name}.iter().flatten()")
    }
}

/// The value at a path as an optional text, beginning with an optional structure.
fn value_of(members: &[Member], path: &[String], from: &str) -> Result<String, Omitted> {
    let mut members = members;
    let mut written = from.to_owned();
    // What is there needs no `Some` to look into.
    let base = from.strip_prefix("Some(").and_then(|it| it.strip_suffix(')'));
    let base = base.map(|it| it.trim_start_matches(['&', '*']));
    let mut row_of: Option<&Member> = None;
    for part in path {
        if let Ok(number) = part.parse::<usize>() {
            let _ = write!(written, ".and_then(|it| it.get({number}))");
            if let Some(Kind::List(row)) = row_of.map(|list| &list.kind)
                && !matches!(row.kind, Kind::Structure(..))
            {
                written.push_str(".map(ToString::to_string)");
            }
            continue;
        }
        let own = member(members, part)?;
        let name = field(part);
        let _ = match (&own.kind, own.required) {
            (Kind::Structure(..), _) | (Kind::List(_), false) => {
                write!(written, ".and_then(|it| it.{name}.as_ref())")
            }
            (Kind::List(_), true) => write!(written, ".map(|it| &it.{name})"),
            (Kind::Enum, false) => {
                write!(
                    written,
                    ".and_then(|it| it.{name}.as_ref()).map(|it| it.as_str().to_owned())"
                )
            }
            (Kind::Enum, true) => write!(written, ".map(|it| it.{name}.as_str().to_owned())"),
            (_, false) => {
                write!(written, ".and_then(|it| it.{name}.as_ref()).map(|it| it.to_string())")
            }
            (_, true) => write!(written, ".map(|it| it.{name}.to_string())"),
        };
        if let (Some(base), true) = (base, row_of.is_none()) {
            let looked = format!("{from}.and_then(|it| it.{name}.as_ref())");
            written = written.replace(&looked, &format!("{base}.{name}.as_ref()"));
        }
        members = own.inside();
        row_of = Some(own);
    }
    Ok(written)
}

/// What a fact is about, as an optional text.
fn shown(plan: &Plan, request: &Request, fact: &Fact) -> Result<String, Omitted> {
    let mut members: &[Member] = &request.api.output;
    let mut rows = String::new();
    for (place, name) in fact.rows.iter().enumerate() {
        let unknown = Member {
            name: name.clone(),
            wire: name.clone(),
            kind: Kind::Text,
            required: false,
            is_token: false,
        };
        // The rows of failures are counted, and nothing in them is read.
        let list = members.iter().find(|member| member.name == *name).unwrap_or(&unknown);
        rows = if place == 0 {
            each("answer", list)
        } else {
            format!("{rows}.flat_map(|it| {})", each("it", list))
        };
        members =
            members.iter().find(|member| member.name == *name).map_or(&[][..], Member::inside);
    }
    for (path, wanted) in &fact.of_rows {
        let value = value_of(members, path, "Some(*it)")?;
        let _ = write!(rows, ".filter(|it| {value} == Some({}))", owned(plan, wanted));
    }
    if let Some((path, states)) = &fact.gone {
        let value = value_of(members, path, "Some(*it)")?;
        let _ = write!(rows, ".filter(|it| {value}.is_none_or(|it| !{states:?}.contains(&&*it)))");
    }
    let Holds::Field(path, wanted) = &fact.holds else {
        return Ok(format!("Some({rows}.count().to_string())"));
    };
    let first =
        if fact.rows.is_empty() { "Some(&answer)".to_owned() } else { format!("{rows}.next()") };
    if !matches!(wanted, Wanted::Set(_)) {
        return value_of(members, path, &first);
    }
    set(members, path, &first)
}

/// The values of a list, in order and joined.
fn set(members: &[Member], path: &[String], first: &str) -> Result<String, Omitted> {
    let [list, rest @ ..] = path else { return Err(Omitted("a list has no name".to_owned())) };
    let list = member(members, list)?;
    let rows = format!("{first}.into_iter().flat_map(|it| {})", each("it", list));
    let Kind::List(row) = &list.kind else {
        return Err(Omitted(format!("{} lies too deep", list.name)));
    };
    let each = match rest {
        [] if matches!(row.kind, Kind::Enum) => ".map(|it| it.as_str().to_owned())".to_owned(),
        [] => ".map(|it| it.to_string())".to_owned(),
        [pair] if pair.contains('=') => {
            let (key, value) = pair.split_once('=').unwrap_or_default();
            let text = |name: &str| {
                Ok(format!(
                    "{}.unwrap_or_default()",
                    value_of(list.inside(), &[name.to_owned()], "Some(it)")?
                ))
            };
            format!(".map(|it| format!(\"{{}}={{}}\", {}, {}))", text(key)?, text(value)?)
        }
        rest => format!(".filter_map(|it| {})", value_of(list.inside(), rest, "Some(it)")?),
    };
    Ok(format!("sorted({rows}{each})"))
}

/// The values that will do.
fn wanted(plan: &Plan, fact: &Fact) -> String {
    let some = |text: &str| format!("Some({text:?}.to_owned())");
    match &fact.holds {
        Holds::Listed => some("1"),
        Holds::Absent => some("0"),
        Holds::AtMost(most) => {
            (0..=*most).map(|it| some(&it.to_string())).collect::<Vec<_>>().join(", ")
        }
        Holds::Field(_, Wanted::Nothing) => "None".to_owned(),
        Holds::Field(_, Wanted::Flag(flag)) => some(&flag.to_string()),
        Holds::Field(_, Wanted::OneOf(texts)) => {
            let texts = texts.iter().map(|text| format!("Some({})", owned(plan, text)));
            texts.collect::<Vec<_>>().join(", ")
        }
        Holds::Field(_, Wanted::Set(texts)) => {
            let texts: Vec<String> = texts.iter().map(|text| owned(plan, text)).collect();
            format!("sorted([{}])", texts.join(", "))
        }
    }
}

/// A call that is ready to be sent.
fn call(plan: &Plan, request: &Request) -> Result<String, Omitted> {
    let region =
        if request.region == HOME { "HOME".to_owned() } else { format!("{:?}", request.region) };
    let (service, actor) = (&request.api.service, variable(&request.actor));
    let mut call =
        format!("{service}(&{actor}, {region})\n        .{}()", snake(&request.api.name));
    for (name, value) in &request.parameters {
        let own = member(&request.api.input, name)?;
        for setter in setters(plan, service, own, value)? {
            let _ = write!(call, "\n        {setter}");
        }
    }
    Ok(call)
}

/// The calls of a builder that set a member.
fn setters(
    plan: &Plan,
    service: &str,
    own: &Member,
    value: &Parameter,
) -> Result<Vec<String>, Omitted> {
    let name = snake(&own.name);
    match (&own.kind, value) {
        (Kind::List(_), Parameter::List(rows)) if rows.is_empty() => {
            Ok(vec![format!(".set_{name}(Some(Vec::new()))")])
        }
        (Kind::List(row), Parameter::List(rows)) => {
            let rows = rows.iter();
            let name = field(&own.name);
            rows.map(|it| Ok(format!(".{name}({})", argument(plan, service, row, it)?))).collect()
        }
        (_, value) => {
            let name = field(&own.name);
            Ok(vec![format!(".{name}({})", argument(plan, service, own, value)?)])
        }
    }
}

fn argument(
    plan: &Plan,
    service: &str,
    own: &Member,
    value: &Parameter,
) -> Result<String, Omitted> {
    match (&own.kind, value) {
        (Kind::Structure(shape, members), Parameter::Members(given)) => {
            let mut written = format!("aws_sdk_{service}::types::{}::builder()", camel(shape));
            for (name, value) in given {
                let inside = member(members, name)?;
                for setter in setters(plan, service, inside, value)? {
                    written.push_str(&setter);
                }
            }
            let is_fallible = members.iter().any(|it| {
                it.required && !matches!(it.kind, Kind::Structure(..)) && service != "ec2"
            });
            written.push_str(".build()");
            if is_fallible {
                written.push_str(".map_err(|error| error.to_string())?");
            }
            Ok(written)
        }
        (Kind::Enum, Parameter::Text(text)) => match text.as_literal() {
            Some(text) => Ok(format!("{text:?}.into()")),
            None => Ok(format!("{}.as_str().into()", owned(plan, text))),
        },
        (Kind::Time, Parameter::Text(text)) => {
            let primitives = format!("aws_sdk_{service}::primitives");
            Ok(format!(
                "{primitives}::DateTime::from_str({}, {primitives}::DateTimeFormat::DateTime)\
                 .map_err(|error| error.to_string())?",
                argument_of(plan, text)
            ))
        }
        (_, Parameter::Text(text)) => Ok(argument_of(plan, text)),
        (_, Parameter::Plain(value)) => Ok(value.to_string()),
        (_, Parameter::List(_) | Parameter::Members(_)) => {
            Err(Omitted(format!("the type of {} is not known", own.name)))
        }
    }
}

/// A text as the argument of a setter.
fn argument_of(plan: &Plan, text: &Text) -> String {
    match (text.as_literal(), text.as_variable()) {
        (Some(text), _) => format!("{text:?}"),
        (None, Some(name)) => format!("&{}", value_of_variable(plan, name)),
        (None, None) => owned(plan, text),
    }
}

/// A text that is owned.
fn owned(plan: &Plan, text: &Text) -> String {
    match (text.as_literal(), text.as_variable()) {
        (Some(text), _) => format!("{text:?}.to_owned()"),
        (None, Some(name)) => format!("{}.clone()", value_of_variable(plan, name)),
        (None, None) => {
            let pattern = text.written(
                |piece| {
                    let piece = format!("{piece:?}");
                    piece[1..piece.len() - 1].replace('{', "{{").replace('}', "}}")
                },
                |_| "{}".to_owned(),
            );
            let values: Vec<String> =
                text.variables().map(|name| value_of_variable(plan, name)).collect();
            format!("format!(\"{pattern}\", {})", values.join(", "))
        }
    }
}

/// A variable's value as a text.
fn value_of_variable(plan: &Plan, name: &str) -> String {
    let is_account = plan.actors.iter().any(|actor| actor.name == name);
    let name = variable(name);
    if is_account { format!("{name}.id") } else { name }
}

/// A variable's name. A small letter begins it, as Rust wants it, and there are only small ones.
fn variable(name: &str) -> String {
    keyword(&name.to_lowercase())
}

/// A member's name as the SDK spells it.
fn field(name: &str) -> String {
    keyword(&snake(name))
}

fn keyword(name: &str) -> String {
    if [
        "type", "return", "match", "ref", "move", "enum", "static", "box", "mod", "pub", "use",
        "where", "loop",
    ]
    .contains(&name)
    {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}
