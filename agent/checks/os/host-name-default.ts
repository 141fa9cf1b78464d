import { defineCheck, unknown } from '../check.ts';

export const hostNameDefault = defineCheck({
  id: 'os-host-name-default',
  area: 'os',
  title: { zh: '配置的主机名仍为默认值', en: 'Configured host name is still the default' },
  why: {
    zh: '多台主机同名时，节点注册互相覆盖，日志与监控分不清是哪一台。',
    en: "Hosts that share a name overwrite each other's node registration, and logs and metrics do not show which host they came from.",
  },
  remedy: {
    zh: '执行 `hostnamectl` 确认；用 `hostnamectl set-hostname` 设置全网唯一的主机名，Kubernetes 节点须先移出集群再改名。',
    en: 'Run `hostnamectl` to confirm; set a unique host name with `hostnamectl set-hostname`. Remove a Kubernetes node from the cluster before renaming it.',
  },
  severity: 'warning',
  reads: ['machine'],
  unit: 'value',
  threshold: { defaults: ['localhost', 'localhost.localdomain', 'localhost4', 'debian', 'ubuntu', 'centos', 'openeuler', 'kylin', 'uos'] },
  source: 'kubeadm: unique host name for every node',

  evaluate({ machine }, { defaults }) {
    if (machine.name === undefined) return unknown();
    return defaults.includes(machine.name) ? [{ observed: true }] : [];
  },
});
