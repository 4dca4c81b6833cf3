use bellwether_model::answer::Expected;
use bellwether_model::dice::Dice;
use bellwether_model::operations::OPERATIONS;
use bellwether_model::operations::ec2;
use bellwether_model::parameters::{Groups, InvitationRef, Reference, Value};
use bellwether_model::{Account, Assumption, Call, Name, Principal, Region, Shape, World};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use smol_str::SmolStr;

use crate::scenario::{
    AnswerClaim, Associated, Claim, Fact, FieldClaim, Item, Parsed, ReplyClaim, RowClaim, Scenario,
    Step,
};

const REVOKED: &str = "\
# Taking a subnet out of the share ends new launches; what runs goes on.
world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare name=platform resourceArns=net principals=member -> share
member   RunInstances SubnetId=net -> web
owner    DisassociateResourceShare share resourceArns=net
member   RunInstances SubnetId=net                              ! InvalidSubnetID.NotFound
? member hidden net
? member running web
";

/// Parses, and prints back as it was.
#[track_caller]
pub(super) fn canonical(text: &str) -> Scenario {
    let scenario = Scenario::parse("text", text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(scenario.to_string(), text);
    scenario
}

/// Is refused at this place of the last line, with this message and help.
#[track_caller]
pub(super) fn refused(line: &str, column: usize, what: &str, help: &str) {
    let text = format!(
        "world organization sharing=on\nowner CreateSubnet -> net\nowner CreateResourceShare -> share\n{line}"
    );
    let error = Scenario::parse("a.scenario", &text).expect_err("the line does not fit");
    let last = text.lines().count();
    assert_eq!(error.to_string(), format!("a.scenario:{last}:{column}: {what}"), "{line}");
    assert_eq!(error.help.as_deref().unwrap_or_default(), help, "{line}");
}

#[test]
fn a_region_is_named_behind_the_actor_unless_it_is_home() {
    let scenario = canonical(
        "world standalone

@made owner in away CreateSubnet -> net
owner               DescribeSubnets
? owner in away sees net
? owner in away lists DescribeSubnets net OwnerId=owner
? owner hidden net
",
    );
    let regions: Vec<Region> = scenario.steps().map(|step| step.call.region()).collect();
    assert_eq!(regions, [Region::AWAY, Region::HOME]);
    let home =
        Scenario::parse("a.scenario", "world standalone\nowner in home DescribeVpcs").unwrap();
    assert_eq!(home.to_string(), "world standalone\n\nowner    DescribeVpcs\n");
}

#[test]
fn a_region_is_one_of_the_world_and_no_global_service_has_it() {
    refused(
        "owner in awya DescribeVpcs",
        10,
        "expected a Region of the world, found `awya`",
        "did you mean `away`?",
    );
    refused(
        "? owner in us-west-2 sees net",
        12,
        "expected a Region of the world, found `us-west-2`",
        "valid here: home, away",
    );
    let global = "leave out the Region";
    refused(
        "owner in away ListHostedZones",
        7,
        "ListHostedZones is the same in all Regions",
        global,
    );
    refused(
        "? owner in away lists-not ListHostedZones net",
        9,
        "ListHostedZones is the same in all Regions",
        global,
    );
}

#[test]
fn a_canonical_text_prints_back_as_it_is() {
    let scenario = canonical(REVOKED);
    assert_eq!(scenario.shape, Shape::Organization { sharing: true });
    assert_eq!(scenario.steps().count(), 5);
    assert_eq!(
        scenario.description(),
        "Taking a subnet out of the share ends new launches; what runs goes on."
    );
    canonical("world standalone\n");
    canonical("#\n# Only words.\nworld organization sharing=off\n");
}

#[test]
fn every_kind_of_value_and_claim_prints_back_as_it_is() {
    canonical(
        r#"world organization sharing=on

owner      CreateResourceShare name="a \"b\" \\ #\u{7f}" resourceArns="arn:x","" allowExternalPrincipals=false -> s
owner      AssociateResourceShare s principals=organization,ou:batch,role:member/admin,user:member/ada,service:x,"111122223333","o-a"
outsider   AcceptResourceShareInvitation invitation:s/outsider  ! A|B.C
outsider   RejectResourceShareInvitation "arn"
owner      CreateManagedPrefixList Entries="10.0.0.0/8","10.1.0.0/16" -> list

# In between.
management ListResources
member     RunInstances SecurityGroupIds=default -> web
owner      RegisterImage -> image
owner      ModifyImageAttribute ImageId=image Add=all,member
? owner share s ACTIVE
? owner association s list ASSOCIATED
? owner association s role:member/admin absent
? owner association s "o-a" DISASSOCIATED
? outsider invitation s PENDING
? member may-launch image
? member may-not-launch image
? member running web
? sibling sees list
? sibling hidden list
"#,
    );
}

#[test]
fn spaces_empty_lines_and_line_ends_do_not_matter() {
    let loose = REVOKED.replace("    ", "\t ").replace('\n', "  \r\n\r\n \t\r\n");
    assert_eq!(Scenario::parse("loose", &loose).ok(), Some(canonical(REVOKED)));
}

#[test]
fn items_keep_their_lines() {
    let parsed = Parsed::read("text", REVOKED).expect("the text is a scenario");
    assert_eq!(parsed.lines, [1, 4, 5, 6, 7, 8, 9, 10]);
    let (line, item) = parsed.lined().last().expect("there are items");
    assert_eq!((line, item.to_string().as_str()), (10, "? member running web"));
}

#[test]
fn a_misspelled_word_is_answered_with_the_nearest_one() {
    refused(
        "ownr CreateVpc",
        1,
        "expected an actor of this world, found `ownr`",
        "did you mean `owner`?",
    );
    refused(
        "owner CreateSubent",
        7,
        "expected an operation, found `CreateSubent`",
        "did you mean `CreateSubnet`?",
    );
    refused(
        "member RunInstances subnetid=net",
        21,
        "expected a parameter of RunInstances, found `subnetid`",
        "did you mean `SubnetId`?",
    );
    refused(
        "member RunInstances SubnetId=nte",
        30,
        "no earlier step makes `nte`",
        "did you mean `net`?",
    );
    refused(
        "? member seas net",
        10,
        "expected what is claimed, found `seas`",
        "did you mean `sees`?",
    );
    refused(
        "? owner share share ACTIV",
        21,
        "expected a status or `absent`, found `ACTIV`",
        "did you mean `ACTIVE`?",
    );
    refused(
        "owner AssociateResourceShare share principals=membr",
        47,
        &format!("expected {}, found `membr`", Principal::EXPECTED),
        "did you mean `member`?",
    );
}

#[test]
fn an_actor_that_is_not_in_this_world_is_refused_wherever_it_stands() {
    let actors = "its actors are management, owner, member, sibling, outsider, stranger";
    let what = "consumer is not in this world";
    refused("owner AssociateResourceShare share principals=consumer", 47, what, actors);
    refused("owner AssociateResourceShare share principals=role:consumer/a", 47, what, actors);
    refused("owner AcceptResourceShareInvitation invitation:share/consumer", 37, what, actors);
    refused("? owner association share consumer absent", 27, what, actors);
    let named = "world standalone\nowner CreateResourceShare name=member\n";
    assert!(Scenario::parse("text", named).is_ok(), "a text may be any");
}

#[test]
fn names_are_given_once_by_steps_that_make_something() {
    refused(
        "owner CreateSubnet -> net",
        23,
        "an earlier step makes `net` already",
        "every name is given once",
    );
    refused(
        "owner CreateSubnet -> organization",
        23,
        "`organization` means something else",
        "choose a name that is not an actor or another value",
    );
    refused(
        "owner CreateSubnet -> consumer",
        23,
        "`consumer` means something else",
        "choose a name that is not an actor or another value",
    );
    refused(
        "owner CreateSubnet -> a.b",
        23,
        "`a.b` is not a valid name",
        "names are letters, digits and underscores",
    );
    refused(
        "owner DescribeVpcs -> vpc",
        20,
        "DescribeVpcs makes nothing that could be named",
        "leave the `->` and the name out",
    );
    refused(
        "owner CreateVpc DryRun=true -> vpc",
        29,
        "a dry run of CreateVpc makes nothing that could be named",
        "leave the `->` and the name out",
    );
    refused("owner CreateVpc ->", 19, "expected a name, found the end of the line", "");
    refused(
        "owner AcceptResourceShareInvitation invitation:shard/member",
        37,
        "no earlier step makes `shard`",
        "did you mean `share`?",
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of arguments and the messages about them")]
fn arguments_that_do_not_fit_are_pointed_at() {
    refused(
        "owner DeleteResourceShare",
        26,
        &format!(
            "expected {}, which DeleteResourceShare is about, found the end of the line",
            <Reference as bellwether_model::parameters::Parameter>::EXPECTED
        ),
        "",
    );
    refused(
        "owner DeleteSubnet",
        19,
        "expected SubnetId=…, which DeleteSubnet requires, found the end of the line",
        "",
    );
    refused(
        "owner DeleteSubnet net",
        20,
        "expected a parameter of DeleteSubnet as KEY=VALUE, found `net`",
        "valid here: SubnetId, DryRun",
    );
    refused(
        "owner DeleteSubnet SubnetId=net SubnetId=net",
        33,
        "`SubnetId` is given twice",
        "separate several values by commas",
    );
    refused(
        "owner CreateTransitGateway AutoAcceptSharedAttachments=true,false",
        61,
        "expected true or false, found `false`",
        "",
    );
    refused(
        "owner CreateTransitGateway AutoAcceptSharedAttachments= true",
        57,
        "expected true or false, without a space before it, found `true`",
        "",
    );
    refused(
        "owner DeleteSubnet SubnetId=",
        29,
        "expected the name of a resource, or a quoted text in place of its id, without a space before it, found the end of the line",
        "",
    );
    refused(
        "owner CreateVpc ! Code1",
        19,
        "expected an error code or `granted`, found `Code1`",
        "codes are letters and dots; `|` separates several",
    );
    refused(
        "owner CreateVpc # why",
        17,
        "a comment can't follow on the same line",
        "put the comment on a line of its own, or text that holds `#` in quotes",
    );
    refused(
        "owner DeleteSubnet SubnetId=\"net",
        29,
        "this quoted text does not end, or holds an unknown escape",
        "a quoted text ends in `\"`; escapes are \\\", \\\\, \\n, \\r, \\t and \\u{HEX}",
    );
    refused(
        "owner CreateVpc ; CreateVpc",
        17,
        "`;` can't stand here",
        "put other text than words in quotes",
    );
}

#[test]
fn the_world_comes_first_and_once() {
    let check = |text: &str, expected: &str| {
        let error = Scenario::parse("t", text).expect_err("the world is amiss");
        assert_eq!(error.to_string(), expected);
    };
    check("", "t:1:1: expected the `world` line, found the end of the text");
    check("# a\n", "t:2:1: expected the `world` line, found the end of the text");
    check("owner CreateVpc", "t:1:1: expected the `world` line, found `owner`");
    check("world organisation", "t:1:7: expected a world, found `organisation`");
    check(
        "world organization",
        "t:1:19: expected `sharing=on` or `sharing=off`, found the end of the line",
    );
    check(
        "world standalone\nworld standalone",
        "t:2:1: expected a step, a claim or a comment, found `world`",
    );
    check("world standalone é", "t:1:18: `é` can't stand here");
}

/// A scenario of steps that the generator would take, with claims about what it made.
fn drawn(seed: [u8; 32], length: usize) -> Scenario {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut dice = Dice::new(&mut runner);
    let shape = Shape::ALL[dice.below(3)];
    let mut world = World::new(shape);
    let mut items = vec![Item::Comment(nasty(&mut dice).trim().to_owned())];
    for place in 0..length {
        let actor = shape.actors()[dice.below(shape.actors().len())];
        let info = &OPERATIONS[dice.below(OPERATIONS.len())];
        let Some(call) = (info.draw)(&world, actor, &mut dice) else {
            continue;
        };
        let noun = call.makes();
        let step = Step {
            label: dice.percent(20).then(|| Name::new(format!("step{place}"))),
            made: (!noun.is_empty()).then(|| Name::new(format!("{noun}{place}"))),
            actor,
            call: spoiled(call, &mut dice).made_in(drawn_region(&mut dice)),
            claim: match dice.below(4) {
                0 => None,
                1 => Some(AnswerClaim::Granted),
                codes => Some(AnswerClaim::Refused(vec![SmolStr::new_static("A.B"); codes - 1])),
            },
        };
        step.call.transition(&mut world, actor, &step.made_name(place));
        let (made, label) = (step.made.clone(), step.label.clone());
        items.push(Item::Step(step));
        items.extend(label.map(|step| {
            let fields = vec![FieldClaim::of("status", &Expected::OneOf(&["ACTIVE"])).unwrap()];
            Item::Reply(ReplyClaim { step, fields })
        }));
        let claim = made.and_then(|made| claimed(info.name, actor, made, &mut dice));
        items.extend(claim.map(Item::Claim));
    }
    let assumed = Assumption::ALL.into_iter().filter(|_| dice.percent(30));
    Scenario { shape, assumptions: assumed.collect(), items }
}

/// A call with a text in it that is hard to write.
fn spoiled(mut call: Call, dice: &mut Dice<'_>) -> Call {
    if let Call::CreateResourceShare(call) = &mut call
        && dice.percent(50)
    {
        call.name = nasty(dice);
        call.resource_arns.push(Reference::Literal(nasty(dice)));
        // Twelve digits in quotes are an account.
        let text = SmolStr::new(format!("{} ", nasty(dice)));
        call.principals.push(Principal::Literal(text));
    }
    if let Call::RejectResourceShareInvitation(call) = &mut call {
        call.invitation = InvitationRef::Literal(nasty(dice));
    }
    if let Call::RunInstances(call) = &mut call
        && dice.percent(30)
    {
        let group = Reference::Literal(nasty(dice));
        call.security_group_ids = Groups::Named(vec![group]);
    }
    call
}

fn nasty(dice: &mut Dice<'_>) -> SmolStr {
    let texts = [
        "",
        "a",
        "a b",
        "\"",
        "\\",
        "\\\"",
        "a\nb",
        "\r",
        "\t",
        "#",
        "a,b",
        "a=b",
        "->",
        "!",
        "é",
        "\u{0}",
        "true",
        "member",
        "default",
        "10.0.0.0/8",
        "ou:x",
        " ",
        "\u{2028}",
        "?",
        "|",
    ];
    let one = texts[dice.below(texts.len())];
    let other = texts[dice.below(texts.len())];
    SmolStr::new(format!("{one}{other}").replace(['\n', '\r'], if one == "a" { "\n" } else { "" }))
}

fn drawn_region(dice: &mut Dice<'_>) -> Region {
    if dice.percent(15) { Region::AWAY } else { Region::HOME }
}

fn claimed(operation: &str, actor: Account, made: Name, dice: &mut Dice<'_>) -> Option<Claim> {
    let principal = Principal::Role(actor, "admin".into());
    let fact = match operation {
        "CreateResourceShare" if dice.percent(50) => {
            Fact::Association(made, Associated::Principal(principal), None)
        }
        "CreateResourceShare" => Fact::Share(made, Some("ACTIVE".into())),
        "CreateSubnet" if dice.percent(50) => {
            let call = ec2::DescribeSubnets::default().into();
            let (row, listed) = (Value::bare(made.as_str()), dice.percent(50));
            let values = vec![Value::quoted(nasty(dice)), Value::bare("b")];
            let fields = vec![FieldClaim { name: "State".into(), values }];
            let fields = if listed { fields } else { Vec::new() };
            Fact::Row(Box::new(RowClaim { call, row, fields, listed }))
        }
        "CreateSubnet" => Fact::MayNotLaunch(made),
        "RunInstances" => Fact::Running(made),
        _ if dice.percent(50) => Fact::Sees(made),
        _ => return None,
    };
    Some(Claim { actor, region: drawn_region(dice), fact })
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_printed_scenario_parses_back_and_prints_the_same(seed in any::<[u8; 32]>(), length in 0..60_usize) {
        let mut scenario = drawn(seed, length);
        if let Some(Item::Comment(text)) = scenario.items.first_mut() {
            *text = text.replace('\n', " ");
        }
        let text = scenario.to_string();
        let parsed = Scenario::parse("printed", &text);
        let parsed = parsed.unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(&parsed, &scenario);
        prop_assert_eq!(parsed.to_string(), text);
    }

    #[test]
    fn no_text_breaks_the_parser_and_errors_point_inside(
        pieces in prop::collection::vec(piece(), 0..40),
    ) {
        let text = pieces.concat();
        for text in [text.clone(), format!("world standalone\n{text}")] {
            match Scenario::parse("any", &text) {
                Ok(scenario) => {
                    let again = Scenario::parse("again", &scenario.to_string());
                    prop_assert_eq!(again.ok(), Some(scenario));
                }
                Err(error) => {
                    let span = error.span();
                    prop_assert!(text.get(span.clone()).is_some(), "{:?} of {:?}", span, text);
                    prop_assert!(error.line <= text.split('\n').count());
                }
            }
        }
    }
}

/// A piece of text: mostly one that scenarios are made of.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "world",
        "standalone",
        "owner",
        "consumer",
        "CreateSubnet",
        "CreateResourceShare",
        "share",
        "AssociateResourceShare",
        "RunInstances",
        "SubnetId",
        "resourceArns",
        "principals",
        "net",
        "invitation:share/consumer",
        "sees",
        "may-launch",
        "absent",
        "association",
        "\"",
        "\\",
        "=",
        ",",
        "->",
        "!",
        "|",
        "?",
        "#",
        "\n",
        "\r\n",
        "\n",
        " ",
        " ",
        " ",
        " ",
        "\t",
        "\n? ",
        "\n? step ",
        "@",
        "lists",
        "DescribeSubnets",
        "granted",
        "\nowner ",
    ]);
    prop_oneof![8 => words.prop_map(str::to_owned), 1 => any::<String>()]
}
