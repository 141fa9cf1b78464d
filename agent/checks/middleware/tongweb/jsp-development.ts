import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebJspDevelopment = defineCheck({
  id: 'tongweb-jsp-development',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 处于 JSP 开发模式', en: 'TongWeb JSP development mode enabled' },
  why: {
    zh: '每次请求都检查并可能重新编译页面，性能下降，还会泄露源码信息。',
    en: 'Every request checks and may recompile pages, which degrades performance and may expose source code.',
  },
  remedy: {
    zh: '查看 tongweb.xml 的 web-container/jsp-development；生产环境设为 false，避免每次请求检查文件。',
    en: 'Check web-container/jsp-development in tongweb.xml; set it to false in production to avoid checking files on every request.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'practice: development mode checks every JSP on every request',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ jspDevelopment }) => wrongWhen(jspDevelopment === undefined ? undefined : jspDevelopment));
  },
});
