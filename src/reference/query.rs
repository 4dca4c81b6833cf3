//! The query protocols: form-encoded requests, XML answers.
//!
//! EC2 has its own dialect of it, STS speaks the common one. They differ in how errors look.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};

use super::State;
use super::characters::escaped;

/// The parameters of a form-encoded body.
#[must_use]
pub fn form(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// The value of a parameter; `None` if it is missing or empty.
#[must_use]
pub fn value<'a>(form: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let found = form.iter().find(|(name, _)| name == key);
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// An XML document in the making.
#[derive(Clone, Debug, Default)]
pub struct Xml {
    text: String,
}

impl Xml {
    /// An element with what `inside` writes into it.
    #[must_use]
    pub fn element(mut self, name: &str, inside: impl FnOnce(Self) -> Self) -> Self {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        self = inside(self);
        // An opening tag may bear attributes, a closing one does not.
        let name = name.split(' ').next().unwrap_or_default();
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
        self
    }

    /// An element with a text.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        self.element(name, |mut xml| {
            xml.text.push_str(&escaped(value));
            xml
        })
    }

    /// A document that was written before.
    #[must_use]
    pub fn of(text: String) -> Self {
        Self { text }
    }

    /// The document so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The document as an answer.
    #[must_use]
    pub fn answer(self, status: StatusCode) -> Response<Bytes> {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", self.text);
        let mut response = Response::new(Bytes::from(text));
        *response.status_mut() = status;
        let xml = HeaderValue::from_static("text/xml;charset=UTF-8");
        response.headers_mut().insert(CONTENT_TYPE, xml);
        response
    }
}

/// An error in EC2's form.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
#[must_use]
pub fn ec2_error(state: &State, status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let error = |xml: Xml| xml.text("Code", code).text("Message", message);
    Xml::default()
        .element("Response", |xml| {
            xml.element("Errors", |xml| xml.element("Error", error))
                .text("RequestID", &state.request_id)
        })
        .answer(status)
}

/// An error in the form of STS, in this namespace.
#[must_use]
pub fn error(
    state: &State,
    namespace: &str,
    status: StatusCode,
    code: &str,
    message: &str,
) -> Response<Bytes> {
    let error = |xml: Xml| xml.text("Type", "Sender").text("Code", code).text("Message", message);
    Xml::default()
        .element(&format!("ErrorResponse xmlns=\"{namespace}\""), |xml| {
            xml.element("Error", error).text("RequestId", &state.request_id)
        })
        .answer(status)
}

#[cfg(test)]
mod tests {
    use super::{Xml, form, value};

    #[test]
    fn a_form_is_decoded_and_an_empty_value_counts_as_missing() {
        let form = form(b"Action=RunInstances&Name=a%20b+c&Empty=");
        assert_eq!(value(&form, "Name"), Some("a b c"));
        assert_eq!(value(&form, "Empty"), None);
        assert_eq!(value(&form, "Version"), None);
    }

    #[test]
    fn texts_are_escaped_and_attributes_do_not_close() {
        let xml = Xml::default().element("a xmlns=\"u\"", |xml| xml.text("b", "1 < 2 & 3"));
        assert_eq!(xml.text, "<a xmlns=\"u\"><b>1 &lt; 2 &amp; 3</b></a>");
    }
}
