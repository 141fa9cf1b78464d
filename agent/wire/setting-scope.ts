/**
 * A finding about one setting of a middleware instance: its scope is of kind `Setting`, its name `instance#key`, or
 * `instance|member#key` where it is about one member. Instance and member travel as their pseudonyms, the key as it is: keys are a
 * closed list.
 */
import type { Scope } from './inspection.ts';

const MARK = '#';
const MEMBER_MARK = '|';

export interface SettingParts {
  readonly instance: string;
  readonly member?: string | undefined;
  readonly key: string;
}

export function settingScope(instance: string, key: string, member?: string): Scope {
  return { kind: 'Setting', name: `${instance}${member === undefined ? '' : `${MEMBER_MARK}${member}`}${MARK}${key}` };
}
/** The parts of such a name; `undefined` when it is none. */
export function settingParts(name: string): SettingParts | undefined {
  const mark = name.lastIndexOf(MARK);
  if (mark <= 0 || mark === name.length - 1) return undefined;
  const [about, key] = [name.slice(0, mark), name.slice(mark + 1)];
  const bar = about.lastIndexOf(MEMBER_MARK);
  return bar <= 0 || bar === about.length - 1 ? { instance: about, key } : { instance: about.slice(0, bar), member: about.slice(bar + 1), key };
}
/** The instance that a finding is about, or whose setting it is about. */
export function instanceOf({ kind, name }: Scope): string | undefined {
  if (kind === 'Instance') return name;
  return kind === 'Setting' ? settingParts(name)?.instance : undefined;
}
