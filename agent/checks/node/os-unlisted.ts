import { defineCheck, notApplicable } from '../check.ts';
import { dceGeneration } from '../dce.ts';
import { nodeScope } from '../node-rows.ts';

/** `system` is a distribution, or one with the beginning of its version. */
function matches(system: string, os: string, version: string): boolean {
  const [name, beginning] = system.split(' ', 2);
  if (name !== os) return false;
  return beginning === undefined || version === beginning || version.startsWith(`${beginning}.`) || version.startsWith(`${beginning}-`);
}

export const osUnlisted = defineCheck({
  id: 'node-os-unlisted',
  area: 'node',
  title: { zh: '节点操作系统不在 DCE 支持列表中', en: 'Node operating system not on the DCE support list' },
  why: {
    zh: '平台没有在该系统上测试过：升级或故障时得不到厂商的承诺。',
    en: 'The platform has not been tested on this operating system: there is no vendor commitment for upgrades or failures.',
  },
  remedy: {
    zh: '在节点上执行 `cat /etc/os-release` 核对发行版；向支持人员确认该系统是否在支持范围内，新增节点请使用支持列表中的系统。',
    en: 'Run `cat /etc/os-release` on the node to check the distribution; ask support whether it is covered, and use a listed operating system for new nodes.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes', 'namespaces'],
  unit: 'value',
  threshold: { systems: ['centos 7', 'rhel 7', 'rhel 8', 'rhel 9', 'ubuntu 20', 'ubuntu 22', 'uos 20', 'openeuler 22.03', 'kylin v10', 'oracle', 'tencentos 3.1'] },
  source: 'DaoCloud docs, deployment requirements: supported operating systems',

  evaluate({ nodes, namespaces }, { systems }) {
    if (dceGeneration(namespaces) !== 5) return notApplicable('not-in-use');
    return nodes.rows
      .filter(({ os, osVersion = '' }) => !systems.some((system) => matches(system, os, osVersion)))
      .map(({ name, os }) => ({ scope: nodeScope(name), observed: os }));
  },
});
