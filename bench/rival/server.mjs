// The rival: Mercurius with JIT and batching loaders over PostgreSQL, a process for each of two cores.
import cluster from 'node:cluster';

import Fastify from 'fastify';
import mercurius from 'mercurius';

import { statements } from './database.mjs';
import { loaders, resolvers, schema } from './schema.mjs';

const WORKERS = 2;

if (cluster.isPrimary) {
  let ready = 0;
  cluster.on('listening', (_, address) => {
    ready += 1;
    if (ready === WORKERS) console.log(`http://127.0.0.1:${address.port}`);
  });
  for (let worker = 0; worker < WORKERS; worker += 1) cluster.fork();
} else {
  const app = Fastify({ logger: false });
  app.register(mercurius, { schema, resolvers, loaders, jit: 1 });
  app.get('/metrics', () => `rodtrad_sql_statements_total ${statements()}\n`);
  await app.listen({ host: '127.0.0.1', port: 0 });
}
