import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../agent/checks/check.ts';
import { CHECKS } from '../../../agent/checks/index.ts';
import { CHECK_IDS } from '../../../agent/wire/check-ids.ts';
import type { SectionName, SomeSections } from '../../../agent/wire/section-values.ts';
import { AREAS, LOCALES } from '../../../agent/wire/vocabulary.ts';
import { type Changes, type CheckFixture, fixturePath } from '../../fixtures/check-fixture.ts';
import { FIXTURE_NOW, HEALTHY as HEALTHY_PLATFORM } from '../../fixtures/healthy/index.ts';
import { HEALTHY_MIDDLEWARE } from '../../fixtures/healthy/middleware.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HEALTHY: SomeSections = { ...HEALTHY_PLATFORM, ...HEALTHY_MIDDLEWARE };
const CONTEXT: CheckContext = { now: FIXTURE_NOW, host: 'node-1' };

/** Files of other projects, which a source names together with the project. */
const FOREIGN_FILES = /openEuler (?:release-management )?lifecycle\.md|containerd RELEASES\.md|node-problem-detector (?:config\/)?[a-z-]+\.json/g;
/** What else looks like a file or a folder of code must be in the repository: nobody else can look it up. */
function strangersIn(source: string): string[] {
  const named = source.replaceAll(FOREIGN_FILES, '').match(/[\w./-]+\.(?:md|ts|json|ya?ml|txt|docx|pdf)\b|\bagent\/[\w./-]+/g) ?? [];
  return named.filter((path) => !existsSync(join(ROOT, path)));
}

/** Area and problem; in the area of middleware a folder for each product lies between them. */
function filesOf(folder: string): string[] {
  return AREAS.flatMap((area) =>
    readdirSync(join(ROOT, folder, area), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts'))
      .map((file) => `${area}/${file.replace('.ts', '')}`),
  ).sort();
}
function withChanges(changes: Changes): SomeSections {
  const out: Record<string, unknown> = { ...HEALTHY };
  for (const [section, fields] of Object.entries(changes)) out[section] = { ...HEALTHY[section as SectionName], ...fields };
  return out as SomeSections;
}

describe('the registry of checks', () => {
  it('lists what the folders hold, each under the path that its id spells', () => {
    expect(CHECKS.map(fixturePath).sort()).toEqual(filesOf('agent/checks'));
  });
  it('has a fixture for each', () => {
    expect(filesOf('test/fixtures/checks')).toEqual(filesOf('agent/checks'));
  });
  it('gives the wire its closed list of ids', () => {
    expect([...CHECK_IDS]).toEqual(CHECKS.map(({ id }) => id).sort());
  });
});

describe.each(CHECKS.map((check) => [check.id, check] as const))('%s', (_id, check) => {
  it('has its texts, source and units', () => {
    for (const text of [check.title.zh, check.title.en, check.remedy.zh, check.remedy.en]) expect(text.trim().length).toBeGreaterThan(3);
    // A curly apostrophe is as wide as a Chinese sign in the fonts that reports are set in.
    for (const { en } of [check.title, check.why, check.remedy]) expect(en).not.toMatch(/[‘’“”]/u);
    expect(check.title.zh).toMatch(/\p{Script=Han}/u);
    expect(check.remedy.zh).toMatch(/\p{Script=Han}/u);
    expect(check.source.length).toBeGreaterThan(8);
    expect(strangersIn(check.source), 'a source that no reader can look up').toEqual([]);
    if (check.area === 'middleware') expect(check.id).toMatch(new RegExp(`^${check.product ?? 'middleware'}-`));
    expect(check.group !== undefined, 'a group of the TongTech check is for middleware, and for all of it').toBe(check.area === 'middleware');
    for (const [key, value] of Object.entries(check.threshold))
      if (typeof value === 'number')
        expect(key).toMatch(/(Percent|Bytes|Seconds|Minutes|Hours|Days|Ms|Count|PerSecond|PerHour|PerDay|Ratio|Celsius|Mbps|Value|Bits|Version|Minors|Millicores)$/);
  });
  it('says what breaks for whom in both languages, and not by repeating its title', () => {
    expect(check.why.zh).toMatch(/^\S[^\n]{5,120}[。？]$/u);
    expect(check.why.zh).toMatch(/\p{Script=Han}/u);
    expect(check.why.en).toMatch(/^[A-Za-z][^\n]{15,220}\.$/);
    expect(check.why.en).not.toMatch(/\p{Script=Han}/u);
    for (const locale of LOCALES) expect(check.why[locale].replace(/[。.]$/, '')).not.toBe(check.title[locale]);
  });
  it('is unknown, never pass, without its sections', () => {
    expect(check.run({}, {}, CONTEXT).verdict.verdict).toBe('unknown');
  });
  it('keeps to its fixture', async () => {
    const { default: fixture } = (await import(join(ROOT, 'test/fixtures/checks', `${fixturePath(check)}.ts`))) as { default: CheckFixture };
    expect(fixture.fail.length).toBeGreaterThan(0);
    expect(fixture.pass.length).toBeGreaterThan(0);
    expect(['pass', 'not-applicable']).toContain(check.run(HEALTHY, {}, CONTEXT).verdict.verdict);
    for (const change of fixture.pass) expect(check.run(withChanges(change), {}, CONTEXT).verdict).toMatchObject({ verdict: 'pass' });
    for (const { change, finds, now = FIXTURE_NOW } of fixture.fail) {
      const { verdict, findings } = check.run(withChanges(change), {}, { ...CONTEXT, now });
      expect(verdict).toMatchObject({ verdict: 'fail' });
      expect(findings.map(({ severity, observed, scope }) => ({ severity, observed, name: scope.name }))).toEqual(
        finds.map((one, index) => ({
          severity: one.severity,
          observed: 'observed' in one ? one.observed : findings[index]?.observed,
          name: one.name ?? findings[index]?.scope.name,
        })),
      );
    }
    for (const { change, verdict, reason } of fixture.abstain ?? [])
      expect(check.run(withChanges(change), {}, CONTEXT).verdict).toMatchObject({ verdict, ...(reason && { reason }) });
  });
});
