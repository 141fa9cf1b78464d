/** What a site may change, and what holds when it changes nothing. Apart from its parser, which is heavy to load. */
import type { CheckSettings } from './checks/settings.ts';
import { MIDDLEWARE_DEFAULTS, type MiddlewareConfig } from './middleware/declaration.ts';
import type { MaintenanceWindow } from './trigger-config.ts';
import type { TriggerSetting } from './triggers/rules.ts';
import type { Takes } from './wire/request.ts';
import type { Group, NameKind } from './wire/vocabulary.ts';

export interface SiteConfig {
  /** By check id. */
  readonly checks: CheckSettings;
  /** Groups of sections that are not read at all. */
  readonly optOut: readonly Group[];
  /** Kinds of names that leave clear. */
  readonly clearNames: readonly NameKind[];
  /** What the last-line guard looks for beyond names and shapes. */
  readonly guard: { readonly words: readonly string[] };
  /** Seconds between the two samples of a rate. */
  readonly sampleSeconds: number;
  /** When findings become signals, by check id; see trigger-config.ts. */
  readonly triggers: Readonly<Record<string, TriggerSetting>>;
  readonly maintenance: readonly MaintenanceWindow[];
  readonly middleware: MiddlewareConfig;
  readonly fastPath: { readonly intervalSeconds: number };
  /** What the collector may ask in its answers; see wire/request.ts. */
  readonly remoteRequests: Takes;
}
export const SITE_DEFAULTS: SiteConfig = {
  checks: {},
  optOut: [],
  clearNames: [],
  guard: { words: [] },
  sampleSeconds: 3,
  triggers: {},
  maintenance: [],
  middleware: MIDDLEWARE_DEFAULTS,
  fastPath: { intervalSeconds: 60 },
  remoteRequests: 'inspect',
};
