import { defineCheck } from '../check.ts';

export const aggregatedApiInsecure = defineCheck({
  id: 'control-plane-aggregated-api-insecure',
  area: 'control-plane',
  title: { zh: '聚合 API 跳过证书校验', en: 'Aggregated APIs without certificate verification' },
  why: { zh: '中间人可冒充该扩展 API，读取或伪造其中的数据。', en: 'A man-in-the-middle attacker may impersonate the extension API and read or forge its data.' },
  remedy: {
    zh: '执行 `kubectl get apiservice -o custom-columns=NAME:.metadata.name,INSECURE:.spec.insecureSkipTLSVerify` 找出相应条目；改为配置 caBundle，避免 API 服务器信任冒充的后端。',
    en: 'Run `kubectl get apiservice -o custom-columns=NAME:.metadata.name,INSECURE:.spec.insecureSkipTLSVerify` to find the affected entries; configure a caBundle instead, so that the API server does not trust an impersonated backend.',
  },
  severity: 'info',
  setup: true,
  reads: ['apiServices'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'Kubernetes docs, aggregation layer: insecureSkipTLSVerify is strongly discouraged',

  evaluate({ apiServices }, { minimumCount }) {
    return apiServices.insecure >= minimumCount ? [{ observed: apiServices.insecure }] : [];
  },
});
