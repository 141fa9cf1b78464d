/**
 * A finding about one setting of a middleware instance: its scope is of kind `Setting`, its name `instance#key`. Of that name the
 * instance travels as its pseudonym, the key as it is: keys are a closed list.
 */
import type { Scope } from './inspection.ts';

const MARK = '#';

export function settingScope(instance: string, key: string): Scope {
  return { kind: 'Setting', name: `${instance}${MARK}${key}` };
}
/** The two parts of such a name; `undefined` when it has only one. */
export function settingParts(name: string): { readonly instance: string; readonly key: string } | undefined {
  const mark = name.lastIndexOf(MARK);
  return mark <= 0 || mark === name.length - 1 ? undefined : { instance: name.slice(0, mark), key: name.slice(mark + 1) };
}
/** The instance that a finding is about, or whose setting it is about. */
export function instanceOf({ kind, name }: Scope): string | undefined {
  if (kind === 'Instance') return name;
  return kind === 'Setting' ? settingParts(name)?.instance : undefined;
}
