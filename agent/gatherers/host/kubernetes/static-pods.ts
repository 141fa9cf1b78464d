import { factsOf } from '../../../host/facts.ts';
import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { requireNode } from './node.ts';
import { MAX_YAML_BYTES } from './yaml.ts';

export interface ManifestFile extends Manifest {
  readonly changedAt: number;
  readonly mode: number;
}
export interface ManifestFiles {
  readonly files: readonly ManifestFile[];
  /** Files that could not be read or are over the limit. */
  readonly dropped: number;
}

const FOLDERS = ['/etc/kubernetes/manifests', '/var/lib/rancher/rke2/agent/pod-manifests', '/var/lib/rancher/k3s/agent/pod-manifests'];
/** The kubelet reads every file of the folder but hidden ones, whatever its extension. */
const MAX_FILES = 50;

/** The manifests of this node; `undefined` when it has no folder for them. */
export async function readManifests(host: Host, signal: AbortSignal): Promise<ManifestFiles | undefined> {
  for (const folder of FOLDERS) {
    if (!(await host.exists(folder))) continue;
    const names = (await host.list(folder)).names.filter((name) => !name.startsWith('.')).sort();
    const files: ManifestFile[] = [];
    let dropped = Math.max(0, names.length - MAX_FILES);
    for (const name of names.slice(0, MAX_FILES)) {
      signal.throwIfAborted();
      try {
        const path = `${folder}/${name}`;
        const facts = await factsOf(host, path);
        if (facts === undefined || facts.kind === 'directory') continue;
        const manifest = await parseManifest(await host.read(path, { maxBytes: MAX_YAML_BYTES }));
        if (manifest) files.push({ ...manifest, changedAt: facts.modifiedAt, mode: facts.mode });
      } catch {
        dropped += 1; // one bad file does not hide the others; it is counted
      }
    }
    if (files.length > 0 || dropped > 0) return { files, dropped };
  }
  return undefined;
}

function toRow({ component, changedAt, mode, hasLivenessProbe, hasRequests }: ManifestFile): Sections['staticPods']['pods'][number] {
  return { component, changedAt, hasLivenessProbe, hasRequests, othersMay: (mode & 0o022) !== 0 ? 'write' : (mode & 0o044) !== 0 ? 'read' : 'nothing' };
}

export const staticPods = hostGatherer({
  section: 'staticPods',
  needs: [{ mount: '/etc/kubernetes' }, { mount: '/var/lib/rancher' }],
  deadlineMs: 10_000,

  async gather(host, signal) {
    await requireNode(host);
    const manifests = await readManifests(host, signal);
    if (!manifests) throw new AbsentError('not-present');
    if (manifests.files.length === 0) throw new UnreadableError('malformed');
    return { total: manifests.files.length + manifests.dropped, dropped: manifests.dropped, pods: manifests.files.map(toRow) };
  },
});
