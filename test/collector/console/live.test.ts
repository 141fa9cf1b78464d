import { expect, it } from 'vitest';
import { changes } from '../../../collector/console/live.ts';
import { PAGE_PATH } from '../../../collector/console/page-path.ts';

it('a live page is told of a change and of nothing else, also of one that came while it was away', async () => {
  const stamps = ['a', 'a', 'b'];
  const ended = new AbortController();
  const told: string[] = [];
  const read = async (): Promise<string> => stamps.shift() ?? 'b';
  const events = changes(read, undefined, ended.signal, 1);
  for await (const event of events) {
    told.push(event.split('\n')[0] ?? '');
    if (event.includes('change')) ended.abort();
  }
  expect(told.filter((line) => line.startsWith('event'))).toEqual(['event: hello', 'event: change']);

  const again = changes(async () => 'c', 'b', AbortSignal.timeout(60_000), 1);
  await again.next(); // when to come again
  expect((await again.next()).value).toMatch(/^event: change\nid: c\n/);
  await again.return(undefined);
});

it('a sign-in leads back to pages of ours and nowhere else', () => {
  for (const path of [
    '/incidents',
    '/incidents/29',
    '/clusters/4f-a/findings/ab12',
    '/findings?q=swap&severity=critical',
    '/reports?cursor=WzE3',
    '/admin/clusters/x',
    '/incidents?q=%E6%94%AF%E4%BB%98',
  ])
    expect(PAGE_PATH.test(path), path).toBe(true);
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/incidents/../x',
    '/incidents/..',
    '/incidents//evil.example',
    '/api/v1/users',
    '/sign-out',
    '/incidents?to=//evil.example',
    '/incidents\n',
    '/incidents?x=<b>',
    '/incidents#x',
  ])
    expect(PAGE_PATH.test(path), path).toBe(false);
});
