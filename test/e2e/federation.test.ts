import { expect, it } from 'vitest';
import { federate } from '../support/federate.ts';
import { FederationWorld } from '../support/federation-world.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';

it('a site forwards to its support centre over a way that breaks: nothing is lost, doubled or told in clear names', async () => {
  // The site on SQLite, the support centre on PostgreSQL where there is one.
  await using world = await new FederationWorld().start({ support: NO_POSTGRES === undefined ? await postgresUrl() : undefined });
  await federate(world, { seconds: 12, tickMs: 40, killEverySeconds: 6 });
  const { connections, refused, cutRequest, cutAnswer, repeated } = world.proxy.counts;
  for (const count of [connections, refused, cutRequest + cutAnswer, repeated]) expect(count).toBeGreaterThan(0);
});
