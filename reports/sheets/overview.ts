import { AREA_TITLES } from '../../agent/wire/vocabulary.ts';
import { countBySeverity, groupByCheck } from '../findings.ts';
import { countWords, say } from '../format.ts';
import { severityWords } from '../words.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** What was inspected and how it stands, area by area. */
export const overviewSheet: Sheet = {
  id: 'overview',
  title: { zh: '概览', en: 'Overview' },
  write(model, locale) {
    const counts = countBySeverity(groupByCheck(model));
    const { subject, period, product, score, coverage } = model;
    const facts: SheetCell[][] = [
      [say(locale, '客户', 'Customer'), subject.customer],
      [say(locale, '集群', 'Cluster'), subject.cluster],
      [say(locale, '主机', 'Host'), subject.host],
      [say(locale, '数据截至', 'As of'), { at: period.asOf }],
      [say(locale, '得分', 'Score'), score.total ?? say(locale, '无', 'none')],
      [say(locale, '覆盖率（%）', 'Coverage (%)'), coverage.percent],
      [say(locale, '适用检查项', 'Checks that apply'), coverage.applicable],
      [say(locale, '已检查', 'Checked'), coverage.checked],
      ...(['critical', 'warning', 'info'] as const).map((severity) => [
        severityWords(severity, locale),
        counts[severity].atLeast ? countWords(counts[severity].findings, true, locale) : counts[severity].findings,
      ]),
      [say(locale, '巡检程序', 'Inspected with'), `xunjian ${product.version}`],
      [say(locale, '快照 SHA-256', 'Snapshot SHA-256'), product.snapshotSha256],
    ];
    const areas = score.areas.map(({ area, score: points, passed, failed, unknown, notApplicable }): readonly SheetCell[] => [
      AREA_TITLES[area][locale],
      points ?? undefined,
      passed,
      failed,
      unknown,
      notApplicable,
    ]);
    return {
      columns: [
        { title: say(locale, '项目', 'Item'), width: 28 },
        { title: say(locale, '值 / 得分', 'Value / score'), width: 36, format: '0.##' },
        { title: say(locale, '通过', 'Passed'), width: 10 },
        { title: say(locale, '未通过', 'Failed'), width: 10 },
        { title: say(locale, '未检查', 'Not checked'), width: 12 },
        { title: say(locale, '不适用', 'Not applicable'), width: 14 },
      ],
      rows: [...facts.filter(([, value]) => value !== undefined), ...areas],
    };
  },
};
