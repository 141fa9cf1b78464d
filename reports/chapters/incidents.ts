/** Chapters about incidents, problems and clocks. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { paragraph } from '../blocks.ts';
import { plural, say } from '../format.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { listTable } from '../lists/list.ts';
import { attainmentList, goalsList, judgedAttainment } from '../lists/terms.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { awaitedList } from '../sections/awaited.ts';
import { automaticNote, awaitedCauses, breaches, incidentFigures, incidentGap } from '../sections/incidents.ts';
import { optionalTable } from '../sections/optional.ts';
import { isOver } from '../service-words.ts';
import type { Chapter } from './chapter.ts';

function overview(model: ReportModel, part: 'incidents' | 'problems', locale: Locale): readonly Block[] {
  const rows = known(model[part])?.rows;
  if (!rows) return incidentGap(model, part, locale);
  const open = rows.filter((row) => !isOver(row)).length;
  const word = part === 'incidents' ? { zh: '事件', en: 'incident' } : { zh: '问题', en: 'problem' };
  const lead =
    rows.length === 0
      ? say(locale, `本期没有登记${word.zh}。`, `No ${word.en} was registered in the period.`)
      : say(
          locale,
          `本期共 ${rows.length} 起${word.zh}，${open === 0 ? '全部已解决' : `${open} 起尚未解决`}。`,
          `${plural(rows.length, word.en)} in the period; ${open === 0 ? 'all resolved' : `${open} still open`}.`,
        );
  return [paragraph(lead, 'lead'), ...(rows.length > 0 ? [incidentFigures(rows, locale, part === 'incidents' && (known(model.problems)?.total ?? 0) > 0)] : [])];
}

export const incidentOverview: Chapter = {
  id: 'incident-overview',
  title: { zh: '概况', en: 'At a glance' },
  runsOn: true,
  write: (model, locale) => overview(model, 'incidents', locale),
};
export const problemOverview: Chapter = {
  id: 'problem-overview',
  title: { zh: '概况', en: 'At a glance' },
  runsOn: true,
  write: (model, locale) => overview(model, 'problems', locale),
};
export const incidentList: Chapter = {
  id: 'incident-list',
  title: { zh: '事件清单', en: 'Incidents' },
  runsOn: true,
  awaits: (model) => awaitedList(incidentsList, model),
  write: (model, locale) => [listTable(incidentsList, model, locale, 40)],
};
export const problemList: Chapter = {
  id: 'problem-list',
  title: { zh: '问题清单', en: 'Problems' },
  runsOn: true,
  awaits: (model) => awaitedList(problemsList, model),
  write: (model, locale) => [listTable(problemsList, model, locale, 40)],
};
/** How many targets that are over one way or the other were met: some of them long before they were due. */
function attained(model: ReportModel, locale: Locale): string {
  const rows = judgedAttainment(model);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const met = rows.reduce((sum, row) => sum + row.met, 0);
  if (total === 0)
    return say(
      locale,
      '本期没有已到期或已完成的服务时限（系统自动完成的通知不计）。',
      'No SLA target came due or was met in the period (notices that the system gives by itself do not count).',
    );
  const isBoth = (known(model.incidents)?.total ?? 0) > 0 && (known(model.problems)?.total ?? 0) > 0;
  const scope = isBoth ? say(locale, '事件与问题合计，', ' of incidents and problems') : '';
  return say(
    locale,
    `${scope}已到期或已完成的 ${total} 个时限中 ${met} 个达标${met < total ? `，${total - met} 个未达标，见下表` : ''}。`,
    `${met} of ${plural(total, 'SLA target')}${scope} that came due or were completed ${met === 1 ? 'was' : 'were'} met${met < total ? `; ${total - met} missed, listed below` : ''}.`,
  );
}
/** Promised and kept, with every miss to be explained. */
export const sla: Chapter = {
  id: 'sla',
  title: { zh: '响应SLA', en: 'Response SLA' },
  runsOn: true,
  awaits: (model) => [...awaitedList(attainmentList, model), ...awaitedCauses(model)],
  write(model, locale) {
    const all = [...(known(model.incidents)?.rows ?? []), ...(known(model.problems)?.rows ?? [])];
    return [
      // Without a row the table says so itself.
      ...((known(model.attainment)?.length ?? 0) > 0 ? [paragraph(attained(model, locale), 'lead')] : []),
      listTable(attainmentList, model, locale),
      ...automaticNote(all, locale),
      ...breaches(model, all, locale),
      ...optionalTable(goalsList, model, locale),
    ];
  },
};
