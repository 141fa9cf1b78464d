import { expect, it } from 'vitest';
import { advertisedUrlOf, publicUrlOf } from '../../collector/public-url.ts';
import { Authority } from '../support/certificates.ts';
import { temporary } from '../support/program.ts';

const OUTER = ['10.0.0.7', '2001:db8::7'];
const tls = { certFile: 'c', keyFile: 'k' };
const at = (host: string) => ({ host, port: 8443 });

it.each([
  ['as configured', { publicUrl: 'https://c.example.com', listen: at('0.0.0.0') }, OUTER, 'https://c.example.com'],
  ['where it listens', { listen: at('192.168.0.3') }, OUTER, 'http://192.168.0.3:8443'],
  ['this machine, for one that listens to it alone', { listen: at('127.0.0.1') }, OUTER, 'http://127.0.0.1:8443'],
  ["this machine's first address where it listens everywhere", { listen: at('0.0.0.0') }, OUTER, 'http://10.0.0.7:8443'],
  ['an address of IPv6', { listen: at('::'), tls }, ['2001:db8::7'], 'https://[2001:db8::7]:8443'],
  ['itself on a machine without a network', { listen: at('::') }, [], 'http://127.0.0.1:8443'],
])('hands out %s', (_, config, addresses, url) => expect(advertisedUrlOf(config, undefined, addresses)).toBe(url));

it('hands out what its certificate is for: nothing else would be trusted', () => {
  const authority = new Authority(temporary(), 'ca');
  const certificateFor = (names: string): string => authority.issue('collector', names).cert;
  const of = (names: string): string => advertisedUrlOf({ listen: at('0.0.0.0'), tls }, certificateFor(names), OUTER);
  expect(of('IP:127.0.0.1,DNS:localhost,DNS:*.example.com,DNS:collector.example.com,IP:10.1.1.1')).toBe('https://collector.example.com:8443');
  expect(of('DNS:localhost,IP:10.1.1.1')).toBe('https://10.1.1.1:8443');
  expect(of('DNS:*.example.com')).toBe('https://10.0.0.7:8443');
  expect(advertisedUrlOf({ listen: at('0.0.0.0'), tls }, 'no certificate', OUTER)).toBe('https://10.0.0.7:8443');
});
it('opens its own pages where this machine can', () => expect(publicUrlOf({ listen: at('0.0.0.0') })).toBe('http://127.0.0.1:8443'));
