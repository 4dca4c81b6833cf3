//! DescribeImages.

use aws_sdk_ec2::types::{Image, ImageState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeImages;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeImages,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.image_ids)?;
    let users =
        (!call.executable_users.is_empty()).then(|| vec![call.executable_users.to_string()]);
    // Without them the list holds every public image there is.
    let owners = session.clients.keys().map(|it| session.names.account_id(*it));
    let owners = ids.is_none().then(|| owners.collect());
    let request = session.clients(actor)?.ec2.describe_images();
    let request = request
        .set_owners(owners)
        .set_executable_users(users)
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
    listed(session, &items, Image::image_id, |it| owner(session, it.owner_id()))
}

/// Whether an image is listed though it has been deregistered.
fn is_gone(image: &Image) -> bool {
    image.state() == Some(&ImageState::Deregistered)
}
