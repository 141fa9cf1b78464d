import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebLicenseInConfigmap = defineCheck({
  id: 'tongweb-license-in-configmap',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 授权文件放在 ConfigMap 中', en: 'TongWeb licence stored in a ConfigMap' },
  why: { zh: '能查看该命名空间 ConfigMap 的人都能拿走授权文件。', en: 'Anyone who can read ConfigMaps in the namespace can take the licence file.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get <工作负载> -o jsonpath={.spec.template.spec.volumes}` 确认；用同一文件建立 Secret，把卷改为引用该 Secret，再删除 ConfigMap。',
    en: 'Run `kubectl -n <namespace> get <workload> -o jsonpath={.spec.template.spec.volumes}` to confirm; create a Secret from the same file, change the volume to reference it, then delete the ConfigMap.',
  },
  severity: 'info',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'practice: a licence names the customer and is worth money; TongWeb container scripts create it by `kubectl create configmap --from-file license.dat`',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ licenseFrom }) => (licenseFrom === undefined ? 'other' : licenseFrom === 'config-map' ? [{}] : []));
  },
});
