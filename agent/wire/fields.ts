/**
 * The types that a field may have. There is deliberately no free-text type: a string on the wire is a member of a
 * closed list, a version in a fixed grammar, or a name that the encoder turns into a pseudonym.
 */
import type { NameKind, Text, Unit } from './vocabulary.ts';

interface Described {
  readonly purpose: Text;
}
/** A number that goes up and down. `min` and `max` are inclusive. */
export interface GaugeField extends Described {
  readonly type: 'gauge';
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
}
/** A whole number ≥ 0 that only grows, or a count of things. */
export interface CounterField extends Described {
  readonly type: 'counter';
  readonly unit: Unit;
}
export interface BoolField extends Described {
  readonly type: 'bool';
}
export interface EnumField<V extends string = string> extends Described {
  readonly type: 'enum';
  readonly values: readonly V[];
}
/** Several members of a closed list, each at most once. */
export interface EnumSetField<V extends string = string> extends Described {
  readonly type: 'enum-set';
  readonly values: readonly V[];
}
/** A version in the grammar of `version.ts`, ≤ 64 characters. */
export interface VersionField extends Described {
  readonly type: 'version';
}
/** Seconds since 1970-01-01T00:00Z, whole. */
export interface TimestampField extends Described {
  readonly type: 'timestamp';
}
/** A name: clear inside the site, a keyed pseudonym outside, unless well known or declared clear. */
export interface NameField extends Described {
  readonly type: 'name';
  readonly kind: NameKind;
}
/** Rows of scalar fields, at most `cap`. */
export interface ListField<R extends Fields = Fields> extends Described {
  readonly type: 'list';
  readonly cap: number;
  readonly row: R;
}
/** Numbers by member of a closed list. */
export interface MapField<K extends string = string> extends Described {
  readonly type: 'map';
  readonly keys: readonly K[];
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
}
export type ScalarField = GaugeField | CounterField | BoolField | EnumField | EnumSetField | VersionField | TimestampField | NameField;
export type Field = ScalarField | ListField | MapField;
/** Marks a field that a source may not tell; checks that need it answer `unknown`. */
export type Optional<F extends Field = Field> = F & { readonly optional: true };
export type Fields = Readonly<Record<string, Field>>;

/** The value of one field inside the agent (names still clear). */
export type ValueOf<F> = F extends { type: 'gauge' | 'counter' | 'timestamp' }
  ? number
  : F extends { type: 'bool' }
    ? boolean
    : F extends { type: 'enum'; values: readonly (infer V)[] }
      ? V
      : F extends { type: 'enum-set'; values: readonly (infer V)[] }
        ? readonly V[]
        : F extends { type: 'version' | 'name' }
          ? string
          : F extends { type: 'list'; row: infer R }
            ? readonly RowOf<R>[]
            : F extends { type: 'map'; keys: readonly (infer K extends string)[] }
              ? Readonly<Partial<Record<K, number>>>
              : never;
type OptionalKeys<R> = { [K in keyof R]: R[K] extends { optional: true } ? K : never }[keyof R];
/** The object that a set of fields describes. */
export type RowOf<R> = { readonly [K in Exclude<keyof R, OptionalKeys<R>>]: ValueOf<R[K]> } & { readonly [K in OptionalKeys<R>]?: ValueOf<R[K]> | undefined };

/** Largest number that survives JSON in every reader. */
const LARGEST = Number.MAX_SAFE_INTEGER;

export function gauge(purpose: Text, unit: Unit, range: { min?: number; max?: number } = {}): GaugeField {
  return { type: 'gauge', purpose, unit, min: range.min ?? 0, max: range.max ?? LARGEST };
}
/** 0–100 %. */
export function percent(purpose: Text, max = 100): GaugeField {
  return gauge(purpose, 'percent', { max });
}
export function counter(purpose: Text, unit: Unit = 'count'): CounterField {
  return { type: 'counter', purpose, unit };
}
export function bool(purpose: Text): BoolField {
  return { type: 'bool', purpose };
}
export function oneOf<const V extends string>(purpose: Text, values: readonly V[]): EnumField<V> {
  return { type: 'enum', purpose, values };
}
export function someOf<const V extends string>(purpose: Text, values: readonly V[]): EnumSetField<V> {
  return { type: 'enum-set', purpose, values };
}
export function version(purpose: Text): VersionField {
  return { type: 'version', purpose };
}
export function timestamp(purpose: Text): TimestampField {
  return { type: 'timestamp', purpose };
}
export function name<const K extends NameKind>(purpose: Text, kind: K): NameField & { readonly kind: K } {
  return { type: 'name', purpose, kind };
}
export function list<const R extends Readonly<Record<string, ScalarField>>>(purpose: Text, cap: number, row: R): ListField<R> {
  return { type: 'list', purpose, cap, row };
}
export function map<const K extends string>(purpose: Text, keys: readonly K[], unit: Unit, range: { min?: number; max?: number } = {}): MapField<K> {
  return { type: 'map', purpose, keys, unit, min: range.min ?? 0, max: range.max ?? LARGEST };
}
export function optional<F extends Field>(field: F): Optional<F> {
  return { ...field, optional: true };
}
/** A text in both languages; short, because the registry has hundreds. */
export function text(zh: string, en: string): Text {
  return { zh, en };
}
