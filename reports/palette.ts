/** The colours of every report: status alone is coloured. All pairs have a contrast of at least 4.5 : 1 on their ground. */
import type { Tone } from './blocks.ts';

/** On white paper; also what charts are drawn with. */
export const LIGHT = {
  critical: '#C0362C',
  warning: '#A85A00',
  info: '#8A6D00',
  ok: '#2E7D4F',
  unknown: '#6B7280',
  accent: '#1F5FBF',
  neutral: '#8B95A3',
  text: '#1B2027',
  muted: '#5B6472',
  line: '#DDE1E6',
  soft: '#F5F6F8',
  page: '#FFFFFF',
} as const satisfies Record<Tone | 'text' | 'muted' | 'line' | 'soft' | 'page', string>;

/** On a dark screen, by the same names. */
export const DARK = {
  critical: '#F28B82',
  warning: '#F0A35E',
  info: '#D6BC4A',
  ok: '#7CCB98',
  unknown: '#A3ACB9',
  accent: '#8AB4F8',
  neutral: '#77818F',
  text: '#E4E7EB',
  muted: '#A3ACB9',
  line: '#363C45',
  soft: '#20242A',
  page: '#16191D',
} as const satisfies Record<keyof typeof LIGHT, string>;

/** One family everywhere; charts name the same, so that figures look alike. */
export const FONT_FAMILY = "'Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif";
