/** A certificate authority of the test's own, by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Issued {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export class Authority {
  readonly #directory: string;
  readonly #name: string;
  readonly caFile: string;
  #serial = 0;

  constructor(directory: string, name: string) {
    this.#directory = directory;
    this.#name = name;
    this.caFile = join(directory, `${name}.crt`);
    openssl([
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '3650',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      this.#keyFile,
      '-out',
      this.caFile,
    ]);
  }
  get ca(): string {
    return readFileSync(this.caFile, 'utf8');
  }
  get #keyFile(): string {
    return join(this.#directory, `${this.#name}.key`);
  }

  /** @param names e.g. `IP:127.0.0.1`, `DNS:collector.example` @param expired valid only in the past */
  issue(subject: string, names: string, expired = false): Issued {
    this.#serial += 1;
    const base = join(this.#directory, `${this.#name}-${this.#serial}`);
    const files = { certFile: `${base}.crt`, keyFile: `${base}.key` };
    writeFileSync(`${base}.ext`, `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`);
    openssl(['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${subject}`, '-keyout', files.keyFile, '-out', `${base}.csr`]);
    const days = expired ? '-1' : '365';
    openssl([
      'x509',
      '-req',
      '-in',
      `${base}.csr`,
      '-CA',
      this.caFile,
      '-CAkey',
      this.#keyFile,
      '-set_serial',
      String(this.#serial),
      '-extfile',
      `${base}.ext`,
      '-days',
      days,
      '-out',
      files.certFile,
    ]);
    return { ...files, cert: readFileSync(files.certFile, 'utf8'), key: readFileSync(files.keyFile, 'utf8') };
  }
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}
/**
 * A private CA and a server certificate of it.
 * @param names subject alternative names, `DNS:localhost,IP:127.0.0.1`
 */
export function makeCertificates(names = 'DNS:localhost,IP:127.0.0.1'): Certificates {
  const folder = mkdtempSync('/tmp/xunjian-ca-');
  try {
    const authority = new Authority(folder, 'Test-CA');
    const { cert, key } = authority.issue('localhost', names);
    return { ca: authority.ca, cert, key };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
