/**
 * The last line: reads the very bytes that are about to be sealed, knowing nothing of how they were built. Every key must be one of the
 * registry, every text under it a word, version or name that the registry allows there; and nothing may look like a name of this run,
 * an address, a secret, a person, or a word that the site listed. What it finds it names by kind and place, never by value.
 */
import { CHECK_IDS } from './check-ids.ts';
import type { Field } from './fields.ts';
import { type Leak, personalIn, quadIn, secretIn } from './guard-shapes.ts';
import { HOLDS, LEAVING } from './leaves.ts';
import { PSEUDONYM } from './pseudonym.ts';
import { SECTIONS } from './registry.ts';
import { registryWords } from './registry-words.ts';
import { REFUSALS, REQUEST_STATES, TAKES } from './request.ts';
import type { SectionDefinition } from './section.ts';
import { SETTING_KEYS } from './sections/middleware/inventory.ts';
import { settingParts } from './setting-scope.ts';
import { DROP_REASONS, SIGNAL_STATES } from './signal.ts';
import { KNOWN_ALERTS, SITE_INCIDENT_KINDS, SITE_SOURCES, SITE_STATES } from './site-incident.ts';
import { isVersion } from './version.ts';
import { AGENT_ROLES, AREAS, DOMAINS, GROUPS, NAME_KINDS, REASONS, SCOPE_KINDS, SEVERITIES, UNITS, VERDICTS } from './vocabulary.ts';
import { isWellKnownAnywhere } from './well-known.ts';

/** A payload was blocked: its bytes hold what may not leave. */
export class GuardTrippedError extends Error {
  override readonly name = 'GuardTrippedError';
  readonly leak: Leak;
  /** `GUARD_JWT`: a closed word for logs. */
  readonly code: string;
  /** The registered key that it stood under, or `?`. */
  readonly path: string;
  constructor(leak: Leak, path: string) {
    super(`blocked by the privacy guard: ${leak} under ${path}`);
    this.leak = leak;
    this.path = path;
    this.code = `GUARD_${leak.toUpperCase().replaceAll('-', '_')}`;
  }
}

export interface GuardFacts {
  /** Names that were met in this run and must not stand in the payload as they are. */
  readonly liveNames: () => Iterable<string>;
  /** Whether the site lets this name leave as it is. */
  readonly isOpened: (name: string) => boolean;
  /** In lower case or not. */
  readonly words?: readonly string[] | undefined;
}

/** What may stand under a key. */
const WORD = 1;
const VERSION = 2;
const NAME = 4;
/** Keys beside the sections; those without texts have 0. */
const ENVELOPE: Readonly<Record<string, number>> = {
  ...keys(
    'schema epoch takenAt sections gatherers durationMs dropped verdicts atLeast findings findingsCut at complete signals since flapping maintenance parent agent scope intervalSeconds uptimeSeconds lastInspectionAt outbox items bytes oldestAgeSeconds activeSignals request id leaves incidents number openedAt',
    0,
  ),
  ...keys('role clearNames section domain status reason check area verdict severity missing unit kind state takes refusal level hold optOut askedBy source rule', WORD),
  ...keys('version pack', VERSION),
  ...keys('observed threshold', WORD | VERSION),
  ...keys('node name namespace', NAME),
};

/** @throws GuardTrippedError */
export function assertClean(json: string, facts: GuardFacts): void {
  const { allowed, words } = vocabulary();
  const listed = (facts.words ?? []).map(folded).filter((word) => word !== '');
  const seen = new Map<number, Set<string>>();
  let key = '?';
  let mask = 0;
  for (let at = json.indexOf('"'); at >= 0; ) {
    const end = endOf(json, at + 1);
    const text = textOf(json, at, end);
    if (json[end + 1] === ':') {
      const known = allowed.get(text);
      if (known === undefined) throw new GuardTrippedError('unregistered', '?');
      key = text;
      mask = known;
    } else if (!isKnownWord(text, mask, words)) {
      const checked = seen.get(mask) ?? new Set();
      if (!checked.has(text)) {
        const leak = leakIn(text, mask, facts, listed);
        if (leak !== undefined) throw new GuardTrippedError(leak, key);
        seen.set(mask, checked.add(text));
      }
    }
    at = json.indexOf('"', end + 1);
  }
}

function isKnownWord(text: string, mask: number, words: ReadonlySet<string>): boolean {
  return (mask & WORD) !== 0 && words.has(text);
}

function leakIn(text: string, mask: number, facts: GuardFacts, listed: readonly string[]): Leak | undefined {
  if ((mask & NAME) !== 0) {
    const names = namesIn(text);
    if (names.every((name) => PSEUDONYM.test(name)) || isWellKnownAnywhere(text)) return undefined;
    if (names.every((name) => PSEUDONYM.test(name) || facts.isOpened(name))) return secretIn(text) ?? wordIn(text, listed);
  }
  const mayBeVersion = (mask & VERSION) !== 0 && isVersion(text);
  const shape = secretIn(text) ?? personalIn(text, mayBeVersion);
  if (shape !== undefined) return shape;
  const hidden = mayBeVersion ? hexIn(text) : text;
  const word = wordIn(`${text} ${hidden}`, listed);
  if (word !== undefined) return word;
  if (mayBeVersion && isLiveAddress(quadIn(text), facts)) return 'address';
  return hidden !== '' && holdsName(hidden, facts) ? 'name' : mayBeVersion ? undefined : 'unregistered';
}

/** Of a setting's name, instance and member; the key behind the mark is a closed word. */
function namesIn(text: string): readonly string[] {
  const setting = settingParts(text);
  if (!setting || !SETTING_KEYS.includes(setting.key)) return [text];
  return setting.member === undefined ? [setting.instance] : [setting.instance, setting.member];
}

/** The grammar of versions has room for digits and single letters, and so for names in hexadecimal. */
function hexIn(version: string): string {
  return [...version.matchAll(/(?:[0-9a-f]{2}){4,}/g)].map(([run]) => Buffer.from(run, 'hex').toString('latin1')).join(' ');
}
function wordIn(text: string, listed: readonly string[]): Leak | undefined {
  if (listed.length === 0) return undefined;
  const plain = folded(text);
  return listed.some((word) => plain.includes(word)) ? 'word' : undefined;
}
/** Shorter names are found everywhere by chance; a text that is nothing else is `unregistered` all the same. */
function holdsName(text: string, { liveNames }: GuardFacts): boolean {
  const plain = folded(text);
  for (const name of liveNames()) if (name.length >= 4 && plain.includes(folded(name))) return true;
  return false;
}
/**
 * Whether something of this run is called by that address: its name is it, or begins with it (`10.0.0.5:6379`, `10.0.0.5/redis/6379`).
 * One that only has it further on is called after a release: `/opt/TongWeb7.0.4.9`.
 */
function isLiveAddress(quad: string | undefined, { liveNames }: GuardFacts): boolean {
  if (quad === undefined) return false;
  for (const name of liveNames()) if (name.startsWith(quad) && quadIn(name) === quad) return true;
  return false;
}
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Position of the quote that ends the text which begins at `from`. */
function endOf(json: string, from: number): number {
  for (let end = json.indexOf('"', from); ; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json[end - 1 - slashes] === '\\') slashes += 1;
    if (end < 0) throw new GuardTrippedError('unregistered', '?'); // half a text is no JSON of ours
    if (slashes % 2 === 0) return end;
  }
}
function textOf(json: string, start: number, end: number): string {
  const raw = json.slice(start + 1, end);
  return raw.includes('\\') ? String(JSON.parse(json.slice(start, end + 1))) : raw;
}

interface Vocabulary {
  /** By key, what may stand under it. */
  readonly allowed: ReadonlyMap<string, number>;
  readonly words: ReadonlySet<string>;
}
let known: Vocabulary | undefined;
function vocabulary(): Vocabulary {
  known ??= readRegistry();
  return known;
}
function readRegistry(): Vocabulary {
  const allowed = new Map(Object.entries(ENVELOPE));
  const allow = (key: string, field: Field): void => {
    allowed.set(key, (allowed.get(key) ?? 0) | maskOf(field));
    if (field.type === 'map') for (const one of field.keys) allowed.set(one, allowed.get(one) ?? 0);
    if (field.type === 'list') for (const [inner, one] of Object.entries(field.row)) allow(inner, one);
  };
  for (const reason of DROP_REASONS) allowed.set(reason, 0);
  for (const { id, fields } of Object.values(SECTIONS) as readonly SectionDefinition[]) {
    allowed.set(id, allowed.get(id) ?? 0);
    for (const [key, field] of Object.entries(fields)) allow(key, field);
  }
  const closed = [
    TAKES,
    LEAVING,
    HOLDS,
    GROUPS,
    REQUEST_STATES,
    REFUSALS,
    CHECK_IDS,
    AREAS,
    SEVERITIES,
    UNITS,
    VERDICTS,
    REASONS,
    DOMAINS,
    NAME_KINDS,
    AGENT_ROLES,
    SIGNAL_STATES,
    SITE_SOURCES,
    SITE_INCIDENT_KINDS,
    SITE_STATES,
    KNOWN_ALERTS,
    Object.keys(SCOPE_KINDS),
    Object.keys(SECTIONS),
  ];
  return { allowed, words: new Set([...registryWords(), ...closed.flat(), 'ok', 'absent', 'failed']) };
}
function maskOf({ type }: Field): number {
  if (type === 'enum' || type === 'enum-set') return WORD;
  if (type === 'version') return VERSION;
  return type === 'name' ? NAME : 0;
}
function keys(names: string, mask: number): Record<string, number> {
  return Object.fromEntries(names.split(' ').map((name) => [name, mask]));
}
