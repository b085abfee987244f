//! `http -> graphql -> domain -> entity`, and the arrows never turn.

use super::source::{Source, sources};

/// What the files under a path must not know.
const WALLS: [(&str, &[&str]); 5] = [
    ("entity/src/", &["async_graphql", "actix_web", "rodtrad"]),
    ("migration/src/", &["async_graphql", "actix_web", "rodtrad", "entity"]),
    ("api/src/access/", &["async_graphql", "actix_web", "crate::graphql", "crate::http"]),
    ("api/src/domain/", &["async_graphql", "actix_web", "crate::graphql", "crate::http"]),
    ("api/src/graphql/", &["actix_web", "crate::http", "sea_orm"]),
];

#[test]
fn the_arrows_never_turn() {
    let turned: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            WALLS
                .iter()
                .filter(|(below, _)| source.path.starts_with(below))
                .flat_map(|(_, forbidden)| *forbidden)
                .filter(|forbidden| names(source, forbidden))
                .map(|forbidden| format!("{} knows {forbidden}", source.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(turned, [""; 0]);
}

/// Whether a file uses a crate or module, or names it by its full path.
fn names(source: &Source, module: &str) -> bool {
    let inside = format!("{module}::");
    source.uses().iter().any(|path| path == module || path.starts_with(&inside))
        || source.code().split(|c: char| !is_path(c)).any(|word| word.starts_with(&inside))
}

fn is_path(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == ':'
}

#[test]
fn a_turned_arrow_is_seen() {
    let file = |text: &str| Source { path: "entity/src/a.rs".to_owned(), text: text.to_owned() };
    assert!(names(&file("use {std::fmt, actix_web::{App, web}};"), "actix_web"));
    assert!(names(&file("fn a() -> actix_web::Result<()> {}"), "actix_web"));
    assert!(names(&file("use crate::{db::Db, http};"), "crate::http"));
    assert!(!names(&file("// use actix_web::App;\nuse my_actix_web::App;"), "actix_web"));
}
