import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Credentials } from '../../../collector/fleet/credentials.ts';
import { enrollKnown } from '../../../collector/fleet/enroll.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { onBothEngines } from '../../support/databases.ts';

const OWN = { customer: '示例客户', cluster: 'kubernetes', policy: 'daocloud', tier: 'standard', zone: 'Asia/Shanghai', locale: 'zh', kind: 'kubernetes' } as const;
const token = (): string => `xj_${randomBytes(32).toString('base64url')}`;

onBothEngines('enrolling with a token that the site has already', (database) => {
  const enrolBy = async (holder: string, given: string, over: { readonly cluster?: string } = {}): Promise<void> =>
    await enrollKnown(database(), loadPolicies(), { ...OWN, ...over }, given, { holder, now: Date.now });
  const credentials = (): Credentials => new Credentials({ database: database(), now: Date.now });
  const count = async (table: 'customers' | 'clusters' | 'tokens'): Promise<number> => (await database().db.selectFrom(table).selectAll().execute()).length;

  it('is done once, whoever of several collectors comes first, and again for the next token', async () => {
    const first = token();
    await Promise.all(['a', 'b', 'c'].map((holder) => enrolBy(holder, first)));
    expect([await count('customers'), await count('clusters'), await count('tokens')]).toEqual([1, 1, 1]);
    const principal = await credentials().authenticate(first);
    expect(principal?.kind).toBe('agent');
    const rotated = token();
    await enrolBy('a', rotated);
    expect((await credentials().authenticate(rotated))?.clusterId).toBe(principal?.clusterId);
    expect([await count('clusters'), await count('tokens')]).toEqual([1, 2]);
  });

  it('gives back nothing that was revoked', async () => {
    const given = token();
    await enrolBy('a', given);
    const known = await credentials().authenticate(given);
    await credentials().revoke({ actor: { kind: 'system' }, visibility: 'all' }, known?.credentialId ?? '');
    await enrolBy('a', given);
    expect(await credentials().authenticate(given)).toBeUndefined();
  });

  it('takes no token that a collector would not issue, and none of another cluster', async () => {
    await expect(enrolBy('a', 'password')).rejects.toMatchObject({ code: 'invalid' });
    const given = token();
    await enrolBy('b', given, { cluster: 'one' });
    const { clusterId = '' } = (await credentials().authenticate(given)) ?? {};
    const other = (await database().db.selectFrom('clusters').select('id').where('id', '!=', clusterId).executeTakeFirst())?.id ?? '';
    await expect(credentials().adopt({ actor: { kind: 'system' }, visibility: 'all' }, other, given, 'x')).rejects.toMatchObject({ code: 'conflict' });
  });
});
