import { expect, it } from 'vitest';
import { View } from '../../../collector/console/view.ts';

it('writes and reads the moments of a form by the clock of their own day', () => {
  const request = { url: '/', cookies: { 'xunjian-zone': 'America/New_York' }, query: {}, headers: {}, protocol: 'http' };
  const now = Date.parse('2026-11-05T12:00:00Z'); // four days after clocks were put back
  const view = new View({ principal: { kind: 'user' }, visibility: 'all', now, request } as never);
  for (const [moment, local] of [
    ['2026-10-30T12:30:00Z', '2026-10-30T08:30'],
    ['2026-11-05T12:30:00Z', '2026-11-05T07:30'],
  ] as const) {
    expect(view.local(Date.parse(moment), 'Asia/Shanghai')).toBe(local);
    expect(view.moment(local, 'Asia/Shanghai')).toBe(Date.parse(moment));
  }
});
