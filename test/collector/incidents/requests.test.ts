import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { CommandSchema, OpenRequest } from '../../../collector/incidents/requests.ts';
import { listAudit } from '../../../collector/store/audit-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { DAY, HOUR, MINUTE, START, signalOf, siteOn } from '../../support/incident-desk.ts';

const LI = { kind: 'user', id: 'li', name: '李' } as const;

onBothEngines('requests of people and other systems', (database) => {
  it('open incidents with a text, once for each external id', async () => {
    const { machine, customerId } = await siteOn(database());
    const request = OpenRequest.parse({ customerId, title: ' 无法登录控制台 ', description: '从今早开始', severity: 'critical' });
    const { file, isNew } = await machine.open(request, LI, START);
    expect(isNew).toBe(true);
    expect(file.incident).toMatchObject({ source: 'person', title: '无法登录控制台', level: 1, signalState: 'none' });
    expect((await machine.open(request, LI, START)).file.filing.id).not.toBe(file.filing.id);
    const api = { kind: 'integration', id: 'itsm' } as const;
    const external = OpenRequest.parse({ customerId, title: 'INC-7', externalId: '7', level: 2 });
    const [one, two] = await Promise.all([machine.open(external, api, START), machine.open(external, api, START)]);
    expect(one.file.filing.id).toBe(two.file.filing.id);
    expect([one.isNew, two.isNew].filter(Boolean)).toHaveLength(1);
    expect(one.file.incident).toMatchObject({ source: 'api', level: 2 });
    expect(OpenRequest.safeParse({ customerId, title: 'x'.repeat(201) }).success).toBe(false);
    expect(OpenRequest.safeParse({ customerId, title: 'x', level: 6 }).success).toBe(false);
  });

  it('are idempotent by command id, refuse what is out of date, and leave a line in the audit log', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    const [incident] = await site.active();
    const incidentId = incident?.id ?? '';
    const acknowledge = { incidentId, command: { kind: 'acknowledge' }, actor: LI, visibility: [site.customerId], expectedVersion: 1, commandId: randomUUID() } as const;
    const done = await site.machine.command(acknowledge, START + MINUTE);
    expect(done.incident).toMatchObject({ state: 'acknowledged', version: 2 });
    expect((await site.machine.command(acknowledge, START + 2 * MINUTE)).incident.version).toBe(2);
    await expect(site.machine.command({ ...acknowledge, command: { kind: 'start' }, commandId: randomUUID() }, START)).rejects.toMatchObject({
      code: 'conflict',
      details: { version: 2, expectedVersion: 1 },
    });
    await expect(site.machine.command({ ...acknowledge, expectedVersion: 2, commandId: randomUUID() }, START)).rejects.toMatchObject({
      code: 'conflict',
      details: { allowed: expect.arrayContaining(['start', 'hold']) },
    });
    await expect(site.machine.command({ ...acknowledge, visibility: [randomUUID()] }, START)).rejects.toMatchObject({ code: 'not-found' });
    const lines = (await listAudit(database().db, [site.customerId])).filter(({ object }) => object === incidentId);
    expect(lines.map(({ action, actor }) => [action, actor.id])).toEqual([['incident.acknowledge', 'li']]);
  });

  it('that meet are taken one after the other: the second sees the first', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    const incidentId = (await site.active())[0]?.id ?? '';
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => site.machine.command({ incidentId, command: { kind: 'acknowledge' }, actor: LI, visibility: 'all' }, START)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await site.events(incidentId)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('cannot close what has unfinished incidents behind it, nor call it a duplicate of another customer’s', async () => {
    const site = await siteOn(database());
    const other = await siteOn(database());
    const parent = { check: 'node-not-ready', scope: { kind: 'Node', name: 'node-1' } } as const;
    await site.send([signalOf('firing', START), signalOf('firing', START, { ...parent, area: 'node' })], START);
    await site.send([signalOf('inhibited', START + MINUTE, { parent })], START + MINUTE);
    await other.send([signalOf('firing', START)], START);
    const node = (await site.active()).find(({ rule }) => rule === 'node-not-ready')?.id ?? '';
    const disk = (await site.active()).find(({ rule }) => rule === 'disk-space-low')?.id ?? '';
    const foreign = (await other.active())[0]?.id ?? '';
    const run = (incidentId: string, command: unknown) =>
      site.machine.command({ incidentId, command: CommandSchema.parse(command), actor: LI, visibility: 'all' }, START + 2 * MINUTE);
    await expect(run(disk, { kind: 'cancel', reason: 'duplicate', of: foreign })).rejects.toMatchObject({ code: 'not-found' });
    await run(node, { kind: 'relevel', to: 2, reason: 'customer-impact' });
    await database().db.updateTable('signals').set({ state: 'stale' }).where('cluster_id', '=', site.clusterId).execute(); // nothing to release: the child stays behind it
    await run(node, { kind: 'resolve', code: 'fixed' });
    await expect(run(node, { kind: 'close', closure: 'confirmed' })).rejects.toMatchObject({ code: 'conflict', details: { children: [disk] } });
    await run(disk, { kind: 'resolve', code: 'cleared' });
    await expect(run(node, { kind: 'close', closure: 'confirmed' })).resolves.toMatchObject({ incident: { state: 'closed', closure: 'confirmed' } });
  });

  it('that call it fixed are overruled by the site while it still fires, unless the risk was accepted', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    const incidentId = (await site.active())[0]?.id ?? '';
    const run = (command: unknown, now: number) => site.machine.command({ incidentId, command: CommandSchema.parse(command), actor: LI, visibility: 'all' }, now);
    await run({ kind: 'resolve', code: 'fixed' }, START + 10 * MINUTE);
    await site.send([signalOf('firing', START + 9 * MINUTE)], START + 11 * MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
    await site.send([signalOf('firing', START + HOUR)], START + HOUR);
    expect(await site.active()).toMatchObject([{ state: 'open', reopened: 1 }]);
    await run({ kind: 'resolve', code: 'accepted-risk' }, START + 2 * HOUR);
    await site.send([signalOf('firing', START + 3 * HOUR)], START + 3 * HOUR);
    expect(await site.active()).toMatchObject([{ state: 'resolved' }]);
  });

  it('read lists by page, filter and search, their own customers’ only, for two years after the end', async () => {
    const site = await siteOn(database());
    const { machine, customerId } = site;
    const opened: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const { file } = await machine.open(
        OpenRequest.parse({ customerId, title: `磁盘 Disk ${index}`, severity: index % 2 === 0 ? 'critical' : 'warning' }),
        LI,
        START + Math.floor(index / 2) * MINUTE,
      );
      opened.push(file.filing.id);
    }
    const pages: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await machine.list([customerId], {}, { now: START, limit: 2, cursor });
      pages.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(pages)).toEqual(new Set(opened));
    expect(pages).toHaveLength(7);
    const ids = async (filter: Parameters<typeof machine.list>[1], now = START) => (await machine.list([customerId], filter, { now })).items.length;
    expect(await ids({ levels: [1] })).toBe(4);
    expect(await ids({ search: 'DISK 3' })).toBe(1);
    expect(await ids({ search: '%' })).toBe(7);
    expect(await ids({ dueBefore: START + 31 * MINUTE })).toBe(2);
    expect(await ids({ unacknowledged: true, states: ['open'] })).toBe(7);
    await machine.command({ incidentId: opened[0] ?? '', command: { kind: 'assign', to: 'li', name: '李' }, actor: LI, visibility: 'all' }, START + HOUR);
    expect(await ids({ assignee: 'li' })).toBe(1);
    const due = await machine.list([customerId], {}, { now: START, order: 'due', limit: 3 });
    expect(due.items.map(({ nextDueAt }) => nextDueAt)).toEqual([30, 30, 31].map((minutes) => START + minutes * MINUTE));
    const rest = await machine.list([customerId], {}, { now: START, order: 'due', limit: 200, cursor: due.next });
    expect(rest.items).toHaveLength(4);
    expect((await machine.list([randomUUID()], {}, { now: START })).items).toEqual([]);
    expect((await machine.list([], {}, { now: START })).items).toEqual([]);
    await expect(machine.list('all', {}, { now: START, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' });
    await machine.command({ incidentId: opened[0] ?? '', command: { kind: 'cancel', reason: 'policy' }, actor: LI, visibility: 'all' }, START + HOUR);
    expect(await ids({ states: ['cancelled'] }, START + 700 * DAY)).toBe(1);
    expect(await ids({ states: ['cancelled'] }, START + 732 * DAY)).toBe(0);
    await expect(machine.detail([customerId], opened[0] ?? '', { now: START + 732 * DAY, internal: true })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('read one incident with clocks, and support’s own notes only when they are support', async () => {
    const { machine, customerId } = await siteOn(database());
    const { file } = await machine.open(OpenRequest.parse({ customerId, title: '慢' }), LI, START);
    const incidentId = file.filing.id;
    for (const visibility of ['internal', 'customer'] as const)
      await machine.command({ incidentId, command: { kind: 'note', visibility, text: visibility }, actor: LI, visibility: 'all' }, START);
    const shown = await machine.detail([customerId], incidentId, { now: START + 40 * MINUTE, internal: false });
    expect(shown.events.map(({ body }) => body.kind)).toEqual(['opened', 'note']);
    expect(shown.clocks).toMatchObject([{ clock: 'respond', state: 'running', breachedAt: START + 30 * MINUTE }]);
    expect((await machine.detail('all', file.filing.number, { now: START, internal: true })).events).toHaveLength(3);
    const explained = await machine.explain([customerId], incidentId, START, true);
    expect(explained).toMatchObject({ policy: 'test/simple@1', duties: [{ key: 'respond:1:50' }, { key: 'respond:1:100' }] });
    await expect(machine.explain([randomUUID()], incidentId, START, true)).rejects.toMatchObject({ code: 'not-found' });
    const audit = JSON.stringify(await listAudit(database().db, [customerId]));
    expect(audit).not.toContain('"text"');
  });
});
