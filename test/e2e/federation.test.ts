import { expect, it } from 'vitest';
import { federate } from '../support/federate.ts';
import { FederationWorld } from '../support/federation-world.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';

it('a site forwards to its support centre over a way that breaks: nothing is lost, doubled or told in clear names', async () => {
  // The site on SQLite, the support centre on PostgreSQL where there is one.
  await using world = await new FederationWorld().start({ support: NO_POSTGRES === undefined ? await postgresUrl() : undefined });
  await federate(world, { seconds: 12, tickMs: 40, killEverySeconds: 6 });
  const { connections, ...faults } = world.proxy.counts;
  expect(connections).toBeGreaterThan(2);
  expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
});
