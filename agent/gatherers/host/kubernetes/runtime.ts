import type { Host } from '../../../host/host.ts';
import { acceptsConnections, askSocket } from '../../../host/probe.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { RUNTIMES } from '../../../wire/sections/host/kubernetes-runtime.ts';
import { toVersion } from '../../../wire/version.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { type KubeletSource, readKubeletSource } from './kubelet-source.ts';
import { requireNode } from './node.ts';
import { commandLineOf, findProcesses, mainProcess } from './processes.ts';
import { countSkippedVerification, parseContainerdConfig, parseCrioConfig, parseDaemonJson, type RuntimeSettings } from './runtime-config.ts';

type Kind = (typeof RUNTIMES)[number];
interface Choice {
  readonly kind: Kind;
  readonly socket: string;
  readonly dockershim?: boolean | undefined;
}

const SOCKETS: readonly Choice[] = [
  { kind: 'containerd', socket: '/run/containerd/containerd.sock' },
  { kind: 'containerd', socket: '/run/k3s/containerd/containerd.sock' },
  { kind: 'cri-o', socket: '/run/crio/crio.sock' },
  { kind: 'isulad', socket: '/run/isulad.sock' },
  { kind: 'docker', socket: '/run/docker.sock' },
];
const DOCKER_SOCKET = '/run/docker.sock';
const DOCKER_UNIT_FILES = ['/usr/lib/systemd/system/docker.service', '/etc/systemd/system/docker.service'];
const MAX_REGISTRIES = 200;

/** The runtime that an endpoint of the kubelet names; `undefined` without one. */
export function runtimeOfEndpoint(endpoint: string | undefined, remote: string | undefined): Choice | undefined {
  if (remote === 'docker') return { kind: 'docker', socket: DOCKER_SOCKET, dockershim: true };
  if (endpoint === undefined || endpoint === '') return undefined;
  const socket = endpoint.replace(/^unix:\/{0,2}/, '');
  if (/dockershim/.test(endpoint)) return { kind: 'docker', socket: DOCKER_SOCKET, dockershim: true };
  if (/cri-dockerd/.test(endpoint)) return { kind: 'docker', socket: DOCKER_SOCKET, dockershim: false };
  if (!socket.startsWith('/') || socket.length > 200) return undefined;
  const kind: Kind = /containerd/.test(socket) ? 'containerd' : /crio/.test(socket) ? 'cri-o' : /isulad/.test(socket) ? 'isulad' : 'other';
  return { kind, socket };
}

export const runtime = hostGatherer({
  section: 'runtime',
  needs: [{ mount: '/proc' }, { mount: '/etc' }, { mount: '/usr/lib' }, { mount: '/var/lib/kubelet' }, { mount: '/var/lib/rancher' }, { socket: '/run' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    await requireNode(host);
    const choice = await chooseRuntime(host, await readKubeletSource(host, signal));
    const socketPresent = await host.exists(choice.socket);
    const docker = choice.kind === 'docker' && socketPresent ? await askDocker(host, choice.socket, signal) : undefined;
    const answers = choice.kind === 'docker' ? docker?.answers : socketPresent ? await acceptsConnections(host, choice.socket, { signal }) : undefined;
    return {
      kind: choice.kind,
      dockershim: choice.dockershim,
      socketPresent,
      answers: answers ?? (socketPresent || !host.running ? undefined : false),
      version: docker?.version,
      ...(await readSettings(host, choice.kind, signal)),
    };
  },
});

/** What the kubelet is told to use; without an endpoint, the dockershim's traces, then the sockets that are there. */
async function chooseRuntime(host: Host, { flags, config, process }: KubeletSource): Promise<Choice> {
  const fromFile = config?.['containerRuntimeEndpoint'];
  const named = runtimeOfEndpoint(flags.get('container-runtime-endpoint') ?? (typeof fromFile === 'string' ? fromFile : undefined), flags.get('container-runtime'));
  if (named) return named;
  if (process?.component !== 'k3s' && (await host.exists('/var/lib/dockershim')) && (await host.exists(DOCKER_SOCKET)))
    return { kind: 'docker', socket: DOCKER_SOCKET, dockershim: true };
  for (const choice of SOCKETS) if (await host.exists(choice.socket)) return choice;
  if (await host.exists('/etc/containerd/config.toml')) return { kind: 'containerd', socket: '/run/containerd/containerd.sock' };
  if (await host.exists('/etc/docker/daemon.json')) return { kind: 'docker', socket: DOCKER_SOCKET };
  throw new AbsentError('not-present');
}

/** `/_ping`, whose `Server` header names the version: `Docker/24.0.7 (linux)`. */
async function askDocker(host: Host, socket: string, signal: AbortSignal): Promise<{ answers?: boolean; version?: string | undefined }> {
  try {
    const { status, server } = await askSocket(host, socket, '/_ping', { signal });
    return { answers: status === 200, version: toVersion(/^Docker\/([\w.+-]{1,40})/.exec(server ?? '')?.[1]) };
  } catch (error) {
    if (signal.aborted || !(error instanceof UnreadableError)) throw error;
    return error.reason === 'not-visible' || error.reason === 'forbidden' ? {} : { answers: false };
  }
}

type Configured = RuntimeSettings & Pick<Sections['runtime'], 'configChangedAt'>;

async function readSettings(host: Host, kind: Kind, signal: AbortSignal): Promise<Configured> {
  switch (kind) {
    case 'containerd':
      return await readContainerd(host);
    case 'docker':
      return await readDaemonJson(host, '/etc/docker/daemon.json', await dockerArguments(host, signal));
    case 'isulad': {
      const { cgroupDriver, sandboxImageSet, insecureRegistryCount, configChangedAt } = await readDaemonJson(host, '/etc/isulad/daemon.json', '');
      return { cgroupDriver, sandboxImageSet, insecureRegistryCount, configChangedAt };
    }
    case 'cri-o': {
      const { names } = await host.list('/etc/crio/crio.conf.d');
      const files = [
        '/etc/crio/crio.conf',
        ...names
          .filter((name) => name.endsWith('.conf'))
          .sort()
          .slice(0, 50)
          .map((name) => `/etc/crio/crio.conf.d/${name}`),
      ];
      const texts: string[] = [];
      for (const file of files) texts.push((await host.readIfThere(file)) ?? '');
      return { ...parseCrioConfig(texts.join('\n')), configChangedAt: await host.modifiedAt('/etc/crio/crio.conf') };
    }
    default:
      return {};
  }
}

async function readContainerd(host: Host): Promise<Configured> {
  for (const file of ['/var/lib/rancher/k3s/agent/etc/containerd/config.toml', '/var/lib/rancher/rke2/agent/etc/containerd/config.toml', '/etc/containerd/config.toml']) {
    const text = await host.readIfThere(file);
    if (text === undefined) continue;
    const settings = parseContainerdConfig(text);
    const skipped = await countSkippedRegistries(host, file.replace(/config\.toml$/, 'certs.d'));
    return { ...settings, insecureRegistryCount: (settings.insecureRegistryCount ?? 0) + skipped, configChangedAt: await host.modifiedAt(file) };
  }
  return {};
}

async function countSkippedRegistries(host: Host, folder: string): Promise<number> {
  let count = 0;
  const { names } = await host.list(folder);
  for (const name of names.slice(0, MAX_REGISTRIES)) {
    const text = await host.readIfThere(`${folder}/${name}/hosts.toml`, { maxBytes: 64 * 1024, cut: true });
    if (text !== undefined && countSkippedVerification(text) > 0) count += 1;
  }
  return count;
}

async function readDaemonJson(host: Host, file: string, daemonArguments: string): Promise<Configured> {
  return { ...parseDaemonJson(await host.readIfThere(file), daemonArguments), configChangedAt: await host.modifiedAt(file) };
}

/** Arguments of the running daemon, or those of its unit files. */
async function dockerArguments(host: Host, signal: AbortSignal): Promise<string> {
  const process = mainProcess(await findProcesses(host, ['dockerd'], signal), 'dockerd');
  const cmdline = process && (await commandLineOf(host, process.pid));
  if (cmdline) return cmdline.replaceAll('\0', ' ');
  const { names } = await host.list('/etc/systemd/system/docker.service.d');
  const files = [
    ...DOCKER_UNIT_FILES,
    ...names
      .filter((name) => name.endsWith('.conf'))
      .slice(0, 50)
      .map((name) => `/etc/systemd/system/docker.service.d/${name}`),
  ];
  const texts: string[] = [];
  for (const file of files) texts.push((await host.readIfThere(file, { maxBytes: 64 * 1024, cut: true })) ?? '');
  return texts.join('\n');
}
