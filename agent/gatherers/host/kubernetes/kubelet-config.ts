/** Settings of the kubelet in effect. Defaults: KubeletConfiguration v1beta1; without a file those of the flags, which are older and laxer. */
import type { Sections } from '../../../wire/section-values.ts';
import { CGROUP_DRIVERS, EVICTION_SIGNALS, type EvictionSignal, KUBELET_AUTHORIZATION_MODES, SWAP_BEHAVIORS, TLS_VERSIONS } from '../../../wire/sections/host/kubernetes-kubelet.ts';
import { type Flags, flagBool, flagCount, flagSeconds, flagSet, flagWords, memberOr } from './flags.ts';
import { toBytes, toPercent, toSeconds } from './quantity.ts';
import { type YamlMap, asBool, asCount, asList, asMap, asText } from './yaml.ts';

export type KubeletSettings = Omit<Partial<Sections['kubelet']>, 'running' | 'health' | 'startedAt' | 'configSource' | 'configChangedAt'>;

const DEFAULT_EVICTION: Readonly<Partial<Record<EvictionSignal, string>>> = {
  'memory.available': '100Mi', 'nodefs.available': '10%', 'nodefs.inodesFree': '5%', 'imagefs.available': '15%', 'imagefs.inodesFree': '5%',
};
const MEBIBYTE = 1024 ** 2;

/**
 * @param config the merged configuration file; `undefined` when the kubelet runs on flags alone
 */
export function parseKubeletSettings(config: YamlMap | undefined, flags: Flags): KubeletSettings {
  const file = config ?? {};
  const byFlags = config === undefined;
  const authentication = asMap(file['authentication']);
  const driver = flags.get('cgroup-driver') ?? asText(file['cgroupDriver']);
  const swap = asText(asMap(file['memorySwap'])['swapBehavior']);
  const tls = flags.get('tls-min-version') ?? asText(file['tlsMinVersion']);
  const mode = flags.get('authorization-mode') ?? asText(asMap(file['authorization'])['mode']) ?? (byFlags ? 'AlwaysAllow' : 'Webhook');
  return {
    anonymousAuth: flagBool(flags, 'anonymous-auth') ?? asBool(asMap(authentication['anonymous'])['enabled']) ?? byFlags,
    authorizationMode: memberOr(KUBELET_AUTHORIZATION_MODES, mode, 'other'),
    readOnlyPort: flagCount(flags, 'read-only-port') ?? asCount(file['readOnlyPort']) ?? (byFlags ? 10_255 : 0),
    rotateCertificates: flagBool(flags, 'rotate-certificates') ?? asBool(file['rotateCertificates']) ?? false,
    serverTlsBootstrap: flagBool(flags, 'rotate-server-certificates') ?? asBool(file['serverTLSBootstrap']) ?? false,
    protectKernelDefaults: flagBool(flags, 'protect-kernel-defaults') ?? asBool(file['protectKernelDefaults']) ?? false,
    failSwapOn: flagBool(flags, 'fail-swap-on') ?? asBool(file['failSwapOn']) ?? true,
    swapBehavior: swap === undefined || swap === '' ? 'unset' : memberOr(SWAP_BEHAVIORS, swap, 'other'),
    ...(driver !== undefined && { cgroupDriver: memberOr(CGROUP_DRIVERS, driver, 'other') }),
    maxPods: flagCount(flags, 'max-pods') ?? asCount(file['maxPods']) ?? 110,
    ...eviction(file, flags),
    systemReservedSet: flagSet(flags, 'system-reserved') || isFilled(file['systemReserved']),
    kubeReservedSet: flagSet(flags, 'kube-reserved') || isFilled(file['kubeReserved']),
    imageGcHighPercent: flagCount(flags, 'image-gc-high-threshold') ?? asCount(file['imageGCHighThresholdPercent']) ?? 85,
    imageGcLowPercent: flagCount(flags, 'image-gc-low-threshold') ?? asCount(file['imageGCLowThresholdPercent']) ?? 80,
    containerLogMaxBytes: toBytes(flags.get('container-log-max-size')) ?? toBytes(file['containerLogMaxSize']) ?? 10 * MEBIBYTE,
    containerLogMaxFiles: flagCount(flags, 'container-log-max-files') ?? asCount(file['containerLogMaxFiles']) ?? 5,
    serializeImagePulls: flagBool(flags, 'serialize-image-pulls') ?? asBool(file['serializeImagePulls']) ?? true,
    ...optionalCount('eventRecordQps', flagCount(flags, 'event-qps') ?? asCount(file['eventRecordQPS'])), // its default changed with 1.27
    streamingIdleTimeoutSeconds: flagSeconds(flags, 'streaming-connection-idle-timeout') ?? toSeconds(file['streamingConnectionIdleTimeout']) ?? 4 * 3_600,
    clusterDnsCount: flagWords(flags, 'cluster-dns')?.length ?? asList(file['clusterDNS']).length,
    tlsMinVersion: tls === undefined || tls === '' ? 'default' : memberOr(TLS_VERSIONS, tls, 'other'),
    featureGatesCount: Math.max(Object.keys(asMap(file['featureGates'])).length, flagWords(flags, 'feature-gates')?.length ?? 0),
  };
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
  const chosen = words ? Object.fromEntries(words.map((word) => word.split('<', 2))) : file['evictionHard'] === undefined ? undefined : asMap(file['evictionHard']);
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
  return Object.values(asMap(reserved)).some((amount) => amount !== undefined && amount !== null && !/^0\D{0,2}$/.test(String(amount)) && String(amount) !== '');
}
