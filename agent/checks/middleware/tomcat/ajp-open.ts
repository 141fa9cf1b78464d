import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tomcatAjpOpen = defineCheck({
  id: 'tomcat-ajp-open',
  area: 'middleware',
  product: 'tomcat',
  group: 'configuration',
  title: { zh: 'Tomcat 的 AJP 连接器未设密钥', en: 'Tomcat AJP connector without a secret' },
  why: { zh: '攻击者可读取应用内的任意文件，甚至执行代码（Ghostcat）。', en: 'An attacker may read any file in the applications, or even execute code (Ghostcat).' },
  remedy: {
    zh: '查看 server.xml 的 AJP 连接器；不用则删除，需要时设置 secret 并只监听本机。',
    en: 'Check the AJP connector in server.xml; remove it if it is not used, otherwise set a secret and listen on the local host only.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'CVE-2020-1938 (Ghostcat); Tomcat security documentation',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, ({ ajpOpen }) => wrongWhen(ajpOpen === undefined ? undefined : ajpOpen));
  },
});
