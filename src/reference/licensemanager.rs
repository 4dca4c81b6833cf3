//! License Manager, served from the model.
//!
//! What a request says of a configuration is kept and shown, and decides nothing.

use bellwether_model::answer::Key;
use bellwether_model::operations::licensemanager::{
    CreateLicenseConfiguration, DeleteLicenseConfiguration, GetLicenseConfiguration,
    ListLicenseConfigurations, UpdateLicenseConfiguration,
};
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Call, Name, Reply};
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use super::State;
use super::json::{self, Failure, Protocol};
use super::members::LICENSE_MANAGER;
use super::pages::{self, Filter, Pages};
use super::random::scramble;
use super::{arns, refusals};

/// Answers an operation.
type Serve = fn(&mut Request<'_>) -> Result<Value, Failure>;

/// The operations that are served, in the order of their names.
static OPERATIONS: &[(&str, Serve)] = &[
    ("CreateLicenseConfiguration", create),
    ("DeleteLicenseConfiguration", delete),
    ("GetLicenseConfiguration", get),
    ("ListLicenseConfigurations", list),
    ("UpdateLicenseConfiguration", update),
];

/// The filters of configurations.
static FILTERS: &[Filter] = &[("licenseCountingType", |row| row["LicenseCountingType"].clone())];

/// The pages of the list. AWS says no size of its own.
static PAGES: Pages = Pages {
    reads: &LICENSE_MANAGER,
    size: "MaxResults",
    token: "NextToken",
    usual: 100,
    wrong_size: "InvalidParameterValueException",
    wrong_token: "InvalidParameterValueException",
};

/// The seed of the numbers in ids.
const IDS: u64 = 0x4c;

/// The members of requests that are kept of a configuration and shown.
const KEPT: &[&str] = &[
    "Description",
    "DisassociateWhenNotFound",
    "LicenseCount",
    "LicenseCountHardLimit",
    "LicenseCountingType",
    "LicenseExpiry",
    "LicenseRules",
    "Name",
    "ProductInformationList",
];

/// The statuses of a configuration.
const STATUSES: [&str; 2] = ["AVAILABLE", "DISABLED"];

/// The operation that a request to License Manager names.
#[must_use]
pub fn target(request: &http::Request<Bytes>) -> Option<&str> {
    json::target(request, "AWSLicenseManager.")
}

/// Answers a request to License Manager.
pub fn serve(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Response<Bytes> {
    json::answer(Protocol::Rpc, outcome(state, caller, request))
}

fn outcome(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Result<Value, Failure> {
    let (serve, input) = json::requested(OPERATIONS, &LICENSE_MANAGER, target(request), request)?;
    serve(&mut Request { state, caller, input })
}

/// A request to License Manager.
struct Request<'a> {
    state: &'a mut State,
    caller: Account,
    input: Value,
}

impl Request<'_> {
    fn text(&self, key: &str) -> Result<&str, Failure> {
        json::text(&self.input, key)?.ok_or_else(|| {
            let message = format!("The request must contain {key}");
            Failure::new("InvalidParameterValueException", message)
        })
    }

    /// The configuration whose ARN the call gives.
    fn named(&self) -> Result<Reference, Failure> {
        let arn = self.text("LicenseConfigurationArn")?;
        let found = arns::resource(&self.state.world, arn);
        Ok(found.map_or_else(|| Reference::Literal(arn.into()), Reference::Named))
    }

    fn answer(&mut self, call: impl Into<Call>, made: &Name) -> Result<Reply, Failure> {
        let reply = self.state.answer(self.caller, &call.into(), made);
        reply.map_err(|refusal| refusals::failure(&refusal))
    }

    fn arn(&self, name: &Name) -> String {
        let resource = self.state.world.resources.get(name);
        resource.map(|resource| arns::of(&self.state.region, name, resource)).unwrap_or_default()
    }

    /// A configuration as an answer shows it.
    fn shown(&self, name: &Name) -> Value {
        let owner = self.state.world.resources.get(name).map(|resource| resource.owner.to_string());
        let status = match self.state.attribute(name, "LicenseConfigurationStatus") {
            "" => STATUSES[0],
            status => status,
        };
        let mut shown = json!({
            "LicenseConfigurationId": name.as_str(),
            "LicenseConfigurationArn": self.arn(name),
            "Status": status,
            "OwnerAccountId": owner,
        });
        for key in KEPT {
            if let Ok(value) = serde_json::from_str::<Value>(self.state.attribute(name, key)) {
                shown[key] = value;
            }
        }
        shown
    }

    /// Keeps what the request says of a configuration.
    fn keep(&mut self, name: &Name) {
        for key in KEPT {
            let value = &self.input[key];
            if !value.is_null() {
                self.state.keep(name, key, value.to_string());
            }
        }
    }
}

fn create(request: &mut Request<'_>) -> Result<Value, Failure> {
    request.text("Name")?;
    request.text("LicenseCountingType")?;
    let number = request.state.next_serial();
    let (high, low) = (scramble(IDS, number), scramble(IDS + 1, number));
    let made = Name::new(format!("lic-{high:016x}{low:016x}"));
    request.answer(CreateLicenseConfiguration {}, &made)?;
    request.keep(&made);
    Ok(json!({ "LicenseConfigurationArn": request.arn(&made) }))
}

fn get(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.named()?;
    let call = GetLicenseConfiguration { license_configuration_arn: named.clone() };
    request.answer(call, &Name::none())?;
    Ok(named.name().map(|name| request.shown(name)).unwrap_or_default())
}

fn list(request: &mut Request<'_>) -> Result<Value, Failure> {
    let reply = request.answer(ListLicenseConfigurations {}, &Name::none())?;
    let present = reply.rows.iter().filter(|row| row.present);
    let shown = present.filter_map(|row| {
        let Key::Resource(name) = &row.key else { return None };
        Some(request.shown(name))
    });
    let mut rows: Vec<Value> = shown.collect();
    if let Some(named) = request.input["LicenseConfigurationArns"].as_array() {
        rows.retain(|row| named.is_empty() || named.contains(&row["LicenseConfigurationArn"]));
    }
    let operation = "ListLicenseConfigurations";
    pages::sift(&LICENSE_MANAGER, operation, &request.input, FILTERS, &mut rows)?;
    PAGES.answer(operation, &request.input, "LicenseConfigurations", rows)
}

fn update(request: &mut Request<'_>) -> Result<Value, Failure> {
    let named = request.named()?;
    let status = request.input["LicenseConfigurationStatus"].as_str().map(str::to_owned);
    if status.as_deref().is_some_and(|status| !STATUSES.contains(&status)) {
        let message = format!("LicenseConfigurationStatus must be one of {}", STATUSES.join(", "));
        return Err(Failure::new("InvalidParameterValueException", message));
    }
    let call = UpdateLicenseConfiguration { license_configuration_arn: named.clone() };
    request.answer(call, &Name::none())?;
    if let Some(name) = named.name() {
        request.keep(name);
        if let Some(status) = status {
            request.state.keep(name, "LicenseConfigurationStatus", status);
        }
    }
    Ok(json!({}))
}

fn delete(request: &mut Request<'_>) -> Result<Value, Failure> {
    let license_configuration_arn = request.named()?;
    let call = DeleteLicenseConfiguration { license_configuration_arn };
    request.answer(call, &Name::none())?;
    Ok(json!({}))
}
