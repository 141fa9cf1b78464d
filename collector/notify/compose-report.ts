/** The letter that a report comes with. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { formatBytes, say } from '../../reports/format.ts';
import type { Composed } from './compose.ts';
import { line } from './escape.ts';
import type { ReportFacts } from './message.ts';
import { zonedTime, zoneWords } from './zoned-time.ts';

export function composeReport({ title, customerName, clusterName, zone, from, to, confirmUntil, url, files }: ReportFacts, locale: Locale, now: number): Composed {
  const what = line(title[locale], 160);
  const where = [line(customerName, 80), ...(clusterName === undefined ? [] : [line(clusterName, 80)])].join(' / ');
  const day = (at: number): string => zonedTime(at, zone).slice(0, 10);
  // The end of a period is exclusive: its last day is the one before.
  const period = from === undefined ? day(to) : `${day(from)} – ${day(to - 1)}`;
  return {
    subject: `[${say(locale, '巡检', 'xunjian')}] ${what} · ${where} · ${period}`,
    tone: 'info',
    kicker: what,
    title: `${where} · ${period}`,
    opening:
      confirmUntil === undefined
        ? say(
            locale,
            '本期报告已生成，供查阅。它是草稿或没有需要确认的内容（原因见报告首页），暂不需要确认或签字。',
            'The report for this period is ready to read. It is a draft, or has nothing to confirm (its first page says why), so no confirmation or signature is needed.',
          )
        : say(
            locale,
            '本期报告已生成，请查阅。如有异议，请在确认期限内提出；逾期未提出的，视为确认。',
            'The report for this period is ready. Please raise any objections by the date below; without any it counts as confirmed.',
          ),
    facts: [
      { label: say(locale, '客户 / 集群', 'Customer / cluster'), value: where },
      { label: say(locale, '周期', 'Period'), value: period },
      ...(confirmUntil === undefined ? [] : [{ label: say(locale, '确认期限', 'Confirm by'), value: zonedTime(confirmUntil, zone) }]),
    ],
    list: files.map(({ name, bytes, sha256 }) => `${line(name, 130)} · ${formatBytes(bytes)} · SHA-256 ${sha256}`),
    ...(/^https?:\/\/[^\s"'<>()\\[\]`*|]+$/.test(url) && URL.canParse(url) && { link: { label: say(locale, '查看与下载', 'Open and download'), url } }),
    footer: [
      say(locale, `时间均为 ${zoneWords(now, zone)}。`, `All times are ${zoneWords(now, zone)}.`),
      say(locale, '本消息由巡检系统自动发送。', 'Sent automatically by xunjian.'),
    ],
  };
}
