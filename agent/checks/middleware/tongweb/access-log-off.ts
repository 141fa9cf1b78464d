import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebAccessLogOff = defineCheck({
  id: 'tongweb-access-log-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 未开启访问日志', en: 'TongWeb access log disabled' },
  why: { zh: '出现攻击、错误或争议时没有请求记录可查。', en: 'After an attack, error or dispute, there is no record of requests to consult.' },
  remedy: {
    zh: '在控制台为业务虚拟主机开启访问日志并设置轮转；没有它无法追查慢请求与攻击来源。',
    en: 'Enable the access log of the application virtual hosts in the console, with rotation; without it, slow requests and attacks cannot be traced.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkAccessLog; it is off by default',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ accessLog }) => wrongWhen(accessLog === undefined ? undefined : !accessLog));
  },
});
