import { expect, it } from 'vitest';
import { onBothEngines } from '../../support/databases.ts';
import { DAY, HOUR, inOrder, MINUTE, START, signalOf, siteOn } from '../../support/incident-desk.ts';

const ACTOR = { kind: 'user', id: 'u', name: '李' } as const;

onBothEngines('planned windows', (database) => {
  it('of a change need the notice that the policy asks for, or support’s approval', async () => {
    const { machine, customerId, clusterId } = await siteOn(database());
    const change = { customerId, clusterId, kind: 'change', startsAt: START + 27 * DAY, endsAt: START + 27 * DAY + HOUR, title: '升级 etcd' } as const;
    await expect(machine.planWindow(change, ACTOR, START)).rejects.toMatchObject({ code: 'invalid', details: { earliest: START + 28 * DAY } });
    await expect(machine.planWindow({ ...change, approvedBy: 'u' }, ACTOR, START)).resolves.toMatchObject({ kind: 'change' });
    await expect(machine.planWindow({ ...change, startsAt: START + 28 * DAY, endsAt: START + 28 * DAY + HOUR }, ACTOR, START)).resolves.toMatchObject({ announcedAt: START });
    await expect(machine.planWindow({ ...change, kind: 'maintenance', startsAt: START, endsAt: START }, ACTOR, START)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('keep what they cover quiet, and what outlasts a change is an outage at level 1 at once', async () => {
    const site = await siteOn(database(), { rules: { levelFor: ({ beyondChange }) => (beyondChange ? 1 : 2) } });
    const { machine, customerId, clusterId } = site;
    await machine.planWindow(
      { customerId, clusterId, kind: 'change', scope: { kind: 'Node', name: 'node-1' }, startsAt: START, endsAt: START + HOUR, title: '换盘', approvedBy: 'u' },
      ACTOR,
      START - DAY,
    );
    await site.send([signalOf('firing', START + MINUTE), signalOf('firing', START + MINUTE, { scope: { kind: 'Mount', node: 'node-2', name: '/var' } })], START + MINUTE);
    expect(inOrder((await site.active()).map(({ scope, state }) => [scope?.node, state]))).toEqual([
      ['node-1', 'suppressed'],
      ['node-2', 'open'],
    ]);
    await site.send([signalOf('firing', START + 30 * MINUTE)], START + 30 * MINUTE);
    await site.tick(START + HOUR);
    expect((await site.active()).find(({ scope }) => scope?.node === 'node-1')).toMatchObject({ state: 'open', level: 1 });
    const releveled = site.changes.flatMap(({ events }) => events).filter(({ body }) => body.kind === 'releveled');
    expect(releveled.map(({ body }) => body)).toEqual([{ kind: 'releveled', from: 2, to: 1, reason: 'outage-beyond-change' }]);
  });

  it('of a change are outlasted also by what is heard of only after them, whoever looks first', async () => {
    const site = await siteOn(database(), { rules: { levelFor: ({ beyondChange }) => (beyondChange ? 1 : 2) } });
    const { machine, customerId, clusterId } = site;
    const change = { customerId, clusterId, kind: 'change', startsAt: START, endsAt: START + HOUR, title: '升级', approvedBy: 'u' } as const;
    await machine.planWindow(change, ACTOR, START - DAY);
    const other = { scope: { kind: 'Node', name: 'node-9' } } as const;
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE);
    // The next look is there before the collector's own timer.
    await site.send(
      [signalOf('firing', START + HOUR + MINUTE), signalOf('firing', START + HOUR + MINUTE, { ...other, since: (START + 30 * MINUTE) / 1_000 })],
      START + HOUR + MINUTE,
    );
    await site.tick(START + HOUR + 2 * MINUTE);
    expect((await site.active()).map(({ state, level }) => [state, level])).toEqual([
      ['open', 1],
      ['open', 1],
    ]);
    await site.send([signalOf('firing', START + 2 * HOUR, { scope: { kind: 'Node', name: 'node-10' } })], START + 2 * HOUR);
    expect((await site.active()).find(({ scope }) => scope?.name === 'node-10')).toMatchObject({ level: 2 });
  });

  it('that the site announced end when a signal says so', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START, { maintenance: true })], START);
    expect(await site.active()).toMatchObject([{ state: 'suppressed' }]);
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'open', level: 1 }]);
  });

  it('of maintenance change no level, and recovery inside them is recovery', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    await site.alive(START);
    await machine.planWindow({ customerId, clusterId, kind: 'maintenance', startsAt: START, endsAt: START + HOUR, title: '例行维护' }, ACTOR, START - DAY);
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE);
    await site.send([signalOf('clear', START + 10 * MINUTE)], START + 10 * MINUTE);
    await site.alive(START + 20 * MINUTE);
    await site.tick(START + 20 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
  });
});
