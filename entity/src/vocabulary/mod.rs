//! The closed vocabularies of the domain, stored as their upper-case names.

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$value_meta:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            EnumIter, DeriveActiveEnum, Serialize, Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
        pub enum $name {
            $(
                $(#[$value_meta])*
                #[sea_orm(string_value = $text)]
                #[serde(rename = $text)]
                $value,
            )+
        }

        impl $name {
            /// Every value, in the order in which it is declared.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The name that the database and the API use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }

            /// The value with that name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl crate::tracked::Shown for $name {
            fn shown(&self) -> Option<String> {
                Some(self.as_str().to_owned())
            }
        }
    };
}

mod access;
mod budgets;
mod follow_up;
mod indicators;
mod organisation;
mod planning;

pub use access::*;
pub use budgets::*;
pub use follow_up::*;
pub use indicators::*;
pub use organisation::*;
pub use planning::*;
