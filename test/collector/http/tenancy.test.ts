/**
 * Tenant isolation, attacked by the list of endpoints itself: each one that names a thing is asked for another tenant's, by every
 * role. An endpoint that is new and not in the table of victims fails here.
 */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { EndpointSpec } from '../../../collector/http/endpoint.ts';
import type { EventBody } from '../../../collector/incidents/event.ts';
import { upsertFindings } from '../../../collector/store/finding-store.ts';
import { RICH } from '../../reports/fixtures/models.ts';
import { NOW, type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

interface Tenant {
  readonly customer: string;
  readonly contract: string;
  readonly cluster: string;
  readonly token: string;
  readonly secret: string;
  readonly integration: string;
  readonly fingerprint: string;
  readonly agent: string;
  readonly snapshot: string;
  readonly incident: string;
  readonly window: string;
  readonly target: string;
  readonly route: string;
  readonly report: string;
  readonly record: string;
  readonly schedule: string;
  readonly reporter: string;
  readonly collector: string;
  readonly finding: string;
  readonly risk: string;
  readonly user: string;
  readonly name: string;
}

/** Of every path with a parameter: whose id goes there. */
const VICTIM: Readonly<Record<string, (tenant: Tenant) => Record<string, string>>> = {
  '/api/v1/users/:id': ({ user }) => ({ id: user }),
  '/api/v1/customers/:id': ({ customer }) => ({ id: customer }),
  '/api/v1/contracts/:id': ({ contract }) => ({ id: contract }),
  '/api/v1/clusters/:id': ({ cluster, agent }) => ({ id: cluster, agent }),
  '/api/v1/tokens/:id': ({ token }) => ({ id: token }),
  '/api/v1/certificates/:fingerprint': ({ fingerprint }) => ({ fingerprint }),
  '/api/v1/snapshots/:id': ({ snapshot }) => ({ id: snapshot }),
  '/api/v1/incidents/:id': ({ incident }) => ({ id: incident }),
  '/incidents/:id': ({ incident }) => ({ id: incident }),
  '/clusters/:id': ({ cluster, agent, finding }) => ({ id: cluster, agent, identity: finding }),
  '/risks/:id': ({ risk }) => ({ id: risk }),
  '/calendar/:id': ({ window }) => ({ id: window }),
  '/reports/:id': ({ report }) => ({ id: report }),
  '/reports/schedules/:id': ({ schedule }) => ({ id: schedule }),
  '/privacy/snapshots/:id': ({ snapshot }) => ({ id: snapshot }),
  '/admin/customers/:id': ({ customer }) => ({ id: customer }),
  '/admin/contracts/:id': ({ contract }) => ({ id: contract }),
  '/admin/clusters/:id': ({ cluster }) => ({ id: cluster }),
  '/admin/tokens/:id': ({ token }) => ({ id: token }),
  '/admin/users/:id': ({ user }) => ({ id: user }),
  '/admin/notifications/targets/:id': ({ target }) => ({ id: target }),
  '/admin/notifications/routes/:id': ({ route }) => ({ id: route }),
  '/api/v1/risks/:id': ({ risk }) => ({ id: risk }),
  '/api/v1/windows/:id': ({ window }) => ({ id: window }),
  '/api/v1/targets/:id': ({ target }) => ({ id: target }),
  '/api/v1/routes/:id': ({ route }) => ({ id: route }),
  '/api/v1/reports/:id': ({ report }) => ({ id: report, name: 's360.pdf' }),
  '/api/v1/reports/:id/sign-off/:name': ({ report }) => ({ id: report, name: 'sign-off.json' }),
  '/api/v1/report-schedules/:id': ({ schedule }) => ({ id: schedule }),
  '/api/v1/report-records/:id': ({ record }) => ({ id: record }),
};
/** The same for everybody who may ask at all. */
const NOBODYS = [
  '/api/v1/policies/:id',
  '/api/v1/rotas/:id',
  '/api/v1/notifications/:id/revive',
  '/admin/policies/:id',
  '/admin/notifications/rotas/:id',
  '/admin/notifications/rotas/:id/remove',
  '/privacy/sections/:id',
  '/privacy/site/:id/preview',
  '/privacy/site/:id/ledger',
  '/privacy/site/:id/approve',
];
const RULES = { audiences: ['customer'] };
/** Bodies that are right, so that only tenancy is left to refuse them. `of` is whose things they name. */
const BODY: Readonly<Record<string, (of: Tenant) => unknown>> = {
  changeRole: () => ({ role: 'customer-viewer' }),
  inviteUser: ({ customer }) => ({ login: `spy-${randomUUID()}`, name: 'Spy', role: 'customer-viewer', customerId: customer }),
  changeCustomer: () => ({ name: 'Taken over' }),
  createContract: () => ({ policyId: 'daocloud', tier: 'standard', policyVersion: 1, startsAt: NOW }),
  changeContract: () => ({ endsAt: NOW + 1 }),
  createCluster: () => ({ name: 'Mine now' }),
  changeCluster: () => ({ name: 'Mine now' }),
  createToken: () => ({ label: 'mine' }),
  bindCertificate: () => ({ label: 'mine', fingerprint: 'b'.repeat(64) }),
  commandIncident: () => ({ command: { kind: 'note', visibility: 'customer', text: 'I was here' } }),
  incidentForm: () => ({ act: 'acknowledge', version: '1' }),
  openIncident: ({ customer, cluster }) => ({ customerId: customer, clusterId: cluster, title: 'I was here' }),
  planWindow: ({ customer, cluster }) => ({ customerId: customer, clusterId: cluster, kind: 'maintenance', startsAt: NOW, endsAt: NOW + 3_600_000, title: 'Quiet' }),
  createTarget: ({ customer }) => ({ customerId: customer, kind: 'webhook', name: 'Mine', config: { url: 'https://example.com/' }, secrets: { signingKey: 'x'.repeat(32) } }),
  changeTarget: () => ({ name: 'Mine' }),
  createRoute: ({ customer, target }) => ({ customerId: customer, targetId: target, rules: RULES }),
  replaceRoute: ({ customer, target }) => ({ customerId: customer, targetId: target, rules: RULES }),
  requestReport: ({ customer, cluster }) => ({ customerId: customer, clusterId: cluster, kind: 's360' }),
  confirmReport: () => ({ accepted: false, note: 'I was here' }),
  signReport: () => ({ side: 'provider', name: 'I was here' }),
  createReportSchedule: ({ customer, cluster }) => ({ customerId: customer, clusterId: cluster, kind: 's360', every: 'daily' }),
  saveReportRecords: ({ customer, cluster }) => ({
    customerId: customer,
    clusterId: cluster,
    records: { demands: [{ number: 'R1', raisedAt: '2026-01-01', text: 'I was here' }] },
  }),
  replaceReportSchedule: ({ customer }) => ({ customerId: customer, kind: 's360', every: 'daily' }),
  simulatePolicy: ({ customer }) => ({ policyId: 'daocloud', tier: 'standard', customerId: customer, from: 0, to: NOW }),
  createRisk: ({ finding }) => ({ identity: finding, owner: 'I', reason: 'was here', expiresAt: NOW + 86_400_000 }),
  acceptRiskForm: () => ({ owner: 'I', reason: 'was here', expires: '2027-01-01' }),
  incidentsForm: ({ incident }) => ({ act: 'acknowledge', [`pick-${incident}`]: '1' }),
  newIncidentForm: ({ customer, cluster }) => ({ customer, cluster, title: 'I was here' }),
  planWindowForm: ({ customer }) => ({ subject: customer, kind: 'maintenance', title: 'Quiet', from: '2027-01-01T10:00', to: '2027-01-01T11:00' }),
  newReportForm: ({ customer, cluster }) => ({ customer, cluster, kind: 's360', 'format-pdf': '1', 'locale-zh': '1' }),
  previewReportForm: ({ customer, cluster }) => ({ customer, cluster, kind: 's360' }),
  sendReport: () => ({ to: ['spy@example.com'] }),
  sendReportForm: () => ({ 'to-spy@example.com': '1' }),
  signReportForm: () => ({ side: 'provider', name: 'I was here' }),
  confirmReportForm: () => ({ accepted: 'no', note: 'I was here' }),
  newReportScheduleForm: ({ customer, cluster }) => ({ subject: `${customer}.${cluster}`, kind: 's360', every: 'daily', 'format-pdf': '1', 'locale-zh': '1' }),
  customerForm: () => ({ name: 'Taken over', zone: 'Asia/Shanghai', locale: 'zh' }),
  newContractForm: () => ({ terms: 'daocloud/standard@1', from: '2026-12-01' }),
  endContractForm: () => ({ to: '2027-01-01' }),
  newClusterForm: () => ({ name: 'Mine now' }),
  adminClusterForm: () => ({ name: 'Mine now' }),
  newTokenForm: () => ({ label: 'mine', kind: 'agent' }),
  rotateTokenForm: () => ({ hours: '1' }),
  connectForm: ({ customer }) => ({ customer, terms: 'daocloud/standard@1', cluster: 'Mine now', kind: 'hosts', zone: 'Asia/Shanghai' }),
  inviteUserForm: ({ customer }) => ({ login: `spy-${randomUUID()}`, name: 'Spy', locale: 'zh', role: 'customer-viewer', customer }),
  changeRoleForm: () => ({ role: 'customer-viewer' }),
  newTargetForm: ({ customer }) => ({ kind: 'webhook', name: 'Mine', customer, url: 'https://example.com/', signingKey: 'x'.repeat(32) }),
  newRouteForm: ({ customer, target }) => ({ customer, target, worst: '5', 'to-customer': '1' }),
};
/** Creations without an id in the path that name a tenant in the body. */
const NAMES_TENANT = [
  'inviteUser',
  'openIncident',
  'planWindow',
  'createTarget',
  'createRoute',
  'simulatePolicy',
  'requestReport',
  'createReportSchedule',
  'saveReportRecords',
  'incidentsForm',
  'newIncidentForm',
  'planWindowForm',
  'newReportForm',
  'newReportScheduleForm',
  'connectForm',
  'inviteUserForm',
  'newTargetForm',
  'newRouteForm',
];
/** Writes that concern nobody but oneself, or no tenant at all. */
const OWN = [
  'signOut',
  'changePassword',
  'signOutForm',
  'changePasswordForm',
  'newCustomerForm',
  'newRotaForm',
  'rotaForm',
  'removeRotaForm',
  'previewReportForm', // leads to the page, which is asked for below
  'siteConsentForm',
  'siteResolveForm',
  'createCustomer',
  'createRota',
  'replaceRota',
  'removeRota',
  'explainPolicy',
  'ingest',
  'receiveAlerts',
  'reviveNotification',
  'importAdvisories',
];

onBothEngines('tenant isolation', (database) => {
  let collector: TestCollector;
  let mine: Tenant;
  let foreign: Tenant;
  let attackers: TestClient[];
  let admin: TestClient;
  beforeAll(async () => {
    collector = await testCollector(database());
    admin = await collector.client('administrator', null, { serves: 'all' });
    mine = await tenantOf('Mine');
    foreign = await tenantOf('Foreign');
    attackers = [
      await collector.client('customer-viewer', mine.customer),
      await collector.client('customer-administrator', mine.customer, { administrator: 'primary' }),
      await collector.client('support-engineer', null, { serves: [mine.customer] }),
      await collector.client('support-engineer', null, { serves: [] }),
      await collector.client('duty-manager', null, { serves: [mine.customer] }),
    ];
  });

  const made = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
    const answer = await admin.call(method, url, body);
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
    return answer.json<T>();
  };
  async function tenantOf(name: string, login = name): Promise<Tenant> {
    const { id: customer } = await made<{ id: string }>('POST', '/api/v1/customers', { name, zone: 'Asia/Shanghai', locale: 'zh' });
    const { id: contract } = await made<{ id: string }>('POST', `/api/v1/customers/${customer}/contracts`, {
      policyId: 'daocloud',
      tier: 'advanced',
      policyVersion: 1,
      startsAt: NOW - 1_000,
    });
    const { id: cluster } = await made<{ id: string }>('POST', `/api/v1/customers/${customer}/clusters`, { name: `${name} cluster`, contractId: contract });
    const issued = async (kind: string) => await made<{ token: string; record: { id: string } }>('POST', `/api/v1/clusters/${cluster}/tokens`, { label: name, kind });
    const token = await issued('agent');
    const integration = await issued('integration');
    const fingerprint = randomUUID().replaceAll('-', '').repeat(2);
    await made('POST', `/api/v1/clusters/${cluster}/certificates`, { fingerprint, label: name });
    const { id: incident } = await made<{ id: string }>('POST', '/api/v1/incidents', {
      customerId: customer,
      clusterId: cluster,
      title: `Secret of ${name}`,
      severity: 'critical',
    });
    const { id: window } = await made<{ id: string }>('POST', '/api/v1/windows', {
      customerId: customer,
      kind: 'maintenance',
      startsAt: NOW,
      endsAt: NOW + 3_600_000,
      title: `Window of ${name}`,
    });
    const { id: target } = await made<{ id: string }>('POST', '/api/v1/targets', {
      customerId: customer,
      kind: 'webhook',
      name: `Hook of ${name}`,
      config: { url: 'https://example.com/' },
      secrets: { signingKey: 'x'.repeat(32) },
    });
    const { id: route } = await made<{ id: string }>('POST', '/api/v1/routes', { customerId: customer, targetId: target, rules: RULES });
    const reporter = await issued('reporter');
    const collectorToken = await issued('collector');
    const { id: schedule } = await made<{ id: string }>('POST', '/api/v1/report-schedules', { customerId: customer, clusterId: cluster, kind: 's360', every: 'monthly' });
    const { id: report } = await made<{ id: string }>('POST', '/api/v1/reports', { clusterId: cluster, kind: 's360', formats: ['pdf'] });
    await made('PUT', '/api/v1/report-records', {
      customerId: customer,
      clusterId: cluster,
      records: { demands: [{ number: 'R1', raisedAt: '2026-01-01', text: `Secret of ${name}` }] },
    });
    const records = await made<{ items: { id: string }[] }>('GET', `/api/v1/report-records?customer=${customer}`);
    await database()
      .db.updateTable('reports')
      .set({ state: 'done', confirm_until: NOW + 1_000_000, finished_at: NOW, document: gzipSync(JSON.stringify(RICH)), document_sha256: 'd'.repeat(64) })
      .where('id', '=', report)
      .execute();
    await database()
      .db.insertInto('report_files')
      .values({ report_id: report, name: 's360.pdf', media_type: 'application/pdf', bytes: 4, sha256: 'c'.repeat(64), body: Buffer.from(`Secret of ${name}`), created_at: NOW })
      .execute();
    const { user } = await made<{ user: { id: string } }>('POST', '/api/v1/users', { login: `user-${login}`, name, role: 'customer-viewer', customerId: customer });
    const agent = randomUUID().replaceAll('-', '');
    await database()
      .db.insertInto('agents')
      .values({
        cluster_id: cluster,
        agent,
        role: 'node',
        node: `node-of-${name}`,
        version: '1',
        boot: 'b',
        epoch: 0,
        first_seen_at: NOW,
        last_seen_at: NOW,
        heartbeat_seconds: null,
        last_heartbeat_at: null,
        last_inspection_at: null,
        outbox: null,
        skew_ms: null,
        silent_since: null,
        retired_at: null,
      })
      .execute();
    const finding = randomUUID().replaceAll('-', '').repeat(2);
    await upsertFindings(database().db, database().engine, [
      {
        ...{
          cluster_id: cluster,
          identity: finding,
          check_id: 'disk-space-low',
          area: 'disk',
          severity: 'critical',
          scope: JSON.stringify({ kind: 'Node', name: `node-of-${name}` }),
        },
        ...{ scope_kind: 'Node', namespace: null, name: `node-of-${name}`, node: null, observed: '3', threshold: '5', unit: 'percent', asked_by: null, agent, owner: agent },
        ...{ first_seen_at: NOW, last_seen_at: NOW, gone_at: null, unknown_since: null },
      },
    ]);
    const { id: risk } = await made<{ id: string }>('POST', `/api/v1/clusters/${cluster}/risks`, {
      identity: finding,
      owner: name,
      reason: `Secret of ${name}`,
      expiresAt: NOW + 86_400_000,
    });
    const snapshot = randomUUID();
    await database()
      .db.insertInto('snapshots')
      .values({
        id: snapshot,
        cluster_id: cluster,
        agent,
        role: 'node',
        taken_at: NOW,
        received_at: NOW,
        epoch: 0,
        sha256: 'x',
        score: 1,
        coverage: 1,
        bytes: 2,
        body: (await import('node:zlib')).gzipSync('{}'),
      })
      .execute();
    return {
      customer,
      contract,
      cluster,
      token: token.record.id,
      secret: token.token,
      integration: integration.token,
      fingerprint,
      agent,
      snapshot,
      incident,
      window,
      target,
      route,
      report,
      record: records.items[0]?.id ?? '',
      schedule,
      reporter: reporter.token,
      collector: collectorToken.token,
      finding,
      risk,
      user: user.id,
      name,
    };
  }

  const isPrivate = ({ permission }: EndpointSpec): boolean => permission !== 'public';
  const baseOf = (path: string): string =>
    Object.keys(VICTIM)
      .filter((one) => path === one || path.startsWith(`${one}/`))
      .toSorted((one, other) => other.length - one.length)[0] ?? path;
  const urlOf = ({ path }: EndpointSpec, victim: Tenant): string => {
    const ids = VICTIM[baseOf(path)]?.(victim);
    if (!ids) throw new Error(`${path} is in no table of this test: say whose ids it takes`);
    return path.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? 'missing');
  };
  const bodyOf = ({ id, consumes }: EndpointSpec, of: Tenant): unknown => BODY[id]?.(of) ?? (consumes === 'application/x-www-form-urlencoded' ? {} : undefined);
  const queryOf = ({ id }: EndpointSpec, of?: Tenant): string =>
    id === 'readTrend' ? '?series=score' : id === 'listWindows' ? '?since=0' : id === 'reportPreviewPage' && of ? `?kind=s360&customer=${of.customer}&cluster=${of.cluster}` : '';

  it('knows every endpoint: what takes ids or a body is in a table', () => {
    for (const endpoint of collector.endpoints.filter(isPrivate)) {
      if (endpoint.path.includes(':') && !NOBODYS.includes(endpoint.path)) expect(Object.keys(VICTIM), endpoint.path).toContain(baseOf(endpoint.path));
      const needsBody = endpoint.body !== undefined && !endpoint.body.safeParse(undefined).success && !endpoint.body.safeParse({}).success;
      if (needsBody && !OWN.includes(endpoint.id)) expect(Object.keys(BODY), endpoint.id).toContain(endpoint.id);
      if (endpoint.method !== 'GET' && !endpoint.path.includes(':')) expect([...OWN, ...NAMES_TENANT], endpoint.id).toContain(endpoint.id);
    }
    expect(collector.endpoints.filter(({ permission }) => permission === 'public').map(({ id }) => id)).toEqual([
      'healthz',
      'readyz',
      'metrics',
      'openapi',
      'signIn',
      'redeemLink',
      'oidcBegin',
      'oidcCallback',
      'icon',
      'defaultIcon',
      'asset',
      'signInPage',
      'signInForm',
      'setupPage',
      'setupForm',
    ]);
  });

  it("answers 404 or 403 to every role that names a foreign tenant's thing, and changes nothing", async () => {
    const state = async () =>
      JSON.stringify(
        await Promise.all(
          (
            [
              'customers',
              'contracts',
              'clusters',
              'tokens',
              'certificates',
              'windows',
              'targets',
              'routes',
              'users',
              'reports',
              'report_schedules',
              'accepted_risks',
              'inspection_requests',
              'incidents',
              'report_records',
            ] as const
          ).map((table) =>
            database()
              .db.selectFrom(table)
              .selectAll()
              .orderBy(table === 'certificates' ? 'fingerprint' : 'id')
              .execute(),
          ),
        ),
      );
    const before = await state();
    const through: string[] = [];
    let asked = 0;
    for (const endpoint of collector.endpoints.filter(isPrivate)) {
      const named = endpoint.path.includes(':') && !NOBODYS.includes(endpoint.path);
      if (!named && !NAMES_TENANT.includes(endpoint.id)) continue;
      for (const attacker of attackers) {
        const answer = await attacker.call(endpoint.method, (named ? urlOf(endpoint, foreign) : endpoint.path) + queryOf(endpoint), bodyOf(endpoint, foreign));
        asked += 1;
        if (![403, 404].includes(answer.statusCode)) through.push(`${attacker.role} ${endpoint.id}: ${answer.statusCode} ${answer.body.slice(0, 120)}`);
      }
    }
    expect(through).toEqual([]);
    expect(asked).toBeGreaterThan(200);
    expect(await state()).toBe(before);
  });

  it('the same requests work for whose things they are: the attack above is not refused for another reason', async () => {
    const reached: string[] = [];
    for (const endpoint of collector.endpoints.filter(isPrivate)) {
      if (endpoint.method !== 'GET' || !endpoint.path.includes(':') || NOBODYS.includes(endpoint.path)) continue;
      const answer = await admin.call('GET', urlOf(endpoint, foreign) + queryOf(endpoint));
      if (answer.statusCode === 200) reached.push(endpoint.id);
      else throw new Error(`${endpoint.id}: ${answer.statusCode} ${answer.body}`);
    }
    expect(reached.length).toBeGreaterThanOrEqual(15);
  });

  it('lists nothing of a foreign tenant to anybody who does not serve it', async () => {
    const marks = Object.entries(foreign).flatMap(([key, value]) => (key === 'name' ? [] : [value as string]));
    for (const endpoint of collector.endpoints.filter((one) => isPrivate(one) && one.method === 'GET' && !one.path.includes(':') && one.produces !== 'text/event-stream'))
      for (const attacker of attackers) {
        const answer = await attacker.call('GET', `${endpoint.path}${queryOf(endpoint, foreign)}`);
        expect(endpoint.id === 'reportPreviewPage' ? [403, 404] : [200, 403], `${attacker.role} ${endpoint.id}`).toContain(answer.statusCode);
        for (const mark of marks) expect(answer.body.includes(mark), `${attacker.role} ${endpoint.id}`).toBe(false);
      }
    for (const attacker of attackers)
      for (const filter of [`customer=${foreign.customer}`, `cluster=${foreign.cluster}`]) {
        const answer = await attacker.call('GET', `/api/v1/incidents?${filter}`);
        expect(answer.json<{ items: unknown[] }>().items).toEqual([]);
      }
  });

  it('a thing of one tenant cannot be tied to one of another', async () => {
    const administrator = attackers[1] as TestClient;
    for (const [url, body] of [
      ['/api/v1/incidents', { customerId: mine.customer, clusterId: foreign.cluster, title: 'x' }],
      ['/api/v1/windows', { customerId: mine.customer, clusterId: foreign.cluster, kind: 'maintenance', startsAt: NOW, endsAt: NOW + 1_000, title: 'x' }],
      ['/api/v1/routes', { customerId: mine.customer, targetId: foreign.target, rules: RULES }],
      [`/api/v1/incidents/${mine.incident}/commands`, { command: { kind: 'cancel', reason: 'duplicate', of: foreign.incident } }],
    ] as const)
      expect([403, 404], url).toContain((await administrator.call('POST', url, body)).statusCode);
    expect((await admin.call('POST', `/api/v1/customers/${mine.customer}/clusters`, { name: 'x', contractId: foreign.contract })).statusCode).toBe(404);
  });

  it("an agent's token sends and reads nothing; an integration's opens incidents of its cluster and reads nothing", async () => {
    for (const [secret, allowed] of [
      [mine.collector, ['ingest', 'federationEvents']],
      [mine.secret, ['ingest']],
      [mine.integration, ['receiveAlerts', 'openIncident']],
      [mine.reporter, ['requestReport', 'listReports', 'getReport', 'watchReport', 'getReportFile', 'getSignOffPage', 'getReportKey']],
    ] as const)
      for (const endpoint of collector.endpoints.filter((one) => isPrivate(one) && !allowed.some((id) => id === one.id))) {
        const url = endpoint.path.includes(':') && !NOBODYS.includes(endpoint.path) ? urlOf(endpoint, mine) : endpoint.path.replace(/:\w+/g, '1');
        const answer = await collector.app.inject({ method: endpoint.method, url: url + queryOf(endpoint), headers: { authorization: `Bearer ${secret}` } });
        // A form of a page looks at its fields first; whom it is for, it asks afterwards.
        expect(endpoint.produces === 'text/html' ? [400, 403] : [403], endpoint.id).toContain(answer.statusCode);
      }
    const open = (clusterId: string | null, customerId: string) =>
      collector.app.inject({
        method: 'POST',
        url: '/api/v1/incidents',
        headers: { authorization: `Bearer ${mine.integration}`, 'content-type': 'application/json' },
        payload: JSON.stringify({ customerId, clusterId, title: 'from elsewhere', externalId: 'T-1' }),
      });
    const first = await open(mine.cluster, mine.customer);
    expect(first.statusCode).toBe(201);
    expect((await open(mine.cluster, mine.customer)).json()).toMatchObject({ id: first.json<{ id: string }>().id });
    expect((await open(foreign.cluster, foreign.customer)).statusCode).toBe(404);
    expect((await open(null, mine.customer)).statusCode).toBe(404);
  });

  it('asks everybody without a credential to sign in', async () => {
    for (const endpoint of collector.endpoints.filter(isPrivate)) {
      const answer = await collector.app.inject({ method: endpoint.method, url: endpoint.path.replace(/:\w+/g, randomUUID()) });
      const isPage = endpoint.method === 'GET' && endpoint.produces === 'text/html';
      expect(answer.statusCode, endpoint.id).toBe(isPage ? 303 : 401);
      if (isPage) expect(answer.headers.location).toMatch(/^\/sign-in/);
    }
  });

  it('shows what people and machines call things as text on every page, in both languages, and runs nothing inline', async () => {
    const hostile = await tenantOf(`"><img src=x onerror=alert(1)><script>alert(1)</script>'\u202E`, 'hostile');
    await admin.call('POST', `/api/v1/incidents/${hostile.incident}/commands`, {
      command: { kind: 'note', visibility: 'customer', text: `<script>alert(2)</script>\n${hostile.name}` },
    });
    let looked = 0;
    for (const endpoint of collector.endpoints.filter((one) => isPrivate(one) && one.method === 'GET' && one.produces === 'text/html'))
      for (const language of ['zh', 'en']) {
        const url =
          endpoint.path.includes(':') && !NOBODYS.includes(endpoint.path)
            ? urlOf(endpoint, hostile)
            : endpoint.path.replace('/privacy/sections/:id', '/privacy/sections/cpu').replace(/:id/, 'daocloud');
        const query = queryOf(endpoint, hostile);
        const answer = await admin.call('GET', `${url}${query}${query === '' ? '?' : '&'}lang=${language}`);
        expect([200, 404], `${url} ${answer.body.slice(0, 200)}`).toContain(answer.statusCode);
        // Values of attributes are quoted and hold no bare quote: what is left is markup and text.
        expect(
          answer.body.replaceAll(/(<script src)?="[^"]*"/g, (whole, script) => (script === undefined ? '=""' : whole)),
          url,
        ).not.toMatch(/<img|<script(?! src="\/assets\/console\.[0-9a-f]{16}\.js" defer>)|<[^>]* on[a-z]+=| style=|\u202E/i);
        expect(answer.headers['content-security-policy'], url).toBe(
          "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        );
        looked += 1;
      }
    expect(looked).toBeGreaterThan(60);
  });

  it('takes no form without the token of this session, from another site, or with somebody else’s token', async () => {
    const support = attackers[2] as TestClient;
    const forms = collector.endpoints.filter((one) => isPrivate(one) && one.method === 'POST' && one.produces === 'text/html');
    expect(forms.length).toBeGreaterThan(30);
    for (const endpoint of forms) {
      const url = endpoint.path.includes(':') && !NOBODYS.includes(endpoint.path) ? urlOf(endpoint, mine) : endpoint.path.replace(/:\w+/g, '1');
      const send = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
        await collector.app.inject({
          method: 'POST',
          url,
          headers: { cookie: admin.cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
          payload: new URLSearchParams({ ...(bodyOf(endpoint, mine) as Record<string, string>), ...fields }).toString(),
        });
      for (const answer of [await send({}), await send({ _csrf: support.csrf }), await send({ _csrf: admin.csrf }, { origin: 'https://evil.example' })])
        expect(answer.statusCode, endpoint.id).toBe(403);
    }
  });

  it("hides support's own notes from the customer", async () => {
    await admin.call('POST', `/api/v1/incidents/${mine.incident}/commands`, { command: { kind: 'note', visibility: 'internal', text: 'between us' } });
    await admin.call('POST', `/api/v1/incidents/${mine.incident}/commands`, { command: { kind: 'note', visibility: 'customer', text: 'for you' } });
    const [viewer, , engineer] = attackers as [TestClient, TestClient, TestClient];
    const seenBy = async (client: TestClient) => (await client.call('GET', `/api/v1/incidents/${mine.incident}/events`)).body;
    expect(await seenBy(viewer)).toContain('for you');
    expect(await seenBy(viewer)).not.toContain('between us');
    expect(await seenBy(engineer)).toContain('between us');
  });

  it('hides from every role of the customer, at every address, whom support calls and when it warns itself', async () => {
    const { version } = (await admin.call('GET', `/api/v1/incidents/${mine.incident}`)).json<{ version: number }>();
    const last = await database().db.selectFrom('incident_events').selectAll().where('incident_id', '=', mine.incident).orderBy('version', 'desc').executeTakeFirstOrThrow();
    const internal: readonly EventBody[] = [
      { kind: 'escalated', step: 1, to: 'the-duty-manager-on-call' },
      { kind: 'clock', clock: 'respond', percent: 75, dueAt: 1_999_999_999_075, late: false },
      { kind: 'note', visibility: 'internal', text: 'between us alone' },
    ];
    const bodies: readonly EventBody[] = [...internal, { kind: 'clock', clock: 'respond', percent: 100, dueAt: 1_999_999_999_100, late: false }];
    for (const [index, body] of bodies.entries())
      await database()
        .db.insertInto('incident_events')
        .values({ ...last, version: version + 1 + index, kind: body.kind, body: JSON.stringify(body), command_id: null })
        .execute();
    await database()
      .db.updateTable('incidents')
      .set({ version: version + bodies.length })
      .where('id', '=', mine.incident)
      .execute();
    const customer = attackers.slice(0, 2);
    const paths = [
      ...['', '/events', '/events?limit=1', '/clocks', '/members'].map((tail) => `/api/v1/incidents/${mine.incident}${tail}`),
      `/incidents/${mine.incident}`,
      `/incidents/${mine.incident}?lang=zh`,
    ];
    for (const client of customer)
      for (const path of paths) {
        const { statusCode, body } = await client.call('GET', path);
        expect([path, statusCode]).toEqual([path, 200]);
        expect(body, path).not.toMatch(/the-duty-manager-on-call|1999999999075|between us alone|"duty-manager"|"escalated"|当班主管|75 %/);
      }
    const [viewer] = customer;
    expect((await viewer?.call('GET', `/api/v1/incidents/${mine.incident}/events`))?.body).toContain('1999999999100'); // a missed due time is theirs to know
    expect((await admin.call('GET', `/api/v1/incidents/${mine.incident}/events`)).body).toContain('the-duty-manager-on-call');
  });
});
