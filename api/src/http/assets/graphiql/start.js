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
    // Subscriptions: the headers, below the editor, are sent in connection_init.
    fetcher: GraphiQL.createFetcher({
      url: "/graphql",
      subscriptionUrl: `${location.origin.replace(/^http/, "ws")}/graphql`,
    }),
    defaultQuery: introduction,
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: true,
  }),
);
