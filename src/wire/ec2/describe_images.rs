//! DescribeImages.

use aws_sdk_ec2::types::{Filter, Image, ImageState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeImages;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, rows_of, sent_all};
use crate::wire::Session;
use crate::wire::names::flag;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeImages,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.image_ids)?;
    let users = whose(session, &call.executable_users);
    // Without them the list holds every public image there is.
    let everybody = session.clients.keys().map(|it| session.names.account_id(*it)).collect();
    let owners = whose(session, &call.owners).or_else(|| ids.is_none().then_some(everybody));
    let filters = filters(session, call)?;
    let request = session.clients(actor)?.ec2.describe_images().set_dry_run(session.dry_run);
    let request = request
        .set_filters(filters)
        .set_owners(owners)
        .set_executable_users(users)
        .set_include_deprecated(call.include_deprecated.then_some(true))
        .set_include_disabled(call.include_disabled.then_some(true))
        .set_max_results(page_size(ids.as_ref()))
        .set_image_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.images, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    let fields = |it: &Image| [owner(session, it.owner_id()), ("Public", flag(it.public()))];
    rows_of(session, &items, Image::image_id, fields)
}

/// The filters of a call; `None` if it has none.
///
/// # Errors
///
/// The target never made an image that one of them names.
fn filters(session: &Session, call: &DescribeImages) -> Result<Option<Vec<Filter>>, Observation> {
    let states = call.filter_state.iter().map(|state| state.word().to_owned()).collect::<Vec<_>>();
    let filters = [
        ("image-id", sent_all(session, &call.filter_image_id)?.unwrap_or_default()),
        ("state", states),
        ("is-public", call.filter_is_public.iter().map(ToString::to_string).collect()),
    ];
    let filters = filters.into_iter().filter(|(_, values)| !values.is_empty());
    let filters =
        filters.map(|(name, values)| Filter::builder().name(name).set_values(Some(values)).build());
    let filters = filters.collect::<Vec<_>>();
    Ok((!filters.is_empty()).then_some(filters))
}

/// The account that a parameter means, as it is sent; `None` if it is left out.
fn whose(session: &Session, text: &str) -> Option<Vec<String>> {
    let id = Account::actor(text).map(|account| session.names.account_id(account));
    (!text.is_empty()).then(|| vec![id.unwrap_or_else(|| text.to_owned())])
}

/// Whether an image is listed though it has been deregistered.
fn is_gone(image: &Image) -> bool {
    image.state() == Some(&ImageState::Deregistered)
}
