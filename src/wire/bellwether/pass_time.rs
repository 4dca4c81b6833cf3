//! PassTime.
//!
//! A target that has a clock to move offers `POST /_bellwether/clock` beside the services: its JSON
//! body says how many `seconds` pass, and for which `accounts`. Cases that run at once have other
//! accounts each, so that no case ends another's invitations.

use std::time::Duration;

use aws_smithy_types::body::SdkBody;
use bellwether_model::judge::Observation;
use bellwether_model::operations::bellwether::PassTime;
use bellwether_model::{Account, Name};
use serde_json::json;

use crate::wire::{Session, granted};

/// The path of the clock, at the endpoint of the services.
const PATH: &str = "/_bellwether/clock";

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &PassTime,
    _made: &Name,
) -> Result<Observation, Observation> {
    if !session.has_clock {
        return Err(Observation::Unimplemented("the target declares no clock to move".to_owned()));
    }
    let accounts = session.clients.keys().map(|account| session.names.account_id(*account));
    let accounts: Vec<_> = accounts.collect();
    let body = json!({ "seconds": call.seconds(), "accounts": accounts }).to_string();
    // The SDK's own way there, with its credentials and its transport: any call will do, sent
    // elsewhere.
    let request = session.clients(actor)?.ram.list_resource_types().customize();
    let request = request.mutate_request(move |request| {
        let elsewhere = format!("{}{PATH}", origin(request.uri()));
        if request.set_uri(elsewhere).is_ok() {
            request.headers_mut().insert("content-length", body.len().to_string());
            *request.body_mut() = SdkBody::from(body.as_str());
        }
    });
    session.count(request.send()).await?;
    session.moved += Duration::from_secs(call.seconds());
    Ok(granted())
}

/// A URL without its path.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |place| place + "://".len());
    let end = url[host..].find('/').map_or(url.len(), |place| host + place);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn the_clock_is_at_the_endpoint_of_the_services() {
        assert_eq!(origin("http://127.0.0.1:4000/listresourcetypes"), "http://127.0.0.1:4000");
        assert_eq!(origin("https://host"), "https://host");
    }
}
