import { describe, expect, it } from 'vitest';
import { seal } from '../../../agent/wire/encode.ts';
import { sealSignals } from '../../../agent/wire/encode-signals.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { clearKindsIn, mayCross, reseal } from '../../../agent/wire/reseal.ts';
import { NAME_KINDS, type NameKind } from '../../../agent/wire/vocabulary.ts';
import { diskFinding, HOST_SECTIONS, HOST_VERDICTS } from '../../support/payloads.ts';

const KEY = new Uint8Array(32).fill(5);
const sealed = (clear: readonly NameKind[]) =>
  seal(
    {
      agent: { role: 'node', version: '0.1.0', epoch: 0, node: 'node-secret' },
      takenAt: 1,
      sections: HOST_SECTIONS,
      gatherers: [],
      verdicts: HOST_VERDICTS,
      findings: [diskFinding()],
    },
    { pseudonyms: new Pseudonyms(KEY), clearNames: new Set(clear) },
  );
const border = () => ({ pseudonyms: new Pseudonyms(KEY), clearNames: new Set<NameKind>() });

describe('over the site’s border', () => {
  it('the bytes are those that the agent would have sent to the vendor itself, whatever of them stood clear', () => {
    for (const clear of [NAME_KINDS, ['node'], ['node', 'mount'], []] as const) expect(reseal('inspection', sealed(clear).json, border()).json).toBe(sealed([]).json);
  });
  it('nothing crosses clear but the kinds that the site opened, also of programs that know fewer kinds', () => {
    expect(clearKindsIn(sealed(NAME_KINDS).json)).toEqual(NAME_KINDS);
    expect(mayCross(sealed(NAME_KINDS.slice(1)).json, new Set())).toBe(false);
    expect(mayCross(sealed(['node']).json, new Set(['node']))).toBe(true);
    expect(mayCross(sealed([]).json, new Set())).toBe(true);
  });
  it('signals keep their pseudonyms and lose their names', () => {
    const signal = { ...diskFinding('/secret', 'node-secret'), state: 'firing', since: 1, at: 2, flapping: false, maintenance: false } as const;
    const batch = { at: 2, complete: false, signals: [signal] };
    const clear = sealSignals({ role: 'node', version: '0.1.0', epoch: 0 }, batch, { pseudonyms: new Pseudonyms(KEY), clearNames: new Set(NAME_KINDS) });
    expect(clear.json).toContain('secret');
    const once = reseal('signals', clear.json, border());
    expect(once.json).not.toContain('secret');
    expect(reseal('signals', once.json, border()).json).toBe(once.json);
  });
});
