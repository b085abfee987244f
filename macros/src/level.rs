//! Fields that have to wait, of all rows at once.

use quote::quote;
use syn::{FnArg, Ident, ImplItemFn, LitStr, Pat, Type, ext::IdentExt as _};

use crate::{Plain, camel, each_option, field_name};

/// A field that has to wait.
pub struct Waiting {
    pub name: LitStr,
    method: Ident,
    arguments: Vec<Argument>,
}

struct Argument {
    ident: Ident,
    name: LitStr,
    ty: Type,
}

/// How an async method is called for a row; none when the library does more with it or its arguments than to read them.
pub fn take_waiting(method: &ImplItemFn) -> syn::Result<Option<Waiting>> {
    let mut arguments = Vec::new();
    let mut guarded = false;
    each_option(&method.attrs, |option| {
        guarded |= option.path.is_ident("guard");
        Ok(())
    })?;
    for input in &method.sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        if is_context(&input.ty) {
            continue;
        }
        let Pat::Ident(pattern) = &*input.pat else { return Ok(None) };
        let mut name = None;
        each_option(&input.attrs, |option| {
            guarded |= !option.path.is_ident("desc") && !option.path.is_ident("name");
            if option.path.is_ident("name") {
                name = Some(option.value()?.parse::<LitStr>()?);
            }
            Ok(())
        })?;
        let ident = pattern.ident.clone();
        let camel = camel(&ident.unraw().to_string());
        let name = name.unwrap_or_else(|| LitStr::new(&camel, ident.span()));
        arguments.push(Argument { ident, name, ty: Type::clone(&input.ty) });
    }
    let found = Waiting { name: field_name(method)?, method: method.sig.ident.clone(), arguments };
    Ok((!guarded).then_some(found))
}

fn is_context(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else { return false };
    let Type::Path(path) = &*reference.elem else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Context")
}

/// The value of a plain field of each row, of which something inside has to wait.
pub fn level_of_plain(field: &Plain) -> proc_macro2::TokenStream {
    if let Some(whole) = &field.whole {
        return level_of_waiting(whole);
    }
    let body = &field.body;
    quote! {
        use crate::graphql::direct::values::*;
        let values = Values(rows.iter().map(|row| row.value.#body()).collect::<::std::vec::Vec<_>>());
        let paths = crate::graphql::direct::level::within(&rows, field);
        let inside = ctx.with_selection_set(&field.node.selection_set);
        (&values).level(&inside, field, &paths).await
    }
}

/// What an async method gives for each row, all of them waited for together.
pub fn level_of_waiting(field: &Waiting) -> proc_macro2::TokenStream {
    let Waiting { method, arguments, .. } = field;
    let idents: Vec<&Ident> = arguments.iter().map(|argument| &argument.ident).collect();
    let names: Vec<&LitStr> = arguments.iter().map(|argument| &argument.name).collect();
    let types: Vec<&Type> = arguments.iter().map(|argument| &argument.ty).collect();
    quote! {
        use crate::graphql::direct::values::*;
        let given = ::futures_util::future::join_all(rows.iter().map(|row| async move {
            let here = crate::graphql::direct::level::at(ctx, row.path);
            let ctx = &here.with_field(field);
            #(
                let #idents = ctx
                    .param_value::<#types>(#names, ::core::option::Option::None)
                    .map_err(|error| ctx.set_error_path(error))?
                    .1;
            )*
            row.value.#method(ctx, #(#idents),*).await.map_err(|error| failed(ctx, error))
        }))
        .await;
        let (values, paths, failed) = sort_out(&rows, field, given);
        let inside = ctx.with_selection_set(&field.node.selection_set);
        (&values).level(&inside, field, &paths).await.among(failed)
    }
}
