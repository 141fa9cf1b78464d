import { defineCheck, unknown } from '../check.ts';
import { daysUntil, lifecycleOf } from '../lifecycle/operating-systems.ts';
import { nodeScope } from '../node-rows.ts';

export const osEnded = defineCheck({
  id: 'node-os-ended',
  area: 'node',
  title: { zh: '节点操作系统已停止维护（含 LTS 与扩展维护）', en: 'Node operating system at end of life (incl. LTS/extended)' },
  why: {
    zh: '停止维护的系统不再有安全补丁：已公开的漏洞会一直可被利用。',
    en: 'An unmaintained operating system gets no security patches: published vulnerabilities remain exploitable.',
  },
  remedy: {
    zh: '在节点上执行 `cat /etc/os-release` 核对版本；升级到同一系列中仍在维护的版本，或确认已购买扩展支持。',
    en: 'Run `cat /etc/os-release` on the node to check the version; upgrade to a maintained release of the same family, or confirm that extended support has been purchased.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'days',
  threshold: { warningDays: 0 },
  source: "vendors' lifecycle pages, openEuler release-management lifecycle.md; troubleshoot, Huawei Cloud node checks",

  evaluate({ nodes }, { warningDays }, { now }) {
    const known = nodes.rows.flatMap(({ name, os, osVersion }) => {
      const release = os === 'windows' ? undefined : lifecycleOf({ distribution: os, release: osVersion, versionId: osVersion });
      return release ? [{ name, left: daysUntil(release.extended ?? release.end, now) }] : [];
    });
    const ended = known.filter(({ left }) => left < warningDays);
    if (ended.length === 0 && known.length < nodes.rows.length) return unknown('not-reported');
    return ended.map(({ name, left }) => ({ scope: nodeScope(name), observed: left, threshold: warningDays }));
  },
});
