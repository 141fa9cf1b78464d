import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlCharsetNarrow = defineCheck({
  id: 'mysql-charset-narrow',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 默认字符集不是 utf8mb4', en: 'MySQL default character set is not utf8mb4' },
  why: { zh: '生僻字、表情符号存不进去或变成问号。', en: 'Rare characters and emoji cannot be stored, or turn into question marks.' },
  remedy: {
    zh: '执行 `SELECT @@character_set_server` 确认；新库使用 utf8mb4，已有表按计划转换，避免生僻字与表情写入失败。',
    en: 'Run `SELECT @@character_set_server` to confirm; use utf8mb4 for new databases and convert existing tables as planned, so that rare characters and emoji can be stored.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, "The utf8mb3 Character Set": deprecated, no characters of four bytes (rare hanzi)',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ utf8mb4 }) => wrongWhen(utf8mb4 === undefined ? undefined : !utf8mb4));
  },
});
