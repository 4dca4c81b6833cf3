//! A page of HTML where an answer is due, as proxies send them.
//!
//! The SDK does not read the body of an answer that says no more than that a call was granted: such a
//! page would grant whatever was asked.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The beginnings of pages of HTML, in lower case.
const BEGINNINGS: [&str; 2] = ["<!doctype html", "<html"];

/// Whether a body is a page.
pub(super) fn is_page(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    let begins = |with: &&str| {
        body.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    BEGINNINGS.iter().any(begins)
}

/// An interceptor by which a client takes no page for an answer that grants a call.
#[derive(Copy, Clone, Debug)]
pub struct NoPages;

impl Intercept for NoPages {
    fn name(&self) -> &'static str {
        "NoPages"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let body = response.body().bytes().unwrap_or_default();
        if response.status().is_success() && is_page(body) {
            return Err("a page of HTML is not a valid answer".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
    use bellwether_model::judge::{Cause, Observation};

    use super::*;
    use crate::connector::tests::config;
    use crate::reference::Reference;
    use crate::wire::unanswered;

    #[test]
    fn a_page_is_recognized_by_its_beginning() {
        assert!(is_page(b"\n<!DOCTYPE html><html></html>"));
        assert!(is_page(b"<HTML>"));
        assert!(!is_page(b"<?xml version=\"1.0\"?><DeleteSubnetResponse/>"));
        assert!(!is_page(b""));
    }

    #[tokio::test]
    async fn a_page_grants_nothing() {
        let faults = "garbage=100%".parse().unwrap();
        let config = config(&Reference::new().with_faults(faults), "111122223333");
        let delete = |client: aws_sdk_ec2::Client| client.delete_subnet().subnet_id("net").send();
        let granting = aws_sdk_ec2::Client::new(&config);
        assert!(delete(granting).await.is_ok(), "the SDK does not read what it is sent");
        let mut config = aws_sdk_ec2::config::Builder::from(&config);
        config.push_interceptor(SharedInterceptor::new(NoPages));
        let client = aws_sdk_ec2::Client::from_conf(config.build());
        let observation = unanswered(&delete(client).await.unwrap_err());
        let Observation::Indeterminate(fault) = observation else { panic!("{observation:?}") };
        assert_eq!(fault.cause, Cause::Foreign, "{}", fault.detail);
    }
}
