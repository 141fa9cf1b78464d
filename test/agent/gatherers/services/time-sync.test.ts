import { createSocket } from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addSources, parseChrony, parseChronyIncludes, parseNtp, parseTimesyncd } from '../../../../agent/gatherers/host/services/time-sources.ts';
import { askAll, parseTimedatectl, summarise, timeSync } from '../../../../agent/gatherers/host/services/time-sync.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Sections } from '../../../../agent/wire/section-values.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const OPENEULER_CHRONY = `# Use public servers from the pool.ntp.org project.
# Please consider joining the pool (http://www.pool.ntp.org/join.html).
pool pool.ntp.org iburst
server 10.6.0.1 iburst prefer
server ntp2.example.com iburst port 1123
! server old.example.com
peer 10.6.0.9
#refclock PHC /dev/ptp0
refclock PHC /dev/ptp1 poll 2
driftfile /var/lib/chrony/drift
makestep 1.0 3
rtcsync
logdir /var/log/chrony
`;
const DEBIAN_CHRONY = `confdir /etc/chrony/conf.d
pool 2.debian.pool.ntp.org iburst
sourcedir /run/chrony-dhcp
sourcedir /etc/chrony/sources.d
keyfile /etc/chrony/chrony.keys
include /etc/chrony/extra.conf
include /etc/chrony.d/*.conf
`;

async function gather(files: Files): Promise<{ value: Sections['timeSync'] | undefined; reason: string | undefined }> {
  const { sections, reports } = await runGatherers(
    [timeSync],
    { host: await hostOf(files) },
    { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() },
  );
  return { value: sections.timeSync, reason: reports[0]?.reason };
}

describe('sources of chrony', () => {
  it('are servers, pools and clocks; comments are none', () => {
    for (const parse of [parseChrony, parseNtp]) expect(parse('constructor 10.0.0.1\n__proto__ 10.0.0.1')).toEqual(parse('')); // words of JavaScript are no directives
    expect(parseChrony(OPENEULER_CHRONY)).toEqual({
      servers: 3,
      pools: 1,
      referenceClocks: 1,
      askable: [
        { address: 'pool.ntp.org', port: 123 },
        { address: '10.6.0.1', port: 123 },
        { address: 'ntp2.example.com', port: 1123 },
      ],
    });
  });
  it('stand in included files too', () => {
    expect(parseChronyIncludes(DEBIAN_CHRONY)).toEqual({
      files: ['/etc/chrony/extra.conf'],
      folders: [
        { path: '/etc/chrony/conf.d', ending: '.conf' },
        { path: '/run/chrony-dhcp', ending: '.sources' },
        { path: '/etc/chrony/sources.d', ending: '.sources' },
        { path: '/etc/chrony.d', ending: '.conf' },
      ],
    });
  });
  it.each(['', '\0\0', 'server', 'server -x; rm', 'server 127.0.0.1', 'server ::1 iburst', 'server 10.0.0.1 port 99999', `server ${'a'.repeat(100_000)}`])(
    'in %j are asked only when they are an address',
    (text) => {
      for (const { address, port } of parseChrony(text).askable) expect([address, port]).toEqual(['10.0.0.1', 123]);
    },
  );
});

describe('sources of ntpd', () => {
  it('tell local clocks from servers', () => {
    const text =
      'driftfile /var/lib/ntp/drift\nrestrict default nomodify\nserver 0.centos.pool.ntp.org iburst # a comment\nserver -4 10.6.0.1\npool ntp.example.com\nserver 127.127.1.0\nfudge 127.127.1.0 stratum 10\npeer 10.6.0.2\n';
    expect(parseNtp(text)).toEqual({
      servers: 3,
      pools: 1,
      referenceClocks: 1,
      askable: [
        { address: '0.centos.pool.ntp.org', port: 123 },
        { address: '10.6.0.1', port: 123 },
        { address: 'ntp.example.com', port: 123 },
      ],
    });
  });
  it('of OpenNTPD name pools "servers"', () => {
    expect(parseNtp('servers pool.ntp.org\nserver 10.0.0.1\nsensor *\n')).toMatchObject({ servers: 1, pools: 1 });
  });
});

describe('sources of timesyncd', () => {
  it('are lists of words; a later empty list clears them; the fallback is used when there is none', () => {
    expect(parseTimesyncd(['[Time]\nNTP=10.0.0.1 10.0.0.2\n#FallbackNTP=ntp.ubuntu.com\n'])).toMatchObject({ servers: 2 });
    expect(parseTimesyncd(['[Time]\nNTP=a.example\n', 'NTP=\nNTP=b.example b.example\n'])?.askable).toEqual([{ address: 'b.example', port: 123 }]);
    expect(parseTimesyncd(['FallbackNTP=ntp.ubuntu.com\n'])).toMatchObject({ servers: 1 });
  });
  it('are not told by a file of comments, as Debian ships it', () => {
    expect(parseTimesyncd(['[Time]\n#NTP=\n#FallbackNTP=0.debian.pool.ntp.org\n'])).toBeUndefined();
  });
});

describe('what timedatectl says', () => {
  it.each([
    ['               Local time: Sun\n System clock synchronized: yes\n              NTP service: active\n', true],
    ['     NTP enabled: yes\nNTP synchronized: no\n RTC in local TZ: no\n', false],
    ['', undefined],
    ['System clock synchronized: maybe', undefined],
  ])('%j', (text, told) => {
    expect(parseTimedatectl(text)).toBe(told);
  });
});

describe('the time section', () => {
  it('of an openEuler host with chrony', async () => {
    const { value } = await gather({ '/proc/1/comm': 'systemd\n', '/proc/812/comm': 'chronyd\n', '/etc/chrony.conf': OPENEULER_CHRONY });
    expect(value).toEqual({ service: 'chrony', running: ['chrony'], configured: ['chrony'], sources: 3, pools: 1, referenceClocks: 1, sourcesAsked: 0, sourcesAnswered: 0 });
    expect(JSON.stringify(value)).not.toContain('10.6');
  });
  it('of a Debian host follows the folders', async () => {
    const { value } = await gather({
      '/proc/812/comm': 'chronyd\n',
      '/etc/chrony/chrony.conf': DEBIAN_CHRONY,
      '/etc/chrony/sources.d/site.sources': 'server 10.1.1.1 iburst\n',
      '/etc/chrony/sources.d/off.bak': 'server 10.1.1.2\n',
      '/run/chrony-dhcp/eth0.sources': 'server 10.1.1.3\n',
      '/etc/chrony/extra.conf': 'server 10.1.1.4\n',
    });
    expect(value).toMatchObject({ sources: 3, pools: 1 });
  });
  it('knows timesyncd by its cut name, and that it has synchronised', async () => {
    expect(
      (await gather({ '/proc/99/comm': 'systemd-timesyn\n', '/etc/systemd/timesyncd.conf': '[Time]\nNTP=10.0.0.1\n', '/run/systemd/timesync/synchronized': '' })).value,
    ).toMatchObject({ service: 'timesyncd', sources: 1, synchronised: true });
  });
  it('tells ntpsec and OpenNTPD by their configuration', async () => {
    expect((await gather({ '/proc/9/comm': 'ntpd\n', '/etc/ntpsec/ntp.conf': 'server 10.0.0.1\n' })).value).toMatchObject({ service: 'ntpsec', sources: 1 });
    expect((await gather({ '/proc/9/comm': 'ntpd\n', '/etc/openntpd/ntpd.conf': 'servers pool.ntp.org\n' })).value).toMatchObject({ service: 'openntpd', pools: 1 });
    expect((await gather({ '/proc/9/comm': 'ntpd\n', '/etc/ntp.conf': '' })).value).toMatchObject({ service: 'ntpd', sources: 0 });
  });
  it('sees several services at once, and none', async () => {
    expect((await gather({ '/proc/9/comm': 'chronyd\n', '/proc/10/comm': 'systemd-timesyn\n' })).value?.running).toEqual(['chrony', 'timesyncd']);
    expect((await gather({ '/proc/9/comm': 'bash\n', '/run/utmp': '', '/etc/chrony.conf': 'server 10.0.0.1\n' })).value).toMatchObject({
      service: 'none',
      running: [],
      configured: ['chrony'],
    });
  });
  it('is not told from a container that does not see the processes of its host', async () => {
    expect(await gather({ '/etc/chrony.conf': 'server 10.0.0.1\n' })).toEqual({ value: undefined, reason: 'not-visible' });
    expect((await gather({ '/run/chrony/chronyd.pid': '812\n', '/etc/chrony/chrony.conf': 'server 10.0.0.1\n' })).value).toMatchObject({ service: 'chrony' });
  });
});

describe('several answers', () => {
  it('give the one with the shortest way, and how far they disagree', () => {
    expect(
      summarise([
        { offsetMs: 40, roundTripMs: 30, stratum: 3 },
        { offsetMs: -20, roundTripMs: 2, stratum: 2 },
      ]),
    ).toEqual({ sourcesAnswered: 2, offsetMs: -20, roundTripMs: 2, stratum: 2, disagreementMs: 60 });
    expect(summarise([])).toEqual({ sourcesAnswered: 0 });
    expect(addSources([])).toEqual({ servers: 0, pools: 0, referenceClocks: 0, askable: [] });
  });
  it('are asked side by side, so silence costs one deadline', async () => {
    const silent = createSocket('udp4');
    onTestFinished(() => void silent.close());
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    const server = { address: '127.0.0.1', port: silent.address().port };
    const began = performance.now();
    expect(await askAll([server, server], { signal: new AbortController().signal, now: Date.now, timeoutMs: 800 })).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe('a host of which only a part is seen', () => {
  const files = { '/proc/1/comm': 'systemd\n', '/proc/2/comm': 'kthreadd\n', '/etc/hostname': 'x\n' };
  it('is not called unsynchronised without a /run', async () => expect(await gather(files)).toEqual({ value: undefined, reason: 'not-visible' }));
  it('has no time service where /run is there too', async () => expect((await gather({ ...files, '/run/utmp': '' })).value).toMatchObject({ service: 'none' }));
});
