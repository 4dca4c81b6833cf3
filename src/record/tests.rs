use std::fs;

use tokio::sync::oneshot;

use super::*;
use crate::history::{self, Answer, Event};
use crate::reference::Reference;
use crate::serve::serve;
use crate::target::{Connection, Target};

/// Records what calls through the proxy say, and reads the recording.
async fn recorded(calls: impl AsyncFnOnce(&Target)) -> (String, Vec<Event>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let served = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint: Uri = format!("http://{}", served.local_addr().unwrap()).parse().unwrap();
    let ended = async {
        let _told = stopped.await;
    };
    let serving = tokio::spawn(serve(Reference::new(), served, ended));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recorded.jsonl");
    let recording = Recording::begin(File::create_new(&path).unwrap(), &endpoint).unwrap();
    let recorder = Arc::new(Recorder::new(endpoint, recording, None, None));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (end, ends) = oneshot::channel::<()>();
    let recording = tokio::spawn(Arc::clone(&recorder).serve(listener, async {
        let _told = ends.await;
    }));
    let target = Target { connection: Connection::to(&url), ..Target::reference(None) };
    calls(&target).await;
    let _heard = end.send(());
    recording.await.unwrap();
    recorder.finish().unwrap();
    let _heard = stop.send(());
    drop(target);
    serving.abort();
    let text = fs::read_to_string(&path).unwrap();
    let format = history::format_of(&path).unwrap();
    let mut events = Vec::new();
    history::read(&path, format, &mut |event| events.push(event.unwrap())).unwrap();
    (text, events)
}

#[tokio::test]
async fn calls_are_recorded_with_their_answers_and_without_signatures() {
    let (text, events) = recorded(async |target| {
        let clients = target.clients("111122223333").await.unwrap();
        clients.ram.create_resource_share().name("a").send().await.unwrap();
        clients.ec2.describe_vpcs().send().await.unwrap();
        let refused = clients.ram.delete_resource_share().resource_share_arn("arn:aws:a").send();
        refused.await.unwrap_err();
    })
    .await;
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            let Answer::Whole { status, .. } = event.answer else { panic!("{event:?}") };
            (event.operation.as_str(), event.caller.map(|it| it.to_string()), status)
        })
        .collect();
    let caller = Some("111122223333".to_owned());
    assert_eq!(told[0], ("CreateResourceShare", caller.clone(), 200));
    assert_eq!(told[1], ("DescribeVpcs", caller.clone(), 200));
    assert_eq!((told[2].0, told[2].2), ("DeleteResourceShare", 400));
    let times: Vec<_> = events.iter().map(|event| event.time.unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[0].end <= pair[1].begin), "{times:?}");
    assert!(!text.contains("Signature") && !text.contains("AWS4-HMAC"), "{text}");
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_a_lost_answer() {
    let endpoint: Uri = "http://127.0.0.1:1".parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recorded.jsonl");
    let recording = Recording::begin(File::create_new(&path).unwrap(), &endpoint).unwrap();
    let recorder = Arc::new(Recorder::new(endpoint, recording, None, None));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(Arc::clone(&recorder).serve(listener, std::future::pending()));
    let target = Target { connection: Connection::to(&url), ..Target::reference(None) };
    let clients = target.clients("111122223333").await.unwrap();
    clients.ec2.describe_vpcs().send().await.unwrap_err();
    serving.abort();
    assert!(fs::read_to_string(&path).unwrap().contains("\"lost\""));
}
