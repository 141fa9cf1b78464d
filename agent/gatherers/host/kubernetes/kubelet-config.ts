/** Settings of the kubelet in effect. Defaults: KubeletConfiguration v1beta1; without a file those of the flags, which are older and laxer. */
import type { Sections } from '../../../wire/section-values.ts';
import {
  CGROUP_DRIVERS,
  EVICTION_SIGNALS,
  type EvictionSignal,
  KUBELET_AUTHORIZATION_MODES,
  SWAP_BEHAVIORS,
  TLS_VERSIONS,
} from '../../../wire/sections/host/kubernetes-kubelet.ts';
import { type Flags, flagBool, flagCount, flagSeconds, flagSet, flagWords, memberOr } from './flags.ts';
import { toBytes, toPercent, toSeconds } from './quantity.ts';
import { asBool, asCount, asList, asMap, asText, type YamlMap } from './yaml.ts';

export type KubeletSettings = Omit<Partial<Sections['kubelet']>, 'running' | 'health' | 'startedAt' | 'configSource' | 'configChangedAt'>;

const DEFAULT_EVICTION: Readonly<Partial<Record<EvictionSignal, string>>> = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
};
const MEBIBYTE = 1024 ** 2;

/**
 * @param config the merged configuration file; `undefined` when the kubelet runs on flags alone
 */
export function parseKubeletSettings(config: YamlMap | undefined, flags: Flags): KubeletSettings {
  const file = config ?? {};
  return { ...access(file, flags, config === undefined), ...system(file, flags), ...eviction(file, flags), ...housekeeping(file, flags) };
}

/** Who may do what. `byFlags`: the laxer defaults of a kubelet without a file. */
function access(file: YamlMap, flags: Flags, byFlags: boolean): KubeletSettings {
  const anonymous = asBool(asMap(asMap(file['authentication'])['anonymous'])['enabled']);
  const mode = flags.get('authorization-mode') ?? filled(asMap(file['authorization'])['mode']) ?? (byFlags ? 'AlwaysAllow' : 'Webhook');
  const tls = filled(flags.get('tls-min-version')) ?? filled(file['tlsMinVersion']) ?? 'default';
  return {
    anonymousAuth: flagBool(flags, 'anonymous-auth') ?? anonymous ?? byFlags,
    authorizationMode: memberOr(KUBELET_AUTHORIZATION_MODES, mode, 'other'),
    readOnlyPort: flagCount(flags, 'read-only-port') ?? asCount(file['readOnlyPort']) ?? (byFlags ? 10_255 : 0),
    rotateCertificates: eitherBool(flags, 'rotate-certificates', file['rotateCertificates'], false),
    serverTlsBootstrap: eitherBool(flags, 'rotate-server-certificates', file['serverTLSBootstrap'], false),
    tlsMinVersion: memberOr(TLS_VERSIONS, tls, 'other'),
    // kubeadm writes zero durations, which mean the default; a flag of zero means none
    streamingIdleTimeoutSeconds: flagSeconds(flags, 'streaming-connection-idle-timeout') ?? (toSeconds(file['streamingConnectionIdleTimeout']) || 4 * 3_600),
  };
}

function system(file: YamlMap, flags: Flags): KubeletSettings {
  const driver = filled(flags.get('cgroup-driver')) ?? filled(file['cgroupDriver']);
  const swap = filled(asMap(file['memorySwap'])['swapBehavior']) ?? 'unset';
  return {
    protectKernelDefaults: eitherBool(flags, 'protect-kernel-defaults', file['protectKernelDefaults'], false),
    failSwapOn: eitherBool(flags, 'fail-swap-on', file['failSwapOn'], true),
    swapBehavior: memberOr(SWAP_BEHAVIORS, swap, 'other'),
    ...(driver !== undefined && { cgroupDriver: memberOr(CGROUP_DRIVERS, driver, 'other') }),
    maxPods: eitherCount(flags, 'max-pods', file['maxPods'] || undefined, 110),
    systemReservedSet: flagSet(flags, 'system-reserved') || isFilled(file['systemReserved']),
    kubeReservedSet: flagSet(flags, 'kube-reserved') || isFilled(file['kubeReserved']),
    clusterDnsCount: flagWords(flags, 'cluster-dns')?.length ?? asList(file['clusterDNS']).length,
    featureGatesCount: Math.max(Object.keys(asMap(file['featureGates'])).length, flagWords(flags, 'feature-gates')?.length ?? 0),
  };
}

function housekeeping(file: YamlMap, flags: Flags): KubeletSettings {
  return {
    imageGcHighPercent: eitherCount(flags, 'image-gc-high-threshold', file['imageGCHighThresholdPercent'], 85),
    imageGcLowPercent: eitherCount(flags, 'image-gc-low-threshold', file['imageGCLowThresholdPercent'], 80),
    containerLogMaxBytes: toBytes(flags.get('container-log-max-size')) ?? toBytes(file['containerLogMaxSize']) ?? 10 * MEBIBYTE,
    containerLogMaxFiles: eitherCount(flags, 'container-log-max-files', file['containerLogMaxFiles'], 5),
    serializeImagePulls: eitherBool(flags, 'serialize-image-pulls', file['serializeImagePulls'], true),
    ...optionalCount('eventRecordQps', flagCount(flags, 'event-qps') ?? asCount(file['eventRecordQPS'])), // its default changed with 1.27
  };
}

function eitherBool(flags: Flags, flag: string, inFile: unknown, byDefault: boolean): boolean {
  return flagBool(flags, flag) ?? asBool(inFile) ?? byDefault;
}
function eitherCount(flags: Flags, flag: string, inFile: unknown, byDefault: number): number {
  return flagCount(flags, flag) ?? asCount(inFile) ?? byDefault;
}
/** A text that is not empty: the empty one means "default". */
function filled(value: unknown): string | undefined {
  return asText(value) || undefined;
}

/** Port of `/healthz`; 0 when it is switched off, `undefined` when it listens somewhere that is not asked. */
export function healthPort(config: YamlMap | undefined, flags: Flags): number | undefined {
  const address = flags.get('healthz-bind-address') ?? asText(config?.['healthzBindAddress']) ?? '127.0.0.1';
  if (!/^(127\.0\.0\.1|0\.0\.0\.0|localhost|::|)$/.test(address)) return undefined;
  const port = flagCount(flags, 'healthz-port') ?? asCount(config?.['healthzPort']) ?? 10_248;
  return port <= 65_535 ? port : undefined;
}

/** Naming one signal drops the defaults of all others, unless `mergeDefaultEvictionSettings` is set. */
function eviction(file: YamlMap, flags: Flags): KubeletSettings {
  const words = flagWords(flags, 'eviction-hard');
  const chosen = words ? Object.fromEntries(words.map((word) => word.split('<', 2))) : (file['evictionHard'] ?? undefined) === undefined ? undefined : asMap(file['evictionHard']);
  const merge = asBool(file['mergeDefaultEvictionSettings']) === true;
  const effective: YamlMap = chosen === undefined ? DEFAULT_EVICTION : merge ? { ...DEFAULT_EVICTION, ...chosen } : chosen;
  const memory = effective['memory.available'];
  const [bytes, memoryPercent] = [toBytes(memory), toPercent(memory)];
  const [nodefs, imagefs] = [toPercent(effective['nodefs.available']), toPercent(effective['imagefs.available'])];
  return {
    evictionHardSet: chosen !== undefined,
    evictionSignals: EVICTION_SIGNALS.filter((signal) => (toPercent(effective[signal]) ?? toBytes(effective[signal]) ?? 0) > 0),
    ...optionalCount('evictionMemoryBytes', bytes),
    ...optionalCount('evictionMemoryPercent', memoryPercent),
    ...optionalCount('evictionNodefsPercent', nodefs),
    ...optionalCount('evictionImagefsPercent', imagefs),
  };
}

function optionalCount<K extends string>(key: K, value: number | undefined): { readonly [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: number }); // a computed key widens to string
}

/** A reservation that names at least one amount that is not zero. */
function isFilled(reserved: unknown): boolean {
  return Object.values(asMap(reserved)).some((amount) => (typeof amount === 'number' && amount > 0) || (typeof amount === 'string' && /[1-9]/.test(amount)));
}
