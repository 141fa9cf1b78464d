/** Chosen settings of container runtimes. */
import type { Sections } from '../../../wire/section-values.ts';
import { CGROUP_DRIVERS } from '../../../wire/sections/host/kubernetes-kubelet.ts';
import { STORAGE_DRIVERS } from '../../../wire/sections/host/kubernetes-runtime.ts';
import { UnreadableError } from '../../gatherer.ts';
import { memberOr } from './flags.ts';
import { asBool, asList, asMap, asText } from './yaml.ts';

export type RuntimeSettings = Pick<Partial<Sections['runtime']>, 'cgroupDriver' | 'sandboxImageSet' | 'insecureRegistryCount' | 'logRotationSet' | 'liveRestore' | 'storageDriver'>;

const MAX_LINES = 20_000;
/** Log drivers of Docker that need no rotation of their own: they rotate, or send the logs elsewhere. */
const ROTATING_DRIVERS: ReadonlySet<string> = new Set(['local', 'journald', 'syslog', 'none', 'fluentd', 'gelf', 'awslogs', 'splunk', 'gcplogs', 'logentries', 'etwlogs']);

/** Tables and keys of the TOML that runtimes use, one `key = value` a line. Multi-line strings and arrays are not needed here. */
function* tomlLines(text: string): Generator<{ table: string; key: string; value: string }> {
  let table = '';
  for (const line of text.split('\n', MAX_LINES)) {
    const header = /^\s{0,200}\[{1,2}([^\]#]{1,500})\]{1,2}\s{0,50}(?:#.*)?$/.exec(line);
    if (header?.[1] !== undefined) {
      table = header[1].replace(/["'\s]/g, '');
      continue;
    }
    const pair = /^\s{0,200}([\w-]{1,100}) {0,50}= {0,50}([^#]{0,2000})/.exec(line);
    if (pair?.[1] !== undefined) yield { table, key: pair[1], value: (pair[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2') };
  }
}

/** `/etc/containerd/config.toml`, versions 1 to 3. With `imports` a setting may stand elsewhere, so what is not seen is not told. */
export function parseContainerdConfig(text: string): RuntimeSettings {
  const lines = [...tomlLines(text)];
  const cgroup = lines.filter(({ table, key }) => key === 'SystemdCgroup' && table.endsWith('.options'));
  const chosen = cgroup.find(({ table }) => table.endsWith('runtimes.runc.options')) ?? cgroup[0] ?? lines.find(({ key, value }) => key === 'systemd_cgroup' && value === 'true');
  const sandbox = lines.some(({ table, key, value }) => (key === 'sandbox_image' || (key === 'sandbox' && table.endsWith('pinned_images'))) && value !== '');
  const hasImports = lines.some(({ table, key, value }) => key === 'imports' && table === '' && value !== '[]' && value !== '');
  return {
    ...((chosen || !hasImports) && { cgroupDriver: chosen?.value === 'true' ? 'systemd' : 'cgroupfs' }),
    ...((sandbox || !hasImports) && { sandboxImageSet: sandbox }),
    insecureRegistryCount: lines.filter(({ key, value }) => (key === 'insecure_skip_verify' || key === 'skip_verify') && value === 'true').length,
  };
}

/** `/etc/crio/crio.conf` with its drop-ins, in order. */
export function parseCrioConfig(text: string): RuntimeSettings {
  let driver: (typeof CGROUP_DRIVERS)[number] = 'systemd';
  let sandbox = false;
  let insecure = 0;
  for (const { table, key, value } of tomlLines(text)) {
    if (key === 'cgroup_manager') driver = memberOr(CGROUP_DRIVERS, value, 'other');
    if (key === 'pause_image' && table.startsWith('crio')) sandbox = value !== '';
    if (key === 'insecure' && value === 'true') insecure += 1;
  }
  return { cgroupDriver: driver, sandboxImageSet: sandbox, insecureRegistryCount: insecure };
}

/** Registries of `certs.d/<host>/hosts.toml` whose certificate is not verified. */
export function countSkippedVerification(hostsToml: string): number {
  let count = 0;
  for (const { key, value } of tomlLines(hostsToml)) if (key === 'skip_verify' && value === 'true') count += 1;
  return count;
}

/**
 * `daemon.json` of Docker or iSulad, and the arguments of the daemon, which say the same in another place.
 * @throws UnreadableError `malformed`
 */
export function parseDaemonJson(text: string | undefined, daemonArguments: string): RuntimeSettings {
  const file = asMap(parseJson(text));
  const options = [...asList(file['exec-opts']).filter((one) => typeof one === 'string'), ...daemonArguments.matchAll(/native\.cgroupdriver=\w{1,20}/g)].map(String);
  const driver =
    options.map((option) => /native\.cgroupdriver=(\w{1,20})/.exec(option)?.[1]).find((one) => one !== undefined) ?? (asBool(file['systemd-cgroup']) ? 'systemd' : undefined);
  const logDriver = /--log-driver[= ]"?([\w-]{1,40})/.exec(daemonArguments)?.[1] ?? asText(file['log-driver']) ?? 'json-file';
  const rotates = asMap(file['log-opts'])['max-size'] !== undefined || asMap(file['log-opts'])['max-file-size'] !== undefined || /--log-opt[= ]"?max-size=/.test(daemonArguments);
  const storage = /(?:--storage-driver|(?<![\w-])-s)[= ]"?([\w-]{1,40})/.exec(daemonArguments)?.[1] ?? asText(file['storage-driver']);
  const insecure = asList(file['insecure-registries']).length + (daemonArguments.match(/--insecure-registry[= ]/g)?.length ?? 0);
  return {
    ...(driver !== undefined && { cgroupDriver: memberOr(CGROUP_DRIVERS, driver, 'other') }),
    sandboxImageSet: asText(file['pod-sandbox-image']) !== undefined,
    insecureRegistryCount: insecure,
    logRotationSet: rotates || ROTATING_DRIVERS.has(logDriver),
    liveRestore: asBool(file['live-restore']) ?? /--live-restore(?!=false)/.test(daemonArguments),
    ...(storage !== undefined && storage !== '' && { storageDriver: memberOr(STORAGE_DRIVERS, storage, 'other') }),
  };
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableError('malformed'); // the parser's message quotes the text
  }
}
