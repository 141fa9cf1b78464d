import { defineCheck } from '../check.ts';

export const legacyModulesLoaded = defineCheck({
  id: 'os-legacy-modules-loaded',
  area: 'os',
  title: { zh: '加载了不常用的协议或文件系统模块', en: 'Rarely used protocol or file system modules loaded' },
  why: {
    zh: '少有人维护的模块常带提权漏洞，加载着就多一个攻击面。',
    en: 'Poorly maintained modules often have privilege escalation flaws; loading them enlarges the attack surface.',
  },
  remedy: {
    zh: '执行 `lsmod | grep -wE "dccp|rds|tipc|cramfs|freevxfs|hfs|hfsplus|jffs2"` 查看；确认无业务使用后，在 `/etc/modprobe.d/` 中禁用，减少攻击面。',
    en: 'Run `lsmod | grep -wE "dccp|rds|tipc|cramfs|freevxfs|hfs|hfsplus|jffs2"` to list them; once you have confirmed that nothing uses them, disable them in `/etc/modprobe.d/` to reduce the attack surface.',
  },
  severity: 'info',
  reads: ['modules'],
  unit: 'value',
  threshold: { unwanted: ['dccp', 'rds', 'tipc', 'cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2'] },
  source: 'CIS Benchmark 1.1.1 and 3.2 (unused file systems and protocols)',

  evaluate({ modules }, { unwanted }) {
    const found = modules.available.find((name) => unwanted.includes(name));
    return found === undefined ? [] : [{ observed: found }];
  },
});
