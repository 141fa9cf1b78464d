import { expect, it } from 'vitest';
import { openDatabase } from '../../../collector/store/database.ts';
import { testCollector } from '../../support/collector-app.ts';

it.each(['/favicon.ico', '/favicon.svg'])('the icon that a browser asks for is there without a credential: %s', async (path) => {
  await using database = await openDatabase({ url: 'sqlite::memory:' });
  const { app } = await testCollector(database);
  const answer = await app.inject(path);
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'image/svg+xml', 'public, max-age=86400']);
  expect(answer.body).toMatch(/^<svg .*<\/svg>$/);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  await app.close();
});
