"use strict";

const introduction = `# Rödtråd: plans (planer) and their
# follow-up (uppföljning).
#
# Paste a token under Headers, below:
#   {"Authorization": "Bearer …"}
# then press the two arrows at the left
# to read the schema.

query Hello {
  __typename
}
`;

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: introduction,
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: true,
  }),
);
