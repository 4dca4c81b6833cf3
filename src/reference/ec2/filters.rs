//! The filters of EC2's lists: each compares a text of the item as it is answered.
//!
//! A filter whose field no resource here can have, such as a key pair's name, fits nothing. A filter of
//! AWS's that the fields of the answers do not decide is not served, and refused by its name.

pub mod served;

use std::borrow::Cow;

use self::served::SERVED;
use super::wildcards::Pattern;
use super::{Request, invalid};
use crate::reference::json::Failure;
use crate::reference::members::{self, EC2, Parameter};

/// The most filters of a request, and the most values of one.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html>
const FILTERS_MAX: usize = 50;
const VALUES_MAX: usize = 200;

/// The filters of a request: an item has to fit each of them, by one of its values.
#[derive(Debug)]
pub(super) struct Filters<'f>(Vec<(Compared<'f>, Vec<Pattern>)>);

/// The texts of an item that a filter compares.
#[derive(Debug)]
enum Compared<'f> {
    /// Those at a path.
    At(Cow<'static, str>),
    /// The keys of the tags at a path.
    TagKeys(&'static str),
    /// The value of this tag of those at a path.
    Tag(&'static str, &'f str),
}

impl<'f> Filters<'f> {
    /// The filters that a request asks for.
    ///
    /// # Errors
    ///
    /// One of them is not known, or they are too many.
    pub(super) fn read(request: &Request<'f>) -> Result<Self, Failure> {
        let filters = request.form.members("Filter");
        let read = filters.iter().map(|filter| {
            let name = filter.value("Name").unwrap_or_default();
            let wanted = filter.list("Value").into_iter().map(Pattern::read).collect();
            Ok((Compared::named(request.action, name)?, wanted))
        });
        let read = read.collect::<Result<Vec<(_, Vec<_>)>, Failure>>()?;
        if read.len() > FILTERS_MAX || read.iter().any(|(_, wanted)| wanted.len() > VALUES_MAX) {
            let message = format!(
                "The maximum number of filters is {FILTERS_MAX}, and of values of one {VALUES_MAX}."
            );
            return Err(Failure::new("FilterLimitExceeded", message));
        }
        Ok(Self(read))
    }

    /// Whether there are none, so that every item fits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an item fits, as it is answered.
    pub(super) fn fit(&self, item: &str) -> bool {
        let texts = members::of_xml(item);
        self.0.iter().all(|(compared, wanted)| {
            let mut values = compared.of(&texts);
            values.any(|value| wanted.iter().any(|it| it.fits(value)))
        })
    }
}

impl<'f> Compared<'f> {
    /// What the filter of this name compares in the items of an operation.
    fn named(operation: &str, name: &'f str) -> Result<Self, Failure> {
        let served = SERVED.iter().find(|it| it.operation == operation);
        let tags = served.and_then(|it| it.tags);
        match (tags, name.strip_prefix("tag:")) {
            (Some(path), Some(key)) => return Ok(Self::Tag(path, key)),
            (Some(path), None) if name == "tag-key" => return Ok(Self::TagKeys(path)),
            _ => {}
        }
        let path = served.and_then(|it| it.path(name));
        path.map(Self::At).ok_or_else(|| {
            let documented = &EC2.taken(operation).filters;
            if documented.iter().any(|it| it == name) {
                let message =
                    format!("The reference does not have the filter '{name}' of {operation}");
                return invalid(message);
            }
            invalid(format!("The filter '{name}' is invalid"))
        })
    }

    fn of<'t>(&self, texts: &'t [Parameter]) -> Box<dyn Iterator<Item = &'t str> + 't>
    where
        'f: 't,
    {
        match self {
            Self::At(path) => {
                let path = path.clone();
                let found = texts.iter().filter(move |(at, _)| *at == path);
                Box::new(found.map(|(_, value)| value.as_str()))
            }
            Self::TagKeys(path) => Box::new(tags(texts, path).map(|(key, _)| key)),
            Self::Tag(path, wanted) => {
                let wanted = *wanted;
                let found = tags(texts, path).filter(move |(key, _)| *key == wanted);
                Box::new(found.map(|(_, value)| value))
            }
        }
    }
}

/// The tags at a path: a key, and the value that follows it.
fn tags<'t>(
    texts: &'t [Parameter],
    path: &str,
) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
    let dot = if path.is_empty() { "" } else { "." };
    let (key, value) = (format!("{path}{dot}key"), format!("{path}{dot}value"));
    texts.windows(2).filter_map(move |pair| match pair {
        [(at, tag), (next, text)] if *at == key && *next == value => {
            Some((tag.as_str(), text.as_str()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests;
