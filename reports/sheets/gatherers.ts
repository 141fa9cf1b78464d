import type { Domain, Text } from '../../agent/wire/vocabulary.ts';
import { say } from '../format.ts';
import { OK_MARK, REASON_WORDS, sectionWords, UNKNOWN_MARK } from '../words.ts';
import type { Sheet } from './sheet.ts';

const DOMAIN_WORDS: Readonly<Record<Domain, Text>> = {
  host: { zh: '主机', en: 'Host' },
  cluster: { zh: '集群', en: 'Cluster' },
  middleware: { zh: '中间件', en: 'Middleware' },
};

/** How the data was read: result, reason and duration of every gatherer. */
export const gatherersSheet: Sheet = {
  id: 'gatherers',
  title: { zh: '数据采集', en: 'Gathering' },
  write(model, locale) {
    return {
      columns: [
        { title: say(locale, '小节', 'Section'), width: 24 },
        { title: say(locale, '内容', 'Content'), width: 44 },
        { title: say(locale, '来源', 'Source'), width: 12 },
        { title: say(locale, '结果', 'Result'), width: 14 },
        { title: say(locale, '原因', 'Reason'), width: 40 },
        { title: say(locale, '耗时（毫秒）', 'Duration (ms)'), width: 14 },
        { title: say(locale, '丢弃的值', 'Values dropped'), width: 14 },
      ],
      rows: model.gatherers.map(({ section, domain, status, reason, durationMs, dropped }) => [
        section,
        sectionWords(section, locale),
        DOMAIN_WORDS[domain][locale],
        status === 'ok'
          ? { text: `${OK_MARK.shape} ${OK_MARK.word[locale]}`, tone: 'ok' as const }
          : status === 'absent'
            ? say(locale, '– 不存在', '– Absent')
            : { text: `${UNKNOWN_MARK.shape} ${say(locale, '失败', 'Failed')}`, tone: 'unknown' as const },
        reason && REASON_WORDS[reason][locale],
        durationMs,
        dropped,
      ]),
    };
  },
};
