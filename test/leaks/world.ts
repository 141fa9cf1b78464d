/** Objects of a real cluster with a word in every free text that the API server takes. */
import { brokenCluster } from '../e2e/clusters.ts';
import { type ApiServer, apply, type Manifest } from '../support/api-server.ts';

/** @param now Unix seconds */
export async function plantCluster(server: ApiServer, word: string, now: number): Promise<number> {
  const objects = brokenCluster(now).objects.map((one) => plantedManifest(one, word));
  for (const object of [...objects, ...secrets(word), ...events(word, now)]) await apply(server.http, object);
  return objects.length;
}

/** Labels, annotations, environment, arguments, images, messages: what people and programs write into. */
export function plantedManifest(manifest: Manifest, word: string): Manifest {
  return { ...(planted(manifest, word) as Manifest), metadata: { ...manifest.metadata, ...texts(manifest.metadata, word) } };
}
function texts(metadata: object, word: string): object {
  const of = (key: string): object => ({ ...((metadata as Record<string, object | undefined>)[key] ?? {}), [`${word}.example.com/note`]: word });
  return { labels: of('labels'), annotations: { ...of('annotations'), long: word.repeat(500) } };
}
function planted(value: unknown, word: string, key = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one: unknown) => planted(one, word));
    return /^(containers|initContainers)$/.test(key) ? list.map((one) => container(one, word)) : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const object = Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, planted(one, word, inner)]));
  return 'type' in object && 'status' in object ? { ...object, message: `${word} said so` } : object;
}
function container(value: unknown, word: string): unknown {
  if (typeof value !== 'object' || value === null || !('image' in value)) return value;
  return { ...value, command: [`/opt/${word}`], args: [`--password=${word}`], env: [{ name: `${word.toUpperCase()}_TOKEN`, value: word }] };
}
function secrets(word: string): Manifest[] {
  const metadata = { name: word, namespace: 'default' };
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: word, [word]: word } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [word]: word } },
  ];
}
function events(word: string, now: number): Manifest[] {
  const at = new Date(now * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return ['FailedScheduling', 'BackOff', word].map((reason, index) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${word}.${index}`, namespace: 'default' },
    type: 'Warning',
    reason,
    message: `${word} could not be pulled from registry.${word}.example.com`,
    involvedObject: { kind: 'Pod', name: word, namespace: 'default' },
    source: { component: word, host: word },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 50,
  }));
}
