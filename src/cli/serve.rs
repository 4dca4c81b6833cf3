//! `bellwether serve`

use bellwether_model::{Account, Assumption};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::hints::{Delays, FaultArguments};
use super::interrupt::Interrupts;
use super::{CONFORMS, CliError};
use crate::reference::Reference;
use crate::serve::serve;
use crate::targets::plant;

/// The arguments of `bellwether serve`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether serve --address 127.0.0.1:4000\n\
    A 12-digit access key id is the account:\n  \
    AWS_ACCESS_KEY_ID=111122223333 AWS_SECRET_ACCESS_KEY=any aws --endpoint-url \
    http://127.0.0.1:4000 --region us-east-1 ram get-resource-shares --resource-owner SELF")]
pub(super) struct Serve {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4000")]
    address: String,
    /// Account of every access key that is not 12 digits; without it such a key is refused
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    default_account: Option<Account>,
    /// Plant faults; see `bellwether list mutants`
    #[arg(long = "mutant", value_name = "NAME", value_delimiter = ',')]
    mutants: Vec<String>,
    /// Take for granted, against AWS, that RAM shares AMIs or hosted zones: ram-shares-images,
    /// ram-shares-hosted-zones; or that its limits are a few of each resource: low-limits
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    assume: Vec<Assumption>,
    /// Delay what it shows, for instance association=0.4..3s,invitation=1s,visibility=2s
    #[arg(long, value_name = "DELAYS", default_value = "", value_parser = Delays::read)]
    settle: Delays,
    #[command(flatten)]
    faults: FaultArguments,
}

/// Reads the id of an account.
fn account(text: &str) -> Result<Account, String> {
    Account::from_id(text).ok_or_else(|| "an account id is 12 digits, not all 0".to_owned())
}

impl Serve {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let planted = plant(&self.mutants)?;
        let unusable = |error: std::io::Error| CliError::Usage {
            what: format!("failed to listen on {}: {error}", self.address),
            help: "an --address looks like 127.0.0.1:4000; port 0 takes a free one".to_owned(),
        };
        let listener = TcpListener::bind(&self.address).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        anstream::eprintln!("listening on http://{address}; interrupt to stop");
        let mut interrupts = Interrupts::listen();
        let (stop, stopped) = oneshot::channel();
        let reference = Reference::planting(planted)
            .assuming(self.assume.into_iter().collect())
            .settling(self.settle.settling())
            .with_default_account(self.default_account)
            .with_faults(self.faults.faults().unwrap_or_default())
            .in_real_time();
        let served = serve(reference, listener, async {
            let _told = stopped.await;
        });
        let twice = async {
            interrupts.next().await;
            let _heard = stop.send(());
            interrupts.next().await;
        };
        // The first interrupt waits for the requests in hand, the second for nothing.
        tokio::select! {
            () = served => {}
            () = twice => {}
        }
        Ok(CONFORMS)
    }
}
