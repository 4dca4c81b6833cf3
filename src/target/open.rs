//! Opening a case: fresh accounts, and the world that its scenario begins with.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_organizations::Client as Organizations;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use bellwether_model::judge::Observation;
use bellwether_model::{Account, Assumptions, Name, Shape};

use super::accounts::{Identity, shown};
use super::{Target, TargetError};
use crate::clock::Clock;
use crate::wire::names::HOME;
use crate::wire::page::NoPages;
use crate::wire::retry::{Attempt, Next, RetryPolicy};
use crate::wire::{self, Clients, Names, Session, lazy};

/// A case that is ready for its steps.
#[derive(Debug)]
pub struct Opened {
    /// The accounts and their clients.
    pub session: Session,
    /// The time that the case waits by.
    pub clock: Clock,
    /// The requests that setting up the world took.
    pub setup_requests: u64,
}

/// The longest time that a request may take before it counts as unanswered, unless it is said otherwise.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// The longest time that the creation of a member account may take.
const ACCOUNT_CREATED: Duration = Duration::from_mins(1);
/// The first pause between two looks at a creation; it doubles up to [`ACCOUNT_PAUSE_MAX`].
const ACCOUNT_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause between two looks at a creation.
const ACCOUNT_PAUSE_MAX: Duration = Duration::from_secs(2);

impl Target {
    /// Opens a case in fresh accounts, with the organization that its shape asks for. A target
    /// that accepts assumptions is given those of the case.
    ///
    /// # Errors
    ///
    /// Credentials can't be had, or the organization can't be made.
    pub async fn open(
        &self,
        shape: Shape,
        assumptions: Assumptions,
    ) -> Result<Opened, TargetError> {
        self.open_in(shape, assumptions, 0).await
    }

    /// Opens a case as [`open`](Self::open) does, with injected faults drawn from `seed`.
    ///
    /// # Errors
    ///
    /// Credentials can't be had, or the organization can't be made.
    pub async fn open_in(
        &self,
        shape: Shape,
        assumptions: Assumptions,
        seed: u64,
    ) -> Result<Opened, TargetError> {
        let (url, http, clock) = self.connection.of_case(assumptions, seed);
        let base = base_config(&url, http, self.request_timeout);
        let patient = base.to_builder().retry_config(patience()).build();
        let ids = BTreeMap::new();
        let mut setup =
            Setup { target: self, base, patient, clock: clock.clone(), ids, requests: 0 };
        let mut names = Names::default();
        if let Shape::Organization { sharing } = shape {
            setup.organization(shape, sharing, &mut names).await?;
        }
        for actor in shape.actors() {
            setup.ids.entry(*actor).or_insert_with(mint_account_id);
        }
        let (mut clients, mut clients_away) = (BTreeMap::new(), BTreeMap::new());
        let away: Arc<str> = self.away.as_str().into();
        for (actor, id) in &setup.ids {
            let identity = self.accounts.identity(id, &setup.patient).await?;
            clients.insert(*actor, clients_of(&setup.base, &identity));
            let (base, away) = (setup.base.clone(), Arc::clone(&away));
            let in_away = lazy(move || {
                let region = Region::new(away.to_string());
                clients_of(&base.to_builder().region(region).build(), &identity)
            });
            clients_away.insert(*actor, in_away);
        }
        names.set_away(&self.away);
        names.set_accounts(setup.ids);
        let setup_requests = setup.requests;
        let has_clock = self.has_clock;
        let clock_of_case = clock.clone();
        let session = Session {
            clients_away,
            has_clock,
            clock: clock_of_case,
            ..Session::new(clients, names)
        };
        Ok(Opened { session, clock, setup_requests })
    }

    /// The clients of one account, for probes that need no world.
    ///
    /// # Errors
    ///
    /// Credentials can't be had.
    pub async fn clients(&self, account: &str) -> Result<Clients, TargetError> {
        let (url, http, _clock) = self.connection.of_case(self.assumptions, 0);
        let base = base_config(&url, http, self.request_timeout);
        let identity = self.accounts.identity(account, &base).await?;
        Ok(clients_of(&base, &identity))
    }
}

/// A 12-digit id that no other case has, as far as chance can tell.
pub(super) fn mint_account_id() -> String {
    format!("{:012}", rand::random_range(100_000_000_000_u64..1_000_000_000_000))
}

fn base_config(url: &str, http: SharedHttpClient, longest: Duration) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(longest.min(Duration::from_secs(5)))
        .operation_timeout(longest)
        .build();
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(HOME))
        .endpoint_url(url)
        .http_client(http)
        // Retries are decided by the code that judges answers.
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .sleep_impl(aws_smithy_async())
        .build()
}

fn aws_smithy_async() -> aws_sdk_sts::config::SharedAsyncSleep {
    aws_sdk_sts::config::SharedAsyncSleep::new(TokioSleep)
}

/// Tokio's timer, for the SDK's time-outs.
#[derive(Debug)]
struct TokioSleep;

impl aws_sdk_sts::config::AsyncSleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> aws_sdk_sts::config::Sleep {
        aws_sdk_sts::config::Sleep::new(tokio::time::sleep(duration))
    }
}

/// A client of a service that takes no page for an answer, with the header that names the account where
/// there is one.
macro_rules! client {
    ($sdk:ident, $config:expr, $header:expr) => {{
        let mut service = $sdk::config::Builder::from($config);
        service.push_interceptor(SharedInterceptor::new(NoPages));
        if let Some(header) = $header {
            service.push_interceptor(SharedInterceptor::new(header.clone()));
        }
        $sdk::Client::from_conf(service.build())
    }};
}

fn clients_of(base: &SdkConfig, identity: &Identity) -> Clients {
    let credentials = SharedCredentialsProvider::new(identity.credentials.clone());
    let config = base.to_builder().credentials_provider(credentials).build();
    let header = &identity.header;
    Clients {
        ram: client!(aws_sdk_ram, &config, header),
        ec2: client!(aws_sdk_ec2, &config, header),
        licensemanager: {
            let (config, header) = (config.clone(), header.clone());
            lazy(move || client!(aws_sdk_licensemanager, &config, &header))
        },
        organizations: {
            let (config, header) = (config.clone(), header.clone());
            lazy(move || client!(aws_sdk_organizations, &config, &header))
        },
        route53: {
            let (config, header) = (config.clone(), header.clone());
            lazy(move || client!(aws_sdk_route53, &config, &header))
        },
        route53profiles: {
            let (config, header) = (config.clone(), header.clone());
            lazy(move || client!(aws_sdk_route53profiles, &config, &header))
        },
        route53resolver: {
            let (config, header) = (config.clone(), header.clone());
            lazy(move || client!(aws_sdk_route53resolver, &config, &header))
        },
    }
}

/// The retries of calls that are not judged, after transient faults.
fn patience() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(5)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_secs(1))
}

/// The making of one case's accounts.
struct Setup<'a> {
    target: &'a Target,
    /// The configuration of the clients of the case.
    base: SdkConfig,
    /// The configuration of the clients that set up the case.
    patient: SdkConfig,
    clock: Clock,
    ids: BTreeMap<Account, String>,
    requests: u64,
}

impl Setup<'_> {
    /// Makes the organization of a shape: its units, its members, and sharing if it is on.
    async fn organization(
        &mut self,
        shape: Shape,
        sharing: bool,
        names: &mut Names,
    ) -> Result<(), TargetError> {
        let management = mint_account_id();
        let identity = self.target.accounts.identity(&management, &self.patient).await?;
        self.ids.insert(Account::MANAGEMENT, management);
        let provider = SharedCredentialsProvider::new(identity.credentials.clone());
        let config = self.base.to_builder().credentials_provider(provider).build();
        let client = client!(aws_sdk_organizations, &config, &identity.header);

        names.organization_arn = Some(self.create_organization(&client).await?);
        let root = self.root(&client).await?;
        names.root_id = Some(root.clone());
        let units = self.units(&client, shape, &root, names).await?;
        for (account, unit) in shape.members() {
            let id = self.create_account(&client, *account).await?;
            let unit = &units[*unit];
            self.move_account(&client, &id, &root, unit).await?;
            self.ids.insert(*account, id);
        }
        if sharing {
            let ram = clients_of(&self.base, &identity).ram;
            let enabled = self.insist(|| ram.enable_sharing_with_aws_organization().send()).await;
            enabled.map_err(|lack| failed("organization sharing", lack.how))?;
        }
        Ok(())
    }

    async fn create_organization(&mut self, client: &Organizations) -> Result<String, TargetError> {
        let features = aws_sdk_organizations::types::OrganizationFeatureSet::All;
        let create = || client.create_organization().feature_set(features.clone()).send();
        let organization = match self.insist(create).await {
            Ok(answer) => answer.organization,
            Err(lack) if lack.is_of_its_own_making("AlreadyInOrganizationException") => {
                let described = self.insist(|| client.describe_organization().send()).await;
                described.map_err(|lack| failed("an organization", lack.how))?.organization
            }
            Err(lack) => return Err(failed("an organization", lack.how)),
        };
        let arn = organization.and_then(|organization| organization.arn);
        arn.ok_or_else(|| failed("an organization", "the answer has no ARN".to_owned()))
    }

    async fn root(&mut self, client: &Organizations) -> Result<String, TargetError> {
        let answer = self.insist(|| client.list_roots().send()).await;
        let answer = answer.map_err(|lack| failed("an organization", lack.how))?;
        let root = answer.roots.unwrap_or_default().into_iter().next().and_then(|root| root.id);
        root.ok_or_else(|| failed("an organization", "it has no root".to_owned()))
    }

    /// The units of a shape, each made in the one that holds it; returns their ids.
    async fn units(
        &mut self,
        client: &Organizations,
        shape: Shape,
        root: &str,
        names: &mut Names,
    ) -> Result<BTreeMap<&'static str, String>, TargetError> {
        let mut ids = BTreeMap::new();
        for (unit, parent) in shape.units() {
            let parent = parent.and_then(|parent| ids.get(parent).cloned());
            let parent = parent.unwrap_or_else(|| root.to_owned());
            let create =
                || client.create_organizational_unit().parent_id(&parent).name(*unit).send();
            let made = match self.insist(create).await {
                Ok(answer) => answer.organizational_unit,
                Err(lack) if lack.is_of_its_own_making("DuplicateOrganizationalUnitException") => {
                    let list =
                        || client.list_organizational_units_for_parent().parent_id(&parent).send();
                    let listed = self.insist(list).await;
                    let listed =
                        listed.map_err(|lack| failed("an organizational unit", lack.how))?;
                    let mut units = listed.organizational_units.unwrap_or_default().into_iter();
                    units.find(|it| it.name() == Some(*unit))
                }
                Err(lack) => return Err(failed("an organizational unit", lack.how)),
            };
            let made = made.unwrap_or_else(|| {
                aws_sdk_organizations::types::OrganizationalUnit::builder().build()
            });
            let (Some(id), Some(arn)) = (made.id, made.arn) else {
                return Err(failed("an organizational unit", "the answer has no id".to_owned()));
            };
            ids.insert(*unit, id);
            names.unit_arns.insert(Name::new(unit), arn);
        }
        Ok(ids)
    }

    async fn create_account(
        &mut self,
        client: &Organizations,
        account: Account,
    ) -> Result<String, TargetError> {
        use aws_sdk_organizations::types::{CreateAccountFailureReason, CreateAccountState};
        // An account whose answer is lost stays behind, outside the case.
        let create = || {
            let email = format!("{account}-{}@bellwether.example", mint_account_id());
            client.create_account().email(email).account_name(account.to_string()).send()
        };
        let answer = self.insist(create).await;
        let answer = answer.map_err(|lack| failed("a member account", lack.how))?;
        let mut status = answer.create_account_status;
        let begun = self.clock.now();
        let mut pause = ACCOUNT_PAUSE;
        let why = loop {
            let Some(known) = &status else { break "the answer has no status".to_owned() };
            // An id may stand in an answer before anybody knows the account.
            match (&known.state, &known.account_id) {
                (Some(CreateAccountState::Succeeded) | None, Some(id)) => return Ok(id.clone()),
                (Some(CreateAccountState::Failed), _) => {
                    let reason = known
                        .failure_reason
                        .as_ref()
                        .map_or("no reason", CreateAccountFailureReason::as_str);
                    break format!("its creation FAILED: {reason}");
                }
                (_, _) => {}
            }
            if self.clock.since(begun) >= ACCOUNT_CREATED {
                let state =
                    known.state.as_ref().map_or("without a state", CreateAccountState::as_str);
                let longest = ACCOUNT_CREATED.as_secs();
                break format!("its creation is {state} after {longest} seconds");
            }
            self.clock.back_off(&mut pause, ACCOUNT_PAUSE_MAX).await;
            let request = known.id.clone().unwrap_or_default();
            let describe = || {
                client.describe_create_account_status().create_account_request_id(&request).send()
            };
            let answer = self.insist(describe).await;
            let answer = answer.map_err(|lack| failed("a member account", lack.how))?;
            status = answer.create_account_status;
        };
        Err(failed("a member account", why))
    }

    async fn move_account(
        &mut self,
        client: &Organizations,
        id: &str,
        root: &str,
        unit: &str,
    ) -> Result<(), TargetError> {
        let transfer = || {
            client
                .move_account()
                .account_id(id)
                .source_parent_id(root)
                .destination_parent_id(unit)
                .send()
        };
        match self.insist(transfer).await {
            Ok(_) => Ok(()),
            Err(lack)
                if lack.is_of_its_own_making("DuplicateAccountException")
                    || lack.is_of_its_own_making("SourceParentNotFoundException") =>
            {
                Ok(())
            }
            Err(lack) => Err(failed("a member account", lack.how)),
        }
    }

    /// Sends a setup request until it is answered.
    async fn insist<T, E, F>(&mut self, request: impl Fn() -> F) -> Result<T, Lack>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, Response>>>,
    {
        for number in 1.. {
            self.requests += 1;
            let error = match request().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let next = match wire::unanswered(&error) {
                Observation::Indeterminate(fault) => {
                    let is_simulated = self.clock.is_simulated();
                    let attempt =
                        Attempt { number, is_repeatable: true, is_simulated, asked: None };
                    RetryPolicy::SETUP.next(&fault, attempt)
                }
                Observation::Granted(_)
                | Observation::Refused { .. }
                | Observation::Malformed(_)
                | Observation::Unimplemented(_)
                | Observation::Unsendable(_) => Next::GiveUp,
            };
            let Next::RetryAfter(pause) = next else {
                let code = error.code().unwrap_or_default().to_owned();
                return Err(Lack { code, again: number > 1, how: shown(&error) });
            };
            self.clock.wait(pause).await;
        }
        unreachable!("the attempts do not end")
    }
}

/// Why a request of the setting up was not granted.
struct Lack {
    code: String,
    /// Whether it was sent before.
    again: bool,
    how: String,
}

impl Lack {
    /// Whether it is refused because an earlier try, whose answer was lost, did it.
    fn is_of_its_own_making(&self, code: &str) -> bool {
        self.again && self.code == code
    }
}

fn failed(what: &str, cause: String) -> TargetError {
    TargetError::Setup { what: what.to_owned(), cause }
}
