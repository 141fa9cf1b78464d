declare module 'proxy-from-env' {
  /** Proxy for a URL from HTTPS_PROXY, HTTP_PROXY, NO_PROXY …; empty when none applies. */
  export function getProxyForUrl(url: string): string;
}
