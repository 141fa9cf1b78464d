import { defineCheck, notApplicable, unknown } from '../check.ts';

export const timeSourceSingle = defineCheck({
  id: 'service-time-source-single',
  area: 'service',
  title: { zh: '只配置了一个时间源', en: 'Only one time source configured' },
  why: { zh: '这个时间源出错或失联时，没有别的来源可以发现或接替。', en: 'If that source is wrong or unreachable, no other source can detect the fault or take over.' },
  remedy: {
    zh: '执行 `chronyc sources` 查看时间源；再添加时间服务器，建议三个以上，这样单个服务器出错时仍能识别。',
    en: 'Run `chronyc sources` to list the sources; add time servers, preferably three or more in total, so that a faulty one can be identified.',
  },
  severity: 'info',
  setup: true,
  reads: ['timeSync'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'DCE installation requirement: 1–4 NTP servers; RFC 8633 section 3.2 advises four or more, hence info',
  references: ['https://www.rfc-editor.org/rfc/rfc8633#section-3.2'],

  evaluate({ timeSync: { service, sources, pools, referenceClocks } }, { minimumCount }) {
    if (service === 'none' || service === 'ptp4l') return notApplicable();
    if (sources === undefined || pools === undefined || referenceClocks === undefined) return unknown();
    if (pools + referenceClocks > 0 || sources === 0) return []; // none at all is another check's
    return sources < minimumCount ? [{ observed: sources, threshold: minimumCount }] : [];
  },
});
