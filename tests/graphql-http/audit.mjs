// Usage: node audit.mjs [URL], or with GRAPHQL_URL; GRAPHQL_AUTHORIZATION is sent as the Authorization header.
//
// Fails unless the server does all that the audits say it MUST or SHOULD. What it MAY do is only told.

import { serverAudits } from "graphql-http";

const url = process.argv[2] ?? process.env.GRAPHQL_URL ?? "http://127.0.0.1:8080/graphql";
const authorization = process.env.GRAPHQL_AUTHORIZATION;

function fetchFn(input, init = {}) {
  const headers = new Headers(init.headers);
  if (authorization) {
    headers.set("authorization", authorization);
  }
  return fetch(input, { ...init, headers, signal: AbortSignal.timeout(10_000) });
}

async function run(audit) {
  try {
    const result = await audit.fn();
    return result.status === "ok" ? null : (result.reason ?? result.status);
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url, fetchFn })) {
  const complaint = await run(audit);
  if (complaint === null) {
    passed += 1;
  } else if (audit.name.startsWith("MAY")) {
    console.log(`note ${audit.id} ${audit.name}: ${complaint}`);
  } else {
    failed += 1;
    console.log(`FAIL ${audit.id} ${audit.name}: ${complaint}`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
