//! Who asks, and how far that person sees.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use entity::{
    access::role_grant,
    sight::{Reach, Sight},
    vocabulary::{ActorKind, Role},
};
use uuid::Uuid;

use super::policy::{self, Action};
use crate::error::{Error, Result};

/// The language that messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Svenska.
    Swedish,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The one of the two that an `Accept-Language` header likes better; English when it names neither.
    #[must_use]
    pub fn preferred(header: Option<&str>) -> Self {
        let mut best = (0.0_f32, Self::English);
        for part in header.unwrap_or_default().split(',') {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight =
                rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok());
            let language = match tag.trim().split('-').next() {
                Some("sv") => Self::Swedish,
                Some("en") => Self::English,
                _ => continue,
            };
            if let Some(weight) = weight.filter(|weight| *weight > best.0) {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// Somebody whose token was good.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Principal {
    /// Person, service or Rödtråd itself.
    pub kind: ActorKind,
    /// The token's subject.
    pub subject: String,
    /// The token's name for it.
    pub name: Option<String>,
    /// Groups, for grants to groups.
    pub groups: Vec<String>,
    /// Whether it may make new organisations.
    pub operator: bool,
}

/// All of a viewer that decides what it is answered, but for who it is: viewers with the same see the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View {
    signed_in: bool,
    operator: bool,
    public_read: bool,
    /// In order, and each once.
    roles: Vec<(Uuid, Role)>,
}

impl View {
    /// The view of a principal with these grants; without one, of an anonymous caller.
    #[must_use]
    pub fn new(
        principal: Option<&Principal>,
        grants: &[role_grant::Model],
        public_read: bool,
    ) -> Self {
        let mut roles: Vec<(Uuid, Role)> =
            grants.iter().map(|grant| (grant.org_unit_id, grant.role)).collect();
        roles.sort_unstable();
        roles.dedup();
        let operator = principal.is_some_and(|principal| principal.operator);
        Self { signed_in: principal.is_some(), operator, public_read, roles }
    }

    /// Whether it reaches beyond the organisations of its roles.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.public_read
    }

    /// How many roles it is made of.
    #[must_use]
    pub fn roles(&self) -> usize {
        self.roles.len()
    }
}

/// Who asks: a principal with its grants, or an anonymous caller.
#[derive(Clone, Debug)]
pub struct Viewer {
    principal: Option<Principal>,
    grants: Vec<role_grant::Model>,
    sight: Sight,
    public_read: bool,
    /// The language of messages.
    pub language: Language,
    /// The same viewer after a change of grants in the same operation.
    renewed: OnceLock<Box<Viewer>>,
    /// Whether anybody has looked at who this is, and not only at what it sees.
    personal: Arc<AtomicBool>,
}

impl Viewer {
    /// A principal with the grants that the database has for it, and the organisations that those reach all of; with open
    /// data on it sees as much as anybody.
    #[must_use]
    pub fn new(
        principal: Principal,
        grants: Vec<role_grant::Model>,
        whole: Vec<Uuid>,
        public_read: bool,
        language: Language,
    ) -> Self {
        let under = |wanted: fn(Role) -> bool| {
            let mut units: Vec<Uuid> = grants
                .iter()
                .filter(|grant| wanted(grant.role))
                .map(|grant| grant.org_unit_id)
                .collect();
            units.sort_unstable();
            units.dedup();
            Reach::Under(units)
        };
        let published = if public_read { Reach::Everything } else { under(|_| true) };
        let sight = Sight {
            published,
            drafts: under(policy::sees_drafts),
            administers: under(|role| policy::allows(role, Action::Administer)),
            held: grants.iter().map(|grant| grant.id).collect(),
            // With open data they are not all that is seen.
            whole: if public_read { Vec::new() } else { whole },
            discreet: false,
        };
        let principal = Some(principal);
        Self {
            principal,
            grants,
            sight,
            public_read,
            language,
            renewed: OnceLock::new(),
            personal: Arc::default(),
        }
    }

    /// Somebody without a token.
    #[must_use]
    pub fn anonymous(public_read: bool, language: Language) -> Self {
        let published = if public_read { Reach::Everything } else { Reach::Under(Vec::new()) };
        let nothing = || Reach::Under(Vec::new());
        let sight = Sight {
            published,
            drafts: nothing(),
            administers: nothing(),
            held: Vec::new(),
            whole: Vec::new(),
            discreet: false,
        };
        Self {
            principal: None,
            grants: Vec::new(),
            sight,
            public_read,
            language,
            renewed: OnceLock::new(),
            personal: Arc::default(),
        }
    }

    /// Rödtråd's own work, such as loading the demo: sees everything and may do everything.
    #[must_use]
    pub fn system() -> Self {
        Self {
            principal: Some(Principal {
                kind: ActorKind::System,
                subject: "rodtrad".to_owned(),
                name: Some("Rödtråd".to_owned()),
                groups: Vec::new(),
                operator: true,
            }),
            grants: Vec::new(),
            sight: Sight::ALL,
            public_read: false,
            language: Language::English,
            renewed: OnceLock::new(),
            personal: Arc::default(),
        }
    }

    /// The same viewer holding these grants instead.
    #[must_use]
    pub fn with(&self, grants: Vec<role_grant::Model>) -> Self {
        match self.principal.clone() {
            Some(principal) => {
                Self::new(principal, grants, Vec::new(), self.public_read, self.language)
            }
            None => self.clone(),
        }
    }

    /// From now on it holds these grants: so that a mutation can answer with what it has given, and what it has
    /// taken away is gone for the next one.
    pub fn renew(&self, grants: Vec<role_grant::Model>) {
        if let Some(principal) = self.principal.clone() {
            let renewed = Self::new(principal, grants, Vec::new(), self.public_read, self.language);
            // Mutations follow each other, so nobody else has set it since.
            let _ = self.current().renewed.set(Box::new(renewed));
        }
    }

    fn current(&self) -> &Self {
        let mut current = self;
        while let Some(renewed) = current.renewed.get() {
            current = renewed;
        }
        current
    }

    /// What the viewer sees. An anonymous caller has to sign in unless data is open.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for an anonymous caller without open data.
    pub fn sight(&self) -> Result<&Sight> {
        if self.principal.is_none() && !self.public_read {
            return Err(Error::Unauthenticated);
        }
        Ok(&self.current().sight)
    }

    /// Who it is that makes a change.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for an anonymous caller.
    pub fn principal(&self) -> Result<&Principal> {
        self.personal.store(true, Ordering::Relaxed);
        self.principal.as_ref().ok_or(Error::Unauthenticated)
    }

    /// The grants that this viewer holds, by itself or through groups.
    #[must_use]
    pub fn grants(&self) -> &[role_grant::Model] {
        self.personal.store(true, Ordering::Relaxed);
        &self.current().grants
    }

    /// Whether somebody has asked who this is or what it holds. What was answered then is for nobody else, however
    /// alike their [views](View) are.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.personal.load(Ordering::Relaxed)
    }

    /// The units on which, with all below them, the viewer may do that.
    #[must_use]
    pub fn reach(&self, action: Action) -> Reach {
        if action == Action::Read {
            return self.current().sight.published.clone();
        }
        if self.is_system() {
            return Reach::Everything;
        }
        Reach::Under(
            self.current()
                .grants
                .iter()
                .filter(|grant| policy::allows(grant.role, action))
                .map(|grant| grant.org_unit_id)
                .collect(),
        )
    }

    /// Whether the viewer may make new organisations.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.principal.as_ref().is_some_and(|principal| principal.operator)
    }

    fn is_system(&self) -> bool {
        self.principal.as_ref().is_some_and(|principal| principal.kind == ActorKind::System)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn messages_come_in_the_language_that_is_liked_better() {
        for (header, wanted) in [
            (None, Language::English),
            (Some(""), Language::English),
            (Some("sv"), Language::Swedish),
            (Some("sv-SE,sv;q=0.9,en;q=0.8"), Language::Swedish),
            (Some("en-GB,en;q=0.9,sv;q=0.8"), Language::English),
            (Some("de, sv;q=0.5, en;q=0.4"), Language::Swedish),
            (Some("sv;q=0"), Language::English),
            (Some("sv;q=x"), Language::English),
        ] {
            assert_eq!(Language::preferred(header), wanted, "{header:?}");
        }
    }
}
