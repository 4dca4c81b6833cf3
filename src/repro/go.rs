//! A test with the SDK for Go, version 2.

use std::fmt::Write as _;

use super::HOME;
use super::build::RUN;
use super::jmes::Notation;
use super::plan::{Binding, Expected, Fact, Holds, Parameter, Plan, Request, Text, Wanted};
use super::words::{camel, capital, identifier};

/// What every test has besides its requests.
const PRELUDE: &str = include_str!("prelude.go.txt");

/// What every test says about itself.
const USAGE: &str = "\
// It needs github.com/aws/aws-sdk-go-v2 with its modules config, credentials and those of the services, and
// github.com/jmespath/go-jmespath. AWS_ENDPOINT_URL names the endpoint. It passes if the target does what AWS does,
// and fails otherwise. What was made is removed at the end.
//
// Each account is a fresh one, whose credentials come from STS AssumeRole; with ACCOUNTS=access-key its id is the
// access key id. A variable with the account's name in capitals chooses its id, as OWNER=111122223333 does, and
// OWNER_PROFILE=NAME a profile of yours.
";

/// The packages that every test imports.
const PACKAGES: [&str; 17] = [
    "context",
    "encoding/json",
    "errors",
    "fmt",
    "math/rand",
    "os",
    "slices",
    "strings",
    "testing",
    "",
    "github.com/aws/aws-sdk-go-v2/aws",
    "github.com/aws/aws-sdk-go-v2/config",
    "github.com/aws/aws-sdk-go-v2/credentials",
    "github.com/aws/aws-sdk-go-v2/service/sts",
    "github.com/aws/smithy-go",
    "github.com/jmespath/go-jmespath",
    "time",
];

/// Renders a plan.
pub(super) fn render(plan: &Plan) -> String {
    let mut test = String::new();
    for line in &plan.comment {
        let _ = writeln!(test, "{}", format!("// {line}").trim_end());
    }
    let _ = write!(test, "//\n{USAGE}\npackage reproduction\n\nimport (\n");
    let own =
        plan.services().into_iter().map(|it| format!("github.com/aws/aws-sdk-go-v2/service/{it}"));
    let needed = PACKAGES.iter().filter(|it| **it != "time" || plan.uses_run);
    let all: Vec<String> = needed.map(|it| (*it).to_owned()).chain(own).collect();
    let (of_others, of_go): (Vec<&String>, Vec<&String>) =
        all.iter().filter(|it| !it.is_empty()).partition(|it| it.contains('.'));
    for (place, packages) in [of_go, of_others].into_iter().enumerate() {
        let mut packages = packages;
        packages.sort();
        if place > 0 {
            test.push('\n');
        }
        for package in packages {
            let _ = writeln!(test, "\t\"{package}\"");
        }
    }
    let _ = write!(test, ")\n\n{PRELUDE}\n");
    for service in plan.services() {
        let _ = write!(
            test,
            "func (it account) {service}(region string) *{service}.Client {{\n\treturn \
             {service}.NewFromConfig(it.config, func(options *{service}.Options) {{ options.Region = \
             region }})\n}}\n\n"
        );
    }
    let _ = writeln!(test, "func Test{}(t *testing.T) {{", camel(&identifier(&plan.name)));
    if plan.uses_run {
        let _ = writeln!(test, "\t{RUN} := fmt.Sprintf(\"%x\", time.Now().UnixNano())");
    }
    for actor in plan.actors.iter().filter(|actor| actor.is_chosen) {
        let _ = writeln!(
            test,
            "\t{0} := newAccount(t, \"{1}\", \"\")\n\t_ = {0}",
            actor.name,
            actor.name.to_uppercase()
        );
    }
    for request in &plan.requests {
        if let Some(line) = &request.line {
            let _ = writeln!(test, "\n\t// {line}");
        }
        write_request(&mut test, plan, request);
        for undo in plan.undo.iter().filter(|undo| undo.of == request.number) {
            let call = call(plan, &undo.request);
            let _ = writeln!(test, "\tt.Cleanup(func() {{\n\t\t_, _ = {call}\n\t}})");
        }
    }
    test.push_str("}\n");
    test
}

fn write_request(test: &mut String, plan: &Plan, request: &Request) {
    let (call, operation) = (call(plan, request), &request.api.name);
    let is_read = matches!(request.expected, Expected::Facts(_)) || !request.bindings.is_empty();
    let (open, answer, close) =
        if is_read { ("{\n\t\t", "answer := ", "") } else { ("", "", "\n") };
    let names: Vec<&str> = request.bindings.iter().map(|it| it.variable.as_str()).collect();
    for name in names {
        let is_account = is_account(plan, name);
        let of_type = if is_account { "account" } else { "string" };
        let _ = writeln!(test, "\tvar {} {of_type}", variable(name));
    }
    let _ = match &request.expected {
        Expected::Grant => {
            write!(test, "\t{open}{answer}granted(t, \"{operation}\")({call}){close}")
        }
        Expected::ClaimedGrant | Expected::Facts(_) => {
            write!(test, "\t{open}{answer}expectGranted(t, \"{operation}\")({call}){close}")
        }
        Expected::Anything => writeln!(test, "\t_, _ = {call}"),
        Expected::Refusal(codes) => {
            let codes: Vec<String> = codes.iter().map(|code| format!(", {code:?}")).collect();
            let codes = codes.concat();
            writeln!(test, "\texpectRefused(t, \"{operation}\"{codes})({call})")
        }
    };
    if !is_read {
        return;
    }
    test.push('\n');
    for binding in &request.bindings {
        write_binding(test, plan, binding);
    }
    if let Expected::Facts(facts) = &request.expected {
        for fact in facts {
            write_fact(test, plan, request, fact);
        }
    }
    test.push_str("\t}\n");
    for binding in request.bindings.iter().filter(|it| is_account(plan, &it.variable)) {
        let _ = writeln!(test, "\t_ = {}", variable(&binding.variable));
    }
}

fn write_binding(test: &mut String, plan: &Plan, binding: &Binding) {
    let query = expression(plan, &|it| it.binding(binding));
    let mut value = format!("text(t, {query}, answer)");
    if binding.is_last_part {
        value = format!("{value}[strings.LastIndex({value}, \"/\")+1:]");
    }
    let name = variable(&binding.variable);
    let _ = if is_account(plan, &binding.variable) {
        let capitals = binding.variable.to_uppercase();
        writeln!(test, "\t\t{name} = newAccount(t, \"{capitals}\", {value})")
    } else {
        writeln!(test, "\t\t{name} = {value}")
    };
}

fn write_fact(test: &mut String, plan: &Plan, request: &Request, fact: &Fact) {
    let query = expression(plan, &|it| it.fact(request.api, fact));
    let wanted = match &fact.holds {
        Holds::Listed => "float64(1)".to_owned(),
        Holds::Absent => "float64(0)".to_owned(),
        Holds::AtMost(most) => {
            (0..=*most).map(|it| format!("float64({it})")).collect::<Vec<_>>().join(", ")
        }
        Holds::Field(_, Wanted::Nothing) => "nil".to_owned(),
        Holds::Field(_, Wanted::Flag(flag)) => flag.to_string(),
        Holds::Field(_, Wanted::OneOf(texts)) => {
            texts.iter().map(|it| text(plan, it)).collect::<Vec<_>>().join(", ")
        }
        Holds::Field(_, Wanted::Set(texts)) => {
            let texts: Vec<String> = texts.iter().map(|it| text(plan, it)).collect();
            format!("sorted({})", texts.join(", "))
        }
    };
    let says = literal(&fact.says);
    let _ = writeln!(test, "\t\tshows(t, {says}, {query}, answer, {wanted})");
}

/// An expression with variables in it. Members bear the names that the SDK gives to fields.
fn expression(plan: &Plan, write: &dyn Fn(&Notation<'_>) -> String) -> String {
    let text = |text: &Text| {
        text.written(
            |literal| literal.replace('\\', "\\\\").replace('\'', "\\'"),
            |name| format!("\u{1}{name}\u{1}"),
        )
    };
    let notation = Notation { member: capital, nothing: "`[]`", text: &text };
    let written = write(&notation);
    let parts = written
        .split('\u{1}')
        .enumerate()
        .map(|(place, part)| if place % 2 == 1 { value(plan, part) } else { literal(part) });
    parts.collect::<Vec<_>>().join(" + ")
}

/// A call, whose values are an answer and an error.
fn call(plan: &Plan, request: &Request) -> String {
    let service = &request.api.service;
    let operation = &request.api.name;
    let region = if request.region == HOME { "home".to_owned() } else { literal(&request.region) };
    let members = Parameter::Members(request.parameters.clone());
    format!(
        "{}.{service}({region}).{operation}(ctx, in[{service}.{operation}Input](t, {}))",
        variable(&request.actor),
        parameter(plan, &members)
    )
}

fn parameter(plan: &Plan, value: &Parameter) -> String {
    match value {
        Parameter::Plain(value) => value.to_string(),
        Parameter::Text(value) => text(plan, value),
        Parameter::List(rows) => {
            let rows: Vec<String> = rows.iter().map(|row| parameter(plan, row)).collect();
            format!("list{{{}}}", rows.join(", "))
        }
        Parameter::Members(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, it)| format!("\"{}\": {}", capital(name), parameter(plan, it)))
                .collect();
            format!("object{{{}}}", members.join(", "))
        }
    }
}

fn text(plan: &Plan, text: &Text) -> String {
    if let Some(text) = text.as_literal() {
        return literal(text);
    }
    let written = text.written(
        |piece| format!("{}\u{1}", literal(piece)),
        |name| format!("{}\u{1}", value(plan, name)),
    );
    written.trim_end_matches('\u{1}').replace('\u{1}', " + ")
}

fn literal(text: &str) -> String {
    // JSON escapes no more than Go knows.
    serde_json::Value::from(text).to_string()
}

fn is_account(plan: &Plan, name: &str) -> bool {
    plan.actors.iter().any(|actor| actor.name == name)
}

/// A variable's value as a text.
fn value(plan: &Plan, name: &str) -> String {
    let own = variable(name);
    if is_account(plan, name) { format!("{own}.id") } else { own }
}

/// A variable's name.
fn variable(name: &str) -> String {
    let words = [
        "account",
        "code",
        "ctx",
        "find",
        "granted",
        "home",
        "list",
        "object",
        "range",
        "shows",
        "text",
        "values",
        "go",
        "struct",
        "switch",
        "select",
        "package",
        "interface",
    ];
    if words.contains(&name) { format!("{name}_") } else { name.to_owned() }
}
