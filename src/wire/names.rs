//! The target's ids for the resources of a scenario, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use aws_smithy_types::DateTime;
use bellwether_model::answer::Value;
use bellwether_model::parameters::{ClientToken, Reference};
use bellwether_model::placeholder::{ORGANIZATION, Placeholder};
use bellwether_model::principal::Source;
use bellwether_model::{Account, Name, Principal, Region, placeholder};
use smol_str::SmolStr;

use bellwether_model::judge::Observation;
use bellwether_model::judge::laws::BEFORE_ITS_CREATION;

/// The Region that is `home` in scenarios: the one that shares global resources.
pub const HOME: &str = "us-east-1";

/// The Region that is `away` in scenarios, unless a target says otherwise.
pub const AWAY: &str = "us-west-2";

/// A case's ids and ARNs, filled as replies arrive.
#[derive(Clone, Debug, Default)]
pub struct Names {
    accounts: BTreeMap<Account, String>,
    /// The ARN of the organization, where the world has one.
    pub organization_arn: Option<String>,
    /// The id of its root.
    pub root_id: Option<String>,
    /// The ARNs of the organizational units, by the names of the scenario.
    pub unit_arns: BTreeMap<Name, String>,
    ids: BTreeMap<Name, String>,
    by_id: BTreeMap<String, Name>,
    /// The ARNs of an account's invitations to a share, in the order in which they were first seen.
    invitations: BTreeMap<(Name, Account), Vec<String>>,
    /// The accounts and shares of which no invitation was made since they were last listed.
    listed: BTreeSet<(Name, Account)>,
    /// The EC2 types of resources, for their ARNs: `subnet`, `transit-gateway` and so on.
    owners: BTreeMap<Name, (Account, &'static str)>,
    /// The ARNs that the target itself gave to resources.
    arns: BTreeMap<Name, String>,
    /// The tokens of calls that made something, each with the caller.
    spent: BTreeSet<(Account, SmolStr)>,
    /// The text that keeps the tokens of this case distinct from those of others.
    nonce: String,
    /// The times of creation of shares.
    created: BTreeMap<Name, DateTime>,
    /// The ids of the zones that subnets were made in.
    zones: BTreeMap<Name, String>,
    /// The Region in which calls are made.
    region: Region,
    /// The Region that is `away`, where the target has said so.
    away: Option<String>,
    /// The names of what was made in `away`.
    made_away: BTreeSet<Name>,
}

impl Names {
    /// Keeps which account ids the actors have.
    pub fn set_accounts(&mut self, accounts: BTreeMap<Account, String>) {
        self.accounts = accounts;
    }

    /// Returns the id of an actor of the world; a 12-digit account is its own.
    #[must_use]
    pub fn account_id(&self, account: Account) -> String {
        self.accounts.get(&account).cloned().unwrap_or_else(|| account.to_string())
    }

    /// The account of this id as an observed value; text where it is nobody's of the scenario.
    #[must_use]
    pub fn account_value(&self, id: Option<&str>) -> Value {
        let Some(id) = id else { return Value::Missing };
        match self.account(id) {
            Some(account) => Value::Account(account),
            None => Value::Text(id.into()),
        }
    }

    /// The actor of this id.
    #[must_use]
    pub fn account(&self, id: &str) -> Option<Account> {
        self.accounts.iter().find(|(_, known)| *known == id).map(|(account, _)| *account)
    }

    /// Takes this Region for `away`.
    pub fn set_away(&mut self, away: &str) {
        self.away = Some(away.to_owned());
    }

    /// The Region in which calls are made.
    #[must_use]
    pub fn region(&self) -> Region {
        self.region
    }

    /// Goes to a Region: what is kept from now on was made there.
    pub(super) fn enter(&mut self, region: Region) {
        self.region = region;
    }

    /// The Region in which the target made something.
    #[must_use]
    pub fn region_of(&self, name: &Name) -> Region {
        if self.made_away.contains(name) { Region::AWAY } else { Region::HOME }
    }

    /// Returns the target's name of the Region in which calls are made.
    #[must_use]
    pub fn region_name(&self) -> &str {
        self.name_of(self.region)
    }

    fn name_of(&self, region: Region) -> &str {
        if region == Region::HOME { HOME } else { self.away.as_deref().unwrap_or(AWAY) }
    }

    /// Keeps that something was made in the Region in which calls are made.
    fn keep_region(&mut self, name: &Name) {
        if self.region != Region::HOME {
            self.made_away.insert(name.clone());
        }
    }

    /// Keeps the only name that the target has for something: the ARN of a share, for instance.
    pub fn keep_id(&mut self, name: &Name, id: &str) {
        self.keep_region(name);
        self.ids.insert(name.clone(), id.to_owned());
        self.by_id.insert(id.to_owned(), name.clone());
    }

    /// Keeps what the target calls a resource that a call made, unless the call was a repetition of
    /// another by its token, and made nothing.
    pub fn keep_made(&mut self, actor: Account, token: &ClientToken, made: &Name, id: &str) {
        let repeats = match token {
            ClientToken::Word(word) => !self.spent.insert((actor, word.clone())),
            ClientToken::None | ClientToken::Literal(_) => false,
        };
        if !repeats || !self.by_id.contains_key(id) {
            self.keep_id(made, id);
        }
    }

    /// Keeps the text that makes the tokens of this case distinct.
    pub fn set_nonce(&mut self, nonce: String) {
        self.nonce = nonce;
    }

    /// Keeps when a share was created.
    pub fn keep_creation(&mut self, share: &Name, time: &DateTime) {
        self.created.insert(share.clone(), *time);
    }

    /// Whether a time is that of a share's creation, as far as that is known.
    #[must_use]
    pub fn is_of_its_share(&self, share: &Name, time: &DateTime) -> bool {
        self.created.get(share).is_none_or(|created| are_one(created, time))
    }

    /// Keeps the id of the zone that a subnet was made in.
    pub fn keep_zone(&mut self, subnet: &Name, zone_id: &str) {
        self.zones.insert(subnet.clone(), zone_id.to_owned());
    }

    /// Whether this is the zone that a subnet was made in, as far as that is known.
    #[must_use]
    pub fn is_in_its_zone(&self, subnet: &Name, zone_id: Option<&str>) -> bool {
        self.zones.get(subnet).is_none_or(|made_in| zone_id == Some(made_in.as_str()))
    }

    /// A token as it is sent; `None` if the call bears none.
    #[must_use]
    pub fn sent_token(&self, token: &ClientToken) -> Option<String> {
        match token {
            ClientToken::None => None,
            ClientToken::Word(word) => Some(format!("{word}-{}", self.nonce)),
            ClientToken::Literal(text) => Some(text.to_string()),
        }
    }

    /// The token in an answer as an observed value: the word of the scenario where it is one.
    #[must_use]
    pub fn token_value(&self, token: Option<&str>) -> Value {
        let own = token.and_then(|token| token.strip_suffix(self.nonce.as_str()));
        text(own.and_then(|own| own.strip_suffix('-')).or(token))
    }

    /// Keeps what the target calls a resource: its id. `part` is the resource part of its ARN.
    pub fn keep_resource(&mut self, name: &Name, owner: Account, part: &'static str, id: &str) {
        self.keep_region(name);
        self.ids.insert(name.clone(), id.to_owned());
        self.by_id.insert(id.to_owned(), name.clone());
        self.owners.insert(name.clone(), (owner, part));
    }

    /// Keeps what the target calls a resource: its id, and the ARN that came with it.
    pub fn keep_with_arn(&mut self, name: &Name, id: &str, arn: &str) {
        self.keep_id(name, id);
        self.by_id.insert(arn.to_owned(), name.clone());
        self.arns.insert(name.clone(), arn.to_owned());
    }

    /// The target's name of a resource: an ARN for a share, an id for anything else.
    ///
    /// # Errors
    ///
    /// The target never made it.
    pub fn id(&self, name: &Name) -> Result<String, Observation> {
        let never = || Observation::Unsendable(format!("the target never made {name}"));
        self.ids.get(name).cloned().ok_or_else(never)
    }

    /// Whether the target made a resource of this name for an account.
    #[must_use]
    pub fn is_made_by(&self, reference: &Reference, account: Account) -> bool {
        let made = reference.name().and_then(|name| self.owners.get(name));
        made.is_some_and(|(owner, _)| *owner == account)
    }

    /// Returns the id of the account that the target made a resource for.
    #[must_use]
    pub fn owner_id(&self, reference: &Reference) -> Option<String> {
        let (owner, _) = self.owners.get(reference.name()?)?;
        Some(self.account_id(*owner))
    }

    /// Whether the target made a resource of this name.
    #[must_use]
    pub fn knows(&self, name: &Name) -> bool {
        self.ids.contains_key(name)
    }

    /// A literal as it is sent: with this case's ids in place of its placeholders.
    #[must_use]
    pub fn filled(&self, text: &str) -> String {
        let id_of = |principal: &Principal| {
            let arn = self.sent_principal(principal);
            arn.rsplit('/').next().unwrap_or_default().to_owned()
        };
        let filled = placeholder::filled(text, |asked| match asked {
            Placeholder::Account(account) => self.account_id(*account),
            Placeholder::Organization => id_of(&Principal::Organization(ORGANIZATION.into())),
            Placeholder::Unit(unit) => id_of(&Principal::OrganizationalUnit(unit.clone())),
        });
        filled.into_owned()
    }

    /// Returns the id of a resource that a call names, or the literal in its place.
    ///
    /// # Errors
    ///
    /// The target never made it.
    pub fn sent(&self, reference: &Reference) -> Result<String, Observation> {
        match reference {
            Reference::Named(name) => self.id(name),
            Reference::Literal(text) => Ok(self.filled(text)),
        }
    }

    /// Returns the ARN of a resource that a call names, or the literal in its place.
    ///
    /// # Errors
    ///
    /// The target never made it.
    pub fn sent_arn(&self, reference: &Reference) -> Result<String, Observation> {
        match reference {
            Reference::Named(name) => self.arn(name),
            Reference::Literal(text) => Ok(self.filled(text)),
        }
    }

    /// The ARN of a share or resource.
    ///
    /// # Errors
    ///
    /// The target never made it.
    pub fn arn(&self, name: &Name) -> Result<String, Observation> {
        if let Some(arn) = self.arns.get(name) {
            return Ok(arn.clone());
        }
        let id = self.id(name)?;
        let Some((owner, part)) = self.owners.get(name) else {
            return Ok(id);
        };
        // An AMI's ARN has no account: Amazon EC2 User Guide, "Amazon Resource Names".
        let owner = if ["image", "snapshot"].contains(part) {
            String::new()
        } else {
            self.account_id(*owner)
        };
        let region = self.name_of(self.region_of(name));
        Ok(format!("arn:aws:ec2:{region}:{owner}:{part}/{id}"))
    }

    /// The name of what the target calls so: an ARN, or the id in or at the end of one.
    #[must_use]
    pub fn name(&self, id_or_arn: &str) -> Option<&Name> {
        let id = || id_or_arn.rsplit('/').next().and_then(|id| self.by_id.get(id));
        self.by_id.get(id_or_arn).or_else(id)
    }

    /// A principal as it is sent.
    #[must_use]
    pub fn sent_principal(&self, principal: &Principal) -> String {
        match principal {
            Principal::Account(account) => self.account_id(*account),
            // Without the organization there is no ARN; what is sent then is well formed and
            // names none.
            Principal::Organization(_) => self.organization_arn.clone().unwrap_or_else(|| {
                "arn:aws:organizations::111122223333:organization/o-exampleorgid".to_owned()
            }),
            Principal::OrganizationalUnit(unit) => {
                self.unit_arns.get(unit).cloned().unwrap_or_else(|| {
                    "arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-examplerootid-exampleouid"
                        .to_owned()
                })
            }
            Principal::Role(account, name) => {
                format!("arn:aws:iam::{}:role/{name}", self.account_id(*account))
            }
            Principal::User(account, name) => {
                format!("arn:aws:iam::{}:user/{name}", self.account_id(*account))
            }
            Principal::Service(name) => format!("{name}.amazonaws.com"),
            Principal::Literal(text) => self.filled(text),
        }
    }

    /// A source as it is sent.
    #[must_use]
    pub fn sent_source(&self, source: &Source) -> String {
        match source {
            Source::Account(account) => self.account_id(*account),
            Source::Text(text) => self.filled(text),
        }
    }

    /// The source that the target means by this text.
    #[must_use]
    pub fn source(&self, text: &str) -> Source {
        self.account(text).map_or_else(|| Source::read(text), Source::Account)
    }

    /// The principal that the target means by this text.
    #[must_use]
    pub fn principal(&self, text: &str) -> Principal {
        if self.organization_arn.as_deref() == Some(text) {
            return Principal::Organization(ORGANIZATION.into());
        }
        if let Some((unit, _)) = self.unit_arns.iter().find(|(_, arn)| *arn == text) {
            return Principal::OrganizationalUnit(unit.clone());
        }
        let actor = |account: Account| self.account(&account.to_string()).unwrap_or(account);
        match Principal::read(text) {
            Principal::Account(account) => Principal::Account(actor(account)),
            Principal::Role(account, name) => Principal::Role(actor(account), name),
            Principal::User(account, name) => Principal::User(actor(account), name),
            other @ (Principal::Organization(_)
            | Principal::OrganizationalUnit(_)
            | Principal::Service(_)
            | Principal::Literal(_)) => other,
        }
    }

    /// The number of this invitation among those of the same account to the same share, kept if
    /// it is new.
    pub fn invitation_number(&mut self, share: &Name, receiver: Account, arn: &str) -> usize {
        let known = self.invitations.entry((share.clone(), receiver)).or_default();
        known.iter().position(|kept| kept == arn).unwrap_or_else(|| {
            known.push(arn.to_owned());
            known.len() - 1
        })
    }

    /// Returns what the invitation of this ARN is: its share, its receiver, and its number among those of
    /// both; `None` if it was never seen.
    #[must_use]
    pub fn invitation(&self, arn: &str) -> Option<(Name, Account, usize)> {
        self.invitations.iter().find_map(|((share, receiver), known)| {
            let number = known.iter().position(|kept| kept == arn)?;
            Some((share.clone(), *receiver, number))
        })
    }

    /// Whether all of an account's invitations to a share are known.
    #[must_use]
    pub fn knows_invitations(&self, share: &Name, receiver: Account) -> bool {
        self.listed.contains(&(share.clone(), receiver))
    }

    /// Expects that new invitations to a share may be made.
    pub fn expect_invitations(&mut self, share: &Name) {
        self.listed.retain(|(listed, _)| listed != share);
    }

    /// Takes it that all invitations that an account has received so far are known.
    pub fn invitations_listed(&mut self, receiver: Account) {
        let known = self.invitations.keys();
        let own = known.filter(|(_, to)| *to == receiver).cloned();
        self.listed.extend(own);
    }

    /// The ARN of an account's invitation to a share: the one of this number, or the newest.
    #[must_use]
    pub fn invitation_arn(
        &self,
        share: &Name,
        receiver: Account,
        number: Option<usize>,
    ) -> Option<&str> {
        let known = self.invitations.get(&(share.clone(), receiver))?;
        match number {
            Some(number) => known.get(number),
            None => known.last(),
        }
        .map(String::as_str)
    }
}

/// A text as an observed value.
#[must_use]
pub fn text(value: Option<&str>) -> Value {
    value.map_or(Value::Missing, |text| Value::Text(SmolStr::new(text)))
}

/// A moment as an observed value.
#[must_use]
pub fn moment(value: Option<&DateTime>) -> Value {
    value.map_or(Value::Missing, |moment| Value::Text(SmolStr::new(moment.to_string())))
}

/// The moment of a last update as an observed value, beside that of the creation; times of one call have no
/// order.
#[must_use]
pub fn moment_after(created: Option<&DateTime>, updated: Option<&DateTime>) -> Value {
    match (created, updated) {
        (Some(created), Some(updated)) if updated < created && !are_one(created, updated) => {
            text(Some(BEFORE_ITS_CREATION))
        }
        (_, updated) => moment(updated),
    }
}

/// Whether two times are of one call: nothing that takes a second is.
#[must_use]
pub fn are_one(one: &DateTime, other: &DateTime) -> bool {
    (one.as_nanos() - other.as_nanos()).abs() < 1_000_000_000
}

/// A flag as an observed value.
#[must_use]
pub fn flag(value: Option<bool>) -> Value {
    value.map_or(Value::Missing, Value::Flag)
}
