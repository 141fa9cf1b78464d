import { expect, it } from 'vitest';
import { instancesList } from '../../reports/lists/middleware.ts';
import { daysLeftCell } from '../../reports/lists/outlook.ts';
import { RICH } from './fixtures/models.ts';

it('the way an instance is set up is said in the language of the reader', () => {
  const column = instancesList.columns.find(({ title }) => title.en === 'Mode');
  const cell = (mode: string, locale: 'zh' | 'en'): string | undefined => column?.cell({ mode } as Parameters<NonNullable<typeof column>['cell']>[0], RICH, locale).text; // nothing else is read
  expect([cell('standalone', 'zh'), cell('unknown', 'zh'), cell('primary-replica', 'en'), cell('kraft', 'zh')]).toEqual(['单机', '未知', 'primary and replicas', 'KRaft']);
});
it('a mark and its number stay on one line', () => {
  expect(daysLeftCell(0, 1_732 * 86_400).text).toBe('■\u00a0−1,732');
});
