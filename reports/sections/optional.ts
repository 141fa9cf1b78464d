import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import type { List } from '../lists/list.ts';
import { listTable } from '../lists/list.ts';
import type { ReportModel } from '../model.ts';

/** The list where the author of the model asked for it: a single inspection has no incidents to tell about. */
export function optionalTable<T>(list: List<T>, model: ReportModel, locale: Locale, most?: number): readonly Block[] {
  return list.pick(model) === undefined ? [] : [listTable(list, model, locale, most)];
}
