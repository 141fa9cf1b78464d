/** What a chapter still waits for: people's words, or records that no inspection can tell. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { AuthoredPart } from '../facts/service.ts';
import type { List } from '../lists/list.ts';
import type { ReportModel } from '../model.ts';
import type { Awaited } from '../readiness.ts';

/** The experts' part of a chapter, while nobody wrote it. */
export function awaitedPart(model: ReportModel, title: Text, place: AuthoredPart['place']): readonly Awaited[] {
  if (model.authored?.some((part) => part.place === place && part.markdown.trim() !== '')) return [];
  return [
    {
      part: { zh: `“${title.zh}”一章的专家分析`, en: `the experts' analysis for "${title.en}"` },
      how: {
        zh: `由服务专家写成 ${place}.md。`,
        en: `to be written by the service experts as ${place}.md.`,
      },
    },
  ];
}

/** A list that only tickets, contract or people can tell, where nobody asked them. */
export function awaitedList<T>(list: List<T>, model: ReportModel): readonly Awaited[] {
  const { title, records, ofService } = list;
  const fact = list.pick(model);
  if (!ofService || (fact && !('missing' in fact && fact.missing === 'not-gathered'))) return [];
  return [
    {
      part: title,
      how: records
        ? { zh: `由收集端的登记生成，或由 ${records} 提供。`, en: `from the collector's records, or from ${records}.` }
        : { zh: '只有收集端有这些记录，须在收集端生成本报告。', en: 'only a collector has these records; generate the report there.' },
    },
  ];
}
