import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import type { Field } from '../../agent/wire/fields.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName, SomeSections } from '../../agent/wire/section-values.ts';
import { isVersion } from '../../agent/wire/version.ts';
import { formatObserved } from '../../reports/format.ts';
import { isTranslated, observedWord } from '../../reports/observed-words.ts';
import { type CheckFixture, fixturePath } from '../fixtures/check-fixture.ts';
import { FIXTURE_NOW, HEALTHY as HEALTHY_PLATFORM } from '../fixtures/healthy/index.ts';
import { HEALTHY_MIDDLEWARE } from '../fixtures/healthy/middleware.ts';

const HEALTHY: SomeSections = { ...HEALTHY_PLATFORM, ...HEALTHY_MIDDLEWARE };

/** Fields whose members are names that a reader would search for: products, modules, algorithms. */
const PROPER = new Set([
  'os.distribution',
  'nodes.rows.os',
  'os.timeZone',
  'os.clockSource',
  'modules.available',
  'timeSync.service',
  'timeSync.running',
  'timeSync.configured',
  'hostSecurity.firewalls',
  'kubelet.cgroupDriver',
  'runtime.cgroupDriver',
  'runtime.kind',
  'runtime.storageDriver',
  'certificates.certificates.signatureHash',
  'services.rows.known',
  'middlewareDrift.rows.word',
  'middlewareSettings.rows.word', // words of the products' own configuration
  'middlewareDrift.rows.wasWord',
  'middlewareElasticsearch.rows.allocation',
  'middleware.rows.fork',
  'middleware.rows.looksLike', // names of products and protocols
  'middleware.members.looksLike',
]);
const GENERIC = ['other', 'none', 'unknown', 'default', 'intrinsic'];

interface Closed {
  readonly path: string;
  readonly members: readonly string[];
}
function closedLists(path: string, field: Field): readonly Closed[] {
  if (field.type === 'list') return Object.entries(field.row).flatMap(([key, inner]) => closedLists(`${path}.${key}`, inner));
  if (field.type === 'enum' || field.type === 'enum-set') return [{ path, members: field.values }];
  return field.type === 'map' ? [{ path, members: field.keys }] : [];
}
const listsOf = (section: SectionName): readonly Closed[] => Object.entries<Field>(SECTIONS[section].fields).flatMap(([key, field]) => closedLists(`${section}.${key}`, field));

/** Words of the Kubernetes API are capitalised and keep their spelling, as proper names do. */
function untranslated({ path, members }: Closed): readonly string[] {
  return members.filter((word) => !isTranslated(word) && !/[A-Z]/.test(word) && (!PROPER.has(path) || GENERIC.includes(word)));
}

/** The words that a check's own fixture makes it say. */
async function saidBy(check: (typeof CHECKS)[number]): Promise<readonly string[]> {
  const path = join(import.meta.dirname, '../fixtures/checks', `${fixturePath(check)}.ts`);
  const { default: fixture } = (await import(path)) as { default: CheckFixture };
  return fixture.fail.flatMap(({ change, now = FIXTURE_NOW }) => {
    const sections: Record<string, unknown> = { ...HEALTHY };
    for (const [section, fields] of Object.entries(change)) sections[section] = { ...HEALTHY[section as SectionName], ...fields };
    const { findings } = check.run(sections as SomeSections, {}, { now, host: 'node-1' });
    return findings.flatMap(({ observed, threshold }) => [observed, threshold]).filter((value) => typeof value === 'string');
  });
}

describe('words of observed values and limits', () => {
  it('have a text each: every member of every closed list that a check is seen to quote from', async () => {
    const missing = new Set<string>();
    let seen = 0;
    for (const check of CHECKS) {
      const said = (await saidBy(check)).filter((word) => !isVersion(word));
      seen += said.length;
      const lists = check.reads.flatMap(listsOf);
      for (const word of said) {
        const from = lists.filter(({ members }) => members.includes(word));
        for (const list of from.length > 0 ? from : [{ path: check.id, members: [word] }]) for (const one of untranslated(list)) missing.add(`${check.id}: ${one}`);
      }
    }
    expect(seen).toBeGreaterThan(50);
    expect([...missing]).toEqual([]);
  });
  it('are the reader’s in a report', () => {
    expect(formatObserved('not-registered', 'value', 'zh', 0)).toBe('未注册');
    expect(formatObserved('not-registered', 'value', 'en', 0)).toBe('not registered');
  });
  it.each(['1.28.3', 'CrashLoopBackOff', 'Asia/Shanghai', 'chrony', 'constructor', '__proto__'])('leave %s as it is spelled', (word) =>
    expect(observedWord(word, 'zh')).toBe(word),
  );
});
