//! The speed and memory of judging histories: `cargo bench --profile dev --bench judge -- [EVENTS]`.
//!
//! Two histories of that many events (200,000 without a number) are written into a folder that is removed, and judged
//! on one core: a recording in which everything is followed, the life of a share over and over, each time in other
//! accounts; and a CloudTrail file as accounts have them, in which three of a hundred events are of RAM. A word behind
//! `--` runs one of them: `recording` or `cloudtrail`. docs/judging.md has the figures.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use bellwether::capabilities::Capabilities;
use bellwether::connector;
use bellwether::follow::{Assumed, Organizations, judge_files};
use bellwether::history::exchange::Exchange;
use bellwether::history::format_of;
use bellwether::history::own::{Head, VERSION};
use bellwether::record::tap::Tap;
use bellwether::reference::Reference;
use bellwether::run::{PlayOptions, ReadPolicy, play};
use bellwether::scenario::Scenario;
use bellwether::target::{Bound, Connection, Target};
use serde_json::{Value, json};

const LIFE: &str = "world standalone

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare name=platform resourceArns=list principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
consumer GetManagedPrefixListEntries PrefixListId=list
owner    DisassociateResourceShare share resourceArns=list
owner    DeleteResourceShare share
owner    DeleteManagedPrefixList PrefixListId=list
";

type Failure = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let events = asked.iter().find_map(|it| it.parse().ok()).unwrap_or(200_000);
    let is_asked = |name: &str| {
        let mut names = asked.iter().filter(|it| it.parse::<u64>().is_err()).peekable();
        names.peek().is_none() || names.any(|it| it == name)
    };
    let folder = tempfile::tempdir()?;
    if is_asked("recording") {
        let path = folder.path().join("recorded.jsonl");
        write_recording(&path, events, &life().await?)?;
        measure("recording", &path).await?;
        fs::remove_file(&path)?;
    }
    if is_asked("cloudtrail") {
        let path = folder.path().join("trail.json");
        write_trail(&path, events)?;
        measure("cloudtrail", &path).await?;
    }
    Ok(())
}

/// Judges a file, and prints the figures.
async fn measure(name: &str, path: &Path) -> Result<(), Failure> {
    let files = [(path.to_owned(), format_of(path)?)];
    let assumed = Assumed { bound: Bound::ZERO, organizations: Organizations::None };
    let begun = Instant::now();
    let judged = judge_files(&files, assumed).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let tally = judged.tally;
    assert!(tally.contradictions.is_empty(), "{:#?}", tally.contradictions);
    #[expect(clippy::cast_precision_loss, reason = "the figures are far smaller")]
    let (rate, bytes) = (tally.events as f64 / seconds, fs::metadata(path)?.len() as f64);
    anstream::println!(
        "{name}: {} events ({:.0} MB), {} judged, in {seconds:.1} s: {rate:.0} events/s; {} at most",
        tally.events,
        bytes / 1e6,
        tally.judged,
        peak().unwrap_or_else(|| "memory is not known here".to_owned())
    );
    Ok(())
}

/// The most memory that the process had, where the system tells.
fn peak() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} MiB", kib / 1024))
}

/// What is said in the life of a share.
async fn life() -> Result<Vec<Exchange>, Failure> {
    let tap = Tap::default();
    let connection = Connection::Endpoint {
        url: "http://reference.invalid".to_owned(),
        http: tap.client(connector::client(Reference::new()), None),
    };
    let target = Target { connection, ..Target::reference(None) };
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    play(&target, &Scenario::parse("life.scenario", LIFE)?.case()?, &options).await?;
    Ok(tap.take())
}

/// Writes the same calls over and over, each time with other accounts and ids.
fn write_recording(path: &Path, events: u64, life: &[Exchange]) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create_new(path)?);
    let head = Head { bellwether_recording: VERSION, endpoint: "http://reference".to_owned() };
    writeln!(file, "{}", serde_json::to_string(&head)?)?;
    let lines: Vec<String> = life.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let changing = changing(&lines);
    let mut time = 1_000_000;
    let mut written = 0;
    for copy in 0_u64.. {
        let mut now: BTreeMap<&str, String> = BTreeMap::new();
        for (number, text) in changing.iter().enumerate() {
            let (kept, digits) = text.split_at(text.len() - 8);
            let is_account = text.bytes().all(|digit| digit.is_ascii_digit());
            let other = if is_account {
                format!("{:012}", 100_000_000_000 + copy * 16 + number as u64)
            } else {
                let digits = u32::from_str_radix(digits, 16).unwrap_or_default();
                format!("{kept}{:08x}", digits ^ u32::try_from(copy).unwrap_or_default())
            };
            now.insert(text, other);
        }
        for (template, exchange) in lines.iter().zip(life) {
            if written == events {
                file.flush()?;
                return Ok(());
            }
            let mut copied = template.clone();
            for (text, other) in &now {
                copied = copied.replace(text, other);
            }
            let [begin, end] = [exchange.begin, exchange.end].map(Option::unwrap_or_default);
            let times = format!("\"begin\":{begin},\"end\":{end}");
            copied = copied.replace(&times, &format!("\"begin\":{time},\"end\":{}", time + 10));
            writeln!(file, "{copied}")?;
            (time, written) = (time + 1000, written + 1);
        }
    }
    Ok(())
}

/// The accounts in lines, and the ids that end with eight hexadecimal digits.
fn changing(lines: &[String]) -> Vec<&str> {
    let is_between = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-');
    let is_hex = |text: &str| text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let is_id = |word: &&str| {
        let last = word.rsplit('-').next().unwrap_or_default();
        let is_account = word.len() == 12 && word.bytes().all(|digit| digit.is_ascii_digit());
        is_account || (word.contains('-') && last.len() >= 8 && is_hex(last))
    };
    let mut found: Vec<&str> =
        lines.iter().flat_map(|line| line.split(is_between)).filter(is_id).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The service, the operation, the request and the answer of the event with this number.
fn call(account: &str, number: u64) -> (&'static str, &'static str, Value, Value) {
    let share = number / 100;
    let arn = format!(
        "arn:aws:ram:us-east-1:{account}:resource-share/00000000-0000-4000-8000-{share:012x}"
    );
    match number % 100 {
        0 => {
            let made = json!({ "resourceShareArn": arn, "name": "a", "status": "ACTIVE" });
            ("ram", "CreateResourceShare", json!({ "name": "a" }), json!({ "resourceShare": made }))
        }
        1 => ("ram", "GetResourceShares", json!({ "resourceOwner": "SELF" }), json!(null)),
        2 => {
            let request = json!({ "resourceShareArn": arn });
            ("ram", "DeleteResourceShare", request, json!({ "returnValue": true }))
        }
        _ => {
            let request = json!({
                "bucketName": format!("bucket-{number}"), "Host": "s3.us-east-1.amazonaws.com",
                "key": format!("logs/2026/01/31/{number:032x}.gz"), "x-amz-acl": "private",
            });
            ("s3", "PutObject", request, json!({ "x-amz-server-side-encryption": "AES256" }))
        }
    }
}

/// Writes a CloudTrail file of what accounts do all day, with some shares among it.
fn write_trail(path: &Path, events: u64) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create_new(path)?);
    write!(file, "{{\"Records\":[")?;
    for number in 0..events {
        let account = format!("{:012}", 100_000_000_000 + number / 100 % 50);
        let of_ram = number % 100 < 3;
        let (source, name, request, answer) = call(&account, number);
        let time = jiff::Timestamp::from_second(1_767_225_600 + i64::try_from(number)? * 2)?;
        let record = json!({
            "eventVersion": "1.11",
            "userIdentity": {
                "type": "AssumedRole", "principalId": "AROAEXAMPLE:session", "accountId": account,
                "arn": format!("arn:aws:sts::{account}:assumed-role/role/session"),
                "accessKeyId": "ASIAEXAMPLE",
                "sessionContext": { "sessionIssuer": {
                    "type": "Role", "principalId": "AROAEXAMPLE", "userName": "role",
                    "arn": format!("arn:aws:iam::{account}:role/role"), "accountId": account,
                } },
            },
            "eventTime": time.to_string(),
            "eventSource": format!("{source}.amazonaws.com"),
            "eventName": name,
            "awsRegion": "us-east-1",
            "sourceIPAddress": "192.0.2.1",
            "userAgent": "Boto3/1.44.8 md/Botocore#1.44.8 ua/2.1 os/linux md/arch#x86_64 lang/python#3.13",
            "requestParameters": request,
            "responseElements": answer,
            "requestID": format!("{number:032x}"),
            "eventID": format!("{number:032x}"),
            "readOnly": false,
            "eventType": "AwsApiCall",
            "managementEvent": of_ram,
            "recipientAccountId": account,
            "tlsDetails": { "tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256" },
        });
        write!(file, "{}{record}", if number == 0 { "" } else { "," })?;
    }
    write!(file, "]}}")?;
    file.flush()?;
    Ok(())
}
