//! `view!`, as Leptos has it, for `app::element`: the same markup, but every element becomes one and the same type. Leptos' own
//! macro makes a type of every tag with its attributes, and each costs a phone that joins about a kilobyte. Knows no Leptos.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, Stmt};

/// Elements. One root is an `Element`, several are a `Vec<AnyView>`.
///
/// - `name=value`: an attribute; a value, something that follows others, or a closure
/// - `class:name=flag`: a class that is there as long as the flag is
/// - `style=("--name", value)`: a property of the style
/// - `on:event=closure`: what happens then
/// - `node_ref=place`: where the element is put for whoever looks for it
/// - `inner_html=text`: our own drawings; never anything that a person wrote
/// - `prop:name=value`: a property of the element
/// - `"text"` and `{anything}`: what is inside
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    let made = rstml::parse(input).and_then(|nodes| roots(&nodes));
    made.unwrap_or_else(|error| error.to_compile_error()).into()
}

fn roots(nodes: &[Node]) -> Result<Tokens, Error> {
    match nodes {
        [Node::Element(one)] => element(one),
        several => {
            let several = several.iter().map(root).collect::<Result<Vec<_>, _>>()?;
            Ok(quote! { ::std::vec![#(#several),*] })
        }
    }
}

fn root(node: &Node) -> Result<Tokens, Error> {
    let made = match node {
        Node::Element(one) => element(one)?,
        Node::Block(block) => inner(block),
        Node::Text(text) => {
            let text = text.value_string();
            quote! { ::std::borrow::ToOwned::to_owned(#text) }
        }
        other => return Err(Error::new(other.span(), "an element or {a block}")),
    };
    Ok(quote! { ::leptos::prelude::IntoAny::into_any(#made) })
}

/// What is in the braces, without them where they hold one expression.
fn inner(block: &NodeBlock) -> Tokens {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(one, None)]) => quote! { #one },
        _ => quote! { #block },
    }
}

fn element(node: &NodeElement<rstml::Infallible>) -> Result<Tokens, Error> {
    let tag = node.name().to_string();
    if tag.starts_with(char::is_uppercase) {
        return Err(Error::new(node.name().span(), "components are functions here: write {name(…)}"));
    }
    let mut made = quote! { crate::element::Element::new(#tag) };
    for attribute in node.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new(attribute.span(), "name=value"));
        };
        let step = attribute_of(attribute)?;
        made = quote! { #made #step };
    }
    for child in node.children() {
        let step = match child {
            Node::Text(text) => {
                let text = text.value_string();
                quote! { .text(#text) }
            }
            Node::Block(block) => {
                let inner = inner(block);
                quote! { .child(#inner) }
            }
            Node::Element(one) => {
                let one = element(one)?;
                quote! { .inside(#one) }
            }
            other => return Err(Error::new(other.span(), "\"text\", {a block} or an element")),
        };
        made = quote! { #made #step };
    }
    Ok(made)
}

fn attribute_of(attribute: &KeyedAttribute) -> Result<Tokens, Error> {
    let key = attribute.key.to_string();
    let Some(value) = attribute.value() else { return Ok(quote! { .attr(#key, true) }) };
    Ok(match (key.as_str(), key.split_once(':')) {
        (_, Some(("class", name))) => quote! { .class(#name, #value) },
        (_, Some(("prop", name))) => quote! { .property(#name, #value) },
        (_, Some(("on", name))) => {
            let event = Ident::new(name, attribute.key.span());
            quote! { .on(::leptos::ev::#event, #value) }
        }
        (_, Some(_)) => return Err(Error::new(attribute.key.span(), "class:, on: or prop:")),
        ("node_ref", None) => quote! { .put_in(#value) },
        ("inner_html", None) => quote! { .drawing(#value) },
        ("style", None) => match value {
            Expr::Tuple(pair) if pair.elems.len() == 2 => {
                let elems = &pair.elems;
                quote! { .style(#elems) }
            }
            other => return Err(Error::new(other.span(), "(\"--name\", value)")),
        },
        _ => quote! { .attr(#key, #value) },
    })
}
