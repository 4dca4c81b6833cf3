//! Conditions that the operations on tags have in common.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use crate::answer::Conditions;
use crate::dice::Dice;
use crate::parameters::{Reference, Tag};
use crate::permissions::AWS_ARN;
use crate::rules::{permission, resource, share, tag};
use crate::world::{Share, World};
use crate::{Account, Name};

/// Tags by their keys.
pub type Tags = BTreeMap<SmolStr, SmolStr>;

/// The keys that the generator draws.
pub const KEYS: [&str; 3] = ["team", "stage", "note"];

/// The tags of what a call tags or untags; what is wrong with what it names otherwise.
///
/// `named` is the share and the managed permission, as far as they are named.
pub fn require_taggable<'w>(
    world: &'w World,
    actor: Account,
    named: (Option<&Reference>, Option<&Reference>),
    conditions: &mut Conditions,
) -> Option<&'w Tags> {
    let (share, permission) = named;
    conditions.require(share.is_none() || permission.is_none(), &tag::ONE_THING_NAMED);
    conditions.require(share.is_some() || permission.is_some(), &tag::SOMETHING_NAMED);
    let of_permission =
        permission.and_then(|named| permission_tags(world, actor, named, conditions));
    let share = match share {
        None => return of_permission,
        Some(Reference::Named(name)) => share_of(world, name, conditions)?,
        Some(Reference::Literal(text)) => {
            let is_arn = text.starts_with("arn:aws:ram:") && text.contains(":resource-share/");
            conditions.require(is_arn, &share::NAMED_BY_AN_ARN);
            conditions.require(!is_arn, &tag::ON_WHAT_EXISTS);
            return None;
        }
    };
    conditions.require(share.owner == actor, &tag::WRITTEN_BY_THE_OWNER_ALONE);
    conditions.require(!share.deleted, &share::FINAL_ONCE_DELETED);
    Some(&share.tags)
}

/// The tags of a managed permission; what is wrong with its name otherwise.
fn permission_tags<'w>(
    world: &'w World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) -> Option<&'w Tags> {
    match named {
        Reference::Literal(text) => {
            let is_arn = text.starts_with("arn:");
            let of_aws = text.starts_with(AWS_ARN);
            conditions.require(is_arn, &resource::NAMED_BY_AN_ARN);
            conditions.require(!of_aws, &permission::WRITTEN_BY_ITS_OWNER_ALONE);
            conditions.require(!is_arn || of_aws, &tag::ON_WHAT_EXISTS);
            None
        }
        Reference::Named(name) => {
            let held = world.permissions.get(name);
            let is_other = held.is_none() && world.has_made(name);
            conditions.require(!is_other, &tag::ON_SHARES_AND_PERMISSIONS_ALONE);
            conditions.require(held.is_some() || is_other, &tag::ON_WHAT_EXISTS);
            let held = held?;
            conditions.require(held.owner == actor, &permission::WRITTEN_BY_ITS_OWNER_ALONE);
            conditions.require(!held.deleted, &permission::FINAL_ONCE_DELETED);
            conditions.require_not_open(held.open);
            Some(&held.tags)
        }
    }
}

/// The tags of what a granted call tags or untags.
pub fn tags_of<'w>(
    world: &'w mut World,
    named: (Option<&Reference>, Option<&Reference>),
) -> Option<&'w mut Tags> {
    let (share, permission) = named;
    if let Some(name) = share.and_then(Reference::name) {
        return world.shares.get_mut(name).map(|share| &mut *share.tags);
    }
    let held = world.permissions.get_mut(permission.and_then(Reference::name)?);
    held.map(|held| &mut held.tags)
}

fn share_of<'w>(world: &'w World, name: &Name, conditions: &mut Conditions) -> Option<&'w Share> {
    let share = world.shares.get(name);
    let is_other = share.is_none() && world.resources.contains_key(name);
    conditions.require(!is_other, &share::NAMED_BY_AN_ARN);
    conditions.require(share.is_some() || is_other, &tag::ON_WHAT_EXISTS);
    share
}

/// Requires that these tags may be set beside those of the keys that are held already, `most` in
/// all.
pub fn require_allowed<'h>(
    tags: &'h [Tag],
    held: impl Iterator<Item = &'h SmolStr>,
    most: usize,
    conditions: &mut Conditions,
) {
    let keyed = tags.iter().all(|it| !it.key.is_empty());
    conditions.require(keyed, &tag::WITH_A_KEY);
    let valued = tags.iter().all(|it| it.value.is_some());
    conditions.require(valued, &tag::WITH_A_VALUE);
    let unreserved = tags.iter().all(|it| !it.key.starts_with("aws:"));
    conditions.require(unreserved, &tag::UNRESERVED);
    let keys: BTreeSet<&SmolStr> = tags.iter().map(|it| &it.key).chain(held).collect();
    conditions.require(keys.len() <= most, &tag::FIFTY_AT_MOST);
}

/// Tags as a share keeps them.
pub fn kept(tags: &[Tag]) -> impl Iterator<Item = (SmolStr, SmolStr)> {
    tags.iter().map(|it| (it.key.clone(), it.value.clone().unwrap_or_default()))
}

/// Tags, each as one text.
#[must_use]
pub fn written(tags: &Tags) -> Vec<SmolStr> {
    tags.iter().map(|(key, value)| format_smolstr!("{key}={value}")).collect()
}

/// A filter by a tag, or by two of them: mostly by a key that the caller's shares have.
pub fn draw_filters(world: &World, actor: Account, dice: &mut Dice<'_>) -> Vec<Tag> {
    let own = world.shares.values().filter(|share| share.owner == actor);
    let held = dice.pick_from(own.flat_map(|share| share.tags.keys().cloned()));
    let any = KEYS[dice.below(KEYS.len())];
    let key = held.filter(|_| dice.percent(70)).unwrap_or_else(|| any.into());
    let value = ["blue", "red"][dice.below(2)];
    let filter =
        if dice.percent(35) { Tag::new(&key) } else { Tag::new(&format!("{key}={value}")) };
    let other = Tag::new(if filter.key == "team" { "stage" } else { "team" });
    match dice.below(20) {
        0..2 => vec![filter, other],
        2 => vec![Tag::new("team=blue"), Tag::new("team=red")],
        _ => vec![filter],
    }
}

/// The tags to make something with, now and then.
pub fn draw_first(dice: &mut Dice<'_>) -> Vec<Tag> {
    if !dice.percent(40) {
        return Vec::new();
    }
    let key = KEYS[dice.below(KEYS.len())];
    vec![Tag { key: key.into(), value: Some(["blue", "red"][dice.below(2)].into()) }]
}

/// Keeps the tags that something was made with.
pub fn put_first(world: &mut World, made: &Name, tags: &[Tag]) {
    if !tags.is_empty() {
        world.tags.insert(made.clone(), kept(tags).collect());
    }
}

/// Tags worth setting, and now and then some that can't be.
pub fn draw(dice: &mut Dice<'_>) -> Vec<Tag> {
    if dice.percent(6) {
        let odd = ["=value", "valueless", "aws:team=blue"][dice.below(3)];
        return vec![Tag::new(odd)];
    }
    let tags = KEYS
        .into_iter()
        .map(|key| Tag::new(&format!("{key}={}", ["blue", "red", ""][dice.below(3)])));
    let tags: Vec<Tag> = tags.collect();
    dice.some_of(tags.into_iter(), 2)
}
