//! The tags that resources of Route 53 Resolver are made with.

use bellwether_model::operations::route53resolver::ListTagsForResource;
use bellwether_model::parameters::{Reference, Tag};
use serde_json::{Value, json};

use super::PAGES;
use crate::reference::arns;
use crate::reference::dns::Request;
use crate::reference::json::Failure;

/// The tags that a request gives to what it makes.
pub(super) fn given(request: &Request<'_>) -> Vec<Tag> {
    let given = request.input["Tags"].as_array().into_iter().flatten();
    let read = given.map(|tag| Tag {
        key: tag["Key"].as_str().unwrap_or_default().into(),
        value: Some(tag["Value"].as_str().unwrap_or_default().into()),
    });
    read.collect()
}

pub(super) fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let arn = request.text("ResourceArn")?;
    let named = arns::resource(&request.state.world, arn);
    let resource_arn = named.map_or_else(|| Reference::Literal(arn.into()), Reference::Named);
    let (_, reply) = request.answer(ListTagsForResource { resource_arn }, "")?;
    let written = reply.fields.iter().find_map(|field| field.expected.texts());
    let tags = written.into_iter().flatten().map(|text| {
        let tag = Tag::new(text);
        json!({ "Key": tag.key.as_str(), "Value": tag.value.unwrap_or_default().as_str() })
    });
    PAGES.answer("ListTagsForResource", &request.input, "Tags", tags.collect())
}
