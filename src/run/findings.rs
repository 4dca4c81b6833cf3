//! The divergences of a play, the first of each origin.

use std::collections::BTreeSet;
use std::time::Duration;

use bellwether_model::answer::Key;
use bellwether_model::judge::{Difference, Divergence, ExpectedPart};
use bellwether_model::{Account, Call, Name};

use super::role::Role;
use super::view_reads::ViewRead;

/// The origin of a divergence: divergences of one origin are one finding.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The name of the rule that is broken.
    pub rule: &'static str,
    /// The way in which it is broken.
    pub difference: Difference,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The caller's role.
    pub role: Role,
    /// The field that is wrong, by the API's own name; `None` if the divergence is about no field.
    pub field: Option<&'static str>,
}

impl Origin {
    /// Returns its id: rule, kind, operation, role and field, in characters that a file name may have.
    #[must_use]
    pub fn id(&self) -> String {
        let Self { rule, difference, operation, role, field } = self;
        let (rule, difference) = (rule.replace('/', "."), difference.as_str());
        let field = field.map(|field| format!(".{}", field.replace('/', "-"))).unwrap_or_default();
        format!("{rule}.{difference}.{operation}.{role}{field}")
    }

    /// The origin of a divergence that the answer to this operation showed to an account in this part.
    #[must_use]
    pub fn of(divergence: &Divergence, operation: &'static str, role: Role) -> Self {
        let Divergence { rule, difference, .. } = divergence;
        let field = match &divergence.expected {
            ExpectedPart::Field { name, .. } if *difference == Difference::WrongField => {
                Some(*name)
            }
            ExpectedPart::Field { .. }
            | ExpectedPart::Granted
            | ExpectedPart::Answered { .. }
            | ExpectedPart::Refused(_)
            | ExpectedPart::Listed
            | ExpectedPart::NotListed => None,
        };
        Self { rule: rule.name, difference: *difference, operation, role, field }
    }
}

/// A divergence, and where it showed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The divergence: the expected part of the answer, and the observed one.
    pub divergence: Divergence,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The caller's role.
    pub role: Role,
    /// The step after which, or in whose answer, it showed; counted from 0.
    pub step: usize,
    /// The steps until then that the target had to grant and did not: what is expected after them is
    /// expected as if they had not been.
    pub wrongly_refused_steps: Vec<usize>,
    /// The read that showed it; `None` if it was the step's own answer.
    pub view_read: Option<ViewRead>,
    /// The time after the step for which it was still so.
    pub waited: Duration,
    /// The requests of the play until then.
    pub requests: u64,
}

impl Finding {
    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::of(&self.divergence, self.operation, self.role)
    }
}

/// The place of a divergence in a play.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The step after which, or in whose answer, it showed.
    pub(super) step: usize,
    /// The read that showed it; `None` if it was the step's own answer.
    pub(super) view_read: Option<ViewRead>,
    /// The operation that was called.
    pub(super) operation: &'static str,
    /// The time since the last change.
    pub(super) waited: Duration,
    /// The requests of the play until then.
    pub(super) requests: u64,
}

/// The findings of a play so far, and their effect on the judging of later steps.
#[derive(Debug, Default)]
pub(super) struct FindingSet {
    findings: Vec<Finding>,
    /// The resources that a view read has missed, by the account that is to see them.
    lost: BTreeSet<(Account, Name)>,
    /// The steps that had to be granted and were not.
    wrongly_refused_steps: Vec<usize>,
}

impl FindingSet {
    /// The divergences, in the order in which they showed.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether a divergence of this origin was found.
    pub(super) fn has(&self, origin: &Origin) -> bool {
        self.findings.iter().any(|finding| finding.origin() == *origin)
    }

    /// Notes a step that had to be granted and was not.
    pub(super) fn note_wrongly_refused(&mut self, step: usize) {
        self.wrongly_refused_steps.push(step);
    }

    /// Whether a call names something that the target hides wrongly from the caller: it then refuses the
    /// call as naming what is missing, which is one fault and not two.
    pub(super) fn is_blinded(&self, account: Account, call: &Call) -> bool {
        let is_lost = |name: &&Name| self.lost.contains(&(account, (*name).clone()));
        call.names().iter().any(is_lost)
    }

    /// The finding for a divergence that showed at a place to an account in this part.
    pub(super) fn finding(&self, divergence: Divergence, role: Role, place: Place) -> Finding {
        let Place { step, view_read, operation, waited, requests } = place;
        let wrongly_refused_steps = self.wrongly_refused_steps.clone();
        Finding {
            divergence,
            operation,
            role,
            step,
            wrongly_refused_steps,
            view_read,
            waited,
            requests,
        }
    }

    /// Adds a finding, unless one of the same origin is there.
    pub(super) fn add(&mut self, finding: Finding) {
        if let (Difference::Lost, Some(view_read), Some(Key::Resource(name))) =
            (finding.divergence.difference, &finding.view_read, &finding.divergence.key)
        {
            self.lost.insert((view_read.account, name.clone()));
        }
        if !self.has(&finding.origin()) {
            self.findings.push(finding);
        }
    }

    /// The divergences, once the play is over.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

#[cfg(test)]
pub(super) mod tests {
    use bellwether_model::Answer;
    use bellwether_model::answer::{Expected, Field, Reply, Row, Value};
    use bellwether_model::judge::{Observation, Observed, judge};
    use bellwether_model::operations::ec2;
    use bellwether_model::parameters::Reference;
    use bellwether_model::rules::{read, visibility};

    use super::*;

    /// The divergence of a list that lacks this resource.
    pub(in crate::run) fn lost(name: &str) -> Divergence {
        let mut reply = Reply::granted(&read::GRANTED);
        reply.rows.push(Row::expected(Key::Resource(Name::new(name)), &read::GRANTED));
        let empty = Observation::Granted(Observed::default());
        judge(&Answer::Granted(reply), &empty).diverges.remove(0)
    }

    fn place(step: usize, account: Account) -> Place {
        let call = ec2::DescribeVpcs::default().into();
        let view_read = Some(ViewRead { account, call });
        Place { step, view_read, operation: "DescribeVpcs", waited: Duration::ZERO, requests: 7 }
    }

    fn delete(name: &str) -> Call {
        ec2::DeleteVpc { vpc_id: Reference::Named(Name::new(name)) }.into()
    }

    #[test]
    fn divergences_of_one_origin_are_one_finding() {
        let mut found = FindingSet::default();
        for (step, name, role) in
            [(0, "a", Role::Owner), (1, "b", Role::Owner), (2, "a", Role::Consumer)]
        {
            let finding = found.finding(lost(name), role, place(step, Account::OWNER));
            found.add(finding);
        }
        let steps: Vec<_> = found.findings().iter().map(|it| (it.step, it.origin().role)).collect();
        assert_eq!(steps, [(0, Role::Owner), (2, Role::Consumer)]);
        assert!(found.has(&Origin::of(&lost("c"), "DescribeVpcs", Role::Owner)));
        assert!(!found.has(&Origin::of(&lost("c"), "DescribeSubnets", Role::Owner)));
        let leak = Divergence { rule: &visibility::HIDDEN_ONCE_REVOKED, ..lost("a") };
        assert!(!found.has(&Origin::of(&leak, "DescribeVpcs", Role::Owner)));
    }

    #[test]
    fn fields_of_one_answer_that_are_wrong_are_findings_of_their_own() {
        let wrong = |name| {
            let mut reply = Reply::granted(&read::GRANTED);
            let expected = Expected::Text("expected".into());
            reply.fields.push(Field { name, expected, rule: &read::GRANTED });
            let other = Observed::default().with(name, Value::Text("observed".into()));
            let divergence = judge(&Answer::Granted(reply), &Observation::Granted(other));
            Origin::of(&divergence.diverges[0], "UpdateResourceShare", Role::Owner)
        };
        assert_eq!(wrong("name").field, Some("name"));
        assert_ne!(wrong("name"), wrong("allowExternalPrincipals"));
        assert_eq!(Origin::of(&lost("a"), "DescribeVpcs", Role::Owner).field, None);
    }

    #[test]
    fn a_resource_lost_to_one_account_blinds_no_other() {
        let mut found = FindingSet::default();
        let finding = found.finding(lost("vpc"), Role::Owner, place(0, Account::OWNER));
        found.add(finding);
        assert!(found.is_blinded(Account::OWNER, &delete("vpc")));
        assert!(!found.is_blinded(Account::CONSUMER, &delete("vpc")));
        assert!(!found.is_blinded(Account::OWNER, &delete("other")));
    }

    #[test]
    fn a_finding_keeps_the_steps_that_were_wrongly_refused_before_it() {
        let mut found = FindingSet::default();
        found.note_wrongly_refused(1);
        let early = found.finding(lost("vpc"), Role::Owner, place(2, Account::OWNER));
        found.note_wrongly_refused(3);
        assert_eq!(early.wrongly_refused_steps, [1]);
    }
}
