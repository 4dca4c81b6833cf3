//! DescribeImages.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::answer::{
    Conditions, Decision, EmptyList, Expected, Field, FilterOutcome, Key, Reply, Row,
};
use crate::compute::{described, find_with_sight, granted_by, keep_asked};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Parameter, Reference, Value, operation};
use crate::rules::{image, time, visibility};
use crate::time::Deadline;
use crate::world::{Kind, LaunchPermission, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lists the images that the caller may launch.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html>
    pub struct DescribeImages {
        /// Only these images.
        image_ids: Vec<Reference> = "ImageIds",
        /// `self` for the images that others share with the caller, `all` for public ones, or an
        /// account for the caller's images that name it.
        executable_users: SmolStr = "ExecutableUsers",
        /// Only images of this account, or the caller's own for `self`.
        owners: SmolStr = "Owners",
        /// Whether images that are deprecated are listed, others' too.
        include_deprecated: bool = "IncludeDeprecated",
        /// Whether the caller's disabled images are listed.
        include_disabled: bool = "IncludeDisabled",
        /// Only these images, by a filter.
        filter_image_id: Vec<Reference> = "Filters.image-id",
        /// Only images in one of these states.
        filter_state: Vec<ImageState> = "Filters.state",
        /// Only images that everybody may launch, or only those that not everybody may.
        filter_is_public: Option<bool> = "Filters.is-public",
    }
}

/// A state of images by which they are filtered.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ImageState {
    /// It can be launched.
    Available,
    /// Its owner has disabled it.
    Disabled,
}

impl ImageState {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Available, Self::Disabled];

    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Disabled => "disabled",
        }
    }

    /// The state that a word of the API stands for, if it is one of these.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl Parameter for Vec<ImageState> {
    const EXPECTED: &'static str = "available or disabled, or both separated by a comma";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value): (usize, &Value)| {
            let state = ImageState::read(&value.text).filter(|_| !value.quoted);
            state.ok_or(index)
        };
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|state| Value::bare(state.word())).collect()
    }
}

impl Operation for DescribeImages {
    const TOPIC: Topic = Topic::Images;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| matches!(kind, Kind::Image { .. }));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let living = world
            .resources
            .iter()
            .filter(|(_, it)| matches!(it.kind, Kind::Image { .. }) && !it.deleted);
        let images = living.clone().filter(|(name, _)| world.sight(actor, name).is_seen());
        let mut call = Self::default();
        let is_dated = |it: &Resource| {
            it.owner != actor && matches!(it.kind, Kind::Image { deprecation: Some(_), .. })
        };
        if images.clone().any(|(_, it)| is_dated(it)) && dice.percent(40) {
            if dice.percent(30) {
                let dated = images.filter(|(_, it)| is_dated(it));
                let dated = dated.map(|(name, _)| Reference::Named(name.clone()));
                call.filter_image_id = dice.pick_from(dated).into_iter().collect();
            } else {
                call.include_deprecated = true;
            }
            return Some(call);
        }
        match dice.below(13) {
            0 => {
                let any = living.map(|(name, _)| Reference::Named(name.clone()));
                call.image_ids = dice.pick_from(any).into_iter().collect();
            }
            1..=3 => {
                let named = images.map(|(name, _)| Reference::Named(name.clone()));
                call.image_ids = dice.mostly_one_of(named);
            }
            4 | 5 => call.executable_users = SmolStr::new_static("self"),
            6 => call.executable_users = SmolStr::new_static("all"),
            7 => {
                let own = world.resources.values().filter(|it| it.owner == actor);
                let permissions = own.filter_map(|it| {
                    if let Kind::Image { permissions, .. } = &it.kind {
                        Some(permissions)
                    } else {
                        None
                    }
                });
                let accounts = permissions.flatten().filter_map(|it| {
                    if let LaunchPermission::Account(account) = it { Some(*account) } else { None }
                });
                let others = accounts.filter(|it| *it != actor && it.is_actor());
                let account = dice.pick_from(others)?;
                call.executable_users = SmolStr::new(account.to_string());
            }
            8 => {
                let owner = dice.pick_from(images.map(|(_, resource)| resource.owner))?;
                let own = SmolStr::new_static("self");
                call.owners = if owner == actor { own } else { SmolStr::new(owner.to_string()) };
            }
            9 => {
                let any = living.map(|(name, _)| Reference::Named(name.clone()));
                call.filter_image_id = dice.pick_from(any).into_iter().collect();
            }
            10 => {
                let disabled = dice.percent(60);
                let state = if disabled { ImageState::Disabled } else { ImageState::Available };
                call.filter_state = vec![state];
                call.include_disabled = dice.percent(60);
            }
            11 => call.filter_is_public = Some(dice.percent(50)),
            _other => {
                call.include_deprecated = true;
                call.include_disabled = true;
            }
        }
        Some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        for asked in &self.image_ids {
            let found = find_with_sight(world, actor, asked);
            let found = found.filter(|(_, it, _)| matches!(it.kind, Kind::Image { .. }));
            conditions.require(found.is_some(), &image::ASKED_FOR_BY_A_KNOWN_ID);
            let gone = found.is_some_and(|(_, image, sight)| {
                let disabled = matches!(image.kind, Kind::Image { disabled: true, .. });
                image.deleted || (disabled && !sight.is_seen())
            });
            conditions.require(!gone, &image::GONE_IMAGE_ASKED_FOR);
        }
        let disabled = self.filter_state.contains(&ImageState::Disabled);
        let included = self.include_disabled || !disabled;
        conditions.require(included, &image::FILTERED_AS_DISABLED_WHERE_INCLUDED);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, |kind| matches!(kind, Kind::Image { .. }));
        keep_asked(&mut rows, &self.image_ids);
        for row in &mut rows {
            let Key::Resource(name) = &row.key.clone() else { continue };
            let Some(resource) = world.resources.get(name) else { continue };
            let Kind::Image { permissions, disabled, .. } = &resource.kind else { continue };
            let own = resource.owner == actor;
            if *disabled && own && !resource.deleted && self.include_disabled {
                row.present = true;
            }
            let public = permissions.contains(&LaunchPermission::All);
            self.scope(world, actor, resource, permissions, row);
            self.leave_out_deprecated(actor, name, resource, row);
            self.filter(name, &resource.kind, row);
            if !resource.deleted {
                let rule = &image::MARKED_AS_PUBLIC;
                row.fields.push(Field { name: "Public", expected: Expected::Flag(public), rule });
            }
        }
        let asked = !self.image_ids.is_empty();
        let unseen = &visibility::HIDDEN_WITHOUT_A_GRANT;
        for row in rows.iter_mut().filter(|row| asked && row.judged && row.rule == unseen) {
            row.rule = &image::UNSEEN_IMAGE_ASKED_FOR;
        }
        let is_hidden = |row: &Row| row.judged && !row.present;
        let nothing = self.has_filters() && rows.iter().all(is_hidden);
        for row in rows.iter_mut().filter(|row| nothing && row.rule == unseen) {
            if let Key::Resource(name) = &row.key
                && self.filters_by(name)
            {
                row.rule = &image::FILTERED_DOWN_TO_NOTHING;
            }
        }
        let because = if nothing {
            &image::FILTERED_DOWN_TO_NOTHING
        } else if asked && !self.has_filters() && rows.iter().any(is_hidden) {
            &image::UNSEEN_IMAGE_ASKED_FOR
        } else {
            granted_by(&rows, &self.image_ids)
        };
        Reply { because, fields: Vec::new(), rows }
    }
}

/// Returns the account that a parameter means: `self` is the caller.
fn meant(text: &str, actor: Account) -> Option<Account> {
    if text == "self" {
        return Some(actor);
    }
    Account::actor(text).or_else(|| Account::from_id(text))
}

impl DescribeImages {
    fn has_filters(&self) -> bool {
        let by_words = !self.filter_state.is_empty() || self.filter_is_public.is_some();
        by_words || !self.filter_image_id.is_empty()
    }

    /// Whether a filter names the image.
    fn filters_by(&self, name: &Name) -> bool {
        self.filter_image_id.iter().any(|it| it.name() == Some(name))
    }

    /// Takes out of a list what does not match its filters.
    fn filter(&self, name: &Name, kind: &Kind, row: &mut Row) {
        let Kind::Image { permissions, disabled, .. } = kind else { return };
        if !self.has_filters() {
            return;
        }
        let state = if *disabled { ImageState::Disabled } else { ImageState::Available };
        let public = permissions.contains(&LaunchPermission::All);
        let named = self.filter_image_id.is_empty() || self.filters_by(name);
        let in_state = self.filter_state.is_empty() || self.filter_state.contains(&state);
        let matches = named && in_state && self.filter_is_public.is_none_or(|it| it == public);
        let rule = &image::LISTED_WHERE_FILTERS_MATCH;
        *row = row.clone().filtered(FilterOutcome::by(matches, rule));
        if row.present && row.judged {
            row.rule = rule;
        }
    }

    /// Takes out of a list an image of others whose deprecation has come, unless the call asks for it.
    fn leave_out_deprecated(
        &self,
        actor: Account,
        name: &Name,
        resource: &Resource,
        row: &mut Row,
    ) {
        let Kind::Image { deprecation: Some(deprecation), .. } = resource.kind else { return };
        let asked = self.include_deprecated || !self.image_ids.is_empty();
        if asked || resource.owner == actor || !row.present {
            return;
        }
        match deprecation.has_come() {
            Deadline::Before => {}
            Deadline::Ambiguous => *row = Row::open(row.key.clone(), &time::AT_THE_TURN, true),
            Deadline::After if row.judged => {
                let rule = if self.filters_by(name) {
                    &image::UNLISTED_BY_FILTERS_ONCE_DEPRECATED
                } else {
                    &image::UNLISTED_ONCE_DEPRECATED
                };
                *row = Row::forbidden(row.key.clone(), rule);
            }
            Deadline::After => row.present = false,
        }
    }

    /// Takes out of a list what its scopes leave out.
    fn scope(
        &self,
        world: &World,
        actor: Account,
        resource: &Resource,
        permissions: &BTreeSet<LaunchPermission>,
        row: &mut Row,
    ) {
        let own = resource.owner == actor;
        if !self.owners.is_empty() {
            row.rule = &image::SCOPED_BY_OWNER;
            if meant(&self.owners, actor) != Some(resource.owner) {
                *row = Row::forbidden(row.key.clone(), row.rule);
            }
        }
        if self.executable_users.is_empty() {
            return;
        }
        let user = meant(&self.executable_users, actor);
        let (among, rule) = match user {
            Some(user) if user == actor => (!own, &image::EXECUTABLE_BY_THE_CALLER),
            Some(user) => {
                let named = permissions.contains(&LaunchPermission::Account(user));
                (named, &image::EXECUTABLE_BY_AN_ACCOUNT)
            }
            None => (permissions.contains(&LaunchPermission::All), &image::EXECUTABLE_BY_EVERYBODY),
        };
        row.rule = rule;
        if !among {
            *row = Row::forbidden(row.key.clone(), rule);
        } else if row.present && user == Some(actor) {
            // Whether what is public counts as shared with the caller is not known.
            let mut others = permissions.iter().filter(|it| **it != LaunchPermission::All);
            row.judged &= others.any(|it| world.permits(it, actor));
        } else if row.present && user.is_some() {
            // What is said of accounts is said to the owner.
            row.judged &= own;
        }
    }
}
