import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyCommand } from '../../bin/commands/policy.ts';
import { slaCommand } from '../../bin/commands/sla.ts';
import { UsageError } from '../../bin/terminal/arguments.ts';
import { xunjian as process, temporary } from '../support/program.ts';

/** The commands in this process, as `bin/xunjian.ts` calls them; a process each would take minutes. */
async function xunjian([word = '', ...args]: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const locale = args.includes('zh') ? 'zh' : 'en';
  const context = {
    environment: {},
    locale,
    colour: false,
    signal: new AbortController().signal,
    print: (line: string) => out.push(line),
    complain: (line: string) => err.push(line),
  } as const;
  try {
    const code = await (word === 'sla' ? slaCommand : policyCommand)(args, context);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, out: out.join('\n'), err: error.message };
    throw error;
  }
}

const EXPLAIN = ['sla', 'explain', '--policy', 'daocloud', '--tier', 'standard'];
interface Explained {
  readonly due: string | null;
  readonly provisional: boolean;
  readonly segments: readonly { readonly from: string; readonly to: string; readonly counted: number }[];
}
async function explain(...args: string[]): Promise<Explained> {
  const { out, err, code } = await xunjian([...EXPLAIN, ...args, '--json']);
  expect([err, code]).toEqual(['', 0]);
  return JSON.parse(out) as Explained;
}

describe('sla explain', () => {
  it('prints exactly the published document', async () => {
    expect(await explain('--level', '3', '--at', '2026-11-27T16:00')).toEqual({
      due: '2026-12-01T16:00:00+08:00',
      provisional: false,
      segments: [
        { from: '2026-11-27T16:00:00+08:00', to: '2026-11-27T18:00:00+08:00', counted: 7_200 },
        { from: '2026-11-27T18:00:00+08:00', to: '2026-11-28T00:00:00+08:00', counted: 0 },
        { from: '2026-11-28T00:00:00+08:00', to: '2026-11-30T00:00:00+08:00', counted: 0 },
        { from: '2026-11-30T00:00:00+08:00', to: '2026-11-30T08:00:00+08:00', counted: 0 },
        { from: '2026-11-30T08:00:00+08:00', to: '2026-11-30T18:00:00+08:00', counted: 36_000 },
        { from: '2026-11-30T18:00:00+08:00', to: '2026-12-01T08:00:00+08:00', counted: 0 },
        { from: '2026-12-01T08:00:00+08:00', to: '2026-12-01T16:00:00+08:00', counted: 28_800 },
      ],
    });
  });
  it.each([
    [['--level', '1', '--at', '2026-11-27T08:00:00Z'], '2026-11-27T20:00:00+08:00', false],
    [['--level', '1', '--at', '2026-11-27T08:00+00'], '2026-11-27T20:00:00+08:00', false],
    [['--level', '1', '--at', '2026-11-27T09:00+01:00[Europe/Berlin]'], '2026-11-27T20:00:00+08:00', false],
    [['--level', '1 级', '--at', '2026-11-27T16:00'], '2026-11-27T20:00:00+08:00', false],
    [['--level', '2', '--at', '2026-11-27T16:00', '--zone', 'Europe/Berlin'], '2026-11-30T14:00:00+01:00', false],
    [
      ['--level', '2', '--at', '2026-11-27T09:00', '--pause', '2026-11-27T10:00/2026-11-27T12:00', '--pause', '2026-11-27T11:00/2026-11-27T13:00'],
      '2026-11-30T10:00:00+08:00',
      false,
    ],
    [['--level', '3', '--at', '2027-03-01T09:00'], '2027-03-03T09:00:00+08:00', true],
    [['--level', '1', '--at', '2026-11-27T16:00', '--clock', 'update'], '2026-11-27T17:00:00+08:00', false],
    [['--level', '5', '--at', '2026-11-27T16:00'], null, false],
    [['--level', '2', '--at', '2026-11-27T16:00', '--clock', 'resolve'], null, false],
  ] as const)('%j is due %s, provisional: %s', async (args, due, provisional) => {
    expect(await explain(...args)).toMatchObject({ due, provisional });
  });
  it('explains itself in both languages', async () => {
    const zh = await xunjian([...EXPLAIN, '--level', '3', '--at', '2026-12-31T16:00', '--lang', 'zh']);
    for (const word of ['二个工作日', '周末', '到期: 2027-01-04T16:00:00+08:00', '暂定']) expect(zh.out).toContain(word);
    expect((await xunjian([...EXPLAIN, '--level', '5', '--at', '2026-12-31T16:00'])).out).toContain('sets no time');
  });
  it.each([
    [['sla'], 'sla explain'],
    [[...EXPLAIN.slice(0, 2), '--level', '1'], '--policy'],
    [[...EXPLAIN.slice(0, 2), '--policy', 'acme', '--tier', 'x'], 'acme'],
    [[...EXPLAIN, '--tier', 'gold', '--level', '1', '--at', '2026-11-27'], 'gold'],
    [[...EXPLAIN, '--level', '9', '--at', '2026-11-27'], '--level'],
    [[...EXPLAIN, '--level', '1'], '--at'],
    [[...EXPLAIN, '--level', '1', '--at', 'yesterday'], 'yesterday'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-02-30T10:00'], '2026-02-30'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-02-03T10:00[Europe/Berlin]'], 'Berlin'],
    [[...EXPLAIN, '--level', '1', '--at', '1926-02-03T10:00'], '2000'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--zone', 'Mars'], 'Mars'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--zone', 'CST'], 'no abbreviation such as CST'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--clock', 'lunch'], 'lunch'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--pause', 'later'], 'FROM/TO'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--pause', '2026-11-28/2026-11-27'], 'before'],
    [[...EXPLAIN, '--level', '1', '--at', '2026-11-27', '--policies', '/no/such'], '/no/such'],
    [['policy'], 'lint'],
    [['policy', 'lint', '/no/such.yaml'], '/no/such.yaml'],
    [['policy', 'show', 'acme'], 'acme'],
    [['policy', 'simulate', '--policy', 'xfusion', '--tier', 'standard'], '--events'],
    [['policy', 'simulate', '--policy', 'xfusion', '--tier', 'standard', '--events', '/no/such'], '/no/such'],
  ])('%j is refused with one clear line and exit code 2', async (args, word) => {
    const { code, err, out } = await xunjian(args);
    expect(code).toBe(2);
    expect(err).toContain(word);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
  it('is a command of the program, with its exit codes', async () => {
    const good = await process([...EXPLAIN, '--level', '1', '--at', '2026-11-27T16:00', '--json']);
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(good.out)).toMatchObject({ due: '2026-11-27T20:00:00+08:00' });
    const bad = await process([...EXPLAIN, '--level', '9', '--at', '2026-11-27', '--lang', 'zh']);
    expect(bad).toMatchObject({ code: 2, out: '' });
    expect(bad.err).toContain('没有级别');
  });
  it('refuses in the language of the user', async () => {
    expect((await xunjian([...EXPLAIN, '--level', '1', '--at', 'x', '--lang', 'zh'])).err).toContain('不是时间');
  });
});

describe('policy', () => {
  it('lists and shows what comes with the program', async () => {
    const { out } = await xunjian(['policy', 'list', '--json']);
    expect((JSON.parse(out) as { ref: string }[]).map(({ ref }) => ref)).toEqual([
      'alibaba/onsite-5x8@1',
      'alibaba/remote-5x8@1',
      'alibaba/remote-7x24@1',
      'daocloud/standard@1',
      'daocloud/advanced@1',
      'daocloud/professional@1',
      'tongtech/standard@1',
      'xfusion/standard@1',
    ]);
    expect((await xunjian(['policy', 'show', 'tongtech', '--lang', 'zh'])).out).toContain('响应后第一次电话回复: 1 h');
  });
  it('lints files with their lines', async () => {
    const directory = temporary();
    expect(await xunjian(['policy', 'lint'])).toMatchObject({ code: 0, err: '' });
    writeFileSync(join(directory, 'own.yaml'), 'schema: 1\nid: own\nversion: none\n');
    const { code, err } = await xunjian(['policy', 'lint', join(directory, 'own.yaml'), '--lang', 'zh']);
    expect(code).toBe(2);
    expect(err).toContain('own.yaml:3: version: ');
    expect(err).toContain('缺少此键');
  });
  it('replays past incidents under a policy', async () => {
    const directory = temporary();
    const at = (text: string): number => Date.parse(`2026-11-${text}:00+08:00`);
    const event = (incidentId: string, version: number, time: string, body: unknown) =>
      JSON.stringify({ incidentId, version, at: at(time), actor: { kind: 'system' }, policy: 'daocloud/standard@1', body });
    const opened = { kind: 'opened', source: 'agent', incidentKind: 'incident', severity: 'critical', level: 2, rule: 'node-not-ready' };
    const lines = [
      event('i-1', 1, '25T10:00', opened),
      event('i-2', 1, '25T10:00', opened),
      event('i-1', 2, '25T11:30', { kind: 'contact', contact: 'first-contact' }),
      event('i-2', 2, '25T10:20', { kind: 'contact', contact: 'first-contact' }),
      event('i-2', 3, '25T10:30', { kind: 'grew', members: 64 }),
    ];
    writeFileSync(join(directory, 'events.ndjson'), `${lines.join('\n')}\n\n`);
    const replay = async (
      policy: string,
      path: string,
    ): Promise<{ totals: Record<string, number>; incidents: { incidentId: string; clocks: { clock: string; state: string }[] }[] }> =>
      JSON.parse((await xunjian(['policy', 'simulate', '--policy', policy, '--tier', 'standard', '--events', join(directory, path), '--json'])).out);
    const xfusion = await replay('xfusion', 'events.ndjson');
    expect(xfusion.incidents.map(({ incidentId, clocks }) => [incidentId, clocks.find(({ clock }) => clock === 'respond')?.state])).toEqual([
      ['i-1', 'breached'],
      ['i-2', 'met'],
    ]);
    expect((await replay('daocloud', '.')).totals).toMatchObject({ breached: 0 });
    const { out } = await xunjian(['policy', 'simulate', '--policy', 'xfusion', '--tier', 'standard', '--events', join(directory, 'events.ndjson'), '--lang', 'zh']);
    expect(out).toContain('2 个事件，1 个时钟超时');
    expect(out).toContain('P2 · "node-not-ready" · 2026-11-25 10:00 · i-1');
    writeFileSync(join(directory, 'events.ndjson'), `${lines[0]}\n{"incidentId":"i-1"}\n`);
    expect((await xunjian(['policy', 'simulate', '--policy', 'xfusion', '--tier', 'standard', '--events', join(directory, 'events.ndjson')])).err).toContain('events.ndjson:2');
  });
});
