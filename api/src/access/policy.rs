//! Who may do what: one table. Every decision in Rödtråd is read from it.

use entity::vocabulary::Role;

/// What somebody wants to do on a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See what is published.
    Read,
    /// Record outcomes, assess, submit.
    Report,
    /// Write plans and what is in them.
    Plan,
    /// Approve, return, reopen.
    Approve,
    /// Units, definitions, grants, calendar.
    Administer,
    /// Synchronise with another system.
    Sync,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Report, Self::Plan, Self::Approve, Self::Administer, Self::Sync];
}

/// What each role may do on its unit and everything below it.
pub const POLICY: [(Role, &[Action]); 6] = {
    use Action::{Administer, Approve, Plan, Read, Report, Sync};
    [
        (Role::Reader, &[Read]),
        (Role::Reporter, &[Read, Report]),
        (Role::Planner, &[Read, Report, Plan]),
        (Role::Controller, &[Read, Report, Plan, Approve]),
        (Role::Admin, &[Read, Report, Plan, Approve, Administer]),
        (Role::Integration, &[Read, Sync]),
    ]
};

/// Whether a role allows an action.
#[must_use]
pub fn allows(role: Role, action: Action) -> bool {
    POLICY.iter().any(|(holder, actions)| *holder == role && actions.contains(&action))
}

/// Whether a role sees drafts and preliminary outcomes: all but plain readers do.
#[must_use]
pub const fn sees_drafts(role: Role) -> bool {
    !matches!(role, Role::Reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_reads_and_only_readers_miss_drafts() {
        for role in Role::ALL.iter().copied() {
            assert!(allows(role, Action::Read), "{role:?}");
            assert_eq!(sees_drafts(role), role != Role::Reader, "{role:?}");
        }
    }

    #[test]
    fn the_staircase_of_roles_only_adds() {
        let stairs = [Role::Reader, Role::Reporter, Role::Planner, Role::Controller, Role::Admin];
        for pair in stairs.windows(2) {
            let [lower, higher] = pair else { unreachable!("windows of two") };
            for action in Action::ALL {
                assert!(!allows(*lower, action) || allows(*higher, action), "{lower:?} {action:?}");
            }
        }
    }

    #[test]
    fn only_integrations_synchronise() {
        let may: Vec<_> = Role::ALL.iter().filter(|role| allows(**role, Action::Sync)).collect();
        assert_eq!(may, [&Role::Integration]);
    }
}
