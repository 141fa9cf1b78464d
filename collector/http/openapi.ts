/** OpenAPI 3.1 out of the schemas that requests and answers are checked with. */
import { z } from 'zod';
import type { EndpointSpec } from './endpoint.ts';
import { Problem } from './problem.ts';

type Json = Readonly<Record<string, unknown>>;

export function openApiDocument(endpoints: readonly EndpointSpec[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'xunjian collector', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-xunjian', description: 'named `xunjian` without TLS; unsafe methods also need the header x-csrf-token' },
        token: { type: 'http', scheme: 'bearer', description: 'of an agent, an integration or a reporter; each is bound to its own cluster' },
        certificate: { type: 'mutualTLS', description: 'of an agent; the common name is the cluster id' },
      },
    },
  };
}

function operation(endpoint: EndpointSpec): Json {
  const status = String(endpoint.status ?? (endpoint.answer === undefined ? 204 : 200));
  const type = endpoint.produces ?? 'application/json';
  const content = endpoint.produces === undefined ? endpoint.answer && { [type]: { schema: schemaOf(endpoint.answer, 'output') } } : { [type]: { schema: { type: 'string' } } };
  const consumes = endpoint.consumes ?? 'application/json';
  const requestBody =
    consumes === 'application/x-ndjson'
      ? { required: true, content: { [consumes]: { schema: { type: 'string', format: 'binary' } } } }
      : endpoint.body && { required: !endpoint.body.safeParse(undefined).success, content: { [consumes]: { schema: schemaOf(endpoint.body, 'input') } } };
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[3] ?? 'system'],
    'x-permission': endpoint.permission,
    security: securityOf(endpoint),
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
    ...(requestBody && { requestBody }),
    responses: {
      [status]: { description: endpoint.status === 302 ? 'elsewhere' : 'done', ...(content && { content }) },
      default: { description: 'a problem', content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

/** What people do and programs do as well. */
const WITH_TOKENS: ReadonlySet<string> = new Set(['incident.create', 'report.read', 'report.create']);
function securityOf({ permission }: EndpointSpec): readonly Json[] {
  if (permission === 'public') return [{}];
  if (permission === 'ingest.write') return [{ token: [] }, { certificate: [] }];
  if (permission === 'alerts.write') return [{ token: [] }];
  return WITH_TOKENS.has(permission) ? [{ session: [] }, { token: [] }] : [{ session: [] }];
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, one]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: one }));
}
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Record<string, unknown>;
  return rest;
}
