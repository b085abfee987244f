// Usage: node audit.mjs [URL], or with GRAPHQL_URL; GRAPHQL_AUTHORIZATION is what the Authorization header would say.
//
// Fails unless the public clients of both protocols get from the server what they are promised.

import assert from "node:assert/strict";

import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import WebSocket from "ws";

const url = process.argv[2] ?? process.env.GRAPHQL_URL ?? "http://127.0.0.1:8080/graphql";
const authorization = process.env.GRAPHQL_AUTHORIZATION;

const UNIT = '{ orgUnit(by: { code: "RGS" }) { id name version } }';
const CARD = `subscription ($unit: ID!) {
  scorecard(orgUnit: $unit, period: { year: 2024, kind: AR }) { orgUnit { name } summary { total } }
}`;
const RENAME = `mutation ($id: ID!, $version: Int!, $name: String!) {
  orgUnitUpdate(input: { id: $id, version: $version, name: $name }) { userErrors { code } }
}`;

function overWebSocket(connectionParams) {
  return createWs({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
  });
}

function overEvents(authorization) {
  return createSse({ url, headers: { ...(authorization && { authorization }) }, retryAttempts: 0 });
}

const clients = {
  "graphql-ws": () => overWebSocket({ Authorization: authorization }),
  "graphql-sse": () => overEvents(authorization),
};

// The first answer of an operation.
async function first(client, query, variables) {
  for await (const answer of client.iterate({ query, variables })) {
    return answer;
  }
  throw new Error("no answer");
}

// How a WebSocket is closed on which that is said.
function closed(...messages) {
  const socket = new WebSocket(url.replace(/^http/, "ws"), "graphql-transport-ws");
  socket.on("open", () => messages.forEach((message) => socket.send(message)));
  return new Promise((resolve, reject) => {
    socket.on("close", (code) => resolve(code));
    socket.on("error", reject);
  });
}

const audits = {};
for (const [name, connect] of Object.entries(clients)) {
  audits[`${name}: a query is answered, and completes`] = async () => {
    const client = connect();
    const answers = [];
    for await (const answer of client.iterate({ query: UNIT })) {
      answers.push(answer);
    }
    assert.equal(answers.length, 1);
    assert.equal(answers[0].data.orgUnit.name, "Regionservice");
    client.dispose();
  };
  audits[`${name}: a subscription tells of a change`] = async () => {
    const client = connect();
    const { id, version, name: old } = (await first(client, UNIT)).data.orgUnit;
    const cards = client.iterate({ query: CARD, variables: { unit: id } });
    const now = async () => (await cards.next()).value.data.scorecard.orgUnit.name;
    assert.equal(await now(), old);
    for (const [add, name] of ["Ny service", old].entries()) {
      const change = await first(client, RENAME, { id, version: version + add, name });
      assert.deepEqual(change.data.orgUnitUpdate.userErrors, []);
      assert.equal(await now(), name);
    }
    await cards.return();
    client.dispose();
  };
  audits[`${name}: a document that does not fit the schema is refused`] = async () => {
    const client = connect();
    const said = await first(client, "subscription { nothing }").then(JSON.stringify, JSON.stringify);
    assert.match(said, /GRAPHQL_VALIDATION_FAILED/);
    client.dispose();
  };
}

audits["graphql-ws: without a token it is closed for good, with a bad one so that a new one helps"] = async () => {
  for (const [params, code] of [[{}, 4401], [{ Authorization: "Bearer x" }, 4403]]) {
    const error = await first(overWebSocket(params), UNIT).catch((error) => error);
    assert.equal(error.code, code);
  }
};

audits["graphql-sse: without a token it is refused"] = async () => {
  const error = await first(overEvents(), UNIT).catch((error) => error);
  assert.equal(error.response?.status, 401);
};

audits["graphql-transport-ws: what is no message is closed with its code"] = async () => {
  const init = JSON.stringify({ type: "connection_init", payload: { Authorization: authorization } });
  assert.equal(await closed("x"), 4400);
  assert.equal(await closed('{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}'), 4401);
  assert.equal(await closed(init, init), 4429);
};

function inTime(work) {
  const late = (_, reject) => setTimeout(() => reject(new Error("nothing came in time")), 10_000).unref();
  return Promise.race([work, new Promise(late)]);
}

let [passed, failed] = [0, 0];
for (const [name, audit] of Object.entries(audits)) {
  try {
    await inTime(audit());
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message ?? JSON.stringify(error)}`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
