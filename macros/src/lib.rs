//! `#[object]`: the library's `#[Object]`, and beside it a way to write fields without waiting.
//!
//! A method that is `async` is a field as the library knows it. One that is not needs nothing but `self`: it is a field
//! as well, and `graphql::direct` writes it straight into the answer when a list of such objects is asked for.

use proc_macro::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{
    Attribute, Error, FnArg, ImplItem, ImplItemFn, ItemImpl, LitStr, Meta, ReturnType, Type,
    Visibility, ext::IdentExt as _, parse_macro_input, spanned::Spanned as _,
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
    body: syn::Ident,
    output: Type,
}

fn expand(
    arguments: &proc_macro2::TokenStream,
    mut block: ItemImpl,
) -> syn::Result<proc_macro2::TokenStream> {
    let (mut plain, mut flattened, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        if method.sig.asyncness.is_some() {
            continue;
        }
        let body = format_ident!("direct_{}", method.sig.ident.unraw());
        let found = Plain { name: field_name(method)?, body, output: output(method)? };
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
    let calls: Vec<&syn::Ident> = plain.iter().map(|field| &field.body).collect();
    let flat: Vec<&Type> = flattened.iter().map(|field| &field.output).collect();
    let flat_calls: Vec<&syn::Ident> = flattened.iter().map(|field| &field.body).collect();
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
