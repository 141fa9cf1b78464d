/** What a site changed about checks: switched off, another severity, other thresholds, everywhere or for some scopes. */
import type { Scope } from '../wire/inspection.ts';
import type { Severity } from '../wire/vocabulary.ts';
import type { Threshold } from './check.ts';

/** Globs (`*`, `?`) over the parts of a scope; a part that is not named matches anything. */
export interface ScopePattern {
  readonly kind?: string | undefined;
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}
/** Other thresholds for the things that match; the last match wins. */
export interface ScopedThreshold {
  readonly match: ScopePattern;
  readonly threshold: Threshold;
}
export interface CheckSetting {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
  readonly threshold?: Threshold | undefined;
  readonly scopes?: readonly ScopedThreshold[] | undefined;
}
/** By check id. */
export type CheckSettings = Readonly<Record<string, CheckSetting>>;

/** Whether every named part of the pattern matches the scope. */
export function matchesScope(pattern: ScopePattern, scope: Scope): boolean {
  return (['kind', 'node', 'namespace', 'name'] as const).every((part) => {
    const glob = pattern[part];
    return glob === undefined || matchesGlob(glob, scope[part] ?? '');
  });
}

/** `*` any run, `?` one character; linear, no regular expression built from a site's text. */
export function matchesGlob(glob: string, text: string): boolean {
  let g = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (g < glob.length && (glob[g] === '?' || glob[g] === text[t]) && glob[g] !== '*') {
      g += 1;
      t += 1;
    } else if (g < glob.length && glob[g] === '*') {
      star = g;
      mark = t;
      g += 1;
    } else if (star >= 0) {
      g = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (g < glob.length && glob[g] === '*') g += 1;
  return g === glob.length;
}
