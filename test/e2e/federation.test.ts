import { expect, it } from 'vitest';
import { federate } from '../support/federate.ts';
import { FederationWorld } from '../support/federation-world.ts';

it('a site forwards to its support centre over a way that breaks: nothing is lost, doubled or told in clear names', async () => {
  await using world = await new FederationWorld().start();
  await federate(world, { seconds: 15, tickMs: 40, killEverySeconds: 8 });
  const { connections, refused, cutRequest, cutAnswer, repeated } = world.proxy.counts;
  for (const count of [connections, refused, cutRequest + cutAnswer, repeated]) expect(count).toBeGreaterThan(0);
});
