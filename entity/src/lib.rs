//! Tables as SeaORM entities. Finders that respect what a viewer may see live beside the columns.

pub mod vocabulary;
