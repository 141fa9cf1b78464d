import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { NOTHING_SEEN } from '../../../agent/triggers/evaluation.ts';
import { EMPTY_STATE, STATE_VERSION, type TriggerState } from '../../../agent/triggers/state.ts';
import { loadState, saveState } from '../../../agent/triggers/state-file.ts';
import { step } from '../../../agent/triggers/step.ts';

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-triggers-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'triggers.json');
}
const STATE: TriggerState = step(
  EMPTY_STATE,
  {
    ...NOTHING_SEEN,
    verdicts: [{ check: 'os-ip-forward-off', verdict: 'fail' }],
    findings: [{ check: 'os-ip-forward-off', area: 'os', severity: 'critical', scope: { kind: 'Node', name: 'n' }, unit: 'value' }],
  },
  { settings: {}, maintenance: [] },
  { at: 1_795_305_600, elapsedSeconds: undefined },
).state;

it('keeps the state for its owner only and gives it back', async () => {
  const file = place();
  await saveState(file, STATE);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await loadState(file)).toEqual({ state: STATE, setAside: false });
});
it('begins anew where there is no file', async () => {
  expect(await loadState(place())).toEqual({ state: EMPTY_STATE, setAside: false });
});
const good = JSON.stringify(STATE);
it.each([
  ['empty', ''],
  ['torn', good.slice(0, -40)],
  ['not an object', '[]'],
  ['a newer release', good.replace(`"version":${STATE_VERSION}`, `"version":${STATE_VERSION + 1}`)],
  ['a bit that flipped in a number', good.replace(/"heldAt":\d+/, '"heldAt":"x"')],
  ['a lost scope', good.replace('"scope"', '"skope"')],
])('sets a file aside that is of no use, and goes on: %s', async (_, text) => {
  const file = place();
  writeFileSync(file, text);
  expect(await loadState(file)).toEqual({ state: EMPTY_STATE, setAside: true });
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
  expect((await loadState(file)).setAside).toBe(false);
});
