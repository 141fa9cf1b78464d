/** Chosen facts of the flags of the control plane's programs. Defaults as in their reference pages (Kubernetes 1.20 and later). */
import type { Sections } from '../../../wire/section-values.ts';
import { ADMISSION_PLUGINS, AUTHORIZATION_MODES } from '../../../wire/sections/host/kubernetes-flags.ts';
import { TLS_VERSIONS } from '../../../wire/sections/host/kubernetes-kubelet.ts';
import { type Flags, flagBool, flagCount, flagSeconds, flagSet, flagWords, memberOr } from './flags.ts';

type Of<S extends 'apiserverFlags' | 'controllerManagerFlags' | 'schedulerFlags'> = Omit<Sections[S], 'source'>;

export function apiserverFlagsOf(flags: Flags): Of<'apiserverFlags'> {
  const modes = flagWords(flags, 'authorization-mode') ?? (flagSet(flags, 'authorization-config') ? undefined : ['AlwaysAllow']);
  const anonymous = flagBool(flags, 'anonymous-auth') ?? (flagSet(flags, 'authentication-config') ? undefined : true);
  const enabled = flagWords(flags, 'enable-admission-plugins') ?? flagWords(flags, 'admission-control') ?? [];
  return {
    anonymousAuth: anonymous,
    profiling: flagBool(flags, 'profiling') ?? true,
    ...auditOf(flags),
    encryptionProviderSet: flagSet(flags, 'encryption-provider-config') || flagSet(flags, 'experimental-encryption-provider-config'),
    authorizationModes: modes && AUTHORIZATION_MODES.filter((mode) => modes.includes(mode)),
    admissionEnabled: ADMISSION_PLUGINS.filter((plugin) => enabled.includes(plugin)),
    admissionDisabled: ADMISSION_PLUGINS.filter((plugin) => flagWords(flags, 'disable-admission-plugins')?.includes(plugin)),
    insecurePort: flagCount(flags, 'insecure-port') ?? 0,
    tlsMinVersion: memberOr(TLS_VERSIONS, flags.get('tls-min-version') || 'default', 'other'),
    ...limitsOf(flags),
    serviceAccountLookup: flagBool(flags, 'service-account-lookup') ?? true,
    kubeletClientCertSet: flagSet(flags, 'kubelet-client-certificate') && flagSet(flags, 'kubelet-client-key'),
    kubeletCaSet: flagSet(flags, 'kubelet-certificate-authority'),
    staticCredentials: flagSet(flags, 'token-auth-file') || flagSet(flags, 'basic-auth-file'),
  };
}

function auditOf(flags: Flags): Pick<Of<'apiserverFlags'>, 'auditLogSet' | 'auditPolicySet' | 'auditLogMaxAgeDays'> {
  return {
    auditLogSet: flagSet(flags, 'audit-log-path') || flagSet(flags, 'audit-webhook-config-file'),
    auditPolicySet: flagSet(flags, 'audit-policy-file'),
    auditLogMaxAgeDays: flagSet(flags, 'audit-log-path') ? (flagCount(flags, 'audit-log-maxage') ?? 0) : undefined,
  };
}

function limitsOf(
  flags: Flags,
): Pick<Of<'apiserverFlags'>, 'etcdServerCount' | 'etcdClientCertSet' | 'etcdCompactionSeconds' | 'maxRequestsInflight' | 'maxMutatingRequestsInflight' | 'requestTimeoutSeconds'> {
  return {
    etcdServerCount: flagWords(flags, 'etcd-servers')?.length ?? 0,
    etcdClientCertSet: flagSet(flags, 'etcd-certfile') && flagSet(flags, 'etcd-keyfile'),
    etcdCompactionSeconds: flagSeconds(flags, 'etcd-compaction-interval') ?? 300,
    maxRequestsInflight: flagCount(flags, 'max-requests-inflight') ?? 400,
    maxMutatingRequestsInflight: flagCount(flags, 'max-mutating-requests-inflight') ?? 200,
    requestTimeoutSeconds: flagSeconds(flags, 'request-timeout') ?? 60,
  };
}

export function controllerManagerFlagsOf(flags: Flags): Of<'controllerManagerFlags'> {
  return {
    profiling: flagBool(flags, 'profiling') ?? true,
    bindsLoopback: isLoopback(flags.get('bind-address')),
    leaderElect: flagBool(flags, 'leader-elect') ?? true,
    terminatedPodGcCount: flagCount(flags, 'terminated-pod-gc-threshold') ?? (flagSet(flags, 'terminated-pod-gc-threshold') ? 0 : 12_500), // negative means none, as 0
    serviceAccountCredentials: flagBool(flags, 'use-service-account-credentials') ?? false,
    rootCaSet: flagSet(flags, 'root-ca-file'),
  };
}

/** With `--config` the file decides on profiling and leader election, and its flags are ignored. */
export function schedulerFlagsOf(flags: Flags): Of<'schedulerFlags'> {
  const byFile = flagSet(flags, 'config');
  return {
    profiling: byFile ? undefined : (flagBool(flags, 'profiling') ?? true),
    bindsLoopback: isLoopback(flags.get('bind-address')),
    leaderElect: byFile ? undefined : (flagBool(flags, 'leader-elect') ?? true),
  };
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|::1)$/.test(address);
}
