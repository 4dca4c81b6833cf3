//! EC2, served from the model.

use bellwether_model::Account;
use bytes::Bytes;
use http::{Response, StatusCode};

use super::{State, query};

/// Answers a request to EC2.
pub fn serve(state: &mut State, _account: Account, form: &[(String, String)]) -> Response<Bytes> {
    let action = query::value(form, "Action").unwrap_or_default();
    let message = format!("The action {action} is not valid for this web service.");
    query::ec2_error(state, StatusCode::BAD_REQUEST, "InvalidAction", &message)
}
