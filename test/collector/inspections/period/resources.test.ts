import { expect, it } from 'vitest';
import { contractDates } from '../../../../collector/inspections/period/resources.ts';

it('the end of a contract stands under its number, with its policy beside', () => {
  expect(contractDates(1_800_000_000_000, '20260601', 'daocloud/advanced@1')).toEqual([{ kind: 'contract', name: '20260601', note: 'daocloud/advanced@1', dueAt: 1_800_000_000 }]);
  expect(contractDates(1_800_000_000_000, undefined, 'daocloud/advanced@1')[0]?.name).toBe('daocloud/advanced@1');
  expect(contractDates(null, '20260601', 'daocloud/advanced@1')).toEqual([]);
});
