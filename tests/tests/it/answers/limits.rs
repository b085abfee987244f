//! How much is kept, how to keep nothing, and what happens when nothing can be proved.

use futures_util::{FutureExt as _, future::join_all};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tests::{TestApp, scenario, setup};

use super::{GOALS, is_kept, until_kept};

scenario!(so_many_bytes_are_kept_and_no_more, async |app: &TestApp| {
    const MOST: usize = 20_000;
    let token = app.token().clone();
    let small =
        app.another(move |config| (config.token, config.answer_bytes) = (token, MOST)).await;
    let admin = small.admin();
    setup::organisation(&admin).await;
    let mut most = 0;
    for number in 0..100 {
        let query = format!("{{ a{number}: orgUnits {{ nodes {{ id name code }} }} }}");
        until_kept(&small, &admin, &query, &json!({})).await;
        most = most.max(small.answers().bytes());
        assert!(most <= MOST, "{most} bytes");
    }
    assert!(most > MOST / 2, "only {most} bytes: it would have been all the same");
});

scenario!(nothing_is_kept_when_so_configured, async |app: &TestApp| {
    let token = app.token().clone();
    let off = app.another(move |config| (config.token, config.answer_bytes) = (token, 0)).await;
    let admin = off.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = setup::plan(&admin, &organisation.board, 2024).await;
    for name in ["Ett", "Två"] {
        setup::goal(&admin, &plan, name).await;
        for _ in 0..3 {
            let before = off.db().statements();
            admin.query(GOALS, ()).await.ok();
            assert!(off.db().statements() > before);
        }
    }
    assert_eq!(off.answers().given().kept, 0);
    assert_eq!(off.answers().bytes(), 0);
});

scenario!(without_a_proof_there_is_no_answer, async |app: &TestApp| {
    let admin = app.admin();
    setup::organisation(&admin).await;
    let query = "{ orgUnits { totalCount } }";
    until_kept(app, &admin, query, &json!({})).await;
    let run = async |sql: &str| {
        let write = app.db().begin().await.expect("a transaction");
        write.execute_unprepared(sql).await.expect("it runs");
        write.commit().await.expect("a commit");
    };
    run("ALTER TABLE change_head RENAME TO change_head_gone").await;
    let answer = admin.query(query, ()).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (503, "UNAVAILABLE"));
    run("ALTER TABLE change_head_gone RENAME TO change_head").await;

    let (kept, answer) = is_kept(app, &admin, query, &json!({})).await;
    assert!(!kept, "nobody knows what went on meanwhile");
    assert_eq!(answer.data("orgUnits.totalCount"), 4);
});

scenario!(a_head_that_moves_back_ends_all_that_is_kept, async |app: &TestApp| {
    let admin = app.admin();
    setup::organisation(&admin).await;
    let query = "{ orgUnits { totalCount } }";
    for step in ["last = last - 1", "last = last + 1, unlogged = unlogged + 1"] {
        until_kept(app, &admin, query, &json!({})).await;
        let write = app.db().begin().await.expect("a transaction");
        write.execute_unprepared(&format!("UPDATE change_head SET {step}")).await.expect("it runs");
        write.commit().await.expect("a commit");
        assert!(!is_kept(app, &admin, query, &json!({})).await.0, "{step}");
    }
    app.expect_unlogged();
});

scenario!(who_gives_up_waiting_holds_up_nobody, async |app: &TestApp| {
    let fresh = app.db().fresh();
    for _ in 0..20 {
        assert!(fresh.check().now_or_never().is_none(), "it takes a turn at least");
    }
    let before = fresh.readings();
    let proofs = join_all((0..100).map(|_| fresh.check())).await;
    assert!(proofs.iter().all(Result::is_ok));
    assert!(fresh.readings() - before < 100, "one reading serves many");
});
