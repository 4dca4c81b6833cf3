//! A scenario as the reference in this process plays it: each request, its answer, and what is expected of it.

use std::collections::BTreeMap;

use bellwether_model::answer::{Answer, Key, Row};
use bellwether_model::judge::Observation;
use bellwether_model::parameters::Reference as Named;
use bellwether_model::rules::{Codes, Decides, Rule};
use bellwether_model::{Account, Call, Name, World};
use serde_json::{Map, Value};

use super::apis::Api;
use super::facts::{self, Focus};
use super::plan::{Expected, Fact};
use super::recorded::Recorded;
use super::{Omitted, UNSUCCESSFUL, wire};
use crate::connector;
use crate::reference::Reference;
use crate::run::{Test, Wanted, test_of};
use crate::scenario::{Claim, FieldClaim, Item, Parsed, Scenario, Step, listed};
use crate::target::{Connection, Target};
use crate::wire::{Names, Session};

/// The text that makes the tokens of a run distinct, where a run of a reproduction has its own.
pub(super) const NONCE: &str = "9f1c5a7e2d4b8c60";

/// A request that was played, and its answer.
#[derive(Debug)]
pub(super) struct Entry {
    /// The line of the scenario that it was sent for, at the request that the line is about.
    pub(super) line: Option<String>,
    pub(super) actor: Account,
    pub(super) region: String,
    pub(super) api: &'static Api,
    pub(super) input: Map<String, Value>,
    /// The answer, if it was granted.
    pub(super) output: Option<Value>,
    pub(super) expected: Expected<String>,
}

/// A scenario that was played.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) entries: Vec<Entry>,
    pub(super) names: Names,
    /// The accounts, each with the id that it had.
    pub(super) accounts: BTreeMap<Account, String>,
    /// The rule that decides the last line.
    pub(super) rule: Option<&'static Rule>,
}

/// Plays a scenario; what its last read is about is told by the focus.
///
/// # Errors
///
/// The reason that it can't be played without Bellwether.
pub(super) async fn play(parsed: &Parsed, focus: Option<&Focus>) -> Result<Played, Omitted> {
    let Scenario { shape, assumptions, .. } = parsed.scenario;
    let reference = Reference::new().assuming(assumptions);
    let recorded = Recorded::over(connector::client(reference));
    let connection = Connection::Endpoint {
        url: "http://reference.invalid".to_owned(),
        http: aws_smithy_runtime_api::client::http::SharedHttpClient::new(recorded.clone()),
    };
    let target = Target { connection, ..Target::reference(None) };
    let opened = target.open(shape, assumptions).await;
    let mut session = opened.map_err(|error| Omitted(error.to_string()))?.session;
    session.names.set_nonce(NONCE.to_owned());
    let accounts = shape.actors().iter().map(|it| (*it, session.names.account_id(*it))).collect();
    let mut playing = Playing {
        recorded,
        session,
        accounts,
        world: World::new(shape).assuming(assumptions),
        entries: Vec::new(),
        replies: replies(parsed),
        rule: None,
    };
    playing.note(None, shape.actors().first().copied().unwrap_or(Account::OWNER))?;
    let last = parsed.scenario.steps().count().saturating_sub(1);
    let mut place = 0;
    for item in &parsed.scenario.items {
        match item {
            Item::Comment(_) | Item::Reply(_) => {}
            Item::Step(step) => {
                playing.step(place, step, focus.filter(|_| place == last)).await?;
                place += 1;
            }
            Item::Claim(claim) => playing.claim(claim).await?,
        }
    }
    let Playing { session, accounts, entries, rule, .. } = playing;
    Ok(Played { entries, names: session.names, accounts, rule })
}

/// The fields that are claimed of the replies to steps, by the labels of these.
fn replies(parsed: &Parsed) -> BTreeMap<Name, Vec<FieldClaim>> {
    let mut replies: BTreeMap<Name, Vec<FieldClaim>> = BTreeMap::new();
    for item in &parsed.scenario.items {
        if let Item::Reply(claim) = item {
            replies.entry(claim.step.clone()).or_default().extend(claim.fields.iter().cloned());
        }
    }
    replies
}

struct Playing {
    recorded: Recorded,
    session: Session,
    accounts: BTreeMap<Account, String>,
    world: World,
    entries: Vec<Entry>,
    replies: BTreeMap<Name, Vec<FieldClaim>>,
    rule: Option<&'static Rule>,
}

impl Playing {
    async fn step(
        &mut self,
        place: usize,
        step: &Step,
        focus: Option<&Focus>,
    ) -> Result<(), Omitted> {
        let made = step.made_name(place);
        let rows = if step.call.writes() {
            Vec::new()
        } else {
            listed(&self.world, step.actor, &step.call)
        };
        let answer = step.call.assume(&mut self.world, step.actor, &made);
        self.rule = Some(match &answer {
            Answer::Granted(reply) => reply.because,
            Answer::Refused(refusal) => refusal.rule(),
            Answer::Open(open) => open.rules[0],
        });
        let line = step.to_string();
        let main = self.send(step.actor, &step.call, Some(&made), line).await?;
        let entry = &self.entries[main];
        let claimed = step.label.as_ref().and_then(|label| self.replies.get(label));
        let mut expected = expected(&step.call, &answer, entry, step.claim.is_some());
        if let (Expected::Grant | Expected::ClaimedGrant, Answer::Granted(reply)) =
            (&expected, &answer)
        {
            let mut found = Vec::new();
            for field in claimed.into_iter().flatten() {
                let known = reply.fields.iter().find(|it| it.name == field.name);
                found.push(facts::of_reply(entry.api, entry.output.as_ref(), field, known)?);
            }
            if !step.call.writes() {
                found.extend(facts::of_limits(entry.api, reply));
                for row in rows.iter().filter(|row| row.judged) {
                    if focus.is_none_or(|focus| focus.is_about(row)) {
                        let field = focus.and_then(|focus| focus.field.as_deref());
                        found.extend(self.facts_of(entry, row, field)?);
                    }
                }
            }
            if !found.is_empty() {
                expected = Expected::Facts(found);
            }
        }
        self.entries[main].expected = expected;
        Ok(())
    }

    /// The facts about a row of a read that no claim is about.
    fn facts_of(
        &self,
        entry: &Entry,
        row: &Row,
        field: Option<&str>,
    ) -> Result<Vec<Fact<String>>, Omitted> {
        let about = facts::About {
            api: entry.api,
            output: entry.output.as_ref(),
            names: &self.session.names,
        };
        let mut found = vec![about.row(&row.key, row.present)?];
        let known = field.and_then(|field| row.fields.iter().find(|it| it.name == field));
        if let Some(claim) = known.and_then(|it| FieldClaim::of(it.name, &it.expected)) {
            found.push(about.field(&row.key, &claim, known)?);
        }
        Ok(found)
    }

    async fn claim(&mut self, claim: &Claim) -> Result<(), Omitted> {
        let never = || Omitted(format!("`? {claim}` is about what was never made"));
        let test = test_of(claim, &self.world).ok_or_else(never)?;
        self.rule = claim.evaluate(&self.world).rule;
        let line = Item::Claim(claim.clone()).to_string();
        match test {
            Test::Launch { account, call, granted } => {
                self.launch(account, &call, granted, line).await
            }
            Test::Row { view_read, row, fields, present } => {
                let rows = listed(&self.world, view_read.account, &view_read.call);
                let main = self.send(view_read.account, &view_read.call, None, line).await?;
                let entry = &self.entries[main];
                let about = facts::About {
                    api: entry.api,
                    output: entry.output.as_ref(),
                    names: &self.session.names,
                };
                let meant: Vec<&Row> = rows.iter().filter(|it| row.is(&it.key)).collect();
                let keys: Vec<&Key> = match (&row, meant.first()) {
                    (_, Some(first)) if present => vec![&first.key],
                    (_, Some(_)) => meant.iter().map(|row| &row.key).collect(),
                    (Wanted::Key(key), None) => vec![key],
                    (Wanted::Word(_), None) => return Err(never()),
                };
                let mut found = Vec::new();
                for key in keys {
                    found.push(about.row(key, present)?);
                    for field in fields.iter().filter(|_| present) {
                        let known = meant.iter().find(|row| row.key == *key);
                        let known = known.and_then(|row| {
                            row.fields.iter().find(|known| known.name == field.name)
                        });
                        found.push(about.field(key, field, known)?);
                    }
                }
                self.entries[main].expected = Expected::Facts(found);
                Ok(())
            }
        }
    }

    /// Launches, and ends what was launched.
    async fn launch(
        &mut self,
        account: Account,
        call: &Call,
        granted: bool,
        line: String,
    ) -> Result<(), Omitted> {
        let answer = call.transition(&mut self.world.clone(), account, &Name::none());
        let name = Name::new(format!("probe.{}", self.session.requests));
        let main = self.send(account, call, Some(&name), line).await?;
        self.entries[main].expected = if granted {
            Expected::ClaimedGrant
        } else {
            expected(call, &answer, &self.entries[main], true)
        };
        if let (true, Some(ended_by)) = (granted, call.info().launch_ended_by) {
            let end = ended_by(Named::Named(name));
            let ended = self.send(account, &end, None, String::new()).await?;
            self.entries[ended].line = None;
        }
        Ok(())
    }

    /// Sends a call; returns the place of its own request among the entries.
    async fn send(
        &mut self,
        actor: Account,
        call: &Call,
        made: Option<&Name>,
        line: String,
    ) -> Result<usize, Omitted> {
        let from = self.entries.len();
        let observation = self.session.send(actor, call, made).await;
        if let Observation::Unsendable(why) | Observation::Unimplemented(why) = &observation {
            return Err(Omitted(format!("{} can't be sent: {why}", call.operation())));
        }
        self.note(Some(call), actor)?;
        let is_own = |entry: &Entry| entry.api.name == call.operation();
        let own = &self.entries[from..];
        // The pages of a list after the first are asked for by whoever reads it to its end.
        let place =
            if call.writes() { own.iter().rposition(is_own) } else { own.iter().position(is_own) };
        let place =
            from + place.ok_or_else(|| Omitted(format!("{} sends nothing", call.operation())))?;
        if !call.writes() {
            self.entries.truncate(place + 1);
        }
        self.entries[place].line = Some(line);
        Ok(place)
    }

    /// Notes the exchanges since the last call.
    fn note(&mut self, call: Option<&Call>, actor: Account) -> Result<(), Omitted> {
        for exchange in self.recorded.take() {
            if exchange.path.starts_with("/_bellwether") {
                return Err(Omitted("time passes in it, which no client can do".to_owned()));
            }
            let unknown = || Omitted(format!("{} {} is not known", exchange.method, exchange.path));
            let (api, input) = wire::request(&exchange).ok_or_else(unknown)?;
            let by = self.accounts.iter().find(|(_, id)| Some(*id) == exchange.account.as_ref());
            let granted = exchange.status.is_some_and(|status| (200..300).contains(&status));
            let is_own = call.is_some_and(|call| call.operation() == api.name);
            if !granted && !is_own {
                // It was worth a try, and nothing rests on it.
                continue;
            }
            self.entries.push(Entry {
                line: None,
                actor: by.map_or(actor, |(account, _)| *account),
                region: exchange.region.clone().unwrap_or_default(),
                api,
                input,
                output: granted.then(|| wire::output(api, &exchange)),
                expected: Expected::Grant,
            });
        }
        Ok(())
    }
}

/// What is expected of the answer to a call.
fn expected(call: &Call, answer: &Answer, entry: &Entry, is_claimed: bool) -> Expected<String> {
    match answer {
        Answer::Granted(_) if call.is_dry_run() => {
            Expected::Refusal(vec!["DryRunOperation".to_owned()])
        }
        Answer::Granted(_) if is_claimed && UNSUCCESSFUL.contains(&entry.api.name.as_str()) => {
            Expected::Facts(vec![facts::of_failures()])
        }
        Answer::Granted(_) if is_claimed => Expected::ClaimedGrant,
        Answer::Granted(_) => Expected::Grant,
        Answer::Refused(refusal) => {
            let is_known =
                |rule: &&'static Rule| matches!(rule.decides, Decides::Refusal(Codes::OneOf(_)));
            let codes = refusal.codes().into_iter().map(str::to_owned).collect();
            let all_known = refusal.broken.iter().all(is_known);
            Expected::Refusal(if all_known { codes } else { Vec::new() })
        }
        Answer::Open(_) if entry.output.is_some() => Expected::Grant,
        Answer::Open(_) => Expected::Anything,
    }
}
