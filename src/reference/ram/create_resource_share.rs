//! CreateResourceShare.

use bellwether_model::operations::ram::CreateResourceShare;
use serde_json::{Value, json};

use super::input::Input;
use super::output::{Entity, Fields, keep_joined, keep_time, share_json, tags};
use super::{Granted, Served, State};
use crate::reference::json::Failure;

impl Served for CreateResourceShare {
    fn read(state: &State, input: &Input) -> Result<Self, Failure> {
        Ok(Self {
            name: input.required("name")?.into(),
            resource_arns: input.resources(state, "resourceArns")?,
            principals: input.principals(state, "principals")?,
            allow_external_principals: input.flag("allowExternalPrincipals")?,
            tags: input.tags("tags")?,
            retain_sharing_on_account_leave_organization: input.retaining()?,
            permission_arns: input.permissions(state, "permissionArns")?,
            sources: input.sources("sources")?,
            client_token: input.token()?,
        })
    }

    fn answer(&self, state: &mut State, granted: &Granted<'_>) -> Result<Value, Failure> {
        let made = granted.made;
        let region = state.region.clone();
        state.keep(made, "region", region);
        keep_time(state, made, "creationTime");
        keep_time(state, made, "lastUpdatedTime");
        if let Some(share) = state.world.shares.get(made).cloned() {
            let resources = share.resources.keys().map(Entity::Resource);
            let principals = share.principals.keys().map(Entity::Principal);
            let sources = share.sources.keys().map(Entity::Source);
            let entities: Vec<_> = resources.chain(principals).chain(sources).collect();
            keep_joined(state, made, &entities);
        }
        let mut share = share_json(state, made, Fields(&granted.reply.fields));
        share.insert("tags".to_owned(), tags(state, made));
        Ok(json!({ "resourceShare": share }))
    }
}
