import { defineCheck } from '../check.ts';

export const ingressSnippetUsed = defineCheck({
  id: 'network-ingress-snippet-used',
  area: 'network',
  title: { zh: 'Ingress 使用了配置片段注解', en: 'Ingresses using configuration snippet annotations' },
  why: {
    zh: '能写 Ingress 的人可以向控制器注入配置，读取其中的密钥和其他租户的流量。',
    en: "Anyone who can write an Ingress can inject configuration into the controller and read its keys and other tenants' traffic.",
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress <名称> -o yaml` 查看片段内容；改用专门的注解，并在控制器上设置 `allow-snippet-annotations: false`（CVE-2021-25742）。',
    en: 'Run `kubectl -n <namespace> get ingress <name> -o yaml` to review the snippets; use dedicated annotations instead, and set `allow-snippet-annotations: false` on the controller (CVE-2021-25742).',
  },
  severity: 'info',
  setup: true,
  reads: ['ingresses'],
  unit: 'count',
  threshold: {},
  source: 'CVE-2021-25742: whoever may write an Ingress reads the Secrets of the controller',

  evaluate({ ingresses }) {
    return ingresses.rows.filter((row) => row.snippets).map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
