import { z } from 'zod';
import { TOKEN_KINDS } from '../../store/token-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { Id, IdParams, line, Time, TimeInput } from '../values.ts';

const Token = z.object({
  id: Id,
  clusterId: Id,
  kind: z.enum(TOKEN_KINDS),
  label: z.string(),
  createdAt: Time,
  expiresAt: Time.nullable(),
  revokedAt: Time.nullable(),
  lastUsedAt: Time.nullable(),
});
const Issued = z.object({ token: z.string().describe('shown once: whoever loses it rotates'), record: Token });
const NewToken = z.strictObject({
  label: line(100),
  kind: z
    .enum(TOKEN_KINDS)
    .default('agent')
    .describe(
      '`agent` sends inspections, `integration` opens incidents (Alertmanager and others), `reporter` makes and fetches reports, `collector` is a site collector that forwards',
    ),
  expiresAt: TimeInput.nullable().default(null),
});
const Rotate = z.strictObject({ overlapSeconds: z.number().int().min(0).max(2_592_000).optional().describe('how long the old one stays valid; a day unless it says otherwise') });
const Fingerprint = z.string().regex(/^(?:[0-9a-fA-F]{64}|(?:[0-9a-fA-F]{2}:){31}[0-9a-fA-F]{2})$/, 'SHA-256 of the certificate, hexadecimal');
const Certificate = z.object({ fingerprint: z.string(), clusterId: Id, label: z.string(), createdAt: Time, revokedAt: Time.nullable() });

export function credentialRoutes(api: Api, { credentials, fleet }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/tokens',
      id: 'listTokens',
      summary: 'Tokens of a cluster, without their secrets',
      permission: 'token.read',
      params: IdParams,
      answer: z.object({ items: z.array(Token) }),
    },
    async ({ visibility, params }) => {
      const { id } = await fleet.cluster(visibility, params.id);
      return { items: [...(await credentials.tokens(visibility, id))] };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/clusters/:id/tokens',
      id: 'createToken',
      summary: 'A token for agents or an integration of a cluster',
      permission: 'token.write',
      params: IdParams,
      body: NewToken,
      answer: Issued,
      status: 201,
    },
    async ({ caller, params, body }) => await credentials.issue(caller, params.id, body),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/tokens/:id/rotate',
      id: 'rotateToken',
      summary: 'A successor; the old one goes on for the overlap',
      permission: 'token.write',
      params: IdParams,
      body: Rotate.optional(),
      answer: Issued,
      status: 201,
    },
    async ({ caller, params, body }) => await credentials.rotate(caller, params.id, body?.overlapSeconds === undefined ? undefined : body.overlapSeconds * 1_000),
  );
  addEndpoint(
    api,
    { method: 'DELETE', path: '/api/v1/tokens/:id', id: 'revokeToken', summary: 'End a token at once', permission: 'token.write', params: IdParams },
    async ({ caller, params }) => await credentials.revoke(caller, params.id),
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id/certificates',
      id: 'listCertificates',
      summary: 'Client certificates of a cluster',
      permission: 'token.read',
      params: IdParams,
      answer: z.object({ items: z.array(Certificate) }),
    },
    async ({ visibility, params }) => {
      const { id } = await fleet.cluster(visibility, params.id);
      return { items: [...(await credentials.certificates(visibility, id))] };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/clusters/:id/certificates',
      id: 'bindCertificate',
      summary: 'Let the holder of a client certificate write for a cluster',
      permission: 'token.write',
      params: IdParams,
      body: z.strictObject({ fingerprint: Fingerprint, label: line(100) }),
      answer: Certificate,
      status: 201,
    },
    async ({ caller, params, body }) => await credentials.bindCertificate(caller, params.id, body.fingerprint, body.label),
  );
  addEndpoint(
    api,
    {
      method: 'DELETE',
      path: '/api/v1/certificates/:fingerprint',
      id: 'revokeCertificate',
      summary: 'End a client certificate at once',
      permission: 'token.write',
      params: z.strictObject({ fingerprint: Fingerprint }),
    },
    async ({ caller, params }) => await credentials.revokeCertificate(caller, params.fingerprint.replaceAll(':', '').toLowerCase()),
  );
}
