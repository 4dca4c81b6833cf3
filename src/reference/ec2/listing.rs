//! Lists of resources: filters, pages, items.

use super::wildcards::Pattern;
use super::{Request, Shown, invalid, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The list of one kind of resource.
pub(super) struct Listing {
    /// The element that holds the items.
    pub(super) set: &'static str,
    /// The filters of the list.
    pub(super) filters: &'static [(&'static str, Filter)],
    /// Writes an item.
    pub(super) item: fn(&Request<'_>, &Shown, Xml) -> Xml,
}

/// The values of a resource that a filter compares.
pub(super) type Filter = fn(&Request<'_>, &Shown) -> Vec<String>;

/// The id, as a filter.
pub(super) fn by_id(_request: &Request<'_>, shown: &Shown) -> Vec<String> {
    vec![shown.id().to_owned()]
}

/// The owner, as a filter.
pub(super) fn by_owner(_request: &Request<'_>, shown: &Shown) -> Vec<String> {
    vec![shown.owner()]
}

/// The VPC or subnet that a resource is in, as a filter.
pub(super) fn by_parent(request: &Request<'_>, shown: &Shown) -> Vec<String> {
    vec![request.parent(&shown.name).to_owned()]
}

/// The state of resources that are there as soon as they are made, as a filter.
pub(super) fn by_availability(_request: &Request<'_>, shown: &Shown) -> Vec<String> {
    vec![shown.state.unwrap_or("available").to_owned()]
}

/// The beginning of a token; the number of the next item follows.
const TOKEN: &str = "page-";

impl Listing {
    /// Writes the items that the request asks for: filtered, and one page of them.
    ///
    /// # Errors
    ///
    /// A filter or token is not known.
    pub(super) fn write(
        &self,
        request: &Request<'_>,
        mut items: Vec<Shown>,
        xml: Xml,
    ) -> Result<Xml, Failure> {
        for filter in request.form.members("Filter") {
            let name = filter.value("Name").unwrap_or_default();
            let wanted: Vec<_> = filter.list("Value").into_iter().map(Pattern::read).collect();
            let compared = self.compared(name)?;
            items.retain(|shown| {
                let values = compared.of(request, shown);
                let fits = |value: &String| wanted.iter().any(|it| it.fits(value));
                values.iter().any(fits)
            });
        }
        if request.state.begins_empty() && request.form.value("NextToken").is_none() {
            return Ok(xml.element(self.set, |xml| xml).text("nextToken", &format!("{TOKEN}0")));
        }
        let (page, next) = page(request, &items)?;
        let mut page: Vec<&Shown> = page.iter().collect();
        request.state.reorder(&mut page);
        let item = |xml: Xml, shown| xml.element("item", |xml| (self.item)(request, shown, xml));
        let xml = xml.element(self.set, |xml| page.into_iter().fold(xml, item));
        Ok(match next {
            Some(token) => xml.text("nextToken", &token),
            None => xml,
        })
    }

    fn compared<'n>(&self, name: &'n str) -> Result<Compared<'n>, Failure> {
        if name == "tag-key" {
            return Ok(Compared::TagKeys);
        }
        if let Some(key) = name.strip_prefix("tag:") {
            return Ok(Compared::Tag(key));
        }
        let known = self.filters.iter().find(|(known, _)| *known == name);
        let unknown = || invalid(format!("The filter '{name}' is invalid"));
        known.map(|(_, filter)| Compared::Values(*filter)).ok_or_else(unknown)
    }
}

/// The value that a filter compares.
enum Compared<'n> {
    Values(Filter),
    TagKeys,
    Tag(&'n str),
}

impl Compared<'_> {
    fn of(&self, request: &Request<'_>, shown: &Shown) -> Vec<String> {
        match self {
            Self::Values(filter) => filter(request, shown),
            Self::TagKeys => tags::seen(request, &shown.name).into_keys().collect(),
            Self::Tag(key) => {
                let value = tags::seen(request, &shown.name).remove(*key);
                value.into_iter().collect()
            }
        }
    }
}

/// One page of a list, and the token of the next.
fn page<'i>(
    request: &Request<'_>,
    items: &'i [Shown],
) -> Result<(&'i [Shown], Option<String>), Failure> {
    let size = match request.form.value("MaxResults") {
        None => items.len(),
        Some(text) => {
            let size = text.parse().ok().filter(|size| (1..=1000).contains(size));
            size.ok_or_else(|| {
                let message = format!("Value ( {text} ) for parameter maxResults is invalid.");
                invalid(message)
            })?
        }
    };
    let start = match request.form.value("NextToken") {
        None => 0,
        Some(token) => {
            let start = token.strip_prefix(TOKEN).and_then(|it| it.parse().ok());
            let unknown = "The specified NextToken is not valid.";
            start.ok_or_else(|| Failure::new("InvalidNextToken", unknown))?
        }
    };
    let rest = items.get(start..).unwrap_or_default();
    let page = &rest[..size.min(rest.len())];
    let more = rest.len() > page.len();
    Ok((page, more.then(|| format!("{TOKEN}{}", start + page.len()))))
}
