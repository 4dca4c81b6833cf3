//! What clients that misbehave are told, and that they keep nobody waiting.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{BODY_BYTES_MAX, Times, serve_in};
use crate::reference::Reference;

/// Times that a test can wait for.
const SHORT: Times = Times {
    head: Duration::from_millis(50),
    body: Duration::from_millis(50),
    rest: Duration::from_millis(50),
};

/// Times that no test waits for.
const LONG: Times = Times {
    head: Duration::from_mins(10),
    body: Duration::from_mins(10),
    rest: Duration::from_mins(10),
};

/// The head of a request to EC2, up to the headers about its body.
const EC2: &str = "POST / HTTP/1.1\r\nhost: x\r\n\
    authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/ec2/aws4_request\r\n\
    content-type: application/x-www-form-urlencoded\r\n";

/// The same to RAM.
const RAM: &str = "POST /getresourceshares HTTP/1.1\r\nhost: x\r\n\
    authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/ram/aws4_request\r\n";

struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn served(times: Times) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async {
        let _told = stopped.await;
    };
    let task = tokio::spawn(serve_in(times, Reference::new(), listener, shutdown));
    Served { address, stop, task }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// The answer to these bytes, up to the end of the connection.
    async fn answer(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        rest_of(stream).await
    }
}

async fn rest_of(mut stream: TcpStream) -> String {
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    rest
}

fn is_ec2_error(answer: &str, status: &str, code: &str) -> bool {
    answer.starts_with(&format!("HTTP/1.1 {status}"))
        && answer.contains("x-amzn-requestid: ")
        && answer.contains(&format!("<Response><Errors><Error><Code>{code}</Code>"))
}

fn is_ram_error(answer: &str, status: &str, code: &str) -> bool {
    answer.starts_with(&format!("HTTP/1.1 {status}"))
        && answer.contains("x-amzn-requestid: ")
        && answer.contains(&format!("x-amzn-errortype: {code}"))
        && answer.contains("{\"message\":\"")
}

#[tokio::test]
async fn a_head_that_does_not_end_is_given_up() {
    let served = served(SHORT).await;
    let mut stream = served.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nx-a: ").await.unwrap();
    assert!(rest_of(stream).await.len() < 100, "the connection is closed");
}

#[tokio::test]
async fn a_body_that_does_not_end_is_refused_in_the_words_of_the_service() {
    let served = served(SHORT).await;
    for (head, is_error) in [
        (EC2, is_ec2_error as fn(&str, &str, &str) -> bool),
        (RAM, is_ram_error as fn(&str, &str, &str) -> bool),
    ] {
        let mut stream = served.connect().await;
        let request = format!("{head}content-length: 100\r\n\r\nAct");
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = rest_of(stream).await;
        let code = if head == EC2 { "RequestTimeout" } else { "RequestTimeoutException" };
        assert!(is_error(&answer, "408", code), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_the_words_of_the_service() {
    let served = served(LONG).await;
    let body = "a".repeat(2 * BODY_BYTES_MAX);
    let request = |head: &str| {
        format!("{head}connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let answer = served.answer(request(EC2).as_bytes()).await;
    assert!(is_ec2_error(&answer, "413", "RequestEntityTooLarge"), "{answer}");
    let answer = served.answer(request(RAM).as_bytes()).await;
    assert!(is_ram_error(&answer, "413", "RequestEntityTooLargeException"), "{answer}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_the_clients_fault_and_not_too_large() {
    let served = served(LONG).await;
    let answer = served.answer(format!("{EC2}content-length: 100\r\n\r\nAct").as_bytes()).await;
    assert!(is_ec2_error(&answer, "400", "MalformedQueryString"), "{answer}");
    let answer = served.answer(format!("{RAM}content-length: 100\r\n\r\n{{").as_bytes()).await;
    assert!(is_ram_error(&answer, "400", "SerializationException"), "{answer}");
}

#[tokio::test]
async fn a_chunk_of_no_size_is_the_clients_fault_and_not_too_large() {
    let served = served(LONG).await;
    let request = format!("{EC2}transfer-encoding: chunked\r\n\r\nnot a size\r\n");
    let answer = served.answer(request.as_bytes()).await;
    assert!(is_ec2_error(&answer, "400", "MalformedQueryString"), "{answer}");
}

#[tokio::test]
async fn half_a_request_does_not_keep_it_from_stopping() {
    let served = served(Times { rest: SHORT.rest, ..LONG }).await;
    let mut head = served.connect().await;
    head.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nx-a: ").await.unwrap();
    let mut body = served.connect().await;
    body.write_all(format!("{EC2}content-length: 100\r\n\r\nAct").as_bytes()).await.unwrap();
    // An answer to a third says that both were accepted.
    let health = b"GET /_bellwether/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert!(served.answer(health).await.starts_with("HTTP/1.1 200"));
    served.stop.send(()).unwrap();
    served.task.await.unwrap();
}

#[tokio::test]
async fn idle_connections_end_at_once_when_it_stops() {
    let served = served(LONG).await;
    let mut idle = served.connect().await;
    let health = b"GET /_bellwether/health HTTP/1.1\r\nhost: x\r\n\r\n";
    idle.write_all(health).await.unwrap();
    let mut start = [0; 12];
    idle.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    served.stop.send(()).unwrap();
    served.task.await.unwrap();
}
