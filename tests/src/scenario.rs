//! One scenario, two tests: the same steps on SQLite and on PostgreSQL.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    sync::LazyLock,
};

use futures_util::FutureExt as _;
use tokio::runtime::Runtime;

use crate::Engine;

/// One runtime for all tests of the process: a connection belongs to the runtime that opened it, and the one to the
/// PostgreSQL server is shared.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Runtime::new().expect("a runtime for the tests"));

/// What a scenario starts from, and what is cleared away after it whether it passed or not.
pub trait Fixture: Sized {
    /// Makes one.
    fn set_up(engine: Engine) -> impl Future<Output = Self>;
    /// Clears it away.
    fn tear_down(self) -> impl Future<Output = ()>;
}

/// Runs a scenario on one engine.
pub fn run<F: Fixture>(engine: Engine, scenario: impl AsyncFnOnce(&F)) {
    block_on(async {
        let fixture = F::set_up(engine).await;
        let outcome = AssertUnwindSafe(scenario(&fixture)).catch_unwind().await;
        fixture.tear_down().await;
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    });
}

/// Runs what is about one engine only.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}

/// Makes the tests `name::sqlite` and `name::postgres` of one scenario. The type of its argument says what it starts
/// from: `&TestApp` for a running server, `&Database` for a migrated database and nothing else.
#[macro_export]
macro_rules! scenario {
    ($name:ident, $scenario:expr $(,)?) => {
        mod $name {
            use super::*;

            fn on(engine: $crate::Engine) {
                $crate::run(engine, $scenario);
            }

            #[test]
            fn sqlite() {
                on($crate::Engine::Sqlite);
            }

            #[test]
            fn postgres() {
                on($crate::Engine::Postgres);
            }
        }
    };
}
