/**
 * Allow-listed configuration keys and the values that they may take. A key that is not here is dropped where it is read;
 * there is no value of free text. Used for baselines, for differences between members, and by checks.
 */
import type { Unit } from '../../vocabulary.ts';

export type SettingType =
  | { readonly type: 'number'; readonly unit?: SettingUnit }
  | { readonly type: 'flag' }
  | { readonly type: 'version' }
  /** A word of the product's own vocabulary; any other value becomes `other`. */
  | { readonly type: 'word'; readonly words: readonly string[] };
/** What a number is in, where it is more than a number. */
export type SettingUnit = Extract<Unit, 'bytes' | 'milliseconds' | 'seconds'>;
export type SettingTypes = Readonly<Record<string, SettingType>>;

/** Without a unit a number is as the product's manual has it. */
export function number(unit?: SettingUnit): SettingType {
  return { type: 'number', ...(unit !== undefined && { unit }) };
}
export function flag(): SettingType {
  return { type: 'flag' };
}
export function word<const W extends readonly string[]>(...words: W): { readonly type: 'word'; readonly words: W } {
  return { type: 'word', words };
}
export function versionSetting(): SettingType {
  return { type: 'version' };
}
export function defineSettings<const S extends SettingTypes>(settings: S): S {
  return settings;
}
