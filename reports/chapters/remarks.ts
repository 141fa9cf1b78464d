import { authoredBlocks } from '../sections/authored.ts';
import type { Chapter } from './chapter.ts';

/** What people have to say about a list or a short report; left out where nobody wrote anything. */
export const remarks: Chapter = {
  id: 'remarks',
  title: { zh: '说明', en: 'Remarks' },
  runsOn: true,
  places: ['remarks'],
  write: (model, locale) => authoredBlocks(model, 'remarks', locale),
};
