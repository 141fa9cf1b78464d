import { expect, it } from 'vitest';
import { append, recompute, SYSTEM } from '../../../collector/incidents/ledger.ts';
import { type Desk, INCIDENT_DEFAULTS } from '../../../collector/incidents/rules.ts';
import { loadIncident } from '../../../collector/store/incident-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { SIMPLE_RULES, START, signalOf, siteOn } from '../../support/incident-desk.ts';

onBothEngines('the ledger', (database) => {
  it('refuses to append to an incident that changed since it was read, and writes nothing of it', async () => {
    const site = await siteOn(database());
    const desk: Desk = {
      ...{ engine: database().engine, settings: INCIDENT_DEFAULTS, newId: () => 'unused' },
      rulesFor: () => Promise.resolve({ rules: SIMPLE_RULES, contractId: null }),
      onChange: () => Promise.resolve(),
    };
    await site.send([signalOf('firing', START)], START);
    const id = (await site.active())[0]?.id ?? '';
    const read = await loadIncident(database().db, id);
    if (!read) throw new Error('no incident');
    await append(desk, database().db, read, [{ kind: 'acknowledged' }], { now: START + 1, actor: SYSTEM });
    await expect(append(desk, database().db, read, [{ kind: 'cancelled', reason: 'policy' }], { now: START + 2, actor: SYSTEM })).rejects.toMatchObject({ code: 'conflict' });
    expect((await site.active()).map(({ state, version }) => [state, version])).toEqual([['acknowledged', 2]]);
    expect(await site.events(id)).toHaveLength(2);
  });

  it('is not led back in time by a collector whose clock is behind: what was done is not owed again', async () => {
    const site = await siteOn(database());
    const behind: number[] = [];
    const desk: Desk = {
      ...{ engine: database().engine, settings: INCIDENT_DEFAULTS, newId: () => 'unused' },
      rulesFor: () =>
        Promise.resolve({
          rules: {
            ...SIMPLE_RULES,
            dutiesOf: (events, now) => {
              behind.push(now - (events.at(-1)?.at ?? 0));
              return [];
            },
          },
          contractId: null,
        }),
      onChange: () => Promise.resolve(),
    };
    await site.send([signalOf('firing', START)], START);
    const read = await loadIncident(database().db, (await site.active())[0]?.id ?? '');
    if (!read) throw new Error('no incident');
    const after = await append(desk, database().db, read, [{ kind: 'acknowledged' }], { now: START - 5_000, actor: SYSTEM });
    await recompute(desk, database().db, after, START - 5_000);
    expect(behind).toEqual([0, 0]);
  });

  it('rolls the incident back when the message about it cannot be kept', async () => {
    const site = await siteOn(database());
    site.changes.push = () => {
      throw new Error('the outbox is full');
    };
    await expect(site.send([signalOf('firing', START)], START)).rejects.toThrow('the outbox is full');
    expect(await site.all()).toEqual([]);
    Reflect.deleteProperty(site.changes, 'push');
    expect(await site.send([signalOf('firing', START)], START)).toMatchObject({ opened: 1 });
  });
});
