/** The configuration file: what a site changed. Strict: an unknown key is a fault, and all faults are told at once. */
import { parse } from 'yaml';
import { z } from 'zod';
import { CHECKS } from './checks/index.ts';
import type { CheckSettings } from './checks/settings.ts';
import type { Suppression } from './checks/suppressions.ts';
import { middlewareConfig } from './middleware-config.ts';
import { SITE_DEFAULTS, type SiteConfig } from './site-config.ts';
import { maintenanceWindow, triggerSetting, unknownClearKeys } from './trigger-config.ts';
import type { TriggerSetting } from './triggers/rules.ts';
import { type Expectation, expectationOf } from './wire/expectation.ts';
import { TAKES } from './wire/request.ts';
import { GROUPS, NAME_KINDS, SCOPE_KINDS, type ScopeKind, SEVERITIES } from './wire/vocabulary.ts';

const MAX_CONFIG_BYTES = 1024 * 1024;

const thresholdValue = z.union([z.number(), z.boolean(), z.string().max(200), z.array(z.string().max(200)).max(200)]);
const scopePattern = z.strictObject({
  kind: z.enum(Object.keys(SCOPE_KINDS) as [ScopeKind, ...ScopeKind[]]).optional(),
  node: z.string().max(253).optional(),
  namespace: z.string().max(253).optional(),
  name: z.string().max(1_024).optional(),
});
const checkSetting = z.strictObject({
  enabled: z.boolean().optional(),
  severity: z.enum(SEVERITIES).optional(),
  threshold: z.record(z.string(), thresholdValue).optional(),
  scopes: z
    .array(z.strictObject({ match: scopePattern, threshold: z.record(z.string(), thresholdValue) }))
    .max(100)
    .optional(),
});
const day = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), 'YYYY-MM-DD');
const suppressionsFile = z.strictObject({
  suppressions: z
    .array(
      z.strictObject({
        check: z.string().min(1).max(120),
        scope: scopePattern.optional(),
        owner: z.string().min(1).max(200),
        reason: z.string().min(1).max(1_000),
        expires: day,
      }),
    )
    .max(10_000),
});
const siteConfig = z.strictObject({
  checks: z.record(z.string(), checkSetting).default({}),
  optOut: z.array(z.enum(GROUPS)).default([]),
  clearNames: z.array(z.enum(NAME_KINDS)).default([]),
  /** Two characters at least: one letter is everywhere. */
  guard: z.strictObject({ words: z.array(z.string().min(2).max(100)).max(1_000).default([]) }).default(() => ({ words: [] })),
  sampleSeconds: z.number().min(0.2).max(60).default(SITE_DEFAULTS.sampleSeconds),
  /** By check id; see trigger-config.ts. */
  triggers: z.record(z.string(), triggerSetting).default({}),
  maintenance: z.array(maintenanceWindow(scopePattern)).max(1_000).default([]),
  /** See middleware-config.ts. */
  middleware: middlewareConfig,
  fastPath: z.strictObject({ intervalSeconds: z.number().min(10).max(3_600).default(SITE_DEFAULTS.fastPath.intervalSeconds) }).default(SITE_DEFAULTS.fastPath),
  remoteRequests: z.enum(TAKES).default(SITE_DEFAULTS.remoteRequests),
});

/** What a site's file may hold: the chart's schema names the same. */
export const SITE_CONFIG_KEYS: readonly string[] = Object.keys(siteConfig.shape);

/** Whether the calendar has this day: 2027-02-30 parses, as the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** One thing that is wrong in a file, with where. */
export interface Fault {
  /** Dotted path, empty for the whole file. */
  readonly path: string;
  readonly problem: 'not-yaml' | 'too-large' | 'unknown-key' | 'unknown-check' | 'unknown-threshold' | Expectation['problem'];
  /** Line from 1, for `not-yaml`. */
  readonly line?: number;
  /** What would be right: a type, known words, or a bound. */
  readonly expected?: string;
  readonly counts?: Expectation['counts'];
}
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(`configuration: ${faults.length} faults`);
    this.faults = faults;
  }
}

/** @throws ConfigError with every fault of the text */
export function parseSiteConfig(text: string): SiteConfig {
  const raw = readDocument(text);
  const result = siteConfig.safeParse(raw);
  // Settings that are well-formed by themselves are held against their checks even when something else is wrong: all faults at once.
  const faults = [
    ...(result.success ? [] : result.error.issues.flatMap(toFaults)),
    ...settingsOf(raw).flatMap(([id, setting]) => faultsOfSetting(id, setting)),
    ...triggersOf(raw).flatMap(([id, setting]) => faultsOfTrigger(id, setting)),
  ];
  if (!result.success || faults.length > 0) throw new ConfigError(faults);
  return result.data as SiteConfig;
}

/** @throws ConfigError with every fault of the text */
export function parseSuppressions(text: string): readonly Suppression[] {
  const { suppressions } = parseWith(suppressionsFile, text) as { suppressions: readonly Suppression[] };
  const faults = suppressions.flatMap(({ check }, index): Fault[] =>
    /[*?]/.test(check) || CHECKS.some(({ id }) => id === check) ? [] : [{ path: `suppressions.${index}.check`, problem: 'unknown-check' }],
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return suppressions;
}

function readDocument(text: string): unknown {
  if (text.length > MAX_CONFIG_BYTES) throw new ConfigError([{ path: '', problem: 'too-large' }]);
  return parseYaml(text) ?? {};
}
function settingsOf(raw: unknown): readonly (readonly [string, CheckSettings[string]])[] {
  const checks = z.object({ checks: z.record(z.string(), z.unknown()) }).safeParse(raw);
  if (!checks.success) return [];
  return Object.entries(checks.data.checks).flatMap(([id, setting]) => {
    const parsed = checkSetting.safeParse(setting);
    return parsed.success ? [[id, parsed.data as CheckSettings[string]] as const] : [];
  });
}

function triggersOf(raw: unknown): readonly (readonly [string, TriggerSetting])[] {
  const triggers = z.object({ triggers: z.record(z.string(), z.unknown()) }).safeParse(raw);
  if (!triggers.success) return [];
  return Object.entries(triggers.data.triggers).flatMap(([id, setting]) => {
    const parsed = triggerSetting.safeParse(setting);
    return parsed.success ? [[id, parsed.data as TriggerSetting] as const] : [];
  });
}

function parseWith(schema: z.ZodType, text: string): unknown {
  const result = schema.safeParse(readDocument(text));
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.flatMap(toFaults));
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 }) as unknown;
  } catch (error) {
    const position: unknown = error instanceof Error && 'linePos' in error ? error.linePos : undefined;
    const line = Array.isArray(position) && typeof position[0]?.line === 'number' ? (position[0].line as number) : undefined;
    throw new ConfigError([{ path: '', problem: 'not-yaml', ...(line && { line }) }]);
  }
}

function toFaults(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(String).join('.');
  const under = (key: string): string => (path === '' ? key : `${path}.${key}`);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ path: under(key), problem: 'unknown-key' })) : [{ path, ...expectationOf(issue) }];
}

function faultsOfTrigger(id: string, setting: TriggerSetting): Fault[] {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) return [{ path: `triggers.${id}`, problem: 'unknown-check' }];
  return unknownClearKeys(check, setting).map((key) => ({ path: `triggers.${id}.clear.${key}`, problem: 'unknown-threshold', expected: Object.keys(check.threshold).join(', ') }));
}

/** A threshold must exist in the check and keep its type. */
function faultsOfSetting(id: string, setting: CheckSettings[string]): Fault[] {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) return [{ path: `checks.${id}`, problem: 'unknown-check' }];
  const sets = [['threshold', setting.threshold ?? {}] as const, ...(setting.scopes ?? []).map(({ threshold }, index) => [`scopes.${index}.threshold`, threshold] as const)];
  return sets.flatMap(([where, threshold]) =>
    Object.entries(threshold).flatMap(([key, value]): Fault[] => {
      const path = `checks.${id}.${where}.${key}`;
      const known = check.threshold[key];
      if (known === undefined) return [{ path, problem: 'unknown-threshold', expected: Object.keys(check.threshold).join(', ') }];
      return typeof known === typeof value && Array.isArray(known) === Array.isArray(value)
        ? []
        : [{ path, problem: 'wrong-type', expected: Array.isArray(known) ? 'array' : typeof known }];
    }),
  );
}
