//! What is kept of an exchange: nothing that is a secret, or may be one.

use bellwether_model::operations::OPERATIONS;

use crate::history::exchange::Exchange;

/// The parameters of operations of the model that may hold secrets.
const SECRET_PARAMETERS: [&str; 1] = ["UserData"];

/// The services whose operations the model has, by the names that they sign requests with.
const SERVICES: [&str; 7] = [
    "ec2",
    "license-manager",
    "organizations",
    "ram",
    "route53",
    "route53profiles",
    "route53resolver",
];

/// An exchange without what may be a secret: the bodies of operations outside the model are left out but for the
/// ids in the request, and so are signatures in query strings.
pub(super) fn without_secrets(mut exchange: Exchange) -> Exchange {
    let called = exchange.called();
    let is_of_the_model = SERVICES.contains(&called.service.as_str())
        && OPERATIONS.iter().any(|it| it.name == called.operation);
    exchange.query = public(&exchange.query);
    if is_of_the_model {
        exchange.request = exchange.request.map(|body| {
            let may_be_secret = SECRET_PARAMETERS.iter().any(|name| body.contains(name));
            if may_be_secret { public(&body) } else { body }
        });
        return exchange;
    }
    exchange.ids = exchange.named_ids();
    exchange.service = Some(called.service);
    exchange.operation = Some(called.operation);
    exchange.request = None;
    exchange.answer = None;
    exchange.query = String::new();
    exchange
}

/// A form without signatures and parameters that may hold secrets.
fn public(form: &str) -> String {
    if form.is_empty() {
        return String::new();
    }
    let mut kept = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(form.as_bytes()) {
        if !name.starts_with("X-Amz-") && !SECRET_PARAMETERS.contains(&&*name) {
            kept.append_pair(&name, &value);
        }
    }
    kept.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::exchange::Accounts;

    fn exchange(service: &str, request: &str, answer: &str) -> Exchange {
        Exchange {
            service: Some(service.to_owned()),
            method: "POST".to_owned(),
            path: "/".to_owned(),
            request: Some(request.to_owned()),
            answer: Some(answer.to_owned()),
            status: Some(200),
            key: Some("AKIAEXAMPLE".to_owned()),
            ..Exchange::default()
        }
    }

    #[test]
    fn answers_with_credentials_are_not_kept() {
        let answer = "<AssumeRoleResponse><Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn>\
             <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>hidden</SecretAccessKey>\
             <SessionToken>hidden</SessionToken></AssumeRoleResponse>";
        let exchange = exchange("sts", "Action=AssumeRole&Version=2011-06-15", answer);
        let mut accounts = Accounts::default();
        accounts.learn(&exchange);
        assert_eq!(accounts.of_key("ASIAEXAMPLE"), Some("111122223333"));
        let kept = serde_json::to_string(&without_secrets(exchange)).unwrap();
        assert!(!kept.contains("hidden") && !kept.contains("EXAMPLE"), "{kept}");
        assert!(kept.contains("AssumeRole"), "{kept}");
    }

    #[test]
    fn of_operations_outside_the_model_the_ids_remain() {
        let request = "Action=ModifyVpcAttribute&Version=2016-11-15\
             &VpcId=vpc-0123456789abcdef0&Password=hidden";
        let kept = without_secrets(exchange("ec2", request, "<KeyMaterial>hidden</KeyMaterial>"));
        assert_eq!(kept.ids, ["vpc-0123456789abcdef0"]);
        assert_eq!(kept.operation.as_deref(), Some("ModifyVpcAttribute"));
        assert_eq!((kept.request, kept.answer), (None, None));
    }

    #[test]
    fn user_data_and_signatures_are_left_out() {
        let request = "Action=RunInstances&Version=2016-11-15&UserData=hidden&SubnetId=subnet-1";
        let mut signed = exchange("ec2", request, "");
        signed.query = "X-Amz-Signature=hidden&a=b".to_owned();
        let kept = without_secrets(signed);
        assert_eq!(kept.query, "a=b");
        assert_eq!(
            kept.request.as_deref(),
            Some("Action=RunInstances&Version=2016-11-15&SubnetId=subnet-1")
        );
    }
}
