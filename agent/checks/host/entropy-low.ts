import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';

export const entropyLow = defineCheck({
  id: 'host-entropy-low',
  area: 'host',
  title: { zh: '可用熵过低', en: 'Available entropy low' },
  why: {
    zh: 'TLS 握手和密钥生成会阻塞，服务启动或建连出现莫名的等待。',
    en: 'TLS handshakes and key generation may block, causing unexplained delays when services start or connect.',
  },
  remedy: {
    zh: '执行 `cat /proc/sys/kernel/random/entropy_avail` 查看；安装并启动 `rngd` 或 `haveged`，虚拟机可加上 virtio-rng 设备，否则 TLS 握手与服务启动会变慢。',
    en: 'Run `cat /proc/sys/kernel/random/entropy_avail` to check; install and start `rngd` or `haveged`, or add a virtio-rng device to the virtual machine, otherwise TLS handshakes and service startup become slow.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'bits',
  threshold: { warningBits: 128 },
  source: 'practice: random(4) blocks below 128 bits before Linux 5.6; newer kernels always report 256',

  evaluate({ sysctls }, { warningBits }) {
    const entropy = sysctls.values['kernel.random.entropy_avail'];
    if (entropy === undefined) return unknown();
    return below(entropy, { warning: warningBits });
  },
});
