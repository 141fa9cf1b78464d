/** The page of one finding: where its threshold is from, in the reader's language. */
import { expect, it } from 'vitest';
import { checkTexts } from '../../../bin/commands/collector.ts';
import { upsertFindings } from '../../../collector/store/finding-store.ts';
import { NOW, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

onBothEngines('the page of a finding', (database) => {
  it('cites the works that a threshold is from in Chinese, with the whole English sentence beside; in English that alone', async () => {
    const { clusterId } = await enrol(database(), 'Cited');
    const collector = await testCollector(database(), { checkTexts });
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const identity = 'ab'.repeat(32);
    await upsertFindings(database().db, database().engine, [
      {
        ...{
          cluster_id: clusterId,
          identity,
          check_id: 'middleware-backup-missing',
          area: 'disk',
          severity: 'warning',
          scope: JSON.stringify({ kind: 'Mount', node: 'n-1', name: '/' }),
        },
        ...{ scope_kind: 'Mount', namespace: null, name: '/', node: 'n-1', observed: '0.9', threshold: '0.8', unit: 'ratio', asked_by: null, agent: 'a', owner: 'a' },
        ...{ first_seen_at: NOW, last_seen_at: NOW, gone_at: null, unknown_since: null },
      },
    ]);
    const source = checkTexts('middleware-backup-missing')?.source ?? '';
    const cited = async (lang: string): Promise<string> => {
      const { body } = await admin.call('GET', `/clusters/${clusterId}/findings/${identity}?lang=${lang}`);
      return /<dt>(?:阈值来源|Source of the threshold)<\/dt><dd>(.*?)<\/dd>/s.exec(body)?.[1]?.replaceAll('&lt;', '<') ?? '';
    };
    expect(source).toMatch(/[a-z]{5}/);
    expect(await cited('en')).toBe(source);
    const [words, whole] = (await cited('zh')).split(/<small [^>]*lang="en">/);
    expect(words).toMatch(/\p{Script=Han}/u);
    expect(words).not.toContain(source);
    expect(whole).toBe(`${source}</small>`);
  });
});
