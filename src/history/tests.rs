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

/// What vcrpy records of two calls of boto3, the second of which is refused.
const CASSETTE: &str = r#"interactions:
- request:
    body: '{"name": "\u00e9 ''a''", "principals": ["444455556666"]}'
    headers:
      Authorization:
      - !!binary |
        QVdTNC1ITUFDLVNIQTI1NiBDcmVkZW50aWFsPTExMTEyMjIyMzMzMy8yMDI2MTEzMC91cy1lYXN0
        LTEvcmFtL2F3czRfcmVxdWVzdCwgU2lnbmVkSGVhZGVycz1ob3N0LCBTaWduYXR1cmU9MA==
      X-Amz-Date:
      - !!binary |
        MTk3MDAxMDFUMDAwMTAyWg==
    method: POST
    uri: http://127.0.0.1:5111/createresourceshare
  response:
    body:
      string: "{\"resourceShare\":{\"name\":\"\xE9 'a'\"}}"
    headers:
      Content-Type:
      - application/json
    status:
      code: 200
      message: OK
- request:
    body: null
    headers: {}
    method: post
    uri: http://127.0.0.1:5111/getresourceshares
  response:
    body:
      string: '{"message":"no"}'
    headers:
      x-amzn-ErrorType:
      - UnknownResourceException
    status:
      code: 400
      message: Bad Request
version: 1
"#;

#[test]
fn a_cassette_is_read_by_its_interactions() {
    let (format, events) = read_from("a.yaml", CASSETTE.as_bytes());
    assert_eq!(format, "vcr");
    let [made, refused] = &events[..] else { panic!("{events:?}") };
    let (made, refused) = (made.as_ref().unwrap(), refused.as_ref().unwrap());
    assert_eq!(made.operation, "CreateResourceShare");
    assert_eq!(made.caller, Account::from_id("111122223333"));
    assert_eq!(made.request.as_ref().unwrap()["name"], "é 'a'");
    assert_eq!(made.time, Some(Span { begin: 62_000_000, end: 63_000_000 }));
    let body = "{\"resourceShare\":{\"name\":\"é 'a'\"}}".to_owned();
    assert_eq!(made.answer, Answer::Whole { status: 200, body, error: None });
    assert_eq!((refused.place.line, refused.time), (23, None));
    let error = Some("UnknownResourceException".to_owned());
    let body = "{\"message\":\"no\"}".to_owned();
    assert_eq!(refused.answer, Answer::Whole { status: 400, body, error });
}

#[test]
fn of_a_cassette_that_is_cut_only_whole_interactions_are_read() {
    let whole = read_from("a.yaml", CASSETTE.as_bytes()).1;
    for end in CASSETTE.find("  response").unwrap()..CASSETTE.len() {
        let (_, events) = read_from("a.yaml", &CASSETTE.as_bytes()[..end]);
        let read: Vec<_> = events.iter().filter_map(|event| event.as_ref().ok()).collect();
        for (event, whole) in read.iter().zip(&whole) {
            let whole = whole.as_ref().unwrap();
            let is_lost = event.answer == Answer::Lost;
            assert!(is_lost || event.answer == whole.answer, "{end}: {event:?}");
        }
    }
}

#[test]
fn cassettes_of_go_and_ruby_are_read_too() {
    let of_go = r#"---
version: 2
interactions:
    - id: 0
      request:
        body: '{"resourceOwner":"SELF"}'
        headers:
            X-Amz-Date: [19700101T000001Z]
        url: https://ram.eu-west-1.amazonaws.com/getresourceshares
        method: POST
      response:
        body: '{"resourceShares":[]}'
        headers: {}
        status: 200 OK
        code: 200
        duration: 100ms
"#;
    let of_ruby = r#"---
http_interactions:
- request:
    method: post
    uri: https://ram.eu-west-1.amazonaws.com/getresourceshares
    body:
      encoding: UTF-8
      string: '{"resourceOwner":"SELF"}'
    headers:
      X-Amz-Date:
      - 19700101T000001Z
  response:
    status:
      code: 200
      message: OK
    headers: {}
    body:
      encoding: ASCII-8BIT
      base64_string: |
        eyJyZXNvdXJjZVNoYXJlcyI6W119
  recorded_at: Thu, 01 Jan 1970 00:00:01 GMT
recorded_with: VCR 6.2.0
"#;
    for cassette in [of_go, of_ruby] {
        let event = event_of("a.yml", cassette);
        assert_eq!(event.operation, "GetResourceShares");
        assert_eq!(event.request, Some(json!({ "resourceOwner": "SELF" })));
        assert_eq!(event.time.unwrap().begin, 1_000_000);
        let body = "{\"resourceShares\":[]}".to_owned();
        assert_eq!(event.answer, Answer::Whole { status: 200, body, error: None });
    }
}

/// What botocore logs of a call, of which `REQUEST` is the request's line behind the names.
const LOGGED: &str = r#"2026-01-31 13:00:00,000 botocore.loaders [DEBUG] Loading JSON file: a.json
2026-01-31 13:00:00,449 botocore.endpoint [DEBUG] Making request for OperationModel(name=CreateResourceShare) with params: {'url_path': '/createresourceshare', 'query_string': {}, 'method': 'POST', 'headers': {}, 'body': b'{"name": "\\u00e9"}', 'url': 'http://a', 'context': {'client_config': <botocore.config.Config object at 0x7f>}}
2026-01-31 13:00:00,451 botocore.endpoint [DEBUG] Sending http request: <AWSPreparedRequest stream_output=False, method=POST, url=http://a, headers={'X-Amz-Date': b'20260131T120000Z', 'Authorization': b'AWS4-HMAC-SHA256 Credential=111122223333/20260131/us-east-1/ram/aws4_request, Signature=0', 'amz-sdk-request': b'attempt=1; max=3'}>
2026-01-31 13:00:00,465 urllib3.connectionpool [DEBUG] http://a "POST /createresourceshare HTTP/1.1" 400 16
2026-01-31 13:00:00,466 botocore.parsers [DEBUG] Response headers: {'x-amzn-ErrorType': 'UnknownResourceException'}
2026-01-31 13:00:00,466 botocore.parsers [DEBUG] Response body:
b'{"message":"it\'s"}'
2026-01-31 13:00:00,467 botocore.parsers [DEBUG] Response headers: {'x-amzn-ErrorType': 'UnknownResourceException'}
2026-01-31 13:00:00,467 botocore.parsers [DEBUG] Response body:
b'{"message":"it\'s"}'
"#;

#[test]
fn the_debug_log_of_botocore_is_read() {
    let (format, events) = read_from("a.log", LOGGED.as_bytes());
    assert_eq!(format, "botocore-log");
    let [event] = &events[..] else { panic!("{events:?}") };
    let event = event.as_ref().unwrap();
    assert_eq!(event.operation, "CreateResourceShare");
    assert_eq!(event.request, Some(json!({ "name": "é" })));
    assert_eq!((event.caller, event.place.line), (Account::from_id("111122223333"), 3));
    let noon = moment("2026-01-31T12:00:00Z").unwrap();
    assert_eq!(event.time, Some(Span { begin: noon + 451_000, end: noon + 466_000 }));
    let body = "{\"message\":\"it's\"}".to_owned();
    let error = Some("UnknownResourceException".to_owned());
    assert_eq!(event.answer, Answer::Whole { status: 400, body, error });
}

#[test]
fn a_log_in_which_threads_are_mixed_gives_no_answers() {
    let lines: Vec<&str> = LOGGED.lines().collect();
    let [making, sending, answer] = [&lines[1..2], &lines[2..3], &lines[3..7]];
    let mixed = [&lines[..1], making, sending, making, sending, answer, answer].concat();
    let (_, events) = read_from("a.log", mixed.join("\n").as_bytes());
    let mut answers = events.iter().flatten().map(|event| &event.answer);
    assert!(answers.all(|it| matches!(it, Answer::Lost | Answer::Unrecorded)), "{events:?}");
    assert_eq!(events.iter().flatten().count(), 2, "both calls are known");
    let unreadable: Vec<_> = events.iter().filter_map(|event| event.as_ref().err()).collect();
    assert!(unreadable[0].why.contains("several threads"), "{unreadable:?}");
}

#[test]
fn a_log_that_names_its_threads_gives_each_its_answer() {
    let of_thread = |line: &str, thread: &str| match line.split_once(" botocore.") {
        Some((time, rest)) => {
            format!("{time} - {thread} - botocore.{}", rest.replacen(" [DEBUG] ", " - DEBUG - ", 1))
        }
        None => line.replacen(
            " urllib3.connectionpool [DEBUG] ",
            &format!(" - {thread} - urllib3.connectionpool - DEBUG - "),
            1,
        ),
    };
    let lines: Vec<&str> = LOGGED.lines().collect();
    let of = |range: std::ops::Range<usize>, thread| {
        lines[range].iter().map(|line| of_thread(line, thread)).collect::<Vec<_>>()
    };
    let mixed = [of(1..3, "One"), of(1..3, "Two"), of(3..7, "Two"), of(3..7, "One")].concat();
    let (_, events) = read_from("a.log", mixed.join("\n").as_bytes());
    assert_eq!(events.len(), 2, "{events:?}");
    for event in events {
        assert!(event.unwrap().was_refused());
    }
}

#[test]
fn results_of_cloudtrail_lake_are_read_where_maps_are_json() {
    let rows = "eventTime,eventSource,eventName,awsRegion,useridentity.accountid,errorCode,requestParameters\n\
         2026-01-31 12:00:00.000,ram.amazonaws.com,DeleteResourceShare,us-east-1,111122223333,,\"{\"\"resourceShareArn\"\":\"\"a\"\"}\"\n\
         2026-01-31 12:00:01.000,ram.amazonaws.com,DeleteResourceShare,us-east-1,111122223333,,{resourceShareArn=a}\n\
         2026-01-31 12:00:02.000,ram.amazonaws.com,Del";
    let (format, events) = read_from("a.csv", rows.as_bytes());
    assert_eq!(format, "cloudtrail-lake");
    let event = events[0].as_ref().unwrap();
    assert_eq!(event.request, Some(json!({ "resourceShareArn": "a" })));
    assert_eq!((event.caller, &event.answer), (Account::from_id("111122223333"), &Answer::Granted));
    assert_eq!(event.time.unwrap().begin, moment("2026-01-31T12:00:00Z").unwrap());
    assert_eq!(events[1].as_ref().unwrap().request, None, "a map as text is not guessed");
    assert!(events[2].is_err(), "the last row is cut");
}

#[test]
fn of_files_that_are_cut_the_part_before_is_read() {
    let trail = json!({ "Records": [trail_event(), trail_event()] }).to_string();
    let (_, events) = read_from("a.json", &trail.as_bytes()[..trail.len() - 40]);
    assert!(events[0].is_ok() && events[1].is_err() && events.len() == 2, "{events:?}");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gzip.write_all(trail.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let (_, events) = read_from("a.json.gz", &packed[..packed.len() - 60]);
    assert!(events[0].is_ok() && events[1].is_err() && events.len() == 2, "{events:?}");
    let unreadable = events[1].as_ref().unwrap_err().to_string();
    assert!(unreadable.contains("cut or damaged"), "{unreadable}");
}

#[test]
fn what_lookup_events_answers_is_read() {
    let found =
        json!({ "Events": [{ "EventId": "1", "CloudTrailEvent": trail_event().to_string() }] });
    let event = event_of("a.json", &found.to_string());
    assert_eq!(event.operation, "CreateResourceShare");
}

#[test]
fn an_event_of_several_lines_is_read() {
    let event = event_of("a.json", &serde_json::to_string_pretty(&trail_event()).unwrap());
    assert_eq!(event.operation, "CreateResourceShare");
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
