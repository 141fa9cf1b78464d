/** The triggers' memory on disk. */
import { rename } from 'node:fs/promises';
import { readIfThere, writePrivate } from '../site/private-file.ts';
import { EMPTY_STATE, MOST_TRACKED, STATE_VERSION, type TriggerState } from './state.ts';

export interface LoadedState {
  readonly state: TriggerState;
  /** The file was of no use: damaged, or of a newer release. It stands aside under another name. */
  readonly setAside: boolean;
}

/** Never throws for the content's sake. @throws when the file is there and cannot be read */
export async function loadState(file: string): Promise<LoadedState> {
  const bytes = await readIfThere(file);
  if (bytes === undefined) return { state: EMPTY_STATE, setAside: false };
  const state = parseState(bytes.toString('utf8'));
  if (state !== undefined) return { state, setAside: false };
  await rename(file, `${file}.damaged`).catch(() => undefined); // one is kept for whoever wants to look; the next replaces it
  return { state: EMPTY_STATE, setAside: true };
}

export async function saveState(file: string, state: TriggerState): Promise<void> {
  await writePrivate(file, JSON.stringify(state));
}

/** Looks at what the next step relies on; our own file, so a wrong byte is damage, not an attack. */
function parseState(text: string): TriggerState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['version'] !== STATE_VERSION || !isRecord(value['tracked'])) return undefined;
  if (!(['clock', 'at', 'dropped', 'forgotten'] as const).every((key) => isNumber(value[key]))) return undefined;
  const tracked = Object.values(value['tracked']);
  return tracked.length <= MOST_TRACKED && tracked.every(isTracked) ? (value as unknown as TriggerState) : undefined; // by the tests
}
function isTracked(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['scope'])) return false;
  const { scope, told, parent } = value;
  return (
    (['history', 'criticalHistory', 'heldAt', 'answeredAt', 'toConfirm', 'since'] as const).every((key) => isNumber(value[key])) &&
    (['check', 'area', 'unit'] as const).every((key) => typeof value[key] === 'string') &&
    (value['severity'] === 'critical' || value['severity'] === 'warning') &&
    typeof value['open'] === 'boolean' &&
    typeof value['flapping'] === 'boolean' &&
    typeof scope['kind'] === 'string' &&
    typeof scope['name'] === 'string' &&
    (told === undefined || (isRecord(told) && isNumber(told['at']) && typeof told['state'] === 'string')) &&
    (parent === undefined || (isRecord(parent) && typeof parent['check'] === 'string' && isRecord(parent['scope'])))
  );
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
