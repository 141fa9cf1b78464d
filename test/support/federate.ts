/** The run that both the short test and the long one make: troubles and faults for a while, then quiet, then both sides are compared. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type FederationWorld, SITE_WORD } from './federation-world.ts';

export interface FederationRun {
  readonly seconds: number;
  /** How often something happens. */
  readonly tickMs: number;
  /** Seconds between kills of the one or the other collector; 0: none. */
  readonly killEverySeconds: number;
  readonly onProgress?: ((line: string) => void) | undefined;
}

export async function federate(world: FederationWorld, { seconds, tickMs, killEverySeconds, onProgress = () => undefined }: FederationRun): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  let nextKill = Date.now() + killEverySeconds * 1_000;
  let nextWord = Date.now() + 60_000;
  let kills = 0;
  world.proxy.faults = 0.5;
  for (let turn = 1; Date.now() < end; turn += 1) {
    world.tick();
    await world.deliver();
    if (turn % 20 === 0) await world.act();
    if (turn % 150 === 0) world.proxy.isDown = !world.proxy.isDown;
    if (turn % 45 === 0) world.proxy.cutAll();
    if (killEverySeconds > 0 && Date.now() > nextKill) {
      await (kills % 2 === 0 ? world.killSite() : world.killSupport());
      kills += 1;
      nextKill = Date.now() + killEverySeconds * 1_000;
    }
    if (Date.now() > nextWord) {
      onProgress(`sent ${world.sent}, notes ${world.notes.length}, kills ${kills}, ${JSON.stringify(world.proxy.counts)}`);
      nextWord = Date.now() + 60_000;
    }
    await sleep(tickMs);
  }
  world.proxy.faults = 0;
  world.proxy.isDown = false;
  world.calm();
  await expect
    .poll(
      async () => {
        await world.deliver();
        return world.undelivered;
      },
      { timeout: 120_000, interval: 100 },
    )
    .toBe(0);
  await expect.poll(async () => (await world.site_()).waiting, { timeout: 240_000, interval: 1_000 }).toBe(0);
  await compare(world);
  onProgress(`sent ${world.sent}, notes ${world.notes.length}, kills ${kills}, ${JSON.stringify(world.proxy.counts)}: nothing lost, nothing doubled`);
}

async function compare(world: FederationWorld): Promise<void> {
  const [site, support] = [await world.site_(), await world.support_()];
  expect(site.refused).toBe(0);
  expect(site.payloads.length).toBeGreaterThan(0);
  expect(support.payloads).toEqual(site.payloads);
  expect(support.snapshots).toBe(site.snapshots);
  expect(support.samples).toBe(site.samples);
  expect(support.signals).toEqual(site.signals);
  expect(support.incidents).toEqual(site.incidents);
  expect(site.incidents.some((one) => one.endsWith(' clear'))).toBe(true);
  // Comments went down, each once; nothing of the site's words went up.
  expect(support.notes).toEqual(world.notes.toSorted());
  await expect.poll(async () => (await world.site_()).notes, { timeout: 120_000, interval: 1_000 }).toEqual(world.notes.toSorted());
  expect(await site.text()).toContain(SITE_WORD);
  expect(await support.text()).not.toContain(SITE_WORD);
}
