//! A token for one unit sees nothing of a sibling unit, nor of what is above, by any field of the schema.
//!
//! The schema is walked by introspection, so that a later field is asked too: every root field, and every field of
//! an own node of every type, down to the next nodes. Two things must hold of every answer: it is the same before
//! and after the sibling unit gets its content, and a hidden id is answered as one that there never was.

use std::collections::BTreeMap;

use entity::{node_id, vocabulary::Role};
use tests::{Client, TestApp, scenario, setup};
use uuid::Uuid;

use super::content::{MARK, Nodes, fill};
use super::walk::{Question, Schema, World};

/// What a client is told to each question.
async fn answers(client: &Client, questions: impl IntoIterator<Item = &Question>) -> Vec<String> {
    let mut answers = Vec::new();
    for question in questions {
        let answer = client.query(&question.document, &question.variables).await;
        let invalid = answer.body.to_string().contains("GRAPHQL_VALIDATION_FAILED");
        assert!(
            !invalid,
            "the walk asks what the schema has, but: {}\n{answer}",
            question.document
        );
        assert!(!answer.body.to_string().contains("INTERNAL"), "{}\n{answer}", question.document);
        answers.push(format!("{:#}", answer.body));
    }
    answers
}

/// Which questions are mistaken whoever asks: with the id of another type than is wanted.
async fn mistaken<'q>(
    admin: &Client,
    questions: impl IntoIterator<Item = &'q Question>,
) -> Vec<bool> {
    let told = answers(admin, questions).await;
    told.iter().map(|answer| answer.contains("BAD_USER_INPUT")).collect()
}

async fn good(admin: &Client, mut questions: Vec<Question>) -> Vec<Question> {
    let mut mistaken = mistaken(admin, &questions).await.into_iter();
    questions.retain(|_| mistaken.next() == Some(false));
    questions
}

/// Ids of the same types that there never was anything behind.
fn unknown(nodes: &Nodes) -> Nodes {
    let fresh = |id: &String| {
        let (node, _) = node_id::decode(id).expect("a stored node's id");
        node_id::encode(node, Uuid::now_v7())
    };
    nodes.iter().map(|(name, id)| (name.clone(), fresh(id))).collect()
}

scenario!(a_token_for_one_unit_sees_nothing_of_its_sibling, async |app: &TestApp| {
    let admin = app.admin();
    let name = |text: &str| format!("{text} {MARK}");
    let region =
        setup::org_unit(&admin, None, &format!("R-{MARK}"), &name("Region"), "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let above = fill(&admin, MARK, &region, &indicator, &BTreeMap::new()).await;
    let meals = setup::org_unit(&admin, Some(&region), "MAT", "Måltidsservice", "AREA").await;
    let own = fill(&admin, "egen", &meals, &indicator, &above).await;

    let mut clients = Vec::new();
    // One of each kind of sight: what is published, drafts too, and role grants too.
    for role in [Role::Reader, Role::Integration, Role::Admin] {
        clients.push((role, app.as_(role, &meals).await));
    }
    let schema = Schema::of(&admin).await;
    schema.has_a_node_of_every_type(&own);
    let questions = good(&admin, schema.questions(&own, &World::own(&own))).await;
    let mut before = Vec::new();
    for (_, client) in &clients {
        before.push(answers(client, &questions).await);
    }

    let logistics =
        setup::org_unit(&admin, Some(&region), &format!("LOG-{MARK}"), &name("Logistik"), "AREA")
            .await;
    // It answers the same plan as the own unit, and names the own unit among those who help.
    let mut related = above.clone();
    related.insert("OrgUnit".to_owned(), meals.clone());
    let hidden = fill(&admin, MARK, &logistics, &indicator, &related).await;

    let hidden_nodes = [&hidden, &above];
    for ((role, client), before) in clients.iter().zip(&before) {
        let after = answers(client, &questions).await;
        for ((question, before), after) in questions.iter().zip(before).zip(&after) {
            assert_eq!(before, after, "{role:?} {question}");
            says_nothing(*role, question, after, hidden_nodes);
        }
    }
    let unknown = schema.questions(&own, &World::unknown(&unknown(&hidden)));
    for place in hidden_nodes {
        // What takes no argument was asked above.
        let mut pairs: Vec<(Question, &Question)> = schema
            .questions(&own, &World::hidden(place))
            .into_iter()
            .zip(&unknown)
            .filter(|(question, unknown)| question.variables != unknown.variables)
            .collect();
        let mistaken = mistaken(&admin, pairs.iter().map(|(question, _)| question)).await;
        let mut mistaken = mistaken.into_iter();
        pairs.retain(|_| mistaken.next() == Some(false));
        let (hidden, unknown): (Vec<Question>, Vec<&Question>) = pairs.into_iter().unzip();
        for (role, client) in &clients {
            let told = answers(client, &hidden).await;
            let nothing = answers(client, unknown.iter().copied()).await;
            for ((question, told), nothing) in hidden.iter().zip(&told).zip(&nothing) {
                assert_eq!(told, nothing, "{role:?} {question}");
                says_nothing(*role, question, told, hidden_nodes);
            }
        }
    }
    // The walk would have found it: the administrator's answers do say so.
    let all = answers(&admin, &questions).await.concat();
    assert!(all.contains(MARK) && hidden.values().any(|id| all.contains(id)));
});

fn says_nothing(role: Role, question: &Question, told: &str, hidden: [&Nodes; 2]) {
    assert!(!told.contains(MARK), "{role:?} {question}\n{told}");
    for (name, id) in hidden.iter().flat_map(|nodes| nodes.iter()) {
        // The indicator is the whole organisation's.
        assert!(name == "Indicator" || !told.contains(id.as_str()), "{role:?} {question}\n{told}");
    }
}
