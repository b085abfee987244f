//! `#[object]`: the library's `#[Object]`, and beside it a way to write fields without waiting.
//!
//! A method that is `async` is a field as the library knows it. One that is not needs nothing but `self`: it is a field
//! as well, and `graphql::direct` writes it straight into the answer when a list of such objects is asked for.
//!
//! `#[direct(shown, when = is_known)]` over an `async` field says that it, too, is written directly, as what the method
//! `shown` gives, for objects of which `is_known` is true.

use proc_macro::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{
    Attribute, Error, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, ItemImpl, LitStr, Meta,
    PathArguments, ReturnType, Type, Visibility, ext::IdentExt as _, parse_macro_input,
    spanned::Spanned as _,
};

/// Makes a type with an `impl` block of fields a GraphQL object whose plain methods are written directly.
/// What stands in the brackets goes to the library's `#[Object]`.
#[proc_macro_attribute]
pub fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let block = parse_macro_input!(item as ItemImpl);
    let arguments = proc_macro2::TokenStream::from(arguments);
    expand(&arguments, block).unwrap_or_else(Error::into_compile_error).into()
}

/// A field that needs nothing but `self`.
struct Plain {
    name: LitStr,
    body: Ident,
    output: Type,
    /// A method that says whether it does.
    when: Option<Ident>,
}

fn expand(
    arguments: &proc_macro2::TokenStream,
    mut block: ItemImpl,
) -> syn::Result<proc_macro2::TokenStream> {
    let (mut plain, mut flattened, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        if method.sig.asyncness.is_some() {
            plain.extend(take_direct(method)?);
            continue;
        }
        let body = format_ident!("direct_{}", method.sig.ident.unraw());
        let found = Plain { name: field_name(method)?, body, output: output(method)?, when: None };
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
    let direct = direct(&block, &plain, &flattened);
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
    Ok(Some(Plain { name: field_name(method)?, body, output, when }))
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

fn direct(block: &ItemImpl, plain: &[Plain], flattened: &[Plain]) -> proc_macro2::TokenStream {
    let this = &block.self_ty;
    let (generics, _, bounds) = block.generics.split_for_impl();
    let places: Vec<u16> = (0..).take(plain.len()).collect();
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
