//! Idempotency tokens: the answer to a call that repeats an earlier one.

use smol_str::{SmolStr, format_smolstr};

use crate::answer::{Conditions, Decision, EmptyList, Expected, Refusal, Reply, Row, Undecided};
use crate::dice::Dice;
use crate::parameters::{Arguments, ClientToken, Value, Written};
use crate::permissions::{PLAIN_TEMPLATE, PLAIN_TYPE, WIDER_TEMPLATE};
use crate::rules::{Evidence, Rule, token};
use crate::sharing::PLAIN_NAME;
use crate::world::IdempotencyRecord;
use crate::{Account, Name, World};

/// The fields by which the answer to a call says what it did.
const IDENTITIES: [&str; 4] = ["arn", "id", "resourceShareArn", "version"];

impl IdempotencyRecord {
    /// The reply to the call, and to each repetition of it.
    fn repeated(&self) -> Reply {
        let before = &token::ANSWERED_AS_BEFORE;
        let mut reply = Reply::granted(&token::ACTED_ONCE);
        for field in &self.reply.fields {
            let rule = match field.name {
                "clientToken" => field.rule,
                name if IDENTITIES.contains(&name) => &token::ACTED_ONCE,
                _ => before,
            };
            reply = reply.with(field.name, field.expected.clone(), rule);
        }
        if let Some(field) = self.made_field {
            let made = Expected::Text(self.made.as_str().into());
            reply = reply.with(field, made, &token::ACTED_ONCE);
        }
        let rows = self.reply.rows.iter().filter(|row| row.judged && row.present);
        reply.rows = rows.map(|row| Row::expected(row.key.clone(), before)).collect();
        reply
    }
}

/// A call in the form in which repetitions are recognized.
pub trait Repeatable {
    /// The API's own name of the operation.
    fn operation(&self) -> &'static str;

    /// The parameters.
    fn arguments(&self) -> Arguments;

    /// The names of resources that the call mentions.
    fn names(&self) -> Vec<&Name>;

    /// The token, where the operation takes one.
    fn token(&self) -> Option<&ClientToken>;

    /// The field of a reply that names what the call made, if one does.
    fn made_field(&self) -> Option<&'static str>;

    /// Whether a granted call may change the world.
    fn writes(&self) -> bool;

    /// Whether the call lets time pass.
    fn passes_time(&self) -> bool;
}

/// Returns the idempotency token of a call, if it has one.
fn token_of(call: &impl Repeatable) -> Option<&SmolStr> {
    match call.token()? {
        ClientToken::Word(token) => Some(token),
        ClientToken::None | ClientToken::Literal(_) => None,
    }
}

/// Returns the record of the earlier call that this one repeats, parameter by parameter.
#[must_use]
pub fn repeated<'w>(
    world: &'w World,
    actor: Account,
    call: &impl Repeatable,
) -> Option<&'w IdempotencyRecord> {
    let token = token_of(call)?;
    let of_token = |it: &&IdempotencyRecord| {
        it.actor == actor && it.token == *token && it.operation == call.operation()
    };
    let mut records = world.idempotency.iter().filter(of_token).peekable();
    records.peek()?;
    let arguments = call.arguments();
    records.find(|it| it.arguments == arguments)
}

/// The answer to a call whose parameters alone would be answered by `decision`.
pub(crate) fn decide(
    world: &World,
    actor: Account,
    call: &impl Repeatable,
    decision: Decision,
) -> Decision {
    match call.token() {
        None | Some(ClientToken::None) => decision,
        Some(ClientToken::Literal(_)) => with(decision, &token::IN_AN_ACCEPTED_FORM),
        Some(ClientToken::Word(_)) => match repeated(world, actor, call) {
            Some(record) if record.invalidated => {
                Decision::Open(Undecided::new(vec![&token::KEPT_WHILE_OVERTAKEN], true))
            }
            Some(_) => Decision::Granted,
            None => decide_anew(world, actor, call, decision),
        },
    }
}

/// The answer to a call that repeats none, though its token may have been used.
fn decide_anew(
    world: &World,
    actor: Account,
    call: &impl Repeatable,
    decision: Decision,
) -> Decision {
    let token = token_of(call);
    let mut used = world.idempotency.iter().filter(|record| Some(&record.token) == token);
    let Some(first) = used.next() else { return decision };
    let same =
        |record: &IdempotencyRecord| record.actor == actor && record.operation == call.operation();
    match [first].into_iter().chain(used).find(|record| same(record)) {
        None => with(decision, &token::OF_ONE_CALLER_AND_OPERATION),
        Some(record) if differ(&record.arguments, &call.arguments()) => {
            with(decision, &token::SAME_PARAMETERS)
        }
        Some(_) => with(decision, &token::COMPARED_BY_MEANING),
    }
}

/// A decision on a call that breaks, or touches, one more rule.
fn with(decision: Decision, rule: &'static Rule) -> Decision {
    let (rules, empty_list) = match decision {
        Decision::Granted => (Vec::new(), EmptyList::default()),
        Decision::Refused(Refusal { broken, empty_list }) => (broken, empty_list),
        Decision::Open(open) => (open.rules, EmptyList::default()),
    };
    let mut conditions = Conditions::default();
    for rule in rules.into_iter().chain([rule]) {
        conditions.require(false, rule);
    }
    if rule.evidence == Evidence::Open {
        conditions.empty_list(empty_list);
    }
    conditions.decide()
}

/// Texts that stand for a parameter that is left out.
const PLAIN: [&str; 6] = ["true", "false", PLAIN_NAME, PLAIN_TYPE, PLAIN_TEMPLATE, WIDER_TEMPLATE];

/// Whether two calls of one operation differ in more than the order of a list, and the saying of
/// what is meant anyway.
fn differ(one: &Arguments, other: &Arguments) -> bool {
    let plain = |values: &[Value]| {
        let plain = |text: &str| PLAIN.contains(&text) || text.parse::<i64>().is_ok();
        matches!(values, [value] if plain(&value.text))
    };
    let lacks = |one: &Arguments, other: &Arguments| {
        one.named.iter().any(|(key, values)| {
            let mut same = other.named.iter().filter(|(other, _)| other == key);
            match same.next() {
                None => !plain(values),
                Some((_, theirs)) => values.iter().any(|value| !theirs.contains(value)),
            }
        })
    };
    one.subject != other.subject || lacks(one, other) || lacks(other, one)
}

/// Keeps what a granted call did, for its repetitions, and what it overtook.
pub(crate) fn keep(
    world: &mut World,
    actor: Account,
    call: &impl Repeatable,
    made: &Name,
    reply: Reply,
) -> Reply {
    if call.passes_time() {
        // How long a token is kept is not known either.
        world.everywhere(|world| world.idempotency.iter_mut().for_each(|it| it.invalidated = true));
    } else if call.writes() && !world.idempotency.is_empty() {
        let mut written: Vec<Name> = call.names().into_iter().cloned().collect();
        written.extend(namesakes(world, made));
        let is_met = |record: &IdempotencyRecord| {
            let meets = |name: &Name| *name == record.made || record.names.contains(name);
            !record.invalidated && written.iter().any(meets)
        };
        // Records that stay as they are go on being shared with other worlds.
        if world.idempotency.iter().any(is_met) {
            let met = world.idempotency.iter_mut().filter(|record| is_met(record));
            met.for_each(|record| record.invalidated = true);
        }
    }
    let Some(token) = token_of(call) else { return reply };
    let reply = reply.with("clientToken", Expected::Text(token.clone()), &token::RETURNED);
    let record = IdempotencyRecord {
        actor,
        token: token.clone(),
        operation: call.operation(),
        arguments: call.arguments(),
        names: call.names().into_iter().cloned().collect(),
        made: made.clone(),
        made_field: call.made_field(),
        reply: reply.clone(),
        invalidated: false,
    };
    world.idempotency.push(record);
    reply
}

/// The permissions that have the ARN of one, which is made of its owner and what it is called.
fn namesakes(world: &World, made: &Name) -> Vec<Name> {
    let Some(held) = world.permissions.get(made) else { return Vec::new() };
    let all = world.permissions.iter();
    let same = all.filter(|(_, other)| other.owner == held.owner && other.name == held.name);
    same.map(|(name, _)| name.clone()).collect()
}

/// The reply to a call that repeats an earlier one.
pub(crate) fn repetition(world: &World, actor: Account, call: &impl Repeatable) -> Option<Reply> {
    repeated(world, actor, call).map(IdempotencyRecord::repeated)
}

/// The percentage of draws of an operation that repeat an earlier call, if there is one.
const REPEATED: usize = 20;

/// An earlier call once more, now and then, or another one with its token.
pub(crate) fn draw<T: Written>(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
    fresh: impl Fn(&mut Dice<'_>) -> Option<T>,
) -> Option<T> {
    let own = world.idempotency.iter().filter(|record| {
        record.actor == actor && record.operation == T::NAME && !record.invalidated
    });
    let earlier: Vec<&IdempotencyRecord> = own.collect();
    let again = if earlier.is_empty() || !dice.percent(REPEATED) {
        None
    } else {
        dice.pick(&earlier).copied()
    };
    match again {
        Some(again) if dice.percent(70) => T::read(&again.arguments).ok(),
        Some(again) => {
            let mut call = fresh(dice)?;
            if let Some(place) = call.client_token_mut() {
                *place = ClientToken::Word(again.token.clone());
            }
            Some(call)
        }
        None => {
            let mut call = fresh(dice)?;
            if let Some(place) = call.client_token_mut() {
                *place = draw_token(dice);
            }
            Some(call)
        }
    }
}

/// A token: mostly none, now and then one of an odd form.
fn draw_token(dice: &mut Dice<'_>) -> ClientToken {
    match dice.below(100) {
        0..12 => ClientToken::Word(format_smolstr!("token{}", dice.below(1_000_000))),
        12 => ClientToken::Literal("no token, surely".into()),
        _ => ClientToken::None,
    }
}
