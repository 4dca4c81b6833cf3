//! Idempotency tokens: the answer to a call that repeats an earlier one.

use smol_str::{SmolStr, format_smolstr};

use crate::answer::{Conditions, Decision, Expected, Refusal, Reply, Row, Undecided};
use crate::dice::Dice;
use crate::operations::ram::CreateResourceShare;
use crate::parameters::{Arguments, ClientToken, Value};
use crate::permissions::{PLAIN_TEMPLATE, PLAIN_TYPE, WIDER_TEMPLATE};
use crate::rules::{Evidence, Rule, token};
use crate::{Account, Call, Name, World};

/// A granted call that bore a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Who called.
    pub actor: Account,
    /// The call.
    pub call: Call,
    /// What it made.
    pub made: Name,
    /// Whether something that it names or made was written to since.
    pub overtaken: bool,
    reply: Reply,
}

/// The fields by which the answer to a call says what it did.
const IDENTITIES: [&str; 4] = ["arn", "id", "resourceShareArn", "version"];

impl Spent {
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
        if matches!(self.call, Call::CreateResourceShare(_)) {
            let arn = Expected::Text(self.made.as_str().into());
            reply = reply.with("resourceShareArn", arn, &token::ACTED_ONCE);
        }
        if matches!(self.call, Call::ReplacePermissionAssociations(_)) {
            let id = Expected::Text(self.made.as_str().into());
            reply = reply.with("id", id, &token::ACTED_ONCE);
        }
        let rows = self.reply.rows.iter().filter(|row| row.judged && row.present);
        reply.rows = rows.map(|row| Row::expected(row.key.clone(), before)).collect();
        reply
    }
}

/// The word by which a call is told from its repetition, where it has one.
fn word(call: &Call) -> Option<&SmolStr> {
    match call.client_token()? {
        ClientToken::Word(word) => Some(word),
        ClientToken::Unsaid | ClientToken::Literal(_) => None,
    }
}

/// The earlier call of which this one is the repetition, parameter by parameter.
#[must_use]
pub fn repeated<'w>(world: &'w World, actor: Account, call: &Call) -> Option<&'w Spent> {
    word(call)?;
    world.spent.iter().find(|spent| spent.actor == actor && spent.call == *call)
}

/// The answer to a call whose parameters alone would be answered by `decision`.
pub(crate) fn decide(world: &World, actor: Account, call: &Call, decision: Decision) -> Decision {
    match call.client_token() {
        None | Some(ClientToken::Unsaid) => decision,
        Some(ClientToken::Literal(_)) => with(decision, &token::IN_AN_ACCEPTED_FORM),
        Some(ClientToken::Word(_)) => match repeated(world, actor, call) {
            Some(spent) if spent.overtaken => {
                let rules = vec![&token::KEPT_WHILE_OVERTAKEN];
                Decision::Open(Undecided { rules, granted: true })
            }
            Some(_) => Decision::Granted,
            None => decide_anew(world, actor, call, decision),
        },
    }
}

/// The answer to a call that repeats none, though its token may have been used.
fn decide_anew(world: &World, actor: Account, call: &Call, decision: Decision) -> Decision {
    let mut used = world.spent.iter().filter(|spent| word(&spent.call) == word(call));
    let Some(first) = used.next() else { return decision };
    let same = |spent: &Spent| spent.actor == actor && spent.call.operation() == call.operation();
    match [first].into_iter().chain(used).find(|spent| same(spent)) {
        None => with(decision, &token::OF_ONE_CALLER_AND_OPERATION),
        Some(spent) if differ(&spent.call.write(), &call.write()) => {
            with(decision, &token::SAME_PARAMETERS)
        }
        Some(_) => with(decision, &token::COMPARED_BY_MEANING),
    }
}

/// A decision on a call that breaks, or touches, one more rule.
fn with(decision: Decision, rule: &'static Rule) -> Decision {
    let (rules, or_nothing) = match decision {
        Decision::Granted => (Vec::new(), false),
        Decision::Refused(Refusal { broken, or_nothing }) => (broken, or_nothing),
        Decision::Open(open) => (open.rules, false),
    };
    let mut conditions = Conditions::default();
    for rule in rules.into_iter().chain([rule]) {
        conditions.require(false, rule);
    }
    if or_nothing && rule.evidence == Evidence::Open {
        conditions.or_nothing();
    }
    conditions.decide()
}

/// Texts that stand for a parameter that is left out.
const PLAIN: [&str; 6] =
    ["true", "false", CreateResourceShare::PLAIN_NAME, PLAIN_TYPE, PLAIN_TEMPLATE, WIDER_TEMPLATE];

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
    call: &Call,
    made: &Name,
    reply: Reply,
) -> Reply {
    if call.writes() && !world.spent.is_empty() {
        let mut written: Vec<Name> = call.names().into_iter().cloned().collect();
        written.extend(namesakes(world, made));
        for spent in &mut world.spent {
            let meets = |name: &Name| *name == spent.made || spent.call.names().contains(&name);
            // How long a token is kept is not known either.
            spent.overtaken |= matches!(call, Call::PassTime(_)) || written.iter().any(meets);
        }
    }
    let Some(token) = word(call) else { return reply };
    let reply = reply.with("clientToken", Expected::Text(token.clone()), &token::RETURNED);
    let (call, made) = (call.clone(), made.clone());
    world.spent.push(Spent { actor, call, made, overtaken: false, reply: reply.clone() });
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
pub(crate) fn repetition(world: &World, actor: Account, call: &Call) -> Option<Reply> {
    repeated(world, actor, call).map(Spent::repeated)
}

/// Of a hundred draws of an operation of which a call can be repeated, how many repeat it.
const REPEATED: usize = 20;

/// An earlier call once more, now and then, or another one with its token.
pub(crate) fn draw(
    world: &World,
    actor: Account,
    operation: &str,
    dice: &mut Dice<'_>,
    fresh: impl Fn(&mut Dice<'_>) -> Option<Call>,
) -> Option<Call> {
    let own = world.spent.iter().filter(|spent| {
        spent.actor == actor && spent.call.operation() == operation && !spent.overtaken
    });
    let earlier: Vec<&Call> = own.map(|spent| &spent.call).collect();
    let again = if earlier.is_empty() || !dice.percent(REPEATED) {
        None
    } else {
        dice.pick(&earlier).copied()
    };
    match again {
        Some(again) if dice.percent(70) => Some(again.clone()),
        Some(again) => {
            let mut call = fresh(dice)?;
            if let (Some(place), Some(token)) = (call.client_token_mut(), again.client_token()) {
                *place = token.clone();
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
        _ => ClientToken::Unsaid,
    }
}
