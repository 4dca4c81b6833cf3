//! The partitions of AWS: regions of China and of the US government have ARNs of their own.
//!
//! Inside, all ARNs are of the partition `aws`. The requests and answers of a region of another one are
//! translated as they come and go.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::borrow::Cow;

use bytes::Bytes;
use http::{Request, Response};

/// The partition that is spoken inside.
const INSIDE: &str = "aws";

/// The partition of a region.
pub(super) fn of(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        INSIDE
    }
}

/// A request with its ARNs as they are inside.
pub(super) fn inward<'r>(request: &'r Request<Bytes>, partition: &str) -> Cow<'r, Request<Bytes>> {
    if partition == INSIDE {
        return Cow::Borrowed(request);
    }
    let mut translated = request.clone();
    *translated.body_mut() = translate(request.body(), partition, INSIDE);
    if let Ok(uri) = between(&request.uri().to_string(), partition, INSIDE).parse() {
        *translated.uri_mut() = uri;
    }
    Cow::Owned(translated)
}

/// Translates the ARNs of an answer.
pub(super) fn outward(response: &mut Response<Bytes>, partition: &str) {
    if partition != INSIDE {
        *response.body_mut() = translate(response.body(), INSIDE, partition);
    }
}

fn translate(body: &Bytes, from: &str, to: &str) -> Bytes {
    match std::str::from_utf8(body) {
        Ok(text) => Bytes::from(between(text, from, to)),
        Err(_) => body.clone(),
    }
}

/// A text in which the ARNs of one partition are those of another, be they percent-encoded or not.
fn between(text: &str, from: &str, to: &str) -> String {
    let plain = text.replace(&format!("arn:{from}:"), &format!("arn:{to}:"));
    let encoded = plain.replace(&format!("arn%3A{from}%3A"), &format!("arn%3A{to}%3A"));
    encoded.replace(&format!("arn%3a{from}%3a"), &format!("arn%3a{to}%3a"))
}

#[cfg(test)]
mod tests {
    use super::{between, of};

    #[test]
    fn a_region_tells_its_partition() {
        let regions = ["eu-west-1", "cn-north-1", "us-gov-west-1", "us-east-1"];
        assert_eq!(regions.map(of), ["aws", "aws-cn", "aws-us-gov", "aws"]);
    }

    #[test]
    fn arns_are_translated_where_they_are_percent_encoded_too() {
        let text = "arn:aws-cn:ram::x and arn%3Aaws-cn%3Aram and arn%3aaws-cn%3aram and aws-cn";
        let expected = "arn:aws:ram::x and arn%3Aaws%3Aram and arn%3aaws%3aram and aws-cn";
        assert_eq!(between(text, "aws-cn", "aws"), expected);
    }
}
