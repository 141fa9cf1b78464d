import { healthOf } from '../../../host/probe.ts';
import { hostGatherer } from '../../gatherer.ts';
import { healthPort, parseKubeletSettings } from './kubelet-config.ts';
import { readKubeletSource } from './kubelet-source.ts';
import { requireNode } from './node.ts';

export const kubelet = hostGatherer({
  section: 'kubelet',
  needs: [{ mount: '/proc' }, { mount: '/var/lib/kubelet' }, { mount: '/var/lib/rancher' }, { mount: '/etc' }, { mount: '/usr/lib' }, { socket: '127.0.0.1:10248' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    await requireNode(host);
    const { running, process, flags, config, source, changedAt } = await readKubeletSource(host, signal);
    const port = source === 'none' && running === undefined ? undefined : healthPort(config, flags);
    const health = port ? await healthOf(host, port, { signal }) : undefined;
    return {
      running,
      health,
      startedAt: process?.startedAt,
      configSource: source,
      configChangedAt: changedAt,
      ...(source !== 'none' && parseKubeletSettings(config, flags)),
    };
  },
});
