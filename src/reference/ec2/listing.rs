//! Lists: filters, pages, items.

use super::filters::Filters;
use super::{Request, Shown, invalid};
use crate::reference::json::Failure;
use crate::reference::members::EC2;
use crate::reference::query::Xml;

/// The list of one kind of resource.
pub(super) struct Listing {
    /// The element that holds the items.
    pub(super) set: &'static str,
    /// Writes an item.
    pub(super) item: fn(&Request<'_>, &Shown, Xml) -> Xml,
}

impl Listing {
    /// Writes the items that the request asks for: filtered, and one page of them.
    ///
    /// # Errors
    ///
    /// A filter or token is not known.
    pub(super) fn write(
        &self,
        request: &Request<'_>,
        items: Vec<Shown>,
        xml: Xml,
    ) -> Result<Xml, Failure> {
        write(request, self.set, items, |shown, xml| (self.item)(request, shown, xml), xml)
    }

    /// The items that fit the filters of the request.
    ///
    /// # Errors
    ///
    /// A filter is not known.
    pub(super) fn fitting(
        &self,
        request: &Request<'_>,
        items: Vec<Shown>,
    ) -> Result<Vec<Shown>, Failure> {
        fitting(request, items, |shown, xml| (self.item)(request, shown, xml))
    }
}

/// The beginning of a token; the number of the next item follows.
const TOKEN: &str = "page-";

/// Writes those of some items that the request asks for, each as `item` writes it: filtered by what is
/// written, and one page of them.
///
/// # Errors
///
/// A filter or token is not known.
pub(super) fn write<T>(
    request: &Request<'_>,
    set: &str,
    items: Vec<T>,
    item: impl Fn(&T, Xml) -> Xml,
    xml: Xml,
) -> Result<Xml, Failure> {
    let items = fitting(request, items, &item)?;
    write_page(request, set, &items, item, xml)
}

/// The items that fit the filters of the request, as `item` writes them.
fn fitting<T>(
    request: &Request<'_>,
    mut items: Vec<T>,
    item: impl Fn(&T, Xml) -> Xml,
) -> Result<Vec<T>, Failure> {
    let filters = Filters::read(request)?;
    if !filters.is_empty() {
        items.retain(|it| filters.fit(written(it, &item, Xml::default()).as_str()));
    }
    Ok(items)
}

fn written<T>(it: &T, item: impl Fn(&T, Xml) -> Xml, xml: Xml) -> Xml {
    xml.element("item", |xml| item(it, xml))
}

/// Writes a page of a list, each item as `item` writes it.
///
/// # Errors
///
/// The token is not known.
pub(super) fn write_page<T>(
    request: &Request<'_>,
    set: &str,
    items: &[T],
    item: impl Fn(&T, Xml) -> Xml,
    xml: Xml,
) -> Result<Xml, Failure> {
    if request.state.begins_empty() && request.form.value("NextToken").is_none() {
        return Ok(xml.element(set, |xml| xml).text("nextToken", &format!("{TOKEN}0")));
    }
    let (page, next) = page(request, items)?;
    let mut page: Vec<&T> = page.iter().collect();
    request.state.reorder(&mut page);
    let xml = xml.element(set, |xml| page.into_iter().fold(xml, |xml, it| written(it, &item, xml)));
    Ok(match next {
        Some(token) => xml.text("nextToken", &token),
        None => xml,
    })
}

/// The operations whose pages can't be of resources that are named, with the parameter that names them,
/// and with what AWS calls that.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>
static WHOLE: [(&str, &str, &str); 2] = [
    ("DescribeInstances", "InstanceId", "instancesSet"),
    ("DescribeNetworkInterfaces", "NetworkInterfaceId", "networkInterfaceIdSet"),
];

/// One page of a list, and the token of the next.
fn page<'i, T>(
    request: &Request<'_>,
    items: &'i [T],
) -> Result<(&'i [T], Option<String>), Failure> {
    let size = match request.form.value("MaxResults") {
        None => items.len(),
        Some(text) => {
            let whole = WHOLE.iter().find(|(action, _, _)| *action == request.action);
            if let Some((_, ids, called)) = whole
                && !request.form.list(ids).is_empty()
            {
                let message =
                    format!("The parameter {called} cannot be used with the parameter maxResults");
                return Err(Failure::new("InvalidParameterCombination", message));
            }
            size(request, text)?
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

/// The size of a page, between the bounds that AWS has for the operation. Where its documentation does not
/// say them, they are those of the largest pages that others have.
fn size(request: &Request<'_>, text: &str) -> Result<usize, Failure> {
    let bounds = EC2.taken(request.action).bounds;
    let (least, most) = (bounds.0.unwrap_or(1), bounds.1.unwrap_or(1000));
    let wrong = |expected: String| {
        invalid(format!("Value ( {text} ) for parameter maxResults is invalid. {expected}"))
    };
    match text.parse() {
        Err(_) => Err(wrong("Expecting a number.".to_owned())),
        Ok(size) if size < least => Err(wrong(format!("Expecting a value of at least {least}."))),
        Ok(size) if size > most => Err(wrong(format!("Expecting a value of at most {most}."))),
        Ok(size) => Ok(size),
    }
}
