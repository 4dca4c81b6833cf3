//! Recorded exchanges as the APIs name what is in them: the operation, its parameters and its output.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value, json};

use super::apis::{self, Api, Kind, Member};
use crate::history::exchange::Exchange;

/// The operation that an exchange calls, with its parameters; `None` if the digest does not have it.
pub(super) fn request(exchange: &Exchange) -> Option<(&'static Api, Map<String, Value>)> {
    let service = own_name(exchange.service.as_deref()?);
    let body = exchange.request.as_deref().unwrap_or_default();
    if let Some((_, operation)) = exchange.target.as_deref().and_then(|it| it.split_once('.')) {
        let api = apis::find(service, operation)?;
        let Ok(Value::Object(parameters)) = serde_json::from_str(body) else { return None };
        return Some((api, parameters));
    }
    if service == "ec2" {
        let form: Vec<(String, String)> =
            form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let (_, action) = form.iter().find(|(name, _)| name == "Action")?;
        let api = apis::find(service, action)?;
        return Some((api, from_form(&api.input, "", &form)));
    }
    let (api, mut parameters) = apis::all()
        .iter()
        .filter(|api| api.service == service && api.method == exchange.method)
        .filter_map(|api| Some((api, in_path(api, &exchange.path)?)))
        .min_by_key(|(_, in_path)| in_path.len())?;
    for (name, text) in form_urlencoded::parse(exchange.query.as_bytes()) {
        if let Some(member) = api.input.iter().find(|it| it.wire == name) {
            add(&mut parameters, member, scalar(&member.kind, &text));
        }
    }
    if body.trim_start().starts_with('<') {
        if let Value::Object(inside) = from_xml(&api.input, &Element::read(body)?) {
            parameters.extend(inside);
        }
    } else if let Ok(Value::Object(inside)) = serde_json::from_str(body) {
        parameters.extend(inside);
    }
    Some((api, parameters))
}

/// The output of a granted call.
pub(super) fn output(api: &Api, exchange: &Exchange) -> Value {
    let body = exchange.answer.as_deref().unwrap_or_default();
    if body.trim_start().starts_with('<') {
        return Element::read(body).map_or(Value::Null, |root| from_xml(&api.output, &root));
    }
    serde_json::from_str(body).unwrap_or(Value::Null)
}

/// Bellwether's name of a service that requests are signed for.
fn own_name(signed_for: &str) -> &str {
    if signed_for == "license-manager" { "licensemanager" } else { signed_for }
}

/// Adds a value to the parameters; a list gets one more.
fn add(parameters: &mut Map<String, Value>, member: &Member, value: Value) {
    match parameters.get_mut(&member.name) {
        Some(Value::Array(values)) => values.push(value),
        Some(_) | None if member.is_list() => {
            parameters.insert(member.name.clone(), json!([value]));
        }
        Some(_) | None => {
            parameters.insert(member.name.clone(), value);
        }
    }
}

/// The members of a request that stand in its path; `None` if the path is another operation's.
fn in_path(api: &Api, path: &str) -> Option<Map<String, Value>> {
    let mut found = Map::new();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let pattern: Vec<&str> = api.path.trim_matches('/').split('/').collect();
    if parts.len() != pattern.len() {
        return None;
    }
    for (part, pattern) in parts.into_iter().zip(pattern) {
        match pattern.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(label) => {
                let member = api.input.iter().find(|it| it.wire == label.trim_end_matches('+'))?;
                let text = form_urlencoded::parse(format!("x={part}").as_bytes())
                    .next()
                    .map_or_else(String::new, |(_, text)| text.into_owned());
                found.insert(member.name.clone(), scalar(&member.kind, &text));
            }
            None if part != pattern => return None,
            None => {}
        }
    }
    Some(found)
}

/// A text as a value of this type.
fn scalar(kind: &Kind, text: &str) -> Value {
    let number = || text.parse::<i64>().ok().map(Value::from);
    match kind {
        Kind::Integer | Kind::Long => number(),
        Kind::Flag => text.parse::<bool>().ok().map(Value::from),
        Kind::List(row) => return scalar(&row.kind, text),
        Kind::Text | Kind::Enum | Kind::Time | Kind::Structure(..) => None,
    }
    .unwrap_or_else(|| Value::from(text))
}

/// The members of a structure from a form, whose keys begin so.
fn from_form(members: &[Member], before: &str, form: &[(String, String)]) -> Map<String, Value> {
    let mut found = Map::new();
    for member in members {
        let key = format!("{before}{}", member.wire);
        if let Some(value) = of_form(&member.kind, &key, form) {
            found.insert(member.name.clone(), value);
        }
    }
    found
}

fn of_form(kind: &Kind, key: &str, form: &[(String, String)]) -> Option<Value> {
    match kind {
        Kind::Structure(_, members) => {
            let inside = from_form(members, &format!("{key}."), form);
            (!inside.is_empty()).then_some(Value::Object(inside))
        }
        Kind::List(row) => {
            let rows =
                (1..).map_while(|number| of_form(&row.kind, &format!("{key}.{number}"), form));
            let rows: Vec<Value> = rows.collect();
            (!rows.is_empty()).then_some(Value::Array(rows))
        }
        Kind::Text | Kind::Enum | Kind::Integer | Kind::Long | Kind::Flag | Kind::Time => {
            let (_, text) = form.iter().find(|(name, _)| name == key)?;
            Some(scalar(kind, text))
        }
    }
}

/// An element of XML.
struct Element {
    name: String,
    inside: Vec<Element>,
    text: String,
}

impl Element {
    fn named(tag: &str) -> Self {
        let name = tag.split(' ').next().unwrap_or_default().to_owned();
        Self { name, inside: Vec::new(), text: String::new() }
    }

    /// The root of a document.
    fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        loop {
            let ended = match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    open.push(Self::named(&tag));
                    continue;
                }
                Ok(Event::Text(piece)) => {
                    open.last_mut().into_iter().for_each(|it| it.text.push_str(&piece));
                    continue;
                }
                Ok(Event::GeneralRef(named)) => {
                    let named = format!("&{};", &*named);
                    open.last_mut().into_iter().for_each(|it| it.text.push_str(&named));
                    continue;
                }
                Ok(Event::Empty(tag)) => Self::named(&tag),
                Ok(Event::End(_)) => open.pop()?,
                Ok(Event::Eof) | Err(_) => return None,
                Ok(_) => continue,
            };
            match open.last_mut() {
                Some(above) => above.inside.push(ended),
                None => return Some(ended),
            }
        }
    }
}

/// A structure from the elements of these members.
fn from_xml(members: &[Member], element: &Element) -> Value {
    let mut found = Map::new();
    for inside in &element.inside {
        if let Some(member) = members.iter().find(|member| member.wire == inside.name) {
            found.insert(member.name.clone(), of_xml(&member.kind, inside));
        }
    }
    Value::Object(found)
}

fn of_xml(kind: &Kind, element: &Element) -> Value {
    match kind {
        Kind::Structure(_, members) => from_xml(members, element),
        Kind::List(row) => {
            Value::Array(element.inside.iter().map(|it| of_xml(&row.kind, it)).collect())
        }
        Kind::Text | Kind::Enum | Kind::Integer | Kind::Long | Kind::Flag | Kind::Time => {
            let text = unescape(&element.text).map_or_else(|_| element.text.clone(), Into::into);
            scalar(kind, &text)
        }
    }
}
