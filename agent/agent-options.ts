/** What an agent is told. Plain data, so that it can be handed to the process of one inspection. */
import type { CheckSettings } from './checks/settings.ts';
import type { Suppression } from './checks/suppressions.ts';
import type { DeliveryOptions } from './delivery/delivery-options.ts';
import type { CredentialSource } from './kube/credential.ts';
import type { MiddlewareConfig } from './middleware/declaration.ts';
import type { TriggerRules } from './triggers/rules.ts';
import type { Takes } from './wire/request.ts';
import type { Group, NameKind } from './wire/vocabulary.ts';

export const ROLES = ['node', 'cluster', 'host'] as const;
export type Role = (typeof ROLES)[number];

export interface AgentOptions {
  readonly role: Role;
  readonly cron: string;
  readonly timeZone: string;
  readonly jitterMs: number;
  readonly runAtStart: boolean;
  readonly stateDir: string;
  /** A mounted site key; default: one in the state directory. */
  readonly keyFile?: string | undefined;
  readonly hostRoot: string;
  /** What of the host is mounted below the root; left out: all of it. */
  readonly hostPaths?: readonly string[] | undefined;
  /** Name of the node as the cluster knows it; default: the host's own name. */
  readonly nodeName?: string | undefined;
  readonly sampleMs: number;
  readonly listen: { readonly host: string; readonly port: number };
  /** Longest that one inspection may take. */
  readonly deadlineMs: number;
  /** Cluster role only. */
  readonly credential?: CredentialSource | undefined;
  /** Roles cluster and host; default: what is found, without credentials. */
  readonly middleware?: MiddlewareConfig | undefined;
  readonly lease: { readonly namespace: string; readonly name: string; readonly identity: string };
  readonly settings: CheckSettings;
  /** Where the applied rule pack lies; default `<stateDir>/packs`. */
  readonly packsDir?: string | undefined;
  readonly suppressions: readonly Suppression[];
  readonly optOut: readonly Group[];
  readonly clearNames: readonly NameKind[];
  /** Words of the site that the last-line guard blocks; none within the site's own boundary. */
  readonly guardWords?: readonly string[] | undefined;
  /** What the site changed about triggers, and when it works on things; default: nothing, never. */
  readonly triggers?: TriggerRules | undefined;
  /** Milliseconds between two looks of the fast path; default a minute. */
  readonly fastIntervalMs?: number | undefined;
  /** What the collector may ask; default: for an inspection ahead of its time. */
  readonly remoteRequests?: Takes | undefined;
  /** Left out: results stay on this machine. */
  readonly delivery?: DeliveryOptions | undefined;
}
