import { at, boolAt, type Json, listAt, nameOf, textAt, timeAt } from '../../../kube/read.ts';
import { CUSTOM_RESOURCE_DEFINITIONS, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { CRD_PROBLEMS } from '../../../wire/sections/cluster/control-plane-extensions.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { BACKEND_NEEDS, Backends, isDown, readBundle } from './backends.ts';

type Row = Sections['customResources']['rows'][number];
type Problem = (typeof CRD_PROBLEMS)[number];
const CAP = 500;
/** A bundle that ends within this time makes its definition a row; the check decides further. */
const CA_NOTABLE_SECONDS = 90 * 86_400;

export function problemsOf(definition: Json): readonly Problem[] {
  const status = (type: string): string | undefined =>
    textAt(
      listAt(definition, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type),
      'status',
    );
  const versions = listAt(definition, 'spec', 'versions').slice(0, 100);
  const problems = new Set<Problem>();
  if (status('Established') !== 'True') problems.add('not-established');
  if (status('NamesAccepted') === 'False') problems.add('names-conflict');
  if (timeAt(definition, 'metadata', 'deletionTimestamp') !== undefined) problems.add('deleting');
  for (const stored of listAt(definition, 'status', 'storedVersions').slice(0, 100)) {
    const version = versions.find((candidate) => textAt(candidate, 'name') === stored);
    if (!version) problems.add('stored-version-removed');
    else if (boolAt(version, 'served') === false) problems.add('stored-version-unserved');
    else if (boolAt(version, 'deprecated') === true) problems.add('stored-version-deprecated');
  }
  return [...problems];
}

export const customResources = clusterGatherer({
  section: 'customResources',
  needs: [listing(CUSTOM_RESOURCE_DEFINITIONS), ...BACKEND_NEEDS],
  deadlineMs: 120_000,

  async gather(cluster, signal) {
    const backends = new Backends(cluster, signal);
    const rows: Row[] = [];
    let total = 0;
    let conversionWebhooks = 0;
    let dropped = 0;
    for await (const definition of cluster.list(CUSTOM_RESOURCE_DEFINITIONS, signal, { pageSize: 50 })) {
      total += 1;
      const isWebhook = textAt(definition, 'spec', 'conversion', 'strategy') === 'Webhook';
      const config = at(definition, 'spec', 'conversion', 'webhook', 'clientConfig');
      if (isWebhook) conversionWebhooks += 1;
      const problems = problemsOf(definition);
      const conversion = isWebhook ? await backends.stateOf(config) : 'none';
      const conversionCaExpiresAt = isWebhook ? readBundle(at(config, 'caBundle')).expiresAt : undefined;
      const ends = conversionCaExpiresAt !== undefined && conversionCaExpiresAt - cluster.now() < CA_NOTABLE_SECONDS;
      if (problems.length === 0 && !isDown(conversion) && conversion !== 'unread' && !ends) continue;
      if (rows.length >= CAP) dropped += 1;
      else rows.push({ name: nameOf(definition), problems, createdAt: timeAt(definition, 'metadata', 'creationTimestamp') ?? 0, conversion, conversionCaExpiresAt });
    }
    return { total, conversionWebhooks, dropped, rows };
  },
});
