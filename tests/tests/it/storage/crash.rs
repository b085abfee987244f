//! What PostgreSQL has acknowledged is there after it crashed. (SQLite has no server to crash.)

use rodtrad::db::Db;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use tests::{Durability, Server, block_on};

use super::rows;

#[test]
fn what_was_committed_survives_a_crash_of_the_server() {
    let mut server = Server::start(Durability::Full).unwrap_or_else(|problem| panic!("{problem}"));
    block_on(async {
        let db = Db::connect(server.maintenance(), 2).await.expect("a connection");
        db.migrate().await.expect("the migrations");
        let committed = db.begin().await.expect("a transaction");
        rows::write(&db, &committed).await;
        committed.commit().await.expect("a commit");
        let pending = db.begin().await.expect("a transaction");
        rows::write_outcome(&db, &pending).await;

        server.crash();

        assert_eq!(entity::planning::goal::Entity::find().count(db.reader()).await, Ok(1));
        assert_eq!(entity::indicators::outcome::Entity::find().count(db.reader()).await, Ok(0));
    });
}
