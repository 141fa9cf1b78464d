import type { Check } from '../check.ts';
import { apparmorUnconfined } from './apparmor-unconfined.ts';
import { capabilitiesAdded } from './capabilities-added.ts';
import { capabilitiesHigh } from './capabilities-high.ts';
import { capabilitiesKept } from './capabilities-kept.ts';
import { credentialInEnv } from './credential-in-env.ts';
import { defaultServiceAccount } from './default-service-account.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostPathSensitive } from './host-path-sensitive.ts';
import { hostPathUsed } from './host-path-used.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { networkDefaultDenyMissing } from './network-default-deny-missing.ts';
import { podSecurityUnenforced } from './pod-security-unenforced.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privilegedContainer } from './privileged-container.ts';
import { procMountUnmasked } from './proc-mount-unmasked.ts';
import { rbacAccountMissing } from './rbac-account-missing.ts';
import { rbacAllAccountsBound } from './rbac-all-accounts-bound.ts';
import { rbacAnonymousBound } from './rbac-anonymous-bound.ts';
import { rbacAuthenticatedBound } from './rbac-authenticated-bound.ts';
import { rbacClusterAdminBound } from './rbac-cluster-admin-bound.ts';
import { rbacDefaultAccountBound } from './rbac-default-account-bound.ts';
import { rbacEscalationAllowed } from './rbac-escalation-allowed.ts';
import { rbacExecAllowed } from './rbac-exec-allowed.ts';
import { rbacNodeProxyAllowed } from './rbac-node-proxy-allowed.ts';
import { rbacRoleMissing } from './rbac-role-missing.ts';
import { rbacSecretsReadable } from './rbac-secrets-readable.ts';
import { rbacTokenCreationAllowed } from './rbac-token-creation-allowed.ts';
import { rbacWildcardBound } from './rbac-wildcard-bound.ts';
import { rootFilesystemWritable } from './root-filesystem-writable.ts';
import { runAsRoot } from './run-as-root.ts';
import { seccompUnconfined } from './seccomp-unconfined.ts';
import { seccompUnset } from './seccomp-unset.ts';
import { serviceaccountDefaultAutomounted } from './serviceaccount-default-automounted.ts';
import { serviceaccountLegacyTokens } from './serviceaccount-legacy-tokens.ts';
import { sysctlUnsafe } from './sysctl-unsafe.ts';
import { tokenAutomounted } from './token-automounted.ts';

export const SECURITY_CHECKS: readonly Check[] = [
  apparmorUnconfined,
  capabilitiesAdded,
  capabilitiesHigh,
  capabilitiesKept,
  credentialInEnv,
  defaultServiceAccount,
  hostIpc,
  hostNetwork,
  hostPathSensitive,
  hostPathUsed,
  hostPid,
  hostPort,
  networkDefaultDenyMissing,
  podSecurityUnenforced,
  privilegeEscalation,
  privilegedContainer,
  procMountUnmasked,
  rbacAccountMissing,
  rbacAllAccountsBound,
  rbacAnonymousBound,
  rbacAuthenticatedBound,
  rbacClusterAdminBound,
  rbacDefaultAccountBound,
  rbacEscalationAllowed,
  rbacExecAllowed,
  rbacNodeProxyAllowed,
  rbacRoleMissing,
  rbacSecretsReadable,
  rbacTokenCreationAllowed,
  rbacWildcardBound,
  rootFilesystemWritable,
  runAsRoot,
  seccompUnconfined,
  seccompUnset,
  serviceaccountDefaultAutomounted,
  serviceaccountLegacyTokens,
  sysctlUnsafe,
  tokenAutomounted,
];
