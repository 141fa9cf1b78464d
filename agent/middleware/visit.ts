/** One member being asked: counts and times every statement, whatever the protocol. */

import type { Answerer, Product, Reach } from '../wire/sections/middleware/products.ts';
import type { Access, Address } from './declaration.ts';
import { InstanceFailure } from './failure.ts';
import { type Line, openLine, speaksTls } from './line.ts';
import type { Secrets } from './secrets.ts';
import { whoAnswers } from './who-answers.ts';

/** How asking ended, after a second look at the address. */
export interface Explained {
  readonly reach: Reach;
  readonly looksLike?: Answerer | undefined;
}
/** These are told over HTTP, or by the protocol of another product: then to hear it says nothing. */
function isMeant(looksLike: Answerer, product: Product): boolean {
  if (looksLike === 'http') return !SPEAK_NO_HTTP.has(product);
  return looksLike === product || (looksLike === 'redis' && product === 'tongrds');
}
const SPEAK_NO_HTTP: ReadonlySet<Product> = new Set<Product>(['redis', 'mysql', 'postgresql', 'mongodb', 'kafka', 'zookeeper', 'rocketmq', 'tongrds']);

export class Visit {
  readonly address: Address;
  readonly secrets: Secrets;
  readonly limits: Access['limits'];
  readonly signal: AbortSignal;
  #statements = 0;
  #denied = 0;
  #line: Line | undefined;

  constructor(address: Address, { limits }: Pick<Access, 'limits'>, secrets: Secrets, signal: AbortSignal) {
    this.address = address;
    this.secrets = secrets;
    this.limits = limits;
    this.signal = signal;
  }

  /** The same member as another user: for passwords that the vendor ships, where the declaration lets them be tried. Dispose it too. */
  as(credentials: Pick<Secrets, 'username' | 'password'>): Visit {
    return new Visit(this.address, { limits: this.limits }, { ...credentials, tls: this.secrets.tls }, this.signal);
  }

  get statements(): number {
    return this.#statements;
  }
  /** Statements that the server refused for want of rights; products count theirs by {@link deny}. */
  get denied(): number {
    return this.#denied;
  }
  deny(): void {
    this.#denied += 1;
  }

  /**
   * Opens the one connection of this visit, with TLS when it was declared. `plain`: the driver begins TLS itself. `from`: an address of
   * this machine to speak from.
   * @throws InstanceFailure
   */
  async connect({ plain = false, from }: { readonly plain?: boolean; readonly from?: string } = {}): Promise<Line> {
    if (this.#line) throw new InstanceFailure('over-budget'); // one connection a visit
    this.#line = await openLine(this.address, { limits: this.limits, signal: this.signal, tls: plain ? undefined : this.secrets.tls, from });
    return this.#line;
  }

  /**
   * Counts and times one statement. The caller passes what sends it; nothing is sent when the budget is used up.
   * @throws InstanceFailure `over-budget`, `timeout`, or why the line was cut; otherwise what `send` throws
   */
  async ask<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#statements >= this.limits.statements) throw new InstanceFailure('over-budget');
    if (this.signal.aborted) throw new InstanceFailure('timeout');
    this.#statements += 1;
    const deadline = AbortSignal.any([this.signal, AbortSignal.timeout(this.limits.statementMs)]);
    let stop: (() => void) | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new InstanceFailure('timeout'));
      deadline.addEventListener('abort', stop, { once: true });
    });
    const answer = send(deadline);
    answer.catch(() => undefined); // when the race is lost, its later failure is nobody's concern
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      throw this.#line?.failure() ?? error;
    } finally {
      if (stop) deadline.removeEventListener('abort', stop);
    }
  }

  /**
   * A protocol that was not understood may be TLS where none was declared; what never answered may wait for words of another product.
   * @param product what was meant to be there
   */
  async explain(reach: Reach, product: Product): Promise<Explained> {
    if ((reach !== 'protocol' && reach !== 'timeout') || this.secrets.tls || this.signal.aborted) return { reach };
    if (reach === 'protocol' && (await speaksTls(this.address, this))) return { reach: 'tls-mismatch' };
    const looksLike = await whoAnswers(this.address, this);
    return looksLike === undefined || isMeant(looksLike, product) ? { reach } : { reach: 'protocol', looksLike };
  }

  /** Ends the connection; also after a failure. */
  [Symbol.dispose](): void {
    this.#line?.socket.destroy();
  }
}
