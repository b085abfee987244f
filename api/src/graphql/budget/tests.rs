//! What documents cost, and what is refused.

use async_graphql::parser::parse_query;
use async_graphql::{Variables, value};

use super::*;

/// What graphql-js 16.15 and GraphiQL send with every option on.
const INTROSPECTION: &str = include_str!("introspection.graphql");

fn measure_text(text: &str, variables: Variables) -> Result<Cost, BudgetError> {
    measure(&parse_query(text).unwrap(), None, &variables, &Limits::default())
}

fn cost(text: &str) -> u64 {
    measure_text(text, Variables::default()).unwrap().complexity
}

fn refusal(text: &str) -> String {
    match measure_text(text, Variables::default()) {
        Ok(cost) => format!("{cost:?}"),
        Err(BudgetError::TooDeep { what, .. } | BudgetError::TooComplex { what, .. }) => {
            what.to_owned()
        }
        Err(BudgetError::FragmentCycle(_)) => "cycle".to_owned(),
    }
}

#[test]
fn the_rule() {
    for (text, expected) in [
        ("{ a }", 1),
        ("{ __typename }", 1),
        ("{ a b { c } }", 3),
        ("{ a { ...F } b { ...F } } fragment F on T { x y }", 6),
        ("{ a { ... { x } ... on T { y } } }", 3),
        // The example in the module's documentation.
        ("{ plan(id: 1) { title goals(first: 20) { totalCount nodes { title code } } } }", 11),
        ("{ goals { nodes { title } } }", 11),
        ("{ goals { edges { node { title } } } }", 16),
        ("{ goals { ...F } } fragment F on C { ... { nodes { title } } }", 11),
        ("{ goals(first: 1) { nodes { title } } }", 3),
        ("{ goals(first: 10) { nodes { title } } }", 3),
        ("{ goals(first: 11) { nodes { title } } }", 5),
        ("{ goals(last: 30, first: 5) { nodes { title } } }", 7),
        ("{ goals(first: null) { nodes { title } } }", 11),
        ("{ goals(first: -1) { nodes { title } } }", 11),
        ("{ goals(first: 0) { nodes { title } } }", 3),
        ("{ goals(first: 100000) { nodes { title } } }", 41),
        ("{ nodes(ids: [1 2 3 4 5 6 7 8 9 10 11]) { id } }", 3),
        ("{ history(first: 20) { at } }", 3),
        (
            "{ a { goals(first: 20) { nodes { risks(first: 20) { nodes { x } } } } } }",
            1 + 1 + 2 * (1 + 1 + 2 * 2),
        ),
        ("{ goals { nodes { plan { goals { nodes { x } } } } } }", 1 + 5 * (1 + 1 + 1 + 5 * 2)),
        ("{ a @skip(if: true) { b } }", 2),
        ("query A { a { b } }", 2),
    ] {
        assert_eq!(cost(text), expected, "{text}");
    }
}

#[test]
fn a_page_size_may_stand_in_a_variable() {
    let text = "query($n: Int = 20, $ids: [ID!]) { goals(first: $n) { nodes { x } } nodes(ids: $ids) { id } }";
    let with = |variables| measure_text(text, Variables::from_value(variables)).unwrap().complexity;
    let twelve: Vec<i32> = (0..12).collect();
    assert_eq!(
        with(value!({})),
        5 + 6,
        "the default of the variable, the default page for the ids"
    );
    assert_eq!(with(value!({ "n": 200, "ids": [1] })), 41 + 2);
    assert_eq!(with(value!({ "n": null, "ids": twelve })), 11 + 3);
}

#[test]
fn only_the_operation_that_runs_has_a_cost() {
    let document =
        parse_query("query A { a } query B { b { c ...F } } fragment F on T { d }").unwrap();
    let of = |name| measure(&document, name, &Variables::default(), &Limits::default()).unwrap();
    assert_eq!((of(Some("A")).complexity, of(Some("A")).depth), (1, 1));
    assert_eq!((of(Some("B")).complexity, of(Some("B")).depth), (3, 2));
    assert_eq!(of(None).complexity, 0);
    assert_eq!(of(Some("C")).complexity, 0);
}

#[test]
fn the_introspection_of_common_tools_passes() {
    let cost = measure_text(INTROSPECTION, Variables::default()).unwrap();
    assert_eq!(cost.depth, 15);
    assert!(cost.complexity < 10_000, "{cost:?}");
}

#[test]
fn the_whole_red_thread_passes_at_default_pages() {
    let indicator = "indicators { nodes { name unit targets { nodes { value light { code } } } outcomes { nodes { value period { label } light { code } } } } }";
    let text = format!(
        "{{ plan(id: 1) {{ title year orgUnit {{ name }} focusAreas {{ totalCount nodes {{ name goals {{ nodes {{ code title status
            {indicator}
            assignments {{ nodes {{ code title status responsible {{ name }}
              activities {{ totalCount nodes {{ title status startsOn endsOn responsible {{ name }} }} }} }} }} }} }} }} }} }} }}"
    );
    let cost = measure_text(&text, Variables::default()).unwrap();
    assert!(cost.complexity < 20_000, "{cost:?}");
}

#[test]
fn what_would_hurt_is_refused() {
    let bomb = fragments(24, "...F{} ...F{}");
    let nest = |page: &str, levels: usize| {
        format!(
            "{{ {} x {} }}",
            format!("a{page} {{ nodes {{ ").repeat(levels),
            "} }".repeat(levels)
        )
    };
    let aliases =
        |count: usize| (0..count).map(|n| format!("a{n}: __typename ")).collect::<String>();
    let arguments = (0..33).map(|n| format!("a{n}: 1 ")).collect::<String>();
    let list = "1 ".repeat(250_000);
    for (text, expected) in [
        (format!("{{ ...F0 }} {bomb}"), "fields at the root"),
        (format!("{{ a {{ ...F0 }} }} {bomb}"), "fields with fragments expanded"),
        (format!("{{ a }} query B {{ b {{ ...F0 }} }} {bomb}").replacen("{ a }", "query A { a }", 1), "fields with fragments expanded"),
        (format!("{{ a }} {bomb}"), "fields with fragments expanded"),
        (format!("{{ {} }}", aliases(10_000)), "fields at the root"),
        (format!("{{ a {{ {} }} }}", aliases(10_000)), "aliases with fragments expanded"),
        (format!("{{ a {{ {} }} }}", "__typename ".repeat(10_001)), "fields with fragments expanded"),
        (format!("{{ a {} }}", "@x ".repeat(501)), "directives with fragments expanded"),
        (format!("{{ a({arguments}) }}"), "arguments of one field"),
        (format!("{{ a(x: [{list}]) }}"), "values in arguments"),
        (nest("(first: 200)", 5), "points of cost"),
        (nest("(first: 200)", 4), "points of cost"),
        (nest("", 7), "points of cost"),
        ("{a".repeat(16) + &"}".repeat(16), "fields"),
        ("{...".repeat(33) + "{ a }" + &"}".repeat(33), "selections"),
        (format!("{{ ...F0 }} {}", fragments(10_000, "...F{}")), "selections"),
        (format!("{{ a }} {}", fragments(10_000, "...F{}")), "selections"),
        ("{ ...A } fragment A on T { ...A }".to_owned(), "cycle"),
        ("{ ...A } fragment A on T { a { ...B ...B } } fragment B on T { ...A ...A }".to_owned(), "cycle"),
        ("{ a } fragment A on T { ...B } fragment B on T { ...A }".to_owned(), "cycle"),
        ("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }".to_owned(), "lists of the introspection"),
        ("{ __type(name: 1) { ...A } } fragment A on __Type { fields { type { interfaces { possibleTypes { name } } } } }".to_owned(), "lists of the introspection"),
    ] {
        let started = std::time::Instant::now();
        let start: String = text.chars().take(60).collect();
        assert_eq!(refusal(&text), expected, "{start}");
        assert!(started.elapsed().as_secs() < 2, "{start}");
    }
    assert!(measure_text(&nest("", 5), Variables::default()).is_ok());
    assert!(measure_text("{ ...Unknown a }", Variables::default()).is_ok());
}

#[test]
fn a_large_variable_weighs_each_time_that_it_is_used() {
    let rows = value!({ "rows": (0..5_000).map(|n| value!({ "a": n, "b": n, "c": { "d": n, "e": "text", "f": n } })).collect::<Vec<_>>() });
    let variables = || Variables::from_value(rows.clone());
    assert!(
        measure_text(
            "mutation($rows: [R!]!) { record(input: { rows: $rows }) { x } }",
            variables()
        )
        .is_ok()
    );
    let many = "mutation($rows: [R!]!) { a(x: $rows) b(x: $rows) c(x: $rows) d(x: $rows) e(x: $rows) f(x: $rows) }";
    assert_eq!(
        measure_text(many, variables()).err().map(|error| error.code()),
        Some(Code::QueryTooComplex)
    );
}

/// `count` fragments, each with `body`, in which `{}` is the number of the next one; the last has a field.
fn fragments(count: usize, body: &str) -> String {
    let mut text = String::new();
    for n in 0..count {
        text += &format!("fragment F{n} on T {{ {} }} ", body.replace("{}", &(n + 1).to_string()));
    }
    text + &format!("fragment F{count} on T {{ x }}")
}
