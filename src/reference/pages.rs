//! The pages and filters of lists that answer in JSON.

use serde_json::{Value, json};

use super::json::Failure;
use super::members::{Reads, Taken};

/// The pages of a service's lists: the members that ask for them, their sizes, the codes of wrong ones.
#[derive(Debug)]
pub(super) struct Pages {
    /// The operations of the service.
    pub(super) reads: &'static Reads,
    /// The member that says how many rows a page may have.
    pub(super) size: &'static str,
    /// The member of the token.
    pub(super) token: &'static str,
    /// The number of rows of a page where the request does not say it.
    pub(super) usual: usize,
    /// The code of a size that is out of bounds.
    pub(super) wrong_size: &'static str,
    /// The code of a token that is of no page.
    pub(super) wrong_token: &'static str,
}

/// The beginning of a token; the number of the next row follows.
const TOKEN: &str = "page-";

/// A page of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    /// Its rows.
    pub(super) rows: Vec<T>,
    /// The token of the next, if there is one.
    pub(super) next: Option<String>,
    /// The number of rows that it may have.
    pub(super) size: usize,
}

impl Pages {
    /// The page that a request asks for.
    ///
    /// # Errors
    ///
    /// Its size is out of bounds, or its token is of no page.
    pub(super) fn page<T>(
        &self,
        operation: &str,
        input: &Value,
        rows: Vec<T>,
    ) -> Result<Page<T>, Failure> {
        let size = self.size(self.reads.taken(operation), &input[self.size])?;
        let token = input[self.token].as_str().unwrap_or_default();
        let start = if token.is_empty() { Some(0) } else { place(token) };
        let start = start.ok_or_else(|| {
            Failure::new(self.wrong_token, format!("{} is of no page of this list.", self.token))
        })?;
        Ok(cut(rows, start, size))
    }

    /// The page under the list's name, as most services answer it.
    ///
    /// # Errors
    ///
    /// As for [`Pages::page`].
    pub(super) fn answer(
        &self,
        operation: &str,
        input: &Value,
        list: &str,
        rows: Vec<Value>,
    ) -> Result<Value, Failure> {
        let page = self.page(operation, input, rows)?;
        let mut answer = json!({ list: page.rows });
        if let Some(next) = page.next {
            answer["NextToken"] = json!(next);
        }
        Ok(answer)
    }

    fn size(&self, taken: &Taken, given: &Value) -> Result<usize, Failure> {
        let (least, most) = (taken.bounds.0.unwrap_or(1), taken.bounds.1.unwrap_or(usize::MAX));
        if given.is_null() {
            return Ok(self.usual);
        }
        let number = given.as_str().map_or_else(
            || given.as_u64().and_then(|it| usize::try_from(it).ok()),
            |text| text.parse().ok(),
        );
        number.filter(|size| (least..=most).contains(size)).ok_or_else(|| {
            let bound = taken.bounds.1.map_or_else(String::new, |most| format!(" to {most}"));
            let message = format!("{} has to be a number from {least}{bound}.", self.size);
            Failure::new(self.wrong_size, message)
        })
    }
}

/// The place at which the page of a token begins.
pub(super) fn place(token: &str) -> Option<usize> {
    token.strip_prefix(TOKEN).and_then(|number| number.parse().ok())
}

/// The token of the page that begins at a place.
pub(super) fn token(place: usize) -> String {
    format!("{TOKEN}{place}")
}

/// The rows of a page, from this place on.
pub(super) fn cut<T>(rows: Vec<T>, start: usize, size: usize) -> Page<T> {
    let end = start.saturating_add(size);
    let next = (end < rows.len()).then(|| token(end));
    Page { rows: rows.into_iter().skip(start).take(size).collect(), next, size }
}

/// A filter of a list, with the text of a row that it compares.
pub(super) type Filter = (&'static str, fn(&Value) -> Value);

/// Leaves the rows that fit all filters of a request, each by one of its values. The names of filters are
/// compared by their letters alone, since older ones are written `LIKE_THIS`.
///
/// # Errors
///
/// A filter is not known, or not served.
pub(super) fn sift(
    reads: &Reads,
    operation: &str,
    input: &Value,
    filters: &[Filter],
    rows: &mut Vec<Value>,
) -> Result<(), Failure> {
    for filter in input["Filters"].as_array().into_iter().flatten() {
        let name = filter["Name"].as_str().unwrap_or_default();
        let Some((_, compared)) = filters.iter().find(|(known, _)| letters(known) == letters(name))
        else {
            let documented = &reads.taken(operation).filters;
            if documented.iter().any(|known| letters(known) == letters(name)) {
                return Err(reads.lacking(&format!("the filter {name}"), operation));
            }
            return Err(Failure::new(reads.code, format!("The filter {name} is not valid.")));
        };
        let wanted: Vec<&str> =
            filter["Values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        rows.retain(|row| {
            let value = compared(row);
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            !value.is_null() && wanted.contains(&text.as_str())
        });
    }
    Ok(())
}

fn letters(name: &str) -> String {
    name.chars().filter(|it| *it != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::sift;
    use crate::reference::members::ROUTE_53_RESOLVER;
    use crate::reference::organizations::PAGES;

    fn rows() -> Vec<Value> {
        (0..5).map(|number| json!({ "Name": format!("row-{number}"), "Port": number })).collect()
    }

    #[test]
    fn pages_follow_each_other_until_the_list_ends() {
        let first = json!({ "MaxResults": 3 });
        let first = PAGES.answer("ListAccounts", &first, "Accounts", rows()).unwrap();
        assert_eq!(first["Accounts"].as_array().unwrap().len(), 3);
        let second = json!({ "MaxResults": 3, "NextToken": first["NextToken"] });
        let second = PAGES.answer("ListAccounts", &second, "Accounts", rows()).unwrap();
        assert_eq!(second["Accounts"], json!(rows()[3..]));
        assert_eq!(second["NextToken"], Value::Null);
    }

    #[test]
    fn a_size_out_of_aws_bounds_is_refused() {
        for size in [json!(0), json!(21), json!("many")] {
            let input = json!({ "MaxResults": size });
            let refused = PAGES.answer("ListAccounts", &input, "Accounts", rows()).unwrap_err();
            assert_eq!(refused.code, "InvalidInputException");
        }
    }

    #[test]
    fn a_token_of_no_page_is_refused() {
        let input = json!({ "NextToken": "elsewhere" });
        assert!(PAGES.answer("ListAccounts", &input, "Accounts", rows()).is_err());
    }

    #[test]
    fn a_filter_compares_texts_and_numbers_of_the_rows() {
        let sifted = |name: &str, value: &str| {
            let input = json!({ "Filters": [{ "Name": name, "Values": [value] }] });
            let mut rows = rows();
            let filters: [super::Filter; 2] =
                [("Name", |row| row["Name"].clone()), ("Port", |row| row["Port"].clone())];
            sift(&ROUTE_53_RESOLVER, "ListResolverRules", &input, &filters, &mut rows)?;
            Ok::<_, crate::reference::json::Failure>(rows.len())
        };
        assert_eq!(sifted("NAME", "row-2").unwrap(), 1);
        assert_eq!(sifted("Port", "3").unwrap(), 1);
        assert_eq!(sifted("Name", "row").unwrap(), 0);
        let lacking = sifted("ResolverEndpointId", "x").unwrap_err();
        assert!(lacking.message.starts_with("The reference does not have the filter"));
        assert_eq!(sifted("Colour", "x").unwrap_err().code, "InvalidParameterException");
    }
}
