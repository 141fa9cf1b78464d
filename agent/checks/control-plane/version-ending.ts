import { defineCheck, notApplicable, unknown } from '../check.ts';
import { below } from '../levels.ts';
import { daysLeft, kubernetesRelease } from '../lifecycle/kubernetes.ts';

export const versionEnding = defineCheck({
  id: 'control-plane-version-ending',
  area: 'control-plane',
  title: { zh: 'Kubernetes 版本即将停止维护', en: 'Kubernetes version approaching end of life' },
  why: {
    zh: '停止维护后漏洞不再修复；升级需要逐个小版本进行，应提前排期。',
    en: 'After that, vulnerabilities are no longer fixed; upgrades go one minor version at a time, so plan ahead.',
  },
  remedy: {
    zh: '执行 `kubectl version` 核对版本；安排升级窗口，先在测试集群验证，再升级控制面与节点。',
    en: 'Run `kubectl version` to check the version; schedule an upgrade window, try it on a test cluster first, then upgrade the control plane and the nodes.',
  },
  severity: 'info',
  setup: true,
  reads: ['apiServer'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 30 },
  source: 'kubernetes.io/releases by endoflife.date; 90 and 30 days by practice',

  evaluate({ apiServer }, { infoDays, warningDays }, { now }) {
    const release = apiServer.major === 1 ? kubernetesRelease(apiServer.minor) : undefined;
    if (!release) return unknown('not-reported');
    const left = daysLeft(release.end, now);
    return left < 0 ? notApplicable('not-in-use') : below(left, { info: infoDays, warning: warningDays });
  },
});
