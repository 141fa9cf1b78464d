/** Words of contracts and clocks, as the command line shows them. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { ClockName, ClockState, Segment } from '../../collector/support/clock.ts';
import type { Aim } from '../../collector/support/goal.ts';

export const CLOCK_WORDS: Readonly<Record<ClockName, Text>> = {
  respond: { zh: '响应', en: 'response' },
  rescue: { zh: '故障救援', en: 'fault rescue' },
  arrive: { zh: '到场', en: 'arrival on site' },
  'call-back': { zh: '响应后第一次电话回复', en: 'first call-back' },
  'action-plan': { zh: '初步行动计划', en: 'action plan' },
  update: { zh: '状态通报', en: 'status update' },
  resolve: { zh: '解决', en: 'solution' },
  notify: { zh: '故障通知', en: 'notification' },
};

export const STATE_WORDS: Readonly<Record<ClockState['state'], Text>> = {
  waiting: { zh: '未开始', en: 'waiting' },
  running: { zh: '计时中', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  met: { zh: '按时', en: 'met' },
  breached: { zh: '超时', en: 'breached' },
  cancelled: { zh: '取消', en: 'cancelled' },
};

export const BECAUSE_WORDS: Readonly<Record<Segment['because'], Text>> = {
  coverage: { zh: '服务时段', en: 'within coverage' },
  'around-the-clock': { zh: '全天候', en: 'around the clock' },
  'outside-coverage': { zh: '服务时段之外', en: 'outside coverage' },
  holiday: { zh: '法定节假日', en: 'public holiday' },
  'make-up-workday': { zh: '调休上班日', en: 'make-up workday' },
  weekend: { zh: '周末', en: 'weekend' },
  break: { zh: '休息时段', en: 'break' },
  paused: { zh: '暂停', en: 'paused' },
  'whole-working-day': { zh: '工作日', en: 'working day' },
};

/** `2 h 30 min`, `2 个工作日`. */
export function goalWords(aim: Aim, locale: Locale): string {
  if (aim.unit === 'working-days') return locale === 'zh' ? `${aim.amount} 个工作日` : `${aim.amount} working day${aim.amount === 1 ? '' : 's'}`;
  return durationWords(aim.amount);
}

/** `9 h`, `0 h 30 min`, with seconds only where there are some. */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.length === 0 ? '0' : shown.join(' ');
}
