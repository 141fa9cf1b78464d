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
        zh: `写成 ${place}.md，放入 --parts 指定的目录，或用 xunjian report import 登记到采集器。`,
        en: `write it as ${place}.md into the directory given by --parts, or register it with the collector by xunjian report import.`,
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
        ? { zh: `由采集器的登记生成，或把 ${records} 放入 --parts 指定的目录。`, en: `comes from the collector's records, or from ${records} in the directory given by --parts.` }
        : { zh: '只有采集器有这些记录：在采集器上生成本报告。', en: 'only a collector has these records: make the report there.' },
    },
  ];
}
