import { expect, it } from 'vitest';
import type { MiddlewareInstance, MiddlewareItem } from '../../../reports/facts/middleware.ts';
import { itemsList } from '../../../reports/lists/middleware.ts';
import { PERIOD } from '../fixtures/period.ts';

it('a sound item without a value is as required; one that was not read, or has a value, is not called that', () => {
  const list = itemsList('x', { zh: 'x', en: 'x' }, ['load']);
  const column = list.columns.find(({ title }) => title.en === 'Observed');
  const instance = { product: 'TongWeb', name: 'a', items: [] } as unknown as MiddlewareInstance; // nothing of it is read here
  const words = (item: Partial<MiddlewareItem>): string | undefined =>
    column?.cell({ instance, item: { group: 'load', name: 'threads', unit: 'count', severity: 'warning', verdict: 'pass', ...item } as MiddlewareItem }, PERIOD, 'zh').text;
  expect([words({}), words({ observed: 0 }), words({ verdict: 'unknown' }), words({ verdict: 'fail' })]).toEqual(['符合', '0', '—', '—']);
});
