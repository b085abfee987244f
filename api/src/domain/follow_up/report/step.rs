//! The life of a report, as one table.

use entity::vocabulary::ReportStatus::{self, Approved, Draft, Returned, Submitted};

use crate::access::policy::Action;

/// What somebody does to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Hands it in (lämnar in).
    Submit,
    /// Sends it back (återlämnar).
    Return,
    /// Approves and locks it (godkänner).
    Approve,
    /// Unlocks it (öppnar igen).
    Reopen,
}

/// When a step takes a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has to say why.
    Optional,
    /// Only when reports that it draws on are not approved.
    WhenIncomplete,
    /// Always.
    Required,
}

/// Who may take a step, from where, and where it leads.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The step.
    pub step: Step,
    /// What one has to be allowed to do on the report's unit.
    pub action: Action,
    /// The states in which it can be taken.
    pub from: &'static [ReportStatus],
    /// The state to which it leads.
    pub to: ReportStatus,
    /// Whether one has to say why.
    pub reason: Reason,
}

/// Every step. What is not here cannot be done.
#[rustfmt::skip]
pub const RULES: [Rule; 4] = [
    Rule { step: Step::Submit,  action: Action::Report,  from: &[Draft, Returned], to: Submitted, reason: Reason::WhenIncomplete },
    Rule { step: Step::Return,  action: Action::Approve, from: &[Submitted],       to: Returned,  reason: Reason::Required },
    Rule { step: Step::Approve, action: Action::Approve, from: &[Submitted],       to: Approved,  reason: Reason::Optional },
    Rule { step: Step::Reopen,  action: Action::Approve, from: &[Approved],        to: Returned,  reason: Reason::Required },
];

impl Step {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Submit, Self::Return, Self::Approve, Self::Reopen];

    /// The rule of the step.
    #[must_use]
    pub fn rule(self) -> Rule {
        let [submit, returning, approve, reopen] = RULES;
        match self {
            Self::Submit => submit,
            Self::Return => returning,
            Self::Approve => approve,
            Self::Reopen => reopen,
        }
    }

    /// Where it leads from a state, if it can be taken there.
    #[must_use]
    pub fn from(self, status: ReportStatus) -> Option<ReportStatus> {
        let rule = self.rule();
        rule.from.contains(&status).then_some(rule.to)
    }
}

/// Whether a report can be written on in that state.
#[must_use]
pub const fn is_open(status: ReportStatus) -> bool {
    matches!(status, Draft | Returned)
}

#[cfg(test)]
mod tests {
    use entity::vocabulary::Role;

    use super::*;
    use crate::access::policy::allows;

    /// The whole of it, as one reads it: state, step, the roles that may, and the state after.
    const TOLD: &str = "
        DRAFT     Submit   REPORTER PLANNER CONTROLLER ADMIN  SUBMITTED
        RETURNED  Submit   REPORTER PLANNER CONTROLLER ADMIN  SUBMITTED
        SUBMITTED Return   CONTROLLER ADMIN                   RETURNED
        SUBMITTED Approve  CONTROLLER ADMIN                   APPROVED
        APPROVED  Reopen   CONTROLLER ADMIN                   RETURNED
    ";

    #[test]
    fn every_state_step_and_role_is_as_told() {
        let told: Vec<Vec<&str>> =
            TOLD.trim().lines().map(|line| line.split_whitespace().collect()).collect();
        for step in Step::ALL {
            assert_eq!(step.rule().step, step);
            for status in ReportStatus::ALL.iter().copied() {
                let name = format!("{step:?}");
                let line = told.iter().find(|line| line[0] == status.as_str() && line[1] == name);
                let to = step.from(status).map(ReportStatus::as_str);
                assert_eq!(to, line.and_then(|line| line.last().copied()), "{status:?} {step:?}");
                for role in Role::ALL.iter().copied() {
                    let may = to.is_some() && allows(role, step.rule().action);
                    let told = line.is_some_and(|line| line.contains(&role.as_str()));
                    assert_eq!(may, told, "{status:?} {step:?} {role:?}");
                }
            }
        }
    }

    #[test]
    fn who_takes_something_back_says_why() {
        let why = |step: Step| step.rule().reason;
        assert_eq!(
            Step::ALL.map(why),
            [Reason::WhenIncomplete, Reason::Required, Reason::Optional, Reason::Required]
        );
    }

    #[test]
    fn nothing_is_written_on_what_was_handed_in() {
        let open: Vec<_> =
            ReportStatus::ALL.iter().copied().filter(|status| is_open(*status)).collect();
        assert_eq!(open, [Draft, Returned]);
        // What is handed in can always be taken up again.
        for status in [Submitted, Approved] {
            assert!(Step::ALL.iter().any(|step| step.from(status).is_some_and(is_open)));
        }
    }
}
