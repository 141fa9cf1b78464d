/** The house's import rules, as the table in CONTRIBUTING.md states them. What globs in the linter cannot say is held here. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = globSync('{agent,bin,collector,reports}/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.d.ts'));

interface Import {
  readonly from: string;
  readonly to: string;
}
/** Relative imports as paths from the root, packages and `node:` modules as they are; static, dynamic and re-exports. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|(?:\bimport|\brequire|import\.meta\.url\))\(\s*'([^']+)'\s*\)/g),
  ];
  return found.map((match) => match[1] ?? match[2] ?? match[3] ?? '').map((to) => ({ from: file, to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to }));
}
const IMPORTS = SOURCES.flatMap(importsOf);
function offenders(from: RegExp, bad: (to: string) => boolean): string[] {
  return IMPORTS.filter((one) => from.test(one.from) && bad(one.to)).map(({ from: file, to }) => `${file} → ${to}`);
}
const isOurs = (to: string): boolean => /^(agent|bin|collector|reports|test|scripts)\//.test(to);

describe('the architecture', () => {
  it('finds imports at all', () => {
    expect(IMPORTS.length).toBeGreaterThan(300);
    expect(IMPORTS).toContainEqual({ from: 'agent/inspection.ts', to: 'agent/checks/run.ts' });
  });
  it('agent/ imports nothing of ours outside agent/', () => {
    expect(offenders(/^agent\//, (to) => isOurs(to) && !to.startsWith('agent/'))).toEqual([]);
  });
  it('reports/ sees agent/wire and itself', () => {
    expect(offenders(/^reports\//, (to) => isOurs(to) && !to.startsWith('reports/') && !to.startsWith('agent/wire/'))).toEqual([]);
  });
  it('collector/ sees reports, agent/wire, the check shape, the score, the profiles of hosts and itself; federation also the agent’s delivery', () => {
    expect(
      offenders(/^collector\/(?!federation\/)/, (to) => isOurs(to) && !/^(collector|reports)\/|^agent\/wire\/|^agent\/checks\/(check|score|host-profile-rows)\.ts$/.test(to)),
    ).toEqual([]);
  });
  it('federation forwards by the agent’s own sender and transport, and sees nothing else of the agent', () => {
    expect(offenders(/^collector\/federation\//, (to) => isOurs(to) && !/^collector\/|^agent\/(wire|delivery)\//.test(to))).toEqual([]);
  });
  it('the contract depends on nothing of ours and on no library but zod, in the schema and what words its complaints', () => {
    expect(offenders(/^agent\/wire\//, (to) => isOurs(to) && !to.startsWith('agent/wire/'))).toEqual([]);
    expect(offenders(/^agent\/wire\//, (to) => !isOurs(to) && !to.startsWith('node:') && to !== 'zod')).toEqual([]);
    expect(offenders(/^agent\/wire\/(?!schema\.ts|expectation\.ts)/, (to) => to === 'zod')).toEqual([]);
  });
  it('checks and chapters are pure: no node modules, no libraries, no gatherers', () => {
    const impure = (to: string): boolean => !isOurs(to) || /^agent\/(gatherers|host|kube|runtime|site)\//.test(to);
    expect(offenders(/^agent\/checks\/[a-z-]+\//, impure)).toEqual([]);
    expect(offenders(/^reports\/chapters\//, impure)).toEqual([]);
    for (const file of SOURCES.filter((path) => /^agent\/checks\/[a-z-]+\//.test(path)))
      expect(readFileSync(join(ROOT, file), 'utf8'), file).not.toMatch(/Date\.now|performance\.now|Math\.random|console\.\w/);
  });
  it('files of the machine are read in agent/host only', () => {
    expect(offenders(/^agent\/(gatherers|checks|wire)\//, (to) => /^node:(fs|child_process|net|http|https|dgram)/.test(to))).toEqual([]);
  });
  it('only agent/kube talks to the API server, only delivery’s transport to a collector, and only they know HTTP clients', () => {
    expect(offenders(/^(?!agent\/kube\/)/, (to) => to === '@kubernetes/client-node' || to === 'socks-proxy-agent')).toEqual([]);
    expect(offenders(/^(?!agent\/kube\/|agent\/delivery\/tunnel-agent\.ts)/, (to) => to === 'hpagent')).toEqual([]);
    expect(offenders(/^agent\/(?!kube\/|delivery\/transport\.ts|middleware\/http\.ts|runtime\/health-server\.ts)/, (to) => to === 'agent/runtime/node-http.ts')).toEqual([]);
    expect(offenders(/^agent\/(?!kube\/|runtime\/axios\.ts)/, (to) => to === 'axios')).toEqual([]);
    expect(offenders(/^agent\/(?!kube\/|delivery\/exchange\.ts)/, (to) => to === 'agent/runtime/axios.ts')).toEqual([]);
  });
  it('what runs on every node requires node:http and axios, because importing them loads fetch', () => {
    const importers = SOURCES.filter((file) => file.startsWith('agent/') && /^import (?!type)[^;]*from '(node:http|axios)'/m.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(importers).toEqual([]);
    expect(IMPORTS).toContainEqual({ from: 'agent/runtime/axios.ts', to: 'axios' });
    expect(IMPORTS).toContainEqual({ from: 'agent/host/probe.ts', to: 'node:http' });
  });
  it('SQL is in collector/store only, HTTP serving in collector/http, mail in collector/notify', () => {
    const allowedOnly = (folder: string, libraries: RegExp): void =>
      expect(
        offenders(new RegExp(`^(?!${folder})`), (to) => libraries.test(to)),
        folder,
      ).toEqual([]);
    allowedOnly('collector/store/', /^kysely$/);
    // RPM keeps its own list of packages in SQLite.
    allowedOnly('(collector/store/|agent/host/packages/rpm-sqlite)', /^node:sqlite$/);
    allowedOnly('(collector/store/|agent/gatherers/middleware/postgresql/client)', /^pg$/);
    allowedOnly('collector/http/', /^(fastify|@fastify\/.*|openid-client)$/);
    allowedOnly('collector/notify/', /^nodemailer/);
  });
  it('reads process.env in one place', () => {
    const readers = SOURCES.filter((file) => /process\.env/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(readers).toEqual(['bin/xunjian.ts']);
  });
  it('the process that stays on every node loads no heavy library and none of the checks, by any static path', () => {
    const heavy = new Set<string>();
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(join(ROOT, file), 'utf8');
      for (const [, clause = '', to = ''] of text.matchAll(/(?:^|\n)\s*(?:import|export)\s([^'"`;]*?)from\s*'([^']+)'/g)) {
        if (clause.trimStart().startsWith('type ')) continue;
        if (to.startsWith('.')) walk(normalize(join(dirname(file), to)));
        else if (!to.startsWith('node:')) heavy.add(to);
      }
    };
    for (const entry of ['agent/main.ts', 'agent/fast-path.ts', 'agent/delivery/delivery.ts', 'bin/xunjian.ts', 'bin/commands/agent.ts']) walk(entry);
    expect([...heavy].sort()).toEqual(['pino', 'prom-client/lib/counter.js', 'prom-client/lib/gauge.js', 'prom-client/lib/registry.js']);
    expect([...seen].filter((file) => /^agent\/(checks\/(?!settings)|gatherers|host|kube)\//.test(file))).toEqual([]);
  });
});
