/** Connections to the collector through an HTTP proxy (CONNECT). */
import type http from 'node:http';
import type https from 'node:https';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity } from 'node:tls';
import { HttpsProxyAgent } from 'hpagent';

/** @param ca trusted for the proxy's own certificate, too */
export function tunnelAgent(tls: https.AgentOptions, proxy: URL, ca: string | undefined): http.Agent {
  return new TunnelAgent({
    ...tls,
    proxy,
    proxyRequestOptions: { ...(ca !== undefined && { ca: [ca] }) },
    checkServerIdentity: (host, certificate) => checkServerIdentity(bare(host), certificate),
  });
}

/** hpagent asks the proxy for `host:port` as it stands; an IPv6 address needs its brackets there (RFC 9110, 7.2). */
class TunnelAgent extends HttpsProxyAgent {
  override createConnection(options: http.ClientRequestArgs, callback?: (error: Error | null, stream: Duplex) => void): Duplex | null | undefined {
    const host = options.host ?? '';
    return super.createConnection({ ...options, host: isIPv6(host) ? `[${host}]` : host }, callback);
  }
}
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
