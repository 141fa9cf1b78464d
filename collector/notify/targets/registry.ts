/** All kinds of targets. */
import { z } from 'zod';
import type { Text } from '../../../agent/wire/vocabulary.ts';
import { AppError } from '../../errors.ts';
import { issueWords } from '../../fault-words.ts';
import { alertmanager } from './alertmanager.ts';
import { dingtalk } from './dingtalk.ts';
import { email } from './email.ts';
import { feishu } from './feishu.ts';
import { pagerduty } from './pagerduty.ts';
import type { RateLimit, TargetKind } from './target.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

export const TARGET_KINDS = ['email', 'webhook', 'dingtalk', 'wecom', 'feishu', 'pagerduty', 'alertmanager'] as const;
export type TargetKindName = (typeof TARGET_KINDS)[number];

export const TARGETS: { readonly [K in TargetKindName]: TargetKind<K> } = { email, webhook, dingtalk, wecom, feishu, pagerduty, alertmanager };

export function isTargetKind(kind: string): kind is TargetKindName {
  return TARGET_KINDS.some((one) => one === kind);
}
export function targetKind(kind: string): TargetKind {
  if (!isTargetKind(kind)) throw new AppError('unsupported', `no such kind of target: ${TARGET_KINDS.join(', ')}`);
  return TARGETS[kind];
}

const Settings = z.looseObject({
  limit: z.object({ burst: z.number(), perMinute: z.number() }).optional(),
  locale: z.enum(['zh', 'en']).optional(),
  to: z.array(z.string()).optional(),
});
/** What routing needs to know of a stored configuration, whatever its kind. */
export function settingsOf(config: unknown): z.output<typeof Settings> {
  return Settings.safeParse(config).data ?? {};
}
export function limitOf(kind: string, config: unknown): RateLimit | undefined {
  return settingsOf(config).limit ?? (isTargetKind(kind) ? TARGETS[kind].limit : undefined);
}

/** Checks what an operator or customer entered. @returns with defaults filled in; @throws AppError naming every fault, no value */
export function checkTarget(kind: string, config: unknown, secrets: unknown): { readonly config: unknown; readonly secrets: unknown } {
  const known = targetKind(kind);
  const checkedConfig = known.config.safeParse(config);
  const checkedSecrets = known.secrets.safeParse(secrets ?? {});
  const faults = [...faultsOf('config', checkedConfig), ...faultsOf('secrets', checkedSecrets)];
  if (faults.length > 0)
    throw new AppError('invalid', `the target is not complete: ${faults.join('; ')}`, {
      details: { faults, fields: [...fieldsOf('config', checkedConfig), ...fieldsOf('secrets', checkedSecrets)] },
    });
  return { config: checkedConfig.data, secrets: checkedSecrets.data };
}
function fieldsOf(place: string, result: z.ZodSafeParseResult<unknown>): readonly { readonly path: string; readonly text: Text }[] {
  return result.success ? [] : result.error.issues.map((issue) => ({ path: [place, ...issue.path].map(String).join('.'), text: issueWords(issue) }));
}
function faultsOf(place: string, result: z.ZodSafeParseResult<unknown>): readonly string[] {
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${[place, ...path].join('.')}: ${message}`);
}
