import { VULNERABILITIES } from '../../../wire/sections/host/system-kernel.ts';
import { AbsentError, hostGatherer } from '../../gatherer.ts';

const FOLDER = '/sys/devices/system/cpu/vulnerabilities';
type Vulnerability = (typeof VULNERABILITIES)[number];

/** What the kernel says of one vulnerability; its text goes on with details that we do not read. */
export function parseState(text: string): 'vulnerable' | 'mitigated' | 'unaffected' | 'undetermined' {
  if (text.startsWith('Vulnerable')) return 'vulnerable';
  if (text.startsWith('Mitigation') || text.startsWith('KVM: Mitigation')) return 'mitigated';
  if (text.startsWith('KVM: Vulnerable')) return 'vulnerable';
  return text.startsWith('Not affected') || text.startsWith('Processor vulnerable') ? 'unaffected' : 'undetermined';
}

export const cpuVulnerabilities = hostGatherer({
  section: 'cpuVulnerabilities',
  needs: [{ mount: '/sys' }],
  deadlineMs: 5_000,

  async gather(host) {
    const texts = await host.readSmall(FOLDER, VULNERABILITIES);
    const states = VULNERABILITIES.flatMap((one) => (texts[one] === undefined ? [] : [{ one, state: parseState(texts[one]) }]));
    if (states.length === 0) throw new AbsentError('not-present');
    const of = (wanted: ReturnType<typeof parseState>): readonly Vulnerability[] => states.filter(({ state }) => state === wanted).map(({ one }) => one);
    return { vulnerable: of('vulnerable'), mitigated: of('mitigated'), undetermined: of('undetermined') };
  },
});
