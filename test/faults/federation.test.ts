import { expect, it } from 'vitest';
import { federate } from '../support/federate.ts';
import { FederationWorld } from '../support/federation-world.ts';

/** `npm run faults:federation` makes it an hour. */
const MINUTES = Number(process.env['FEDERATION_MINUTES'] ?? '2');

it(
  `two collectors over a way that refuses, cuts, delays and repeats for ${MINUTES} minutes, each killed again and again: nothing lost or doubled`,
  async () => {
    await using world = await new FederationWorld().start();
    await federate(world, { seconds: MINUTES * 60, tickMs: 150, killEverySeconds: 45, onProgress: (line) => console.log(`${new Date().toISOString()} ${line}`) });
    for (const count of Object.values(world.proxy.counts)) expect(count).toBeGreaterThan(0);
  },
  (MINUTES * 60 + 600) * 1_000,
);
