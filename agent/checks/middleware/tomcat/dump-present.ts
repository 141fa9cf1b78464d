import { defineCheck } from '../../check.ts';
import { dumpsLeft, judgeInstances } from '../../middleware-rows.ts';

export const tomcatDumpPresent = defineCheck({
  id: 'tomcat-dump-present',
  area: 'middleware',
  product: 'tomcat',
  group: 'log',
  title: { zh: 'Tomcat 存在堆转储或崩溃日志', en: 'Tomcat heap dumps or crash logs present' },
  why: { zh: '进程曾内存溢出或崩溃；转储占用磁盘，且可能含有用户数据。', en: 'The process ran out of memory or crashed; dumps take up disk space and may contain user data.' },
  remedy: {
    zh: '查看 hprof 与 hs_err_pid*.log 的时间；分析后移走。',
    en: 'Check the timestamps of hprof and hs_err_pid*.log files; move them away after analysis.',
  },
  severity: 'warning',
  reads: ['middlewareTomcat'],
  unit: 'count',
  threshold: {},
  source: 'practice: a crash log is a crash',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, dumpsLeft);
  },
});
