//! `#[derive(InOrder)]`: rows read column by column.

use quote::quote;
use syn::ItemStruct;

/// Reads the fields from the first columns of a row.
pub fn expand(row: &ItemStruct) -> proc_macro2::TokenStream {
    let name = &row.ident;
    let columns = row.fields.iter().map(|field| &field.ident);
    let places = 0_usize..;
    let count = row.fields.len();
    quote! {
        impl crate::tracked::InOrder for #name {
            const COLUMNS: usize = #count;

            fn in_order_from(
                row: &::sea_orm::QueryResult,
                first: usize,
            ) -> ::core::result::Result<Self, ::sea_orm::DbErr> {
                ::core::result::Result::Ok(Self { #(#columns: row.try_get_by_index(first + #places)?,)* })
            }
        }
    }
}
