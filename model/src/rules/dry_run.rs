//! Dry runs: calls that are only to be tried.

use super::{Rule, refuses, source};

/// The rules of this topic.
pub static RULES: &[&Rule] = &[&ANSWERED_WITHOUT_EFFECT];

/// The answer to a dry run.
pub static ANSWERED_WITHOUT_EFFECT: Rule = refuses(
    "dry-run/answered-without-effect",
    "A dry run of a call that would be granted is refused as a dry run, and one of a call that would be refused is refused too, as a dry run or as the call itself; neither changes anything.",
    &["DryRunOperation"],
)
.documented_and_recorded(&[
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
        "DryRun: permissions are checked and the request is not made; the error is DryRunOperation where the caller has the permissions",
    ),
    source(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
        "DryRunOperation: the request would have succeeded, and DryRun was set",
    ),
    source(
        "github.com/aws/aws-parallelcluster cli/src/pcluster/aws/ec2.py",
        "takes DryRunOperation for success and any other error of a tried launch for a failure",
    ),
    source(
        "github.com/aws/aws-cli issue 8873",
        "a dry run of ImportImage is answered by DryRunOperation, and the call itself is refused then",
    ),
])
.rows(&["DRY-01", "DRY-08", "COST-04"]);
