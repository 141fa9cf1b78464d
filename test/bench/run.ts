/**
 * `npm run bench`: what an inspection costs, against a baseline taken in the same run. Prints ratios; nothing here is a
 * timed test. `--pods N[,M]` chooses the sizes (default 10000,40000), `--nodes N` the nodes (default 500), `--host-only`,
 * `--fast-pods N[,M]` the sizes for the fast path, `--fast-only`, `--ingest-only`, `--reports-only`, `--console-only`,
 * `--middleware-only`, `--pairs N` windows of load with and without an inspection of middleware at most (default 60).
 */
import { NO_API_SERVER } from '../support/api-server.ts';
import { benchCluster } from './cluster.ts';
import { benchConsole } from './console.ts';
import { benchClusterLooks, benchHostLooks } from './fast-path.ts';
import { benchGuard } from './guard.ts';
import { benchIncidents } from './incidents.ts';
import { benchIngest } from './ingest.ts';
import { benchMiddleware } from './middleware.ts';
import { benchNodeAgent } from './node-agent.ts';
import { benchReports } from './reports.ts';
import { benchSealingOfHost } from './sealing.ts';

const argument = (name: string, fallback: string): string => process.argv[process.argv.indexOf(`--${name}`) + 1 || Number.POSITIVE_INFINITY] ?? fallback;
const pairs = Number(argument('pairs', '60'));

if (process.argv.includes('--reports-only')) process.exit(benchReports() ? 0 : 1);
if (process.argv.includes('--console-only')) process.exit((await benchConsole()) ? 0 : 1);
if (process.argv.includes('--middleware-only')) {
  process.exit((await benchMiddleware(pairs)) ? 0 : 1);
}
if (process.argv.includes('--ingest-only')) {
  await benchIngest();
  await benchIncidents();
  process.exit(0);
}
await benchNodeAgent();
await benchHostLooks();
await benchSealingOfHost();
for (const rows of [100, 5_000]) benchGuard(rows);
if (process.argv.includes('--host-only')) process.exit(0);
if (NO_API_SERVER) console.log(`cluster: skipped, ${NO_API_SERVER}`);
else {
  await benchClusterLooks(argument('fast-pods', '1000,20000').split(',').map(Number), Number(argument('nodes', '500')));
  if (!process.argv.includes('--fast-only')) await benchCluster(argument('pods', '10000,40000').split(',').map(Number), Number(argument('nodes', '500')));
}
await benchIngest();
await benchIncidents();
await benchMiddleware(pairs);
await benchConsole();
benchReports();
process.exit(0);
