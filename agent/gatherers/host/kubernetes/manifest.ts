/** Manifests of static pods: which component, how it is written, and its flags. */
import type { STATIC_COMPONENTS } from '../../../wire/sections/host/kubernetes-flags.ts';
import { type Flags, parseArguments, parseFlagText } from './flags.ts';
import { asList, asMap, asText, parseYamlMap } from './yaml.ts';

export type StaticComponent = (typeof STATIC_COMPONENTS)[number];
export interface Manifest {
  readonly component: StaticComponent;
  /** Of the component's container. They hold paths and addresses and stay in the gatherer. */
  readonly flags: Flags;
  readonly hasLivenessProbe: boolean;
  readonly hasRequests: boolean;
}

const PROGRAMS: readonly StaticComponent[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
  'kube-proxy',
  'keepalived',
  'haproxy',
  'kube-vip',
  'nginx-proxy',
];
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);

/**
 * @throws UnreadableError `malformed` when it is no YAML mapping
 * @returns `undefined` when it is no pod with containers
 */
export async function parseManifest(text: string): Promise<Manifest | undefined> {
  const spec = asMap((await parseYamlMap(text))['spec']);
  const containers = asList(spec['containers']).slice(0, 50).map(asMap);
  if (containers.length === 0) return undefined;
  const words = containers.map((container) => [...asList(container['command']), ...asList(container['args'])].map((word) => asText(word) ?? String(word)).slice(0, 1_000));
  const components = containers.map((container, index) => componentOf(words[index] ?? [], asText(container['name'])));
  const at = Math.max(
    0,
    components.findIndex((component) => component !== 'other'),
  );
  return {
    component: components[at] ?? 'other',
    flags: flagsOf(words[at] ?? []),
    hasLivenessProbe: containers.every((container) => Object.keys(asMap(container['livenessProbe'])).length > 0),
    hasRequests: containers.every((container) => Object.keys(asMap(asMap(container['resources'])['requests'])).length > 0),
  };
}

function componentOf(words: readonly string[], containerName: string | undefined): StaticComponent {
  const program = words[0]?.split('/').at(-1);
  return PROGRAMS.find((one) => one === program) ?? PROGRAMS.find((one) => one === containerName) ?? 'other';
}

/** Flags of the words, or of the text that a shell is given. */
function flagsOf(words: readonly string[]): Flags {
  const program = words[0]?.split('/').at(-1) ?? '';
  return SHELLS.has(program) ? parseFlagText(words.slice(1).join(' ')) : parseArguments(words);
}
