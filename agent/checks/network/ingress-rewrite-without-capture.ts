import { defineCheck } from '../check.ts';

export const ingressRewriteWithoutCapture = defineCheck({
  id: 'network-ingress-rewrite-without-capture',
  area: 'network',
  title: { zh: 'Ingress 的重写目标丢失了子路径', en: 'Ingress rewrite target that drops the subpath' },
  why: { zh: '所有子路径都被改写成同一个地址，页面资源与接口返回 404。', en: 'All subpaths are rewritten to the same address, so page resources and APIs return 404.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress <名称> -o yaml` 查看 `rewrite-target`；在路径中加入捕获组（如 `/app(/|$)(.*)`），并在目标里引用它。',
    en: 'Run `kubectl -n <namespace> get ingress <name> -o yaml` and check `rewrite-target`; add a capture group to the path (such as `/app(/|$)(.*)`) and reference it in the target.',
  },
  severity: 'warning',
  setup: true,
  reads: ['ingresses'],
  unit: 'count',
  threshold: {},
  source: 'ingress-nginx documentation, rewrite: from 0.22 on the rest of the path must be captured; Alibaba ACK inspection',

  evaluate({ ingresses }) {
    return ingresses.rows.filter((row) => row.rewriteWithoutCapture).map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
