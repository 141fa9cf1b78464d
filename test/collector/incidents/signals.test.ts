import { expect, it } from 'vitest';
import type { SupportRules } from '../../../collector/incidents/rules.ts';
import { onBothEngines } from '../../support/databases.ts';
import { AGENT, DAY, HOUR, inOrder, MINUTE, START, signalOf, siteOn } from '../../support/incident-desk.ts';

onBothEngines('signals of agents', (database) => {
  it('open one incident, which recovers, is observed, resolves and closes by itself', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    expect(await site.send([signalOf('firing', START)], START)).toMatchObject({ opened: 1 });
    const [incident] = await site.active();
    expect(incident).toMatchObject({
      state: 'open',
      level: 1,
      severity: 'critical',
      rule: 'disk-space-low',
      kind: 'incident',
      source: 'agent',
      policy: 'test/simple@1',
      nextDueAt: START + 30 * MINUTE,
    });
    const id = incident?.id ?? '';
    await site.send([signalOf('clear', START + 3 * MINUTE)], START + 3 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'recovering', signalState: 'clear' }]);
    await site.alive(START + 13 * MINUTE);
    await site.tick(START + 13 * MINUTE - 1);
    expect(await site.active()).toMatchObject([{ state: 'recovering' }]);
    await site.tick(START + 13 * MINUTE);
    expect(await site.active()).toMatchObject([{ id, state: 'resolved', resolvedAt: START + 13 * MINUTE }]);
    await site.tick(START + 13 * MINUTE + 14 * DAY);
    expect(await site.active()).toEqual([]);
    expect((await site.events(id)).map(({ body }) => body.kind)).toEqual(['opened', 'signal', 'recovering', 'resolved', 'closed']);
  });

  it('do not resolve while the agent is silent, however quiet it is', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    await site.send([signalOf('firing', START)], START);
    await site.send([signalOf('clear', START + MINUTE)], START + MINUTE);
    await site.tick(START + 20 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'recovering' }]);
    await site.alive(START + 30 * MINUTE);
    await site.tick(START + 30 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
  });

  it('relapse into the state where people were, reopen within the window, and are a new incident that follows after it', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    await site.send([signalOf('firing', START)], START);
    const id = (await site.active())[0]?.id ?? '';
    await site.machine.command({ incidentId: id, command: { kind: 'start' }, actor: { kind: 'user', id: 'u', name: '李' }, visibility: 'all' }, START + 1);
    await site.send([signalOf('clear', START + 20 * MINUTE)], START + 20 * MINUTE);
    await site.send([signalOf('firing', START + 25 * MINUTE)], START + 25 * MINUTE);
    expect(await site.active()).toMatchObject([{ id, state: 'in-progress', reopened: 0 }]);
    await site.send([signalOf('clear', START + HOUR)], START + HOUR);
    await site.alive(START + 2 * HOUR);
    await site.tick(START + 2 * HOUR);
    await site.send([signalOf('firing', START + 3 * HOUR)], START + 3 * HOUR);
    expect(await site.active()).toMatchObject([{ id, state: 'open', reopened: 1 }]);
    await site.send([signalOf('clear', START + 4 * HOUR)], START + 4 * HOUR);
    await site.alive(START + 5 * HOUR);
    await site.tick(START + 5 * HOUR);
    await site.send([signalOf('firing', START + 13 * DAY)], START + 13 * DAY);
    const [next] = await site.active();
    expect(next).toMatchObject({ state: 'open', followsId: id });
    expect((await site.all(START + 13 * DAY)).find((one) => one.id === id)).toMatchObject({ state: 'closed', closure: 'expired' });
  });

  it('raise the level with the severity, never lower it, and leave the level that a person chose', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START, { severity: 'warning' })], START);
    expect(await site.active()).toMatchObject([{ level: 3 }]);
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE);
    expect(await site.active()).toMatchObject([{ level: 1, severity: 'critical' }]);
    await site.send([signalOf('firing', START + 2 * MINUTE, { severity: 'warning' })], START + 2 * MINUTE);
    expect(await site.active()).toMatchObject([{ level: 1, severity: 'warning' }]);
    const id = (await site.active())[0]?.id ?? '';
    await site.machine.command({ incidentId: id, command: { kind: 'relevel', to: 4, reason: 'person' }, actor: { kind: 'user', id: 'u' }, visibility: 'all' }, START + 3 * MINUTE);
    await site.send([signalOf('firing', START + 4 * MINUTE)], START + 4 * MINUTE);
    expect(await site.active()).toMatchObject([{ level: 4, severity: 'critical' }]);
  });

  it('go out of sight when a complete list lacks them: stale, never resolved', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    const other = { scope: { kind: 'Mount', node: 'node-1', name: '/data' } } as const;
    await site.send([signalOf('firing', START), signalOf('firing', START, other)], START);
    await site.send([signalOf('firing', START + HOUR, other)], START + HOUR, { complete: true });
    const states = new Map((await site.active()).map(({ scope, signalState, state }) => [scope?.name, [state, signalState]]));
    expect(states).toEqual(
      new Map([
        ['/var', ['open', 'stale']],
        ['/data', ['open', 'firing']],
      ]),
    );
    await site.tick(START + 2 * HOUR);
    expect(await site.active()).toHaveLength(2);
    await site.send([signalOf('firing', START + 2 * HOUR)], START + 2 * HOUR);
    expect((await site.active()).map(({ signalState }) => signalState)).toEqual(['firing', 'firing']);
  });

  it('write unchanged facts down once an hour, however often they are repeated', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    for (let minute = 1; minute <= 180; minute += 1) await site.send([signalOf('firing', START + minute * MINUTE, { observed: 90 + (minute % 9) })], START + minute * MINUTE);
    const [incident] = await site.active();
    expect((await site.events(incident?.id ?? '')).map(({ body }) => body.kind)).toEqual(['opened', 'signal', 'signal', 'signal']);
  });

  it('stand behind their parent, visible and quiet, and speak up when it has ended and they still hold', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    const parent = { check: 'node-not-ready', scope: { kind: 'Node', name: 'node-1' } } as const;
    await site.send([signalOf('firing', START)], START);
    await site.send([signalOf('firing', START + MINUTE, { ...parent, area: 'node' })], START + MINUTE);
    const child = signalOf('inhibited', START + 2 * MINUTE, { parent });
    const hidden = signalOf('inhibited', START + 2 * MINUTE, { parent, scope: { kind: 'Mount', node: 'node-1', name: '/data' } });
    await site.send([child, hidden], START + 2 * MINUTE);
    const [node, disk] = (await site.active()).toSorted((one, other) => (one.rule < other.rule ? 1 : -1));
    expect(disk).toMatchObject({ state: 'suppressed', parentId: node?.id });
    const detail = await site.machine.detail('all', node?.id ?? '', { now: START, internal: true });
    expect(detail.children.map(({ id }) => id)).toEqual([disk?.id]);
    expect(detail.hidden.map(({ scope }) => scope.name).sort()).toEqual(['/data', '/var']);
    await site.send([signalOf('clear', START + 5 * MINUTE, { ...parent, area: 'node' })], START + 5 * MINUTE);
    await site.alive(START + 15 * MINUTE);
    await site.tick(START + 15 * MINUTE);
    const after = await site.active();
    expect(after.find(({ id }) => id === node?.id)?.state).toBe('resolved');
    expect(inOrder(after.filter(({ rule }) => rule === 'disk-space-low').map(({ state, scope }) => [scope?.name, state]))).toEqual([
      ['/data', 'open'],
      ['/var', 'open'],
    ]);
  });

  it('are believed to stand behind a parent that nobody has seen for ten minutes only', async () => {
    const site = await siteOn(database());
    const parent = { check: 'node-not-ready', scope: { kind: 'Node', name: 'node-9' } } as const;
    await site.send([signalOf('inhibited', START, { parent })], START);
    expect(await site.active()).toEqual([]);
    await site.send([signalOf('inhibited', START + HOUR, { parent, since: START / 1_000 })], START + HOUR);
    expect(await site.active()).toMatchObject([{ state: 'open' }]);
  });

  it('are not opened again in the episode that people ended, unless it gets worse', async () => {
    const site = await siteOn(database());
    const since = START / 1_000;
    await site.send([signalOf('firing', START, { severity: 'warning' })], START);
    const id = (await site.active())[0]?.id ?? '';
    await site.machine.command({ incidentId: id, command: { kind: 'cancel', reason: 'false-positive' }, actor: { kind: 'user', id: 'u' }, visibility: 'all' }, START + MINUTE);
    await site.send([signalOf('firing', START + HOUR, { severity: 'warning', since })], START + HOUR);
    expect(await site.active()).toEqual([]);
    await site.send([signalOf('firing', START + 2 * HOUR, { since })], START + 2 * HOUR);
    expect(await site.active()).toMatchObject([{ followsId: id, level: 1 }]);
  });

  it('of a silent agent become stale behind an incident of their own, which ends when it is back', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    await site.alive(START);
    await site.send([signalOf('firing', START)], START);
    const identity = { customerId, clusterId, agent: AGENT, role: 'node', node: 'node-1' };
    const silent = (now: number) => database().transaction((db) => machine.agentSilent(db, identity, now));
    await silent(START + 5 * MINUTE);
    await silent(START + 6 * MINUTE);
    expect(inOrder((await site.active()).map(({ source, signalState }) => [source, signalState]))).toEqual([
      ['agent', 'stale'],
      ['agent-silent', 'firing'],
    ]);
    await database().transaction((db) => machine.agentBack(db, identity, START + 10 * MINUTE));
    await site.send([signalOf('firing', START + 10 * MINUTE)], START + 10 * MINUTE, { complete: true });
    await site.alive(START + 20 * MINUTE);
    await site.tick(START + 20 * MINUTE);
    expect(inOrder((await site.active()).map(({ source, state, signalState }) => [source, state, signalState]))).toEqual([
      ['agent', 'open', 'firing'],
      ['agent-silent', 'resolved', 'clear'],
    ]);
  });

  it('of the agents that a machine had one after the other are one incident', async () => {
    const site = await siteOn(database());
    const { machine, customerId, clusterId } = site;
    const tell = async (what: 'agentSilent' | 'agentBack', agent: string, role: string, now: number) =>
      await database().transaction(async (db) => await machine[what](db, { customerId, clusterId, agent, role, node: 'node-1' }, now));
    await tell('agentSilent', 'a'.repeat(32), 'node', START);
    await tell('agentBack', 'a'.repeat(32), 'node', START + 2 * MINUTE); // replaced, and being watched
    await tell('agentSilent', 'b'.repeat(32), 'node', START + 4 * MINUTE);
    await tell('agentSilent', 'c'.repeat(32), 'node', START + 5 * MINUTE);
    expect((await site.active()).map(({ rule, signalState }) => [rule, signalState])).toEqual([['agent-silent', 'firing']]);
    await tell('agentSilent', 'd'.repeat(32), 'host', START + 6 * MINUTE); // another duty on the same machine
    expect(await site.active()).toHaveLength(2);
    await tell('agentBack', 'c'.repeat(32), 'node', START + 10 * MINUTE);
    expect(inOrder((await site.active()).map(({ signalState }) => [signalState]))).toEqual([['clear'], ['firing']]);
  });

  it('on configuration are problems at the levels of advice', async () => {
    const site = await siteOn(database());
    await site.send(
      [signalOf('firing', START, { check: 'workload-liveness-probe-missing', area: 'workload', severity: 'warning', scope: { kind: 'Deployment', namespace: 'n', name: 'd' } })],
      START,
    );
    expect(await site.active()).toMatchObject([{ kind: 'problem', level: 4 }]);
  });
  it('on configuration are faults where the contract gives their check a level of its own', async () => {
    const rules: Partial<SupportRules> = { isFault: (rule) => rule === 'redis-auth-off', levelFor: ({ kind }) => (kind === 'problem' ? 4 : 2) };
    const site = await siteOn(database(), { rules });
    const open = { area: 'middleware', severity: 'critical', scope: { kind: 'Instance', name: 'cache' } } as const;
    await site.send([signalOf('firing', START, { check: 'redis-auth-off', ...open }), signalOf('firing', START, { check: 'nacos-auth-off', ...open })], START);
    expect(inOrder((await site.active()).map(({ rule, kind, level }) => [rule, kind, level]))).toEqual([
      ['nacos-auth-off', 'problem', 4],
      ['redis-auth-off', 'incident', 2],
    ]);
  });
});
