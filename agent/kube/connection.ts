/** From a credential to something that requests can be sent with. */
import type http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { http as nodeHttp } from '../runtime/node-http.ts';
import type { Credential } from './credential.ts';

/** Libraries for proxies are loaded where there is one. */
const require = createRequire(import.meta.url);

/** A server, the headers that authenticate, and the TLS agent that reaches it. */
export interface Connection {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent | https.Agent;
  readonly clusterName: string;
}

/** Requests at once; each watch holds a connection of its own beyond these. */
const MAX_SOCKETS = 8;

/**
 * @param environmentProxy proxy of the environment for this server, used when the kubeconfig names none
 * @param watches how many watches will be held open
 */
export function connect(credential: Credential, environmentProxy = '', watches = 0): Connection {
  const { server, headers, clusterName, ca, cert, key, passphrase, rejectUnauthorized, servername } = credential;
  const tls = {
    keepAlive: true,
    maxSockets: MAX_SOCKETS + watches,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(passphrase && { passphrase }),
    ...(servername && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  };
  return { server, headers, clusterName, agent: agentFor(server, credential.proxyUrl ?? environmentProxy, tls) };
}

function agentFor(server: string, proxy: string, tls: https.AgentOptions): http.Agent | https.Agent {
  if (proxy.startsWith('socks')) {
    const { SocksProxyAgent } = require('socks-proxy-agent') as typeof import('socks-proxy-agent');
    return new SocksProxyAgent(proxy, tls);
  }
  if (proxy !== '') {
    const { HttpsProxyAgent } = require('hpagent') as typeof import('hpagent');
    return new HttpsProxyAgent({ ...tls, proxy });
  }
  return server.startsWith('http:') ? new nodeHttp.Agent({ keepAlive: true, maxSockets: tls.maxSockets ?? MAX_SOCKETS }) : new https.Agent(tls);
}
