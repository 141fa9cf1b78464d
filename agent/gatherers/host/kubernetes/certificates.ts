import { type Host, isMissing } from '../../../host/host.ts';
import { walk } from '../../../host/walk.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { CERTIFICATE_STORES } from '../../../wire/sections/host/kubernetes.ts';
import { AbsentError, hostGatherer } from '../../gatherer.ts';
import { cutCertificates, cutKubeconfig, describeCertificate } from './certificate-facts.ts';
import { requireNodeOrEtcd } from './node.ts';

type Row = Sections['certificates']['certificates'][number];
type Store = (typeof CERTIFICATE_STORES)[number];
interface Folder {
  readonly path: string;
  readonly store: Store;
  /** Stands before the path below the folder, so that names are unique and kubeadm's are the well-known ones. */
  readonly prefix: string;
  readonly depth: number;
}

/** kubeadm; kubespray; binary installations; k3s and rke2. */
const FOLDERS: readonly Folder[] = [
  { path: '/etc/kubernetes/pki', store: 'kubernetes', prefix: '', depth: 4 },
  { path: '/etc/kubernetes/ssl', store: 'kubernetes', prefix: '', depth: 4 },
  { path: '/etc/kubernetes/cert', store: 'kubernetes', prefix: '', depth: 2 },
  { path: '/opt/kubernetes/ssl', store: 'kubernetes', prefix: '', depth: 2 },
  { path: '/etc/etcd/ssl', store: 'etcd', prefix: 'etcd/', depth: 2 },
  { path: '/etc/etcd/pki', store: 'etcd', prefix: 'etcd/', depth: 2 },
  { path: '/etc/ssl/etcd/ssl', store: 'etcd', prefix: 'etcd/', depth: 2 },
  { path: '/opt/etcd/ssl', store: 'etcd', prefix: 'etcd/', depth: 2 },
  ...(['k3s', 'rke2'] as const).flatMap((store): Folder[] => [
    { path: `/var/lib/rancher/${store}/server/tls`, store, prefix: 'server/', depth: 3 },
    { path: `/var/lib/rancher/${store}/agent`, store, prefix: 'agent/', depth: 1 },
  ]),
];
const KUBELET_FILES = [
  { path: '/var/lib/kubelet/pki/kubelet-client-current.pem', name: 'kubelet-client' },
  { path: '/var/lib/kubelet/pki/kubelet-server-current.pem', name: 'kubelet-server' },
];
/** Made by the kubelet itself where the cluster signs none; left behind where it does. */
const KUBELET_OWN = { path: '/var/lib/kubelet/pki/kubelet.crt', name: 'kubelet-server' };
const KUBECONFIG_FOLDER = '/etc/kubernetes';
const OTHER_KUBECONFIGS = ['/etc/rancher/k3s/k3s.yaml', '/etc/rancher/rke2/rke2.yaml'];
const MAX_ENTRIES = 3_000;
const MAX_FILE_BYTES = 512 * 1024;
const MAX_ROWS = 300;
const MAX_KUBECONFIGS = 50;
const EXTENSION = /\.(crt|pem|cert|cer)$/i;
const KEY_FILE = /(^|[-_.])key([-_.]|$)/i;
/** Folders of copies: what lies there is not in use. */
const COPIES = /(^|\/)[^/]*(backup|bak|old|expired|\d{8})[^/]*\//i;

/** Collects rows, each file once however many links lead to it. */
class Found {
  readonly rows: Row[] = [];
  unreadable = 0;
  readonly #seen = new Set<string>();
  readonly #host: Host;
  constructor(host: Host) {
    this.#host = host;
  }

  /** Bytes of a file not seen before; `undefined` when it was, does not exist, or cannot be read (which is counted). */
  async read(path: string): Promise<Buffer | undefined> {
    try {
      const real = await this.#host.resolve(path);
      if (this.#seen.has(real)) return undefined;
      this.#seen.add(real);
      return await this.#host.readBytes(path, { maxBytes: MAX_FILE_BYTES });
    } catch (error) {
      if (!isMissing(error)) this.unreadable += 1;
      return undefined;
    }
  }

  /** @param expected whether a file without a certificate is a fault (a `.pem` may rightly hold something else) */
  add(bytes: Buffer, store: Store, name: string, expected: boolean): void {
    const blocks = cutCertificates(bytes);
    bytes.fill(0); // a file may hold a key as well
    if (blocks.length === 0 && expected) this.unreadable += 1;
    for (const [index, block] of blocks.entries()) {
      const facts = describeCertificate(block);
      if (facts) this.rows.push({ name: index === 0 ? name : `${name}#${index + 1}`, store, ...facts });
      else this.unreadable += 1;
    }
  }
}

async function readFolder(host: Host, found: Found, { path: folder, store, prefix, depth }: Folder, signal: AbortSignal): Promise<void> {
  const entries = walk(host, folder, { depth, entries: MAX_ENTRIES }, signal);
  for await (const { path, kind } of entries) {
    const file = path.split('/').at(-1) ?? '';
    if (kind === 'folder' || !EXTENSION.test(file) || KEY_FILE.test(file) || COPIES.test(path)) continue;
    const bytes = await found.read(`${folder}/${path}`);
    const name = prefix + path.replace(EXTENSION, '');
    if (bytes) found.add(bytes, store === 'kubernetes' && path.startsWith('etcd/') ? 'etcd' : store, name, /\.crt$/i.test(file));
  }
}

async function readKubelet(host: Host, found: Found): Promise<void> {
  for (const { path, name } of KUBELET_FILES) {
    const bytes = await found.read(path);
    if (bytes) found.add(bytes, 'kubelet', name, true);
  }
  if (await host.exists('/var/lib/kubelet/pki/kubelet-server-current.pem')) return;
  const own = await found.read(KUBELET_OWN.path);
  if (own) found.add(own, 'kubelet', KUBELET_OWN.name, true);
}

async function readKubeconfigs(host: Host, found: Found): Promise<void> {
  const { names } = await host.list(KUBECONFIG_FOLDER).catch(() => ({ names: [] }));
  const inFolder = names
    .filter((name) => /\.(conf|kubeconfig)$/.test(name))
    .sort()
    .slice(0, MAX_KUBECONFIGS)
    .map((name) => `${KUBECONFIG_FOLDER}/${name}`);
  for (const path of [...inFolder, ...OTHER_KUBECONFIGS]) {
    const bytes = await found.read(path);
    if (!bytes) continue;
    const { embedded, reference } = cutKubeconfig(bytes);
    bytes.fill(0);
    const name = path.split('/').at(-1) ?? path;
    for (const [index, one] of embedded.entries()) found.add(one, 'kubeconfig', index === 0 ? name : `${name}#user${index + 1}`, true);
    const referred = reference === undefined ? undefined : await found.read(reference);
    if (referred) found.add(referred, 'kubeconfig', name, true);
  }
}

const NEEDS = [
  { mount: '/etc/kubernetes/pki' },
  { mount: '/etc/kubernetes', optional: true },
  { mount: '/etc/etcd', optional: true },
  { mount: '/etc/ssl/etcd', optional: true },
  { mount: '/etc/rancher', optional: true },
  { mount: '/opt/kubernetes', optional: true },
  { mount: '/opt/etcd', optional: true },
  { mount: '/var/lib/kubelet', optional: true },
  { mount: '/var/lib/rancher', optional: true },
] as const;

export const certificates = hostGatherer({
  section: 'certificates',
  needs: NEEDS,
  deadlineMs: 20_000,

  async gather(host, signal) {
    await requireNodeOrEtcd(host);
    const found = new Found(host);
    for (const folder of FOLDERS) await readFolder(host, found, folder, signal);
    await readKubelet(host, found);
    await readKubeconfigs(host, found);
    signal.throwIfAborted();
    if (found.rows.length === 0 && found.unreadable === 0) throw new AbsentError('not-present');
    const unseen = NEEDS.filter(({ mount }) => !host.sees(mount)).length; // what lies there is not listed
    const rows = found.rows.sort((a, b) => a.notAfter - b.notAfter); // those that end first are what matters when the list is cut
    return {
      total: rows.length,
      dropped: Math.max(0, rows.length - MAX_ROWS) + found.unreadable + unseen,
      unreadable: found.unreadable,
      certificates: rows.slice(0, MAX_ROWS),
    };
  },
});
