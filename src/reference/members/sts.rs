//! The parameters of STS.

use super::Reads;

/// The operations of STS that are served.
pub static STS: Reads = Reads {
    service: "sts",
    title: "STS",
    code: "ValidationError",
    operations: &[
        (
            "AssumeRole",
            "DurationSeconds ~ExternalId ~Policy ~PolicyArns.arn RoleArn RoleSessionName \
             ~SerialNumber ~SourceIdentity ~Tags.Key ~Tags.Value ~TokenCode ~TransitiveTagKeys",
        ),
        ("GetCallerIdentity", ""),
        ("GetSessionToken", "DurationSeconds ~SerialNumber ~TokenCode"),
    ],
};
