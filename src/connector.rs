//! The SDK's way to the reference target without a socket.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};

use crate::reference::{Arrives, Reference};

/// An HTTP client for the SDK's configurations whose requests all go to this target.
///
/// The endpoint of the configuration does not matter, but needs to be one.
#[must_use]
pub fn client(reference: Reference) -> SharedHttpClient {
    SharedHttpClient::new(InProcess { reference })
}

#[derive(Clone, Debug)]
struct InProcess {
    reference: Reference,
}

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.answer(request))
    }
}

impl InProcess {
    fn answer(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let unreadable = |error| ConnectorError::other(Box::new(error), None);
        let request = request.try_into_http1x().map_err(unreadable)?;
        let (parts, body) = request.into_parts();
        let Some(body) = body.bytes() else {
            return Err(ConnectorError::user("a streamed body can't be sent".into()));
        };
        let body = Bytes::copy_from_slice(body);
        let delivery = self.reference.deliver(http::Request::from_parts(parts, body));
        self.reference.time().pass(delivery.after);
        let broken = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        let response = match delivery.arrives {
            Arrives::Whole(response) => response.map(SdkBody::from),
            Arrives::Partly(response, arrived) => response.map(|body| {
                let part = Full::new(body.slice(..arrived)).map_err(|never| match never {});
                let end = std::future::ready(Some(Err(broken())));
                SdkBody::from_body_1_x(part.with_trailers(end))
            }),
            Arrives::Nothing => return Err(ConnectorError::io(Box::new(broken()))),
        };
        HttpResponse::try_from(response).map_err(unreadable)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use aws_config::{BehaviorVersion, Region, SdkConfig};
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_sdk_sts::error::ProvideErrorMetadata;
    use bellwether_model::Account;

    use super::client;
    use crate::reference::Reference;
    use crate::reference::accounts::key_of;

    /// A configuration for the clients of the account with this access key id.
    pub(crate) fn config(reference: &Reference, key: &str) -> SdkConfig {
        let credentials = Credentials::new(key, "secret", None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .endpoint_url("http://reference.invalid")
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(client(reference.clone()))
            .retry_config(aws_smithy_types::retry::RetryConfig::disabled())
            .build()
    }

    #[tokio::test]
    async fn twelve_digits_as_access_key_are_the_account() {
        let reference = Reference::new();
        let sts = aws_sdk_sts::Client::new(&config(&reference, "111122223333"));
        let identity = sts.get_caller_identity().send().await.unwrap();
        assert_eq!(identity.account(), Some("111122223333"));
    }

    #[tokio::test]
    async fn an_assumed_role_acts_for_its_account() {
        let reference = Reference::new();
        let sts = aws_sdk_sts::Client::new(&config(&reference, "111122223333"));
        let assumed = sts
            .assume_role()
            .role_arn("arn:aws:iam::444455556666:role/path/admin")
            .role_session_name("session")
            .send()
            .await
            .unwrap();
        let credentials = assumed.credentials().unwrap();
        let sts = aws_sdk_sts::Client::new(&config(&reference, credentials.access_key_id()));
        let identity = sts.get_caller_identity().send().await.unwrap();
        assert_eq!(identity.account(), Some("444455556666"));
    }

    #[tokio::test]
    async fn keys_that_name_no_account_are_the_default_account_s() {
        let default = Account::from_id("999988887777");
        let reference = Reference::new().with_default_account(default);
        for (key, expected) in [
            ("FOOBARKEY", "999988887777"),
            ("AKIAIOSFODNN7EXAMPLE", "999988887777"),
            ("111122223333", "111122223333"),
            (&*key_of(Account::from_id("444455556666").unwrap()), "444455556666"),
        ] {
            let sts = aws_sdk_sts::Client::new(&config(&reference, key));
            let identity = sts.get_caller_identity().send().await.unwrap();
            assert_eq!(identity.account(), Some(expected), "{key}");
        }
    }

    #[tokio::test]
    async fn an_unknown_key_is_refused_as_each_service_does() {
        let config = config(&Reference::new(), "AKIAIOSFODNN7EXAMPLE");
        let ec2 = aws_sdk_ec2::Client::new(&config).describe_vpcs().send();
        assert_eq!(ec2.await.unwrap_err().code(), Some("AuthFailure"));
        let organizations = aws_sdk_organizations::Client::new(&config).list_roots().send();
        let code = organizations.await.unwrap_err().code().map(str::to_owned);
        assert_eq!(code.as_deref(), Some("UnrecognizedClientException"));
        let ram = aws_sdk_ram::Client::new(&config).list_resource_types().send();
        let code = ram.await.unwrap_err().code().map(str::to_owned);
        assert_eq!(code.as_deref(), Some("UnrecognizedClientException"));
        let sts = aws_sdk_sts::Client::new(&config).get_caller_identity().send();
        assert_eq!(sts.await.unwrap_err().code(), Some("InvalidClientTokenId"));
    }
}
