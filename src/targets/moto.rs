//! moto's server: started here if it is installed, or at `--endpoint`.

use bellwether_model::Assumptions;

use super::{BuiltIn, ChoiceError, Chosen, endpoint};
use crate::target::{AccountScheme, Bound, REQUEST_TIMEOUT, Target};
use crate::wire::names::AWAY;

/// <https://github.com/getmoto/moto>
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "moto",
    says: "moto_server, started and stopped by Bellwether unless --endpoint says where it runs",
};

/// The header by which moto tells accounts apart: moto's documentation, "Multi-Account support".
const ACCOUNT_HEADER: &str = "x-moto-account-id";

/// Help if it does not start.
const INSTALL: &str = "install it with `pip install 'moto[server]'` and put moto_server on the PATH, \
     or start it yourself and pass --endpoint URL";

pub(super) async fn target(chosen: &Chosen) -> Result<Target, ChoiceError> {
    let accounts = chosen.accounts.clone();
    let accounts = accounts.unwrap_or_else(|| AccountScheme::Header(ACCOUNT_HEADER.to_owned()));
    let (connection, process) = if let Some(url) = &chosen.endpoint {
        (endpoint::connection(url)?, None)
    } else {
        let command = ["moto_server", "-H", "127.0.0.1", "-p", "{port}"].map(str::to_owned);
        // moto's own public images cost every new account time and memory, and nothing here
        // looks at them.
        let variables = [("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")];
        let started = endpoint::start(&command, &variables, INSTALL).await?;
        (started.connection, Some(started.process))
    };
    Ok(Target {
        name: TARGET.name.to_owned(),
        arguments: String::new(),
        connection,
        accounts,
        bound: Bound::ZERO,
        is_bound_given: true,
        assumptions: Assumptions::default(),
        away: AWAY.to_owned(),
        has_clock: false,
        request_timeout: chosen.request_timeout.unwrap_or(REQUEST_TIMEOUT),
        process,
    })
}
