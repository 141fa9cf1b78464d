/** Where the kubelet has its settings from: flags of the running process or of its unit, its file and drop-ins. */
import { type Host, isMissing } from '../../../host/host.ts';
import { type Flags, parseCommandLine, parseFlagText } from './flags.ts';
import { commandLineOf, findProcesses, mainProcess, type Process } from './processes.ts';
import { MAX_YAML_BYTES, overlay, parseYamlMap, type YamlMap } from './yaml.ts';

export interface KubeletSource {
  /** `undefined`: processes cannot be seen. */
  readonly running: boolean | undefined;
  readonly process: Process | undefined;
  readonly flags: Flags;
  /** The merged configuration file; `undefined` when there is none. */
  readonly config: YamlMap | undefined;
  readonly source: 'file' | 'flags' | 'none';
  /** Newest of the files that were read, Unix seconds. */
  readonly changedAt: number | undefined;
}

const CONFIG_FILES = ['/var/lib/kubelet/config.yaml', '/etc/kubernetes/kubelet-config.yaml', '/var/lib/kubelet/kubelet-config.yaml', '/etc/kubernetes/kubelet.yaml'];
const DROP_IN_FOLDERS = [
  '/var/lib/kubelet/config.conf.d',
  '/etc/kubernetes/kubelet.conf.d',
  '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d',
  '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d',
];
const FLAG_FILES = [
  '/usr/lib/systemd/system/kubelet.service',
  '/etc/systemd/system/kubelet.service',
  '/var/lib/kubelet/kubeadm-flags.env',
  '/etc/default/kubelet',
  '/etc/sysconfig/kubelet',
  '/etc/kubernetes/kubelet.env',
];
const UNIT_FOLDERS = ['/usr/lib/systemd/system/kubelet.service.d', '/etc/systemd/system/kubelet.service.d'];
const MAX_DROP_INS = 50;

export async function readKubeletSource(host: Host, signal: AbortSignal): Promise<KubeletSource> {
  const processes = await findProcesses(host, ['kubelet', 'k3s'], signal);
  const process = mainProcess(processes, 'kubelet') ?? mainProcess(processes, 'k3s');
  const times: (number | undefined)[] = [];
  const written = await readFlagFiles(host, times);
  const cmdline = process?.component === 'kubelet' ? await commandLineOf(host, process.pid) : undefined;
  const flags = cmdline === undefined || cmdline === '' ? written : parseCommandLine(cmdline);
  const config = await readConfig(host, flags, times);
  const known = times.filter((time) => time !== undefined);
  return {
    running: processes && process !== undefined,
    process,
    flags,
    config,
    source: config ? 'file' : process?.component === 'kubelet' && cmdline && !flags.has('config') ? 'flags' : 'none',
    changedAt: known.length > 0 ? Math.max(...known) : undefined,
  };
}

async function readFlagFiles(host: Host, times: (number | undefined)[]): Promise<Flags> {
  const merged = new Map<string, string>();
  const files = [...FLAG_FILES];
  for (const folder of UNIT_FOLDERS) files.unshift(...(await dropIns(host, folder)));
  for (const file of files) {
    const text = await host.readIfThere(file, { maxBytes: 64 * 1024, cut: true });
    if (text === undefined) continue;
    if (file.startsWith('/var/lib/kubelet/') || file.startsWith('/etc/default/') || file.startsWith('/etc/sysconfig/')) times.push(await host.modifiedAt(file));
    for (const [name, value] of parseFlagText(text)) merged.set(name, value);
  }
  return merged;
}

async function readConfig(host: Host, flags: Flags, times: (number | undefined)[]): Promise<YamlMap | undefined> {
  const named = flags.get('config');
  let config: YamlMap | undefined;
  for (const file of named === undefined ? CONFIG_FILES : [named]) {
    const text = file.startsWith('/') ? await host.readIfThere(file, { maxBytes: MAX_YAML_BYTES }) : undefined;
    if (text === undefined) continue;
    config = await parseYamlMap(text);
    times.push(await host.modifiedAt(file));
    break;
  }
  if (named !== undefined && config === undefined) return undefined; // its file cannot be seen: drop-ins alone would mislead
  const folder = flags.get('config-dir');
  for (const file of await firstDropIns(host, folder === undefined ? DROP_IN_FOLDERS : [folder])) {
    const text = await host.readIfThere(file, { maxBytes: MAX_YAML_BYTES });
    if (text === undefined) continue;
    config = overlay(config ?? {}, await parseYamlMap(text));
    times.push(await host.modifiedAt(file));
  }
  return config;
}

async function firstDropIns(host: Host, folders: readonly string[]): Promise<readonly string[]> {
  for (const folder of folders) {
    const files = await dropIns(host, folder);
    if (files.length > 0) return files;
  }
  return [];
}

async function dropIns(host: Host, folder: string): Promise<readonly string[]> {
  const { names } = await host.list(folder).catch((error: unknown) => {
    if (isMissing(error)) return { names: [] };
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.conf'))
    .sort()
    .slice(0, MAX_DROP_INS)
    .map((name) => `${folder}/${name}`);
}
