//! The schemes by which the accounts of a case are had.

use std::str::FromStr;

use aws_credential_types::Credentials;
use aws_sdk_sts::config::ProvideCredentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SdkConfig;
use bellwether_model::judge::Observation;

use super::TargetError;
use crate::wire;

/// The way in which a target identifies the calling account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountScheme {
    /// A 12-digit access key id is the account.
    AccessKey,
    /// STS AssumeRole into the account; the role need not exist.
    AssumeRole,
    /// A header names the account.
    Header(String),
    /// A command prints credentials as `credential_process` does; `{account}` in it is replaced.
    Process(String),
}

/// The reason that a text is not a valid account scheme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} is not a valid account scheme; expected access-key, assume-role, header:NAME or \
     process:COMMAND"
)]
pub struct SchemeError {
    given: String,
}

impl FromStr for AccountScheme {
    type Err = SchemeError;

    fn from_str(text: &str) -> Result<Self, SchemeError> {
        let named = |rest: &str| (!rest.trim().is_empty()).then(|| rest.trim().to_owned());
        match text.split_once(':') {
            None if text == "access-key" => Some(Self::AccessKey),
            None if text == "assume-role" => Some(Self::AssumeRole),
            Some(("header", name)) if http::HeaderName::try_from(name.trim()).is_ok() => {
                named(name).map(Self::Header)
            }
            Some(("process", command)) => named(command).map(Self::Process),
            None | Some(_) => None,
        }
        .ok_or_else(|| SchemeError { given: text.to_owned() })
    }
}

impl std::fmt::Display for AccountScheme {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AccessKey => formatter.write_str("access-key"),
            Self::AssumeRole => formatter.write_str("assume-role"),
            Self::Header(name) => write!(formatter, "header:{name}"),
            Self::Process(command) => write!(formatter, "process:{command}"),
        }
    }
}

/// The credentials and header with which a client speaks as one account.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) credentials: Credentials,
    pub(super) header: Option<AccountHeader>,
}

impl AccountScheme {
    /// The identity of an account. `base` is the endpoint without an account.
    pub(super) async fn identity(
        &self,
        account: &str,
        base: &SdkConfig,
    ) -> Result<Identity, TargetError> {
        let fixed = |key: &str| Credentials::new(key, "bellwether", None, None, "bellwether");
        match self {
            Self::AccessKey => Ok(Identity { credentials: fixed(account), header: None }),
            Self::Header(name) => {
                let header = AccountHeader { name: name.clone(), account: account.to_owned() };
                Ok(Identity { credentials: fixed("bellwether"), header: Some(header) })
            }
            Self::AssumeRole => {
                let credentials = assume_role(account, base, fixed("bellwether")).await?;
                Ok(Identity { credentials, header: None })
            }
            Self::Process(command) => {
                let command = command.replace("{account}", account);
                let provider =
                    aws_config::credential_process::CredentialProcessProvider::new(command);
                let credentials = provider.provide_credentials().await.map_err(|error| {
                    TargetError::Credentials { account: account.to_owned(), cause: causes(&error) }
                })?;
                Ok(Identity { credentials, header: None })
            }
        }
    }
}

async fn assume_role(
    account: &str,
    base: &SdkConfig,
    own: Credentials,
) -> Result<Credentials, TargetError> {
    let failed = |cause: String| TargetError::Credentials { account: account.to_owned(), cause };
    let config = aws_sdk_sts::config::Builder::from(base).credentials_provider(own).build();
    let answer = aws_sdk_sts::Client::from_conf(config)
        .assume_role()
        .role_arn(format!("arn:aws:iam::{account}:role/bellwether"))
        .role_session_name("bellwether")
        .send()
        .await
        .map_err(|error| failed(format!("AssumeRole: {}", shown(&error))))?;
    let given = answer.credentials.ok_or_else(|| failed("AssumeRole gave none".to_owned()))?;
    Ok(Credentials::new(
        given.access_key_id,
        given.secret_access_key,
        Some(given.session_token),
        None,
        "AssumeRole",
    ))
}

/// The error of a call of the SDK, in words.
pub(super) fn shown<E>(error: &SdkError<E, Response>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match wire::unanswered(error) {
        Observation::Refused { code, message } => format!("{code}: {message}"),
        Observation::Indeterminate(fault) => fault.detail,
        Observation::Malformed(how)
        | Observation::Unimplemented(how)
        | Observation::Unsendable(how) => how,
        Observation::Granted(_) => unreachable!("an error is not a grant"),
    }
}

/// An error with all its causes, on one line.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Adds the header that names the account to every request.
#[derive(Clone, Debug)]
pub(super) struct AccountHeader {
    name: String,
    account: String,
}

impl Intercept for AccountHeader {
    fn name(&self) -> &'static str {
        "AccountHeader"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.try_insert(self.name.clone(), self.account.clone())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::AccountScheme;

    #[test]
    fn a_scheme_reads_back_as_it_prints() {
        for text in
            ["access-key", "assume-role", "header:x-moto-account-id", "process:give {account}"]
        {
            assert_eq!(text.parse::<AccountScheme>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_invalid_scheme_is_named_in_the_error() {
        for text in ["", "keys", "header:", "header:not a header", "process: "] {
            let error = text.parse::<AccountScheme>().unwrap_err();
            assert!(error.to_string().contains(&format!("{text:?}")), "{error}");
        }
    }
}
