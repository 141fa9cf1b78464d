import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../collector/notify/compose.ts';
import { composeReport } from '../../../collector/notify/compose-report.ts';
import { cutBytes, escapeMarkdown } from '../../../collector/notify/escape.ts';
import { mailHtml } from '../../../collector/notify/mail-html.ts';
import type { Message } from '../../../collector/notify/message.ts';
import { plainText } from '../../../collector/notify/plain-text.ts';
import { TOPICS } from '../../../collector/notify/topic.ts';
import { factsOf, MONDAY } from '../../support/incident-change.ts';

const message = (change: Partial<Message>): Message => ({ v: 1, topic: 'opened', voice: 'customer', locale: 'zh', at: MONDAY, mentions: [], incident: factsOf(), ...change });

describe('a message', () => {
  it.each(TOPICS.filter((topic) => topic !== 'summary'))('about "%s" says something in both languages and voices, without holes', (topic) => {
    for (const locale of ['zh', 'en'] as const)
      for (const voice of ['customer', 'support'] as const)
        for (const detail of [undefined, { reason: 'unheard-of', clock: 'respond', percent: 75, dueAt: MONDAY, to: 'duty-manager', actor: '李', fromLevel: 3 }]) {
          const composed = compose(message({ topic, voice, detail }), locale, MONDAY);
          const text = plainText(composed);
          expect(composed.opening).not.toBe('');
          expect(text).not.toMatch(/undefined|NaN|\[object|null/);
          if (locale === 'en') expect(composed.opening.replace(/已转移给客户|已由客户取消|李/g, '')).not.toMatch(/\p{Script=Han}/u);
        }
  });
  it.each([
    ['transferred', '已转移给客户'],
    ['cancelled-by-customer', '已由客户取消'],
    ['confirmed', '已确认关闭'],
  ])('closes as "%s" with the words of the contract', (reason, words) => {
    expect(compose(message({ topic: 'closed', detail: { reason } }), 'zh', MONDAY).opening).toContain(words);
  });
  it.each([
    [MONDAY + 29 * 60_000, '2026-11-23 10:30（还剩 1 分）', '2026-11-23 10:30 (1 min left)'],
    [MONDAY + 30 * 60_000, '2026-11-23 10:30（此刻到期）', '2026-11-23 10:30 (due now)'],
    [MONDAY + 95 * 60_000, '2026-11-23 10:30（已超过 1 小时 5 分）', '2026-11-23 10:30 (1 h 5 min over)'],
  ])('counts down to the due time as of when it is sent', (now, zh, en) => {
    expect(plainText(compose(message({}), 'zh', now))).toContain(zh);
    expect(plainText(compose(message({}), 'en', now))).toContain(en);
  });
  it("tells times in the customer's zone, in an unknown one as UTC", () => {
    expect(plainText(compose(message({ incident: factsOf({ zone: 'America/New_York' }) }), 'en', MONDAY))).toContain('2026-11-22 21:30');
    expect(plainText(compose(message({ incident: factsOf({ zone: 'Mars/Base' }) }), 'en', MONDAY))).toContain('All times are UTC');
  });
  it.each(['javascript:alert(1)', 'https://a.example/)[x](https://evil', 'https://a b', ''])('makes no link of %s', (url) => {
    expect(compose(message({ incident: factsOf({ url }) }), 'zh', MONDAY).link).toBeUndefined();
  });
  it('is bounded and without control characters, whatever names are', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', "'", '\r', '\n', '\u0000', '\u202e', '\u200b', '[', '](', '*', '_', '`', '@', '工', 'a', '\ud800', '</td>', '-->'),
      maxLength: 3_000,
    });
    fc.assert(
      fc.property(nasty, fc.constantFrom('zh', 'en'), (name, locale) => {
        const incident = factsOf({
          customerName: name,
          clusterName: name,
          assignee: name,
          state: name,
          rule: name,
          title: { zh: name, en: name },
          remedy: { zh: name, en: name },
          levelLabel: { zh: name, en: name },
          scope: { kind: name, node: name, namespace: name, name },
          observed: name,
          unit: name,
          closure: name,
        });
        const composed = compose(message({ incident, detail: { text: name, reason: name, to: name, clock: name } }), locale, MONDAY);
        const html = mailHtml(composed, locale);
        expect(composed.subject).not.toMatch(/[\r\n\u0000-\u001f\u202e\u200b]/);
        expect(plainText(composed)).not.toMatch(/[\r\u0000-\u0009\u202e\u200b]/);
        expect(html.match(/<\/?[a-z][a-z0-9]*/g)?.every((tag) => /^<\/?(html|head|meta|title|body|table|tr|td|p|h1|strong|br|a)$/.test(tag))).toBe(true);
        expect(html.match(/<table/g)?.length).toBe(html.match(/<\/table>/g)?.length);
        expect(html.length).toBeLessThan(60_000);
        expect(escapeMarkdown(name)).not.toMatch(/[[\]<>*`@#]|__/);
      }),
      { numRuns: 200 },
    );
  });
  it('is cut between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 8, max: 100 }), (text, most) => {
        const whole = text.toWellFormed();
        const cut = cutBytes(whole, most);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(Math.max(most, 0));
        expect(cut.replaceAll('\ufffd', '')).toBe(cut === whole ? whole.replaceAll('\ufffd', '') : `${whole.slice(0, cut.length - 1)}…`.replaceAll('\ufffd', ''));
      }),
    );
  });
});

describe('the letter of a report', () => {
  const facts = {
    ...{ id: 'r-1', title: { zh: '故障报告', en: 'Incident report' }, customerName: '示例银行', zone: 'Asia/Shanghai', to: Date.parse('2026-12-01T00:00:00+08:00') },
    ...{ url: 'https://support.example.com/reports/r-1', files: [] },
  };
  it('asks for objections until a day', () => {
    const { opening, facts: lines } = composeReport({ ...facts, confirmUntil: Date.parse('2026-12-08T00:00:00+08:00') }, 'zh', facts.to);
    expect(opening).toContain('逾期未提出的，视为确认');
    expect(lines.map(({ label }) => label)).toContain('确认期限');
  });
  it('asks for nothing where there is nothing to confirm', () => {
    const { opening, facts: lines } = composeReport(facts, 'zh', facts.to);
    expect(opening).toContain('暂不需要确认或签字');
    expect(opening).not.toContain('视为确认');
    expect(lines.map(({ label }) => label)).not.toContain('确认期限');
  });
});
