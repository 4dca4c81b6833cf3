//! GetManagedPrefixListEntries.

use aws_sdk_ec2::types::PrefixListEntry;
use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ec2::GetManagedPrefixListEntries;
use bellwether_model::{Account, Name};
use smol_str::SmolStr;

use super::{PAGE, all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetManagedPrefixListEntries,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.prefix_list_id)?;
    let request =
        session.clients(actor)?.ec2.get_managed_prefix_list_entries().set_dry_run(session.dry_run);
    let request = request.prefix_list_id(id).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.entries, page.next_token))
        }
    };
    let entries = all(session, page).await?;
    let without = || Observation::Malformed("an entry has no Cidr".to_owned());
    let block = |it: &PrefixListEntry| it.cidr().map(SmolStr::new).ok_or_else(without);
    let blocks: Result<Vec<_>, _> = entries.iter().map(block).collect();
    let observed = Observed::default().with("Entries", Value::Set(blocks?));
    Ok(Observation::Granted(observed))
}
