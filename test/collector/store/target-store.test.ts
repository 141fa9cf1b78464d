import { expect, it } from 'vitest';
import { SecretBox } from '../../../collector/notify/secret-box.ts';
import { TargetStore } from '../../../collector/store/target-store.ts';
import { onBothEngines } from '../../support/databases.ts';

const KEYS = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;

onBothEngines('targets', (database) => {
  it('tell a collector that has another key than the others how many it cannot use', async () => {
    const ours = new TargetStore(database(), new SecretBox([KEYS[0]]));
    const target = { customerId: null, kind: 'webhook', name: 'desk', config: { kind: 'webhook', url: 'https://example.com/' }, secrets: { signingKey: 'x'.repeat(32) } };
    await ours.create(target, { kind: 'system' }, 1_000);
    expect(await ours.sealedElsewhere()).toBe(0);
    expect(await new TargetStore(database(), new SecretBox([KEYS[1]])).sealedElsewhere()).toBe(1);
    expect(await new TargetStore(database(), new SecretBox([KEYS[1], KEYS[0]])).sealedElsewhere()).toBe(0);
  });
});
