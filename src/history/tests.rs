use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::*;

/// The events of a file of this name and content.
fn read_from(name: &str, content: &[u8]) -> (String, Vec<Result<Event, Unreadable>>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let format = format_of(&path).unwrap();
    let mut events = Vec::new();
    read(&path, format, &mut |event| events.push(event)).unwrap();
    (format.name.to_owned(), events)
}

fn event_of(name: &str, content: &str) -> Event {
    let (_, mut events) = read_from(name, content.as_bytes());
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0).unwrap()
}

const HEAD: &str = "{\"bellwether_recording\":1,\"endpoint\":\"http://a\"}\n";

#[test]
fn a_line_of_a_recording_is_a_call() {
    let line = json!({
        "begin": 5, "end": 7, "account": "111122223333", "region": "us-east-1", "service": "ram",
        "method": "POST", "path": "/createresourceshare", "request": "{\"name\":\"a\"}",
        "status": 200, "answer": "{}",
    });
    let event = event_of("a.jsonl", &format!("{HEAD}{line}\n"));
    assert_eq!(event.operation, "CreateResourceShare");
    assert_eq!(event.request, Some(json!({ "name": "a" })));
    assert_eq!(event.time, Some(Span { begin: 5, end: 7 }));
    assert_eq!(event.place.line, 2);
    assert_eq!(event.answer, Answer::Whole { status: 200, body: "{}".to_owned(), error: None });
}

#[test]
fn a_line_that_is_cut_is_named_and_the_rest_is_read() {
    let line = json!({ "method": "POST", "path": "/listresources", "status": 200, "answer": "{}" });
    let (_, events) = read_from("a.jsonl", format!("{HEAD}{{\"begin\":\n{line}\n").as_bytes());
    let unreadable = events[0].as_ref().unwrap_err();
    assert!(unreadable.to_string().contains("a.jsonl:2: "), "{unreadable}");
    assert_eq!(events[1].as_ref().unwrap().operation, "ListResources");
}

#[test]
fn a_query_request_is_told_by_its_action() {
    let request = "Action=DescribeSubnets&Version=2016-11-15&SubnetId.1=subnet-1";
    let line = json!({ "method": "POST", "path": "/", "request": request, "lost": "it broke" });
    let event = event_of("a.jsonl", &format!("{HEAD}{line}\n"));
    assert_eq!((event.service.as_str(), event.operation.as_str()), ("ec2", "DescribeSubnets"));
    assert_eq!(event.request.unwrap()["SubnetId.1"], "subnet-1");
    assert_eq!(event.answer, Answer::Lost);
}

#[test]
fn an_http_archive_is_read_by_its_entries() {
    let archive = json!({ "log": { "version": "1.2", "entries": [{
        "startedDateTime": "1970-01-01T00:00:01Z",
        "time": 2.5,
        "request": {
            "method": "POST",
            "url": "http://127.0.0.1:4000/getresourceshares",
            "headers": [{
                "name": "Authorization",
                "value": "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/ram/aws4_request, Signature=0",
            }],
            "postData": { "text": "{\"resourceOwner\":\"SELF\"}" },
        },
        "response": { "status": 200, "content": { "text": "{}" } },
    }] } });
    let event = event_of("a.har", &archive.to_string());
    assert_eq!(event.operation, "GetResourceShares");
    assert_eq!(event.caller, Account::from_id("111122223333"));
    assert_eq!(event.region.as_deref(), Some("eu-west-1"));
    assert_eq!(event.time, Some(Span { begin: 1_000_000, end: 1_002_500 }));
}

fn trail_event() -> Value {
    json!({
        "eventVersion": "1.08",
        "eventTime": "2026-01-31T12:00:00Z",
        "eventSource": "ram.amazonaws.com",
        "eventName": "CreateResourceShare",
        "awsRegion": "us-east-1",
        "userIdentity": { "accountId": "111122223333" },
        "requestParameters": { "name": "a" },
        "responseElements": { "resourceShare": { "creationTime": "2026-01-31T12:00:00.000Z" } },
    })
}

#[test]
fn cloudtrail_is_read_compressed_too() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(json!({ "Records": [trail_event()] }).to_string().as_bytes()).unwrap();
    let (format, events) = read_from("a.json.gz", &gzip.finish().unwrap());
    assert_eq!(format, "cloudtrail");
    let event = events[0].as_ref().unwrap();
    assert_eq!(event.caller, Account::from_id("111122223333"));
    let Answer::Partly { body } = &event.answer else { panic!("{event:?}") };
    assert!(body.contains("\"creationTime\":1769860800"), "{body}");
}

#[test]
fn answers_of_ec2_are_read_from_cloudtrail_as_ec2_writes_them() {
    let mut made = trail_event();
    made["eventSource"] = json!("ec2.amazonaws.com");
    made["eventName"] = json!("RunInstances");
    made["responseElements"] = json!({
        "instancesSet": { "items": [{ "instanceId": "i-1", "launchTime": 5 }] },
        "requestId": "a&b",
    });
    let event = event_of("a.json", &made.to_string());
    let body = "<RunInstancesResponse><instancesSet><item><instanceId>i-1</instanceId></item></instancesSet>\
         <requestId>a&amp;b</requestId></RunInstancesResponse>";
    assert_eq!(event.answer, Answer::Partly { body: body.to_owned() });
}

#[test]
fn cloudtrail_tells_refusals_and_no_answers_to_reads() {
    let mut refused = trail_event();
    refused["errorCode"] = json!("Client.InvalidSubnetID.NotFound");
    let mut read = trail_event();
    read["eventName"] = json!("GetResourceShares");
    read["responseElements"] = Value::Null;
    let lines = format!("{refused}\n{read}\n");
    let (_, events) = read_from("a.jsonl", lines.as_bytes());
    let answers: Vec<_> = events.into_iter().map(|it| it.unwrap().answer).collect();
    let code = "InvalidSubnetID.NotFound".to_owned();
    assert_eq!(answers, [Answer::Refused { code, message: String::new() }, Answer::Granted]);
}

#[test]
fn placebo_is_read_by_the_names_of_its_files() {
    let content = json!({ "status_code": 200, "data": {
        "ResponseMetadata": {},
        "resourceShares": [{ "creationTime": {
            "__class__": "datetime", "year": 1970, "month": 1, "day": 2, "hour": 0, "minute": 0,
            "second": 1, "microsecond": 5,
        } }],
    } });
    let event = event_of("ram.GetResourceShares_1.json", &content.to_string());
    assert_eq!((event.operation.as_str(), event.request), ("GetResourceShares", None));
    let body = "{\"resourceShares\":[{\"creationTime\":86401}]}".to_owned();
    assert_eq!(event.answer, Answer::Whole { status: 200, body, error: None });
}

#[test]
fn placeholders_of_a_snapshot_are_left_out() {
    let content = json!({ "a test": { "recorded-date": "", "recorded-content": {
        "ram-create-resource-share": {
            "resourceShare": { "name": "<name:1>", "status": "ACTIVE" },
            "ResponseMetadata": { "HTTPStatusCode": 200 },
        },
    } } });
    let event = event_of("a.snapshot.json", &content.to_string());
    assert_eq!(event.operation, "CreateResourceShare");
    let body = "{\"resourceShare\":{\"status\":\"ACTIVE\"}}".to_owned();
    assert_eq!(event.answer, Answer::Whole { status: 200, body, error: None });
}

#[test]
fn a_file_of_no_known_format_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "notes").unwrap();
    let error = format_of(&path).unwrap_err();
    assert!(error.to_string().contains("notes.txt is in no format"), "{error}");
}

#[test]
fn a_folder_is_read_in_the_order_of_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a_10.json", "a_9.json", "b/a_1.json"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let found = files(folder.path()).unwrap();
    let found: Vec<PathBuf> =
        found.iter().map(|it| it.strip_prefix(folder.path()).unwrap().to_owned()).collect();
    assert_eq!(found, ["a_9.json", "a_10.json", "b/a_1.json"].map(PathBuf::from));
}

#[test]
fn the_last_page_of_a_list_has_no_token() {
    let event = |body: &str| Event {
        place: Place { file: Path::new("a").into(), line: 1 },
        caller: None,
        region: None,
        time: None,
        service: "ec2".to_owned(),
        operation: "DescribeSubnets".to_owned(),
        request: Some(json!({ "NextToken": "a" })),
        answer: Answer::Whole { status: 200, body: body.to_owned(), error: None },
    };
    let page = event("<A><nextToken>b</nextToken></A>");
    assert_eq!((page.page_token(), page.next_page()), (Some("a".to_owned()), Some("b".to_owned())));
    assert_eq!(event("<A><nextToken></nextToken></A>").next_page(), None);
    assert_eq!(event("<A><nextToken/></A>").next_page(), None);
}
