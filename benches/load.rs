//! The load that the served reference takes: `cargo bench --profile dev --bench load`.
//!
//! It serves in this process and asks over the loopback interface. A word behind `--` runs one part:
//! `reads`, `accounts`, `churn` or `hostile`. docs/reference-target.md has the figures; they are wanted
//! of the ordinary profile, which is what people run.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bellwether::reference::Reference;
use bellwether::serve::serve;

/// A part of the measurement.
type Part = (&'static str, fn(SocketAddr) -> io::Result<()>);

static PARTS: [Part; 4] =
    [("reads", reads), ("accounts", accounts), ("churn", churn), ("hostile", hostile)];

fn main() -> io::Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    for (name, part) in PARTS {
        if asked.is_empty() || asked.iter().any(|it| it == name) {
            let runtime = tokio::runtime::Runtime::new()?;
            let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
            let address = listener.local_addr()?;
            let reference = Reference::new().in_real_time();
            runtime.spawn(serve(reference, listener, std::future::pending()));
            part(address)?;
            runtime.shutdown_background();
        }
    }
    Ok(())
}

/// Requests a second of lists of 20 rows, over 8 connections.
fn reads(address: SocketAddr) -> io::Result<()> {
    let mut client = Client::connect(address)?;
    let vpc = client.ec2(0, "Action=CreateVpc&CidrBlock=10.0.0.0/16")?;
    let vpc = between(&vpc, "<vpcId>", "</vpcId>").to_owned();
    for number in 0..20 {
        let block = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.{number}.0/24");
        client.ec2(0, &block)?;
        client.ram(0, "createresourceshare", &format!(r#"{{"name":"share-{number}"}}"#))?;
    }
    for (name, ask) in LISTS {
        let lasting = Duration::from_secs(8);
        let workers: Vec<_> = (0..8)
            .map(|_| {
                thread::spawn(move || -> io::Result<Vec<Duration>> {
                    let mut client = Client::connect(address)?;
                    let (began, mut times) = (Instant::now(), Vec::new());
                    while began.elapsed() < lasting {
                        let asked = Instant::now();
                        ask(&mut client, 0)?;
                        times.push(asked.elapsed());
                    }
                    Ok(times)
                })
            })
            .collect();
        let mut times = Vec::new();
        for worker in workers {
            times.extend(worker.join().expect("it does not panic")?);
        }
        let rate = per_second(times.len(), lasting);
        anstream::println!(
            "{name}, 20 rows, 8 connections: {rate:.0} requests/s, {}",
            spread(times)
        );
    }
    Ok(())
}

/// A list, as an account asks for it.
type List = (&'static str, fn(&mut Client, u64) -> io::Result<String>);

static LISTS: [List; 3] = [
    ("GetResourceShares", |client, account| {
        client.ram(account, "getresourceshares", r#"{"resourceOwner":"SELF"}"#)
    }),
    ("DescribeSubnets", |client, account| client.ec2(account, "Action=DescribeSubnets")),
    ("DescribeVpcs", |client, account| client.ec2(account, "Action=DescribeVpcs")),
];

/// The time of a list in a world of 10,000 accounts, of which each sees its own.
fn accounts(address: SocketAddr) -> io::Result<()> {
    const ACCOUNTS: u64 = 10_000;
    let (began, mut client) = (Instant::now(), Client::connect(address)?);
    for account in 0..ACCOUNTS {
        let vpc = client.ec2(account, "Action=CreateVpc&CidrBlock=10.0.0.0/16")?;
        let vpc = between(&vpc, "<vpcId>", "</vpcId>");
        let subnet = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.0.0/24");
        client.ec2(account, &subnet)?;
        let to = id((account + 1) % ACCOUNTS);
        let share = format!(r#"{{"name":"share","principals":["{to}"]}}"#);
        client.ram(account, "createresourceshare", &share)?;
    }
    let seconds = began.elapsed().as_secs_f64();
    anstream::println!(
        "{ACCOUNTS} accounts with a VPC, a subnet, a share and an invitation each: made in \
         {seconds:.0} s, {} MiB",
        resident()
    );
    for (name, ask) in LISTS {
        let mut times = Vec::new();
        for account in 0..200 {
            let asked = Instant::now();
            ask(&mut client, account)?;
            times.push(asked.elapsed());
        }
        anstream::println!("{name} among {ACCOUNTS} accounts: {}", spread(times));
    }
    Ok(())
}

/// The rate at which shares are made and deleted, over 200,000 requests.
fn churn(address: SocketAddr) -> io::Result<()> {
    const REQUESTS: usize = 200_000;
    const STAGES: usize = 10;
    let mut client = Client::connect(address)?;
    for stage in 1..=STAGES {
        let began = Instant::now();
        for _ in 0..REQUESTS / STAGES / 2 {
            let made = client.ram(0, "createresourceshare", r#"{"name":"share"}"#)?;
            let arn = between(&made, "\"resourceShareArn\":\"", "\"");
            let path = format!("/deleteresourceshare?resourceShareArn={arn}");
            client.expect("DELETE", &path, 0, "ram", "application/json", "")?;
        }
        let rate = per_second(REQUESTS / STAGES, began.elapsed());
        let sent = REQUESTS / STAGES * stage;
        anstream::println!("{sent} creates and deletes: {rate:.0}/s, {} MiB", resident());
    }
    Ok(())
}

/// The time of a client beside one that does what it can to be in its way.
fn hostile(address: SocketAddr) -> io::Result<()> {
    let mut client = Client::connect(address)?;
    let vpc = client.ec2(0, "Action=CreateVpc&CidrBlock=10.0.0.0/16")?;
    let vpc = between(&vpc, "<vpcId>", "</vpcId>");
    let name = "a".repeat(60);
    client.ec2(
        0,
        &format!("Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=Name&Tag.1.Value={name}"),
    )?;
    let alone = calm(&mut client, Duration::from_secs(3))?;
    anstream::println!("a client alone: {}", spread(alone));
    let over = Arc::new(AtomicBool::new(false));
    let workers: Vec<_> = HOSTILE
        .iter()
        .map(|(_, request)| {
            let over = Arc::clone(&over);
            thread::spawn(move || {
                let mut sent = 0;
                while !over.load(Ordering::Relaxed) {
                    let _refused = request(address);
                    sent += 1;
                }
                sent
            })
        })
        .collect();
    let half: Vec<_> = (0..500).map(|_| half_open(address)).collect::<io::Result<_>>()?;
    let beside = calm(&mut client, Duration::from_secs(20))?;
    over.store(true, Ordering::Relaxed);
    drop(half);
    anstream::println!("a client beside a hostile one: {}", spread(beside));
    for ((name, _), worker) in HOSTILE.iter().zip(workers) {
        let sent = worker.join().expect("it does not panic");
        anstream::println!("  {sent} times {name}");
    }
    Ok(())
}

/// A request of a hostile client.
type Hostile = (&'static str, fn(SocketAddr) -> io::Result<()>);

static HOSTILE: [Hostile; 6] = [
    ("a filter of a thousand stars", |address| {
        let stars = "*a".repeat(1000);
        let body = format!("Action=DescribeVpcs&Filter.1.Name=tag:Name&Filter.1.Value.1={stars}*b");
        Client::connect(address)?.ec2(0, &body).map(drop)
    }),
    ("a share with 80,000 principals", |address| {
        let principals: Vec<String> =
            (1..=80_000).map(|account| format!("\"{}\"", id(account))).collect();
        let body = format!(r#"{{"name":"large","principals":[{}]}}"#, principals.join(","));
        let mut client = Client::connect(address)?;
        client.send("POST", "/createresourceshare", 0, "ram", "application/json", &body).map(drop)
    }),
    ("control characters", |address| {
        let body = "Action=CreateTags&ResourceId.1=x&Tag.1.Key=a%01b&Tag.1.Value=%0c%1f";
        let mut client = Client::connect(address)?;
        client.send("POST", "/", 0, "ec2", FORM, body).map(drop)
    }),
    ("64 KiB of headers", |address| {
        let mut stream = TcpStream::connect(address)?;
        let header = "a".repeat(64 * 1024);
        write!(stream, "GET / HTTP/1.1\r\nhost: x\r\nx-a: {header}\r\n\r\n")?;
        let mut answer = [0; 1024];
        stream.read(&mut answer).map(drop)
    }),
    ("a body of 100 MB", |address| {
        let mut stream = TcpStream::connect(address)?;
        let length = 100_000_000;
        write!(stream, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n")?;
        let part = vec![b'a'; 100_000];
        for _ in 0..length / part.len() {
            stream.write_all(&part)?;
        }
        let mut answer = [0; 1024];
        stream.read(&mut answer).map(drop)
    }),
    ("a chunk of no size", |address| {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nno\r\n")?;
        let mut answer = [0; 1024];
        stream.read(&mut answer).map(drop)
    }),
];

fn half_open(address: SocketAddr) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "POST / HTTP/1.1\r\nhost: x\r\nx-a: ")?;
    Ok(stream)
}

/// The times of a list that is asked for every few milliseconds.
fn calm(client: &mut Client, lasting: Duration) -> io::Result<Vec<Duration>> {
    let (began, mut times) = (Instant::now(), Vec::new());
    while began.elapsed() < lasting {
        let asked = Instant::now();
        client.ram(1, "getresourceshares", r#"{"resourceOwner":"SELF"}"#)?;
        times.push(asked.elapsed());
        thread::sleep(Duration::from_millis(2));
    }
    Ok(times)
}

/// The content type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A connection that is kept.
struct Client(BufReader<TcpStream>);

impl Client {
    fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    fn ec2(&mut self, account: u64, body: &str) -> io::Result<String> {
        let body = format!("Version=2016-11-15&{body}");
        self.expect("POST", "/", account, "ec2", FORM, &body)
    }

    fn ram(&mut self, account: u64, operation: &str, body: &str) -> io::Result<String> {
        self.expect("POST", &format!("/{operation}"), account, "ram", "application/json", body)
    }

    /// The answer to a request that is granted.
    fn expect(
        &mut self,
        method: &str,
        path: &str,
        account: u64,
        service: &str,
        content_type: &str,
        body: &str,
    ) -> io::Result<String> {
        let (status, answer) = self.send(method, path, account, service, content_type, body)?;
        if status == 200 {
            Ok(answer)
        } else {
            Err(io::Error::other(format!("{status}: {answer}")))
        }
    }

    /// The status and the body of the answer to a request.
    fn send(
        &mut self,
        method: &str,
        path: &str,
        account: u64,
        service: &str,
        content_type: &str,
        body: &str,
    ) -> io::Result<(u16, String)> {
        let credential =
            format!("Credential={}/20260101/us-east-1/{service}/aws4_request", id(account));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: AWS4-HMAC-SHA256 {credential}\r\n\
             content-type: {content_type}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|it| it.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status: {line:?}")))?;
        let mut length = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer)?;
        Ok((status, String::from_utf8(answer).map_err(io::Error::other)?))
    }
}

/// The id of an account, by its number.
fn id(account: u64) -> String {
    format!("{:012}", 100_000_000_000 + account)
}

/// The number of requests a second.
fn per_second(requests: usize, time: Duration) -> f64 {
    f64::from(u32::try_from(requests).unwrap_or(u32::MAX)) / time.as_secs_f64()
}

/// The text between two others; an empty one if it is not there.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let behind = text.split_once(from).map_or("", |(_, behind)| behind);
    behind.split_once(to).map_or("", |(between, _)| between)
}

/// The median, the 99th percentile and the longest of some times.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let [median, most] = [50, 99].map(|part| times[times.len() * part / 100]);
    let longest = times[times.len() - 1];
    format!("p50 {median:.1?}, p99 {most:.1?}, longest {longest:.1?}")
}

/// The MiB of memory that the process has, where the system says so.
fn resident() -> String {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|it| it.parse::<u64>().ok());
    pages.map_or_else(|| "unknown".to_owned(), |pages| (pages * 4 / 1024).to_string())
}
