//! `bellwether serve`

use clap::Args;
use tokio::net::TcpListener;

use super::{CONFORMS, CliError};
use crate::config::ConfigError;
use crate::reference::{Reference, mutants};
use crate::serve::serve;

/// The arguments of `bellwether serve`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether serve --address 127.0.0.1:4000\n\
    A 12-digit access key id is the account:\n  \
    AWS_ACCESS_KEY_ID=111122223333 AWS_SECRET_ACCESS_KEY=any aws --endpoint-url \
    http://127.0.0.1:4000 --region us-east-1 ram get-resource-shares --resource-owner SELF")]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4000")]
    address: String,
    /// Plant a fault; see `bellwether list mutants`
    #[arg(long, value_name = "NAME")]
    mutant: Option<String>,
}

impl Serve {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let mutant = self.mutant.as_deref().map(|name| {
            mutants::find(name).ok_or_else(|| ConfigError::UnknownMutant {
                name: name.to_owned(),
                known: mutants::MUTANTS.iter().map(|mutant| mutant.name.to_owned()).collect(),
            })
        });
        let mutant = mutant.transpose()?;
        let unusable = |error: std::io::Error| CliError::Usage {
            what: format!("failed to listen on {}: {error}", self.address),
            help: "choose another --address; port 0 takes a free one".to_owned(),
        };
        let listener = TcpListener::bind(&self.address).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        anstream::eprintln!("listening on http://{address}; interrupt to stop");
        let shutdown = async {
            let _interrupted = tokio::signal::ctrl_c().await;
        };
        let served = serve(Reference::with_mutant(mutant), listener, shutdown).await;
        served.map_err(|error| CliError::Output(std::io::Error::other(error)))?;
        Ok(CONFORMS)
    }
}
