import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeLine } from '../../../collector/ingest/decode.ts';
import { HOST_VERDICTS, inspection, Numbered } from '../../support/payloads.ts';

const decoded = (json: string): ReturnType<typeof decodeLine> =>
  decodeLine(Buffer.from(new Numbered().line('inspection', { json, sha256: createHash('sha256').update(json).digest('hex') })));
const verdict = (check = HOST_VERDICTS[0]?.check ?? ''): string => JSON.stringify({ area: 'os', check, severity: 'info', verdict: 'pass' });

describe('verdicts that have been read before', () => {
  const { json } = inspection();
  const list = json.slice(json.lastIndexOf(',"verdicts":[') + ',"verdicts":'.length, -1);
  const rest = json.slice(0, -1 - list.length);
  const first = decoded(json);

  it('say the same facts again', () => {
    expect(JSON.parse(list)).toHaveLength(HOST_VERDICTS.length);
    expect(first).toMatchObject({ kind: 'inspection', facts: { score: 100 } });
    expect(decoded(json)).toEqual(first);
    expect(decoded(inspection({ node: 'node-2' }).json)).toMatchObject({ kind: 'inspection', facts: { answered: 'facts' in first ? first.facts.answered : '' } });
  });
  it('vouch for nothing else of the payload', () => {
    for (const hostile of [
      json.replace('{"agent"', '{ "agent"'),
      json.replace('{"agent"', '{"word":"secret","agent"'),
      json.replace('"schema":', '"schema":1,"schema":'),
      `${rest}[],"verdicts":${list}}`,
      `${rest}${list},"verdicts":${list}}`,
      json.replace('"sections":{', `"sections":{"verdicts":${list},`),
      `{"sections":${rest}${list}}}`,
    ]) {
      expect(hostile).not.toBe(json);
      expect(decoded(hostile).kind).not.toBe('inspection');
    }
  });
  it('are another list when a letter differs', () => {
    const failing = json.replace(/"verdict":"pass"(?!.*"verdict":"pass")/, '"verdict":"fail"');
    expect(decoded(failing)).not.toEqual(first);
    expect(decoded(json.replace(/"verdict":"pass"(?!.*"verdict":"pass")/, '"verdict":"word"')).kind).toBe('quarantined');
  });
  it('are forgotten when there are many', () => {
    for (let count = 0; count < 100; count += 1) expect(decoded(`${rest}[${Array.from({ length: count }, () => verdict()).join()}]}`).kind).toBe('inspection');
    expect(decoded(json)).toEqual(first);
  });
});
