import { defineCheck, unknown, type Violation } from '../check.ts';

export const crdConversionBroken = defineCheck({
  id: 'control-plane-crd-conversion-broken',
  area: 'control-plane',
  title: { zh: '自定义资源的版本转换不可用', en: 'Custom resource conversion unavailable' },
  why: {
    zh: '该类自定义资源读不出来：依赖它的 Operator 停止工作，etcd 备份恢复后也用不了。',
    en: 'Custom resources of this kind cannot be read: operators that depend on them stop working, even after an etcd restore.',
  },
  remedy: {
    zh: '执行 `kubectl get crd <名称> -o jsonpath={.spec.conversion}` 找到转换 Webhook 的 Service；修复其后端或证书，否则这类对象无法列出，命名空间也无法删除。',
    en: 'Run `kubectl get crd <name> -o jsonpath={.spec.conversion}` to find the Service of the conversion webhook; fix its backend or certificate, otherwise these objects cannot be listed and namespaces cannot be deleted.',
  },
  severity: 'warning',
  reads: ['customResources'],
  unit: 'value',
  threshold: { warningDays: 7 },
  source: 'Huawei Cloud CCE pre-upgrade checks; a dead conversion webhook fails every list of the resource',

  evaluate({ customResources }, { warningDays }, { now }) {
    const broken = customResources.rows.flatMap(({ name, conversion, conversionCaExpiresAt }): readonly Violation[] => {
      const isDown = conversion === 'service-missing' || conversion === 'no-endpoints';
      const left = conversionCaExpiresAt === undefined ? undefined : Math.floor((conversionCaExpiresAt - now) / 86_400);
      if (!isDown && (left === undefined || left > warningDays)) return [];
      return [{ scope: { kind: 'CustomResourceDefinition', name }, observed: isDown ? conversion : left, threshold: isDown ? undefined : warningDays }];
    });
    return broken.length === 0 && customResources.rows.some(({ conversion }) => conversion === 'unread') ? unknown('forbidden') : broken;
  },
});
