import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '../../../collector/errors.ts';
import { Credentials } from '../../../collector/fleet/credentials.ts';
import { type Caller, Fleet } from '../../../collector/fleet/fleet.ts';
import { listAudit, verifyAudit } from '../../../collector/store/audit-store.ts';
import { contractInForce, saveCluster } from '../../../collector/store/fleet-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

const NOW = 1_795_305_600_000;
const DAY = 86_400_000;
const SUPPORT: Caller = { actor: { kind: 'user', id: 'u1', name: '值班' }, visibility: 'all' };
const as = (...customers: string[]): Caller => ({ actor: { kind: 'user', id: 'c1' }, visibility: customers });

onBothEngines('the fleet', (database) => {
  const fleet = (now = NOW): Fleet =>
    new Fleet({
      database: database(),
      now: () => now,
      checkContract({ policyId }) {
        if (policyId !== 'daocloud') throw new AppError('invalid', 'no such policy');
      },
    });
  const customer = async (name = '客户') =>
    await fleet().createCustomer(SUPPORT, { name, zone: 'Asia/Shanghai', locale: 'zh', contacts: { 'customer-representative': ['a@example.com'] } });
  const contract = { policyId: 'daocloud', tier: 'advanced', policyVersion: 1, startsAt: NOW - DAY };

  it('makes customers, contracts and clusters, and writes down who did', async () => {
    const made = await customer();
    const contracted = await fleet().createContract(SUPPORT, made.id, { ...contract, overrides: { respond: { 1: 15 } } });
    const cluster = await fleet().createCluster(SUPPORT, made.id, { name: '生产', contractId: contracted.id });
    expect(await fleet().customer([made.id], made.id)).toMatchObject({ name: '客户', contacts: { 'customer-representative': ['a@example.com'] }, demo: false, createdAt: NOW });
    expect(await fleet().contract([made.id], contracted.id)).toEqual(contracted);
    expect((await fleet().clusters([made.id])).items).toEqual([cluster]);
    expect((await fleet().updateCluster(SUPPORT, cluster.id, { name: '生产一' })).name).toBe('生产一');
    expect((await fleet().updateCustomer(SUPPORT, made.id, { locale: 'en' })).locale).toBe('en');
    const audit = await listAudit(database().db, [made.id]);
    expect(audit.map(({ action }) => action)).toEqual(['customer.update', 'cluster.update', 'cluster.create', 'contract.create', 'customer.create']);
    expect(audit[0]?.actor).toEqual(SUPPORT.actor);
    expect(await verifyAudit(database().db)).toBeUndefined();
  });

  it.each([
    ['a zone that does not exist', { zone: 'Mars/Olympus' }],
    ['a fixed offset instead of a zone', { zone: '+08:00' }],
    ['an abbreviation that several zones share', { zone: 'CST' }],
    ['no name', { name: ' ' }],
    ['an address that is none', { contacts: { 'customer-representative': ['nobody'] } }],
    ['a field nobody knows', { colour: 'red' }],
  ])('refuses a customer with %s', async (_what, change) => {
    await expect(fleet().createCustomer(SUPPORT, { name: 'x', zone: 'UTC', locale: 'en', ...change })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('refuses contracts of unknown policies, and those that end before they start', async () => {
    const made = await customer();
    await expect(fleet().createContract(SUPPORT, made.id, { ...contract, policyId: 'other' })).rejects.toMatchObject({ code: 'invalid', message: 'no such policy' });
    await expect(fleet().createContract(SUPPORT, made.id, { ...contract, endsAt: contract.startsAt })).rejects.toMatchObject({ code: 'invalid' });
  });

  it("counts a cluster under its own contract, else the customer's newest, and outside every contract under none", async () => {
    const made = await customer();
    const first = await fleet().createContract(SUPPORT, made.id, { ...contract, endsAt: NOW + DAY });
    const second = await fleet().createContract(SUPPORT, made.id, { ...contract, startsAt: NOW - 1_000, endsAt: NOW + 2 * DAY });
    const [own, any] = [await fleet().createCluster(SUPPORT, made.id, { name: 'own', contractId: first.id }), await fleet().createCluster(SUPPORT, made.id, { name: 'any' })];
    const at = async (id: string, now: number) => (await contractInForce(database().db, id, now))?.id;
    expect([await at(own.id, NOW), await at(any.id, NOW), await at(own.id, NOW + DAY), await at(own.id, NOW + 2 * DAY)]).toEqual([first.id, second.id, second.id, undefined]);
  });

  it('hides what belongs to others as if it did not exist', async () => {
    const [ours, theirs] = [await customer('ours'), await customer('theirs')];
    const cluster = await fleet().createCluster(SUPPORT, theirs.id, { name: 'c' });
    const contracted = await fleet().createContract(SUPPORT, theirs.id, contract);
    const notFound = { code: 'not-found' };
    await expect(fleet().customer([ours.id], theirs.id)).rejects.toMatchObject(notFound);
    await expect(fleet().cluster([ours.id], cluster.id)).rejects.toMatchObject(notFound);
    await expect(fleet().contract([ours.id], contracted.id)).rejects.toMatchObject(notFound);
    await expect(fleet().updateCluster(as(ours.id), cluster.id, { name: 'mine' })).rejects.toMatchObject(notFound);
    await expect(fleet().updateContract(as(ours.id), contracted.id, { endsAt: NOW + DAY })).rejects.toMatchObject(notFound);
    await expect(fleet().createCluster(as(ours.id), theirs.id, { name: 'x' })).rejects.toMatchObject(notFound);
    await expect(fleet().createCluster(as(ours.id), ours.id, { name: 'x', contractId: contracted.id })).rejects.toMatchObject(notFound);
    await expect(fleet().createCustomer(as(ours.id), { name: 'x', zone: 'UTC', locale: 'en' })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await fleet().customers([])).items).toEqual([]);
    expect((await fleet().clusters([ours.id])).items).toEqual([]);
  });

  it('pages through everything once, also when names are equal', async () => {
    const made = await customer();
    const names = ['b', 'a', 'b', 'b', 'c'];
    // Before names had to differ, equal ones were made.
    for (const name of names) await saveCluster(database().db, { id: randomUUID(), customerId: made.id, name, kind: 'kubernetes', zone: null, contractId: null, createdAt: NOW });
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await fleet().clusters([made.id], { limit: 2, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ name }) => name));
      if (page.next === undefined) break;
      cursor = page.next;
    }
    expect(seen).toEqual(names.toSorted());
    await expect(fleet().clusters([made.id], { cursor: 'forged' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

onBothEngines('credentials', (database) => {
  let now = NOW;
  const credentials = (): Credentials => new Credentials({ database: database(), now: () => now });

  it('shows a token once, keeps its digest only, and knows whose it is', async () => {
    const cluster = await enrol(database());
    const { token, record } = await credentials().issue(SUPPORT, cluster.clusterId, { label: 'helm' });
    expect(token).toMatch(/^xj_[A-Za-z0-9_-]{43}$/);
    const stored = await database().db.selectFrom('tokens').selectAll().where('id', '=', record.id).executeTakeFirstOrThrow();
    expect(stored.hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify([stored, await listAudit(database().db, 'all'), await credentials().tokens('all', cluster.clusterId)])).not.toContain(token.slice(3));
    expect(await credentials().authenticate(token)).toEqual({ kind: 'agent', credentialId: record.id, ...cluster });
  });

  it('knows no other token, however it looks', async () => {
    const cluster = await enrol(database());
    const { token } = await credentials().issue(SUPPORT, cluster.clusterId, { label: 'x' });
    const asker = credentials();
    for (const wrong of ['', 'xj_', token.slice(0, -1), `${token}x`, `xj_${'A'.repeat(43)}`, token.toUpperCase(), "xj_' or 1=1 --", `${token}\n`])
      expect(await asker.authenticate(wrong)).toBeUndefined();
  });

  it('asks the database once for a wrong token, and remembers a bounded number', async () => {
    let queries = 0;
    const counting = {
      ...database(),
      get db() {
        queries += 1;
        return database().db;
      },
    };
    const asker = new Credentials({ database: counting, now: () => now });
    for (let repeat = 0; repeat < 5; repeat += 1) await asker.authenticate(`xj_${'B'.repeat(43)}`);
    expect(queries).toBe(1);
  });

  it('ends with its time, its revocation, or its rotation after the overlap', async () => {
    const cluster = await enrol(database());
    const asker = credentials();
    const short = await asker.issue(SUPPORT, cluster.clusterId, { label: 'short', expiresAt: now + DAY });
    const revoked = await asker.issue(SUPPORT, cluster.clusterId, { label: 'revoked' });
    const old = await asker.issue(SUPPORT, cluster.clusterId, { label: 'old' });
    const works = async (token: string) => (await asker.authenticate(token)) !== undefined;
    expect([await works(short.token), await works(revoked.token), await works(old.token)]).toEqual([true, true, true]);
    await asker.revoke(SUPPORT, revoked.record.id);
    expect(await works(revoked.token)).toBe(false);
    const fresh = await asker.rotate(SUPPORT, old.record.id, DAY);
    expect([await works(old.token), await works(fresh.token)]).toEqual([true, true]);
    now += DAY;
    expect([await works(short.token), await works(old.token), await works(fresh.token)]).toEqual([false, false, true]);
    await expect(asker.rotate(SUPPORT, revoked.record.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(asker.issue(SUPPORT, cluster.clusterId, { label: 'past', expiresAt: now })).rejects.toMatchObject({ code: 'invalid' });
    expect((await listAudit(database().db, [cluster.customerId])).map(({ action }) => action)).toEqual([
      'token.rotate',
      'token.revoke',
      'token.create',
      'token.create',
      'token.create',
    ]);
  });

  it('hears of a revocation by another collector within seconds', async () => {
    const cluster = await enrol(database());
    const [here, there] = [credentials(), credentials()];
    const { token, record } = await here.issue(SUPPORT, cluster.clusterId, { label: 'x' });
    expect(await there.authenticate(token)).toBeDefined();
    await here.revoke(SUPPORT, record.id);
    now += 5_001;
    expect(await there.authenticate(token)).toBeUndefined();
  });

  it('notes its use once a minute', async () => {
    const cluster = await enrol(database());
    const asker = credentials();
    const { token } = await asker.issue(SUPPORT, cluster.clusterId, { label: 'x' });
    const used = async () => (await asker.tokens('all', cluster.clusterId))[0]?.lastUsedAt;
    await asker.authenticate(token);
    const first = await used();
    expect(first).toBe(now);
    now += 59_000;
    await asker.authenticate(token);
    expect(await used()).toBe(first);
    now += 2_000;
    await asker.authenticate(token);
    expect(await used()).toBe(now);
  });

  it('cannot be touched from another customer', async () => {
    const [ours, theirs] = [await enrol(database()), await enrol(database())];
    const { token, record } = await credentials().issue(SUPPORT, theirs.clusterId, { label: 'x' });
    const asker = credentials();
    for (const attempt of [
      () => asker.revoke(as(ours.customerId), record.id),
      () => asker.rotate(as(ours.customerId), record.id),
      () => asker.issue(as(ours.customerId), theirs.clusterId, { label: 'mine' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
    expect(await asker.tokens([ours.customerId], theirs.clusterId)).toEqual([]);
    expect(await asker.authenticate(token)).toMatchObject(theirs);
  });

  it('limits how many are valid at once', async () => {
    const cluster = await enrol(database());
    for (let count = 0; count < 20; count += 1) await credentials().issue(SUPPORT, cluster.clusterId, { label: `t${count}` });
    await expect(credentials().issue(SUPPORT, cluster.clusterId, { label: 'one more' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('binds a client certificate to one cluster until it is revoked', async () => {
    const [ours, theirs] = [await enrol(database()), await enrol(database())];
    const fingerprint = createHash('sha256').update(randomUUID()).digest('hex');
    const shown = fingerprint.toUpperCase().replace(/..(?=.)/g, '$&:');
    const asker = credentials();
    expect(await asker.authenticateCertificate(fingerprint)).toBeUndefined();
    await asker.bindCertificate(SUPPORT, ours.clusterId, shown, 'node-1');
    expect(await asker.authenticateCertificate(shown)).toMatchObject(ours);
    await expect(asker.bindCertificate(SUPPORT, theirs.clusterId, shown, 'again')).rejects.toMatchObject({ code: 'conflict' });
    await expect(asker.revokeCertificate(as(theirs.customerId), fingerprint)).rejects.toMatchObject({ code: 'not-found' });
    await asker.revokeCertificate(SUPPORT, fingerprint);
    expect(await asker.authenticateCertificate(shown)).toBeUndefined();
  });
});
