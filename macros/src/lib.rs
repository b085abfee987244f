//! What is written for types instead of by hand.
//!
//! `#[object]`: the library's `#[Object]`, and beside it a way to write fields without waiting.
//!
//! A method that is `async` is a field as the library knows it; `graphql::direct` asks for it of all rows of a list at
//! once. One that is not needs nothing but `self`: it is a field as well, and is written straight into the answer.
//!
//! `#[direct(shown, when = is_known)]` over an `async` field says that it, too, is written directly, as what the method
//! `shown` gives, for objects of which `is_known` is true.

mod in_order;
mod level;

use level::{Waiting, level_of_plain, level_of_waiting, take_waiting};
use proc_macro::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{
    Attribute, Error, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, ItemImpl, ItemStruct,
    LitStr, Meta, PathArguments, ReturnType, Type, Visibility, ext::IdentExt as _,
    parse_macro_input, spanned::Spanned as _,
};

/// Makes a type with an `impl` block of fields a GraphQL object whose plain methods are written directly.
/// What stands in the brackets goes to the library's `#[Object]`.
#[proc_macro_attribute]
pub fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let block = parse_macro_input!(item as ItemImpl);
    let arguments = proc_macro2::TokenStream::from(arguments);
    expand(&arguments, block).unwrap_or_else(Error::into_compile_error).into()
}

/// Makes a table's row read from a statement whose first columns are the table's, in their order.
#[proc_macro_derive(InOrder)]
pub fn in_order(item: TokenStream) -> TokenStream {
    in_order::expand(&parse_macro_input!(item as ItemStruct)).into()
}

/// A field that needs nothing but `self`.
struct Plain {
    name: LitStr,
    body: Ident,
    output: Type,
    /// A method that says whether it does.
    when: Option<Ident>,
    /// The method that has it all, when `body` does not always.
    whole: Option<Waiting>,
}

fn expand(
    arguments: &proc_macro2::TokenStream,
    mut block: ItemImpl,
) -> syn::Result<proc_macro2::TokenStream> {
    if arguments.to_string().contains("guard") {
        return Err(Error::new_spanned(arguments, "fields written directly would pass it over"));
    }
    let (mut plain, mut flattened, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    let mut waiting = Vec::new();
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        if method.sig.asyncness.is_some() {
            match (take_direct(method)?, take_waiting(method)?) {
                (Some(found), Some(whole)) => plain.push(Plain { whole: Some(whole), ..found }),
                (Some(_), None) => {
                    let why = "its guard, defaults or validators would be passed over";
                    return Err(Error::new(method.sig.span(), why));
                }
                (None, found) => waiting.extend(found),
            }
            continue;
        }
        let body = format_ident!("direct_{}", method.sig.ident.unraw());
        let (name, output) = (field_name(method)?, output(method)?);
        let found = Plain { name, body, output, when: None, whole: None };
        bodies.push(take_body(method, &found)?);
        if matches!(method.vis, Visibility::Public(_)) {
            // Interfaces are made of public methods, and the library awaits those.
            method.sig.asyncness = Some(syn::Token![async](method.sig.span()));
        }
        if is_flattened(&method.attrs)? {
            flattened.push(found);
        } else {
            plain.push(found);
        }
    }
    let direct = direct(&block, &plain, &waiting, &flattened);
    let (generics, _, bounds) = block.generics.split_for_impl();
    let this = &block.self_ty;
    Ok(quote! {
        impl #generics #this #bounds { #(#bodies)* }
        #direct
        #[::async_graphql::Object(#arguments)]
        #block
    })
}

/// Takes `#[direct(…)]` off an async method: the same field, written directly.
fn take_direct(method: &mut ImplItemFn) -> syn::Result<Option<Plain>> {
    let Some(at) = method.attrs.iter().position(|attribute| attribute.path().is_ident("direct"))
    else {
        return Ok(None);
    };
    let attribute = method.attrs.remove(at);
    let (mut body, mut when) = (None, None);
    attribute.parse_nested_meta(|option| {
        if option.path.is_ident("when") {
            when = Some(option.value()?.parse::<Ident>()?);
        } else {
            body = Some(option.path.require_ident()?.clone());
        }
        Ok(())
    })?;
    let body = body.ok_or_else(|| Error::new_spanned(&attribute, "which method writes it?"))?;
    let output = within_result(output(method)?);
    Ok(Some(Plain { name: field_name(method)?, body, output, when, whole: None }))
}

/// `T` of a `Result<T>`, and any other type as it is.
fn within_result(output: Type) -> Type {
    let Type::Path(path) = &output else { return output };
    let Some(last) = path.path.segments.last() else { return output };
    let PathArguments::AngleBracketed(within) = &last.arguments else { return output };
    match within.args.first() {
        Some(GenericArgument::Type(value)) if last.ident == "Result" => value.clone(),
        _ => output,
    }
}

/// Moves a method's body to one that takes nothing but `self`; the method calls that.
fn take_body(method: &mut ImplItemFn, field: &Plain) -> syn::Result<proc_macro2::TokenStream> {
    let others = method.sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_)));
    if let Some(other) = others.into_iter().next() {
        return Err(Error::new(
            other.span(),
            "a field with arguments or a context has to be async",
        ));
    }
    let Plain { body, output, .. } = field;
    let receiver = method.sig.receiver().cloned();
    let statements = std::mem::replace(&mut method.block, syn::parse_quote!({ self.#body() }));
    Ok(quote! {
        #[inline]
        fn #body(#receiver) -> #output #statements
    })
}

fn direct(
    block: &ItemImpl,
    plain: &[Plain],
    waiting: &[Waiting],
    flattened: &[Plain],
) -> proc_macro2::TokenStream {
    let this = &block.self_ty;
    let (generics, _, bounds) = block.generics.split_for_impl();
    let places: Vec<u16> = (0..).take(plain.len()).collect();
    let waiting_places: Vec<u16> = (500..).take(waiting.len()).collect();
    let waiting_names: Vec<&LitStr> = waiting.iter().map(|field| &field.name).collect();
    let levels = plain.iter().map(level_of_plain).chain(waiting.iter().map(level_of_waiting));
    let levels: Vec<_> = levels.collect();
    let level_places = [&places[..], &waiting_places[..]].concat();
    // Every flattened type has a thousand places of its own.
    let bases: Vec<u16> = (1..).map(|nth: u16| nth * 1_000).take(flattened.len()).collect();
    let ends: Vec<u16> = bases.iter().map(|base| base + 999).collect();
    let names: Vec<&LitStr> = plain.iter().map(|field| &field.name).collect();
    let outputs: Vec<&Type> = plain.iter().map(|field| &field.output).collect();
    let calls: Vec<&Ident> = plain.iter().map(|field| &field.body).collect();
    let (sure, doubted): (Vec<_>, Vec<_>) =
        plain.iter().zip(&places).partition(|(field, _)| field.when.is_none());
    let sure_places: Vec<&u16> = sure.iter().map(|(_, place)| *place).collect();
    let sure_outputs: Vec<&Type> = sure.iter().map(|(field, _)| &field.output).collect();
    let sure_calls: Vec<&Ident> = sure.iter().map(|(field, _)| &field.body).collect();
    let doubted_places: Vec<&u16> = doubted.iter().map(|(_, place)| *place).collect();
    let doubts: Vec<&Ident> = doubted.iter().filter_map(|(field, _)| field.when.as_ref()).collect();
    let doubtful = !doubted.is_empty();
    let flat: Vec<&Type> = flattened.iter().map(|field| &field.output).collect();
    let flat_calls: Vec<&Ident> = flattened.iter().map(|field| &field.body).collect();
    quote! {
        impl #generics crate::graphql::direct::Direct for #this #bounds {
            fn place(name: &str) -> ::core::option::Option<u16> {
                match name {
                    #(#names => ::core::option::Option::Some(#places),)*
                    #(#waiting_names => ::core::option::Option::Some(#waiting_places),)*
                    _ => {
                        #(if let ::core::option::Option::Some(place) =
                            <#flat as crate::graphql::direct::Direct>::place(name)
                        {
                            return ::core::option::Option::Some(#bases + place);
                        })*
                        ::core::option::Option::None
                    }
                }
            }

            fn inside<'plan>(
                place: u16,
                selection: &::async_graphql::ContextSelectionSet<'plan>,
            ) -> crate::graphql::direct::Inside<'plan> {
                match place {
                    #(#places => <#outputs as crate::graphql::direct::Written>::inside(selection),)*
                    #(#bases..=#ends => {
                        <#flat as crate::graphql::direct::Direct>::inside(place - #bases, selection)
                    })*
                    _ => crate::graphql::direct::Inside::Later,
                }
            }

            fn is_ready(&self, place: u16, inside: &crate::graphql::direct::Inside<'_>) -> bool {
                match place {
                    #(#sure_places => {
                        !<#sure_outputs as crate::graphql::direct::Written>::DOUBTFUL
                            || crate::graphql::direct::Written::is_ready(&self.#sure_calls(), inside)
                    })*
                    #(#doubted_places => self.#doubts(),)*
                    #(#bases..=#ends => {
                        crate::graphql::direct::Direct::is_ready(
                            &self.#flat_calls(), place - #bases, inside,
                        )
                    })*
                    _ => true,
                }
            }

            fn level_of<'a>(
                place: u16,
                ctx: &'a ::async_graphql::ContextSelectionSet<'a>,
                field: &'a ::async_graphql::Positioned<::async_graphql::parser::types::Field>,
                rows: ::std::vec::Vec<crate::graphql::direct::level::Placed<'a, Self>>,
            ) -> crate::graphql::direct::level::Level<'a> {
                ::std::boxed::Box::pin(async move {
                    match place {
                        #(#level_places => { #levels })*
                        #(#bases..=#ends => {
                            let values = rows.iter().map(|row| row.value.#flat_calls());
                            let values = values.collect::<::std::vec::Vec<_>>();
                            let rows = rows.iter().zip(&values).map(|(row, value)| row.with(value));
                            crate::graphql::direct::Direct::level_of(
                                place - #bases, ctx, field, rows.collect(),
                            )
                            .await
                        })*
                        _ => ::core::default::Default::default(),
                    }
                })
            }

            fn write_field(
                &self,
                place: u16,
                inside: &crate::graphql::direct::Inside<'_>,
                out: &mut ::std::vec::Vec<u8>,
            ) {
                match place {
                    #(#places => {
                        crate::graphql::direct::Written::write(&self.#calls(), inside, out)
                    })*
                    #(#bases..=#ends => {
                        crate::graphql::direct::Direct::write_field(
                            &self.#flat_calls(), place - #bases, inside, out,
                        )
                    })*
                    _ => out.extend_from_slice(b"null"),
                }
            }
        }

        impl #generics crate::graphql::direct::Written for #this #bounds {
            const DOUBTFUL: bool = #doubtful
                #(|| <#sure_outputs as crate::graphql::direct::Written>::DOUBTFUL)*;

            fn inside<'plan>(
                selection: &::async_graphql::ContextSelectionSet<'plan>,
            ) -> crate::graphql::direct::Inside<'plan> {
                crate::graphql::direct::Plan::inside::<Self>(selection)
            }

            fn write(
                &self,
                inside: &crate::graphql::direct::Inside<'_>,
                out: &mut ::std::vec::Vec<u8>,
            ) {
                crate::graphql::direct::write_object(self, inside, out);
            }

            fn level<'a>(
                ctx: &'a ::async_graphql::ContextSelectionSet<'a>,
                _: &'a ::async_graphql::Positioned<::async_graphql::parser::types::Field>,
                these: ::std::vec::Vec<crate::graphql::direct::level::Placed<'a, Self>>,
            ) -> crate::graphql::direct::level::Level<'a> {
                ::std::boxed::Box::pin(crate::graphql::direct::level::objects(ctx, these))
            }

            fn is_ready(&self, inside: &crate::graphql::direct::Inside<'_>) -> bool {
                match inside {
                    crate::graphql::direct::Inside::Fields(plan) => plan.is_ready_for(self),
                    _ => true,
                }
            }
        }
    }
}

fn output(method: &ImplItemFn) -> syn::Result<Type> {
    match &method.sig.output {
        ReturnType::Type(_, output) => Ok(Type::clone(output)),
        ReturnType::Default => Err(Error::new(method.sig.span(), "a field has a value")),
    }
}

/// The name in the schema: what `#[graphql(name = "…")]` says, or the method's in camel case.
fn field_name(method: &ImplItemFn) -> syn::Result<LitStr> {
    let mut name = None;
    each_option(&method.attrs, |option| {
        if option.path.is_ident("name") {
            name = Some(option.value()?.parse::<LitStr>()?);
        }
        Ok(())
    })?;
    let ident = &method.sig.ident;
    Ok(name.unwrap_or_else(|| LitStr::new(&camel(&ident.unraw().to_string()), ident.span())))
}

fn is_flattened(attributes: &[Attribute]) -> syn::Result<bool> {
    let mut flattened = false;
    each_option(attributes, |option| {
        flattened |= option.path.is_ident("flatten");
        Ok(())
    })?;
    Ok(flattened)
}

/// Shows what stands in `#[graphql(…)]`; values that are not asked for are passed over.
fn each_option(
    attributes: &[Attribute],
    mut look: impl FnMut(&syn::meta::ParseNestedMeta<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("graphql")) {
        if !matches!(attribute.meta, Meta::List(_)) {
            return Err(Error::new_spanned(attribute.to_token_stream(), "options are missing"));
        }
        attribute.parse_nested_meta(|option| {
            look(&option)?;
            if option.input.peek(syn::Token![=]) {
                option.value()?.parse::<syn::Expr>()?;
            } else if option.input.peek(syn::token::Paren) {
                let content;
                syn::parenthesized!(content in option.input);
                content.parse::<proc_macro2::TokenStream>()?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn camel(snake: &str) -> String {
    let mut name = String::with_capacity(snake.len());
    for (nth, part) in snake.split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if nth > 0 => name.extend(first.to_uppercase()),
            Some(first) => name.push(first),
            None => {}
        }
        name.push_str(letters.as_str());
    }
    name
}
