/** The commands that the console shows are about the objects that the chart makes: Helm itself is asked. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { consentCommands, keptLevelCommand, nameOf, optOutCommand } from '../../../../collector/console/pages/site-commands.ts';
import { CHART, type KubeObject, must, NO_HELM, objectsOf } from '../../../support/helm.ts';

/** What the shell makes of one of our words: quotes around it, and nothing else in it. */
const wordsOf = (command: string): string[] => [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
const SITE = ['--set', 'agents.collectorUrl=https://centre.example,enrolment.existingSecret=token,collector.enabled=false'];

describe.skipIf(NO_HELM !== '')(`commands for a site${NO_HELM && ` (${NO_HELM})`}`, () => {
  const render = async (release: string, set: readonly string[] = []): Promise<readonly KubeObject[]> =>
    objectsOf(await must('helm', ['template', release, CHART, '--namespace', 'ops', ...SITE, ...set]));
  const named = (objects: readonly KubeObject[], kind: string, end: string) => objects.find((one) => one.kind === kind && one.metadata.name.endsWith(end));

  it.each(['xunjian', 'watch', 'my-xunjian-2', 'a-release-with-a-name-of-forty-letters-or-so'])('name what the chart makes for the release %s', async (release) => {
    const objects = await render(release);
    const place = { namespace: 'ops', release };
    const consent = named(objects, 'ConfigMap', '-consent');
    expect(consent?.metadata).toMatchObject({ name: `${nameOf(place)}-consent`, namespace: 'ops' });
    const [patch = '', annotate = ''] = consentCommands(place, { level: 'off' }).split('\n');
    expect(wordsOf(patch)).toContain(consent?.metadata.name);
    const { data } = JSON.parse(wordsOf(patch).at(-1) ?? '') as { data: Record<string, string> };
    expect(Object.keys(consent?.data ?? {})).toEqual(expect.arrayContaining(Object.keys(data)));
    expect(annotate).toContain(`app.kubernetes.io/instance=${release}`);
    expect(named(objects, 'Deployment', '-cluster')?.metadata.name).toBe(`${nameOf(place)}-cluster`);
  });
  it('set values that the chart knows: groups that are off, none of them, and a level that lasts', async () => {
    const place = { namespace: 'ops', release: 'xunjian' };
    const settings = (command: string): string[] => wordsOf(command).slice(wordsOf(command).indexOf('--reuse-values') + 1);
    const file = async (command: string): Promise<unknown> => parse(named(await render('xunjian', settings(command)), 'ConfigMap', '-agent')?.data?.['site.yaml'] ?? '');
    expect(await file(optOutCommand(place, ['usage', 'log-counts']))).toMatchObject({ optOut: ['usage', 'log-counts'] });
    expect(await file(optOutCommand(place, []))).toMatchObject({ optOut: [] });
    expect(named(await render('xunjian', settings(keptLevelCommand(place, 'off'))), 'ConfigMap', '-consent')?.data?.['level']).toBe('off');
  });
  it('know how the chart called itself where the collector came with it', async () => {
    const objects = objectsOf(await must('helm', ['template', 'watch', CHART, '--namespace', 'ops', '--set', 'fullnameOverride=eyes']));
    const config = parse(named(objects, 'ConfigMap', '-collector')?.data?.['collector.yaml'] ?? '') as { enrolment: { installation: object } };
    expect(config.enrolment.installation).toEqual({ namespace: 'ops', release: 'watch', name: 'eyes' });
  });
});
